"""The outbox, tokens, feedback, and when clients are written to.

Revision ID: 0003
Revises: 0002
"""

from ptrack.database.migrations.steps import change_schema

revision = "0003"
down_revision = "0002"

FILLS = {
    "studio": {
        "reminder_offsets": "'1440,60'",
        "quiet_from_min": "1260",
        "quiet_to_min": "420",
    },
}

LOST = {
    "messages of the outbox": "SELECT count(*) FROM message",
    "tokens sent to clients": "SELECT count(*) FROM token",
    "clients' feedback": "SELECT count(*) FROM feedback",
    "reminder times of clients": "SELECT count(*) FROM client WHERE reminder_offsets IS NOT NULL",
    "unsubscriptions": "SELECT count(*) FROM client WHERE unsubscribed_at IS NOT NULL",
}
"""What the schema before cannot hold, and how much of it there is."""


def upgrade() -> None:
    """Make the new tables and columns."""
    change_schema("0002", "0003", FILLS)


def downgrade() -> None:
    """Leave out what the second schema has no place for."""
    change_schema("0003", "0002", {})
