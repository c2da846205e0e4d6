"""`ptrack import programs`."""

from pathlib import Path
from typing import Annotated

import typer

from ptrack.clients.queries import practice
from ptrack.commands.edge import Context, DryRun, app_of, client_names_beginning, completing
from ptrack.commands.import_edge import SLOW_PROGRAM_BYTES, Create, LoadUnit, Partial, bar, end
from ptrack.commands.program_edge import tell_idle_progress
from ptrack.errors import UsageError

ProgramFiles = Annotated[
    list[Path], typer.Argument(metavar="FILE...", help="Program files, CSV, xlsx or JSON.")
]
ForClient = Annotated[
    str | None,
    typer.Option(
        "--client",
        metavar="CLIENT",
        help="Give them to this client at once.",
        autocompletion=completing(client_names_beginning),
    ),
]
Start = Annotated[
    str | None, typer.Option("--start", metavar="DATE", help="With --client: the first day; today if none.")
]
Also = Annotated[
    bool, typer.Option("--also", help="With --client: beside what they follow.", show_default=False)
]
Replace = Annotated[bool, typer.Option("--replace", hidden=True)]
Name = Annotated[str | None, typer.Option("--name", help="What the program is called.")]
Weeks = Annotated[int | None, typer.Option("--weeks", min=1, max=104, help="How many weeks it takes.")]
Sets = Annotated[
    str | None, typer.Option("--sets", metavar="SETS", help="For exercises without any, like 3x8-12.")
]
MapFile = Annotated[
    Path | None, typer.Option("--map", metavar="FILE", help="A CSV of columns and exercises: theirs,ours.")
]


def programs(
    context: Context,
    files: ProgramFiles,
    client: ForClient = None,
    start: Start = None,
    also: Also = False,
    replace: Replace = False,
    name: Name = None,
    weeks: Weeks = None,
    sets: Sets = None,
    create: Create = False,
    unit: LoadUnit = None,
    dry_run: DryRun = False,
    partial: Partial = False,
    map_file: MapFile = None,
) -> None:
    """Import programs from text, CSV, xlsx or JSON.

    A table has an exercise a row, or weeks or days side by side. What cannot be read is named cell by cell.
    """
    from ptrack.commands.name_questions import ask_names
    from ptrack.exchange.bulk import bulk_writing
    from ptrack.exchange.maps import read_map
    from ptrack.exchange.program_import import Wanted, import_programs, read_files, unresolved_names
    from ptrack.exchange.program_views import imported_document
    from ptrack.moments import read_day

    if replace:
        raise UsageError(
            "An import drops no program. Drop it first, ptrack programs drop PROGRAM, or have both: --also."
        )
    app = app_of(context)
    with app.reading() as reader:
        today = practice(reader).local(app.now).date()
        wanted = Wanted(
            today=today,
            client=client,
            start=read_day(start, today) if start else None,
            trainer=app.settings.trainer,
            also=also,
            creates=create,
            unit=unit,
            weeks=weeks,
            sets=sets,
            name=name,
            is_partial=partial,
            is_dry=dry_run,
            said=read_map(map_file) if map_file else {},
        )
        with bar(app, files, SLOW_PROGRAM_BYTES) as progress:
            read = read_files(reader, files, wanted, progress)
        unknown = [] if create or dry_run else unresolved_names(reader, read, wanted)
        wanted = ask_names(app, reader, unknown, wanted)
    with bulk_writing(app.path, app.now, app.command) as bulk:
        reports = import_programs(bulk, read, wanted)
    app.show(imported_document(reports))
    written = [one for report in reports if report.batch is not None for one in report.written.programs]
    tell_idle_progress(app, [one.id for one in written if one.outcome in ("created", "updated")])
    end(app, reports, is_partial=partial)
