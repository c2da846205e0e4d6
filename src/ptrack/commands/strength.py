"""`ptrack log records`, `history`, `volume` and `strength`: what the logs of a client come to."""

from typing import Annotated, NamedTuple

import typer

from ptrack.app import App
from ptrack.clients.queries import Practice, client_names
from ptrack.commands.edge import Client, Context, app_of, completing
from ptrack.commands.tracking import From, Range, To, followed_practice, named_period
from ptrack.database.reading import Reader
from ptrack.naming import Named, beginning_with, resolve
from ptrack.progress.rules.charted import Charted
from ptrack.progress.rules.periods import Period, Span
from ptrack.vocabulary import Muscle


def _exercise_names(app: App, incomplete: str) -> list[str]:
    from ptrack.exercises.queries import exercise_names

    with app.reading() as reader:
        return beginning_with(incomplete, exercise_names(reader))


ExerciseName = typer.Argument(
    metavar="EXERCISE", help="Number, name or beginning of it.", autocompletion=completing(_exercise_names)
)


class _Asked(NamedTuple):
    """Whose figures are asked for, and of when."""

    house: Practice
    who: Named
    period: Period


def _asked(
    app: App, reader: Reader, client: str, span: Span | None = None, first: str | None = None,
    last: str | None = None,
) -> _Asked:  # fmt: skip
    """The client and the days that were named; refused where the practice doesn't follow progress."""
    house = followed_practice(reader)
    period = named_period(app, house, span, first, last)
    return _Asked(house, resolve(client, client_names(reader), "client"), period)


def _quarter(first: str | None, last: str | None) -> Span | None:
    """The last quarter, where no days are named."""
    return None if first or last else Span.QUARTER


def _exercise(reader: Reader, text: str) -> int:
    from ptrack.exercises.queries import exercise_names
    from ptrack.exercises.rules import find_exercise

    return find_exercise(text, exercise_names(reader)).id


def records(context: Context, client: Client, exercise: Annotated[str | None, ExerciseName] = None) -> None:
    """Show a client's records, of all exercises or one."""
    from ptrack.progress.logged import standing_records
    from ptrack.progress.record_views import records_document

    app = app_of(context)
    with app.reading() as reader:
        asked = _asked(app, reader, client)
        number = _exercise(reader, exercise) if exercise else None
        rows = standing_records(reader, asked.who.id, asked.house, number)
    app.show(records_document(rows, asked.who.name, asked.house))


def history(
    context: Context,
    client: Client,
    exercise: Annotated[str, ExerciseName],
    span: Range = None,
    first: From = None,
    last: To = None,
    chart: Annotated[Charted | None, typer.Option(help="What is drawn; it chooses by itself.")] = None,
    limit: Annotated[int | None, typer.Option(metavar="N", min=1, help="The last N workouts.")] = None,
) -> None:
    """Show a client's workouts with one exercise, and a chart."""
    from ptrack.progress.exercise_history import exercise_history
    from ptrack.progress.history_views import history_document

    app = app_of(context)
    with app.reading() as reader:
        house, who, period = _asked(app, reader, client, span, first, last)
        today = house.local(app.now).date()
        found = exercise_history(reader, who.id, _exercise(reader, exercise), house, period, today)
    app.show(history_document(who, found, house, chart, limit))


def volume(
    context: Context,
    client: Client,
    span: Range = None,
    first: From = None,
    last: To = None,
    muscle: Annotated[
        Muscle | None, typer.Option(metavar="MUSCLE", help="One muscle, with its exercises.")
    ] = None,
) -> None:
    """Show sets and volume by muscle and week."""
    from ptrack.progress.volume import muscle_volume
    from ptrack.progress.volume_views import muscle_document, volume_document

    app = app_of(context)
    with app.reading() as reader:
        house, who, period = _asked(app, reader, client, span or _quarter(first, last), first, last)
        found = muscle_volume(reader, who.id, house, period, house.local(app.now).date())
    if muscle:
        app.show(muscle_document(who, found, muscle, house))
    else:
        app.show(volume_document(who, found, house))


def strength(
    context: Context, client: Client, span: Range = None, first: From = None, last: To = None
) -> None:
    """Show the main lifts in body weights, DOTS and stalls."""
    from ptrack.progress.strength import strength as strength_of
    from ptrack.progress.strength_views import strength_document

    app = app_of(context)
    with app.reading() as reader:
        house, who, period = _asked(app, reader, client, span or _quarter(first, last), first, last)
        found = strength_of(reader, who.id, house, period, house.local(app.now).date())
    app.show(strength_document(who, found, house))
