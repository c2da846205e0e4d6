"""Where programs and exercises came from, since when a planned load goes up, sets that were passed over.

Revision ID: 0004
Revises: 0003
"""

from ptrack.database.migrations.steps import change_schema

revision = "0004"
down_revision = "0003"

LOST = {
    "planned loads set midway": "SELECT count(*) FROM prescription WHERE load_since IS NOT NULL",
    "passings over of planned sets": "SELECT count(*) FROM workout_exercise WHERE skipped_sets > 0",
    "ties of programs to imports": "SELECT count(*) FROM program WHERE import_batch_id IS NOT NULL",
    "exercises' keys in imports": "SELECT count(*) FROM exercise WHERE import_key IS NOT NULL",
}
"""What the schema before cannot hold, and how much of it there is."""


def upgrade() -> None:
    """Make the new columns."""
    change_schema("0003", "0004", {})


def downgrade() -> None:
    """Leave out what the third schema has no place for."""
    change_schema("0004", "0003", {})
