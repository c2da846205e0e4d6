"""Appointments as other calendars take them: iCalendar events (RFC 5545) with the zone they are in.

Values go in, bytes come out. The same values give the same bytes, so that a calendar written twice differs
only where an appointment does.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from ptrack import __version__

if TYPE_CHECKING:
    from icalendar import Event, Timezone, TimezoneDaylight, TimezoneStandard

_YEARS_BEFORE, _YEARS_AFTER = 1, 3
_STEP = timedelta(days=7)
_ASKED = {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
_UID = re.compile(r"appointment-(\d{1,18})\.(.+)@ptrack")


class Mailbox(NamedTuple):
    """Somebody with an address."""

    name: str
    address: str


class Invite(NamedTuple):
    """An event as it is written out; instants are aware, `stamped` is when it was last changed.

    `organizer` invites, `attendee` is invited and asked to answer.
    """

    uid: str
    summary: str
    starts_at: datetime
    duration_min: int
    stamped: datetime
    sequence: int = 0
    is_cancelled: bool = False
    location: str = ""
    notes: str = ""
    url: str = ""
    organizer: Mailbox | None = None
    attendee: Mailbox | None = None


class Transition(NamedTuple):
    """A change of a zone's clocks: the instant, the offsets before and after, what it is called then."""

    instant: datetime
    before: timedelta
    after: timedelta
    name: str
    is_summer: bool


def appointment_uid(number: int, practice_uid: str) -> str:
    """What an appointment is called in all calendars of the world."""
    return f"appointment-{number}.{practice_uid}@ptrack"


def event_uid(
    number: int, practice_uid: str, uid: str | None, import_key: str | None, *, in_group: bool
) -> str:
    """An appointment's name in all calendars: the one it came with, unless it shares that with others."""
    if uid and uid == import_key and not in_group:
        return uid
    return appointment_uid(number, practice_uid)


def own_number(uid: str, practice_uid: str) -> int | None:
    """The number of the appointment that a name in a calendar means; None for another practice's."""
    match = _UID.fullmatch(uid)
    return int(match[1]) if match and match[2] == practice_uid else None


def calendar_bytes(
    invites: Sequence[Invite], zone: ZoneInfo, name: str | None = None, method: str | None = None
) -> bytes:
    """A calendar file with those events, in a zone.

    `name` is said of a whole calendar, `method` where it is sent to somebody.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//ptrack//ptrack {__version__}//EN")
    calendar.add("calscale", "GREGORIAN")
    if method:
        calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("x-wr-timezone", zone.key)
    if invites:
        years = [invite.starts_at.year for invite in invites]
        calendar.add_component(_timezone(zone, min(years), max(years)))
    for invite in invites:
        calendar.add_component(_event(invite, zone))
    return bytes(calendar.to_ical(sorted=False))


def _event(invite: Invite, zone: ZoneInfo) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", invite.uid)
    event.add("dtstamp", invite.stamped.astimezone(UTC).replace(microsecond=0))
    for name, moment in zip(("dtstart", "dtend"), _span(invite, zone), strict=True):
        event.add(name, moment)
    event.add("summary", invite.summary)
    if invite.location:
        event.add("location", invite.location)
    if invite.notes:
        event.add("description", invite.notes)
    if invite.url:
        event.add("url", invite.url)
    _add_people(event, invite)
    event.add("status", "CANCELLED" if invite.is_cancelled else "CONFIRMED")
    event.add("sequence", invite.sequence)
    return event


def _add_people(event: "Event", invite: Invite) -> None:
    """Who invites, and who is asked to come."""
    from icalendar import vCalAddress

    def address(mailbox: Mailbox, **parameters: str) -> vCalAddress:
        return vCalAddress(f"mailto:{mailbox.address}", params={"CN": mailbox.name, **parameters})

    if invite.organizer:
        event.add("organizer", address(invite.organizer))
    if invite.attendee:
        event.add("attendee", address(invite.attendee, **_ASKED))


def _span(invite: Invite, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Begin and end on the zone's clock; in UTC where that clock shows one of them for the second time."""
    begin = invite.starts_at.astimezone(UTC)
    end = begin + timedelta(minutes=invite.duration_min)
    local = (begin.astimezone(zone), end.astimezone(zone))
    return (begin, end) if any(moment.fold for moment in local) else local


def transitions(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[Transition]:
    """The changes of a zone's clocks between two instants, in order."""
    early = begin.astimezone(UTC)
    while early < end:
        late = min(early + _STEP, end.astimezone(UTC))
        if _offset(early, zone) != _offset(late, zone):
            yield _transition(early, late, zone)
        early = late


def _transition(early: datetime, late: datetime, zone: ZoneInfo) -> Transition:
    """The one change between two instants, found to the second."""
    before = _offset(early, zone)
    while late - early > timedelta(seconds=1):
        middle = early + timedelta(seconds=(late - early) // timedelta(seconds=2))
        early, late = (middle, late) if _offset(middle, zone) == before else (early, middle)
    local = late.astimezone(zone)
    return Transition(late, before, _offset(late, zone), local.tzname() or "", bool(local.dst()))


def _offset(instant: datetime, zone: ZoneInfo) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()


@lru_cache(32)
def _timezone(zone: ZoneInfo, first: int, last: int) -> "Timezone":
    """What a reader that does not know the zone must know of it, for the years around what is written."""
    from icalendar import Timezone

    begin = datetime(first - _YEARS_BEFORE, 1, 1, tzinfo=UTC)
    end = datetime(last + _YEARS_AFTER, 1, 1, tzinfo=UTC)
    local, offset = begin.astimezone(zone), _offset(begin, zone)
    start = Transition(begin, offset, offset, local.tzname() or "", bool(local.dst()))
    component = Timezone()
    component.add("tzid", zone.key)
    for alike in _alike([start, *transitions(zone, begin, end)]):
        component.add_component(_observance(alike))
    return component


def _alike(changes: Iterable[Transition]) -> list[list[Transition]]:
    """The changes that differ in nothing but their date, together."""
    groups: dict[tuple[object, ...], list[Transition]] = {}
    for change in changes:
        groups.setdefault(change[1:], []).append(change)
    return list(groups.values())


def _observance(changes: Sequence[Transition]) -> "TimezoneDaylight | TimezoneStandard":
    """One kind of time that the zone keeps; its dates are on the clock as it was just before."""
    from icalendar import TimezoneDaylight, TimezoneStandard

    first = changes[0]
    component = TimezoneDaylight() if first.is_summer else TimezoneStandard()
    onsets = [(change.instant + change.before).replace(tzinfo=None) for change in changes]
    component.add("dtstart", onsets[0])
    component.add("tzoffsetfrom", first.before)
    component.add("tzoffsetto", first.after)
    component.add("tzname", first.name)
    if onsets[1:]:
        component.add("rdate", onsets[1:])
    return component
