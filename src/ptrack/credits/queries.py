"""Packages, the ledger and where clients stand, as frozen rows."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ptrack.clients.queries import Practice
from ptrack.credits.rules import (
    Claim,
    Entry,
    Payer,
    SoloSide,
    Worth,
    clock_day,
    counts_sessions,
    has_expired,
    solo_used,
    worth,
)
from ptrack.database.reading import Reader
from ptrack.errors import NotFoundError, RuleError
from ptrack.naming import Named
from ptrack.vocabulary import CreditReason, PackageKind, SessionStatus

SETTLED = "owed until this sale"
"""The ledger's note on a credit that a sale took for a session owed before; others begin like it."""


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
    voided_at: datetime | None
    source: int | None
    paused_on: date | None
    balance: int
    drawn: int

    @property
    def is_open(self) -> bool:
        """Whether it can pay at all: neither closed nor, its sale undone, taken back."""
        return self.closed_at is None and self.voided_at is None

    def is_past(self, today: date) -> bool:
        """Whether its last day is over; while its client is paused, the days don't count."""
        return has_expired(self.payer, clock_day(today, self.paused_on))

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
        return Payer(self.id, self.kind, self.balance, self.sold_on, self.expires_on, self.is_open)


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
    starts_at: datetime | None


class Owed(NamedTuple):
    """A session that no package has paid for."""

    id: int
    starts_at: datetime
    status: SessionStatus


class Booked(NamedTuple):
    """An appointment still to come."""

    id: int
    starts_at: datetime


class Standing(NamedTuple):
    """Where a client stands: credits left, sessions owed, appointments still to come out of the credits.

    `expired` of the credits are past their last day and not written off yet.
    """

    balance: int
    owed: int
    reserved: int
    unlimited: int
    expired: int = 0

    @property
    def usable(self) -> int:
        """Credits left that have not expired."""
        return self.balance - self.expired

    @property
    def is_unlimited(self) -> bool:
        """Whether the client trains on a package without limit, and no credits are counted."""
        return self.unlimited > 0 and self.usable == 0

    @property
    def remaining(self) -> int | None:
        """Credits left, None where none are counted."""
        return None if self.is_unlimited else self.balance

    @property
    def available(self) -> int | None:
        """Credits left that no appointment has reserved, None where none are counted."""
        return None if self.is_unlimited else self.usable - self.reserved


class SessionCredit(NamedTuple):
    """What a session did to the ledger: `remaining` is its package's balance, `entry` its newest entry."""

    deducted: bool
    package: int | None
    remaining: int | None
    owed: bool
    entry: int | None = None


class _Performed(NamedTuple):
    performed_at: datetime


class _Claimed(NamedTuple):
    starts_at: datetime
    package_id: int | None


class _SessionLedger(NamedTuple):
    package_id: int | None
    kind: PackageKind | None
    is_charged: bool
    drawn: int
    balance: int
    entry: int | None


PACKAGE_COLUMNS = """
       p.id, p.client_id, c.name AS client, p.name, p.kind, p.sessions_total, p.solo_total, p.price_cents,
       p.session_value_cents, p.sold_on, p.expires_on, p.closed_at, p.voided_at,
       p.source_package_id AS source, c.paused_on"""

PACKAGES = f"""
SELECT {PACKAGE_COLUMNS}, coalesce(sum(e.delta), 0) AS balance,
       coalesce(sum(CASE WHEN e.session_id IS NOT NULL THEN -e.delta ELSE 0 END), 0) AS drawn
FROM package p
JOIN client c ON c.id = p.client_id
LEFT JOIN credit_entry e ON e.package_id = p.id"""
PACKAGES_END = " GROUP BY p.id, c.id ORDER BY p.id"

