"""Which days a calendar page shows: a day, a week, the weeks of a month."""

from datetime import date, timedelta
from typing import NamedTuple

from ptrack.errors import UsageError
from ptrack.moments import EARLIEST, LATEST, WEEKDAYS, read_day

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_SHORTEST = 3
_STEPS = {"last": -1, "this": 0, "next": 1}
_UNITS = {
    "day": ("d", "day", "days"),
    "week": ("w", "wk", "week", "weeks"),
    "month": ("m", "mo", "month", "months"),
}
_MOST_STEPS = 9999
_DAYS_A_WEEK = 7
_ISO_MONTH_PARTS = 2


class Days(NamedTuple):
    """Calendar days from the first to the last, both included; `month` is the first of the month shown."""

    first: date
    last: date
    month: date | None = None

    @property
    def all(self) -> list[date]:
        """Each of the days."""
        return [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]


def day_of(text: str | None, today: date) -> Days:
    """The one day that is named, today where none is; `-1d` is yesterday."""
    day = _day_off(text, today) or (read_day(text, today) if text else today)
    return Days(day, day)


def week_of(text: str | None, today: date, first_weekday: int) -> Days:
    """The week with the day that is named; nothing is this one.

    `next week`, `last week`, `+1w`, `-1w` and `2026-W48` will do as well.
    """
    steps = _steps(text, "week")
    if steps is not None:
        day = today + timedelta(weeks=steps)
    else:
        day = _iso_week(text or "") or _day_off(text, today) or read_day(text or "", today)
    first = day - timedelta(days=(day.weekday() - first_weekday) % 7)
    return Days(first, first + timedelta(days=6))


def month_of(text: str | None, today: date, first_weekday: int) -> Days:
    """The weeks of the month with the day that is named.

    `next month`, `-1m`, `2026-12`, `december` (the nearest) and `dec 2027` will do as well; nothing is this
    month.
    """
    month = _named_month(text, today)
    last = _months_on(month, 1) - timedelta(days=1)
    first = month - timedelta(days=(month.weekday() - first_weekday) % 7)
    return Days(first, last + timedelta(days=(first_weekday - 1 - last.weekday()) % 7), month)


def past_day(text: str | None, today: date) -> date:
    """The day that is named among those up to today; a weekday is the last one of that name, be it today's.

    Raises UsageError for a day that lies ahead.
    """
    said = " ".join((text or "").casefold().split())
    number = _weekday(said)
    if number is not None:
        return today - timedelta(days=(today.weekday() - number) % _DAYS_A_WEEK)
    day = day_of(said, today).first
    if day > today:
        raise UsageError(f"{day:%a} {day.day} {day:%b %Y} lies ahead: nothing of it can be closed yet.")
    return day


def _weekday(said: str) -> int | None:
    word = said.removeprefix("last ").rstrip(".")
    found = [number for number, name in enumerate(WEEKDAYS) if name.startswith(word)]
    return found[0] if len(word) > 1 and found else None


def day_word(day: date, today: date) -> str:
    """How a command names a day up to today, after a blank: ` tue`, ` 2026-11-10`; today goes unsaid."""
    if day == today:
        return ""
    return f" {day:%a}".lower() if 0 < (today - day).days < _DAYS_A_WEEK else f" {day}"


def _steps(text: str | None, noun: str) -> int | None:
    """How many weeks or months ahead `next week` or `+1w` is; None where it is no such word."""
    if not text:
        return 0
    step, _, word = " ".join(text.casefold().split()).partition(" ")
    return _STEPS.get(step) if word == noun else _signed(text, noun)


def _signed(text: str | None, noun: str) -> int | None:
    """The number of `+2w` or `-2w`; None where it is none, or counts something else."""
    said = "".join((text or "").casefold().split())
    number = said[1:].rstrip("abcdefghijklmnopqrstuvwxyz")
    if said[:1] not in ("+", "-") or not (number.isascii() and number.isdigit()):
        return None
    if said[1 + len(number) :] not in _UNITS[noun]:
        return None
    if int(number) > _MOST_STEPS:
        raise UsageError(f'"{text}" is farther away than any calendar goes.')
    return int(said[0] + number)


def _day_off(text: str | None, today: date) -> date | None:
    """The day that `-3d` or `+2w` is away; None where it is no such word."""
    days, weeks = _signed(text, "day"), _signed(text, "week")
    if days is None and weeks is None:
        return None
    return _in_reach(today + timedelta(days=days or 0, weeks=weeks or 0), str(text))


def _iso_week(text: str) -> date | None:
    """The Thursday of `2026-W48`, which lies in that week whatever day a week begins with."""
    year, _, week = text.casefold().replace("-", "").partition("w")
    if not (year.isascii() and year.isdigit() and week.isascii() and week.isdigit()):
        return None
    try:
        return _in_reach(date.fromisocalendar(int(year), int(week), 4), text)
    except ValueError:
        raise UsageError(f'"{text}" is no week like 2026-W48.') from None


def _in_reach(day: date, text: str) -> date:
    if not EARLIEST <= day <= LATEST:
        raise UsageError(f'"{text}" is outside {EARLIEST.year} to {LATEST.year}.')
    return day


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
