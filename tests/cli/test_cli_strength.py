"""`ptrack log records`, `history`, `volume` and `strength` as a trainer meets them."""

import csv
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from harness import Run

WORKOUTS = Path(__file__).parents[3] / "shared" / "data" / "workouts"


@pytest.fixture
def anna(run: Run) -> str:
    run("clients", "add", "Anna Berg")
    return "anna"


def log(run: Run, notation: str, day: str) -> dict[str, Any]:
    """One logged workout as JSON."""
    found: dict[str, Any] = run("log", "add", "anna", notation, "--when", day, "--json").json
    return found


def told(run: Run, *command: str) -> str:
    """A page of `log` in one line, wherever it was wrapped."""
    return " ".join(run("log", *command).out.split())


def kinds(workout: dict[str, Any]) -> dict[str, tuple[float, float | None]]:
    return {one["kind"]: (one["value"], one["previous"]) for one in workout["records"]}


def standing(run: Run, exercise: str) -> list[tuple[str, float, float | None]]:
    rows = run("log", "records", "anna", exercise, "--json").json
    return [(row["kind"], row["value"], row["previous"]) for row in rows]


# Records, sentence by sentence.


def test_the_first_time_is_the_baseline_and_equal_is_matched(run: Run, anna: str) -> None:
    assert log(run, "Back Squat: 3x5 100", "2026-11-01")["records"] == []
    assert log(run, "Back Squat: 3x5 100", "2026-11-03")["records"] == []
    assert {row["workout"] for row in run("log", "records", anna, "back squat", "--json").json} == {1}


@pytest.mark.usefixtures("anna")
def test_only_the_best_set_of_each_kind_is_flagged(run: Run) -> None:
    log(run, "Back Squat: 1x5 100", "2026-11-01")
    sets = log(run, "Back Squat: 1x5 105, 1x5 110, 1x10 90", "2026-11-03")["exercises"][0]["sets"]
    assert [one["records"] for one in sets] == [[], ["weight", "e1rm"], ["reps"]]


@pytest.mark.usefixtures("anna")
def test_warm_ups_and_what_was_skipped_hold_nothing(run: Run) -> None:
    log(run, "Back Squat: w 1x5 200, 1x5 100", "2026-11-01")
    log(run, "Back Squat: 1x5 300", "2026-11-02")
    run("log", "edit", "2", "--status", "skipped")
    assert ("weight", 100.0, None) in standing(run, "back squat")


def test_an_estimate_from_eleven_reps_is_shown_with_a_tilde_and_is_no_record(run: Run, anna: str) -> None:
    log(run, "Back Squat: 1x5 60", "2026-11-01")
    made = log(run, "Back Squat: 1x11 60", "2026-11-02")
    assert "e1rm" not in kinds(made)
    assert ("e1rm", 70.0, None) in standing(run, "back squat")
    assert "~82.0" in run("log", "history", anna, "back squat").out
    newest, oldest = run("log", "history", anna, "back squat", "--json").json
    assert (newest["e1rm_kg"], newest["e1rm_reliable"]) == (82, False)
    assert oldest["e1rm_reliable"] is True


@pytest.mark.parametrize(
    ("formula", "expected", "name"),
    [
        ("epley", 116.67, "Epley"),
        ("brzycki", 112.5, "Brzycki"),
        ("brzycki_alt", 112.51, "Brzycki, decimal"),
        ("lombardi", 117.46, "Lombardi"),
        ("oconner", 112.5, "O'Conner"),
        ("wathan", 116.58, "Wathan"),
        ("mayhew", 119.01, "Mayhew"),
        ("lander", 113.71, "Lander"),
    ],
)
def test_the_formula_is_the_studios_and_is_named(
    run: Run, anna: str, formula: str, expected: float, name: str
) -> None:
    run("config", "set", "e1rm_formula", formula)
    log(run, "Back Squat: 1x5 100", "2026-11-01")
    assert ("e1rm", expected, None) in standing(run, "back squat")
    for command in (("records", anna, "back squat"), ("history", anna, "back squat"), ("strength", anna)):
        assert f"e1RM by {name}" in run("log", *command).out


