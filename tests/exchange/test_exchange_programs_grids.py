"""The tables that trainers keep their plans in: each comes in as what it means."""

from pathlib import Path

import pytest

from harness import Run
from program_samples import EXAMPLES, GRID, REAL, plan_file, planned, programs_held, workbook

SETS = (2, 3, 4, 5, 6, 7)
"""Day, week, exercise, sets, lowest and highest reps."""


def brought(run: Run, folder: Path, content: str | bytes, *options: str, name: str = "plan.csv") -> None:
    run("import", "programs", plan_file(folder, content, name), *options)


def test_a_row_for_each_exercise_under_german_headers(run: Run, tmp_path: Path) -> None:
    brought(
        run, tmp_path,
        "Trainingsplan;Woche;Tag;Übung;Sätze;Wdh;Gewicht (kg);RPE;Pause;Farbe\n"
        "Kraft;1;Montag;Back Squat;4;6-8;72,5;8;2 min;rot\n"
        ";;;Bench Press;3;8\u201310;60;7-8;90;\n"
        ";2;Montag;Back Squat;4;6-8;75;;;\n",
    )  # fmt: skip
    assert planned(tmp_path, 0, 1, 2, 3, 4, 5, 6, 7, 9, 12, 15) == [
        ("Kraft", 2, "Montag", 1, "Back Squat", 4, 6, 8, 72500, 120, None),
        ("Kraft", 2, "Montag", 1, "Bench Press", 3, 8, 10, 60000, 90, "RPE 7-8"),
        ("Kraft", 2, "Montag", 2, "Back Squat", 4, 6, 8, 75000, None, None),
    ]


@pytest.mark.parametrize(
    "header",
    ["Jour,Exercice,Séries,Répétitions,Charge (kg)", "Día,Ejercicio,Series,Repeticiones,Peso (kg)",
     "Day,Movement,# Sets,Rep Range,Weight (kg)", "Tag,Übung,Saetze,Whd,kg"],
)  # fmt: skip
def test_headers_of_other_languages(run: Run, tmp_path: Path, header: str) -> None:
    brought(run, tmp_path, f"{header}\nA,Back Squat,3,5-8,100\n")
    assert planned(tmp_path, *SETS, 9) == [("A", None, "Back Squat", 3, 5, 8, 100_000)]


def test_columns_in_any_order_and_unknown_ones_named(run: Run, tmp_path: Path) -> None:
    path = plan_file(tmp_path, "Reps,Mood,Exercise,Sets\n5,good,Back Squat,3\n")
    assert run("import", "programs", path, "--json").json["unknown_columns"] == ["Mood"]
    assert planned(tmp_path, *SETS) == [("Day 1", None, "Back Squat", 3, 5, 5)]


def test_weeks_across(run: Run, tmp_path: Path) -> None:
    run("import", "programs", str(EXAMPLES / "weeks-across.csv"))
    rows = planned(tmp_path, 0, 1, 2, 3, 4, 5, 6, 8, 10)
    assert rows[:3] == [
        ("Three lifts in four weeks", 4, "Day 1: Squat", 1, "Back Squat", 1, 5, 0, 65.0),
        ("Three lifts in four weeks", 4, "Day 1: Squat", 1, "Back Squat", 1, 5, 0, 75.0),
        ("Three lifts in four weeks", 4, "Day 1: Squat", 1, "Back Squat", 1, 5, 1, 85.0),
    ]
    fourth = [row[4] for row in rows if row[2:4] == ("Day 2: Press", 4)]
    assert fourth == ["Overhead Press"]  # the chin-ups rest in that week


def test_a_day_that_is_alike_in_all_weeks_is_written_once(run: Run, tmp_path: Path) -> None:
    brought(
        run, tmp_path, "Exercise,Week 1,Week 2\nDay 1,,\nBack Squat,3x5,3x5\nDay 2,,\nPlank,3x45s,3x60s\n"
    )
    assert planned(tmp_path, 2, 3, 4) == [
        ("Day 1", None, "Back Squat"),
        ("Day 2", 1, "Plank"),
        ("Day 2", 2, "Plank"),
    ]


