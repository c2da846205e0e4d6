"""Metrics and their entries."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from ptrack.models import logbook, practice  # noqa: F401  keys point there
from ptrack.models.base import NUMBERED, SQLModel, enum_field, instant, key_to, not_blank
from ptrack.vocabulary import Aggregation, Better, EntrySource, MetricCategory


class Metric(SQLModel, table=True):
    """What is measured, and how its entries become one figure."""

    __tablename__ = "metric"
    __table_args__ = (
        not_blank("key", "key_given"),
        sa.CheckConstraint("minimum <= maximum", name="range_order"),
        sa.UniqueConstraint("key", name="uq_metric_key"),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str
    name: str
    unit: str | None = None
    category: MetricCategory = enum_field(MetricCategory, "category", MetricCategory.CUSTOM)
    aggregation: Aggregation = enum_field(Aggregation, "aggregation", Aggregation.LATEST)
    better: Better = enum_field(Better, "better", Better.NEITHER)
    visible_to_client: bool = True
    minimum: float | None = None
    maximum: float | None = None
    is_default: bool = False


class MetricEntry(SQLModel, table=True):
    """One measured or collected value."""

    __tablename__ = "metric_entry"
    __table_args__ = (
        sa.CheckConstraint("value = value AND abs(value) < 1e15", name="value_finite"),
        sa.CheckConstraint("source <> 'auto' OR workout_id IS NOT NULL", name="auto_has_workout"),
        sa.UniqueConstraint("workout_id", "metric_id", name="uq_metric_entry_workout"),
        sa.Index("ix_metric_entry_client", "client_id", "metric_id", "recorded_at"),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = key_to("client")
    metric_id: int = key_to("metric")
    value: float
    recorded_at: datetime = instant()
    source: EntrySource = enum_field(EntrySource, "source", EntrySource.MANUAL)
    recorded_by: int | None = key_to("trainer", nullable=True)
    workout_id: int | None = key_to("workout", nullable=True, ondelete="CASCADE")
    note: str | None = None
