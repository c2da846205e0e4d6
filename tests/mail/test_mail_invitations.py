"""Invitations as calendars follow them: made, moved, called off; read back, and taken in by khal."""

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from mail_samples import FACTS, NORD, Row, arrived, calendars_in, row_of
from ptrack.mail.compose import compose
from ptrack.vocabulary import MessageKind

BERLIN = ZoneInfo("Europe/Berlin")
KHAL = shutil.which("khal", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")


def sent(kind: MessageKind, **facts: Any) -> Any:
    return arrived(compose(row_of(kind, **facts), NORD))


def inline(message: Any) -> Any:
    """The calendar beside text and HTML, which mail programs show."""
    return next(part for part in message.walk() if part.get_content_type() == "text/calendar")


def series(kind: MessageKind, *days: str) -> list[dict[str, Any]]:
    return [
        {**FACTS[kind], "starts_at": f"2026-{day}T09:00:00Z", "uid": f"appointment-{day}.abc@ptrack"}
        for day in days
    ]


@pytest.mark.parametrize(
    ("kind", "method", "sequence", "status"),
    [
        (MessageKind.CONFIRMATION, "REQUEST", 0, "CONFIRMED"),
        (MessageKind.CHANGE, "REQUEST", 1, "CONFIRMED"),
        (MessageKind.CANCELLATION, "CANCEL", 2, "CANCELLED"),
    ],
)
def test_one_appointment_keeps_its_name_and_its_version_rises(
    kind: MessageKind, method: str, sequence: int, status: str
) -> None:
    (calendar,) = calendars_in(sent(kind))
    (event,) = calendar.events
    assert calendar["method"] == method
    assert (event["uid"], event["sequence"], event["status"]) == (
        "appointment-1.abc@ptrack",
        sequence,
        status,
    )
    assert event["dtstart"].dt == datetime(2026, 11, 24, 10, tzinfo=BERLIN)
    assert event["dtend"].dt == datetime(2026, 11, 24, 11, tzinfo=BERLIN)
    assert event["dtstart"].params["TZID"] == str(calendar.timezones[0]["tzid"]) == "Europe/Berlin"
    assert event["dtstamp"].dt == datetime(2026, 11, 20, 9, 20, tzinfo=UTC)


def test_an_invitation_says_who_invites_whom_to_what() -> None:
    (event,) = calendars_in(sent(MessageKind.CONFIRMATION, url="https://meet.example/a", plan="Upper A"))[
        0
    ].events
    assert event["summary"] == "Training with Maya Lindqvist (Studio Nord)"
    assert event["location"] == "Mitte, Hauptstr. 1, 10115 Berlin"
    assert event["description"] == "Online: https://meet.example/a\nPlanned: Upper A"
    assert event["url"] == "https://meet.example/a"
    assert (event["organizer"], event["organizer"].params["CN"]) == (
        "mailto:hello@nord.example",
        "Studio Nord",
    )
    asked = event["attendee"]
    assert (asked, asked.params["CN"], asked.params["RSVP"]) == (
        "mailto:anna@example.org",
        "Anna Berg",
        "TRUE",
    )
    assert (asked.params["PARTSTAT"], asked.params["ROLE"]) == ("NEEDS-ACTION", "REQ-PARTICIPANT")
    assert not event.walk("VALARM")


def test_mail_programs_find_it_beside_the_text_and_as_a_file() -> None:
    message = sent(MessageKind.CONFIRMATION)
    part = inline(message)
    assert part["Content-Type"].params["method"] == "REQUEST"
    (file,) = message.iter_attachments()
    assert (file.get_filename(), file.get_content_type()) == ("invite.ics", "application/ics")
    assert part.get_content().splitlines() == file.get_content().decode().splitlines()
    kinds = [each.get_content_type() for each in message.walk()]
    assert kinds[:5] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", sorted(set(MessageKind) - {"confirmation", "change", "cancellation"}))
def test_nothing_else_touches_a_calendar(kind: MessageKind) -> None:
    message = arrived(compose(row_of(kind), NORD, {"validate": "v" * 43}))
    assert not calendars_in(message)
    assert "text/calendar" not in [part.get_content_type() for part in message.walk()]


def test_a_series_is_one_file_to_be_taken_over() -> None:
    message = sent(
        MessageKind.CONFIRMATION, series=series(MessageKind.CONFIRMATION, "11-24", "12-01", "12-08")
    )
    (calendar,) = calendars_in(message)
    assert calendar["method"] == "PUBLISH"
    assert [str(event["uid"])[12:17] for event in calendar.events] == ["11-24", "12-01", "12-08"]
    assert all("organizer" in event and "attendee" not in event for event in calendar.events)
    assert "text/calendar" not in [part.get_content_type() for part in message.walk()]


def test_several_are_called_off_one_by_one() -> None:
    message = sent(MessageKind.CANCELLATION, series=series(MessageKind.CANCELLATION, "11-24", "12-01"))
    files = calendars_in(message)
    assert [calendar["method"] for calendar in files] == ["CANCEL", "CANCEL"]
    assert [len(calendar.events) for calendar in files] == [1, 1]
    names = [part.get_filename() for part in message.iter_attachments()]
    assert names == ["cancel-1.ics", "cancel-2.ics"]


def test_a_guardian_is_asked_in_the_childs_stead() -> None:
    row = row_of(MessageKind.CONFIRMATION, recipient="eva@example.org", is_copy=True)
    (event,) = calendars_in(arrived(compose(row, NORD)))[0].events
    assert (event["attendee"], event["attendee"].params["CN"]) == ("mailto:eva@example.org", "Anna Berg")


def test_without_a_name_there_is_no_invitation() -> None:
    assert not calendars_in(sent(MessageKind.CONFIRMATION, uid=None))


def test_each_line_is_as_long_as_the_standard_allows() -> None:
    message = sent(MessageKind.CONFIRMATION, place="Übungsraum " * 30)
    (file,) = message.iter_attachments()
    lines = file.get_content().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    read: Any = Calendar.from_ical(file.get_content())
    assert str(read.events[0]["location"]).startswith("Übungsraum Übungsraum")


class Khal:
    """The khal program with one empty calendar of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        (folder / "calendar").mkdir()
        config = f"""
[calendars]
[[own]]
path = {folder}/calendar
[locale]
local_timezone = Europe/Berlin
default_timezone = Europe/Berlin
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
[sqlite]
path = {folder}/khal.db
"""
        (folder / "khal.conf").write_text(config)

    def __call__(self, *arguments: str) -> str:
        command = [KHAL or "khal", "-c", str(self._folder / "khal.conf"), *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout

    def take(self, message: Any) -> None:
        """Import what is attached to a message."""
        for number, part in enumerate(message.iter_attachments()):
            file = self._folder / f"{number}.ics"
            file.write_bytes(part.get_content())
            self("import", "--batch", str(file))

    def listed(self) -> list[str]:
        """The events of the days that tests are about."""
        form = "{start} {title} | {location} | {status} | {uid}"
        lines = self("list", "--format", form, "--day-format", "", "2026-11-01", "90d").splitlines()
        return [line.strip() for line in lines if line.strip()]


@pytest.fixture
def khal(tmp_path: Path) -> Khal:
    if KHAL is None:
        pytest.skip("khal is not installed here")
    return Khal(tmp_path)


def test_khal_books_moves_and_calls_off(khal: Khal) -> None:
    khal.take(sent(MessageKind.CONFIRMATION))
    (booked,) = khal.listed()
    assert "10:00" in booked
    assert "Training with Maya Lindqvist (Studio Nord) | Mitte, Hauptstr. 1, 10115 Berlin" in booked
    khal.take(sent(MessageKind.CHANGE, starts_at="2026-11-25T13:30:00Z"))
    (moved,) = khal.listed()
    assert "14:30" in moved
    assert booked.endswith("appointment-1.abc@ptrack")
    assert moved.endswith("appointment-1.abc@ptrack")
    khal.take(sent(MessageKind.CANCELLATION, starts_at="2026-11-25T13:30:00Z"))
    (off,) = khal.listed()
    assert "CANCELLED" in off


def test_khal_takes_a_series_and_calls_off_one_of_it(khal: Khal) -> None:
    days = ("11-24", "12-01", "12-08")
    khal.take(sent(MessageKind.CONFIRMATION, series=series(MessageKind.CONFIRMATION, *days)))
    assert [line.rpartition("appointment-")[2][:5] for line in khal.listed()] == list(days)
    one = series(MessageKind.CANCELLATION, "12-01")[0]
    khal.take(arrived(compose(Row(MessageKind.CANCELLATION, json.dumps(one)), NORD)))
    assert ["CANCELLED" in line for line in khal.listed()] == [False, True, False]
