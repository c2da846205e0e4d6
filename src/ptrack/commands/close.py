"""`ptrack close`."""

import shlex
import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from ptrack.app import App
from ptrack.clients.queries import Practice
from ptrack.commands.agenda import WhoseTrainer, open_calendar, today_of, trainer_number
from ptrack.commands.edge import Context, DryRun, app_of
from ptrack.commands.telling import Telling, sends_now
from ptrack.database.reading import Reader
from ptrack.errors import EXIT_INTERRUPTED, EXIT_PARTIAL, PtrackError, UsageError
from ptrack.outbox.queries import number_made
from ptrack.output.document import Lines
from ptrack.reports.close import Closed, closed_document, to_close_document
from ptrack.scheduling import spans
from ptrack.scheduling.group_queries import group_names
from ptrack.scheduling.open_queries import open_appointments, open_days
from ptrack.scheduling.queries import AppointmentRow
from ptrack.scheduling.views import Moved

if TYPE_CHECKING:
    from ptrack.desk.complete import Outcome

group = typer.Typer(rich_markup_mode=None, add_completion=False)

Words = Annotated[
    list[str] | None,
    typer.Argument(metavar="[DAY]", help="'tue' (the last one), yesterday, 2026-11-17; today."),
]


class _Evening(NamedTuple):
    """What is to be closed: the practice, the days, whose, the open appointments, their groups' names.

    `sends_now` is whether the mail that comes of it is sent at the end.
    """

    app: App
    house: Practice
    first: date
    last: date
    trainer_id: int | None
    option: str
    rows: Sequence[AppointmentRow]
    groups: dict[int, str]
    sends_now: bool = False


@group.command(cls=Telling)
def close(
    context: Context,
    words: Words = None,
    begin: Annotated[
        str | None, typer.Option("--from", metavar="DAY", help="All days from this one to today.")
    ] = None,
    trainer: WhoseTrainer = None,
    all_completed: Annotated[
        bool,
        typer.Option("--all-completed", help="Complete all that are over; ask nothing.", show_default=False),
    ] = False,
    dry_run: DryRun = False,
) -> None:
    """Say what became of the day's appointments: done, no-show, cancelled, later."""
    app = app_of(context)
    evening = _evening(app, " ".join(words or ()), begin, trainer)._replace(sends_now=sends_now(context))
    if all_completed:
        over = [row for row in evening.rows if row.ends_at <= app.now]
        evening = evening._replace(rows=over)
    if dry_run:
        app.show(to_close_document(evening.rows, _closed(evening, []), evening.house))
    elif all_completed:
        _complete_all(evening)
    else:
        _walk(evening)


def _evening(app: App, day: str, begin: str | None, trainer: str | None) -> _Evening:
    """Find what is open."""
    if day and begin is not None:
        raise UsageError("Give a DAY, or --from, not both.")
    with app.reading() as reader:
        house = open_calendar(reader)
        today = today_of(app, house)
        first = spans.past_day(begin if begin is not None else day, today)
        last = today if begin is not None else first
        trainer_id = trainer_number(reader, trainer if trainer is not None else app.settings.trainer)
        rows = open_appointments(reader, house, app.now, first, last, trainer_id)
        option = f" --trainer {shlex.quote(trainer)}" if trainer else ""
        return _Evening(app, house, first, last, trainer_id, option, rows, group_names(reader, rows))


def _closed(evening: _Evening, outcomes: "Sequence[Outcome]") -> Closed:
    """What came of it, as the database has it now."""
    app, today = evening.app, today_of(evening.app, evening.house)
    with app.reading() as reader:
        moves = _moves(reader, outcomes, today) if outcomes else []
        days = open_days(reader, evening.house, app.now, evening.trainer_id)
        waiting = number_made(reader, app.now) if outcomes and not evening.sends_now else 0
    left = sum(count for day, count in days.items() if evening.first <= day <= evening.last)
    return Closed(evening.first, evening.last, moves, left, days, today, evening.option, waiting=waiting)


def _moves(reader: Reader, outcomes: "Sequence[Outcome]", today: date) -> list[Moved]:
    from ptrack.desk.complete import became

    return [became(reader, outcome, today) for outcome in outcomes]


def _complete_all(evening: _Evening) -> None:
    """Complete one after the other, each for itself; what is refused is named, and the rest goes on."""
    from ptrack.desk.close import Answer, Reply, answer

    outcomes, app = [], evening.app
    for row in evening.rows:
        try:
            with app.writing() as work:
                outcomes.append(answer(work, row.id, Reply(Answer.DONE)).outcome)
        except PtrackError as error:
            app.notice(f"Appointment {row.id}, {row.client}: {error.message}")
    closed = _closed(evening, outcomes)._replace(steps=len(outcomes))
    app.show(closed_document(closed, evening.house))
    if len(outcomes) < len(evening.rows):
        raise typer.Exit(EXIT_PARTIAL)


def _walk(evening: _Evening) -> None:
    """Ask about each on the terminal; Ctrl-C ends it with what was answered said."""
    from ptrack.commands.walk import Walk
    from ptrack.output.keys import keys_of

    app = evening.app
    if not app.is_interactive:
        raise UsageError(
            "Nobody can be asked here what became of each appointment.\n"
            "Complete all that are over: ptrack close --all-completed"
        )
    with keys_of(sys.stdin) as keys:
        walk = Walk(app, evening.house, evening.rows, evening.groups, keys)
        try:
            walk.go()
            is_interrupted = False
        except KeyboardInterrupt:
            is_interrupted = True
    app.terminal.aside([Lines([()])])
    app.show(closed_document(_closed(evening, walk.outcomes), evening.house))
    if is_interrupted:
        raise typer.Exit(EXIT_INTERRUPTED)
