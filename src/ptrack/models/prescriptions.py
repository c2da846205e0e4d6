"""What the days of a program prescribe, line by line."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from ptrack.models import library, plans  # noqa: F401  keys point there
from ptrack.models.base import NUMBERED, SQLModel, between, enum_field, instant, key_to
from ptrack.vocabulary import Section


class Prescription(SQLModel, table=True):
    """One group of planned sets; groups of one line share its position and differ in `part`.

    A planned load goes up with what was logged from `load_since` on, from the program's beginning where there
    is none.
    """

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
    load_since: datetime | None = instant(nullable=True)
