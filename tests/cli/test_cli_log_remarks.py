"""What `ptrack log` says of sets that look wrong or count nowhere; they are kept all the same."""

import pytest

from harness import Run


@pytest.fixture(autouse=True)
def anna(run: Run) -> None:
    run("clients", "add", "Anna Berg")


def test_very_many_sets_are_asked_about(run: Run) -> None:
    ran = run("log", "add", "anna", "Back Squat: 60x5", "--json")
    assert "Back Squat: 60 sets of 5? Reps at a load are written 5 60kg" in ran.err
    assert len(ran.json["exercises"][0]["sets"]) == 60
    assert "sets of" not in run("log", "add", "anna", "Back Squat: 20x5 60", "--no-program").err
    assert "25 sets of 3?" in run("log", "edit", "1", "Back Squat: 25x3").err


def test_a_load_of_an_exercise_without_one_is_told(run: Run) -> None:
    ran = run("log", "add", "anna", "Push-Up: 3x10 20kg; Crunch: 3x15; Pull-Up: 3x5 bw+10")
    assert (
        "Push-Up is tracked by reps alone: its load counts in no volume. "
        "To count it: ptrack exercises edit 'Push-Up' --tracked bodyweight_plus"
    ) in " ".join(ran.err.split())
    assert "Crunch is" not in ran.err
    assert "Pull-Up is" not in ran.err
    assert "tracked by" not in run("log", "add", "anna", "Push-Up: 3x10 bw").err
    run("exercises", "edit", "Push-Up", "--tracked", "bodyweight_plus")
    assert "tracked by" not in run("log", "add", "anna", "Push-Up: 3x10 bw+20kg").err


def test_what_is_usually_loaded_counts_its_load(run: Run) -> None:
    ran = run("log", "add", "anna", "Lunge: 3x10 20kg; Glute Bridge: 3x10 40kg", "--json")
    assert "tracked by" not in ran.err
    assert ran.json["totals"]["volume_kg"] == 1800
