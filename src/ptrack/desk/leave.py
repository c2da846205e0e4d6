"""Setting clients aside, taking them up again, and letting them go: what becomes of credits and bookings."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ptrack.clients.actions import move_client
from ptrack.clients.queries import practice
from ptrack.credits.queries import Booked, booked, packages, standing
from ptrack.credits.rules import resumed_expiry
from ptrack.database.session import Writing
from ptrack.errors import UsageError
from ptrack.models.packages import Package
from ptrack.models.practice import Client
from ptrack.vocabulary import ClientStatus


@dataclass(frozen=True, slots=True)
class Remains:
    """What a client who is set aside or leaves still has here: credits, sessions owed, appointments."""

    credits: int
    owed: int
    booked: tuple[Booked, ...]


class Extended(NamedTuple):
    """A package whose last day moved because of a pause."""

    package: int
    days: int
    expires_on: date


def pause(work: Writing, number: int, since: date | None = None) -> Remains:
    """Set a client aside, from today or a day gone by: their packages do not run until they are resumed."""
    today = _today(work)
    if since and since > today:
        raise UsageError(f"--from {since} has not come yet; a pause begins today or has begun.")
    move_client(work, number, ClientStatus.PAUSED, today)
    work.get(Client, number).paused_on = since or today
    work.flush()
    return _remains(work, number)


def resume(work: Writing, number: int) -> tuple[Extended, ...]:
    """Take a client up again; the packages that were good when the pause began, last longer by its days."""
    today = _today(work)
    client = work.get(Client, number)
    paused_on, client.paused_on = client.paused_on, None
    extended = _extend(work, number, paused_on, today) if paused_on else ()
    move_client(work, number, ClientStatus.ACTIVE, today)
    return extended


def churn(work: Writing, number: int, reason: str | None = None) -> Remains:
    """Note that a client has left; credits and appointments stay as they are, and are told."""
    work.get(Client, number).paused_on = None
    move_client(work, number, ClientStatus.CHURNED, _today(work), reason)
    return _remains(work, number)


def _today(work: Writing) -> date:
    return practice(work.reader).local(work.now).date()


def _remains(work: Writing, number: int) -> Remains:
    where = standing(work.reader, number, _today(work))
    return Remains(where.usable, where.owed, tuple(booked(work.reader, number, work.now)))


def _extend(work: Writing, number: int, paused_on: date, today: date) -> tuple[Extended, ...]:
    """Move the last days of the open packages that had not expired when the pause began."""
    found = []
    for row in packages(work.reader, number):
        if not row.is_open or row.expires_on is None or row.expires_on < paused_on:
            continue
        until = resumed_expiry(row.expires_on, row.sold_on, paused_on, today)
        if until != row.expires_on:
            work.get(Package, row.id).expires_on = until
            found.append(Extended(row.id, (until - row.expires_on).days, until))
    work.flush()
    return tuple(found)
