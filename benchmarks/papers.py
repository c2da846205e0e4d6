"""The peer of `ptrack report workouts --pdf`: the same pages by fpdf2's `table()` with the full font.

python benchmarks/papers.py DATABASE CLIENT FOLDER
"""

import sys
from pathlib import Path

from fpdf import FPDF

from ptrack.clients.queries import practice
from ptrack.database.reading import Reader, open_reading
from ptrack.output.document import Document, Fields, Heading, Lines, Table
from ptrack.output.paper import FONTS
from ptrack.output.tables import screen_columns, shown_text
from ptrack.reports.workout import workout_report
from ptrack.workouts.queries import workouts

FULL_FONTS = Path("/usr/share/fonts/truetype/dejavu")


def _fonts() -> Path:
    """Where the whole typeface is; ptrack's own cut of all scripts where it is not installed."""
    return FULL_FONTS if (FULL_FONTS / "DejaVuSans.ttf").exists() else FONTS


def draw(document: Document) -> bytes:
    """The texts and tables of a document, as the library's manual shows."""
    pdf = FPDF()
    pdf.add_font("full", "", _fonts() / "DejaVuSans.ttf")
    pdf.add_font("full", "B", _fonts() / "DejaVuSans-Bold.ttf")
    pdf.set_font("full", size=9)
    pdf.add_page()
    for part in document.parts:
        if isinstance(part, Table):
            _draw_table(pdf, part)
        else:
            for text in _texts(part):
                pdf.cell(text=text, new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


def _texts(part: object) -> list[str]:
    if isinstance(part, Heading):
        return [part.text]
    if isinstance(part, Fields):
        return [f"{label} {value}" for label, value in part.pairs if value]
    if isinstance(part, Lines):
        return ["".join(span.text for span in line) for line in part.lines]
    return []


def _draw_table(pdf: FPDF, table: Table) -> None:
    columns = [column for column, _ in screen_columns(table)]
    with pdf.table() as drawn:
        drawn.row([column.title for column in columns])
        for row in table.rows:
            drawn.row([shown_text(column, row) for column in columns])


def main(database: Path, client: int, folder: Path) -> None:
    """Write a PDF of each workout of the client."""
    folder.mkdir(exist_ok=True)
    reader = Reader(open_reading(database))
    house = practice(reader)
    for row in workouts(reader, client):
        document = workout_report(reader, row.id, house, on_paper=False)
        (folder / f"{row.id}.pdf").write_bytes(draw(document))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
