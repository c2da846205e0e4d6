"""One event of a calendar file in our terms: when, how long, who, what repeats, or why it is none."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, NamedTuple

from ptrack.exchange.calendar_files import EventText
from ptrack.exchange.dates import is_in_range
from ptrack.exchange.drafts import DAY_MIN, visible
from ptrack.exchange.zones import LIBRARY_FAULTS, Zones
from ptrack.moments import EARLIEST, LATEST
from ptrack.naming import clean

_LONGEST_SHOWN = 40
_PUBLISHED_CANCELLED = "CANCEL"


class Moment(NamedTuple):
    """A time as it stands in a file: on the clock, with the zone of that clock; a day has `is_day`."""

    wall: datetime
    zone: tzinfo
    is_day: bool = False

    @property
    def instant(self) -> datetime:
        """The instant; a time that comes twice is the first, one that the clocks jump over an hour later."""
        return self.wall.replace(tzinfo=self.zone, fold=0).astimezone(UTC)

    def on_clock_of(self, zone: tzinfo) -> datetime:
        """What the clock of another zone shows then."""
        return self.wall if self.is_day else self.instant.astimezone(zone).replace(tzinfo=None, fold=0)


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """An event that may be an appointment, or why it is none (`left`).

    `rules` are recurrence rules as the calendar library reads them, `more` and `fewer` the times beside them,
    `instance` says which one of a recurring event this is instead of, and of which it is the first to differ
    (`and_future`).
    """

    line: int
    uid: str
    start: Moment
    minutes: int
    summary: str = ""
    notes: str = ""
    location: str = ""
    emails: tuple[str, ...] = ()
    sequence: int = 0
    changed: str = ""
    is_cancelled: bool = False
    rules: tuple[Any, ...] = ()
    more: tuple[Moment, ...] = ()
    fewer: tuple[Moment, ...] = ()
    instance: Moment | None = None
    and_future: bool = False
    left: str = ""

    @property
    def is_recurring(self) -> bool:
        """Whether it stands for several."""
        return bool(self.rules or self.more)


class Unreadable(Exception):  # noqa: N818  nobody is told but through the report
    """An event that cannot be taken: in which property, and why."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.reason = column, reason


class EventReader:
    """Reads the events of one file. Times without a zone are the calendar's, else the practice's."""

    def __init__(self, zones: Zones, zone: tzinfo, now: datetime) -> None:
        self._zones, self._zone, self._now = zones, zone, now

    def read(self, text: EventText) -> CalendarEvent:
        """The event. Raises Unreadable."""
        if text.fault:
            raise Unreadable("", text.fault)
        properties = _properties(text)
        floating = self._zones.find(text.zone) or self._zone if text.zone else self._zone
        start = self._moment(properties, "DTSTART", floating)
        if start is None:
            raise Unreadable("DTSTART", "the time is missing")
        self._check_date(start)
        is_cancelled = text.method == _PUBLISHED_CANCELLED or _word(properties, "STATUS") == "CANCELLED"
        minutes = self._minutes(properties, start, floating)
        return CalendarEvent(
            line=text.line,
            uid=text.uid,
            start=start,
            minutes=minutes or 0,
            summary=clean(_text(properties, "SUMMARY")),
            notes=visible(_text(properties, "DESCRIPTION")),
            location=clean(_text(properties, "LOCATION")),
            emails=tuple(_emails(properties)),
            sequence=_whole(properties, "SEQUENCE"),
            changed=max(_stamp(properties, "LAST-MODIFIED"), _stamp(properties, "DTSTAMP")),
            is_cancelled=is_cancelled,
            rules=tuple(_sound(one, "RRULE") for one in _all(properties, "RRULE")),
            more=tuple(self._moments(properties, "RDATE", floating)),
            fewer=tuple(self._moments(properties, "EXDATE", floating)),
            instance=self._moment(properties, "RECURRENCE-ID", floating),
            and_future=_is_and_future(properties),
            left=_left(properties, start, minutes, is_cancelled=is_cancelled),
        )

    def _check_date(self, start: Moment) -> None:
        if not is_in_range(start.wall, self._now):
            shown = f"{start.wall:%Y-%m-%d}"
            raise Unreadable("DTSTART", f"{shown} is not between 1970 and ten years ahead")

    def _minutes(self, properties: Any, start: Moment, floating: tzinfo) -> int | None:
        """How long it takes; None where that is not said."""
        end = self._moment(properties, "DTEND", floating)
        if end is not None:
            seconds = (end.instant - start.instant).total_seconds()
            if seconds < 0 and end.zone is start.zone:  # it begins at a time that the clocks jump over
                seconds = (end.wall - start.wall).total_seconds()
        elif (length := _first(properties, "DURATION")) is not None:
            duration = _value_of(length, "DURATION")
            if not isinstance(duration, timedelta):
                raise Unreadable("DURATION", "it is no duration")
            seconds = duration.total_seconds()
        else:
            return None
        if seconds < 0:
            raise Unreadable("DTEND", "the event ends before it begins")
        return max(1, round(seconds / 60)) if seconds else 0

    def _moment(self, properties: Any, name: str, floating: tzinfo) -> Moment | None:
        found = _first(properties, name)
        return None if found is None else self._placed(found, _value_of(found, name), name, floating)

    def _moments(self, properties: Any, name: str, floating: tzinfo) -> list[Moment]:
        """The times in a list of them; of a period its begin."""
        found = []
        for given in _all(properties, name):
            for one in _sound(given, name).dts:
                value = one.dt[0] if isinstance(one.dt, tuple) else one.dt
                found.append(self._placed(given, value, name, floating))
        return found

    def _placed(self, given: Any, value: Any, name: str, floating: tzinfo) -> Moment:
        if isinstance(value, date) and not EARLIEST.year <= value.year <= LATEST.year:
            raise Unreadable(name, f"{value.year:04} is not between 1970 and ten years ahead")
        if isinstance(value, datetime):
            tzid = str(given.params.get("TZID", ""))
            if value.tzinfo is UTC or str(value.tzinfo) == "UTC":
                return Moment(value.replace(tzinfo=None), UTC)
            zone = self._zones.find(tzid) if tzid else floating
            if zone is None:
                shown = clean(tzid)[:_LONGEST_SHOWN]
                raise Unreadable(name, f'the time zone "{shown}" is not known, and not described in the file')
            return Moment(value.replace(tzinfo=None, fold=0, microsecond=0), zone)
        if isinstance(value, date):
            return Moment(datetime.combine(value, datetime.min.time()), floating, is_day=True)
        raise Unreadable(name, "it is no time")


