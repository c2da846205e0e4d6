"""`ptrack today`."""

import typer

from ptrack.clients.queries import practice
from ptrack.commands.edge import Change, Context, app_of
from ptrack.reports.today import today_document, today_of

group = typer.Typer(rich_markup_mode=None, add_completion=False)


@group.command(cls=Change)
def today(context: Context) -> None:
    """Show the day: appointments, credits, what is left to do."""
    app = app_of(context)
    with app.reading() as reader:
        house = practice(reader)
        found = today_of(reader, house, app.now)
    app.show(today_document(found, house))
