"""Which exercises of a client have stalled."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from ptrack.clients.queries import Practice
from ptrack.database.reading import Reader
from ptrack.moments import local_day_bounds
from ptrack.progress.queries import begun_tally, exercises_by_number, exercises_since, working_sets
from ptrack.progress.rules.stalls import WINDOW, Stall, stall_of
from ptrack.progress.rules.tally import Tally
from ptrack.vocabulary import Tracked


class ExerciseStall(NamedTuple):
    """An exercise that has stalled, and how."""

    exercise_id: int
    exercise: str
    tracked: Tracked
    stall: Stall


def stalls(
    reader: Reader, client: int, house: Practice, today: date, exercises: Sequence[int] | None = None
) -> list[ExerciseStall]:
    """The client's exercises, or those given, that have stalled by that day, the longest first."""
    since = local_day_bounds(today - WINDOW, house.zone)[0]
    until = local_day_bounds(today, house.zone)[1]
    known = (
        exercises_since(reader, client, since)
        if exercises is None
        else exercises_by_number(reader, exercises)
    )
    tally = begun_tally(reader, client, house, known, since)
    sets = working_sets(reader, client, exercises, until, since)
    tally.take(sets)
    days = _days(sets, tally, house)
    found = [
        ExerciseStall(number, name, Tracked(tracked), stall)
        for number, name, tracked, _ in known
        if (stall := stall_of(days.get(number, {}), tally.records(number, house.e1rm_formula), today))
    ]
    return sorted(found, key=lambda row: (row.stall.since, row.exercise.casefold()))


def _days(sets: Iterable[Any], tally: Tally, house: Practice) -> dict[int, dict[int, date]]:
    """The days of the workouts with each exercise, in order."""
    days: dict[int, dict[int, date]] = {}
    for (workout, exercise), _ in groupby(sets, itemgetter(0, 1)):
        days.setdefault(exercise, {}).setdefault(workout, _day(tally.performed_at(workout), house))
    return days


def _day(moment: datetime, house: Practice) -> date:
    return house.local(moment).date()
