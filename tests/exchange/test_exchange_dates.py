"""When a workout began, in the ways phones write it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from ptrack.errors import UsageError
from ptrack.exchange.dates import DateOrder, instant_of, is_ambiguous, is_in_range, read_start, settle_order

JUNE = datetime(2026, 6, 11, 13, 5)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    "text",
    [
        "11 Jun 2026, 13:05",
        "Jun 11, 2026, 1:05 PM",
        "2026-06-11 13:05:00",
        "2026-06-11T13:05",
        "11. Juni 2026, 13:05",
        "11 juin 2026, 13:05",
        "11 de jun. de 2026, 13:05",
        "11 giu 2026, 13:05",
        "11 Haz 2026, 13:05",
        "11 cze 2026, 13:05",
        "11 июн. 2026, 13:05",
        "2026年6月11日 下午1:05",
        "2026/6/11 13:05",
        "11.06.2026 13:05",
        "2026-06-11 1:05:00\u202fPM",
        "June 11, 2026 at 1:05 PM",
        "11-Jun-2026 13:05",
    ],
)
def test_one_moment_in_many_languages(text: str) -> None:
    assert read_start(text, None) == JUNE


@pytest.mark.parametrize(
    ("text", "month"),
    [("5 Nis 2026, 9:00", 4), ("5 Ago 2026, 9:00", 8), ("5 Set 2026, 9:00", 9), ("5 Dez 2026, 9:00", 12)],
)
def test_months_in_the_phones_language(text: str, month: int) -> None:
    found = read_start(text, None)
    assert found is not None
    assert found.month == month


def test_twelve_at_night_and_at_noon() -> None:
    assert read_start("Jun 11, 2026, 12:05 AM", None) == JUNE.replace(hour=0)
    assert read_start("Jun 11, 2026, 12:05 PM", None) == JUNE.replace(hour=12)


def test_a_day_alone_is_noon() -> None:
    assert read_start("2026-06-11", None) == datetime(2026, 6, 11, 12)
    assert read_start("11 Jun 2026", None) == datetime(2026, 6, 11, 12)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2026-13-01", "31 Feb 2026, 9:00", "11 Foo 2026, 9:00", "2026-06-11 25:00"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_start(text, DateOrder.DMY) is None


def test_day_and_month_are_told_apart_by_the_whole_file() -> None:
    assert is_ambiguous("03/04/2026 9:00")
    assert not is_ambiguous("03.04.2026 9:00")
    assert settle_order(["03/04/2026", "13/04/2026"], "x") is DateOrder.DMY
    assert settle_order(["03/04/26", "04/13/26"], "x") is DateOrder.MDY
    assert read_start("03/04/26 9:00", DateOrder.MDY) == datetime(2026, 3, 4, 9)


@pytest.mark.parametrize("texts", [["03/04/2026"], ["13/04/2026", "04/13/2026"]])
def test_what_cannot_be_told_is_asked(texts: list[str]) -> None:
    with pytest.raises(UsageError, match="--date-format"):
        settle_order(texts, "x")


def test_a_time_that_the_clocks_jump_over_is_an_hour_later() -> None:
    instant, is_jumped = instant_of(datetime(2026, 3, 29, 2, 30), BERLIN)
    assert (instant, is_jumped) == (datetime(2026, 3, 29, 1, 30, tzinfo=UTC), True)


def test_a_time_that_comes_twice_is_the_first() -> None:
    instant, is_jumped = instant_of(datetime(2026, 10, 25, 2, 30), BERLIN)
    assert (instant, is_jumped) == (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), False)


def test_the_range_of_dates() -> None:
    now = datetime(2026, 11, 20, tzinfo=UTC)
    years = (1969, 1970, 2036, 2037)
    assert [is_in_range(datetime(year, 1, 1), now) for year in years] == [False, True, True, False]
