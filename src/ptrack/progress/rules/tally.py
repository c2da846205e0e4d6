"""What the working sets of one client add up to, workout by workout, in one pass over many sets.

Gives the figures that the automatic metric entries are made of, and the records of a long history. A set
that equals an earlier one of its exercise can break no record but that of volume, and a workout with no more
volume than one before it not that either: only the others are held against each other, and few are left.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from ptrack.progress.rules.records import Figure, History, SetFact, history
from ptrack.progress.rules.strength import effective_load_g, set_volume_g
from ptrack.vocabulary import E1rmFormula, Tracked

_BODILY = Tracked.BODYWEIGHT_PLUS


class TallyExercise(NamedTuple):
    """How an exercise is measured."""

    tracked: Tracked
    is_cardio: bool


TallySet = tuple[int, int, int | None, int | None, int | None, float | None, bool]
"""Workout, exercise, reps, weight_g, seconds, meters, per side."""


class _Way(NamedTuple):
    """How the sets of an exercise are counted, and what has been seen of them."""

    seen: set[tuple[float | None, ...]]
    is_loaded: bool
    is_bodily: bool
    is_cardio: bool


def _way(exercise: TallyExercise) -> _Way:
    tracked = exercise.tracked
    return _Way(set(), tracked is Tracked.WEIGHT_REPS, tracked is _BODILY, exercise.is_cardio)


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
        self.performed_at, self._body_weight_g = performed_at, body_weight_g
        self._facts: dict[int, list[SetFact]] = {number: [] for number in exercises}
        self._volumes: dict[int, list[Figure]] = {number: [] for number in exercises}
        self._ways = {number: _way(exercise) for number, exercise in exercises.items()}
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
        """Count one workout's sets; its volume by exercise.

        What an exercise has in common is looked up once for sets in a row, and the load is reckoned only
        where there are reps: a long history has very many sets.
        """
        volumes_g: dict[int, int] = {}
        exercise, has_load, body_g = None, False, None
        for one in sets:
            if one[1] != exercise:
                exercise = one[1]
                seen, is_loaded, is_bodily, is_cardio = self._ways[exercise]
                body_g = self._body_weight_g(workout) if is_bodily else None
                has_load = is_loaded or body_g is not None
            _, _, reps, weight_g, seconds, _, per_side = one
            if reps and has_load:
                effective_g = weight_g if is_loaded else effective_load_g(weight_g, _BODILY, body_g)
                volume_g = set_volume_g(reps, effective_g, per_side)
                volumes_g[exercise] = volumes_g.get(exercise, 0) + volume_g
            if seconds and is_cardio:
                self.cardio_seconds[workout] += seconds
            done = one[2:6] if body_g is None else (*one[2:6], body_g)
            if done not in seen:
                seen.add(done)
                self._keep(one)
        return volumes_g

    def tracked(self, exercise: int) -> Tracked:
        """What is measured of an exercise."""
        return self._exercises[exercise].tracked

    def effective_g(self, workout: int, exercise: int, weight_g: int | None) -> int | None:
        """The load that a set of that weight moved in that workout, as `strength.effective_load_g`."""
        tracked = self._exercises[exercise].tracked
        body_g = self._body_weight_g(workout) if tracked is _BODILY else None
        return effective_load_g(weight_g, tracked, body_g)

    def _compare(self, workout: int, exercise: int, volume_g: int) -> None:
        """Keep the volume of a workout with more than any before it."""
        rising = self._volumes[exercise]
        if volume_g > (rising[-1][0] if rising else 0):
            moment = self.performed_at(workout)
            rising.append((volume_g, SetFact(workout, moment, 0, 0, None, None, None, None, None)))

    def _keep(self, one: TallySet) -> None:
        """Keep a set, the place among those kept being its own."""
        workout, exercise, reps, weight_g, seconds, meters, _ = one
        moment = self.performed_at(workout)
        effective_g = self.effective_g(workout, exercise, weight_g)
        kept = self._facts[exercise]
        kept.append(SetFact(workout, moment, 0, len(kept), reps, weight_g, effective_g, seconds, meters))

    def records(self, exercise: int, formula: E1rmFormula) -> History:
        """What was broken in one exercise and what stands."""
        facts, volumes = self._facts[exercise], self._volumes[exercise]
        return history(facts, self._exercises[exercise].tracked, formula, volumes)

    def exercises_with_record(self, formula: E1rmFormula) -> Counter[int]:
        """How many exercises of each workout have a record in it, of whatever kind."""
        found: Counter[int] = Counter()
        for number in self._exercises:
            found.update({record.workout for record in self.records(number, formula).broken})
        return found


def streaks_by_day(days: Collection[date]) -> dict[date, int]:
    """For each of the days, how many in a row end with it."""
    streaks: dict[date, int] = {}
    for day in sorted(set(days)):
        streaks[day] = streaks.get(day - timedelta(days=1), 0) + 1
    return streaks
