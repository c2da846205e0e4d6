"""What was done of an exercise beside what was planned: working sets alone, one beside the other."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from ptrack.notation.model import LoadKind, SetGroup
from ptrack.progress.rules.progression import Done


class Outcome(StrEnum):
    """What became of a planned exercise, or of one that wasn't."""

    AS_PLANNED = "as_planned"
    MORE = "more"
    SHORT = "short"
    SKIPPED = "skipped"
    NOT_PLANNED = "not_planned"
    OPEN = "open"


class Difference(NamedTuple):
    """How far what was done lies from the plan.

    `sets` are those done beyond the planned ones, fewer below 0. `reps_short` and `reps_over` are the reps
    missing to the lower end of the plan, and those beyond its upper end; seconds and metres likewise.
    `lighter_g` and `heavier_g` are the furthest that a set's load was below and above its plan.
    """

    sets: int = 0
    reps_short: int = 0
    reps_over: int = 0
    lighter_g: int = 0
    heavier_g: int = 0
    seconds: int = 0
    meters: float = 0.0

    @property
    def outcome(self) -> Outcome:
        """Whether anything was missing; if nothing was, whether there was more."""
        if min(self.sets, self.seconds, self.meters) < 0 or self.reps_short or self.lighter_g:
            return Outcome.SHORT
        return Outcome.AS_PLANNED if self == Difference() else Outcome.MORE


def compared(plan: Sequence[SetGroup], done: Sequence[Done]) -> Difference:
    """Hold the working sets that were done against those that were planned, a group for each of these.

    Where more sets were done than planned, the lightest stand beside none, of equal ones the last. A load is
    compared where one was planned and one was logged; times only where no distance was planned, for how fast
    is not the plan's to ask.
    """
    pairs = list(zip(plan, _chosen(done, len(plan)), strict=False))
    loads = [load for load in (_load_g(group, one) for group, one in pairs) if load is not None]
    reps = [_beyond(one.reps or 0, group.reps_min, group.reps_max) for group, one in pairs]
    return Difference(
        sets=len(done) - len(plan),
        reps_short=-sum(min(each, 0) for each in reps),
        reps_over=sum(max(each, 0) for each in reps),
        lighter_g=-min([0, *loads]),
        heavier_g=max([0, *loads]),
        seconds=sum(
            (one.seconds or 0) - group.seconds for group, one in pairs if group.seconds and not group.meters
        ),
        meters=round(sum((one.meters or 0) - group.meters for group, one in pairs if group.meters), 4),
    )


def _chosen(done: Sequence[Done], count: int) -> list[Done]:
    """As many sets as were planned, in order, without the lightest of those beyond."""
    extra = max(len(done) - count, 0)
    lightest = sorted(range(len(done)), key=lambda place: (done[place].weight_g or 0, -place))[:extra]
    return [one for place, one in enumerate(done) if place not in lightest]


def _load_g(group: SetGroup, done: Done) -> int | None:
    if group.load.kind is LoadKind.WEIGHT:
        return None if done.weight_g is None else done.weight_g - group.load.weight_g
    if group.load.kind is LoadKind.BODYWEIGHT:
        return (done.weight_g or 0) - group.load.weight_g
    return None


def _beyond(reps: int, low: int | None, high: int | None) -> int:
    """How many reps lie outside of a range, those missing below 0."""
    if low is None:
        return 0
    return min(reps - low, 0) or max(reps - (high or low), 0)


class Volume(NamedTuple):
    """What sets come to: how many, and their load times reps in grams."""

    sets: int = 0
    volume_g: int = 0
