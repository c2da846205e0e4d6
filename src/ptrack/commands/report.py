"""`ptrack report`: on screen, as JSON, as PDF."""

from pathlib import Path
from typing import Annotated

import typer

from ptrack.app import App
from ptrack.clients import queries
from ptrack.clients.queries import Practice
from ptrack.commands.edge import LARGEST, Change, Client, Context, app_of, new_group
from ptrack.naming import resolve
from ptrack.output.document import Document

group = new_group("Reports on screen and as PDF.")

PdfFile = Annotated[
    Path | None, typer.Option("--pdf", metavar="FILE", help="Write a PDF instead of showing it.")
]


def show_or_write(app: App, document: Document, practice: Practice, pdf: Path | None) -> None:
    """Show a report, or write it to a PDF and say where it is."""
    if pdf is None:
        app.show(document)
        return
    from ptrack.output.document import Fields
    from ptrack.output.pdf import PdfWriter

    writer = PdfWriter(practice.logo_path, footer=practice.name, author=practice.name, created=app.now)
    for warning in writer.write(document, pdf).warnings():
        app.notice(warning)
    app.show(Document((Fields([("PDF", str(pdf))]),), data={"path": str(pdf), "bytes": pdf.stat().st_size}))


@group.command("workout", cls=Change)
def workout(
    context: Context,
    number: Annotated[int, typer.Argument(metavar="ID", max=LARGEST, help="The workout's number.")],
    pdf: PdfFile = None,
) -> None:
    """Show one workout: planned and done, and its records."""
    from ptrack.reports.workout import workout_report

    app = app_of(context)
    with app.reading() as reader:
        practice = queries.practice(reader)
        document = workout_report(reader, number, practice)
    show_or_write(app, document, practice, pdf)


@group.command("usage", cls=Change)
def usage(context: Context, client: Client, pdf: PdfFile = None) -> None:
    """Show solo and trainer sessions, and credits used and remaining."""
    from ptrack.reports.usage import client_usage, usage_document

    app = app_of(context)
    with app.reading() as reader:
        practice = queries.practice(reader)
        found = resolve(client, queries.client_names(reader), "client")
        result = client_usage(reader, found.id, found.name)
    show_or_write(app, usage_document(result), practice, pdf)
