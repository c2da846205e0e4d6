"""People on a page."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from ptrack.clients.queries import ClientDetails, ClientRow, Practice
from ptrack.clients.rules import offsets_text, read_offsets
from ptrack.output.document import Column, Document, Fields, Heading, Hint, Style, Table, list_document
from ptrack.vocabulary import Channel, ClientStatus


def day_and_time(practice: Practice, instant: datetime | None) -> str:
    """An instant as people read it: `Tue 24 Nov 10:00`, with the year where it is not this one's."""
    if instant is None:
        return ""
    local = practice.local(instant)
    return f"{local:%a} {local.day} {local:%b %Y %H:%M}"


def day_only(practice: Practice, instant: datetime | None) -> str:
    """The day of an instant as people read it: `Tue 24 Nov 2026`."""
    if instant is None:
        return ""
    return _day(practice.local(instant))


def _day(day: date | None) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}" if day else ""


def credits_text(balance: int, owed: int) -> str:
    """`3 left`, or `owes 1` where sessions are waiting for a package."""
    return f"owes {owed}" if owed else f"{balance} left"


def _status_style(row: ClientRow) -> Style:
    return Style.PLAIN if row.status is ClientStatus.ACTIVE else Style.MUTED


def _client_columns(practice: Practice) -> list[Column]:
    def local(key: str) -> Any:
        return lambda row: practice.local(value) if (value := getattr(row, key)) else None

    def shown(instant: Any) -> str:
        return day_and_time(practice, instant)

    return [
        Column("id", "No", align="right"),
        Column("name", "Client", flexible=True, style=_status_style),
        Column("email", "E-mail", flexible=True, priority=6),
        Column("phone", on_screen=False),
        Column("status", "Status", priority=3),
        Column("trainer", "Trainer", flexible=True, priority=5),
        Column("trainer_id", on_screen=False),
        Column("location", "Place", flexible=True, priority=7),
        Column("location_id", on_screen=False),
        Column("goals", on_screen=False),
        Column("credits", "Credits", value=lambda row: row.credits, align="right", style=_credit_style),
        Column("owed", "Owed", align="right", priority=2, show=lambda owed: str(owed or "")),
        Column("next_appointment", "Next", value=local("next_appointment"), show=shown, priority=1),
        Column(
            "last_workout", "Last workout", value=local("last_workout"), priority=4,
            show=lambda instant: day_only(practice, instant),
        ),
    ]  # fmt: skip


def _credit_style(row: ClientRow) -> Style:
    if row.owed or row.credits < 0:
        return Style.BAD
    return Style.WARN if row.credits <= 2 else Style.PLAIN  # noqa: PLR2004  when a renewal is near


def _mail_text(details: ClientDetails) -> str:
    """What is other than usual about mail to a client: `by command; reminders 2h before; unsubscribed`."""
    told = []
    if details.channel is not Channel.EMAIL:
        told.append("none" if details.channel is Channel.NONE else "by command")
    if details.reminder_offsets is not None:
        told.append(f"reminders: {offsets_text(details.reminder_offsets)}")
    if details.unsubscribed_at is not None:
        told.append("unsubscribed: news of appointments only")
    return "; ".join(told)


NO_CLIENTS = 'No clients yet. Add one: ptrack clients add "Anna Berg"'


def clients_document(rows: Sequence[ClientRow], practice: Practice, *, is_whole: bool = True) -> Document:
    """The list of clients: all of them (`is_whole`), or those that were asked for."""
    empty = NO_CLIENTS if is_whole else "No client is like that. See them all: ptrack clients list"
    table = Table(_client_columns(practice), rows, empty=empty)
    return list_document(table)


def client_data(row: ClientRow, practice: Practice) -> dict[str, Any]:
    """One client's keys for programs."""
    return {column.key: column.raw(row) for column in _client_columns(practice)}


def client_document(
    row: ClientRow, details: ClientDetails, tags: Sequence[str], practice: Practice
) -> Document:
    """The page of one client."""
    data = client_data(row, practice) | {
        "born": details.birth_date,
        "sex": details.sex,
        "height_cm": details.height_cm,
        "notes": details.notes,
        "guardian_name": details.guardian_name,
        "guardian_email": details.guardian_email,
        "channel": details.channel,
        "reminders": None if details.reminder_offsets is None else read_offsets(details.reminder_offsets),
        "subscribed": details.unsubscribed_at is None,
        "leaderboard_opt_in": details.leaderboard_opt_in,
        "churned_on": details.churned_on,
        "churn_reason": details.churn_reason,
        "paused_on": details.paused_on,
        "tags": list(tags),
        "created_at": practice.local(details.created_at),
    }
    pairs = [
        ("Credits", credits_text(row.credits, row.owed)),
        ("Next appointment", day_and_time(practice, row.next_appointment)),
        ("Last workout", day_only(practice, row.last_workout)),
        ("Trainer", row.trainer or ""),
        ("Place", row.location or ""),
        ("E-mail", row.email or ""),
        ("Phone", row.phone or ""),
        ("Born", _day(details.birth_date)),
        ("Sex", details.sex or ""),
        ("Height", f"{details.height_cm:g} cm" if details.height_cm else ""),
        ("Goals", row.goals or ""),
        ("Guardian", " ".join(filter(None, (details.guardian_name, details.guardian_email)))),
        ("Mail", _mail_text(details)),
        ("Tags", ", ".join(tags)),
        ("Notes", details.notes or ""),
        ("Paused since", _day(details.paused_on)),
        ("Churned", f"{_day(details.churned_on)} {details.churn_reason or ''}".strip()),
        ("With us since", day_only(practice, details.created_at)),
    ]
    hint = (
        Hint(f"ptrack appointments add {row.id} 'tue 10:00'", "book")
        if row.credits
        else Hint(f"ptrack packages sell {row.id} --sessions 10", "sell a package")
    )
    return Document((Heading(f"{row.name} ({row.id})", row.status), Fields(pairs), hint), data=data)
