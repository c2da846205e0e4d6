"""What other libraries call muscles, equipment and kinds of exercises, in our words."""

import re
from collections.abc import Iterable, Sequence

from ptrack.naming import fold
from ptrack.vocabulary import ExerciseCategory, Muscle, Tracked

_MUSCLES = {
    "abdominals": Muscle.ABS, "rectus abdominis": Muscle.ABS, "core": Muscle.ABS,
    "obliquus externus abdominis": Muscle.OBLIQUES, "quadriceps": Muscle.QUADS,
    "quadriceps femoris": Muscle.QUADS, "biceps femoris": Muscle.HAMSTRINGS, "hams": Muscle.HAMSTRINGS,
    "biceps brachii": Muscle.BICEPS, "brachialis": Muscle.BICEPS, "triceps brachii": Muscle.TRICEPS,
    "anterior deltoid": Muscle.FRONT_DELTS, "posterior deltoid": Muscle.REAR_DELTS,
    "pectoralis major": Muscle.CHEST, "pectorals": Muscle.CHEST, "gastrocnemius": Muscle.CALVES,
    "soleus": Muscle.CALVES, "gluteus maximus": Muscle.GLUTES, "trapezius": Muscle.TRAPS,
    "latissimus dorsi": Muscle.LATS, "erector spinae": Muscle.LOWER_BACK, "middle back": Muscle.UPPER_BACK,
}  # fmt: skip
_SHOULDERS = ("shoulders", "deltoids", "delts")
_REAR, _SIDE = re.compile(r"\b(rear|reverse|bent|face)\b"), re.compile(r"\b(lateral|side|upright)\b")

_EQUIPMENT = {
    "body only": "bodyweight", "none (bodyweight exercise)": "bodyweight", "body weight": "bodyweight",
    "pull-up bar": "bodyweight", "kettlebells": "kettlebell", "dumbbells": "dumbbell", "bands": "band",
    "resistance band": "band", "exercise ball": "ball", "swiss ball": "ball", "foam roll": "foam_roller",
    "e-z curl bar": "ez_bar", "sz-bar": "ez_bar", "cables": "cable", "cable machine": "cable",
}  # fmt: skip
# What is only lain or stood on is told where nothing is lifted.
_BENEATH = ("gym_mat", "bench", "incline_bench")
_HANGING = re.compile(r"\b(pull|chin|muscle)[ -]?ups?\b|\bdips?\b")
_BY_REPS = ("bodyweight", "band", "ball", "gym_mat")


def muscle_of(word: str, exercise: str) -> Muscle | None:
    """The muscle that a library means; of shoulders, the part that an exercise of that name trains."""
    key = fold(word)
    if key in _SHOULDERS:
        name = fold(exercise)
        if _REAR.search(name):
            return Muscle.REAR_DELTS
        return Muscle.SIDE_DELTS if _SIDE.search(name) else Muscle.FRONT_DELTS
    ours = key.replace(" ", "_")
    return Muscle(ours) if ours in set(Muscle) else _MUSCLES.get(key)


def equipment_of(words: Iterable[str]) -> str | None:
    """What an exercise is done with; of several the first that is more than something to lie on."""
    found = [_EQUIPMENT.get(fold(word)) or fold(word).replace(" ", "_") for word in words if fold(word)]
    lifted = [tool for tool in found if tool not in _BENEATH]
    return next(iter([*lifted, *found]), None)


def category_of(kind: str, mechanic: str, muscles: Sequence[Muscle]) -> ExerciseCategory:
    """What an exercise is for: by its kind, by its mechanic, else by whether several muscles work."""
    if fold(kind) in ("cardio", "mobility"):
        return ExerciseCategory(fold(kind))
    if fold(kind) == "stretching":
        return ExerciseCategory.MOBILITY
    if fold(mechanic) in ("compound", "isolation"):
        return ExerciseCategory(fold(mechanic))
    if kind and mechanic:
        return ExerciseCategory.OTHER
    alone = ExerciseCategory.ISOLATION if muscles else ExerciseCategory.OTHER
    return ExerciseCategory.COMPOUND if len(set(muscles)) > 1 else alone


def tracked_of(
    name: str,
    category: ExerciseCategory,
    equipment: str | None,
    *,
    is_held: bool = False,
    is_jump: bool = False,
) -> Tracked:
    """What is measured of an exercise of which nobody has said it."""
    if category is ExerciseCategory.CARDIO:
        return Tracked.DISTANCE_TIME
    if category is ExerciseCategory.MOBILITY or is_held or equipment == "foam_roller":
        return Tracked.TIME
    if equipment == "bodyweight" and _HANGING.search(fold(name)):
        return Tracked.BODYWEIGHT_PLUS
    return Tracked.REPS if equipment in _BY_REPS or is_jump else Tracked.WEIGHT_REPS
