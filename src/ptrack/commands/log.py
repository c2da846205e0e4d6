"""`ptrack log`."""

import sys
from datetime import datetime
from typing import Annotated

import typer

from ptrack.app import App, Format
from ptrack.clients.queries import Practice, client_names, practice
from ptrack.commands.edge import (
    LARGEST,
    Change,
    Client,
    Context,
    DryRun,
    Listing,
    Yes,
    app_of,
    new_group,
)
from ptrack.commands.live import resume, start
from ptrack.commands.strength import history, records, strength, volume
from ptrack.commands.telling import Telling
from ptrack.errors import UsageError
from ptrack.naming import resolve
from ptrack.vocabulary import Activity, WorkoutKind, WorkoutStatus

group = new_group("Workouts: log them, also live; records, history, strength.")


Number = Annotated[int, typer.Argument(metavar="ID", max=LARGEST, help="The workout's number.")]
Notation = Annotated[
    str | None,
    typer.Argument(metavar="[NOTATION|-]", help="'Back Squat: 3x5 100kg; Pull-Up: 3x8 bw', or - for input."),
]
Session = Annotated[int | None, typer.Option(metavar="ID", max=LARGEST, help="The session it fills.")]
Kind = Annotated[WorkoutKind | None, typer.Option(help="Solo, or trainer-led with --session.")]
Counts = Annotated[
    bool | None, typer.Option("--program/--no-program", help="Whether it counts for the program.")
]
TrainerName = Annotated[str | None, typer.Option(metavar="TRAINER", help="Who planned or led it.")]
Again = Annotated[bool, typer.Option("--again", help="Log what is there already, too.", show_default=False)]
When = Annotated[str | None, typer.Option(metavar="WHEN", help="When it was done; now without it.")]
Title = Annotated[str | None, typer.Option(help="What it is called.")]
Duration = Annotated[int | None, typer.Option(metavar="MIN", min=0, max=1440, help="Minutes it took.")]
Intensity = Annotated[int | None, typer.Option(metavar="1-10", min=1, max=10, help="How hard it was.")]
ActivityOption = Annotated[Activity | None, typer.Option(help="What sort of training; the exercises tell.")]
Create = Annotated[bool, typer.Option("--create", help="Make unknown exercises custom ones.")]
Notes = Annotated[str | None, typer.Option(help="Anything else.")]


def _text(notation: str | None, command: str, about: str) -> str | None:
    """What was given as notation, `-` being standard input; the name of a file is none."""
    from ptrack.output.texts import is_file, text_in

    if notation and notation != "-" and ":" not in notation and is_file(notation):
        from shlex import quote

        ready = f"ptrack log {command} {quote(about)} - < {quote(notation)}"
        raise UsageError(f"{notation} is a file, no notation. To log what it says: {ready}")
    return text_in(notation) if notation == "-" else notation


def _instant(app: App, house: Practice, when: str | None) -> datetime | None:
    """The instant of a `--when`; what had to be chosen is said."""
    if when is None:
        return None
    from ptrack.moments import place, read_moment

    now = house.local(app.now).replace(tzinfo=None)
    placed = place(read_moment(when, now).local, house.zone)
    if placed.notice:
        app.notice(placed.notice)
    return placed.instant


def _show(app: App, number: int) -> None:
    from ptrack.progress.logged import logged
    from ptrack.progress.views import logged_document

    with app.reading() as reader:
        house = practice(reader)
        found = logged(reader, number, house)
    app.show(logged_document(found, house))


@group.command("add", cls=Telling)
def add(
    context: Context,
    client: Client,
    notation: Notation = None,
    when: When = None,
    session: Session = None,
    kind: Kind = None,
    title: Title = None,
    duration: Duration = None,
    intensity: Intensity = None,
    activity: ActivityOption = None,
    program: Counts = None,
    create: Create = False,
    trainer: TrainerName = None,
    notes: Notes = None,
    again: Again = False,
    dry_run: DryRun = False,
) -> None:
    """Log a workout; without notation the planned one.

    It counts as the program's next workout if half of that day's exercises were done, on the program's first
    day or later, and not before the last one that counts; --program and --no-program decide otherwise.

    From standard input, many: each under a line with its date, as in a phone's note. What of such a note is
    logged already is left alone, and one mistake in it keeps all of it out.
    """
    from ptrack.commands.entering import log_entry, log_note
    from ptrack.commands.rehearsing import writing
    from ptrack.desk.entry import Entry

    app = app_of(context)
    text = _text(notation, "add", client)
    with writing(app, is_dry=dry_run) as work:
        house = practice(work.reader)
        entry = Entry(
            client_id=resolve(client, client_names(work.reader), "client").id,
            text=text,
            performed_at=_instant(app, house, when),
            session_id=session,
            kind=kind,
            title=title,
            duration_min=duration,
            intensity=intensity,
            activity=activity,
            follows_program=program,
            create=create,
            trainer=trainer,
            usual_trainer=app.settings.trainer,
            notes=notes,
        )
        if notation == "-":
            document, notices = log_note(work, entry, again=again, is_dry=dry_run)
        else:
            document, notices = log_entry(work, entry)
    for notice in notices:
        app.notice(notice)
    app.show(document)


