"""Records: what each workout broke, and what stands, for one client and one exercise.

A function of the history alone, in the order of the workout's time, then its number, the exercise's place
in it and the set's place in that. It doesn't matter when a workout was entered, and a changed set
re-decides what follows.

- The first workout with the exercise is the baseline: nothing in it is a record. Later, the first value of
  a kind (the first timed set, the first e1RM once a body weight is known) is that kind's baseline and no
  record either.
- Equal is matched and no record: the earliest keeps it. A workout breaks a kind at most once, by its best
  set.
- `weight`: the heaviest set with a rep. On `bodyweight_plus` it is the added load that counts, none written
  being 0 and assistance negative: from -20 kg to -10 kg is a record. On `weight_reps` the load must be
  above zero.
- `e1rm`: the best estimate from 1 to 10 reps of a known effective load above zero.
- `reps`: no set before had as many reps at that weight or more. Taken at its word, so that a set heavier
  than any before it is a record of reps too, with none before it. No weight written counts as 0. Of a
  workout's such sets the one with most reps is named, then the heavier, then the first; all of them stand,
  one row a weight.
- `volume`: the most in one workout; no one set did it.
- `time`: the longest set without reps or distance. `distance`: the longest.
- `pace`: no set before over at least that distance was as fast, so that the longest run so far breaks it
  too, with none before it. Of a workout's such sets the fastest is named, then the longer, then the first;
  the fastest of all stands.
- Exercises tracked as `reps` have records of reps alone, whatever weight was written. Those tracked by time
  or distance have none of strength.
- `previous` is what stood before the workout, not before the set.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

from ptrack.progress.rules.strength import e1rm_g, is_estimate_reliable, set_volume_g
from ptrack.vocabulary import E1rmFormula, RecordKind, Tracked

_RANK = {kind: rank for rank, kind in enumerate(RecordKind)}
_LOADED = (Tracked.WEIGHT_REPS, Tracked.BODYWEIGHT_PLUS)


class SetFact(NamedTuple):
    """One working set of one client and exercise: no warm-up, and of no skipped or cancelled workout.

    `workout` is the workout's number, `performed_at` its time, the same for all its sets. `effective_g` is
    the load that was moved (`strength.effective_load_g`), None where it is unknown. Reps, seconds and
    meters are None or 0 where there were none, never negative.
    """

    workout: int
    performed_at: datetime
    exercise_position: int
    position: int
    reps: int | None
    weight_g: int | None
    effective_g: int | None
    seconds: int | None
    meters: float | None
    per_side: bool = False


class Broken(NamedTuple):
    """A record that a workout broke.

    `value` is in grams (`weight`, `e1rm`, `volume`), reps, seconds, meters, or seconds per kilometre
    (`pace`). `previous` is None where nothing comparable had been done. `fact` is the set that did it, None
    for `volume`.
    """

    kind: RecordKind
    value: float
    previous: float | None
    performed_at: datetime
    workout: int
    fact: SetFact | None


class Standing(NamedTuple):
    """The best of a kind as it stands, `value` in the unit of `Broken`; `previous` is None for a baseline.

    `reps` and `weight_g` are those of the set that did it, None for `volume`. Of kind `reps` there is one
    row for each weight, and `previous` is the most reps at that weight or more before it.
    """

    kind: RecordKind
    value: float
    reps: int | None
    weight_g: int | None
    performed_at: datetime
    workout: int
    previous: float | None


class History(NamedTuple):
    """All that was broken, by workout and then kind, and all that stands, by kind and then weight."""

    broken: tuple[Broken, ...]
    standing: tuple[Standing, ...]


Figure = tuple[float, SetFact]
"""What most kinds compare: one figure, of a set or of a workout. It is a bare tuple, there being so many."""


def history(
    facts: Iterable[SetFact],
    tracked: Tracked,
    formula: E1rmFormula,
    volumes: Sequence[Figure] | None = None,
) -> History:
    """Decide the records of one client in one exercise from its working sets, in whatever order they come.

    Where sets that equal an earlier one are left out of `facts`, `volumes` are those of the workouts with
    more than any before them, in order, each with a set that tells the workout; else they are summed up here.
    """
    sets = sorted(facts, key=attrgetter("performed_at", "workout", "exercise_position", "position"))
    figures = {kind: _figures(kind, sets, tracked, formula) for kind in _COMPARED}
    figures[RecordKind.VOLUME] = _volumes(sets, tracked) if volumes is None else volumes
    parts = [_bests(kind, compared) for kind, compared in figures.items()]
    parts.append(_reps(_rep_marks(sets, tracked), sets[0].workout if sets else None))
    parts.append(_pace(_pace_marks(sets, tracked)))
    broken = [record for part in parts for record in part.broken]
    standing = [row for part in parts for row in part.standing]
    return History(
        tuple(sorted(broken, key=lambda record: (record.performed_at, record.workout, _RANK[record.kind]))),
        tuple(sorted(standing, key=lambda row: _RANK[row.kind])),
    )


def best(kind: RecordKind, sets: Sequence[SetFact], tracked: Tracked, formula: E1rmFormula) -> float | None:
    """Find what one workout's sets of an exercise hold against the records of a kind; None where nothing."""
    if kind is RecordKind.REPS:
        return max((reps for _, reps, _ in _rep_marks(sets, tracked)), default=None)
    if kind is RecordKind.PACE:
        return min((-merit for _, merit, _ in _pace_marks(sets, tracked)), default=None)
    return max((value for value, _ in _figures(kind, sets, tracked, formula)), default=None)


