"""What each muscle of a client got, week by week."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from ptrack.clients.queries import Practice
from ptrack.database.reading import Reader
from ptrack.moments import local_day_bounds
from ptrack.progress.queries import begun_tally, exercises_since, muscles_of, working_sets
from ptrack.progress.rules.periods import Period
from ptrack.progress.rules.strength import set_volume_g
from ptrack.progress.rules.tally import Tally
from ptrack.progress.rules.volume import (
    Muscles,
    Work,
    Worked,
    by_week_and_muscle,
    has_hard_sets,
    week_of,
    weeks_between,
)
from ptrack.vocabulary import ExerciseCategory, Muscle, Tracked


class MuscleWeek(NamedTuple):
    """What one muscle got in the week that begins on that day."""

    week: date
    muscle: Muscle
    sets: float
    volume_g: float


class ExerciseSets(NamedTuple):
    """How many hard sets of an exercise were done in a week."""

    week: date
    exercise: str
    sets: int
    muscles: Muscles


class MuscleVolume(NamedTuple):
    """What a client's muscles got in the `weeks` of a period, each by its first day; `this_week` isn't over.

    `nowhere` are exercises for which no muscle is known, with their sets; `unweighed` those on the body for
    which no body weight was known, so that they count in sets alone.
    """

    weeks: list[date]
    this_week: date
    rows: list[MuscleWeek]
    exercises: list[ExerciseSets]
    nowhere: dict[str, int]
    unweighed: list[str]


class _Done(NamedTuple):
    """Hard sets and volume by exercise and week, and the exercises with a set of unknown load."""

    sets: Counter[tuple[int, date]]
    volume_g: Counter[tuple[int, date]]
    unweighed: set[int]


def muscle_volume(reader: Reader, client: int, house: Practice, period: Period, today: date) -> MuscleVolume:
    """What each muscle got in the weeks that the period touches, an open one from the first set on.

    Weeks are whole, but for this one.
    """
    first = week_of(period.first, house.first_weekday) if period.first else None
    since = local_day_bounds(first, house.zone)[0] if first else None
    last = min(
        week_of(period.last or today, house.first_weekday) + timedelta(days=6), max(today, first or today)
    )
    until = local_day_bounds(last, house.zone)[1] - timedelta(microseconds=1)
    known = exercises_since(reader, client, since)
    tally = begun_tally(reader, client, house, known, since)
    done = _done(working_sets(reader, client, None, until, since), known, tally, house)
    begun = first or min((week for _, week in done.sets), default=week_of(today, house.first_weekday))
    return _volume(reader, known, done, weeks_between(begun, last), today, house)


def _done(sets: Iterable[Any], known: Iterable[Any], tally: Tally, house: Practice) -> _Done:
    """Count sets and volume of each exercise and week."""
    is_hard = {number: has_hard_sets(ExerciseCategory(category)) for number, *_, category in known}
    done = _Done(Counter(), Counter(), set())
    weeks: dict[int, date] = {}
    for workout, exercise, reps, weight_g, _, _, per_side in sets:
        if workout not in weeks:
            weeks[workout] = _week(tally.performed_at(workout), house)
        key = (exercise, weeks[workout])
        effective_g = tally.effective_g(workout, exercise, weight_g)
        done.sets[key] += is_hard[exercise]
        done.volume_g[key] += set_volume_g(reps, effective_g, per_side)
        if reps and effective_g is None:
            done.unweighed.add(exercise)
    return done


def _week(moment: datetime, house: Practice) -> date:
    return week_of(house.local(moment).date(), house.first_weekday)


def _volume(
    reader: Reader, known: Iterable[Any], done: _Done, weeks: list[date], today: date, house: Practice
) -> MuscleVolume:
    names = {number: name for number, name, *_ in known}
    bodily = {number for number, _, tracked, _ in known if tracked == Tracked.BODYWEIGHT_PLUS}
    muscles = muscles_of(reader, sorted(names))
    nowhere: Counter[str] = Counter()
    for (exercise, _), sets in done.sets.items():
        if sets and exercise not in muscles:
            nowhere[names[exercise]] += sets
    worked = [
        Worked(week, sets, done.volume_g[exercise, week], muscles.get(exercise, Muscles()))
        for (exercise, week), sets in done.sets.items()
    ]
    return MuscleVolume(
        weeks=weeks,
        this_week=week_of(today, house.first_weekday),
        rows=[MuscleWeek(*key, *work) for key, work in by_week_and_muscle(worked).items()],
        exercises=[
            ExerciseSets(week, names[exercise], sets, muscles.get(exercise, Muscles()))
            for (exercise, week), sets in done.sets.items()
            if sets
        ],
        nowhere=dict(nowhere),
        unweighed=sorted(names[exercise] for exercise in done.unweighed & bodily),
    )


def totals(rows: Iterable[MuscleWeek]) -> dict[Muscle, Work]:
    """What each muscle got in all, the one with most sets first."""
    found: dict[Muscle, Work] = {}
    for row in rows:
        found[row.muscle] = found.get(row.muscle, Work()).plus(row.sets, row.volume_g)
    return dict(sorted(found.items(), key=lambda item: (-item[1].sets, -item[1].volume_g)))
