"""The outbox on a page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ptrack.clients.queries import Practice
from ptrack.moments import clock_text
from ptrack.outbox.queries import MessageRow
from ptrack.output.document import (
    Column,
    Document,
    Fields,
    Heading,
    Hint,
    Lines,
    Part,
    Style,
    Table,
    line,
    list_document,
)
from ptrack.vocabulary import MessageStatus

_STYLES = {
    MessageStatus.SENT: Style.GOOD,
    MessageStatus.FAILED: Style.BAD,
    MessageStatus.UNCERTAIN: Style.WARN,
    MessageStatus.SUPERSEDED: Style.MUTED,
    MessageStatus.EXPIRED: Style.MUTED,
}


def word(value: str) -> str:
    """A kind or a status as people read it."""
    return value.replace("_", " ")


def status_style(status: MessageStatus) -> Style:
    """How a status looks."""
    return _STYLES.get(status, Style.PLAIN)


def _columns(practice: Practice) -> tuple[Column, ...]:
    def local(instant: datetime | None) -> datetime | None:
        return None if instant is None else practice.local(instant)

    def shown(instant: datetime | None) -> str:
        return "" if instant is None else clock_text(instant)

    return (
        Column("id", "No.", align="right"),
        Column("kind", "Kind", show=word, priority=1),
        Column("client", "Client", flexible=True),
        Column("client_id", on_screen=False),
        Column("to", "To", value=lambda row: row.recipient, flexible=True, priority=4),
        Column("channel", on_screen=False),
        Column("is_copy", on_screen=False),
        Column("status", "Status", show=word, style=lambda row: status_style(row.status)),
        Column("goes_at", "Goes", value=lambda row: local(row.not_before), show=shown, priority=2),
        Column("expires_at", value=lambda row: local(row.expires_at), on_screen=False),
        Column("sent_at", "Sent", value=lambda row: local(row.sent_at), show=shown, priority=3),
        Column("attempts", on_screen=False),
        Column("error", "Error", value=lambda row: row.last_error, flexible=True, priority=5),
        Column("appointment", value=lambda row: row.appointment_id, on_screen=False),
        Column("session", value=lambda row: row.session_id, on_screen=False),
        Column("created_at", value=lambda row: local(row.created_at), on_screen=False),
    )


def messages_document(rows: Sequence[MessageRow], practice: Practice) -> Document:
    """Messages as a table."""
    empty = "There are no such messages. What goes out next: ptrack reminders preview"
    return list_document(Table(_columns(practice), rows, empty=empty), after=_hints(rows))


def _hints(rows: Sequence[MessageRow]) -> list[Part]:
    """What can be done about what did not go."""
    statuses = {row.status for row in rows}
    hints = []
    if MessageStatus.FAILED in statuses:
        hints.append(Hint("ptrack mail retry --all-failed", "try what failed once more"))
    if MessageStatus.UNCERTAIN in statuses:
        hints.append(Hint("ptrack mail retry ID", "send an uncertain one again: it may come twice"))
        hints.append(Hint("ptrack mail forget ID", "leave it at that"))
    return list(hints)


def preview_document(rows: Sequence[MessageRow], practice: Practice, hours: int) -> Document:
    """What goes out in the next hours, and when."""
    left_out = ("status", "sent_at", "error")
    columns = [
        column._replace(on_screen=False) if column.key in left_out else column
        for column in _columns(practice)
    ]
    columns.sort(key=lambda column: column.key != "goes_at")
    table = Table(columns, rows, empty=f"Nothing goes out in the next {hours} hours.")
    return list_document(table)


def message_data(row: MessageRow, practice: Practice) -> dict[str, Any]:
    """One message for programs."""
    return {column.key: column.raw(row) for column in _columns(practice)} | {
        "message_id": row.message_id,
        "facts": row.told,
    }


def message_document(
    row: MessageRow, practice: Practice, subject: str | None, text: str | None, words: Sequence[str] = ()
) -> Document:
    """One message: what became of it, and what it says, where that can be told."""

    def when(instant: datetime | None) -> str:
        return "" if instant is None else clock_text(practice.local(instant))

    pairs = [
        ("Status", word(row.status)),
        ("To", f"{row.recipient}{' (copy)' if row.is_copy else ''}"),
        ("Client", row.client or ""),
        ("Goes" if row.sent_at is None else "Due", when(row.not_before)),
        ("Until", when(row.expires_at)),
        ("Sent", when(row.sent_at)),
        ("Tried", f"{row.attempts} times" if row.attempts > 1 else ""),
        ("Error", row.last_error or ""),
        ("Subject", subject or ""),
    ]
    parts: list[Part] = [Heading(f"Message {row.id}", word(row.kind)), Fields(pairs)]
    if words:
        parts.insert(0, Lines([line(each) for each in words]))
    if text:
        parts.append(Lines([line(each) for each in text.splitlines()], indent=3))
    parts += _hints([row])
    data = message_data(row, practice) | {"subject": subject, "text": text}
    return Document(parts, data=data)
