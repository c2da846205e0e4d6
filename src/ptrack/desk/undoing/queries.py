"""What the journal holds and what of it can be taken back, as frozen rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from ptrack.database.journal import BACKGROUND, RowChange, image_of
from ptrack.database.reading import Reader, named_list

MOST_BACK = 20
"""So many changes back `undo` reaches."""


class Past(NamedTuple):
    """A change that somebody made; `batch` is the import that it was, if it was one.

    `rows` counts what it wrote. `final_reason` says why it can never be taken back, if so.
    """

    id: int
    command: str
    created_at: datetime
    batch: int | None
    file: str | None
    final_reason: str | None
    rows: int
    is_undone: bool


class Undoing(NamedTuple):
    """A change that took another one (`of`) back, and was not itself taken back since."""

    id: int
    of: int
    final_reason: str | None


class Touched(NamedTuple):
    """How many rows of a table a change wrote; `key` is one of them."""

    change_id: int
    table_name: str
    rows: int
    key: str


IS_UNDONE = """
       EXISTS (SELECT 1 FROM change u
               WHERE u.id > c.id AND u.undoes_id = c.id
                 AND NOT EXISTS (SELECT 1 FROM change a WHERE a.id > u.id AND a.undoes_id = u.id))"""

PAST = f"""
SELECT c.id, c.command, c.created_at, c.import_batch_id AS batch, b.file, c.final_reason,
       (SELECT count(*) FROM change_row r WHERE r.change_id = c.id) AS rows, {IS_UNDONE} AS is_undone
FROM change c LEFT JOIN import_batch b ON b.id = c.import_batch_id"""

STACK = f"""{PAST}
WHERE c.undoes_id IS NULL AND (c.final_reason IS NULL OR c.final_reason <> :background)"""
STACK_END = " ORDER BY c.id DESC LIMIT :most"

ONE = f"{PAST} WHERE c.id = :change"

UNDOINGS = """
SELECT u.id, u.undoes_id AS of, u.final_reason
FROM change u JOIN change c ON c.id = u.undoes_id
WHERE u.id > :newest AND c.undoes_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM change a WHERE a.id > u.id AND a.undoes_id = u.id)
ORDER BY u.id DESC LIMIT :most"""

ROWS = """
SELECT table_name, row_key, before, after FROM change_row WHERE change_id = :change ORDER BY id"""

TOUCHED = """
SELECT change_id, table_name, count(DISTINCT row_key) AS rows, min(row_key) AS key
FROM change_row WHERE change_id IN ({ids}) GROUP BY change_id, table_name"""

CHANGED_SINCE = """
SELECT c.command, c.created_at
FROM change_row r JOIN change c ON c.id = r.change_id
WHERE r.change_id > :change AND r.table_name = :table AND r.row_key = :key AND c.undoes_id IS NULL
ORDER BY r.id DESC LIMIT 1"""


def stack(reader: Reader) -> list[Past]:
    """The last changes, the newest first, those taken back among them."""
    return reader.rows(Past, STACK + STACK_END, background=BACKGROUND, most=MOST_BACK)


def standing(reader: Reader) -> list[Past]:
    """The last changes that were not taken back, the newest first."""
    sql = f"{STACK} AND NOT {IS_UNDONE}{STACK_END}"
    return reader.rows(Past, sql, background=BACKGROUND, most=MOST_BACK)


def change(reader: Reader, number: int) -> Past:
    """One change."""
    found = reader.row(Past, ONE, change=number)
    assert found is not None  # noqa: S101  numbers come from the journal
    return found


def undoings(reader: Reader) -> list[Undoing]:
    """What was taken back since the newest change, the latest first: what can be brought back, in order."""
    past = stack(reader)
    newest = past[0].id if past else 0
    return reader.rows(Undoing, UNDOINGS, newest=newest, most=MOST_BACK)


def rows_of(reader: Reader, number: int) -> list[RowChange]:
    """What a change did, row by row, in order."""
    return [
        RowChange(table, key, image_of(before), image_of(after))
        for table, key, before, after in reader.tuples(ROWS, change=number)
    ]


def touched(reader: Reader, changes: Sequence[int]) -> dict[int, list[Touched]]:
    """The tables that changes wrote to, by change."""
    found: dict[int, list[Touched]] = {number: [] for number in changes}
    if changes:
        ids, values = named_list("id", changes)
        for row in reader.rows(Touched, TOUCHED.format(ids=ids), **values):
            found[row.change_id].append(row)
    return found


def changed_since(reader: Reader, number: int, table: str, key: str) -> tuple[str, datetime] | None:
    """The command that last changed a row after that change, and when; None where the journal has none."""
    found = reader.tuples(CHANGED_SINCE, change=number, table=table, key=key)
    if not found:
        return None
    command, moment = found[0]
    return command, datetime.fromisoformat(f"{moment}+00:00")
