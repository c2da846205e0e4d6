"""Scales of charts, for every format: what lies where, and which values and dates are written at the axes."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, floor, log10
from operator import itemgetter

from ptrack.output.document import Chart, Series

Point = tuple[float, float]

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY_S = 86_400.0
_LONG_RANGE_DAYS = 300
_BEYOND = 1e12
_ONE = 1e-9


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart ready to be drawn: points in seconds and values, and the limits and ticks of both axes."""

    series: Sequence[tuple[Series, Sequence[Point]]]
    x_limits: tuple[float, float]
    y_limits: tuple[float, float]
    x_ticks: Sequence[tuple[float, str]]
    y_ticks: Sequence[tuple[float, str]]


def plot(chart: Chart, columns: int, most_dates: int, most_values: int) -> Plot | None:
    """The chart on scales for `columns` columns; None where it has no point with a number."""
    series = [(item, points_to_draw(item, columns)) for item in chart.series]
    series = [(item, points) for item, points in series if points]
    if not series:
        return None
    start, end = limits((x for _, points in series for x, _ in points), _DAY_S / 2)
    y_ticks = value_ticks(*limits((y for _, points in series for _, y in points), 1.0), most_values)
    zone = series[0][0].points[0][0].tzinfo
    first = datetime.fromtimestamp(start, zone)
    x_ticks = [
        (day.timestamp(), label)
        for day, label in date_ticks(first, datetime.fromtimestamp(end, zone), most_dates)
    ]
    return Plot(series, (start, end), (y_ticks[0][0], y_ticks[-1][0]), x_ticks, y_ticks)


def points_to_draw(series: Series, columns: int) -> list[Point]:
    """A series as seconds and values, at most two points a column; what is no number is left out."""
    finite = [point for point in series.points if -_BEYOND < point[1] < _BEYOND]
    if len(finite) > 2 * columns:
        finite = _thinned(finite, columns)
    return [(moment.timestamp(), value) for moment, value in finite]


def _thinned(points: list[tuple[datetime, float]], columns: int) -> list[tuple[datetime, float]]:
    """The lowest and the highest point of each column, in the order of time.

    Columns are found by bisection, so that a hundred thousand points cost one pass of the C library each.
    """
    moment = itemgetter(0)
    points.sort(key=moment)
    values = [value for _, value in points]
    first, width = points[0][0], (points[-1][0] - points[0][0]) / columns
    kept: list[tuple[datetime, float]] = []
    start = 0
    for column in range(1, columns + 1):
        is_last = column == columns
        end = len(points) if is_last else bisect_left(points, first + width * column, start, key=moment)
        if end > start:
            part = values[start:end]
            extremes = {start + part.index(min(part)), start + part.index(max(part))}
            kept += (points[place] for place in sorted(extremes))
        start = end
    return kept


def limits(values: Iterable[float], margin: float) -> tuple[float, float]:
    """The least and the greatest value; where they are one, `margin` to both sides of it."""
    found = list(values)
    low, high = min(found), max(found)
    is_one = high - low <= _ONE * max(abs(low), abs(high))
    return (low - margin, high + margin) if is_one else (low, high)


def value_ticks(low: float, high: float, most: int) -> list[tuple[float, str]]:
    """Round values from at or below `low` to at or above `high`, about `most`, all with the same decimals."""
    rough = (high - low) / max(most - 1, 1)
    power = 10.0 ** floor(log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough * (1 - 1e-9))
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    decimals = next((count for count in range(7) if abs(step - round(step, count)) < step * 1e-6), 6)
    values = [number * step for number in range(first, last + 1)]
    return [(value, f"{value + 0.0:,.{decimals}f}") for value in values]


def date_ticks(first: datetime, last: datetime, most: int) -> list[tuple[datetime, str]]:
    """Up to `most` evenly spaced moments with their day, or their month and year over a long range."""
    span = last - first
    count = max(min(most, span.days + 1), 2)
    ticks = [first + span * number / (count - 1) for number in range(count)]
    labels = [_date_label(tick, is_long=span > timedelta(days=_LONG_RANGE_DAYS)) for tick in ticks]
    return [
        (tick, label)
        for number, (tick, label) in enumerate(zip(ticks, labels, strict=True))
        if label not in labels[:number]
    ]


def _date_label(moment: datetime, *, is_long: bool) -> str:
    month = _MONTHS[moment.month - 1]
    return f"{month} {moment.year}" if is_long else f"{moment.day} {month}"
