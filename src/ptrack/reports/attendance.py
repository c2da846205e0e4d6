"""Who came: how many appointments were kept, by client, weekday, hour and month.

Counted are appointments that took place, no-shows, and what the client called off inside the late limit. What
was called off in time or by the trainer, and what lies ahead, says nothing about attendance.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import reduce
from typing import Any, NamedTuple

from ptrack.clients.queries import Practice
from ptrack.database.reading import Reader
from ptrack.moments import WEEKDAYS
from ptrack.output.document import (
    Bar,
    Bars,
    Column,
    Document,
    Heading,
    Hint,
    Lines,
    Part,
    Table,
    line,
)
from ptrack.progress.rules.periods import Period
from ptrack.progress.rules.usage import percentage
from ptrack.reports.periods import month_text, period_text
from ptrack.reports.whose import Whose

KEPT_COLUMNS = """
       count(*) FILTER (WHERE a.status = 'completed') AS completed,
       count(*) FILTER (WHERE a.status = 'no_show') AS no_shows,
       count(*) FILTER (WHERE a.is_late) AS late_cancellations"""
"""How the appointments `a` went."""

EXPECTED = """
WHERE a.starts_at >= :begins AND a.starts_at < :ends
  AND (a.status IN ('completed', 'no_show') OR a.is_late)"""

BY_START = f"SELECT a.starts_at, {KEPT_COLUMNS} FROM appointment a {EXPECTED}{{whose}} GROUP BY a.starts_at"

BY_CLIENT = f"""
SELECT c.id AS client_id, c.name AS client, {KEPT_COLUMNS}
FROM appointment a
JOIN client c ON c.id = a.client_id{EXPECTED}{{whose}}
GROUP BY c.id, c.name"""


class Kept(NamedTuple):
    """How many appointments took place, how many clients did not come, and how many called off too late."""

    completed: int = 0
    no_shows: int = 0
    late_cancellations: int = 0

    @property
    def expected(self) -> int:
        """All of them: what the rates are parts of."""
        return self.completed + self.no_shows + self.late_cancellations

    @property
    def rate(self) -> float | None:
        """The attendance rate in percent, to one decimal; None of nothing."""
        return percentage(self.completed, self.expected) if self.expected else None

    @property
    def no_show_rate(self) -> float | None:
        """The no-shows in percent of the same appointments; None of nothing."""
        return percentage(self.no_shows, self.expected) if self.expected else None

    def plus(self, other: "Kept") -> "Kept":
        """Both together."""
        return Kept(*(one + more for one, more in zip(self, other, strict=True)))


class ClientKept(NamedTuple):
    """How a client kept to what was agreed."""

    client: str
    client_id: int
    kept: Kept


class Attendance(NamedTuple):
    """How appointments were kept in a period, and the patterns in it."""

    period: Period
    total: Kept
    clients: tuple[ClientKept, ...]
    weekdays: Mapping[int, Kept]
    hours: Mapping[int, Kept]
    months: Mapping[str, Kept]


class _Patterns(NamedTuple):
    """Counts under weekdays (0 is Monday), hours, and years with their months, on the practice's wall."""

    weekdays: dict[int, Kept]
    hours: dict[int, Kept]
    months: dict[tuple[int, int], Kept]


def _patterns(starts: Iterable[Any], practice: Practice) -> _Patterns:
    """The counts of instants, as stored, under the local times that they lie in.

    A club has some ten thousand instants a year, so what is done to each of them is spelled out.
    """
    zone = practice.zone
    sums: list[defaultdict[Any, list[int]]] = [defaultdict(lambda: [0, 0, 0]) for _ in _Patterns._fields]
    weekdays, hours, months = sums
    for text, completed, no_shows, late_cancellations in starts:
        local = zone.fromutc(datetime.fromisoformat(text).replace(tzinfo=zone))
        for cell in (weekdays[local.weekday()], hours[local.hour], months[local.year, local.month]):
            cell[0] += completed
            cell[1] += no_shows
            cell[2] += late_cancellations
    return _Patterns(*({key: Kept(*cell) for key, cell in sorted(each.items())} for each in sums))


