"""A workout as it was logged, with what it came to and the records it broke."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from ptrack.clients.queries import Practice
from ptrack.database.reading import Reader
from ptrack.progress.queries import (
    ExerciseFacts,
    begun_tally,
    body_weights,
    exercise_facts,
    exercises_by_number,
    exercises_since,
    working_sets,
)
from ptrack.progress.rules.bodyweight import Weighing
from ptrack.progress.rules.experience import experience
from ptrack.progress.rules.records import Broken, Standing, history
from ptrack.progress.rules.strength import e1rm_g, effective_load_g, is_estimate_reliable, set_volume_g
from ptrack.vocabulary import E1rmFormula, RecordKind, Tracked, WorkoutStatus
from ptrack.workouts.queries import (
    ExerciseRow,
    ListedWorkout,
    SetRow,
    WorkoutRow,
    exercise_rows,
    set_rows,
    workout,
)


class LoggedRecord(NamedTuple):
    """A record that a workout broke; `previous_at` is when the one before was set, where it is one set's."""

    exercise_id: int
    exercise: str
    broken: Broken
    previous_at: datetime | None


class Estimate(NamedTuple):
    """The best e1RM of some sets, in grams; from 11 reps on it is no reliable one."""

    weight_g: int
    is_reliable: bool


class LoggedSet(NamedTuple):
    """A set with the kinds of record it holds."""

    row: SetRow
    records: tuple[RecordKind, ...]


class LoggedExercise(NamedTuple):
    """An exercise of a workout with its sets, what they came to, and the records they broke."""

    row: ExerciseRow
    sets: tuple[LoggedSet, ...]
    volume_g: int
    estimate: Estimate | None
    records: tuple[LoggedRecord, ...]


class Logged(NamedTuple):
    """A workout with everything that follows from it; `weighing` is the body weight it was reckoned with."""

    workout: WorkoutRow
    exercises: tuple[LoggedExercise, ...]
    sets: int
    reps: int
    volume_g: int
    experience: int
    weighing: Weighing | None

    @property
    def records(self) -> list[LoggedRecord]:
        """All its records, in the order of its exercises."""
        return [record for exercise in self.exercises for record in exercise.records]


def logged(reader: Reader, number: int, practice: Practice) -> Logged:
    """One workout as it was logged; NotFoundError where there is none of that number."""
    row = workout(reader, number)
    rows, sets = exercise_rows(reader, number), set_rows(reader, number)
    facts: dict[int, ExerciseFacts] = {}
    weighing = None
    if rows:
        ids = sorted({exercise.exercise_id for exercise in rows})
        facts = exercise_facts(reader, row.client_id, practice, ids, row.performed_at)
    if any(exercise.tracked is Tracked.BODYWEIGHT_PLUS for exercise in rows):
        weights = body_weights(reader, row.client_id, practice)
        weighing = weights.known_on(practice.local(row.performed_at).date())
    records = {exercise: _records(found, row, practice.e1rm_formula) for exercise, found in facts.items()}
    exercises = tuple(_exercises(rows, sets, records, weighing, practice.e1rm_formula))
    return _summed(row, exercises, weighing)


def with_open_volumes(
    reader: Reader, rows: Iterable[ListedWorkout], practice: Practice
) -> list[ListedWorkout]:
    """Listed workouts, those in progress with the volume so far; it becomes a metric when they are done."""
    return [
        row._replace(volume_kg=logged(reader, row.id, practice).volume_g / 1000)
        if row.status is WorkoutStatus.IN_PROGRESS and row.sets
        else row
        for row in rows
    ]


def _summed(row: WorkoutRow, exercises: tuple[LoggedExercise, ...], weighing: Weighing | None) -> Logged:
    working = [one.row for exercise in exercises for one in exercise.sets if not one.row.is_warmup]
    broken = {record.exercise_id for exercise in exercises for record in exercise.records}
    return Logged(
        workout=row,
        exercises=exercises,
        sets=len(working),
        reps=sum(one.reps or 0 for one in working),
        volume_g=sum(exercise.volume_g for exercise in exercises),
        experience=experience(row.status is WorkoutStatus.COMPLETED, len(working), len(broken)),
        weighing=weighing,
    )


