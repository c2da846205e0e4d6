"""Where a metric is going: the least-squares line through its entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import fsum

from ptrack.vocabulary import Direction

_WEEK = timedelta(days=7)
_LEAST_POINTS = 3
_FLAT_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Trend:
    """A line through points: it passes through `mean` at `mean_at`, the mean of their times, with that slope.

    All three are None where the direction is `insufficient`.
    """

    direction: Direction
    points: int
    slope_per_week: float | None = None
    mean_at: datetime | None = None
    mean: float | None = None


def trend(points: Sequence[tuple[datetime, float]]) -> Trend:
    """Fit the line to the points (instant in UTC, value), in whatever order.

    `insufficient` with fewer than 3 points or less than 7 days from first to last; `flat` where the line
    changes by less than 1 % of the mean from the first to the last.
    """
    moments = [moment for moment, _ in points]
    if len(points) < _LEAST_POINTS or max(moments) - min(moments) < _WEEK:
        return Trend(Direction.INSUFFICIENT, len(points))
    start, range_weeks = min(moments), (max(moments) - min(moments)) / _WEEK
    weeks = [(moment - start) / _WEEK for moment in moments]
    mean_week, mean = fsum(weeks) / len(points), fsum(value for _, value in points) / len(points)
    slope = _slope([week - mean_week for week in weeks], [value - mean for _, value in points])
    direction = _direction(slope * range_weeks, mean)
    return Trend(direction, len(points), slope, start + mean_week * _WEEK, mean)


def line_at(line: Trend, moment: datetime) -> float | None:
    """Read the line at an instant, before, between or after its points; None where there is no line."""
    if line.slope_per_week is None or line.mean_at is None or line.mean is None:
        return None
    return line.mean + line.slope_per_week * ((moment - line.mean_at) / _WEEK)


def _slope(xs: Sequence[float], ys: Sequence[float]) -> float:
    """Fit the slope to deviations from the mean: these stay small, so that no digits cancel out."""
    return fsum(x * y for x, y in zip(xs, ys, strict=True)) / fsum(x * x for x in xs)


def _direction(change: float, mean: float) -> Direction:
    if change == 0 or abs(change) < _FLAT_SHARE * abs(mean):
        return Direction.FLAT
    return Direction.RISING if change > 0 else Direction.FALLING
