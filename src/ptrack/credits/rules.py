"""What is decided about credits: what a sale is, which package pays, what a session is worth."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from ptrack.errors import RuleError, UsageError
from ptrack.moments import LATEST, read_day
from ptrack.vocabulary import CommissionKind, CreditReason, PackageKind, SessionStatus

_PRICE = re.compile(r"(\d{1,7})(?:[.,](\d{1,2}))?")
_WHOLE_PERCENT = 10_000
_SPAN = r"(?:\+\s*|in\s+)?(\d{1,4})\s*(d|days?|w|weeks?|m|mo|months?|y|years?)"

RESTORED = "back, for the package was extended"
WRITTEN_OFF = "written off when the package was closed"
REOPENED = "back, for the package was reopened"
"""The ledger's notes on credits that go and come with a package's last day and its closing."""

PACE_DAYS = 56
"""The days up to today from which the present pace is taken."""
FEWEST = 2
"""Sessions below which there is no pace to speak of."""

REASONS = {
    SessionStatus.COMPLETED: CreditReason.SESSION,
    SessionStatus.NO_SHOW: CreditReason.NO_SHOW,
    SessionStatus.CANCELLED: CreditReason.LATE_CANCEL,
}
"""Why a session of that status costs a credit."""


class Effect(StrEnum):
    """What a change did to the client's credits."""

    NONE = "none"
    DRAWN = "drawn"
    OWED = "owed"
    RECORDED = "recorded"
    REFUNDED = "refunded"
    REFUNDED_CLOSED = "refunded_closed"
    REFUNDED_EXPIRED = "refunded_expired"
    FORGIVEN = "forgiven"


class Shape(NamedTuple):
    """What a package holds: trainer-led sessions and solo workouts, None where they are not counted."""

    kind: PackageKind
    sessions: int | None = None
    solo: int | None = None

    @property
    def default_name(self) -> str:
        """What it is called where nobody says otherwise."""
        if self.sessions is None:
            return self.kind.value.capitalize()
        sessions = "1 session" if self.sessions == 1 else f"{self.sessions} sessions"
        return f"{sessions} + {self.solo} solo" if self.solo else sessions


class Payer(NamedTuple):
    """A package as the choice of the one that pays sees it."""

    id: int
    kind: PackageKind
    balance: int
    sold_on: date
    expires_on: date | None
    is_open: bool


class Claim(NamedTuple):
    """A session still to come: its local day, and the package that its appointment names."""

    day: date
    linked: int | None = None


class Entry(NamedTuple):
    """An entry of a package's ledger, as far as it tells what may come back."""

    delta: int
    reason: CreditReason
    note: str | None = None


class Pace(NamedTuple):
    """How fast a client's credits go: sessions that drew one, in so many days from `since` to today."""

    sessions: int
    days: int
    since: date

    @property
    def per_week(self) -> float:
        """Credits a week."""
        return 7 * self.sessions / self.days


class Forecast(NamedTuple):
    """When a package's last credit goes at the present pace; where it expires before, what is left then."""

    runs_out_on: date | None
    left_at_expiry: int | None = None


class SoloSide(NamedTuple):
    """The solo workouts of a hybrid package."""

    id: int
    total: int
    sold_on: date
    expires_on: date | None


class Worth(NamedTuple):
    """What a session is worth, kept as a fraction so that it is rounded once: cents for so many sessions."""

    cents: int
    sessions: int = 1

    @property
    def value_cents(self) -> int:
        """One session's worth, rounded half up."""
        return half_up(self.cents, self.sessions)


def half_up(numerator: int, denominator: int) -> int:
    """The quotient of two whole numbers, none below zero, as a whole one; a half goes up."""
    return (2 * numerator + denominator) // (2 * denominator)


def price_in_cents(text: str) -> int:
    """`450`, `450.00` and `450,50` as cents."""
    match = _PRICE.fullmatch(text.strip())
    if not match:
        raise UsageError(f'"{text}" is no price like 450 or 450.00.')
    return int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0"))


def counts_sessions(kind: PackageKind) -> bool:
    """Whether a package of that kind counts trainer-led sessions."""
    return kind in (PackageKind.SESSIONS, PackageKind.HYBRID)


