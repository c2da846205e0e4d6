"""Backups that are checked before they count, and bringing one back.

Both go through SQLite's own backup, which copies a live file page by page under its locks. The file that is
being used is never opened in any other way, since closing it would drop SQLite's locks.
"""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from itertools import chain, count
from pathlib import Path

from ptrack.database.fresh import discard, journal_of, private_folder, put_in_place, refuse_orphaned_journal
from ptrack.database.reading import busy_error, connect, database_error, one_line, open_reading
from ptrack.errors import ConflictError, DatabaseError, NotFoundError, UnusableError, UsageError


def default_backup_path(database: Path, now: datetime, before: str = "") -> Path:
    """Where a backup goes that no place was named for: a free name in a folder beside the practice.

    `before` is the schema that the practice is about to get, if that is why.
    """
    occasion = f"-before-{before}" if before else ""
    first = database.parent / "backups" / f"{database.stem}{occasion}-{now:%Y%m%d-%H%M%S}.db"
    others = (first.with_stem(f"{first.stem}-{number}") for number in count(2))
    return next(path for path in chain((first,), others) if not path.exists())


def verify(path: Path, of: Path | None = None) -> None:
    """Refuse a file that is not a whole database of ptrack's, of whatever schema so far.

    A copy is spoken of as what it is a copy of.
    """
    told = of or path
    try:
        with closing(open_reading(path, may_be_older=True)) as connection:
            result = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise database_error(error, told) from error
    if result != "ok":
        raise UnusableError(
            f"{told} is damaged ({one_line(result)}). It was left as it is.\nSee what: ptrack db check"
        )


def _writable_place(target: Path) -> Path:
    """A new private file beside the target, to be renamed when it is whole."""
    private_folder(target.parent)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".new", dir=target.parent)
    except OSError as error:
        raise DatabaseError(f"Nothing can be written in {target.parent}: {error.strerror}.") from error
    os.close(handle)
    return Path(name)


def _copy(source: sqlite3.Connection, target: sqlite3.Connection, path: Path) -> None:
    """Copy every page; raises BusyError where Python would try again for ever."""

    def give_up(status: int, _remaining: int, _total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise busy_error(path)

    source.backup(target, progress=give_up)


@contextmanager
def _verified_copy(database: Path, target: Path) -> Iterator[Path]:
    """A whole copy of a database beside the target, that vanishes unless it is given a name."""
    copy = _writable_place(target)
    try:
        with (
            closing(open_reading(database, may_be_older=True)) as source,
            closing(sqlite3.connect(copy)) as destination,
        ):
            _copy(source, destination, database)
        verify(copy, database)
        yield copy
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise database_error(error, database) from error
    except OSError as error:
        raise DatabaseError(
            f"The copy of {database} could not be written: {error}.\nThe practice is untouched."
        ) from error
    finally:
        discard(copy)


def back_up(database: Path, target: Path) -> Path:
    """Copy the practice to a file that is not there yet, 0600, verified before it gets its name."""
    refuse_orphaned_journal(target)
    if not target.exists():
        with _verified_copy(database, target) as copy:
            if put_in_place(copy, target):
                return target
    raise ConflictError(f"{target} exists already and was left as it is. Name another file.")


def require_other(source: Path, database: Path) -> None:
    """Refuse to restore from a file that is not there or is the practice itself."""
    if not source.is_file():
        raise NotFoundError(f"There is no file {source}.")
    if database.exists() and source.samefile(database):
        raise UsageError("That file is the practice itself.")


def restore(source: Path, database: Path, now: datetime) -> Path | None:
    """Make the practice what a backup says; what it was before is kept in a file, which is returned.

    None where there was no practice before. A practice too damaged to copy is kept as it is.
    """
    require_other(source, database)
    verify(source)
    if not database.exists():
        back_up(source, database)
        return None
    kept = database.with_name(f"{database.stem}-before-restore-{now:%Y%m%d-%H%M%S}.db")
    try:
        back_up(database, kept)
    except UnusableError:
        _replace(source, database, kept)
    else:
        _copy_over(source, database)
    return kept


def _replace(source: Path, database: Path, kept: Path) -> None:
    """Put a backup in the place of what cannot be used, which is kept byte for byte with its journal.

    At no moment is there no file: it is either the damaged one or the good one.
    """
    with _verified_copy(source, database) as copy:
        for there, name in ((database, kept), (journal_of(database), journal_of(kept))):
            if there.exists():
                _keep(there, name)
        journal_of(database).unlink(missing_ok=True)
        copy.replace(database)


def _keep(there: Path, name: Path) -> None:
    """Give a file a second name; where there are no links, this one instead."""
    try:
        os.link(there, name)
    except FileExistsError:
        raise
    except OSError:
        there.rename(name)


def _copy_over(source: Path, database: Path) -> None:
    """Copy a backup over the live practice in one transaction of its own."""
    try:
        with (
            closing(open_reading(source, may_be_older=True)) as backup,
            closing(connect(database, "rw")) as live,
        ):
            _copy(backup, live, database)
    except sqlite3.Error as error:
        raise database_error(error, database) from error