def primary(kinds: Iterable[RecordKind]) -> RecordKind:
    """Choose the kind to name where one line must do; there must be at least one."""
    return min(kinds, key=_RANK.__getitem__)


_COMPARED = (RecordKind.TIME, RecordKind.DISTANCE, RecordKind.WEIGHT, RecordKind.E1RM)


def _figures(
    kind: RecordKind, sets: Sequence[SetFact], tracked: Tracked, formula: E1rmFormula
) -> Sequence[Figure]:
    """List the figures of a kind to compare, in the order of the sets."""
    if tracked is Tracked.REPS:
        return ()
    if kind is RecordKind.TIME:
        return [(fact.seconds, fact) for fact in sets if fact.seconds and not (fact.reps or fact.meters)]
    if kind is RecordKind.DISTANCE:
        return [(fact.meters, fact) for fact in sets if fact.meters]
    if kind is RecordKind.VOLUME:
        return _volumes(sets, tracked)
    lifts = [fact for fact in sets if fact.reps] if tracked in _LOADED else []
    return _weights(lifts, tracked) if kind is RecordKind.WEIGHT else _estimates(lifts, formula)


def _weights(lifts: Sequence[SetFact], tracked: Tracked) -> list[Figure]:
    if tracked is Tracked.BODYWEIGHT_PLUS:
        return [(fact.weight_g or 0, fact) for fact in lifts]
    return [(fact.weight_g, fact) for fact in lifts if fact.weight_g and fact.weight_g > 0]


def _estimates(lifts: Sequence[SetFact], formula: E1rmFormula) -> list[Figure]:
    return [
        (estimate_g, fact)
        for fact in lifts
        if fact.reps and fact.effective_g and is_estimate_reliable(fact.reps)
        if (estimate_g := e1rm_g(fact.effective_g, fact.reps, formula))
    ]


def _volumes(sets: Sequence[SetFact], tracked: Tracked) -> list[Figure]:
    """Sum up the volume of each workout; its first lift stands for it."""
    figures: list[Figure] = []
    lifts = [fact for fact in sets if fact.reps] if tracked in _LOADED else []
    for _, group in groupby(lifts, key=attrgetter("workout")):
        lifted = list(group)
        volume_g = sum(set_volume_g(fact.reps, fact.effective_g, fact.per_side) for fact in lifted)
        if volume_g:
            figures.append((volume_g, lifted[0]))
    return figures


def _bests(kind: RecordKind, figures: Iterable[Figure]) -> History:
    climb = _climb(figures)
    return History(
        tuple(_broken(kind, value, previous, fact) for (previous, _), (value, fact) in pairwise(climb)),
        _last(kind, climb),
    )


def _climb(figures: Iterable[Figure]) -> list[Figure]:
    """Keep each figure that is above all before it, of one workout's the last."""
    climb: list[Figure] = []
    best = float("-inf")
    for value, fact in figures:
        if value > best:
            best = value
            if climb and climb[-1][1].workout == fact.workout:
                climb.pop()
            climb.append((value, fact))
    return climb


def _last(kind: RecordKind, climb: Sequence[Figure]) -> tuple[Standing, ...]:
    """Say what stands at the end of a climb, if anything."""
    if not climb:
        return ()
    value, fact = climb[-1]
    previous = climb[-2][0] if len(climb) > 1 else None
    return (_standing(kind, value, previous, fact),)


