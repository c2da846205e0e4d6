"""The steps from one schema to the next, for files that an older ptrack made.

Each revision has the whole schema of its release beside it, as a text that never changes again.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from ptrack.database.reading import begin_writing, connect, database_error
from ptrack.database.versions import schema_version
from ptrack.errors import UnusableError

if TYPE_CHECKING:
    import sqlalchemy as sa
    from alembic.config import Config

_CACHE_KIB = 65_536


def snapshot(revision: str) -> str:
    """The text of every table, index and trigger of a revision."""
    folder = files("ptrack") / "database" / "migrations" / "versions"
    (text,) = (file for file in folder.iterdir() if file.name[:4] == revision and file.name.endswith(".sql"))
    return text.read_text(encoding="utf-8")


class Migration:
    """A file that stays locked until its steps are done; `raw` is the connection that holds the lock."""

    def __init__(self, connection: "sa.Connection") -> None:
        self.raw = _raw(connection)
        self._connection = connection

    def go_to(self, revision: str) -> None:
        """Take every step up or down to a revision; an empty file becomes a practice without content."""
        from alembic import command

        config = _config()
        config.attributes["connection"] = self._connection
        there = schema_version(self.raw)
        go = command.downgrade if there is not None and there > revision else command.upgrade
        go(config, revision)


@contextmanager
def migrating(path: Path) -> Iterator[Migration]:
    """One transaction over all steps: kept when the block ends, taken back when it raises.

    Raises UnusableError where a key would point to nothing afterwards.
    """
    import sqlalchemy as sa
    from alembic import command  # noqa: F401  before the file is locked, for loading takes a while
    from sqlalchemy.pool import NullPool

    engine = sa.create_engine("sqlite://", creator=lambda: _connection(path), poolclass=NullPool)
    sa.event.listen(engine, "begin", lambda connection: begin_writing(_raw(connection)))
    try:
        with engine.begin() as connection:
            yield Migration(connection)
            _refuse_broken_keys(_raw(connection), path)
    except sa.exc.DBAPIError as error:
        raise database_error(error.orig or error, path) from error
    except sqlite3.Error as error:
        raise database_error(error, path) from error
    finally:
        engine.dispose()


def losses(connection: sqlite3.Connection, revision: str) -> dict[str, int]:
    """What a file holds that the schema of an older revision has no place for, and how much of it."""
    from alembic.script import ScriptDirectory

    steps = ScriptDirectory.from_config(_config()).iterate_revisions(schema_version(connection), revision)
    counts = {
        what: int(connection.execute(question).fetchone()[0])
        for step in steps
        for what, question in step.module.LOST.items()
    }
    return {what: count for what, count in counts.items() if count}


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "ptrack:database/migrations")
    return config


def _connection(path: Path) -> sqlite3.Connection:
    """A connection on which tables can be made anew: see `steps` for why it knows no foreign keys."""
    connection = connect(path, "rw")
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA legacy_alter_table = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    return connection


def _raw(connection: "sa.Connection") -> sqlite3.Connection:
    raw = connection.connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)  # noqa: S101  the engine makes nothing else
    return raw


def _refuse_broken_keys(connection: sqlite3.Connection, path: Path) -> None:
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken:
        table, row, parent, _ = broken
        what = f"{table} row {row} points to a row of {parent} that is not there"
        raise UnusableError(
            f"The database {path} is damaged: {what}.\n"
            "It was left as it is. See all: ptrack db check. Bring back a backup: ptrack db restore FILE"
        )
