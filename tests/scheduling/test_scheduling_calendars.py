"""The calendar pages as documents: what stands in a block, what is still to be closed."""

from datetime import UTC, date, datetime, timedelta

from ptrack.clients.queries import Practice
from ptrack.output.document import Hint, Lines, MonthGrid, TimeGrid
from ptrack.scheduling.calendars import Page, day_document, month_document, short_names, week_document
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


def page(*rows: AppointmentRow, length: str = "week", now: datetime = NOW) -> Page:
    days = {
        "day": day_of(None, TODAY),
        "week": week_of(None, TODAY, 0),
        "month": month_of(None, TODAY, 0),
    }[length]
    return Page(days, rows, HOUSE, now, "Maya Lind, Studio Nord")


def week_grid(*rows: AppointmentRow) -> TimeGrid:
    grid = week_document(page(*rows)).parts[1]
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


def test_where_several_trainers_work_each_is_named() -> None:
    rows = (ROW, ROW._replace(id=2, client_id=2, client="Ben Olsen", trainer_id=2, trainer="Fio Ray"))
    assert [block.lines[-1] for block in week_grid(*rows).blocks] == ["Maya Lind", "Fio Ray"]
    grid = day_document(page(*rows, length="day")).parts[1]
    assert isinstance(grid, TimeGrid)
    assert [day.label for day in grid.days] == ["Maya Lind", "Fio Ray"]
    assert [(block.day, block.lines[0]) for block in grid.blocks] == [(0, "Anna Berg"), (1, "Ben Olsen")]


def test_now_is_marked_only_on_its_own_days() -> None:
    assert week_grid(ROW).now == (4, 620)
    grid = week_document(page(ROW, now=NOW + timedelta(days=7))).parts[1]
    assert isinstance(grid, TimeGrid)
    assert grid.now is None


def test_what_is_over_and_open_is_to_be_closed() -> None:
    an_hour_ago = NOW - timedelta(hours=1)
    over = [ROW._replace(id=number, client_id=number, starts_at=an_hour_ago) for number in range(1, 6)]
    running = ROW._replace(id=9, starts_at=NOW - timedelta(minutes=59))
    done = ROW._replace(id=8, starts_at=NOW - timedelta(days=1), status=AppointmentStatus.COMPLETED)
    hints = [part for part in week_document(page(*over, running, done)).parts if isinstance(part, Hint)]
    assert [hint.command for hint in hints] == [
        "ptrack appointments complete 1",
        "ptrack appointments complete 2",
        "ptrack appointments complete 3",
        "ptrack appointments list --status scheduled --to today",
    ]
    assert hints[0].what == "To close: Fri 20 09:20 Anna Berg"
    assert hints[-1].what == "and 2 more"


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
    assert [text.text for text in day.texts] == ["10:20 o Anna", "10:30 o Anna"]
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
