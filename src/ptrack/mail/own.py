"""A run of only some messages: those that a command has just made, whatever else is due."""

import sqlite3
from collections.abc import Collection
from contextlib import closing
from datetime import datetime
from secrets import token_hex

from ptrack.config import Settings
from ptrack.database.reading import Reader, connect, database_error
from ptrack.mail.locks import clear_away, living
from ptrack.mail.run import NO_WISHES, Report, Wishes, _Run, _wakes
from ptrack.outbox import claims, queries
from ptrack.outbox.claims import Terms
from ptrack.outbox.queries import MessageRow


def send_own(
    settings: Settings, now: datetime, numbers: Collection[int], wishes: Wishes = NO_WISHES
) -> Report:
    """Send those of the messages that are due; all others stay where they are."""
    path = settings.db
    try:
        with living(path) as name, closing(connect(path, "rw")) as connection:
            connection.execute("PRAGMA synchronous = FULL")
            run = _OwnRun(Reader(connection), name, settings, now, wishes)
            run.own = frozenset(numbers)
            try:
                run.go()
            finally:
                with run.writing():
                    claims.settle(run.reader, name)
            clear_away(path)
            return run.report()
    except sqlite3.Error as error:
        raise database_error(error, path) from error


class _OwnRun(_Run):
    """A run that claims, once, what is due of the messages `own`."""

    own: frozenset[int] = frozenset()

    def _claimed(self) -> list[MessageRow]:
        """The messages, with the tokens that they will carry."""
        if not self.own:
            return []
        terms = Terms(self._name, self._begun, _wakes(self._house, self._now), self._open, self._domain)
        with self.writing():
            rows = self._freshened(self._claim(terms))
            self._tokens = {row.id: self._issued(row) for row in rows}
        self.own = frozenset()
        return rows

    def _claim(self, terms: Terms) -> list[MessageRow]:
        """Take them on, each with its Message-ID for good."""
        found = queries.due(self.reader, self._now, None, terms.begun, terms.wakes, terms.channels)
        claimed = [
            row._replace(
                run=terms.run, message_id=row.message_id or f"<{token_hex(8)}.{row.id}@{terms.domain}>"
            )
            for row in found
            if row.id in self.own
        ]
        given = [{"run": row.run, "number": row.id, "message_id": row.message_id} for row in claimed]
        self.reader.connection.executemany(claims.CLAIM, given)
        return claimed
