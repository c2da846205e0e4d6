"""`ptrack import`."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ptrack.app import App
from ptrack.clients.queries import practice
from ptrack.commands.agenda import bounds_of, open_calendar
from ptrack.commands.edge import (
    LARGEST,
    Change,
    Context,
    DryRun,
    Listing,
    Yes,
    app_of,
    client_names_beginning,
    completing,
    new_group,
)
from ptrack.commands.import_edge import Create, LoadUnit, Partial, bar, end
from ptrack.commands.import_programs import programs
from ptrack.exchange.dates import DateOrder
from ptrack.exchange.formats import ExerciseFormat, FileFormat

if TYPE_CHECKING:
    from ptrack.clients.queries import Practice
    from ptrack.exchange.appointments import Report as AppointmentsReport
    from ptrack.exchange.occurrences import Horizon
    from ptrack.exchange.workouts import Report

group = new_group("Bring the past in from other programs.")

_CHOICES = {
    "jumped": (
        "1 begins at a time that the clocks jump over; it is taken an hour later.",
        "{count:,} begin at a time that the clocks jump over; they are taken an hour later.",
    ),
    "held": (
        "1 was held or missed where it comes from; here it is open: no credit is drawn.",
        "{count:,} were held or missed where they come from; here they are open: no credit is drawn.",
    ),
}


class FormatName(StrEnum):
    """The formats that can be said where a header leaves it open."""

    STRONG = "strong"
    HEVY = "hevy"


Files = Annotated[list[Path], typer.Argument(metavar="FILE...", help="The app's exports.")]
ClientName = Annotated[
    str | None,
    typer.Option(
        "--client",
        metavar="CLIENT",
        help="Whose workouts they are.",
        autocompletion=completing(client_names_beginning),
    ),
]
FormatOption = Annotated[FormatName | None, typer.Option("--format", help="Which app's export it is.")]
Order = Annotated[DateOrder | None, typer.Option("--date-format", help="Whether day or month comes first.")]
MapFile = Annotated[
    Path | None, typer.Option("--map", metavar="FILE", help="A CSV of exercise names: theirs,ours.")
]
AppointmentFiles = Annotated[
    list[Path], typer.Argument(metavar="FILE...", help="Calendars (.ics) or tables (.csv) of appointments.")
]
WithClient = Annotated[
    str | None,
    typer.Option(
        "--client",
        metavar="CLIENT",
        help="Whose appointments all of them are.",
        autocompletion=completing(client_names_beginning),
    ),
]
WithTrainer = Annotated[str | None, typer.Option("--trainer", metavar="TRAINER", help="With this trainer.")]
AtLocation = Annotated[str | None, typer.Option("--location", metavar="LOCATION", help="At this place.")]
ClientMap = Annotated[
    Path | None, typer.Option("--map", metavar="FILE", help="A CSV of who is who: theirs,ours.")
]
FromDay = Annotated[
    str | None,
    typer.Option("--from", metavar="DATE", help="Only from this day on; else, what recurs, a year back."),
]
ToDay = Annotated[
    str | None,
    typer.Option("--to", metavar="DATE", help="Only up to this day; else, what recurs, half a year ahead."),
]
AppointmentFormat = Annotated[FileFormat | None, typer.Option("--format", help="What sort of file it is.")]
ExerciseFiles = Annotated[
    list[Path], typer.Argument(metavar="FILE...", help="Libraries (.json) or tables (.csv) of exercises.")
]
Language = Annotated[
    str, typer.Option("--language", metavar="CODE", help="Of the names, where there are several: en, de.")
]
ExerciseFormatOption = Annotated[ExerciseFormat | None, typer.Option("--format", help="Whose library it is.")]
BatchNumber = Annotated[int, typer.Argument(metavar="BATCH", max=LARGEST, help="The import's number.")]


@group.command("workouts", cls=Change)
def workouts(
    context: Context,
    files: Files,
    client: ClientName = None,
    create: Create = False,
    unit: LoadUnit = None,
    dry_run: DryRun = False,
    partial: Partial = False,
    format_name: FormatOption = None,
    date_format: Order = None,
    map_file: MapFile = None,
) -> None:
    """Import workouts from exports of Strong and Hevy."""
    from ptrack.exchange.bulk import bulk_writing
    from ptrack.exchange.maps import read_map
    from ptrack.exchange.workout_views import imported_document
    from ptrack.exchange.workouts import Wanted, import_workouts

    app = app_of(context)
    said = read_map(map_file) if map_file else {}
    wanted = Wanted(client, create, unit, partial, dry_run, format_name, date_format, said)
    app.ensure_database()
    with bulk_writing(app.path, app.now, app.command) as bulk, bar(app, files) as progress:
        reports = import_workouts(bulk, files, wanted, progress)
    _notice(app, reports)
    app.show(imported_document(reports))
    end(app, reports, is_partial=partial)


@group.command("appointments", cls=Change)
def appointments(
    context: Context,
    files: AppointmentFiles,
    client: WithClient = None,
    trainer: WithTrainer = None,
    location: AtLocation = None,
    map_file: ClientMap = None,
    from_day: FromDay = None,
    to_day: ToDay = None,
    partial: Partial = False,
    dry_run: DryRun = False,
    format_name: AppointmentFormat = None,
    date_format: Order = None,
    tells_clients: Annotated[
        bool,
        typer.Option("--notify", help="Write to the clients: confirm, remind.", show_default=False),
    ] = False,
) -> None:
    """Import appointments from iCalendar or CSV. Booking systems' exports and our own are known."""
    from ptrack.exchange.appointment_views import imported_document
    from ptrack.exchange.appointments import Wanted, import_appointments
    from ptrack.exchange.bulk import bulk_writing
    from ptrack.exchange.directory import Named
    from ptrack.exchange.maps import read_map

    app = app_of(context)
    with app.reading() as reader:
        horizon, is_bounded = _horizon(app, open_calendar(reader), from_day, to_day)
    wanted = Wanted(
        horizon=horizon,
        is_bounded=is_bounded,
        named=Named(client, trainer, location, app.settings.trainer),
        is_partial=partial,
        is_dry=dry_run,
        format=format_name,
        order=date_format,
        said=read_map(map_file) if map_file else {},
        notifies=tells_clients,
    )
    with bulk_writing(app.path, app.now, app.command) as bulk:
        reports = import_appointments(bulk, files, wanted)
    _tell(app, reports)
    app.show(imported_document(reports))
    end(app, reports, is_partial=partial)


