"""Buffers between appointments, and places that are full."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptrack.scheduling.room import Buffer, Room, buffer_between, is_too_full, most_at_once, present, too_close
from ptrack.scheduling.rules import Slot, clash
from ptrack.vocabulary import AppointmentStatus

TEN = datetime(2026, 11, 24, 9, tzinfo=UTC)
NORD = 1


def slot(
    number: int | None,
    minutes: int = 0,
    duration: int = 60,
    client: int = 1,
    trainer: int = 1,
    place: int | None = NORD,
    group: int | None = None,
    status: AppointmentStatus = AppointmentStatus.SCHEDULED,
) -> Slot:
    return Slot(number, client, trainer, TEN + timedelta(minutes=minutes), duration, status, group, place)


SLOTS = st.builds(
    slot,
    st.integers(1, 9),
    st.integers(0, 300),
    st.integers(1, 120),
    st.integers(1, 3),
    st.integers(1, 3),
    st.sampled_from((None, 1, 2)),
    st.sampled_from((None, 1, 2)),
    st.sampled_from(AppointmentStatus),
)
ROOMS = st.builds(Room, st.integers(0, 60), st.integers(0, 60), st.one_of(st.none(), st.integers(1, 4)))


@pytest.mark.parametrize(
    ("booked", "room", "buffer"),
    [
        (slot(2, client=2), Room(10, 0), Buffer(10)),
        (slot(2, client=2), Room(10, 15), Buffer(15, is_of_place=True)),
        (slot(2, client=2), Room(15, 15), Buffer(15)),
        (slot(2, client=2, trainer=2), Room(10, 15), Buffer(0)),
        (slot(2, client=2, trainer=2), Room(10, 15, 2), Buffer(0)),
        (slot(2, client=2, trainer=2), Room(10, 15, 1), Buffer(15, is_of_place=True)),
        (slot(2, client=2, trainer=2, place=2), Room(10, 15, 1), Buffer(0)),
        (slot(2, client=2, place=2), Room(10, 15, 1), Buffer(10)),
        (slot(2, client=2, place=None), Room(0, 15, 1), Buffer(0)),
        (slot(2, client=1, trainer=2, place=2), Room(10, 15), Buffer(0)),
        (slot(2, group=7), Room(10, 15, 1), Buffer(0)),
        (slot(1), Room(10, 15, 1), Buffer(0)),
        (slot(2, status=AppointmentStatus.CANCELLED), Room(10, 15, 1), Buffer(0)),
    ],
)
def test_what_must_lie_between_two_appointments(booked: Slot, room: Room, buffer: Buffer) -> None:
    assert buffer_between(slot(1, group=7), booked, room) == buffer


def test_two_online_appointments_share_no_place() -> None:
    assert buffer_between(slot(1, place=None), slot(2, place=None, trainer=2), Room(0, 15, 1)) == Buffer(0)


@pytest.mark.parametrize(
    ("minutes", "is_close"),
    [(60, True), (69, True), (70, False), (-60, True), (-69, True), (-70, False), (30, False), (-30, False)],
)
def test_touching_is_too_close_and_the_whole_buffer_is_not(minutes: int, is_close: bool) -> None:
    found = too_close(slot(1), [slot(2, minutes, client=2)], Room(10))
    assert bool(found) is is_close


def test_a_group_is_named_once() -> None:
    members = [slot(number, 60, client=number, group=3) for number in (4, 5, 6)]
    assert too_close(slot(1), members, Room(10)) == [(members[0], Buffer(10))]


@given(SLOTS, SLOTS, ROOMS)
@settings(deadline=None)
def test_what_overlaps_is_not_too_close_and_without_buffers_nothing_is(
    one: Slot, other: Slot, room: Room
) -> None:
    assert not (clash(one, other) and too_close(one, [other], room))
    assert not too_close(one, [other], Room())
    assert bool(too_close(one, [other], room)) is bool(too_close(other, [one], room))


def test_clients_at_a_place_are_counted_at_its_fullest_moment() -> None:
    there = [slot(2, -30, client=2), slot(3, 30, client=3), slot(4, 45, client=4), slot(5, 60, client=5)]
    assert most_at_once(slot(1), there) == 2
    assert most_at_once(slot(1, 0, 45), there) == 1
    assert most_at_once(slot(1, place=None), there) == 0
    assert most_at_once(slot(1, place=2), there) == 0
    assert is_too_full(slot(1), there, Room(capacity=2))
    assert not is_too_full(slot(1), there, Room(capacity=3))
    assert is_too_full(slot(1), there, Room(capacity=3), party=2)
    assert not is_too_full(slot(1), there, Room())


def test_members_of_a_group_each_take_room_and_who_cancelled_takes_none() -> None:
    members = [slot(number, client=number, group=3) for number in (4, 5, 6)]
    gone = slot(7, client=7, group=3, status=AppointmentStatus.CANCELLED)
    assert most_at_once(slot(None, client=8, group=3), [*members, gone]) == 3
    assert most_at_once(members[0], members) == 2


@given(SLOTS, st.lists(SLOTS, max_size=8, unique_by=lambda slot: slot.id))
@settings(deadline=None)
def test_the_fullest_moment_is_that_of_counting_every_minute(wanted: Slot, booked: list[Slot]) -> None:
    there = present(wanted, booked)
    minutes = [wanted.starts_at + timedelta(minutes=minute) for minute in range(wanted.duration_min)]
    counted = max(sum(item.starts_at <= minute < item.ends_at for item in there) for minute in minutes)
    assert most_at_once(wanted, booked) == counted
