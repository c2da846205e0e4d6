from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptrack.progress.rules.aggregates import Entry, aggregate
from ptrack.vocabulary import Aggregation

START = datetime(2026, 1, 1, tzinfo=UTC)


def entry(number: int, day: int, value: float) -> Entry:
    return Entry(number, START + timedelta(days=day), value)


ENTRIES = [entry(1, 5, 80.0), entry(2, 1, 82.5), entry(3, 3, 81.0)]


@pytest.mark.parametrize(
    ("aggregation", "expected"),
    [
        (Aggregation.SUM, 243.5),
        (Aggregation.MAX, 82.5),
        (Aggregation.AVG, 243.5 / 3),
        (Aggregation.LATEST, 80.0),
    ],
)
def test_one_figure_of_three_entries(aggregation: Aggregation, expected: float) -> None:
    assert aggregate(ENTRIES, aggregation) == expected
    assert aggregate(iter(ENTRIES), aggregation) == expected


def test_the_sum_of_nothing_is_zero() -> None:
    assert aggregate([], Aggregation.SUM) == 0


@pytest.mark.parametrize("aggregation", [Aggregation.MAX, Aggregation.AVG, Aggregation.LATEST])
def test_of_nothing_there_is_no_other_figure(aggregation: Aggregation) -> None:
    assert aggregate([], aggregation) is None


@pytest.mark.parametrize("aggregation", Aggregation)
def test_a_zero_that_was_recorded_is_a_zero(aggregation: Aggregation) -> None:
    assert aggregate([entry(1, 0, 0.0)], aggregation) == 0
    assert aggregate([entry(1, 0, 0.0)], aggregation) is not None


def test_the_latest_of_one_moment_has_the_highest_number() -> None:
    assert aggregate([entry(9, 1, 3.0), entry(10, 1, 1.0), entry(8, 1, 2.0)], Aggregation.LATEST) == 1.0


def test_the_largest_may_be_below_zero() -> None:
    assert aggregate([entry(1, 0, -3.0), entry(2, 0, -2.0)], Aggregation.MAX) == -2.0


def test_tenths_add_up() -> None:
    assert aggregate([entry(number, 0, 0.1) for number in range(10)], Aggregation.SUM) == 1.0


@given(
    values=st.lists(st.floats(-1e6, 1e6, allow_nan=False), max_size=20),
    aggregation=st.sampled_from(Aggregation),
    data=st.data(),
)
@settings(deadline=None)
def test_the_order_of_the_entries_does_not_matter(
    values: list[float], aggregation: Aggregation, data: st.DataObject
) -> None:
    entries = [entry(number, number % 3, value) for number, value in enumerate(values)]
    assert aggregate(data.draw(st.permutations(entries)), aggregation) == aggregate(entries, aggregation)
