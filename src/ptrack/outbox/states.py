"""The life of a message: the moves that there are, and when one that could not go is tried again; pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from ptrack.errors import StateError
from ptrack.vocabulary import MessageStatus

PENDING, CLAIMED, IN_FLIGHT = MessageStatus.PENDING, MessageStatus.CLAIMED, MessageStatus.IN_FLIGHT
SENT, FAILED, UNCERTAIN = MessageStatus.SENT, MessageStatus.FAILED, MessageStatus.UNCERTAIN
SUPERSEDED, EXPIRED = MessageStatus.SUPERSEDED, MessageStatus.EXPIRED

MOVES: Mapping[MessageStatus, frozenset[MessageStatus]] = {
    PENDING: frozenset((CLAIMED, SUPERSEDED, EXPIRED)),
    CLAIMED: frozenset((IN_FLIGHT, FAILED, PENDING, SUPERSEDED, EXPIRED)),
    IN_FLIGHT: frozenset((SENT, FAILED, PENDING, UNCERTAIN)),
    FAILED: frozenset((PENDING, SUPERSEDED)),
    UNCERTAIN: frozenset((SENT, FAILED, PENDING, SUPERSEDED)),
    SUPERSEDED: frozenset((PENDING,)),
    SENT: frozenset(),
    EXPIRED: frozenset(),
}
"""Where a message goes from each status. An uncertain one is settled by the run that it was taken from, if
that still lives, or by a person; one that was superseded is armed anew where its cause holds again."""

FORGOTTEN, FORGOTTEN_IN_DOUBT = "Forgotten.", "Forgotten; it may have been sent."
"""What is noted with a superseded message that a person forgot: the same cause never arms it again."""

RETRY_AFTER_MIN = (1, 5, 15, 60)
"""The minutes until a message that was refused for now is tried again; the last one from then on."""


def may_move(before: MessageStatus, after: MessageStatus) -> bool:
    """Whether a message may go from one status to the other."""
    return after in MOVES[before]


def retry_at(now: datetime, attempts: int) -> datetime:
    """When a message is tried again after its `attempts`th try (1 is the first) was refused for now."""
    return now + timedelta(minutes=RETRY_AFTER_MIN[min(attempts, len(RETRY_AFTER_MIN)) - 1])


def require_retryable(
    number: int, status: MessageStatus, attempts: int, expires_at: datetime | None, now: datetime
) -> None:
    """Refuse to send again what went out, what waits for its time, and what is past its own."""
    if status is PENDING and not attempts:
        raise StateError(f"Message {number} goes out by itself when it is due: ptrack reminders preview")
    if status not in (PENDING, FAILED, UNCERTAIN):
        raise StateError(
            f"Message {number} is {_said(status)}; only what failed or is uncertain is tried again."
        )
    if expires_at is not None and expires_at <= now:
        raise StateError(
            f"Message {number} is past its time and is not sent any more.\n"
            f"Take it off the list: ptrack mail forget {number}"
        )


def require_forgettable(number: int, status: MessageStatus) -> None:
    """Refuse to forget what went out or is on its way."""
    if status not in (PENDING, FAILED, UNCERTAIN):
        raise StateError(f"Message {number} is {_said(status)}; there is nothing to forget.")


def forgotten_note(status: MessageStatus) -> str:
    """What is noted with a message of that status that is forgotten."""
    return FORGOTTEN_IN_DOUBT if status is UNCERTAIN else FORGOTTEN


def _said(status: MessageStatus) -> str:
    return status.replace("_", " ")
