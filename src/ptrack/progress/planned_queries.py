"""What planned loads are reckoned from, and what planned and done are compared by.

Ways go from a program or a client to their own workouts and down to sets (`CROSS JOIN` keeps the planner to
that), so that they are no longer in a greater practice.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from ptrack.database.reading import Reader, named_list
from ptrack.progress.queries import COUNTED
from ptrack.vocabulary import Tracked, WorkoutStatus
from ptrack.workouts.rules import DoneSet


class Trained(NamedTuple):
    """A workout, and the day and week of the program that it was."""

    id: int
    client_id: int
    program_id: int | None
    day_id: int | None
    week: int | None
    performed_at: datetime
    status: WorkoutStatus


class PlannedExercise(NamedTuple):
    """An exercise of a workout with the plan that stands beside it, as notation."""

    workout_id: int
    id: int
    exercise_id: int
    name: str
    tracked: Tracked
    planned: str | None
    is_skipped: bool


BEGINNINGS = """
SELECT g.day_id, g.position, max(g.load_since) AS since, max(x.tracked) AS tracked
FROM program_day d
JOIN prescription g ON g.day_id = d.id
JOIN exercise x ON x.id = g.exercise_id
WHERE d.program_id = :program
GROUP BY g.day_id, g.position
ORDER BY g.day_id, g.position"""

PROGRAM_SETS = """
SELECT w.id, w.performed_at, w.day_id, e.exercise_id, e.position, s.reps, s.weight_g, s.seconds, s.meters
FROM workout w CROSS JOIN workout_exercise e CROSS JOIN workout_set s
WHERE w.program_id = :program AND w.status = 'completed' AND w.performed_at < :before
  AND w.day_id IS NOT NULL AND e.workout_id = w.id AND e.exercise_id IN ({ids})
  AND s.workout_exercise_id = e.id AND NOT s.is_warmup
ORDER BY w.performed_at, w.id, e.position, s.position"""

BEST_SETS = f"""
SELECT e.exercise_id, x.tracked, w.performed_at, s.reps, max(coalesce(s.weight_g, 0))
FROM workout w CROSS JOIN workout_exercise e CROSS JOIN workout_set s CROSS JOIN exercise x
WHERE w.client_id = :client AND w.performed_at >= :since AND w.performed_at < :before
  AND w.status IN {COUNTED} AND w.id <> :but
  AND e.workout_id = w.id AND e.exercise_id IN ({{ids}}) AND s.workout_exercise_id = e.id
  AND NOT s.is_warmup AND s.reps BETWEEN 1 AND 10 AND x.id = e.exercise_id
GROUP BY w.id, e.exercise_id, x.tracked, w.performed_at, s.reps"""

LAST_WORKOUTS = """
SELECT x.id, x.tracked,
       (SELECT w.id FROM workout w CROSS JOIN workout_exercise e
        WHERE w.client_id = :client AND w.performed_at < :before AND w.status = 'completed'
          AND e.workout_id = w.id AND e.exercise_id = x.id
          AND EXISTS (SELECT 1 FROM workout_set s WHERE s.workout_exercise_id = e.id)
        ORDER BY w.performed_at DESC, w.id DESC LIMIT 1) AS workout
FROM exercise x WHERE x.id IN ({ids})"""

LAST_SETS = """
SELECT e.exercise_id, e.workout_id, w.performed_at, s.reps, s.weight_g, s.rpe, s.seconds, s.meters,
       s.is_warmup, s.is_amrap, s.per_side, s.tempo
FROM workout w CROSS JOIN workout_exercise e CROSS JOIN workout_set s
WHERE w.id IN ({ids}) AND e.workout_id = w.id AND s.workout_exercise_id = e.id
ORDER BY w.id, e.position, s.position"""

WORKOUT = """
SELECT id, client_id, program_id, day_id, week, performed_at, status FROM workout WHERE id = :workout"""

WORKOUTS = """
SELECT id, client_id, program_id, day_id, week, performed_at, status
FROM workout
WHERE program_id = :program
ORDER BY performed_at, id"""

EXERCISES = """
SELECT e.workout_id, e.id, e.exercise_id, x.name, x.tracked, e.planned, e.is_skipped
FROM workout_exercise e
JOIN exercise x ON x.id = e.exercise_id
WHERE e.workout_id IN ({ids})
ORDER BY e.workout_id, e.position"""

SETS = """
SELECT s.workout_exercise_id, s.reps, s.weight_g, s.rpe, s.seconds, s.meters, s.is_warmup, s.is_amrap,
       s.per_side, s.tempo
