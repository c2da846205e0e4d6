"""A client's ledger on a page, like a bank statement."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from ptrack.clients.queries import Practice
from ptrack.clients.views import day_and_time
from ptrack.credits.queries import LedgerRow, Owed
from ptrack.credits.rules import REOPENED, RESTORED, WRITTEN_OFF
from ptrack.credits.views import count_text
from ptrack.output.document import Column, Document, Heading, Hint, Lines, Style, Table, line
from ptrack.vocabulary import CreditReason, SessionStatus

_SESSION_WORDS = {
    CreditReason.SESSION: "Session",
    CreditReason.NO_SHOW: "No-show, session",
    CreditReason.LATE_CANCEL: "Late cancellation, session",
    CreditReason.REFUND: "Back for session",
    CreditReason.UNDO: "Undone: session",
}
_OWED_WORDS = {SessionStatus.NO_SHOW: "no-show", SessionStatus.CANCELLED: "late cancellation"}


class Statement(NamedTuple):
    """Entries from one day to another, the balance brought forward to them, what is owed besides.

    `package` is set where only one package's entries are shown.
    """

    client: str
    client_id: int
    rows: Sequence[LedgerRow]
    brought: int | None = None
    owed: Sequence[Owed] = ()
    package: int | None = None


class _Line(NamedTuple):
    """One line of the statement; the balance brought forward is a line without an entry."""

    text: str
    balance: int
    row: LedgerRow | None = None


def statement(
    client: str,
    client_id: int,
    rows: Sequence[LedgerRow],
    begins: datetime | None,
    ends: datetime | None,
) -> Statement:
    """The part of a ledger that was entered from one instant on and before another, None for no bound."""
    after = [row for row in rows if begins is None or row.created_at >= begins]
    inside = [row for row in after if ends is None or row.created_at < ends]
    earlier = [row.balance for row in rows if begins is not None and row.created_at < begins]
    brought = inside[0].balance - inside[0].delta if inside else (earlier or [0])[-1]
    if begins is None:
        return Statement(client, client_id, inside)
    return Statement(client, client_id, inside, brought)


def entry_text(row: LedgerRow, practice: Practice, today: date) -> str:
    """What an entry was for, in words: `Session 12, Tue 24 Nov 10:00`."""
    note = f" ({row.note})" if row.note else ""
    if row.session is not None:
        word = _SESSION_WORDS.get(row.reason, "Session")
        return f"{word} {row.session}, {_when_text(row.starts_at, practice, today)}{note}"
    if row.reason is CreditReason.ADJUSTMENT and row.note in (RESTORED, WRITTEN_OFF, REOPENED):
        return row.note.capitalize()
    return {
        CreditReason.PURCHASE: f"Sold: {row.package_name}",
        CreditReason.EXPIRY: "Expired",
        CreditReason.TRANSFER: "Transferred in" if row.delta > 0 else "Transferred out",
        CreditReason.UNDO: "Undone",
    }.get(row.reason, "Adjusted") + note


def _when_text(starts_at: datetime | None, practice: Practice, today: date) -> str:
    """When a session began, without the year where it is today's; nothing is known of a deleted one."""
    if starts_at is None:
        return "deleted since"
    local = practice.local(starts_at)
    return f"{_day_text(local.date(), today)} {local:%H:%M}"


def _page_columns(practice: Practice, today: date) -> list[Column]:
    def dated(one: _Line) -> str:
        return _day_text(practice.local(one.row.created_at).date(), today) if one.row else ""

    def moved(sign: int) -> Callable[[_Line], str]:
        return lambda one: str(abs(one.row.delta)) if one.row and one.row.delta * sign > 0 else ""

    return [
        Column("no", "No", align="right", priority=3, value=lambda one: one.row.id if one.row else None),
        Column("date", "Date", value=dated),
        Column("text", "What", flexible=True),
        Column("package", "Package", align="right", priority=2,
               value=lambda one: one.row.package if one.row else None),
        Column("in", "In", align="right", value=moved(1), style=lambda _: Style.GOOD),
        Column("out", "Out", align="right", value=moved(-1)),
        Column("balance", "Left", align="right"),
    ]  # fmt: skip


def _day_text(day: date, today: date) -> str:
    text = f"{day:%a} {day.day} {day:%b}"
    return text if day.year == today.year else f"{text} {day.year}"


def _data_columns(practice: Practice) -> list[Column]:
    def local(row: LedgerRow) -> Any:
        return practice.local(row.created_at)

    keys = ("package", "package_name", "reason", "session", "note", "delta", "balance")
    return [Column("id"), Column("created_at", value=local), *(Column(key) for key in keys)]


def ledger_document(found: Statement, practice: Practice, today: date) -> Document:
    """The statement: a line an entry with the balance after it, the sums below, and what is owed."""
    lines = [_Line(entry_text(row, practice, today), row.balance, row) for row in found.rows]
    if found.brought is not None:
        lines.insert(0, _Line("Brought forward", found.brought))
    came = sum(row.delta for row in found.rows if row.delta > 0)
    went = -sum(row.delta for row in found.rows if row.delta < 0)
    left = lines[-1].balance if lines else 0
    sums = ("", "", "In, out and left", "", str(came), str(went), str(left))
    empty = f"No entries yet. Sell a package: ptrack packages sell {found.client_id} --sessions 10"
    of = f" on package {found.package}" if found.package is not None else ""
    parts: list[Any] = [
        Heading(f"Credits of {found.client}{of}"),
        Table(_page_columns(practice, today), lines, empty=empty, sum_row=sums),
    ]
    if found.owed:
        parts += _owed_parts(found, practice)
    return Document(parts, listing=Table(_data_columns(practice), found.rows))


def _owed_parts(found: Statement, practice: Practice) -> list[Any]:
    def told(row: Owed) -> str:
        word = f" ({_OWED_WORDS[row.status]})" if row.status in _OWED_WORDS else ""
        return f"session {row.id}, {day_and_time(practice, row.starts_at)}{word}"

    lines = [line(f"{count_text(len(found.owed), 'session')} owed, paid by no package:")]
    lines += [line(f"  {told(row)}") for row in found.owed]
    hint = Hint(f"ptrack packages sell {found.client_id} --sessions 10", "settles them, the oldest first")
    return [Lines(lines), hint]
