"""What the reports share: over which days they go, and whether to the screen or to paper."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from ptrack.app import App, Format
from ptrack.clients.queries import Practice, client_names, location_names, trainer_names
from ptrack.commands.agenda import Range, today_of
from ptrack.database.reading import Reader
from ptrack.errors import UsageError
from ptrack.moments import read_day
from ptrack.naming import Named, resolve
from ptrack.output.document import Document
from ptrack.progress.rules.periods import Period, period_of
from ptrack.reports.periods import month_of
from ptrack.reports.whose import Whose
from ptrack.scheduling import spans

PdfFile = Annotated[
    Path | None, typer.Option("--pdf", metavar="FILE", help="Write a PDF instead of showing it.")
]
MonthName = Annotated[
    str | None, typer.Option("--month", metavar="MONTH", help="2026-11, november or 'last month'.")
]


class Asked(NamedTuple):
    """What was said about the time: a month, the first and the last day, or how long up to today."""

    month: str | None = None
    begin: str | None = None
    end: str | None = None
    length: Range | None = None


def period_asked(app: App, house: Practice, asked: Asked, otherwise: Period) -> Period:
    """The days that a report goes over; `otherwise` where nothing was said."""
    today = today_of(app, house)
    if asked.month is None:
        first = read_day(asked.begin, today) if asked.begin is not None else None
        last = read_day(asked.end, today) if asked.end is not None else None
        if not any((asked.length, first, last)):
            return otherwise
        return period_of(asked.length, first, last, today)
    if any(said is not None for said in asked[1:]):
        raise UsageError("Say either --month, or --range, or --from and --to.")
    return month_of(spans.month_of(asked.month, today, house.first_weekday).month or today)


def named_or_all(
    name: str | None, names: Callable[[Reader], list[Named]], kind: str, reader: Reader
) -> Named | None:
    """Who or what is named; None where nobody is, or all."""
    if name is None or name.casefold() == "all":
        return None
    return resolve(name, names(reader), kind)


def whose_asked(
    reader: Reader, client: str | None, trainer: str | None, location: str | None
) -> tuple[Whose, str]:
    """Whose records a report is about, by number, and their names in words."""
    found = (
        named_or_all(client, client_names, "client", reader),
        named_or_all(trainer, trainer_names, "trainer", reader),
        named_or_all(location, location_names, "location", reader),
    )
    return Whose(*(each.id if each else None for each in found)), ", ".join(
        each.name for each in found if each
    )


def show_or_write(app: App, document: Document, practice: Practice, pdf: Path | None) -> None:
    """Show a report, or write it to a PDF and say where it is."""
    if pdf is None:
        app.show(document)
        return
    if app.format is Format.CSV:
        raise UsageError("Say either --csv or --pdf.")
    from ptrack.output.document import Fields
    from ptrack.output.pdf import PdfWriter

    writer = PdfWriter(practice.logo_path, footer=practice.name, author=practice.name, created=app.now)
    for warning in writer.write(document, pdf).warnings():
        app.notice(warning)
    app.show(Document((Fields([("PDF", str(pdf))]),), data={"path": str(pdf), "bytes": pdf.stat().st_size}))
