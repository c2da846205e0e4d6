"""Programs with the loads that logs have earned by today: what a client would lift, not what was written."""

from collections.abc import Mapping, Sequence
from datetime import date

from ptrack.database.reading import Reader
from ptrack.notation.model import Day, Program
from ptrack.programs import queries
from ptrack.programs.queries import ProgramRow
from ptrack.progress.planned import PlannedLine, current_lines

DayLines = Mapping[int, tuple[PlannedLine, ...]]


def plan_today(reader: Reader, row: ProgramRow, today: date, lines: DayLines | None = None) -> Program[int]:
    """What a program prescribes today; a template as it is written, percentages as percentages.

    `lines` are its lines as they stand, where they are known already.
    """
    lines = lines or current_lines(reader, row, today)
    days = queries.days(reader, [row.id])[row.id]
    return Program(
        name=row.name,
        weeks=row.weeks,
        days_per_week=row.days_per_week,
        days=tuple(Day(day.name, tuple(each.line for each in lines[day.id]), day.week) for day in days),
        goal=row.goal,
    )


def plans_today(reader: Reader, rows: Sequence[ProgramRow], today: date) -> list[Program[int]]:
    """What each of those programs prescribes today."""
    return [plan_today(reader, row, today) for row in rows]
