"""`ptrack programs` as its users meet it, from the template to the last workout."""

from pathlib import Path

import pytest

from harness import Run

EXAMPLES = Path(__file__).parents[2] / "examples" / "programs"

SMALL = """\
# Two days to try things out.
program: Small
weeks: 1
days per week: 2
day: A
[warm-up]
Row Machine: 1x5min
[main]
Back Squat: w 2x5 60kg, 3x5 100kg @8 rest 3min progress +2.5kg # below parallel
day: B
A1 Pull-Up: 3x6-10 bw progress double
A2 Plank: 3x45s rest 1min
"""


@pytest.fixture
def small(run: Run, tmp_path: Path) -> Path:
    """A practice with Anna in it, and a small program file."""
    run("clients", "add", "Anna Berg")
    file = tmp_path / "small.txt"
    file.write_text(SMALL, encoding="utf-8")
    return file


def test_the_built_in_templates_are_there(run: Run) -> None:
    found = run("programs", "templates", "--json").json
    assert [each["name"] for each in found] == [
        "Upper/Lower", "Push/Pull/Legs", "Full Body", "5x5 Strength", "Yoga Foundations", "Conditioning Base",
    ]  # fmt: skip
    for each in found:
        assert (each["kind"], each["origin"]) == ("template", "built_in")
        assert all(each[key] for key in ("goal", "description", "days"))
        for key in ("client", "client_id", "status", "start_date", "progress", "adherence", "next_day"):
            assert each[key] is None
    shapes = {each["name"]: (each["weeks"], each["days_per_week"]) for each in found}
    assert shapes["Upper/Lower"] == (8, 4)
    assert shapes["5x5 Strength"] == (12, 3)
    assert shapes["Full Body"][1] == 3


def test_a_built_in_template_reads_back_from_its_notation(run: Run, tmp_path: Path) -> None:
    for number in range(1, 7):
        original = run("programs", "show", str(number), "--json").json
        file = tmp_path / f"{number}.txt"
        file.write_text(run("programs", "show", str(number), "--notation").out, encoding="utf-8")
        again = run("programs", "new", str(file), "--name", f"Copy {number}", "--json").json
        for key in ("days", "weeks", "days_per_week", "goal", "description"):
            assert again[key] == original[key]
        assert (again["name"], again["origin"]) == (f"Copy {number}", "own")


def test_a_template_is_made_and_shown(run: Run, small: Path) -> None:
    made = run("programs", "new", str(small), "--json").json
    assert (made["name"], made["description"]) == ("Small", "Two days to try things out.")
    assert [day["name"] for day in made["days"]] == ["A", "B"]
    row, squat = made["days"][0]["exercises"]
    assert (row["name"], row["section"], row["notation"]) == ("Row Machine", "warm_up", "1x5min")
    assert squat["notation"] == "w 2x5 60kg, 3x5 100kg @8 rest 3min progress +2.5kg"
    assert squat["notes"] == "below parallel"
    assert run("programs", "show", "small", "--json").json == made
    assert "There is a template Small" in run("programs", "new", str(small), status=1).err


def test_a_template_may_come_from_standard_input(run: Run) -> None:
    made = run("programs", "new", "-", "--name", "Piped", "--json", stdin=SMALL).json
    assert made["name"] == "Piped"


