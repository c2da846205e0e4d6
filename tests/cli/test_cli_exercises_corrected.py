"""Correcting the library: names, what is measured, muscles, and two exercises that are one."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from exchange_samples import one, rows_of
from harness import Run

AUTO = """
SELECT w.performed_at, m.key, e.value FROM metric_entry e JOIN metric m ON m.id = e.metric_id
JOIN workout w ON w.id = e.workout_id WHERE e.source = 'auto' ORDER BY 1, 2"""

RECORDS = """
SELECT e.workout_id, e.value FROM metric_entry e JOIN metric m ON m.id = e.metric_id
WHERE m.key = 'personal_records' AND e.value > 0 ORDER BY 1"""
PLANS_WITH_BENCH = """
SELECT count(DISTINCT d.program_id) FROM program_day d JOIN prescription p ON p.day_id = d.id
WHERE p.exercise_id = 1"""


def page(run: Run, name: str) -> Any:
    return run("exercises", "show", name, "--json").json


def test_a_new_name_keeps_the_old_one_as_another(run: Run) -> None:
    run("exercises", "edit", "back squat", "--name", "High Bar")
    assert "Back Squat" in page(run, "high bar")["aliases"]
    assert page(run, "back squat")["name"] == "High Bar"
    run("exercises", "edit", "high bar", "--name", "Back Squat")
    made = page(run, "back squat")
    assert made["name"] == "Back Squat"
    assert "High Bar" in made["aliases"]
    assert "Back Squat" not in made["aliases"]


def test_only_the_letter_case_of_a_name(run: Run) -> None:
    before = page(run, "back squat")
    run("exercises", "edit", "back squat", "--name", "BACK squat")
    assert page(run, "back squat") == before | {"name": "BACK squat"}


def test_a_name_that_another_has_is_refused_by_its_name(run: Run) -> None:
    said = run("exercises", "edit", "back squat", "--name", "Flat Bench", status=1).err
    assert '"Flat Bench" is Bench Press (1) already.' in said
    said = run("exercises", "alias", "back squat", "bench press", status=1).err
    assert '"bench press" is Bench Press (1) already.' in said


def test_what_is_given_replaces_and_what_is_empty_takes_away(run: Run) -> None:
    run(
        "exercises", "edit", "back squat", "--primary", "glutes", "--equipment", "Safety Bar",
        "--description", "Sit.", "--video-url", "https://example.org/squat", "--category", "other",
    )  # fmt: skip
    made = page(run, "back squat")
    assert (made["primary"], made["equipment"], made["category"]) == (["glutes"], "safety_bar", "other")
    assert (made["description"], made["video_url"]) == ("Sit.", "https://example.org/squat")
    assert "glutes" not in made["secondary"]
    run("exercises", "edit", "back squat", "--equipment", "", "--description", "", "--video-url", "")
    made = page(run, "back squat")
    assert (made["equipment"], made["description"], made["video_url"]) == (None, None, None)


def test_a_muscle_may_move_from_first_to_second(run: Run) -> None:
    run("exercises", "edit", "bench press", "--secondary", "chest", "--primary", "triceps")
    made = page(run, "bench press")
    assert (made["primary"], made["secondary"]) == (["triceps"], ["chest"])
    run("exercises", "edit", "bench press", "--secondary", "triceps")
    made = page(run, "bench press")
    assert (made["primary"], made["secondary"]) == ([], ["triceps"])


@pytest.mark.parametrize(
    "address", ["ftp://x.org/a", "javascript:alert(1)", "https://", "x.org", "https:// a.b"]
)
def test_a_video_is_on_the_web(run: Run, address: str) -> None:
    assert "no web address" in run("exercises", "edit", "plank", "--video-url", address, status=2).err
    assert "no web address" in run("exercises", "add", "New", "--video-url", address, status=2).err


def test_nothing_to_change_is_an_error(run: Run) -> None:
    assert "Nothing is to be changed" in run("exercises", "edit", "plank", status=2).err


def test_what_is_measured_decides_records_anew(run: Run, tmp_path: Path) -> None:
    run("clients", "add", "Anna Berg")
    run("log", "add", "anna", "Bench Press: 3x5 80kg", "--when", "2026-11-16 18:00")
    run("log", "add", "anna", "Bench Press: 3x5 85kg", "--when", "2026-11-18 18:00")
    before = rows_of(tmp_path, AUTO)
    ran = run("exercises", "edit", "bench press", "--tracked", "reps")
    assert "Records and metrics of 1 client decided anew" in ran.err
    assert rows_of(tmp_path, AUTO) != before
    run("db", "check")
    assert run("exercises", "edit", "bench press", "--description", "Press.").err == ""


def test_another_name_comes_and_goes(run: Run) -> None:
    assert "Kreuzheben" in run("exercises", "alias", "deadlift", "Kreuzheben").out
    again = run("exercises", "alias", "deadlift", "kreuzheben", "--json").json
    assert again["aliases"].count("Kreuzheben") == 1
    run("clients", "add", "Anna Berg")
    run("log", "add", "anna", "Kreuzheben: 1x5 100kg")
    run("exercises", "alias", "deadlift", "KREUZHEBEN", "--remove")
    run("exercises", "show", "Kreuzheben", status=1)
    said = run("exercises", "alias", "deadlift", "Kreuzheben", "--remove", status=1).err
    assert "is no other name of Deadlift" in said
    assert "is no other name" in run("exercises", "alias", "deadlift", "Deadlift", "--remove", status=1).err


@pytest.fixture
def duplicated(run: Run) -> Run:
    """Two clients who have done an exercise under two names, and a plan with both."""
    run("clients", "add", "Anna Berg")
    run("clients", "add", "Ben Olsen")
    run("exercises", "add", "Flachbank", "--primary", "chest", "--alias", "Bankdruecken")
    run("log", "add", "anna", "Bench Press: 3x5 90kg", "--when", "2026-11-10 18:00")
    run("log", "add", "anna", "Flachbank: 3x5 80kg\nBench Press: 1x5 95kg", "--when", "2026-11-12 18:00")
    run("log", "add", "anna", "Bench Press: 3x5 97.5kg", "--when", "2026-11-17 18:00")
    run("log", "add", "ben", "Flachbank: 3x5 60kg", "--when", "2026-11-12 18:00")
    run("programs", "assign", "5x5", "ben")
    return run


def test_a_merge_says_what_it_does_and_asks(duplicated: Run, tmp_path: Path) -> None:
    planned = duplicated("exercises", "merge", "bench press", "flachbank", "--dry-run", "--json").json
    assert planned == {
        "kept": "Bench Press", "kept_id": 1, "removed": "Flachbank", "removed_id": 764, "workouts": 2,
        "clients": 2, "programs": 0, "aliases": ["Flachbank", "Bankdruecken"], "dry_run": True,
    }  # fmt: skip
    said = duplicated("exercises", "merge", "bench press", "flachbank", status=2).err
    assert "Flachbank (764) goes into Bench Press (1), with 2 workouts of 2 clients." in said
    assert "--yes" in said
    assert one(tmp_path, "SELECT count(*) FROM exercise WHERE id = 764") == 1


def test_history_names_and_records_go_over(duplicated: Run, tmp_path: Path) -> None:
    duplicated("exercises", "merge", "bench press", "flachbank", "--yes")
    made = page(duplicated, "bankdruecken")
    assert (made["name"], made["primary"]) == ("Bench Press", ["chest"])
    assert {"Flachbank", "Bankdruecken"} <= set(made["aliases"])
    assert [(user["client"], user["workouts"]) for user in made["used_by"]] == [
        ("Anna Berg", 3), ("Ben Olsen", 1),
    ]  # fmt: skip
    lines = rows_of(
        tmp_path, "SELECT exercise_id, position FROM workout_exercise WHERE workout_id = 2 ORDER BY position"
    )
    assert lines == [(1, 1), (1, 2)]
    assert duplicated("log", "records", "ben", "--json").json[0]["exercise"] == "Bench Press"
    duplicated("db", "check")


def test_the_records_of_a_duplicate_are_none_of_the_whole(run: Run, tmp_path: Path) -> None:
    run("clients", "add", "Anna Berg")
    run("exercises", "add", "Flachbank")
    run("log", "add", "anna", "Bench Press: 3x5 90kg", "--when", "2026-11-10 18:00")
    run("log", "add", "anna", "Flachbank: 3x5 60kg", "--when", "2026-11-12 18:00")
    run("log", "add", "anna", "Flachbank: 3x5 70kg", "--when", "2026-11-14 18:00")
    before = rows_of(tmp_path, RECORDS)
    assert {workout for workout, _ in before} == {3}  # a first time is none
    run("exercises", "merge", "bench press", "flachbank", "--yes")
    assert rows_of(tmp_path, RECORDS) == []
    run("undo", "--yes")
    assert rows_of(tmp_path, RECORDS) == before


def test_taking_a_merge_back_says_what_goes_back(duplicated: Run) -> None:
    duplicated("exercises", "merge", "bench press", "flachbank", "--yes")
    told = " ".join(duplicated("undo", "--yes").out.split())
    assert "comes back, 2 workouts go over to Flachbank" in told
    told = " ".join(duplicated("redo", "--yes").out.split())
    assert "goes, 2 workouts go over to Bench Press" in told


def test_plans_go_over(run: Run, tmp_path: Path) -> None:
    run("clients", "add", "Anna Berg")
    number = one(tmp_path, PLANS_WITH_BENCH)
    made = run("exercises", "merge", "front squat", "bench press", "--yes", "--json").json
    assert made["programs"] == number
    assert number == 4
    assert one(tmp_path, PLANS_WITH_BENCH) == 0


def test_what_is_not_measured_alike_is_merged_by_force_only(run: Run) -> None:
    run("clients", "add", "Anna Berg")
    run("log", "add", "anna", "Plank: 3x40s")
    said = run("exercises", "merge", "push-up", "plank", "--yes", status=1).err
    assert "Plank is measured by time, Push-Up by reps" in said
    assert "--force" in said
    run("exercises", "merge", "push-up", "plank", "--yes", "--force")
    run("db", "check")


def test_one_exercise_is_not_two(run: Run) -> None:
    assert "one exercise already" in run("exercises", "merge", "plank", "plank", "--yes", status=2).err


def test_nothing_else_points_to_an_exercise_than_what_a_merge_moves(run: Run, tmp_path: Path) -> None:
    from ptrack.desk.merge import POINTING

    run("clients", "add", "Anna Berg")
    with sqlite3.connect(tmp_path / "practice.db") as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        pointing = {
            table
            for table in tables
            for key in connection.execute(f"PRAGMA foreign_key_list({table})")
            if key[2] == "exercise"
        }
    assert pointing == {*POINTING, "exercise_muscle"}
