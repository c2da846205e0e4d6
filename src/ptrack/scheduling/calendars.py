"""The calendar on a page: a day with its trainers side by side, a week, a month."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from ptrack.clients.queries import Practice
from ptrack.output.document import (
    Block,
    Column,
    Day,
    Document,
    Heading,
    Hint,
    Lane,
    Line,
    Lines,
    MonthDay,
    MonthGrid,
    MonthText,
    Part,
    Span,
    Table,
    TimeGrid,
    line,
)
from ptrack.scheduling.hours import Off, off_on
from ptrack.scheduling.hours_queries import Capacity
from ptrack.scheduling.occasions import (
    Occasion,
    counts_signs,
    counts_text,
    marks,
    occasions,
    short_names,
    shortened,
)
from ptrack.scheduling.queries import AppointmentRow
from ptrack.scheduling.rules import State
from ptrack.scheduling.spans import Days, day_word
from ptrack.scheduling.views import SIGNS, appointment_columns, credits_of

_DAYS_NAMED = 3
_NAMED = 3
_THURSDAY = 3
_BOOK = "Book one: ptrack appointments add anna 'tue 10:00'"


@dataclass(frozen=True, slots=True)
class Page:
    """What a calendar page is about: its days, its appointments, the clock, and whose it is.

    `groups` are the groups' names, `plans` the program's day of an appointment, by number; `is_one_place`
    where all of it is at the place in the heading, `option` what a command adds to mean the same trainers.
    """

    days: Days
    rows: Sequence[AppointmentRow]
    practice: Practice
    now: datetime
    whose: str
    groups: Mapping[int, str] = field(default_factory=dict)
    plans: Mapping[int, str] = field(default_factory=dict)
    offs: Sequence[Off] = ()
    capacities: Sequence[Capacity] = ()
    is_one_place: bool = False
    option: str = ""

    @property
    def local_now(self) -> datetime:
        """What the studio's clock shows."""
        return self.practice.local(self.now)

    @property
    def occasions(self) -> list[Occasion]:
        """What is drawn: the appointments, a group's as one."""
        return occasions(self.rows, self.groups)

    @property
    def trainers(self) -> dict[int, str]:
        """Whose appointments are on the page, by number."""
        return dict(sorted({row.trainer_id: row.trainer for row in self.rows}.items()))


def _note(row: AppointmentRow) -> str:
    """What stands under the name: where the client stands, or that a cancellation was charged."""
    if row.state is State.CANCELLED:
        return "late" if row.is_charged else ""
    return "" if row.standing.remaining is None and not row.owed else credits_of(row)


def _lines(occasion: Occasion, page: Page, names: Mapping[int, str]) -> list[str]:
    """What is written into a block: who, where they stand, the place, what is planned."""
    row = occasion.first
    place = "" if page.is_one_place or occasion.state is State.CANCELLED else row.location or ""
    if occasion.is_group:
        who = ", ".join(names[member.client_id] for member in occasion.members)
        texts = (occasion.title, counts_text(occasion), who, place)
    else:
        texts = (names[row.client_id], _note(row), place, page.plans.get(row.id, ""))
    return [text for text in texts if text]


def _grid(page: Page, names: Mapping[int, str], empty: str) -> TimeGrid:
    """Days across, with a lane for each trainer where there are several."""
    trainers, today = page.trainers, page.local_now.date()
    order = {number: index for index, number in enumerate(trainers)}
    short, letters = shortened(trainers), marks(trainers)
    blocks = []
    for occasion in page.occasions:
        begins = page.practice.local(occasion.starts_at)
        start = begins.hour * 60 + begins.minute
        sign, _, style = SIGNS[occasion.state]
        blocks.append(
            Block(
                day=(begins.date() - page.days.first).days,
                start_min=start,
                end_min=start + max(row.duration_min for row in occasion.rows),
                sign=sign,
                lines=_lines(occasion, page, names),
                style=style,
                tail=occasion.size,
                brief=counts_signs(occasion),
                lane=order[occasion.first.trainer_id],
            )
        )
    days = [
        Day(
            day,
            f"{day:%a} {day.day}",
            is_today=day == today,
            notes=["off" if off_on(day, page.offs, number) else "" for number in trainers],
        )
        for day in page.days.all
    ]
    is_now_shown = page.days.first <= today <= page.days.last
    now = ((today - page.days.first).days, page.local_now.hour * 60 + page.local_now.minute)
    lanes = (
        [Lane(trainers[number], short[number], letters[number]) for number in trainers]
        if len(trainers) > 1
        else []
    )
    return TimeGrid(days, blocks, now if is_now_shown else None, empty, lanes)


