"""Which days a calendar page shows."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptrack.errors import UsageError
from ptrack.scheduling.spans import day_of, day_word, month_of, past_day, week_of

FRIDAY = date(2026, 11, 20)
DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize(
    ("text", "first_weekday", "first"),
    [
        (None, 0, date(2026, 11, 16)),
        ("", 0, date(2026, 11, 16)),
        ("next week", 0, date(2026, 11, 23)),
        ("last week", 0, date(2026, 11, 9)),
        ("this week", 6, date(2026, 11, 15)),
        ("+1w", 0, date(2026, 11, 23)),
        ("-1w", 0, date(2026, 11, 9)),
        ("- 2 weeks", 0, date(2026, 11, 2)),
        ("+0w", 0, date(2026, 11, 16)),
        ("-5d", 0, date(2026, 11, 9)),
        ("2026-W48", 0, date(2026, 11, 23)),
        ("2026w53", 0, date(2026, 12, 28)),
        ("2026-W48", 6, date(2026, 11, 22)),
        ("2026-12-31", 0, date(2026, 12, 28)),
        ("2026-11-22", 0, date(2026, 11, 16)),
        ("2026-11-22", 6, date(2026, 11, 22)),
    ],
)
def test_weeks(text: str | None, first_weekday: int, first: date) -> None:
    days = week_of(text, FRIDAY, first_weekday)
    assert (days.first, days.last) == (first, first + timedelta(days=6))


@pytest.mark.parametrize(
    ("text", "month"),
    [
        (None, date(2026, 11, 1)),
        ("next month", date(2026, 12, 1)),
        ("last month", date(2026, 10, 1)),
        ("2027-02", date(2027, 2, 1)),
        ("december", date(2026, 12, 1)),
        ("jan", date(2027, 1, 1)),
        ("june", date(2026, 6, 1)),
        ("dec 2027", date(2027, 12, 1)),
        ("2026-12-31", date(2026, 12, 1)),
        ("tomorrow", date(2026, 11, 1)),
        ("-1m", date(2026, 10, 1)),
        ("+ 2 months", date(2027, 1, 1)),
        ("-11mo", date(2025, 12, 1)),
    ],
)
def test_months(text: str | None, month: date) -> None:
    assert month_of(text, FRIDAY, 0).month == month


def test_a_month_fills_its_weeks() -> None:
    days = month_of(None, FRIDAY, 0)
    assert (days.first, days.last) == (date(2026, 10, 26), date(2026, 12, 6))
    assert month_of("2027-02", FRIDAY, 0).all == [date(2027, 2, 1) + timedelta(days=n) for n in range(28)]


@pytest.mark.parametrize("text", ["2026-13", "next year", "soon"])
def test_what_is_no_month(text: str) -> None:
    with pytest.raises(UsageError):
        month_of(text, FRIDAY, 0)


@pytest.mark.parametrize(
    "text", ["2026-W54", "2026-W0", "1200-W10", "+10000w", "-99999d", "+1y", "-w", "+w1"]
)
def test_what_is_no_week(text: str) -> None:
    with pytest.raises(UsageError):
        week_of(text, FRIDAY, 0)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (None, FRIDAY),
        ("today", FRIDAY),
        ("fri", FRIDAY),
        ("tue", date(2026, 11, 17)),
        ("last sat.", date(2026, 11, 14)),
        ("yesterday", date(2026, 11, 19)),
        ("-3d", date(2026, 11, 17)),
        ("2026-11-02", date(2026, 11, 2)),
        ("2.11.", date(2026, 11, 2)),
    ],
)
def test_past_days(text: str | None, day: date) -> None:
    assert past_day(text, FRIDAY) == day


@pytest.mark.parametrize("text", ["tomorrow", "+1d", "2026-11-21", "next week", "10:00", "t"])
def test_what_is_no_past_day(text: str) -> None:
    with pytest.raises(UsageError):
        past_day(text, FRIDAY)


@given(st.integers(0, 400))
def test_a_day_is_named_so_that_it_is_found_again(ago: int) -> None:
    day = FRIDAY - timedelta(days=ago)
    assert past_day(day_word(day, FRIDAY), FRIDAY) == day


def test_a_day() -> None:
    assert day_of("-1d", FRIDAY).first == date(2026, 11, 19)
    assert day_of("+1w", FRIDAY).first == date(2026, 11, 27)
    assert day_of(None, FRIDAY).all == [FRIDAY]
    assert day_of("mon", FRIDAY).first == date(2026, 11, 23)
    with pytest.raises(UsageError):
        day_of("mon 10:00", FRIDAY)


@given(DAYS, st.integers(0, 6))
@settings(deadline=None)
def test_whole_weeks_hold_the_day_that_is_named(day: date, first_weekday: int) -> None:
    for days in (week_of(str(day), FRIDAY, first_weekday), month_of(str(day), FRIDAY, first_weekday)):
        assert days.first.weekday() == first_weekday
        assert len(days.all) % 7 == 0
        assert day in days.all
