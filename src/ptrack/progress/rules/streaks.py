"""Streaks of days and of weeks, by the calendar of the studio's zone."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Streak:
    """How many days (weeks) in a row: now, and at most ever."""

    current: int
    longest: int


def daily_streak(days: Collection[date], today: date) -> Streak:
    """Count the days in a row, current until the day after the last has passed; days to come don't count."""
    return _streak(sorted({day.toordinal() for day in days if day <= today}), today.toordinal())


def weekly_streak(
    days: Collection[date], today: date, first_weekday: int, paused_weeks: Collection[date] = frozenset()
) -> Streak:
    """Count the weeks in a row with one of the days, current until the week after the last has passed.

    `first_weekday` is 0 for Monday to 6 for Sunday. A paused week is named by any of its days; it doesn't
    break a streak, and adds to it only if something was done in it.
    """
    done = sorted({_week(day, first_weekday) for day in days if day <= today})
    idle = sorted({_week(day, first_weekday) for day in paused_weeks}.difference(done))

    def without_idle(week: int) -> int:
        return week - bisect_left(idle, week)

    return _streak([without_idle(week) for week in done], without_idle(_week(today, first_weekday)))


def streak_on(days: Collection[date], day: date) -> int:
    """Count the days in a row that end with that day; 0 if it isn't one of them."""
    known = frozenset(days)
    length = 0
    while day - timedelta(days=length) in known:
        length += 1
    return length


def _week(day: date, first_weekday: int) -> int:
    """Number the weeks without a gap; day 1 of the calendar is a Monday."""
    return (day.toordinal() - 1 - first_weekday) // 7


def _streak(numbers: Sequence[int], now: int) -> Streak:
    run = longest = 0
    last = None
    for number in numbers:
        run = run + 1 if last is not None and number == last + 1 else 1
        longest = max(longest, run)
        last = number
    is_current = last is not None and now - last <= 1
    return Streak(run if is_current else 0, longest)
