"""The line that dates a workout in a note: `2026-11-18`, `18.11. 18:30 Upper A`, `Tue 18 Nov, 7am`.

What is read here is what stands in the line; which day it means may hang on the lines around it.
"""

import re
from datetime import time
from typing import Any, NamedTuple

from ptrack.notation.mistakes import Wrong, quoted
from ptrack.notation.model import Place
from ptrack.notation.statements import Statement

_WEEKDAYS = (
    "monday mon montag mo",
    "tuesday tues tue dienstag di",
    "wednesday weds wed mittwoch mi",
    "thursday thurs thur thu donnerstag do",
    "friday fri freitag fr",
    "saturday sat samstag sa",
    "sunday sun sonntag so",
)
_MONTHS = (
    "january jan januar",
    "february feb februar",
    "march mar märz mär",
    "april apr",
    "may mai",
    "june jun juni",
    "july jul juli",
    "august aug",
    "september sept sep",
    "october oct oktober okt",
    "november nov",
    "december dec dezember dez",
)
_RELATIVE = {"today": 0, "yesterday": -1, "heute": 0, "gestern": -1}
_LEAST_ALONE = 3
_HALF_DAY = 12


def _numbered(names: tuple[str, ...], first: int) -> dict[str, int]:
    return {name: number for number, each in enumerate(names, first) for name in each.split()}


def _either(names: dict[str, int]) -> str:
    """Any of the names, the longest first, and no letter behind it."""
    return rf"(?:{'|'.join(sorted(names, key=len, reverse=True))})(?![^\W\d_])"


_WEEKDAY_OF = _numbered(_WEEKDAYS, 0)
_MONTH_OF = _numbered(_MONTHS, 1)
_FLAGS = re.IGNORECASE | re.VERBOSE

_HALF = r"(?: [ap]\.?m\b\.? | uhr\b | h\b | o'clock\b )"
_HOUR = rf"(?: \d{{1,2}}[:.h]\d{{2}}(?: :\d{{2}})?(?: \s*+{_HALF})? | \d{{1,2}}\s*+{_HALF} )"
_CLOCK = re.compile(
    rf"""[\s,]*+ (?: (?: at | um | @ | - )\s*+ )?
         (?P<clock> {_HOUR}) (?: \s*+(?: - | to\b | bis\b )\s*+(?P<until> {_HOUR}) )? (?! \w | :\d )""",
    _FLAGS,
)
_CLOCK_BEHIND = re.compile(rf"(?P<title> .*[^\s,] )[\s,]++{_CLOCK.pattern}\s*+\Z", _FLAGS)
_HOUR_PARTS = re.compile(r"(\d{1,2})(?:[:.h](\d{2})(?::\d{2})?)?\s*([ap])?", re.IGNORECASE)

_WEEKDAY = re.compile(rf"(?: last\s++ )?(?P<weekday> {_either(_WEEKDAY_OF)})\.?,?\s*+", _FLAGS)
_RELATIVE_DAY = re.compile(rf"(?P<relative> {_either(_RELATIVE)})", _FLAGS)
_NO_HOUR = rf"(?! [\d:h.] | \s*{_HALF})"
# Forms that can hardly be anything but a date, and forms that may begin an exercise, too.
_CERTAIN = tuple(
    re.compile(pattern, _FLAGS)
    for pattern in (
        r"(?P<year> \d{4})(?P<sign> [-/.])(?P<month> \d{1,2})(?P=sign)(?P<day> \d{1,2})(?!\d)(?: T(?=\d) )?",
        rf"""(?P<day> \d{{1,2}})\.\s?(?P<month> \d{{1,2}})\.(?! \d{{1,2}}\.)
             (?: \s?(?P<year> \d{{4}})(?! [\d:]) | (?P<short> \d{{2}}){_NO_HOUR} )?""",
        r"(?P<first> \d{1,2})/(?P<second> \d{1,2})/(?: (?P<year> \d{4}) | (?P<short> \d{2}) )(?! [\d/])",
        r"(?P<first> \d{1,2})-(?P<second> \d{1,2})-(?P<year> \d{4})(?!\d)",
        rf"""(?P<day> \d{{1,2}})(?: st | nd | rd | th | \. )?(?: \s+of )?
             [\s-]*(?P<word> {_either(_MONTH_OF)})\.?
             (?: ,?[\s-]+(?: (?P<year> \d{{4}})(?! [\d:]) | '?(?P<short> \d{{2}}){_NO_HOUR} ) )?""",
        rf"""(?P<word> {_either(_MONTH_OF)})\.?\s+(?P<day> \d{{1,2}})(?: st | nd | rd | th )?{_NO_HOUR}
             (?: ,?\s+(?P<year> \d{{4}})(?! [\d:]) )?""",
    )
)
_LIKELY = tuple(
    re.compile(pattern, _FLAGS)
    for pattern in (
        r"(?P<day> \d{1,2})\.(?P<month> \d{2})(?! [\d.:])",
        r"(?P<first> \d{1,2})/(?P<second> \d{1,2})(?! [\d/])",
    )
)
_MARK = re.compile(r"\s*+(?P<mark>[-:,;|)\]>~=*]++)?+\s*+")
_EXERCISE = re.compile(r"\d\s*x\s*\d|(?<!\d):\s*(?:w\s+)?[\da-z]|:\s*\Z", re.IGNORECASE)
_MEASURE = re.compile(r"\s*(?:km|m|mi|miles?|yd|kg|lbs?|min|sec|s|h|x|%|reps?|sets?)(?![a-z])", re.IGNORECASE)
_DECORATION = " \t-=*~_|:)]>,."


