"""Taking a program file in: the plan it describes becomes a template of one's own."""

from itertools import islice

from ptrack.clients.queries import practice
from ptrack.database.session import Writing
from ptrack.desk.log import exercise_finder, with_created
from ptrack.notation.model import Day, Program
from ptrack.notation.programs import parse_program
from ptrack.programs.actions import add_template
from ptrack.programs.rules import description_of


def read_program(
    work: Writing, text: str, *, source: str = "-", name: str | None = None, create: bool = False
) -> Program[int]:
    """The program that a text describes, its exercises resolved to numbers.

    With `create` a name that nothing is called becomes an exercise of the practice's own. Raises
    NotationError with every mistake, a name that is unknown or ambiguous among them.
    """
    finder = exercise_finder(work, create=create)
    plan = parse_program(text, unit=practice(work.reader).unit, source=source, name=name, resolve=finder)
    lines = iter(with_created(work, [line for day in plan.days for line in day.lines]))
    days = tuple(Day(day.name, tuple(islice(lines, len(day.lines))), day.week) for day in plan.days)
    return Program(plan.name, plan.weeks, plan.days_per_week, days, plan.goal)


def new_template(
    work: Writing, text: str, *, source: str = "-", name: str | None = None, create: bool = False
) -> int:
    """Keep the program that a text describes as a template; its number. Raises as `read_program` does."""
    plan = read_program(work, text, source=source, name=name, create=create)
    return add_template(work, plan, description=description_of(text))
