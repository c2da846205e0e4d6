"""What pays for a session, what a sale is, what a session is worth."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptrack.credits.rules import (
    Payer,
    Shape,
    SoloSide,
    Worth,
    commission_cents,
    covers_session,
    half_up,
    has_expired,
    linkable,
    package_shape,
    paying_package,
    price_in_cents,
    solo_used,
    worth,
)
from ptrack.errors import RuleError, UsageError
from ptrack.vocabulary import CommissionKind, PackageKind

DAY = date(2026, 11, 20)
SOLD = date(2026, 1, 1)
ANY_DAY = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def payer(
    number: int,
    kind: PackageKind = PackageKind.SESSIONS,
    balance: int = 5,
    sold_on: date = SOLD,
    expires_on: date | None = None,
    is_open: bool = True,
) -> Payer:
    return Payer(number, kind, balance, sold_on, expires_on, is_open)


PAYERS = st.lists(
    st.builds(
        Payer,
        id=st.integers(1, 50),
        kind=st.sampled_from(PackageKind),
        balance=st.integers(0, 3),
        sold_on=ANY_DAY,
        expires_on=st.none() | ANY_DAY,
        is_open=st.booleans(),
    ),
    max_size=6,
    unique_by=lambda package: package.id,
)


def paid_by(linked: int | None, *packages: Payer) -> int | None:
    found = paying_package(linked, packages, DAY)
    return found.id if found else None


def test_the_package_that_expires_first_pays_then_the_oldest() -> None:
    later, sooner, never = (
        payer(1, expires_on=DAY + timedelta(days=9)),
        payer(2, expires_on=DAY + timedelta(days=2)),
        payer(3, sold_on=SOLD - timedelta(days=99)),
    )
    assert paid_by(None, never, later, sooner) == 2
    assert paid_by(None, payer(1), payer(2, sold_on=SOLD - timedelta(days=1))) == 2
    assert paid_by(None, payer(7), payer(4)) == 4


def test_a_package_is_good_on_its_last_day_and_not_after() -> None:
    assert paid_by(None, payer(1, expires_on=DAY)) == 1
    assert paid_by(None, payer(1, expires_on=DAY - timedelta(days=1))) is None


def test_the_linked_package_pays_as_long_as_it_covers_the_session() -> None:
    first, expired = payer(1, expires_on=DAY), payer(2, expires_on=DAY - timedelta(days=30))
    assert paid_by(2, first, expired) == 2
    assert paid_by(2, first, payer(2, balance=0)) == 1
    assert paid_by(2, first, payer(2, is_open=False)) == 1


def test_a_package_may_pay_for_a_session_before_it_was_sold() -> None:
    assert paid_by(None, payer(1, sold_on=DAY + timedelta(days=9))) == 1


@pytest.mark.parametrize(
    ("kind", "balance", "is_open", "covers"),
    [
        (PackageKind.SESSIONS, 1, True, True),
        (PackageKind.SESSIONS, 0, True, False),
        (PackageKind.SESSIONS, 1, False, False),
        (PackageKind.HYBRID, 1, True, True),
        (PackageKind.HYBRID, 0, True, False),
        (PackageKind.UNLIMITED, 0, True, True),
        (PackageKind.UNLIMITED, 0, False, False),
        (PackageKind.SOLO, 0, True, False),
    ],
)
def test_what_covers_a_session(kind: PackageKind, balance: int, is_open: bool, covers: bool) -> None:
    assert covers_session(payer(1, kind, balance, is_open=is_open)) is covers


@given(PAYERS, st.none() | st.integers(1, 50), ANY_DAY)
@settings(deadline=None)
def test_whatever_pays_covers_the_session_and_nothing_better_was_left(
    packages: list[Payer], linked: int | None, day: date
) -> None:
    found = paying_package(linked, packages, day)
    usable = [package for package in packages if covers_session(package)]
    good = [package for package in usable if not has_expired(package, day)]
    if found is None:
        assert not good
        assert linked not in [package.id for package in usable]
    elif found.id != linked:
        assert found in good
        assert all((found.expires_on or date.max) <= (other.expires_on or date.max) for other in good)
    else:
        assert found in usable


@given(PAYERS, st.none() | st.integers(1, 50), ANY_DAY)
@settings(deadline=None)
def test_the_order_in_which_packages_come_does_not_matter(
    packages: list[Payer], linked: int | None, day: date
) -> None:
    assert paying_package(linked, packages, day) == paying_package(linked, packages[::-1], day)


@pytest.mark.parametrize(
    ("kind", "sessions", "solo", "shape", "name"),
    [
        (None, 10, None, Shape(PackageKind.SESSIONS, 10), "10 sessions"),
        (None, 1, None, Shape(PackageKind.SESSIONS, 1), "1 session"),
        (None, 10, 5, Shape(PackageKind.HYBRID, 10, 5), "10 sessions + 5 solo"),
        (PackageKind.HYBRID, 10, 5, Shape(PackageKind.HYBRID, 10, 5), "10 sessions + 5 solo"),
        (PackageKind.SOLO, None, None, Shape(PackageKind.SOLO), "Solo"),
        (PackageKind.UNLIMITED, None, None, Shape(PackageKind.UNLIMITED), "Unlimited"),
    ],
)
def test_the_numbers_tell_the_kind(
    kind: PackageKind | None, sessions: int | None, solo: int | None, shape: Shape, name: str
) -> None:
    assert package_shape(kind, sessions, solo) == shape
    assert shape.default_name == name


@pytest.mark.parametrize(
    ("kind", "sessions", "solo"),
    [
        (None, None, None),
        (None, None, 5),
        (PackageKind.SESSIONS, None, None),
        (PackageKind.SESSIONS, 10, 5),
        (PackageKind.HYBRID, 10, None),
        (PackageKind.HYBRID, None, 5),
        (PackageKind.SOLO, 10, None),
        (PackageKind.SOLO, None, 5),
        (PackageKind.UNLIMITED, 10, None),
    ],
)
def test_a_kind_with_the_wrong_numbers_is_a_mistake(
    kind: PackageKind | None, sessions: int | None, solo: int | None
) -> None:
    with pytest.raises(UsageError):
        package_shape(kind, sessions, solo)


@pytest.mark.parametrize(
    ("text", "cents"),
    [("450", 45000), ("450.00", 45000), ("450,50", 45050), ("450.5", 45050), (" 0 ", 0), ("0.05", 5)],
)
def test_prices(text: str, cents: int) -> None:
    assert price_in_cents(text) == cents


@pytest.mark.parametrize("text", ["", "-5", "1,234.50", "450.005", "ten", "1e3", "99999999"])
def test_what_is_no_price(text: str) -> None:
    with pytest.raises(UsageError):
        price_in_cents(text)


def test_a_link_must_be_able_to_pay() -> None:
    assert linkable(payer(3), 3, "Anna Berg").id == 3
    for package in (None, payer(3, PackageKind.SOLO), payer(3, is_open=False)):
        with pytest.raises(RuleError, match="Package 3"):
            linkable(package, 3, "Anna Berg")


@pytest.mark.parametrize(
    ("kind", "price", "sessions", "value", "expected"),
    [
        (PackageKind.SESSIONS, 100_000, 3, None, Worth(100_000, 3)),
        (PackageKind.HYBRID, 45_000, 10, None, Worth(45_000, 10)),
        (PackageKind.SESSIONS, None, 10, None, Worth(0, 10)),
        (PackageKind.UNLIMITED, 20_000, None, None, Worth(0)),
        (PackageKind.UNLIMITED, 20_000, None, 4_000, Worth(4_000)),
    ],
)
def test_what_a_session_is_worth(
    kind: PackageKind, price: int | None, sessions: int | None, value: int | None, expected: Worth
) -> None:
    assert worth(kind, price, sessions, value) == expected


def test_commission_is_rounded_once_and_a_half_goes_up() -> None:
    assert Worth(100_000, 3).value_cents == 33_333
    assert commission_cents(CommissionKind.PERCENT, 4_000, Worth(100_000, 3)) == 13_333
    assert commission_cents(CommissionKind.PERCENT, 5_000, Worth(1)) == 1
    assert commission_cents(CommissionKind.PERCENT, 5_000, Worth(100, 3)) == 17
    assert commission_cents(CommissionKind.PERCENT, 4_000, Worth(0)) == 0
    assert commission_cents(CommissionKind.FIXED, 2_500, Worth(0)) == 2_500


@given(st.integers(0, 10**9), st.integers(1, 10**6))
@settings(deadline=None)
def test_half_up_is_the_nearest_whole_number(numerator: int, denominator: int) -> None:
    off = half_up(numerator, denominator) - Fraction(numerator, denominator)
    assert Fraction(-1, 2) < off <= Fraction(1, 2)


def test_solo_workouts_count_on_one_package_each() -> None:
    first = SoloSide(1, 2, date(2026, 11, 1), date(2026, 11, 30))
    second = SoloSide(2, 5, date(2026, 11, 10), None)
    days = [date(2026, 11, day) for day in (20, 5, 12, 13)]
    assert solo_used([first, second], days) == {1: 2, 2: 2}
    assert solo_used([first], days) == {1: 4}
    assert solo_used([first, second], [date(2026, 10, 31)]) == {1: 0, 2: 0}
    assert solo_used([first, second], [date(2026, 12, 1)]) == {1: 0, 2: 1}


SIDES = st.builds(SoloSide, st.integers(1, 9), st.integers(1, 3), ANY_DAY, st.none() | ANY_DAY)


@given(st.lists(SIDES, max_size=4, unique_by=lambda side: side.id), st.lists(ANY_DAY, max_size=12))
@settings(deadline=None)
def test_no_solo_workout_counts_twice(sides: list[SoloSide], days: list[date]) -> None:
    used = solo_used(sides, days)
    assert sum(used.values()) == sum(
        any(side.sold_on <= day <= (side.expires_on or date.max) for side in sides) for day in days
    )
