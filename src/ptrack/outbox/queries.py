"""What the outbox holds: light reads for lists, for the day's page and for runs."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from ptrack.database.reading import Reader, named_list
from ptrack.errors import NotFoundError
from ptrack.vocabulary import Channel, MessageKind, MessageStatus

LIVE = "m.status IN ('pending', 'claimed', 'in_flight', 'uncertain', 'failed')"
"""The condition of the outbox's index, word for word, so that it is used."""

COLUMNS = """m.id, m.kind, m.client_id, m.appointment_id, m.session_id, m.workout_id, m.program_id,
  m.package_id, m.channel, m.recipient, m.is_copy, m.facts, m.dedupe_key, m.message_id, m.not_before,
  m.expires_at, m.status, m.attempts, m.run, m.last_error, m.created_at, m.sent_at"""

LISTED = f"""
SELECT {COLUMNS}, c.name AS client
FROM message m LEFT JOIN client c ON c.id = m.client_id
"""

ONE_MESSAGE = f"{LISTED}WHERE m.id = :number"

DUE = f"""
SELECT {COLUMNS}, c.name AS client
FROM message m LEFT JOIN client c ON c.id = m.client_id
WHERE {LIVE} AND m.status = 'pending' AND m.not_before <= :until
  AND (m.expires_at IS NULL OR m.expires_at > :now){{and_more}}
ORDER BY m.not_before, m.id
LIMIT :most"""

AT_NIGHT = """
  AND m.kind IN ('reminder', 'confirmation', 'change', 'cancellation') AND m.expires_at <= :wakes"""
"""Of what is due in quiet hours only what is about an appointment that would pass."""

COUNTS = f"""
SELECT coalesce(sum(m.status = 'failed'), 0), coalesce(sum(m.status = 'uncertain'), 0)
FROM message m WHERE {LIVE} AND m.status IN ('failed', 'uncertain')"""

OPEN_RUNS = f"""
SELECT DISTINCT m.run FROM message m WHERE {LIVE} AND m.status IN ('claimed', 'in_flight')"""

NUMBER_DUE = f"""
SELECT count(*) FROM message m
WHERE {LIVE} AND m.status = 'pending' AND m.not_before <= :now"""

NUMBER_MADE = f"""
SELECT count(*) FROM message m
WHERE {LIVE} AND m.status = 'pending' AND m.created_at >= :since"""

MADE_AT = f"""{LISTED}WHERE {LIVE} AND m.status = 'pending' AND m.created_at = :instant ORDER BY m.id"""

UNCERTAIN_NUMBERS = f"SELECT m.id FROM message m WHERE {LIVE} AND m.status = 'uncertain' ORDER BY m.id"

ANY_MESSAGE = "SELECT EXISTS (SELECT 1 FROM message)"

HOUSE = """
SELECT name, sender, signature, logo_path, timezone, quiet_from_min, quiet_to_min FROM studio"""


class MessageRow(NamedTuple):
    """A message as it stands; `client` is the client's name, None where the client is no more."""

    id: int
    kind: MessageKind
    client_id: int | None
    appointment_id: int | None
    session_id: int | None
    workout_id: int | None
    program_id: int | None
    package_id: int | None
    channel: Channel
    recipient: str
    is_copy: bool
    facts: str
    dedupe_key: str
    message_id: str | None
    not_before: datetime
    expires_at: datetime | None
    status: MessageStatus
    attempts: int
    run: str | None
    last_error: str | None
    created_at: datetime
    sent_at: datetime | None
    client: str | None = None

    @property
    def told(self) -> dict[str, Any]:
        """The facts that were frozen when the message was made."""
        found: dict[str, Any] = json.loads(self.facts)
        return found


class OutboxCounts(NamedTuple):
    """What a trainer must know of the outbox: how many failed, and of how many nobody knows."""

    failed: int
    uncertain: int


class House(NamedTuple):
    """What mail needs to know of the practice."""

    name: str
    sender: str | None
    signature: str | None
    logo_path: str | None
    timezone: str
    quiet_from_min: int
    quiet_to_min: int


