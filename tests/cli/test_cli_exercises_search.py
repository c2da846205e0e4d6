"""Finding exercises: words, typing errors, muscles, what may stand in for another."""

import pytest

from harness import Run


def found(run: Run, *words: str) -> list[str]:
    return [row["name"] for row in run("exercises", "search", *words, "--json").json]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("benhc pres", "Bench Press"),
        ("press bench", "Bench Press"),
        ("romainan dl", "Romanian Deadlift"),
        ("lat puldown", "Lat Pulldown"),
        ("rdl", "Romanian Deadlift"),
        ("OHP", "Overhead Press"),
        ("db bench", "Dumbbell Bench Press"),
        ("bb row", "Barbell Row"),
        ("sqat", "Back Squat"),
        ("trcep pushdwon", "Triceps Pushdown"),
        ("bulgarain split", "Bulgarian Split Squat"),
        ("face pul", "Face Pull"),
        ("pulll up", "Pull-Up"),
        ("lunge walking", "Walking Lunge"),
    ],
)
def test_what_is_typed_in_a_hurry_is_found(run: Run, text: str, first: str) -> None:
    assert found(run, text)[0] == first


def test_a_muscle_or_an_equipment_counts_where_no_name_has_the_word(run: Run) -> None:
    rows = run("exercises", "search", "chest dumbbell", "--json").json
    assert "Dumbbell Bench Press" in [row["name"] for row in rows]
    assert {row["equipment"] for row in rows} == {"dumbbell"}
    curls = found(run, "biceps curl")
    assert {"Barbell Curl", "Hammer Curl"} <= set(curls)


def test_the_best_of_many_stay_in_sight(run: Run) -> None:
    page = run("exercises", "search", "dumbbell").out
    assert len(page.splitlines()) == 23
    more = len(found(run, "dumbbell")) - 20
    assert f"and {more} more" in page.splitlines()[-1]
    assert len(run("exercises", "search", "dumbbell", "--csv").out.splitlines()) == more + 21


def test_filters_alone_are_a_search(run: Run) -> None:
    rows = run("exercises", "search", "--muscle", "neck", "--category", "isolation", "--json").json
    assert {"Neck Curl", "Neck Extension"} <= {row["name"] for row in rows}
    assert "Say what to look for" in run("exercises", "search", status=2).err


def test_where_nothing_is_found_the_way_on_is_told(run: Run) -> None:
    page = run("exercises", "search", "xyzzy plugh").out
    assert "No exercise fits" in page
    assert "ptrack exercises add 'xyzzy plugh'" in page
    assert "Bench Press (1)" in run("exercises", "search", "flux bench plugh").out
    assert found(run, "xyzzy plugh") == []


@pytest.mark.parametrize("name", ["Benhc Press", "pres benhc", "Bench Pross"])
def test_an_unknown_name_in_a_log_has_the_right_candidate_first(run: Run, name: str) -> None:
    run("clients", "add", "Anna Berg")
    assert f'"{name}". Nearest: Bench Press (1)' in run("log", "add", "anna", f"{name}: 3x5 60", status=2).err
    assert run("exercises", "show", name, "--json", status=1).json["error"]["candidates"][0] == "Bench Press"


def test_what_stands_in_for_another_says_why(run: Run) -> None:
    rows = run("exercises", "similar", "bench press", "--equipment", "dumbbell", "--json").json
    assert rows[0]["name"] == "Dumbbell Bench Press"
    assert rows[0]["reason"] == "chest; dumbbell instead of barbell"
    assert {row["equipment"] for row in rows} == {"dumbbell"}
    assert all("chest" in row["shared"] for row in rows)
    assert len(run("exercises", "similar", "bench press", "--limit", "3", "--json").json) == 3


def test_nothing_stands_in_for_what_trains_nothing(run: Run) -> None:
    run("exercises", "add", "Finger Dance")
    assert "Nothing trains what Finger Dance trains" in run("exercises", "similar", "finger dance").out


def test_the_page_tells_who_does_it_and_which_plans_have_it(run: Run) -> None:
    run("clients", "add", "Anna Berg")
    run("clients", "add", "Ben Olsen")
    run("log", "add", "anna", "Bench Press: 3x5 60kg", "--when", "2026-11-10 18:00")
    run("log", "add", "anna", "Bench Press: 3x5 62.5kg", "--when", "2026-11-17 18:00")
    run("log", "add", "ben", "Bench Press: 3x5 80kg", "--when", "2026-11-12 18:00")
    run("programs", "assign", "5x5", "anna")
    page = run("exercises", "show", "bench press", "--json").json
    assert [(user["client"], user["workouts"]) for user in page["used_by"]] == [
        ("Anna Berg", 2), ("Ben Olsen", 1),
    ]  # fmt: skip
    assert page["used_by"][0]["last_at"] == "2026-11-17T18:00:00+01:00"
    assert ("Anna Berg", "program") in [(plan["client"], plan["kind"]) for plan in page["programs"]]
    assert page["similar"][0]["name"] == "Dumbbell Bench Press"
    assert "17 Nov 2026" in run("exercises", "show", "bench press").out
    rows = run("exercises", "list", "--used-by", "ben", "--json").json
    assert [row["name"] for row in rows] == ["Bench Press"]


def test_a_list_of_ones_own(run: Run) -> None:
    assert run("exercises", "list", "--custom", "--json").json == []
    run("exercises", "add", "Sandbag Waltz")
    rows = run("exercises", "list", "--custom", "--json").json
    assert [row["name"] for row in rows] == ["Sandbag Waltz"]
    smith = run("exercises", "list", "--equipment", "Smith Machine", "--json").json
    assert {row["equipment"] for row in smith} == {"smith_machine"}


def found_first(run: Run, text: str, number: int = 5) -> list[str]:
    return [row["name"] for row in run("exercises", "search", text, "--json").json[:number]]


def test_a_named_muscle_group_comes_before_a_word_in_a_name(run: Run) -> None:
    found = run("exercises", "search", "chest dumbbell", "--json").json
    names = [row["name"] for row in found]
    assert names[0] == "Dumbbell Bench Press"
    assert names.index("Chest-Supported Dumbbell Row") > names.index("Dumbbell Fly")
    assert found_first(run, "legs", 1) == ["Leg Press"]
    assert "Legs up the Wall" not in found_first(run, "legs", 20)
    assert "Backstroke" not in found_first(run, "back", 20)


def test_the_usual_exercises_of_a_muscle_group_come_first(run: Run) -> None:
    assert "Standing Calf Raise" in found_first(run, "calf")
    assert "Calf Stretch" not in found_first(run, "calf")


@pytest.mark.parametrize("name", ["Back Squat", "Chest Dip", "Legs up the Wall", "Calf Stretch"])
def test_what_is_so_called_stays_first(run: Run, name: str) -> None:
    assert found_first(run, name.lower(), 1) == [name]
