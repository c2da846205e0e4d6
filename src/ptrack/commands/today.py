"""`ptrack today`."""

from typing import Annotated

import typer

from ptrack.clients.queries import practice, trainer_names
from ptrack.commands.edge import Change, Context, app_of
from ptrack.naming import resolve
from ptrack.reports.today import today_document, today_of

group = typer.Typer(rich_markup_mode=None, add_completion=False)


@group.command(cls=Change)
def today(
    context: Context,
    trainer: Annotated[
        str, typer.Option(metavar="TRAINER|all", help="Whose day; everybody's without it.")
    ] = "all",
) -> None:
    """Show the day: appointments, credits, what is left to do."""
    app = app_of(context)
    with app.reading() as reader:
        house = practice(reader)
        trainer_id = None if trainer == "all" else resolve(trainer, trainer_names(reader), "trainer").id
        found = today_of(reader, house, app.now, trainer_id)
    app.show(today_document(found, house))
