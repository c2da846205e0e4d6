"""What is done to appointments and sessions as such; what it costs is the desk's business."""

from typing import Any

from ptrack.database.session import Writing
from ptrack.errors import NotFoundError, UsageError
from ptrack.models.agenda import Appointment, TrainingSession
from ptrack.scheduling.rules import Move, State, require_move, state_of
from ptrack.vocabulary import AppointmentStatus, SessionStatus

SESSION_OF = "SELECT id FROM session WHERE appointment_id = :appointment"
MEMBERS = "SELECT id FROM appointment WHERE group_id = :group ORDER BY id"
REST_OF_SERIES = """
SELECT id FROM appointment
WHERE series_id = :series AND starts_at >= :since AND status = 'scheduled'
ORDER BY starts_at, id"""
STILL_TO_COME = """
SELECT id FROM appointment WHERE status = 'scheduled' AND starts_at > :now ORDER BY starts_at, id"""


def find_appointment(work: Writing, number: int) -> Appointment:
    """The appointment to be changed."""
    try:
        return work.get(Appointment, number)
    except NotFoundError:
        raise NotFoundError(
            f"No appointment has the number {number}. See: ptrack appointments list"
        ) from None


def find_session(work: Writing, appointment: Appointment) -> TrainingSession | None:
    """The appointment's session, if it has one."""
    number = work.reader.value(SESSION_OF, appointment=appointment.id)
    return work.get(TrainingSession, number) if number is not None else None


def appointment_state(work: Writing, appointment: Appointment) -> State:
    """How the appointment stands."""
    session = find_session(work, appointment)
    in_progress = session is not None and session.status is SessionStatus.IN_PROGRESS
    return state_of(appointment.status, in_progress=in_progress)


def take_for(work: Writing, number: int, move: Move) -> Appointment:
    """The appointment, if its state allows the move; a StateError names it otherwise."""
    appointment = find_appointment(work, number)
    require_move(number, appointment_state(work, appointment), move)
    return appointment


def record_session(
    work: Writing, appointment: Appointment, status: SessionStatus, duration_min: int | None = None
) -> TrainingSession:
    """Open the appointment's session, or bring it up to date, with what the appointment says."""
    session = find_session(work, appointment)
    agreed: dict[str, Any] = {
        "client_id": appointment.client_id,
        "trainer_id": appointment.trainer_id,
        "location_id": appointment.location_id,
        "starts_at": appointment.starts_at,
        "duration_min": duration_min or appointment.duration_min,
        "status": status,
    }
    if session is None:
        return work.add(TrainingSession(appointment_id=appointment.id, **agreed))
    for key, value in agreed.items():
        setattr(session, key, value)
    work.flush()
    return session


def group_members(work: Writing, group: int) -> list[Appointment]:
    """The appointments of a group, cancelled ones among them; NotFoundError where there is no such group."""
    found = [work.get(Appointment, number) for number in work.reader.values(MEMBERS, group=group)]
    if not found:
        raise NotFoundError(
            f"No group has the number {group}.\n"
            "Make one: ptrack appointments add \"anna,ben\" 'tue 10:00'; list them: ptrack appointments list"
        )
    return found


def open_members(work: Writing, appointment: Appointment) -> list[Appointment]:
    """Those of the appointment's group that are still scheduled; UsageError where it is none of a group."""
    if appointment.group_id is None:
        raise UsageError(f"Appointment {appointment.id} is one client's alone; it has no group.")
    members = group_members(work, appointment.group_id)
    return [member for member in members if member.status is AppointmentStatus.SCHEDULED]


def rest_of_series(work: Writing, appointment: Appointment) -> list[Appointment]:
    """What is still scheduled of the appointment's series from it on; UsageError where it is in none."""
    if appointment.series_id is None:
        raise UsageError(f"Appointment {appointment.id} is in no series; leave out --following.")
    numbers = work.reader.values(REST_OF_SERIES, series=appointment.series_id, since=appointment.starts_at)
    return [work.get(Appointment, number) for number in numbers]


def still_to_come(work: Writing) -> list[Appointment]:
    """Every appointment that is scheduled and has not begun, the next one first."""
    return [work.get(Appointment, number) for number in work.reader.values(STILL_TO_COME, now=work.now)]
