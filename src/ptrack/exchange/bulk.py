"""Writing much at once: one transaction on a bare connection, rows in statements of fifty.

No row here goes into the change journal: an import is a batch, which the journal names, and is taken back as
one. The ORM is not loaded, for its import alone takes longer than a year of workouts.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from ptrack.database.journal import record_change
from ptrack.database.reading import Reader, begin_writing, connect, database_error
from ptrack.database.versions import require_current

ROWS_AT_ONCE = 50

_CACHE_KIB = 16_384


class Bulk:
    """An open write transaction. What is in it is kept unless `keep` is made False before it ends.

    `command` is what the change journal calls it.
    """

    def __init__(self, reader: Reader, now: datetime, command: str = "import") -> None:
        self.reader, self.now, self.command = reader, now, command
        self.connection = reader.connection
        self.keep = True

    def flush(self) -> None:
        """Nothing waits here: every statement was run when it was given."""

    def note_batch(self, number: int) -> None:
        """Let the journal name the batch, so that `undo` takes it back like any other change."""
        record_change(self.reader, self.command, self.now, batch=number)

    def next_number(self, table: str) -> int:
        """The number that the table's next row would have: one that was never given."""
        found = self.reader.value("SELECT seq FROM sqlite_sequence WHERE name = :name", name=table)
        return (found or 0) + 1


@contextmanager
def bulk_writing(path: Path, now: datetime, command: str = "import") -> Iterator[Bulk]:
    """One transaction on the file: kept when the block ends, unless it raises or said otherwise."""
    try:
        with closing(connect(path, "rw")) as connection:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            begin_writing(connection)
            try:
                require_current(connection, path)
                bulk = Bulk(Reader(connection), now, command)
                yield bulk
                connection.execute("COMMIT" if bulk.keep else "ROLLBACK")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
    except sqlite3.Error as error:
        raise database_error(error, path) from error


class Buffer:
    """Rows of one table that wait to be written together.

    `values` is a row as SQL, with a `?` for each value that differs from row to row. `waiting` holds the
    values of all rows that wait, one after the other; a long loop may add to it directly.
    """

    def __init__(self, connection: sqlite3.Connection, table: str, columns: str, values: str) -> None:
        self._connection, self._values = connection, values
        self._width = values.count("?")
        self._insert = f"INSERT INTO {table} ({columns}) VALUES "
        self._many = self._insert + ", ".join([values] * ROWS_AT_ONCE)
        self.waiting: list[Any] = []

    def add(self, row: Sequence[Any]) -> None:
        """Let one row wait."""
        self.waiting += row

    def write(self) -> None:
        """Write all that waits."""
        waiting, step = self.waiting, self._width * ROWS_AT_ONCE
        whole = len(waiting) - len(waiting) % step
        for start in range(0, whole, step):
            self._connection.execute(self._many, waiting[start : start + step])
        for start in range(whole, len(waiting), self._width):
            self._connection.execute(self._insert + self._values, waiting[start : start + self._width])
        waiting.clear()
