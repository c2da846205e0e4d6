"""Making one exercise of two: the history, the plans and the names of one go over to the other."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

from ptrack.database.journal import Image, RowChange, record_change
from ptrack.database.reading import Reader
from ptrack.desk.library import DONE_SINCE
from ptrack.desk.undo import Mending
from ptrack.desk.undoing.tables import Tables
from ptrack.errors import RuleError, UsageError
from ptrack.exercises.queries import Merge, exercise, exercise_details
from ptrack.naming import fold
from ptrack.progress.actions import collect

WORKOUTS_WITH = """
SELECT count(DISTINCT e.workout_id), count(DISTINCT w.client_id)
FROM workout_exercise e JOIN workout w ON w.id = e.workout_id WHERE e.exercise_id = :exercise"""

PLANS_WITH = """
SELECT count(DISTINCT d.program_id) FROM prescription r JOIN program_day d ON d.id = r.day_id
WHERE r.exercise_id = :exercise"""

POINTING = ("workout_exercise", "prescription", "exercise_alias")
"""The tables of which rows that point to an exercise go over to the other one."""

MOVE = "UPDATE {table} SET exercise_id = :kept WHERE exercise_id = :gone"
ADD_OWN_NAME = """
INSERT INTO exercise_alias (alias_key, alias, exercise_id) VALUES (:key, :name, :exercise)"""
REMOVE_EXERCISE = "DELETE FROM exercise WHERE id = :exercise"


def plan_merge(reader: Reader, kept: int, gone: int, *, force: bool = False) -> Merge:
    """What it would do to let `gone` go over to `kept`.

    Raises UsageError where they are one, RuleError where they are not measured alike, unless by force.
    """
    if kept == gone:
        raise UsageError("These are one exercise already. Name the one to keep, then the one that goes.")
    one, other = exercise(reader, kept), exercise(reader, gone)
    if one.tracked != other.tracked and not force:
        raise RuleError(
            f"{other.name} is measured by {_words(other.tracked)}, {one.name} by {_words(one.tracked)}: "
            "sets of both make no sensible records.\n"
            f"Mend that first: ptrack exercises edit {gone} --tracked {one.tracked}; or merge with --force"
        )
    workouts, clients = reader.tuples(WORKOUTS_WITH, exercise=gone)[0]
    programs = reader.value(PLANS_WITH, exercise=gone)
    names = (other.name, *exercise_details(reader, gone).aliases)
    return Merge(one, other, names, workouts, clients, programs)


def _words(tracked: str) -> str:
    return tracked.replace("_", " ")


def merge(work: Mending, plan: Merge) -> None:
    """Carry out a merge, and decide anew the records and metrics of those who have done what goes.

    It is written past the ORM, for a history may be long; the journal has every row.
    """
    reader, ends = work.reader, {"kept": plan.kept.id, "gone": plan.gone.id}
    since = reader.tuples(DONE_SINCE, exercise=plan.gone.id)
    record_change(reader, work.command, work.now, list(_changes(Tables(reader), plan)))
    for table in POINTING:
        reader.connection.execute(MOVE.format(table=table), ends)
    own_name = {"key": fold(plan.gone.name), "name": plan.gone.name, "exercise": plan.kept.id}
    reader.connection.execute(REMOVE_EXERCISE, {"exercise": plan.gone.id})
    reader.connection.execute(ADD_OWN_NAME, own_name)
    for client_id, first in since:
        collect(work, client_id, datetime.fromisoformat(first).replace(tzinfo=UTC))


def _changes(tables: Tables, plan: Merge) -> Iterator[RowChange]:
    """Every row as it is before and after."""
    for table in POINTING:
        for row in tables.having(table, {"exercise_id": plan.gone.id}):
            yield _change(tables, table, row, {**row, "exercise_id": plan.kept.id})
    for row in tables.having("exercise_muscle", {"exercise_id": plan.gone.id}):
        yield _change(tables, "exercise_muscle", row, None)
    for row in tables.having("exercise", {"id": plan.gone.id}):
        yield _change(tables, "exercise", row, None)
    own_name = {
        "alias_key": fold(plan.gone.name), "alias": plan.gone.name, "exercise_id": plan.kept.id,
    }  # fmt: skip
    yield _change(tables, "exercise_alias", None, own_name)


def _change(tables: Tables, table: str, before: Image | None, after: Image | None) -> RowChange:
    image = after or before
    assert image is not None  # noqa: S101  one of them is a row
    return RowChange(table, json.dumps([image[name] for name in tables.key(table)]), before, after)
