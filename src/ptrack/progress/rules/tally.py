"""What the working sets of one client add up to, workout by workout, in one pass over many sets.

Gives the figures that the automatic metric entries are made of. A set that equals an earlier one of its
exercise can break no record but that of volume, so only the others are held against each other: few are left
of a long history.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
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
        self._volumes_g: dict[int, dict[int, int]] = {number: {} for number in exercises}
        self.volume_g: Counter[int] = Counter()
        self.cardio_seconds: Counter[int] = Counter()

    def take(self, sets: Iterable[TallySet]) -> None:
        """Count working sets, which come in order of time, workout, exercise and set."""
        seen = set()
        for one in sets:
            workout, exercise, _, _, reps, weight_g, seconds, meters, per_side = one
            tracked, is_cardio = self._exercises[exercise]
            body_g = self._body_weight_g(workout) if tracked is Tracked.BODYWEIGHT_PLUS else None
            effective_g = effective_load_g(weight_g, tracked, body_g)
            if reps and effective_g:
                volumes_g = self._volumes_g[exercise]
                volumes_g[workout] = volumes_g.get(workout, 0) + set_volume_g(reps, effective_g, per_side)
            if is_cardio and seconds:
                self.cardio_seconds[workout] += seconds
            key = (exercise, reps, weight_g, effective_g, seconds, meters)
            if key not in seen:
                seen.add(key)
                self._keep(one, effective_g)
        for volumes_g in self._volumes_g.values():
            self.volume_g.update(volumes_g)

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
            found.update(workouts | _topped(self._volumes_g[number]))
        return found


def _topped(volumes_g: Mapping[int, int]) -> set[int]:
    """The workouts with more volume than any before them; the first is the baseline."""
    most_g: int | None = None
    topped = set()
    for workout, volume_g in volumes_g.items():
        if not volume_g:
            continue
        if most_g is not None and volume_g > most_g:
            topped.add(workout)
        most_g = volume_g if most_g is None else max(most_g, volume_g)
    return topped


def streaks_by_day(days: Collection[date]) -> dict[date, int]:
    """For each of the days, how many in a row end with it."""
    streaks: dict[date, int] = {}
    for day in sorted(set(days)):
        streaks[day] = streaks.get(day - timedelta(days=1), 0) + 1
    return streaks
