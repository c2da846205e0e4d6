"""What the working sets of one client add up to, workout by workout, in one pass over many sets.

Gives the figures that the automatic metric entries are made of. A set that equals an earlier one of its
exercise can break no record but that of volume, so only the others are held against each other: few are left
of a long history.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from ptrack.progress.rules.records import SetFact, history
from ptrack.progress.rules.strength import effective_load_g, set_volume_g
from ptrack.vocabulary import E1rmFormula, RecordKind, Tracked


class TallyWorkout(NamedTuple):
    """When a workout was, and what the client weighed then, if that is known."""

    performed_at: datetime
    body_weight_g: int | None


class TallyExercise(NamedTuple):
    """How an exercise is measured."""

    tracked: Tracked
    is_cardio: bool


TallySet = tuple[int, int, int, int, int | None, int | None, int | None, float | None, bool]
"""Workout, exercise, the exercise's place, the set's place, reps, weight_g, seconds, meters, per side."""


class Tally:
    """Volume, cardio time and records by workout."""

    def __init__(self, workouts: Mapping[int, TallyWorkout], exercises: Mapping[int, TallyExercise]) -> None:
        self._workouts = workouts
        self._exercises = exercises
        self._facts: dict[int, list[SetFact]] = {number: [] for number in exercises}
        self._volumes_g: dict[int, dict[int, int]] = {number: {} for number in exercises}
        self.volume_g: Counter[int] = Counter()
        self.cardio_seconds: Counter[int] = Counter()

    def take(self, sets: Iterable[TallySet]) -> None:
        """Count working sets, which come in order of time, workout, exercise and set."""
        seen = set()
        for workout, exercise, place, position, reps, weight_g, seconds, meters, per_side in sets:
            tracked, is_cardio = self._exercises[exercise]
            performed_at, body_weight_g = self._workouts[workout]
            effective_g = effective_load_g(weight_g, tracked, body_weight_g)
            if effective_g and (volume_g := set_volume_g(reps, effective_g, per_side)):
                volumes_g = self._volumes_g[exercise]
                volumes_g[workout] = volumes_g.get(workout, 0) + volume_g
            if is_cardio and seconds:
                self.cardio_seconds[workout] += seconds
            key = (exercise, reps, weight_g, effective_g, seconds, meters)
            if key not in seen:
                seen.add(key)
                self._facts[exercise].append(
                    SetFact(
                        workout, performed_at, place, position, reps, weight_g, effective_g, seconds, meters
                    )
                )
        for volumes_g in self._volumes_g.values():
            self.volume_g.update(volumes_g)

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