class Work(NamedTuple):
    """What there is for a run: messages due or past their time, and runs that have not ended (or died)."""

    due: int
    runs: int

    def __bool__(self) -> bool:
        """Whether a run has anything to do."""
        return bool(self.due or self.runs)


def messages(
    reader: Reader,
    status: MessageStatus | None = None,
    client: int | None = None,
    kind: MessageKind | None = None,
    limit: int = 1_000,
) -> list[MessageRow]:
    """The newest messages, the newest first; all, or of one status, client or kind."""
    given = {"status": status, "client_id": client, "kind": kind}
    said = {name: value for name, value in given.items() if value is not None}
    where = " AND ".join(f"m.{name} = :{name}" for name in said) or "m.id > 0"
    text = f"{LISTED}WHERE {where} ORDER BY m.id DESC LIMIT :most"
    return reader.rows(MessageRow, text, most=limit, **said)


def message(reader: Reader, number: int) -> MessageRow:
    """One message by its number."""
    found = reader.row(MessageRow, ONE_MESSAGE, number=number)
    if found is None:
        raise NotFoundError(f"There is no message {number}. See them: ptrack mail list")
    return found


def due(
    reader: Reader,
    now: datetime,
    limit: int | None = None,
    until: datetime | None = None,
    wakes: datetime | None = None,
    channels: Sequence[Channel] = tuple(Channel),
    only: Collection[int] | None = None,
) -> list[MessageRow]:
    """What is due by `until` (now unless given) and not past its time, in the order in which it goes out.

    `wakes` is the end of the quiet hours where it is quiet now: only what cannot wait for it is due then.
    With `only`, no message but those of these numbers.
    """
    ways, given = named_list("channel", channels)
    more = f"{AT_NIGHT if wakes else ''}\n  AND m.channel IN ({ways})"
    if wakes:
        given["wakes"] = wakes
    if only is not None:
        ids, numbers = named_list("id", sorted(only))
        more, given = f"{more}\n  AND m.id IN ({ids})", given | numbers
    text = DUE.format(and_more=more)
    return reader.rows(
        MessageRow, text, now=now, until=until or now, most=-1 if limit is None else limit, **given
    )


def outbox_counts(reader: Reader) -> OutboxCounts:
    """How many messages wait for a person."""
    return OutboxCounts(*reader.tuples(COUNTS)[0])


def has_messages(reader: Reader) -> bool:
    """Whether there ever was a message."""
    return bool(reader.value(ANY_MESSAGE))


def number_made(reader: Reader, since: datetime) -> int:
    """How many messages that were made since an instant wait to go out."""
    return int(reader.value(NUMBER_MADE, since=since))


def made_at(reader: Reader, instant: datetime) -> list[MessageRow]:
    """The messages that wait and were made at that instant: those of one command."""
    return reader.rows(MessageRow, MADE_AT, instant=instant)


def chosen(reader: Reader, numbers: Sequence[int], statuses: Sequence[MessageStatus]) -> list[MessageRow]:
    """The messages of those numbers, and all of those statuses; raises NotFoundError for a number of none."""
    ids, values = named_list("status", [status.value for status in statuses])
    text = f"{LISTED}WHERE {LIVE} AND m.status IN ({ids}) ORDER BY m.id"
    named = [message(reader, number) for number in dict.fromkeys(numbers)]
    others = reader.rows(MessageRow, text, **values) if statuses else []
    return [*named, *(row for row in others if row.id not in numbers)]


def work_to_do(reader: Reader, now: datetime) -> Work:
    """What a run would find; reading this much is all that a run with nothing to do costs."""
    return Work(reader.value(NUMBER_DUE, now=now), len(reader.values(OPEN_RUNS)))


def house(reader: Reader) -> House:
    """What mail needs to know of the practice."""
    found = reader.row(House, HOUSE)
    assert found is not None  # noqa: S101  the schema is never without it
    return found
