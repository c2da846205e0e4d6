"""Import batches: listed, and taken back."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from ptrack.database.journal import record_change
from ptrack.database.reading import Reader
from ptrack.errors import NotFoundError, StateError
from ptrack.exchange.appointment_removal import remove_appointments
from ptrack.exchange.bulk import Bulk
from ptrack.exchange.program_removal import remove_programs
from ptrack.progress.actions import collect

APPOINTMENTS = "appointments"
"""The kind of an import of appointments."""

PROGRAMS = "programs"
"""The kind of an import of programs."""

EXERCISES = "exercises"
"""The kind of an import of exercises."""

ONLY_ANEW = "what was imported comes back by importing the file again"
"""Why nobody can take back that an import was taken back."""


@dataclass(frozen=True)
class BatchRow:
    """One import as listed; `created` is JSON as it is kept."""

    id: int
    kind: str
    format: str
    file: str
    row_count: int
    created: str
    created_at: datetime
    undone_at: datetime | None

    @cached_property
    def counts(self) -> dict[str, Any]:
        """How many of what the import made."""
        found: dict[str, Any] = json.loads(self.created)
        return found


@dataclass(frozen=True)
class Undone:
    """What taking an import back removed, and what it left: what was edited, exercises in use elsewhere.

    It `stays_open`, to be taken back another time, where nothing of it could be removed.
    """

    batch: BatchRow
    workouts: int
    sets: int
    exercises: int
    aliases: int
    edited: tuple[int, ...]
    exercises_in_use: tuple[str, ...]
    updated: int
    is_dry: bool
    appointments: int = 0
    appointments_left: tuple[int, ...] = ()
    exercises_edited: tuple[str, ...] = ()
    programs: int = 0
    programs_left: tuple[str, ...] = ()
    stays_open: bool = False


BATCHES = """
SELECT id, kind, format, file, row_count, created, created_at, undone_at FROM import_batch"""

EDITED = """
SELECT id FROM workout WHERE import_batch_id = :batch AND edited_at IS NOT NULL ORDER BY id"""

COUNTS = """
SELECT count(*), (
  SELECT count(*) FROM workout w JOIN workout_exercise e ON e.workout_id = w.id
  JOIN workout_set s ON s.workout_exercise_id = e.id
  WHERE w.import_batch_id = :batch AND w.edited_at IS NULL)
FROM workout WHERE import_batch_id = :batch AND edited_at IS NULL"""

TOUCHED = """
SELECT client_id, min(performed_at) FROM workout
WHERE import_batch_id = :batch AND edited_at IS NULL GROUP BY client_id"""

REMOVE_WORKOUTS = "DELETE FROM workout WHERE import_batch_id = :batch AND edited_at IS NULL"

IN_USE = """
SELECT x.name FROM exercise x
WHERE x.import_batch_id = :batch AND x.edited_at IS NULL
  AND (EXISTS (SELECT 1 FROM workout_exercise e WHERE e.exercise_id = x.id)
       OR EXISTS (SELECT 1 FROM prescription p WHERE p.exercise_id = x.id))
ORDER BY x.id"""

REMOVE_EXERCISES = """
DELETE FROM exercise
WHERE import_batch_id = :batch AND edited_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM workout_exercise e WHERE e.exercise_id = exercise.id)
  AND NOT EXISTS (SELECT 1 FROM prescription p WHERE p.exercise_id = exercise.id)"""

EXERCISES_EDITED = """
SELECT name FROM exercise WHERE import_batch_id = :batch AND edited_at IS NOT NULL ORDER BY id"""

REMOVE_ALIAS = "DELETE FROM exercise_alias WHERE alias_key = ?"

IMPORTED = "SELECT min(id) FROM change WHERE import_batch_id = :batch AND undoes_id IS NULL"

MARK = "UPDATE import_batch SET undone_at = :now WHERE id = :batch"


def batches(reader: Reader) -> list[BatchRow]:
    """Every import, the newest first."""
    return reader.rows(BatchRow, f"{BATCHES} ORDER BY id DESC")


def batch(reader: Reader, number: int) -> BatchRow:
    """One import; NotFoundError where there is none of that number."""
    found = reader.row(BatchRow, f"{BATCHES} WHERE id = :batch", batch=number)
    if found is None:
        raise NotFoundError(f"There is no import {number}. See them: ptrack import list")
    return found


def undo_import(bulk: Bulk, number: int, *, is_dry: bool = False, is_step: bool = False) -> Undone:
    """Take an import back: its workouts, appointments and programs, then what only it brought to the library.

    What was edited since stays, and so does what it updated: what that was before is not kept. Unless it is
    a step of `undo`, which goes on to what came before, this is a change of its own that stays, and an import
    of which nothing can be removed stays open. Raises NotFoundError, and StateError where it was taken back
    already.
    """
    row = batch(bulk.reader, number)
    if row.undone_at is not None:
        raise StateError(f"Import {number} was taken back already.")
    (workouts, sets), *_ = bulk.reader.tuples(COUNTS, {"batch": number})
    edited = tuple(bulk.reader.values(EDITED, batch=number))
    touched = bulk.reader.tuples(TOUCHED, {"batch": number})
    bulk.connection.execute(REMOVE_WORKOUTS, {"batch": number})
    removed = remove_appointments(bulk, number)
    programs = remove_programs(bulk, number)
    in_use = tuple(bulk.reader.values(IN_USE, batch=number))
    exercises = bulk.connection.execute(REMOVE_EXERCISES, {"batch": number}).rowcount
    edited_exercises = tuple(bulk.reader.values(EXERCISES_EDITED, batch=number))
    aliases = _remove_aliases(bulk, row.counts.get("alias_keys", ()))
    left = (*edited, *removed[1], *programs.left, *in_use, *edited_exercises)
    gone = workouts + removed[0] + programs.removed + exercises + aliases
    stays_open = bool(left) and not gone and not is_step
    if not stays_open:
        bulk.reader.tuples(MARK, {"now": bulk.now, "batch": number})
        _record(bulk, number, is_step=is_step)
    bulk.keep = not (is_dry or stays_open)
    if bulk.keep:
        _collect(bulk, touched)
    updated = row.counts.get("updated", 0)
    return Undone(
        row,
        workouts,
        sets,
        exercises,
        aliases,
        edited,
        in_use,
        updated,
        is_dry,
        *removed,
        edited_exercises,
        *programs,
        stays_open,
    )


def _record(bulk: Bulk, number: int, *, is_step: bool) -> None:
    """Say in the journal that the import was taken back, which is itself never taken back."""
    imported = bulk.reader.value(IMPORTED, batch=number)
    # A change of its own first: what was taken back since the newest change is what `redo` speaks of.
    for undoes in (imported,) if is_step else (None, imported):
        record_change(
            bulk.reader, bulk.command, bulk.now, undoes_id=undoes, batch=number, final_reason=ONLY_ANEW
        )


def _remove_aliases(bulk: Bulk, keys: Sequence[str]) -> int:
    return sum(bulk.connection.execute(REMOVE_ALIAS, (key,)).rowcount for key in keys)


def _collect(bulk: Bulk, touched: Sequence[tuple[int, str]]) -> None:
    """Decide anew what followed from the workouts that are gone."""
    for client_id, since in touched:
        moment = datetime.fromisoformat(since).replace(tzinfo=UTC)
        collect(bulk, client_id, moment)
