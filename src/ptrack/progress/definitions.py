"""The metrics a practice begins with, and those that follow from others."""

from dataclasses import dataclass

from ptrack.vocabulary import Aggregation, Better, MetricCategory, StudioType

_BODY, _MINDFUL = MetricCategory.BODY, MetricCategory.MINDFULNESS
_STRENGTH, _CARDIO = MetricCategory.STRENGTH, MetricCategory.CARDIO
_SUM, _MAX, _LATEST = Aggregation.SUM, Aggregation.MAX, Aggregation.LATEST
_UP, _DOWN, _NEITHER = Better.UP, Better.DOWN, Better.NEITHER

_ALL = frozenset(StudioType)
_YOGA = frozenset((StudioType.YOGA, StudioType.HYBRID))
_GYM = frozenset((StudioType.GYM, StudioType.HYBRID))


@dataclass(frozen=True, slots=True)
class Definition:
    """What a metric is. `minimum` and `maximum` bound one plausible entry; only some studio types show it."""

    key: str
    name: str
    unit: str | None
    category: MetricCategory
    aggregation: Aggregation
    better: Better
    minimum: float | None
    maximum: float | None
    studio_types: frozenset[StudioType] = _ALL


DEFAULT_METRICS = (
    Definition("weight", "Body weight", "kg", _BODY, _LATEST, _NEITHER, 20, 400),
    Definition("body_fat", "Body fat", "%", _BODY, _LATEST, _DOWN, 2, 75),
    Definition("chest", "Chest", "cm", _BODY, _LATEST, _NEITHER, 40, 220),
    Definition("waist", "Waist", "cm", _BODY, _LATEST, _DOWN, 30, 250),
    Definition("hips", "Hips", "cm", _BODY, _LATEST, _NEITHER, 40, 250),
    Definition("arm_left", "Left arm", "cm", _BODY, _LATEST, _NEITHER, 10, 80),
    Definition("arm_right", "Right arm", "cm", _BODY, _LATEST, _NEITHER, 10, 80),
    Definition("thigh_left", "Left thigh", "cm", _BODY, _LATEST, _NEITHER, 20, 130),
    Definition("thigh_right", "Right thigh", "cm", _BODY, _LATEST, _NEITHER, 20, 130),
    Definition("calories_burned", "Calories burned", "kcal", _CARDIO, _SUM, _NEITHER, 0, 20_000),
    Definition("weight_lifted", "Weight lifted", "kg", _STRENGTH, _SUM, _UP, 0, 500_000, _GYM),
    Definition("cardio_duration", "Cardio", "min", _CARDIO, _SUM, _UP, 0, 1440, _GYM),
    Definition("personal_records", "Personal records", None, _STRENGTH, _SUM, _UP, 0, 100, _GYM),
    Definition("classes_attended", "Classes attended", None, _MINDFUL, _SUM, _UP, 0, 50, _YOGA),
    Definition("minutes_practised", "Minutes practised", "min", _MINDFUL, _SUM, _UP, 0, 1440, _YOGA),
    Definition("mindfulness_streak", "Mindfulness streak", "days", _MINDFUL, _MAX, _UP, 0, 36_500, _YOGA),
)
"""Seeded into every practice; the range of a sum is that of one entry."""

DERIVED_METRICS = (
    Definition("bmi", "Body mass index", "kg/m²", _BODY, _LATEST, _NEITHER, None, None),
    Definition("waist_hip_ratio", "Waist-hip ratio", None, _BODY, _LATEST, _DOWN, None, None),
    Definition("lean_mass", "Lean mass", "kg", _BODY, _LATEST, _UP, None, None),
)
"""Reckoned from entries of others whenever they are read, and never stored."""
