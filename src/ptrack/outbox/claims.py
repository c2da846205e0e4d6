"""What a run writes: claiming messages, and what became of each; every function within a transaction.

A row is only moved by the run whose name it carries, so that a message which was superseded meanwhile, or
taken from a run that seemed dead, is left alone.
"""

import os
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from ptrack.database.reading import Reader
from ptrack.outbox.queries import LIVE, OPEN_RUNS, MessageRow, due
from ptrack.outbox.rules import superseded_together
from ptrack.outbox.states import forgotten_note, require_forgettable, require_retryable, retry_at
from ptrack.vocabulary import Channel, MessageKind

EXPIRE = f"""
UPDATE message AS m SET status = 'expired', run = NULL
WHERE {LIVE} AND m.status = 'pending' AND m.not_before <= :now AND m.expires_at <= :now
RETURNING id"""

ENDED_CAUSE = f"""
UPDATE message AS m SET status = 'superseded', run = NULL
WHERE {LIVE} AND m.status = 'pending' AND m.not_before <= :now AND m.kind = 'reminder'
  AND m.appointment_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM appointment a WHERE a.id = m.appointment_id AND a.status = 'scheduled')
RETURNING id"""
"""A reminder that was on its way when its appointment was called off, and then refused for now."""

OVERTAKEN = f"""
UPDATE message AS m SET status = 'superseded', run = NULL
WHERE {LIVE} AND m.status = 'pending' AND m.not_before <= :now
  AND m.kind IN ('confirmation', 'change', 'cancellation')
  AND EXISTS (
    SELECT 1 FROM message n
    WHERE n.appointment_id = m.appointment_id AND n.id > m.id AND n.is_copy = m.is_copy
      AND n.kind IN ('confirmation', 'change', 'cancellation') AND n.status <> 'superseded')
RETURNING id"""
"""News that was on its way when newer news was made, and then refused for now: it would come after that."""

TWICE_REMINDED = f"""
SELECT m.id, m.kind, m.recipient, m.dedupe_key FROM message m
WHERE {LIVE} AND m.status = 'pending' AND m.not_before <= :now AND m.kind = 'reminder'
  AND m.appointment_id IN (
    SELECT n.appointment_id FROM message n
    WHERE n.status IN ('pending', 'claimed', 'in_flight', 'uncertain', 'failed')
      AND n.status = 'pending' AND n.not_before <= :now AND n.kind = 'reminder'
    GROUP BY n.appointment_id HAVING count(*) > 1)"""

SUPERSEDE_DUE = """
UPDATE message SET status = 'superseded', run = NULL WHERE id = :number AND status = 'pending'"""

CLAIM = """
UPDATE message SET status = 'claimed', run = :run, message_id = :message_id
WHERE id = :number AND status = 'pending'"""

BEGIN_SENDING = """
UPDATE message SET status = 'in_flight'
WHERE id = :number AND run = :run AND status = 'claimed' AND (expires_at IS NULL OR expires_at > :now)
RETURNING id"""

EXPIRE_CLAIMED = """
UPDATE message SET status = 'expired', run = NULL
WHERE id = :number AND run = :run AND status = 'claimed' AND expires_at <= :now"""

OWN = "id = :number AND run = :run AND status IN ('claimed', 'in_flight', 'uncertain')"

MARK_SENT = f"""
UPDATE message SET status = 'sent', sent_at = :now, attempts = attempts + 1, last_error = NULL
WHERE {OWN} AND status <> 'claimed'"""

MARK_FAILED = f"""
UPDATE message SET status = 'failed', attempts = attempts + 1, last_error = :error WHERE {OWN}"""

MARK_UNCERTAIN = f"""
UPDATE message SET status = 'uncertain', attempts = attempts + 1, last_error = :error
WHERE {OWN} AND status = 'in_flight'"""

PUT_OFF = f"""
UPDATE message SET status = 'pending', run = NULL, attempts = :attempts, not_before = :again,
  last_error = :error
WHERE {OWN}"""

RELEASE = """
UPDATE message SET status = 'pending', run = NULL
WHERE id = :number AND run = :run AND status IN ('claimed', 'in_flight')"""

ENDED = "The run that was sending it ended before the answer came."

RELEASE_RUN = f"""
UPDATE message AS m SET status = 'pending', run = NULL
WHERE {LIVE} AND m.status = 'claimed' AND m.run = :run"""

DOUBT_RUN = f"""
UPDATE message AS m SET status = 'uncertain', attempts = m.attempts + 1, last_error = '{ENDED}'
WHERE {LIVE} AND m.status = 'in_flight' AND m.run = :run"""

RETRY = """
UPDATE message SET status = 'pending', run = NULL, attempts = 0, not_before = :now
WHERE id = :number AND status IN ('pending', 'failed', 'uncertain')"""

