"""Editing a program as text: what is shown for it, what the text makes of it, and what follows from that."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple

from ptrack.clients.queries import practice
from ptrack.clients.rules import required_name
from ptrack.database.reading import Reader
from ptrack.database.session import Writing
from ptrack.desk.plan import read_program, understand
from ptrack.desk.present import plan_today
from ptrack.desk.remarks import idle_progress
from ptrack.errors import ConflictError, NotationError
from ptrack.models.plans import Program as ProgramTable
from ptrack.moments import local_day_bounds
from ptrack.notation.model import Program
from ptrack.notation.programs import parse_program
from ptrack.programs import queries
from ptrack.programs.actions import require_free_name, settle
from ptrack.programs.differences import Difference, differences, head_difference
from ptrack.programs.queries import ProgramRow
from ptrack.programs.revising import Revision, carried, revise
from ptrack.programs.rules import description_of, require_editable
from ptrack.programs.views import notation_text
from ptrack.vocabulary import ProgramKind, ProgramStatus, Unit

LAST_WORKOUT = """
SELECT max(performed_at) FROM workout WHERE program_id = :program AND performed_at < :before"""


class Opened(NamedTuple):
    """A program that somebody set about to edit: its `text`, and the plans to tell by what was changed.

    `shown` is what the text says, with the loads of that day; `written` is what the program keeps.
    """

    row: ProgramRow
    written: Program[int]
    shown: Program[int]
    text: str


class Revised(NamedTuple):
    """What an edit changed about a program, and what should be said of it."""

    differences: tuple[Difference, ...]
    notices: tuple[str, ...]


def open_program(reader: Reader, number: int, today: date) -> Opened:
    """A program ready to be edited; RuleError for a built-in template."""
    row, unit = queries.program(reader, number), practice(reader).unit
    require_editable(row.name, number, row.origin)
    (written,) = queries.plans(reader, [row])
    plan = plan_today(reader, row, today)
    text = notation_text(row, plan, unit)
    return Opened(row, written, _read_back(plan, text, unit), text)


def _read_back(plan: Program[int], text: str, unit: Unit) -> Program[int]:
    """A plan as its text says it: what the notation mends in a note is no change of whoever edits it."""
    exercises = {" ".join(line.name.split()): line.exercise for day in plan.days for line in day.lines}
    try:
        return parse_program(text, unit=unit, resolve=lambda name: exercises.get(name, 0))
    except NotationError:  # brought in from elsewhere, past the limits; whoever edits it is told
        return plan


def preview(
    work: Writing, opened: Opened, text: str, *, source: str = "-", create: bool = False
) -> list[Difference]:
    """What a text would change about a program. Raises NotationError with every mistake."""
    plan = understand(work, text, source=source, create=create)
    return _differences(opened, plan, text, practice(work.reader).unit)


def _differences(opened: Opened, plan: Program[Any], text: str, unit: Unit) -> list[Difference]:
    about = head_difference("about", opened.row.description, description_of(text))
    return [*about, *differences(opened.shown, plan, unit)]


def save(work: Writing, opened: Opened, text: str, *, source: str = "-", create: bool = False) -> Revised:
    """Make a program what a text says, and decide anew how far along it is.

    Raises NotationError with every mistake; ConflictError where the program was changed since it was opened,
    or a template has its name.
    """
    house, number = practice(work.reader), opened.row.id
    today = house.local(work.now).date()
    now = open_program(work.reader, number, today)
    _require_unchanged(now, opened)
    plan = read_program(work, text, source=source, create=create)
    changes = tuple(_differences(opened, plan, text, house.unit))
    if not changes:
        return Revised((), ())
    row = work.get(ProgramTable, number)
    plan = replace(carried(opened.shown, now.shown, plan), name=required_name(plan.name, row.kind.value))
    row.description = description_of(text)
    if row.kind is ProgramKind.PROGRAM:
        told = tuple(_revise_program(work, now, plan, today))
        return Revised(changes, (*told, *idle_progress(work.reader, number)))
    require_free_name(work, plan.name, but=number)
    revise(work, number, Revision(now.written, now.shown, plan), None)
    return Revised(changes, idle_progress(work.reader, number))


def _require_unchanged(now: Opened, opened: Opened) -> None:
    if (now.written, now.row.description) != (opened.written, opened.row.description):
        raise ConflictError(
            f"{opened.row.name} ({opened.row.id}) was changed by somebody else meanwhile; nothing was saved."
        )


def _revise_program(work: Writing, opened: Opened, plan: Program[int], today: date) -> Iterator[str]:
    """Write a client's program anew; what is to be said about it."""
    number = opened.row.id
    before = queries.program_standing(work.reader, number, today)
    since = _after_logs(work, number, today)
    bereft = revise(work, number, Revision(opened.written, opened.shown, plan), since)
    _stand_as_said(work, number, plan, since)
    for day, workouts in bereft.items():
        them = "1 workout of it stays" if workouts == 1 else f"{workouts} workouts of it stay"
        yield f"{day} is gone; {them} in the log, but no planned day counts them any more."
    left = queries.program_standing(work.reader, number, today)
    was_done = before.completed == before.planned > 0
    status = settle(work, number, removed=left.planned - left.completed if was_done else 0)
    if status is not opened.row.status:
        yield f"{plan.name} is {status} {'again' if status is ProgramStatus.ACTIVE else 'now'}."


def _after_logs(work: Writing, number: int, today: date) -> datetime:
    """From when on logs raise what is written now: those that were counted in what was shown do no more."""
    before = local_day_bounds(today, practice(work.reader).zone)[1]
    last = work.reader.value(LAST_WORKOUT, program=number, before=before)
    return max(work.now, datetime.fromisoformat(f"{last}+00:00")) if last else work.now


def _stand_as_said(work: Writing, number: int, plan: Program[int], since: datetime) -> None:
    """Write anew the lines that no longer stand as the text says.

    Lines that were written alike share what logs have earned. Where one of them was changed, or its day went,
    the others would lose its part; and when they are written anew, so would those that are left.
    """
    row = queries.program(work.reader, number)
    today = practice(work.reader).local(work.now).date()
    for _ in range(2):
        (written,) = queries.plans(work.reader, [row])
        revise(work, number, Revision(written, plan_today(work.reader, row, today), plan), since)
