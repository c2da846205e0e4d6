"""`ptrack log` as a trainer meets it."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from harness import Run

SQUATS = "Back Squat: w 1x5 60, 3x5 100 @8; Pull-Up: 3x8 bw"


@pytest.fixture
def anna(run: Run) -> str:
    run("clients", "add", "Anna Berg")
    return "anna"


def _session(tmp_path: Path, status: str = "completed") -> None:
    """A session of Anna's, as completing an appointment leaves one."""
    with sqlite3.connect(tmp_path / "practice.db") as connection:
        connection.execute(
            "INSERT INTO session (client_id, trainer_id, starts_at, duration_min, status, is_charged, "
            "validation, value_cents, commission_cents) "
            "VALUES (1, 1, '2026-11-19 17:00:00.000000', 45, ?, 0, 'pending', 0, 0)",
            (status,),
        )


def _metrics(run: Run, key: str) -> list[float]:
    return [entry["value"] for entry in run("metrics", "history", "anna", key, "--json").json["entries"]]


def test_a_log_has_the_keys_a_script_counts_on(run: Run, anna: str) -> None:
    made = run("log", "add", anna, SQUATS, "--title", "Legs", "--json").json
    keys = "id client kind title performed_at session trainer program day totals experience exercises records"
    assert set(keys.split()) <= set(made)
    assert (made["client"], made["client_id"], made["kind"]) == ("Anna Berg", 1, "solo")
    assert made["performed_at"] == "2026-11-20T10:20:00+01:00"
    assert made["totals"] == {"sets": 6, "reps": 39, "volume_kg": 1500}
    assert made["experience"] == 16
    squat, pull_up = made["exercises"]
    assert (squat["name"], squat["section"], squat["planned"]) == ("Back Squat", "main", None)
    assert squat["sets"][0] == {
        "position": 1, "reps": 5, "weight_kg": 60, "rpe": None, "seconds": None, "meters": None,
        "warmup": True, "amrap": False, "per_side": False, "tempo": None, "records": [],
    }  # fmt: skip
    assert [one["weight_kg"] for one in pull_up["sets"]] == [0, 0, 0]
    assert run("log", "show", "1", "--json").json == made


def test_the_page_of_the_sketch(run: Run, anna: str) -> None:
    run("metrics", "add", anna, "weight=63.2", "--when", "2026-11-15")
    run("log", "add", anna, "Back Squat: 3x5 97.2", "--when", "6.11. 18:00")
    page = run("log", "add", anna, SQUATS).out
    assert "e1RM 116.7 (Epley)" in page
    assert "record: weight, 97.2 on 6 Nov -> 100; also e1RM 116.7" in page
    assert "6 working sets, 39 reps, 3,017 kg (body weight 63.2 kg of 15 Nov), +41 points" in page


