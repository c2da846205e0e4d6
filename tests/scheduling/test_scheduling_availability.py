"""Free times: never in the way of anything, never outside hours, and all of them."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptrack.moments import Gap, locate
from ptrack.scheduling.availability import Wish, remaining, starts_in, without
from ptrack.scheduling.hours import Interval, Span, is_within, read_hours, working_time
from ptrack.scheduling.room import Room, is_too_full, too_close
from ptrack.scheduling.rules import Slot, in_the_way
from ptrack.vocabulary import AppointmentStatus

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY = date(2026, 11, 24)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def free_starts(
    wish: Wish, worked: list[Interval], slots: list[Slot], room: Room, zone: ZoneInfo
) -> list[datetime]:
    return [
        start
        for interval in remaining(wish, worked, slots, room)
        for start in starts_in(interval, wish, zone)
    ]


def at(text: str, day: date = TUESDAY, zone: ZoneInfo = BERLIN) -> datetime:
    hour, minute = map(int, text.split(":"))
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone).astimezone(UTC)


def booked(start: str, minutes: int, client: int = 2, trainer: int = 1, place: int | None = None) -> Slot:
    return Slot(1, client, trainer, at(start), minutes, location_id=place)


def shown(starts: list[datetime], zone: ZoneInfo = BERLIN) -> str:
    return " ".join(f"{start.astimezone(zone):%H:%M}" for start in starts)


def free(hours: str, slots: list[Slot], wish: Wish, room: Room | None = None) -> str:
    worked = working_time(TUESDAY, TUESDAY, read_hours(hours), (), BERLIN)
    return shown(free_starts(wish, worked, slots, room or Room(), BERLIN))


HOUR = Wish(1)


@pytest.mark.parametrize(
    ("hours", "slots", "room", "starts"),
    [
        ("tue 9-12", [], Room(), "09:00 09:30 10:00 10:30 11:00"),
        ("tue 9-12", [booked("10:00", 60)], Room(), "09:00 11:00"),
        ("tue 9-12", [booked("9:00", 45)], Room(), "09:45 10:00 10:30 11:00"),
        ("tue 9:15-11", [], Room(), "09:15 09:30 10:00"),
        ("tue 9-13", [booked("10:00", 60)], Room(10), "11:10 11:30 12:00"),
        ("tue 9-13", [booked("10:10", 50)], Room(10), "09:00 11:10 11:30 12:00"),
        ("tue 9-10 11-12", [], Room(), "09:00 11:00"),
        ("wed 9-17", [], Room(), ""),
        ("tue 9-9:59", [], Room(), ""),
    ],
)
def test_what_is_free_on_a_day(hours: str, slots: list[Slot], room: Room, starts: str) -> None:
    assert free(hours, slots, HOUR, room) == starts


def test_others_count_where_they_are_the_client_or_fill_the_place() -> None:
    other = booked("9:30", 60, client=3, trainer=2, place=1)
    assert free("tue 9-12", [other], HOUR) == "09:00 09:30 10:00 10:30 11:00"
    assert free("tue 9-12", [other], HOUR._replace(client_id=3)) == "10:30 11:00"
    at_nord = HOUR._replace(location_id=1)
    assert free("tue 9-12", [other], at_nord, Room(capacity=2)) == "09:00 09:30 10:00 10:30 11:00"
    assert free("tue 9-12", [other], at_nord, Room(capacity=1)) == "10:30 11:00"
    assert free("tue 9-13", [other], at_nord, Room(0, 15, 1)) == "10:45 11:00 11:30 12:00"
    full = [other, booked("9:45", 60, client=4, trainer=2, place=1)]
    assert free("tue 9-12", full, at_nord, Room(capacity=2)) == "10:30 11:00"


@pytest.mark.parametrize(
    ("day", "text", "starts"),
    [
        (date(2026, 3, 29), "sun 1-4", "01:00 01:30 03:00"),
        (date(2026, 3, 29), "sun 2:30-5", "03:00 03:30 04:00"),
        (date(2026, 10, 25), "sun 1-4", "01:00 01:30 02:00 02:30 03:00"),
    ],
)
def test_hours_that_do_not_exist_or_come_twice(day: date, text: str, starts: str) -> None:
    worked = working_time(day, day, read_hours(text), (), BERLIN)
    assert shown(free_starts(HOUR, worked, [], Room(), BERLIN)) == starts


def test_the_second_of_two_same_times_cannot_be_said_and_is_not_offered() -> None:
    begins = datetime(2026, 10, 25, 1, 15, tzinfo=UTC)  # 02:15 for the second time
    assert (
        shown(starts_in(Interval(begins, begins + timedelta(hours=3)), HOUR, BERLIN)) == "03:00 03:30 04:00"
    )


ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Beirut",
    "Pacific/Apia",
    "Africa/Cairo",
)
DAYS = (
    TUESDAY,
    date(2026, 3, 29),
    date(2026, 10, 25),
    date(2026, 4, 5),
    date(2011, 12, 30),
    date(2026, 4, 24),
)


@st.composite
def days(draw: st.DrawFn) -> tuple[Wish, list[Interval], list[Slot], Room, ZoneInfo, date]:
    """A trainer's day of any hours, with anything booked in it, near it or elsewhere."""
    zone, day = ZoneInfo(draw(st.sampled_from(ZONES))), draw(st.sampled_from(DAYS))
    edges = sorted(draw(st.sets(st.integers(0, 96), min_size=2, max_size=6)))
    spans = [Span(first * 15, last * 15) for first, last in zip(edges[::2], edges[1::2], strict=False)]
    hours = {day.weekday(): tuple(spans)}
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
    slots = st.builds(
        lambda number, client, trainer, minutes, length, status, group, place: Slot(
            number, client, trainer, midnight + timedelta(minutes=minutes), length, status, group, place
        ),
        st.integers(1, 99), st.integers(1, 3), st.integers(1, 2), st.integers(-120, 1500),
        st.integers(1, 240), st.sampled_from(AppointmentStatus), st.sampled_from((None, 1)),
        st.sampled_from((None, 1, 2)),
    )  # fmt: skip
    wish = Wish(
        1,
        draw(st.sampled_from((15, 30, 45, 60, 90))),
        draw(st.sampled_from((None, 1))),
        draw(st.sampled_from((None, 1))),
        draw(st.sampled_from((15, 20, 30, 60))),
    )
    room = Room(
        draw(st.sampled_from((0, 10))), draw(st.sampled_from((0, 15))), draw(st.sampled_from((None, 1, 2)))
    )
    booked = draw(st.lists(slots, max_size=6, unique_by=lambda slot: slot.id))
    return wish, working_time(day, day, hours, (), zone), booked, room, zone, day


