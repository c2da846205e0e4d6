"""`ptrack report workouts`: a list of workouts, or the paper of each, in a folder."""

import gc
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from ptrack.app import App, Format
from ptrack.clients.queries import Practice, client_names, practice
from ptrack.commands.agenda import ClientName, From, Period, To, bounds_of
from ptrack.commands.edge import Context, app_of
from ptrack.errors import UsageError
from ptrack.naming import resolve
from ptrack.workouts import queries
from ptrack.workouts.queries import ListedWorkout

PdfFolder = Annotated[
    Path | None, typer.Option("--pdf", metavar="DIR", help="Write a PDF of each into this folder.")
]


def workouts(
    context: Context,
    client: ClientName = None,
    begin: From = None,
    end: To = None,
    length: Period = None,
    pdf: PdfFolder = None,
) -> None:
    """List workouts, or write a PDF of each.

    The files are called 2026-11-18-152-anna-berg.pdf, by day, number and client; one of that name that is
    there already is replaced.
    """
    from ptrack.progress.logged import with_open_volumes
    from ptrack.workouts.views import workouts_document

    app = app_of(context)
    with app.reading() as reader:
        house = practice(reader)
        since, until = bounds_of(app, house, begin, end, length)
        number = resolve(client, client_names(reader), "client").id if client else None
        rows = with_open_volumes(reader, queries.workouts(reader, number, since, until), house)
    if pdf is None:
        app.show(workouts_document(rows, house, house.local(app.now).date()))
        return
    if app.format is Format.CSV:
        raise UsageError("Say either --csv or --pdf.")
    _write_all(app, house, rows[::-1], pdf)


def _write_all(app: App, house: Practice, rows: Sequence[ListedWorkout], folder: Path) -> None:
    """Write the paper of each workout and say how many there are and where."""
    from ptrack.output.document import Document, Fields
    from ptrack.output.files import make_folder

    make_folder(folder)
    warnings: dict[str, None] = {}
    paths = []
    for path, told in _written(app, house, rows, folder):
        paths.append(path)
        warnings.update(dict.fromkeys(told))
    for warning in warnings:
        app.notice(warning)
    count = "1 PDF" if len(paths) == 1 else f"{len(paths)} PDFs"
    data = {"folder": str(folder), "files": [str(path) for path in paths]}
    app.show(Document((Fields([("Written", f"{count} into {folder}")]),), data=data))


def _written(
    app: App, house: Practice, rows: Sequence[ListedWorkout], folder: Path
) -> Iterator[tuple[Path, list[str]]]:
    """Each file that was written, with what to say of it."""
    from ptrack.output.pdf import PdfWriter
    from ptrack.output.progress import progress_bar
    from ptrack.reports.workout import paper_name, workout_report

    gc.enable()
    writer = PdfWriter(house.logo_path, footer=house.name, author=house.name, created=app.now)
    with app.reading() as reader, progress_bar(len(rows), "Workouts on paper") as progress:
        for row in rows:
            path = folder / paper_name(row.id, row.client, house.local(row.performed_at).date())
            progress(path.name)
            yield path, writer.write(workout_report(reader, row.id, house), path).warnings()
