"""Every change of the clocks, looked at from both sides: a local time is placed or refused, never shifted."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptrack.moments import Gap, Placed, locate
from ptrack.scheduling.recurrence import Rhythm, occurrences, wall_times
from ptrack.vocabulary import Repeat

ZONES = (
    "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca",
    "Asia/Tehran", "America/Santiago", "Asia/Kolkata", "America/Sao_Paulo", "Asia/Beirut", "Pacific/Chatham",
    "Antarctica/Troll", "America/Nuuk",
)  # fmt: skip
FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
STEPS = {Repeat.DAILY: DAY, Repeat.WEEKLY: 7 * DAY, Repeat.FORTNIGHTLY: 14 * DAY}


def transitions(zone: ZoneInfo, first: datetime = FIRST, last: datetime = LAST) -> Iterator[datetime]:
    """The instants at which a zone's offset changes, to the minute."""
    early = first
    while early < last:
        late = early + DAY
        if early.astimezone(zone).utcoffset() != late.astimezone(zone).utcoffset():
            low, high = early, late
            while high - low > MINUTE:
                middle = low + ((high - low) // MINUTE // 2) * MINUTE
                same = middle.astimezone(zone).utcoffset() == early.astimezone(zone).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            yield high
        early = late


def instants_of(local: datetime, zone: ZoneInfo, change: datetime) -> list[datetime]:
    """All instants at which the clocks show a local time near a change, by trying both offsets."""
    offsets = {(change + side * DAY).astimezone(zone).utcoffset() for side in (-1, 1)}
    tried = sorted((local - (offset or timedelta())).replace(tzinfo=UTC) for offset in offsets)
    return [instant for instant in tried if instant.astimezone(zone).replace(tzinfo=None) == local]


def check_around(zone: ZoneInfo, change: datetime, step: timedelta) -> tuple[int, int]:
    """Place every local time around a change; how many there were that never come, and that come twice."""
    sides = [(change + side).astimezone(zone).replace(tzinfo=None) for side in (-MINUTE, timedelta())]
    local, end = min(sides) - timedelta(hours=2), max(sides) + timedelta(hours=2)
    missing = double = 0
    while local <= end:
        there, found = instants_of(local, zone, change), locate(local, zone)
        if not there:
            missing += 1
            assert isinstance(found, Gap), (zone.key, local)
            check_gap(found)
        else:
            double += len(there) > 1
            assert isinstance(found, Placed), (zone.key, local)
            assert found.instant == there[0]
            assert (found.notice is not None) == (len(there) > 1)
        local += step
    return missing, double


def check_gap(gap: Gap) -> None:
    """The two times named exist and are neighbours: a minute lies between them, and the gap."""
    before, after = locate(gap.before, gap.zone), locate(gap.after, gap.zone)
    assert isinstance(before, Placed)
    assert isinstance(after, Placed)
    assert gap.before < gap.local < gap.after
    assert after.instant - before.instant == MINUTE


@pytest.mark.parametrize("name", ZONES)
def test_no_local_time_is_shifted_around_a_change(name: str) -> None:
    zone = ZoneInfo(name)
    found = list(transitions(zone, LAST - 3 * 366 * DAY))
    around = [check_around(zone, change, 5 * MINUTE) for change in found]
    if name == "Europe/Berlin":
        assert len(found) == 6
        assert sum(missing for missing, _ in around) == 3 * 12
        assert sum(double for _, double in around) == 3 * 12
    if name == "Asia/Kolkata":
        assert not found


@pytest.mark.full
@pytest.mark.parametrize("name", sorted(available_timezones()))
def test_no_local_time_is_shifted_around_any_change_of_any_zone(name: str) -> None:
    zone = ZoneInfo(name)
    for change in transitions(zone):
        check_around(zone, change, MINUTE)


def test_the_day_that_samoa_skipped_is_one_gap() -> None:
    zone = ZoneInfo("Pacific/Apia")
    (change,) = transitions(zone, datetime(2011, 12, 28, tzinfo=UTC), datetime(2012, 1, 2, tzinfo=UTC))
    missing, double = check_around(zone, change, 5 * MINUTE)
    assert (missing, double) == (24 * 12, 0)


def check_recurrence(zone: ZoneInfo, first: datetime, repeat: Repeat, times: int) -> None:
    """Every time of a series is on the clock as the first, a step after the one before, or told as a gap."""
    walls = wall_times(first, Rhythm(repeat, times=times))
    assert len(walls) == times
    assert walls[0] == first
    assert {local.time() for local in walls} == {first.time()}
    for earlier, later in pairwise(walls):
        if repeat is Repeat.MONTHLY:
            assert later.day == first.day
            assert later - earlier < 32 * DAY or first.day > 28
        else:
            assert later - earlier == STEPS[repeat]
    for each in occurrences(walls, zone):
        if each.instant is None:
            assert each.gap is not None
            check_gap(each.gap)
        else:
            assert each.instant.astimezone(zone).replace(tzinfo=None) == each.local


def recurrences(names: list[str]) -> st.SearchStrategy[tuple[str, datetime, Repeat, int]]:
    return st.tuples(
        st.sampled_from(names),
        st.datetimes(datetime(2024, 1, 1), datetime(2035, 12, 31)).map(
            lambda local: local.replace(second=0, microsecond=0)
        ),
        st.sampled_from(Repeat),
        st.integers(1, 12),
    )


@given(recurrences(list(ZONES)))
@settings(max_examples=300, deadline=None)
def test_a_recurrence_keeps_the_time_on_the_clock(case: tuple[str, datetime, Repeat, int]) -> None:
    name, first, repeat, times = case
    check_recurrence(ZoneInfo(name), first, repeat, times)


@pytest.mark.full
@given(recurrences(sorted(available_timezones())))
@settings(max_examples=10_000, deadline=None)
def test_ten_thousand_recurrences_keep_the_time_on_the_clock(
    case: tuple[str, datetime, Repeat, int],
) -> None:
    name, first, repeat, times = case
    check_recurrence(ZoneInfo(name), first, repeat, times)


@pytest.mark.parametrize("name", ZONES)
def test_a_daily_series_across_a_year_meets_every_change(name: str) -> None:
    zone = ZoneInfo(name)
    for hour in (0, 2, 3, 10):
        walls = wall_times(datetime(2026, 1, 1, hour, 30), Rhythm(Repeat.DAILY, until=date(2026, 12, 31)))
        placed = occurrences(walls, zone)
        assert len(placed) == 365
        for each in placed:
            there = each.instant.astimezone(zone).replace(tzinfo=None) if each.instant else None
            assert there == each.local or (there is None and each.gap is not None)