def test_it_prints_right_at_forty_columns(run: Run, anna: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    run("log", "add", anna, "Back Squat: 3x5 90kg", "--when", "yesterday")
    page = run("log", "add", anna, "Back Squat: w 2x5 60kg, 5x5 102.5kg @8.5; Row Machine: 2x2000m 8:15").out
    assert max(len(line) for line in page.splitlines()) <= 40
    assert page.count("102.5\u00d75@8.5") == 5
    assert "2km/8:15" in page or "2000m/8:15" in page


def test_the_first_log_is_the_baseline_and_a_better_one_breaks_it(run: Run, anna: str) -> None:
    first = run("log", "add", anna, "Back Squat: 1x5 100kg", "--when", "yesterday", "--json").json
    assert first["records"] == []
    second = run("log", "add", anna, "Back Squat: 1x5 102.5kg", "--json").json
    assert {record["kind"]: (record["value"], record["previous"]) for record in second["records"]} == {
        "weight": (102.5, 100),
        "e1rm": (119.58, 116.67),
        "reps": (5, None),
        "volume": (512.5, 500),
    }
    assert second["exercises"][0]["sets"][0]["records"] == ["weight", "e1rm", "reps"]
    assert second["experience"] == 10 + 1 + 25


def test_records_stand_with_their_baseline(run: Run, anna: str) -> None:
    run("log", "add", anna, "Back Squat: 3x5 100kg")
    rows = run("log", "records", anna, "back squat", "--json").json
    assert {row["kind"]: row["value"] for row in rows} == {
        "weight": 100, "e1rm": 116.67, "reps": 5, "volume": 1500,
    }  # fmt: skip
    keys = {"exercise", "kind", "value", "unit", "reps", "weight_kg", "performed_at", "workout", "previous"}
    assert all(keys <= set(row) for row in rows)
    assert {row["previous"] for row in rows} == {None}
    assert {row["unit"] for row in rows} == {"kg", "reps"}


def test_reps_stand_one_row_a_weight(run: Run, anna: str) -> None:
    run("log", "add", anna, "Bench Press: 1x5 80kg, 1x8 70kg, 1x10 60kg, 1x7 65kg")
    rows = run("log", "records", anna, "--json").json
    assert [(row["weight_kg"], row["value"]) for row in rows if row["kind"] == "reps"] == [
        (60, 10), (70, 8), (80, 5),
    ]  # fmt: skip


def test_the_formula_of_the_practice_counts(run: Run, anna: str) -> None:
    run("config", "set", "e1rm_formula", "brzycki")
    assert "e1RM 112.5 (Brzycki)" in run("log", "add", anna, "Back Squat: 1x5 100kg").out
    assert "~" in run("log", "add", anna, "Front Squat: 1x12 60kg").out


def test_editing_and_removing_decide_anew_what_follows(run: Run, anna: str) -> None:
    run("log", "add", anna, "Back Squat: 1x5 100kg", "--when", "10.11.")
    run("log", "add", anna, "Back Squat: 1x5 105kg", "--when", "12.11.")
    run("log", "add", anna, "Back Squat: 1x5 110kg", "--when", "14.11.")
    assert _metrics(run, "personal_records") == [1, 1]
    edited = run("log", "edit", "2", "Back Squat: 1x5 115kg", "--notes", "typed wrong", "--json").json
    assert edited["notes"] == "typed wrong"
    assert edited["edited_at"] is not None
    assert run("log", "show", "3", "--json").json["records"] == []
    assert _metrics(run, "personal_records") == [1]
    run("log", "remove", "2", "--yes")
    (weight,) = [one for one in run("log", "show", "3", "--json").json["records"] if one["kind"] == "weight"]
    assert (weight["value"], weight["previous"]) == (110, 100)
    assert _metrics(run, "weight_lifted") == [500, 550]


def test_a_backdated_log_counts_as_if_entered_then(run: Run, anna: str) -> None:
    run("log", "add", anna, "Back Squat: 1x5 105kg", "--when", "14.11.")
    assert run("log", "show", "1", "--json").json["records"] == []
    run("log", "add", anna, "Back Squat: 1x5 100kg", "--when", "10.11.")
    assert {one["kind"] for one in run("log", "show", "1", "--json").json["records"]} >= {"weight", "e1rm"}
    assert run("log", "show", "2", "--json").json["records"] == []


def test_moving_a_workout_back_makes_it_the_baseline(run: Run, anna: str) -> None:
    run("log", "add", anna, "Back Squat: 1x5 100kg", "--when", "10.11.")
    run("log", "add", anna, "Back Squat: 1x5 105kg", "--when", "12.11.")
    run("log", "edit", "2", "--when", "1.11.")
    assert run("log", "show", "2", "--json").json["records"] == []
    assert run("log", "show", "1", "--json").json["records"] == []


def test_every_mistake_is_told_with_a_caret_and_nothing_is_saved(run: Run, anna: str) -> None:
    ran = run("log", "add", anna, "Back Squat: 3x5 100kgs @8; Bak Squatt: 3x5", status=2)
    assert "-:1:20: kgs is no unit" in ran.err
    assert '-:1:28: No exercise is called "Bak Squatt"' in ran.err
    lines = ran.err.splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith("-:1:20"))
    assert lines[place + 2].index("^") - lines[place + 1].index("kgs") in (0, -3)
    assert lines[-1] == "Nothing was saved."
    assert run("log", "list", "--json").json == []


def test_an_unknown_name_is_a_usage_error_with_candidates(run: Run, anna: str) -> None:
    error = run("log", "add", anna, "Bak Squat: 3x5", "--json", status=2).json["error"]
    assert error["code"] == "notation"
    assert "Back Squat" in error["candidates"]


