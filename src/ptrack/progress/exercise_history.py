"""One exercise of one client, workout by workout."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from ptrack.clients.queries import Practice
from ptrack.database.reading import Reader
from ptrack.progress.logged import Estimate, best_estimate
from ptrack.progress.queries import begun_tally, exercises_by_number, working_sets
from ptrack.progress.rules.periods import Period
from ptrack.progress.rules.records import SetFact, bests
from ptrack.progress.rules.stalls import Stall
from ptrack.progress.rules.strength import e1rm_g, is_estimate_reliable
from ptrack.progress.rules.tally import Tally, TallySet
from ptrack.progress.stalled import stalls
from ptrack.vocabulary import E1rmFormula, RecordKind, Tracked


class PastWorkout(NamedTuple):
    """One exercise in one workout of the past; `best` is the set that tells most of it.

    `bests` has the best of each kind that the workout has one of, as records compare them, in the unit of
    `records.Broken`; `records` are the kinds it broke.
    """

    workout: int
    performed_at: datetime
    sets: int
    reps: int
    best: SetFact
    estimate: Estimate | None
    volume_g: int
    bests: dict[RecordKind, float]
    records: tuple[RecordKind, ...]


class ExerciseHistory(NamedTuple):
    """What a client did of an exercise in a period, the newest workout first, and whether it has stalled."""

    exercise_id: int
    exercise: str
    tracked: Tracked
    period: Period
    rows: list[PastWorkout]
    stall: Stall | None


def exercise_history(
    reader: Reader, client: int, exercise: int, practice: Practice, period: Period, today: date
) -> ExerciseHistory:
    """What a client did of an exercise in a period; records and the stall follow from all that was done."""
    (known,) = exercises_by_number(reader, [exercise])
    tally = begun_tally(reader, client, practice, [known])
    sets = working_sets(reader, client, [exercise])
    tally.take(sets)
    broken: dict[int, list[RecordKind]] = {}
    for record in tally.records(exercise, practice.e1rm_formula).broken:
        broken.setdefault(record.workout, []).append(record.kind)
    first, before = period.bounds(practice.zone)
    tracked = Tracked(known[2])
    rows = [
        _past(_facts(list(group), tally), tracked, practice.e1rm_formula, tuple(broken.get(workout, ())))
        for workout, group in groupby(sets, itemgetter(0))
        if first <= tally.performed_at(workout) < before
    ]
    stalled = stalls(reader, client, practice, today, [exercise])
    stall = stalled[0].stall if stalled else None
    return ExerciseHistory(exercise, known[1], tracked, period, rows[::-1], stall)


def _facts(sets: Sequence[TallySet], tally: Tally) -> list[SetFact]:
    """The sets of one workout with the load that was moved in each."""
    moment = tally.performed_at(sets[0][0])
    return [
        SetFact(
            workout, moment, place, position, reps, weight_g, tally.effective_g(workout, exercise, weight_g),
            seconds, meters, bool(per_side),
        )
        for workout, exercise, place, position, reps, weight_g, seconds, meters, per_side in sets
    ]  # fmt: skip


def _past(
    sets: Sequence[SetFact], tracked: Tracked, formula: E1rmFormula, records: tuple[RecordKind, ...]
) -> PastWorkout:
    found = bests(sets, tracked, formula)
    return PastWorkout(
        workout=sets[0].workout,
        performed_at=sets[0].performed_at,
        sets=len(sets),
        reps=sum(fact.reps or 0 for fact in sets),
        best=max(sets, key=lambda fact: _merit(fact, formula)),
        estimate=best_estimate(((fact.effective_g, fact.reps) for fact in sets), formula),
        volume_g=round(found.get(RecordKind.VOLUME, 0)),
        bests=found,
        records=records,
    )


def _merit(fact: SetFact, formula: E1rmFormula) -> tuple[float, ...]:
    """Orders the sets of a workout: by e1RM, then load, reps, distance, time."""
    load_g, reps = fact.effective_g or fact.weight_g or 0, fact.reps or 0
    estimate_g = e1rm_g(load_g, reps, formula) if reps and is_estimate_reliable(reps) else 0
    return (estimate_g or 0, load_g, reps, fact.meters or 0, fact.seconds or 0)
