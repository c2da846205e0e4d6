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
        sa.CheckConstraint("length(currency) = 3", name="currency_iso"),
    )

    id: int = Field(default=1, primary_key=True)
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
    created_at: datetime = instant()


class Location(SQLModel, table=True):
    """A place where sessions are held, or the address of a room online."""

    __tablename__ = "location"
    __table_args__ = (
        not_blank("name", "name_given"),
        sa.UniqueConstraint("name_key", name="uq_location_name_key"),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str
    name_key: str
    address: str | None = None
    url: str | None = None
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
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str
    email: str | None = None
    role: Role = enum_field(Role, "role", Role.TRAINER)
    commission_kind: CommissionKind = enum_field(CommissionKind, "commission_kind", CommissionKind.PERCENT)
    commission: int = Field(default=0, description="hundredths of a percent, or cents a session")
    is_active: bool = True


class Client(SQLModel, table=True):
    """Someone who trains here."""

    __tablename__ = "client"
    __table_args__ = (
        not_blank("name", "name_given"),
        between("height_cm", 30, 300),
        sa.CheckConstraint("(status = 'churned') = (churned_on IS NOT NULL)", name="churned_on_given"),
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
    leaderboard_opt_in: bool = False
    status: ClientStatus = enum_field(ClientStatus, "status", ClientStatus.ACTIVE)
    churned_on: date | None = None
    churn_reason: str | None = None
    created_at: datetime = instant()


class ClientTag(SQLModel, table=True):
    """A word by which clients are grouped."""

    __tablename__ = "client_tag"
    __table_args__ = (not_blank("tag", "tag_given"),)

    client_id: int = Field(
        sa_column=sa.Column(sa.Integer, sa.ForeignKey("client.id", ondelete="CASCADE"), primary_key=True)
    )
    tag: str = Field(primary_key=True)
