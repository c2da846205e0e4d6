"""What must be known of tables to write into any of them by the journal: columns, keys, who points where."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from ptrack.database.journal import Image
from ptrack.database.reading import Reader

COLUMNS = "SELECT name, pk FROM pragma_table_info(:name) ORDER BY cid"
POINTERS = """
SELECT m.name AS child, f."from" AS column_name, f."table" AS parent, f.on_delete
FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f
WHERE m.type = 'table' AND m.name NOT IN ('change', 'change_row')"""


class Pointer(NamedTuple):
    """A column that points to another table's number, and what the database does when that row goes."""

    child: str
    column_name: str
    parent: str
    on_delete: str


class Tables:
    """The tables of an open database; what is asked once is remembered."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._columns: dict[str, list[tuple[str, int]]] = {}

    def columns(self, table: str) -> list[str]:
        """A table's columns."""
        return [name for name, _ in self._described(table)]

    def key(self, table: str) -> list[str]:
        """The columns of its primary key, in their order."""
        keys = sorted((place, name) for name, place in self._described(table) if place)
        return [name for _, name in keys]

    def _described(self, table: str) -> list[tuple[str, int]]:
        if table not in self._columns:
            self._columns[table] = self._reader.tuples(COLUMNS, name=table)
        return self._columns[table]

    @cached_property
    def _pointers(self) -> list[Pointer]:
        return self._reader.rows(Pointer, POINTERS)

    def pointers_to(self, table: str) -> list[Pointer]:
        """What points to a table."""
        return [pointer for pointer in self._pointers if pointer.parent == table]

    def pointers_from(self, table: str) -> list[Pointer]:
        """Where a table points to."""
        return [pointer for pointer in self._pointers if pointer.child == table]

    def find(self, table: str, image: Image) -> Image | None:
        """The row that has the key of that image, as it is now."""
        where = {name: image[name] for name in self.key(table)}
        return next(self.having(table, where), None)

    def having(self, table: str, values: dict[str, Any]) -> Iterator[Image]:
        """The rows of a table with those values."""
        conditions = " AND ".join(f'"{name}" = ?' for name in values)
        cursor = self._reader.connection.execute(
            f'SELECT * FROM "{table}" WHERE {conditions}', list(values.values())
        )
        names = [column[0] for column in cursor.description]
        for row in cursor.fetchall():
            yield dict(zip(names, row, strict=True))

    def remove(self, table: str, image: Image) -> None:
        """Remove a row; one that the database has removed already may be gone."""
        key = self.key(table)
        conditions = " AND ".join(f'"{name}" = ?' for name in key)
        self._reader.connection.execute(
            f'DELETE FROM "{table}" WHERE {conditions}', [image[name] for name in key]
        )

    def change(self, table: str, image: Image, values: Image) -> None:
        """Give a row other values."""
        key = self.key(table)
        assigned = ", ".join(f'"{name}" = ?' for name in values)
        conditions = " AND ".join(f'"{name}" = ?' for name in key)
        self._reader.connection.execute(
            f'UPDATE "{table}" SET {assigned} WHERE {conditions}',
            [*values.values(), *(image[name] for name in key)],
        )

    def add(self, table: str, image: Image) -> None:
        """Put a row in, under the number that it has."""
        names = ", ".join(f'"{name}"' for name in image)
        marks = ", ".join("?" for _ in image)
        self._reader.connection.execute(
            f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(image.values())
        )