class DateLine(NamedTuple):
    """What a date line says; `first` and `second` are day and month in an order that other lines may tell.

    `weekday` counts from Monday, 0; `relative` are days from today. `until` is the hour at which it ended,
    where that is given. With `rest` an exercise follows in the same statement, from that index on.
    """

    place: Place
    text: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    first: int | None = None
    second: int | None = None
    weekday: int | None = None
    relative: int | None = None
    clock: time | None = None
    until: time | None = None
    title: str | None = None
    rest: int | None = None


def read_date_line(statement: Statement, start: int) -> DateLine | None:
    """The date that a statement begins with at `start`; None where it begins with none.

    What may begin an exercise as well (`Friday finisher: 3x10`, `1/2 Squat: 3x5`) is no date, unless a sign
    parts it from the exercise.

    Raises: Wrong at an hour that is none.
    """
    plain, end = statement.plain, statement.end
    weekday = _WEEKDAY.match(plain, start, end)
    at = weekday.end() if weekday else start
    date = _first(_CERTAIN, plain, at, end)
    is_certain = date is not None
    date = date or _first(_LIKELY, plain, at, end)
    if date is None and weekday is None:
        date = _RELATIVE_DAY.match(plain, at, end)
    if date is None and (weekday is None or len(weekday["weekday"]) < _LEAST_ALONE):
        return None
    at = date.end() if date else at
    clock = _CLOCK.match(plain, at, end)
    is_certain = is_certain or clock is not None or (date is not None and weekday is not None)
    behind = clock.end() if clock else at
    mark = _MARK.match(plain, behind, end)
    assert mark is not None  # noqa: S101  it matches nothing, too
    if not _is_meant(plain, behind, end, mark, is_certain=is_certain):
        return None
    title, rest, late = _behind(statement, mark.end())
    return DateLine(
        Place(statement.line, start + 1),
        plain[start:at].strip(" ,"),
        **_parts(date),
        weekday=_WEEKDAY_OF[weekday["weekday"].lower()] if weekday else None,
        clock=_hour(clock or late, "clock"),
        until=_hour(clock or late, "until"),
        title=title,
        rest=rest,
    )


def _first(patterns: tuple[re.Pattern[str], ...], plain: str, at: int, end: int) -> re.Match[str] | None:
    return next((found for pattern in patterns if (found := pattern.match(plain, at, end))), None)


def _is_meant(plain: str, behind: int, end: int, mark: re.Match[str], *, is_certain: bool) -> bool:
    """Whether it is a date, judged by what follows: no letter, digit or sign of sums right behind."""
    rest = plain[mark.end() : end]
    if mark.end() == behind < end and plain[behind - 1] not in " .":
        return False
    if is_certain or mark["mark"] or not rest:
        return True
    return not (_EXERCISE.search(rest) or _MEASURE.match(rest))


def _parts(date: re.Match[str] | None) -> dict[str, Any]:
    """The numbers of a date by the names of `DateLine`; a short year is one of this century."""
    said = date.groupdict() if date else {}
    if said.get("relative"):
        return {"relative": _RELATIVE[said["relative"].lower()]}
    found: dict[str, Any] = {
        name: int(said[name]) for name in ("year", "month", "day", "first", "second") if said.get(name)
    }
    if said.get("short"):
        found["year"] = 2000 + int(said["short"])
    if said.get("word"):
        found["month"] = _MONTH_OF[said["word"].lower()]
    return found


def _behind(statement: Statement, at: int) -> tuple[str | None, int | None, re.Match[str] | None]:
    """What follows a date: the workout's title, or where an exercise begins; an hour behind the title."""
    plain, end = statement.plain, statement.end
    if _EXERCISE.search(plain[at:end].rstrip(_DECORATION)):
        return None, at, None
    hash_sign = plain.find("#", at, end)
    end = hash_sign if hash_sign >= 0 else end
    late = _CLOCK_BEHIND.match(plain, at, end)
    title = statement.written(at, late.end("title") if late else end).strip(_DECORATION)
    return title or None, None, late


def _hour(found: re.Match[str] | None, name: str) -> time | None:
    """The hour of that name.

    Raises: Wrong where the clock has no such hour.
    """
    if found is None or found[name] is None:
        return None
    parts = _HOUR_PARTS.match(found[name])
    assert parts is not None  # noqa: S101  the pattern that found it begins the same
    hour, minute, half = int(parts[1]), int(parts[2] or 0), parts[3]
    is_hour = 1 <= hour <= _HALF_DAY if half else True
    if half:
        hour = hour % _HALF_DAY + (_HALF_DAY if half in "pP" else 0)
    try:
        if is_hour:
            return time(hour, minute)
    except ValueError:
        pass
    raise Wrong(found.start(name), f"{quoted(found[name].strip())} is no hour; write 18:30 or 7am")
