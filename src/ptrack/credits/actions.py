"""What is done with credits: entries are added to the ledger, none is ever changed."""

from datetime import date

from ptrack.credits.queries import package, payers
from ptrack.credits.rules import (
    REASONS,
    Effect,
    Shape,
    Worth,
    commission_cents,
    counts_sessions,
    paying_package,
)
from ptrack.database.session import Writing
from ptrack.errors import RuleError, StateError, UsageError
from ptrack.models.agenda import TrainingSession
from ptrack.models.ledger import CreditEntry
from ptrack.models.packages import Package
from ptrack.models.practice import Trainer
from ptrack.naming import clean
from ptrack.vocabulary import CreditReason


def _enter(
    work: Writing,
    package_id: int,
    delta: int,
    reason: CreditReason,
    session_id: int | None = None,
    note: str | None = None,
) -> None:
    work.add(
        CreditEntry(
            package_id=package_id,
            delta=delta,
            reason=reason,
            session_id=session_id,
            note=clean(note) or None if note else None,
            created_at=work.now,
        )
    )


def add_package(
    work: Writing,
    client_id: int,
    shape: Shape,
    sold_on: date,
    name: str | None = None,
    price_cents: int | None = None,
    session_value_cents: int | None = None,
    expires_on: date | None = None,
) -> int:
    """Write a package and, where it counts sessions, the entry of its purchase; the number."""
    row = work.add(
        Package(
            client_id=client_id,
            name=clean(name or "") or shape.default_name,
            kind=shape.kind,
            sessions_total=shape.sessions,
            solo_total=shape.solo,
            price_cents=price_cents,
            session_value_cents=session_value_cents,
            sold_on=sold_on,
            expires_on=expires_on,
            created_at=work.now,
        )
    )
    assert row.id is not None  # noqa: S101  flushed
    if shape.sessions:
        _enter(work, row.id, shape.sessions, CreditReason.PURCHASE)
    return row.id


def charge_session(work: Writing, session: TrainingSession, linked: int | None, day: date) -> Effect:
    """Let a session cost what its client's packages say; where none covers it, it is owed.

    `linked` is the package that the appointment names, `day` the session's local date.
    """
    payer = paying_package(linked, payers(work.reader, session.client_id), day)
    if payer is None:
        session.package_id, session.is_charged = None, True
        work.flush()
        return Effect.OWED
    session.package_id, session.is_charged = payer.id, counts_sessions(payer.kind)
    work.flush()
    if not session.is_charged:
        return Effect.RECORDED
    draw_credit(work, session)
    return Effect.DRAWN


def draw_credit(work: Writing, session: TrainingSession, note: str | None = None) -> None:
    """Take the credit of a charged session from its package."""
    assert session.package_id is not None  # noqa: S101  its package was chosen
    _enter(work, session.package_id, -1, REASONS[session.status], session.id, note)


def refund_session(work: Writing, session: TrainingSession, note: str | None = None) -> Effect:
    """Give back what a session cost, to the package that it came from; an owed one is owed no longer."""
    if not session.is_charged:
        return Effect.NONE
    session.is_charged = False
    work.flush()
    if session.package_id is None:
        return Effect.FORGIVEN
    _enter(work, session.package_id, 1, CreditReason.REFUND, session.id, note)
    return Effect.REFUNDED


def keep_worth(work: Writing, session: TrainingSession) -> None:
    """Keep on a completed session what it is worth and the trainer's share of it, at today's rate.

    A share that was kept before (a fixed one, on a session that was owed and is now settled) stays.
    """
    of = package(work.reader, session.package_id).worth if session.package_id else Worth(0)
    session.value_cents = of.value_cents
    if not session.commission_cents:
        trainer = work.get(Trainer, session.trainer_id)
        session.commission_cents = commission_cents(trainer.commission_kind, trainer.commission, of)
    work.flush()


def _open_package(work: Writing, number: int) -> Package:
    package(work.reader, number)
    row = work.get(Package, number)
    if row.closed_at is not None:
        raise StateError(f"Package {number} is closed; its ledger is at rest.")
    return row


def adjust_package(work: Writing, number: int, delta: int, note: str | None = None) -> None:
    """Add to a package's credits or take from them; never below none."""
    row = _open_package(work, number)
    if delta == 0:
        raise UsageError("An adjustment by 0 changes nothing. Give +1, -2 or the like.")
    if not counts_sessions(row.kind):
        raise RuleError(f"Package {number} is {row.kind}: it counts no sessions, so there is none to adjust.")
    left = package(work.reader, number).balance
    if left + delta < 0:
        raise RuleError(f"Package {number} has {left} left; {-delta} cannot be taken from it.")
    _enter(work, number, delta, CreditReason.ADJUSTMENT, note=note)


def close_package(work: Writing, number: int) -> int:
    """End a package; the credits that were left, written off with an entry."""
    row = _open_package(work, number)
    left = package(work.reader, number).balance
    row.closed_at = work.now
    work.flush()
    if left:
        _enter(work, number, -left, CreditReason.ADJUSTMENT, note="written off when the package was closed")
    return left