def may_be_booked(
    wish: Wish, start: datetime, worked: list[Interval], booked: list[Slot], room: Room
) -> bool:
    """What booking itself says: inside the hours, and nothing in the way."""
    slot = wish.slot(start)
    return (
        is_within(slot.starts_at, slot.ends_at, worked)
        and not in_the_way(slot, booked)
        and not too_close(slot, booked, room)
        and not is_too_full(slot, booked, room)
    )


@given(days())
@settings(deadline=None, max_examples=300)
def test_what_is_free_may_be_booked_and_what_may_be_booked_on_the_grid_is_free(
    made: tuple[Wish, list[Interval], list[Slot], Room, ZoneInfo, date],
) -> None:
    wish, worked, slots, room, zone, day = made
    found = free_starts(wish, worked, slots, room, zone)
    assert all(one < other for one, other in pairwise(found))
    assert all(may_be_booked(wish, start, worked, slots, room) for start in found)
    midnight = datetime(day.year, day.month, day.day)
    for minute in range(0, 1440, wish.step_min):
        placed = locate(midnight + timedelta(minutes=minute), zone)
        if not isinstance(placed, Gap) and may_be_booked(wish, placed.instant, worked, slots, room):
            assert placed.instant in found


@given(days())
@settings(deadline=None)
def test_as_soon_as_the_one_before_is_over_is_free_too(
    made: tuple[Wish, list[Interval], list[Slot], Room, ZoneInfo, date],
) -> None:
    wish, worked, slots, room, zone, _ = made
    found = free_starts(wish, worked, slots, room, zone)
    for slot in slots:
        if slot.status is AppointmentStatus.CANCELLED or slot.trainer_id != wish.trainer_id:
            continue
        placed = locate(slot.ends_at.astimezone(zone).replace(tzinfo=None), zone)
        is_first = not isinstance(placed, Gap) and placed.instant == slot.ends_at
        if is_first and may_be_booked(wish, slot.ends_at, worked, slots, room):
            assert slot.ends_at in found


INTERVALS = st.builds(
    lambda start, length: Interval(
        LONG_AGO + timedelta(hours=start), LONG_AGO + timedelta(hours=start + length)
    ),
    st.integers(0, 40),
    st.integers(1, 10),
)


@given(st.lists(INTERVALS, max_size=6), st.lists(INTERVALS, max_size=6))
@settings(deadline=None)
def test_taking_time_out_leaves_each_hour_that_is_not_taken(
    time: list[Interval], taken: list[Interval]
) -> None:
    left = without(time, taken)
    for hour in range(60):
        moment = LONG_AGO + timedelta(hours=hour)

        def covers(intervals: list[Interval], moment: datetime = moment) -> bool:
            return any(interval.begins <= moment < interval.ends for interval in intervals)

        assert covers(left) is (covers(time) and not covers(taken))
