"""Booking: an appointment is agreed, or agreed anew."""

from dataclasses import dataclass
from datetime import datetime

from ptrack.clients.queries import practice
from ptrack.credits.queries import payers
from ptrack.credits.rules import linkable
from ptrack.database.session import Writing
from ptrack.desk.clearance import afford, clear
from ptrack.models.agenda import Appointment
from ptrack.models.practice import Client
from ptrack.scheduling.actions import take_for
from ptrack.scheduling.rules import Move, Slot


@dataclass(frozen=True, slots=True)
class Booking:
    """What is agreed: who, when (UTC), how long, where; `package_id` where a certain one is to pay."""

    client_id: int
    trainer_id: int
    starts_at: datetime
    duration_min: int = 60
    location_id: int | None = None
    package_id: int | None = None
    notes: str | None = None
    force: bool = False
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """What is agreed anew; None leaves a thing as it is."""

    starts_at: datetime | None = None
    duration_min: int | None = None
    trainer_id: int | None = None
    location_id: int | None = None
    package_id: int | None = None
    notes: str | None = None
    force: bool = False


@dataclass(frozen=True, slots=True)
class Booked:
    """The appointment's number, and what is worth saying about it."""

    appointment_id: int
    notices: tuple[str, ...] = ()


def book(work: Writing, booking: Booking) -> Booked:
    """Write an appointment.

    Raises ConflictError where trainer or client have another at that time (unless forced), RuleError where
    a strict practice finds no credit left for it.
    """
    house = practice(work.reader)
    _check_link(work, booking.client_id, booking.package_id)
    wanted = Slot(
        None,
        booking.client_id,
        booking.trainer_id,
        booking.starts_at,
        booking.duration_min,
        location_id=booking.location_id,
    )
    notices = clear(work, house, wanted, force=booking.force)
    notices += afford(work, house, booking.client_id, strict=booking.strict)
    row = work.add(
        Appointment(
            client_id=booking.client_id,
            trainer_id=booking.trainer_id,
            location_id=booking.location_id,
            package_id=booking.package_id,
            starts_at=booking.starts_at,
            duration_min=booking.duration_min,
            notes=booking.notes or None,
            created_at=work.now,
        )
    )
    assert row.id is not None  # noqa: S101  flushed
    return Booked(row.id, tuple(notices))


def rebook(work: Writing, number: int, changes: Changes) -> Booked:
    """Change an appointment that is still scheduled; `sequence` counts changes of time and place."""
    appointment = take_for(work, number, Move.EDIT)
    _check_link(work, appointment.client_id, changes.package_id)
    now = Slot(
        number,
        appointment.client_id,
        appointment.trainer_id,
        appointment.starts_at,
        appointment.duration_min,
        group_id=appointment.group_id,
        location_id=appointment.location_id,
    )
    then = now._replace(
        trainer_id=changes.trainer_id or now.trainer_id,
        starts_at=changes.starts_at or now.starts_at,
        duration_min=changes.duration_min or now.duration_min,
        location_id=changes.location_id or now.location_id,
    )
    notices = clear(work, practice(work.reader), then, force=changes.force) if then != now else []
    _apply(appointment, then, changes)
    work.flush()
    return Booked(number, tuple(notices))


def _apply(appointment: Appointment, then: Slot, changes: Changes) -> None:
    before = (appointment.starts_at, appointment.duration_min, appointment.location_id)
    appointment.trainer_id = then.trainer_id
    appointment.starts_at, appointment.duration_min = then.starts_at, then.duration_min
    appointment.location_id = changes.location_id or appointment.location_id
    appointment.package_id = changes.package_id or appointment.package_id
    if changes.notes is not None:
        appointment.notes = changes.notes or None
    if before != (appointment.starts_at, appointment.duration_min, appointment.location_id):
        appointment.sequence += 1


def _check_link(work: Writing, client_id: int, package_id: int | None) -> None:
    if package_id is None:
        return
    found = [payer for payer in payers(work.reader, client_id) if payer.id == package_id]
    linkable(found[0] if found else None, package_id, work.get(Client, client_id).name)