# Reps at a weight and pace over a distance compare two, more being better on both: (extent, merit, set).
_Mark = tuple[float, float, SetFact]


class _Advance(NamedTuple):
    """A mark that none before was as good as; `before` is the best at its extent before the workout."""

    extent: float
    merit: float
    fact: SetFact
    before: float | None


class _Front:
    """The marks that no other equals or betters on both scales: as extents rise, merits fall.

    Kept in that order, "was there one of that extent or more, and as good" is a search by halves.
    """

    def __init__(self) -> None:
        self.extents: list[float] = []
        self.merits: list[float] = []

    def best(self, extent: float) -> float | None:
        """Find the most merit of that extent or more; None where nothing went so far."""
        place = bisect_left(self.extents, extent)
        return self.merits[place] if place < len(self.merits) else None

    def admit(self, extent: float, merit: float) -> bool:
        """Take the mark in and drop those it betters; False, and nothing done, if one was as good."""
        start = end = bisect_left(self.extents, extent)
        if end < len(self.extents):
            if self.merits[end] >= merit:
                return False
            end += self.extents[end] == extent
        while start and self.merits[start - 1] <= merit:
            start -= 1
        self.extents[start:end] = [extent]
        self.merits[start:end] = [merit]
        return True


def _rep_marks(sets: Sequence[SetFact], tracked: Tracked) -> list[_Mark]:
    if tracked is Tracked.REPS:
        return [(0, fact.reps, fact) for fact in sets if fact.reps]
    if tracked in _LOADED:
        return [(fact.weight_g or 0, fact.reps, fact) for fact in sets if fact.reps]
    return []


def _pace_marks(sets: Sequence[SetFact], tracked: Tracked) -> list[_Mark]:
    """List the distances with their pace in seconds per kilometre, negative so that more is faster."""
    if tracked is Tracked.REPS:
        return []
    return [
        (fact.meters, -1000 * fact.seconds / fact.meters, fact)
        for fact in sets
        if fact.meters and fact.seconds
    ]


def _advances(marks: Iterable[_Mark]) -> list[list[_Advance]]:
    """Keep the marks that none before was as good as, by workout."""
    front = _Front()
    leading = [(extent, merit, fact) for extent, merit, fact in marks if front.admit(extent, merit)]
    front = _Front()
    workouts = []
    for _, group in groupby(leading, key=lambda mark: mark[2].workout):
        workout = [_Advance(*mark, front.best(mark[0])) for mark in group]
        workouts.append(workout)
        for advance in workout:
            front.admit(advance.extent, advance.merit)
    return workouts


def _named(workout: Iterable[_Advance]) -> _Advance:
    """Choose the advance to name: of most merit, then of most extent, then the first."""
    return max(workout, key=attrgetter("merit", "extent"))


def _reps(marks: Iterable[_Mark], baseline: int | None) -> History:
    """Decide the records of reps; `baseline` is the number of the first workout."""
    broken = []
    last: dict[float, _Advance] = {}
    for workout in _advances(marks):
        last |= {advance.extent: advance for advance in workout}
        _, reps, fact, before = _named(workout)
        if fact.workout != baseline:
            broken.append(_broken(RecordKind.REPS, reps, before, fact))
    rows = (last[weight_g] for weight_g in sorted(last))
    return History(
        tuple(broken), tuple(_standing(RecordKind.REPS, reps, before, fact) for _, reps, fact, before in rows)
    )


def _pace(marks: Iterable[_Mark]) -> History:
    """Decide the records of pace; the first workout with one is the baseline."""
    named = [_named(workout) for workout in _advances(marks)]
    broken = tuple(
        _broken(RecordKind.PACE, -merit, None if before is None else -before, fact)
        for _, merit, fact, before in named[1:]
    )
    # What stands is the fastest of all, whatever the distance, and what it replaced the fastest before.
    climb = _climb((merit, fact) for _, merit, fact, _ in named)
    return History(broken, _last(RecordKind.PACE, [(-merit, fact) for merit, fact in climb]))


def _broken(kind: RecordKind, value: float, previous: float | None, fact: SetFact) -> Broken:
    by = None if kind is RecordKind.VOLUME else fact
    return Broken(kind, value, previous, fact.performed_at, fact.workout, by)


def _standing(kind: RecordKind, value: float, previous: float | None, fact: SetFact) -> Standing:
    reps, weight_g = (None, None) if kind is RecordKind.VOLUME else (fact.reps, fact.weight_g)
    return Standing(kind, value, reps, weight_g, fact.performed_at, fact.workout, previous)