def test_every_mistake_is_told_and_nothing_is_half_imported(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "bad.txt"
    file.write_text("program: Bad\nweeks: 200\ndays per week: 1\nday: A\nBack Sqat: 3x5\nDeadlift: 5 of 5\n")
    ran = run("programs", "new", str(file), status=2)
    for place in (":2:8:", ":5:1:", ":6:13:"):
        assert f"{file}{place}" in ran.err
    assert "Back Squat" in ran.err
    assert "Nothing was saved." in ran.err
    assert len(run("programs", "templates", "--json").json) == 6


def test_an_unknown_exercise_is_made_where_that_is_asked(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "sled.txt"
    day = "Zorb Roll: 3x40m\nBack Squat: 3x5\n"
    file.write_text(f"program: Sled\nweeks: 1\ndays per week: 2\nday: A\n{day}day: B\n{day}")
    assert "Zorb Roll" in run("programs", "new", str(file), status=2).err
    made = run("programs", "new", str(file), "--create", "--json").json
    (first, squat), (again, _) = (each["exercises"] for each in made["days"])
    assert first == again
    assert squat["name"] == "Back Squat"
    shown = run("exercises", "show", "zorb", "--json").json
    assert (shown["id"], shown["is_custom"], shown["tracked"]) == (
        first["exercise_id"],
        True,
        "distance_time",
    )


def test_a_file_that_cannot_be_read_is_said_so(run: Run, tmp_path: Path) -> None:
    assert "nowhere.txt cannot be read" in run("programs", "new", str(tmp_path / "nowhere.txt"), status=2).err
    binary = tmp_path / "binary.txt"
    binary.write_bytes(b"program: \xff\xfe")
    assert "UTF-8" in run("programs", "new", str(binary), status=2).err


def test_a_client_gets_a_copy(run: Run, small: Path) -> None:
    run("programs", "new", str(small))
    given = run("programs", "assign", "small", "anna", "--start", "2026-11-13", "--json").json
    assert (given["kind"], given["client"], given["client_id"]) == ("program", "Anna Berg", 1)
    assert (given["status"], given["start_date"], given["trainer"]) == ("active", "2026-11-13", "Owner")
    assert (given["progress"], given["adherence"], given["next_day"]) == (0.0, 0.0, "A")
    assert (given["template"], given["template_id"]) == ("Small", 7)
    assert run("programs", "show", "8", "--json").json == given
    assert run("programs", "list", "--json").json == [given]


def test_a_second_program_is_refused_unless_it_replaces_or_joins(run: Run, small: Path) -> None:
    del small
    run("programs", "assign", "upper", "anna")
    refused = run("programs", "assign", "full", "anna", "--json", status=1)
    assert refused.json["error"]["code"] == "conflict"
    assert "Upper/Lower (7)" in refused.err
    run("programs", "assign", "full", "anna", "--replace")
    run("programs", "assign", "condit", "anna", "--also")
    statuses = {each["name"]: each["status"] for each in run("programs", "list", "--json").json}
    assert statuses == {"Upper/Lower": "dropped", "Full Body": "active", "Conditioning Base": "active"}
    active = run("programs", "list", "--client", "anna", "--status", "active", "--json").json
    assert {each["name"] for each in active} == {"Full Body", "Conditioning Base"}
    assert "either" in run("programs", "assign", "5x5", "anna", "--also", "--replace", status=2).err.lower()


def test_the_next_workout_is_logged_as_planned_until_all_is_done(run: Run, small: Path) -> None:
    run("programs", "new", str(small))
    run("programs", "assign", "small", "anna", "--start", "2026-11-13")
    planned = run("programs", "next", "anna", "--json").json
    assert (planned["day"], planned["week"], planned["number"], planned["planned"]) == ("A", 1, 1, 2)
    assert planned["exercises"][1]["log"] == "w 2x5 60kg, 3x5 100kg @8"
    first = run("log", "add", "anna", "--json").json
    assert (first["program"], first["day"], first["kind"]) == ("Small", "A", "solo")
    assert first["exercises"][1]["planned"] == "w 2x5 60kg, 3x5 100kg @8 rest 3min progress +2.5kg"
    half = run("programs", "show", "8", "--json").json
    assert (half["progress"], half["adherence"], half["next_day"]) == (50.0, 50.0, "B")
    second = run("log", "add", "anna", "--json").json
    assert [each["reps"] for each in second["exercises"][0]["sets"]] == [6, 6, 6]
    done = run("programs", "show", "8", "--json").json
    assert (done["status"], done["progress"], done["next_day"]) == ("completed", 100.0, None)
    assert done["end_date"] == "2026-11-20"
    run("log", "remove", str(second["id"]), "--yes")
    again = run("programs", "show", "8", "--json").json
    assert (again["status"], again["progress"], again["next_day"]) == ("active", 50.0, "B")


def test_who_follows_nothing_has_no_next_workout(run: Run, small: Path) -> None:
    run("programs", "new", str(small))
    assert "follows no program" in run("programs", "next", "anna", status=1).err
    run("programs", "assign", "7", "anna")
    run("programs", "assign", "full", "anna", "--also", "--start", "tomorrow")
    assert "also follows Full Body (9)" in run("programs", "next", "anna").err


def test_a_program_is_dropped_or_completed_by_name_or_number(run: Run, small: Path) -> None:
    del small
    run("programs", "assign", "full", "anna")
    assert run("programs", "drop", "full", "--json").json["status"] == "dropped"
    assert "dropped; it cannot be completed" in run("programs", "complete", "7", status=1).err
    assert "template" in run("programs", "drop", "1", status=1).err
    run("programs", "assign", "full", "anna")
    completed = run("programs", "complete", "anna", "--json").json
    assert (completed["id"], completed["status"], completed["end_date"]) == (8, "completed", "2026-11-20")


def test_a_client_s_program_is_no_template(run: Run, small: Path) -> None:
    del small
    run("programs", "assign", "full", "anna")
    assert "7 is no template" in run("programs", "assign", "7", "anna", "--also", status=1).err
    assert run("programs", "show", "full", "--json").json["kind"] == "template"


def test_dates_are_checked(run: Run, small: Path) -> None:
    del small
    said = ("--start", "2026-12-01", "--end", "2026-11-01")
    assert "before it starts" in run("programs", "assign", "full", "anna", *said, status=2).err


def test_a_list_as_csv_leaves_the_days_out(run: Run, small: Path) -> None:
    del small
    run("programs", "assign", "full", "anna")
    head, row = run("programs", "list", "--csv").out.splitlines()
    assert head.startswith("id,name,kind,client,client_id,")
    assert "days," not in head.replace("days_per_week", "")
    assert row.startswith("7,Full Body,program,Anna Berg,1,")


def test_programs_can_be_switched_off(run: Run, small: Path) -> None:
    run("config", "set", "programs", "off")
    for words in (
        ("templates",), ("list",), ("show", "1"), ("new", str(small)), ("assign", "1", "anna"),
        ("next", "anna"), ("drop", "1"), ("complete", "1"),
    ):  # fmt: skip
        ran = run("programs", *words, "--json", status=1)
        assert ran.json["error"]["code"] == "rule"
        assert "ptrack config set programs on" in ran.err


@pytest.mark.parametrize("width", ["80", "40"])
def test_pages_fit_their_screen(run: Run, small: Path, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    run("programs", "new", str(small))
    run("programs", "assign", "upper", "anna")
    for words in (
        ("templates",),
        ("list",),
        ("show", "upper"),
        ("show", "7"),
        ("show", "8"),
        ("next", "anna"),
    ):
        out = run("programs", *words).out
        assert out.strip()
        assert max(map(len, out.splitlines())) <= int(width), out
    assert "Upper A, week 1" in run("programs", "next", "anna").out


def test_a_studio_in_pounds_sees_loads_that_read_back(run: Run, tmp_path: Path) -> None:
    run("config", "set", "unit", "lb")
    file = tmp_path / "lb.txt"
    file.write_text("program: Pounds\nweeks: 1\ndays per week: 1\nday: A\nDeadlift: 3x5 225 progress +5\n")
    made = run("programs", "new", str(file), "--json").json
    assert made["days"][0]["exercises"][0]["notation"] == "3x5 225lb progress +5lb"


def test_the_examples_are_programs(run: Run) -> None:
    files = sorted(EXAMPLES.glob("*.txt"))
    assert files
    for file in files:
        assert run("programs", "new", str(file), "--json").json["days"]


def test_a_program_of_one_week_and_one_day_is_told_in_the_singular(run: Run) -> None:
    text = "program: Short\nweeks: 1\ndays per week: 1\n\nday: A\nBack Squat: 3x5 100kg\n"
    made = run("programs", "new", "-", stdin=text).out
    assert "1 week, 1 day a week" in made
