"""The calendar pages of `ptrack appointments`: day, week, month."""

import shlex
from collections.abc import Sequence
from datetime import date
from typing import Annotated

import typer

from ptrack.app import App, Format
from ptrack.clients.queries import Practice, location_names, trainer_names
from ptrack.commands.agenda import (
    LocationName,
    WhoseTrainer,
    location_number,
    open_calendar,
    today_of,
    trainer_number,
)
from ptrack.commands.edge import Context, app_of
from ptrack.database.reading import Reader
from ptrack.moments import local_day_bounds
from ptrack.scheduling import queries, spans
from ptrack.scheduling.group_queries import group_names
from ptrack.scheduling.views import appointments_document
from ptrack.vocabulary import AppointmentStatus

Words = Annotated[list[str] | None, typer.Argument(metavar="[WHEN]", help="Any day of it; now without.")]

WIDE = 160
"""Cells from which on the page has room for what the client's program holds."""


def _calendar(
    context: Context, length: str, when: list[str] | None, trainer: str | None, location: str | None
) -> None:
    """One page of the calendar; for programs the appointments of its days."""
    app = app_of(context)
    with app.reading() as reader:
        house = open_calendar(reader)
        days = _days(length, " ".join(when or ()), today_of(app, house), house.first_weekday)
        trainer_id = trainer_number(reader, trainer if trainer is not None else app.settings.trainer)
        location_id = location_number(reader, location)
        rows = queries.appointments(
            reader,
            today_of(app, house),
            local_day_bounds(days.first, house.zone)[0],
            local_day_bounds(days.last, house.zone)[1],
            trainer_id=trainer_id,
            location_id=location_id,
        )
        if app.format is not Format.SCREEN:
            app.show(appointments_document(rows, house))
            return
        from ptrack.scheduling.calendars import CALENDARS, Page
        from ptrack.scheduling.hours_queries import capacities, days_off

        filled = capacities(reader, house, days.first, days.last) if length != "month" else []
        page = Page(
            days=days,
            rows=rows,
            practice=house,
            now=app.now,
            whose=_whose(reader, house, trainer_id, location_id),
            groups=group_names(reader, rows),
            plans=_plans(app, reader, house, rows),
            offs=[row.off for row in days_off(reader, days.first)],
            capacities=[each for each in filled if trainer_id in (None, each.trainer_id)],
            is_one_place=location_id is not None,
            option=f" --trainer {shlex.quote(trainer)}" if trainer else "",
        )
    app.show(CALENDARS[length](page))


def _plans(
    app: App, reader: Reader, house: Practice, rows: Sequence[queries.AppointmentRow]
) -> dict[int, str]:
    """What is planned for each client's next appointment, by its number, where there is room to show it."""
    if app.terminal.surface.width < WIDE or not house.programs:
        return {}
    from ptrack.programs.queries import next_days

    scheduled = [
        row for row in rows if row.status is AppointmentStatus.SCHEDULED and row.starts_at >= app.now
    ]
    nearest = {row.client_id: row.id for row in reversed(scheduled)}
    planned = next_days(reader, sorted(nearest), today_of(app, house))
    return {nearest[client]: each.day for client, each in planned.items()}


def _days(length: str, when: str, today: date, first_weekday: int) -> spans.Days:
    if length == "day":
        return spans.day_of(when, today)
    return (spans.week_of if length == "week" else spans.month_of)(when, today, first_weekday)


def _whose(reader: Reader, house: Practice, trainer_id: int | None, location_id: int | None) -> str:
    """Whose calendar it is and where: `Maya Lind, Studio Nord`."""
    trainers = {entry.id: entry.name for entry in trainer_names(reader)}
    places = {entry.id: entry.name for entry in location_names(reader)}
    if trainer_id is None and len(trainers) > 1:
        who = "all trainers"
    else:
        who = trainers[trainer_id or next(iter(trainers))]
    return f"{who}, {places[location_id] if location_id else house.name}"


def day(
    context: Context, when: Words = None, trainer: WhoseTrainer = None, location: LocationName = None
) -> None:
    """Show a day, its trainers side by side."""
    _calendar(context, "day", when, trainer, location)


def week(
    context: Context, when: Words = None, trainer: WhoseTrainer = None, location: LocationName = None
) -> None:
    """Show a week: a date, -1w, 'next week', 2026-W48, or this one."""
    _calendar(context, "week", when, trainer, location)


def month(
    context: Context, when: Words = None, trainer: WhoseTrainer = None, location: LocationName = None
) -> None:
    """Show a month: a date, 2026-12, -1m, 'next month', or this one."""
    _calendar(context, "month", when, trainer, location)
