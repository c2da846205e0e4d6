"""Appointments as iCalendar events: read back with another program's eyes, they are what they were."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from ptrack.scheduling.invites import (
    Invite,
    appointment_uid,
    calendar_bytes,
    own_number,
    transitions,
)

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kolkata", "UTC")
STAMPED = datetime(2026, 11, 1, 8, 0, 0, 123456, tzinfo=UTC)
HOUR = timedelta(hours=1)


def invite(starts_at: datetime, **others: Any) -> Invite:
    return Invite("appointment-1.abc@ptrack", "Anna Berg", starts_at, 60, STAMPED, **others)


def events(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content.decode()).walk("VEVENT"))


def written(*invites: Invite, zone: ZoneInfo = BERLIN) -> bytes:
    return calendar_bytes(invites, zone, "Studio")


def test_a_number_becomes_a_name_and_the_name_the_number_again() -> None:
    uid = appointment_uid(12, "5e884898da280471")
    assert uid == "appointment-12.5e884898da280471@ptrack"
    assert own_number(uid, "5e884898da280471") == 12
    assert own_number(uid, "another") is None
    assert own_number("synth-0001@google.com", "5e884898da280471") is None
    assert own_number(f"appointment-{'9' * 40}.x@ptrack", "x") is None


def test_an_event_says_all_there_is_to_say() -> None:
    starts = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    content = written(invite(starts, sequence=3, location="Mitte, Hauptstr. 1", notes="two\nlines; a, b"))
    (event,) = events(content)
    assert (str(event["uid"]), str(event["summary"])) == ("appointment-1.abc@ptrack", "Anna Berg")
    assert event["dtstart"].dt == starts
    assert event["dtend"].dt == starts + HOUR
    assert event["dtstart"].params["TZID"] == "Europe/Berlin"
    assert str(event["location"]) == "Mitte, Hauptstr. 1"
    assert str(event["description"]) == "two\nlines; a, b"
    assert (event["sequence"], str(event["status"])) == (3, "CONFIRMED")
    assert event["dtstamp"].dt == STAMPED.replace(microsecond=0)
    assert str(events(written(invite(starts, is_cancelled=True)))[0]["status"]) == "CANCELLED"


def test_lines_end_as_the_standard_asks_and_none_is_too_long() -> None:
    content = written(invite(STAMPED, notes="Übung und Gewöhnung, " * 40))
    lines = content.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(map(len, lines)) <= 75


def test_the_same_appointments_are_the_same_bytes() -> None:
    assert written(invite(STAMPED)) == written(invite(STAMPED))
    assert events(calendar_bytes([], BERLIN, "Studio")) == []


def test_a_time_that_comes_twice_is_told_apart() -> None:
    first, second = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert [event["dtstart"].dt for event in events(written(invite(first), invite(second)))] == [
        first,
        second,
    ]


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Europe/Berlin", [date(2026, 3, 29), date(2026, 10, 25)]),
        ("Asia/Kolkata", []),
        ("Australia/Lord_Howe", [date(2026, 4, 4), date(2026, 10, 3)]),
    ],
)
def test_the_clocks_change_when_they_change(zone: str, expected: list[date]) -> None:
    year = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
    assert [change.instant.date() for change in transitions(ZoneInfo(zone), *year)] == expected


@given(
    starts=st.datetimes(datetime(2024, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),
    zone=st.sampled_from(ZONES),
)
@settings(max_examples=150, deadline=None, database=None)
def test_whoever_reads_only_the_zone_written_beside_them_reads_the_same_times(
    starts: datetime, zone: str
) -> None:
    moment = starts.replace(second=0, microsecond=0)
    calendar: Any = Calendar.from_ical(written(invite(moment), zone=ZoneInfo(zone)).decode())
    described = calendar.timezones[0].to_tz(lookup_tzid=False)
    read = calendar.events[0]["dtstart"].dt
    assert read == moment
    if read.tzinfo is not UTC:
        assert read.replace(tzinfo=described) == moment


def test_what_is_sent_says_what_it_asks() -> None:
    sent = calendar_bytes([invite(STAMPED)], BERLIN, "Studio", method="REQUEST")
    assert b"METHOD:REQUEST\r\n" in sent
    assert b"METHOD" not in written(invite(STAMPED))
