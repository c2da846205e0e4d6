"""Deloading: lighter loads for one exercise of a client's program, from now on."""

from ptrack.clients.queries import practice
from ptrack.database.reading import Reader
from ptrack.database.session import Writing
from ptrack.desk.present import DayLines
from ptrack.errors import RuleError, StateError
from ptrack.exercises.queries import exercise_names
from ptrack.naming import Named, resolve
from ptrack.programs import queries
from ptrack.programs.loads import Lowered, set_loads
from ptrack.programs.queries import ProgramRow
from ptrack.programs.rules import PlanDay
from ptrack.progress.planned import Line, current_lines
from ptrack.progress.rules.progression import deloaded, stands
from ptrack.vocabulary import ProgramStatus


def exercise_of(reader: Reader, number: int, text: str) -> Named:
    """The exercise of a program that a text names, by its name or an alias."""
    own = queries.exercises_of(reader, number)
    names = [each for each in exercise_names(reader) if each.id in own]
    name = queries.program(reader, number).name
    return resolve(text, names, f"exercise of {name}", f"exercises of {name}")


def deload(work: Writing, number: int, exercise: Named, percent: float) -> tuple[Lowered, ...]:
    """Lower the loads of an exercise in a program by so many percent.

    That is in the days that are for every week; where it stands in none of these, in those of the weeks
    ahead. Loads count from what they have come to by now, and reps that had gone up begin anew. Logs raise
    the new loads from now on. Raises StateError where the program isn't a client's active one, RuleError
    where there is no load to lower.
    """
    row = queries.program(work.reader, number)
    _require_active(row)
    house = practice(work.reader)
    today = house.local(work.now).date()
    lines = current_lines(work.reader, row, today)
    lowered: list[Lowered] = []
    for day in _days_of(work, number, exercise.id, lines):
        changed: dict[int, Line] = {}
        for place, each in enumerate(lines[day.id]):
            restarted = stands(each.written, each.gain._replace(reps=0), house.unit)
            lower = deloaded(restarted, house.unit, percent)
            if each.line.exercise == exercise.id and lower != restarted:
                changed[place] = lower
                lowered.append(Lowered(day.name, day.week, each.line, lower))
        set_loads(work, day.id, changed, work.now)
    if not lowered:
        raise RuleError(f"{exercise.name} has no load in {row.name} ({number}) that could be lower.")
    return tuple(lowered)


def _require_active(row: ProgramRow) -> None:
    if row.status is None:
        raise StateError(f"{row.name} ({row.id}) is a template; a deload is for a client's program.")
    if row.status is not ProgramStatus.ACTIVE:
        raise StateError(f"{row.name} ({row.id}) is {row.status}; its loads stay as they are.")


def _days_of(work: Writing, number: int, exercise: int, lines: DayLines) -> list[PlanDay]:
    """The days for every week that have an exercise, else those that have it in the week to come or later."""
    today = practice(work.reader).local(work.now).date()
    following = queries.program_standing(work.reader, number, today).next
    days = [
        day
        for day in queries.days(work.reader, [number])[number]
        if any(each.line.exercise == exercise for each in lines[day.id])
    ]
    first = following.week if following else 1
    return [day for day in days if day.week is None] or [day for day in days if (day.week or 0) >= first]