def package_shape(kind: PackageKind | None, sessions: int | None, solo: int | None) -> Shape:
    """What is sold; without a kind the numbers tell: `--sessions` alone, or with `--solo` a hybrid.

    Raises UsageError where kind and numbers don't fit.
    """
    if kind is None and sessions is None:
        raise UsageError(
            "Say what is sold: --sessions 10, --sessions 10 --solo 5, --kind solo or --kind unlimited."
        )
    if kind is None:
        kind = PackageKind.HYBRID if solo is not None else PackageKind.SESSIONS
    wanted = {"--sessions": counts_sessions(kind), "--solo": kind is PackageKind.HYBRID}
    for option, given in (("--sessions", sessions), ("--solo", solo)):
        if wanted[option] and given is None:
            raise UsageError(f"A package of kind {kind} needs {option}.")
        if given is not None and not wanted[option]:
            raise UsageError(f"A package of kind {kind} takes no {option}: it counts none of them.")
    return Shape(kind, sessions, solo)


def covers_session(package: Payer) -> bool:
    """Whether a package can pay for a trainer-led session: open, and with a credit left where it counts."""
    if not package.is_open:
        return False
    return package.kind is PackageKind.UNLIMITED or (counts_sessions(package.kind) and package.balance > 0)


def clock_day(day: date, paused_on: date | None) -> date:
    """The day that counts for expiry: while a client is paused, the clock stands at the day it began."""
    return day if paused_on is None else min(day, paused_on)


def has_expired(package: Payer, day: date) -> bool:
    """Whether a package was no longer good on a day; on its last day it still is."""
    return package.expires_on is not None and package.expires_on < day


def resumed_expiry(expires_on: date, sold_on: date, paused_on: date, today: date) -> date:
    """The last day of a package after a pause: later by the days of the pause in which it was there."""
    return min(expires_on + max(today - max(paused_on, sold_on), timedelta()), LATEST)


def last_day(text: str, begins: date) -> date:
    """The last day of a package as somebody says it: a day, or how long from `begins` on.

    `3 months`, `90d` and `1 year` end on the day of that number, or the month's last.
    """
    match = re.fullmatch(_SPAN, text.casefold().strip())
    if not match:
        return read_day(text, begins)
    count, unit = int(match[1]), match[2][0]
    try:
        day = _after(begins, count, unit)
    except (ValueError, OverflowError):
        day = date.max
    if day > LATEST:
        raise UsageError(f'"{text}" ends after {LATEST.year}.')
    return day


def _after(begins: date, count: int, unit: str) -> date:
    """The day so many days, weeks, months or years on; where that month is shorter, its last day."""
    from calendar import monthrange

    if unit in "dw":
        return begins + timedelta(count * (7 if unit == "w" else 1))
    months = begins.year * 12 + begins.month - 1 + count * (12 if unit == "y" else 1)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(begins.day, monthrange(year, month)[1]))


def paying_package(linked: int | None, packages: Sequence[Payer], day: date) -> Payer | None:
    """The package that pays for a session on a local day, None where none covers it.

    The linked one pays if it has a credit, even past its expiry: the link is the trainer's word. Else, of
    those not expired on the day, the one that expires first, then the oldest.
    """
    covering = [package for package in packages if covers_session(package)]
    for package in covering:
        if package.id == linked:
            return package
    good = [package for package in covering if not has_expired(package, day)]
    return min(good, key=_soonest, default=None)


def _soonest(package: Payer) -> tuple[date, date, int]:
    return package.expires_on or date.max, package.sold_on, package.id


def solo_used(packages: Sequence[SoloSide], days: Sequence[date]) -> dict[int, int]:
    """How many solo workouts each hybrid package has seen, given the days of all of them.

    Each counts on one package: of those good on its day one with some left, the one that expires first, then
    the oldest. Training alone is never refused, so the count may go beyond what was sold.
    """
    used = {package.id: 0 for package in packages}
    for day in sorted(days):
        good = [package for package in packages if package.sold_on <= day <= (package.expires_on or date.max)]
        if good:
            used[min(good, key=lambda package: _soonest_solo(package, used[package.id])).id] += 1
    return used


def _soonest_solo(package: SoloSide, used: int) -> tuple[bool, date, date, int]:
    return used >= package.total, package.expires_on or date.max, package.sold_on, package.id


def uncovered(packages: Sequence[Payer], claims: Sequence[Claim]) -> int:
    """How many sessions still to come no package will pay for, when each takes its credit on its day."""
    left = {package.id: package for package in packages}
    missing = 0
    for claim in sorted(claims, key=lambda claim: claim.day):
        payer = paying_package(claim.linked, list(left.values()), claim.day)
        if payer is None:
            missing += 1
        elif counts_sessions(payer.kind):
            left[payer.id] = payer._replace(balance=payer.balance - 1)
    return missing