def test_pull_ups_compare_what_was_added_and_gaining_weight_is_no_record(run: Run, anna: str) -> None:
    run("metrics", "add", anna, "weight=60", "--when", "2026-11-01 08:00")
    log(run, "Pull-Up: 1x5 bw+10", "2026-11-01")
    run("metrics", "add", anna, "weight=70", "--when", "2026-11-10 08:00")
    assert set(kinds(log(run, "Pull-Up: 1x5 bw+10", "2026-11-10"))) == {"e1rm", "volume"}
    assert kinds(log(run, "Pull-Up: 1x5 bw+12.5", "2026-11-12"))["weight"] == (12.5, 10)


@pytest.mark.usefixtures("anna")
def test_less_assistance_is_a_record(run: Run) -> None:
    log(run, "Assisted Pull-Up: 1x5 bw-20", "2026-11-01")
    assert kinds(log(run, "Assisted Pull-Up: 1x5 bw-10", "2026-11-03"))["weight"] == (-10, -20)


def test_without_a_body_weight_there_are_records_of_weight_and_reps_alone(run: Run, anna: str) -> None:
    log(run, "Pull-Up: 1x5 bw", "2026-11-01")
    assert {kind for kind, *_ in standing(run, "pull-up")} == {"weight", "reps"}
    assert kinds(log(run, "Pull-Up: 1x8 bw", "2026-11-02")) == {"reps": (8, 5)}
    page = run("log", "history", anna, "pull-up")
    assert "most reps" in page.out
    assert " 0 " not in page.out.splitlines()[3]


@pytest.mark.usefixtures("anna")
def test_push_ups_have_records_of_reps_alone(run: Run) -> None:
    log(run, "Push-Up: 3x20", "2026-11-01")
    log(run, "Push-Up: 1x25", "2026-11-02")
    assert standing(run, "push-up") == [("reps", 25, 20)]


@pytest.mark.usefixtures("anna")
def test_the_longest_hold_the_longest_way_and_the_pace_over_at_least_that_way(run: Run) -> None:
    log(run, "Plank: 3x60s", "2026-11-01")
    assert kinds(log(run, "Plank: 1x75s", "2026-11-02")) == {"time": (75, 60)}
    log(run, "Run: 1x5km 25:00", "2026-11-03")
    assert kinds(log(run, "Run: 1x1km 4:50", "2026-11-04")) == {"pace": (290, 300)}
    assert kinds(log(run, "Run: 1x3km 14:45", "2026-11-05")) == {"pace": (295, 300)}
    assert kinds(log(run, "Run: 1x10km 60:00", "2026-11-06")) == {
        "distance": (10000, 5000),
        "pace": (360, None),
    }
    assert ("pace", 290, 300) in standing(run, "run")


def test_a_carry_has_a_distance_and_no_strength(run: Run, anna: str) -> None:
    log(run, "Farmer's Walk: 2x40m 32", "2026-11-01")
    log(run, "Farmer's Walk: 1x60m 32", "2026-11-02")
    assert standing(run, "farmer's walk") == [("distance", 60, 40)]
    assert "farthest" in run("log", "history", anna, "farmer's walk").out


@pytest.mark.usefixtures("anna")
def test_reps_a_side_count_twice_for_volume_and_once_for_the_rest(run: Run) -> None:
    log(run, "Dumbbell Row: 1x8/side 30", "2026-11-01")
    found = {kind: value for kind, value, _ in standing(run, "dumbbell row")}
    assert found == {"weight": 30, "e1rm": 38, "reps": 8, "volume": 480}


