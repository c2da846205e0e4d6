"""The calendar on a page: a day with its trainers side by side, a week, a month."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ptrack.clients.queries import Practice
from ptrack.output.document import (
    Block,
    Day,
    Document,
    Heading,
    Hint,
    Line,
    Lines,
    MonthDay,
    MonthGrid,
    Part,
    Span,
    Table,
    TimeGrid,
    line,
)
from ptrack.scheduling.queries import AppointmentRow
from ptrack.scheduling.rules import State
from ptrack.scheduling.spans import Days
from ptrack.scheduling.views import SIGNS, appointment_columns, credits_of

_NAMED = 3
_THURSDAY = 3
_BOOK = "Book one: ptrack appointments add anna 'tue 10:00'"


@dataclass(frozen=True, slots=True)
class Page:
    """What a calendar page is about: its days, its appointments, the clock, and whose it is."""

    days: Days
    rows: Sequence[AppointmentRow]
    practice: Practice
    now: datetime
    whose: str

    @property
    def local_now(self) -> datetime:
        """What the studio's clock shows."""
        return self.practice.local(self.now)


def short_names(rows: Iterable[AppointmentRow]) -> dict[int, str]:
    """What each client is called where room is scarce: the first name, with what tells them apart."""
    full = {row.client_id: row.client for row in rows}
    firsts = Counter(name.split()[0] for name in full.values())
    return {number: _short(name, is_unique=firsts[name.split()[0]] == 1) for number, name in full.items()}


def _short(name: str, *, is_unique: bool) -> str:
    first, *rest = name.split()
    return first if is_unique or not rest else f"{first} {rest[-1][0]}."


def _note(row: AppointmentRow) -> str:
    """What stands under the name: where the client stands, or that a cancellation was charged."""
    if row.state is State.CANCELLED:
        return "late" if row.is_charged else ""
    return "" if row.standing.remaining is None and not row.owed else credits_of(row)


def _block(row: AppointmentRow, practice: Practice, column: int, name: str, trainer: str) -> Block:
    begins = practice.local(row.starts_at)
    start = begins.hour * 60 + begins.minute
    sign, _, style = SIGNS[row.state]
    lines = [text for text in (name, _note(row), row.location or "", trainer) if text]
    return Block(column, start, start + row.duration_min, sign, lines, style)


def week_document(page: Page) -> Document:
    """A week: hours by days, a block per appointment."""
    names = short_names(page.rows)
    has_trainers = len({row.trainer_id for row in page.rows}) > 1
    today = page.local_now.date()
    days = [Day(day, f"{day:%a} {day.day}", is_today=day == today) for day in page.days.all]
    blocks = [
        _block(
            row,
            page.practice,
            (page.practice.local(row.starts_at).date() - page.days.first).days,
            names[row.client_id],
            row.trainer if has_trainers else "",
        )
        for row in page.rows
    ]
    now = (
        ((today - page.days.first).days, _minute(page))
        if page.days.first <= today <= page.days.last
        else None
    )
    grid = TimeGrid(days, blocks, now, empty=f"No appointments in this week. {_BOOK}")
    return _document(page, f"Week {_week_number(page.days)}   {_span_text(page.days)}", grid)


def day_document(page: Page) -> Document:
    """A day: hours by trainers, a block per appointment."""
    trainers = dict(sorted({row.trainer_id: row.trainer for row in page.rows}.items()))
    order = {number: index for index, number in enumerate(trainers)}
    day, is_today = page.days.first, page.local_now.date() == page.days.first
    label = f"{day:%a} {day.day}"
    if len(trainers) > 1:
        days = [Day(day, name) for name in trainers.values()]
    else:
        days = [Day(day, label, is_today=is_today)]
    blocks = [_block(row, page.practice, order[row.trainer_id], row.client, "") for row in page.rows]
    now = (0, _minute(page)) if is_today else None
    grid = TimeGrid(days, blocks, now, empty=f"No appointments on this day. {_BOOK}")
    return _document(page, f"{day:%A} {day.day} {day:%B %Y}", grid)


def month_document(page: Page) -> Document:
    """A month: weeks down, weekdays across, a line per appointment."""
    names, today, month = short_names(page.rows), page.local_now.date(), page.days.month or page.days.first
    texts: dict[date, list[Span]] = {}
    for row in page.rows:
        begins = page.practice.local(row.starts_at)
        sign, _, style = SIGNS[row.state]
        hour = f"{begins:%H:%M}" if begins.minute else f"{begins:%H}"
        texts.setdefault(begins.date(), []).append(Span(f"{hour} {sign} {names[row.client_id]}", style))
    days = [
        MonthDay(day, texts.get(day, ()), day.month == month.month, is_today=day == today)
        for day in page.days.all
    ]
    grid = MonthGrid([f"{day:%a}" for day in page.days.all[:7]], days)
    return _document(page, f"{month:%B %Y}", grid)


def _document(page: Page, title: str, grid: Part) -> Document:
    parts: list[Part] = [Heading(title, page.whose), grid]
    if page.rows:
        parts.append(Lines([_legend(page.rows)]))
    parts += _to_close(page)
    table = Table(appointment_columns(page.practice), page.rows)
    return Document(parts, listing=table)


def _legend(rows: Sequence[AppointmentRow]) -> Line:
    """The signs with their counts."""
    counts = Counter(row.state for row in rows)
    spans: list[str | Span] = []
    for state, (sign, word, style) in SIGNS.items():
        if counts[state]:
            spans += (Span(f"{sign} {word}", style), f" {counts[state]}   ")
    return line(*spans)


def _to_close(page: Page) -> list[Part]:
    """What is over and still open, with the command that closes it."""
    open_ones = [
        row
        for row in page.rows
        if row.ends_at <= page.now and row.state in (State.SCHEDULED, State.IN_PROGRESS)
    ]
    hints: list[Part] = [
        Hint(f"ptrack appointments complete {row.id}", f"To close: {_when(page.practice, row)} {row.client}")
        for row in open_ones[:_NAMED]
    ]
    more = len(open_ones) - _NAMED
    if more > 0:
        hints.append(Hint("ptrack appointments list --status scheduled --to today", f"and {more} more"))
    return hints


def _when(practice: Practice, row: AppointmentRow) -> str:
    begins = practice.local(row.starts_at)
    return f"{begins:%a} {begins.day} {begins:%H:%M}"


def _minute(page: Page) -> int:
    return page.local_now.hour * 60 + page.local_now.minute


def _week_number(days: Days) -> int:
    """The ISO number of the week that the shown Thursday lies in."""
    (thursday,) = (day for day in days.all if day.weekday() == _THURSDAY)
    return thursday.isocalendar().week


def _span_text(days: Days) -> str:
    """The first and the last day, month and year named twice where they differ."""
    first, last = days.first, days.last
    begin = f"{first.day}"
    if first.month != last.month:
        begin += f" {first:%B}"
    if first.year != last.year:
        begin += f" {first:%Y}"
    return f"{begin} – {last.day} {last:%B %Y}"  # noqa: RUF001  a dash that Surface.clean can replace


CALENDARS: dict[str, Callable[[Page], Document]] = {
    "day": day_document,
    "week": week_document,
    "month": month_document,
}
"""The page of each length of time."""
