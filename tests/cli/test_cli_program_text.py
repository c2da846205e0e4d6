"""Programs written, edited and compared as text, from the shell and on a terminal."""

import shlex
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from at_a_terminal import AtATerminal
from harness import Run
from plan_samples import programs
from ptrack.naming import clean
from ptrack.notation import ExerciseLine, Program, parse_program, print_program
from ptrack.vocabulary import Unit

BLOCK = """\
# Two days.
program: Block
weeks: 2
days per week: 2

day: A
Back Squat: w 2x5 60kg, 3x5 100kg @8 rest 3min progress +2.5kg # below parallel
A1 Pull-Up: 3x6-10 bw progress double
A2 Dip: 3x8/side tempo 3-1-1-0

day: B
Deadlift: 1x5+ 75% progress +5kg

day: B (week 2)
[cool-down]
Row Machine: 1x2000m
"""
NAMES = (
    "Zorb: wide",
    '"Zorb" grip',
    "A1 Zorb",
    "Zorb; semi #2",
    "Zörb ÄÖ 日本",
    "day",
    "[Zorb]",
    "#Zorb",
    "weeks",
)


@pytest.fixture
def anna(run: Run, tmp_path: Path) -> Path:
    """A practice with Anna in it, and a program file."""
    run("clients", "add", "Anna Berg")
    file = tmp_path / "block.txt"
    file.write_text(BLOCK, encoding="utf-8")
    return file


def editor(tmp_path: Path, *scripts: str) -> str:
    """An editor that does one script of sed after the other, one each time it is opened."""
    folder = tmp_path / "ed its"
    folder.mkdir(exist_ok=True)
    for number, text in enumerate(scripts):
        (folder / f"{number}.sed").write_text(text)
    path = folder / "editor"
    path.write_text(
        f"#!/bin/sh\ncd {shlex.quote(str(folder))}\nfor file in *.sed; do\n"
        '  cp "$2" seen.txt; sed -i -f "$file" "$2"; mv "$file" "$file.done"; exit 0\ndone\n'
    )
    path.chmod(0o700)
    return f"{shlex.quote(str(path))} --wait"


def drafts(tmp_path: Path) -> list[Path]:
    return sorted(tmp_path.glob("program-*.txt"))


def notation(run: Run, number: int, *options: str) -> str:
    return run("programs", "show", str(number), "--notation", *options).out


def test_a_client_s_program_is_written_and_assigned_in_one_go(run: Run, anna: Path) -> None:
    made = run("programs", "new", str(anna), "--client", "anna", "--start", "2026-11-23", "--json").json
    assert (made["id"], made["kind"], made["client"], made["start_date"]) == (
        7, "program", "Anna Berg", "2026-11-23",
    )  # fmt: skip
    assert (made["template"], made["status"], made["description"]) == (None, "active", "Two days.")
    assert "follows Block (7) already" in run("programs", "new", str(anna), "--client", "anna", status=1).err
    also = run("programs", "new", str(anna), "--client", "anna", "--name", "Two", "--also", "--json").json
    assert (also["id"], also["name"]) == (8, "Two")
    assert len(run("programs", "templates", "--json").json) == 6
    assert "go with --client" in run("programs", "new", str(anna), "--also", status=2).err
    run("programs", "drop", "8")
    assert "ptrack programs from 8" in run("programs", "show", "8").out


def test_a_program_is_edited_from_a_file_and_from_standard_input(run: Run, anna: Path) -> None:
    run("programs", "new", str(anna), "--client", "anna")
    anna.write_text(notation(run, 7).replace("100kg", "110kg").replace("day: A", "day: Push"))
    would = run("programs", "edit", "anna", str(anna), "--dry-run")
    assert "Nothing was changed: this is what would be." in would.err
    assert "100kg" in notation(run, 7)
    edited = run("programs", "edit", "anna", str(anna), "--json").json
    assert [each["words"] for each in edited["changes"]] == ["renamed from A", "load +10kg"]
    assert (edited["days"][0]["name"], edited["id"]) == ("Push", 7)
    piped = run("programs", "edit", "7", "-", "--json", stdin=notation(run, 7).replace("110kg", "90kg")).json
    assert [each["words"] for each in piped["changes"]] == ["load -20kg"]
    same = run("programs", "edit", "7", "-", stdin=notation(run, 7))
    assert "No difference." in same.out