def test_reps_stand_once_for_each_weight(run: Run, anna: str) -> None:
    log(run, "Back Squat: 1x5 100, 1x8 90, 1x8 80", "2026-11-01")
    rows = run("log", "records", anna, "back squat", "--json").json
    assert [(row["reps"], row["weight_kg"]) for row in rows if row["kind"] == "reps"] == [(8, 90), (5, 100)]


# History.


@pytest.fixture
def trained(run: Run, anna: str) -> str:
    """Anna's squats of eight weeks, which don't get better from the third on."""
    for number, kg in enumerate((90, 95, 100, 100, 97.5, 100, 95, 100)):
        log(
            run,
            f"Back Squat: 3x5 {kg}",
            f"2026-{'09' if number < 2 else '10'}-{(20, 27, 1, 8, 15, 22, 29, 30)[number]:02}",
        )
    return anna


def test_the_history_lists_the_last_workouts_and_draws_all(run: Run, trained: str) -> None:
    page = told(run, "history", trained, "back squat")
    assert "100\u00d75" in page
    assert "Back Squat: best e1RM (kg)" in page
    assert "x record" in page
    assert "Best 116.7 kg on Thu 1 Oct 2026" in page
    assert "Trend: rising, +" in page
    assert "(least squares, 8 workouts since Sun 20 Sep 2026)" in page


def test_the_history_says_what_stalled_and_from_what(run: Run, trained: str) -> None:
    page = told(run, "history", trained, "back squat")
    assert "Stalled: no new best in 5 workouts, Thu 8 Oct 2026 to Fri 30 Oct 2026" in page
    assert "the last on Thu 1 Oct 2026: weight 100 kg." in page


def test_a_history_can_be_cut_by_days_and_by_number(run: Run, trained: str) -> None:
    def days(*options: str) -> list[str]:
        rows = run("log", "history", trained, "back squat", *options, "--json").json
        return [row["performed_at"][:10] for row in rows]

    assert len(days()) == 8
    assert days("--limit", "2") == ["2026-10-30", "2026-10-29"]
    assert days("--from", "2026-10-08", "--to", "2026-10-15") == ["2026-10-15", "2026-10-08"]
    assert days("--range", "month") == ["2026-10-30", "2026-10-29", "2026-10-22"]
    said = run("log", "history", trained, "back squat", "--range", "week").out
    assert "not logged Back Squat in that period" in said
    assert "--range all" in said
    newest = run("log", "history", trained, "back squat", "--from", "2026-10-01", "--json").json[-1]
    assert newest["records"] == ["weight", "e1rm", "reps", "volume"]


def test_a_long_history_shows_twelve_and_says_how_to_see_all(run: Run, anna: str) -> None:
    for day in range(1, 15):
        log(run, "Push-Up: 1x20", f"2026-11-{day:02}")
    page = run("log", "history", anna, "push-up").out
    assert page.count("Nov 2026       ") == 12
    assert "ptrack log history 1 'Push-Up' --limit 14" in page
    assert run("log", "history", anna, "push-up", "--limit", "14").out.count("Nov 2026       ") == 14
    assert len(run("log", "history", anna, "push-up", "--json").json) == 14


@pytest.mark.parametrize(
    ("chart", "title"),
    [
        ("best", "heaviest set (kg)"),
        ("volume", "volume (kg)"),
        ("e1rm", "best e1RM (kg)"),
        ("reps", "most reps"),
    ],
)
def test_what_is_drawn_can_be_chosen(run: Run, trained: str, chart: str, title: str) -> None:
    assert f"Back Squat: {title}" in run("log", "history", trained, "back squat", "--chart", chart).out


def test_a_chart_of_nothing_says_what_there_is(run: Run, trained: str) -> None:
    page = run("log", "history", trained, "back squat", "--chart", "pace").out
    assert "No pace in these workouts. There is: weight, e1rm, reps, volume." in page
    assert "Trend" not in run("log", "history", trained, "back squat", "--chart", "none").out


