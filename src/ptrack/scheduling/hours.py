"""When a trainer works: hours of the week as people write them, days off, and the time that makes.

Hours are kept by the studio's wall clock, `mon-fri 9-17, sat 9:00-12:30`; pure functions turn them into
instants.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ptrack.errors import UsageError
from ptrack.moments import WEEKDAYS, Gap, locate

DAY_MIN = 1440
"""Minutes of a day on the clock's face."""

_HOUR = r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?"
_SPAN = rf"{_HOUR}-{_HOUR}"
_DASH = r"\s*(?:[-\u2010-\u2015]|\bto\b)\s*"
_SETS_OF_DAYS = {"daily": range(7), "weekdays": range(5), "weekend": range(5, 7), "weekends": range(5, 7)}
_SHORTEST = 2
_SHAPE = 'Write them like "mon-fri 9-17, sat 9:00-12:30" or "mon 7-12 14-20".'


class Span(NamedTuple):
    """A part of a day on the wall clock, in minutes since midnight; the end is no longer part of it."""

    starts_min: int
    ends_min: int


Hours = Mapping[int, Sequence[Span]]
"""A trainer's week: the spans of each weekday (0 is Monday) in order, none touching the next."""


ALL_DAY: Hours = {day: (Span(0, DAY_MIN),) for day in range(7)}
"""A week without a pause."""


class Off(NamedTuple):
    """Days on which nobody, or a certain trainer (`trainer_id`), works; both ends included."""

    first_day: date
    last_day: date
    trainer_id: int | None = None
    reason: str | None = None


class Interval(NamedTuple):
    """Time from one instant to another, which is no longer part of it."""

    begins: datetime
    ends: datetime

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return (self.ends - self.begins) // timedelta(minutes=1)


def read_hours(text: str) -> dict[int, tuple[Span, ...]]:
    """The week that a text describes; `none` is a week without hours.

    Days (`mon`, `mon-fri`, `weekdays`, `weekend`, `daily`) come before their spans (`9-17`, `9:00-12:30`,
    `9am-5pm`), as many as there are; commas may stand anywhere. UsageError for what cannot be read, for a
    span that ends before it begins, and for spans of a day that overlap.
    """
    said = re.sub(_DASH, "-", re.sub(r"[,;]", " ", text.casefold())).strip()
    if said == "none":
        return {}
    found: dict[int, list[Span]] = {}
    days: list[int] = []
    has_spans = True  # a day after spans begins anew
    for word in re.sub(r"\s+(am|pm)\b", r"\1", said).split():
        if word[0].isdigit():
            span = _span(word, text)
            for day in days:
                found.setdefault(day, []).append(span)
            has_spans = bool(days)
        else:
            days = [*([] if has_spans else days), *_days(word)]
            has_spans = False
    if not found or not has_spans:
        raise _unreadable(text)
    return {day: _joined(day, spans) for day, spans in sorted(found.items())}


def _unreadable(text: str) -> UsageError:
    return UsageError(f'"{text}" are no hours that ptrack can read.\n{_SHAPE}')


def _days(word: str) -> list[int]:
    """The weekdays a word names; `fri-mon` goes over the week's end."""
    if word in _SETS_OF_DAYS:
        return list(_SETS_OF_DAYS[word])
    first, *more = [_weekday(part) for part in word.rstrip(".:").split("-", 1)]
    last = more[0] if more else first
    return [(first + step) % 7 for step in range((last - first) % 7 + 1)]


def _weekday(word: str) -> int:
    name = word.strip(".")
    found = [number for number, full in enumerate(WEEKDAYS) if full.startswith(name)]
    if len(name) < _SHORTEST or not found:
        raise UsageError(f'"{word}" is no weekday.\n{_SHAPE}')
    return found[0]


def _span(word: str, text: str) -> Span:
    match = re.fullmatch(_SPAN, word)
    if match is None:
        raise _unreadable(text)
    starts = _minute(*match.groups()[:3])
    ends = _minute(*match.groups()[3:]) or DAY_MIN
    if max(starts, ends) > DAY_MIN:
        raise UsageError(f'"{word}" names an hour that no clock shows.\n{_SHAPE}')
    if starts >= ends:
        raise UsageError(f'"{word}" ends before it begins. Over midnight: "fri 22-24, sat 0-2".')
    return Span(starts, ends)


