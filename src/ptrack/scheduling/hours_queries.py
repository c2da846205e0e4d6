"""Working hours, days off, and how full they are."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from ptrack.clients.queries import Practice, trainers
from ptrack.database.reading import Reader
from ptrack.errors import NotFoundError
from ptrack.moments import local_day_bounds
from ptrack.scheduling.hours import Hours, Off, Span, working_time


class Capacity(NamedTuple):
    """How much of a trainer's working time is booked, in minutes; a group counts once.

    `working_min` is 0 where no hours are set.
    """

    trainer_id: int
    trainer: str
    booked_min: int
    working_min: int

    @property
    def share(self) -> float | None:
        """Booked ÷ working hours; None where there are no hours. More than 1 is work outside them."""
        return self.booked_min / self.working_min if self.working_min else None


class Week(NamedTuple):
    """A week and how full it is for a trainer; both days are part of it."""

    first: date
    last: date
    capacity: Capacity


class DayOffRow(NamedTuple):
    """Days off as listed; without a trainer they are the whole practice's."""

    id: int
    trainer_id: int | None
    trainer: str | None
    first_day: date
    last_day: date
    reason: str | None

    @property
    def off(self) -> Off:
        """What the rules know of it."""
        return Off(self.first_day, self.last_day, self.trainer_id, self.reason)


HOURS = """
SELECT trainer_id, weekday, starts_min, ends_min
FROM working_hours
ORDER BY trainer_id, weekday, starts_min"""

DAYS_OFF = """
SELECT o.id, o.trainer_id, t.name AS trainer, o.first_day, o.last_day, o.reason
FROM day_off o
LEFT JOIN trainer t ON t.id = o.trainer_id
WHERE o.last_day >= :first
ORDER BY o.first_day, o.id"""

DAY_OFF = """
SELECT o.id, o.trainer_id, t.name AS trainer, o.first_day, o.last_day, o.reason
FROM day_off o
LEFT JOIN trainer t ON t.id = o.trainer_id
WHERE o.id = :number"""

BOOKED = """
SELECT b.trainer_id, sum(b.minutes) FROM (
  SELECT a.trainer_id, max(a.duration_min) AS minutes
  FROM appointment a
  WHERE a.starts_at >= :begins AND a.starts_at < :ends AND a.status <> 'cancelled'
  GROUP BY a.trainer_id, CASE WHEN a.group_id IS NULL THEN -a.id ELSE a.group_id END, a.starts_at
) b
GROUP BY b.trainer_id"""


def hours_by_trainer(reader: Reader) -> dict[int, Hours]:
    """The week of each trainer whose hours are set."""
    found: dict[int, dict[int, list[Span]]] = {}
    for trainer, weekday, starts, ends in reader.tuples(HOURS):
        found.setdefault(trainer, {}).setdefault(weekday, []).append(Span(starts, ends))
    return dict(found)


def days_off(reader: Reader, first_day: date, trainer_id: int | None = None) -> list[DayOffRow]:
    """Days off that are not over before a day; only a trainer's, with the practice's, where one is given."""
    found = reader.rows(DayOffRow, DAYS_OFF, first=first_day)
    return [row for row in found if trainer_id is None or row.trainer_id in (None, trainer_id)]


def day_off(reader: Reader, number: int) -> DayOffRow:
    """One entry of days off by number."""
    found = reader.row(DayOffRow, DAY_OFF, number=number)
    if found is None:
        raise NotFoundError(f"No day off has the number {number}. See: ptrack trainers off list")
    return found


def capacities(reader: Reader, house: Practice, first_day: date, last_day: date) -> list[Capacity]:
    """How full each trainer's days are from one to another, both included.

    Cancelled appointments don't count, and a trainer who has left only with something booked.
    """
    booked = _booked(reader, house, first_day, last_day)
    hours, offs = hours_by_trainer(reader), [row.off for row in days_off(reader, first_day)]
    return [
        Capacity(
            trainer.id,
            trainer.name,
            booked.get(trainer.id, 0),
            _working_min(house, first_day, last_day, hours.get(trainer.id, {}), offs_of(offs, trainer.id)),
        )
        for trainer in trainers(reader)
        if trainer.is_active or trainer.id in booked
    ]


def weeks_of(reader: Reader, house: Practice, today: date, count: int, trainer_id: int) -> list[Week]:
    """How full a trainer's weeks are, this one first."""
    this = today - timedelta(days=(today.weekday() - house.first_weekday) % 7)
    firsts = [this + timedelta(weeks=number) for number in range(count)]
    return [
        Week(begins, ends, capacity)
        for begins, ends in ((first, first + timedelta(days=6)) for first in firsts)
        for capacity in capacities(reader, house, begins, ends)
        if capacity.trainer_id == trainer_id
    ]


def offs_of(offs: Sequence[Off], trainer_id: int) -> list[Off]:
    """The days off that a trainer has: their own and the whole practice's."""
    return [off for off in offs if off.trainer_id in (None, trainer_id)]


def _booked(reader: Reader, house: Practice, first_day: date, last_day: date) -> dict[int, int]:
    begins, ends = local_day_bounds(first_day, house.zone)[0], local_day_bounds(last_day, house.zone)[1]
    return dict(reader.tuples(BOOKED, {"begins": begins, "ends": ends}))


def _working_min(house: Practice, first_day: date, last_day: date, hours: Hours, offs: Sequence[Off]) -> int:
    worked = working_time(first_day, last_day, hours, offs, house.zone)
    return sum(interval.minutes for interval in worked)
