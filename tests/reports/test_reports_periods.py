"""The days that reports go over, the months in them, and what they are called."""

from datetime import UTC, date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptrack.progress.rules.periods import Period
from ptrack.reports.periods import last_months, month_of, months_in, period_text, step_labels

BERLIN = ZoneInfo("Europe/Berlin")
DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("2026-11-01", "2026-11-30", "November 2026"),
        ("2025-12-01", "2026-11-30", "December 2025 to November 2026"),
        ("2026-11-14", "2026-11-20", "14 Nov to 20 Nov 2026"),
        ("2025-11-14", "2026-11-20", "14 Nov 2025 to 20 Nov 2026"),
        ("2026-11-01", "2026-11-29", "1 Nov to 29 Nov 2026"),
        ("2026-11-20", "2026-11-20", "20 Nov 2026"),
        ("2026-01-01", None, "since 1 Jan 2026"),
        (None, "2026-11-20", "up to 20 Nov 2026"),
        (None, None, "all time"),
    ],
)
def test_a_period_in_words(first: str | None, last: str | None, text: str) -> None:
    assert period_text(Period(_day(first), _day(last))) == text


def test_a_month_is_whole() -> None:
    assert month_of(date(2028, 2, 17)) == Period(date(2028, 2, 1), date(2028, 2, 29))
    assert month_of(date(2026, 12, 31)) == Period(date(2026, 12, 1), date(2026, 12, 31))


def test_twelve_months_end_with_this_one() -> None:
    assert last_months(date(2026, 11, 20), 12) == Period(date(2025, 12, 1), date(2026, 11, 30))
    assert last_months(date(2026, 11, 20), 1) == month_of(date(2026, 11, 20))


def test_a_month_begins_at_the_studios_midnight() -> None:
    march, april = months_in(date(2026, 3, 1), date(2026, 4, 30), BERLIN)
    assert march.begins == datetime(2026, 2, 28, 23, tzinfo=UTC)
    assert march.ends == april.begins == datetime(2026, 3, 31, 22, tzinfo=UTC)
    assert april.ends == datetime(2026, 4, 30, 22, tzinfo=UTC)


def test_a_month_that_begins_with_a_leap_of_the_clock_begins_after_it() -> None:
    """In Havana the clocks were put forward at midnight on 1 April 2012."""
    (april,) = months_in(date(2012, 4, 1), date(2012, 4, 30), ZoneInfo("America/Havana"))
    assert april.begins == datetime(2012, 4, 1, 5, tzinfo=UTC)


@given(DAYS, DAYS)
def test_months_lie_side_by_side_and_hold_every_day_once(one: date, other: date) -> None:
    first, last = min(one, other), max(one, other)
    months = months_in(first, last, BERLIN)
    assert (months[0].first, months[-1].last) == (first, last)
    for month, following in pairwise(months):
        assert (following.first - month.last).days == 1
        assert month.ends == following.begins
    assert sum((month.last - month.first).days + 1 for month in months) == (last - first).days + 1
    assert all(f"{month.first:%Y-%m}" == f"{month.last:%Y-%m}" == month.key for month in months)


def test_there_are_no_months_in_no_days() -> None:
    assert months_in(date(2026, 11, 2), date(2026, 11, 1), BERLIN) == []


def test_a_long_row_of_months_is_drawn_by_year() -> None:
    two_years = months_in(date(2024, 12, 1), date(2026, 11, 30), BERLIN)
    assert step_labels(two_years)[:2] == ["Dec 2024", "Jan 2025"]
    longer = months_in(date(2024, 11, 1), date(2026, 11, 30), BERLIN)
    assert sorted(set(step_labels(longer))) == ["2024", "2025", "2026"]
