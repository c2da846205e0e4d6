"""`ptrack export`."""

import io
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ptrack.app import App, Format
from ptrack.clients.queries import Practice, client_names
from ptrack.commands.agenda import (
    ClientName,
    From,
    LocationName,
    To,
    WhoseTrainer,
    bounds_of,
    location_number,
    open_calendar,
    trainer_number,
)
from ptrack.commands.edge import Change, Context, Listing, app_of, new_group
from ptrack.commands.export_programs import programs
from ptrack.database.reading import Reader
from ptrack.exchange.appointment_queries import Selection
from ptrack.naming import resolve
from ptrack.vocabulary import AppointmentStatus

if TYPE_CHECKING:
    from ptrack.output.document import Table

group = new_group("Take the practice's data out: for spreadsheets, programs and calendars.")

CALENDAR_DAYS_BACK = 30

Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file, not to the screen.")
]
Force = Annotated[
    bool, typer.Option("--force", help="Overwrite the file if it is there.", show_default=False)
]
StatusName = Annotated[AppointmentStatus | None, typer.Option("--status", help="Only in this state.")]
Private = Annotated[
    bool, typer.Option("--private", help="Initials instead of names, and no notes.", show_default=False)
]


@group.command("appointments", cls=Listing)
def appointments(
    context: Context,
    client: ClientName = None,
    trainer: WhoseTrainer = None,
    location: LocationName = None,
    status: StatusName = None,
    from_day: From = None,
    to_day: To = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Export appointments as CSV, or as JSON with --json."""
    from ptrack.exchange.appointment_queries import leaving, practice_uid
    from ptrack.exchange.appointment_views import leaving_table

    app = app_of(context)
    _check(output, force=force)
    with app.reading() as reader:
        house = open_calendar(reader)
        wanted = _selection(app, reader, house, client, trainer, location, from_day, to_day)
        rows, uid = leaving(reader, wanted._replace(status=status)), practice_uid(reader)
    _deliver(app, _written(app, leaving_table(rows, house, uid)), output, len(rows))


@group.command("calendar")
def calendar(
    context: Context,
    client: ClientName = None,
    trainer: WhoseTrainer = None,
    location: LocationName = None,
    from_day: From = None,
    to_day: To = None,
    private: Private = False,
    output: Output = None,
    force: Force = False,
) -> None:
    """Export appointments as an iCalendar file. The last 30 days and all that is to come."""
    from ptrack.exchange.appointment_queries import leaving, practice_uid
    from ptrack.exchange.calendars import calendar_file

    app = app_of(context)
    _check(output, force=force)
    with app.reading() as reader:
        house = open_calendar(reader)
        wanted = _selection(app, reader, house, client, trainer, location, from_day, to_day)
        if wanted.begins is None:
            wanted = wanted._replace(begins=app.now - timedelta(days=CALENDAR_DAYS_BACK))
        rows, uid = leaving(reader, wanted), practice_uid(reader)
    _deliver(app, calendar_file(rows, house, uid, is_private=private), output, len(rows))


@group.command("exercises", cls=Listing)
def exercises(
    context: Context,
    custom: Annotated[bool, typer.Option("--custom", help="Only your own.", show_default=False)] = False,
    output: Output = None,
    force: Force = False,
) -> None:
    """Export the exercise library as CSV, or as JSON with --json."""
    from ptrack.exchange.exercise_views import leaving_table
    from ptrack.exercises.queries import Filters, every_exercises_details
    from ptrack.exercises.queries import exercises as wanted_exercises

    app = app_of(context)
    _check(output, force=force)
    with app.reading() as reader:
        rows = wanted_exercises(reader, Filters(is_custom=custom or None))
        details = every_exercises_details(reader)
    table = leaving_table(rows, details, as_text=app.format is not Format.JSON)
    _deliver(app, _written(app, table), output, len(rows), "exercise")


def _selection(
    app: App,
    reader: Reader,
    house: Practice,
    client: str | None,
    trainer: str | None,
    location: str | None,
    from_day: str | None,
    to_day: str | None,
) -> Selection:
    """Which appointments the options name."""
    begins, ends = bounds_of(app, house, from_day, to_day, None)
    client_id = resolve(client, client_names(reader), "client").id if client is not None else None
    trainer_id, location_id = trainer_number(reader, trainer), location_number(reader, location)
    return Selection(client_id, trainer_id, location_id, begins=begins, ends=ends)


def _written(app: App, table: "Table") -> bytes:
    """A table as CSV, or as JSON where that was asked for."""
    from ptrack.output.data import to_csv, to_json
    from ptrack.output.document import list_document

    stream = io.StringIO(newline="")
    if app.format is Format.JSON:
        stream.write(to_json(list_document(table)) + "\n")
    else:
        to_csv(table, stream)
    return stream.getvalue().encode()


def _check(output: Path | None, *, force: bool) -> None:
    """Refuse a file that cannot be written, or is there, before anything is read."""
    if output is None or str(output) == "-":
        return
    from ptrack.output.files import check_free, check_target

    (check_target if force else check_free)(output)


def _deliver(app: App, content: bytes, output: Path | None, count: int, noun: str = "appointment") -> None:
    """Write to standard output or to the file, and say so."""
    if output is None or str(output) == "-":
        from ptrack.output.data import write_text

        write_text(content.decode(), sys.stdout)
        return
    from ptrack.output.files import write_file

    write_file(output, content)
    app.notice(f"{count:,} {noun}{'' if count == 1 else 's'} written to {output}.")


group.command("programs", cls=Change)(programs)
