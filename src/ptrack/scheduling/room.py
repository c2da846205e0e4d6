"""What room an appointment needs: minutes kept free around it, and a place that holds one client more.

Pure rules beside those of overlaps. A trainer's buffer lies between any two appointments of that trainer. A
place's buffer (to air a room, to put things back) lies between any two appointments there where the place
holds one client at a time, and else between those of the same trainer there, for a hall is not cleared
because somebody in it has finished. Where both are asked for, the longer one counts. Members of one group
need no buffer between them, but each takes a client's room. Cancelled appointments need none.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from ptrack.scheduling.rules import Slot
from ptrack.vocabulary import AppointmentStatus

LONGEST_BUFFER = timedelta(hours=4)
"""No trainer or place may keep more free than this."""


class Room(NamedTuple):
    """What a trainer and a place ask for; `capacity` None holds any number of clients at once."""

    trainer_buffer_min: int = 0
    place_buffer_min: int = 0
    capacity: int | None = None


class Buffer(NamedTuple):
    """Minutes to keep free between two appointments, and whether it is the place that asks for them."""

    minutes: int
    is_of_place: bool = False


def buffer_between(wanted: Slot, booked: Slot, room: Room) -> Buffer:
    """What must lie between two appointments; `room` is what the wanted one's trainer and place ask for."""
    if AppointmentStatus.CANCELLED in (wanted.status, booked.status):
        return Buffer(0)
    if (wanted.id is not None and wanted.id == booked.id) or _are_together(wanted, booked):
        return Buffer(0)
    same_trainer = wanted.trainer_id == booked.trainer_id
    of_trainer = room.trainer_buffer_min if same_trainer else 0
    same_place = wanted.location_id is not None and wanted.location_id == booked.location_id
    of_place = room.place_buffer_min if same_place and (same_trainer or room.capacity == 1) else 0
    return Buffer(max(of_trainer, of_place), of_place > of_trainer)


def _are_together(one: Slot, other: Slot) -> bool:
    return one.group_id is not None and one.group_id == other.group_id


def too_close(wanted: Slot, booked: Sequence[Slot], room: Room) -> list[tuple[Slot, Buffer]]:
    """The appointments beside the one wanted with less than their buffer between, the earliest first.

    Those that overlap it are no matter of buffers. A group is named once, by its first.
    """
    found: dict[int, tuple[Slot, Buffer]] = {}
    for slot in sorted(booked, key=lambda slot: (slot.starts_at, slot.id or 0)):
        buffer = buffer_between(wanted, slot, room)
        apart = max(slot.starts_at - wanted.ends_at, wanted.starts_at - slot.ends_at)
        if timedelta() <= apart < timedelta(minutes=buffer.minutes):
            found.setdefault(slot.group_id or -(slot.id or 0), (slot, buffer))
    return list(found.values())


def most_at_once(wanted: Slot, booked: Sequence[Slot]) -> int:
    """The most clients that are at the wanted one's place at any moment of it, its own not counted."""
    there = present(wanted, booked)
    return max(
        (sum(_is_there(slot, moment) for slot in there) for moment in _arrivals(wanted, there)), default=0
    )


def present(wanted: Slot, booked: Sequence[Slot]) -> list[Slot]:
    """The appointments at the same place that share time with the wanted one, the earliest first."""
    if wanted.location_id is None:
        return []
    found = [
        slot
        for slot in booked
        if slot.location_id == wanted.location_id
        and slot.status is not AppointmentStatus.CANCELLED
        and (wanted.id is None or slot.id != wanted.id)
        and slot.starts_at < wanted.ends_at
        and wanted.starts_at < slot.ends_at
    ]
    return sorted(found, key=lambda slot: (slot.starts_at, slot.id or 0))


def _arrivals(wanted: Slot, there: Sequence[Slot]) -> set[datetime]:
    """The moments at which the number of clients may be the highest: whenever one comes."""
    return {max(slot.starts_at, wanted.starts_at) for slot in there}


def _is_there(slot: Slot, moment: datetime) -> bool:
    return slot.starts_at <= moment < slot.ends_at


def is_too_full(wanted: Slot, booked: Sequence[Slot], room: Room, party: int = 1) -> bool:
    """Whether a place would hold more clients than it may with the `party` that comes."""
    return room.capacity is not None and most_at_once(wanted, booked) + party > room.capacity
