"""Groups, series, hours and days off, names in other calendars, pauses, removals, and what undoes a change.

Revision ID: 0002
Revises: 0001
"""

from ptrack.database.migrations.steps import change_schema

revision = "0002"
down_revision = "0001"

FILLS = {
    "studio": {"uid": "lower(hex(randomblob(8)))"},
    "trainer": {"buffer_min": "0"},
    "location": {"buffer_min": "0"},
    # What came late and cost nothing cannot be told any more; what cost a credit has a session.
    "appointment": {
        "is_late": "old.status = 'cancelled' AND old.cancelled_by = 'client' "
        "AND EXISTS (SELECT 1 FROM session WHERE session.appointment_id = old.id)"
    },
}

_IS_THERE = "old.session_id IS NULL OR EXISTS (SELECT 1 FROM session WHERE session.id = old.session_id)"
FILLS_BACK = {
    # The first schema's ledger names only sessions that are there.
    "credit_entry": {
        "session_id": f"CASE WHEN {_IS_THERE} THEN old.session_id END",
        "note": f"CASE WHEN {_IS_THERE} THEN old.note "
        "ELSE coalesce(old.note || '; ', '') || 'session ' || old.session_id END",
    }
}

_GONE = "NOT EXISTS (SELECT 1 FROM session WHERE session.id = credit_entry.session_id)"
LOST = {
    "groups": "SELECT count(*) FROM appointment_group",
    "series": "SELECT count(*) FROM appointment_series",
    "working hours": "SELECT count(*) FROM working_hours",
    "days off": "SELECT count(*) FROM day_off",
    "trainers' buffers": "SELECT count(*) FROM trainer WHERE buffer_min > 0",
    "places' buffers and capacities": "SELECT count(*) FROM location WHERE buffer_min > 0 OR capacity > 0",
    "first days of pauses": "SELECT count(*) FROM client WHERE paused_on IS NOT NULL",
    "removals of clients": "SELECT count(*) FROM client WHERE removed_at IS NOT NULL",
    "voidings of packages": "SELECT count(*) FROM package WHERE voided_at IS NOT NULL",
    "packages' origins in others": "SELECT count(*) FROM package WHERE source_package_id IS NOT NULL",
    "cancellations' being late": "SELECT count(*) FROM appointment WHERE is_late",
    "ties to imported calendars":
        "SELECT count(*) FROM appointment WHERE uid IS NOT NULL OR import_batch_id IS NOT NULL",
    "ledger's keys to gone sessions":
        f"SELECT count(*) FROM credit_entry WHERE session_id IS NOT NULL AND {_GONE}",
    "marks of changes taken back":
        "SELECT count(*) FROM change WHERE undoes_id IS NOT NULL OR final_reason IS NOT NULL",
}
"""What the schema before cannot hold, and how much of it there is."""


def upgrade() -> None:
    """Make the new tables and columns."""
    change_schema("0001", "0002", FILLS)


def downgrade() -> None:
    """Leave out what the first schema has no place for."""
    change_schema("0002", "0001", FILLS_BACK)
