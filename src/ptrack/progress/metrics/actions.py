"""What is done with metrics: entering, defining, seeding. The caller's transaction holds it together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from ptrack.clients.queries import practice
from ptrack.clients.rules import required_name
from ptrack.database.session import Writing
from ptrack.errors import ConflictError, RuleError, UsageError
from ptrack.models.measures import Metric, MetricEntry
from ptrack.moments import local_day_bounds
from ptrack.naming import clean, fold
from ptrack.progress.actions import collect
from ptrack.progress.metrics.queries import MetricRow, metrics
from ptrack.progress.rules.measuring import check_moment, check_plausible, read_key
from ptrack.progress.seeding import seed_metrics
from ptrack.vocabulary import Aggregation, Better, EntrySource, MetricCategory, Unit

_LONGEST_UNIT = 12
_SKILL = {"minimum": 1.0, "maximum": 5.0, "aggregation": Aggregation.LATEST, "better": Better.UP}


@dataclass(frozen=True, slots=True)
class Measured:
    """A value of a metric, in the metric's unit."""

    metric: MetricRow
    value: float


class MetricChanges(BaseModel):
    """What can be said of a metric; only what is set is written. None takes a bound or the unit away."""

    model_config = ConfigDict(extra="forbid")

    name: str = ""
    unit: str | None = None
    category: MetricCategory = MetricCategory.CUSTOM
    aggregation: Aggregation = Aggregation.LATEST
    better: Better = Better.NEITHER
    visible_to_client: bool = True
    minimum: float | None = None
    maximum: float | None = None


def add_entries(
    work: Writing,
    client_id: int,
    measured: Sequence[Measured],
    recorded_at: datetime,
    recorded_by: int,
    note: str | None = None,
    *,
    force: bool = False,
) -> list[int]:
    """Enter what was measured of a client at one moment; the entries' numbers. One refused, none is kept.

    A body weight changes what bodyweight exercises and calories come to: the workouts from its day on are
    collected anew. Raises RuleError for a time ahead, a reckoned metric, and, without `force`, an implausible
    value; UsageError for a metric named twice.
    """
    check_moment(recorded_at, work.now)
    house = practice(work.reader)
    _check(measured, house.unit, force=force)
    numbers = [
        _add(work, one, client_id, recorded_at, recorded_by, clean(note or "") or None) for one in measured
    ]
    if any(one.metric.key == "weight" for one in measured):
        collect(work, client_id, local_day_bounds(house.local(recorded_at).date(), house.zone)[0])
    return numbers


def _add(
    work: Writing, one: Measured, client_id: int, recorded_at: datetime, recorded_by: int, note: str | None
) -> int:
    assert one.metric.id is not None  # noqa: S101  reckoned ones have been refused
    entry = work.add(
        MetricEntry(
            client_id=client_id,
            metric_id=one.metric.id,
            value=one.value,
            recorded_at=recorded_at,
            source=EntrySource.MANUAL,
            recorded_by=recorded_by,
            note=note,
        )
    )
    assert entry.id is not None  # noqa: S101  flushed
    return entry.id


def _check(measured: Sequence[Measured], unit: Unit, *, force: bool) -> None:
    keys = [one.metric.key for one in measured]
    for one in measured:
        metric = one.metric
        if metric.is_derived:
            raise RuleError(
                f"{metric.key} is reckoned from other metrics, never entered.\n{_INPUTS[metric.key]}"
            )
        if keys.count(metric.key) > 1:
            raise UsageError(f"{metric.key} is named twice; one moment has one value.")
        if not force:
            check_plausible(one.value, metric.name, metric.unit, metric.minimum, metric.maximum, unit)


_INPUTS = {
    "bmi": "Enter weight, and the height: ptrack clients edit CLIENT --height CM",
    "lean_mass": "Enter weight and body_fat.",
    "waist_hip_ratio": "Enter waist and hips.",
}


def define_metric(work: Writing, key: str, changes: MetricChanges) -> None:
    """Make a metric of one's own, or change what is said of one that is there, a default one included.

    A new skill goes from 1 to 5 unless told otherwise. A unit stays once there are entries in it. Raises
    UsageError for a key or range that cannot be, ConflictError for a name taken, RuleError for a unit in use.
    """
    rows = metrics(work.reader)
    there = next((row for row in rows if row.key == key), None)
    if there is None:
        read_key(key)
    elif there.is_derived:
        raise RuleError(f"{key} is reckoned from other metrics and cannot be defined.")
    values = _values(changes, key, is_new=there is None)
    _check_names(rows, key, values)
    metric = work.get(Metric, there.id) if there else Metric(key=key, name=values["name"])
    _check_unit(work, metric, values)
    for name, value in values.items():
        setattr(metric, name, value)
    _check_range(metric)
    work.add(metric)


def _values(changes: MetricChanges, key: str, *, is_new: bool) -> dict[str, Any]:
    """The columns to be written."""
    values = changes.model_dump(exclude_unset=True)
    if is_new:
        skill = _SKILL if values.get("category") is MetricCategory.SKILL else {}
        values = {"name": key.replace("_", " ").capitalize(), **skill, **values}
    if "name" in values:
        values["name"] = required_name(values["name"], "metric")
    if values.get("unit") is not None:
        values["unit"] = _unit(values["unit"])
    return values


def _unit(text: str) -> str | None:
    unit = clean(text)
    if len(unit) > _LONGEST_UNIT or any(sign.isdigit() for sign in unit[:1]):
        raise UsageError(
            f'"{unit}" is no unit: it has {_LONGEST_UNIT} characters at most and begins with none.'
        )
    return unit or None


def _check_names(rows: Sequence[MetricRow], key: str, values: dict[str, Any]) -> None:
    wanted = fold(values.get("name", ""))
    for row in rows:
        if row.key != key and wanted in (fold(row.name), row.key):
            raise ConflictError(f"There is a metric {row.name} ({row.key}) already.", (row.key,))


def _check_unit(work: Writing, metric: Metric, values: dict[str, Any]) -> None:
    if metric.id is None or values.get("unit", metric.unit) == metric.unit:
        return
    used = work.reader.value("SELECT 1 FROM metric_entry WHERE metric_id = :metric LIMIT 1", metric=metric.id)
    if metric.is_default or used:
        reason = "it is collected and reckoned with" if metric.is_default else "there are entries in it"
        raise RuleError(
            f"The unit of {metric.key} stays {metric.unit or 'none'}: {reason}.\n"
            "Define another metric for another unit."
        )


def _check_range(metric: Metric) -> None:
    low, high = metric.minimum, metric.maximum
    if low is not None and high is not None and low > high:
        raise UsageError("--min is above --max: no value would be plausible.")


def seed(work: Writing) -> list[str]:
    """Put in the default metrics that are missing; their keys. What a trainer has changed stays."""
    before = {row.key for row in metrics(work.reader)}
    seed_metrics(work)
    return [row.key for row in metrics(work.reader) if row.key not in before]
