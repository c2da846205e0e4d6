"""Which schema a file has, and whether this program can use it. Alembic is not needed to tell."""

import sqlite3
from pathlib import Path

from ptrack.errors import UnusableError

REVISIONS = ("0001", "0002")
"""Every schema revision there has been, oldest first."""

HEAD = REVISIONS[-1]


def schema_version(connection: sqlite3.Connection) -> str | None:
    """The revision that the file is stamped with, None where it is no database of ptrack's."""
    try:
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return None
        raise
    return str(found[0]) if found else None


def require_current(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file that is none of ours or newer than this program, by name."""
    version = schema_version(connection)
    if version == HEAD:
        return
    if version is None and path.stat().st_size == 0:
        raise UnusableError(
            f"{path} is empty: there is no practice in it. It was left as it is.\n"
            "Name another file with --db, or remove it and a new practice is made."
        )
    if version is None:
        raise UnusableError(
            f"{path} is a SQLite database, but not one of ptrack's. It was left as it is.\n"
            "Name another file with --db."
        )
    raise UnusableError(
        f"The database {path} is of schema {version}, newer than this ptrack, which knows {HEAD}.\n"
        "It was left as it is. Upgrade ptrack: pip install --upgrade ptrack"
    )
