"""Packages: what a client has bought."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from ptrack.models.base import NUMBERED, SQLModel, enum_field, instant, key_to, not_blank
from ptrack.vocabulary import PackageKind


class Package(SQLModel, table=True):
    """A number of sessions sold to a client; its balance is the sum of its ledger, never a column."""

    __tablename__ = "package"
    __table_args__ = (
        not_blank("name", "name_given"),
        sa.CheckConstraint("price_cents >= 0", name="price_not_negative"),
        sa.CheckConstraint(
            "CASE kind WHEN 'sessions' THEN sessions_total > 0 AND solo_total IS NULL "
            "WHEN 'hybrid' THEN sessions_total > 0 AND solo_total > 0 "
            "ELSE sessions_total IS NULL AND solo_total IS NULL END",
            name="totals_by_kind",
        ),
        sa.Index("ix_package_sold_on", "sold_on"),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = key_to("client", index=True)
    name: str
    kind: PackageKind = enum_field(PackageKind, "kind")
    sessions_total: int | None = None
    solo_total: int | None = None
    price_cents: int | None = None
    session_value_cents: int | None = Field(
        default=None, description="what one session of an unlimited package is worth"
    )
    sold_on: date
    expires_on: date | None = None
    closed_at: datetime | None = instant(nullable=True)
    voided_at: datetime | None = instant(nullable=True)
    source_package_id: int | None = key_to("package", nullable=True)
    created_at: datetime = instant()
