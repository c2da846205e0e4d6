"""Credits that will be gone by the day of an appointment, and clients who are set aside."""

from collections.abc import Sequence
from datetime import datetime

from ptrack.clients.queries import Practice
from ptrack.credits.queries import claims, payers
from ptrack.credits.rules import Claim, lost_before, uncovered
from ptrack.database.session import Writing
from ptrack.models.practice import Client
from ptrack.vocabulary import ClientStatus


def paused_notice(client: Client) -> list[str]:
    """That a client who is to be booked is paused."""
    if client.status is not ClientStatus.PAUSED:
        return []
    day = client.paused_on
    since = f" since {day:%a} {day.day} {day:%b %Y}" if day else ""
    return [f"{client.name} is paused{since}. To take them up again: ptrack clients resume {client.id}"]


def lapse_text(
    work: Writing, house: Practice, client: Client, starts: Sequence[datetime], linked: int | None = None
) -> str:
    """Which credits expire before the appointments that want them; empty where none that are needed do.

    `Anna Berg: the 3 left expire on Mon 30 Nov 2026, before that day`. A paused client's don't run.
    """
    if client.paused_on is not None or client.id is None:
        return ""
    today = house.local(work.now).date()
    packages, booked = payers(work.reader, client.id), claims(work.reader, client.id, house)
    wanted = [Claim(house.local(start).date(), linked) for start in starts]
    missing = uncovered(packages, [*booked, *wanted]) - uncovered(packages, booked)
    lost = lost_before(packages, today, max(claim.day for claim in wanted)) if missing > 0 else None
    if lost is None:
        return ""
    count, last = lost
    on = f"{last:%a} {last.day} {last:%b %Y}"
    expire = f"the {count} left expire{'s' if count == 1 else ''} on {on}"
    if len(wanted) == 1:
        return f"{client.name}: {expire}, before that day"
    return f"{client.name}: {expire}, before {missing} of these {len(wanted)}"
