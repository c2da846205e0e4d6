"""`ptrack log` beside a program: what is logged as planned, counted for it, opened and filled."""

from pathlib import Path

import pytest

from harness import Run

PROGRAM = """program: Two Days
weeks: 2
days per week: 2

day: Upper
Bench Press: 4x6-8 70kg @8 rest 2min progress +2.5kg
Pull-Up: 3x6+ bw

day: Lower
Back Squat: w 1x5 60kg, 3x5 75%
"""


@pytest.fixture
def anna(run: Run, tmp_path: Path) -> str:
    file = tmp_path / "two-days.txt"
    file.write_text(PROGRAM, encoding="utf-8")
    run("clients", "add", "Anna Berg")
    run("programs", "new", str(file))
    run("programs", "assign", "Two Days", "anna")
    return "anna"


def test_without_notation_the_planned_workout_is_logged_as_planned(run: Run, anna: str) -> None:
    made = run("log", "add", anna, "--json").json
    assert (made["program"], made["day"], made["week"], made["title"]) == ("Two Days", "Upper", 1, "Upper")
    bench, pull_up = made["exercises"]
    assert [(one["reps"], one["weight_kg"], one["rpe"]) for one in bench["sets"]] == [(6, 70, 8)] * 4
    assert bench["planned"] == "4x6-8 70kg @8 rest 2min progress +2.5kg"
    assert [(one["reps"], one["amrap"]) for one in pull_up["sets"]] == [(6, False), (6, False), (6, True)]
    second = run("log", "add", anna, "--json")
    assert second.json["day"] == "Lower"
    assert "left open: Back Squat" in second.err
    assert [one["weight_kg"] for one in second.json["exercises"][0]["sets"]] == [60, None, None, None]


def test_notation_with_an_exercise_of_the_day_counts_for_the_program(run: Run, anna: str) -> None:
    ran = run("log", "add", anna, "Bench Press: 4x7 70kg", "--json")
    assert (ran.json["day"], ran.json["week"]) == ("Upper", 1)
    assert "Counted as Upper, week 1 of Two Days" in ran.err
    assert ran.json["exercises"][0]["planned"].startswith("4x6-8 70kg")
    assert "planned" in run("log", "show", "1", "--planned").out.casefold()


def test_what_has_nothing_of_the_day_is_kept_apart(run: Run, anna: str) -> None:
    apart = run("log", "add", anna, "Run: 1x5km 27:30", "--json").json
    assert (apart["program"], apart["day"]) == (None, None)
    assert run("log", "add", anna, "Bench Press: 3x5 60", "--no-program", "--json").json["program"] is None
    assert run("log", "add", anna, "Run: 1x5km 27:30", "--program", "--json").json["day"] == "Upper"


def test_a_plan_done_alone_is_trainer_assisted(run: Run, anna: str) -> None:
    made = run("log", "add", anna, "--kind", "trainer_assisted", "--json").json
    assert (made["kind"], made["trainer_id"], made["program"]) == ("trainer_assisted", 1, "Two Days")


def test_the_last_workout_completes_the_program_and_removing_it_opens_it_again(run: Run, anna: str) -> None:
    for _ in range(3):
        run("log", "add", anna)
    assert "Two Days is completed" in run("log", "add", anna).err
    assert run("programs", "list", "--client", anna, "--json").json[0]["status"] == "completed"
    assert "no planned workout" in run("log", "add", anna, status=2).err
    run("log", "remove", "4", "--yes")
    assert run("programs", "list", "--client", anna, "--json").json[0]["status"] == "active"


def test_a_completed_appointment_opens_the_workout_and_a_log_fills_it(run: Run, anna: str) -> None:
    run("appointments", "add", anna, "today 9:00")
    opened = run("appointments", "complete", "1", "--json").json["workout"]
    page = run("log", "show", str(opened["id"]), "--json").json
    assert (page["status"], page["day"], page["session"], page["kind"]) == (
        "in_progress", "Upper", 1, "trainer_led",
    )  # fmt: skip
    assert [exercise["sets"] for exercise in page["exercises"]] == [[], []]
    assert page["experience"] == 0
    plan = run("log", "show", "1", "--notation").out
    assert "Bench Press: 4x6-8 70kg @8 rest 2min progress +2.5kg" in plan
    filled = run("log", "add", anna, "Bench Press: 4x8 70kg", "--session", "1", "--json").json
    assert (filled["id"], filled["status"], filled["day"]) == (1, "completed", "Upper")
    assert filled["exercises"][0]["planned"].startswith("4x6-8")
    assert run("programs", "next", anna, "--json").json["day"] == "Lower"