def attendance(reader: Reader, practice: Practice, period: Period, whose: Whose) -> Attendance:
    """How the appointments of a period were kept; times are those on the practice's wall."""
    begins, ends = period.bounds(practice.zone)
    given = {"begins": begins, "ends": ends, **whose.given}
    conditions = whose.conditions("a")
    patterns = _patterns(reader.tuples(BY_START.format(whose=conditions), given), practice)
    clients = [
        ClientKept(name, number, Kept(*counts))
        for number, name, *counts in reader.tuples(BY_CLIENT.format(whose=conditions), given)
    ]
    return Attendance(
        period,
        total=reduce(Kept.plus, patterns.weekdays.values(), Kept()),
        clients=tuple(sorted(clients, key=_most_missed_first)),
        weekdays=patterns.weekdays,
        hours=patterns.hours,
        months={f"{year:04}-{month:02}": kept for (year, month), kept in patterns.months.items()},
    )


def _most_missed_first(row: ClientKept) -> tuple[int, str, int]:
    return row.kept.completed - row.kept.expected, row.client.casefold(), row.client_id


def _flat(kept: Kept) -> dict[str, Any]:
    return {**kept._asdict(), "rate": kept.rate}


def _data(found: Attendance) -> dict[str, Any]:
    return {
        "from": found.period.first,
        "to": found.period.last,
        **_flat(found.total),
        "clients": [
            {"client": row.client, "client_id": row.client_id, **_flat(row.kept)} for row in found.clients
        ],
        "weekdays": [
            {"weekday": WEEKDAYS[day], **_flat(found.weekdays.get(day, Kept()))} for day in range(7)
        ],
        "hours": [{"hour": hour, **_flat(kept)} for hour, kept in found.hours.items()],
        "months": [{"month": month, **_flat(kept)} for month, kept in found.months.items()],
    }


def rate_text(rate: float | None) -> str:
    """A rate as people read it, nothing where there is none."""
    return "" if rate is None else f"{rate:.1f} %"


def _rate_bars(title: str, sums: Iterable[tuple[str, Kept]]) -> Bars:
    bars = [
        Bar(label, kept.rate or 0.0, f"{rate_text(kept.rate)} of {kept.expected:,}") for label, kept in sums
    ]
    return Bars(title, bars, full=100)


def _pattern_bars(found: Attendance, practice: Practice) -> list[Part]:
    week = [(practice.first_weekday + step) % 7 for step in range(7)]
    days = [(WEEKDAYS[day][:3].title(), found.weekdays[day]) for day in week if day in found.weekdays]
    months = [(month_text(key), kept) for key, kept in found.months.items()]
    parts: list[Part] = [
        _rate_bars("By weekday", days),
        _rate_bars("By hour", [(f"{hour:02}:00", kept) for hour, kept in found.hours.items()]),
    ]
    return [*parts, _rate_bars("By month", months)] if len(months) > 1 else parts


def _client_table(found: Attendance) -> Table:
    columns = (
        Column("client", "Client", flexible=True),
        Column("client_id", on_screen=False),
        Column("completed", "Came", value=lambda row: row.kept.completed, align="right"),
        Column("no_shows", "No-shows", value=lambda row: row.kept.no_shows, align="right"),
        Column(
            "late_cancellations",
            "Late",
            value=lambda row: row.kept.late_cancellations,
            align="right",
            priority=1,
        ),
        Column("rate", "Rate", value=lambda row: row.kept.rate, show=rate_text, align="right"),
    )
    return Table(columns, found.clients, title="By client, who missed most first")


def _total_text(kept: Kept) -> str:
    late = "late cancellation" if kept.late_cancellations == 1 else "late cancellations"
    missed = "no-show" if kept.no_shows == 1 else "no-shows"
    return (
        f"{rate_text(kept.rate)} of {kept.expected:,} kept: {kept.completed:,} came, "
        f"{kept.no_shows:,} {missed}, {kept.late_cancellations:,} {late}."
    )


def attendance_document(found: Attendance, practice: Practice, whose: str = "") -> Document:
    """The page of attendance; `whose` says whom it is narrowed to."""
    heading = Heading(f"Attendance, {whose}" if whose else "Attendance", period_text(found.period))
    table = _client_table(found)
    data = _data(found)
    if not found.total.expected:
        empty = Lines([line("No appointment of this time was kept or missed.")])
        hint = Hint("ptrack appointments list --status scheduled", "what is still to be closed")
        return Document((heading, empty, hint), data=data, listing=table, title="Attendance")
    parts: list[Part] = [heading, Lines([line(_total_text(found.total))]), *_pattern_bars(found, practice)]
    if len(found.clients) > 1:
        parts.append(table)
    return Document(parts, data=data, listing=table, title="Attendance")
