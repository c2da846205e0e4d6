"""The change journal: every changed row's before and after, with the command that did it."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from ptrack.models import imports  # noqa: F401  keys point there
from ptrack.models.base import NUMBERED, SQLModel, instant, key_to


class Change(SQLModel, table=True):
    """One intention: a command that wrote."""

    __tablename__ = "change"
    __table_args__ = (NUMBERED,)

    id: int | None = Field(default=None, primary_key=True)
    command: str
    created_at: datetime = instant()
    undoes_id: int | None = key_to("change", nullable=True)
    import_batch_id: int | None = key_to("import_batch", nullable=True)
    final_reason: str | None = Field(default=None, description="why it cannot be taken back, if so")


class ChangeRow(SQLModel, table=True):
    """One row as it was before and after a change, as JSON; null before an insert or after a delete."""

    __tablename__ = "change_row"
    __table_args__ = (
        sa.CheckConstraint("before IS NOT NULL OR after IS NOT NULL", name="something_changed"),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    change_id: int = key_to("change", index=True, ondelete="CASCADE")
    table_name: str
    row_key: str
    before: str | None = None
    after: str | None = None
