"""Stalls: an exercise that goes on being trained, and in which nothing gets better any more.

An exercise has stalled when the last 4 workouts with it or more, spread over 3 weeks or more, brought no new
best. A new best is a record of any kind but volume, for more work is no more strength: a heavier load, a
higher e1RM, more reps at a load; longer, farther or faster where these are measured.

Records are decided within the last 26 weeks alone, so that somebody who comes back after a long pause is held
against what was done since, not against the best of years ago. An exercise that was not trained in the last 4
weeks has been left, not stalled.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from ptrack.progress.rules.records import History
from ptrack.vocabulary import RecordKind

WINDOW = timedelta(weeks=26)
"""How far back a stall is looked for."""

_LEAST_WORKOUTS = 4
_LEAST_SPAN = timedelta(weeks=3)
_LEFT_AFTER = timedelta(weeks=4)


class Stall(NamedTuple):
    """How long nothing got better: so many `workouts` after the last best, from the day `since` to `last`.

    That best was on `best_on`: of that kind, `value` in the unit of `records.Broken`, `weight_g` the load
    where it was one of reps.
    """

    workouts: int
    since: date
    last: date
    best_on: date
    kind: RecordKind
    value: float
    weight_g: int | None


def stall_of(days: Mapping[int, date], records: History, today: date) -> Stall | None:
    """The stall of one exercise, if it has stalled.

    `days` are those of the workouts with it within the window, by number and in order; `records` what was
    decided from their sets alone.
    """
    best = _last_best(records)
    if best is None:
        return None
    workout, kind, value, weight_g = best
    numbers = list(days)
    after = [days[number] for number in numbers[numbers.index(workout) + 1 :]]
    if not _is_long(after) or today - after[-1] > _LEFT_AFTER:
        return None
    return Stall(len(after), after[0], after[-1], days[workout], kind, value, weight_g)


def _is_long(days: Sequence[date]) -> bool:
    """Whether so many workouts over so long a time are enough to speak of a stall."""
    return len(days) >= _LEAST_WORKOUTS and days[-1] - days[0] >= _LEAST_SPAN


_Best = tuple[int, RecordKind, float, int | None]


def _last_best(records: History) -> _Best | None:
    """The last workout that brought a new best, and what is named of it; the baseline where none did."""
    bests: list[_Best] = [
        (record.workout, record.kind, record.value, record.fact.weight_g if record.fact else None)
        for record in records.broken
        if record.kind is not RecordKind.VOLUME
    ]
    if not bests:
        rows = sorted(records.standing, key=lambda row: (row.performed_at, row.workout), reverse=True)
        bests = [
            (row.workout, row.kind, row.value, row.weight_g)
            for row in rows
            if row.kind is not RecordKind.VOLUME
        ]
    return _named([best for best in bests if best[0] == bests[-1][0]]) if bests else None


def _named(bests: Sequence[_Best]) -> _Best:
    """The first kind, as they are in order; where nothing was added to the body, its weight says nothing."""
    return next((best for best in bests if best[1] is not RecordKind.WEIGHT or best[2]), bests[0])
