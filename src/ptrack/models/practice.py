"""The practice: its one studio row, places, trainers and clients."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from ptrack.models.base import NUMBERED, SQLModel, between, enum_field, instant, key_to, not_blank
from ptrack.vocabulary import (
    Channel,
    ChargePolicy,
    ClientStatus,
    CommissionKind,
    E1rmFormula,
    Role,
    Sex,
    StudioType,
    Unit,
)


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


class Location(SQLModel, table=True):
    """A place where sessions are held, or the address of a room online."""

    __tablename__ = "location"
    __table_args__ = (
        not_blank("name", "name_given"),
        sa.UniqueConstraint("name_key", name="uq_location_name_key"),
        between("buffer_min", 0, 240),
        between("capacity", 1, 1000),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str
    name_key: str
    address: str | None = None
    url: str | None = None
    buffer_min: int = Field(default=0, description="minutes kept free between appointments here")
    capacity: int | None = Field(default=None, description="how many clients it holds at once")
    is_active: bool = True


class Trainer(SQLModel, table=True):
    """Someone who trains clients."""

    __tablename__ = "trainer"
    __table_args__ = (
        not_blank("name", "name_given"),
        sa.CheckConstraint(
            "commission >= 0 AND (commission_kind <> 'percent' OR commission <= 10000)",
            name="commission_range",
        ),
        between("buffer_min", 0, 240),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str
    email: str | None = None
    role: Role = enum_field(Role, "role", Role.TRAINER)
    commission_kind: CommissionKind = enum_field(CommissionKind, "commission_kind", CommissionKind.PERCENT)
    commission: int = Field(default=0, description="hundredths of a percent, or cents a session")
    buffer_min: int = Field(default=0, description="minutes kept free between this trainer's appointments")
    is_active: bool = True


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


class Client(SQLModel, table=True):
    """Someone who trains here."""

    __tablename__ = "client"
    __table_args__ = (
        not_blank("name", "name_given"),
        between("height_cm", 30, 300),
        sa.CheckConstraint("(status = 'churned') = (churned_on IS NOT NULL)", name="churned_on_given"),
        sa.CheckConstraint("paused_on IS NULL OR status = 'paused'", name="paused_on_of_paused"),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str
    email: str | None = None
    phone: str | None = None
    birth_date: date | None = None
    sex: Sex | None = enum_field(Sex, "sex", None, nullable=True)
    height_cm: float | None = None
    trainer_id: int | None = key_to("trainer", nullable=True, index=True)
    location_id: int | None = key_to("location", nullable=True, index=True)
    goals: str | None = None
    notes: str | None = None
    guardian_name: str | None = None
    guardian_email: str | None = None
    channel: Channel = enum_field(Channel, "channel", Channel.EMAIL)
    reminder_offsets: str | None = Field(default=None, description="where they are other than the studio's")
    unsubscribed_at: datetime | None = instant(nullable=True)
    leaderboard_opt_in: bool = False
    status: ClientStatus = enum_field(ClientStatus, "status", ClientStatus.ACTIVE)
    churned_on: date | None = None
    churn_reason: str | None = None
    paused_on: date | None = Field(default=None, description="since when packages do not run towards expiry")
    created_at: datetime = instant()
    removed_at: datetime | None = instant(nullable=True)


class ClientTag(SQLModel, table=True):
    """A word by which clients are grouped."""

    __tablename__ = "client_tag"
    __table_args__ = (not_blank("tag", "tag_given"),)

    client_id: int = Field(
        sa_column=sa.Column(sa.Integer, sa.ForeignKey("client.id", ondelete="CASCADE"), primary_key=True)
    )
    tag: str = Field(primary_key=True)
