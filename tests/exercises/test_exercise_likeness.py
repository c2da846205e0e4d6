"""What may stand in for another exercise."""

from typing import Any

import pytest

from ptrack.exercises.likeness import similar
from ptrack.exercises.queries import ExerciseDetails, ExerciseRow
from ptrack.vocabulary import ExerciseCategory, Muscle, Tracked


def row(number: int, name: str, **said: Any) -> ExerciseRow:
    usual = {
        "category": ExerciseCategory.COMPOUND, "tracked": Tracked.WEIGHT_REPS, "equipment": "barbell",
        "description": None, "video_url": None, "is_custom": False, "source": None, "licence": None,
    }  # fmt: skip
    return ExerciseRow(id=number, name=name, **(usual | said))


CHEST, BACK = (Muscle.CHEST,), (Muscle.LATS,)
BENCH = row(1, "Bench Press")
OTHERS = [
    BENCH,
    row(2, "Fly", category=ExerciseCategory.ISOLATION, equipment="cable"),
    row(3, "Push-Up", tracked=Tracked.REPS, equipment="bodyweight"),
    row(4, "Row"),
    row(5, "Dumbbell Bench Press", equipment="dumbbell"),
    row(6, "Machine Press", equipment=None),
    row(7, "Pullover", equipment="dumbbell"),
]
MUSCLES = {
    1: ExerciseDetails(CHEST, (Muscle.TRICEPS,)),
    2: ExerciseDetails(CHEST),
    3: ExerciseDetails(CHEST, (Muscle.TRICEPS,)),
    4: ExerciseDetails(BACK),
    5: ExerciseDetails(CHEST, (Muscle.TRICEPS,)),
    6: ExerciseDetails(CHEST, (Muscle.TRICEPS,)),
    7: ExerciseDetails((*CHEST, *BACK)),
}


def test_the_likest_come_first_and_others_muscles_not_at_all() -> None:
    found = [one.exercise.name for one in similar(BENCH, OTHERS, MUSCLES)]
    assert found == ["Dumbbell Bench Press", "Machine Press", "Push-Up", "Fly", "Pullover"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Dumbbell Bench Press", "chest; dumbbell instead of barbell"),
        ("Machine Press", "chest; nothing instead of barbell"),
        ("Push-Up", "chest; by reps; bodyweight instead of barbell"),
        ("Fly", "chest; isolation; cable instead of barbell"),
    ],
)
def test_why_it_may_stand_in(name: str, reason: str) -> None:
    found = {one.exercise.name: one for one in similar(BENCH, OTHERS, MUSCLES)}
    assert (found[name].reason, found[name].shared) == (reason, CHEST)


def test_nothing_is_like_what_trains_nothing() -> None:
    assert similar(row(9, "Dance"), OTHERS, MUSCLES) == []
