"""Logging: a workout with its exercises and sets, and what follows from it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from ptrack.clients.queries import practice
from ptrack.database.session import Writing
from ptrack.desk.remarks import remarks
from ptrack.errors import ConflictError, NotFoundError, RuleError, StateError, UsageError
from ptrack.exercises.queries import exercise_names
from ptrack.exercises.rules import find_exercise
from ptrack.models.logbook import Workout
from ptrack.naming import clean, fold
from ptrack.notation.model import ExerciseLine
from ptrack.progress.actions import collect
from ptrack.progress.percents import weighed
from ptrack.progress.planned import next_workout
from ptrack.progress.planned_words import planned_texts
from ptrack.vocabulary import (
    Activity,
    ExerciseCategory,
    SessionStatus,
    Tracked,
    WorkoutKind,
    WorkoutStatus,
)
from ptrack.workouts import actions, queries
from ptrack.workouts.rules import check_kind, check_time, inferred_tracking, usual_activity

Lines = tuple[ExerciseLine[int], ...]


@dataclass(frozen=True)
class LogRequest:
    """A workout to be written; `lines` are resolved to exercise numbers, `performed_at` is in UTC.

    `planned` holds the plan's notation beside each line, as far as there was a plan. With `activity` None the
    exercises decide. `day_id` and `week` say which day of the program it was. `fills` is the workout that was
    opened for it without a session, if one was.
    """

    client_id: int
    performed_at: datetime
    lines: Lines
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
    planned: tuple[str | None, ...] = ()
    fills: int | None = None


def log_workout(work: Writing, request: LogRequest) -> int:
    """Write a workout, its sets and the metric entries it makes; its number.

    A workout that was opened and not yet done is filled. Raises RuleError where the kind lacks something or
    the time is more than a day ahead, ConflictError where the session has a workout, or one with sets open.
    """
    check_kind(request.kind, request.session_id, request.trainer_id, request.program_id)
    if request.status is WorkoutStatus.COMPLETED:
        check_time(request.performed_at, work.now)
    opened = _opened_in(work, request)
    number = _write(work, request) if opened is None else _fill(work, opened, request)
    _follow_up(work, request.client_id, request.performed_at, request.program_id)
    _tell(work, request.session_id)
    return number


def _follow_up(
    work: Writing, client_id: int, since: datetime, program_id: int | None, removed: int = 0
) -> None:
    """Decide anew what follows from the log: metric entries, and whether a program is completed."""
    collect(work, client_id, since)
    if program_id is not None:
        from ptrack.programs.actions import settle

        settle(work, program_id, removed=removed)


def _tell(work: Writing, session_id: int | None) -> None:
    """Let the client of a session know what was logged in it; solo workouts are nobody's news."""
    if session_id is not None:
        from ptrack.desk.afterwards import follow_session

        follow_session(work, session_id)


def _opened_in(work: Writing, request: LogRequest) -> int | None:
    """The workout that waits to be filled, in the request's session where it has one."""
    if request.session_id is None:
        return request.fills
    session = queries.session_facts(work.reader, request.session_id)
    if session.client_id != request.client_id:
        raise RuleError(f"Session {request.session_id} is another client's.")
    if session.status in (SessionStatus.NO_SHOW, SessionStatus.CANCELLED):
        raise StateError(f"Session {request.session_id} did not take place; it has no workout.")
    if session.workout_status not in (None, WorkoutStatus.IN_PROGRESS):
        raise ConflictError(
            f"Session {request.session_id} has workout {session.workout} already.\n"
            f"Change that one: ptrack log edit {session.workout}",
            (str(session.workout),),
        )
    if queries.has_sets(work.reader, session.workout):
        raise ConflictError(
            f"Session {request.session_id} has workout {session.workout} open, in which sets were done.\n"
            f"Go on: ptrack log resume {session.workout}; "
            f"or put others in their place: ptrack log edit {session.workout} 'Back Squat: 3x5 100kg'",
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
        "activity": request.activity or _usual(work, (line.exercise for line in request.lines)),
        "status": request.status,
        "notes": request.notes,
    }


def _usual(work: Writing, exercises: Iterable[int]) -> Activity:
    return usual_activity(queries.exercise_categories(work.reader, sorted(set(exercises))))


def read_notation(work: Writing, text: str, *, create: bool = False, source: str = "-") -> Lines:
    """The exercise lines of a log, resolved to exercise numbers.

    With `create` a name that nothing is called becomes an exercise of the practice's own: what is measured of
    it is inferred from its sets, and one with distances is cardio. Raises NotationError with every mistake,
    a name that is unknown or ambiguous among them; UsageError for a text without an exercise.
    """
    from ptrack.notation.parse import parse_workout

    unit = practice(work.reader).unit
    lines = parse_workout(text, unit=unit, source=source, resolve=exercise_finder(work, create=create))
    if not lines:
        raise UsageError("There is no exercise in the text. Write one like: Back Squat: 3x5 100kg")
    return with_created(work, lines)


def exercise_finder(work: Writing, *, create: bool = False) -> Callable[[str], int | str]:
    """What resolves names to exercise numbers; with `create` a name that nothing is called stays a name."""
    names = exercise_names(work.reader)

    def find(name: str) -> int | str:
        try:
            return find_exercise(name, names).id
        except NotFoundError:
            if create and not name.strip().isdigit():
                return clean(name)
            raise

    return find


