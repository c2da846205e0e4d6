"""Taking a program file in: the plan it describes becomes a template of one's own, or a client's program."""

from dataclasses import replace
from itertools import count, islice

from ptrack.clients.queries import practice
from ptrack.database.session import Writing
from ptrack.desk.log import exercise_finder, with_created
from ptrack.desk.present import plan_today
from ptrack.naming import fold
from ptrack.notation.model import Day, Program
from ptrack.notation.programs import parse_program
from ptrack.programs import queries
from ptrack.programs.actions import Assignment, add_program, add_template
from ptrack.programs.queries import ProgramRow
from ptrack.programs.rules import description_of
from ptrack.vocabulary import ProgramKind


def understand(
    work: Writing, text: str, *, source: str = "-", name: str | None = None, create: bool = False
) -> Program[int | str]:
    """The program that a text describes; with `create` an exercise that is to be made is its name.

    Raises NotationError with every mistake, a name that is unknown or ambiguous among them.
    """
    finder = exercise_finder(work, create=create)
    return parse_program(text, unit=practice(work.reader).unit, source=source, name=name, resolve=finder)


def read_program(
    work: Writing, text: str, *, source: str = "-", name: str | None = None, create: bool = False
) -> Program[int]:
    """The program that a text describes, its exercises resolved to numbers.

    With `create` a name that nothing is called becomes an exercise of the practice's own. Raises as
    `understand` does.
    """
    plan = understand(work, text, source=source, name=name, create=create)
    lines = iter(with_created(work, [line for day in plan.days for line in day.lines]))
    days = tuple(Day(day.name, tuple(islice(lines, len(day.lines))), day.week) for day in plan.days)
    return Program(plan.name, plan.weeks, plan.days_per_week, days, plan.goal)


def new_template(
    work: Writing, text: str, *, source: str = "-", name: str | None = None, create: bool = False
) -> int:
    """Keep the program that a text describes as a template; its number. Raises as `understand` does."""
    plan = read_program(work, text, source=source, name=name, create=create)
    return add_template(work, plan, description=description_of(text))


def new_program(
    work: Writing,
    text: str,
    assignment: Assignment,
    *,
    source: str = "-",
    name: str | None = None,
    create: bool = False,
) -> int:
    """Keep the program that a text describes as a client's own, of no template; its number.

    Raises as `understand` does, and ConflictError where the client follows another one.
    """
    plan = read_program(work, text, source=source, name=name, create=create)
    return add_program(work, plan, assignment, description_of(text))


def copy_template(work: Writing, number: int, name: str | None = None) -> int:
    """Make a template of one's own from a template or a client's program; its number.

    A program is copied with its loads as they stand today. Unless the copy is given a name, it is called as
    what it was made from, with the client's name or a number where a template has that name.
    """
    reader = work.reader
    row = queries.program(reader, number)
    today = practice(reader).local(work.now).date()
    plan = replace(plan_today(reader, row, today), name=name or _free_name(work, row))
    is_template = row.kind is ProgramKind.TEMPLATE
    source = number if is_template else row.template_id
    return add_template(work, plan, description=row.description, template_id=source)


def _free_name(work: Writing, row: ProgramRow) -> str:
    taken = {fold(each.name) for each in queries.template_names(work.reader)}
    of_client = [f"{row.name}, {row.client}"] if row.client else []
    numbered = (f"{of_client[0] if of_client else row.name} {number}" for number in count(2))
    plain = next((name for name in (row.name, *of_client) if fold(name) not in taken), None)
    return plain or next(name for name in numbered if fold(name) not in taken)