def _properties(text: EventText) -> Any:
    from icalendar import Event

    try:
        return Event.from_ical("\r\n".join(["BEGIN:VEVENT", *text.lines, "END:VEVENT", ""]))
    except LIBRARY_FAULTS as error:
        raise Unreadable("", f"the event cannot be read: {_brief(error)}") from error


def _brief(error: Exception) -> str:
    if isinstance(error, OSError):  # the library looks for a zone's file
        return "the name of a time zone is none"
    return clean(str(error))[: 2 * _LONGEST_SHOWN]


def _all(properties: Any, name: str) -> list[Any]:
    found = properties.get(name)
    if found is None:
        return []
    return found if isinstance(found, list) else [found]


def _first(properties: Any, name: str) -> Any:
    return next(iter(_all(properties, name)), None)


def _sound(found: Any, name: str) -> Any:
    """The property, unless the library could not read it."""
    if type(found).__name__ == "vBroken":
        raise Unreadable(name, f'"{clean(str(found))[:_LONGEST_SHOWN]}" cannot be read')
    return found


def _value_of(found: Any, name: str) -> Any:
    return getattr(_sound(found, name), "dt", None)


def _text(properties: Any, name: str) -> str:
    found = _first(properties, name)
    return "" if found is None else str(found)


def _word(properties: Any, name: str) -> str:
    return _text(properties, name).strip().upper()


def _whole(properties: Any, name: str) -> int:
    """A count; what is none counts as nothing."""
    text = _text(properties, name).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= len("2147483647") else 0


def _stamp(properties: Any, name: str) -> str:
    """A time of change as text that sorts; empty where it cannot be read."""
    found = _first(properties, name)
    if found is None or type(found).__name__ == "vBroken":
        return ""
    value = getattr(found, "dt", None)
    return f"{value:%Y%m%d%H%M%S}" if isinstance(value, datetime) else ""


def _emails(properties: Any) -> list[str]:
    """The addresses of those who are asked to come."""
    texts = [str(one).strip() for one in _all(properties, "ATTENDEE")]
    return [text[len("mailto:") :].casefold() for text in texts if text.casefold().startswith("mailto:")]


def _is_and_future(properties: Any) -> bool:
    found = _first(properties, "RECURRENCE-ID")
    return str(getattr(found, "params", {}).get("RANGE", "")).upper() == "THISANDFUTURE"


def _left(properties: Any, start: Moment, minutes: int | None, *, is_cancelled: bool) -> str:
    """Why an event is no appointment; what is called off need not say how long it would have taken."""
    if start.is_day:
        return "all_day"
    if is_cancelled:
        return ""
    is_free = _word(properties, "X-MICROSOFT-CDO-BUSYSTATUS") == "FREE"
    if is_free or _word(properties, "TRANSP") == "TRANSPARENT":
        return "free"
    if not minutes:
        return "no_duration"
    return "over_a_day" if minutes > DAY_MIN else ""
