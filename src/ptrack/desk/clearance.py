"""What must be clear before an appointment stands: nobody booked twice, a credit left for it."""

from collections.abc import Container, Sequence
from typing import NamedTuple

from ptrack.clients.queries import Practice
from ptrack.credits.queries import Standing, standing
from ptrack.database.session import Writing
from ptrack.errors import ConflictError, RuleError
from ptrack.models.practice import Client, Trainer
from ptrack.scheduling.queries import neighbours
from ptrack.scheduling.rules import Slot, in_the_way, is_beyond

_NAMED = 5


class Obstacle(NamedTuple):
    """One thing that keeps an appointment from standing; `appointment` is the one in the way, if any."""

    text: str
    appointment: int | None = None


def obstacles(work: Writing, house: Practice, wanted: Slot, aside: Container[int] = ()) -> list[Obstacle]:
    """Everything in the way of one appointment; those `aside` are about to move and count for nothing."""
    clashes = in_the_way(wanted, neighbours(work.reader, wanted))
    return [
        Obstacle(clash_text(work, house, wanted, slot), slot.id) for slot in clashes if slot.id not in aside
    ]


def clear(
    work: Writing, house: Practice, wanted: Slot, *, force: bool, aside: Container[int] = ()
) -> list[str]:
    """See that nothing is in the way; where it is forced, what is."""
    found = obstacles(work, house, wanted, aside)
    if not found:
        return []
    told = obstacles_text(found)
    if force:
        return [f"Booked all the same: {told}."]
    raise ConflictError(
        f"{told}.\nTake another time, or book it all the same: --force", in_the_way_numbers(found)
    )


def obstacles_text(found: Sequence[Obstacle]) -> str:
    """What is in the way, each once, the first few in full."""
    texts = list(dict.fromkeys(obstacle.text for obstacle in found))
    more = len(texts) - _NAMED
    return "; ".join(texts[:_NAMED]) + (f" and {more} more" if more > 0 else "")


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
    begins, ends = house.local(slot.starts_at), house.local(slot.ends_at)
    day = f"{begins:%a} {begins.day} {begins:%b %Y}"
    return f"{who} has appointment {slot.id} with {other} on {day}, {begins:%H:%M} to {ends:%H:%M}"


def afford(work: Writing, house: Practice, client_id: int, *, strict: bool, wanted: int = 1) -> list[str]:
    """See that a credit is left for each of those wanted; where not, what to say, or a strict refusal."""
    where = standing(work.reader, client_id, house.local(work.now).date())
    if where.unlimited or not is_beyond(where.available, wanted):
        return []
    told = _short_text(work.get(Client, client_id).name, where, wanted)
    if strict or house.strict_booking:
        raise RuleError(f"{told}.\nSell a package first: ptrack packages sell {client_id}")
    return [f"{told}. Booked all the same."]


def _short_text(client: str, where: Standing, wanted: int) -> str:
    """What is missing: `4 of 8 are beyond the credits of Anna Berg: 6 left, 2 reserved`."""
    if wanted > 1:
        beyond = min(wanted, wanted - (where.available or 0))
        reserved = f", {where.reserved} reserved" if where.reserved else ""
        verb = "is" if beyond == 1 else "are"
        return f"{beyond} of {wanted} {verb} beyond the credits of {client}: {where.balance} left{reserved}"
    if where.balance <= 0:
        return f"{client} has no credit left"
    return f"{client} has {where.balance} left, and {where.reserved} reserved already"
