"""What is booked around a time, and what is free."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from ptrack.clients.queries import Practice, TrainerRow, locations
from ptrack.clients.rules import require_active_place, require_active_trainer
from ptrack.database.reading import Reader, named_list
from ptrack.errors import RuleError
from ptrack.scheduling.availability import STEP_MIN, Wish, remaining, starts_in
from ptrack.scheduling.hours import Hours, Interval, working_time
from ptrack.scheduling.hours_queries import days_off, hours_by_trainer, offs_of
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

    number: int
    first: datetime | None


class _Start(NamedTuple):
    starts_at: datetime


BOOKED_AROUND = """
SELECT a.id, a.client_id, a.trainer_id, a.starts_at, a.duration_min, a.status, a.group_id, a.location_id
FROM appointment a
WHERE a.starts_at > :earliest AND a.starts_at < :latest AND a.status <> 'cancelled'"""

AHEAD_WITH = """
SELECT count(*) AS number, min(starts_at) AS first
FROM appointment WHERE trainer_id = :trainer AND status = 'scheduled'"""

AHEAD_AT = """
SELECT count(*) AS number, min(starts_at) AS first
FROM appointment WHERE location_id = :location AND status = 'scheduled'"""

CLIENT_STARTS = """
SELECT starts_at FROM appointment
WHERE client_id = :client AND starts_at >= :since AND status IN ('scheduled', 'completed')
ORDER BY starts_at"""

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


class Search(NamedTuple):
    """What free times are looked for: on which days, from when on, with whom, how long, for whom, where.

    `step_min` lies between two starts.
    """

    first_day: date
    last_day: date
    now: datetime
    trainers: Sequence[TrainerRow]
    duration_min: int = 60
    step_min: int = STEP_MIN
    client_id: int | None = None
    location_id: int | None = None

    def wish(self, trainer_id: int) -> Wish:
        """It, with a certain trainer."""
        return Wish(trainer_id, self.duration_min, self.client_id, self.location_id, self.step_min)


def openings(reader: Reader, house: Practice, search: Search) -> list[Opening]:
    """The free times of each trainer whose hours are set, in order.

    Raises RuleError where none has hours, or a trainer or the place is no longer in use.
    """
    for trainer in search.trainers:
        require_active_trainer(trainer.name, trainer.id, active=trainer.is_active)
    for place in locations(reader):
        if place.id == search.location_id:
            require_active_place(place.name, place.id, active=place.is_active)
    hours = hours_by_trainer(reader)
    if not any(trainer.id in hours for trainer in search.trainers):
        raise _without_hours(search.trainers)
    days = (search.first_day, search.last_day)
    found = [
        Opening(start, start + wish.duration, wish.duration_min, trainer.id, trainer.name)
        for trainer in search.trainers
        if trainer.id in hours
        for wish in (search.wish(trainer.id),)
        for interval in free_time(reader, house, wish, days, hours[trainer.id])
        for start in starts_in(interval, wish, house.zone)
        if start >= search.now
    ]
    return sorted(found, key=lambda opening: (opening.starts_at, opening.trainer_id))


def _without_hours(asked: Sequence[TrainerRow]) -> RuleError:
    first = asked[0]
    told = f"{first.name} has no working hours yet" if len(asked) == 1 else "No trainer has working hours yet"
    return RuleError(f"{told}.\nSet them: ptrack trainers hours {first.id} 'mon-fri 9-17, sat 9-12:30'")


def without_hours(reader: Reader, asked: Sequence[TrainerRow]) -> list[str]:
    """The names of those whose hours are not set, so that nobody knows when they are free."""
    hours = hours_by_trainer(reader)
    return [trainer.name for trainer in asked if trainer.id not in hours]


def free_time(
    reader: Reader, house: Practice, wish: Wish, days: tuple[date, date], hours: Hours
) -> list[Interval]:
    """The time on days from the first to the last that is left for an appointment, by the hours given."""
    first_day, last_day = days
    offs = offs_of([row.off for row in days_off(reader, first_day)], wish.trainer_id)
    worked = working_time(first_day, last_day, hours, offs, house.zone)
    if not worked:
        return []
    begins, ends = worked[0].begins, worked[-1].ends
    booked = booked_around(reader, begins, ends, (wish.trainer_id,), wish.client_id, wish.location_id)
    return remaining(wish, worked, booked, room(reader, wish.trainer_id, wish.location_id))


def client_starts(reader: Reader, client_id: int, since: datetime) -> list[datetime]:
    """When a client came or is to come, from an instant on, in order."""
    return [row.starts_at for row in reader.rows(_Start, CLIENT_STARTS, client=client_id, since=since)]
