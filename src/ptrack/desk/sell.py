"""Selling a package: the purchase, and the sessions owed that it pays for."""

from dataclasses import dataclass
from datetime import date

from ptrack.clients.queries import Practice, practice
from ptrack.credits.actions import add_package, draw_credit, keep_worth
from ptrack.credits.queries import SETTLED, owed_sessions, package
from ptrack.credits.rules import Shape, clock_day, counts_sessions, covers_session, has_expired
from ptrack.database.session import Writing
from ptrack.errors import StateError, UsageError
from ptrack.models.agenda import TrainingSession
from ptrack.models.practice import Client
from ptrack.vocabulary import ClientStatus, SessionStatus


@dataclass(frozen=True, slots=True)
class Sale:
    """What is sold to whom; prices in cents, `sold_on` None for today."""

    client_id: int
    shape: Shape
    name: str | None = None
    price_cents: int | None = None
    session_value_cents: int | None = None
    expires_on: date | None = None
    sold_on: date | None = None


@dataclass(frozen=True, slots=True)
class Sold:
    """The package, and the sessions owed before that it has paid for, the oldest first."""

    package_id: int
    settled: tuple[int, ...]


def sell(work: Writing, sale: Sale) -> Sold:
    """Sell a package, today or on a day gone by, and let it settle what the client owes."""
    house = practice(work.reader)
    today = house.local(work.now).date()
    sold_on = sale.sold_on or today
    if sold_on > today:
        raise UsageError(f"--sold {sold_on} has not come yet; a package is sold today or was before.")
    require_there(work, sale.client_id)
    number = add_package(
        work,
        sale.client_id,
        sale.shape,
        sold_on,
        sale.name,
        sale.price_cents,
        sale.session_value_cents,
        sale.expires_on,
    )
    return Sold(number, settle_owed(work, house, number))


def require_there(work: Writing, client_id: int) -> Client:
    """The client who is to have a package; one who was removed can have none."""
    client = work.get(Client, client_id)
    if client.removed_at is not None:
        raise StateError(f"{client.name} was removed.")
    return client


def require_training(work: Writing, client_id: int) -> Client:
    """The client who is to have credits from another; one who has left can have none."""
    client = require_there(work, client_id)
    if client.status is ClientStatus.CHURNED:
        raise StateError(
            f"{client.name} has left.\nTake them up again first: ptrack clients resume {client_id}"
        )
    return client


def settle_owed(work: Writing, house: Practice, number: int, note: str = SETTLED) -> tuple[int, ...]:
    """Let a package pay for what its client owes, the oldest first; the sessions that it paid for."""
    owed = owed_sessions(work.reader, package(work.reader, number).client_id)
    return tuple(row.id for row in owed if _settle(work, house, number, row.id, note))


def _settle(work: Writing, house: Practice, number: int, session_id: int, note: str) -> bool:
    """Pay for one session owed, if the package covers it; whether it did."""
    bought = package(work.reader, number)
    session = work.get(TrainingSession, session_id)
    day = clock_day(house.local(session.starts_at).date(), bought.paused_on)
    if not covers_session(bought.payer) or has_expired(bought.payer, day):
        return False
    session.package_id, session.is_charged = number, counts_sessions(bought.kind)
    if session.status is SessionStatus.COMPLETED:
        keep_worth(work, session)
    work.flush()
    if session.is_charged:
        draw_credit(work, session, note)
    return True
