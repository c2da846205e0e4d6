"""The calendar pages as documents: what stands in a block, what is still to be closed."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from ptrack.clients.queries import Practice
from ptrack.output.document import Document, Hint, Lane, Lines, MonthGrid, Table, TimeGrid
from ptrack.scheduling.calendars import Page, day_document, month_document, week_document
from ptrack.scheduling.hours import Off
from ptrack.scheduling.hours_queries import Capacity
from ptrack.scheduling.occasions import marks, short_names
from ptrack.scheduling.queries import AppointmentRow
from ptrack.scheduling.spans import day_of, month_of, week_of
from ptrack.vocabulary import AppointmentStatus, ChargePolicy, E1rmFormula, SessionStatus, StudioType, Unit

NOW = datetime(2026, 11, 20, 9, 20, tzinfo=UTC)
TODAY = date(2026, 11, 20)
HOUSE = Practice(
    name="Studio Nord", studio_type=StudioType.GYM, timezone="Europe/Berlin", unit=Unit.KG, currency="EUR",
    first_weekday=0, logo_path=None, calendar=True, programs=True, progress_tracking=True, leaderboard=False,
    e1rm_formula=E1rmFormula.EPLEY, no_show_charges=ChargePolicy.ALWAYS,
    late_cancel_charges=ChargePolicy.ASK, late_cancel_hours=24, strict_booking=False, created_at=NOW,
)  # fmt: skip
ROW = AppointmentRow(
    id=1, client_id=1, client="Anna Berg", trainer_id=1, trainer="Maya Lind", location_id=None, location=None,
    starts_at=NOW, duration_min=60, status=AppointmentStatus.SCHEDULED, package=None, group=None,
    series=None, cancelled_by=None,
    reason=None, notes=None, sequence=0, session=None, session_status=None, is_charged=None,
    balance=4, owed=0, reserved=1, unlimited=0,
)  # fmt: skip


def page(*rows: AppointmentRow, length: str = "week", now: datetime = NOW, **more: Any) -> Page:
    days = {
        "day": day_of(None, TODAY),
        "week": week_of(None, TODAY, 0),
        "month": month_of(None, TODAY, 0),
    }[length]
    return Page(days, rows, HOUSE, now, "Maya Lind, Studio Nord", **more)


def week_grid(*rows: AppointmentRow) -> TimeGrid:
    grid = week_document(page(*rows)).parts[1]
    assert isinstance(grid, TimeGrid)
    return grid


def grid_of(document: Document) -> TimeGrid:
    grid = document.parts[1]
    assert isinstance(grid, TimeGrid)
    return grid


def test_first_names_do_where_they_tell_people_apart() -> None:
    rows = [
        ROW._replace(client_id=number, client=name)
        for number, name in enumerate(("Anna Berg", "Anna Holm", "Ben Olsen", "Cher", "Ben"), start=1)
    ]
    assert short_names(rows) == {1: "Anna B.", 2: "Anna H.", 3: "Ben O.", 4: "Cher", 5: "Ben"}


def test_a_block_lies_where_the_studios_clock_says() -> None:
    (block,) = week_grid(ROW._replace(starts_at=datetime(2026, 11, 21, 23, 30, tzinfo=UTC))).blocks
    assert (block.day, block.start_min, block.end_min) == (6, 30, 90)


def test_what_stands_in_a_block() -> None:
    def lines(**changes: object) -> tuple[str, ...]:
        (block,) = week_grid(ROW._replace(**changes)).blocks  # type: ignore[arg-type]
        return (block.sign, *block.lines)

    assert lines() == ("o", "Anna", "4 left")
    assert lines(owed=2) == ("o", "Anna", "owes 2")
    assert lines(balance=0, unlimited=1) == ("o", "Anna")
    assert lines(location="Nord", location_id=1) == ("o", "Anna", "4 left", "Nord")
    assert lines(session=1, session_status=SessionStatus.IN_PROGRESS) == (">", "Anna", "4 left")
    assert lines(status=AppointmentStatus.COMPLETED) == ("x", "Anna", "4 left")
    assert lines(status=AppointmentStatus.NO_SHOW) == ("!", "Anna", "4 left")
    assert lines(status=AppointmentStatus.CANCELLED) == ("-", "Anna")
    assert lines(status=AppointmentStatus.CANCELLED, session=1, is_charged=True) == ("-", "Anna", "late")


def test_a_cancelled_one_needs_no_place() -> None:
    (block,) = week_grid(ROW._replace(location="Nord", status=AppointmentStatus.CANCELLED)).blocks
    assert block.lines == ["Anna"]


def test_place_and_plan_stand_under_the_name() -> None:
    row = ROW._replace(location="Nord", location_id=1)
    shown = page(row, plans={row.id: "Upper A"})
    assert grid_of(week_document(shown)).blocks[0].lines == ["Anna", "4 left", "Nord", "Upper A"]
    shown = page(row, plans={row.id: "Upper A"}, is_one_place=True)
    assert grid_of(week_document(shown)).blocks[0].lines == ["Anna", "4 left", "Upper A"]


def test_where_several_trainers_work_each_has_a_lane() -> None:
    rows = (ROW, ROW._replace(id=2, client_id=2, client="Ben Olsen", trainer_id=2, trainer="Fio Ray"))
    for document in (week_document(page(*rows)), day_document(page(*rows, length="day"))):
        grid = grid_of(document)
        assert grid.lanes == [Lane("Maya Lind", "Maya", "M"), Lane("Fio Ray", "Fio", "F")]
        assert [block.lane for block in grid.blocks] == [0, 1]
    assert week_grid(ROW).lanes == []


def test_marks_tell_names_apart() -> None:
    assert marks({1: "Maya Lind", 2: "Olof Berg"}) == {1: "M", 2: "O"}
    assert marks({1: "Maya Lind", 2: "Mona Berg"}) == {1: "ML", 2: "MB"}
    assert marks({1: "Maya Lind", 7: "Mona Lust"}) == {1: "1", 7: "7"}


def members(*statuses: AppointmentStatus, group: int = 5) -> list[AppointmentRow]:
    names = ("Anna Berg", "Ben Olsen", "Cleo Marsh", "Dana Vogt", "Emil Sand")
    return [
        ROW._replace(id=10 + number, client_id=number, client=names[number], group=group, status=status)
        for number, status in enumerate(statuses)
    ]


DONE, MISSED, BOOKED, OFF = (
    AppointmentStatus.COMPLETED, AppointmentStatus.NO_SHOW, AppointmentStatus.SCHEDULED,
    AppointmentStatus.CANCELLED,
)  # fmt: skip


def test_a_group_is_drawn_once() -> None:
    (block,) = week_grid(*members(BOOKED, BOOKED, BOOKED)).blocks
    assert (block.sign, block.lines, block.tail) == ("o", ["Group", "Anna, Ben, Cleo"], " x3")
    shown = page(*members(BOOKED, BOOKED, OFF), ROW._replace(id=99, client_id=9), groups={5: "Legs"})
    first, second = grid_of(week_document(shown)).blocks
    assert (first.lines[0], first.tail, second.tail) == ("Legs", " x2", "")
    assert first.lines[1:] == ["Anna B., Ben"]
    month = month_document(page(*members(BOOKED, BOOKED), length="month", groups={5: "Legs"})).parts[1]
    assert isinstance(month, MonthGrid)
    (text,) = (text for day in month.days for text in day.texts)
    assert (text.text, text.tail) == ("10:20 o Legs", " x2")


@pytest.mark.parametrize(
    ("statuses", "sign", "told", "brief"),
    [
        ((DONE, DONE, DONE, MISSED), "x", "3 done, 1 no-show", "3x 1!"),
        ((BOOKED, DONE, MISSED), "o", "1 booked, 1 done, 1 no-show", "1o 1x 1!"),
        ((MISSED, OFF), "!", None, ""),
        ((DONE, MISSED, OFF), "x", "1 done, 1 no-show", "1x 1!"),
        ((MISSED, MISSED), "!", None, ""),
        ((OFF, OFF), "-", None, ""),
    ],
)
def test_the_sign_of_a_group_is_that_of_the_whole(
    statuses: tuple[AppointmentStatus, ...], sign: str, told: str | None, brief: str
) -> None:
    (block,) = week_grid(*members(*statuses)).blocks
    assert (block.sign, block.brief) == (sign, brief)
    assert (told in block.lines) if told else (len(block.lines) == 2)


def test_groups_at_other_times_are_others() -> None:
    moved = members(BOOKED, BOOKED)[1]._replace(starts_at=NOW + timedelta(days=1))
    assert [block.tail for block in week_grid(members(BOOKED)[0], moved).blocks] == [" x1", " x1"]


def test_listings_stay_flat() -> None:
    listing = week_document(page(*members(BOOKED, DONE))).listing
    assert listing is not None
    assert len(listing.rows) == 2


def test_days_off_and_full_hours_are_told() -> None:
    rows = (ROW, ROW._replace(id=2, client_id=2, client="Ben Olsen", trainer_id=2, trainer="Fio Ray"))
    offs = [Off(TODAY, TODAY, 2), Off(date(2026, 11, 22), date(2026, 11, 22))]
    grid = grid_of(week_document(page(*rows, offs=offs)))
    assert [list(day.notes) for day in grid.days[3:]] == [["", ""], ["", "off"], ["", ""], ["off", "off"]]
    filled = [Capacity(1, "Maya Lind", 1260, 2100), Capacity(2, "Fio Ray", 90, 0)]
    (table,) = (
        part for part in week_document(page(*rows, capacities=filled)).parts if isinstance(part, Table)
    )
    assert [column.raw(row) for row in table.rows for column in table.columns] == [
        "Maya Lind", "21 of 35 h booked", "60 %"
    ]  # fmt: skip


def test_now_is_marked_only_on_its_own_days() -> None:
    assert week_grid(ROW).now == (4, 620)
    grid = week_document(page(ROW, now=NOW + timedelta(days=7))).parts[1]
    assert isinstance(grid, TimeGrid)
    assert grid.now is None


def hints(*rows: AppointmentRow, **more: Any) -> list[tuple[str, str]]:
    parts = week_document(page(*rows, **more)).parts
    return [(part.what, part.command) for part in parts if isinstance(part, Hint)]


def test_what_is_over_and_open_is_to_be_closed() -> None:
    an_hour_ago = NOW - timedelta(hours=1)
    over = [ROW._replace(id=number, client_id=number, starts_at=an_hour_ago) for number in range(1, 6)]
    running = ROW._replace(id=9, starts_at=NOW - timedelta(minutes=59))
    done = ROW._replace(id=8, starts_at=NOW - timedelta(days=1), status=AppointmentStatus.COMPLETED)
    assert hints(*over, running, done) == [
        ("To close: Fri 20 09:20 Anna B., 09:20 Anna B., 09:20 Anna B. and 2 more", "ptrack close")
    ]
    tuesday = ROW._replace(id=7, client="Cleo Marsh", starts_at=NOW - timedelta(days=3))
    assert hints(tuesday, option=" --trainer all") == [
        ("To close: Tue 17 10:20 Cleo", "ptrack close tue --trainer all")
    ]
    assert hints(*members(BOOKED, DONE), now=NOW + timedelta(days=8), groups={5: "Legs"}) == [
        ("To close: Fri 20 10:20 Legs x2", "ptrack close 2026-11-20")
    ]


def test_of_many_open_days_the_first_are_named() -> None:
    rows = [ROW._replace(id=number, starts_at=NOW - timedelta(days=number)) for number in (4, 3, 2, 1)]
    rows.append(ROW._replace(id=9, starts_at=NOW - timedelta(hours=2)))
    assert [command for _, command in hints(*rows)] == [
        "ptrack close mon", "ptrack close tue", "ptrack close wed", "ptrack close --from 2026-11-19"
    ]  # fmt: skip
    assert hints(*rows)[-1][0] == "and on 2 more days"


def test_the_legend_counts_what_is_there() -> None:
    rows = (ROW, ROW._replace(id=2), ROW._replace(id=3, status=AppointmentStatus.NO_SHOW))
    (legend,) = (part for part in week_document(page(*rows)).parts if isinstance(part, Lines))
    assert "".join(span.text for span in legend.lines[0]).split("   ")[:2] == ["o booked 2", "! no-show 1"]
    assert not [part for part in week_document(page()).parts if isinstance(part, Lines)]


def test_a_month_lists_hours_and_names_by_day() -> None:
    half_past = ROW._replace(id=2, starts_at=NOW + timedelta(minutes=10))
    grid = month_document(page(ROW, half_past, length="month")).parts[1]
    assert isinstance(grid, MonthGrid)
    (day,) = (day for day in grid.days if day.texts)
    assert (day.date, day.is_today, day.in_month) == (TODAY, True, True)
    assert [text.text + text.tail for text in day.texts] == ["10:20 o Anna", "10:30 o Anna"]
    assert grid.days[0].in_month is False


def test_titles_say_what_is_shown() -> None:
    def title(text: str) -> str:
        days = week_of(text, TODAY, 0)
        heading = week_document(Page(days, (), HOUSE, NOW, "")).parts[0]
        return getattr(heading, "text", "")

    dash = "\N{EN DASH}"
    assert title("") == f"Week 47   16 {dash} 22 November 2026"
    assert title("2026-12-01") == f"Week 49   30 November {dash} 6 December 2026"
    assert title("2026-12-31") == f"Week 53   28 December 2026 {dash} 3 January 2027"
