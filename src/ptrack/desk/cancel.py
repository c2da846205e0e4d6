"""Calling it off, not turning up, and letting somebody off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ptrack.clients.queries import Practice, practice
from ptrack.credits.actions import refund_session
from ptrack.credits.rules import Effect
from ptrack.database.session import Writing
from ptrack.desk.afterwards import follow_session
from ptrack.desk.complete import Outcome, charge
from ptrack.desk.correspondence import follow
from ptrack.desk.log import part_from_session, remove_workout
from ptrack.errors import StateError
from ptrack.models.agenda import Appointment
from ptrack.naming import clean
from ptrack.scheduling.actions import find_appointment, find_session, record_session, take_for
from ptrack.scheduling.rules import (
    CancelledBy,
    Move,
    cancellation_costs,
    decided,
    is_late,
    policy_charges,
    why_cancelled,
    why_no_show,
)
from ptrack.vocabulary import AppointmentStatus, SessionStatus, WorkoutStatus
from ptrack.workouts.queries import has_sets, session_facts

LATE = "This is a late cancellation"
ABSENT = "This is a no-show"


@dataclass(frozen=True, slots=True)
class Cancellation:
    """Who calls it off and why; `charge` is what somebody said about the credit, None where nobody did.

    With `is_silent` the client is not told.
    """

    by: CancelledBy = CancelledBy.CLIENT
    charge: bool | None = None
    reason: str | None = None
    is_silent: bool = False


def cost_of_cancelling(
    house: Practice, starts_at: datetime, now: datetime, cancellation: Cancellation
) -> bool | None:
    """Whether calling it off now costs a credit; None where somebody must say."""
    late = is_late(starts_at, now, house.late_cancel_hours)
    return cancellation_costs(
        cancellation.by, late=late, policy=house.late_cancel_charges, said=cancellation.charge
    )


def cancel(work: Writing, number: int, cancellation: Cancellation) -> Outcome:
    """Call an appointment off; a charged one leaves a session with that status."""
    return cancel_each(work, [number], cancellation)[0]


def cancel_each(work: Writing, numbers: Sequence[int], cancellation: Cancellation) -> list[Outcome]:
    """Call several appointments off, which is one message to each client."""
    outcomes = [_cancel(work, number, cancellation) for number in numbers]
    follow(work, numbers, is_silent=cancellation.is_silent)
    return outcomes


def _cancel(work: Writing, number: int, cancellation: Cancellation) -> Outcome:
    appointment = take_for(work, number, Move.CANCEL)
    house = practice(work.reader)
    costs = cost_of_cancelling(house, appointment.starts_at, work.now, cancellation)
    charged = decided(costs, LATE, "--charge or --no-charge")
    _give_up_workout(work, appointment)
    appointment.status = AppointmentStatus.CANCELLED
    appointment.cancelled_by = cancellation.by.value
    appointment.is_late = cancellation.by is CancelledBy.CLIENT and is_late(
        appointment.starts_at, work.now, house.late_cancel_hours
    )
    appointment.reason = clean(cancellation.reason or "") or None
    work.flush()
    if charged or find_session(work, appointment):
        record_session(work, appointment, SessionStatus.CANCELLED)
    why = why_cancelled(
        cancellation.by,
        appointment.starts_at,
        work.now,
        house.late_cancel_hours,
        charged=charged,
        said=cancellation.charge,
    )
    return Outcome(number, _charge(work, appointment) if charged else Effect.NONE, why=why)


def record_no_show(work: Writing, number: int, said: bool | None = None) -> Outcome:
    """Record that the client did not come; `said` overrides the policy on what that costs."""
    appointment = take_for(work, number, Move.NO_SHOW)
    costs = policy_charges(practice(work.reader).no_show_charges, said)
    charged = decided(costs, ABSENT, "--charge or --waive")
    _give_up_workout(work, appointment)
    appointment.status = AppointmentStatus.NO_SHOW
    record_session(work, appointment, SessionStatus.NO_SHOW)
    follow(work, (number,))
    why = why_no_show(charged=charged, said=said)
    return Outcome(number, _charge(work, appointment) if charged else Effect.NONE, why=why)


def _charge(work: Writing, appointment: Appointment) -> Effect:
    """Let an absence cost its credit, and its client know where few are left."""
    effect = charge(work, appointment)
    session = find_session(work, appointment)
    follow_session(work, session.id if session is not None else None)
    return effect


def _give_up_workout(work: Writing, appointment: Appointment) -> None:
    """Remove the workout that was opened for a session which did not take place; one that was done stays.

    One that has sets already becomes the client's own.
    """
    session = find_session(work, appointment)
    if session is None or session.id is None:
        return
    facts = session_facts(work.reader, session.id)
    if facts.workout is None:
        return
    if facts.workout_status is not WorkoutStatus.IN_PROGRESS:
        raise StateError(
            f"appointment {appointment.id} holds workout {facts.workout}, which was done in it\n"
            f"If it was not: ptrack log remove {facts.workout}"
        )
    if has_sets(work.reader, facts.workout):
        part_from_session(work, facts.workout)
    else:
        remove_workout(work, facts.workout)


def waive(work: Writing, number: int, note: str | None = None) -> Outcome:
    """Let the client off a charge: the credit returns, the status stays."""
    appointment = find_appointment(work, number)
    session = find_session(work, appointment)
    if session is None or not session.is_charged:
        raise StateError(f"appointment {number} costs no credit; there is nothing to be waived")
    if note and session.package_id is None:
        session.notes = "; ".join(filter(None, (session.notes, clean(note))))
    why = f"Waived: {clean(note)}." if note and clean(note) else "Waived: the client is let off."
    effect = refund_session(work, session, note or "waived")
    follow_session(work, session.id)
    return Outcome(number, effect, why=why)
