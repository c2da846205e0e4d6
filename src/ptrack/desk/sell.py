"""Selling a package: the purchase, and the sessions owed that it pays for."""

from dataclasses import dataclass
from datetime import date

from ptrack.clients.queries import Practice, practice
from ptrack.credits.actions import add_package, draw_credit, keep_worth
from ptrack.credits.queries import SETTLED, owed_sessions, package
from ptrack.credits.rules import Shape, counts_sessions, covers_session, has_expired
from ptrack.database.session import Writing
from ptrack.models.agenda import TrainingSession
from ptrack.vocabulary import SessionStatus


@dataclass(frozen=True, slots=True)
class Sale:
    """What is sold to whom; prices in cents."""

    client_id: int
    shape: Shape
    name: str | None = None
    price_cents: int | None = None
    session_value_cents: int | None = None
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Sold:
    """The package, and the sessions owed before that it has paid for, the oldest first."""

    package_id: int
    settled: tuple[int, ...]


def sell(work: Writing, sale: Sale) -> Sold:
    """Sell a package today and let it settle what the client owes."""
    house = practice(work.reader)
    number = add_package(
        work,
        sale.client_id,
        sale.shape,
        house.local(work.now).date(),
        sale.name,
        sale.price_cents,
        sale.session_value_cents,
        sale.expires_on,
    )
    owed = owed_sessions(work.reader, sale.client_id)
    return Sold(number, tuple(session for session in owed if _settle(work, house, number, session)))


def _settle(work: Writing, house: Practice, number: int, session_id: int) -> bool:
    """Pay for one session owed, if the package covers it; whether it did."""
    bought = package(work.reader, number)
    session = work.get(TrainingSession, session_id)
    day = house.local(session.starts_at).date()
    if not covers_session(bought.payer) or has_expired(bought.payer, day):
        return False
    session.package_id, session.is_charged = number, counts_sessions(bought.kind)
    if session.status is SessionStatus.COMPLETED:
        keep_worth(work, session)
    work.flush()
    if session.is_charged:
        draw_credit(work, session, SETTLED)
    return True
