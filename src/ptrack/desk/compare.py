"""A program beside what it came from, beside another one, or beside itself as it was."""

from datetime import date
from typing import NamedTuple

from ptrack.clients.queries import practice
from ptrack.database.reading import Reader
from ptrack.desk.past import change_at, made_by, plan_before
from ptrack.desk.present import plan_today
from ptrack.errors import StateError
from ptrack.notation.model import Program
from ptrack.programs import queries
from ptrack.programs.differences import Cause, Difference, differences
from ptrack.programs.queries import ProgramRow


class Compared(NamedTuple):
    """A program, what it was compared with in words, and what is different."""

    row: ProgramRow
    against: str
    differences: tuple[Difference, ...]


class _Base(NamedTuple):
    """What a program is compared with."""

    words: str
    plan: Program[int]


def compare(
    reader: Reader, number: int, today: date, other: int | None = None, since: str | None = None
) -> Compared:
    """A program beside another one, or as it was before a day or a change; else beside what it came from.

    What was edited comes first, then what logs have raised. Raises NotFoundError and StateError where there
    is nothing to compare with.
    """
    row, unit = queries.program(reader, number), practice(reader).unit
    base = _base(reader, row, today, other, since)
    (written,) = queries.plans(reader, [row])
    edits = differences(base.plan, written, unit)
    raised = differences(written, plan_today(reader, row, today), unit)
    return Compared(row, base.words, (*edits, *(each._replace(cause=Cause.PROGRESSION) for each in raised)))


def _base(reader: Reader, row: ProgramRow, today: date, other: int | None, since: str | None) -> _Base:
    if since is not None:
        change = change_at(reader, since, today)
        return _Base(f"as it was before {_since_text(since)}", plan_before(reader, row.id, change))
    if other is not None or row.template_id is not None:
        chosen = queries.program(reader, other or row.template_id or 0)
        return _Base(f"against {chosen.name} ({chosen.id})", plan_today(reader, chosen, today))
    made = made_by(reader, row.id)
    if made is None:
        raise StateError(
            f"{row.name} ({row.id}) came from no template, and how it first was is not known.\n"
            f"Name what to compare it with: ptrack programs diff {row.id} TEMPLATE"
        )
    return _Base("as it was first written", plan_before(reader, row.id, made + 1))


def _since_text(since: str) -> str:
    return f"change {since.strip()}" if since.strip().isdigit() else since
