"""Packages on a page, and what a change did to credits in words."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ptrack.clients.queries import Practice
from ptrack.clients.views import day_and_time, day_only
from ptrack.credits.expiry_queries import Expiring
from ptrack.credits.queries import Booked, PackageRow, SessionCredit, Standing
from ptrack.credits.rules import Effect, Forecast, Pace
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


def effect_text(effect: Effect, credit: SessionCredit | None, client_id: int) -> str:
    """What a change did to the client's credits, in words; what is left is that package's."""
    package = credit.package if credit else None
    entry = f"package {package} (entry {credit.entry})" if credit else ""
    left = f"{credit.remaining if credit else None} left"
    texts = {
        Effect.NONE: "No credit is taken.",
        Effect.DRAWN: f"1 credit drawn from {entry}, {left}.",
        Effect.OWED: f"No package covers it: 1 session is owed. "
        f"ptrack packages sell {client_id} --sessions 10",
        Effect.RECORDED: f"Recorded against package {package}, which has no limit.",
        Effect.REFUNDED: f"1 credit back to {entry}, {left}.",
        Effect.REFUNDED_CLOSED: f"1 credit back to {entry}, {left}. That package is closed; "
        f"to use the credit: ptrack packages reopen {package}",
        Effect.REFUNDED_EXPIRED: f"1 credit back to {entry}, {left}. That package has expired; "
        f"to use the credit: ptrack packages edit {package} --expires DATE",
        Effect.FORGIVEN: "It is owed no longer.",
    }
    return texts[effect]


def _state(row: PackageRow, today: date) -> str:
    if row.voided_at is not None:
        return "taken back"
    if row.closed_at is not None:
        return "closed"
    if row.is_past(today):
        return "expired"
    return "used up" if row.remaining == 0 else "open"


class Beside(NamedTuple):
    """What stands beside packages, by package: sessions their sale settled, solo workouts, forecasts.

    `paces` tells how fast each client's credits go.
    """

    settled: Mapping[int, Sequence[int]]
    solo: Mapping[int, int]
    forecasts: Mapping[int, Forecast]
    paces: Mapping[int, Pace]

    def forecast(self, package: int) -> Forecast:
        """When a package runs out, as far as that can be told."""
        return self.forecasts.get(package, Forecast(None))


def with_settled(beside: Beside, package: int, settled: Sequence[int]) -> Beside:
    """What stands beside a package just sold: the sessions that this sale settled, and no others."""
    return beside._replace(settled={package: settled})


def joined(parts: Sequence[Beside]) -> Beside:
    """What stands beside the packages of several clients, as one."""
    one, *more = parts
    for other in more:
        one = Beside(
            {**one.settled, **other.settled},
            {**one.solo, **other.solo},
            {**one.forecasts, **other.forecasts},
            {**one.paces, **other.paces},
        )
    return one


def _runs_out_text(found: Forecast) -> str:
    if found.left_at_expiry is not None:
        return f"expires with {found.left_at_expiry}"
    return date_text(found.runs_out_on)


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
        Column("kind", "Kind", priority=6),
        Column("sessions_total", on_screen=False),
        Column("solo_total", on_screen=False),
        Column("solo_used", on_screen=False, value=lambda row: beside.solo.get(row.id)),
        Column("used", "Used", align="right", priority=3),
        Column("remaining", "Left", align="right"),
        Column("total", on_screen=False),
        Column("price_cents", "Price", align="right", priority=7,
               show=lambda cents: money_text(cents, practice.currency)),
        Column("session_value_cents", on_screen=False),
        Column("sold_on", "Sold", priority=8, show=date_text),
        Column("expires_on", "Expires", priority=4, show=date_text),
        Column("closed_at", on_screen=False,
               value=lambda row: practice.local(row.closed_at) if row.closed_at else None),
        Column("runs_out", "Runs out", in_data=False, priority=5,
               value=lambda row: _runs_out_text(beside.forecast(row.id))),
        Column("state", "State", value=state, priority=1),
        Column("settled", on_screen=False, value=lambda row: list(beside.settled.get(row.id, ()))),
        Column("runs_out_on", on_screen=False, value=lambda row: beside.forecast(row.id).runs_out_on),
        Column("left_at_expiry", on_screen=False, value=lambda row: beside.forecast(row.id).left_at_expiry),
        Column("source", on_screen=False),
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
    heading = Heading(f"{row.name}, {row.client} ({row.id})", _state(row, today))
    lines: list[Line] = [line(text) for text in words]
    hint = Hint(f"ptrack packages ledger {row.client_id}", "every entry")
    data = {column.key: column.raw(row) for column in columns if column.in_data}
    pairs = _pairs(row, beside, standing, practice)
    return Document((heading, Fields(pairs), Lines(lines), hint), data=data)


def _pairs(row: PackageRow, beside: Beside, standing: Standing, practice: Practice) -> list[tuple[str, str]]:
    left = _left(row.remaining, standing.reserved) if row.remaining is not None else "no limit"
    stands = f", but stands still: paused since {date_text(row.paused_on)}" if row.paused_on else ""
    return [
        ("Sold", date_text(row.sold_on)),
        ("From", f"package {row.source}" if row.source else ""),
        ("Price", money_text(row.price_cents, practice.currency)),
        ("Expires", date_text(row.expires_on) + (stands if row.expires_on else "")),
        ("Closed", day_only(practice, row.closed_at)),
        ("Credits", left if row.used is None else f"{left}, {row.used} used of {row.total}"),
        ("Solo workouts", f"{beside.solo.get(row.id, 0)} of {row.solo_total}" if row.solo_total else ""),
        ("Runs out", _forecast_text(beside.forecasts.get(row.id), beside.paces.get(row.client_id))),
    ]


def _forecast_text(found: Forecast | None, pace: Pace | None) -> str:
    """`Mon 14 Dec 2026, at 2.1 a week, from 17 sessions since Fri 25 Sep 2026`."""
    if found is None or pace is None:
        return ""
    at = f"at {pace.per_week:.1f} a week, from {pace.sessions} sessions since {date_text(pace.since)}"
    if found.left_at_expiry is not None:
        return f"not before it expires: {found.left_at_expiry} will be left, {at}"
    return f"{date_text(found.runs_out_on)}, {at}" if found.runs_out_on else f"not for long, {at}"


def transferred_document(
    source: PackageRow,
    target: PackageRow,
    beside: Beside,
    practice: Practice,
    today: date,
    words: Sequence[str],
) -> Document:
    """Both packages of a transfer: the one that gave, the one that got."""
    table = Table(_columns(practice, beside, today), (source, target))
    lines = Lines([line(text) for text in words])
    hint = Hint(f"ptrack packages ledger {target.client_id}", "every entry of the new one's client")
    return Document((table, lines, hint), listing=table)


def transferred_text(
    source: PackageRow, target: PackageRow, count: int, entries: tuple[int, int]
) -> list[str]:
    """What went from whom to whom, with both entries."""
    went, came = entries
    gave = f"{count_text(count)} of {source.client}'s package {source.id} (entry {went})"
    return [f"{gave} went to {target.client}, as package {target.id} (entry {came})."]


def settled_text(settled: Sequence[int]) -> str:
    """What a sale paid for after the fact, in words."""
    if not settled:
        return ""
    noun = "session that was" if len(settled) == 1 else "sessions that were"
    return f"It settles {len(settled)} {noun} owed: {', '.join(map(str, settled))}."


def count_text(count: int, noun: str = "credit") -> str:
    """`1 credit`, `3 credits`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def closed_text(left: int, entry: int | None, links: Sequence[Booked], practice: Practice) -> list[str]:
    """What closing a package did, and which appointments it was to pay for."""
    told = [f"{count_text(left)} written off (entry {entry})." if left else "No credit was left."]
    if links:
        named = ", ".join(f"{row.id} ({day_and_time(practice, row.starts_at)})" for row in links)
        noun = "Appointment" if len(links) == 1 else "Appointments"
        told.append(f"{noun} {named} named it to pay; another package will, or they are owed.")
    return told


def back_text(credits_: int, entry: int | None) -> str:
    """What came back to a package that was extended or opened again."""
    return f"{count_text(credits_)} back (entry {entry})." if credits_ else ""


def expired_document(rows: Sequence[Expiring]) -> Document:
    """What was written off, an entry each; an empty page where nothing was."""
    columns = (
        Column("entry", "Entry", align="right", show=lambda number: "-" if number is None else str(number)),
        Column("package", "Package", align="right", priority=1),
        Column("name", "", flexible=True, priority=3),
        Column("client", "Client", flexible=True),
        Column("client_id", on_screen=False),
        Column("expires_on", "Last day", show=date_text, priority=2),
        Column("credits", "Credits", align="right"),
    )
    return list_document(Table(columns, rows))
