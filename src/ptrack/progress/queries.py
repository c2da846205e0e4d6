"""Records, volumes and automatic metric entries, as the database knows them.

A client's own workouts are walked, in order of time, down to their sets (`CROSS JOIN` keeps the planner to
that), so that the way is the same length whatever the size of the practice.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from ptrack.clients.queries import Practice
from ptrack.database.reading import Reader, instant_text, named_list
from ptrack.progress.rules.bodyweight import BodyWeights, Weighing
from ptrack.progress.rules.records import SetFact
from ptrack.progress.rules.strength import effective_load_g
from ptrack.progress.rules.tally import Tally, TallyExercise
from ptrack.progress.rules.volume import Muscles
from ptrack.vocabulary import ExerciseCategory, Muscle, Tracked


class ExerciseFacts(NamedTuple):
    """The working sets of one client in one exercise, in the order they were done."""

    exercise_id: int
    name: str
    tracked: Tracked
    sets: tuple[SetFact, ...]


COUNTED = "('completed')"
"""The statuses of workouts that count for records; one that is going on does once it is finished."""

WEIGHINGS = """
SELECT e.recorded_at, e.value
FROM metric_entry e
WHERE e.client_id = :client AND e.metric_id = (SELECT id FROM metric WHERE key = 'weight')
ORDER BY e.recorded_at, e.id"""

EXERCISES_OF_CLIENT = """
SELECT x.id, x.name, x.tracked, x.category
FROM exercise x
WHERE x.id IN (
  SELECT e.exercise_id FROM workout w CROSS JOIN workout_exercise e
  WHERE w.client_id = :client AND w.performed_at >= :since AND e.workout_id = w.id)"""

EXERCISES_BY_NUMBER = "SELECT x.id, x.name, x.tracked, x.category FROM exercise x WHERE x.id IN ({ids})"

_SETS_OF_CLIENT = f"""
FROM workout w CROSS JOIN workout_exercise e CROSS JOIN workout_set s
WHERE w.client_id = :client AND w.status IN {COUNTED}
  AND w.performed_at >= :since AND w.performed_at <= :until
  AND e.workout_id = w.id {{which}} AND s.workout_exercise_id = e.id AND NOT s.is_warmup
ORDER BY w.performed_at, w.id, e.position, s.position"""

WORKING_SETS = f"""
SELECT w.id, e.exercise_id, s.reps, s.weight_g, s.seconds, s.meters, s.per_side{_SETS_OF_CLIENT}"""

PLACED_SETS = f"""
SELECT w.id, e.exercise_id, e.position, s.position, s.reps, s.weight_g, s.seconds, s.meters,
       s.per_side{_SETS_OF_CLIENT}"""

TIMES_OF_WORKOUTS = f"""
SELECT w.id, w.performed_at
FROM workout w
WHERE w.client_id = :client AND w.status IN {COUNTED} AND w.performed_at >= :since"""

MUSCLES_OF = """
SELECT m.exercise_id, m.muscle, m.is_primary
FROM exercise_muscle m
WHERE m.exercise_id IN ({ids})
ORDER BY m.exercise_id, m.muscle"""

LIFTS_BY_NAME = """
SELECT x.name AS lift, x.id, x.name, x.tracked, x.category FROM exercise x WHERE x.name IN ({names})
UNION
SELECT a.alias AS lift, x.id, x.name, x.tracked, x.category
FROM exercise_alias a JOIN exercise x ON x.id = a.exercise_id
WHERE a.alias IN ({names})"""

COUNTED_WORKOUTS = f"""
SELECT w.id, w.performed_at, w.status, w.activity, w.kind, w.duration_min
FROM workout w
WHERE w.client_id = :client AND w.status IN {COUNTED} AND w.performed_at <= :until
ORDER BY w.performed_at, w.id"""

COMPLETED_WORKOUTS = """
SELECT w.id, w.performed_at, w.activity, w.kind, w.duration_min
FROM workout w
WHERE w.client_id = :client AND w.status = 'completed'
  AND w.performed_at >= :since AND w.performed_at < :before
