"""The first schema, as the text it was released with.

Revision ID: 0001
Revises:
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def _statements(text: str) -> Iterator[str]:
    """One statement after another; a trigger's body has semicolons of its own."""
    statement = ""
    for line in text.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""


def upgrade() -> None:
    """Make every table, index and trigger."""
    for statement in _statements(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Refuse: nothing came before."""
    raise NotImplementedError("There is no schema before the first.")
