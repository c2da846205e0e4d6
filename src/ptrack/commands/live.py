"""`ptrack log start` and `ptrack log resume`: the live logger."""

import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from ptrack.app import App
from ptrack.clients.queries import Practice, practice
from ptrack.commands.edge import Context, app_of, client_names_beginning, completing
from ptrack.errors import EXIT_INTERRUPTED, StateError, UsageError
from ptrack.output.document import Lines

if TYPE_CHECKING:
    from ptrack.commands.live_talk import LiveTalk
    from ptrack.workouts.live_queries import OpenWorkout

_STAYS = "Workout {number} stays open. Go on: ptrack log resume {number}"
_NO_SCREEN = {"", "dumb", "unknown"}

Who = Annotated[
    str,
    typer.Argument(
        metavar="CLIENT|APPOINTMENT",
        help="A client's name, or an appointment of today: 12.",
        autocompletion=completing(client_names_beginning),
    ),
]
Whose = Annotated[
    str | None,
    typer.Argument(
        metavar="[CLIENT|ID]",
        help="Whose, or which workout; the last one without it.",
        autocompletion=completing(client_names_beginning),
    ),
]


def start(
    context: Context,
    who: Who,
    day: Annotated[str | None, typer.Option(metavar="DAY", help="Another day of the program.")] = None,
    program: Annotated[
        bool, typer.Option("--program/--no-program", help="Whether to follow the program.")
    ] = True,
) -> None:
    """Log a workout live: Enter for each set as planned."""
    from ptrack.desk.live_start import begin, going_on, whose

    app = _at_a_terminal(context)
    with app.reading() as reader:
        house = practice(reader)
        found = whose(reader, who, app.now)
        open_one = going_on(reader, found, app.now)
    if open_one is None:
        with app.writing() as work:
            number = begin(work, found, day, follows_program=program)
        _talk(app, house, number)
        return
    if day is not None or not program:
        raise StateError(
            f"{open_one.client} has workout {open_one.id} open.\nGo on: ptrack log resume {open_one.id}"
        )
    _go_on(app, house, open_one)


def resume(context: Context, who: Whose = None) -> None:
    """Go on with a workout that was left open.

    Every set that was entered is there. Rests typed (rest 90) and a jump (go) were of the old window:
    the plan's rests count again, and its order.
    """
    from ptrack.desk.live_start import to_resume

    app = _at_a_terminal(context)
    with app.reading() as reader:
        house = practice(reader)
        found = to_resume(reader, who, app.now)
    _go_on(app, house, found)


def _at_a_terminal(context: Context) -> App:
    app = app_of(context)
    if not app.is_interactive:
        raise UsageError(
            "The live logger needs a terminal.\n"
            "Log a workout in one go: ptrack log add CLIENT 'Back Squat: 3x5 100kg'"
        )
    return app


def _go_on(app: App, house: Practice, found: "OpenWorkout") -> None:
    sets = f"{found.sets} set{'' if found.sets == 1 else 's'} done"
    _talk(app, house, found.id, f"It goes on: begun {house.local(found.performed_at):%H:%M}, {sets}.")


def _talk(app: App, house: Practice, number: int, greeting: str = "") -> None:
    """Show the logger until it is left, then what came of the workout."""
    from ptrack.commands.live_talk import LiveTalk

    talk = LiveTalk(app, house, number, greeting)
    heard: int | None = None
    try:
        heard = _run(app, talk)
    except KeyboardInterrupt:
        talk.leave(is_interrupted=True)
    if heard is not None:
        _end_by(app, heard, number)
    elif talk.finished is not None:
        _show_finished(app, house, talk, number)
    elif talk.is_gone:
        app.notice(f"Workout {number} is over or taken away.\nSee: ptrack log list")
    else:
        app.notice(_STAYS.format(number=number))
        if talk.is_interrupted:
            raise typer.Exit(EXIT_INTERRUPTED)


def _end_by(app: App, number: int, workout: int) -> None:
    """End as a signal asks, the terminal being as it was; one that was closed cannot be told anything."""
    with suppress(OSError):
        app.notice(_STAYS.format(number=workout))
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)


def _run(app: App, talk: "LiveTalk") -> int | None:
    """On the whole screen where the terminal can draw one, else line by line; the signal that ended it."""
    if os.environ.get("TERM", "") in _NO_SCREEN or not sys.stdout.isatty():
        from ptrack.output.live_plain import LivePlain

        LivePlain(talk, app.terminal).run()
        return None
    from ptrack.output.live_screen import LiveScreen

    return LiveScreen(talk, app.terminal.surface.encoding, colour=app.terminal.colour).run()


def _show_finished(app: App, house: Practice, talk: "LiveTalk", number: int) -> None:
    """The workout as it was logged, and what became of its appointment."""
    from ptrack.desk.complete import became
    from ptrack.progress.logged import logged
    from ptrack.progress.views import logged_document
    from ptrack.reports.close import answer_line

    finished = talk.finished
    assert finished is not None  # noqa: S101  asked before
    with app.reading() as reader:
        document = logged_document(logged(reader, number, house), house)
        moved = became(reader, finished.outcome, house.local(app.now).date()) if finished.outcome else None
    app.show(document)
    if moved is not None:
        app.terminal.aside([Lines([answer_line(moved)])])
    for notice in finished.notices:
        app.notice(notice)
