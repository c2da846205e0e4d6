"""The exercise library."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from ptrack.models import imports  # noqa: F401  keys point there
from ptrack.models.base import NUMBERED, SQLModel, enum_field, enum_type, instant, key_to, not_blank
from ptrack.vocabulary import ExerciseCategory, Muscle, Tracked


class Exercise(SQLModel, table=True):
    """A movement; its name is unique, letter case and accents ignored."""

    __tablename__ = "exercise"
    __table_args__ = (
        not_blank("name", "name_given"),
        sa.UniqueConstraint("name_key", name="uq_exercise_name_key"),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str
    name_key: str
    category: ExerciseCategory = enum_field(ExerciseCategory, "category", ExerciseCategory.OTHER)
    equipment: str | None = None
    tracked: Tracked = enum_field(Tracked, "tracked", Tracked.WEIGHT_REPS)
    description: str | None = None
    video_url: str | None = None
    is_custom: bool = False
    source: str | None = None
    licence: str | None = None
    import_batch_id: int | None = key_to("import_batch", nullable=True)
    import_key: str | None = None
    import_hash: str | None = None
    edited_at: datetime | None = instant(nullable=True)


class ExerciseAlias(SQLModel, table=True):
    """Another name of an exercise, unique like the first."""

    __tablename__ = "exercise_alias"
    __table_args__ = (not_blank("alias", "alias_given"),)

    alias_key: str = Field(primary_key=True)
    alias: str
    exercise_id: int = key_to("exercise", ondelete="CASCADE", index=True)


class ExerciseMuscle(SQLModel, table=True):
    """A muscle that an exercise trains, first or second."""

    __tablename__ = "exercise_muscle"

    exercise_id: int = Field(
        sa_column=sa.Column(sa.Integer, sa.ForeignKey("exercise.id", ondelete="CASCADE"), primary_key=True)
    )
    muscle: Muscle = Field(sa_column=sa.Column(enum_type(Muscle, "muscle"), primary_key=True))
    is_primary: bool
