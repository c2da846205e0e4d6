"""Setting a program's loads anew, line by line; the plan is otherwise left as it is."""

from collections.abc import Mapping
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from ptrack.database.reading import Reader
from ptrack.database.session import Writing
from ptrack.models.prescriptions import Prescription
from ptrack.naming import Named
from ptrack.notation.model import ExerciseLine
from ptrack.programs.prescriptions import columns_of

LINE_ROWS = "SELECT position, id FROM prescription WHERE day_id = :day ORDER BY position, part"
EXERCISES_OF = """
SELECT DISTINCT x.id, x.name
FROM program_day d
JOIN prescription g ON g.day_id = d.id
JOIN exercise x ON x.id = g.exercise_id
WHERE d.program_id = :program
ORDER BY x.name"""
_LOADS = ("weight_g", "percent")


class Lowered(NamedTuple):
    """A line of a day that was made lighter: as it stood, and as it stands now."""

    day: str
    week: int | None
    before: ExerciseLine[int]
    after: ExerciseLine[int]


def exercises_of(reader: Reader, program: int) -> list[Named]:
    """The exercises that a program prescribes anywhere."""
    return [Named(number, name) for number, name in reader.tuples(EXERCISES_OF, program=program)]


def set_loads(work: Writing, day_id: int, lines: Mapping[int, ExerciseLine[int]], since: datetime) -> None:
    """Give lines of a day other loads, by their place in it from 0; logs count since then."""
    rows = work.reader.tuples(LINE_ROWS, day=day_id)
    for place, (position, own) in enumerate(groupby(rows, key=lambda row: row[0])):
        if place in lines:
            for (_, number), columns in zip(own, columns_of(lines[place], position), strict=True):
                row = work.get(Prescription, number)
                row.weight_g, row.percent = (columns[key] for key in _LOADS)
                row.load_since = since
    work.flush()
