"""`ptrack exercises`."""

from typing import TYPE_CHECKING, Annotated

import typer

from ptrack.app import App
from ptrack.clients.queries import client_names, practice
from ptrack.commands.edge import Change, Context, DryRun, Listing, Yes, app_of, completing, new_group
from ptrack.database.reading import Reader
from ptrack.errors import UsageError
from ptrack.exercises import queries, views
from ptrack.exercises.rules import find_exercise
from ptrack.naming import Named, beginning_with, fold, resolve
from ptrack.vocabulary import ExerciseCategory, Muscle, Tracked

if TYPE_CHECKING:
    from ptrack.exercises.likeness import Similar

group = new_group("The exercise library: search, show, edit, merge, similar.")


def _names(app: App, incomplete: str) -> list[str]:
    with app.reading() as reader:
        return beginning_with(incomplete, queries.exercise_names(reader))


_COMPLETES = completing(_names)
_NAMED = "Number, name or beginning of it."

Exercise = Annotated[str, typer.Argument(metavar="EXERCISE", help=_NAMED, autocompletion=_COMPLETES)]
Duplicate = Annotated[
    str, typer.Argument(metavar="DUPLICATE", help="The one that goes.", autocompletion=_COMPLETES)
]
Category = Annotated[ExerciseCategory | None, typer.Option(help="Only of this category.")]
MuscleOption = Annotated[
    Muscle | None, typer.Option(metavar="MUSCLE", help="Only those that train this muscle.")
]
Equipment = Annotated[str | None, typer.Option(help="Only with this equipment.")]
Custom = Annotated[bool, typer.Option("--custom", help="Only your own.", show_default=False)]
UsedBy = Annotated[
    str | None, typer.Option("--used-by", metavar="CLIENT", help="Only what this client has done.")
]
Primary = Annotated[
    list[Muscle] | None,
    typer.Option(metavar="MUSCLE", help="A muscle it trains, like quads; may be given several times."),
]
Secondary = Annotated[
    list[Muscle] | None,
    typer.Option(metavar="MUSCLE", help="A muscle it also trains; may be given several times."),
]
Description = Annotated[str | None, typer.Option(help="How it is done.")]
Tool = Annotated[str | None, typer.Option(help="What it is done with.")]
Video = Annotated[str | None, typer.Option("--video-url", help="Where a video shows it: https://...")]


def _found(reader: Reader, text: str, wanted: queries.Filters) -> list[queries.ExerciseRow]:
    """Those of the wanted ones that a search finds, the best first."""
    from ptrack.exercises.search import search, tag

    rows, muscles = queries.exercises(reader, wanted), queries.exercise_muscles(reader)
    by_number = {row.id: row for row in rows}
    names = [entry for entry in queries.exercise_names(reader) if entry.id in by_number]
    tags = {
        row.id: tag(row.category, row.equipment, muscles[row.id].primary if row.id in muscles else ())
        for row in rows
    }
    return [by_number[entry.id] for entry in search(text, names, tags)]


@group.command("search", cls=Listing)
def search_exercises(
    context: Context,
    text: Annotated[
        str | None, typer.Argument(metavar="TEXT", help="Words of a name, a muscle, an equipment.")
    ] = None,
    category: Category = None,
    muscle: MuscleOption = None,
    equipment: Equipment = None,
) -> None:
    """Find exercises by words, the best first."""
    app = app_of(context)
    wanted = queries.Filters(category, muscle, fold(equipment) if equipment else None)
    if text is None and wanted == queries.Filters():
        raise UsageError("Say what to look for: ptrack exercises search 'incline press'")
    with app.reading() as reader:
        rows = queries.exercises(reader, wanted) if text is None else _found(reader, text, wanted)
        if text and not rows:
            document = views.nothing_found_document(text, _nearest(reader, text))
        else:
            document = views.found_document(rows, queries.exercise_muscles(reader))
    app.show(document)


def _nearest(reader: Reader, text: str) -> list[Named]:
    from ptrack.exercises.search import candidates

    return candidates(text, queries.exercise_names(reader))


@group.command("list", cls=Listing)
def list_exercises(
    context: Context,
    category: Category = None,
    muscle: MuscleOption = None,
    equipment: Equipment = None,
    custom: Custom = False,
    used_by: UsedBy = None,
) -> None:
    """List exercises by name."""
    app = app_of(context)
    with app.reading() as reader:
        client = resolve(used_by, client_names(reader), "client").id if used_by is not None else None
        tool = fold(equipment) if equipment else None
        wanted = queries.Filters(category, muscle, tool, custom or None, client)
        rows, muscles = queries.exercises(reader, wanted), queries.exercise_muscles(reader)
    app.show(views.exercises_document(rows, muscles))


def _similar(reader: Reader, of: queries.ExerciseRow, wanted: queries.Filters) -> "list[Similar]":
    from ptrack.exercises.likeness import similar

    return similar(of, queries.exercises(reader, wanted), queries.exercise_muscles(reader))


