"""Packages and the ledger on a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ptrack.clients.queries import Practice
from ptrack.clients.views import day_only
from ptrack.credits.queries import LedgerRow, PackageRow, SessionCredit, Standing
from ptrack.credits.rules import Effect
from ptrack.output.document import (
    Column,
    Document,
    Fields,
    Heading,
    Hint,
    Line,
    Lines,
    Style,
    Table,
    line,
    list_document,
)
from ptrack.vocabulary import CreditReason

_REASONS = {CreditReason.NO_SHOW: "no-show", CreditReason.LATE_CANCEL: "late cancellation"}


def money_text(cents: int | None, currency: str) -> str:
    """`1,450.00 EUR`."""
    return "" if cents is None else f"{cents / 100:,.2f} {currency}"


def date_text(day: date | None) -> str:
    """A day as people read it: `Tue 24 Nov 2026`."""
    return f"{day:%a} {day.day} {day:%b %Y}" if day else ""


def standing_text(balance: int, owed: int, *, is_unlimited: bool) -> str:
    """Where a client stands, in a word or two: `4 left`, `owes 1`, `no limit`."""
    if owed:
        return f"owes {owed}"
    return "no limit" if is_unlimited else f"{balance} left"


def _left(remaining: int | None, reserved: int) -> str:
    text = f"{remaining} left"
    return f"{text} ({reserved} reserved)" if reserved else text


def effect_text(effect: Effect, credit: SessionCredit | None, reserved: int, client_id: int) -> str:
    """What a change did to the client's credits, in words."""
    package = credit.package if credit else None
    remaining = credit.remaining if credit else None
    texts = {
        Effect.NONE: "No credit is taken.",
        Effect.DRAWN: f"1 credit drawn from package {package}, {_left(remaining, reserved)}.",
        Effect.OWED: f"No package covers it: 1 session is owed. "
        f"ptrack packages sell {client_id} --sessions 10",
        Effect.RECORDED: f"Recorded against package {package}, which has no limit.",
        Effect.REFUNDED: f"1 credit back to package {package}, {_left(remaining, reserved)}.",
        Effect.FORGIVEN: "It is owed no longer.",
    }
    return texts[effect]


def _state(row: PackageRow, today: date) -> str:
    if row.closed_at is not None:
        return "closed"
    if row.expires_on is not None and row.expires_on < today:
        return "expired"
    return "used up" if row.remaining == 0 else "open"


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known of packages beside their rows: sessions settled and solo workouts seen, by package."""

    settled: Mapping[int, Sequence[int]]
    solo: Mapping[int, int]


def _columns(practice: Practice, beside: Beside, today: date) -> list[Column]:
    def state(row: PackageRow) -> str:
        return _state(row, today)

    def style(row: PackageRow) -> Style:
        return Style.PLAIN if state(row) == "open" else Style.MUTED

    return [
        Column("id", "No", align="right"),
        Column("client", "Client", flexible=True, style=style),
        Column("client_id", on_screen=False),
        Column("name", "Package", flexible=True, style=style, priority=2),
        Column("kind", "Kind", priority=5),
        Column("sessions_total", on_screen=False),
        Column("solo_total", on_screen=False),
        Column("solo_used", on_screen=False, value=lambda row: beside.solo.get(row.id)),
        Column("used", "Used", align="right", priority=3),
        Column("remaining", "Left", align="right"),
        Column("total", on_screen=False),
        Column("price_cents", "Price", align="right", priority=6,
               show=lambda cents: money_text(cents, practice.currency)),
        Column("session_value_cents", on_screen=False),
        Column("sold_on", "Sold", priority=7, show=date_text),
        Column("expires_on", "Expires", priority=4, show=date_text),
        Column("closed_at", on_screen=False,
               value=lambda row: practice.local(row.closed_at) if row.closed_at else None),
        Column("state", "State", value=state, priority=1),
        Column("settled", on_screen=False, value=lambda row: list(beside.settled.get(row.id, ()))),
    ]  # fmt: skip


def packages_document(
    rows: Sequence[PackageRow], beside: Beside, practice: Practice, today: date
) -> Document:
    """The list of packages."""
    empty = "No packages yet. Sell one: ptrack packages sell anna --sessions 10"
    return list_document(Table(_columns(practice, beside, today), rows, empty=empty))


def package_document(
    row: PackageRow,
    beside: Beside,
    standing: Standing,
    practice: Practice,
    today: date,
    words: Sequence[str] = (),
) -> Document:
    """The page of one package, with what was just done to it in words."""
    columns = _columns(practice, beside, today)
    left = _left(row.remaining, standing.reserved) if row.remaining is not None else "no limit"
    pairs = [
        ("Sold", date_text(row.sold_on)),
        ("Price", money_text(row.price_cents, practice.currency)),
        ("Expires", date_text(row.expires_on)),
        ("Closed", day_only(practice, row.closed_at)),
        ("Credits", left if row.used is None else f"{left}, {row.used} used of {row.total}"),
        ("Solo workouts", f"{beside.solo.get(row.id, 0)} of {row.solo_total}" if row.solo_total else ""),
    ]
    heading = Heading(f"{row.name}, {row.client} ({row.id})", _state(row, today))
    lines: list[Line] = [line(text) for text in words]
    hint = Hint(f"ptrack packages ledger {row.client_id}", "every entry")
    data = {column.key: column.raw(row) for column in columns}
    return Document((heading, Fields(pairs), Lines(lines), hint), data=data)


def settled_text(settled: Sequence[int]) -> str:
    """What a sale paid for after the fact, in words."""
    if not settled:
        return ""
    noun = "session that was" if len(settled) == 1 else "sessions that were"
    return f"It settles {len(settled)} {noun} owed: {', '.join(map(str, settled))}."


def _reason_text(row: LedgerRow) -> str:
    return _REASONS.get(row.reason, row.reason.value)


def ledger_document(client: str, client_id: int, rows: Sequence[LedgerRow], practice: Practice) -> Document:
    """A client's ledger, like a bank statement."""

    def local(row: LedgerRow) -> Any:
        return practice.local(row.created_at)

    columns = (
        Column("id", "No", align="right", priority=4),
        Column("created_at", "Date", value=local, show=lambda instant: date_text(instant.date())),
        Column("package", "Package", align="right", priority=1),
        Column("package_name", on_screen=False),
        Column("reason", on_screen=False),
        Column("reason_text", "Reason", value=_reason_text, in_data=False),
        Column("session", "Session", align="right", priority=2,
               show=lambda number: "" if number is None else str(number)),
        Column("note", "Note", flexible=True, priority=3),
        Column("delta", "", align="right", show=lambda delta: f"{delta:+d}", style=_delta_style),
        Column("balance", "Balance", align="right"),
    )  # fmt: skip
    empty = f"No entries yet. Sell a package: ptrack packages sell {client_id} --sessions 10"
    return list_document(Table(columns, rows, empty=empty), Heading(f"Credits of {client}"))


def _delta_style(row: LedgerRow) -> Style:
    return Style.GOOD if row.delta > 0 else Style.PLAIN
