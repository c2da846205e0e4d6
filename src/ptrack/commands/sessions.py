"""`ptrack sessions`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ptrack.app import App
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
from ptrack.commands.edge import LARGEST, Change, Context, DryRun, Listing, Yes, app_of, new_group
from ptrack.credits.queries import session_credit
from ptrack.naming import resolve
from ptrack.scheduling import queries, views
from ptrack.vocabulary import SessionStatus, Validation

if TYPE_CHECKING:
    from ptrack.desk.sessions import Judged

group = new_group("Sessions that took place: list, show, validate, dispute.")

Number = Annotated[int, typer.Argument(metavar="SESSION", max=LARGEST, help="The session's number.")]


@group.command("list", cls=Listing)
def list_sessions(
    context: Context,
    client: ClientName = None,
    trainer: WhoseTrainer = None,
    status: Annotated[SessionStatus | None, typer.Option(help="Only of this status.")] = None,
    validation: Annotated[
        Validation | None, typer.Option(help="Only those confirmed, disputed, or neither yet.")
    ] = None,
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
            validation,
        )
    app.show(views.sessions_document(rows, house, today_of(app, house)))


def _show(app: App, number: int, words: Sequence[str] = ()) -> None:
    with app.reading() as reader:
        row, house = queries.session(reader, number), practice(reader)
        credit = session_credit(reader, number)
    app.show(views.session_document(row, credit, house, words))


@group.command("show", cls=Change)
def show(context: Context, session: Number) -> None:
    """Show one session."""
    _show(app_of(context), session)


def _show_judged(app: App, number: int, judged: "Judged", verdict: Validation) -> None:
    from ptrack.scheduling.session_views import judged_text

    _show(app, number, [judged_text(judged.before, verdict)])


@group.command("validate", cls=Change)
def validate(context: Context, session: Number) -> None:
    """Record that the client confirms a session."""
    from ptrack.desk import sessions as desk

    app = app_of(context)
    with app.writing() as work:
        judged = desk.validate(work, session)
    _show_judged(app, session, judged, Validation.VALIDATED)


@group.command("dispute", cls=Change)
def dispute(
    context: Context,
    session: Number,
    reason: Annotated[str | None, typer.Option(help="Why; it stands in the session's notes.")] = None,
) -> None:
    """Record that the client says a session was not so."""
    from ptrack.desk import sessions as desk

    app = app_of(context)
    with app.writing() as work:
        judged = desk.dispute(work, session, reason)
    _show_judged(app, session, judged, Validation.DISPUTED)


@group.command("delete", cls=Change)
def delete(
    context: Context,
    session: Number,
    with_workout: Annotated[
        bool, typer.Option("--with-workout", help="Its workout, too.", show_default=False)
    ] = False,
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Delete a session that did not take place. Its credit and commission go back."""
    from ptrack.credits.views import effect_text
    from ptrack.desk import sessions as desk
    from ptrack.scheduling import session_views
    from ptrack.workouts.queries import has_sets

    app = app_of(context)
    with app.reading() as reader:
        row, house = queries.session(reader, session), practice(reader)
        credit = session_credit(reader, session)
        is_begun = has_sets(reader, row.workout)
    planned = desk.deletion_of(row, with_workout=with_workout, is_begun=is_begun)
    told = session_views.deletion_text(
        row, house, workout_stays=planned.workout_stays, reopens=planned.reopens
    )
    words = [session_views.planned_text(row, told)]
    if dry_run:
        app.notice("Nothing was deleted: this is what would be.")
    else:
        app.confirm(session_views.deletion_question(row, told, house), yes=yes)
        with app.writing() as work:
            done = desk.delete(work, session, with_workout=with_workout)
        credit = done.credit
        words = [session_views.deleted_text(row, told)]
        words.append(effect_text(done.effect, credit, row.client_id))
    app.show(session_views.deleted_document(row, credit, house, words, is_done=not dry_run))
