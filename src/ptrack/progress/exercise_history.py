"""One exercise of one client, workout by workout."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from ptrack.clients.queries import Practice
from ptrack.database.reading import Reader
from ptrack.progress.logged import Estimate, best_estimate
from ptrack.progress.queries import begun_tally, exercises_by_number, working_sets
from ptrack.progress.rules.periods import Period
from ptrack.progress.rules.records import SetFact, best
from ptrack.progress.rules.stalls import Stall
from ptrack.progress.rules.strength import e1rm_g, is_estimate_reliable
from ptrack.progress.rules.tally import Tally, TallySet
from ptrack.progress.stalled import stalls
from ptrack.vocabulary import E1rmFormula, RecordKind, Tracked


class PastWorkout:
    """One exercise in one workout of the past, reckoned as it is asked for: a page shows few of very many."""

    def __init__(
        self, sets: Sequence[TallySet], tally: Tally, formula: E1rmFormula, records: tuple[RecordKind, ...]
    ) -> None:
        self.workout, self._exercise = sets[0][:2]
        self.performed_at = tally.performed_at(self.workout)
        self.sets = len(sets)
        self.records = records
        self._done, self._tally, self._formula = sets, tally, formula

    @property
    def reps(self) -> int:
        """All its reps."""
        return sum(one[2] or 0 for one in self._done)

    @property
    def best(self) -> SetFact:
        """The set that tells most of it."""
        return max(self._facts, key=lambda fact: _merit(fact, self._formula))

    @property
    def estimate(self) -> Estimate | None:
        """Its best e1RM, from however many reps."""
        return best_estimate(((fact.effective_g, fact.reps) for fact in self._facts), self._formula)

    @property
    def volume_g(self) -> int:
        """Its volume; 0 where the load is not known."""
        return round(self.best_of(RecordKind.VOLUME) or 0)

    def best_of(self, kind: RecordKind) -> float | None:
        """What it holds against the records of a kind, in the unit of `records.Broken`; None if nothing."""
        return best(kind, self._facts, self._tally.tracked(self._exercise), self._formula)

    @cached_property
    def _facts(self) -> list[SetFact]:
        return [
            SetFact(
                workout, self.performed_at, 0, place, reps, weight_g,
                self._tally.effective_g(workout, exercise, weight_g), seconds, meters, bool(per_side),
            )
            for place, (workout, exercise, reps, weight_g, seconds, meters, per_side) in enumerate(self._done)
        ]  # fmt: skip


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
    rows = [
        PastWorkout(list(group), tally, practice.e1rm_formula, tuple(broken.get(workout, ())))
        for workout, group in groupby(sets, itemgetter(0))
        if first <= tally.performed_at(workout) < before
    ]
    stalled = stalls(reader, client, practice, today, [exercise])
    stall = stalled[0].stall if stalled else None
    return ExerciseHistory(exercise, known[1], Tracked(known[2]), period, rows[::-1], stall)


def _merit(fact: SetFact, formula: E1rmFormula) -> tuple[float, ...]:
    """Orders the sets of a workout: by e1RM, then load, reps, distance, time."""
    load_g, reps = fact.effective_g or fact.weight_g or 0, fact.reps or 0
    estimate_g = e1rm_g(load_g, reps, formula) if reps and is_estimate_reliable(reps) else 0
    return (estimate_g or 0, load_g, reps, fact.meters or 0, fact.seconds or 0)
