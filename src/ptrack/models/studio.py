"""The practice itself: its one row, which few commands write."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from ptrack.models.base import SQLModel, between, enum_field, instant, not_blank
from ptrack.vocabulary import ChargePolicy, E1rmFormula, StudioType, Unit


class Studio(SQLModel, table=True):
    """The practice itself: exactly one row, number 1."""

    __tablename__ = "studio"
    __table_args__ = (
        sa.CheckConstraint("id = 1", name="one_row"),
        not_blank("name", "name_given"),
        between("first_weekday", 0, 6),
        between("late_cancel_hours", 0, 720),
        between("feedback_every", 1, 20),
        between("quiet_from_min", 0, 1439),
        between("quiet_to_min", 0, 1439),
        sa.CheckConstraint("length(currency) = 3", name="currency_iso"),
    )

    id: int = Field(default=1, primary_key=True)
    uid: str = Field(default="", description="tells this practice's calendar entries from all others'")
    name: str
    studio_type: StudioType = enum_field(StudioType, "studio_type")
    timezone: str
    unit: Unit = enum_field(Unit, "unit")
    currency: str
    first_weekday: int = Field(default=0, description="0 is Monday, 6 Sunday")
    logo_path: str | None = None
    sender: str | None = None
    calendar: bool = True
    programs: bool = True
    progress_tracking: bool = True
    leaderboard: bool = False
    e1rm_formula: E1rmFormula = enum_field(E1rmFormula, "e1rm_formula", E1rmFormula.EPLEY)
    no_show_charges: ChargePolicy = enum_field(ChargePolicy, "no_show_charges", ChargePolicy.ALWAYS)
    late_cancel_charges: ChargePolicy = enum_field(ChargePolicy, "late_cancel_charges", ChargePolicy.ASK)
    late_cancel_hours: int = 24
    strict_booking: bool = False
    commission_requires_validation: bool = False
    feedback_every: int = 5
    reminder_offsets: str = Field(default="1440,60", description="minutes before the start, longest first")
    quiet_from_min: int = Field(default=1260, description="from this minute of the day on no mail goes out")
    quiet_to_min: int = 420
    signature: str | None = None
    created_at: datetime = instant()
