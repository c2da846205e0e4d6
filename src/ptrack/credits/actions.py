"""What is done with credits: entries are added to the ledger, none is ever changed."""

from dataclasses import dataclass
from datetime import date

from ptrack.clients.queries import practice
from ptrack.clients.rules import required_name
from ptrack.credits.queries import entries, package, payers
from ptrack.credits.rules import (
    REASONS,
    REOPENED,
    RESTORED,
    WRITTEN_OFF,
    Effect,
    Shape,
    Worth,
    clock_day,
    commission_cents,
    counts_sessions,
    expired_out,
    paying_package,
    refund_effect,
    written_off,
)
from ptrack.database.session import Writing
from ptrack.errors import RuleError, StateError, UsageError
from ptrack.models.agenda import TrainingSession
from ptrack.models.ledger import CreditEntry
from ptrack.models.packages import Package
from ptrack.models.practice import Client, Trainer
from ptrack.naming import clean
from ptrack.vocabulary import CreditReason, PackageKind


@dataclass(frozen=True, slots=True)
class PackageChanges:
    """What is to be different about a package; None leaves a thing as it is, `never` takes its last day."""

    name: str | None = None
    price_cents: int | None = None
    session_value_cents: int | None = None
    expires_on: date | None = None
    never: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """Credits that came to a package or went from it, with the number of the entry, None where none did."""

    credits: int = 0
    entry: int | None = None


def enter(
    work: Writing,
    package_id: int,
    delta: int,
    reason: CreditReason,
    session_id: int | None = None,
    note: str | None = None,
) -> int:
    """Write an entry into the ledger; its number."""
    row = work.add(
        CreditEntry(
            package_id=package_id,
            delta=delta,
            reason=reason,
            session_id=session_id,
            note=clean(note) or None if note else None,
            created_at=work.now,
        )
    )
    assert row.id is not None  # noqa: S101  flushed
    return row.id


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
        enter(work, row.id, shape.sessions, CreditReason.PURCHASE)
    return row.id


def charge_session(work: Writing, session: TrainingSession, linked: int | None, day: date) -> Effect:
    """Let a session cost what its client's packages say; where none covers it, it is owed.

    `linked` is the package that the appointment names, `day` the session's local date.
    """
    counted_on = clock_day(day, work.get(Client, session.client_id).paused_on)
    payer = paying_package(linked, payers(work.reader, session.client_id), counted_on)
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
    enter(work, session.package_id, -1, REASONS[session.status], session.id, note)


def refund_session(work: Writing, session: TrainingSession, note: str | None = None) -> Effect:
    """Give back what a session cost, to the package that it came from; an owed one is owed no longer.

    The package may have been closed or have expired since: the credit returns to it all the same.
    """
    if not session.is_charged:
        return Effect.NONE
    session.is_charged = False
    work.flush()
    if session.package_id is None:
        return Effect.FORGIVEN
    enter(work, session.package_id, 1, CreditReason.REFUND, session.id, note)
    paid = package(work.reader, session.package_id)
    today = practice(work.reader).local(work.now).date()
    return refund_effect(paid.payer, clock_day(today, paid.paused_on))


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


def package_to_change(work: Writing, number: int) -> Package:
    """A package that is there to be changed; one whose sale was undone is not."""
    package(work.reader, number)
    row = work.get(Package, number)
    if row.voided_at is not None:
        raise StateError(f"Package {number} was taken back; its ledger is at rest.")
    return row


def open_package(work: Writing, number: int) -> Package:
    """A package that is open, closed and taken back ones being refused."""
    row = package_to_change(work, number)
    if row.closed_at is not None:
        raise StateError(
            f"Package {number} is closed; its ledger is at rest.\n"
            f"To open it again: ptrack packages reopen {number}"
        )
    return row


def adjust_package(work: Writing, number: int, delta: int, note: str | None = None) -> int:
    """Add to a package's credits or take from them, never below none; the entry's number."""
    row = open_package(work, number)
    if delta == 0:
        raise UsageError("An adjustment by 0 changes nothing. Give +1, -2 or the like.")
    if not counts_sessions(row.kind):
        raise RuleError(f"Package {number} is {row.kind}: it counts no sessions, so there is none to adjust.")
    left = package(work.reader, number).balance
    if left + delta < 0:
        raise RuleError(f"Package {number} has {left} left; {-delta} cannot be taken from it.")
    return enter(work, number, delta, CreditReason.ADJUSTMENT, note=note)


def expire_package(work: Writing, number: int) -> int:
    """Write off what is left on a package past its last day; the entry's number."""
    return enter(work, number, -package(work.reader, number).balance, CreditReason.EXPIRY)


def edit_package(work: Writing, number: int, changes: PackageChanges) -> Moved:
    """Change a package's name, price or last day; credits that expired come back where it is good again.

    Sessions completed before keep the worth that they were completed with.
    """
    row = open_package(work, number)
    if changes.session_value_cents is not None and row.kind is not PackageKind.UNLIMITED:
        raise UsageError("--session-value is for an unlimited package; of others the price tells it.")
    if changes.name is not None:
        row.name = required_name(changes.name, "package")
    for key in ("price_cents", "session_value_cents", "expires_on"):
        if (value := getattr(changes, key)) is not None:
            setattr(row, key, value)
    if changes.never:
        row.expires_on = None
    work.flush()
    return _restore(work, number)


def _restore(work: Writing, number: int) -> Moved:
    """Give back the credits that a package lost when it expired, if it is good today."""
    found = package(work.reader, number)
    lost = expired_out(entries(work.reader, number))
    if not lost or found.is_past(practice(work.reader).local(work.now).date()):
        return Moved()
    return Moved(lost, enter(work, number, lost, CreditReason.ADJUSTMENT, note=RESTORED))


def close_package(work: Writing, number: int) -> Moved:
    """End a package; the credits that were left, written off with an entry."""
    row = open_package(work, number)
    left = package(work.reader, number).balance
    row.closed_at = work.now
    work.flush()
    if not left:
        return Moved()
    return Moved(left, enter(work, number, -left, CreditReason.ADJUSTMENT, note=WRITTEN_OFF))


def reopen_package(work: Writing, number: int) -> Moved:
    """Open a closed package again; the credits that were written off then come back with an entry."""
    row = package_to_change(work, number)
    if row.closed_at is None:
        raise StateError(f"Package {number} is not closed; there is nothing to reopen.")
    row.closed_at = None
    work.flush()
    given_up = written_off(entries(work.reader, number))
    if not given_up:
        return Moved()
    return Moved(given_up, enter(work, number, given_up, CreditReason.ADJUSTMENT, note=REOPENED))