def week_document(page: Page) -> Document:
    """A week: hours by days, a block per appointment, several trainers side by side."""
    grid = _grid(page, short_names(page.rows), f"No appointments in this week. {_BOOK}")
    return _document(page, f"Week {_week_number(page.days)}   {_span_text(page.days)}", grid)


def day_document(page: Page) -> Document:
    """A day: hours by trainers, a block per appointment."""
    names = {row.client_id: row.client for row in page.rows}
    day = page.days.first
    grid = _grid(page, names, f"No appointments on this day. {_BOOK}")
    return _document(page, f"{day:%A} {day.day} {day:%B %Y}", grid)


def month_document(page: Page) -> Document:
    """A month: weeks down, weekdays across, a line per appointment."""
    names, today, month = short_names(page.rows), page.local_now.date(), page.days.month or page.days.first
    texts: dict[date, list[MonthText]] = {}
    for occasion in page.occasions:
        begins = page.practice.local(occasion.starts_at)
        sign, _, style = SIGNS[occasion.state]
        hour = f"{begins:%H:%M}" if begins.minute else f"{begins:%H}"
        name = occasion.title if occasion.is_group else names[occasion.first.client_id]
        text = MonthText(f"{hour} {sign} {name}", style, occasion.size)
        texts.setdefault(begins.date(), []).append(text)
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
    parts += _capacity(page)
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


def _capacity(page: Page) -> list[Part]:
    """How much of each trainer's working hours is booked; nothing of those whose hours are not set."""
    known = [each for each in page.capacities if each.working_min]
    if not known:
        return []
    columns = (
        Column("trainer", flexible=True),
        Column("booked", value=_booked_text, align="right"),
        Column(
            "share", value=lambda each: f"{100 * each.booked_min / each.working_min:.0f} %", align="right"
        ),
    )
    return [Table(columns, known)]


def _booked_text(each: Capacity) -> str:
    """`21 of 35 h booked`."""
    return f"{_hours_text(each.booked_min)} of {_hours_text(each.working_min)} h booked"


def _hours_text(minutes: int) -> str:
    """Minutes as hours, `21` or `21.5`."""
    return f"{minutes / 60:.1f}".removesuffix(".0")


def _to_close(page: Page) -> list[Part]:
    """What is over and still open, day by day, with the command that closes it."""
    open_days: dict[date, list[Occasion]] = {}
    for occasion in page.occasions:
        if occasion.state in (State.SCHEDULED, State.IN_PROGRESS) and occasion.first.ends_at <= page.now:
            open_days.setdefault(page.practice.local(occasion.starts_at).date(), []).append(occasion)
    today = page.local_now.date()
    hints: list[Part] = [
        Hint(f"ptrack close{day_word(day, today)}{page.option}", f"To close: {_day_text(page, day, found)}")
        for day, found in list(open_days.items())[:_DAYS_NAMED]
    ]
    more = list(open_days)[_DAYS_NAMED:]
    if more:
        text = f"and on {len(more)} more day{'s' if len(more) > 1 else ''}"
        hints.append(Hint(f"ptrack close --from {more[0]}{page.option}", text))
    return hints


def _day_text(page: Page, day: date, found: Sequence[Occasion]) -> str:
    """`Tue 17 11:00 Cleo, 12:00 Legs x4`."""
    names = short_names(page.rows)
    told = [
        f"{page.practice.local(each.starts_at):%H:%M} "
        + (f"{each.title}{each.size}" if each.is_group else names[each.first.client_id])
        for each in found[:_NAMED]
    ]
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return f"{day:%a} {day.day} {', '.join(told)}{more}"


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
