"""What must be clear before an appointment stands: nobody booked twice, a credit left for it."""

from collections.abc import Sequence

from ptrack.clients.queries import Practice
from ptrack.credits.queries import Standing, standing
from ptrack.database.session import Writing
from ptrack.errors import ConflictError, RuleError
from ptrack.models.practice import Client, Trainer
from ptrack.scheduling.queries import neighbours
from ptrack.scheduling.rules import Slot, in_the_way, is_beyond

_NAMED = 5


def clear(work: Writing, house: Practice, wanted: Slot, *, force: bool) -> list[str]:
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
    told = [clash_text(work, house, wanted, slot) for slot in clashes[:_NAMED]]
    more = len(clashes) - _NAMED
    return "; ".join(told) + (f" and {more} more" if more > 0 else "")


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


def afford(work: Writing, house: Practice, client_id: int, *, strict: bool) -> list[str]:
    """See that a credit is left for it; where none is, what to say, or the refusal of a strict practice."""
    where = standing(work.reader, client_id, house.local(work.now).date())
    if where.unlimited or not is_beyond(where.available):
        return []
    told = _short_text(work.get(Client, client_id).name, where)
    if strict or house.strict_booking:
        raise RuleError(f"{told}.\nSell a package first: ptrack packages sell {client_id}")
    return [f"{told}. Booked all the same."]


def _short_text(client: str, where: Standing) -> str:
    if where.balance <= 0:
        return f"{client} has no credit left"
    return f"{client} has {where.balance} left, and {where.reserved} reserved already"