@group.command("exercises", cls=Change)
def exercises(
    context: Context,
    files: ExerciseFiles,
    language: Language = "en",
    partial: Partial = False,
    dry_run: DryRun = False,
    format_name: ExerciseFormatOption = None,
) -> None:
    """Import exercises from free-exercise-db, wger or our own CSV."""
    from ptrack.exchange.bulk import bulk_writing
    from ptrack.exchange.exercise_views import imported_document
    from ptrack.exchange.exercises import Wanted, import_exercises

    app = app_of(context)
    app.ensure_database()
    wanted = Wanted(partial, dry_run, format_name, language)
    with bulk_writing(app.path, app.now, app.command) as bulk, bar(app, files) as progress:
        reports = import_exercises(bulk, files, wanted, progress)
    app.show(imported_document(reports))
    end(app, reports, is_partial=partial)


def _horizon(app: App, house: "Practice", from_day: str | None, to_day: str | None) -> "tuple[Horizon, bool]":
    """Between when appointments are taken, and whether those days were asked for."""
    from ptrack.exchange.occurrences import Horizon, usual_horizon

    begin, end = bounds_of(app, house, from_day, to_day, None)
    usual = usual_horizon(app.now)
    return Horizon(begin or usual.begin, end or usual.end), bool(begin or end)


def _tell(app: App, reports: "list[AppointmentsReport]") -> None:
    """Tell of what somebody should look at."""
    kept = [report for report in reports if not report.is_refused]
    past, overlapping = (
        (sum(counts) for counts in zip(*map(_to_look_at, kept), strict=True)) if kept else (0, 0)
    )
    if past:
        lie = "1 lies in the past and is open" if past == 1 else f"{past:,} lie in the past and are open"
        app.notice(f"{lie}: ptrack close, or appointments list --to today")
    if overlapping:
        are, their = ("1 is", "its") if overlapping == 1 else (f"{overlapping:,} are", "their")
        app.notice(f"{are} at the same time as something else of {their} trainer or client.")
    for reason, (one, many) in _CHOICES.items():
        count = sum(report.ledger.noticed[reason] for report in kept)
        if count:
            app.notice(one if count == 1 else many.format(count=count))


def _to_look_at(report: "AppointmentsReport") -> tuple[int, int]:
    return report.written.past, report.written.overlapping


def _notice(app: App, reports: "list[Report]") -> None:
    """Tell of choices that were made."""
    jumped = sum(report.account.noticed["jumped"] for report in reports)
    durations = sum(report.account.noticed["duration"] for report in reports)
    if jumped:
        they = "it is" if jumped == 1 else "they are"
        app.notice(f"{jumped:,} began at a time that the clocks jump over; {they} taken an hour later.")
    if durations:
        have = "has" if durations == 1 else "have"
        app.notice(f"{durations:,} {have} a duration that cannot be read or is over a day; it is left out.")


@group.command("list", cls=Listing)
def list_imports(context: Context) -> None:
    """List the imports, the newest first."""
    from ptrack.exchange.batch_views import batches_document
    from ptrack.exchange.batches import batches

    app = app_of(context)
    with app.reading() as reader:
        rows, house = batches(reader), practice(reader)
    app.show(batches_document(rows, house))


@group.command("undo", cls=Change)
def undo(context: Context, batch: BatchNumber, yes: Yes = False, dry_run: DryRun = False) -> None:
    """Take an import back."""
    from ptrack.exchange import batches
    from ptrack.exchange.batch_views import undone_document
    from ptrack.exchange.bulk import bulk_writing

    app = app_of(context)
    with app.reading() as reader:
        row, house = batches.batch(reader, batch), practice(reader)
    if not dry_run and row.undone_at is None:
        count = row.counts.get(row.kind, 0)
        app.confirm(f"This removes the {row.kind} of import {batch} ({row.file}): {count:,}.", yes=yes)
    with bulk_writing(app.path, app.now, app.command) as bulk:
        undone = batches.undo_import(bulk, batch, is_dry=dry_run)
    app.show(undone_document(undone, house))


group.command("programs", cls=Change)(programs)