def _show(app: App, number: int) -> None:
    with app.reading() as reader:
        row, details = queries.exercise(reader, number), queries.exercise_details(reader, number)
        instead = _similar(reader, row, queries.Filters())
        usage, house = queries.exercise_usage(reader, number), practice(reader)
    app.show(views.exercise_document(row, details, instead, usage, house))


def _number(reader: Reader, exercise: str) -> int:
    return find_exercise(exercise, queries.exercise_names(reader)).id


@group.command("show", cls=Change)
def show(context: Context, exercise: Exercise) -> None:
    """Show one exercise: what it trains, and who does it."""
    app = app_of(context)
    with app.reading() as reader:
        number = _number(reader, exercise)
    _show(app, number)


@group.command("similar", cls=Listing)
def similar_exercises(
    context: Context,
    exercise: Exercise,
    equipment: Equipment = None,
    limit: Annotated[int, typer.Option(help="How many.", min=1, max=999)] = 10,
) -> None:
    """Find what may stand in for an exercise, the likest first."""
    app = app_of(context)
    with app.reading() as reader:
        row = queries.exercise(reader, _number(reader, exercise))
        wanted = queries.Filters(equipment=fold(equipment) if equipment else None)
        found = _similar(reader, row, wanted)
    app.show(views.similar_document(row, found[:limit]))


@group.command("add", cls=Change)
def add(
    context: Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called.")],
    category: Annotated[ExerciseCategory, typer.Option(help="What it is for.")] = ExerciseCategory.OTHER,
    tracked: Annotated[Tracked, typer.Option(help="What is measured of it.")] = Tracked.WEIGHT_REPS,
    equipment: Tool = None,
    primary: Primary = None,
    secondary: Secondary = None,
    alias: Annotated[list[str] | None, typer.Option(help="Another name; may be given several times.")] = None,
    description: Description = None,
    video_url: Video = None,
) -> None:
    """Add an exercise of your own."""
    from ptrack.exercises.actions import NewExercise, add_exercise

    app = app_of(context)
    new = NewExercise(
        name, category, tracked, equipment, primary or (), secondary or (), alias or (), description,
        video_url=video_url,
    )  # fmt: skip
    with app.writing() as work:
        number = add_exercise(work, new)
    _show(app, number)


@group.command("edit", cls=Change)
def edit(
    context: Context,
    exercise: Exercise,
    name: Annotated[str | None, typer.Option(help="What it is called from now on.")] = None,
    category: Annotated[ExerciseCategory | None, typer.Option(help="What it is for.")] = None,
    tracked: Annotated[Tracked | None, typer.Option(help="What is measured of it.")] = None,
    equipment: Tool = None,
    primary: Primary = None,
    secondary: Secondary = None,
    description: Description = None,
    video_url: Video = None,
) -> None:
    """Correct an exercise; its old name goes on to mean it."""
    from ptrack.desk.library import edit_exercise
    from ptrack.exercises.actions import ExerciseChanges

    app = app_of(context)
    changes = ExerciseChanges(name, category, tracked, equipment, primary, secondary, description, video_url)
    if changes == ExerciseChanges():
        raise UsageError("Nothing is to be changed. Name it: ptrack exercises edit --help")
    with app.writing() as work:
        number = _number(work.reader, exercise)
        clients = edit_exercise(work, number, changes).clients
    if clients:
        app.notice(f"Records and metrics of {clients:,} client{'' if clients == 1 else 's'} decided anew.")
    _show(app, number)


@group.command("alias", cls=Change)
def alias(
    context: Context,
    exercise: Exercise,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called, too.")],
    remove: Annotated[bool, typer.Option("--remove", help="Take the name away.", show_default=False)] = False,
) -> None:
    """Give an exercise another name, or take one away."""
    from ptrack.exercises.actions import add_alias, remove_alias

    app = app_of(context)
    with app.writing() as work:
        number = _number(work.reader, exercise)
        (remove_alias if remove else add_alias)(work, number, name)
    _show(app, number)


@group.command("merge", cls=Change)
def merge(
    context: Context,
    exercise: Exercise,
    duplicate: Duplicate,
    force: Annotated[
        bool, typer.Option("--force", help="Even if they are measured differently.", show_default=False)
    ] = False,
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Make one exercise of two: the duplicate's history goes over."""
    from ptrack.desk import merge as desk
    from ptrack.exchange.bulk import bulk_writing
    from ptrack.exercises.merge_views import merge_question, merged_document

    app = app_of(context)
    with app.reading() as reader:
        kept, gone = _number(reader, exercise), _number(reader, duplicate)
        plan = desk.plan_merge(reader, kept, gone, force=force)
    if not dry_run:
        app.confirm(merge_question(plan), yes=yes)
        with bulk_writing(app.path, app.now, app.command) as bulk:
            plan = desk.plan_merge(bulk.reader, kept, gone, force=force)
            desk.merge(bulk, plan)
    app.show(merged_document(plan, is_dry=dry_run))
