"""Volume and hard sets by muscle and week.

A set counts in full for each primary muscle of its exercise and half for each secondary one, and so does its
volume; a muscle named as both is primary. Every working set is a hard set, with reps or held for a time, but
those of cardio, mobility and warm-up exercises: a run is no set for the legs.
"""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import NamedTuple

from ptrack.vocabulary import ExerciseCategory, Muscle

_NO_HARD_SETS = (ExerciseCategory.CARDIO, ExerciseCategory.MOBILITY, ExerciseCategory.WARM_UP)


class Muscles(NamedTuple):
    """The muscles that an exercise is for."""

    primary: Collection[Muscle] = ()
    secondary: Collection[Muscle] = ()


class Worked(NamedTuple):
    """What was done of one exercise in one week: hard sets, and volume in grams."""

    week: date
    sets: int
    volume_g: int
    muscles: Muscles


class Work(NamedTuple):
    """What a muscle got: sets, in halves, and volume in grams."""

    sets: float = 0.0
    volume_g: float = 0.0

    def plus(self, sets: float, volume_g: float) -> "Work":
        """This and more."""
        return Work(self.sets + sets, self.volume_g + volume_g)


def has_hard_sets(category: ExerciseCategory) -> bool:
    """Whether the sets of such exercises are counted as hard ones."""
    return category not in _NO_HARD_SETS


def week_of(day: date, first_weekday: int) -> date:
    """The first day of the week that a day is in; weeks begin on that weekday, Monday being 0."""
    return day - timedelta(days=(day.weekday() - first_weekday) % 7)


def weeks_between(first: date, last: date) -> list[date]:
    """The first days of all weeks from the one that begins on `first` to the one that `last` is in."""
    return [first + timedelta(weeks=number) for number in range((last - first).days // 7 + 1)]


def by_week_and_muscle(worked: Iterable[Worked]) -> dict[tuple[date, Muscle], Work]:
    """Sum up by week, then muscle in the order of their list; what got nothing is left out."""
    found: dict[tuple[date, Muscle], Work] = {}
    for one in worked:
        for muscle in {*one.muscles.primary, *one.muscles.secondary}:
            share = 1.0 if muscle in one.muscles.primary else 0.5
            key = (one.week, muscle)
            found[key] = found.get(key, Work()).plus(share * one.sets, share * one.volume_g)
    order = {muscle: place for place, muscle in enumerate(Muscle)}
    given = sorted((key for key, work in found.items() if any(work)), key=lambda key: (key[0], order[key[1]]))
    return {key: found[key] for key in given}