def test_a_log_as_planned_fills_the_workout_that_waits(run: Run, anna: str) -> None:
    run("appointments", "add", anna, "today 9:00")
    run("appointments", "complete", "1")
    filled = run("log", "add", anna, "--json").json
    assert (filled["id"], filled["session"], filled["status"]) == (1, 1, "completed")
    assert len(run("log", "list", "--json").json) == 1


def test_editing_a_workout_that_waits_completes_it(run: Run, anna: str) -> None:
    run("appointments", "add", anna, "today 9:00")
    run("appointments", "complete", "1")
    edited = run("log", "edit", "1", "Bench Press: 4x8 70kg", "--json").json
    assert edited["status"] == "completed"
    assert edited["exercises"][0]["planned"].startswith("4x6-8")
    entries = run("metrics", "history", anna, "weight_lifted", "--json").json["entries"]
    assert [entry["value"] for entry in entries] == [2240]


def test_with_programs_off_only_asking_for_one_is_refused(run: Run, anna: str) -> None:
    run("config", "set", "programs", "off")
    run("log", "add", anna, "Bench Press: 3x5 60")
    assert "programs on" in run("log", "add", anna, "Bench Press: 3x5 60", "--program", status=1).err


@pytest.fixture
def late(run: Run, tmp_path: Path) -> str:
    """A client whose program began a few days ago; its first day has five exercises."""
    file = tmp_path / "upper-b.txt"
    file.write_text(
        "program: Upper\nweeks: 4\ndays per week: 1\n\nday: Upper B\nBench Press: 3x5 60kg\n"
        "Pull-Up: 3x8\nOverhead Press: 3x5 40kg\nBarbell Row: 3x5 60kg\nDumbbell Curl: 3x10 12kg\n",
        encoding="utf-8",
    )
    run("clients", "add", "Pia Late")
    run("programs", "new", str(file))
    run("programs", "assign", "Upper", "pia", "--start", "2026-11-16")
    return "pia"


def test_less_than_half_of_the_day_is_kept_apart_with_a_word(run: Run, late: str) -> None:
    ran = run("log", "add", late, "Pull-Up: 8,7,6; Bench Press: 3x5 60", "--json")
    assert ran.json["program"] is None
    assert "Kept apart from Upper B, week 1 (2 of its 5 exercises); --program counts it." in ran.err
    ran = run("log", "add", late, "Pull-Up: 8; Bench Press: 5 60; Overhead Press: 5 40", "--json")
    assert (ran.json["day"], ran.json["week"]) == ("Upper B", 1)


def test_what_was_done_before_the_program_is_none_of_it(run: Run, late: str) -> None:
    whole = "Bench Press: 3x5 60; Pull-Up: 3x8; Overhead Press: 3x5 40; Barbell Row: 3x5 60"
    ran = run("log", "add", late, whole, "--when", "2026-11-15 18:00", "--json")
    assert ran.json["program"] is None
    assert "(done before the program begins, Mon 16 Nov 2026); --program counts it." in ran.err
    ran = run("log", "add", late, whole, "--when", "2026-11-15 19:00", "--program", "--json")
    assert ran.json["day"] == "Upper B"
    assert run("log", "add", late, whole, "--when", "2026-11-16 07:00", "--json").json["week"] == 2


def test_what_was_done_before_the_last_counted_workout_is_kept_apart(run: Run, late: str) -> None:
    whole = "Bench Press: 3x5 60; Pull-Up: 3x8; Overhead Press: 3x5 40"
    run("log", "add", late, whole, "--when", "2026-11-18 18:00")
    ran = run("log", "add", late, whole, "--when", "2026-11-17 18:00", "--json")
    assert ran.json["program"] is None
    assert "(done before its last workout, Wed 18 Nov 2026)" in ran.err
    assert run("log", "add", late, whole, "--when", "2026-11-18 07:00", "--json").json["week"] == 2


def test_nothing_of_the_day_is_kept_apart_without_a_word(run: Run, late: str) -> None:
    assert "Kept apart" not in run("log", "add", late, "Run: 1x5km 27:30").err
