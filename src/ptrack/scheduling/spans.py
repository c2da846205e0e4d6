"""Which days a calendar page shows: a day, a week, the weeks of a month."""

from dataclasses import dataclass
from datetime import date, timedelta

from ptrack.errors import UsageError
from ptrack.moments import read_day

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_SHORTEST = 3
_STEPS = {"last": -1, "this": 0, "next": 1}
_ISO_MONTH_PARTS = 2


@dataclass(frozen=True, slots=True)
class Days:
    """Calendar days from the first to the last, both included; `month` is the first of the month shown."""

    first: date
    last: date
    month: date | None = None

    @property
    def all(self) -> list[date]:
        """Each of the days."""
        return [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]


def day_of(text: str | None, today: date) -> Days:
    """The one day that is named, today where none is."""
    day = read_day(text, today) if text else today
    return Days(day, day)


def week_of(text: str | None, today: date, first_weekday: int) -> Days:
    """The week with the day that is named; `next week` and `last week` will do, and nothing is this one."""
    steps = _steps(text, "week")
    day = today + timedelta(weeks=steps) if steps is not None else read_day(text or "", today)
    first = day - timedelta(days=(day.weekday() - first_weekday) % 7)
    return Days(first, first + timedelta(days=6))


def month_of(text: str | None, today: date, first_weekday: int) -> Days:
    """The weeks of the month with the day that is named.

    `next month`, `2026-12`, `december` (the nearest) and `dec 2027` will do as well; nothing is this month.
    """
    month = _named_month(text, today)
    last = _months_on(month, 1) - timedelta(days=1)
    first = month - timedelta(days=(month.weekday() - first_weekday) % 7)
    return Days(first, last + timedelta(days=(first_weekday - 1 - last.weekday()) % 7), month)


def _steps(text: str | None, noun: str) -> int | None:
    """How many weeks or months ahead `next week` is; None where it is no such word."""
    if not text:
        return 0
    step, _, word = " ".join(text.casefold().split()).partition(" ")
    return _STEPS.get(step) if word == noun else None


def _months_on(month: date, count: int) -> date:
    months = month.year * 12 + month.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)


def _named_month(text: str | None, today: date) -> date:
    this = today.replace(day=1)
    steps = _steps(text, "month")
    if steps is not None:
        return _months_on(this, steps)
    said = " ".join((text or "").casefold().split())
    return _iso_month(said) or _month_by_name(said, this) or read_day(said, today).replace(day=1)


def _iso_month(said: str) -> date | None:
    """`2026-12`."""
    parts = said.split("-")
    if len(parts) != _ISO_MONTH_PARTS or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    year, month = map(int, parts)
    if not (1 <= month <= len(_MONTHS) and 1900 <= year <= 2200):  # noqa: PLR2004  the years that can be said
        raise UsageError(f'"{said}" is no month like 2026-12.')
    return date(year, month, 1)


def _month_by_name(said: str, this: date) -> date | None:
    """`december` is the one nearest to this month; `dec 2027` says the year."""
    word, _, year = said.partition(" ")
    found = [number for number, name in enumerate(_MONTHS, start=1) if name.startswith(word)]
    if len(word) < _SHORTEST or not found:
        return None
    if year:
        return _iso_month(f"{year}-{found[0]:02d}")
    away = (found[0] - this.month + 5) % 12 - 5
    return _months_on(this, away)
