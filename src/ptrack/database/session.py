"""The write side: one transaction per intention, every change journalled in it.

The block that opened the session commits; actions never do. SQLite is locked for writing from the first
statement on (`BEGIN IMMEDIATE`), so that what a rule reads is what it decides on.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session as OrmSession
from sqlalchemy.pool import NullPool
from sqlmodel import Session, SQLModel, col

from ptrack.database.journal import BACKGROUND
from ptrack.database.reading import BUSY_SECONDS, Reader, begin_writing, database_error, instant_text
from ptrack.database.versions import require_current
from ptrack.errors import NotFoundError, PtrackError
from ptrack.models.journal import Change, ChangeRow

Table = TypeVar("Table", bound=SQLModel)

_PAST_THE_JOURNAL = frozenset((Change.__tablename__, ChangeRow.__tablename__, "message", "token"))
"""The journal itself, and what cannot be taken back: what was sent, and what answers it."""


def make_engine(path: Path) -> sa.Engine:
    """An engine on an existing file, with the locking that SQLite needs to be safe."""
    engine = sa.create_engine("sqlite://", creator=lambda: _connection(path), poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        raw = connection.connection.dbapi_connection
        assert isinstance(raw, sqlite3.Connection)  # noqa: S101  the engine makes nothing else
        begin_writing(raw)

    return engine


def _connection(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


class Writing:
    """An open write transaction: rows are added through `session`, questions are asked through `reader`."""

    def __init__(self, session: Session, reader: Reader, now: datetime, journal: "_Journal") -> None:
        self.session = session
        self.reader = reader
        self.now = now
        self._journal = journal

    def add(self, row: Table) -> Table:
        """Write a new row at once, so that it has its number and questions see it."""
        self.session.add(row)
        self.session.flush()
        return row

    def flush(self) -> None:
        """Write what was changed on rows, so that questions see it."""
        self.session.flush()

    def get(self, table: type[Table], number: Any) -> Table:
        """The row of that number."""
        row = self.session.get(table, number)
        if row is None:
            raise NotFoundError(f"There is no {table.__tablename__} {number}.")
        return row

    def delete(self, row: SQLModel) -> None:
        """Remove a row at once. What the database removes with it must go first, or the journal lacks it."""
        self.session.delete(row)
        self.session.flush()

    def cannot_be_undone(self, reason: str) -> None:
        """Say why this change cannot be taken back; `undo` stops at it with that reason."""
        self._journal.final_reason = reason

    def continues(self, change: int) -> None:
        """Let what is written belong to an earlier change, so that both are taken back as one."""
        self._journal.number = change

    @property
    def change(self) -> int | None:
        """The number of the change that is being made, once something is written."""
        return self._journal.number

    def is_background(self) -> None:
        """Say that nobody asked for this change: `undo` passes over it, and takes back what came before."""
        self._journal.final_reason = BACKGROUND


@contextmanager
def writing(path: Path, command: str, now: datetime) -> Iterator[Writing]:
    """One transaction on the file: committed when the block ends, taken back when it raises."""
    engine = make_engine(path)
    try:
        with Session(engine, autoflush=False, expire_on_commit=False) as session, session.begin():
            raw = session.connection().connection.dbapi_connection
            assert isinstance(raw, sqlite3.Connection)  # noqa: S101  the engine makes nothing else
            require_current(raw, path)
            journal = _Journal(session, command, now)
            yield Writing(session, Reader(raw), now, journal)
            session.flush()
            journal.finish(session)
    except PtrackError:
        raise
    except sa.exc.DBAPIError as error:
        raise _named(error, path) from error
    except (sqlite3.Error, UnicodeDecodeError) as error:  # text that is none is damage
        raise database_error(error, path) from error
    finally:
        engine.dispose()


def _named(error: sa.exc.DBAPIError, path: Path) -> PtrackError:
    """A database refusal as one of our errors: a broken constraint is told by its name."""
    if isinstance(error, sa.exc.IntegrityError):
        return PtrackError(f"The database refused it: {error.orig}.\nNothing was changed.")
    return database_error(error.orig or error, path)


class _Journal:
    """Writes each changed row's before and after, in the transaction that changes it."""

    def __init__(self, session: Session, command: str, now: datetime) -> None:
        self._command = command
        self._now = now
        self.number: int | None = None
        self.final_reason: str | None = None
        self._fresh: list[SQLModel] = []
        event.listen(session, "before_flush", self._before)
        event.listen(session, "after_flush", self._after)

    def _before(self, session: OrmSession, _context: Any, _instances: Any) -> None:
        """Note what rows were like before; new rows have no number yet and are noted afterwards."""
        self._fresh = [row for row in session.new if _is_journalled(row)]
        rows = [_change_of(row) for row in session.dirty if _is_journalled(row) and session.is_modified(row)]
        rows += [_removal_of(row) for row in session.deleted if _is_journalled(row)]
        rows.sort(key=lambda row: (row["table_name"], row["row_key"]))  # the session keeps them in no order
        self._write(session, rows)

    def _after(self, session: OrmSession, _context: Any) -> None:
        fresh, self._fresh = self._fresh, []
        self._write(session, [_addition_of(row) for row in fresh])

    def _write(self, session: OrmSession, rows: list[dict[str, Any]]) -> None:
        if not rows:
            return
        number = self._begun(session)
        session.connection().execute(sa.insert(ChangeRow), [{"change_id": number, **row} for row in rows])

    def _begun(self, session: OrmSession) -> int:
        """The number of the change, which is written with the first row of it."""
        if self.number is None:
            made = session.connection().execute(
                sa.insert(Change).values(command=self._command, created_at=self._now)
            )
            assert made.inserted_primary_key  # noqa: S101  it is numbered
            self.number = int(made.inserted_primary_key[0])
        return self.number

    def finish(self, session: OrmSession) -> None:
        """Write what is to be said of the whole change, which may have gone past the session."""
        if self.final_reason is not None:
            number = self._begun(session)
            of_it = sa.update(Change).where(col(Change.id) == number)
            session.connection().execute(of_it.values(final_reason=self.final_reason))


def _is_journalled(row: Any) -> bool:
    return isinstance(row, SQLModel) and row.__tablename__ not in _PAST_THE_JOURNAL


def _json_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return instant_text(value) if value.tzinfo else instant_text(value.replace(tzinfo=UTC))
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _image(row: SQLModel, *, before: bool) -> str:
    """The row's columns as JSON, as they are or as they were before the change at hand."""
    state = sa.inspect(row)
    columns = {}
    for attribute in state.mapper.column_attrs:
        value = getattr(row, attribute.key)
        if before:
            deleted = state.attrs[attribute.key].history.deleted
            value = deleted[0] if deleted else value
        columns[attribute.columns[0].name] = _json_value(value)
    return json.dumps(columns, ensure_ascii=False)


def _entry(row: SQLModel, before: str | None, after: str | None) -> dict[str, Any]:
    mapper = sa.inspect(type(row))
    key = [getattr(row, mapper.get_property_by_column(column).key) for column in mapper.primary_key]
    return {
        "table_name": str(type(row).__tablename__),
        "row_key": json.dumps(key),
        "before": before,
        "after": after,
    }


def _change_of(row: SQLModel) -> dict[str, Any]:
    return _entry(row, _image(row, before=True), _image(row, before=False))


def _removal_of(row: SQLModel) -> dict[str, Any]:
    return _entry(row, _image(row, before=True), None)


def _addition_of(row: SQLModel) -> dict[str, Any]:
    return _entry(row, None, _image(row, before=False))
