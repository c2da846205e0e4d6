"""Which schema a file has, and whether this program can use it. Alembic is not needed to tell."""

import sqlite3
from pathlib import Path

from ptrack.errors import OutdatedError, StateError, UnusableError, UsageError

REVISIONS = ("0001", "0002", "0003", "0004")
"""Every schema revision there has been, oldest first."""

HEAD = REVISIONS[-1]


def revision_of(text: str) -> str:
    """The revision that somebody names, with or without its zeros. Raises UsageError where there is none."""
    revision = text.strip().zfill(len(HEAD))
    if revision not in REVISIONS:
        raise UsageError(f"There is no schema {text}. Those that this ptrack knows: {', '.join(REVISIONS)}.")
    return revision


def revision_above(there: str, wanted: str | None) -> str:
    """Where an upgrade goes: to the revision wanted, else to the newest. StateError if that is below."""
    revision = revision_of(wanted) if wanted else HEAD
    if revision < there:
        raise StateError(
            f"The practice is of schema {there} already, which is newer than {revision}.\n"
            f"To go back: ptrack db downgrade {revision}"
        )
    return revision


def revision_below(there: str, wanted: str | None) -> str:
    """Where a downgrade goes: to the revision wanted, else one back. StateError if that is not below."""
    if there == REVISIONS[0]:
        raise StateError(
            f"The practice is of schema {there}, the first there was; there is none to go back to."
        )
    revision = revision_of(wanted) if wanted else REVISIONS[REVISIONS.index(there) - 1]
    if revision >= there:
        raise StateError(
            f"The practice is of schema {there}; {revision} is no older one.\n"
            "See which it is: ptrack db info. To go up: ptrack db upgrade"
        )
    return revision


def schema_version(connection: sqlite3.Connection) -> str | None:
    """The revision that the file is stamped with, None where it is no database of ptrack's."""
    try:
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return None
        raise
    return str(found[0]) if found else None


def require_known(connection: sqlite3.Connection, path: Path) -> str:
    """The revision of a file of this ptrack's or an older one's; any other file is refused, by name."""
    version = schema_version(connection)
    if version in REVISIONS:
        return str(version)
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


def require_current(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file that is none of ours, newer than this program, or still of an older schema."""
    version = require_known(connection, path)
    if version != HEAD:
        raise OutdatedError(
            f"The database {path} is of schema {version}, older than this ptrack, which works with {HEAD}.\n"
            "Bring it there: ptrack db upgrade"
        )
