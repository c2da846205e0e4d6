"""From one schema's text to another's, with everything in the tables: what all revisions have in common.

A table whose text changed is made anew and filled from the old one, so that a file that was brought here says
word for word what a fresh one does. Whoever runs this has switched foreign keys off, or dropping a table
would empty those that point to it, and SQLite's newer renaming, which would bend their keys to the old name.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from alembic import op

from ptrack.database.migrations import snapshot

Fills = Mapping[str, Mapping[str, str]]
"""By table and column, the SQL of a value that is not simply the old column's; `old` is the old row."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table's text and the names of its columns, in their order."""

    sql: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attached:
    """An index or a trigger: what it is, the table it hangs on, its text."""

    kind: str
    table: str
    sql: str


@dataclass(frozen=True, slots=True)
class Schema:
    """What a schema's text makes, by name."""

    tables: dict[str, Table]
    attached: dict[str, Attached]


_MADE = """
SELECT type, name, tbl_name, sql FROM sqlite_master
WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid"""


def read_schema(text: str) -> Schema:
    """The tables, indexes and triggers that a text makes."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(text)
        made = connection.execute(_MADE).fetchall()
        tables = {
            name: Table(sql, tuple(row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')))
            for kind, name, _, sql in made
            if kind == "table"
        }
    attached = {name: Attached(kind, table, sql) for kind, name, table, sql in made if kind != "table"}
    return Schema(tables, attached)


def change_schema(before: str, after: str, fills: Fills) -> None:
    """Bring the open file from one revision's schema to another's."""
    old, new = read_schema(snapshot(before)), read_schema(snapshot(after))
    numbers = op.get_bind().exec_driver_sql("SELECT name, seq FROM sqlite_sequence").all()
    for statement in _statements(old, new, fills):
        op.get_bind().exec_driver_sql(statement)
    _put_back(numbers)


def _statements(old: Schema, new: Schema, fills: Fills) -> Iterator[str]:
    """What is to be run, in its order; triggers stand aside, for copying is no change of theirs to judge."""
    remade = {name for name, table in new.tables.items() if name in old.tables and table != old.tables[name]}
    gone = old.tables.keys() - new.tables.keys()
    stay = {
        name
        for name, one in old.attached.items()
        if one.kind == "index" and one == new.attached.get(name) and one.table not in remade
    }
    for name, one in old.attached.items():
        if name not in stay:
            yield f'DROP {one.kind.upper()} "{name}"'
    for name, table in new.tables.items():
        if name in remade:
            yield from _remake(name, old.tables[name], table, fills.get(name, {}))
        elif name not in old.tables:
            yield table.sql
    for name in sorted(gone):
        yield f'DROP TABLE "{name}"'
    yield from (one.sql for name, one in new.attached.items() if name not in stay)


def _remake(name: str, old: Table, new: Table, fills: Mapping[str, str]) -> Iterator[str]:
    kept = [column for column in new.columns if column in old.columns or column in fills]
    columns = ", ".join(f'"{column}"' for column in kept)
    values = ", ".join(fills.get(column, f'old."{column}"') for column in kept)
    yield f'ALTER TABLE "{name}" RENAME TO "old_{name}"'
    yield new.sql
    yield f'INSERT INTO "{name}" ({columns}) SELECT {values} FROM "old_{name}" AS old'
    yield f'DROP TABLE "old_{name}"'


def _put_back(numbers: Iterable[Any]) -> None:
    """Set the highest numbers given so far again: a new table knows only those that are still there.

    Those of tables that are gone are kept for the day they come back.
    """
    connection = op.get_bind()
    connection.exec_driver_sql("DELETE FROM sqlite_sequence")
    for name, highest in numbers:
        connection.exec_driver_sql("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, highest))
