"""What is done with workouts: written, filled anew, removed. The caller's transaction holds it together."""

from collections.abc import Sequence

from ptrack.database.session import Writing
from ptrack.models.logbook import Workout
from ptrack.models.sets import WorkoutExercise, WorkoutSet
from ptrack.notation.model import ExerciseLine
from ptrack.workouts.queries import exercise_rows, set_keys
from ptrack.workouts.rules import done_sets, is_skipped

Lines = Sequence[ExerciseLine[int]]


def write_workout(work: Writing, workout: Workout, lines: Lines, planned: Sequence[str | None] = ()) -> int:
    """Write a workout with its exercises and sets; its number. `planned` is each line's plan as notation."""
    work.add(workout)
    assert workout.id is not None  # noqa: S101  flushed
    write_exercises(work, workout.id, lines, planned)
    return workout.id


def write_exercises(work: Writing, number: int, lines: Lines, planned: Sequence[str | None] = ()) -> None:
    """Write the exercises and sets of a workout that has none."""
    plans = [*planned, *[None] * (len(lines) - len(planned))]
    rows = [
        WorkoutExercise(
            workout_id=number,
            exercise_id=line.exercise,
            position=position,
            section=line.section,
            superset=line.superset,
            planned=plan,
            is_skipped=is_skipped(line.groups),
            notes=line.note,
        )
        for position, (line, plan) in enumerate(zip(lines, plans, strict=True), 1)
    ]
    work.session.add_all(rows)
    work.flush()
    for row, line in zip(rows, lines, strict=True):
        assert row.id is not None  # noqa: S101  flushed
        work.session.add_all(_set_rows(row.id, line))
    work.flush()


def _set_rows(exercise: int, line: ExerciseLine[int]) -> list[WorkoutSet]:
    return [
        WorkoutSet(
            workout_exercise_id=exercise,
            position=position,
            reps=one.reps,
            weight_g=one.weight_g,
            rpe=one.rpe,
            seconds=one.seconds,
            meters=one.meters,
            is_warmup=one.is_warmup,
            is_amrap=one.is_amrap,
            per_side=one.per_side,
            tempo=one.tempo,
        )
        for position, one in enumerate(done_sets(line.groups), 1)
    ]


def replace_exercises(work: Writing, number: int, lines: Lines) -> None:
    """Put other exercises and sets into a workout; what was planned stays beside the same exercises."""
    plans: dict[int, list[str]] = {}
    for row in exercise_rows(work.reader, number):
        if row.planned is not None:
            plans.setdefault(row.exercise_id, []).append(row.planned)
    remove_exercises(work, number)
    planned = [plans[line.exercise].pop(0) if plans.get(line.exercise) else None for line in lines]
    write_exercises(work, number, lines, planned)


def remove_exercises(work: Writing, number: int) -> None:
    """Take every exercise and set off a workout, row by row, so that the journal keeps them."""
    for key in set_keys(work.reader, number):
        work.session.delete(work.get(WorkoutSet, key))
    work.flush()
    for row in exercise_rows(work.reader, number):
        work.session.delete(work.get(WorkoutExercise, row.id))
    work.flush()


def remove_workout(work: Writing, number: int) -> None:
    """Remove a workout with all that hangs on it; a session it filled stays."""
    remove_exercises(work, number)
    work.delete(work.get(Workout, number))