def with_created(work: Writing, lines: Sequence[ExerciseLine[int | str]]) -> Lines:
    """The lines with an exercise made for each name that has none."""
    made: dict[str, int] = {}
    for line in lines:
        if isinstance(line.exercise, str) and fold(line.exercise) not in made:
            made[fold(line.exercise)] = _create(work, line.exercise, lines)
    return tuple(_numbered(line, made) for line in lines)


def _numbered(line: ExerciseLine[int | str], made: Mapping[str, int]) -> ExerciseLine[int]:
    number = line.exercise if isinstance(line.exercise, int) else made[fold(line.exercise)]
    return cast("ExerciseLine[int]", replace(line, exercise=number))


def _create(work: Writing, name: str, lines: Sequence[ExerciseLine[int | str]]) -> int:
    from ptrack.exercises.actions import NewExercise, add_exercise

    own = [line for line in lines if isinstance(line.exercise, str) and fold(line.exercise) == fold(name)]
    tracked = inferred_tracking(group for line in own for group in line.groups)
    is_cardio = tracked is Tracked.DISTANCE_TIME
    category = ExerciseCategory.CARDIO if is_cardio else ExerciseCategory.OTHER
    return add_exercise(work, NewExercise(name, category, tracked))


@dataclass(frozen=True)
class LogChanges:
    """What is to be different about a workout; only what is set is changed, `lines` replace all sets."""

    lines: Lines | None = None
    performed_at: datetime | None = None
    title: str | None = None
    duration_min: int | None = None
    intensity: int | None = None
    activity: Activity | None = None
    status: WorkoutStatus | None = None
    notes: str | None = None


def edit_workout(work: Writing, number: int, changes: LogChanges) -> tuple[str, ...]:
    """Change a workout, and decide anew what follows from it and from those after it; what to say of it.

    Sets written into a workout that waits to be filled complete it; percentages become loads. Raises
    NotFoundError, and RuleError for a time more than a day ahead.
    """
    notices: tuple[str, ...] = ()
    workout = work.get(Workout, number)
    was_completed = workout.status is WorkoutStatus.COMPLETED
    since = min(workout.performed_at, changes.performed_at or workout.performed_at)
    if changes.performed_at is not None:
        check_time(changes.performed_at, work.now)
    if changes.lines is not None:
        notices = _replace_lines(work, workout, changes.lines, changes.performed_at or workout.performed_at)
    for key in ("performed_at", "title", "duration_min", "intensity", "activity", "status", "notes"):
        if (value := getattr(changes, key)) is not None:
            setattr(workout, key, value)
    workout.edited_at = work.now
    work.flush()
    is_undone = was_completed and workout.status is not WorkoutStatus.COMPLETED
    _follow_up(work, workout.client_id, since, workout.program_id, int(is_undone))
    _tell(work, workout.session_id)
    return notices


def _replace_lines(work: Writing, workout: Workout, typed: Lines, at: datetime) -> tuple[str, ...]:
    """Put other sets in; the activity follows the exercises if it did so before. What percentages came to."""
    lines, notices = weighed(
        work.reader, workout.client_id, typed, at, practice(work.reader), but_workout=workout.id
    )
    assert workout.id is not None  # noqa: S101  read from the database
    before = [row.exercise_id for row in queries.exercise_rows(work.reader, workout.id)]
    if workout.activity == _usual(work, before):
        workout.activity = _usual(work, [line.exercise for line in lines])
    if workout.status is WorkoutStatus.IN_PROGRESS:
        workout.status = WorkoutStatus.COMPLETED
    actions.replace_exercises(work, workout.id, lines)
    return (*notices, *remarks(work.reader, lines, practice(work.reader).unit))


def remove_workout(work: Writing, number: int) -> None:
    """Remove a workout with its sets and metric entries, and decide anew what came after it."""
    workout = work.get(Workout, number)
    client_id, since, program_id = workout.client_id, workout.performed_at, workout.program_id
    session_id = workout.session_id
    removed = int(workout.status is WorkoutStatus.COMPLETED)
    actions.remove_workout(work, number)
    _follow_up(work, client_id, since, program_id, removed)
    _tell(work, session_id)


def part_from_session(work: Writing, number: int) -> None:
    """Make a workout one of the client's own, for what was done in it stays when its session goes."""
    workout = work.get(Workout, number)
    workout.kind, workout.session_id, workout.trainer_id = WorkoutKind.SOLO, None, None
    workout.edited_at = work.now
    work.flush()
    collect(work, workout.client_id, workout.performed_at)


def open_planned(
    work: Writing,
    client_id: int,
    *,
    session_id: int,
    trainer_id: int,
    performed_at: datetime,
    duration_min: int | None = None,
) -> int | None:
    """Open the next workout of the client's program for a session, to be filled; its number.

    Its exercises stand with their plan, as it is on that day, and without sets. None where there is no active
    program, where nothing is left of it, or where its next day is open in another session already.
    """
    house = practice(work.reader)
    found = next_workout(work.reader, client_id, performed_at, house, with_last=False)
    if found is None or found.day.workout_id is not None:
        return None
    plan = found.day
    request = LogRequest(
        client_id=client_id,
        performed_at=performed_at,
        lines=tuple(replace(line, groups=()) for line in plan.lines),
        kind=queries.session_facts(work.reader, session_id).kind,
        session_id=session_id,
        trainer_id=trainer_id,
        program_id=plan.program_id,
        day_id=plan.day_id,
        week=plan.week,
        title=plan.day_name,
        duration_min=duration_min,
        status=WorkoutStatus.IN_PROGRESS,
        planned=planned_texts(found.lines, house.unit),
    )
    return log_workout(work, request)