@pytest.mark.parametrize(
    ("sets", "tracked"),
    [("3x5 40kg", "weight_reps"), ("3x5", "reps"), ("3x30s", "time"), ("1x400m 2:10", "distance_time")],
)
def test_create_makes_a_custom_exercise_from_what_was_logged(
    run: Run, anna: str, sets: str, tracked: str
) -> None:
    made = run("log", "add", anna, f"Sandbag Waltz: {sets}; sandbag waltz: {sets}", "--create", "--json").json
    numbers = {exercise["exercise_id"] for exercise in made["exercises"]}
    assert len(numbers) == 1
    exercise = run("exercises", "show", "sandbag waltz", "--json").json
    assert (exercise["id"], exercise["tracked"], exercise["is_custom"]) == (numbers.pop(), tracked, True)


def test_create_keeps_nothing_where_another_line_is_wrong(run: Run, anna: str) -> None:
    run("log", "add", anna, "Sandbag Waltz: 3x5; Back Squat: 3x", "--create", status=2)
    run("exercises", "show", "sandbag waltz", status=1)


def test_standard_input_is_read_where_a_dash_is_given(run: Run, anna: str) -> None:
    made = run(
        "log", "add", anna, "-", "--json", stdin="# monday\nBack Squat: 3x5 100\n\nPlank: 2x45s\n"
    ).json
    assert [exercise["name"] for exercise in made["exercises"]] == ["Back Squat", "Plank"]
    ran = run("log", "add", anna, "-", stdin="Back Squat: 3x5 100\nPlank: 2x45z\n", status=2)
    assert "-:2:" in ran.err
    run("log", "add", anna, "-", stdin="", status=2)


def test_pounds_come_back_as_pounds(run: Run, anna: str) -> None:
    run("config", "set", "unit", "lb")
    page = run("log", "add", anna, "Back Squat: 3x5 225").out
    assert "225\u00d75" in page
    assert run("log", "show", "1", "--json").json["exercises"][0]["sets"][0]["weight_kg"] == 102.058
    assert run("log", "show", "1", "--notation").out == "Back Squat: 3x5 225lb\n"


def test_notation_reads_back_to_the_same_log(run: Run, anna: str) -> None:
    text = (
        "[warm-up]; Band Pull-Apart: 2x15; [main]; A1 Back Squat: w 2x5 60kg, 5,5,4 102.5kg @8.5 # deep;"
        "A2 Pull-Up: 3x8 bw-20kg, 1x5+ bw; Plank: 2x45s; [cool-down]; Run: 1x5km 27:30; Bench Press: skip"
    )
    first = run("log", "add", anna, text, "--json").json
    printed = run("log", "show", "1", "--notation").out
    second = run("log", "add", anna, printed, "--json").json

    def content(log: Any) -> list[Any]:
        for exercise in log["exercises"]:
            for one in exercise["sets"]:
                one.pop("records")
        return list(log["exercises"])

    assert content(first) == content(second)
    assert run("log", "show", "2", "--notation", "--json").json == {"id": 2, "notation": printed}


def _loads(made: Any) -> list[float | None]:
    return [one["weight_kg"] for exercise in made["exercises"] for one in exercise["sets"]]


def test_a_percentage_without_a_record_is_left_open_and_said(run: Run, anna: str) -> None:
    ran = run("log", "add", anna, "Back Squat: 3x5 75%", "--json")
    assert "No e1RM of the last 90 days" in ran.err
    assert "load is left open: Back Squat" in ran.err
    assert _loads(ran.json) == [None] * 3


def test_a_percentage_is_of_the_best_estimate_before_the_workout(run: Run, anna: str) -> None:
    for when, load in (("2026-08-01", 200), ("2026-11-10 10:00", 120), ("2026-11-12 10:00", 300)):
        run("log", "add", anna, f"Back Squat: 1x1 {load}", "--when", when)
    text = "Back Squat: w 5 50%, 3x5 75%, 1x5 100; Plank: 3x45s"
    ran = run("log", "add", anna, text, "--when", "2026-11-12 10:00", "--json")
    assert "Back Squat w 1x5 60kg, 3x5 90kg: 50, 75 % of 120 kg, the best e1RM of 90 days." in ran.err
    assert "left open" not in ran.err
    assert _loads(ran.json) == [60, 90, 90, 90, 100, None, None, None]
    later = run("log", "add", anna, "Back Squat: 1x5 75%", "--when", "2026-11-12 10:01", "--json")
    assert _loads(later.json) == [225]


