"""What a person decides about messages: to try them again, or to leave it at that."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from ptrack.database.reading import Reader, begin_writing, connect, database_error
from ptrack.database.versions import require_current
from ptrack.outbox import claims, queries
from ptrack.outbox.queries import MessageRow
from ptrack.vocabulary import MessageStatus


class Choice(NamedTuple):
    """The messages that were meant: by their numbers, and all of some statuses."""

    numbers: Sequence[int]
    statuses: Sequence[MessageStatus]


def try_again(path: Path, choice: Choice, now: datetime) -> list[MessageRow]:
    """Let messages go out with the next run, whatever became of them; as they stand then.

    Raises StateError where one of them cannot, and changes none.
    """
    return _decided(path, choice, now, forgets=False)


def drop(path: Path, choice: Choice, now: datetime) -> list[MessageRow]:
    """Never send messages that failed, are uncertain or wait; as they stand then."""
    return _decided(path, choice, now, forgets=True)


def _decided(path: Path, choice: Choice, now: datetime, *, forgets: bool) -> list[MessageRow]:
    try:
        with closing(connect(path, "rw")) as connection:
            connection.execute("PRAGMA synchronous = FULL")
            begin_writing(connection)
            require_current(connection, path)
            reader = Reader(connection)
            rows = queries.chosen(reader, *choice)
            if forgets:
                claims.forget(reader, rows)
            else:
                claims.retry(reader, rows, now)
            found = [queries.message(reader, row.id) for row in rows]
            connection.execute("COMMIT")
            return found
    except sqlite3.Error as error:
        raise database_error(error, path) from error
