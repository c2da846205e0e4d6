"""Backups that are checked before they count, and bringing one back.

Both go through SQLite's own backup, which copies a live file page by page under its locks. The file that is
being used is never opened in any other way, since closing it would drop SQLite's locks.
"""

import os
import sqlite3
import tempfile
from contextlib import closing
from datetime import datetime
from itertools import chain, count
from pathlib import Path

from ptrack.database.fresh import private_folder
from ptrack.database.reading import connect, database_error, finish_interrupted
from ptrack.database.versions import require_current
from ptrack.errors import ConflictError, DatabaseError, NotFoundError, UsageError


def default_backup_path(database: Path, now: datetime) -> Path:
    """Where a backup goes that no place was named for: a free name in a folder beside the practice."""
    first = database.parent / "backups" / f"{database.stem}-{now:%Y%m%d-%H%M%S}.db"
    others = (first.with_stem(f"{first.stem}-{number}") for number in count(2))
    return next(path for path in chain((first,), others) if not path.exists())


def verify(path: Path) -> None:
    """Refuse a file that is not a whole database of ptrack's."""
    try:
        with closing(connect(path)) as connection:
            require_current(connection, path)
            result = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        raise database_error(error, path) from error
    if result != "ok":
        raise DatabaseError(f"{path} is damaged ({result}). It was left as it is.")


def _writable_place(target: Path) -> Path:
    """A new private file beside the target, to be renamed when it is whole."""
    private_folder(target.parent)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".new", dir=target.parent)
    except OSError as error:
        raise UsageError(f"Nothing can be written in {target.parent}: {error.strerror}.") from error
    os.close(handle)
    return Path(name)


def back_up(database: Path, target: Path) -> Path:
    """Copy the practice to a file that is not there yet, 0600, verified before it gets its name."""
    if target.exists():
        raise ConflictError(f"{target} exists already and was left as it is. Name another file.")
    copy = _writable_place(target)
    try:
        finish_interrupted(database)
        with closing(connect(database)) as source, closing(sqlite3.connect(copy)) as destination:
            source.backup(destination)
        verify(copy)
        copy.rename(target)
    except sqlite3.Error as error:
        raise database_error(error, database) from error
    except OSError as error:
        raise DatabaseError(
            f"The backup could not be written: {error}.\nThe practice is untouched."
        ) from error
    finally:
        copy.unlink(missing_ok=True)
    return target


def restore(source: Path, database: Path, now: datetime) -> Path | None:
    """Make the practice what a backup says; what it was before is kept in a file, which is returned.

    None where there was no practice before. A practice too damaged to copy is moved aside whole.
    """
    if not source.is_file():
        raise NotFoundError(f"There is no file {source}.")
    if database.exists() and source.samefile(database):
        raise UsageError("That file is the practice itself.")
    verify(source)
    if not database.exists():
        back_up_into(source, database)
        return None
    kept = database.with_name(f"{database.stem}-before-restore-{now:%Y%m%d-%H%M%S}.db")
    try:
        back_up(database, kept)
    except DatabaseError:
        database.rename(kept)
        back_up_into(source, database)
        return kept
    _copy_over(source, database)
    return kept


def back_up_into(source: Path, database: Path) -> None:
    """Copy a verified backup to where there is no practice."""
    private_folder(database.parent)
    back_up(source, database)


def _copy_over(source: Path, database: Path) -> None:
    """Copy a backup over the live practice in one transaction of its own."""
    try:
        with closing(connect(source)) as backup, closing(connect(database, "rw")) as live:
            backup.backup(live)
    except sqlite3.Error as error:
        raise database_error(error, database) from error
