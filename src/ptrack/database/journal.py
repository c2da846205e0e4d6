"""The change journal in plain SQL, for those who write without the ORM; with it, the session keeps it.

Only the standard library is needed.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from ptrack.database.reading import Reader

Image = dict[str, Any]
"""A row's columns as JSON keeps them: instants and days as text."""

BACKGROUND = "made by the practice itself"
"""The final reason of what no person asked for: `undo` passes over such a change and is not stopped by it."""


class RowChange(NamedTuple):
    """One row before and after; None before it was added or after it was removed. `key` is its number."""

    table: str
    key: str
    before: Image | None
    after: Image | None


ADD_CHANGE = """
INSERT INTO change (command, created_at, undoes_id, import_batch_id, final_reason)
VALUES (:command, :now, :undoes, :batch, :final)"""
ADD_ROW = """
INSERT INTO change_row (change_id, table_name, row_key, before, after)
VALUES (:change, :table, :key, :before, :after)"""


def record_change(
    reader: Reader,
    command: str,
    now: datetime,
    rows: Iterable[RowChange] = (),
    *,
    undoes_id: int | None = None,
    batch: int | None = None,
    final_reason: str | None = None,
) -> int:
    """Write a change with its rows into the transaction that makes it; its number."""
    reader.tuples(ADD_CHANGE, command=command, now=now, undoes=undoes_id, batch=batch, final=final_reason)
    number: int = reader.value("SELECT max(id) FROM change")
    reader.connection.executemany(
        ADD_ROW,
        [
            {
                "change": number,
                "table": row.table,
                "key": row.key,
                "before": image_text(row.before),
                "after": image_text(row.after),
            }
            for row in rows
        ],
    )
    return number


def image_text(image: Image | None) -> str | None:
    """A row's columns as the journal keeps them."""
    return None if image is None else json.dumps(image, ensure_ascii=False)


def image_of(text: str | None) -> Image | None:
    """A row's columns as the journal has kept them."""
    if text is None:
        return None
    found: Image = json.loads(text)
    return found
