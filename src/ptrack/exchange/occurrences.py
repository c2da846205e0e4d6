"""The times of a recurring event inside a horizon: its rules, what was put in, left out and moved.

Rules are expanded on the clock of the event's zone, so that nine o'clock stays nine o'clock.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, NamedTuple

from ptrack.exchange.calendar_events import CalendarEvent, Moment, Unreadable
from ptrack.exchange.zones import LIBRARY_FAULTS
from ptrack.moments import EARLIEST, LATEST
from ptrack.vocabulary import Repeat

MOST_OCCURRENCES = 5_000
LONGEST_INTERVAL = 1_000

_BACK, _AHEAD = timedelta(days=365), timedelta(days=183)
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_SINGLE = ("BYMINUTE", "BYSECOND")
_CYCLES_YEARS = 7_600
"""Nineteen times the 400 years after which the calendar repeats to the day of the week. dateutil looks for a
day that never comes (30 February) up to the year 9999; moved by so much, it has not far to look."""


class Horizon(NamedTuple):
    """From when to when occurrences are wanted: instants, the end not included."""

    begin: datetime
    end: datetime

    def has(self, instant: datetime) -> bool:
        """Whether an instant lies inside."""
        return self.begin <= instant < self.end


class Occurrence(NamedTuple):
    """One time of an event; `mark` says which one of a recurring event, None of one that is single."""

    event: CalendarEvent
    starts_at: datetime
    mark: datetime | None = None


def occurrences(
    master: CalendarEvent, overrides: Sequence[CalendarEvent], horizon: Horizon
) -> list[Occurrence]:
    """The times of a recurring event that its rules give, without those that an override stands for.

    From an override for all that follow, they are as it says. Raises Unreadable for a rule that cannot be
    followed, or gives too many.
    """
    zone = master.start.zone
    instead = {mark_of(one, master.start) for one in overrides}
    turns = sorted(((mark_of(one, master.start), one) for one in overrides if one.and_future), key=_first)
    times = ((Moment(wall, zone).instant) for wall in _walls(master, horizon))
    return [_turned(Occurrence(master, time, time), turns, zone) for time in times if time not in instead]


def mark_of(override: CalendarEvent, start: Moment) -> datetime:
    """Which time of an event that begins then an override stands for; of a day, the one on that day."""
    instance = override.instance
    assert instance is not None  # noqa: S101  it would be no override
    if not instance.is_day:
        return instance.instant
    return Moment(datetime.combine(instance.wall, start.wall.time()), start.zone).instant


def _first(turn: tuple[datetime, CalendarEvent]) -> datetime:
    return turn[0]


def _turned(one: Occurrence, turns: Iterable[tuple[datetime, CalendarEvent]], zone: tzinfo) -> Occurrence:
    """The occurrence as the last change for all that follow has it: as much later, and with its content."""
    earlier = [turn for turn in turns if turn[0] <= one.starts_at]
    if not earlier:
        return one
    mark, event = earlier[-1]
    later = event.start.on_clock_of(zone) - mark.astimezone(zone).replace(tzinfo=None)
    wall = one.starts_at.astimezone(zone).replace(tzinfo=None, fold=0) + later
    return Occurrence(event, Moment(wall, zone).instant, one.mark)


def _walls(event: CalendarEvent, horizon: Horizon) -> list[datetime]:
    """When it begins on its own clock, in order, inside the horizon."""
    zone = event.start.zone
    first, last = (edge.astimezone(zone).replace(tzinfo=None, fold=0) for edge in horizon)
    found = {event.start.wall, *(moment.on_clock_of(zone) for moment in event.more)}
    for rule in event.rules:
        for wall in _following(rule, event.start, last):
            if wall >= first:
                found.add(wall)
            if len(found) > MOST_OCCURRENCES:
                raise Unreadable("RRULE", f"it repeats more than {MOST_OCCURRENCES:,} times")
    left_out = {moment.on_clock_of(zone) for moment in event.fewer if not moment.is_day}
    free_days = {moment.wall.date() for moment in event.fewer if moment.is_day}
    kept = (wall for wall in found - left_out if first <= wall < last and wall.date() not in free_days)
    return sorted(kept)


def _following(rule: Any, start: Moment, last: datetime) -> Iterator[datetime]:
    """The times that one rule gives before a time, on the event's clock."""
    from dateutil.rrule import rrulestr

    text, begin, until = _checked(rule), start.wall, _until(rule, start.zone)
    try:
        moved = iter(rrulestr(text, dtstart=begin.replace(year=begin.year + _CYCLES_YEARS)))
    except LIBRARY_FAULTS as error:
        raise Unreadable("RRULE", f'"{text[:80]}" is no rule') from error
    with suppress(*LIBRARY_FAULTS):  # it stumbles over the end of the year 9999
        for found in moved:
            wall = found.replace(year=found.year - _CYCLES_YEARS)
            if wall >= last or (until is not None and wall > until):
                return
            yield wall


