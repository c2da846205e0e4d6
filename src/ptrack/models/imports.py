"""Import batches: what came from which file, so that it can be taken back."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from ptrack.models.base import NUMBERED, SQLModel, instant


class ImportBatch(SQLModel, table=True):
    """One run of an import that wrote something."""

    __tablename__ = "import_batch"
    __table_args__ = (sa.CheckConstraint("row_count >= 0", name="row_count_not_negative"), NUMBERED)

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    format: str
    file: str
    row_count: int
    created: str = Field(description="JSON object: how many of what were created")
    created_at: datetime = instant()
    undone_at: datetime | None = instant(nullable=True)
