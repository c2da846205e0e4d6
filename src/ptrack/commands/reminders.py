"""`ptrack reminders`: what cron runs."""

from datetime import timedelta
from typing import Annotated

import typer

from ptrack.clients.queries import practice
from ptrack.commands.edge import Change, Context, DryRun, Listing, app_of, new_group
from ptrack.commands.sending import is_watched
from ptrack.commands.sending import send as send_mail
from ptrack.outbox import queries

group = new_group("Reminders and all other mail that is due: send, preview.")

PREVIEW_HOURS = 48
WEEKS_OF_HOURS = 24 * 366

Limit = Annotated[int | None, typer.Option("--limit", min=1, help="At most so many messages.")]


@group.command("send", cls=Change)
def send(context: Context, limit: Limit = None, dry_run: DryRun = False) -> None:
    """Send everything that is due; without a terminal silent.

    This is what cron runs: it tells of what went wrong, a line each, and of nothing else.
    """
    app = app_of(context)
    send_mail(app, limit, dry_run=dry_run, tells=dry_run or is_watched(app))


@group.command("preview", cls=Listing)
def preview(
    context: Context,
    hours: Annotated[
        int, typer.Option("--hours", min=1, max=WEEKS_OF_HOURS, help="How far to look ahead.")
    ] = PREVIEW_HOURS,
) -> None:
    """Show what goes out in the next two days, and when."""
    from ptrack.outbox.views import preview_document

    app = app_of(context)
    with app.reading() as reader:
        house = practice(reader)
        rows = queries.due(reader, app.now, until=app.now + timedelta(hours=hours))
    app.show(preview_document(rows, house, hours))
