"""No row of a plan's table vanishes: it is planned, counted as skipped, or rejected; under the right name."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import Run
from program_samples import plan_file, planned
from ptrack.exchange.program_drafts import Drafts, Settings, SheetSetting
from ptrack.exchange.program_grid import GridReader
from ptrack.exchange.program_sheets import Cell, Place, Sheet, SheetRow
from ptrack.vocabulary import Unit

SETS = (2, 3, 4, 5, 6, 7, 9)
"""Day, week, exercise, sets, lowest and highest reps, load."""

HEADERS = (
    ("Exercise", "Sets", "Reps", "Week 1", "Week 2"),
    ("Exercise", "Week 1", "Week 2"),
    ("Exercise", "Set 1", "Set 2", "Weight", "Notes"),
    ("Exercise", "Monday", "Wednesday", "Friday"),
    ("Monday", "Wednesday", "Friday"),
    ("Day", "Exercise", "Sets", "Reps", "Load", "Mood"),
)
WRITTEN = st.sampled_from(["", "", "Plank", "3", "5", "3x8", "100", "easy", "45s", "x", "5x100", "rest"])


def drafted(*rows: tuple[str, ...]) -> Drafts:
    cells = [
        SheetRow(
            line,
            {at: Cell(text, Place(None, line, at)) for at, text in enumerate(row, 1) if text},
        )
        for line, row in enumerate(rows, 1)
    ]
    drafts = Drafts(Settings(Unit.KG, "plan"))
    GridReader(Sheet(None, [row for row in cells if row.cells]), drafts, SheetSetting("")).read()
    return drafts


@given(header=st.sampled_from(HEADERS), row=st.lists(WRITTEN, min_size=6, max_size=6))
def test_every_row_in_which_something_is_written_is_counted(header: tuple[str, ...], row: list[str]) -> None:
    drafts = drafted(header, tuple(row))
    account = drafts.account
    is_heading = "Day" in header and not any(row[1:])
    assert bool(account.rows) == (any(row) and not is_heading)
    taken = sum(draft.rows for draft in drafts.programs.values())
    assert account.rows == taken + len(account.rejected) + account.skipped.total()


@given(st.sampled_from(HEADERS), st.lists(WRITTEN, min_size=7, max_size=7))
def test_every_cell_is_read_or_its_column_named(header: tuple[str, ...], row: list[str]) -> None:
    beside = ("", "lost")
    drafts = drafted(header, (*row[: len(header)], *beside))
    if row[0] or "Day" not in header:
        assert any(name.startswith("column ") for name in drafts.unknown_columns) or not drafts.programs


def test_what_no_week_says_anything_of_is_planned_in_every_week(run: Run, tmp_path: Path) -> None:
    content = "Exercise,Sets,Reps,Week 1,Week 2\nBack Squat,3,5,100,102.5\nPlank,3,45s,,\nPush-Up,3,12,,\n"
    told = run("import", "programs", plan_file(tmp_path, content), "--json").json
    assert (told["rows"], told["rows_imported"], told["rejected"]) == (6, 6, [])
    assert [row[1:5] + row[6:7] for row in planned(tmp_path, *SETS)] == [
        (1, "Back Squat", 3, 5, 100_000),
        (1, "Plank", 3, None, None),
        (1, "Push-Up", 3, 12, None),
        (2, "Back Squat", 3, 5, 102_500),
        (2, "Plank", 3, None, None),
        (2, "Push-Up", 3, 12, None),
    ]


def test_an_exercise_with_nothing_beside_it_is_rejected_once(run: Run, tmp_path: Path) -> None:
    path = plan_file(tmp_path, "Exercise,Week 1,Week 2\nBack Squat,3x5,3x5\nPlank,,\n")
    told = run("import", "programs", path, "--json", status=1).json
    assert [(one["line"], one["reason"]) for one in told["rejected"]] == [(3, "sets are missing")]


def test_an_exercise_on_no_day_is_rejected(run: Run, tmp_path: Path) -> None:
    content = "Exercise,Sets,Reps,Monday,Friday\nBack Squat,3,5,100,x\nPlank,3,45s,,\n"
    told = run("import", "programs", plan_file(tmp_path, content), "--json", "--partial", status=3).json
    assert [(one["line"], one["reason"]) for one in told["rejected"]] == [(3, "it stands on no day")]
    assert [row[0] for row in planned(tmp_path, *SETS)] == ["Monday", "Friday"]


def test_no_day_of_a_json_plan_vanishes(run: Run, tmp_path: Path) -> None:
    content = (
        '{"days": [{"name": "A", "exercises": {"Back Squat": "3x5"}}, {"name": "B", "drills": ["Plank 3x9"]},'
        ' {"name": "C", "exercises": "Plank 3x45s"}, {"name": "D", "exercises": ["Plank 3x45s"]},'
        ' {"name": "Rest"}]}'
    )
    told = run("import", "programs", plan_file(tmp_path, content), "--json", status=1).json
    assert [(one["text"], one["reason"]) for one in told["rejected"]] == [
        ("A", "the exercises of a day are a list"),
        ("B", "the exercises of a day are a list"),
        ("C", "the exercises of a day are a list"),
    ]


def test_remarks_and_columns_without_a_title_are_told(run: Run, tmp_path: Path) -> None:
    path = plan_file(
        tmp_path, "Exercise,Sets,Reps,,Notes\nBack Squat,3,5,blue,\n,,,,slowly\nNote: rest well.,,,,\n"
    )
    told = run("import", "programs", path, "--json").json
    assert (told["rows"], told["skipped_reasons"]) == (3, {"remark": 2})
    assert told["unknown_columns"] == ["column D"]


def test_a_table_without_a_header_we_know_is_counted(run: Run, tmp_path: Path) -> None:
    path = plan_file(tmp_path, "My plan\nLift,How many,,\nA,3,,\nExercise,Sets,Reps,\nBack Squat,3,5,\n")
    told = run("import", "programs", path, "--json").json
    assert (told["rows"], told["skipped_reasons"]) == (3, {"outside": 2})


@pytest.mark.parametrize(
    "content",
    [
        "Exercise,Sets,Reps,Weight\nBack Squat,3,5,100\nBench Press,3,x,60\n,2,8,70\n",
        "Exercise,Sets,Reps,Weight\nBack Squat,3,5,100\nBench Press,3,x,60\n,2,8,70\n,1,5,80\n",
        "Exercise,Week 1,Week 2\nBack Squat,3x5 100kg,\nBench Press,3xx,\n,2x8 70kg,\n",
        "Exercise,Week 1,Week 2\nBack Squat,3x5 100kg,\nPlank,-,\n,2x8 70kg,\n",
    ],
)
def test_no_set_comes_under_another_exercise(run: Run, tmp_path: Path, content: str) -> None:
    run("import", "programs", plan_file(tmp_path, content), "--partial", status=3)
    assert [row[2:] for row in planned(tmp_path, *SETS)] == [("Back Squat", 3, 5, 5, 100_000)]


def test_more_sets_of_an_exercise_that_rests_that_week_are_rejected(run: Run, tmp_path: Path) -> None:
    content = "Exercise,Week 1,Week 2\nBack Squat,3x5,3x5\nBench Press,3x5,\n,1x8,1x8\n"
    told = run("import", "programs", plan_file(tmp_path, content), "--json", "--partial", status=3).json
    assert [(one["place"], one["reason"]) for one in told["rejected"]] == [("4:3", "the exercise is missing")]


def test_days_side_by_side_keep_the_order_of_their_columns(run: Run, tmp_path: Path) -> None:
    content = "Exercise,Monday,Wednesday,Friday\nBack Squat,,,3x5\nPlank,,3x45s,\nPush-Up,3x12,,\n"
    run("import", "programs", plan_file(tmp_path, content))
    assert [row[:1] for row in planned(tmp_path, *SETS)] == [("Monday",), ("Wednesday",), ("Friday",)]


def test_weeks_side_by_side_keep_their_order(run: Run, tmp_path: Path) -> None:
    content = "Exercise,Week 1,Week 2\nDay 1,,\nBack Squat,,3x5\nPlank,3x45s,\n"
    run("import", "programs", plan_file(tmp_path, content))
    assert [row[1:3] for row in planned(tmp_path, *SETS)] == [(1, "Plank"), (2, "Back Squat")]


def test_a_column_of_one_set_holds_reps_and_load(run: Run, tmp_path: Path) -> None:
    content = "Exercise,Set 1,Set 2,Set 3\nBack Squat,5x100,5x102.5kg,3 x 110\nPush-Up,12,10,8\n"
    run("import", "programs", plan_file(tmp_path, content))
    assert [row[2:] for row in planned(tmp_path, *SETS)] == [
        ("Back Squat", 1, 5, 5, 100_000),
        ("Back Squat", 1, 5, 5, 102_500),
        ("Back Squat", 1, 3, 3, 110_000),
        ("Push-Up", 1, 12, 12, None),
        ("Push-Up", 1, 10, 10, None),
        ("Push-Up", 1, 8, 8, None),
    ]


@pytest.mark.parametrize(
    ("cell", "reason", "instead"),
    [
        ("5x10", "5x10 may be reps and load, or sets and reps", "1x5 10kg or 1x10 5kg"),
        ("100x5", "the load stands before the reps", "1x5 100kg"),
        ("3x5 60kg", "the column holds one set", "1x5 60kg"),
    ],
)
def test_a_column_of_one_set_never_holds_more(
    run: Run, tmp_path: Path, cell: str, reason: str, instead: str
) -> None:
    path = plan_file(tmp_path, f"Exercise,Set 1,Set 2\nBack Squat,5x100,{cell}\n")
    told = run("import", "programs", path, "--json", status=1).json
    assert [(one["place"], one["reason"], one["instead"]) for one in told["rejected"]] == [
        ("2:3", reason, instead)
    ]
