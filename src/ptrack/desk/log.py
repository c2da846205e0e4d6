"""Logging: a workout with its exercises and sets, and what follows from it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ptrack.database.session import Writing
from ptrack.errors import ConflictError, RuleError
from ptrack.models.logbook import Workout
from ptrack.notation.model import ExerciseLine
from ptrack.progress.actions import collect
from ptrack.vocabulary import Activity, WorkoutKind, WorkoutStatus
from ptrack.workouts import actions, queries
from ptrack.workouts.rules import check_kind, check_time, usual_activity


@dataclass(frozen=True)
class LogRequest:
    """A workout to be written; `lines` are resolved to exercise numbers, `performed_at` is in UTC.

    `planned` holds the plan's notation beside each line, as far as there was a plan. With `activity` None the
    exercises decide. `day_id` and `week` say which day of the program it was.
    """

    client_id: int
    performed_at: datetime
    lines: tuple[ExerciseLine[int], ...]
    kind: WorkoutKind = WorkoutKind.SOLO
    session_id: int | None = None
    trainer_id: int | None = None
    program_id: int | None = None
    day_id: int | None = None
    week: int | None = None
    title: str | None = None
    duration_min: int | None = None
    intensity: int | None = None
    activity: Activity | None = None
    status: WorkoutStatus = WorkoutStatus.COMPLETED
    notes: str | None = None
    planned: tuple[str | None, ...] = field(default=())


def log_workout(work: Writing, request: LogRequest) -> int:
    """Write a workout, its sets and the metric entries it makes; its number.

    A session's workout that was opened and not yet done is filled. Raises RuleError where the kind lacks
    something or the time is more than a day ahead, ConflictError where the session has a workout.
    """
    check_kind(request.kind, request.session_id, request.trainer_id, request.program_id)
    if request.status is WorkoutStatus.COMPLETED:
        check_time(request.performed_at, work.now)
    opened = _opened_in(work, request)
    number = _write(work, request) if opened is None else _fill(work, opened, request)
    collect(work, request.client_id, request.performed_at)
    return number


def _opened_in(work: Writing, request: LogRequest) -> int | None:
    """The workout that waits in the request's session to be filled."""
    if request.session_id is None:
        return None
    session = queries.session_facts(work.reader, request.session_id)
    if session.client_id != request.client_id:
        raise RuleError(f"Session {request.session_id} is another client's.")
    if session.workout_status not in (None, WorkoutStatus.IN_PROGRESS):
        raise ConflictError(
            f"Session {request.session_id} has workout {session.workout} already.\n"
            f"Change that one: ptrack log edit {session.workout}",
            (str(session.workout),),
        )
    return session.workout


def _write(work: Writing, request: LogRequest) -> int:
    workout = Workout(client_id=request.client_id, created_at=work.now, **_columns(work, request))
    return actions.write_workout(work, workout, request.lines, request.planned)


def _fill(work: Writing, number: int, request: LogRequest) -> int:
    """Write what was done into a workout that was opened; what it knows and the request doesn't say stays."""
    workout = work.get(Workout, number)
    for key, value in _columns(work, request).items():
        if value is not None:
            setattr(workout, key, value)
    actions.replace_exercises(work, number, request.lines)
    return number


def _columns(work: Writing, request: LogRequest) -> dict[str, Any]:
    return {
        "kind": request.kind,
        "session_id": request.session_id,
        "trainer_id": request.trainer_id,
        "program_id": request.program_id,
        "day_id": request.day_id,
        "week": request.week,
        "title": request.title,
        "performed_at": request.performed_at,
        "duration_min": request.duration_min,
        "intensity": request.intensity,
        "activity": request.activity or _activity_of(work, request),
        "status": request.status,
        "notes": request.notes,
    }


def _activity_of(work: Writing, request: LogRequest) -> Activity:
    exercises = sorted({line.exercise for line in request.lines})
    return usual_activity(queries.exercise_categories(work.reader, exercises))
