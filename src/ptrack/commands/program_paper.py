"""`ptrack programs show PROGRAM --pdf FILE`: the sheets to hand to a client."""

from pathlib import Path
from typing import Annotated

import typer

from ptrack.app import App
from ptrack.clients.queries import practice
from ptrack.commands.program_edge import today_of
from ptrack.programs import queries

SheetFile = Annotated[
    Path | None, typer.Option("--pdf", metavar="FILE", help="Write sheets to hand out, a week a page.")
]


def write_sheets(app: App, number: int, pdf: Path, week: int | None) -> None:
    """Write a program's sheets, of all its weeks or of one, and say where they are."""
    from ptrack.output.document import Document, Fields
    from ptrack.output.pdf import PdfWriter
    from ptrack.reports.program_sheets import program_sheets

    with app.reading() as reader:
        today, house = today_of(app, reader), practice(reader)
        sheets = program_sheets(reader, queries.program(reader, number), today, house, week)
    writer = PdfWriter(house.logo_path, footer=house.name, author=house.name, created=app.now)
    for warning in writer.write_sheets(sheets, pdf).warnings():
        app.notice(warning)
    data = {"path": str(pdf), "bytes": pdf.stat().st_size, "weeks": len(sheets.weeks)}
    weeks = "1 week" if len(sheets.weeks) == 1 else f"{len(sheets.weeks)} weeks"
    app.show(Document((Fields([("PDF", f"{pdf}, {weeks}")]),), data=data))
