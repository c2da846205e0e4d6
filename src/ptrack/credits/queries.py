"""Packages, the ledger and where clients stand, as frozen rows."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ptrack.credits.rules import Payer, SoloSide, Worth, counts_sessions, solo_used, worth
from ptrack.database.reading import Reader
from ptrack.errors import NotFoundError
from ptrack.vocabulary import CreditReason, PackageKind

SETTLED = "owed until this sale"
"""The ledger's note on a credit that a sale took for a session owed before."""


class PackageRow(NamedTuple):
    """A package as listed; `balance` and `drawn` are sums of its ledger."""

    id: int
    client_id: int
    client: str
    name: str
    kind: PackageKind
    sessions_total: int | None
    solo_total: int | None
    price_cents: int | None
    session_value_cents: int | None
    sold_on: date
    expires_on: date | None
    closed_at: datetime | None
    balance: int
    drawn: int

    @property
    def remaining(self) -> int | None:
        """Credits left; None where none are counted."""
        return self.balance if counts_sessions(self.kind) else None

    @property
    def used(self) -> int | None:
        """Deductions less refunds; None where none are counted."""
        return self.drawn if counts_sessions(self.kind) else None

    @property
    def total(self) -> int | None:
        """Used and remaining together; None where none are counted."""
        return self.drawn + self.balance if counts_sessions(self.kind) else None

    @property
    def worth(self) -> Worth:
        """What one of its sessions is worth."""
        return worth(self.kind, self.price_cents, self.sessions_total, self.session_value_cents)

    @property
    def payer(self) -> Payer:
        """The package as the choice of the one that pays sees it."""
        is_open = self.closed_at is None
        return Payer(self.id, self.kind, self.balance, self.sold_on, self.expires_on, is_open)


class LedgerRow(NamedTuple):
    """An entry of a client's ledger, with the balance of all packages after it."""

    id: int
    package: int
    package_name: str
    delta: int
    reason: CreditReason
    session: int | None
    balance: int
    note: str | None
    created_at: datetime


class Standing(NamedTuple):
    """Where a client stands: credits left, sessions owed, appointments still to come out of the credits."""

    balance: int
    owed: int
    reserved: int
    unlimited: int

    @property
    def is_unlimited(self) -> bool:
        """Whether the client trains on a package without limit, and no credits are counted."""
        return self.unlimited > 0 and self.balance == 0

    @property
    def remaining(self) -> int | None:
        """Credits left, None where none are counted."""
        return None if self.is_unlimited else self.balance

    @property
    def available(self) -> int | None:
        """Credits left that no appointment has reserved, None where none are counted."""
        return None if self.is_unlimited else self.balance - self.reserved


class SessionCredit(NamedTuple):
    """What a session did to the ledger: `remaining` is the balance of its package."""

    deducted: bool
    package: int | None
    remaining: int | None
    owed: bool


class _Performed(NamedTuple):
    performed_at: datetime


class _SessionLedger(NamedTuple):
    package_id: int | None
    kind: PackageKind | None
    is_charged: bool
    drawn: int
    balance: int


PACKAGES = """
SELECT p.id, p.client_id, c.name AS client, p.name, p.kind, p.sessions_total, p.solo_total, p.price_cents,
       p.session_value_cents, p.sold_on, p.expires_on, p.closed_at, coalesce(sum(e.delta), 0) AS balance,
       coalesce(sum(CASE WHEN e.session_id IS NOT NULL THEN -e.delta ELSE 0 END), 0) AS drawn
FROM package p
JOIN client c ON c.id = p.client_id
LEFT JOIN credit_entry e ON e.package_id = p.id"""
PACKAGES_END = " GROUP BY p.id, c.id ORDER BY p.id"

SETTLEMENTS = """
SELECT e.package_id, e.session_id
FROM package p JOIN credit_entry e ON e.package_id = p.id
WHERE e.note = :note AND e.session_id IS NOT NULL"""
SETTLEMENTS_END = " ORDER BY e.id"

LEDGER = """
SELECT e.id, e.package_id AS package, p.name AS package_name, e.delta, e.reason, e.session_id AS session,
       sum(e.delta) OVER (ORDER BY e.id) AS balance, e.note, e.created_at
FROM package p JOIN credit_entry e ON e.package_id = p.id
WHERE p.client_id = :client
ORDER BY e.id"""

