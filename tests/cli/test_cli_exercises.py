"""`ptrack exercises` as a trainer meets it."""

import shlex

import pytest

from harness import Run

NAMED = (
    "Back Squat", "Front Squat", "Bench Press", "Overhead Press", "Deadlift", "Romanian Deadlift",
    "Barbell Row", "Pull-Up", "Chin-Up", "Push-Up", "Dip", "Plank", "Row Machine", "Run",
)  # fmt: skip


def test_a_fresh_practice_has_the_library(run: Run) -> None:
    rows = run("exercises", "list", "--json").json
    assert len(rows) >= 300
    assert {row["name"] for row in rows} >= set(NAMED)
    assert not any(row["is_custom"] for row in rows)


@pytest.mark.parametrize("alias", ["Bench Press (Barbell)", "BB Bench", "Flat Bench", "bench press"])
def test_the_names_of_other_apps_are_known(run: Run, alias: str) -> None:
    assert run("exercises", "show", alias, "--json").json["name"] == "Bench Press"


def test_search_takes_words_in_any_order_and_filters(run: Run) -> None:
    found = [row["name"] for row in run("exercises", "search", "press bench", "--json").json]
    assert found[0] == "Bench Press"
    dumbbells = run("exercises", "search", "bench press", "--equipment", "Dumbbell", "--json").json
    assert dumbbells
    assert {row["equipment"] for row in dumbbells} == {"dumbbell"}
    assert "No exercise fits" in run("exercises", "search", "xyzzy").out


def test_a_list_by_category_and_muscle(run: Run) -> None:
    rows = run("exercises", "list", "--category", "cardio", "--json").json
    assert {row["category"] for row in rows} == {"cardio"}
    names = {row["name"] for row in run("exercises", "list", "--muscle", "quads", "--json").json}
    assert "Back Squat" in names
    assert "Bench Press" not in names


def test_an_exercise_of_ones_own(run: Run) -> None:
    made = run(
        "exercises", "add", "Sandbag Waltz", "--category", "compound", "--tracked", "distance_time",
        "--equipment", "Sandbag", "--primary", "full_body", "--secondary", "abs", "--secondary", "quads",
        "--alias", "Bag Dance", "--alias", "bag  dance", "--description", "Hug it.", "--json",
    ).json  # fmt: skip
    assert made["is_custom"] is True
    assert (made["primary"], made["secondary"]) == (["full_body"], ["abs", "quads"])
    assert (made["aliases"], made["equipment"]) == (["Bag Dance"], "sandbag")
    assert run("exercises", "show", "bag dance", "--json").json == made


@pytest.mark.parametrize("name", ["back squat", "BÁCK SQUAT", "BB Bench"])
def test_a_name_that_is_taken_is_refused(run: Run, name: str) -> None:
    assert run("exercises", "add", name, "--json", status=1).json["error"]["code"] == "conflict"
    run("exercises", "add", "Something New", "--alias", name, status=1)
    run("exercises", "show", "Something New", status=1)


def test_the_page_of_an_exercise(run: Run) -> None:
    page = run("exercises", "show", "back squat").out
    assert "Back Squat" in page
    assert "quads" in page
    assert "ptrack log add" in page


def test_the_hint_to_log_an_exercise_can_be_run_whatever_it_is_called(run: Run) -> None:
    run("clients", "add", "Anna Berg")
    for name in ("a: b; c # d", "Nina's Press"):
        page = run("exercises", "add", name).out
        (command,) = [line.split("ptrack ")[1] for line in page.splitlines() if "log add CLIENT" in line]
        run(*shlex.split(command.replace("CLIENT", "anna")))
        logged = run("log", "list", "--json").json[0]["id"]
        assert name in run("log", "show", str(logged), "--json").out
