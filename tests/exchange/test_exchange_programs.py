"""Importing programs: all or nothing, twice is once, names, limits, and taking it back."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from at_a_terminal import AtATerminal
from exchange_samples import contents, one
from harness import Run
from program_samples import EXAMPLES, JSON_PLAN, plan_file, planned, programs_held, workbook

GOOD = "Day,Exercise,Sets,Reps,Load\nA,Back Squat,3,5,100 kg\nB,Bench Press,3,8-12,60 kg\n"
CHANGED = GOOD.replace("100 kg", "105 kg")
STRANGE = GOOD + "B,Zorb Rolling,3,10,\n"
FAULTY = GOOD + "B,Deadlift,2-3,5,\n"


def told(run: Run, path: str, *options: str, status: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = run("import", "programs", path, *options, "--json", status=status).json
    return found


def test_the_example_of_four_days_comes_in_with_one_command(run: Run, tmp_path: Path) -> None:
    run("clients", "add", "Anna Berg")
    ran = run("import", "programs", str(EXAMPLES / "four-days.csv"), "--client", "anna", "--weeks", "8")
    assert "four-days for Anna Berg, 8 weeks, new" in " ".join(ran.out.split())
    assert programs_held(tmp_path) == [("four-days", "program", "Anna Berg", "2026-11-20", "active")]
    assert len(planned(tmp_path)) == 19
    assert run("programs", "list", "--client", "anna", "--json").json[0]["days_per_week"] == 4


def test_of_many_programs_the_first_are_shown(run: Run, tmp_path: Path) -> None:
    rows = "".join(f"Plan {number},A,Back Squat,3,5\n" for number in range(23))
    path = plan_file(tmp_path, f"Program,Day,Exercise,Sets,Reps\n{rows}")
    text = run("import", "programs", path).out
    assert ("Plan 19," in text, "Plan 20," in text) == (True, False)
    assert "3; all of them with --json" in text


def test_the_answer_for_programs(run: Run, tmp_path: Path) -> None:
    found = told(run, plan_file(tmp_path, GOOD, "strength_block (1).csv"))
    assert found | {"file": ""} == {
        "batch": 1, "format": "csv", "file": "", "rows": 2,
        "created": {"programs": 1, "days": 2, "prescriptions": 2, "exercises": 0, "aliases": 0},
        "updated": 0, "duplicates": 0, "skipped": 0, "skipped_reasons": {}, "rejected": [], "unresolved": [],
        "rows_imported": 2, "rows_duplicate": 0, "rows_refused": 0, "kept_edited": 0,
        "programs": [
            {"id": 7, "name": "strength block", "client": None, "weeks": 4, "outcome": "created"}
        ],
        "unknown_columns": [], "dry_run": False,
    }  # fmt: skip


def test_a_rejected_cell_refuses_all_of_it(run: Run, tmp_path: Path) -> None:
    before = one(tmp_path, "SELECT count(*) FROM program") if (tmp_path / "practice.db").exists() else 6
    found = told(run, plan_file(tmp_path, FAULTY), status=1)
    assert found["rejected"] == [
        {
            "line": 4, "column": "Sets", "reason": "2-3 sets: a plan has one number of sets", "sheet": None,
            "place": "4:3", "text": "2-3", "instead": "2 or 3",
        }
    ]  # fmt: skip
    assert (found["rows"], found["rows_refused"], found["batch"]) == (3, 2, None)
    assert one(tmp_path, "SELECT count(*) FROM program") == before


def test_the_good_rows_come_in_where_that_is_asked(run: Run, tmp_path: Path) -> None:
    found = told(run, plan_file(tmp_path, FAULTY), "--partial", status=3)
    assert found["rows_imported"] == 2
    assert [row[4] for row in planned(tmp_path, 0, 1, 2, 3, 4)] == ["Back Squat", "Bench Press"]


def test_a_rehearsal_changes_nothing(run: Run, tmp_path: Path) -> None:
    run("clients", "list")
    before = contents(tmp_path)
    assert told(run, plan_file(tmp_path, GOOD), "--dry-run")["dry_run"] is True
    assert contents(tmp_path) == before


def test_twice_is_once(run: Run, tmp_path: Path) -> None:
    path = plan_file(tmp_path, GOOD)
    told(run, path)
    before = contents(tmp_path)
    found = told(run, path)
    assert (found["duplicates"], found["batch"]) == (2, None)
    assert contents(tmp_path) == before


def test_a_changed_file_brings_its_template_up_to_date(run: Run, tmp_path: Path) -> None:
    told(run, plan_file(tmp_path, GOOD))
    found = told(run, plan_file(tmp_path, CHANGED))
    assert (found["updated"], found["rows_imported"]) == (1, 2)
    assert planned(tmp_path, 4, 9) == [("Back Squat", 105_000), ("Bench Press", 60_000)]


def test_what_the_trainer_edited_since_is_left_and_said_so(run: Run, tmp_path: Path) -> None:
    told(run, plan_file(tmp_path, GOOD))
    text = run("programs", "show", "plan", "--notation").out.replace("3x5", "5x5")
    run("programs", "edit", "plan", plan_file(tmp_path, text, "edited.txt"), "--yes")
    found = told(run, plan_file(tmp_path, CHANGED))
    assert (found["updated"], found["kept_edited"], found["duplicates"]) == (0, 1, 2)
    assert planned(tmp_path, 5, 9)[0] == (5, 100_000)


def test_a_name_that_is_taken_by_a_template_of_ones_own(run: Run, tmp_path: Path) -> None:
    path = plan_file(
        tmp_path, "program: Plan\nweeks: 4\ndays per week: 1\nday: A\nBack Squat: 3x5\n", "own.txt"
    )
    run("programs", "new", path)
    found = told(run, plan_file(tmp_path, GOOD), status=1)
    assert "there is a template Plan (7) already" in str(found["rejected"])
    told(run, plan_file(tmp_path, GOOD), "--name", "Another")
    assert told(run, path)["duplicates"] == 1  # it says just what is there


def test_a_client_who_follows_another_program(run: Run, tmp_path: Path) -> None:
    run("clients", "add", "Anna Berg")
    run("programs", "assign", "5x5", "anna")
    path = plan_file(tmp_path, GOOD)
    refused = told(run, path, "--client", "anna", status=1)["rejected"]
    assert ["follows 5x5" in one["reason"] for one in refused] == [True, True]
    ran = run("import", "programs", path, "--client", "anna", status=1)
    assert ran.out.count("drop 7,") == 1  # once for all of its rows
    said = run("import", "programs", path, "--client", "anna", "--replace", status=2).err
    assert "Drop it first" in said
    told(run, path, "--client", "anna", "--also", "--start", "2026-11-23")
    assert programs_held(tmp_path)[-1] == ("plan", "program", "Anna Berg", "2026-11-23", "active")
    assert told(run, path, "--client", "anna")["duplicates"] == 2


def test_a_program_that_was_trained_by_is_left(run: Run, tmp_path: Path) -> None:
    run("clients", "add", "Anna Berg")
    told(run, plan_file(tmp_path, GOOD), "--client", "anna")
    run("log", "add", "anna")
    assert told(run, plan_file(tmp_path, CHANGED), "--client", "anna")["kept_edited"] == 1
    assert planned(tmp_path, 9)[0] == (100_000,)
    ran = run("import", "undo", "1", "--yes", "--json")
    assert ran.json["left"]["programs_in_use"] == ["plan"]
    assert len(programs_held(tmp_path)) == 1


@pytest.mark.parametrize("command", [("import", "undo", "1", "--yes"), ("undo", "--yes")])
def test_an_import_is_taken_back_whole(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    run("clients", "list")
    before = contents(tmp_path)
    told(run, plan_file(tmp_path, STRANGE), "--create")
    assert one(tmp_path, "SELECT count(*) FROM exercise WHERE is_custom") == 1
    assert "1 program" in run(*command).out
    assert programs_held(tmp_path) == []
    assert {name: rows for name, rows in contents(tmp_path).items() if name == "exercise"} == {
        name: rows for name, rows in before.items() if name == "exercise"
    }


def test_unknown_names_refuse_with_what_comes_nearest(run: Run, tmp_path: Path) -> None:
    found = told(run, plan_file(tmp_path, GOOD.replace("Back Squat", "Bak Squat")), status=1)
    (unresolved,) = found["unresolved"]
    assert unresolved["name"] == "Bak Squat"
    assert "Back Squat" in unresolved["candidates"]


def test_a_map_names_columns_and_exercises_and_is_kept(run: Run, tmp_path: Path) -> None:
    path = plan_file(tmp_path, "Zorb,Sz,Wdhg\nKniebeuge tief,3,5\n")
    mapped = plan_file(tmp_path, "Zorb,exercise\nSz,sets\nWdhg,reps\nKniebeuge tief,Back Squat\n", "map.csv")
    found = told(run, path, "--map", mapped)
    assert found["created"]["aliases"] == 1
    assert planned(tmp_path, 4, 5, 6) == [("Back Squat", 3, 5)]
    told(run, plan_file(tmp_path, "Exercise,Sets,Reps\nKniebeuge tief,4,6\n", "next.csv"))


def test_somebody_at_a_terminal_is_asked_for_each_name(run: Run, tmp_path: Path) -> None:
    path = plan_file(tmp_path, "Exercise,Sets,Reps\nBak Squat,3,5\nZorb Rolling,3,10\nFoo,3,3\n")
    run("clients", "list")
    with AtATerminal("import", "programs", path, "--partial") as terminal:
        terminal.sees('1 of 3: which exercise is "Bak Squat"?')
        terminal.sees("Enter leave it:")
        terminal.press("1\n")
        terminal.sees("Zorb Rolling")
        terminal.sees("Enter leave it:")
        terminal.press("c\n")
        terminal.sees('"Foo"')
        terminal.sees("Enter leave it:")
        terminal.press("\n")
        terminal.sees("take it back")
        assert terminal.ends() == 3
    assert planned(tmp_path, 4) == [("Back Squat",), ("Zorb Rolling",)]
    assert one(tmp_path, "SELECT alias FROM exercise_alias WHERE alias = 'Bak Squat'") == "Bak Squat"


def test_notation_with_a_mistake_names_each_and_is_not_half_imported(run: Run, tmp_path: Path) -> None:
    text = (EXAMPLES / "squat-waves.txt").read_text()
    other = "program: Broken\nweeks: 2\ndays per week: 1\nday: A\nBack Squat: 3*5\nFront Squat 3x5\n"
    path = plan_file(tmp_path, f"{text}\n{other}", "two.txt")
    found = told(run, path, "--partial", status=3)
    first = text.count("\n") + 2
    assert [one["line"] for one in found["rejected"]] == [first + 4, first + 5]
    assert [row[0] for row in programs_held(tmp_path)] == ["Squat Waves"]


def test_json_with_fields_notation_and_text(run: Run, tmp_path: Path) -> None:
    told(run, plan_file(tmp_path, JSON_PLAN, "plan.json"))
    assert planned(tmp_path, 0, 1, 2, 4, 5, 6, 7, 9, 11, 12) == [
        ("Basics", 6, "Day A", "Back Squat", 3, 5, 5, 100_000, None, 120),
        ("Basics", 6, "Day A", "Bench Press", 3, 8, 12, 60_000, None, None),
        ("Basics", 6, "Day A", "Plank", 3, None, None, None, 45, None),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", "\t"])
def test_encodings_separators_and_line_ends(run: Run, tmp_path: Path, encoding: str, separator: str) -> None:
    text = "Tag,Übung,Sätze,Wdh,Gewicht\r\nÖberkörper,Back Squat,3,5,72.5\r\n"
    text = text.replace(",", separator).replace("72.5", "72,5")
    told(run, plan_file(tmp_path, text.encode(encoding)))
    assert planned(tmp_path, 2, 9) == [("Öberkörper", 72_500)]


def test_pounds_where_the_option_or_the_header_says_so(run: Run, tmp_path: Path) -> None:
    told(run, plan_file(tmp_path, "Exercise,Sets,Reps,Load\nBack Squat,3,5,225\n"), "--unit", "lb")
    told(run, plan_file(tmp_path, "Exercise,Sets,Reps,Weight (lbs)\nBack Squat,3,5,225\n", "b.csv"))
    assert planned(tmp_path, 9) == [(102_058,), (102_058,)]


@pytest.mark.parametrize(
    ("row", "reason"),
    [("Back Squat,3,5,2000 kg", "past the limit"), ("Back Squat,3,99999,", "at most 9,999"),
     ("Back Squat,100,5,", "at most 99"), ("Back Squat,3,0,", "at least 1"), ("Back Squat,NaN,5,", "sets")],
)  # fmt: skip
def test_limits_are_named(run: Run, tmp_path: Path, row: str, reason: str) -> None:
    found = told(run, plan_file(tmp_path, f"Exercise,Sets,Reps,Load\n{row}\n"), status=1)
    assert reason in str(found["rejected"])


def test_hostile_text_is_kept_as_text(run: Run, tmp_path: Path) -> None:
    row = 'A\x1b[31m,"=HYPERLINK(""x"")",3,5,[red]\u202e\n'
    told(run, plan_file(tmp_path, f"Day,Exercise,Sets,Reps,Notes\n{row}"), "--create")
    assert planned(tmp_path, 2, 4, 15) == [("A[31m", '=HYPERLINK("x")', "[red]")]
    assert "\x1b" not in run("programs", "show", "plan").out


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01\x02", b"hello\nworld\n", b"{not json", b"[" * 100_000, b"{}", b"PK\x03\x04broken",
     b"a;b;c\n1;2;3\n"],
)  # fmt: skip
def test_what_is_no_plan_is_refused(run: Run, tmp_path: Path, content: bytes) -> None:
    ran = run("import", "programs", plan_file(tmp_path, content), status=2)
    assert 0 < len(ran.err.strip().splitlines()) <= 3


def test_a_workbook_that_unfolds_to_too_much_is_refused_before_it_is_opened(run: Run, tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (80 << 20))
    ran = run("import", "programs", plan_file(tmp_path, stream.getvalue(), "bomb.xlsx"), status=2)
    assert "would unfold to" in ran.err


def test_a_workbook_with_a_cell_far_away_is_refused_or_read_at_once(run: Run, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(workbook(Plan=[["Exercise", "Sets", "Reps"], ["Back Squat", 3, 5]])))
    book["Plan"].cell(1_048_576, 16_384, "far")
    stream = io.BytesIO()
    book.save(stream)
    ran = run("import", "programs", plan_file(tmp_path, stream.getvalue(), "far.xlsx"), status=2)
    assert "rows past 20,000" in ran.err


def test_a_file_for_several_programs_takes_no_name(run: Run, tmp_path: Path) -> None:
    path = plan_file(tmp_path, "Program,Exercise,Sets,Reps\nOne,Back Squat,3,5\nTwo,Plank,3,5\n")
    told(run, path)
    assert [row[0] for row in programs_held(tmp_path)] == ["One", "Two"]
    run("import", "programs", path, "--name", "Both", status=2)


def test_programs_that_are_switched_off(run: Run, tmp_path: Path) -> None:
    run("config", "set", "programs", "off")
    run("import", "programs", plan_file(tmp_path, GOOD), status=1)
