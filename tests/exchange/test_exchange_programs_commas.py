"""Numbers whose comma may part thousands or decimals, and tables that look like others."""

from pathlib import Path

import pytest

from harness import Run
from program_samples import plan_file, planned

SETS = (2, 3, 4, 5, 6, 7, 9)
"""Day, week, exercise, sets, lowest and highest reps, load."""


@pytest.mark.parametrize(
    ("content", "place", "instead"),
    [
        ('Exercise,Sets,Reps,Weight (lb)\nBack Squat,3,5,"1,125"\n', "2:4", "1125 or 1.125"),
        ('Exercise,Week 1,Week 2\nBack Squat,3x5,"3x5 1,125lb"\n', "2:3", "3x5 1125lb or 3x5 1.125lb"),
        ('Exercise,Set 1,Set 2\nBack Squat,5x100,"5x1,125"\n', "2:3", "5x1125 or 5x1.125"),
        ('Monday,Tuesday\n"Back Squat 3x5 1,125kg",Plank 3x45s\n', "2:1", None),
    ],
)
def test_a_comma_that_may_part_thousands_is_asked_about(
    run: Run, tmp_path: Path, content: str, place: str, instead: str | None
) -> None:
    told = run("import", "programs", plan_file(tmp_path, content), "--json", status=1).json
    (one,) = told["rejected"]
    assert (one["place"], one["reason"]) == (place, "the comma may part thousands or decimals")
    assert instead is None or one["instead"] == instead


@pytest.mark.parametrize(
    "content",
    [
        "Exercise;Sets;Reps;Weight (kg)\nBack Squat;3;5;71,125\n",
        'Exercise,Sets,Reps,Weight (kg)\nBack Squat,3,5,"71,125"\nBench Press,3,5,"72,5"\n',
        'Exercise,Sets,Reps,Week 1,Week 2\nBack Squat,3,5,"71,125","72,5"\n',
        'Exercise,Week 1\nBack Squat,"3x5 71,125kg"\nBench Press,"3x5 72,5 kg"\n',
    ],
)
def test_the_rest_of_the_file_tells_what_a_comma_parts(run: Run, tmp_path: Path, content: str) -> None:
    run("import", "programs", plan_file(tmp_path, content))
    assert planned(tmp_path, *SETS)[0][2:] == ("Back Squat", 3, 5, 5, 71_125)


def test_a_rest_of_minutes_and_seconds_makes_no_other_table(run: Run, tmp_path: Path) -> None:
    content = "Day,Exercise,Sets,Reps,Weight,Rest\nMon,Bench Press,4,8,60,2:00\nTue,Back Squat,3,5,100,1:30\n"
    run("import", "programs", plan_file(tmp_path, content))
    assert planned(tmp_path, *SETS, 12) == [
        ("Mon", None, "Bench Press", 4, 8, 8, 60_000, 120),
        ("Tue", None, "Back Squat", 3, 5, 5, 100_000, 90),
    ]


def test_a_line_of_columns_below_the_weeks_leaves_their_cells_whole(run: Run, tmp_path: Path) -> None:
    content = "Day 1 - Lower,,Week 1,Week 2\nExercise,Notes,,\nBack Squat,slow,3x5,4x5\nPlank,,3x45s,\n"
    told = run("import", "programs", plan_file(tmp_path, content), "--json").json
    assert (told["rejected"], told["unknown_columns"]) == ([], [])
    assert planned(tmp_path, *SETS) == [
        ("Day 1 - Lower", 1, "Back Squat", 3, 5, 5, None),
        ("Day 1 - Lower", 1, "Plank", 3, None, None, None),
        ("Day 1 - Lower", 2, "Back Squat", 4, 5, 5, None),
    ]
