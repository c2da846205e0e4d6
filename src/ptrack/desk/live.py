"""Live logging: a workout that is opened, filled set by set, and finished along with its appointment.

Each entry is a transaction of its own, so that nothing that was acknowledged is lost. For the journal all of
them belong to the change that began the workout: `undo` takes back the finish first, with what it cost, and
then the workout as a whole; single sets are taken back in the logger.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from ptrack.clients.queries import practice
from ptrack.database.reading import Reader
from ptrack.database.session import Writing
from ptrack.desk.complete import Completion, Outcome, complete, start
from ptrack.desk.log import LogChanges, LogRequest, edit_workout, log_workout, remove_workout
from ptrack.errors import ConflictError, NotFoundError, RuleError, StateError
from ptrack.models.agenda import Appointment
from ptrack.models.logbook import Workout
from ptrack.models.sets import WorkoutExercise, WorkoutSet
from ptrack.moments import local_day_bounds
from ptrack.programs.queries import planned_day_called, program
from ptrack.progress.planned import PlannedWorkout, lines_after, next_workout
from ptrack.progress.planned_words import earned_notices, planned_texts
from ptrack.scheduling.actions import find_session, take_for
from ptrack.scheduling.queries import AppointmentRow, appointments
from ptrack.scheduling.rules import Move, State
from ptrack.vocabulary import AppointmentStatus, ProgramStatus, SessionStatus, WorkoutKind, WorkoutStatus
from ptrack.workouts import queries
from ptrack.workouts.live import LiveLine, begun_at, last_done, minutes_between, passed_with, planned_heads
from ptrack.workouts.live_queries import is_taken_back, live_lines
from ptrack.workouts.rules import DoneSet, usual_activity

SOON = timedelta(hours=1)
"""An appointment that begins within it is the one that a workout is for."""


_TICK = timedelta(milliseconds=1)


class Opening(NamedTuple):
    """What is to be opened: whose workout, for which appointment, which day of the program.

    With `day` None it is the next one; `follows_program` False leaves the program out.
    """

    client_id: int
    appointment_id: int | None = None
    day: str | None = None
    follows_program: bool = True


class Live(NamedTuple):
    """A workout that is going on, and the change that its entries belong to, if there is one already."""

    number: int
    change: int | None = None


class Finished(NamedTuple):
    """What became of the appointment, if it was closed with the workout, and what should be said."""

    outcome: Outcome | None
    notices: tuple[str, ...] = ()


def running_appointment(reader: Reader, client_id: int, now: datetime) -> AppointmentRow | None:
    """The appointment that a client has now: one that was started, else the one that runs or begins soon."""
    house = practice(reader)
    today = house.local(now).date()
    begins, ends = local_day_bounds(today, house.zone)
    rows = appointments(reader, today, begins, ends, client_id=client_id, status=AppointmentStatus.SCHEDULED)
    begun = [row for row in rows if row.state is State.IN_PROGRESS]
    near = [row for row in rows if row.starts_at - SOON <= now < row.ends_at]
    return next(iter([*begun, *near]), None)


def open_workout(work: Writing, opening: Opening) -> int:
    """Open a workout to be filled set by set; its number. An appointment is started with it.

    Raises NotFoundError where the program has no such day, StateError where the appointment cannot be
    started, ConflictError where its session has a workout already.
    """
    plan = _plan(work, opening)
    session_id = _begun_session(work, opening.appointment_id) if opening.appointment_id else None
    session = queries.session_facts(work.reader, session_id) if session_id else None
    if session is not None and session.workout_status is WorkoutStatus.IN_PROGRESS:
        assert session.workout is not None  # noqa: S101  it has a status
        return session.workout
    lines = plan.day.lines if plan else ()
    request = LogRequest(
        client_id=opening.client_id,
        performed_at=work.now.replace(microsecond=0),
        lines=planned_heads(lines),
        kind=session.kind if session else WorkoutKind.SOLO,
        session_id=session_id,
        trainer_id=session.trainer_id if session else None,
        program_id=plan.day.program_id if plan else None,
        day_id=plan.day.day_id if plan else None,
        week=plan.day.week if plan else None,
        title=plan.day.day_name if plan else None,
        status=WorkoutStatus.IN_PROGRESS,
        planned=planned_texts(plan.lines if plan else (), practice(work.reader).unit),
    )
    return log_workout(work, request)


def _plan(work: Writing, opening: Opening) -> PlannedWorkout | None:
    """The planned workout, with its loads as they stand today."""
    house = practice(work.reader)
    if not (opening.follows_program and house.programs):
        return None
    if opening.day is None:
        return next_workout(work.reader, opening.client_id, work.now, house, with_last=False)
    today = house.local(work.now).date()
    day = planned_day_called(work.reader, opening.client_id, today, opening.day)
    return next_workout(work.reader, opening.client_id, work.now, house, day=day, with_last=False)


def _begun_session(work: Writing, number: int) -> int | None:
    """The session of an appointment, which is started if it wasn't."""
    appointment = work.get(Appointment, number)
    session = find_session(work, appointment)
    if session is None or session.status is not SessionStatus.IN_PROGRESS:
        if appointment.status is not AppointmentStatus.COMPLETED:
            start(work, number)
        else:
            take_for(work, number, Move.START)
    session = find_session(work, appointment)
    return session.id if session else None


