"""The calendar pages of `ptrack appointments`: day, week, month."""

from datetime import date
from typing import Annotated

import typer

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

Words = Annotated[list[str] | None, typer.Argument(metavar="[WHEN]", help="Any day of it; now without.")]


def _calendar(
    context: Context, length: str, when: list[str] | None, trainer: str | None, location: str | None
) -> None:
    """One page of the calendar."""
    from ptrack.scheduling.calendars import CALENDARS, Page

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
        whose = _whose(reader, house, trainer_id, location_id)
    app.show(CALENDARS[length](Page(days, rows, house, app.now, whose)))


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
    """Show a week: a date, +1w, 'next week', or this one."""
    _calendar(context, "week", when, trainer, location)


def month(
    context: Context, when: Words = None, trainer: WhoseTrainer = None, location: LocationName = None
) -> None:
    """Show a month: a date, 2026-12, 'next month', or this one."""
    _calendar(context, "month", when, trainer, location)
