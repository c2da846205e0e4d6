"""What a plan asks of a client's log: the best e1RM of late, and what was done the last time."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from ptrack.clients.queries import Practice
from ptrack.database.reading import Reader
from ptrack.moments import local_day_bounds
from ptrack.notation.printing import print_groups
from ptrack.progress.planned_queries import best_sets, done_set, last_workouts, sets_of_workouts
from ptrack.progress.queries import body_weights
from ptrack.progress.rules.bodyweight import BodyWeights
from ptrack.progress.rules.strength import e1rm_g, effective_load_g
from ptrack.vocabulary import Tracked, Unit
from ptrack.workouts.rules import DoneSet, groups_of

RECORD_DAYS = 90
"""How many days back, today included, a record may lie that a percentage is reckoned from."""


class LastTime(NamedTuple):
    """What a client did of an exercise when it was last done: the sets, warm-ups among them, in order."""

    workout: int
    performed_at: datetime
    sets: tuple[DoneSet, ...]
    tracked: Tracked

    def notation(self, unit: Unit) -> str:
        """The sets as notation: `w 5 60kg, 5,5,4 100kg`."""
        return print_groups(groups_of(self.sets, self.tracked), unit)


class Best(NamedTuple):
    """A client's best e1RM in an exercise; `body_g` is the part of it that the body is, where it is moved."""

    weight_g: int
    body_g: int | None = None


def best_loads(
    reader: Reader,
    client_id: int,
    exercises: Sequence[int],
    today: date,
    house: Practice,
    but_workout: int | None = None,
    before: datetime | None = None,
) -> dict[int, Best]:
    """The client's best e1RM of the last 90 days, today included, in each of those exercises.

    Sets of up to ten reps tell it, by the practice's formula; those of the workout `but_workout` don't, nor
    those of workouts at the instant `before` or later, where it is given. What moves the body has none where
    no body weight is known.
    """
    since = local_day_bounds(today - timedelta(days=RECORD_DAYS - 1), house.zone)[0]
    until = before or local_day_bounds(today, house.zone)[1]
    rows = best_sets(reader, client_id, exercises, since, until, but_workout or 0)
    moves_body = any(tracked == Tracked.BODYWEIGHT_PLUS for _, tracked, *_ in rows)
    weights = body_weights(reader, client_id, house) if moves_body else BodyWeights(())
    found: dict[int, Best] = {}
    for exercise, tracked, performed_at, reps, weight_g in rows:
        done_on = _instant(performed_at).astimezone(house.zone).date()
        load_g = effective_load_g(weight_g, Tracked(tracked), weights.grams_on(done_on))
        best_g = e1rm_g(load_g, reps, house.e1rm_formula) if load_g is not None else None
        if best_g is not None and (exercise not in found or best_g > found[exercise].weight_g):
            is_moved = tracked == Tracked.BODYWEIGHT_PLUS
            found[exercise] = Best(best_g, weights.grams_on(today) if is_moved else None)
    return found


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


def last_times(
    reader: Reader, client_id: int, exercise_ids: Sequence[int], before: datetime
) -> dict[int, LastTime]:
    """What a client did of each of those exercises in the last completed workout that had it, by exercise."""
    rows = last_workouts(reader, client_id, exercise_ids, before)
    latest = {
        exercise: (workout, Tracked(tracked)) for exercise, tracked, workout in rows if workout is not None
    }
    workouts = sorted({workout for workout, _ in latest.values()})
    sets: dict[tuple[int, int, str], list[DoneSet]] = {}
    for exercise, workout, performed_at, *done in sets_of_workouts(reader, workouts):
        if exercise in latest and latest[exercise][0] == workout:
            sets.setdefault((exercise, workout, performed_at), []).append(done_set(*done))
    return {
        exercise: LastTime(workout, _instant(performed_at), tuple(own), latest[exercise][1])
        for (exercise, workout, performed_at), own in sets.items()
    }
