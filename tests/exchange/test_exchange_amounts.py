"""Numbers and durations as other programs write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptrack.exchange.amounts import GRAMS, duration_seconds, either_way, number, rounded, unit


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("80", 80),
        ("80.0", 80),
        (" 72,5 ", 72.5),
        ("-20", -20),
        (".5", 0.5),
        ("1e2", 100),
        ("65.181223569", 65.181223569),
    ],
)
def test_a_number_is_read(text: str, value: float) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    "text", ["", "NaN", "inf", "-Infinity", "1_000", "1,000.5", "0x10", "8 kg", "٣", "1e999", "--"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert number(text) is None


def test_pounds_come_back_as_whole_grams() -> None:
    assert rounded(225 * GRAMS["lb"]) == 102058
    assert rounded(44.09245243697551 * GRAMS["lb"]) == 20000
    assert rounded(0.5) == 1


@given(st.integers(0, 2000).map(lambda quarter: quarter / 4))
@settings(deadline=None)
def test_a_load_in_pounds_written_with_all_its_digits_is_the_same_in_kilograms(kg: float) -> None:
    assert rounded(kg / 0.45359237 * GRAMS["lb"]) == kg * 1000


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1h 5m", 3900),
        ("38min", 2280),
        ("264h 1m", 950460),
        ("1小时13分钟", 4380),
        ("45s", 45),
        ("3900", 3900),
        ("120.0", 120),
        ("2h 23min", 8580),
        ("1:05:00", 3900),
        ("1:30", 90),
        ("1 Std. 5 Min.", 3900),
        ("0", 0),
    ],
)
def test_a_duration_is_read(text: str, seconds: int) -> None:
    assert duration_seconds(text) == seconds


@pytest.mark.parametrize("text", ["", "soon", "5 apples", "-3", "NaN"])
def test_what_is_no_duration_is_none(text: str) -> None:
    assert duration_seconds(text) is None


def test_units_are_known_by_many_names() -> None:
    assert [unit(word) for word in ("lbs", "KG", "mi.", "km", "stone")] == ["lb", "kg", "mi", "km", None]


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("1,125", ("1125", "1.125")),
        ("225,500 lb", ("225500", "225.500")),
        ("72,5", None),
        ("0,125", None),
        ("65,181223569", None),
        ("1,125.5", None),
        ("12,10,8", None),
        ("1125", None),
    ],
)
def test_a_comma_before_three_digits_may_be_read_either_way(text: str, ways: tuple[str, str] | None) -> None:
    assert either_way(text) == ways
