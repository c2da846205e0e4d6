"""`ptrack exercises`."""

from typing import Annotated

import typer

from ptrack.app import App
from ptrack.commands.edge import Change, Context, Listing, app_of, completing, new_group
from ptrack.database.reading import Reader
from ptrack.exercises import queries, views
from ptrack.naming import beginning_with, fold, resolve
from ptrack.vocabulary import ExerciseCategory, Muscle, Tracked

group = new_group("The exercise library: search, list, show, add.")


def _names(app: App, incomplete: str) -> list[str]:
    with app.reading() as reader:
        return beginning_with(incomplete, queries.exercise_names(reader))


Category = Annotated[ExerciseCategory | None, typer.Option(help="Only of this category.")]
MuscleOption = Annotated[Muscle | None, typer.Option(help="Only those that train this muscle.")]
Equipment = Annotated[str | None, typer.Option(help="Only with this equipment.")]


def _list(
    app: App,
    text: str | None,
    category: ExerciseCategory | None,
    muscle: Muscle | None,
    equipment: str | None,
) -> None:
    with app.reading() as reader:
        tool = fold(equipment) if equipment else None
        rows = queries.exercises(reader, category, muscle, tool)
        primary = queries.primary_muscles(reader)
        if text is not None:
            rows = _found(reader, text, rows)
    app.show(views.exercises_document(rows, primary))


def _found(reader: Reader, text: str, rows: list[queries.ExerciseRow]) -> list[queries.ExerciseRow]:
    """Those of the rows that a search finds, the best first."""
    from ptrack.exercises.rules import search

    by_number = {row.id: row for row in rows}
    found = search(text, queries.exercise_names(reader))
    return [by_number[entry.id] for entry in found if entry.id in by_number]


@group.command("search", cls=Listing)
def search_exercises(
    context: Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Words of a name or of an alias.")],
    category: Category = None,
    muscle: MuscleOption = None,
    equipment: Equipment = None,
) -> None:
    """Find exercises by words, the best first."""
    _list(app_of(context), text, category, muscle, equipment)


@group.command("list", cls=Listing)
def list_exercises(
    context: Context, category: Category = None, muscle: MuscleOption = None, equipment: Equipment = None
) -> None:
    """List exercises by name."""
    _list(app_of(context), None, category, muscle, equipment)


def _show(app: App, reader: Reader, number: int) -> None:
    app.show(
        views.exercise_document(queries.exercise(reader, number), queries.exercise_details(reader, number))
    )


@group.command("show", cls=Change)
def show(
    context: Context,
    exercise: Annotated[
        str,
        typer.Argument(
            metavar="EXERCISE", help="Number, name or beginning of it.", autocompletion=completing(_names)
        ),
    ],
) -> None:
    """Show one exercise."""
    app = app_of(context)
    with app.reading() as reader:
        _show(app, reader, resolve(exercise, queries.exercise_names(reader), "exercise").id)


@group.command("add", cls=Change)
def add(
    context: Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called.")],
    category: Annotated[ExerciseCategory, typer.Option(help="What it is for.")] = ExerciseCategory.OTHER,
    tracked: Annotated[Tracked, typer.Option(help="What is measured of it.")] = Tracked.WEIGHT_REPS,
    equipment: Annotated[str | None, typer.Option(help="What it is done with.")] = None,
    primary: Annotated[
        list[Muscle] | None, typer.Option(help="A muscle it trains; may be given several times.")
    ] = None,
    secondary: Annotated[
        list[Muscle] | None, typer.Option(help="A muscle it also trains; may be given several times.")
    ] = None,
    alias: Annotated[list[str] | None, typer.Option(help="Another name; may be given several times.")] = None,
    description: Annotated[str | None, typer.Option(help="How it is done.")] = None,
) -> None:
    """Add an exercise of your own."""
    from ptrack.exercises.actions import NewExercise, add_exercise

    app = app_of(context)
    new = NewExercise(
        name, category, tracked, equipment, primary or (), secondary or (), alias or (), description
    )
    with app.writing() as work:
        number = add_exercise(work, new)
    with app.reading() as reader:
        _show(app, reader, number)
