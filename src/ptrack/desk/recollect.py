"""Whose latest workouts have left no automatic metric entries though they should, and putting that right."""

from datetime import datetime
from typing import NamedTuple

from ptrack.database.reading import Reader
from ptrack.database.transaction import Transaction
from ptrack.progress.actions import collect, uncollected

BARE_SINCE = """
SELECT w.client_id, min(w.performed_at) AS since
FROM workout w
WHERE w.performed_at >= :since AND w.status = 'completed'
  AND NOT EXISTS (SELECT 1 FROM metric_entry e WHERE e.workout_id = w.id AND e.source = 'auto')
GROUP BY w.client_id ORDER BY w.client_id"""


class Behind(NamedTuple):
    """A client whose entries from an instant on differ from the log."""

    client_id: int
    since: datetime


def behind(reader: Reader, since: datetime) -> list[Behind]:
    """The clients who trained since an instant without a trace in their metrics that should be there.

    Workouts that leave none (nothing was lifted, say) are looked at closely, all others are taken to be well:
    reckoning everybody's history anew is for `ptrack db check`.
    """
    found = reader.rows(Behind, BARE_SINCE, since=since)
    return [row for row in found if uncollected(reader, row.client_id, row.since)]


def recollect(work: Transaction, row: Behind) -> None:
    """Decide a client's automatic entries anew."""
    collect(work, row.client_id, row.since)