def _minute(hour: str, minute: str | None, half: str | None) -> int:
    """Minutes since midnight; what no clock shows is more than a day."""
    value = int(hour)
    is_wrong = int(minute or 0) > 59 or (half and not 1 <= value <= 12)  # noqa: PLR2004  a clock's face
    if is_wrong:
        return DAY_MIN + 1
    if half:
        value = value % 12 + (12 if half == "pm" else 0)
    return value * 60 + int(minute or 0)


def _joined(day: int, spans: Sequence[Span]) -> tuple[Span, ...]:
    """A day's spans in order, those that touch made one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.starts_min < joined[-1].ends_min:
            told = f"{span_text(joined[-1])} and {span_text(span)}"
            raise UsageError(f"The hours of {WEEKDAYS[day].title()} overlap: {told}.")
        if joined and span.starts_min == joined[-1].ends_min:
            joined[-1] = Span(joined[-1].starts_min, span.ends_min)
        else:
            joined.append(span)
    return tuple(joined)


def hour_text(minute: int) -> str:
    """`9`, `12:30`, `24`."""
    hour, rest = divmod(minute, 60)
    return f"{hour}:{rest:02}" if rest else f"{hour}"


def span_text(span: Span) -> str:
    """`9-17`."""
    return f"{hour_text(span.starts_min)}-{hour_text(span.ends_min)}"


def hours_text(hours: Hours) -> str:
    """`Mon-Fri 9-17, Sat 9-12:30`, which `read_hours` understands; nothing for a week without hours."""
    spans = [tuple(hours.get(day, ())) for day in range(7)]
    runs = [
        (key, [day for day, _ in run]) for key, run in groupby(enumerate(spans), key=lambda pair: pair[1])
    ]
    return ", ".join(f"{_days_text(days)} {' '.join(map(span_text, key))}" for key, days in runs if key)


def _days_text(days: Sequence[int]) -> str:
    first, last = WEEKDAYS[days[0]][:3].title(), WEEKDAYS[days[-1]][:3].title()
    return first if first == last else f"{first}-{last}"


def off_on(day: date, offs: Iterable[Off], trainer_id: int) -> Off | None:
    """What keeps a trainer from working on a day, their own or the whole practice's."""
    for off in offs:
        if off.trainer_id in (None, trainer_id) and off.first_day <= day <= off.last_day:
            return off
    return None


def working_time(
    first_day: date, last_day: date, hours: Hours, offs: Iterable[Off], zone: ZoneInfo
) -> list[Interval]:
    """The time worked from one day to another, in order; what touches is one, over midnight too.

    `offs` are the trainer's and the practice's. An hour that the clocks jump over is not worked, one that
    comes twice is worked twice.
    """
    closed = list(offs)
    worked: list[Interval] = []
    for number in range((last_day - first_day).days + 1):
        day = first_day + timedelta(days=number)
        if any(off.first_day <= day <= off.last_day for off in closed):
            continue
        for span in hours.get(day.weekday(), ()):
            begins, ends = _instant(day, span.starts_min, zone), _instant(day, span.ends_min, zone)
            if worked and begins <= worked[-1].ends:
                worked[-1] = Interval(worked[-1].begins, max(worked[-1].ends, ends))
            elif begins < ends:
                worked.append(Interval(begins, ends))
    return worked


def is_within(begins: datetime, ends: datetime, worked: Iterable[Interval]) -> bool:
    """Whether all of some time is worked."""
    return any(interval.begins <= begins and ends <= interval.ends for interval in worked)


def _instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """From when on the clocks show that minute or a later one; in a jump, its end."""
    placed = locate(datetime.combine(day, time()) + timedelta(minutes=minute), zone)
    if isinstance(placed, Gap):
        return placed.after.replace(tzinfo=zone).astimezone(UTC)
    return placed.instant
