"""Templates and client programs: one table, one sequence of numbers."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from ptrack.models import library, practice  # noqa: F401  keys point there
from ptrack.models.base import NUMBERED, SQLModel, between, enum_field, instant, key_to, not_blank
from ptrack.vocabulary import Origin, ProgramKind, ProgramStatus, Section


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
    created_at: datetime = instant()


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


class Prescription(SQLModel, table=True):
    """One group of planned sets; groups of one line share its position and differ in `part`."""

    __tablename__ = "prescription"
    __table_args__ = (
        between("sets", 1, 99),
        between("reps_min", 1, 9999),
        between("reps_max", 1, 9999),
        between("weight_g", -1_000_000, 1_000_000),
        between("percent", 0, 200),
        between("rpe", 1, 10),
        between("seconds", 1, 86400),
        between("meters", 0, 1_000_000),
        sa.UniqueConstraint("day_id", "position", "part", name="uq_prescription_position"),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    day_id: int = key_to("program_day", ondelete="CASCADE")
    exercise_id: int = key_to("exercise", index=True)
    position: int
    part: int
    section: Section = enum_field(Section, "section", Section.MAIN)
    superset: str | None = None
    sets: int = 1
    reps_min: int | None = None
    reps_max: int | None = None
    amrap: bool = False
    weight_g: int | None = None
    percent: float | None = None
    is_bodyweight: bool = False
    rpe: float | None = None
    seconds: int | None = None
    meters: float | None = None
    per_side: bool = False
    tempo: str | None = None
    is_warmup: bool = False
    rest_seconds: int | None = None
    progression: str | None = None
    notes: str | None = None
