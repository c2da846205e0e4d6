"""When trainers work, and the days off."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field

from ptrack.models import practice  # noqa: F401  keys point there
from ptrack.models.base import NUMBERED, SQLModel, between, key_to


class WorkingHours(SQLModel, table=True):
    """A span of a weekday in which a trainer works, in minutes of the studio's wall clock."""

    __tablename__ = "working_hours"
    __table_args__ = (
        between("weekday", 0, 6),
        sa.CheckConstraint("0 <= starts_min AND starts_min < ends_min AND ends_min <= 1440", name="a_span"),
    )

    trainer_id: int = Field(
        sa_column=sa.Column(sa.Integer, sa.ForeignKey("trainer.id", ondelete="CASCADE"), primary_key=True)
    )
    weekday: int = Field(primary_key=True, description="0 is Monday, 6 Sunday")
    starts_min: int = Field(primary_key=True)
    ends_min: int


class DayOff(SQLModel, table=True):
    """Days on which a trainer, or without one the whole practice, does not work; both ends included."""

    __tablename__ = "day_off"
    __table_args__ = (
        sa.CheckConstraint("first_day <= last_day", name="a_span"),
        sa.Index("ix_day_off_last_day", "last_day"),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    trainer_id: int | None = key_to("trainer", nullable=True, ondelete="CASCADE", index=True)
    first_day: date
    last_day: date
    reason: str | None = None
