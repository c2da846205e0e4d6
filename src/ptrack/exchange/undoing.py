"""Taking back and bringing back whatever was done: a command by the journal, an import by its batch."""

from ptrack.desk import undo as desk
from ptrack.desk.undoing.words import counted
from ptrack.exchange.batches import APPOINTMENTS, EXERCISES, PROGRAMS, Undone, undo_import
from ptrack.exchange.bulk import Bulk


def undo(
    bulk: Bulk, steps: int, *, is_dry: bool = False, expected: list[int] | None = None
) -> list[desk.Mended]:
    """Take back the last `steps` changes, all or none, the newest first.

    `expected` are the numbers of the changes that somebody agreed to. Raises StateError and ConflictError.
    """
    past = desk.to_take_back(bulk.reader, steps)
    desk.require_same([one.id for one in past], expected)
    mended = [
        desk.Mended(one, _import_told(undo_import(bulk, one.batch, is_step=True)))
        if one.batch is not None
        else desk.take_back(bulk, one)
        for one in past
    ]
    bulk.keep = not is_dry
    return mended


def redo(
    bulk: Bulk, steps: int, *, is_dry: bool = False, expected: list[int] | None = None
) -> list[desk.Mended]:
    """Bring back the last `steps` changes that were taken back, all or none, as `undo` does."""
    found = desk.to_bring_back(bulk.reader, steps)
    desk.require_same([one.of for one in found], expected)
    mended = [desk.bring_back(bulk, one) for one in found]
    bulk.keep = not is_dry
    return mended


def _import_told(undone: Undone) -> tuple[str, ...]:
    batch = undone.batch
    noun, removed = {
        APPOINTMENTS: ("appointment", undone.appointments),
        EXERCISES: ("exercise", undone.exercises),
        PROGRAMS: ("program", undone.programs),
    }.get(batch.kind, ("workout", undone.workouts))
    gone = counted(removed, noun)
    if noun == "workout":
        gone += f", {counted(undone.sets, 'workout_set')}"
    left = len(undone.appointments_left or undone.programs_left or undone.edited)
    told = [f"import {batch.id} ({batch.file}) goes: {gone}"]
    if undone.exercises and batch.kind != EXERCISES:
        told.append(f"gone, for only it brought them: {counted(undone.exercises, 'exercise')}")
    if left:
        told.append(f"left, for it was edited since: {counted(left, noun)}")
    if undone.exercises_edited:
        told.append(f"left, for it was corrected since: {counted(len(undone.exercises_edited), 'exercise')}")
    if undone.updated:
        told.append(f"left as it updated them: {counted(undone.updated, noun)} from before")
    return tuple(told)
