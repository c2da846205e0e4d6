"""Making a database: from the shipped schema and seed, never from migrations, and never over another file."""

import contextlib
import os
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from ptrack.database.reading import instant_text
from ptrack.errors import DatabaseError

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700


def machine_zone() -> str:
    """The machine's IANA time zone, UTC where it cannot be told."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    import tzlocal

    try:
        name = tzlocal.get_localzone_name() or "UTC"
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "UTC"
    return str(name)


def shipped(name: str) -> str:
    """The text of a data file of the package."""
    return (files("ptrack") / "data" / name).read_text(encoding="utf-8")


def private_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter; one that exists is left as it is."""
    try:
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseError(
            f"The folder {folder} cannot be made: {error.strerror}.\n"
            "Name another place for the database: --db PATH, or set PTRACK_DB."
        ) from error


def _fill(connection: sqlite3.Connection, timezone: str, now: datetime, uid: str) -> None:
    connection.executescript(f"BEGIN;\n{shipped('schema.sql')}\n{shipped('seed.sql')}")
    connection.execute(
        "UPDATE studio SET timezone = ?, created_at = ?, uid = ?",
        (timezone, instant_text(now), uid),
    )
    connection.execute("COMMIT")


def create_database(
    path: Path, timezone: str | None = None, now: datetime | None = None, uid: str | None = None
) -> bool:
    """Make a fresh practice at `path`; whether it was made here, or there was one already.

    The file is made whole under another name and then linked into place, so that nobody ever sees half of
    one and none is ever overwritten. `uid` tells the practice's calendar entries from all others'; random if
    not given.
    """
    private_folder(path.parent)
    refuse_orphaned_journal(path)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    except OSError as error:
        raise DatabaseError(
            f"No database can be made in {path.parent}: {error.strerror}.\n"
            "Name another place: --db PATH, or set PTRACK_DB."
        ) from error
    os.close(handle)
    made = Path(name)
    try:
        with closing(sqlite3.connect(made, isolation_level=None)) as connection:
            _fill(
                connection, timezone or machine_zone(), now or datetime.now(UTC), uid or os.urandom(8).hex()
            )
        return put_in_place(made, path)
    except (sqlite3.Error, OSError) as error:
        raise DatabaseError(
            f"No database could be made at {path}: {error}.\nNothing was left behind."
        ) from error
    finally:
        discard(made)


def journal_of(path: Path) -> Path:
    """Where SQLite keeps what it needs to take back a change that was cut off."""
    return path.with_name(f"{path.name}-journal")


def refuse_orphaned_journal(path: Path) -> None:
    """Refuse a name beside which another database's journal lies: SQLite would work it into this one."""
    journal = journal_of(path)
    if journal.exists() and not path.exists():
        raise DatabaseError(
            f"{journal} is left of a database that was moved away while something was written to it.\n"
            f"Put that back as {path}, or remove the journal."
        )


def discard(made: Path) -> None:
    """Remove a temporary database and the journal that a failing disk may have left of it."""
    made.unlink(missing_ok=True)
    journal_of(made).unlink(missing_ok=True)


def put_in_place(made: Path, path: Path) -> bool:
    """Give the finished file its name unless something has it; whether it was given."""
    try:
        os.link(made, path)
    except FileExistsError:
        return False
    except OSError:  # a file system without links
        if path.exists():
            return False
        made.rename(path)
    _sync_folder(path.parent)
    return True


def _sync_folder(folder: Path) -> None:
    """Make a new name in a folder survive a power cut, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
