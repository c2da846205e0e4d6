"""`ptrack feedback`."""

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
from ptrack.feedback import queries, views
from ptrack.feedback.rules import Ratings
from ptrack.naming import resolve
from ptrack.vocabulary import FeedbackSource

group = new_group("What clients say of their sessions: add, list, summary.")


@group.command("add", cls=Change)
def add(
    context: Context,
    number: Annotated[int, typer.Argument(metavar="SESSION", max=LARGEST, help="The session's number.")],
    session: Annotated[int | None, typer.Option(metavar="1-5", help="How the session was.")] = None,
    trainer: Annotated[int | None, typer.Option(metavar="1-5", help="How the trainer was.")] = None,
    energy: Annotated[int | None, typer.Option(metavar="1-5", help="How much energy there was.")] = None,
    soreness: Annotated[int | None, typer.Option(metavar="1-5", help="How sore it left the client.")] = None,
    comment: Annotated[str | None, typer.Option(metavar="TEXT", help="In the client's words.")] = None,
) -> None:
    """Note what a client says of a session.

    What was said last of each thing stands.
    """
    from ptrack.feedback.actions import file_feedback

    app = app_of(context)
    ratings = Ratings(session, trainer, energy, soreness, comment)
    with app.writing() as work:
        is_new = file_feedback(work, number, ratings, FeedbackSource.MANUAL, app.now)
        row, house = queries.feedback_of(work.reader, number), practice(work.reader)
    assert row is not None  # noqa: S101  just filed
    app.show(views.feedback_page(row, house, "Noted." if is_new else "So it was already."))


@group.command("list", cls=Listing)
def list_feedback(
    context: Context,
    client: ClientName = None,
    trainer: WhoseTrainer = None,
    begin: From = None,
    end: To = None,
    period: Period = None,
) -> None:
    """List what was said of sessions."""
    app = app_of(context)
    with app.reading() as reader:
        house = practice(reader)
        begins, ends = bounds_of(app, house, begin, end, period)
        number = resolve(client, client_names(reader), "client").id if client is not None else None
        rows = queries.feedback(reader, begins, ends, number, trainer_number(reader, trainer))
    app.show(views.feedback_list(rows, house, today_of(app, house)))


@group.command("summary", cls=Listing)
def summary(
    context: Context,
    trainer: WhoseTrainer = None,
    begin: From = None,
    end: To = None,
    period: Period = None,
) -> None:
    """Show each trainer's ratings, every mean with its count."""
    app = app_of(context)
    with app.reading() as reader:
        begins, ends = bounds_of(app, practice(reader), begin, end, period)
        rows = queries.summary(reader, begins, ends, trainer_number(reader, trainer))
    app.show(views.feedback_summary(rows))