def _entering(work: Writing, live: Live) -> Workout:
    """The workout, if it is still going on; what is written next belongs to the change that began it.

    Raises StateError where it was finished or removed meanwhile.
    """
    try:
        workout = work.get(Workout, live.number)
    except NotFoundError:
        raise StateError(f"Workout {live.number} was removed meanwhile; nothing more is kept.") from None
    if workout.status is not WorkoutStatus.IN_PROGRESS:
        raise StateError(
            f"Workout {live.number} is {workout.status.replace('_', ' ')} meanwhile; nothing more is kept.\n"
            f"Change it: ptrack log edit {live.number}"
        )
    if live.change is not None and not is_taken_back(work.reader, live.change):
        work.continues(live.change)
    else:
        workout.edited_at = work.now  # a change of a workout's own names it
    return workout


def _line(work: Writing, line: LiveLine) -> WorkoutExercise:
    """An exercise, if it still is as it was seen: nobody passed it over or took it out in another window."""
    row = work.session.get(WorkoutExercise, line.id)
    if row is None:
        raise ConflictError(f"{line.name} was taken out in another window; nothing was saved.")
    if row.skipped_sets != line.passed:
        raise ConflictError(f"{line.name} was left in another window; nothing was saved. Look again.")
    return row


def enter_set(work: Writing, live: Live, line: LiveLine, done: DoneSet) -> None:
    """Write one set of an exercise.

    Raises StateError where the workout is over, ConflictError where the set was entered in another window.
    """
    _entering(work, live)
    row = _line(work, line)
    places = [each.position for each in line.sets]
    there = set(work.reader.values(PLACES, line=line.id))
    if there != set(places):
        raise ConflictError(f"{line.name} has other sets by now, from another window; nothing was saved.")
    row.skipped_sets, row.is_skipped = passed_with(line, done), False
    position = max(places, default=0) + 1
    figures = {name: getattr(done, name) for name in DoneSet.__slots__}
    moment = _after_the_last(work, live.number)
    work.add(WorkoutSet(workout_exercise_id=line.id, position=position, completed_at=moment, **figures))


def _after_the_last(work: Writing, number: int) -> datetime:
    """Now, or right after the last set where the clock was put back: sets keep the order of their entry."""
    last = work.reader.value(LAST_AT, workout=number)
    if last is None:
        return work.now
    return max(work.now, datetime.fromisoformat(last).replace(tzinfo=UTC) + _TICK)


LAST_AT = """
SELECT max(s.completed_at) FROM workout_exercise e JOIN workout_set s ON s.workout_exercise_id = e.id
WHERE e.workout_id = :workout"""

PLACES = "SELECT position FROM workout_set WHERE workout_exercise_id = :line"


def take_set_back(work: Writing, live: Live, line: LiveLine, position: int) -> None:
    """Remove a set; ConflictError where it is gone already."""
    _entering(work, live)
    row = work.session.get(WorkoutSet, (line.id, position))
    if row is None:
        raise ConflictError("That set was taken back in another window; nothing was changed.")
    work.delete(row)


def replace_set(work: Writing, live: Live, line: LiveLine, position: int, done: DoneSet) -> None:
    """Correct a set that was entered; when it was done stays. ConflictError where it is gone."""
    _entering(work, live)
    row = work.session.get(WorkoutSet, (line.id, position))
    if row is None:
        raise ConflictError("That set was taken back in another window; nothing was changed.")
    for name in DoneSet.__slots__:
        setattr(row, name, getattr(done, name))
    work.flush()


def pass_over(work: Writing, live: Live, line: LiveLine, passed: int | None) -> None:
    """Let so many planned sets of an exercise count as passed over; None takes that back.

    One of which every set was passed over is skipped.
    """
    _entering(work, live)
    row = _line(work, line)
    row.skipped_sets = passed
    row.is_skipped = bool(passed) and not line.sets and (passed or 0) >= len(line.targets)
    work.flush()