def test_timed_and_far_work_is_drawn_in_its_own_units(run: Run, anna: str) -> None:
    for day, minutes in ((1, 25), (5, 26), (9, 24)):
        log(run, f"Run: 1x5km {minutes}:00", f"2026-11-{day:02}")
        log(run, f"Plank: 1x{minutes}min", f"2026-11-{day:02}")
    page = run("log", "history", anna, "run").out
    assert "Run: best pace (s/km)" in page
    assert "Best 4:48/km on Mon 9 Nov 2026" in page
    assert "Run: farthest (km)" in run("log", "history", anna, "run", "--chart", "distance").out
    assert "Plank: longest (min)" in run("log", "history", anna, "plank").out


def test_a_pace_that_rises_is_called_slower(run: Run, anna: str) -> None:
    for day, minutes in ((1, 25), (5, 26), (9, 27)):
        log(run, f"Run: 1x5km {minutes}:00", f"2026-11-{day:02}")
    assert "rising, slower" in told(run, "history", anna, "run")


def test_one_workout_makes_no_chart_and_two_no_trend(run: Run, anna: str) -> None:
    log(run, "Plank: 1x60s", "2026-11-01")
    assert "longest" not in run("log", "history", anna, "plank").out
    log(run, "Plank: 1x60s", "2026-11-02")
    assert "Too little for a trend: 2 workouts" in told(run, "history", anna, "plank")


