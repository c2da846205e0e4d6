"""How strong a client is: the best e1RM of the main lifts, beside the body weight of their day."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from ptrack.clients.queries import Practice, client_details
from ptrack.database.reading import Reader
from ptrack.progress.queries import begun_tally, body_weights, lifts_by_name, working_sets
from ptrack.progress.rules.bodyweight import BodyWeights, Weighing
from ptrack.progress.rules.periods import Period
from ptrack.progress.rules.scores import Scores, scores
from ptrack.progress.rules.strength import e1rm_g, is_estimate_reliable
from ptrack.progress.rules.tally import Tally
from ptrack.progress.stalled import ExerciseStall, stalls
from ptrack.vocabulary import E1rmFormula, Sex, Tracked

MAIN_LIFTS = (
    "Back Squat",
    "Low-Bar Squat",
    "Front Squat",
    "Bench Press",
    "Overhead Press",
    "Deadlift",
    "Sumo Deadlift",
    "Romanian Deadlift",
    "Barbell Row",
    "Pull-Up",
    "Chin-Up",
    "Dip",
)
"""The lifts that are set against body weight, in the order of the page."""

PLATFORM = {
    "squat": ("Back Squat", "Low-Bar Squat"),
    "bench press": ("Bench Press",),
    "deadlift": ("Deadlift", "Sumo Deadlift"),
}
"""The three lifts of a total, each with the exercises that are one."""


class Lift(NamedTuple):
    """The best e1RM of a lift in a period, the set it is from, and the body weight known on that day.

    `lift` is the name in `MAIN_LIFTS`, `exercise` what it is called here.
    """

    lift: str
    exercise_id: int
    exercise: str
    tracked: Tracked
    e1rm_g: int
    reps: int
    weight_g: int | None
    performed_at: datetime
    workout: int
    body: Weighing | None

    @property
    def ratio(self) -> float | None:
        """The e1RM in body weights; None where no body weight was known on its day."""
        return self.e1rm_g / self.body.weight_g if self.body else None


class Total(NamedTuple):
    """Squat, bench press and deadlift together; `body` is the weight known on the day of the last of them."""

    lifts: tuple[Lift, ...]
    body: Weighing | None
    scores: Scores | None

    @property
    def weight_g(self) -> int:
        """The sum of their e1RMs."""
        return sum(lift.e1rm_g for lift in self.lifts)


class Strength(NamedTuple):
    """What a client is strong in over a period.

    `total` is None where one of its lifts is `missing`; `last_at` is when a main lift was last done, ever.
    """

    period: Period
    sex: Sex | None
    lifts: list[Lift]
    total: Total | None
    missing: list[str]
    stalls: list[ExerciseStall]
    is_weighed: bool


def strength(reader: Reader, client: int, house: Practice, period: Period, today: date) -> Strength:
    """The best e1RM of each main lift in the period, what they come to, and what has stalled by today."""
    sex = client_details(reader, client).sex
    weights = body_weights(reader, client, house)
    lifts = _lifts(reader, client, house, period, weights)
    found = {part: _best_of(lifts, names) for part, names in PLATFORM.items()}
    three = [lift for lift in found.values() if lift]
    return Strength(
        period=period,
        sex=sex,
        lifts=lifts,
        total=_total(three, sex) if len(three) == len(PLATFORM) else None,
        missing=[part for part, lift in found.items() if lift is None],
        stalls=stalls(reader, client, house, today),
        is_weighed=bool(weights),
    )


def _lifts(reader: Reader, client: int, house: Practice, period: Period, weights: BodyWeights) -> list[Lift]:
    """The best of each main lift that has one in the period, in the order of the page."""
    named = lifts_by_name(reader, MAIN_LIFTS)
    known = {exercise[0]: exercise for exercise in named.values()}
    tally = begun_tally(reader, client, house, known.values())
    since, before = period.bounds(house.zone)
    sets = working_sets(reader, client, sorted(known), before - timedelta(microseconds=1), since)
    best = _best_sets(sets, tally, house.e1rm_formula)
    return [
        _lift(lift, named[lift], *best[named[lift][0]], tally, house, weights)
        for lift in MAIN_LIFTS
        if lift in named and named[lift][0] in best
    ]


def _best_sets(sets: Iterable[Any], tally: Tally, formula: E1rmFormula) -> dict[int, tuple[int, Any]]:
    """The best e1RM of each exercise from up to 10 reps, and the first set that has it."""
    best: dict[int, tuple[int, Any]] = {}
    for one in sets:
        workout, exercise, reps, weight_g, *_ = one
        if not reps or not is_estimate_reliable(reps):
            continue
        load_g = tally.effective_g(workout, exercise, weight_g)
        estimate_g = e1rm_g(load_g, reps, formula) if load_g else None
        if estimate_g and (exercise not in best or estimate_g > best[exercise][0]):
            best[exercise] = (estimate_g, one)
    return best


def _lift(
    lift: str,
    exercise: Sequence[Any],
    estimate_g: int,
    best: Any,
    tally: Tally,
    house: Practice,
    weights: BodyWeights,
) -> Lift:
    number, name, tracked, _ = exercise
    workout, _, reps, weight_g, *_ = best
    moment = tally.performed_at(workout)
    body = weights.known_on(house.local(moment).date())
    return Lift(lift, number, name, Tracked(tracked), estimate_g, reps, weight_g, moment, workout, body)


def _best_of(lifts: Iterable[Lift], names: Sequence[str]) -> Lift | None:
    """The best of the lifts of those names."""
    return max((lift for lift in lifts if lift.lift in names), key=lambda lift: lift.e1rm_g, default=None)


def _total(three: Sequence[Lift], sex: Sex | None) -> Total:
    body = max(three, key=lambda lift: (lift.performed_at, lift.workout)).body
    total = Total(tuple(three), body, None)
    return total._replace(scores=scores(sex, total.weight_g, body.weight_g) if body else None)
