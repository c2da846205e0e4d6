"""The metric entries a completed workout makes by itself, and the body metrics that follow from others."""

from dataclasses import dataclass

from ptrack.vocabulary import Activity, WorkoutKind

_MINDFUL = (Activity.YOGA, Activity.MOBILITY)
_ENDURING = (Activity.CARDIO, Activity.HIIT)

# Metabolic equivalents, by their codes in the 2011 Compendium of Physical Activities (Ainsworth et al., Med
# Sci Sports Exerc 43(8):1575-1581). For strength the row of an ordinary hour with its rests, not that of
# vigorous lifting (02050, 6.0).
MET = {
    Activity.STRENGTH: 3.5,  # 02054 resistance training, multiple exercises, 8-15 repetitions
    Activity.HIIT: 8.0,  # 02040 circuit training, minimal rest, vigorous
    Activity.CARDIO: 7.0,  # 12020 jogging, general; 02010 stationary bicycling, general, is the same
    Activity.YOGA: 2.5,  # 02150 yoga, Hatha
    Activity.MOBILITY: 2.3,  # 02101 stretching, mild
    Activity.OTHER: 5.5,  # 02060 health club exercise, general
}


@dataclass(frozen=True, slots=True)
class WorkoutFacts:
    """What counts of a completed workout.

    `volume_g` is its volume, `cardio_seconds` the time of its cardio exercises, `streak_day` the streak of
    mindful days on its day, `body_weight_g` the body weight last known then.
    """

    activity: Activity
    kind: WorkoutKind
    duration_min: int | None
    volume_g: int
    cardio_seconds: int
    exercises_with_record: int
    streak_day: int
    body_weight_g: int | None


def automatic_entries(facts: WorkoutFacts) -> dict[str, float]:
    """List the values by metric key; only those above zero make an entry.

    Minutes for `minutes_practised` and `cardio_duration`, days for `mindfulness_streak`, kilograms for
    `weight_lifted`, kilocalories for `calories_burned`, counts for the rest.
    """
    is_mindful = facts.activity in _MINDFUL
    values = {
        "classes_attended": 1 if is_mindful or facts.kind is WorkoutKind.GROUP else 0,
        "minutes_practised": (facts.duration_min or 0) if is_mindful else 0,
        "mindfulness_streak": facts.streak_day if is_mindful else 0,
        "weight_lifted": facts.volume_g / 1000,
        "cardio_duration": _cardio_min(facts),
        "personal_records": facts.exercises_with_record,
        "calories_burned": _calories_kcal(facts),
    }
    return {key: float(value) for key, value in values.items() if value > 0}


def _cardio_min(facts: WorkoutFacts) -> float:
    """The whole of a cardio or HIIT workout where its minutes are known, else its cardio exercises."""
    if facts.activity in _ENDURING and facts.duration_min:
        return facts.duration_min
    return facts.cardio_seconds / 60


def _calories_kcal(facts: WorkoutFacts) -> float:
    """MET * body weight in kg * hours; 0 where weight or duration isn't known."""
    return MET[facts.activity] * (facts.body_weight_g or 0) / 1000 * (facts.duration_min or 0) / 60


def bmi(weight_kg: float | None, height_cm: float | None) -> float | None:
    """Divide the weight by the square of the height in metres (kg/m2); None where either is missing."""
    return weight_kg / (height_cm / 100) ** 2 if weight_kg and height_cm else None


def waist_hip_ratio(waist_cm: float | None, hips_cm: float | None) -> float | None:
    """Divide the waist by the hips; None where either is missing."""
    return waist_cm / hips_cm if waist_cm and hips_cm else None


def lean_mass(weight_kg: float | None, body_fat_percent: float | None) -> float | None:
    """Take the fat off the weight, in kg; None where either is missing."""
    if not weight_kg or body_fat_percent is None:
        return None
    return weight_kg * (1 - body_fat_percent / 100)
