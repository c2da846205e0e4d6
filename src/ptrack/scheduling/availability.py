"""Which times are free: working time, less what is booked with its buffers, on a grid of starts.

What is called free here is what booking lets pass: the same rules of overlap, buffers and room, turned into
time that is blocked.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ptrack.moments import Gap, locate
from ptrack.scheduling.hours import Interval
from ptrack.scheduling.room import Room, buffer_between
from ptrack.scheduling.rules import Slot
from ptrack.vocabulary import AppointmentStatus

STEP_MIN = 30
"""Minutes from one start on the grid to the next; half past and the full hour."""

_NOBODY = 0
_MINUTE = timedelta(minutes=1)


class Wish(NamedTuple):
    """What an appointment still to be found is like."""

    trainer_id: int
    duration_min: int = 60
    client_id: int | None = None
    location_id: int | None = None
    step_min: int = STEP_MIN

    @property
    def duration(self) -> timedelta:
        """How long it is to last."""
        return timedelta(minutes=self.duration_min)

    def slot(self, starts_at: datetime) -> Slot:
        """It, at a certain time."""
        return Slot(
            None,
            self.client_id or _NOBODY,
            self.trainer_id,
            starts_at,
            self.duration_min,
            location_id=self.location_id,
        )


def blocked_time(wish: Wish, booked: Sequence[Slot], room: Room) -> list[Interval]:
    """The time into which no appointment like that may reach."""
    present = [slot for slot in booked if slot.status is not AppointmentStatus.CANCELLED]
    return [*_taken(wish, present, room), *_full(wish, present, room)]


def _taken(wish: Wish, booked: Sequence[Slot], room: Room) -> Iterator[Interval]:
    """What the same trainer or client has, and what needs a buffer on either side."""
    for slot in booked:
        buffer = timedelta(minutes=buffer_between(wish.slot(slot.starts_at), slot, room).minutes)
        if buffer or slot.trainer_id == wish.trainer_id or slot.client_id == wish.client_id:
            yield Interval(slot.starts_at - buffer, slot.ends_at + buffer)


def _full(wish: Wish, booked: Sequence[Slot], room: Room) -> Iterator[Interval]:
    """When the place holds as many clients as it may."""
    if room.capacity is None or wish.location_id is None:
        return
    there = [slot for slot in booked if slot.location_id == wish.location_id]
    comings = [(slot.starts_at, 1) for slot in there]
    goings = [(slot.ends_at, -1) for slot in there]
    count, since = 0, None
    for moment, step in sorted(comings + goings):  # those who go come before those who come
        count += step
        if since is None and count >= room.capacity:
            since = moment
        elif since is not None and count < room.capacity:
            yield Interval(since, moment)
            since = None


def without(worked: Iterable[Interval], blocked: Iterable[Interval]) -> list[Interval]:
    """What remains of some time (in order) when other time is taken out of it."""
    taken = sorted(blocked)
    free: list[Interval] = []
    for interval in worked:
        begins = interval.begins
        for block in taken:
            if block.ends <= begins or block.begins >= interval.ends:
                continue
            if block.begins > begins:
                free.append(Interval(begins, block.begins))
            begins = max(begins, block.ends)
        if begins < interval.ends:
            free.append(Interval(begins, interval.ends))
    return free


def remaining(wish: Wish, worked: Iterable[Interval], booked: Sequence[Slot], room: Room) -> list[Interval]:
    """The working time into which such an appointment may be put."""
    return without(worked, blocked_time(wish, booked, room))


def starts_in(free: Interval, wish: Wish, zone: ZoneInfo) -> list[datetime]:
    """When an appointment may start that has room in some free time.

    That is as soon as it begins, and at each step of the wall clock. Times that the clocks jump over don't
    exist, and of those that come twice only the first can be said, so that only it is offered.
    """
    begins = _whole_minute(free.begins)
    local = begins.astimezone(zone).replace(tzinfo=None)
    past_step = timedelta(minutes=(local.hour * 60 + local.minute) % wish.step_min)
    found = (
        [begins]
        if past_step and _is_said(local, begins, zone) and begins + wish.duration <= free.ends
        else []
    )
    local -= past_step
    while True:
        placed = locate(local, zone)
        local += timedelta(minutes=wish.step_min)
        if isinstance(placed, Gap) or placed.instant < begins:
            continue
        if placed.instant + wish.duration > free.ends:
            return found
        found.append(placed.instant)


def _whole_minute(moment: datetime) -> datetime:
    """The full minute at or after a moment."""
    full = moment.replace(second=0, microsecond=0)
    return full if full == moment else full + _MINUTE


def _is_said(local: datetime, instant: datetime, zone: ZoneInfo) -> bool:
    """Whether a local time means that instant, and not the first of two."""
    placed = locate(local, zone)
    return not isinstance(placed, Gap) and placed.instant == instant.astimezone(UTC)
