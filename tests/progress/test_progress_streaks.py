from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptrack.progress.rules.streaks import Streak, daily_streak, streak_on, weekly_streak

MONDAY = date(2026, 11, 2)
SUNDAY_FIRST = 6


def days(*offsets: int) -> set[date]:
    return {MONDAY + timedelta(days=offset) for offset in offsets}


def weeks(*offsets: int) -> set[date]:
    return {MONDAY + timedelta(weeks=offset) for offset in offsets}


def test_no_days_no_streak() -> None:
    assert daily_streak([], MONDAY) == Streak(0, 0)
    assert weekly_streak([], MONDAY, 0) == Streak(0, 0)
    assert weekly_streak([], MONDAY, 0, weeks(0)) == Streak(0, 0)


@pytest.mark.parametrize(("today", "current"), [(2, 3), (3, 3), (4, 0), (40, 0)])
def test_a_daily_streak_is_current_until_the_day_after_has_passed(today: int, current: int) -> None:
    assert daily_streak(days(0, 1, 2), MONDAY + timedelta(days=today)) == Streak(current, 3)


def test_the_longest_is_kept_beside_the_current() -> None:
    assert daily_streak(days(0, 1, 2, 3, 5, 6), MONDAY + timedelta(days=6)) == Streak(2, 4)
    assert daily_streak(days(0, 2, 3, 4), MONDAY + timedelta(days=4)) == Streak(3, 3)


def test_days_count_once_and_days_to_come_do_not() -> None:
    assert daily_streak([MONDAY, MONDAY, *days(1, 2, 3)], MONDAY + timedelta(days=1)) == Streak(2, 2)


def test_a_daily_streak_crosses_months_and_leap_days() -> None:
    three = [date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1)]
    assert daily_streak(three, date(2028, 3, 1)) == Streak(3, 3)


@pytest.mark.parametrize(("today", "current"), [(7, 2), (13, 2), (14, 2), (20, 2), (21, 0)])
def test_a_weekly_streak_is_current_until_the_week_after_has_passed(today: int, current: int) -> None:
    done = days(6, 7)  # the Sunday of one week, the Monday of the next
    assert weekly_streak(done, MONDAY + timedelta(days=today), 0) == Streak(current, 2)


def test_weeks_begin_on_the_studios_first_weekday() -> None:
    done = days(5, 6)  # a Saturday and a Sunday
    today = MONDAY + timedelta(days=6)
    assert weekly_streak(done, today, 0) == Streak(1, 1)
    assert weekly_streak(done, today, SUNDAY_FIRST) == Streak(2, 2)


@pytest.mark.parametrize("first_weekday", range(7))
def test_a_week_is_seven_days_from_its_first(first_weekday: int) -> None:
    first = MONDAY + timedelta(days=first_weekday)
    assert (
        weekly_streak([first, first + timedelta(days=6)], first + timedelta(days=6), first_weekday).longest
        == 1
    )
    assert (
        weekly_streak([first, first + timedelta(days=7)], first + timedelta(days=7), first_weekday).longest
        == 2
    )
    assert weekly_streak([first - timedelta(days=1), first], first, first_weekday).longest == 2


def test_a_weekly_streak_crosses_the_year() -> None:
    assert weekly_streak([date(2026, 12, 31), date(2027, 1, 4)], date(2027, 1, 4), 0) == Streak(2, 2)


def test_a_missed_week_breaks_and_a_paused_one_does_not() -> None:
    today = MONDAY + timedelta(weeks=4)
    assert weekly_streak(weeks(0, 1, 3, 4), today, 0) == Streak(2, 2)
    assert weekly_streak(weeks(0, 1, 3, 4), today, 0, weeks(2)) == Streak(4, 4)
    assert weekly_streak(weeks(0, 1, 4), today, 0, weeks(2)) == Streak(1, 2)
    assert weekly_streak(weeks(0, 1, 4), today, 0, weeks(2, 3)) == Streak(3, 3)


def test_a_paused_week_is_named_by_any_of_its_days() -> None:
    assert weekly_streak(weeks(0, 2), MONDAY + timedelta(weeks=2), 0, days(7, 9, 13)) == Streak(2, 2)


def test_a_paused_week_with_a_workout_counts() -> None:
    assert weekly_streak(weeks(0, 1, 2), MONDAY + timedelta(weeks=2), 0, weeks(1)) == Streak(3, 3)


@pytest.mark.parametrize(("today", "current"), [(1, 1), (2, 1), (3, 1), (4, 0)])
def test_a_pause_keeps_the_streak_current(today: int, current: int) -> None:
    paused = weeks(1, 2)
    assert weekly_streak(weeks(0), MONDAY + timedelta(weeks=today), 0, paused) == Streak(current, 1)


def test_days_to_come_do_not_count_in_weeks_either() -> None:
    assert weekly_streak(weeks(0, 1), MONDAY, 0) == Streak(1, 1)


def test_the_streak_on_a_day_ends_with_it() -> None:
    done = days(0, 1, 2, 4)
    assert [streak_on(done, MONDAY + timedelta(days=offset)) for offset in range(-1, 6)] == [
        0,
        1,
        2,
        3,
        0,
        1,
        0,
    ]


offsets = st.sets(st.integers(0, 40), max_size=25)


@given(offsets=offsets, paused=st.sets(st.integers(0, 40), max_size=10), today=st.integers(0, 45))
@settings(deadline=None)
def test_week_by_week_says_the_same(offsets: set[int], paused: set[int], today: int) -> None:
    run = longest = missed = 0
    for week in range(today + 1):
        if week in offsets:
            run, missed = run + 1, 0
        elif week not in paused and week < today:
            missed += 1
        longest = max(longest, run)
        run = 0 if missed else run
    found = weekly_streak(weeks(*offsets), MONDAY + timedelta(weeks=today), 0, weeks(*paused))
    # A whole week missed makes a streak past, but the week after the last still holds it.
    assert found.longest == longest
    assert found.current == run


@given(offsets=offsets, today=st.integers(0, 45))
@settings(deadline=None)
def test_the_longest_is_the_most_on_any_day(offsets: set[int], today: int) -> None:
    done = {day for day in days(*offsets) if day <= MONDAY + timedelta(days=today)}
    found = daily_streak(days(*offsets), MONDAY + timedelta(days=today))
    assert found.longest == max((streak_on(done, day) for day in done), default=0)
    assert 0 <= found.current <= found.longest