def test_columns_below_each_week(run: Run, tmp_path: Path) -> None:
    brought(
        run, tmp_path,
        ",,Week 1,,,Week 2,,\n,Exercise,Sets,Reps,Load,Sets,Reps,Load\n"
        "A1,Bench Press,3,8-10,60kg,4,8-10,62.5kg\nA2,Barbell Row,3,8,light,3,8,\n",
    )  # fmt: skip
    assert planned(tmp_path, *SETS, 9, 13, 15) == [
        ("Day 1", 1, "Bench Press", 3, 8, 10, 60_000, "A1", None),
        ("Day 1", 1, "Barbell Row", 3, 8, 8, None, "A2", "light"),
        ("Day 1", 2, "Bench Press", 4, 8, 10, 62_500, "A1", None),
        ("Day 1", 2, "Barbell Row", 3, 8, 8, None, "A2", None),
    ]


def test_loads_by_week_beside_sets_that_all_weeks_share(run: Run, tmp_path: Path) -> None:
    brought(
        run, tmp_path, "Exercise,Sets,Reps,Week 1,Week 2\nBack Squat,3,5,100kg,105\nDeadlift,1,5,70%,75%\n"
    )
    assert planned(tmp_path, 3, 4, 5, 6, 9, 10) == [
        (1, "Back Squat", 3, 5, 100_000, None), (1, "Deadlift", 1, 5, None, 70.0),
        (2, "Back Squat", 3, 5, 105_000, None), (2, "Deadlift", 1, 5, None, 75.0),
    ]  # fmt: skip


def test_days_side_by_side(run: Run, tmp_path: Path) -> None:
    brought(
        run, tmp_path,
        "Monday,,,Wednesday,,\nExercise,Sets,Reps,Exercise,Sets,Reps\n"
        "Back Squat,3,5,Deadlift,1,5\nBench Press,3,8,,,\n",
    )  # fmt: skip
    assert planned(tmp_path, *SETS) == [
        ("Monday", None, "Back Squat", 3, 5, 5),
        ("Monday", None, "Bench Press", 3, 8, 8),
        ("Wednesday", None, "Deadlift", 1, 5, 5),
    ]


@pytest.mark.parametrize(
    "table",
    ["Day 1,,Day 2,\nBack Squat,3x5 100kg,Deadlift,1x5 140kg\n",
     "Day 1,Day 2\nBack Squat 3x5 100kg,Deadlift 1x5 140kg\nRest,\n",
     "Day,Lifts\nDay 1,Back Squat: 3x5 100kg\nDay 2,Deadlift 1x5 @ 140 kg; Rest\n"],
)  # fmt: skip
def test_days_with_exercise_and_sets_beside_or_in_a_cell(run: Run, tmp_path: Path, table: str) -> None:
    brought(run, tmp_path, table)
    assert planned(tmp_path, 2, 4, 5, 6, 9) == [
        ("Day 1", "Back Squat", 3, 5, 100_000),
        ("Day 2", "Deadlift", 1, 5, 140_000),
    ]


def test_blocks_below_a_title_with_labels_sections_and_remarks(run: Run, tmp_path: Path) -> None:
    brought(run, tmp_path, GRID)
    assert planned(tmp_path, 0, 1, 2, 4, 5, 6, 7, 9, 12, 13, 14) == [
        ("12 Week Plan", 12, "Day 1 - Upper A", "Bench Press", 4, 6, 8, 70_000, 120, "A1", "main"),
        ("12 Week Plan", 12, "Day 1 - Upper A", "Barbell Row", 4, 6, 8, 60_000, 120, "A2", "main"),
        ("12 Week Plan", 12, "Day 1 - Upper A", "Push-Up", 2, 10, 10, None, None, None, "warm_up"),
        ("12 Week Plan", 12, "Day 2 - Lower", "Back Squat", 5, 5, 5, 100_000, 180, None, "main"),
        ("12 Week Plan", 12, "Day 2 - Lower", "Back Squat", 1, 10, 10, 80_000, 180, None, "main"),
        ("12 Week Plan", 12, "Day 2 - Lower", "Plank", 3, None, None, None, None, None, "main"),
    ]


def test_a_column_for_each_set(run: Run, tmp_path: Path) -> None:
    brought(run, tmp_path, "Monday,Set 1,Set 2,Set 3\nBench Press,75%x5,85%x3,95%x1+\n")
    assert planned(tmp_path, 2, 5, 6, 8, 10) == [
        ("Monday", 1, 5, 0, 75.0), ("Monday", 1, 3, 0, 85.0), ("Monday", 1, 1, 1, 95.0),
    ]  # fmt: skip