FROM workout_exercise e CROSS JOIN workout_set s
WHERE e.workout_id IN ({ids}) AND s.workout_exercise_id = e.id
ORDER BY s.workout_exercise_id, s.position"""

TRACKED = "SELECT id, tracked FROM exercise WHERE id IN ({ids})"


def beginnings(reader: Reader, program: int) -> list[Any]:
    """Each line of a program, in order: day, position, since when its logs count, what is measured."""
    return reader.tuples(BEGINNINGS, program=program)


def program_sets(reader: Reader, program: int, exercises: Sequence[int], before: datetime) -> list[Any]:
    """The working sets that were logged of a program's days in those exercises, in the order of time."""
    if not exercises:
        return []
    ids, values = named_list("id", exercises)
    return reader.tuples(PROGRAM_SETS.format(ids=ids), values | {"program": program, "before": before})


def best_sets(
    reader: Reader, client: int, exercises: Sequence[int], since: datetime, before: datetime, but: int
) -> list[Any]:
    """The heaviest sets by workout and number of reps, up to ten, in those exercises, but of one workout.

    Each as exercise, what it tracks, instant as it is stored, reps, grams.
    """
    ids, values = named_list("id", exercises)
    values |= {"client": client, "since": since, "before": before, "but": but}
    return reader.tuples(BEST_SETS.format(ids=ids), values)


def last_workouts(reader: Reader, client: int, exercises: Sequence[int], before: datetime) -> list[Any]:
    """Each of those exercises, what it tracks, and the last completed workout that had sets of it, if any."""
    if not exercises:
        return []
    ids, values = named_list("id", exercises)
    return reader.tuples(LAST_WORKOUTS.format(ids=ids), values | {"client": client, "before": before})


def sets_of_workouts(reader: Reader, workouts: Sequence[int]) -> list[Any]:
    """The sets of those workouts: exercise, workout, instant as it is stored, then the set's own columns."""
    if not workouts:
        return []
    ids, values = named_list("id", workouts)
    return reader.tuples(LAST_SETS.format(ids=ids), values)


def done_set(*figures: Any) -> DoneSet:
    """A set from its columns as they are stored: reps, weight, rpe, seconds, metres, marks, tempo."""
    reps, weight_g, rpe, seconds, meters, is_warmup, is_amrap, per_side, tempo = figures
    marks = bool(is_warmup), bool(is_amrap), bool(per_side)
    return DoneSet(reps, weight_g, rpe, seconds, meters, *marks, tempo)


def trained(reader: Reader, workout: int) -> Trained:
    """One workout, of a number that there is."""
    (found,) = reader.rows(Trained, WORKOUT, workout=workout)
    return found


def trained_of(reader: Reader, program: int) -> list[Trained]:
    """The workouts of a program, in the order of time."""
    return reader.rows(Trained, WORKOUTS, program=program)


def planned_exercises(reader: Reader, workouts: Sequence[Trained]) -> dict[int, list[PlannedExercise]]:
    """The exercises of those workouts, by the workouts' numbers."""
    ids, values = named_list("id", [workout.id for workout in workouts])
    found: dict[int, list[PlannedExercise]] = {workout.id: [] for workout in workouts}
    for row in reader.rows(PlannedExercise, EXERCISES.format(ids=ids), **values):
        found[row.workout_id].append(row)
    return found


def done_sets_of(reader: Reader, workouts: Sequence[Trained]) -> dict[int, list[DoneSet]]:
    """The sets of those workouts, by the number of their exercise's row."""
    ids, values = named_list("id", [workout.id for workout in workouts])
    found: dict[int, list[DoneSet]] = {}
    for number, *figures in reader.tuples(SETS.format(ids=ids), values):
        found.setdefault(number, []).append(done_set(*figures))
    return found


def tracked_by(reader: Reader, exercises: Collection[int]) -> dict[int, Tracked]:
    """What is measured of those exercises, by their numbers."""
    if not exercises:
        return {}
    ids, values = named_list("id", sorted(exercises))
    return {number: Tracked(text) for number, text in reader.tuples(TRACKED.format(ids=ids), values)}