FORGET = """
UPDATE message SET status = 'superseded', run = NULL, last_error = :note
WHERE id = :number AND status IN ('pending', 'failed', 'uncertain')"""


class DueReminder(NamedTuple):
    """What decides between reminders of one appointment."""

    id: int
    kind: MessageKind
    recipient: str
    dedupe_key: str


class Claimed(NamedTuple):
    """What a run took on, and the numbers of what it took out of the outbox instead."""

    rows: list[MessageRow]
    expired: list[int]
    superseded: list[int]


class Terms(NamedTuple):
    """What a run claims: messages due when it began, of channels that are open, at night only the pressing.

    `domain` is what their Message-IDs end with; `only` are the numbers of all that it may claim.
    """

    run: str
    begun: datetime
    wakes: datetime | None
    channels: Sequence[Channel]
    domain: str
    only: Collection[int] | None = None


def claim(reader: Reader, terms: Terms, now: datetime, most: int) -> Claimed:
    """Take on the next messages that are due, at most so many; each gets its Message-ID for good.

    What is past its time or no longer true is taken out of the outbox first.
    """
    expired = reader.values(EXPIRE, now=now)
    superseded = reader.values(ENDED_CAUSE, now=now) + reader.values(OVERTAKEN, now=now)
    superseded += _superseded_together(reader, now)
    rows = due(reader, now, most, terms.begun, terms.wakes, terms.channels, terms.only)
    claimed = [
        row._replace(run=terms.run, message_id=row.message_id or _new_id(row.id, terms.domain))
        for row in rows
    ]
    given = [{"run": row.run, "number": row.id, "message_id": row.message_id} for row in claimed]
    reader.connection.executemany(CLAIM, given)
    return Claimed(claimed, expired, superseded)


def _superseded_together(reader: Reader, now: datetime) -> list[int]:
    """Of reminders of one appointment that are due together all but the nearest are taken out."""
    numbers = superseded_together(reader.rows(DueReminder, TWICE_REMINDED, now=now))
    for number in numbers:
        reader.tuples(SUPERSEDE_DUE, number=number)
    return numbers


def _new_id(number: int, domain: str) -> str:
    return f"<{os.urandom(8).hex()}.{number}@{domain}>"


def begin_sending(reader: Reader, row: MessageRow, now: datetime) -> bool:
    """Mark a claimed message as on its way; False where it was taken away or its time has passed."""
    given = {"number": row.id, "run": row.run}
    if reader.values(BEGIN_SENDING, now=now, **given):
        return True
    reader.tuples(EXPIRE_CLAIMED, now=now, **given)
    return False


def mark_sent(reader: Reader, row: MessageRow, now: datetime) -> None:
    """The server took it."""
    reader.tuples(MARK_SENT, number=row.id, run=row.run, now=now)


def mark_failed(reader: Reader, row: MessageRow, error: str) -> None:
    """It was refused for good."""
    reader.tuples(MARK_FAILED, number=row.id, run=row.run, error=error)


def mark_uncertain(reader: Reader, row: MessageRow, error: str) -> None:
    """Nobody knows whether it was taken."""
    reader.tuples(MARK_UNCERTAIN, number=row.id, run=row.run, error=error)


def put_off(reader: Reader, row: MessageRow, error: str, now: datetime) -> None:
    """It was refused for now: it is tried again later."""
    attempts = row.attempts + 1
    again = retry_at(now, attempts)
    reader.tuples(PUT_OFF, number=row.id, run=row.run, error=error, attempts=attempts, again=again)


def release(reader: Reader, row: MessageRow) -> None:
    """It was not handed over after all and waits as before."""
    reader.tuples(RELEASE, number=row.id, run=row.run)


def settle_dead(reader: Reader, is_dead: Callable[[str], bool]) -> None:
    """Take from dead runs what they held: what they had only claimed goes out, the rest is uncertain."""
    for run in reader.values(OPEN_RUNS):
        if is_dead(run):
            settle(reader, run)


def settle(reader: Reader, run: str) -> None:
    """Take from a run that has ended what it still held."""
    for statement in (RELEASE_RUN, DOUBT_RUN):
        reader.tuples(statement, run=run)


def retry(reader: Reader, rows: Sequence[MessageRow], now: datetime) -> None:
    """Let a person's choice of messages go out again; raises StateError for one that cannot."""
    for row in rows:
        require_retryable(row.id, row.status, row.attempts, row.expires_at, now)
        reader.tuples(RETRY, number=row.id, now=now)


def forget(reader: Reader, rows: Sequence[MessageRow]) -> None:
    """Drop messages for good, and note that; raises StateError for one that is gone or on its way."""
    for row in rows:
        require_forgettable(row.id, row.status)
        reader.tuples(FORGET, number=row.id, note=forgotten_note(row.status))
