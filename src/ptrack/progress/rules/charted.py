"""What of each workout with an exercise is drawn over time."""

from collections.abc import Container
from enum import StrEnum

from ptrack.vocabulary import RecordKind, Tracked


class Charted(StrEnum):
    """A kind of record, `best` for what the exercise is measured by without formulas, or none."""

    BEST = "best"
    E1RM = "e1rm"
    VOLUME = "volume"
    WEIGHT = "weight"
    REPS = "reps"
    TIME = "time"
    DISTANCE = "distance"
    PACE = "pace"
    NONE = "none"


_E1RM, _WEIGHT, _REPS = RecordKind.E1RM, RecordKind.WEIGHT, RecordKind.REPS
_TIME, _DISTANCE, _PACE = RecordKind.TIME, RecordKind.DISTANCE, RecordKind.PACE
_TELLING = {
    Tracked.WEIGHT_REPS: (_E1RM, _WEIGHT, _REPS, _DISTANCE, _TIME),
    Tracked.BODYWEIGHT_PLUS: (_E1RM, _REPS, _TIME),
    Tracked.REPS: (_REPS,),
    Tracked.TIME: (_TIME, _DISTANCE),
    Tracked.DISTANCE_TIME: (_PACE, _DISTANCE, _TIME),
}


def kind_to_draw(
    charted: Charted | None, tracked: Tracked, there: Container[RecordKind]
) -> RecordKind | None:
    """The kind of figure to draw of an exercise; `there` are those that its workouts have.

    Without a choice it is what tells most: the e1RM, else the load or reps, time, pace before distance.
    `best` is the same without the e1RM. A kind that was named is drawn even if nothing is there, None for
    `none`.
    """
    if charted is Charted.NONE:
        return None
    if charted is not None and charted is not Charted.BEST:
        return RecordKind(charted)
    telling = [kind for kind in _TELLING[tracked] if charted is None or kind is not _E1RM]
    return next((kind for kind in telling if kind in there), None)
