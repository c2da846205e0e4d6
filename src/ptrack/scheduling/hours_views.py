"""Trainers and places whole, working hours, days off and free times on a page."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from ptrack.clients.queries import LocationRow, Practice, TrainerRow
from ptrack.clients.staff_views import LOCATION_COLUMNS, TRAINER_COLUMNS, commission_text
from ptrack.moments import WEEKDAYS, clock_text
from ptrack.output.document import (
    Column,
    Document,
    Fields,
    Heading,
    Hint,
    Lines,
    Part,
    Table,
    line,
    list_document,
)
from ptrack.scheduling.availability_queries import Ahead
from ptrack.scheduling.hours import Hours, hours_text
from ptrack.scheduling.hours_queries import DayOffRow, Week

EVERYBODY = "everybody"


class Worked(NamedTuple):
    """A span of working hours as listed: `monday`, `09:00`, `17:00`."""

    weekday: str
    begins: str
    ends: str


class TrainerPage(NamedTuple):
    """All that the page of one trainer shows."""

    row: TrainerRow
    clients: int
    ahead: Ahead
    hours: Hours
    offs: Sequence[DayOffRow]
    weeks: Sequence[Week]


def day_text(day: date) -> str:
    """`Thu 24 Dec 2026`."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def days_text(row: DayOffRow) -> str:
    """`Thu 24 Dec 2026`, or the first and the last day."""
    if row.first_day == row.last_day:
        return day_text(row.first_day)
    return f"{day_text(row.first_day)} to {day_text(row.last_day)}"


def _worked(hours: Hours) -> list[Worked]:
    return [
        Worked(WEEKDAYS[day], *(f"{minute // 60:02}:{minute % 60:02}" for minute in span))
        for day, spans in sorted(hours.items())
        for span in spans
    ]


_HOURS_COLUMNS = (
    Column("weekday"),
    Column("from", value=lambda row: row.begins),
    Column("to", value=lambda row: row.ends),
)


def hours_document(row: TrainerRow, hours: Hours) -> Document:
    """A trainer's week."""
    listing = Table(_HOURS_COLUMNS, _worked(hours))
    if not hours:
        return Document(
            (Lines([line(f"{row.name} has no working hours yet.")]), _set_hours(row)), listing=listing
        )
    return Document((Heading(row.name, "working hours"), Lines([line(hours_text(hours))])), listing=listing)


def _set_hours(row: TrainerRow) -> Hint:
    return Hint(f"ptrack trainers hours {row.id} 'mon-fri 9-17, sat 9-12:30'", "set hours")


_DAYS_OFF_COLUMNS = (
    Column("id", "No", align="right"),
    Column("trainer", "Trainer", flexible=True, show=lambda name: name or EVERYBODY),
    Column("trainer_id", on_screen=False),
    Column("first_day", "From", show=day_text),
    Column("last_day", "To", show=day_text),
    Column("reason", "Reason", flexible=True, priority=1),
)


def days_off_document(rows: Sequence[DayOffRow]) -> Document:
    """The list of days off."""
    empty = "No days off ahead. Note some: ptrack trainers off add all 24.12. 26.12. --reason Christmas"
    return list_document(Table(_DAYS_OFF_COLUMNS, rows, empty=empty))


def day_off_document(row: DayOffRow) -> Document:
    """One entry of days off."""
    told = f"Days off {row.id}: {row.trainer or EVERYBODY}, {days_text(row)}"
    why = f" ({row.reason})" if row.reason else ""
    data = {column.key: column.raw(row) for column in _DAYS_OFF_COLUMNS}
    return Document((Lines([line(told + why)]),), data=data)


def _hours_of(minutes: int) -> str:
    """Minutes as hours: `7.5`."""
    return f"{minutes / 60:.1f}"


def _share_text(share: float | None) -> str:
    return f"{share:.0%}".replace("%", " %") if share is not None else ""


_WEEK_COLUMNS = (
    Column(
        "from", "Week from", value=lambda week: week.first, show=lambda day: f"{day:%a} {day.day} {day:%b}"
    ),
    Column("to", value=lambda week: week.last, on_screen=False),
    Column(
        "booked_min", "Booked h", value=lambda week: week.capacity.booked_min, show=_hours_of, align="right"
    ),
    Column(
        "working_min",
        "Working h",
        value=lambda week: week.capacity.working_min,
        show=_hours_of,
        align="right",
    ),
    Column("share", "Full", value=lambda week: week.capacity.share, show=_share_text, align="right"),
)


def trainer_document(page: TrainerPage, practice: Practice) -> Document:
    """The page of one trainer."""
    row = page.row
    pairs = [
        ("E-mail", row.email or ""),
        ("Commission", commission_text(row)),
        ("Buffer", _buffer_text(row.buffer_min)),
        ("Clients", str(page.clients)),
        ("Scheduled", _ahead_text(page.ahead, practice)),
        ("Hours", hours_text(page.hours)),
        ("Days off", "; ".join(_off_text(off) for off in page.offs)),
    ]
    parts: list[Part] = [Heading(f"{row.name} ({row.id})", _role_text(row)), Fields(pairs)]
    if page.hours:
        parts += [
            Table(_WEEK_COLUMNS, page.weeks),
            Hint(f"ptrack appointments free --trainer {row.id}", "free times"),
        ]
    else:
        parts.append(_set_hours(row))
    data = _data(TRAINER_COLUMNS, row) | {
        "clients": page.clients,
        "scheduled": page.ahead.number,
        "hours": [_data(_HOURS_COLUMNS, span) for span in _worked(page.hours)],
        "days_off": [_data(_DAYS_OFF_COLUMNS, off) for off in page.offs],
        "capacity": [_data(_WEEK_COLUMNS, week) for week in page.weeks],
    }
    return Document(tuple(parts), data=data)


def _data(columns: Sequence[Column], row: Any) -> dict[str, Any]:
    return {column.key: column.raw(row) for column in columns if column.in_data}


def _role_text(row: TrainerRow) -> str:
    return f"{row.role}" if row.is_active else f"{row.role}, inactive"


def _buffer_text(minutes: int) -> str:
    return f"{minutes} min between appointments" if minutes else ""


def _ahead_text(ahead: Ahead, practice: Practice) -> str:
    if ahead.first is None:
        return "0"
    return f"{ahead.number}, the first on {clock_text(practice.local(ahead.first))}"


def _off_text(row: DayOffRow) -> str:
    return days_text(row) + (f" ({row.reason})" if row.reason else "")


def location_document(row: LocationRow, clients: int, ahead: Ahead, practice: Practice) -> Document:
    """The page of one place."""
    pairs = [
        ("Address", row.address or ""),
        ("Online", row.url or ""),
        ("Holds", _holds_text(row.capacity)),
        ("Buffer", _buffer_text(row.buffer_min)),
        ("Clients", str(clients)),
        ("Scheduled", _ahead_text(ahead, practice)),
    ]
    heading = Heading(f"{row.name} ({row.id})", "" if row.is_active else "inactive")
    hint = Hint(f"ptrack appointments week --location {row.id}", "its week")
    data = _data(LOCATION_COLUMNS, row) | {"clients": clients, "scheduled": ahead.number}
    return Document((heading, Fields(pairs), hint), data=data)


def _holds_text(capacity: int | None) -> str:
    if capacity is None:
        return "any number of clients"
    return "1 client at once" if capacity == 1 else f"{capacity} clients at once"
