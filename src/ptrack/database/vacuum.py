"""Giving back the room that deleted rows left in the file."""

import sqlite3
from contextlib import closing
from pathlib import Path

from ptrack.database.reading import connect, database_error


def vacuum(path: Path) -> tuple[int, int]:
    """Write the file anew without its gaps; its size in bytes before and after.

    Waits for others as any writer does. Cut off at any point, the file is what it was.
    """
    before = path.stat().st_size
    try:
        with closing(connect(path, "rw")) as connection:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("VACUUM")
    except sqlite3.Error as error:
        raise database_error(error, path) from error
    return before, path.stat().st_size
