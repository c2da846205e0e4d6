"""The next free time for a client, in their usual rhythm: `appointments add CLIENT --next-free`."""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from ptrack.clients.queries import Practice
from ptrack.database.session import Writing
from ptrack.errors import RuleError
from ptrack.models.practice import Client, Trainer
from ptrack.moments import Gap, clock_text, locate
from ptrack.scheduling.availability import Wish, starts_in
from ptrack.scheduling.availability_queries import client_starts, free_time
from ptrack.scheduling.habits import LOOKED_BACK, Habit, habits, nearest, usual_times
from ptrack.scheduling.hours import ALL_DAY, Hours, Interval, is_within
from ptrack.scheduling.hours_queries import hours_by_trainer

WEEKS_AHEAD = 12
"""So many weeks are looked through for a free time."""

_DAY = timedelta(days=1)


class Found(NamedTuple):
    """A free local time, and why it is this one."""

    local: datetime
    why: str


def next_free(work: Writing, house: Practice, wish: Wish) -> Found:
    """The first time after a client's last appointment at which they usually come and that is free.

    Where it is not, another of that day within two hours will do, then the next usual one. Without a history
    it is the trainer's first free time from tomorrow on. Raises RuleError where nothing is free, or nobody
    can say what is.
    """
    now = house.local(work.now)
    client_id = wish.client_id or 0
    starts = [house.local(start) for start in client_starts(work.reader, client_id, work.now - LOOKED_BACK)]
    hours = hours_by_trainer(work.reader).get(wish.trainer_id, {})
    usual = habits([start.replace(tzinfo=None) for start in starts])
    if not usual:
        return _first_free(work, house, wish, hours, now.date() + _DAY)
    after = max(now, starts[-1]).replace(tzinfo=None)
    for local, habit in usual_times(usual, after, after.date() + timedelta(weeks=WEEKS_AHEAD)):
        found = _around(work, house, wish, hours, local, habit)
        if found is not None:
            return found
    client = work.get(Client, client_id).name
    raise RuleError(
        f"Neither {usual[0].text}, nor a time near it is free for {client} within {WEEKS_AHEAD} weeks.\n"
        f"See what is: ptrack appointments free --client {client_id}"
    )


def _first_free(work: Writing, house: Practice, wish: Wish, hours: Hours, first_day: date) -> Found:
    """The trainer's first free time from a day on."""
    client, trainer = work.get(Client, wish.client_id).name, work.get(Trainer, wish.trainer_id).name
    if not hours:
        raise RuleError(
            f"{client} has no usual time yet, and {trainer} no working hours.\n"
            f"Say when, or set them: ptrack trainers hours {wish.trainer_id} 'mon-fri 9-17'"
        )
    last_day = first_day + timedelta(weeks=WEEKS_AHEAD)
    for interval in free_time(work.reader, house, wish, (first_day, last_day), hours):
        for start in starts_in(interval, wish, house.zone):
            local = house.local(start).replace(tzinfo=None)
            return Found(
                local, f"{clock_text(local)}: {client} has no usual time yet, {trainer} is free then."
            )
    raise RuleError(
        f"{trainer} has nothing free within {WEEKS_AHEAD} weeks.\nSay when, and --force it where it must be."
    )


def _around(
    work: Writing, house: Practice, wish: Wish, hours: Hours, local: datetime, habit: Habit
) -> Found | None:
    """The usual time of a day if it is free, or the nearest that is; without hours only the usual one."""
    placed = locate(local, house.zone)
    if isinstance(placed, Gap):
        return None
    days = (local.date(), local.date() + _DAY)
    free = free_time(work.reader, house, wish, days, hours or ALL_DAY)
    if is_within(placed.instant, placed.instant + wish.duration, free):
        return Found(local, f"{clock_text(local)}: {habit.text}.")
    other = nearest(placed.instant, _starts(free, wish, house, local.date(), work.now)) if hours else None
    if other is None:
        return None
    then = house.local(other).replace(tzinfo=None)
    return Found(then, f"{clock_text(then)}: nearest to {habit.text}, which is not free.")


def _starts(free: list[Interval], wish: Wish, house: Practice, day: date, now: datetime) -> list[datetime]:
    """When it may start on a day, from now on."""
    starts = [start for interval in free for start in starts_in(interval, wish, house.zone)]
    return [start for start in starts if start > now.astimezone(UTC) and house.local(start).date() == day]
