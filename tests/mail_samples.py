"""Rows of the outbox and their facts, as tests of messages want them."""

import json
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import compat32, default
from email.utils import getaddresses
from typing import Any, NamedTuple

from icalendar import Calendar

from ptrack.mail.compose import Sender
from ptrack.vocabulary import Channel, MessageKind

NOW = datetime(2026, 11, 20, 9, 20, tzinfo=UTC)
NORD = Sender("Studio Nord", "hello@nord.example", None, "Studio Nord")
TOKENS = {"validate": "v" * 43, "unsubscribe": "u" * 43}

_PERSON = {"client": "Anna Berg", "first_name": "Anna", "trainer": "Maya Lindqvist", "studio": "Studio Nord"}
_APPOINTMENT = {
    **_PERSON, "place": "Mitte", "address": "Hauptstr. 1, 10115 Berlin", "url": None,
    "starts_at": "2026-11-24T09:00:00Z", "duration_min": 60, "zone": "Europe/Berlin",
    "uid": "appointment-1.abc@ptrack", "sequence": 0, "credits": 9, "available": 8, "owed": 0,
    "cancel_until": "2026-11-23T09:00:00Z", "series": None, "group": None, "plan": None, "reason": None,
}  # fmt: skip
_AFTER = {**_PERSON, "starts_at": "2026-11-20T08:00:00Z", "duration_min": 60, "zone": "Europe/Berlin"}
_TOTALS = {"sets": 18, "reps": 146, "volume_kg": 5240.0}
_RECORDS = [{"exercise": "Back Squat", "kind": "e1RM", "value": "116.7 kg", "previous": "113.4 kg"}]

FACTS: dict[MessageKind, dict[str, Any]] = {
    MessageKind.CONFIRMATION: _APPOINTMENT,
    MessageKind.CHANGE: {
        **_APPOINTMENT, "sequence": 1, "was": {
            "starts_at": "2026-11-23T07:00:00Z", "duration_min": 60, "trainer": "Ben", "place": "Nord",
        },
    },
    MessageKind.CANCELLATION: {**_APPOINTMENT, "sequence": 2, "reason": "illness"},
    MessageKind.REMINDER: {**_APPOINTMENT, "plan": "Upper A", "offset_min": 1440},
    MessageKind.WORKOUT_SUMMARY: {
        **_AFTER, "workout": 7, "title": "Upper A", "totals": _TOTALS, "records": _RECORDS,
    },
    MessageKind.VALIDATION: {
        **_AFTER, "session": 5, "questions": ["session", "trainer", "energy", "soreness"],
    },
    MessageKind.CREDITS: {
        **_PERSON, "reason": "two_left", "balance": 2, "package": 3, "package_name": "Ten",
        "expires_on": "2027-01-19", "ledger": [
            {"date": "2026-11-19", "text": "Session", "delta": -1, "balance": 2},
        ],
    },
    MessageKind.GOAL: {**_PERSON, "goal": "Squat 100 kg", "progress": "97.5 kg", "reached": False},
    MessageKind.ACHIEVEMENT: {
        **_PERSON, "achievements": [{"title": "50 workouts", "text": "in all"}],
        "near": [{"title": "Bench Press 60 kg", "text": "2.5 kg to go"}],
    },
    MessageKind.WEEKLY_SUMMARY: {
        **_PERSON, "zone": "Europe/Berlin", "first_on": "2026-11-09", "last_on": "2026-11-15", "workouts": 3,
        "sessions": 2, "totals": _TOTALS, "records": _RECORDS, "achievements": [{"title": "50 workouts"}],
        "goals": [{"title": "Squat 100 kg", "text": "97.5 kg"}],
        "next": [{"starts_at": "2026-11-24T09:00:00Z", "duration_min": 60, "place": "Mitte"}],
    },
    MessageKind.CERTIFICATE: {
        **_PERSON, "program": "Strength", "completed_on": "2026-11-19", "weeks": 12, "workouts": 34,
    },
}  # fmt: skip


class Row(NamedTuple):
    """A row of the outbox, as far as composing looks at it."""

    kind: MessageKind
    facts: str
    recipient: str = "anna@example.org"
    is_copy: bool = False
    created_at: datetime = NOW
    not_before: datetime = NOW
    channel: Channel = Channel.EMAIL


def row_of(
    kind: MessageKind, *, recipient: str = "anna@example.org", is_copy: bool = False, **facts: Any
) -> Row:
    """A message of a kind with facts other than usual."""
    return Row(kind, json.dumps({**FACTS[kind], **facts}), recipient, is_copy)


def arrived(message: EmailMessage) -> EmailMessage:
    """A message as a mail program reads it."""
    return message_from_bytes(bytes(message), policy=default)


def name_in(message: EmailMessage, header: str) -> str:
    """The name before the address in a header, as programs have read it since the standard was made."""
    found = getaddresses([_raw(message, header)])
    assert len(found) == 1
    return str(make_header(decode_header(found[0][0])))


def said_in(message: EmailMessage, header: str) -> str:
    """The text of a header, read so."""
    return str(make_header(decode_header(_raw(message, header))))


def _raw(message: EmailMessage, header: str) -> str:
    return "".join(str(message_from_bytes(bytes(message), policy=compat32)[header]).splitlines())


def text_in(message: EmailMessage) -> str:
    """Its text."""
    return _body(message, "plain")


def page_in(message: EmailMessage) -> str:
    """Its HTML."""
    return _body(message, "html")


def _body(message: EmailMessage, subtype: Any) -> str:
    body = message.get_body((subtype,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def calendars_in(message: EmailMessage) -> list[Any]:
    """The calendar files attached."""
    return [
        Calendar.from_ical(part.get_content())
        for part in message.iter_attachments()
        if part.get_content_type() == "application/ics"
    ]
