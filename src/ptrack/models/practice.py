"""The people of the practice, and its places."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from ptrack.models.base import NUMBERED, SQLModel, between, enum_field, instant, key_to, not_blank
from ptrack.vocabulary import (
    Channel,
    ClientStatus,
    CommissionKind,
    Role,
    Sex,
)


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
