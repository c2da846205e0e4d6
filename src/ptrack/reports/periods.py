"""Over which days a report goes, in words, and the months in them."""

from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ptrack.moments import local_day_bounds
from ptrack.progress.rules.periods import Period

_YEAR = 12
_LONG = 24


class Month(NamedTuple):
    """The days of a calendar month that lie in a period, both ends included, and its first and last instant.

    `begins` is the instant at which the first day begins, `ends` the one at which the last is over.
    """

    first: date
    last: date
    begins: datetime
    ends: datetime

    @property
    def key(self) -> str:
        """`2026-11`."""
        return f"{self.first:%Y-%m}"


def month_text(key: str) -> str:
    """`Nov 2026` for `2026-11`."""
    return f"{date.fromisoformat(f'{key}-01'):%b %Y}"


def month_of(day: date) -> Period:
    """The whole calendar month that a day is in."""
    return Period(day.replace(day=1), _months_on(day, 1) - timedelta(days=1))


def last_months(today: date, number: int) -> Period:
    """So many calendar months, that of today the last of them, all of them whole."""
    return Period(_months_on(today, 1 - number), month_of(today).last)


def months_in(first: date, last: date, zone: ZoneInfo) -> list[Month]:
    """The months from one day to another, the first and the last cut off there."""
    found: list[Month] = []
    begin = first
    while begin <= last:
        following = _months_on(begin, 1)
        end = min(following - timedelta(days=1), last)
        bounds = local_day_bounds(begin, zone)[0], local_day_bounds(end, zone)[1]
        found.append(Month(begin, end, *bounds))
        begin = following
    return found


def period_text(period: Period) -> str:
    """`November 2026`, `December 2025 to November 2026`, `14 Nov to 20 Nov 2026`, `all time`."""
    first, last = period.first, period.last
    if first is None or last is None:
        return _open_text(first, last)
    if first == last:
        return _day_text(first)
    if first.day == 1 and last == month_of(last).last:
        begin, end = f"{first:%B %Y}", f"{last:%B %Y}"
        return begin if begin == end else f"{begin} to {end}"
    begin = f"{first.day} {first:%b}" if first.year == last.year else _day_text(first)
    return f"{begin} to {_day_text(last)}"


def _open_text(first: date | None, last: date | None) -> str:
    if first is not None:
        return f"since {_day_text(first)}"
    return f"up to {_day_text(last)}" if last is not None else "all time"


def _day_text(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def step_labels(months: list[Month]) -> list[str]:
    """What each month counts towards where it is drawn: itself, or in a long row of months its year."""
    if len(months) <= _LONG:
        return [month_text(month.key) for month in months]
    return [f"{month.first.year}" for month in months]


def _months_on(day: date, number: int) -> date:
    """The first day of the month so many months on."""
    months = day.year * _YEAR + day.month - 1 + number
    return date(months // _YEAR, months % _YEAR + 1, 1)
