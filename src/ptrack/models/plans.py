"""Templates and client programs: one table, one sequence of numbers."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from ptrack.models import imports, practice  # noqa: F401  keys point there
from ptrack.models.base import NUMBERED, SQLModel, between, enum_field, instant, key_to, not_blank
from ptrack.vocabulary import Origin, ProgramKind, ProgramStatus


class Program(SQLModel, table=True):
    """A template, or a client's own copy of one."""

    __tablename__ = "program"
    __table_args__ = (
        not_blank("name", "name_given"),
        between("weeks", 1, 104),
        between("days_per_week", 1, 14),
        sa.CheckConstraint(
            "CASE kind WHEN 'template' THEN client_id IS NULL AND status IS NULL AND origin IS NOT NULL "
            "ELSE client_id IS NOT NULL AND status IS NOT NULL AND start_date IS NOT NULL END",
            name="by_kind",
        ),
        sa.Index("ix_program_client", "client_id", "status"),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: ProgramKind = enum_field(ProgramKind, "kind")
    name: str
    weeks: int
    days_per_week: int
    goal: str | None = None
    description: str | None = None
    origin: Origin | None = enum_field(Origin, "origin", None, nullable=True)
    template_id: int | None = key_to("program", nullable=True)
    client_id: int | None = key_to("client", nullable=True)
    trainer_id: int | None = key_to("trainer", nullable=True)
    start_date: date | None = None
    end_date: date | None = None
    status: ProgramStatus | None = enum_field(ProgramStatus, "status", None, nullable=True)
    import_batch_id: int | None = key_to("import_batch", nullable=True)
    import_key: str | None = None
    import_hash: str | None = None
    created_at: datetime = instant()
    edited_at: datetime | None = instant(nullable=True)


class ProgramDay(SQLModel, table=True):
    """One day of a program, in every week or, with a number, in that week only."""

    __tablename__ = "program_day"
    __table_args__ = (
        not_blank("name", "name_given"),
        between("week", 1, 104),
        sa.UniqueConstraint("program_id", "position", name="uq_program_day_position"),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    program_id: int = key_to("program", ondelete="CASCADE")
    position: int
    name: str
    week: int | None = None
