"""What is booked around a time, and what is free."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from ptrack.clients.queries import Practice, trainers
from ptrack.database.reading import Reader, named_list
from ptrack.scheduling.availability import Wish, free_starts
from ptrack.scheduling.hours import Hours, working_time
from ptrack.scheduling.hours_queries import days_off, offs_of
from ptrack.scheduling.queries import LONGEST
from ptrack.scheduling.room import LONGEST_BUFFER, Room
from ptrack.scheduling.rules import Slot


class Opening(NamedTuple):
    """A time at which a trainer is free."""

    starts_at: datetime
    ends_at: datetime
    duration_min: int
    trainer_id: int
    trainer: str


class Ahead(NamedTuple):
    """How many appointments are still scheduled, and when the first of them is."""

    count: int
    first: datetime | None


BOOKED_AROUND = """
SELECT a.id, a.client_id, a.trainer_id, a.starts_at, a.duration_min, a.status, a.group_id, a.location_id
FROM appointment a
WHERE a.starts_at > :earliest AND a.starts_at < :latest AND a.status <> 'cancelled'"""

AHEAD_WITH = """
SELECT count(*) AS count, min(starts_at) AS first
FROM appointment WHERE trainer_id = :trainer AND status = 'scheduled'"""

AHEAD_AT = """
SELECT count(*) AS count, min(starts_at) AS first
FROM appointment WHERE location_id = :location AND status = 'scheduled'"""

TRAINER_BUFFER = "SELECT buffer_min FROM trainer WHERE id = :trainer"

PLACE_ROOM = "SELECT buffer_min, capacity FROM location WHERE id = :location"


def booked_around(
    reader: Reader,
    begins: datetime,
    ends: datetime,
    trainer_ids: Collection[int],
    client_id: int | None,
    location_id: int | None,
) -> list[Slot]:
    """What is booked with those trainers, that client or at that place, and may reach into a time.

    Buffers reach, too.
    """
    marks, given = named_list("trainer", list(trainer_ids))
    conditions = [f"a.trainer_id IN ({marks})"]
    for column, number in (("client_id", client_id), ("location_id", location_id)):
        if number is not None:
            conditions.append(f"a.{column} = :{column}")
            given[column] = number
    return reader.rows(
        Slot,
        f"{BOOKED_AROUND} AND ({' OR '.join(conditions)})",
        earliest=begins - LONGEST - LONGEST_BUFFER,
        latest=ends + LONGEST_BUFFER,
        **given,
    )


def neighbours(reader: Reader, wanted: Slot) -> list[Slot]:
    """What is booked near an appointment: of its trainer, its client, at its place."""
    return booked_around(
        reader,
        wanted.starts_at,
        wanted.ends_at,
        (wanted.trainer_id,),
        wanted.client_id,
        wanted.location_id,
    )


def ahead_with(reader: Reader, trainer_id: int) -> Ahead:
    """What a trainer still has to do."""
    found = reader.row(Ahead, AHEAD_WITH, trainer=trainer_id)
    assert found is not None  # noqa: S101  a count is always there
    return found


def ahead_at(reader: Reader, location_id: int) -> Ahead:
    """What is still to take place somewhere."""
    found = reader.row(Ahead, AHEAD_AT, location=location_id)
    assert found is not None  # noqa: S101  a count is always there
    return found


def room(reader: Reader, trainer_id: int, location_id: int | None) -> Room:
    """What a trainer and a place ask for."""
    buffer = reader.value(TRAINER_BUFFER, trainer=trainer_id) or 0
    place: list[Any] = reader.tuples(PLACE_ROOM, {"location": location_id})
    return Room(buffer, *place[0]) if place else Room(buffer)


def openings(
    reader: Reader, house: Practice, wish: Wish, days: tuple[date, date], now: datetime, hours: Hours
) -> list[Opening]:
    """When a trainer is free on days from the first to the last, by the hours given, in order."""
    first, last = days
    offs = offs_of([row.off for row in days_off(reader, first)], wish.trainer_id)
    worked = working_time(first, last, hours, offs, house.zone)
    if not worked:
        return []
    booked = booked_around(
        reader, worked[0].begins, worked[-1].ends, (wish.trainer_id,), wish.client_id, wish.location_id
    )
    asked = room(reader, wish.trainer_id, wish.location_id)
    name = next(row.name for row in trainers(reader) if row.id == wish.trainer_id)
    return [
        Opening(start, start + wish.duration, wish.duration_min, wish.trainer_id, name)
        for start in free_starts(wish, worked, booked, asked, house.zone, now)
    ]
