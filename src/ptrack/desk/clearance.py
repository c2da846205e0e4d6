"""What must be clear before an appointment stands: nobody booked twice, room enough, a credit left for it."""

from collections.abc import Container, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from ptrack.clients.queries import Practice
from ptrack.clients.rules import require_active_place, require_active_trainer
from ptrack.credits.queries import Standing, standing
from ptrack.database.session import Writing
from ptrack.desk.lapse import lapse_text, paused_notice
from ptrack.errors import RuleError
from ptrack.models.practice import Client, Location, Trainer
from ptrack.scheduling.availability_queries import neighbours, room
from ptrack.scheduling.hours import hours_text, is_within, off_on, working_time
from ptrack.scheduling.hours_queries import days_off, hours_by_trainer
from ptrack.scheduling.room import Buffer, Room, is_too_full, most_at_once, present, too_close
from ptrack.scheduling.rules import Slot, clash, in_the_way, is_beyond

_NAMED = 5


class Obstacle(NamedTuple):
    """One thing that keeps an appointment from standing; `appointment` is the one in the way, if any."""

    text: str
    appointment: int | None = None


def obstacles(
    work: Writing, house: Practice, wanted: Slot, aside: Container[int] = (), party: int = 1
) -> list[Obstacle]:
    """Everything in the way of one appointment: overlaps, buffers, a place that is full.

    Those `aside` are about to move and count for nothing; `party` clients come together, of whom none is
    written yet. Raises RuleError where the trainer or the place takes no appointments any more.
    """
    _require_active(work, wanted)
    booked = [slot for slot in neighbours(work.reader, wanted) if slot.id not in aside]
    asked = room(work.reader, wanted.trainer_id, wanted.location_id)
    return [
        *(Obstacle(clash_text(work, house, wanted, slot), slot.id) for slot in in_the_way(wanted, booked)),
        *(
            Obstacle(_buffer_text(work, house, wanted, slot, buffer), slot.id)
            for slot, buffer in too_close(wanted, booked, asked)
        ),
        *_crowd(work, house, wanted, booked, asked, party),
    ]


def _require_active(work: Writing, wanted: Slot) -> None:
    trainer = work.get(Trainer, wanted.trainer_id)
    require_active_trainer(trainer.name, wanted.trainer_id, active=trainer.is_active)
    if wanted.location_id is not None:
        place = work.get(Location, wanted.location_id)
        require_active_place(place.name, wanted.location_id, active=place.is_active)


def _crowd(
    work: Writing, house: Practice, wanted: Slot, booked: Sequence[Slot], asked: Room, party: int
) -> Iterator[Obstacle]:
    """That the place would be too full; not told again where those who are there clash anyway."""
    if not is_too_full(wanted, booked, asked, party):
        return
    there = present(wanted, booked)
    if there and all(clash(wanted, slot) for slot in there):
        return
    would = most_at_once(wanted, booked) + party
    place, clients = work.get(Location, wanted.location_id).name, _clients(asked.capacity or 0)
    text = f"{place} holds {clients} at once, and {would} would be there on {_time_text(house, wanted)}"
    yield Obstacle(text, there[0].id if there else None)


def _clients(count: int) -> str:
    return f"{count} client" if count == 1 else f"{count} clients"


def outside_hours(work: Writing, house: Practice, wanted: Slot) -> list[str]:
    """What to say where an appointment is on a day off or outside its trainer's hours, if they are set."""
    begins, ends = house.local(wanted.starts_at), house.local(wanted.ends_at)
    trainer = work.get(Trainer, wanted.trainer_id).name
    offs = [row.off for row in days_off(work.reader, begins.date(), wanted.trainer_id)]
    off = off_on(begins.date(), offs, wanted.trainer_id)
    if off is not None:
        whose, why = trainer if off.trainer_id else house.name, f" ({off.reason})" if off.reason else ""
        return [f"{begins:%a} {begins.day} {begins:%b %Y} is a day off of {whose}{why}."]
    hours = hours_by_trainer(work.reader).get(wanted.trainer_id, {})
    worked = working_time(begins.date(), ends.date(), hours, offs, house.zone)
    if not hours or is_within(wanted.starts_at, wanted.ends_at, worked):
        return []
    that_day = {day: spans for day, spans in hours.items() if day == begins.weekday()}
    told = hours_text(that_day or hours)
    return [f"{begins:%a} {begins:%H:%M} to {ends:%H:%M} is outside {trainer}'s hours ({told})."]