def test_every_mistake_of_an_edit_is_told_with_its_place(run: Run, anna: Path) -> None:
    run("programs", "new", str(anna), "--client", "anna")
    anna.write_text(BLOCK.replace("weeks: 2", "weeks: 200").replace("Deadlift", "Deadlft"))
    ran = run("programs", "edit", "7", str(anna), status=2)
    assert f"{anna}:3:8" in ran.err
    assert f"{anna}:12:1" in ran.err
    assert "Nothing was saved." in ran.err
    made = run(
        "programs", "edit", "7", "-", "--create", "--json", stdin=BLOCK.replace("Deadlift", "Zorb")
    ).json
    assert made["days"][1]["exercises"][0]["name"] == "Zorb"


def test_an_editor_needs_a_terminal(run: Run, anna: Path, tmp_path: Path) -> None:
    run("programs", "new", str(anna), "--client", "anna")
    assert "An editor needs a terminal" in run("programs", "edit", "7", status=2).err
    assert run("programs", "edit", "7", "--json", status=2).json["error"]["code"] == "usage"
    assert "--dry-run goes with FILE" in run("programs", "edit", "7", "--dry-run", status=2).err
    assert drafts(tmp_path) == []


def test_mistakes_come_back_in_the_editor_until_there_are_none(run: Run, anna: Path, tmp_path: Path) -> None:
    run("programs", "new", str(anna), "--client", "anna")
    words = editor(tmp_path, "s/Deadlift/Deadlft/; s/100kg/100kgs/", "s/Deadlft/Deadlift/; s/100kgs/105kg/")
    with AtATerminal("programs", "edit", "anna", EDITOR=words, VISUAL="") as terminal:
        shown = terminal.sees("[y/N]")
        terminal.press("y\n")
        assert terminal.ends() == 0
    seen = (tmp_path / "ed its" / "seen.txt").read_text()
    assert "#! 8:" in seen
    assert "Deadlft: 1x5+ 75% progress +5kg\n#!^" in seen
    assert "Back Squat: load +5kg" in shown
    assert "Block (7) is saved." in terminal.screen
    assert "105kg" in notation(run, 7)
    assert "#!" not in notation(run, 7)
    assert drafts(tmp_path) == []


def test_whoever_gives_up_finds_the_text_again(run: Run, anna: Path, tmp_path: Path) -> None:
    run("programs", "new", str(anna), "--client", "anna")
    words = editor(tmp_path, "s/Deadlift/Deadlft/; s/100kg/105kg/", "")
    with AtATerminal("programs", "edit", "7", EDITOR=words, VISUAL="") as terminal:
        assert terminal.ends() == 2
    assert "There is still a mistake in the text; nothing was saved." in terminal.screen
    (draft,) = drafts(tmp_path)
    assert f"ptrack programs edit 7 {draft}" in terminal.screen.replace("\r\n ", "").replace("\r\n", "")
    draft.write_text(draft.read_text().replace("Deadlft", "Deadlift"))
    run("programs", "edit", "7", str(draft))
    assert "105kg" in notation(run, 7)
    assert run("programs", "show", "7", "--json").json["description"] == "Two days."


