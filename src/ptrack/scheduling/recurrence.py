"""When the appointments of a series are: the same time on the clock, again and again.

The days are reckoned in local time and each is placed in the zone by itself, so that ten o'clock stays ten
o'clock when the clocks are put forward or back.
"""

from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from ptrack.errors import UsageError
from ptrack.moments import Gap, locate
from ptrack.vocabulary import Repeat

MOST = 366
"""So many times a series may come, which is a year of days."""

FURTHEST = timedelta(days=3 * 365 + 1)
"""So far from its first day a series may reach: three years."""

_OPTION = "--times 8 or --until DATE"
_LONGEST_MONTH = 31


class Rhythm(NamedTuple):
    """How a series goes on: how often it comes, and how many times or until which day, that day included."""

    repeats: Repeat
    times: int | None = None
    until: date | None = None


class Occurrence(NamedTuple):
    """One time of a series on the clock, and its instant; None where the clocks jump over it.

    `gap` tells of the jump then, `notice` of a choice that had to be made.
    """

    local: datetime
    instant: datetime | None
    gap: Gap | None = None
    notice: str | None = None


def rhythm_of(repeats: Repeat | None, times: int | None, until: date | None) -> Rhythm | None:
    """The rhythm that the options say; None where nothing repeats, UsageError where they don't fit."""
    if repeats is None:
        if times is not None or until is not None:
            option = "--times" if times is not None else "--until"
            raise UsageError(f"{option} needs --repeat: daily, weekly, fortnightly or monthly.")
        return None
    if times is None and until is None:
        raise UsageError(f"Say how long it goes on: --repeat {repeats} with {_OPTION}.")
    if times is not None and until is not None:
        raise UsageError(f"Say --times or --until, not both: --repeat {repeats} with {_OPTION}.")
    return Rhythm(repeats, times, until)


def wall_times(first: datetime, rhythm: Rhythm) -> list[datetime]:
    """The times of a series on the clock, the first one among them, in order.

    Months without the first one's day are left out, and `times` counts those that are not. Raises UsageError
    where it ends before it begins, comes more than 366 times or reaches further than three years.
    """
    from dateutil import rrule

    if rhythm.until is not None and rhythm.until < first.date():
        raise UsageError(f"--until {rhythm.until} is before the first one, {first:%Y-%m-%d}.")
    if rhythm.times is not None and rhythm.times > MOST:
        raise UsageError(f"A series has at most {MOST} appointments; --times {rhythm.times} is more.")
    frequencies: dict[Repeat, Literal[1, 2, 3]] = {
        Repeat.DAILY: rrule.DAILY,
        Repeat.MONTHLY: rrule.MONTHLY,
    }
    frequency = frequencies.get(rhythm.repeats, rrule.WEEKLY)
    interval = 2 if rhythm.repeats is Repeat.FORTNIGHTLY else 1
    last_day = first.date() + FURTHEST
    until = datetime.combine(rhythm.until, time.max) if rhythm.until is not None else None
    found: list[datetime] = []
    for local in rrule.rrule(
        frequency, dtstart=first, interval=interval, count=rhythm.times, until=until, cache=False
    ):
        if local.date() > last_day:
            raise UsageError(f"A series reaches at most three years ahead, here to {last_day}.")
        if len(found) == MOST:
            raise UsageError(
                f"A series has at most {MOST} appointments; up to {rhythm.until} there are more."
            )
        found.append(local)
    return found


def short_months(walls: list[datetime], rhythm: Rhythm) -> list[date]:
    """The months, by their first day, that a monthly series leaves out because they lack its day."""
    if rhythm.repeats is not Repeat.MONTHLY or not walls:
        return []
    seen = {(local.year, local.month) for local in walls}
    last = rhythm.until or walls[-1].date()
    month, left_out = walls[0].date().replace(day=1), []
    while month < last.replace(day=1):
        if (month.year, month.month) not in seen:
            left_out.append(month)
        month = (month + timedelta(days=_LONGEST_MONTH)).replace(day=1)
    return left_out


def occurrences(walls: list[datetime], zone: ZoneInfo) -> list[Occurrence]:
    """Each time on the clock with its instant in the zone."""
    return [_occurrence(local, zone) for local in walls]


def _occurrence(local: datetime, zone: ZoneInfo) -> Occurrence:
    found = locate(local, zone)
    if isinstance(found, Gap):
        return Occurrence(local, None, gap=found)
    return Occurrence(local, found.instant, notice=found.notice)


def gaps_text(gaps: list[Gap]) -> str:
    """The times that don't exist, each with its two nearest: for a series, in one line."""
    told = [
        f"{gap.local:%Y-%m-%d %H:%M} (nearest {gap.before:%Y-%m-%d %H:%M} and {gap.after:%Y-%m-%d %H:%M})"
        for gap in gaps
    ]
    verb = "does" if len(gaps) == 1 else "do"
    return f"{'; '.join(told)} {verb} not exist in {gaps[0].zone.key}: the clocks are put forward"


def shifted(local: datetime, was: datetime, becomes: datetime) -> datetime:
    """A time of a series after one of it was moved: as many days on as that one, at its new hour."""
    return datetime.combine(local.date() + (becomes.date() - was.date()), becomes.time())
