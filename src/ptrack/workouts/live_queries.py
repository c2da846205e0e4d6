"""Workouts that are going on, as frozen rows."""

from datetime import datetime
from typing import NamedTuple

from ptrack.database.reading import Reader
from ptrack.vocabulary import SessionStatus, Unit, WorkoutKind
from ptrack.workouts.live import LiveLine, LiveSet, targets_of
from ptrack.workouts.queries import ExerciseRow, exercise_rows, set_rows


class OpenWorkout(NamedTuple):
    """A workout that is going on; `appointment` is its session's, `last_at` when a set was done last."""

    id: int
    client_id: int
    client: str
    kind: WorkoutKind
    title: str | None
    program: str | None
    week: int | None
    performed_at: datetime
    session: int | None
    session_status: SessionStatus | None
    appointment: int | None
    sets: int
    last_at: datetime | None


OPEN_WORKOUTS = """
SELECT w.id, w.client_id, c.name AS client, w.kind, w.title, p.name AS program, w.week, w.performed_at,
       w.session_id AS session, s.status AS session_status, s.appointment_id AS appointment,
       (SELECT count(*) FROM workout_exercise e JOIN workout_set d ON d.workout_exercise_id = e.id
        WHERE e.workout_id = w.id) AS sets,
       (SELECT max(d.completed_at) FROM workout_exercise e JOIN workout_set d ON d.workout_exercise_id = e.id
        WHERE e.workout_id = w.id) AS last_at
FROM workout w
JOIN client c ON c.id = w.client_id
LEFT JOIN program p ON p.id = w.program_id
LEFT JOIN session s ON s.id = w.session_id
WHERE w.status = 'in_progress'"""
OF_ONE = " AND w.id = :workout"
OF_CLIENT = " AND w.client_id = :client ORDER BY w.performed_at DESC, w.id DESC"
SINCE = " AND w.performed_at >= :since ORDER BY w.performed_at DESC, w.id DESC"

LIVE_CHANGE = """
SELECT max(c.id) FROM change c
WHERE c.command IN ('log start', 'log resume') AND c.undoes_id IS NULL AND c.final_reason IS NULL
  AND c.created_at >= :since
  AND EXISTS (SELECT 1 FROM change_row r WHERE r.change_id = c.id AND r.table_name = 'workout'
              AND r.row_key = :key)"""

IS_TAKEN_BACK = """
SELECT EXISTS (SELECT 1 FROM change u
               WHERE u.id > :change AND u.undoes_id = :change
                 AND NOT EXISTS (SELECT 1 FROM change a WHERE a.id > u.id AND a.undoes_id = u.id))"""


def open_workout(reader: Reader, number: int) -> OpenWorkout | None:
    """One workout that is going on; None where it is not, or not any more."""
    return reader.row(OpenWorkout, OPEN_WORKOUTS + OF_ONE, workout=number)


def open_workouts_of(reader: Reader, client: int) -> list[OpenWorkout]:
    """The workouts of a client that are going on or wait to be filled, the newest first."""
    return reader.rows(OpenWorkout, OPEN_WORKOUTS + OF_CLIENT, client=client)


def open_workouts(reader: Reader, since: datetime) -> list[OpenWorkout]:
    """All workouts that are going on and began at that instant or after it, the newest first."""
    return reader.rows(OpenWorkout, OPEN_WORKOUTS + SINCE, since=since)


def live_lines(reader: Reader, number: int, unit: Unit) -> list[LiveLine]:
    """The exercises of a workout with what is planned and what was done, in order."""
    sets: dict[int, list[LiveSet]] = {}
    for row in set_rows(reader, number):
        done = LiveSet(row.position, row.done, row.completed_at)
        sets.setdefault(row.workout_exercise_id, []).append(done)
    return [_line(row, tuple(sets.get(row.id, ())), unit) for row in exercise_rows(reader, number)]


def _line(row: ExerciseRow, sets: tuple[LiveSet, ...], unit: Unit) -> LiveLine:
    targets, rest_seconds = targets_of(row.planned, unit)
    return LiveLine(
        row.id, row.exercise_id, row.name, row.category, row.tracked, row.position, row.section, row.superset,
        row.planned, row.passed, row.notes, targets, rest_seconds, sets,
    )  # fmt: skip


def live_change(reader: Reader, workout: int, since: datetime) -> int | None:
    """The change that a workout's sets belong to, begun at that instant or later and not taken back."""
    found: int | None = reader.value(LIVE_CHANGE, key=f"[{workout}]", since=since)
    return found if found is not None and not is_taken_back(reader, found) else None


def is_taken_back(reader: Reader, change: int) -> bool:
    """Whether a change was taken back, and not brought back since."""
    return bool(reader.value(IS_TAKEN_BACK, change=change))