def test_a_percentage_in_an_edit_is_not_of_the_workout_itself(run: Run, anna: str) -> None:
    run("log", "add", anna, "Back Squat: 1x1 100", "--when", "2026-11-10")
    run("log", "add", anna, "Back Squat: 1x1 120", "--when", "2026-11-11")
    ran = run("log", "edit", "2", "Back Squat: 3x5 80%", "--json")
    assert "3x5 80kg: 80 % of 100 kg" in ran.err
    assert _loads(ran.json) == [80, 80, 80]
    assert "left open: Plank" in run("log", "edit", "2", "Plank: 1x45s 80%").err


def test_reps_per_side_count_once_and_their_volume_twice(run: Run, anna: str) -> None:
    totals = run("log", "add", anna, "Dumbbell Row: 3x10/side 12kg", "--json").json["totals"]
    assert totals == {"sets": 3, "reps": 30, "volume_kg": 720}


def test_training_without_sets_needs_an_activity(run: Run, anna: str) -> None:
    ran = run("log", "add", anna, status=2)
    assert "Anna Berg has no planned workout" in ran.err
    made = run("log", "add", anna, "--activity", "yoga", "--duration", "60", "--json").json
    assert (made["activity"], made["exercises"], made["experience"]) == ("yoga", [], 10)
    assert _metrics(run, "minutes_practised") == [60]
    assert _metrics(run, "classes_attended") == [1]


def test_the_exercises_tell_the_activity(run: Run, anna: str) -> None:
    assert run("log", "add", anna, "Run: 1x5km 27:30", "--json").json["activity"] == "cardio"
    assert _metrics(run, "cardio_duration") == [27.5]
    assert run("log", "edit", "1", "Back Squat: 1x5 60kg", "--json").json["activity"] == "strength"


def test_a_session_is_filled_once(run: Run, anna: str, tmp_path: Path) -> None:
    _session(tmp_path)
    made = run("log", "add", anna, "Back Squat: 3x5 100", "--session", "1", "--json").json
    assert (made["kind"], made["session"], made["trainer_id"]) == ("trainer_led", 1, 1)
    assert (made["performed_at"], made["duration_min"]) == ("2026-11-19T18:00:00+01:00", 45)
    assert "has workout 1 already" in run("log", "add", anna, SQUATS, "--session", "1", status=1).err


def test_a_session_of_another_or_one_that_was_missed_is_refused(run: Run, anna: str, tmp_path: Path) -> None:
    _session(tmp_path, "no_show")
    assert "did not take place" in run("log", "add", anna, SQUATS, "--session", "1", status=1).err
    run("clients", "add", "Ben Olsen")
    assert "another client's" in run("log", "add", "ben", SQUATS, "--session", "1", status=1).err
    assert "no session 7" in run("log", "add", "ben", SQUATS, "--session", "7", status=1).err


@pytest.mark.parametrize(
    "options",
    [
        ("--kind", "trainer_led"),
        ("--kind", "group"),
        ("--kind", "trainer_assisted"),
        ("--kind", "solo", "--trainer", "1"),
    ],
)
def test_a_kind_that_lacks_something_is_refused(run: Run, anna: str, options: tuple[str, ...]) -> None:
    assert run("log", "add", anna, SQUATS, *options, "--json", status=1).json["error"]["code"] == "rule"


def test_a_time_far_ahead_is_refused(run: Run, anna: str) -> None:
    assert "more than a day ahead" in run("log", "add", anna, SQUATS, "--when", "+3d", status=1).err
    run("log", "add", anna, SQUATS, "--when", "today 18:00")
    assert "more than a day ahead" in run("log", "edit", "1", "--when", "+3d", status=1).err


