"""Completing: the session that took place, its credit, its worth, its workout, in one transaction."""

from dataclasses import dataclass
from datetime import date, timedelta

from ptrack.clients.queries import practice
from ptrack.credits.actions import charge_session, keep_worth, refund_session
from ptrack.credits.queries import session_credit
from ptrack.credits.rules import Effect
from ptrack.database.reading import Reader
from ptrack.database.session import Writing
from ptrack.desk.afterwards import follow_session
from ptrack.desk.correspondence import follow
from ptrack.feedback.tokens import revoke_of_session
from ptrack.models.agenda import Appointment, TrainingSession
from ptrack.models.logbook import Workout
from ptrack.scheduling import queries
from ptrack.scheduling.actions import find_session, record_session, take_for
from ptrack.scheduling.rules import Move, require_begun
from ptrack.scheduling.views import Moved
from ptrack.vocabulary import AppointmentStatus, SessionStatus, Validation, WorkoutKind
from ptrack.workouts.live_queries import open_workouts_of
from ptrack.workouts.queries import session_facts

AROUND = timedelta(hours=1)
"""A workout that was begun so long before a session, or after it, may still be that session's."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an appointment, and of the client's credits; `why` is what decided that."""

    appointment_id: int
    effect: Effect = Effect.NONE
    notices: tuple[str, ...] = ()
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Completion:
    """How long it took, where that differs from what was agreed, and what was done in it, as notation.

    `create` makes unknown exercises custom ones, `force` completes ahead of time.
    """

    duration_min: int | None = None
    log: str | None = None
    create: bool = False
    force: bool = False


def became(reader: Reader, outcome: Outcome, today: date) -> Moved:
    """An appointment as it stands after a move, its session, and what the ledger says."""
    row = queries.appointment(reader, outcome.appointment_id, today)
    session = queries.session(reader, row.session) if row.session is not None else None
    credit = session_credit(reader, row.session) if row.session is not None else None
    return Moved(row, outcome.effect, outcome.why, session, credit)


def start(work: Writing, number: int) -> Outcome:
    """Open the session of an appointment that begins."""
    appointment = take_for(work, number, Move.START)
    record_session(work, appointment, SessionStatus.IN_PROGRESS)
    follow(work, (number,))
    return Outcome(number)


def complete(work: Writing, number: int, completion: Completion) -> Outcome:
    """Record that it took place: the session, its credit, the trainer's share, and the workout.

    Without a log it is the workout that the client has open since about that time, or else the next one of
    their program is opened, to be filled. Raises StateError where it
    cannot be completed, RuleError ahead of time, and what logging raises; then nothing is written.
    """
    appointment = take_for(work, number, Move.COMPLETE)
    require_begun(number, appointment.starts_at, work.now, force=completion.force)
    session = record_session(work, appointment, SessionStatus.COMPLETED, completion.duration_min)
    appointment.status = AppointmentStatus.COMPLETED
    effect = charge(work, appointment)
    keep_worth(work, session)
    notices = _record_workout(work, session, completion)
    follow(work, (number,))
    follow_session(work, session.id)
    return Outcome(number, effect, notices, "The session took place.")


def _record_workout(work: Writing, session: TrainingSession, completion: Completion) -> tuple[str, ...]:
    """Log the session's workout, or open the planned one; what is worth saying about it."""
    from ptrack.desk.entry import Entry, enter
    from ptrack.desk.log import open_planned

    assert session.id is not None  # noqa: S101  flushed
    if completion.log is not None:
        entry = Entry(session.client_id, completion.log, session_id=session.id, create=completion.create)
        return enter(work, entry).notices
    if session_facts(work.reader, session.id).workout is not None:
        return ()
    if taken := _take_open_workout(work, session):
        return (f"Workout {taken}, which is open, is its workout now. Go on: ptrack log resume {taken}",)
    if practice(work.reader).programs:
        open_planned(
            work,
            session.client_id,
            session_id=session.id,
            trainer_id=session.trainer_id,
            performed_at=session.starts_at,
            duration_min=session.duration_min,
        )
    return ()


def _take_open_workout(work: Writing, session: TrainingSession) -> int | None:
    """Make a solo workout that the client began live about the session's time the session's; its number."""
    house = practice(work.reader)
    ends = session.starts_at + timedelta(minutes=session.duration_min)
    for row in open_workouts_of(work.reader, session.client_id):
        is_then = session.starts_at - AROUND <= row.performed_at <= ends + AROUND
        is_that_day = house.local(row.performed_at).date() == house.local(session.starts_at).date()
        if row.kind is WorkoutKind.SOLO and row.session is None and is_then and is_that_day:
            workout = work.get(Workout, row.id)
            workout.kind, workout.session_id = WorkoutKind.TRAINER_LED, session.id
            workout.trainer_id = session.trainer_id
            work.flush()
            return row.id
    return None


def charge(work: Writing, appointment: Appointment) -> Effect:
    """Let the appointment's session cost its credit."""
    session = find_session(work, appointment)
    assert session is not None  # noqa: S101  recorded before it is charged
    day = practice(work.reader).local(session.starts_at).date()
    return charge_session(work, session, appointment.package_id, day)


def reopen(work: Writing, number: int) -> Outcome:
    """Take a completion back: the credit returns, the share is taken back, the session is in progress again.

    A workout logged in the session stays with it: it was done.
    """
    appointment = take_for(work, number, Move.REOPEN)
    session = find_session(work, appointment)
    assert session is not None  # noqa: S101  a completed appointment has one
    appointment.status = AppointmentStatus.SCHEDULED
    session.status = SessionStatus.IN_PROGRESS
    session.validation, session.validated_at = Validation.PENDING, None
    session.value_cents = session.commission_cents = 0
    effect = refund_session(work, session, "reopened")
    revoke_of_session(work.reader.connection, session.id, work.now)
    follow_session(work, session.id)
    return Outcome(number, effect, why="Reopened: what the completion took is given back.")
