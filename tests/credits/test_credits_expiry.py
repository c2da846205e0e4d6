"""Last days: how they are said, what a pause does to them, and what is lost when they pass."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptrack.credits.rules import (
    REOPENED,
    RESTORED,
    WRITTEN_OFF,
    Claim,
    Effect,
    Entry,
    Payer,
    clock_day,
    expired_out,
    last_day,
    lost_before,
    refund_effect,
    resumed_expiry,
    share_of_price,
    uncovered,
    worth,
    written_off,
)
from ptrack.errors import UsageError
from ptrack.vocabulary import CreditReason, PackageKind

DAY = date(2026, 11, 20)
SOLD = date(2026, 1, 1)
ANY_DAY = st.dates(date(2026, 1, 1), date(2027, 12, 31))


def payer(
    number: int,
    left: int = 5,
    expires_on: date | None = None,
    kind: PackageKind = PackageKind.SESSIONS,
    is_open: bool = True,
) -> Payer:
    return Payer(number, kind, left, SOLD, expires_on, is_open)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 months", date(2027, 2, 20)),
        ("+3 months", date(2027, 2, 20)),
        ("in 1 month", date(2026, 12, 20)),
        ("6mo", date(2027, 5, 20)),
        ("1 year", date(2027, 11, 20)),
        ("90d", date(2027, 2, 18)),
        ("+90d", date(2027, 2, 18)),
        (" 2 Weeks ", date(2026, 12, 4)),
        ("0 days", DAY),
        ("2027-01-31", date(2027, 1, 31)),
        ("24.12.", date(2026, 12, 24)),
        ("tomorrow", date(2026, 11, 21)),
    ],
)
def test_a_last_day_is_a_day_or_a_length_of_time(text: str, day: date) -> None:
    assert last_day(text, DAY) == day


def test_a_month_that_is_shorter_ends_on_its_last_day() -> None:
    assert last_day("1 month", date(2026, 1, 31)) == date(2026, 2, 28)
    assert last_day("1 month", date(2028, 1, 31)) == date(2028, 2, 29)
    assert last_day("1 year", date(2028, 2, 29)) == date(2029, 2, 28)
    assert last_day("2 months", date(2026, 10, 31)) == date(2026, 12, 31)
    assert last_day("1 month", date(2026, 12, 15)) == date(2027, 1, 15)


@pytest.mark.parametrize("text", ["9999 years", "200 years", "9999 w", "soon", "3 moons", "-3 months"])
def test_what_is_no_last_day(text: str) -> None:
    with pytest.raises(UsageError):
        last_day(text, DAY)


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.integers(1, 600))
@settings(deadline=None)
def test_months_on_is_the_same_day_or_the_months_last(begins: date, months: int) -> None:
    found = last_day(f"{months} months", begins)
    assert (found.year * 12 + found.month) - (begins.year * 12 + begins.month) == months
    assert found.day == begins.day or (found.day < begins.day and (found + timedelta(1)).day == 1)


def test_while_a_client_is_paused_the_clock_stands() -> None:
    assert clock_day(DAY, None) == DAY
    assert clock_day(DAY, date(2026, 10, 1)) == date(2026, 10, 1)
    assert clock_day(date(2026, 9, 1), date(2026, 10, 1)) == date(2026, 9, 1)


def test_a_pause_makes_a_package_last_longer_by_the_days_that_it_was_there() -> None:
    paused_on = date(2026, 11, 1)
    assert resumed_expiry(date(2026, 11, 10), SOLD, paused_on, DAY) == date(2026, 11, 29)
    assert resumed_expiry(date(2026, 12, 31), date(2026, 11, 15), paused_on, DAY) == date(2027, 1, 5)
    assert resumed_expiry(date(2026, 12, 31), SOLD, DAY, DAY) == date(2026, 12, 31)
    assert resumed_expiry(date(2026, 12, 31), date(2026, 12, 1), paused_on, DAY) == date(2026, 12, 31)
    assert resumed_expiry(date(2200, 12, 31), SOLD, paused_on, DAY) == date(2200, 12, 31)


@given(ANY_DAY, ANY_DAY, st.integers(0, 300))
@settings(deadline=None)
def test_after_a_pause_as_many_days_are_left_as_when_it_began(
    expires_on: date, paused_on: date, days: int
) -> None:
    today = paused_on + timedelta(days)
    resumed = resumed_expiry(expires_on, date(2025, 1, 1), paused_on, today)
    assert resumed - today == expires_on - paused_on


def test_what_comes_back_to_a_package_at_rest_is_said_so() -> None:
    assert refund_effect(payer(1), DAY) is Effect.REFUNDED
    assert refund_effect(payer(1, expires_on=DAY), DAY) is Effect.REFUNDED
    assert refund_effect(payer(1, expires_on=DAY - timedelta(1)), DAY) is Effect.REFUNDED_EXPIRED
    assert refund_effect(payer(1, expires_on=SOLD, is_open=False), DAY) is Effect.REFUNDED_CLOSED


def test_sessions_to_come_take_their_credits_in_order_of_time() -> None:
    soon, later = payer(1, 1, DAY + timedelta(5)), payer(2, 1)
    after = Claim(DAY + timedelta(9))
    assert uncovered([soon, later], [after, Claim(DAY)]) == 0
    assert uncovered([soon, later], [after, after]) == 1
    assert uncovered([payer(3, 0, kind=PackageKind.UNLIMITED)], [after] * 5) == 0
    assert uncovered([soon, later], [Claim(DAY, linked=2), after]) == 1
    assert uncovered([], [after]) == 1
    assert uncovered([soon], []) == 0


@given(
    st.lists(st.builds(payer, st.integers(1, 9), st.integers(0, 3), st.none() | ANY_DAY), max_size=4,
             unique_by=lambda package: package.id),
    st.lists(st.builds(Claim, ANY_DAY), max_size=8),
    st.builds(Claim, ANY_DAY),
)  # fmt: skip
@settings(deadline=None)
def test_one_more_session_lacks_at_most_one_credit_more(
    packages: list[Payer], claims: list[Claim], more: Claim
) -> None:
    fewer = uncovered(packages, claims)
    assert fewer <= uncovered(packages, [*claims, more]) <= fewer + 1
    assert uncovered(packages, claims) >= len(claims) - sum(package.balance for package in packages)


def test_the_credits_that_expire_before_a_day_are_named_with_their_last() -> None:
    rows = [
        payer(1, 3, DAY + timedelta(2)),
        payer(2, 1, DAY + timedelta(4)),
        payer(3, 9),
        payer(4, 9, DAY + timedelta(30)),
        payer(5, 9, DAY - timedelta(1)),
        payer(6, 0, DAY + timedelta(1)),
        payer(7, 9, DAY + timedelta(1), is_open=False),
    ]
    assert lost_before(rows, DAY, DAY + timedelta(30)) == (4, DAY + timedelta(4))
    assert lost_before(rows, DAY, DAY + timedelta(2)) is None


ENTRIES = [
    Entry(10, CreditReason.PURCHASE),
    Entry(-1, CreditReason.SESSION),
    Entry(-9, CreditReason.EXPIRY),
]


def newest_first(*more: Entry) -> list[Entry]:
    return [*ENTRIES, *more][::-1]


def test_what_expired_and_did_not_come_back() -> None:
    refund, again = Entry(1, CreditReason.REFUND), Entry(-1, CreditReason.EXPIRY)
    back = Entry(10, CreditReason.ADJUSTMENT, RESTORED)
    assert expired_out([]) == 0
    assert expired_out(newest_first()) == 9
    assert expired_out(newest_first(refund, again)) == 10
    assert expired_out(newest_first(refund, again, back)) == 0
    assert expired_out(newest_first(refund, again, back, Entry(-10, CreditReason.EXPIRY))) == 10
    assert expired_out(newest_first(Entry(9, CreditReason.UNDO))) == 0


def test_what_was_written_off_when_a_package_was_closed() -> None:
    off = Entry(-9, CreditReason.ADJUSTMENT, WRITTEN_OFF)
    assert written_off([]) == 0
    assert written_off([Entry(10, CreditReason.PURCHASE)]) == 0
    assert written_off([off]) == 9
    assert written_off([Entry(1, CreditReason.REFUND), off]) == 9
    assert written_off([Entry(9, CreditReason.ADJUSTMENT, REOPENED), off]) == 0


def test_a_session_keeps_its_worth_when_it_goes_to_another_client() -> None:
    assert share_of_price(100_000, 10, 3) == 30_000
    assert share_of_price(None, 10, 3) is None
    assert share_of_price(100_000, 3, 2) == 66_667


@given(st.integers(0, 10**7), st.integers(1, 100), st.data())
@settings(deadline=None)
def test_the_worth_of_a_transferred_session_is_off_by_a_cent_at_most(
    price: int, total: int, data: st.DataObject
) -> None:
    moved = data.draw(st.integers(1, total))
    share = share_of_price(price, total, moved)
    before = worth(PackageKind.SESSIONS, price, total, None).value_cents
    assert abs(worth(PackageKind.SESSIONS, share, moved, None).value_cents - before) <= 1