def note_line(work: Writing, live: Live, line: LiveLine, text: str) -> None:
    """Write a note beside an exercise, after those it has."""
    _entering(work, live)
    row = _line(work, line)
    row.notes = "; ".join(filter(None, (row.notes, text)))
    work.flush()


def add_line(work: Writing, live: Live, exercise_id: int) -> int:
    """Add an exercise at the end; the number of its row."""
    _entering(work, live)
    position = (work.reader.value(LAST_PLACE, workout=live.number) or 0) + 1
    row = work.add(WorkoutExercise(workout_id=live.number, exercise_id=exercise_id, position=position))
    assert row.id is not None  # noqa: S101  flushed
    return row.id


LAST_PLACE = "SELECT max(position) FROM workout_exercise WHERE workout_id = :workout"


def drop_line(work: Writing, live: Live, line: LiveLine) -> None:
    """Take out an exercise that was added and never done; ConflictError where it has sets by now."""
    _entering(work, live)
    row = _line(work, line)
    if work.reader.values(PLACES, line=line.id):
        raise ConflictError(f"{line.name} has sets by now, from another window; nothing was changed.")
    work.delete(row)


def discard(work: Writing, live: Live) -> None:
    """Remove a workout in which nothing was done; RuleError where something was."""
    _entering(work, live)
    if last_done(live_lines(work.reader, live.number, practice(work.reader).unit)):
        raise RuleError("Sets were entered by now; finish the workout, or leave it open.")
    remove_workout(work, live.number)


def finish(work: Writing, number: int, intensity: int | None = None) -> Finished:
    """Complete a workout and close its appointment with its credit; sets that are left count as passed over.

    It took from its beginning to its last set. Raises StateError where it is over already, RuleError where
    nothing was done.
    """
    workout = _entering(work, Live(number))
    lines = live_lines(work.reader, number, practice(work.reader).unit)
    last = last_done(lines)
    if last is None:
        raise RuleError(
            f"Nothing was done in workout {number} yet.\nTake it away: ptrack log remove {number}"
        )
    _settle(work, lines)
    done = sorted({line.exercise_id for line in lines if line.sets})
    workout.activity = usual_activity(queries.exercise_categories(work.reader, done))
    plan = _plan_of(work, workout)
    minutes = minutes_between(begun_at(workout.performed_at, lines), last[1].completed_at or work.now)
    changes = LogChanges(status=WorkoutStatus.COMPLETED, duration_min=minutes, intensity=intensity)
    edit_workout(work, number, changes)
    notices = _earned(work, workout, plan, done)
    return Finished(_close_appointment(work, workout), notices)


def _plan_of(work: Writing, workout: Workout) -> PlannedWorkout | None:
    """The planned day that a workout is, as it stands before it counts; None out of turn."""
    house = practice(work.reader)
    if workout.day_id is None:
        return None
    found = next_workout(work.reader, workout.client_id, workout.performed_at, house, with_last=False)
    is_it = found is not None and (found.day.day_id, found.day.week) == (workout.day_id, workout.week)
    return found if is_it else None


def _earned(work: Writing, workout: Workout, plan: PlannedWorkout | None, done: list[int]) -> tuple[str, ...]:
    """What the workout has made of the loads that are planned next, and of the program."""
    if plan is None:
        return ()
    house = practice(work.reader)
    after = lines_after(work.reader, plan, workout.performed_at, house)
    notices = tuple(earned_notices(plan.lines, after, done, plan.day.program_id, house.unit))
    row = program(work.reader, plan.day.program_id)
    is_completed = row.status is ProgramStatus.COMPLETED
    return (*notices, f"{row.name} is completed.") if is_completed else notices


def _settle(work: Writing, lines: Sequence[LiveLine]) -> None:
    """Count what is left of each exercise as passed over; what was added and never done goes."""
    for line in lines:
        row = work.get(WorkoutExercise, line.id)
        if not line.targets and not line.sets:
            work.delete(row)
        elif line.left:
            row.skipped_sets = (line.passed or 0) + line.left
            row.is_skipped = not line.sets
    work.flush()


APPOINTMENT_OF = "SELECT appointment_id FROM session WHERE id = :session AND status = 'in_progress'"


def _close_appointment(work: Writing, workout: Workout) -> Outcome | None:
    """Complete the appointment that the workout was done in, if it is still open."""
    if workout.session_id is None:
        return None
    number = work.reader.value(APPOINTMENT_OF, session=workout.session_id)
    return complete(work, number, Completion(force=True)) if number is not None else None
