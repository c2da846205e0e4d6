"""What is said of a session afterwards: the client confirms or disputes it, or it never took place."""

from dataclasses import dataclass
from datetime import datetime

from ptrack.credits.actions import refund_session
from ptrack.credits.queries import SessionCredit, session_credit
from ptrack.credits.rules import Effect
from ptrack.database.session import Writing
from ptrack.desk.afterwards import follow_session
from ptrack.desk.correspondence import follow
from ptrack.desk.log import part_from_session, remove_workout
from ptrack.errors import NotFoundError, StateError
from ptrack.feedback.actions import remove_feedback
from ptrack.feedback.tokens import revoke_of_session
from ptrack.models.agenda import Appointment, TrainingSession
from ptrack.naming import clean
from ptrack.scheduling.queries import SessionRow, session
from ptrack.scheduling.rules import CancelledBy
from ptrack.vocabulary import AppointmentStatus, SessionStatus, Validation, WorkoutStatus
from ptrack.workouts.queries import has_sets

DELETED = "session deleted"
_STATES = {
    SessionStatus.IN_PROGRESS: "in progress",
    SessionStatus.NO_SHOW: "a no-show",
    SessionStatus.CANCELLED: "cancelled",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """What a session's validation was before, and when it had been given."""

    before: Validation
    validated_at: datetime | None


@dataclass(frozen=True, slots=True)
class Deletion:
    """What deleting a session does besides: to its credit, its workout, its appointment.

    `workout` is None where there is none; it `stays` as a solo one unless it goes with the session.
    """

    row: SessionRow
    workout: int | None
    workout_stays: bool
    appointment: int | None
    reopens: bool


def validate(work: Writing, number: int) -> Judged:
    """Record that the client confirms a completed session; one that was disputed before may be."""
    return _judge(work, number, Validation.VALIDATED)


def dispute(work: Writing, number: int, reason: str | None = None) -> Judged:
    """Record that the client denies a completed session; the reason is kept in its notes."""
    judged = _judge(work, number, Validation.DISPUTED)
    if reason and clean(reason):
        found = work.get(TrainingSession, number)
        found.notes = "; ".join(filter(None, (found.notes, f"disputed: {clean(reason)}")))
        work.flush()
    return judged


def _judge(work: Writing, number: int, verdict: Validation) -> Judged:
    found = _find(work, number)
    if found.status is not SessionStatus.COMPLETED:
        raise StateError(
            f"session {number} is {_STATES[found.status]}; only a completed one can be {verdict.value}"
        )
    if found.validation is verdict:
        raise StateError(f"session {number} is {verdict.value} already")
    judged = Judged(found.validation, found.validated_at)
    found.validation = verdict
    found.validated_at = work.now if verdict is Validation.VALIDATED else None
    follow_session(work, number)
    return judged


def _find(work: Writing, number: int) -> TrainingSession:
    try:
        return work.get(TrainingSession, number)
    except NotFoundError:
        raise NotFoundError(f"No session has the number {number}. See: ptrack sessions list") from None


@dataclass(frozen=True, slots=True)
class Deleted:
    """What became of the client's credits, and how the session's stood at its end."""

    effect: Effect
    credit: SessionCredit


def deletion_of(row: SessionRow, *, with_workout: bool = False, is_begun: bool = False) -> Deletion:
    """What deleting a session would do; StateError for one that holds what an absence cost.

    A workout opened for it and never filled goes in any case; one `is_begun` that has sets already.
    """
    if row.status in (SessionStatus.NO_SHOW, SessionStatus.CANCELLED):
        raise StateError(
            f"session {row.id} is {_STATES[row.status]}: it holds what that cost, and stays"
            + (f"\nTo give the credit back: ptrack appointments waive {row.appointment}" if row.drawn else "")
        )
    is_empty = row.workout_status is WorkoutStatus.IN_PROGRESS and not is_begun
    stays = not is_empty and not with_workout
    return Deletion(row, row.workout, stays, row.appointment, row.status is SessionStatus.IN_PROGRESS)


def delete(work: Writing, number: int, *, with_workout: bool = False) -> Deleted:
    """Remove a session that did not take place; its credit returns, the trainer's share is taken back.

    The workout, which was done, stays as a solo one unless it is to go. The appointment becomes cancelled by
    the trainer, that of a session only begun is scheduled again.
    """
    row = session(work.reader, number)
    is_begun = has_sets(work.reader, row.workout)
    planned = deletion_of(row, with_workout=with_workout, is_begun=is_begun)
    found = _find(work, number)
    effect = refund_session(work, found, DELETED)
    credit = session_credit(work.reader, number)
    if planned.workout is not None:
        _part_with(work, planned.workout, stays=planned.workout_stays)
    if planned.appointment is not None and not planned.reopens:
        appointment = work.get(Appointment, planned.appointment)
        appointment.status = AppointmentStatus.CANCELLED
        appointment.cancelled_by, appointment.reason = CancelledBy.TRAINER.value, DELETED
        work.flush()
    remove_feedback(work, number)
    revoke_of_session(work.reader.connection, number, work.now)
    work.delete(found)
    follow_session(work, number)
    if planned.appointment is not None:
        follow(work, (planned.appointment,), announces=False)
    return Deleted(effect, credit)


def _part_with(work: Writing, number: int, *, stays: bool) -> None:
    """Let a workout go with its session, or make it one of the client's own."""
    if stays:
        part_from_session(work, number)
    else:
        remove_workout(work, number)
