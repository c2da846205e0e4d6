"""What the working sets of one client add up to, workout by workout, in one pass over many sets.

Gives the figures that the automatic metric entries are made of. A set that equals an earlier one of its
exercise can break no record but that of volume, so only the others are held against each other: few are left
of a long history.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from ptrack.progress.rules.records import SetFact, history
from ptrack.progress.rules.strength import effective_load_g, set_volume_g
from ptrack.vocabulary import E1rmFormula, RecordKind, Tracked


class TallyExercise(NamedTuple):
    """How an exercise is measured."""

    tracked: Tracked
    is_cardio: bool


TallySet = tuple[int, int, int, int, int | None, int | None, int | None, float | None, bool]
"""Workout, exercise, the exercise's place, the set's place, reps, weight_g, seconds, meters, per side."""


class Tally:
    """Volume, cardio time and records by workout."""

    def __init__(
        self,
        exercises: Mapping[int, TallyExercise],
        performed_at: Callable[[int], datetime],
        body_weight_g: Callable[[int], int | None],
    ) -> None:
        """Ask `performed_at` and `body_weight_g` for the time of a workout and the body weight known then."""
        self._exercises = exercises
        self._performed_at, self._body_weight_g = performed_at, body_weight_g
        self._facts: dict[int, list[SetFact]] = {number: [] for number in exercises}
        self._most_g: dict[int, int] = {}
        self._topped: dict[int, list[int]] = {number: [] for number in exercises}
        self._seen: set[tuple[float | None, ...]] = set()
        self._bodily = {n for n, one in exercises.items() if one.tracked is Tracked.BODYWEIGHT_PLUS}
        self._loaded = {n for n, one in exercises.items() if one.tracked is Tracked.WEIGHT_REPS}
        self._cardio = {n for n, one in exercises.items() if one.is_cardio}
        self.volume_g: Counter[int] = Counter()
        self.cardio_seconds: Counter[int] = Counter()

    def take(self, sets: Iterable[TallySet]) -> None:
        """Count working sets, which come in order of time, workout, exercise and set."""
        for workout, group in groupby(sets, itemgetter(0)):
            volumes_g = self._take_workout(workout, group)
            self.volume_g[workout] = sum(volumes_g.values())
            for exercise, volume_g in volumes_g.items():
                self._compare(workout, exercise, volume_g)

    def _take_workout(self, workout: int, sets: Iterable[TallySet]) -> dict[int, int]:
        """Count one workout's sets; its volume by exercise."""
        seen, loaded, cardio = self._seen, self._loaded, self._cardio
        volumes_g: dict[int, int] = {}
        for one in sets:
            _, exercise, _, _, reps, weight_g, seconds, meters, per_side = one
            effective_g = weight_g if exercise in loaded else self._effective_g(workout, exercise, weight_g)
            if reps and effective_g:
                volume_g = set_volume_g(reps, effective_g, per_side)
                volumes_g[exercise] = volumes_g.get(exercise, 0) + volume_g
            if seconds and exercise in cardio:
                self.cardio_seconds[workout] += seconds
            key = (exercise, reps, weight_g, effective_g, seconds, meters)
            if key not in seen:
                seen.add(key)
                self._keep(one, effective_g)
        return volumes_g

    def _effective_g(self, workout: int, exercise: int, weight_g: int | None) -> int | None:
        body_g = self._body_weight_g(workout) if exercise in self._bodily else None
        return effective_load_g(weight_g, self._exercises[exercise].tracked, body_g)

    def _compare(self, workout: int, exercise: int, volume_g: int) -> None:
        """Note a workout with more volume than any before it; the first is the baseline."""
        most_g = self._most_g.get(exercise)
        if most_g is not None and volume_g > most_g:
            self._topped[exercise].append(workout)
        if volume_g and (most_g is None or volume_g > most_g):
            self._most_g[exercise] = volume_g

    def _keep(self, one: TallySet, effective_g: int | None) -> None:
        workout, exercise, place, position, reps, weight_g, seconds, meters, _ = one
        moment = self._performed_at(workout)
        self._facts[exercise].append(
            SetFact(workout, moment, place, position, reps, weight_g, effective_g, seconds, meters)
        )

    def exercises_with_record(self, formula: E1rmFormula) -> Counter[int]:
        """How many exercises of each workout have a record in it, of whatever kind."""
        found: Counter[int] = Counter()
        for number, facts in self._facts.items():
            broken = history(facts, self._exercises[number].tracked, formula).broken
            workouts = {record.workout for record in broken if record.kind is not RecordKind.VOLUME}
            found.update(workouts.union(self._topped[number]))
        return found


def streaks_by_day(days: Collection[date]) -> dict[date, int]:
    """For each of the days, how many in a row end with it."""
    streaks: dict[date, int] = {}
    for day in sorted(set(days)):
        streaks[day] = streaks.get(day - timedelta(days=1), 0) + 1
    return streaks
