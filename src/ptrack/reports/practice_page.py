"""The practice's figures on a page, on paper, and for programs."""

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from ptrack.clients.queries import Practice
from ptrack.credits.views import money_text
from ptrack.output.document import (
    Bar,
    Bars,
    Column,
    Document,
    Heading,
    Hint,
    Lines,
    Part,
    Span,
    Style,
    Table,
    line,
)
from ptrack.output.tables import shown_text
from ptrack.reports.attendance import rate_text
from ptrack.reports.commission import cents_text
from ptrack.reports.periods import month_text, period_text, step_labels
from ptrack.reports.practice import Figures, PracticeFigures


def _figure(
    key: str, title: str, what: str = "", show: Callable[[Any], str] | None = None, priority: int = 0
) -> Column:
    """A column of one figure; `what` is its name among the figures where that is not its key."""
    value = attrgetter(f"figures.{what or key}")
    return Column(key, title, value=value, show=show, align="right", priority=priority)


def _hours_text(hours: float) -> str:
    return f"{hours:,.1f}"


def _count_text(count: int) -> str:
    return f"{count:,}"


_MONTH = Column("month", "Month", value=lambda row: row.month.key, show=month_text)
_DAYS = (
    Column("from", value=lambda row: row.month.first, on_screen=False),
    Column("to", value=lambda row: row.month.last, on_screen=False),
)
_WORK = (
    _figure("appointments", "Booked", show=_count_text, priority=4),
    _figure("sessions", "Sessions", show=_count_text),
    _figure("hours", "Hours", show=_hours_text, priority=1),
    _figure("no_shows", "No-shows"),
    _figure("no_show_rate", "Rate", "kept.no_show_rate", rate_text, priority=2),
    _figure("late_cancellations", "Late", priority=3),
    _figure("adoption", "Adoption", show=rate_text, priority=6),
    _figure("logging_rate", "Logged", show=rate_text, priority=5),
)
_FEEDBACK = _figure("feedback_rate", "Feedback", show=rate_text, priority=7)
_MONEY = (
    _figure("packages_sold", "Packages", priority=3),
    _figure("income_cents", "Income", show=cents_text),
    _figure("commission_cents", "Commission", show=cents_text, priority=1),
    _figure("new_clients", "New", priority=2),
    _figure("active_clients", "Active"),
)
_REST = (
    _figure("cancelled", ""),
    _figure("attendance_rate", "", "kept.rate"),
    _figure("packages_unpriced", ""),
    _figure("feedback_requests", ""),
    _figure("feedback_answers", ""),
)
_IN_DATA = (*_WORK, *_MONEY, *_REST, _FEEDBACK)


class _All(NamedTuple):
    """All months, as a row under their columns."""

    figures: Figures


def _table(found: PracticeFigures, columns: Sequence[Column], title: str) -> Table:
    total = _All(found.total)
    sums = ["Total", *(shown_text(column, total) for column in columns)]
    return Table(
        (_MONTH, *columns), found.months, title=title, sum_row=sums if len(found.months) > 1 else None
    )


def _bars(found: PracticeFigures, title: str, what: str, show: Callable[[Any], str]) -> Bars:
    """One figure by month, or in a long row of months by year."""
    value = attrgetter(what)
    sums: dict[str, float] = {}
    labels = step_labels([row.month for row in found.months])
    for label, row in zip(labels, found.months, strict=True):
        sums[label] = sums.get(label, 0) + value(row.figures)
    return Bars(title, [Bar(label, number, show(number)) for label, number in sums.items()])


def _program_table(found: PracticeFigures) -> Table:
    columns = (
        Column("trainer", "Trainer", flexible=True),
        Column("started", "Started", align="right"),
        Column("active", "Active now", align="right"),
    )
    return Table(columns, found.programs, title="Programs by trainer")


def _data(found: PracticeFigures, practice: Practice) -> dict[str, Any]:
    total = _All(found.total)
    return {
        "from": found.period.first,
        "to": found.period.last,
        "location": found.place.name if found.place else None,
        "location_id": found.place.id if found.place else None,
        "currency": practice.currency,
        "months": [
            {column.key: column.raw(row) for column in (_MONTH, *_DAYS, *_IN_DATA)} for row in found.months
        ],
        "totals": {column.key: column.raw(total) for column in _IN_DATA},
        "programs": found.programs,
    }


def _summary(total: Figures, practice: Practice) -> Iterator[str]:
    """The answer in a few sentences."""
    sessions = "1 session" if total.sessions == 1 else f"{total.sessions:,} sessions"
    income = money_text(total.income_cents, practice.currency)
    yield f"{sessions} in {_hours_text(total.hours)} hours, {income} of packages sold."
    if total.kept.expected:
        yield f"{rate_text(total.kept.rate)} of {total.kept.expected:,} appointments kept."
    if total.feedback_requests:
        noun = "request" if total.feedback_requests == 1 else "requests"
        yield f"{total.feedback_answers:,} of {total.feedback_requests:,} {noun} for feedback answered."


def _footnotes(found: PracticeFigures) -> Iterator[str]:
    """From what it was computed."""
    yield "Rate: no-shows of what was kept, missed or called off late."
    yield "Hours: the trainers'; a group's hour counts once."
    yield "Adoption: sessions that had an appointment. Logged: sessions with a workout."
    if found.total.feedback_requests:
        yield "Feedback: sessions that were rated, of those whose client was sent the questions."
    yield "Income: prices of packages sold, without voided and transferred ones."
    if found.total.packages_unpriced:
        yield f"Packages sold without a price: {found.total.packages_unpriced}; they count as nothing."
    if found.place:
        yield "Packages, clients and programs are those of clients whose place it is."


def practice_document(found: PracticeFigures, practice: Practice) -> Document:
    """The page of the practice."""
    place = f", {found.place.name}" if found.place else ""
    heading = Heading(f"{practice.name}{place}", period_text(found.period))
    data = _data(found, practice)
    listing = Table((_MONTH, *_DAYS, *_IN_DATA), found.months)
    if not any(found.total):
        empty = Lines([line("Nothing happened in this time.")])
        hints = (
            Hint("ptrack report practice --range all", "from the beginning"),
            Hint("ptrack appointments add anna 'tue 10:00'", "book one"),
        )
        return Document((heading, empty, *hints), data=data, listing=listing, title="Practice")
    work = (*_WORK, _FEEDBACK) if found.total.feedback_requests else _WORK
    parts: list[Part] = [
        heading,
        Lines([line(text) for text in _summary(found.total, practice)]),
        _table(found, work, "Appointments and sessions"),
        _table(found, _MONEY, f"Money in {practice.currency}, and clients"),
    ]
    if found.programs:
        parts.append(_program_table(found))
    parts.append(Lines([line(Span(text, Style.MUTED)) for text in _footnotes(found)]))
    if len(found.months) > 1:
        parts += [
            _bars(found, "Sessions", "sessions", lambda number: f"{number:,}"),
            _bars(found, "Hours", "hours", _hours_text),
            _bars(found, f"Income in {practice.currency}", "income_cents", cents_text),
        ]
    return Document(parts, data=data, listing=listing, title=f"Practice, {practice.name}")