def obstacles_text(found: Sequence[Obstacle], lead: str = "") -> str:
    """What is in the way, each thing once: one in a sentence, several in a line each, the first few of them.

    `lead` is what is said before it, without its colon.
    """
    texts = list(dict.fromkeys(obstacle.text for obstacle in found))
    if len(texts) == 1:
        return f"{lead}: {texts[0]}." if lead else f"{texts[0]}."
    more = [f"  and {len(texts) - _NAMED} more"] if len(texts) > _NAMED else []
    head = f"{lead or f'{len(texts)} things are in the way'}:"
    return "\n".join([head, *(f"  {text}" for text in texts[:_NAMED]), *more])


def in_the_way_numbers(found: Sequence[Obstacle]) -> list[str]:
    """The numbers of the appointments in the way, each once."""
    return list(dict.fromkeys(str(obstacle.appointment) for obstacle in found if obstacle.appointment))


def clash_text(work: Writing, house: Practice, wanted: Slot, slot: Slot) -> str:
    """`Maya Lind has appointment 12 with Anna Berg on Tue 24 Nov 2026, 10:00 to 11:00`."""
    client, trainer = work.get(Client, slot.client_id).name, work.get(Trainer, slot.trainer_id).name
    if slot.client_id != wanted.client_id:
        who, other = trainer, client
    else:
        who, other = client, trainer
    return f"{who} has appointment {slot.id} with {other} on {_time_text(house, slot)}"


def _buffer_text(work: Writing, house: Practice, wanted: Slot, slot: Slot, buffer: Buffer) -> str:
    """`Appointment 12 with Anna Berg on …, 10:00 to 11:00 is within the 10 min buffer of Studio Nord`."""
    client = work.get(Client, slot.client_id).name
    if buffer.is_of_place:
        whose = work.get(Location, wanted.location_id).name
    else:
        whose = work.get(Trainer, wanted.trainer_id).name
    when = _time_text(house, slot)
    return (
        f"Appointment {slot.id} with {client} on {when} is within the {buffer.minutes} min buffer of {whose}"
    )


def _time_text(house: Practice, slot: Slot) -> str:
    """`Tue 24 Nov 2026, 10:00 to 11:00`."""
    begins, ends = house.local(slot.starts_at), house.local(slot.ends_at)
    return f"{begins:%a} {begins.day} {begins:%b %Y}, {begins:%H:%M} to {ends:%H:%M}"


def afford(
    work: Writing,
    house: Practice,
    client_id: int,
    starts: Sequence[datetime],
    *,
    strict: bool,
    linked: int | None = None,
) -> list[str]:
    """See that a credit is left for each appointment on its day; where not, what to say, or a strict no.

    `linked` is the package that is to pay.
    """
    client = work.get(Client, client_id)
    notices = paused_notice(client)
    if not starts:
        return notices
    where = standing(work.reader, client_id, house.local(work.now).date())
    is_short = not where.unlimited and is_beyond(where.available, len(starts))
    told = (
        _short_text(client.name, where, len(starts))
        if is_short
        else lapse_text(work, house, client, starts, linked)
    )
    if not told:
        return notices
    if strict or house.strict_booking:
        raise RuleError(f"{told}.\nSell a package first: ptrack packages sell {client_id}")
    return [*notices, f"{told}. Booked all the same."]


def _short_text(client: str, where: Standing, wanted: int) -> str:
    """What is missing: `4 of 8 are beyond the credits of Anna Berg: 6 left, 2 reserved`."""
    if wanted > 1:
        beyond = min(wanted, wanted - (where.available or 0))
        reserved = f", {where.reserved} reserved" if where.reserved else ""
        verb = "is" if beyond == 1 else "are"
        return f"{beyond} of {wanted} {verb} beyond the credits of {client}: {where.usable} left{reserved}"
    if where.usable <= 0:
        return f"{client} has no credit left"
    return f"{client} has {where.usable} left, and {where.reserved} reserved already"
