"""Setting a program's loads anew, line by line; the plan is otherwise left as it is."""

from collections.abc import Mapping
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from ptrack.database.session import Writing
from ptrack.models.prescriptions import Prescription
from ptrack.notation.model import ExerciseLine
from ptrack.programs.prescriptions import columns_of
from ptrack.programs.queries import PLACED_LINES

_LOADS = ("weight_g", "percent")


class Lowered(NamedTuple):
    """A line of a day that was made lighter: as it stood, and as it stands now."""

    day: str
    week: int | None
    before: ExerciseLine[int]
    after: ExerciseLine[int]


def set_loads(work: Writing, day_id: int, lines: Mapping[int, ExerciseLine[int]], since: datetime) -> None:
    """Give lines of a day other loads, by their place in it from 0; logs count since then."""
    rows = work.reader.tuples(PLACED_LINES, day=day_id)
    for place, (position, own) in enumerate(groupby(rows, key=lambda row: row[0])):
        if place in lines:
            for (_, number), columns in zip(own, columns_of(lines[place], position), strict=True):
                row = work.get(Prescription, number)
                row.weight_g, row.percent = (columns[key] for key in _LOADS)
                row.load_since = since
    work.flush()
