"""Which figure of an exercise is drawn."""

import pytest

from ptrack.progress.rules.charted import Charted, kind_to_draw
from ptrack.vocabulary import RecordKind, Tracked

WEIGHT, E1RM, REPS, VOLUME, TIME, DISTANCE, PACE = RecordKind
LIFTED = (WEIGHT, E1RM, REPS, VOLUME)


@pytest.mark.parametrize(
    ("tracked", "there", "usual", "best"),
    [
        (Tracked.WEIGHT_REPS, LIFTED, E1RM, WEIGHT),
        (Tracked.WEIGHT_REPS, (WEIGHT, REPS, VOLUME), WEIGHT, WEIGHT),
        (Tracked.WEIGHT_REPS, (DISTANCE, TIME), DISTANCE, DISTANCE),
        (Tracked.BODYWEIGHT_PLUS, LIFTED, E1RM, REPS),
        (Tracked.BODYWEIGHT_PLUS, (WEIGHT, REPS), REPS, REPS),
        (Tracked.REPS, (REPS,), REPS, REPS),
        (Tracked.TIME, (TIME,), TIME, TIME),
        (Tracked.DISTANCE_TIME, (TIME, DISTANCE, PACE), PACE, PACE),
        (Tracked.DISTANCE_TIME, (TIME, DISTANCE), DISTANCE, DISTANCE),
        (Tracked.REPS, (), None, None),
    ],
)
def test_what_tells_most(
    tracked: Tracked, there: tuple[RecordKind, ...], usual: RecordKind | None, best: RecordKind | None
) -> None:
    assert kind_to_draw(None, tracked, there) is usual
    assert kind_to_draw(Charted.BEST, tracked, there) is best


def test_what_is_named_is_drawn() -> None:
    for kind in RecordKind:
        assert kind_to_draw(Charted(kind), Tracked.REPS, ()) is kind
    assert kind_to_draw(Charted.NONE, Tracked.WEIGHT_REPS, LIFTED) is None