ALL_PACKAGES = f"""
SELECT {PACKAGE_COLUMNS}, coalesce(b.balance, 0) AS balance,
       coalesce(g.given, 0) - coalesce(b.balance, 0) AS drawn
FROM package p
JOIN client c ON c.id = p.client_id
LEFT JOIN (SELECT package_id, sum(delta) AS balance FROM credit_entry
           GROUP BY package_id) b ON b.package_id = p.id
LEFT JOIN (SELECT package_id, sum(delta) AS given FROM credit_entry WHERE session_id IS NULL
           GROUP BY package_id) g ON g.package_id = p.id
WHERE c.removed_at IS NULL"""
"""The same of everybody, off the indexes alone: what sessions drew is what was given less what is left."""

ALL_PACKAGES_END = " ORDER BY p.id"

SETTLEMENTS = """
SELECT e.package_id, e.session_id
FROM package p JOIN credit_entry e ON e.package_id = p.id
WHERE e.note LIKE 'owed until %' AND e.session_id IS NOT NULL AND e.delta < 0"""
SETTLEMENTS_END = " ORDER BY e.id"

LEDGER = """
SELECT e.id, e.package_id AS package, p.name AS package_name, e.delta, e.reason, e.session_id AS session,
       sum(e.delta) OVER (ORDER BY e.id) AS balance, e.note, e.created_at, s.starts_at
FROM package p JOIN credit_entry e ON e.package_id = p.id LEFT JOIN session s ON s.id = e.session_id
WHERE p.client_id = :client"""
LEDGER_END = " ORDER BY e.id"

STANDING_COLUMNS = """
       (SELECT coalesce(sum(e.delta), 0) FROM package p JOIN credit_entry e ON e.package_id = p.id
        WHERE p.client_id = c.id) AS balance,
       (SELECT count(*) FROM session o
        WHERE o.client_id = c.id AND o.is_charged AND o.package_id IS NULL) AS owed,
       (SELECT count(*) FROM appointment r
        WHERE r.client_id = c.id AND r.status = 'scheduled') AS reserved,
       (SELECT count(*) FROM package u
        WHERE u.client_id = c.id AND u.kind = 'unlimited' AND u.closed_at IS NULL AND u.voided_at IS NULL
        AND (u.expires_on IS NULL OR u.expires_on >= :today)) AS unlimited,
       (SELECT coalesce(sum(x.delta), 0)
        FROM package g JOIN client k ON k.id = g.client_id JOIN credit_entry x ON x.package_id = g.id
        WHERE g.client_id = c.id AND g.expires_on < coalesce(k.paused_on, :today)) AS expired"""
"""Where a client `c` stands; every page that shows credits asks with these columns."""

STANDING = f"SELECT {STANDING_COLUMNS} FROM client c WHERE c.id = :client"

SESSION_LEDGER = """
SELECT s.package_id, p.kind, s.is_charged,
       (SELECT coalesce(-sum(e.delta), 0) FROM credit_entry e WHERE e.session_id = s.id) AS drawn,
       (SELECT coalesce(sum(b.delta), 0) FROM credit_entry b WHERE b.package_id = s.package_id) AS balance,
       (SELECT max(n.id) FROM credit_entry n WHERE n.session_id = s.id) AS entry
FROM session s LEFT JOIN package p ON p.id = s.package_id
WHERE s.id = :session"""

SOLO_WORKOUTS = """
SELECT w.performed_at FROM workout w
WHERE w.client_id = :client AND w.kind = 'solo' AND w.status = 'completed'"""

HAS_PACKAGE = "SELECT 1 FROM package WHERE client_id = :client AND voided_at IS NULL LIMIT 1"

OWED = """
SELECT s.id, s.starts_at, s.status FROM session s
WHERE s.client_id = :client AND s.is_charged AND s.package_id IS NULL
ORDER BY s.starts_at, s.id"""

CLAIMS = """
SELECT a.starts_at, a.package_id FROM appointment a
WHERE a.client_id = :client AND a.status = 'scheduled'"""

LINKED = """
SELECT a.id, a.starts_at FROM appointment a
WHERE a.package_id = :package AND a.status = 'scheduled' ORDER BY a.starts_at, a.id"""

