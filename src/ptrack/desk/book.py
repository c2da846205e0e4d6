"""Booking: an appointment is agreed, or agreed anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ptrack.clients.queries import Practice, practice
from ptrack.credits.queries import Standing, payers, standing
from ptrack.credits.rules import linkable
from ptrack.database.session import Writing
from ptrack.errors import ConflictError, RuleError
from ptrack.models.agenda import Appointment
from ptrack.models.practice import Client, Trainer
from ptrack.scheduling.actions import take_for
from ptrack.scheduling.queries import neighbours
from ptrack.scheduling.rules import Move, Slot, in_the_way, is_beyond

_NAMED = 5


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
    wanted = Slot(None, booking.client_id, booking.trainer_id, booking.starts_at, booking.duration_min)
    notices = _clear(work, house, wanted, force=booking.force)
    notices += _afford(work, house, booking)
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
    )
    then = now._replace(
        trainer_id=changes.trainer_id or now.trainer_id,
        starts_at=changes.starts_at or now.starts_at,
        duration_min=changes.duration_min or now.duration_min,
    )
    notices = _clear(work, practice(work.reader), then, force=changes.force) if then != now else []
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


def _clear(work: Writing, house: Practice, wanted: Slot, *, force: bool) -> list[str]:
    """See that nothing is in the way; where it is forced, what is."""
    clashes = in_the_way(wanted, neighbours(work.reader, wanted))
    if not clashes:
        return []
    told = _clashes_text(work, house, wanted, clashes)
    if force:
        return [f"Booked all the same: {told}."]
    raise ConflictError(
        f"{told}.\nTake another time, or book it all the same: --force", [str(slot.id) for slot in clashes]
    )


def _clashes_text(work: Writing, house: Practice, wanted: Slot, clashes: Sequence[Slot]) -> str:
    told = [_clash_text(work, house, wanted, slot) for slot in clashes[:_NAMED]]
    more = len(clashes) - _NAMED
    return "; ".join(told) + (f" and {more} more" if more > 0 else "")


def _clash_text(work: Writing, house: Practice, wanted: Slot, slot: Slot) -> str:
    """`Maya Lind has appointment 12 with Anna Berg on Tue 24 Nov 2026, 10:00 to 11:00`."""
    client, trainer = work.get(Client, slot.client_id).name, work.get(Trainer, slot.trainer_id).name
    if slot.client_id != wanted.client_id:
        who, other = trainer, client
    else:
        who, other = client, trainer
    begins, ends = house.local(slot.starts_at), house.local(slot.ends_at)
    day = f"{begins:%a} {begins.day} {begins:%b %Y}"
    return f"{who} has appointment {slot.id} with {other} on {day}, {begins:%H:%M} to {ends:%H:%M}"


def _afford(work: Writing, house: Practice, booking: Booking) -> list[str]:
    """See that a credit is left for it; where none is, what to say, or the refusal of a strict practice."""
    where = standing(work.reader, booking.client_id, house.local(work.now).date())
    if where.unlimited or not is_beyond(where.available):
        return []
    told = _short_text(work.get(Client, booking.client_id).name, where)
    if booking.strict or house.strict_booking:
        raise RuleError(f"{told}.\nSell a package first: ptrack packages sell {booking.client_id}")
    return [f"{told}. Booked all the same."]


def _short_text(client: str, where: Standing) -> str:
    if where.balance <= 0:
        return f"{client} has no credit left"
    return f"{client} has {where.balance} left, and {where.reserved} reserved already"
