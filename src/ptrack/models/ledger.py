"""The credit ledger: append-only, guarded by triggers."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from ptrack.models import agenda  # noqa: F401  keys point there
from ptrack.models.base import NUMBERED, SQLModel, enum_field, instant, key_to
from ptrack.vocabulary import CreditReason


class CreditEntry(SQLModel, table=True):
    """One movement of session credits; a balance is always the sum of its entries."""

    __tablename__ = "credit_entry"
    __table_args__ = (
        sa.CheckConstraint("delta <> 0", name="delta_moves"),
        sa.CheckConstraint("delta BETWEEN -100000 AND 100000", name="delta_range"),
        sa.Index("ix_credit_entry_package", "package_id", "delta"),
        sa.Index("ix_credit_entry_session", "session_id", "delta"),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    package_id: int = key_to("package")
    delta: int
    reason: CreditReason = enum_field(CreditReason, "reason")
    session_id: int | None = Field(
        default=None, description="no key: the ledger keeps the number of a session that was deleted"
    )
    note: str | None = None
    created_at: datetime = instant()


TRIGGERS = (
    """CREATE TRIGGER credit_entry_session_once BEFORE INSERT ON credit_entry
WHEN NEW.session_id IS NOT NULL AND NEW.delta < 0 AND NEW.delta + (
  SELECT coalesce(sum(delta), 0) FROM credit_entry WHERE session_id = NEW.session_id) < -1
BEGIN SELECT RAISE(ABORT, 'a session costs one credit at most'); END""",
    """CREATE TRIGGER credit_entry_no_update BEFORE UPDATE ON credit_entry
BEGIN SELECT RAISE(ABORT, 'the credit ledger is append-only'); END""",
    """CREATE TRIGGER credit_entry_no_delete BEFORE DELETE ON credit_entry
BEGIN SELECT RAISE(ABORT, 'the credit ledger is append-only'); END""",
)
"""A session's entries never sum below -1, and no entry is ever changed or removed."""
