"""A client's usual times, read from when they came and come: weekday and hour, and from how many."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from ptrack.moments import WEEKDAYS

LOOKED_BACK = timedelta(days=90)
"""So far back appointments say what is usual."""

REACH = timedelta(hours=2)
"""So far from the usual time another of that day will do."""


FEW = 3
"""Among so many appointments a time that came once may be the usual one."""


class Habit(NamedTuple):
    """A weekday (0 is Monday) and a time that are usual: `came` of `of` appointments."""

    weekday: int
    time: time
    came: int
    of: int

    @property
    def text(self) -> str:
        """`Tue 10:00, as in 6 of the last 8`; `Tue 10:00, as the last time` where it was the only one."""
        day = WEEKDAYS[self.weekday][:3].title()
        often = f"as in {self.came} of the last {self.of}" if self.of > 1 else "as the last time"
        return f"{day} {self.time:%H:%M}, {often}"


def habits(starts: Sequence[datetime]) -> list[Habit]:
    """What is usual, going by local times of appointments: the most frequent time of the week first.

    Other times are usual, too, that come at least half as often. Where none of a few came twice, the latest
    one is; where none of many did, nothing is usual.
    """
    counts = Counter((start.weekday(), start.time()) for start in starts)
    latest = {(start.weekday(), start.time()): start for start in sorted(starts)}
    most = max(counts.values(), default=0)
    kept = [key for key, count in counts.items() if count * 2 >= most]
    if most == 1:
        kept = [max(latest, key=lambda key: latest[key])] if len(starts) <= FEW else []
    kept.sort(key=lambda key: (counts[key], latest[key]), reverse=True)
    return [Habit(*key, counts[key], len(starts)) for key in kept]


def usual_times(usual: Sequence[Habit], after: datetime, last: date) -> Iterator[tuple[datetime, Habit]]:
    """The local times at which a client would usually come, after a moment and up to a day, in order."""
    for number in range((last - after.date()).days + 1):
        day = after.date() + timedelta(days=number)
        for habit in sorted(usual, key=lambda habit: habit.time):
            local = datetime.combine(day, habit.time)
            if habit.weekday == day.weekday() and local > after:
                yield local, habit


def nearest(wanted: datetime, free: Sequence[datetime]) -> datetime | None:
    """The free start that comes nearest to the one wanted and is in reach; the earlier of two as near."""
    near = [start for start in free if abs(start - wanted) <= REACH]
    return min(near, key=lambda start: (abs(start - wanted), start), default=None)
