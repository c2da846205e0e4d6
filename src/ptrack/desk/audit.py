"""Comparing what is kept beside the log with what the log says."""

from collections.abc import Iterator
from datetime import UTC, datetime

from ptrack.database.reading import Reader
from ptrack.progress.actions import uncollected

BEGINNING = datetime(1900, 1, 1, tzinfo=UTC)
"""No workout was performed earlier."""

DECIDES_RECORDS = frozenset(("e1rm_formula", "timezone"))
"""Another formula makes other records, another zone other days: what was collected is decided anew."""

TRAINING_CLIENTS = "SELECT DISTINCT client_id FROM workout ORDER BY client_id"


def check_collected(reader: Reader) -> Iterator[str]:
    """Whose automatic metric entries differ from what their workouts give."""
    for client in reader.values(TRAINING_CLIENTS):
        if number := uncollected(reader, client, BEGINNING):
            yield f"{number} automatic metric entries of client {client} differ from the log"