@pytest.mark.parametrize(
    ("does", "answer", "said", "status"),
    [
        ("exit 0", None, "Nothing was changed.", 1),
        ("sed -i s/100kg/105kg/ $1", "n\n", "Nothing was changed.", 1),
        ("sed -i s/100kg/105kg/ $1", "\x03", "", 130),
        ("sed -i s/100kg/105kg/ $1; exit 1", None, "ended with status 1", 1),
    ],
)
def test_nothing_is_saved_and_nothing_lost_where_it_ends_otherwise(
    does: str, answer: str | None, said: str, status: int, run: Run, anna: Path, tmp_path: Path
) -> None:
    run("programs", "new", str(anna), "--client", "anna")
    path = tmp_path / "editor"
    path.write_text(f"#!/bin/sh\n{does}\n")
    path.chmod(0o700)
    with AtATerminal("programs", "edit", "7", EDITOR=str(path), VISUAL="") as terminal:
        if answer:
            terminal.sees("[y/N]")
            terminal.press(answer)
        assert terminal.ends() == status
    assert said in terminal.screen
    assert "100kg" in notation(run, 7)
    assert len(drafts(tmp_path)) == ("$1" in does)
    assert ("Your text is kept." in terminal.screen) == ("$1" in does)


def test_a_program_is_written_in_the_editor_and_assigned(run: Run, anna: Path, tmp_path: Path) -> None:
    words = editor(
        tmp_path, f"$r {anna}\n/^program: New/d; /^weeks: 8/d; /^days per week: 4/d", "s/100kgs/100kg/"
    )
    anna.write_text(BLOCK.replace("# Two days.\n", "").replace("100kg", "100kgs"))
    with AtATerminal("programs", "new", "--client", "anna", EDITOR=words, VISUAL="") as terminal:
        assert terminal.ends() == 0
    assert "#! 8:32 kgs is no unit" in (tmp_path / "ed its" / "seen.txt").read_text()
    made = run("programs", "show", "7", "--json").json
    assert (made["name"], made["client"], made["description"]) == ("Block", "Anna Berg", None)
    assert drafts(tmp_path) == []
    assert "follows Block (7) already" in run("programs", "new", "--client", "anna", status=1).err
    assert "An editor needs a terminal" in run("programs", "new", status=2).err


def test_what_was_written_and_not_saved_is_taken_up_again(anna: Path, tmp_path: Path) -> None:
    words = editor(tmp_path, f"$r {anna}", "")
    said = ("--client", "anna berg", "--start", "2026-11-23", "--also")
    with AtATerminal("programs", "new", *said, EDITOR=words, VISUAL="") as terminal:
        assert terminal.ends() == 2
    (draft,) = drafts(tmp_path)
    again = f"ptrack programs new --client 'anna berg' --start 2026-11-23 --also {draft}"
    assert again in terminal.screen
    with AtATerminal("programs", "new", EDITOR=editor(tmp_path, ""), VISUAL="") as terminal:
        assert terminal.ends() == 1
    assert drafts(tmp_path) == [draft]


def test_ctrl_c_in_the_editor_is_the_editor_s(run: Run, anna: Path, tmp_path: Path) -> None:
    run("programs", "new", str(anna), "--client", "anna")
    path = tmp_path / "editor"
    path.write_text('#!/bin/sh\ntrap : INT\necho ready\nsleep 30\nsed -i s/100kg/105kg/ "$1"\n')
    path.chmod(0o700)
    with AtATerminal("programs", "edit", "7", EDITOR=str(path), VISUAL="") as terminal:
        terminal.sees("ready")
        terminal.press("\x03")
        terminal.sees("load +5kg")
        terminal.sees("[y/N]")
        terminal.press("y\n")
        assert terminal.ends() == 0
    assert "105kg" in notation(run, 7)


def test_a_change_made_meanwhile_is_not_overwritten(run: Run, anna: Path, tmp_path: Path) -> None:
    run("programs", "new", str(anna), "--client", "anna")
    words = editor(tmp_path, "s/100kg/105kg/")
    with AtATerminal("programs", "edit", "7", EDITOR=words, VISUAL="") as terminal:
        terminal.sees("[y/N]")
        run("programs", "edit", "7", "-", stdin=notation(run, 7).replace("100kg", "90kg"))
        terminal.press("y\n")
        assert terminal.ends() == 1
    assert "changed by somebody else meanwhile" in terminal.screen
    assert "90kg" in notation(run, 7)
    assert len(drafts(tmp_path)) == 1


