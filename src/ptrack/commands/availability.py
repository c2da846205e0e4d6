"""`ptrack appointments free`."""

from datetime import date, timedelta
from typing import Annotated

import typer

from ptrack.app import App
from ptrack.clients.queries import (
    Practice,
    TrainerRow,
    client,
    client_names,
    inactive_trainers,
    trainer_names,
    trainers,
    usual_place,
)
from ptrack.clients.rules import responsible_trainer
from ptrack.commands.agenda import LocationName, location_number, open_calendar, today_of
from ptrack.commands.edge import Context, app_of
from ptrack.database.reading import Reader
from ptrack.errors import UsageError
from ptrack.moments import read_day
from ptrack.naming import resolve

DAYS = 7
"""So many days are looked through where nothing else is said."""

MOST_DAYS = 366


def _asked(app: App, reader: Reader, named: str | None, theirs: int | None) -> list[TrainerRow]:
    """Whose time is asked for: everybody's who works here, or one trainer's as for booking."""
    rows = trainers(reader)
    if named is not None and named.casefold() == "all":
        return [row for row in rows if row.is_active]
    configured = app.settings.trainer if named is None else None
    number = responsible_trainer(named, theirs, configured, trainer_names(reader), inactive_trainers(reader))
    return [row for row in rows if row.id == number]


def _days(app: App, house: Practice, begin: str | None, end: str | None) -> tuple[date, date]:
    today = today_of(app, house)
    first = read_day(begin, today) if begin is not None else today
    last = read_day(end, today) if end is not None else first + timedelta(days=DAYS - 1)
    if last < first:
        raise UsageError(f"--to {last} is before --from {first}.")
    if (last - first).days >= MOST_DAYS:
        raise UsageError(f"{first} to {last} is more than a year. Name a nearer day: --to DATE")
    return first, last


def free(
    context: Context,
    trainer: Annotated[
        str | None, typer.Option(metavar="TRAINER|all", help="Whose time; all for everybody's.")
    ] = None,
    duration: Annotated[
        int, typer.Option(min=1, max=1440, metavar="MIN", help="How long it is to take.")
    ] = 60,
    begin: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="From this day on; today without.")
    ] = None,
    end: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="Up to this day; a week without.")
    ] = None,
    location: LocationName = None,
    name: Annotated[
        str | None, typer.Option("--client", metavar="CLIENT", help="Only when this client is free, too.")
    ] = None,
    step: Annotated[
        int | None,
        typer.Option(min=5, max=240, metavar="MIN", help="Minutes from one start to the next; 30 without."),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="Only the first so many.")] = None,
) -> None:
    """List when a trainer is free, inside working hours."""
    from ptrack.scheduling.availability import STEP_MIN
    from ptrack.scheduling.availability_queries import Search, openings, without_hours
    from ptrack.scheduling.availability_views import free_document

    app = app_of(context)
    with app.reading() as reader:
        house = open_calendar(reader)
        first, last = _days(app, house, begin, end)
        number = resolve(name, client_names(reader), "client").id if name is not None else None
        known = client(reader, number, app.now) if number is not None else None
        search = Search(
            first,
            last,
            app.now,
            _asked(app, reader, trainer, known.trainer_id if known else None),
            duration,
            step or STEP_MIN,
            number,
            location_number(reader, location) or usual_place(reader, known.location_id if known else None),
        )
        rows = openings(reader, house, search)[:limit]
        left_out = without_hours(reader, search.trainers)
    if left_out:
        app.notice(
            f"Left out, for no hours are set: {', '.join(left_out)}. See: ptrack trainers hours --help"
        )
    app.show(free_document(rows, search, house))
