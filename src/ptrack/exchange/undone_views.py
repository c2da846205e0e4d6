"""The changes that can be taken back, and what taking one back did, as documents."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ptrack.clients.queries import Practice
from ptrack.desk.undo import Listed, Mended
from ptrack.output.document import Column, Document, Heading, Hint, Lines, Style, Table, line, list_document

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def ago(moment: datetime, now: datetime) -> str:
    """`2 minutes ago`; `just now` under a minute, and for a clock that went back."""
    seconds = int((now - moment).total_seconds())
    for length, noun in ((_DAY, "day"), (_HOUR, "hour"), (_MINUTE, "minute")):
        if number := seconds // length if seconds >= length else 0:
            return f"{number} {noun}{'' if number == 1 else 's'} ago"
    return "just now"


def question(mended: Sequence[Mended], now: datetime, *, is_redo: bool) -> str:
    """What is about to be done, to be agreed to."""
    verb = "Bring back" if is_redo else "Take back"
    return "\n".join(f"{verb}: {_told(one, now)}" for one in mended)


def _told(one: Mended, now: datetime) -> str:
    does = ", ".join(one.does) or "nothing is left to change"
    return f"{one.past.command} ({ago(one.past.created_at, now)}): {does}"


def changes_document(listed: Sequence[Listed], house: Practice, now: datetime) -> Document:
    """The last changes, the newest first."""
    columns = (
        Column("id", "No", value=lambda row: row.past.id, align="right"),
        Column(
            "created_at", "When", value=lambda row: house.local(row.past.created_at),
            show=lambda moment: ago(moment, now), priority=2,
        ),
        Column("command", "Command", value=lambda row: row.past.command, style=_style),
        Column("what", "What", flexible=True, priority=1),
        Column("rows", "Rows", value=lambda row: row.past.rows, align="right", priority=4, on_screen=False),
        Column("undone", value=lambda row: row.past.is_undone, on_screen=False),
        Column("can_undo", "Undo", show=lambda can: "yes" if can else "no"),
        Column("reason", "Why not", show=lambda reason: reason or "", flexible=True, priority=3),
    )  # fmt: skip
    empty = "Nothing was changed yet."
    standing = next((row for row in listed if not row.past.is_undone), None)
    hints = (Hint("ptrack undo", f"take back {standing.past.id}"),) if standing and standing.can_undo else ()
    return list_document(Table(columns, listed, empty=empty), after=hints)


def _style(row: Listed) -> Style:
    return Style.MUTED if row.past.is_undone else Style.PLAIN


def mended_document(
    mended: Sequence[Mended], house: Practice, now: datetime, *, is_redo: bool, is_dry: bool
) -> Document:
    """What was taken or brought back."""
    verb = "bring back" if is_redo else "take back"
    done = "Brought back" if is_redo else "Taken back"
    title = f"Would {verb}" if is_dry else done
    parts: list[Any] = [Heading(title)]
    parts += [Lines([line(_told(one, now))]) for one in mended]
    if not is_dry:
        other = "undo" if is_redo else "redo"
        parts.append(Hint(f"ptrack {other}", "if that was a mistake"))
    data = [_data(one, house, is_undone=is_redo == is_dry) for one in mended]
    return Document(tuple(parts), data=data[0] if len(data) == 1 else data)


def _data(one: Mended, house: Practice, *, is_undone: bool) -> dict[str, Any]:
    past = one.past
    return {
        "id": past.id,
        "command": past.command,
        "created_at": house.local(past.created_at),
        "rows": past.rows,
        "undone": is_undone,
        "can_undo": not is_undone,
        "reason": None,
        "does": list(one.does),
    }
