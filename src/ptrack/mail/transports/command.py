"""Messages of the channel `command`: to a program of the trainer's choice, as JSON on its standard input."""

import json
import os
from typing import Any

from ptrack.mail.outcomes import Begin, Letter, UnreachableError
from ptrack.mail.transports.sendmail import judge

TIMEOUT_S = 60.0
"""So long the command may take over a message."""


class Command:
    """A shell command; its end says what became of a message: 0 sent, 75 try again, else refused."""

    def __init__(self, command: str | None) -> None:
        self._command = command

    def open(self) -> str:
        """See that there is one."""
        if not self._command:
            raise UnreachableError(
                "Clients of the channel command are written to by mail.command, and none is set."
            )
        return self._command

    def deliver(self, letter: Letter, begin: Begin) -> str:
        """Give the command one message."""
        data = json.dumps(message_data(letter), ensure_ascii=False).encode()
        begin()
        judge("mail.command", ["/bin/sh", "-c", str(self._command)], data, TIMEOUT_S, (os.EX_TEMPFAIL,))
        return "mail.command took it"

    def close(self) -> None:
        """Nothing is held."""


def message_data(letter: Letter) -> dict[str, Any]:
    """What the command is told: whom, what about, a subject, the plain text, and the facts behind it."""
    body = letter.content.get_body(("plain",))
    row = letter.row
    return {
        "id": row.id if row else None,
        "kind": row.kind if row else "test",
        "to": letter.recipient,
        "client": row.client if row else None,
        "client_id": row.client_id if row else None,
        "subject": str(letter.content["Subject"] or ""),
        "text": body.get_content() if body is not None else "",
        "facts": row.told if row else {},
    }