ORDER BY w.performed_at, w.id"""

MINDFUL_TIMES = """
SELECT w.performed_at FROM workout w
WHERE w.client_id = :client AND w.status = 'completed' AND w.activity IN ('yoga', 'mobility')"""

LAST_TIME = "SELECT max(w.performed_at) FROM workout w WHERE w.client_id = :client"

TIME_OF_WORKOUT = "SELECT w.performed_at FROM workout w WHERE w.id = :workout"

AUTOMATIC_ENTRIES = """
SELECT e.workout_id, e.metric_id, e.id, e.value, e.recorded_at
FROM workout w CROSS JOIN metric_entry e
WHERE w.client_id = :client AND w.performed_at >= :since AND w.performed_at < :before
  AND e.workout_id = w.id AND e.source = 'auto'"""

METRIC_NUMBERS = "SELECT key, id FROM metric"

ALL_TIME = "9999-12-31 23:59:59.999999"
BEGINNING = "0001-01-01 00:00:00.000000"


def body_weights(reader: Reader, client: int, practice: Practice) -> BodyWeights:
    """What a client weighed, by the days of the studio's zone."""
    zone = practice.zone
    return BodyWeights(
        Weighing(_instant(recorded_at).astimezone(zone).date(), round(value * 1000))
        for recorded_at, value in reader.tuples(WEIGHINGS, {"client": client})
    )


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


def exercises_since(reader: Reader, client: int, since: datetime | None = None) -> list[Any]:
    """Number, name, tracking and category of each exercise in the client's workouts from an instant on."""
    return reader.tuples(EXERCISES_OF_CLIENT, {"client": client, "since": since or BEGINNING})


def exercises_by_number(reader: Reader, exercises: Sequence[int]) -> list[Any]:
    """Number, name, tracking and category of those exercises."""
    ids, values = named_list("id", exercises)
    return reader.tuples(EXERCISES_BY_NUMBER.format(ids=ids), values)


def muscles_of(reader: Reader, exercises: Sequence[int]) -> dict[int, Muscles]:
    """The muscles that those exercises are for; one without any is left out."""
    ids, values = named_list("id", exercises)
    found: dict[int, tuple[list[Muscle], list[Muscle]]] = {}
    for number, muscle, is_primary in reader.tuples(MUSCLES_OF.format(ids=ids), values):
        found.setdefault(number, ([], []))[0 if is_primary else 1].append(Muscle(muscle))
    return {number: Muscles(*muscles) for number, muscles in found.items()}


def lifts_by_name(reader: Reader, names: Sequence[str]) -> dict[str, tuple[int, str, str, str]]:
    """The exercises that have or had those names: number, name, tracking, category, by the name asked for."""
    listed, values = named_list("name", names)
    rows = reader.tuples(LIFTS_BY_NAME.format(names=listed), values)
    return {lift: tuple(exercise) for lift, *exercise in rows}


def counted_workouts(
    reader: Reader, client: int, until: datetime | None = None
) -> list[tuple[int, str, str, str, str, int | None]]:
    """The client's workouts in which something was done, in order.

    Each as number, instant as it is stored, status, activity, kind, minutes.
    """
    return reader.tuples(COUNTED_WORKOUTS, {"client": client, "until": until or ALL_TIME})


def working_sets(
    reader: Reader,
    client: int,
    exercises: Sequence[int] | None = None,
    until: datetime | None = None,
    since: datetime | None = None,
) -> list[Any]:
    """The client's working sets in order: workout, exercise, and what was done, as a tally takes them."""
    return _sets(reader, WORKING_SETS, client, exercises, until, since)


def _sets(
    reader: Reader,
    sql: str,
    client: int,
    exercises: Sequence[int] | None,
    until: datetime | None,
    since: datetime | None = None,
) -> list[Any]:
    which, values = "", {"client": client, "since": since or BEGINNING, "until": until or ALL_TIME}
    if exercises is not None:
        ids, numbers = named_list("id", exercises)
        which, values = f"AND e.exercise_id IN ({ids})", values | numbers
    return reader.tuples(sql.format(which=which), values)


def streamed_sets(reader: Reader, client: int, exercises: Sequence[int]) -> Iterator[Any]:
    """The same sets one by one, for the write side, where an open cursor is in nobody's way."""
    ids, numbers = named_list("id", exercises)
    sql = WORKING_SETS.format(which=f"AND e.exercise_id IN ({ids})")
    return reader.connection.execute(
        sql, {"client": client, "since": BEGINNING, "until": ALL_TIME, **numbers}
    )


def exercise_facts(
    reader: Reader,
    client: int,
    practice: Practice,
    exercises: Sequence[int] | None = None,
    until: datetime | None = None,
) -> dict[int, ExerciseFacts]:
    """What the records of a client are decided from, by exercise: all of them, or those of the numbers given.

    With `until` only what was done at that instant or before it.
    """
    known = exercises_since(reader, client) if exercises is None else exercises_by_number(reader, exercises)
    tracked = {number: Tracked(value) for number, _, value, _ in known}
    needs_weight = Tracked.BODYWEIGHT_PLUS in tracked.values()
    weights = body_weights(reader, client, practice) if needs_weight else BodyWeights(())
    moments = {
        number: _instant(performed_at) for number, performed_at, *_ in counted_workouts(reader, client, until)
    }
    sets: dict[int, list[SetFact]] = {}
    loads = _Loads(weights, practice, moments, tracked)
    for row in _sets(reader, PLACED_SETS, client, exercises, until):
        sets.setdefault(row[1], []).append(loads.fact(row))
    return {
        number: ExerciseFacts(number, name, tracked[number], tuple(sets.get(number, ())))
        for number, name, _, _ in known
    }


