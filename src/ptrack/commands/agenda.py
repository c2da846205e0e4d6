"""What the commands of the agenda share: whose, where, from when to when."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated

import typer

from ptrack.app import App
from ptrack.clients.queries import Practice, location_names, practice, trainer_names
from ptrack.database.reading import Reader
from ptrack.errors import RuleError, UsageError
from ptrack.moments import RANGE_DAYS, local_day_bounds, read_day
from ptrack.naming import resolve


class Range(StrEnum):
    """A length of time that ends today."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    ALL = "all"


ClientName = Annotated[str | None, typer.Option("--client", metavar="CLIENT", help="Only this client's.")]
WhoseTrainer = Annotated[
    str | None, typer.Option("--trainer", metavar="TRAINER", help="Only this trainer's; all for everybody's.")
]
LocationName = Annotated[str | None, typer.Option(metavar="LOCATION", help="At this place.")]
From = Annotated[str | None, typer.Option("--from", metavar="DATE", help="From this day on.")]
To = Annotated[str | None, typer.Option("--to", metavar="DATE", help="Up to this day.")]
Period = Annotated[Range | None, typer.Option("--range", help="So long, up to today.")]


def open_calendar(reader: Reader) -> Practice:
    """The practice, whose calendar must be switched on."""
    house = practice(reader)
    if not house.calendar:
        raise RuleError("The calendar is switched off.\nSwitch it on: ptrack config set calendar on")
    return house


def today_of(app: App, house: Practice) -> date:
    """The practice's day."""
    return house.local(app.now).date()


def trainer_number(reader: Reader, name: str | None) -> int | None:
    """The number of a trainer; None where none is named, or all."""
    if name is None or name.casefold() == "all":
        return None
    return resolve(name, trainer_names(reader), "trainer").id


def location_number(reader: Reader, name: str | None) -> int | None:
    """The number of a place; None where none is named."""
    return resolve(name, location_names(reader), "location").id if name is not None else None


def bounds_of(
    app: App, house: Practice, begin: str | None, end: str | None, period: Range | None
) -> tuple[datetime | None, datetime | None]:
    """The instants between which a list is wanted, None where it is open."""
    today = today_of(app, house)
    if period is not None and (begin is not None or end is not None):
        raise UsageError("Give --range, or --from and --to, not both.")
    first = read_day(begin, today) if begin is not None else None
    last = read_day(end, today) if end is not None else None
    if first and last and first > last:
        raise UsageError(f"--from {first} is after --to {last}.")
    if period is not None and period is not Range.ALL:
        first, last = today - timedelta(days=RANGE_DAYS[period] - 1), today
    return (
        local_day_bounds(first, house.zone)[0] if first else None,
        local_day_bounds(last, house.zone)[1] if last else None,
    )
