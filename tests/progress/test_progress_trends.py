from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptrack.progress.rules.trends import Trend, line_at, trend
from ptrack.vocabulary import Direction

START = datetime(2026, 1, 1, tzinfo=UTC)


def points(*pairs: tuple[float, float]) -> list[tuple[datetime, float]]:
    """Points from days after the start and values."""
    return [(START + timedelta(days=day), value) for day, value in pairs]


def test_a_straight_line_is_found() -> None:
    line = trend(points((0, 80), (7, 79), (14, 78), (21, 77)))
    assert line == Trend(Direction.FALLING, 4, -1.0, START + timedelta(days=10.5), 78.5)


def test_the_least_squares_slope_worked_by_hand() -> None:
    # Weeks 0, 1, 3 and values 1, 2, 6: deviations -4/3, -1/3, 5/3 and -2, -1, 3; 8 over 42/9.
    line = trend(points((0, 1), (7, 2), (21, 6)))
    assert line.direction is Direction.RISING
    assert line.slope_per_week == pytest.approx(12 / 7)
    assert line_at(line, START) == pytest.approx(3 - 12 / 7 * 4 / 3)
    assert line_at(line, START + timedelta(days=70)) == pytest.approx(3 + 12 / 7 * (10 - 4 / 3))


@pytest.mark.parametrize(
    "few",
    [
        points(),
        points((0, 1)),
        points((0, 1), (30, 2)),
        points((0, 1), (3, 2), (6.99, 3)),
        points((0, 1)) * 5,
    ],
)
def test_fewer_than_three_points_or_seven_days_are_insufficient(few: list[tuple[datetime, float]]) -> None:
    line = trend(few)
    assert line == Trend(Direction.INSUFFICIENT, len(few))
    assert line_at(line, START) is None


def test_three_points_over_seven_days_suffice() -> None:
    assert trend(points((0, 1), (3.5, 2), (7, 3))).direction is Direction.RISING


@pytest.mark.parametrize(
    ("end", "direction"),
    [
        (100.99, Direction.FLAT),
        (99.01, Direction.FLAT),
        (101.02, Direction.RISING),
        (98.98, Direction.FALLING),
    ],
)
def test_a_change_under_one_percent_of_the_mean_is_flat(end: float, direction: Direction) -> None:
    assert trend(points((0, 100), (7, (100 + end) / 2), (14, end))).direction is direction


def test_one_percent_is_no_longer_flat() -> None:
    assert trend(points((0, 199), (7, 200), (14, 201))).direction is Direction.RISING


def test_the_mean_counts_without_its_sign() -> None:
    assert trend(points((0, -100), (7, -100.1), (14, -100.2))).direction is Direction.FLAT
    assert trend(points((0, -100), (7, -102), (14, -104))).direction is Direction.FALLING


def test_nothing_but_zeros_is_flat() -> None:
    line = trend(points((0, 0), (7, 0), (14, 0)))
    assert (line.direction, line.slope_per_week) == (Direction.FLAT, 0)


def test_a_flat_line_still_has_its_slope() -> None:
    line = trend(points((0, 100), (7, 100.1), (14, 100.2)))
    assert line.direction is Direction.FLAT
    assert line.slope_per_week == pytest.approx(0.1)


def test_small_changes_of_large_values_are_not_lost() -> None:
    line = trend(points((0, 1e9), (7, 1e9 + 0.5), (14, 1e9 + 1)))
    assert line.slope_per_week == pytest.approx(0.5, rel=1e-6)


series = st.lists(
    st.tuples(st.integers(0, 3000), st.floats(-1000, 1000, allow_nan=False)), min_size=3, max_size=30
)


@given(series=series, data=st.data())
@settings(deadline=None)
def test_the_order_of_the_points_does_not_matter(
    series: list[tuple[int, float]], data: st.DataObject
) -> None:
    whole = points(*series)
    assert trend(data.draw(st.permutations(whole))) == trend(whole)


@given(
    slope=st.floats(-50, 50),
    level=st.floats(-500, 500),
    at=st.lists(st.integers(0, 3000), min_size=3, max_size=30, unique=True).filter(
        lambda at: max(at) - min(at) >= 7
    ),
)
@settings(deadline=None)
def test_points_on_a_line_give_that_line(slope: float, level: float, at: list[int]) -> None:
    line = trend(points(*((day, level + slope * day / 7) for day in at)))
    assert line.slope_per_week == pytest.approx(slope, abs=1e-6)
    assert line_at(line, START) == pytest.approx(level, abs=1e-3)