def test_the_history_fits_forty_columns(run: Run, trained: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    for command in (
        ("history", trained, "back squat"),
        ("volume", trained),
        ("strength", trained, "--range", "all"),
    ):
        assert max(map(len, run("log", *command).out.splitlines())) <= 40


# Volume.


def test_sets_and_volume_by_muscle_and_week(run: Run, anna: str) -> None:
    log(run, "Bench Press: w 1x5 40, 3x5 80; Plank: 2x60s; Run: 1x5km 25:00", "2026-11-16")
    log(run, "Bench Press: 2x5 80", "2026-11-08")
    rows = run("log", "volume", anna, "--json").json
    found = {(row["week"], row["muscle"]): (row["sets"], row["volume_kg"]) for row in rows}
    assert found["2026-11-16", "chest"] == (3, 1200)
    assert found["2026-11-16", "triceps"] == (1.5, 600)
    assert found["2026-11-02", "chest"] == (2, 800)
    assert found["2026-11-16", "abs"] == (2, 0)
    assert ("2026-11-16", "calves") not in found
    header, first, *_ = run("log", "volume", anna, "--csv").out.splitlines()
    assert header == "week,muscle,sets,volume_kg"
    assert first.startswith("2026-11-02,chest,2")


def test_a_week_begins_on_the_studios_day(run: Run, anna: str) -> None:
    run("config", "set", "first_weekday", "sunday")
    log(run, "Bench Press: 2x5 80", "2026-11-08")
    assert {row["week"] for row in run("log", "volume", anna, "--json").json} == {"2026-11-08"}


def test_the_mean_is_that_of_the_weeks_that_are_over(run: Run, anna: str) -> None:
    log(run, "Bench Press: 4x5 80", "2026-11-09")
    log(run, "Bench Press: 3x5 80", "2026-11-18")
    page = run("log", "volume", anna, "--from", "2026-11-02").out
    (line,) = [line for line in page.splitlines() if line.startswith(" chest") and "█" not in line]
    assert line.split() == ["chest", "4.0", "3.0", "4.0", "1,600"]
    assert "A week, mean of 1 week from 9 Nov" in page
    this_week = run("log", "volume", anna, "--from", "2026-11-16").out
    assert "mean of" not in this_week


def test_weeks_before_the_first_workout_are_not_in_the_mean(run: Run, anna: str) -> None:
    log(run, "Bench Press: 3x5 80", "2026-11-18")
    page = run("log", "volume", anna).out
    assert "mean of" not in page
    assert "█" not in page
    (line,) = [line for line in page.splitlines() if line.startswith(" chest")]
    assert line.split() == ["chest", "3.0"]


def test_the_muscles_with_the_highest_mean_stand_first(run: Run, anna: str) -> None:
    log(run, "Bench Press: 4x5 80", "2026-11-09")
    log(run, "Back Squat: 9x5 80", "2026-11-18")
    page = run("log", "volume", anna).out.splitlines()
    named = [line.split()[0] for line in page if line.startswith(" ")]
    assert named.index("chest") < named.index("quads")


def test_a_range_of_a_week_says_that_its_weeks_are_whole(run: Run, anna: str) -> None:
    assert "2 whole weeks from 9 Nov 2026" in run("log", "volume", anna, "--range", "week").out


def test_a_hint_to_weigh_is_in_the_studios_unit(run: Run, anna: str) -> None:
    run("config", "set", "unit", "lb")
    log(run, "Bench Press: 3x5 80; Pull-Up: 3x8 bw", "2026-11-18")
    assert "weight=154" in run("log", "strength", anna).out
    assert "weight=154 --when" in run("log", "volume", anna).out


def test_weeks_are_whole(run: Run, anna: str) -> None:
    for day in ("2026-11-02", "2026-11-08", "2026-11-09"):
        log(run, "Bench Press: 1x5 80", day)
    rows = run("log", "volume", anna, "--from", "2026-11-04", "--to", "2026-11-05", "--json").json
    assert {(row["week"], row["sets"]) for row in rows if row["muscle"] == "chest"} == {("2026-11-02", 2)}


def test_one_muscle_names_its_exercises(run: Run, anna: str) -> None:
    log(run, "Bench Press: 3x5 80; Push-Up: 2x20", "2026-11-18")
    page = run("log", "volume", anna, "--muscle", "chest").out
    assert "Bench Press 3, Push-Up 2" in page
    assert {row["muscle"] for row in run("log", "volume", anna, "--muscle", "chest", "--json").json} == {
        "chest"
    }
    assert "no such sets" in run("log", "volume", anna, "--muscle", "neck").out


def test_what_cannot_be_counted_is_said(run: Run, anna: str) -> None:
    run("log", "add", anna, "Wall Shot: 3x10 9; Pull-Up: 3x8 bw", "--create", "--when", "2026-11-18")
    page = run("log", "volume", anna).out
    assert "No muscles known of: Wall Shot (3)." in page
    assert "ptrack exercises edit 'Wall Shot' --primary" in page
    assert "have no volume: Pull-Up." in page


def test_muscles_beyond_ten_are_folded(run: Run, anna: str) -> None:
    lifts = ("Bench Press", "Deadlift", "Back Squat", "Barbell Curl", "Standing Calf Raise")
    log(run, "; ".join(f"{lift}: 3x5 60" for lift in lifts), "2026-11-18")
    assert "Least, sets in all weeks:" in run("log", "volume", anna).out


# Strength.


def _powerlifter(run: Run, *, weighed: bool = True) -> None:
    if weighed:
        run("metrics", "add", "anna", "weight=63", "--when", "2026-11-01 08:00")
    log(run, "Back Squat: 1x1 140; Bench Press: 1x1 90; Deadlift: 1x1 170", "2026-11-10")


def test_the_main_lifts_stand_in_body_weights_with_dots(run: Run, anna: str) -> None:
    run("clients", "edit", anna, "--sex", "female")
    _powerlifter(run)
    found = run("log", "strength", anna, "--json").json
    assert [(one["exercise"], one["e1rm_kg"], one["relative"]) for one in found["lifts"]] == [
        ("Back Squat", 140, 2.222), ("Bench Press", 90, 1.429), ("Deadlift", 170, 2.698),
    ]  # fmt: skip
    assert (found["total_kg"], found["body_weight_kg"], found["body_weight_on"]) == (400, 63, "2026-11-01")
    assert (found["dots"], found["wilks"], found["ipf_gl"]) == (430.21, 511.45, 87.51)
    assert found["missing"] == []
    page = run("log", "strength", anna).out
    assert "2.22\u00d7" in page
    assert "430.2 at 63.0 kg, weighed Sun 1 Nov 2026" in page


def test_the_body_weight_is_that_of_the_day(run: Run, anna: str) -> None:
    _powerlifter(run)
    run("metrics", "add", anna, "weight=70", "--when", "2026-11-15 08:00")
    log(run, "Back Squat: 1x1 150", "2026-11-16")
    found = run("log", "strength", anna, "--json").json
    assert [one["body_weight_kg"] for one in found["lifts"]] == [70, 63, 63]
    assert found["body_weight_kg"] == 70


def test_what_is_missing_is_said_and_nothing_is_guessed(run: Run, anna: str) -> None:
    _powerlifter(run, weighed=False)
    page = run("log", "strength", anna).out
    assert "No body weight is known" in page
    assert "ptrack metrics add 1 weight=" in page
    assert "DOTS needs the sex." in page
    assert "ptrack clients edit 1 --sex female" in page
    found = run("log", "strength", anna, "--json").json
    assert (found["dots"], found["lifts"][0]["relative"], found["total_kg"]) == (None, None, 400)
    run("metrics", "add", anna, "weight=63", "--when", "2026-11-15")
    run("clients", "edit", anna, "--sex", "other")
    later = run("log", "strength", anna, "--json").json
    assert later["dots"] is None
    assert [text.partition(" ")[0] for text in later["missing"]] == ["Lifts", "DOTS,"]
    assert "weight=70 --when 2026-11-10" in run("log", "strength", anna).out


def test_without_one_of_the_three_there_is_no_total(run: Run, anna: str) -> None:
    log(run, "Back Squat: 1x5 100; Overhead Press: 1x12 40", "2026-11-10")
    found = run("log", "strength", anna, "--json").json
    assert [one["exercise"] for one in found["lifts"]] == ["Back Squat"]
    assert found["total_kg"] is None
    assert "No total, for there is no e1RM of the bench press and deadlift in this time." in found["missing"]


def test_the_better_of_two_ways_to_lift_counts(run: Run, anna: str) -> None:
    _powerlifter(run)
    log(run, "Sumo Deadlift: 1x1 180; Low-Bar Squat: 1x1 130", "2026-11-12")
    assert run("log", "strength", anna, "--json").json["total_kg"] == 140 + 90 + 180


def test_a_lift_that_was_given_another_name_is_still_one(run: Run, anna: str) -> None:
    run("exercises", "edit", "Bench Press", "--name", "Bankdrücken")
    log(run, "Bankdrücken: 1x1 90", "2026-11-10")
    assert [one["exercise"] for one in run("log", "strength", anna, "--json").json["lifts"]] == [
        "Bankdrücken"
    ]


def test_a_period_holds_its_own_bests(run: Run, anna: str) -> None:
    log(run, "Back Squat: 1x1 150", "2026-01-10")
    log(run, "Back Squat: 1x1 140", "2026-11-10")

    def best(*options: str) -> float:
        value: float = run("log", "strength", anna, *options, "--json").json["lifts"][0]["e1rm_kg"]
        return value

    assert (best(), best("--range", "all"), best("--to", "2026-02-01")) == (140, 150, 150)
    assert "--range all" in run("log", "strength", anna, "--range", "week").out
    assert "Say either" in run("log", "strength", anna, "--to", "2025-01-01", "--range", "all", status=2).err


def test_stalls_stand_with_their_best(run: Run, trained: str) -> None:
    (one,) = run("log", "strength", trained, "--json").json["stalls"]
    assert one == {
        "exercise": "Back Squat", "exercise_id": one["exercise_id"], "workouts": 5, "since": "2026-10-08",
        "last": "2026-10-30", "best_on": "2026-10-01", "kind": "weight", "value": 100.0, "unit": "kg",
    }  # fmt: skip
    page = run("log", "strength", trained).out
    assert "weight 100 kg" in page
    assert "Stalled: 4 workouts or more over 3 weeks" in page


def test_pounds_are_shown_where_they_are_the_studios(run: Run, anna: str) -> None:
    run("config", "set", "unit", "lb")
    log(run, "Back Squat: 1x1 225", "2026-11-10")
    assert "e1RM lb" in run("log", "strength", anna).out
    assert "225.0" in run("log", "strength", anna).out
    assert run("log", "strength", anna, "--json").json["lifts"][0]["e1rm_kg"] == 102.06


def test_nobody_logged_anything(run: Run, anna: str) -> None:
    assert "ptrack log add 1" in run("log", "strength", anna, "--range", "all").out
    assert run("log", "volume", anna, "--json").json == []
    assert run("log", "volume", anna, "--range", "all", "--json").json == []


@pytest.mark.parametrize("command", [("volume", "anna"), ("strength", "anna")])
@pytest.mark.usefixtures("anna")
def test_with_progress_tracking_off_the_flag_is_named(run: Run, command: tuple[str, ...]) -> None:
    run("config", "set", "progress_tracking", "off")
    assert "ptrack config set progress_tracking on" in run("log", *command, status=1).err


# A real export, counted anew.


@pytest.mark.usefixtures("anna")
def test_the_records_of_a_real_export_are_those_that_a_recount_finds(run: Run) -> None:
    path = WORKOUTS / "hevy-sample-dakheera.csv"
    if not path.is_file():
        pytest.skip("no workout exports beside the project")
    run("import", "workouts", str(path), "--client", "1", "--create")
    heaviest: dict[str, float] = defaultdict(float)
    estimates: dict[str, float] = defaultdict(float)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            reps, kg = int(float(row["reps"] or 0)), float(row["weight_kg"] or 0)
            if row["set_type"] != "warmup" and reps and kg > 0:
                name = row["exercise_title"]
                heaviest[name] = max(heaviest[name], kg)
                if reps <= 10:
                    estimate = kg if reps == 1 else kg * (1 + reps / 30)
                    estimates[name] = max(estimates[name], estimate)
    names = {
        "Squat (Barbell)": "Back Squat",
        "Bench Press (Barbell)": "Bench Press",
        "Romanian Deadlift (Barbell)": "Romanian Deadlift",
    }
    rows = run("log", "records", "anna", "--json").json
    for name, exercise in names.items():
        own = {row["kind"]: row["value"] for row in rows if row["exercise"] == exercise}
        assert own["weight"] == pytest.approx(heaviest[name], abs=0.001)
        assert own["e1rm"] == pytest.approx(estimates[name], abs=0.006)


def test_records_at_forty_columns_say_something_of_every_exercise(
    run: Run, anna: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    log(run, "Back Squat: 3x5 100; Plank: 1x60s; Run: 1x5km 25:00; Push-Up: 1x20", "2026-11-18")
    monkeypatch.setenv("COLUMNS", "40")
    page = run("log", "records", anna).out
    lines = {line.split("  ")[0].strip(): line.split() for line in page.splitlines()}
    assert "e1RM" in lines["Exercise"]
    assert lines["Back Squat"][2:4] == ["100", "kg"]
    assert all(len(lines[name]) > 1 for name in ("Plank", "Run", "Push-Up"))
    assert max(map(len, page.splitlines())) <= 40


def test_the_list_of_workouts_keeps_its_volume_at_forty_columns(
    run: Run, anna: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    log(run, "Back Squat: 3x5 100", "2026-11-18 18:00")
    assert "Wed 18 Nov  18:00" in run("log", "list", "--client", anna).out
    monkeypatch.setenv("COLUMNS", "40")
    page = run("log", "list").out
    assert "1,500" in page
    assert "2026" not in page
