from collections.abc import Callable
from dataclasses import replace

import pytest

from ptrack.progress.rules.automatic import (
    MET,
    WorkoutFacts,
    automatic_entries,
    bmi,
    lean_mass,
    waist_hip_ratio,
)
from ptrack.vocabulary import Activity, WorkoutKind

BARE = WorkoutFacts(Activity.STRENGTH, WorkoutKind.SOLO, None, 0, 0, 0, 0, None)


def test_a_workout_without_anything_to_count_makes_no_entries() -> None:
    assert automatic_entries(BARE) == {}


def test_a_strength_workout() -> None:
    facts = replace(
        BARE,
        duration_min=60,
        volume_g=4_512_500,
        cardio_seconds=90,
        exercises_with_record=2,
        body_weight_g=75_000,
    )
    assert automatic_entries(facts) == {
        "weight_lifted": 4512.5,
        "cardio_duration": 1.5,
        "personal_records": 2,
        "calories_burned": 262.5,
    }


@pytest.mark.parametrize(("activity", "kcal"), [(Activity.YOGA, 75.0), (Activity.MOBILITY, 69.0)])
def test_a_mindful_workout(activity: Activity, kcal: float) -> None:
    facts = replace(BARE, activity=activity, duration_min=30, streak_day=4, body_weight_g=60_000)
    assert automatic_entries(facts) == {
        "classes_attended": 1,
        "minutes_practised": 30,
        "mindfulness_streak": 4,
        "calories_burned": pytest.approx(kcal),
    }


def test_a_mindful_workout_of_unknown_length_is_a_class_all_the_same() -> None:
    entries = automatic_entries(replace(BARE, activity=Activity.YOGA, streak_day=1))
    assert entries == {"classes_attended": 1, "mindfulness_streak": 1}


def test_a_group_is_a_class_whatever_was_done() -> None:
    facts = replace(BARE, kind=WorkoutKind.GROUP, duration_min=45, streak_day=3)
    assert automatic_entries(facts) == {"classes_attended": 1}


@pytest.mark.parametrize("activity", [Activity.CARDIO, Activity.HIIT])
def test_cardio_counts_as_a_whole_where_its_minutes_are_known(activity: Activity) -> None:
    facts = replace(BARE, activity=activity, duration_min=40, cardio_seconds=1200)
    assert automatic_entries(facts) == {"cardio_duration": 40}
    assert automatic_entries(replace(facts, duration_min=None)) == {"cardio_duration": 20}


@pytest.mark.parametrize("activity", [Activity.STRENGTH, Activity.YOGA, Activity.MOBILITY, Activity.OTHER])
def test_other_workouts_count_their_cardio_exercises(activity: Activity) -> None:
    facts = replace(BARE, activity=activity, duration_min=60, cardio_seconds=600)
    assert automatic_entries(facts)["cardio_duration"] == 10


def test_calories_need_a_body_weight_and_a_duration() -> None:
    facts = replace(BARE, activity=Activity.HIIT, duration_min=30, body_weight_g=90_000)
    assert automatic_entries(facts)["calories_burned"] == 360
    assert "calories_burned" not in automatic_entries(replace(facts, body_weight_g=None))
    assert "calories_burned" not in automatic_entries(replace(facts, duration_min=None))


@pytest.mark.parametrize(
    ("activity", "kcal"),
    [
        (Activity.STRENGTH, 350),
        (Activity.HIIT, 800),
        (Activity.CARDIO, 700),
        (Activity.YOGA, 250),
        (Activity.MOBILITY, 230),
        (Activity.OTHER, 550),
    ],
)
def test_an_hour_at_100_kg(activity: Activity, kcal: float) -> None:
    facts = replace(BARE, activity=activity, duration_min=60, body_weight_g=100_000)
    assert automatic_entries(facts)["calories_burned"] == pytest.approx(kcal)


def test_the_compendium_has_these_figures(reference: Callable[[str], list[dict[str, str]]]) -> None:
    codes = {
        Activity.STRENGTH: "02054",
        Activity.HIIT: "02040",
        Activity.CARDIO: "12020",
        Activity.YOGA: "02150",
        Activity.MOBILITY: "02101",
        Activity.OTHER: "02060",
    }
    figures = {row["code"]: float(row["met_2011"]) for row in reference("met_values_2011_training.csv")}
    assert {activity: figures[code] for activity, code in codes.items()} == MET


def test_the_reference_calories(reference: Callable[[str], list[dict[str, str]]]) -> None:
    activities = {met: activity for activity, met in MET.items()}
    seen = set()
    for row in reference("met_calories_values.csv"):
        activity = activities.get(float(row["met"]))
        if activity is None:
            continue
        facts = replace(
            BARE,
            activity=activity,
            duration_min=int(row["minutes"]),
            body_weight_g=int(row["weight_kg"]) * 1000,
        )
        assert automatic_entries(facts)["calories_burned"] == pytest.approx(float(row["kcal_met_kg_h"]))
        seen.add(activity)
    assert seen == {Activity.STRENGTH, Activity.HIIT, Activity.YOGA}


def test_body_mass_index() -> None:
    assert bmi(80, 180) == pytest.approx(24.691, abs=0.001)
    assert bmi(None, 180) is None
    assert bmi(80, None) is None
    assert bmi(80, 0) is None


def test_waist_hip_ratio() -> None:
    assert waist_hip_ratio(81, 90) == pytest.approx(0.9)
    assert waist_hip_ratio(None, 90) is None
    assert waist_hip_ratio(81, None) is None
    assert waist_hip_ratio(81, 0) is None


def test_lean_mass() -> None:
    assert lean_mass(80, 25) == 60
    assert lean_mass(80, 0) == 80
    assert lean_mass(None, 25) is None
    assert lean_mass(80, None) is None
