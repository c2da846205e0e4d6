"""What a workout is made of: its exercises and their sets."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from ptrack.models import library, logbook  # noqa: F401  keys point there
from ptrack.models.base import NUMBERED, SQLModel, between, enum_field, instant, key_to
from ptrack.vocabulary import Section


class WorkoutExercise(SQLModel, table=True):
    """One exercise in a workout; `planned` keeps the plan's notation beside what was done.

    `skipped_sets` are those of the plan that were passed over while it was logged set by set.
    """

    __tablename__ = "workout_exercise"
    __table_args__ = (
        sa.UniqueConstraint("workout_id", "position", name="uq_workout_exercise_position"),
        between("skipped_sets", 0, 9999),
        sa.Index("ix_workout_exercise_workout", "workout_id", "exercise_id"),
        sa.Index("ix_workout_exercise_exercise", "exercise_id", "workout_id"),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    workout_id: int = key_to("workout", ondelete="CASCADE")
    exercise_id: int = key_to("exercise")
    position: int
    section: Section = enum_field(Section, "section", Section.MAIN)
    superset: str | None = None
    planned: str | None = None
    is_skipped: bool = False
    skipped_sets: int | None = None
    notes: str | None = None


class WorkoutSet(SQLModel, table=True):
    """One set, kept under its exercise by position."""

    __tablename__ = "workout_set"
    __table_args__ = (
        between("reps", 0, 9999),
        between("weight_g", -1_000_000, 1_000_000),
        sa.CheckConstraint("rpe BETWEEN 1 AND 10 AND rpe * 2 = round(rpe * 2)", name="rpe_halves"),
        between("seconds", 0, 86400),
        between("meters", 0, 1_000_000),
        sa.CheckConstraint(
            "coalesce(reps, 0) > 0 OR coalesce(seconds, 0) > 0 OR coalesce(meters, 0) > 0",
            name="something_done",
        ),
        {"sqlite_with_rowid": False},
    )

    workout_exercise_id: int = Field(
        sa_column=sa.Column(
            sa.Integer, sa.ForeignKey("workout_exercise.id", ondelete="CASCADE"), primary_key=True
        )
    )
    position: int = Field(primary_key=True)
    reps: int | None = None
    weight_g: int | None = None
    rpe: float | None = None
    seconds: int | None = None
    meters: float | None = None
    is_warmup: bool = False
    is_amrap: bool = False
    per_side: bool = False
    tempo: str | None = None
    completed_at: datetime | None = instant(nullable=True)
