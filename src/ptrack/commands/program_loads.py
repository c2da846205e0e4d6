"""Planned loads set anew: `ptrack programs deload`."""

from typing import Annotated

import typer

from ptrack.app import App
from ptrack.clients.queries import practice
from ptrack.commands.edge import Context, app_of, completing
from ptrack.naming import beginning_with
from ptrack.programs import queries
from ptrack.programs.rules import require_followed, require_programs
from ptrack.vocabulary import ProgramStatus


def _completed_active(app: App, incomplete: str) -> list[str]:
    with app.reading() as reader:
        return beginning_with(incomplete, queries.program_names(reader, ProgramStatus.ACTIVE))


def show_actual(app: App, number: int, week: int | None) -> None:
    """A client's program, planned and done, week by week; one week with every exercise."""
    from ptrack.progress.planned_actual import program_compared
    from ptrack.progress.planned_actual_views import program_actual_document

    with app.reading() as reader:
        house, row = practice(reader), queries.program(reader, number)
        require_followed(row.name, number, row.status, row.weeks, week)
        (each,) = queries.followed(reader, [row], house.local(app.now).date())
        days = program_compared(reader, each, app.now, house, week)
    app.show(program_actual_document(each, days, house, week))


def deload(
    context: Context,
    program: Annotated[
        str,
        typer.Argument(
            metavar="PROGRAM",
            help="Number or name of a program, or its client's.",
            autocompletion=completing(_completed_active),
        ),
    ],
    exercise: Annotated[str, typer.Argument(metavar="EXERCISE", help="An exercise that it has.")],
    percent: Annotated[int, typer.Option(metavar="PERCENT", min=1, max=90, help="How much lighter.")] = 10,
) -> None:
    """Make an exercise lighter in a client's program."""
    from ptrack.desk.loads import deload as lower
    from ptrack.desk.loads import exercise_of
    from ptrack.progress.planned_views import deload_document

    app = app_of(context)
    with app.writing() as work:
        house = practice(work.reader)
        require_programs(is_on=house.programs)
        number = queries.client_program(work.reader, program).id
        named = exercise_of(work.reader, number, exercise)
        lowered = lower(work, number, named, percent)
        row = queries.program(work.reader, number)
    app.show(deload_document(row, named, percent, lowered, house.unit))