def _records(facts: ExerciseFacts, row: WorkoutRow, formula: E1rmFormula) -> list[LoggedRecord]:
    """The records of one exercise that the workout broke."""
    broken = [
        record for record in history(facts.sets, facts.tracked, formula).broken if record.workout == row.id
    ]
    if not broken:
        return []
    earlier = [fact for fact in facts.sets if (fact.performed_at, fact.workout) < (row.performed_at, row.id)]
    standing = history(earlier, facts.tracked, formula).standing
    return [
        LoggedRecord(facts.exercise_id, facts.name, record, _previous_at(record, standing))
        for record in broken
    ]


def _previous_at(record: Broken, standing: Iterable[Standing]) -> datetime | None:
    """When what a record replaced was done; of reps, at its weight or the next above it."""
    for row in standing:
        if row.kind is record.kind and row.value == record.previous:
            least_g = record.fact.weight_g if record.fact and record.kind is RecordKind.REPS else None
            if (row.weight_g or 0) >= (least_g or 0) or record.kind is not RecordKind.REPS:
                return row.performed_at
    return None


def _exercises(
    rows: Sequence[ExerciseRow],
    sets: Sequence[SetRow],
    records: dict[int, list[LoggedRecord]],
    weighing: Weighing | None,
    formula: E1rmFormula,
) -> Iterable[LoggedExercise]:
    """Each exercise with its own sets and the records they hold; that of volume stands with the first."""
    seen: set[int] = set()
    for row in rows:
        own = [one for one in sets if one.workout_exercise_id == row.id]
        is_first = row.exercise_id not in seen
        seen.add(row.exercise_id)
        broken = [
            record
            for record in records.get(row.exercise_id, ())
            if (is_first if (fact := record.broken.fact) is None else fact.exercise_position == row.position)
        ]
        body_g = weighing.weight_g if weighing else None
        working = [
            (one, effective_load_g(one.weight_g, row.tracked, body_g)) for one in own if not one.is_warmup
        ]
        yield LoggedExercise(
            row=row,
            sets=tuple(LoggedSet(one, _held_by(one, broken)) for one in own),
            volume_g=sum(set_volume_g(one.reps, load_g, one.per_side) for one, load_g in working),
            estimate=best_estimate(((load_g, one.reps) for one, load_g in working), formula),
            records=tuple(broken),
        )


def _held_by(row: SetRow, records: Iterable[LoggedRecord]) -> tuple[RecordKind, ...]:
    return tuple(
        record.broken.kind
        for record in records
        if record.broken.fact is not None and record.broken.fact.position == row.position
    )


def best_estimate(sets: Iterable[tuple[int | None, int | None]], formula: E1rmFormula) -> Estimate | None:
    """The best e1RM of sets (effective load in grams, reps); one from few reps goes before one from many."""
    found = [
        (is_estimate_reliable(reps), estimate_g)
        for load_g, reps in sets
        if load_g and reps and (estimate_g := e1rm_g(load_g, reps, formula))
    ]
    if not found:
        return None
    is_reliable, weight_g = max(found)
    return Estimate(weight_g, is_reliable)


class StandingRecord(NamedTuple):
    """What stands of one exercise and kind."""

    exercise_id: int
    exercise: str
    standing: Standing


def standing_records(
    reader: Reader, client: int, practice: Practice, exercise: int | None = None
) -> list[StandingRecord]:
    """What a client's records are, by exercise, kind and weight; of one exercise where it is given."""
    wanted = None if exercise is None else [exercise]
    known = exercises_since(reader, client) if wanted is None else exercises_by_number(reader, wanted)
    tally = begun_tally(reader, client, practice, known)
    tally.take(working_sets(reader, client, wanted))
    return [
        StandingRecord(number, name, standing)
        for number, name, *_ in sorted(known, key=lambda row: (row[1].casefold(), row[0]))
        for standing in tally.records(number, practice.e1rm_formula).standing
    ]
