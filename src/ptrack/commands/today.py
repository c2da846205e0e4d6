"""`ptrack today`."""

import shlex
import sys
from typing import Annotated

import typer

from ptrack.clients.queries import practice
from ptrack.commands.agenda import trainer_number
from ptrack.commands.edge import Change, Context, app_of
from ptrack.outbox.queries import has_messages
from ptrack.reports.today import today_of
from ptrack.reports.today_page import today_document

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
        found = today_of(reader, house, app.now, trainer_number(reader, trainer))
        has_mail = sys.stdout.isatty() and has_messages(reader)
    is_usual = trainer.casefold() == "all" and app.settings.trainer is None
    app.show(today_document(found, house, "" if is_usual else f" --trainer {shlex.quote(trainer)}"))
    if has_mail:
        from ptrack.mail.settings import folder_lines, mail_settings

        for text in folder_lines(mail_settings(app.settings)):
            app.notice(text)
