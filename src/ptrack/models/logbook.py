"""Workouts: who trained when and how; what with is in `sets`."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from ptrack.models import agenda, imports, plans  # noqa: F401  keys point there
from ptrack.models.base import NUMBERED, SQLModel, between, enum_field, instant, key_to
from ptrack.vocabulary import Activity, Source, WorkoutKind, WorkoutStatus


class Workout(SQLModel, table=True):
    """One training by one client; its kind decides what else it must name."""

    __tablename__ = "workout"
    __table_args__ = (
        sa.CheckConstraint(
            "CASE kind WHEN 'solo' THEN session_id IS NULL AND trainer_id IS NULL "
            "WHEN 'trainer_assisted' "
            "THEN session_id IS NULL AND trainer_id IS NOT NULL AND program_id IS NOT NULL "
            "ELSE session_id IS NOT NULL AND trainer_id IS NOT NULL END",
            name="by_kind",
        ),
        between("intensity", 1, 10),
        between("duration_min", 0, 1440),
        sa.UniqueConstraint("session_id", name="uq_workout_session_id"),
        sa.UniqueConstraint("client_id", "import_key", name="uq_workout_import_key"),
        sa.Index("ix_workout_client", "client_id", "performed_at"),
        sa.Index("ix_workout_performed_at", "performed_at"),
        sa.Index("ix_workout_program", "program_id", sqlite_where=sa.text("program_id IS NOT NULL")),
        sa.Index("ix_workout_import", "import_batch_id", sqlite_where=sa.text("import_batch_id IS NOT NULL")),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = key_to("client")
    kind: WorkoutKind = enum_field(WorkoutKind, "kind", WorkoutKind.SOLO)
    session_id: int | None = key_to("session", nullable=True)
    trainer_id: int | None = key_to("trainer", nullable=True)
    program_id: int | None = key_to("program", nullable=True)
    day_id: int | None = key_to("program_day", nullable=True, ondelete="SET NULL")
    week: int | None = Field(default=None, description="the program's week that this was the day of")
    title: str | None = None
    performed_at: datetime = instant()
    duration_min: int | None = None
    intensity: int | None = None
    activity: Activity = enum_field(Activity, "activity", Activity.STRENGTH)
    status: WorkoutStatus = enum_field(WorkoutStatus, "status", WorkoutStatus.COMPLETED)
    source: Source = enum_field(Source, "source", Source.MANUAL)
    notes: str | None = None
    import_batch_id: int | None = key_to("import_batch", nullable=True)
    import_key: str | None = None
    import_hash: str | None = None
    created_at: datetime = instant()
    edited_at: datetime | None = instant(nullable=True)
