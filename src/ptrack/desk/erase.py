"""A client's right to be forgotten: all that is about the person goes, the books stay without one.

What goes is gone for good: from the tables, from the change journal, from the file itself once it was
compacted. What backups and exports made earlier hold is out of reach.
"""

from collections.abc import Iterable
from typing import NamedTuple

from ptrack.database.reading import Reader
from ptrack.database.session import Writing
from ptrack.desk.remove import is_removed, remove_client
from ptrack.desk.traces import traces_of
from ptrack.outbox.actions import forget

ERASED = "a client was erased for good"
"""Why no change about the client can be taken back."""

COUNTED = {
    "workouts": "SELECT count(*) FROM workout WHERE client_id = :client",
    "metric_entries": "SELECT count(*) FROM metric_entry WHERE client_id = :client",
    "programs": "SELECT count(*) FROM program WHERE client_id = :client",
}
"""What goes, as it is counted before."""

KEPT = {
    "appointments": "SELECT count(*) FROM appointment WHERE client_id = :client",
    "sessions": "SELECT count(*) FROM session WHERE client_id = :client",
    "packages": "SELECT count(*) FROM package WHERE client_id = :client",
}
"""What stays in the books, without a person."""

FORGOTTEN = (
    """
UPDATE import_batch SET file = 'erased'
WHERE id IN (SELECT import_batch_id FROM workout WHERE client_id = :client)
   OR id IN (SELECT import_batch_id FROM appointment WHERE client_id = :client)""",
    """
DELETE FROM message
WHERE client_id = :client
   OR appointment_id IN (SELECT id FROM appointment WHERE client_id = :client)
   OR session_id IN (SELECT id FROM session WHERE client_id = :client)""",
    "DELETE FROM token WHERE client_id = :client",
    """
UPDATE feedback SET comment = NULL
WHERE session_id IN (SELECT id FROM session WHERE client_id = :client)""",
    "DELETE FROM metric_entry WHERE client_id = :client",
    "DELETE FROM workout WHERE client_id = :client",
    """
UPDATE program SET template_id = NULL
WHERE template_id IN (SELECT o.id FROM program o WHERE o.client_id = :client)""",
    "DELETE FROM program WHERE client_id = :client",
    "DELETE FROM client_tag WHERE client_id = :client",
    """
UPDATE appointment SET notes = NULL, reason = NULL, uid = NULL, import_key = NULL, import_hash = NULL
WHERE client_id = :client""",
    "UPDATE session SET notes = NULL WHERE client_id = :client",
    "UPDATE package SET name = 'Package ' || id WHERE client_id = :client",
    """
UPDATE client
SET name = 'Erased client ' || id, email = NULL, phone = NULL, birth_date = NULL, sex = NULL,
    height_cm = NULL, trainer_id = NULL, location_id = NULL, goals = NULL, notes = NULL,
    guardian_name = NULL, guardian_email = NULL, channel = 'none', leaderboard_opt_in = 0,
    churn_reason = NULL, reminder_offsets = NULL
WHERE id = :client""",
)
"""What is done to the tables, in order; what hangs on workouts and programs goes with them."""

LEDGER_NOTES = """
UPDATE credit_entry SET note = NULL
WHERE note IS NOT NULL AND note NOT LIKE 'owed until %' AND package_id IN (
  SELECT p.id FROM package p LEFT JOIN package o ON o.id = p.source_package_id
  WHERE p.client_id = :client OR o.client_id = :client)"""
"""Notes may name the person; where credits were handed on, those of the receiver's package do, too."""

GUARD = "credit_entry_no_update"
GUARD_TEXT = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = :name"

FORGET_ROW = "DELETE FROM change_row WHERE id = :row"
MARK_CHANGE = """
UPDATE change SET final_reason = :reason WHERE id = :change AND final_reason IS NULL"""


class Erasure(NamedTuple):
    """What erasing a client comes to: what is counted of what goes, and of what stays."""

    client_id: int
    gone: dict[str, int]
    kept: dict[str, int]


def erasure(reader: Reader, number: int) -> Erasure:
    """What erasing that client would come to."""
    return Erasure(
        number,
        {name: reader.value(question, client=number) for name, question in COUNTED.items()},
        {name: reader.value(question, client=number) for name, question in KEPT.items()},
    )


def erase_client(work: Writing, number: int) -> Erasure:
    """Forget a client, removing them first where that was not done; what that came to.

    The file must be compacted afterwards, or what lay in it earlier can still be read from its gaps. Raises
    as `remove_client` does.
    """
    work.reader.connection.execute("PRAGMA secure_delete = ON")
    if not is_removed(work.reader, number):
        remove_client(work, number)
    found = erasure(work.reader, number)
    traces = traces_of(work.reader, number)
    for statement in FORGOTTEN:
        work.reader.tuples(statement, client=number)
    forget(work, number)
    _forget_notes(work.reader, number)
    _forget_traces(work.reader, traces.rows, traces.changes)
    work.session.expunge_all()
    work.cannot_be_undone(ERASED)
    return found


def _forget_notes(reader: Reader, number: int) -> None:
    """Blank the ledger's notes: its guard is away for that one statement."""
    guard = reader.value(GUARD_TEXT, name=GUARD)
    reader.connection.execute(f"DROP TRIGGER {GUARD}")
    reader.tuples(LEDGER_NOTES, client=number)
    reader.connection.execute(guard)


def _forget_traces(reader: Reader, rows: Iterable[int], changes: Iterable[int]) -> None:
    """Take what the journal keeps of the client out of it, and say of those changes why they are final."""
    connection = reader.connection
    connection.executemany(FORGET_ROW, [{"row": row} for row in rows])
    connection.executemany(MARK_CHANGE, [{"change": change, "reason": ERASED} for change in changes])
