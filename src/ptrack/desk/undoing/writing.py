"""A plan put into the database, and into the journal like any other change."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime

from ptrack.database.journal import Image, RowChange
from ptrack.database.reading import Reader
from ptrack.desk.undoing.rules import LEDGER, Entry, Plan, Step
from ptrack.desk.undoing.tables import Tables
from ptrack.errors import StateError

ENTER = """
INSERT INTO credit_entry (package_id, delta, reason, session_id, note, created_at)
VALUES (:package_id, :delta, :reason, :session_id, :note, :now)"""


def carry_out(reader: Reader, plan: Plan, now: datetime) -> list[RowChange]:
    """Write what a plan says; the rows as the journal keeps them.

    StateError where a rule of the database forbids it.
    """
    try:
        return _written(reader, plan, now)
    except sqlite3.IntegrityError as error:
        raise StateError(f"It cannot be done any more: the database refuses it ({error}).") from error


def _written(reader: Reader, plan: Plan, now: datetime) -> list[RowChange]:
    """Rows are removed before others take their place; keys are looked at when the transaction ends."""
    tables = Tables(reader)
    reader.connection.execute("PRAGMA defer_foreign_keys = ON")
    entered = [_enter(reader, tables, entry, now) for entry in plan.entries]
    changed = [step for step in plan.steps if step.have is not None and step.want is not None]
    for step in changed:
        _point_elsewhere(tables, step)
    for step in reversed(plan.steps):
        if step.have is not None and step.want is None:
            tables.remove(step.table, step.have)
    _step_aside(tables, [step for step in changed if step.differs(("position",))])
    for step in changed:
        assert step.have is not None and step.want is not None  # noqa: S101, PT018  as chosen
        tables.change(step.table, step.have, step.want)
    for step in plan.steps:
        if step.have is None and step.want is not None:
            tables.add(step.table, step.want)
    return [*(_row_change(tables, step) for step in plan.steps), *entered]


def _enter(reader: Reader, tables: Tables, entry: Entry, now: datetime) -> RowChange:
    reader.tuples(ENTER, entry._asdict(), now=now)
    number = reader.value("SELECT max(id) FROM credit_entry")
    return RowChange(LEDGER, json.dumps([number]), None, tables.find(LEDGER, {"id": number}))


def _point_elsewhere(tables: Tables, step: Step) -> None:
    """Let a row point where it is to point, before what it points to goes and would take it along."""
    assert step.have is not None and step.want is not None  # noqa: S101, PT018  a change
    kept = set(tables.key(step.table))
    values = {
        pointer.column_name: step.want[pointer.column_name]
        for pointer in tables.pointers_from(step.table)
        if pointer.on_delete != "NO ACTION"
        and pointer.column_name not in kept
        and step.want[pointer.column_name] != step.have[pointer.column_name]
    }
    if values:
        tables.change(step.table, step.have, values)


def _step_aside(tables: Tables, steps: Sequence[Step]) -> None:
    """Let rows that change places leave theirs first, for two may not be in one, not for a moment."""
    for place, step in enumerate(steps, 1):
        assert step.have is not None  # noqa: S101  a change
        tables.change(step.table, step.have, {"position": -place})


def _row_change(tables: Tables, step: Step) -> RowChange:
    """What was done to a row, as it now stands."""
    after: Image | None = tables.find(step.table, step.want) if step.want is not None else None
    key = json.dumps([step.image[name] for name in tables.key(step.table)])
    return RowChange(step.table, key, step.have, after)
