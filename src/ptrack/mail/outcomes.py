"""What a transport is given, and what can become of it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ptrack.errors import PtrackError
from ptrack.outbox.queries import MessageRow

if TYPE_CHECKING:
    from email.message import EmailMessage

Begin = Callable[[], None]
"""Called just before a message's data leaves; raises WithdrawnError where it may not leave any more."""


class Letter(NamedTuple):
    """A message as it goes out: who it is from and to, as bare addresses, and what it says.

    `row` is what the outbox has of it, None for a test.
    """

    sender: str
    recipient: str
    content: "EmailMessage"
    row: MessageRow | None = None


class Transport(Protocol):
    """A way out. What `deliver` does not raise has been taken."""

    def open(self) -> str:
        """Get ready, and say of what the other side is; raises UnreachableError."""

    def deliver(self, letter: Letter, begin: Begin) -> str:
        """Hand a message over, `begin` called first; what was said to it."""

    def close(self) -> None:
        """Let go of everything."""


class WithdrawnError(PtrackError):
    """The message was superseded, or its time has passed, before its data left."""


class RefusedError(PtrackError):
    """Refused for good: it is not tried again by itself."""


class PutOffError(PtrackError):
    """Refused for now: it is tried again later."""


class DoubtError(PtrackError):
    """Nobody knows whether it was taken."""


class UnreachableError(PtrackError):
    """Nothing can go this way now, whatever the message; the one at hand has not been tried."""
