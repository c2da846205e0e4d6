"""`ptrack sessions`."""

from typing import Annotated

import typer

from ptrack.clients.queries import client_names, practice
from ptrack.commands.agenda import (
    ClientName,
    From,
    Period,
    To,
    WhoseTrainer,
    bounds_of,
    today_of,
    trainer_number,
)
from ptrack.commands.edge import LARGEST, Change, Context, Listing, app_of, new_group
from ptrack.credits.queries import session_credit
from ptrack.naming import resolve
from ptrack.scheduling import queries, views
from ptrack.vocabulary import SessionStatus

group = new_group("Sessions that took place: list, show.")


@group.command("list", cls=Listing)
def list_sessions(
    context: Context,
    client: ClientName = None,
    trainer: WhoseTrainer = None,
    status: Annotated[SessionStatus | None, typer.Option(help="Only of this status.")] = None,
    begin: From = None,
    end: To = None,
    period: Period = None,
) -> None:
    """List sessions with what they cost."""
    app = app_of(context)
    with app.reading() as reader:
        house = practice(reader)
        begins, ends = bounds_of(app, house, begin, end, period)
        rows = queries.sessions(
            reader,
            begins,
            ends,
            resolve(client, client_names(reader), "client").id if client is not None else None,
            trainer_number(reader, trainer),
            status,
        )
    app.show(views.sessions_document(rows, house, today_of(app, house)))


@group.command("show", cls=Change)
def show(
    context: Context,
    session: Annotated[int, typer.Argument(metavar="SESSION", max=LARGEST, help="The session's number.")],
) -> None:
    """Show one session."""
    app = app_of(context)
    with app.reading() as reader:
        row, house = queries.session(reader, session), practice(reader)
        credit = session_credit(reader, session)
    app.show(views.session_document(row, credit, house))
