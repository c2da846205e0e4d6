"""Appointments, what was agreed, and sessions, what took place."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from ptrack.models import imports, packages, practice  # noqa: F401  keys point there
from ptrack.models.base import NUMBERED, SQLModel, between, enum_field, instant, key_to
from ptrack.vocabulary import AppointmentStatus, Repeat, SessionStatus, Validation


class AppointmentGroup(SQLModel, table=True):
    """Clients who train together: their appointments share it, their trainer, time and place."""

    __tablename__ = "appointment_group"
    __table_args__ = (between("capacity", 1, 1000), NUMBERED)

    id: int | None = Field(default=None, primary_key=True)
    name: str | None = None
    capacity: int | None = Field(default=None, description="how many clients may join")
    created_at: datetime = instant()


class AppointmentSeries(SQLModel, table=True):
    """Appointments booked together that repeat at the same wall time."""

    __tablename__ = "appointment_series"
    __table_args__ = (NUMBERED,)

    id: int | None = Field(default=None, primary_key=True)
    repeats: Repeat = enum_field(Repeat, "repeats")
    created_at: datetime = instant()


class Appointment(SQLModel, table=True):
    """A time agreed between a client and a trainer."""

    __tablename__ = "appointment"
    __table_args__ = (
        between("duration_min", 1, 1440),
        sa.CheckConstraint("sequence >= 0", name="sequence_not_negative"),
        sa.Index("ix_appointment_starts_at", "starts_at"),
        sa.Index("ix_appointment_client", "client_id", "starts_at", "status"),
        sa.Index("ix_appointment_trainer", "trainer_id", "starts_at"),
        sa.Index("ix_appointment_open", "starts_at", sqlite_where=sa.text("status = 'scheduled'")),
        sa.Index("ix_appointment_group", "group_id", sqlite_where=sa.text("group_id IS NOT NULL")),
        sa.Index("ix_appointment_series", "series_id", sqlite_where=sa.text("series_id IS NOT NULL")),
        sa.Index("ix_appointment_place", "location_id", "starts_at"),
        sa.Index(
            "ix_appointment_batch", "import_batch_id", sqlite_where=sa.text("import_batch_id IS NOT NULL")
        ),
        sa.Index(
            "ix_appointment_import_key",
            "import_key",
            unique=True,
            sqlite_where=sa.text("import_key IS NOT NULL"),
        ),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = key_to("client")
    trainer_id: int = key_to("trainer")
    location_id: int | None = key_to("location", nullable=True)
    package_id: int | None = key_to("package", nullable=True, index=True)
    group_id: int | None = key_to("appointment_group", nullable=True)
    series_id: int | None = key_to("appointment_series", nullable=True)
    starts_at: datetime = instant()
    duration_min: int = 60
    status: AppointmentStatus = enum_field(AppointmentStatus, "status", AppointmentStatus.SCHEDULED)
    cancelled_by: str | None = None
    is_late: bool = Field(
        default=False,
        sa_column=sa.Column(sa.Boolean, nullable=False, server_default=sa.false()),
        description="the client called it off inside the late limit of that day",
    )
    reason: str | None = None
    notes: str | None = None
    sequence: int = 0
    uid: str | None = Field(default=None, description="its name in the calendar that it was imported from")
    import_batch_id: int | None = key_to("import_batch", nullable=True)
    import_key: str | None = None
    import_hash: str | None = None
    created_at: datetime = instant()
    edited_at: datetime | None = instant(nullable=True)


class TrainingSession(SQLModel, table=True):
    """What took place with a trainer; an appointment has at most one."""

    __tablename__ = "session"
    __table_args__ = (
        between("duration_min", 1, 1440),
        sa.CheckConstraint("value_cents >= 0 AND commission_cents >= 0", name="money_not_negative"),
        sa.UniqueConstraint("appointment_id", name="uq_session_appointment_id"),
        sa.Index("ix_session_client", "client_id", "starts_at"),
        sa.Index("ix_session_trainer", "trainer_id", "starts_at"),
        sa.Index("ix_session_starts_at", "starts_at"),
        sa.Index("ix_session_owed", "client_id", sqlite_where=sa.text("is_charged AND package_id IS NULL")),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    appointment_id: int | None = key_to("appointment", nullable=True)
    client_id: int = key_to("client")
    trainer_id: int = key_to("trainer")
    location_id: int | None = key_to("location", nullable=True)
    package_id: int | None = key_to("package", nullable=True)
    starts_at: datetime = instant()
    duration_min: int
    status: SessionStatus = enum_field(SessionStatus, "status", SessionStatus.IN_PROGRESS)
    is_charged: bool = Field(
        default=False, description="it costs a credit: drawn from its package, owed where it has none"
    )
    validation: Validation = enum_field(Validation, "validation", Validation.PENDING)
    validated_at: datetime | None = instant(nullable=True)
    value_cents: int = Field(default=0, description="what the session is worth, kept when it was completed")
    commission_cents: int = Field(default=0, description="the trainer's share of it, kept likewise")
    notes: str | None = None
