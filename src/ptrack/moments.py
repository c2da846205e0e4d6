"""What people call a time, read into a local time and, through the studio's zone, into an instant.

`2026-11-24 10:00`, `24.11. 10:00`, `today 18:00`, `tomorrow 9`, `tue 10:00` (the next one), `+3d`,
`in 2 weeks`, `now`. Calendar days are days in the studio's zone, never in UTC.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ptrack.errors import UsageError

NOON = time(12)
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
RANGE_DAYS = {"week": 7, "month": 30, "quarter": 91, "year": 365}

# Kept as text: most commands read no time, and re keeps what it has compiled.
_ISO = r"(\d{4})-(\d{1,2})-(\d{1,2})"
_DOTTED = r"(\d{1,2})\.(\d{1,2})\.(\d{4})?"
_AHEAD = r"(?:\+\s*(\d{1,5})\s*([a-z]+)|in\s+(\d{1,5}|an?)\s+([a-z]+))"
_CLOCK = r"(?:at\s+)?(\d{1,2})(?::(\d{2}))?(?::(\d{2}))?\s*(am|pm)?"
_STEPS = {
    "min": "minutes", "mins": "minutes", "minute": "minutes", "minutes": "minutes",
    "h": "hours", "hour": "hours", "hours": "hours",
    "d": "days", "day": "days", "days": "days",
    "w": "weeks", "wk": "weeks", "week": "weeks", "weeks": "weeks",
}  # fmt: skip
_FORMS = "2026-11-24 10:00, 24.11. 10:00, today 18:00, tomorrow 9, tue 10:00, +3d, in 2 weeks, now"


class Moment(NamedTuple):
    """A local time as somebody said it; `has_hour` is False where only a day was named."""

    local: datetime
    has_hour: bool


def _unreadable(text: str) -> UsageError:
    return UsageError(f'"{text}" is no time that ptrack can read.\nWrite it like one of: {_FORMS}.')


def _next_weekday(word: str, today: date) -> date | None:
    """The next day of that name, never today; beginnings of two letters and more will do."""
    if len(word) < 2:  # noqa: PLR2004  one letter is no weekday
        return None
    for number, name in enumerate(WEEKDAYS):
        if name.startswith(word):
            return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    return None


def _dotted_day(match: re.Match[str], today: date) -> date:
    """`24.11.` is the one nearest to today: half a year back or ahead at most."""
    day, month, year = match.groups()
    if year:
        return date(int(year), int(month), int(day))
    years = (today.year - 1, today.year, today.year + 1)
    candidates = [found for found in (_valid_date(year, int(month), int(day)) for year in years) if found]
    if not candidates:
        raise ValueError
    return min(candidates, key=lambda candidate: (abs((candidate - today).days), candidate < today))


def _valid_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _named_day(text: str, today: date) -> tuple[date, str] | None:
    """The day at the beginning of the text, with what follows it."""
    for pattern in (_ISO, _DOTTED):
        if match := re.match(pattern, text):
            day = (
                date(*(int(part) for part in match.groups()))
                if pattern is _ISO
                else _dotted_day(match, today)
            )
            return day, text[match.end() :].lstrip("t ,") if pattern is _ISO else text[match.end() :]
    word, _, rest = text.partition(" ")
    offsets = {"today": 0, "tomorrow": 1, "yesterday": -1}
    if word in offsets:
        return today + timedelta(days=offsets[word]), rest
    if word == "last" and (found := _next_weekday(rest.partition(" ")[0], today)):
        past = found - timedelta(days=7)
        return past, rest.partition(" ")[2]
    if word == "next":
        word, _, rest = rest.partition(" ")
    found = _next_weekday(word.rstrip(".,"), today)
    return (found, rest) if found else None


def _clock(text: str) -> time | None:
    match = re.fullmatch(_CLOCK, text.strip(" ,"))
    if not match:
        return None
    hour, minute, second, half = match.groups()
    value = int(hour)
    if half:
        if not 1 <= value <= 12:  # noqa: PLR2004  a twelve-hour clock
            return None
        value = value % 12 + (12 if half == "pm" else 0)
    return time(value, int(minute or 0), int(second or 0))


def _ahead(text: str, now: datetime) -> Moment | None:
    match = re.match(_AHEAD, text)
    if not match:
        return None
    count, step = (match[1] or match[3]), (match[2] or match[4])
    number = 1 if count in ("a", "an") else int(count)
    rest = text[match.end() :].strip()
    if step not in _STEPS:
        if step in ("m", "mo", "month", "months"):
            raise UsageError(f'"{text}": say minutes (min), hours (h), days (d) or weeks (w).')
        raise _unreadable(text)
    unit = _STEPS[step]
    if unit in ("minutes", "hours"):
        if rest:
            raise _unreadable(text)
        ahead = now.replace(tzinfo=now.tzinfo) + timedelta(**{unit: number})
        return Moment(ahead.replace(second=0, microsecond=0), has_hour=True)
    return _at(now.date() + timedelta(**{unit: number}), rest, text)


def _at(day: date, rest: str, text: str) -> Moment:
    if not rest.strip(" ,"):
        return Moment(datetime.combine(day, NOON), has_hour=False)
    clock = _clock(rest)
    if clock is None:
        raise _unreadable(text)
    return Moment(datetime.combine(day, clock), has_hour=True)


def read_moment(text: str, now: datetime) -> Moment:
    """What `text` means when the studio's clock shows `now` (a local time without a zone).

    A day without an hour is given noon and `has_hour` False. An impossible date or clock is a UsageError.
    """
    said = " ".join(text.casefold().split())
    try:
        moment = _read(said, now)
    except (ValueError, OverflowError):
        raise _unreadable(text) from None
    if moment is None:
        raise _unreadable(text)
    if not EARLIEST <= moment.local.date() <= LATEST:
        raise UsageError(f'"{text}" is outside {EARLIEST.year} to {LATEST.year}.')
    return moment


def _read(said: str, now: datetime) -> Moment | None:
    if said == "now":
        return Moment(now, has_hour=True)
    if ahead := _ahead(said, now):
        return ahead
    if named := _named_day(said, now.date()):
        return _at(named[0], named[1], said)
    if clock := _clock(said) if ":" in said or said.endswith(("am", "pm")) else None:
        return Moment(datetime.combine(now.date(), clock), has_hour=True)
    return None


def read_day(text: str, today: date) -> date:
    """The day that `text` names; an hour in it is a mistake."""
    moment = read_moment(text, datetime.combine(today, NOON))
    if moment.has_hour and text.casefold().strip() != "now":
        raise UsageError(f'"{text}" names an hour where a day is asked for.')
    return moment.local.date()


class Placed(NamedTuple):
    """An instant (UTC) for a local time; `notice` tells of a choice that had to be made."""

    instant: datetime
    notice: str | None = None


class Gap(NamedTuple):
    """A local time that the clocks of a zone jump over, and the two nearest that they show."""

    local: datetime
    zone: ZoneInfo
    before: datetime
    after: datetime

    @property
    def text(self) -> str:
        """What is wrong and which times are near, in two lines."""
        return (
            f"{self.local:%Y-%m-%d %H:%M} does not exist in {self.zone.key}: the clocks are put forward.\n"
            f"The nearest times are {self.before:%Y-%m-%d %H:%M} and {self.after:%Y-%m-%d %H:%M}."
        )


def locate(local: datetime, zone: ZoneInfo) -> Placed | Gap:
    """The instant of a local time, or the gap that it falls into; of a time that comes twice the first."""
    first = local.replace(tzinfo=zone, fold=0)
    second = local.replace(tzinfo=zone, fold=1)
    back = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    if back != local:
        return Gap(local, zone, *_around_gap(local, zone))
    notice = None
    if first.utcoffset() != second.utcoffset():
        notice = (
            f"{local:%Y-%m-%d %H:%M} comes twice in {zone.key}, for the clocks are put back; "
            "the first of the two is taken."
        )
    return Placed(first.astimezone(UTC), notice)


def place(local: datetime, zone: ZoneInfo) -> Placed:
    """The instant of a local time.

    A time that the clocks jump over is refused with the two nearest valid times; one that comes twice is
    taken as the first, and said so.
    """
    found = locate(local, zone)
    if isinstance(found, Gap):
        raise UsageError(found.text)
    return found


def _around_gap(local: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The last whole minute before the gap and the first moment after it."""
    low = local.replace(tzinfo=zone, fold=0).utcoffset() or timedelta()
    high = local.replace(tzinfo=zone, fold=1).utcoffset() or timedelta()
    early, late = (local - max(low, high)), (local - min(low, high))
    before_offset = min(low, high)
    while late - early > timedelta(seconds=1):  # where the offset changes, in UTC
        middle = early + (late - early) / 2
        offset = middle.replace(tzinfo=UTC).astimezone(zone).utcoffset()
        early, late = (middle, late) if offset == before_offset else (early, middle)
    change = (
        late.replace(microsecond=0)
        if late.microsecond == 0
        else late.replace(microsecond=0) + timedelta(seconds=1)
    )
    return change + before_offset - timedelta(minutes=1), change + max(low, high)


def clock_text(local: datetime) -> str:
    """A time as it is told in a sentence: `Tue 24 Nov 2026, 10:00`."""
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M}"


def local_day_bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The instants at which a calendar day begins and the next one begins."""
    return _midnight(day, zone), _midnight(day + timedelta(days=1), zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of a day; where midnight is jumped over, the first one after it."""
    return datetime.combine(day, time(), zone).astimezone(UTC)
