"""What people call a time, and what instant it is."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptrack.errors import UsageError
from ptrack.moments import local_day_bounds, place, read_day, read_moment

FRIDAY = datetime(2026, 11, 20, 10, 20)
ZONES = (
    "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Beirut",
    "America/Sao_Paulo", "Africa/Casablanca", "Asia/Kathmandu",
)  # fmt: skip


@pytest.mark.parametrize(
    ("said", "local", "has_hour"),
    [
        ("2026-11-24 10:00", datetime(2026, 11, 24, 10), True),
        ("2026-11-24T10:00", datetime(2026, 11, 24, 10), True),
        ("24.11. 10:00", datetime(2026, 11, 24, 10), True),
        ("24.11.2025", datetime(2025, 11, 24, 12), False),
        ("3.1.", datetime(2027, 1, 3, 12), False),
        ("today 18:00", datetime(2026, 11, 20, 18), True),
        ("Tomorrow 9", datetime(2026, 11, 21, 9), True),
        ("tue 10:00", datetime(2026, 11, 24, 10), True),
        ("fri 10:00", datetime(2026, 11, 27, 10), True),
        ("+3d", datetime(2026, 11, 23, 12), False),
        ("+3d 7:30", datetime(2026, 11, 23, 7, 30), True),
        ("in 2 weeks", datetime(2026, 12, 4, 12), False),
        ("in 90 min", datetime(2026, 11, 20, 11, 50), True),
        ("now", FRIDAY, True),
        ("yesterday 6pm", datetime(2026, 11, 19, 18), True),
        ("last tue", datetime(2026, 11, 17, 12), False),
    ],
)
def test_what_people_say(said: str, local: datetime, has_hour: bool) -> None:
    moment = read_moment(said, FRIDAY)
    assert (moment.local, moment.has_hour) == (local, has_hour)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "x",
        "2026-02-30",
        "25:00",
        "tue 25",
        "31.2.",
        "+3",
        "in two weeks",
        "13pm",
        "9999-01-01",
        "+99999w",
    ],
)
def test_what_is_no_time_is_refused(said: str) -> None:
    with pytest.raises(UsageError):
        read_moment(said, FRIDAY)


def test_a_day_with_an_hour_is_no_day() -> None:
    assert read_day("24.11.", FRIDAY.date()) == date(2026, 11, 24)
    with pytest.raises(UsageError):
        read_day("24.11. 10:00", FRIDAY.date())


@given(st.text(max_size=30))
@settings(max_examples=500, deadline=None)
def test_any_text_is_a_moment_or_a_usage_error(said: str) -> None:
    try:
        read_moment(said, FRIDAY)
    except UsageError:
        return


def test_a_time_that_the_clocks_jump_over_is_refused_with_the_two_nearest() -> None:
    with pytest.raises(UsageError) as refused:
        place(datetime(2026, 3, 29, 2, 30), ZoneInfo("Europe/Berlin"))
    assert "2026-03-29 01:59" in refused.value.message
    assert "2026-03-29 03:00" in refused.value.message


def test_a_time_that_comes_twice_is_the_first_and_says_so() -> None:
    placed = place(datetime(2026, 10, 25, 2, 30), ZoneInfo("Europe/Berlin"))
    assert placed.instant == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert placed.notice is not None
    assert "comes twice" in placed.notice


def test_a_whole_day_that_never_was_is_refused() -> None:
    with pytest.raises(UsageError) as refused:
        place(datetime(2011, 12, 30, 12), ZoneInfo("Pacific/Apia"))
    assert "2011-12-29 23:59" in refused.value.message
    assert "2011-12-31 00:00" in refused.value.message


@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(2024, 1, 1), datetime(2035, 12, 31)),
)
@settings(max_examples=500, deadline=None)
def test_a_placed_time_reads_the_same_in_its_zone(name: str, local: datetime) -> None:
    zone = ZoneInfo(name)
    try:
        placed = place(local, zone)
    except UsageError:
        gap = {local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)}
        assert len(gap) == 2
        return
    assert placed.instant.astimezone(zone).replace(tzinfo=None) == local


@given(st.sampled_from(ZONES), st.dates(date(2024, 1, 1), date(2035, 12, 31)))
@settings(max_examples=300, deadline=None)
def test_days_follow_each_other_without_gap_or_overlap(name: str, day: date) -> None:
    zone = ZoneInfo(name)
    begin, end = local_day_bounds(day, zone)
    assert begin < end
    assert end == local_day_bounds(day + timedelta(days=1), zone)[0]
    assert begin.astimezone(zone).date() == day
    assert (end - timedelta(microseconds=1)).astimezone(zone).date() == day
