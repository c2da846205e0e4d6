"""Handing credits on from one client to another."""

from dataclasses import dataclass

from ptrack.clients.queries import Practice, practice
from ptrack.credits.actions import enter, open_package
from ptrack.credits.queries import PackageRow, package
from ptrack.credits.rules import counts_sessions, resumed_expiry, share_of_price
from ptrack.database.session import Writing
from ptrack.desk.sell import require_training, settle_owed
from ptrack.errors import RuleError, StateError
from ptrack.models.packages import Package
from ptrack.vocabulary import CreditReason, PackageKind

SETTLED = "owed until this transfer"


@dataclass(frozen=True, slots=True)
class Transferred:
    """How many credits went from where to which new package, the entries of both, what they settled."""

    credits: int
    source_id: int
    package_id: int
    entries: tuple[int, int]
    settled: tuple[int, ...]


def transfer(
    work: Writing, number: int, client_id: int, sessions: int | None = None, note: str | None = None
) -> Transferred:
    """Move credits, all that are left unless told, to a new package of another client.

    A session keeps its worth and the package its last day; what the other client owes is settled. Raises
    StateError and RuleError where the package or the client does not allow it; then nothing is written.
    """
    open_package(work, number)
    house = practice(work.reader)
    source = package(work.reader, number)
    count = _movable(work, house, source, sessions)
    if client_id == source.client_id:
        raise RuleError(f"Package {number} is {source.client}'s already.")
    require_training(work, client_id)
    target = _new_package(work, house, source, client_id, count)
    entries = (
        enter(work, number, -count, CreditReason.TRANSFER, note=note),
        enter(work, target, count, CreditReason.TRANSFER, note=note),
    )
    return Transferred(count, number, target, entries, settle_owed(work, house, target, SETTLED))


def _movable(work: Writing, house: Practice, source: PackageRow, wanted: int | None) -> int:
    """How many credits are to go; refused where the package cannot give them."""
    if not counts_sessions(source.kind):
        raise RuleError(f"Package {source.id} is {source.kind}: it counts no sessions, so none can go.")
    if source.is_past(house.local(work.now).date()):
        raise StateError(
            f"Package {source.id} expired on {source.expires_on}.\n"
            f"Extend it first: ptrack packages edit {source.id} --expires DATE"
        )
    if source.balance < max(wanted or 1, 1):
        raise RuleError(f"Package {source.id} has {source.balance} left; {wanted or 'none'} cannot go.")
    return wanted or source.balance


def _new_package(work: Writing, house: Practice, source: PackageRow, client_id: int, count: int) -> int:
    """The receiver's package: no sale, so it says where it came from and counts as no income."""
    today = house.local(work.now).date()
    expires_on = source.expires_on
    if expires_on and source.paused_on:
        expires_on = resumed_expiry(expires_on, source.sold_on, source.paused_on, today)
    row = work.add(
        Package(
            client_id=client_id,
            name="1 session, transferred" if count == 1 else f"{count} sessions, transferred",
            kind=PackageKind.SESSIONS,
            sessions_total=count,
            price_cents=share_of_price(source.price_cents, source.sessions_total or 1, count),
            sold_on=today,
            expires_on=expires_on,
            source_package_id=source.id,
            created_at=work.now,
        )
    )
    assert row.id is not None  # noqa: S101  flushed
    return row.id
