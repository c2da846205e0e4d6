"""What an import tells the clients: nothing, unless that is asked for; what was armed before moves along."""

from collections.abc import Collection

from ptrack.desk.correspondence import follow
from ptrack.exchange.bulk import Bulk

TO_COME_OF_BATCH = """
SELECT a.id FROM appointment a
WHERE a.import_batch_id = :batch AND a.status = 'scheduled' AND a.starts_at > :now"""


def notify(bulk: Bulk, batch: int, altered: Collection[int], *, announces: bool) -> None:
    """Let the outbox agree with what a batch brought, and with what it changed or called off."""
    new = bulk.reader.values(TO_COME_OF_BATCH, batch=batch, now=bulk.now) if announces else []
    follow(bulk, {*new, *altered}, is_silent=not announces)