def begun_tally(
    reader: Reader, client: int, practice: Practice, known: Iterable[Any], since: datetime | None = None
) -> Tally:
    """A tally of those exercises (number, name, tracking, category) of a client, ready to take the sets.

    With `since` it knows the times of workouts from that instant on.
    """
    kinds = {
        number: TallyExercise(Tracked(tracked), category == ExerciseCategory.CARDIO)
        for number, _, tracked, category in known
    }
    is_bodily = any(kind.tracked is Tracked.BODYWEIGHT_PLUS for kind in kinds.values())
    weights = body_weights(reader, client, practice) if is_bodily else BodyWeights(())
    texts = dict(reader.tuples(TIMES_OF_WORKOUTS, {"client": client, "since": since or BEGINNING}))
    zone = practice.zone

    @cache
    def performed_at(workout: int) -> datetime:
        return _instant(texts[workout])

    @cache
    def body_weight_g(workout: int) -> int | None:
        return weights.grams_on(performed_at(workout).astimezone(zone).date()) if weights else None

    return Tally(kinds, performed_at, body_weight_g)


class _Loads:
    """Turns rows of sets into facts, with the load that was moved."""

    def __init__(
        self,
        weights: BodyWeights,
        practice: Practice,
        moments: dict[int, datetime],
        tracked: dict[int, Tracked],
    ) -> None:
        self._weights, self._zone = weights, practice.zone
        self._moments, self._tracked = moments, tracked
        self._body_g: dict[int, int | None] = {}

    def fact(self, row: Any) -> SetFact:
        """One set with the load that was moved in it."""
        workout, exercise, place, position, reps, weight_g, seconds, meters, per_side = row
        tracked = self._tracked[exercise]
        body_g = self._body_weight_g(workout) if tracked is Tracked.BODYWEIGHT_PLUS else None
        effective_g = effective_load_g(weight_g, tracked, body_g)
        return SetFact(
            workout, self._moments[workout], place, position, reps, weight_g, effective_g, seconds, meters,
            bool(per_side),
        )  # fmt: skip

    def _body_weight_g(self, workout: int) -> int | None:
        if workout not in self._body_g:
            day = self._moments[workout].astimezone(self._zone).date()
            self._body_g[workout] = self._weights.grams_on(day)
        return self._body_g[workout]


def metric_numbers(reader: Reader) -> dict[str, int]:
    """The metrics' numbers by key."""
    return dict(reader.tuples(METRIC_NUMBERS))


def years_since(reader: Reader, client: int, since: datetime) -> list[tuple[str, str]]:
    """The time from an instant to the client's last workout, cut at the turns of the years.

    Each piece is the instant it begins with and the one before which it ends, as they are stored.
    """
    start, last = instant_text(since), reader.value(LAST_TIME, client=client)
    if last is None or last < start:
        return []
    turns = [f"{year:04}-01-01 00:00:00.000000" for year in range(int(start[:4]) + 1, int(last[:4]) + 1)]
    return list(pairwise([start, *turns, ALL_TIME]))


def completed_workouts(
    reader: Reader, client: int, since: str, before: str
) -> list[tuple[int, str, str, str, int | None]]:
    """The client's completed workouts of a time, in order: number, instant, activity, kind, minutes."""
    return reader.tuples(COMPLETED_WORKOUTS, {"client": client, "since": since, "before": before})


def mindful_times(reader: Reader, client: int) -> list[datetime]:
    """When the client's completed yoga and mobility workouts were."""
    return [_instant(text) for text in reader.values(MINDFUL_TIMES, client=client)]


def time_of_workout(reader: Reader, workout: int) -> datetime:
    """When a workout was performed."""
    return _instant(reader.value(TIME_OF_WORKOUT, workout=workout))


def automatic_entries(
    reader: Reader, client: int, since: str, before: str
) -> dict[tuple[int, int], tuple[int, float, str]]:
    """The automatic entries of a client's workouts of a time, by workout and metric.

    Each with its number, its value, and its instant as it is stored.
    """
    values = {"client": client, "since": since, "before": before}
    rows: Iterable[Any] = reader.tuples(AUTOMATIC_ENTRIES, values)
    return {(workout, metric): (number, value, moment) for workout, metric, number, value, moment in rows}