STANDING_COLUMNS = """
       (SELECT coalesce(sum(e.delta), 0) FROM package p JOIN credit_entry e ON e.package_id = p.id
        WHERE p.client_id = c.id) AS balance,
       (SELECT count(*) FROM session o
        WHERE o.client_id = c.id AND o.is_charged AND o.package_id IS NULL) AS owed,
       (SELECT count(*) FROM appointment r
        WHERE r.client_id = c.id AND r.status = 'scheduled') AS reserved,
       (SELECT count(*) FROM package u
        WHERE u.client_id = c.id AND u.kind = 'unlimited' AND u.closed_at IS NULL
        AND (u.expires_on IS NULL OR u.expires_on >= :today)) AS unlimited"""
"""Where a client `c` stands; every page that shows credits asks with these columns."""

STANDING = f"SELECT {STANDING_COLUMNS} FROM client c WHERE c.id = :client"

SESSION_LEDGER = """
SELECT s.package_id, p.kind, s.is_charged,
       (SELECT coalesce(-sum(e.delta), 0) FROM credit_entry e WHERE e.session_id = s.id) AS drawn,
       (SELECT coalesce(sum(b.delta), 0) FROM credit_entry b WHERE b.package_id = s.package_id) AS balance
FROM session s LEFT JOIN package p ON p.id = s.package_id
WHERE s.id = :session"""

SOLO_WORKOUTS = """
SELECT w.performed_at FROM workout w
WHERE w.client_id = :client AND w.kind = 'solo' AND w.status = 'completed'"""

OWED = """
SELECT s.id FROM session s
WHERE s.client_id = :client AND s.is_charged AND s.package_id IS NULL
ORDER BY s.starts_at, s.id"""


def packages(reader: Reader, client_id: int | None = None) -> list[PackageRow]:
    """Every package, or one client's, in the order they were sold."""
    if client_id is None:
        return reader.rows(PackageRow, PACKAGES + PACKAGES_END)
    return reader.rows(PackageRow, f"{PACKAGES} WHERE p.client_id = :client{PACKAGES_END}", client=client_id)


def package(reader: Reader, number: int) -> PackageRow:
    """One package by number."""
    found = reader.row(PackageRow, f"{PACKAGES} WHERE p.id = :package{PACKAGES_END}", package=number)
    if found is None:
        raise NotFoundError(f"No package has the number {number}. See: ptrack packages list")
    return found


def settlements(reader: Reader, client_id: int | None = None) -> dict[int, list[int]]:
    """The sessions that each package's sale paid for after the fact, by package."""
    condition = "" if client_id is None else " AND p.client_id = :client"
    given = {} if client_id is None else {"client": client_id}
    found: dict[int, list[int]] = {}
    for number, session in reader.tuples(f"{SETTLEMENTS}{condition}{SETTLEMENTS_END}", given, note=SETTLED):
        found.setdefault(number, []).append(session)
    return found


def solo_workouts(reader: Reader, rows: Sequence[PackageRow], zone: ZoneInfo) -> dict[int, int]:
    """How many solo workouts each hybrid package among `rows` has seen.

    `rows` must hold all packages of the clients in it; days are those of the practice's zone.
    """
    sides: dict[int, list[SoloSide]] = {}
    for row in rows:
        if row.solo_total:
            side = SoloSide(row.id, row.solo_total, row.sold_on, row.expires_on)
            sides.setdefault(row.client_id, []).append(side)
    found: dict[int, int] = {}
    for client, packages_of in sides.items():
        done = reader.rows(_Performed, SOLO_WORKOUTS, client=client)
        found |= solo_used(packages_of, [row.performed_at.astimezone(zone).date() for row in done])
    return found


def payers(reader: Reader, client_id: int) -> list[Payer]:
    """A client's packages as the choice of the one that pays sees them."""
    return [row.payer for row in packages(reader, client_id)]


def ledger(reader: Reader, client_id: int) -> list[LedgerRow]:
    """A client's ledger over all packages, the first entry first."""
    return reader.rows(LedgerRow, LEDGER, client=client_id)


def standing(reader: Reader, client_id: int, today: date) -> Standing:
    """Where a client stands; `today` is the practice's."""
    found = reader.row(Standing, STANDING, client=client_id, today=today)
    assert found is not None  # noqa: S101  numbers come from resolving names
    return found


def session_credit(reader: Reader, session_id: int) -> SessionCredit:
    """What a session cost, read from the ledger."""
    found = reader.row(_SessionLedger, SESSION_LEDGER, session=session_id)
    assert found is not None  # noqa: S101  asked of sessions that are there
    is_counted = found.kind is not None and counts_sessions(found.kind)
    return SessionCredit(
        deducted=found.drawn > 0,
        package=found.package_id,
        remaining=found.balance if is_counted else None,
        owed=found.is_charged and found.package_id is None,
    )


def owed_sessions(reader: Reader, client_id: int) -> list[int]:
    """The sessions that no package has paid for, the oldest first."""
    return reader.values(OWED, client=client_id)
