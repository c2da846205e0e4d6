"""What is decided about credits: what a sale is, which package pays, what a session is worth."""

import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from ptrack.errors import RuleError, UsageError
from ptrack.vocabulary import CommissionKind, CreditReason, PackageKind, SessionStatus

_PRICE = re.compile(r"(\d{1,7})(?:[.,](\d{1,2}))?")
_WHOLE_PERCENT = 10_000

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


def has_expired(package: Payer, day: date) -> bool:
    """Whether a package was no longer good on a day; on its last day it still is."""
    return package.expires_on is not None and package.expires_on < day


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


def linkable(package: Payer | None, number: int, client: str) -> Payer:
    """The package that a booking names, if it is the client's and can hold a session at all."""
    if package is None:
        raise RuleError(f"Package {number} is none of {client}'s. See: ptrack packages list")
    if package.kind is PackageKind.SOLO:
        raise RuleError(f"Package {number} is for solo workouts; it covers no session with a trainer.")
    if not package.is_open:
        raise RuleError(f"Package {number} is closed.")
    return package


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
