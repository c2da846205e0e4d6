"""Whose automatic metric entries are not what their latest workouts give, and putting that right."""

from datetime import datetime
from typing import NamedTuple

from ptrack.database.reading import Reader
from ptrack.progress.actions import Transaction, collect, uncollected

TRAINED_SINCE = """
SELECT client_id, min(performed_at) AS since
FROM workout WHERE performed_at >= :since
GROUP BY client_id ORDER BY client_id"""


class Behind(NamedTuple):
    """A client whose entries from an instant on differ from the log."""

    client_id: int
    since: datetime


def behind(reader: Reader, since: datetime) -> list[Behind]:
    """The clients who trained since an instant and whose automatic entries differ from that."""
    found = reader.rows(Behind, TRAINED_SINCE, since=since)
    return [row for row in found if uncollected(reader, row.client_id, row.since)]


def recollect(work: Transaction, row: Behind) -> None:
    """Decide a client's automatic entries anew."""
    collect(work, row.client_id, row.since)