def _checked(rule: Any) -> str:
    """The rule as text, without its end. Raises Unreadable for one that no appointment follows."""
    parts = {str(key).upper(): values for key, values in rule.items()}
    frequency = str(parts.get("FREQ", [""])[0]).upper()
    if frequency not in _FREQUENCIES:
        raise Unreadable("RRULE", f"it repeats {frequency.lower() or 'in no way'}; no appointment does")
    if not 1 <= int(parts.get("INTERVAL", [1])[0]) <= LONGEST_INTERVAL:
        raise Unreadable("RRULE", "its interval is none")
    if any(len(parts.get(name, ())) > 1 for name in _SINGLE):
        raise Unreadable("RRULE", "it repeats within the hour; no appointment does")
    kept = type(rule)({key: values for key, values in rule.items() if str(key).upper() != "UNTIL"})
    try:
        return str(kept.to_ical().decode())
    except LIBRARY_FAULTS as error:
        raise Unreadable("RRULE", "it is no rule") from error


def _until(rule: Any, zone: tzinfo) -> datetime | None:
    """The last time of a rule on the event's clock; a day, which some programs give, counts to its end."""
    value = next(iter(rule.get("UNTIL", ())), None)
    if value is None:
        return None
    if not isinstance(value, date):
        raise Unreadable("RRULE", "its end is no day")
    if value.year > LATEST.year:
        return None
    if value.year < EARLIEST.year:
        return datetime.min  # noqa: DTZ901  on a clock
    if not isinstance(value, datetime):
        return datetime.combine(value, datetime.max.time())
    return value.astimezone(zone).replace(tzinfo=None) if value.tzinfo else value


def repeats_of(event: CalendarEvent) -> Repeat | None:
    """How often it comes in a word, where there is one for it."""
    if len(event.rules) != 1 or event.more:
        return None
    rule = event.rules[0]
    parts = {str(key).upper(): values for key, values in rule.items()}
    days = parts.keys() - {"FREQ", "INTERVAL", "UNTIL", "COUNT", "WKST"}
    is_plain = not days or (len(days) == 1 and len(parts[next(iter(days))]) == 1)
    words = {("DAILY", 1): Repeat.DAILY, ("WEEKLY", 1): Repeat.WEEKLY, ("WEEKLY", 2): Repeat.FORTNIGHTLY,
             ("MONTHLY", 1): Repeat.MONTHLY}  # fmt: skip
    frequency, interval = str(parts.get("FREQ", [""])[0]).upper(), parts.get("INTERVAL", [1])[0]
    return words.get((frequency, interval)) if is_plain else None


def usual_horizon(now: datetime) -> Horizon:
    """Between when recurring events are expanded unless somebody says otherwise."""
    return Horizon((now - _BACK).astimezone(UTC), (now + _AHEAD).astimezone(UTC))