def test_a_sheet_for_each_week(run: Run, tmp_path: Path) -> None:
    rows = [["Day 1: Upper"], ["Exercise", "Sets", "Reps", "%1RM"], ["Bench Press", 3, 5, "70%"]]
    other = [*rows[:2], ["Bench Press", 3, 5, 0.75]]
    brought(run, tmp_path, workbook(Week_1=rows, Week_2=other), name="bench.xlsx")
    assert planned(tmp_path, 0, 1, 2, 3, 4, 10) == [
        ("bench", 2, "Day 1: Upper", 1, "Bench Press", 70.0),
        ("bench", 2, "Day 1: Upper", 2, "Bench Press", 75.0),
    ]


def test_a_sheet_for_each_day_and_for_each_plan(run: Run, tmp_path: Path) -> None:
    rows = [["Exercise", "Sets", "Reps"], ["Back Squat", 3, 5]]
    brought(
        run, tmp_path, workbook(Day_A=rows, Day_B=rows, Legend=[["RPE"], ["10 is all out."]]), name="a.xlsx"
    )
    brought(run, tmp_path, workbook(Strength=rows, Speed=rows), name="b.xlsx")
    assert planned(tmp_path, 0, 2) == [
        ("a", "Day A"),
        ("a", "Day B"),
        ("Strength", "Day 1"),
        ("Speed", "Day 1"),
    ]


def test_cells_of_a_workbook_are_named_as_a_spreadsheet_does(run: Run, tmp_path: Path) -> None:
    from datetime import date

    rows = [
        ["Exercise", "Sets", "Reps", "Rest"], ["Back Squat", "3-4", 5, None],
        ["Bench Press", 3, date(2026, 12, 8), None], ["Deadlift", "=1+2", 5, None],
    ]  # fmt: skip
    path = plan_file(tmp_path, workbook(Week_1=rows), "plan.xlsx")
    told = run("import", "programs", path, "--json", status=1).json["rejected"]
    assert [(one["place"], one["column"], one["text"], one["reason"], one["instead"]) for one in told] == [
        ("Sheet 'Week 1', B2", "Sets", "3-4", "3-4 sets: a plan has one number of sets", "3 or 4"),
        ("Sheet 'Week 1', C3", "Reps", "8.12.", "the spreadsheet made a date of it",
         "8-12, in a cell formatted as text"),
        ("Sheet 'Week 1', B4", "Sets", "=1+2", "a formula is not worked out here", "what it comes to"),
    ]  # fmt: skip
    assert planned(tmp_path) == []


@pytest.mark.skipif(not REAL.exists(), reason="the real files are not here")
def test_the_real_day_matrix_comes_in_but_for_cells_that_are_named(run: Run, tmp_path: Path) -> None:
    path = str(REAL / "day-matrix-plan.csv")
    told = run("import", "programs", path, "--create", "--partial", "--json", status=3).json
    assert (told["rows"], told["rows_imported"], told["skipped"], len(told["rejected"])) == (51, 26, 2, 23)
    assert all(one["instead"] and one["text"] for one in told["rejected"])
    assert ("Day 1: Lower A: glute tension", None, "Bulgarian Split Squat", 3, 8, 10) in planned(
        tmp_path, *SETS
    )
    assert [one["place"] for one in told["rejected"]][:2] == ["2:4", "2:5"]


@pytest.mark.skipif(not REAL.exists(), reason="the real files are not here")
def test_the_real_json_asks_for_sets_or_takes_them_from_the_option(run: Run, tmp_path: Path) -> None:
    path = str(REAL / "lukas-workout-plan.json")
    told = run("import", "programs", path, "--json", status=1).json
    assert len(told["rejected"]) == told["rows"] == 30
    assert told["rejected"][1] == {
        "line": 4, "column": None, "reason": "sets are missing", "sheet": None, "place": "4:5",
        "text": "Standing Barbell Shoulder Press", "instead": "Standing Barbell Shoulder Press 3x8-12",
    }  # fmt: skip
    run("import", "programs", path, "--sets", "3x8-12", "--create")
    assert len(planned(tmp_path)) == 30
    assert [name for name, *_ in programs_held(tmp_path)] == ["lukas-workout-plan"]
