"""Messages for tests, written past everything that makes them."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ptrack.database.session import writing
from ptrack.models.mail import Message
from ptrack.vocabulary import Channel, MessageKind, MessageStatus

NOW = datetime(2026, 11, 20, 9, 20, tzinfo=UTC)
"""What the tests' clock says."""

FACTS = {
    "client": "Anna Berg",
    "first_name": "Anna",
    "trainer": "Timo Lang",
    "place": "Studio",
    "starts_at": "2026-11-20T17:00:00+00:00",
    "duration_min": 60,
    "zone": "Europe/Berlin",
    "studio": "Lang",
    "uid": "1@practice",
    "sequence": 0,
    "offset_min": 60,
}


def a_message(number: int, **said: Any) -> Message:
    """A message that is due; its number also makes its recipient and key."""
    given: dict[str, Any] = {
        "kind": MessageKind.REMINDER,
        "channel": Channel.EMAIL,
        "recipient": f"client{number}@example.org",
        "facts": json.dumps(FACTS),
        "dedupe_key": f"reminder:{number}:60:20261120T170000",
        "not_before": NOW - timedelta(minutes=5),
        "expires_at": NOW + timedelta(hours=8),
        "status": MessageStatus.PENDING,
        "created_at": NOW - timedelta(days=1),
    }
    return Message(**(given | said))


def put(practice: Path, *messages: Message) -> list[int]:
    """Put messages into the outbox; their numbers."""
    with writing(practice, "test", NOW) as work:
        return [work.add(message).id or 0 for message in messages]


def fill(practice: Path, count: int, **said: Any) -> list[int]:
    """Put so many messages that are due into the outbox."""
    return put(practice, *(a_message(number, **said) for number in range(1, count + 1)))
