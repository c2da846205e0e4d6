"""Taking back the programs that an import brought, as long as nobody has done anything with them."""

from typing import NamedTuple

from ptrack.exchange.bulk import Bulk

UNTOUCHED_PROGRAMS = """
SELECT p.id FROM program p
WHERE p.import_batch_id = :batch AND p.edited_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM workout w WHERE w.program_id = p.id)
  AND NOT EXISTS (SELECT 1 FROM program c WHERE c.template_id = p.id)
ORDER BY p.id"""
REMOVE_PROGRAM = "DELETE FROM program WHERE id = :program"
PROGRAMS_LEFT = "SELECT p.name FROM program p WHERE p.import_batch_id = :batch ORDER BY p.id"


class RemovedPrograms(NamedTuple):
    """How many programs went, and the names of those that stay."""

    removed: int
    left: tuple[str, ...]


def remove_programs(bulk: Bulk, batch: int) -> RemovedPrograms:
    """Remove a batch's programs; those that were edited, assigned or trained by since stay."""
    numbers = bulk.reader.values(UNTOUCHED_PROGRAMS, batch=batch)
    for number in numbers:
        bulk.connection.execute(REMOVE_PROGRAM, {"program": number})
    return RemovedPrograms(len(numbers), tuple(bulk.reader.values(PROGRAMS_LEFT, batch=batch)))