def test_a_list_goes_by_client_and_days(run: Run, anna: str) -> None:
    run("clients", "add", "Ben Olsen")
    run("log", "add", anna, SQUATS, "--when", "1.11.")
    run("log", "add", anna, SQUATS, "--when", "19.11.")
    run("log", "add", "ben", SQUATS)

    def listed(*options: str) -> list[int]:
        return [row["id"] for row in run("log", "list", *options, "--json").json]

    assert listed() == [3, 2, 1]
    assert listed("--client", "anna") == [2, 1]
    assert listed("--from", "1.11.", "--to", "1.11.") == [1]
    assert listed("--range", "week") == [3, 2]
    assert listed("--range", "all") == [3, 2, 1]
    run("log", "list", "--range", "week", "--to", "today", status=2)
    row = run("log", "list", "--client", "anna", "--json").json[1]
    assert (row["sets"], row["reps"], row["volume_kg"], row["records"]) == (6, 39, 1500, 0)


def test_the_history_of_an_exercise(run: Run, anna: str) -> None:
    run("log", "add", anna, "Back Squat: 3x5 100", "--when", "1.11.")
    run("log", "add", anna, "Back Squat: 1x3 110, 2x8 90")
    newest, oldest = run("log", "history", anna, "back squat", "--json").json
    assert (newest["workout"], newest["sets"], newest["best_weight_kg"]) == (2, 3, 110)
    assert (newest["e1rm_kg"], newest["volume_kg"]) == (121, 1770)
    assert "weight" in newest["records"]
    assert oldest["records"] == []
    assert "116.7" in run("log", "history", anna, "back squat").out


def test_removing_asks_and_rehearses(run: Run, anna: str) -> None:
    run("log", "add", anna, SQUATS)
    assert "--yes" in run("log", "remove", "1", status=2).err
    assert "Nothing was removed" in run("log", "remove", "1", "--dry-run").err
    run("log", "remove", "1", "--yes", "--json")
    assert "no workout 1" in run("log", "show", "1", status=1).err
    assert run("log", "list", "--json").json == []
    assert _metrics(run, "weight_lifted") == []


def test_a_skipped_workout_holds_no_records_and_makes_no_entries(run: Run, anna: str) -> None:
    run("log", "add", anna, SQUATS)
    run("log", "edit", "1", "--status", "cancelled")
    assert run("log", "records", anna, "--json").json == []
    assert _metrics(run, "weight_lifted") == []


def test_with_progress_tracking_off_records_name_the_flag(run: Run, anna: str) -> None:
    run("config", "set", "progress_tracking", "off")
    run("log", "add", anna, SQUATS)
    for command in (("records", anna), ("history", anna, "back squat")):
        ran = run("log", *command, "--json", status=1)
        assert ran.json["error"]["code"] == "rule"
        assert "progress_tracking" in ran.err


def test_empty_pages_say_what_to_do(run: Run, anna: str) -> None:
    assert "ptrack log add" in run("log", "list").out
    assert "ptrack log add" in run("log", "records", anna).out


def test_the_name_of_a_file_is_no_notation_and_says_how_it_is_read(run: Run, tmp_path: Path) -> None:
    run("clients", "add", "Anna Berg")
    note = tmp_path / "my note.txt"
    note.write_text("Back Squat: 3x5 100kg")
    told = run("log", "add", "anna", str(note), status=2).err
    assert f"ptrack log add anna - < '{note}'" in told
    run("log", "add", "anna", "-", stdin=note.read_text())
    assert f"ptrack log edit 1 - < '{note}'" in run("log", "edit", "1", str(note), status=2).err


def test_every_mistake_of_a_text_is_told_to_programs(run: Run) -> None:
    run("clients", "add", "Anna Berg")
    text = "Back Squat: 3x5 100kg; Bench Press 3x8; Plank: what"
    error = run("log", "add", "anna", text, "--json", status=2).json["error"]
    assert next((one["line"], one["column"]) for one in error["mistakes"]) == (1, 24)
    assert len(error["mistakes"]) == 2
    assert all(one["message"] for one in error["mistakes"])
    assert "mistakes" not in run("log", "show", "99", "--json", status=1).json["error"]


def test_a_workout_in_progress_has_the_volume_in_the_list_that_its_page_has(run: Run) -> None:
    run("clients", "add", "Anna Berg")
    run("log", "add", "anna", "Back Squat: 3x5 100kg; Pull-Up: 1x5 bw")
    run("log", "edit", "1", "--status", "in_progress")
    (row,) = run("log", "list", "--json").json
    shown = run("log", "show", "1", "--json").json
    assert row["status"] == "in_progress"
    assert row["volume_kg"] == shown["totals"]["volume_kg"] == 1500