def test_a_built_in_template_is_copied_before_it_is_edited(run: Run, anna: Path) -> None:
    assert "ptrack programs from 1" in run("programs", "edit", "upper", str(anna), status=1).err
    copied = run("programs", "from", "upper", "--json").json
    assert (copied["id"], copied["name"], copied["origin"], copied["template_id"]) == (
        7,
        "Upper/Lower 2",
        "own",
        1,
    )
    assert run("programs", "edit", "7", str(anna), "--json").json["name"] == "Block"
    assert (
        "There is a template Upper/Lower"
        in run("programs", "from", "1", "--name", "upper/lower", status=1).err
    )
    named = run("programs", "from", "7", "--name", "Mine", "--json").json
    assert (named["name"], named["days"][0]["name"]) == ("Mine", "A")


def test_a_template_that_nobody_needs_goes_and_what_was_made_of_it_stays(run: Run, anna: Path) -> None:
    run("programs", "new", str(anna))
    run("programs", "assign", "7", "anna")
    assert "comes with ptrack" in run("programs", "remove", "1", "--yes", status=1).err
    assert "ptrack programs drop 8" in run("programs", "remove", "8", "--yes", status=1).err
    assert "--yes" in run("programs", "remove", "block", status=2).err
    dry = run("programs", "remove", "block", "--dry-run")
    assert "Block (7) would be removed. The one made of it stays." in dry.err
    ran = run("programs", "remove", "block", "--yes", "--json")
    assert ran.json["name"] == "Block"
    assert "The one made of it stays." in ran.err
    left = run("programs", "show", "8", "--json").json
    assert (left["template"], left["template_id"], len(left["days"])) == (None, None, 3)
    run("undo", "--yes")
    assert run("programs", "show", "8", "--json").json["template"] == "Block"


def test_a_program_beside_its_template_tells_edits_and_what_logs_raised_apart(run: Run, anna: Path) -> None:
    run("programs", "new", str(anna))
    run("programs", "assign", "7", "anna")
    assert "No difference." in run("programs", "diff", "8").out
    run("log", "add", "anna")
    run("programs", "edit", "8", "-", stdin=notation(run, 8).replace("Deadlift: 1x5+", "Deadlift: 2x5+"))
    found = run("programs", "diff", "8", "--json").json
    assert [(each["exercise"], each["words"], each["cause"]) for each in found] == [
        ("Deadlift", "sets 1 to 2", "edit"),
        ("Back Squat", "load +2.5kg", "progression"),
        ("Pull-Up", "reps 6-10 to 7-10", "progression"),
    ]
    assert found[0] == {
        "kind": "changed", "about": "exercise", "day": "B", "week": None, "exercise": "Deadlift",
        "before": "Deadlift: 1x5+ 75% progress +5kg", "after": "Deadlift: 2x5+ 75% progress +5kg",
        "words": "sets 1 to 2", "cause": "edit",
    }  # fmt: skip
    out = run("programs", "diff", "8").out
    assert "against Block (7)" in out
    assert out.index("sets 1 to 2") < out.index("Raised by what was logged") < out.index("load +2.5kg")
    assert (
        run("programs", "diff", "8", "--csv").out.splitlines()[0].startswith("kind,about,day,week,exercise")
    )
    assert "102.5kg" in notation(run, 8)
    assert "100kg" in notation(run, 8, "--written")