def lost_before(packages: Sequence[Payer], today: date, day: date) -> tuple[int, date] | None:
    """The credits good today that expire before a day, and the last day of them; None where none do."""
    losing = [
        (package.balance, package.expires_on)
        for package in packages
        if package.balance > 0 and package.expires_on is not None
        if covers_session(package) and today <= package.expires_on < day
    ]
    if not losing:
        return None
    return sum(balance for balance, _ in losing), max(last for _, last in losing)


def pace_of(first: date | None, recent: Sequence[date], today: date) -> Pace | None:
    """The present pace, from the days of the sessions that drew a credit in the last 8 weeks.

    It is taken from the `first` one ever on where that is later. None where fewer than two count.
    """
    since = max(first or today, today - timedelta(PACE_DAYS - 1))
    counted = sum(since <= day <= today for day in recent)
    return Pace(counted, (today - since).days + 1, since) if counted >= FEWEST else None


def forecast(packages: Sequence[Payer], pace: Pace | None, today: date) -> dict[int, Forecast]:
    """When each package with credits left runs out at that pace, by package.

    They are used one after the other, in the order in which they pay.
    """
    if pace is None:
        return {}
    good = [
        package
        for package in packages
        if counts_sessions(package.kind) and covers_session(package) and not has_expired(package, today)
    ]
    found: dict[int, Forecast] = {}
    spent = 0  # of the days ahead, in as many parts of a day as there were sessions: whole numbers
    for package in sorted(good, key=_soonest):
        found[package.id], spent = _forecast_one(package, pace, today, spent)
    return found


def _forecast_one(package: Payer, pace: Pace, today: date, spent: int) -> tuple[Forecast, int]:
    ends = spent + package.balance * pace.days
    ahead = -(-ends // pace.sessions)
    last = package.expires_on
    if last is not None and ahead > (last - today).days:
        reach = (last - today).days * pace.sessions
        used = max(reach - spent, 0) // pace.days
        return Forecast(None, package.balance - used), max(spent, reach)
    if ahead > (LATEST - today).days:
        return Forecast(None), ends
    return Forecast(today + timedelta(ahead)), ends


def expired_out(entries: Sequence[Entry]) -> int:
    """The credits that expired and have not come back since; `entries` are a package's, the newest first."""
    lost = 0
    for entry in entries:
        if entry.reason is CreditReason.UNDO or entry.note == RESTORED:
            break
        lost -= entry.delta if entry.reason is CreditReason.EXPIRY else 0
    return lost


def written_off(entries: Sequence[Entry]) -> int:
    """The credits given up when a package was closed; `entries` are the package's, the newest first."""
    for entry in entries:
        if entry.note == WRITTEN_OFF:
            return -entry.delta
        if entry.reason is not CreditReason.REFUND:
            break
    return 0


def refund_effect(package: Payer, day: date) -> Effect:
    """What it means that a credit returns to the package which paid, on the day of the refund."""
    if not package.is_open:
        return Effect.REFUNDED_CLOSED
    return Effect.REFUNDED_EXPIRED if has_expired(package, day) else Effect.REFUNDED


def linkable(package: Payer | None, number: int, client: str) -> Payer:
    """The package that a booking names, if it is the client's and can hold a session at all."""
    if package is None:
        raise RuleError(f"Package {number} is none of {client}'s. See: ptrack packages list")
    if package.kind is PackageKind.SOLO:
        raise RuleError(f"Package {number} is for solo workouts; it covers no session with a trainer.")
    if not package.is_open:
        raise RuleError(f"Package {number} is closed.")
    return package


def share_of_price(price_cents: int | None, total: int, moved: int) -> int | None:
    """The part of a package's price that goes with some of its sessions, so that each keeps its worth."""
    return None if price_cents is None else half_up(price_cents * moved, total)


def worth(kind: PackageKind, price_cents: int | None, sessions: int | None, value_cents: int | None) -> Worth:
    """What a session out of a package is worth: price by sessions; without a limit, what the package says."""
    if counts_sessions(kind) and sessions:
        return Worth(price_cents or 0, sessions)
    return Worth(value_cents or 0)


def commission_cents(kind: CommissionKind, rate: int, of: Worth) -> int:
    """The trainer's share of a session, rounded half up to the cent.

    `rate` is hundredths of a percent of the worth, or cents a session.
    """
    if kind is CommissionKind.FIXED:
        return rate
    return half_up(of.cents * rate, of.sessions * _WHOLE_PERCENT)
