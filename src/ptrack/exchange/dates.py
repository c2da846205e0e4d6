"""When a workout began, as phones and spreadsheets write it, in the language they are set to."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from ptrack.errors import UsageError
from ptrack.naming import fold


class DateOrder(StrEnum):
    """How the numbers of a date follow each other where none is a year of four digits."""

    DMY = "dmy"
    MDY = "mdy"


EARLIEST_YEAR = 1970
YEARS_AHEAD = 10

# ruff: noqa: RUF001  names of months in Cyrillic
# Short names of the months as telephones write them: English, German, French, Spanish, Italian, Portuguese,
# Dutch, Scandinavian, Polish, Turkish, Indonesian, Russian and Ukrainian, folded.
_MONTH_NAMES = (
    "jan janv ene gen sty oca янв січ",
    "feb fev fevr lut sub фев лют",
    "mar mrt mae мар бер",
    "apr avr abr kwi nis апр кві",
    "may mai mag mei maj may мая май тра",
    "jun juin giu cze haz июн чер",
    "jul juil lug lip tem июл лип",
    "aug aou aout ago sie agu ags авг сер",
    "sep set wrz eyl сен вер",
    "oct okt ott out paz eki окт жов",
    "nov lis kas ноя лис",
    "dec dez des dic gru ara дек гру",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}

_TIME = r"(?:[\sT,]+(?:(?:at|um|à|a las|alle|às|om|kl\.?)\s+)?(?P<time>\S.*))?"
_WORD = r"(?P<month>[^\W\d_]+)\.?"
_NAMED = (
    re.compile(rf"(?P<day>\d{{1,2}})\.?[\s-]+(?:de\s+)?{_WORD},?[\s-]+(?:de\s+)?(?P<year>\d{{4}}){_TIME}"),
    re.compile(rf"{_WORD}\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}}){_TIME}"),
)
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.年](\d{{1,2}})[-/.月](\d{{1,2}})日?{_TIME}")
_NUMERIC = re.compile(rf"(\d{{1,2}})([./-])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}")
_CLOCK = re.compile(r"(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?\s*([ap]\.?\s?m\.?|上午|下午)?")
_HALVES = {"a": 0, "p": 12, "上": 0, "下": 12}


def read_start(text: str, order: DateOrder | None) -> datetime | None:
    """The date and time in a text, without a zone unless it names one; a day alone is noon.

    `order` is asked only where both the day and the month may be meant. None where no date can be read.
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return _otherwise(" ".join(text.split()), order)
    return found if len(text) > len("2026-11-24") else found.replace(hour=12)


def _otherwise(text: str, order: DateOrder | None) -> datetime | None:
    try:
        if match := _YEAR_FIRST.fullmatch(text):
            return _at(int(match[1]), int(match[2]), int(match[3]), match["time"])
        for pattern in _NAMED:
            if match := pattern.fullmatch(text):
                month = _month(match["month"])
                return _at(int(match["year"]), month, int(match["day"]), match["time"])
        if match := _NUMERIC.fullmatch(text):
            day, month = _ordered(match, order)
            return _at(_full_year(match[4]), month, day, match["time"])
    except ValueError:
        pass
    return None


def _at(year: int, month: int, day: int, clock: str | None) -> datetime:
    hour, minute, second = _time(clock) if clock else (12, 0, 0)
    return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  a wall clock's time


def _time(text: str) -> tuple[int, int, int]:
    match = _CLOCK.fullmatch(text.strip().casefold())
    front = re.match(r"(上午|下午)(.+)", text)
    if front:
        return _time(f"{front[2]} {front[1]}")
    if not match:
        raise ValueError
    hour, half = int(match[1]), match[4]
    if half:
        hour = hour % 12 + _HALVES[half[0]]
    return hour, int(match[2]), int(match[3] or 0)


def _month(word: str) -> int:
    plain = fold(word)
    for length in (len(plain), 4, 3):
        if number := _MONTHS.get(plain[:length]):
            return number
    raise ValueError


def _ordered(match: re.Match[str], order: DateOrder | None) -> tuple[int, int]:
    """Day and month of a numeric date; points stand only where the day comes first."""
    first, second = int(match[1]), int(match[3])
    if match[2] == "." or order is DateOrder.DMY:
        return first, second
    if order is DateOrder.MDY:
        return second, first
    raise ValueError


def _full_year(text: str) -> int:
    return int(text) if len(text) > 2 else 2000 + int(text)  # noqa: PLR2004


def is_ambiguous(text: str) -> bool:
    """Whether a text is a date of which only the file can tell the order of day and month."""
    match = _NUMERIC.fullmatch(" ".join(text.split()))
    return bool(match) and match[2] != "."  # type: ignore[index]


def settle_order(texts: Iterable[str], file: str) -> DateOrder:
    """Decide from a whole file's dates whether day or month comes first.

    Raises UsageError where no date in it tells, or some tell one thing and some the other.
    """
    first = second = False
    for text in texts:
        if match := _NUMERIC.fullmatch(" ".join(text.split())):
            first = first or int(match[1]) > 12  # noqa: PLR2004  no month
            second = second or int(match[3]) > 12  # noqa: PLR2004
    if first == second:
        why = "both orders occur" if first else "no day in it is past the twelfth"
        raise UsageError(
            f"Whether dates in {file} begin with the day or the month cannot be told: {why}.\n"
            "Say it: --date-format dmy or --date-format mdy"
        )
    return DateOrder.DMY if first else DateOrder.MDY


def wall_time(moment: datetime, zone: ZoneInfo) -> datetime:
    """The time on the studio's clock; one without a zone is that already."""
    return moment.astimezone(zone).replace(tzinfo=None) if moment.tzinfo else moment


def instant_of(local: datetime, zone: ZoneInfo) -> tuple[datetime, bool]:
    """The instant of a local time, and whether the clocks jump over it: then it is an hour later.

    A time that comes twice is the first.
    """
    instant = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    return instant, instant.astimezone(zone).replace(tzinfo=None) != local


def is_in_range(local: datetime, now: datetime) -> bool:
    """Whether a date lies between 1970 and ten years ahead."""
    if local.year < EARLIEST_YEAR:
        return False
    return local.replace(tzinfo=UTC) <= now + timedelta(days=365.25 * YEARS_AHEAD)
