"""Values, periods and reckoned metrics, by the examples of the specification and by properties."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptrack.errors import RuleError, UsageError
from ptrack.progress.rules.aggregates import Entry
from ptrack.progress.rules.automatic import lean_mass, waist_hip_ratio
from ptrack.progress.rules.derived import derive
from ptrack.progress.rules.measuring import (
    check_moment,
    check_plausible,
    decimals_needed,
    kept_unit,
    number_text,
    range_text,
    read_assignment,
    read_key,
    read_value,
    shown_value,
    with_unit,
)
from ptrack.progress.rules.periods import Period, period_of
from ptrack.vocabulary import Unit

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
TODAY = date(2026, 11, 20)


def test_an_assignment_is_a_key_and_a_value() -> None:
    assert read_assignment(" weight = 82.5 kg ") == ("weight", "82.5 kg")


@pytest.mark.parametrize("text", ["weight", "=3", "weight=", "  = ", "weight = "])
def test_what_is_no_assignment_is_told(text: str) -> None:
    with pytest.raises(UsageError, match="no KEY=VALUE"):
        read_assignment(text)


@pytest.mark.parametrize(
    ("text", "unit", "studio", "value"),
    [
        ("82.5", "kg", Unit.KG, 82.5),
        ("82,5", "kg", Unit.KG, 82.5),
        ("82.5 KG", "kg", Unit.LB, 82.5),
        ("181lb", "kg", Unit.KG, 82.10021897),
        ("181", "kg", Unit.LB, 82.10021897),
        ("32in", "cm", Unit.KG, 81.28),
        ("0.81 m", "cm", Unit.KG, 81.0),
        ("18%", "%", Unit.LB, 18.0),
        ("1.5h", "min", Unit.KG, 90.0),
        ("-3", None, Unit.KG, -3.0),
        (".5", None, Unit.KG, 0.5),
    ],
)
def test_a_value_is_read_in_its_unit(text: str, unit: str | None, studio: Unit, value: float) -> None:
    assert read_value(text, unit, studio) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    "text", ["nan", "inf", "-inf", "eighty", "", "1e5", "1.2.3", "82 stone", "٣", "9" * 400, "1,000,000"]
)
def test_what_is_no_value_is_told(text: str) -> None:
    with pytest.raises(UsageError):
        read_value(text, "kg", Unit.KG)


def test_a_metric_without_a_unit_takes_none() -> None:
    with pytest.raises(UsageError, match="has no unit"):
        read_value("3kg", None, Unit.KG)


@given(st.integers(1, 999_99), st.sampled_from(Unit))
@settings(deadline=None)
def test_what_was_typed_comes_back(hundredths: int, studio: Unit) -> None:
    text = f"{hundredths / 100:.2f}"
    seen = shown_value(read_value(text, "kg", studio), "kg", studio)
    assert float(number_text(seen).replace(",", "")) == hundredths / 100


@pytest.mark.parametrize(
    "key", ["Grip", "grip-x", "1st", "grip strength", "", "x" * 41, "größe", "a;b", "_a"]
)
def test_a_key_has_plain_characters(key: str) -> None:
    with pytest.raises(UsageError, match="no key"):
        read_key(key)


def test_pounds_are_kept_as_kilograms() -> None:
    assert kept_unit("lbs", Unit.KG) == ("kg", Unit.LB)
    assert kept_unit("cm", Unit.LB) == ("cm", Unit.LB)


def test_the_range_is_named_in_the_unit_people_see() -> None:
    with pytest.raises(RuleError, match=r"900 kg is not plausible: the range is 20 to 400 kg\."):
        check_plausible(900, "Body weight", "kg", 20, 400, Unit.KG)
    with pytest.raises(RuleError, match=r"44\.09 to 881\.85 lb"):
        check_plausible(4, "Body weight", "kg", 20, 400, Unit.LB)
    check_plausible(20, "Body weight", "kg", 20, 400, Unit.KG)
    check_plausible(-1e9, "Anything", None, None, None, Unit.KG)
    assert range_text(5, None, "cm", Unit.KG) == "from 5 cm"
    assert range_text(None, 5, None, Unit.KG) == "up to 5"


def test_a_day_ahead_is_the_furthest() -> None:
    check_moment(NOON + timedelta(days=1), NOON)
    with pytest.raises(RuleError, match="not come yet"):
        check_moment(NOON + timedelta(days=1, seconds=1), NOON)


def test_a_column_of_numbers_has_one_precision() -> None:
    assert decimals_needed([1, 2.5, 3.25]) == 2
    assert decimals_needed([1 / 3]) == 2
    assert decimals_needed([]) == 0
    assert number_text(2.5, 2) == "2.50"
    assert number_text(-0.001) == "0"
    assert with_unit(1234.5, "kg", Unit.KG) == "1,234.5 kg"


@pytest.mark.parametrize(("span", "days"), [("week", 7), ("month", 30), ("quarter", 91), ("year", 365)])
def test_a_range_is_that_many_days_with_today(span: str, days: int) -> None:
    period = period_of(span, None, None, TODAY)
    assert period.last == TODAY
    assert (TODAY - (period.first or TODAY)).days + 1 == days


def test_all_is_all_time() -> None:
    assert period_of("all", None, None, TODAY) == period_of(None, None, None, TODAY) == Period()


def test_a_period_is_either_a_range_or_days() -> None:
    assert period_of(None, TODAY, None, TODAY) == Period(TODAY, None)
    with pytest.raises(UsageError, match="either"):
        period_of("week", TODAY, None, TODAY)
    with pytest.raises(UsageError, match="before it begins"):
        period_of(None, TODAY, TODAY - timedelta(days=1), TODAY)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 23),
        ("Europe/Berlin", date(2026, 10, 25), 25),
        ("America/Havana", date(2026, 3, 8), 23),
        ("Pacific/Kiritimati", date(2026, 3, 29), 24),
    ],
)
def test_days_are_the_zones(zone: str, day: date, hours: int) -> None:
    since, until = Period(day, day).bounds(ZoneInfo(zone))
    assert (until - since) == timedelta(hours=hours)
    assert since.astimezone(ZoneInfo(zone)).date() == day


def _entries(*pairs: tuple[int, float]) -> list[Entry]:
    return [Entry(number, NOON + timedelta(days=day), value) for number, (day, value) in enumerate(pairs, 1)]


def test_each_entry_is_reckoned_with_what_was_last_known() -> None:
    weights, fats = _entries((0, 80), (2, 81), (4, 82)), _entries((2, 20), (3, 25))
    reckoned = derive(weights, fats, lean_mass)
    assert [entry.id for entry in reckoned] == [2, 3]
    assert [entry.value for entry in reckoned] == pytest.approx([64.8, 61.5])


def test_nothing_known_gives_nothing() -> None:
    assert derive(_entries((0, 80)), [], waist_hip_ratio) == []
    assert derive([], _entries((0, 80)), waist_hip_ratio) == []


days = st.lists(st.tuples(st.integers(0, 30), st.floats(1, 200)), max_size=12).map(
    lambda pairs: _entries(*sorted(pairs, key=lambda pair: pair[0]))
)


@given(days, days)
@settings(deadline=None)
def test_the_walk_says_what_a_search_says(firsts: list[Entry], others: list[Entry]) -> None:
    expected = []
    for first in firsts:
        known = [other.value for other in others if other.recorded_at <= first.recorded_at]
        if known:
            expected.append((first.id, first.value / known[-1]))
    assert [(entry.id, entry.value) for entry in derive(firsts, others, waist_hip_ratio)] == expected
