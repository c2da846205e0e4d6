"""Putting messages into the outbox and taking them out again, in the transaction of what causes it.

Rows go past the ORM and past the change journal: what was sent cannot be taken back, and what is pending
follows from how things stand.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from ptrack.database import transaction
from ptrack.database.reading import instant_text
from ptrack.outbox.states import FORGOTTEN, FORGOTTEN_IN_DOUBT
from ptrack.vocabulary import Channel, MessageKind


class Transaction(transaction.Transaction, Protocol):
    """The open write transaction that a message belongs to, which knows the time."""

    now: datetime


class Draft(NamedTuple):
    """A message to be made; `facts` are frozen with it, `dedupe_key` is what it is known by."""

    kind: MessageKind
    client_id: int
    channel: Channel
    recipient: str
    facts: dict[str, Any]
    dedupe_key: str
    not_before: datetime
    expires_at: datetime | None
    appointment_id: int | None = None
    session_id: int | None = None
    workout_id: int | None = None
    program_id: int | None = None
    package_id: int | None = None
    is_copy: bool = False

    @property
    def facts_text(self) -> str:
        """The facts as they are kept."""
        return facts_text(self.facts)


def facts_text(facts: Mapping[str, Any]) -> str:
    """Facts as they are kept."""
    return json.dumps(facts, ensure_ascii=False)


MAKE = f"""
INSERT INTO message (kind, client_id, channel, recipient, facts, dedupe_key, not_before, expires_at,
  appointment_id, session_id, workout_id, program_id, package_id, is_copy, status, attempts, created_at)
VALUES (:kind, :client_id, :channel, :recipient, :facts, :dedupe_key, :not_before, :expires_at,
  :appointment_id, :session_id, :workout_id, :program_id, :package_id, :is_copy, 'pending', 0, :now)
ON CONFLICT (dedupe_key) DO UPDATE SET
  channel = excluded.channel, recipient = excluded.recipient, facts = excluded.facts,
  not_before = excluded.not_before, expires_at = excluded.expires_at, created_at = excluded.created_at,
  status = 'pending', attempts = 0, run = NULL, last_error = NULL, message_id = NULL
WHERE message.status = 'superseded'
  AND coalesce(message.last_error, '') NOT IN ('{FORGOTTEN}', '{FORGOTTEN_IN_DOUBT}')"""
"""A message of which the key is there is not made twice; one that was superseded is armed anew, unless a
person forgot it."""

SUPERSEDE = """
UPDATE message SET status = 'superseded', run = NULL
WHERE id = :message AND status IN ('pending', 'claimed', 'failed')"""

REFRESH = "UPDATE message SET facts = :facts WHERE id = :message AND facts <> :facts"

FORGET_MESSAGES = "DELETE FROM message WHERE client_id = :client"
FORGET_TOKENS = "DELETE FROM token WHERE client_id = :client"
FORGET_FEEDBACK = """
DELETE FROM feedback WHERE session_id IN (SELECT id FROM session WHERE client_id = :client)"""


def add_message(work: Transaction, draft: Draft) -> int | None:
    """Make a message; its number, None where it was made before (and not superseded since)."""
    found = work.reader.connection.execute(f"{MAKE} RETURNING id", _values(work, draft)).fetchall()
    return found[0][0] if found else None


def add_messages(work: Transaction, drafts: Iterable[Draft]) -> None:
    """Make several messages, those that were made before left out."""
    work.reader.connection.executemany(MAKE, [_values(work, draft) for draft in drafts])


def _values(work: Transaction, draft: Draft) -> dict[str, Any]:
    expires = draft.expires_at
    return draft._asdict() | {
        "kind": draft.kind.value,
        "channel": draft.channel.value,
        "facts": draft.facts_text,
        "not_before": instant_text(draft.not_before),
        "expires_at": None if expires is None else instant_text(expires),
        "now": instant_text(work.now),
    }


def supersede(work: Transaction, numbers: Collection[int]) -> None:
    """Take messages out of the outbox that have not gone out; what was sent stays as it is."""
    work.reader.connection.executemany(SUPERSEDE, [{"message": number} for number in numbers])


def refresh(work: Transaction, facts: Mapping[int, str]) -> None:
    """Let messages that have not gone out tell other facts, by their numbers."""
    texts = [{"message": number, "facts": text} for number, text in facts.items()]
    work.reader.connection.executemany(REFRESH, texts)


def forget(work: Transaction, client: int) -> None:
    """Remove a client's messages for good, with the tokens they carried and the answers given to them."""
    for statement in (FORGET_MESSAGES, FORGET_TOKENS, FORGET_FEEDBACK):
        work.reader.tuples(statement, client=client)