@group.command("list", cls=Listing)
def list_workouts(
    context: Context,
    client: Annotated[str | None, typer.Option(metavar="CLIENT", help="Only this client's.")] = None,
    from_: Annotated[str | None, typer.Option("--from", metavar="DAY", help="From this day on.")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="DAY", help="Up to this day, included.")] = None,
    range_: Annotated[
        str | None, typer.Option("--range", metavar="RANGE", help="week, month, quarter, year or all.")
    ] = None,
) -> None:
    """List workouts, the newest first."""
    from ptrack.progress.logged import with_open_volumes
    from ptrack.workouts import queries, views

    app = app_of(context)
    with app.reading() as reader:
        house = practice(reader)
        since, until = _span(app, house, from_, to, range_)
        number = resolve(client, client_names(reader), "client").id if client else None
        rows = with_open_volumes(reader, queries.workouts(reader, number, since, until), house)
    app.show(views.workouts_document(rows, house, house.local(app.now).date()))


def _span(
    app: App, house: Practice, from_: str | None, to: str | None, range_: str | None
) -> tuple[datetime | None, datetime | None]:
    """The instants between which to look; None where there is no bound."""
    from ptrack.moments import RANGE_DAYS, local_day_bounds, read_day

    today = house.local(app.now).date()
    if range_ is not None and (from_ or to):
        raise UsageError("Give --range, or --from and --to, not both.")
    if range_ not in (None, "all", *RANGE_DAYS):
        raise UsageError(f'"{range_}" is no range: week, month, quarter, year or all.')
    if range_ in RANGE_DAYS:
        from datetime import timedelta

        first = today - timedelta(days=RANGE_DAYS[range_] - 1)
        return local_day_bounds(first, house.zone)[0], None
    since = local_day_bounds(read_day(from_, today), house.zone)[0] if from_ else None
    until = local_day_bounds(read_day(to, today), house.zone)[1] if to else None
    if since and until and since >= until:
        raise UsageError("--from lies after --to.")
    return since, until


@group.command("show", cls=Change)
def show(
    context: Context,
    workout: Number,
    notation: Annotated[bool, typer.Option("--notation", help="As text that logs the same again.")] = False,
    planned: Annotated[bool, typer.Option("--planned", help="What was planned beside it.")] = False,
) -> None:
    """Show one workout with its records."""
    app = app_of(context)
    if notation and planned:
        raise UsageError("Give --notation or --planned, not both.")
    if not (notation or planned):
        _show(app, workout)
        return
    if planned:
        _show_planned(app, workout)
        return
    from ptrack.workouts import queries, views

    with app.reading() as reader:
        house, row = practice(reader), queries.workout(reader, workout)
        exercises, sets = queries.exercise_rows(reader, workout), queries.set_rows(reader, workout)
    text = views.notation_text(exercises, sets, house.unit)
    if app.format is Format.SCREEN:
        _write_plain(text)
    else:
        app.show(views.notation_document(row, text))


def _show_planned(app: App, number: int) -> None:
    from ptrack.progress.planned_actual import workout_compared
    from ptrack.progress.planned_actual_views import planned_document
    from ptrack.workouts.queries import workout

    with app.reading() as reader:
        house, row = practice(reader), workout(reader, number)
        app.show(planned_document(row, workout_compared(reader, number, house), house))


def _write_plain(text: str) -> None:
    """Write text that is meant to be read back: harmless, but neither wrapped nor indented."""
    from ptrack.output.cells import printable

    sys.stdout.write("".join(f"{printable(line)}\n" for line in text.splitlines()))


@group.command("edit", cls=Change)
def edit(
    context: Context,
    workout: Number,
    notation: Notation = None,
    when: Annotated[str | None, typer.Option(metavar="WHEN", help="When it was done.")] = None,
    title: Title = None,
    duration: Duration = None,
    intensity: Intensity = None,
    activity: ActivityOption = None,
    status: Annotated[WorkoutStatus | None, typer.Option(help="What became of it.")] = None,
    create: Create = False,
    notes: Notes = None,
) -> None:
    """Change a workout; notation replaces all its sets."""
    from ptrack.desk.log import LogChanges, edit_workout, read_notation

    app = app_of(context)
    text = _text(notation, "edit", str(workout))
    with app.writing() as work:
        changes = LogChanges(
            lines=read_notation(work, text, create=create) if text is not None else None,
            performed_at=_instant(app, practice(work.reader), when),
            title=title,
            duration_min=duration,
            intensity=intensity,
            activity=activity,
            status=status,
            notes=notes,
        )
        notices = edit_workout(work, workout, changes)
    for notice in notices:
        app.notice(notice)
    _show(app, workout)


@group.command("remove", cls=Change)
def remove(context: Context, workout: Number, yes: Yes = False, dry_run: DryRun = False) -> None:
    """Remove a workout with its sets. Records after it are decided anew."""
    from ptrack.desk.log import remove_workout
    from ptrack.progress.logged import logged
    from ptrack.progress.views import logged_document

    app = app_of(context)
    with app.reading() as reader:
        house = practice(reader)
        found = logged(reader, workout, house)
    if not dry_run:
        row = found.workout
        sets = "1 working set" if found.sets == 1 else f"{found.sets} working sets"
        app.confirm(f"Remove workout {row.id} of {row.client} with {sets}?", yes=yes)
        with app.writing() as work:
            remove_workout(work, workout)
    app.notice("Nothing was removed: this is what would be." if dry_run else f"Workout {workout} is removed.")
    app.show(logged_document(found, house))


group.command("records", cls=Listing)(records)
group.command("history", cls=Listing)(history)
group.command("start", cls=Change)(start)
group.command("resume", cls=Change)(resume)
group.command("volume", cls=Listing)(volume)
group.command("strength", cls=Change)(strength)