BOOKED = """
SELECT a.id, a.starts_at FROM appointment a
WHERE a.client_id = :client AND a.status = 'scheduled' AND a.starts_at >= :now
ORDER BY a.starts_at, a.id"""

NEWEST_FIRST = """
SELECT e.delta, e.reason, e.note FROM credit_entry e WHERE e.package_id = :package ORDER BY e.id DESC"""


def packages(
    reader: Reader, client_id: int | None = None, *, with_taken_back: bool = False
) -> list[PackageRow]:
    """Every package, or one client's, in the order they were sold; those taken back only where asked for.

    Without a client those of removed ones are left out.
    """
    condition = "" if with_taken_back else " AND p.voided_at IS NULL"
    if client_id is None:
        return reader.rows(PackageRow, ALL_PACKAGES + condition + ALL_PACKAGES_END)
    text = f"{PACKAGES} WHERE p.client_id = :client{condition}{PACKAGES_END}"
    return reader.rows(PackageRow, text, client=client_id)


def package(reader: Reader, number: int) -> PackageRow:
    """One package by number."""
    found = reader.row(PackageRow, f"{PACKAGES} WHERE p.id = :package{PACKAGES_END}", package=number)
    if found is None:
        raise NotFoundError(f"No package has the number {number}. See: ptrack packages list")
    return found


def package_of(reader: Reader, number: int, client: Named) -> PackageRow:
    """One package by number, if it is that client's."""
    found = package(reader, number)
    if found.client_id != client.id:
        raise RuleError(f"Package {number} is {found.client}'s, none of {client.name}'s.")
    return found


def settlements(reader: Reader, client_id: int | None = None) -> dict[int, list[int]]:
    """The sessions that each package's sale paid for after the fact, by package."""
    condition = "" if client_id is None else " AND p.client_id = :client"
    given = {} if client_id is None else {"client": client_id}
    found: dict[int, list[int]] = {}
    for number, session in reader.tuples(f"{SETTLEMENTS}{condition}{SETTLEMENTS_END}", given):
        sessions = found.setdefault(number, [])
        if session not in sessions:
            sessions.append(session)
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


def ledger(reader: Reader, client_id: int, package_id: int | None = None) -> list[LedgerRow]:
    """A client's ledger over all packages, or one of them, the first entry first."""
    if package_id is None:
        return reader.rows(LedgerRow, LEDGER + LEDGER_END, client=client_id)
    text = f"{LEDGER} AND p.id = :package{LEDGER_END}"
    return reader.rows(LedgerRow, text, client=client_id, package=package_id)


def entries(reader: Reader, package_id: int) -> list[Entry]:
    """A package's entries, the newest first."""
    return reader.rows(Entry, NEWEST_FIRST, package=package_id)


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
        entry=found.entry,
    )


def has_package(reader: Reader, client_id: int) -> bool:
    """Whether a client ever bought a package that was not taken back."""
    return reader.value(HAS_PACKAGE, client=client_id) is not None


def owed_sessions(reader: Reader, client_id: int) -> list[Owed]:
    """The sessions that no package has paid for, the oldest first."""
    return reader.rows(Owed, OWED, client=client_id)


def claims(reader: Reader, client_id: int, house: Practice) -> list[Claim]:
    """The appointments still to come, as they will claim credits."""
    rows = reader.rows(_Claimed, CLAIMS, client=client_id)
    return [Claim(house.local(row.starts_at).date(), row.package_id) for row in rows]


def booked(reader: Reader, client_id: int, now: datetime) -> list[Booked]:
    """A client's appointments still to come, the next one first."""
    return reader.rows(Booked, BOOKED, client=client_id, now=now)


def linked(reader: Reader, package_id: int) -> list[Booked]:
    """The appointments still to come that name a package to pay, the next one first."""
    return reader.rows(Booked, LINKED, package=package_id)
