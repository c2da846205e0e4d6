"""The light side of the database: SQL in, frozen rows out, by the standard library alone.

Rows become named tuples or frozen dataclasses by their annotations: a column named like a field is converted
to the field's type. What every page reads is a named tuple, for a dataclass takes six times as long to build.
Instants are kept as UTC text `YYYY-MM-DD HH:MM:SS.ffffff`, so that they compare as text.
"""

import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_args

from ptrack.database.versions import require_current, require_known
from ptrack.errors import BusyError, DatabaseError, UnusableError

Row = TypeVar("Row")
Converter = Callable[[Any], Any] | None

BUSY_SECONDS = 30.0
_SHORTEST_WAIT_S, _LONGEST_WAIT_S = 0.001, 0.01
_LONGEST = 120


def instant_text(moment: datetime) -> str:
    """An aware instant as it is stored and compared: UTC, 26 characters."""
    return moment.astimezone(UTC).isoformat(" ", "microseconds")[:26]


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _bound(value: Any) -> Any:
    """A parameter as SQLite takes it."""
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _converter(annotation: Any) -> Converter:
    kinds = [kind for kind in get_args(annotation) if kind is not type(None)]
    kind = kinds[0] if kinds and annotation is not kinds[0] else annotation
    if kind is datetime:
        return _instant
    if kind is date:
        return date.fromisoformat
    if kind is bool or (isinstance(kind, type) and issubclass(kind, Enum)):
        return kind
    return None


@cache
def _converters(row_type: Any) -> dict[str, Converter]:
    """How each field of a row type is made from what SQLite gives."""
    return {
        name: _converter(annotation)
        for ancestor in reversed(row_type.__mro__)
        for name, annotation in vars(ancestor).get("__annotations__", {}).items()
    }


class Reader:
    """Asks questions of an open connection.

    Everything is read before anything is returned: an open cursor would make another program's commit fail.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def tuples(self, sql: str, parameters: Mapping[str, Any] | None = None, /, **named: Any) -> list[Any]:
        """Every row as a tuple."""
        values = {key: _bound(value) for key, value in {**(parameters or {}), **named}.items()}
        return self.connection.execute(sql, values).fetchall()

    def rows(self, row_type: type[Row], sql: str, /, **named: Any) -> list[Row]:
        """Every row as one of that type; the columns' names are the fields' names."""
        cursor = self.connection.execute(sql, {key: _bound(value) for key, value in named.items()})
        converters: dict[str, Converter] = _converters(row_type)  # type: ignore[arg-type]
        columns = [(column[0], converters[column[0]]) for column in cursor.description]
        return [
            row_type(
                **{
                    name: convert(value) if convert and value is not None else value
                    for (name, convert), value in zip(columns, values, strict=True)
                }
            )
            for values in cursor.fetchall()
        ]

    def row(self, row_type: type[Row], sql: str, /, **named: Any) -> Row | None:
        """The first row, or None."""
        found = self.rows(row_type, sql, **named)
        return found[0] if found else None

    def value(self, sql: str, /, **named: Any) -> Any:
        """The first column of the first row, or None."""
        found = self.tuples(sql, named)
        return found[0][0] if found else None

    def values(self, sql: str, /, **named: Any) -> list[Any]:
        """The first column of every row."""
        return [row[0] for row in self.tuples(sql, named)]


def named_list(name: str, values: Sequence[Any]) -> tuple[str, dict[str, Any]]:
    """Placeholders and parameters for `IN (…)`: `(":id0, :id1", {"id0": 7, "id1": 9})`."""
    keys = [f"{name}{number}" for number in range(len(values))]
    return ", ".join(f":{key}" for key in keys), dict(zip(keys, values, strict=True))


def connect(path: Path, mode: str = "ro") -> sqlite3.Connection:
    """Open an existing SQLite file, `ro` or `rw`, waiting for others as long as the practice allows."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def begin_writing(connection: sqlite3.Connection) -> None:
    """Lock the file for writing, waiting for others as long as the practice allows.

    SQLite's own wait asks ten times a second, and where many write, one of them may be refused each time.
    Asking every few milliseconds, never in step with others, gives all the same chance.
    """
    end = time.monotonic() + BUSY_SECONDS
    connection.execute("PRAGMA busy_timeout = 0")
    while not _is_begun(connection, end):
        time.sleep(_SHORTEST_WAIT_S + time.monotonic_ns() % 1_000 / 1_000 * _LONGEST_WAIT_S)
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1_000:.0f}")


def _is_begun(connection: sqlite3.Connection, end: float) -> bool:
    """Whether the lock was free; raises what SQLite says once the time is over."""
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() >= end:
            raise
        return False
    return True


def finish_interrupted(path: Path) -> None:
    """Let SQLite take back what a killed program had begun to write; only a writer may do that."""
    with closing(connect(path, "rw")) as connection:
        begin_writing(connection)
        connection.execute("ROLLBACK")


def open_reading(path: Path, *, may_be_older: bool = False) -> sqlite3.Connection:
    """A connection whose reading has begun: it sees one state of a practice, what was cut off taken back.

    Raises UnusableError for a file that is none of ours or newer, OutdatedError for one of an older schema
    unless it may be.
    """
    require = require_known if may_be_older else require_current
    try:
        return _begun(path, require)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
            raise
    finish_interrupted(path)
    return _begun(path, require)


def _begun(path: Path, require: Callable[[sqlite3.Connection, Path], object]) -> sqlite3.Connection:
    connection = connect(path)
    try:
        connection.execute("BEGIN")
        require(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def database_error(error: BaseException, path: Path) -> DatabaseError:
    """What SQLite complained of, said to a person, with the way out."""
    if isinstance(error, UnicodeDecodeError) or "decode to UTF-8" in str(error):
        code = sqlite3.SQLITE_CORRUPT
    else:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return busy_error(path)
    is_damage = code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)
    kind = UnusableError if is_damage else DatabaseError
    return kind(_COMPLAINTS.get(code, _OTHER_COMPLAINT).format(path=path, error=one_line(error)))


def one_line(complaint: object) -> str:
    """What SQLite says, which may quote half a table, in one line of an error's two."""
    text = " ".join(str(complaint).split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def busy_error(path: Path) -> BusyError:
    """That another program kept the file for the whole waiting time."""
    return BusyError(
        f"The database {path} was busy for {BUSY_SECONDS:.0f} seconds: another program writes to it.\n"
        "Nothing was changed. Try again when it has ended."
    )


_CANNOT_WRITE = "The database {path} cannot be written: {error}.\nNothing was changed. Mend its permissions."
_COMPLAINTS = {
    sqlite3.SQLITE_NOTADB: "{path} is not a database, or was overwritten. It was left as it is.\n"
    "Name another with --db, or bring back a backup: ptrack db restore FILE",
    sqlite3.SQLITE_CORRUPT: "The database {path} is damaged ({error}). It was left as it is.\n"
    "See what: ptrack db check. Bring back a backup: ptrack db restore FILE",
    sqlite3.SQLITE_READONLY: _CANNOT_WRITE,
    sqlite3.SQLITE_PERM: _CANNOT_WRITE,
    sqlite3.SQLITE_FULL: "The disk is full: {error}.\nNothing was changed. Make room and try again.",
    sqlite3.SQLITE_IOERR: "The disk failed under the database {path}: {error}.\n"
    "Nothing was changed. See that the disk is there, has room and is well.",
    sqlite3.SQLITE_CANTOPEN: "The database {path} cannot be opened.\nSee that it exists and may be read.",
}
_OTHER_COMPLAINT = "The database {path} gave an error: {error}.\nNothing was changed."
