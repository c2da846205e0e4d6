from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from ptrack.output.scales import date_ticks, value_ticks

FIRST = datetime(2026, 1, 5, tzinfo=UTC)


def test_values_at_the_axis_are_round() -> None:
    assert value_ticks(61.3, 84.2, 6) == [
        (60, "60"),
        (65, "65"),
        (70, "70"),
        (75, "75"),
        (80, "80"),
        (85, "85"),
    ]
    assert [label for _, label in value_ticks(0.11, 0.34, 4)] == ["0.1", "0.2", "0.3", "0.4"]
    assert [label for _, label in value_ticks(-2, 4500, 4)] == ["-2,000", "0", "2,000", "4,000", "6,000"]


@settings(deadline=None)
@given(st.floats(-1e6, 1e6), st.floats(0.001, 1e6), st.integers(2, 12))
def test_values_at_the_axis_enclose_the_data_and_differ(low: float, span: float, most: int) -> None:
    ticks = value_ticks(low, low + span, most)
    assert ticks[0][0] <= low + span * 1e-6
    assert ticks[-1][0] >= (low + span) - span * 1e-6
    assert len({label for _, label in ticks}) == len(ticks)
    assert len(ticks) <= most + 2


def test_dates_at_the_axis_are_days_or_months() -> None:
    assert [label for _, label in date_ticks(FIRST, FIRST + timedelta(days=28), 3)] == [
        "5 Jan",
        "19 Jan",
        "2 Feb",
    ]
    years = [label for _, label in date_ticks(FIRST, FIRST + timedelta(days=730), 3)]
    assert years == ["Jan 2026", "Jan 2027", "Jan 2028"]


def test_one_day_has_one_date() -> None:
    assert [label for _, label in date_ticks(FIRST, FIRST + timedelta(hours=5), 5)] == ["5 Jan"]
