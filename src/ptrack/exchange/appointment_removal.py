"""Taking back the appointments that an import brought, as long as nobody has done anything with them."""

from typing import NamedTuple

from ptrack.database.reading import named_list
from ptrack.desk.correspondence import follow
from ptrack.exchange.appointment_writer import CALLED_OFF
from ptrack.exchange.bulk import Bulk

_AT_ONCE = 500

UNTOUCHED = """
SELECT a.id, a.client_id, a.group_id, a.series_id FROM appointment a
WHERE a.import_batch_id = :batch AND a.edited_at IS NULL
  AND (a.status = 'scheduled' OR (a.status = 'cancelled' AND a.import_hash = :called_off))
  AND NOT EXISTS (SELECT 1 FROM session s WHERE s.appointment_id = a.id)"""
TOUCHED_APPOINTMENTS = "SELECT a.id FROM appointment a WHERE a.import_batch_id = :batch ORDER BY a.id"
REMOVE_APPOINTMENTS = "DELETE FROM appointment WHERE id IN ({ids})"
REMOVE_GROUP = """
DELETE FROM appointment_group WHERE id = :group
AND NOT EXISTS (SELECT 1 FROM appointment a WHERE a.group_id = :group)"""
REMOVE_SERIES = """
DELETE FROM appointment_series WHERE id = :series
AND NOT EXISTS (SELECT 1 FROM appointment a WHERE a.series_id = :series)"""


class Removed(NamedTuple):
    """How many appointments went, and the numbers of those that stay."""

    removed: int
    left: tuple[int, ...]


def remove_appointments(bulk: Bulk, batch: int) -> Removed:
    """Remove a batch's appointments with the groups and series that are empty then.

    Those that were edited, cancelled, started or held here stay.
    """
    rows = bulk.reader.tuples(UNTOUCHED, batch=batch, called_off=CALLED_OFF)
    numbers = [number for number, *_ in rows]
    for start in range(0, len(numbers), _AT_ONCE):
        ids, values = named_list("id", numbers[start : start + _AT_ONCE])
        bulk.connection.execute(REMOVE_APPOINTMENTS.format(ids=ids), values)
    for group in {group for _, _, group, _ in rows if group is not None}:
        bulk.connection.execute(REMOVE_GROUP, {"group": group})
    for series in {series for *_, series in rows if series is not None}:
        bulk.connection.execute(REMOVE_SERIES, {"series": series})
    follow(bulk, numbers, announces=False, clients={client for _, client, _, _ in rows})
    return Removed(len(numbers), tuple(bulk.reader.values(TOUCHED_APPOINTMENTS, batch=batch)))
