"""Taking the last changes back, and bringing back what was taken back, by the change journal.

Changes are taken back in order, the newest first, and brought back in the opposite order while nothing else
was changed. Taking a change back is itself a change, so that the journal tells all that ever was. Numbers are
never given again: what comes back has the number that it had.
"""

from datetime import datetime
from typing import NamedTuple, Protocol

from ptrack.database.journal import record_change
from ptrack.database.reading import Reader
from ptrack.desk.undoing.following import follow_up
from ptrack.desk.undoing.planning import plan_back, plan_forward
from ptrack.desk.undoing.queries import MOST_BACK, Past, Undoing, change, stack, standing, touched, undoings
from ptrack.desk.undoing.rules import Plan
from ptrack.desk.undoing.telling import tell_clients
from ptrack.desk.undoing.words import tell, touched_text
from ptrack.desk.undoing.writing import carry_out
from ptrack.errors import ConflictError, StateError

_SEE = "See what was done: ptrack undo --list"


class Mending(Protocol):
    """What is asked of the open write transaction in which a change is taken back."""

    command: str
    now: datetime

    @property
    def reader(self) -> Reader:
        """Asks questions of the transaction's connection."""

    def flush(self) -> None:
        """Write what waits, so that questions see it."""


class Listed(NamedTuple):
    """A change as `undo --list` shows it; `reason` says why it cannot be taken back."""

    past: Past
    what: str
    reason: str | None

    @property
    def can_undo(self) -> bool:
        """Whether it can be taken back, after those that are newer."""
        return self.reason is None


class Mended(NamedTuple):
    """A change that was taken or brought back, and what that did, clause by clause."""

    past: Past
    does: tuple[str, ...]


def list_changes(reader: Reader) -> list[Listed]:
    """The last changes, the newest first."""
    past = stack(reader)
    about = touched(reader, [one.id for one in past])
    listed: list[Listed] = []
    blocking: Past | None = None
    for one in past:
        what = f"import {one.batch} ({one.file})" if one.batch else touched_text(about[one.id])
        listed.append(Listed(one, what, _reason(one, blocking)))
        if one.final_reason and not one.is_undone:
            blocking = blocking or one
    return listed


def _reason(one: Past, blocking: Past | None) -> str | None:
    if one.is_undone:
        return "taken back already"
    if one.final_reason:
        return one.final_reason
    return f'"{blocking.command}" came after it, which cannot be taken back' if blocking else None


def to_take_back(reader: Reader, steps: int) -> list[Past]:
    """The last `steps` changes that stand, the newest first; StateError where one of them has to stay."""
    reach = MOST_BACK - len(undoings(reader))  # what can be brought back is behind us already
    found = standing(reader)[: min(steps, reach)]
    if not found:
        raise StateError(f"There is nothing to take back.\n{_SEE}")
    for one in found:
        if one.final_reason:
            raise StateError(
                f'"{one.command}" cannot be taken back, nor what came before it: {one.final_reason}.\n'
                "A backup from before holds what was: ptrack db restore FILE"
            )
    _require_as_many(len(found), steps, "taken")
    return found


def to_bring_back(reader: Reader, steps: int) -> list[Undoing]:
    """The last `steps` changes that were taken back, the latest first; StateError where there are none."""
    found = undoings(reader)[:steps]
    if not found:
        raise StateError(
            f"There is nothing to bring back: nothing was taken back since the last change.\n{_SEE}"
        )
    for one in found:
        if one.final_reason:
            command = change(reader, one.of).command
            raise StateError(f'"{command}" cannot be brought back: {one.final_reason}.')
    _require_as_many(len(found), steps, "brought")
    return found


def _require_as_many(found: int, wanted: int, how: str) -> None:
    if found < wanted:
        changes = "1 change" if found == 1 else f"{found} changes"
        raise StateError(f"Only {changes} can be {how} back.\n{_SEE}")


def require_same(found: list[int], expected: list[int] | None) -> None:
    """See that what is about to be done is what somebody agreed to; ConflictError otherwise."""
    if expected is not None and found != expected:
        raise ConflictError(f"Something else was changed or taken back meanwhile; nothing was done.\n{_SEE}")


def take_back(work: Mending, past: Past) -> Mended:
    """Take a change back; StateError where a row was changed since, or something new needs it."""
    return Mended(past, _carry_out(work, plan_back(work.reader, work.now, past), past.id))


def bring_back(work: Mending, undoing: Undoing) -> Mended:
    """Bring back what was taken back; StateError as `take_back` does."""
    plan = plan_forward(work.reader, work.now, undoing)
    return Mended(change(work.reader, undoing.of), _carry_out(work, plan, undoing.id))


def _carry_out(work: Mending, plan: Plan, undoes_id: int) -> tuple[str, ...]:
    """Make a plan a change of its own, with all that follows; what that does."""
    told = tell(work.reader, plan)
    rows = carry_out(work.reader, plan, work.now)
    record_change(work.reader, work.command, work.now, rows, undoes_id=undoes_id)
    follow_up(work, plan.steps)
    return (*told, *tell_clients(work, plan.steps))