def test_a_program_beside_itself_as_it_was(run: Run, anna: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("programs", "new", str(anna), "--client", "anna")
    monkeypatch.setenv("PTRACK_NOW", "2026-11-24T10:00:00+01:00")
    shorter = BLOCK[: BLOCK.index("day: B (week 2)")].replace("100kg", "110kg").replace("Block", "Blocks")
    run("programs", "edit", "7", "-", stdin=shorter)
    words = [
        (each["kind"], each["about"], each["words"]) for each in run("programs", "diff", "7", "--json").json
    ]
    assert words == [
        ("changed", "program", "name Block to Blocks"),
        ("changed", "exercise", "load +10kg"),
        ("removed", "day", ""),
        ("removed", "exercise", ""),
    ]
    for since in ("2026-11-24", "yesterday", "3"):
        found = run("programs", "diff", "7", "--since", since, "--json").json
        assert [(each["kind"], each["about"], each["words"]) for each in found] == words
    assert run("programs", "diff", "7", "--since", "2026-11-25", "--json").json == []
    run("undo", "--yes")
    assert run("programs", "diff", "7", "--json").json == []
    assert "was not there yet" in run("programs", "diff", "7", "--since", "2026-11-01", status=1).err
    assert "no change 99" in run("programs", "diff", "7", "--since", "99", status=1).err
    assert "one thing" in run("programs", "diff", "7", "1", "--since", "2", status=2).err


def test_weeks_that_differ_alike_are_told_together(run: Run, anna: Path) -> None:
    text = "program: W\nweeks: 6\ndays per week: 1\nday: A (weeks 1-4)\nDip: 3x5\nday: A\nDip: 2x5\n"
    anna.write_text(text)
    run("programs", "new", str(anna))
    run("programs", "from", "7")
    run("programs", "edit", "8", "-", stdin=text.replace("program: W", "program: W 2").replace("3x5", "4x5"))
    out = run("programs", "diff", "8", "7").out
    assert "A, weeks 1-4" in out
    assert out.count("sets 3 to 4") == 1


@pytest.mark.parametrize("width", ["80", "40"])
def test_differences_fit_their_screen(
    run: Run, anna: Path, monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    run("programs", "new", str(anna), "--client", "anna")
    for words in (("edit", "7", str(anna)), ("diff", "7", "1"), ("diff", "7")):
        out = run("programs", *words).out
        assert max(map(len, out.splitlines())) <= int(width), out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x" * 1_000_001, "far too large"),
        ("program: X\n" + "# long\n" * 10_000, "the limit is 64 KiB"),
        (BLOCK.replace("day: B\n", "day: B\n" + "Dip: 3x5\n" * 201), "a day has at most 200"),
        ("program: \0", "zero bytes"),
        ("", "a line such as program: Upper/Lower is missing"),
    ],
)
def test_what_is_past_a_limit_is_told(run: Run, anna: Path, text: str, said: str) -> None:
    anna.write_text(text)
    assert said in run("programs", "new", str(anna), status=2).err


def test_line_ends_tabs_and_the_mark_of_an_encoding_change_nothing(run: Run, anna: Path) -> None:
    run("programs", "new", str(anna))
    before = notation(run, 7)
    anna.write_bytes(("\ufeff" + BLOCK.replace(": ", ":\t")).replace("\n", "\r\n").encode())
    assert "No difference." in run("programs", "edit", "7", str(anna)).out
    assert notation(run, 7) == before


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(programs(), st.lists(st.sampled_from(NAMES), min_size=3, max_size=3, unique=True))
def test_what_is_shown_as_notation_reads_back_as_the_same_plan(
    run: Run, anna: Path, drawn: Program[str], names: list[str]
) -> None:
    called = {line.name: names[len(line.name) % 3] for day in drawn.days for line in day.lines}
    days = [
        replace(day, lines=tuple(_called(line, called[line.name]) for line in day.lines))
        for day in drawn.days
    ]
    plan = replace(drawn, name=clean(f"P {drawn.name}"), days=tuple(days))
    anna.write_text(print_program(plan, Unit.KG), encoding="utf-8")
    made = run("programs", "new", str(anna), "--create", "--client", "1", "--also", "--json").json
    shown = notation(run, made["id"])
    assert parse_program(shown, unit=Unit.KG, resolve=str) == plan
    anna.write_text(shown, encoding="utf-8")
    assert run("programs", "edit", str(made["id"]), str(anna), "--json").json["changes"] == []


def _called(line: ExerciseLine[str], name: str) -> ExerciseLine[str]:
    return replace(line, name=name, exercise=name)
