"""What is collected by itself: the metric entries that completed workouts make, always as the log stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ptrack.clients.queries import Practice, practice
from ptrack.database.reading import Reader, instant_text
from ptrack.database.session import Writing
from ptrack.models.measures import Metric
from ptrack.progress import queries
from ptrack.progress.definitions import DEFAULT_METRICS
from ptrack.progress.rules.automatic import WorkoutFacts, automatic_entries
from ptrack.progress.rules.tally import Tally, TallyExercise, TallyWorkout, streaks_by_day
from ptrack.vocabulary import Activity, ExerciseCategory, Tracked, WorkoutKind, WorkoutStatus

_MINDFUL = (Activity.YOGA, Activity.MOBILITY)

_Key = tuple[int, int]

INSERT = (
    "INSERT INTO metric_entry (client_id, metric_id, value, recorded_at, source, workout_id) "
    "VALUES (:client, :metric, :value, :moment, 'auto', :workout) ON CONFLICT DO NOTHING"
)
UPDATE = "UPDATE metric_entry SET value = :value, recorded_at = :moment WHERE id = :entry"
DELETE = "DELETE FROM metric_entry WHERE id = :entry"


def collect(work: Writing, client_id: int, since: datetime) -> None:
    """Decide anew the automatic entries of the client's workouts performed at `since` or later.

    To be called after every change to the log, with the earliest time touched (for a moved workout, of the
    old and the new); after a body weight was entered, with the beginning of its day; after the e1RM formula
    was changed, with the first workout's time. Only what differs is written, past the journal: the entries
    follow from the log, and taking a change back collects anew.
    """
    work.flush()
    expected = _expected(work.reader, client_id, since)
    existing = queries.automatic_entries_since(work.reader, client_id, since)
    connection = work.reader.connection
    stale = [{"entry": existing[key][0]} for key in existing.keys() - expected.keys()]
    changed = [
        {"entry": existing[key][0], "value": value, "moment": moment}
        for key, (value, moment) in expected.items()
        if key in existing and existing[key][1:] != (value, moment)
    ]
    new = [
        {"client": client_id, "metric": key[1], "value": value, "moment": moment, "workout": key[0]}
        for key, (value, moment) in expected.items()
        if key not in existing
    ]
    for statement, rows in ((DELETE, stale), (UPDATE, changed), (INSERT, new)):
        if rows:
            connection.executemany(statement, rows)


@dataclass(frozen=True, slots=True)
class _Timed:
    """A workout with its day in the studio's zone and the body weight known then."""

    workout: queries.TimedWorkout
    day: date
    body_weight_g: int | None


def _expected(reader: Reader, client: int, since: datetime) -> dict[_Key, tuple[float, str]]:
    """The entries as they should be, by workout and metric: value and instant."""
    studio = practice(reader)
    timed = _timed_workouts(reader, client, studio)
    due = [
        one
        for one in timed.values()
        if one.workout.performed_at >= since and one.workout.status is WorkoutStatus.COMPLETED
    ]
    if not due:
        return {}
    tally = _tally(reader, client, since, timed)
    records = tally.exercises_with_record(studio.e1rm_formula)
    streaks = streaks_by_day({one.day for one in timed.values() if _is_mindful(one.workout)})
    numbers = queries.metric_numbers(reader)
    found: dict[_Key, tuple[float, str]] = {}
    for one in due:
        number = one.workout.id
        facts = WorkoutFacts(
            activity=one.workout.activity,
            kind=one.workout.kind,
            duration_min=one.workout.duration_min,
            volume_g=tally.volume_g[number],
            cardio_seconds=tally.cardio_seconds[number],
            exercises_with_record=records[number],
            streak_day=streaks.get(one.day, 0),
            body_weight_g=one.body_weight_g,
        )
        moment = instant_text(one.workout.performed_at)
        for key, value in automatic_entries(facts).items():
            if key in numbers:
                found[number, numbers[key]] = (value, moment)
    return found


def _is_mindful(workout: queries.TimedWorkout) -> bool:
    return workout.status is WorkoutStatus.COMPLETED and workout.activity in _MINDFUL


def _timed_workouts(reader: Reader, client: int, studio: Practice) -> dict[int, _Timed]:
    """Every workout of the client in which something was done, in order, by number."""
    weights = queries.body_weights(reader, client, studio)
    zone = studio.zone
    found = {}
    for row in queries.counted_workouts(reader, client):
        workout = _timed_workout(row)
        day = workout.performed_at.astimezone(zone).date()
        found[workout.id] = _Timed(workout, day, weights.grams_on(day))
    return found


def _timed_workout(row: Any) -> queries.TimedWorkout:
    number, moment, status, activity, kind, duration_min = row
    return queries.TimedWorkout(
        number,
        datetime.fromisoformat(f"{moment}+00:00"),
        WorkoutStatus(status),
        Activity(activity),
        WorkoutKind(kind),
        duration_min,
    )


def _tally(reader: Reader, client: int, since: datetime, timed: Mapping[int, _Timed]) -> Tally:
    """The sets of every exercise that the client did from `since` on, from the first of them to the last."""
    exercises = {
        number: TallyExercise(Tracked(tracked), category == ExerciseCategory.CARDIO)
        for number, _, tracked, category in queries.exercises_since(reader, client, since)
    }
    workouts = {
        number: TallyWorkout(one.workout.performed_at, one.body_weight_g) for number, one in timed.items()
    }
    tally = Tally(workouts, exercises)
    if exercises:
        tally.take(queries.working_sets(reader, client, sorted(exercises)))
    return tally


def seed_metrics(work: Writing) -> int:
    """Plant the default metrics that are missing; how many. What a trainer changed on one stays."""
    present = queries.metric_numbers(work.reader)
    missing = [metric for metric in DEFAULT_METRICS if metric.key not in present]
    for metric in missing:
        work.add(
            Metric(
                key=metric.key,
                name=metric.name,
                unit=metric.unit,
                category=metric.category,
                aggregation=metric.aggregation,
                better=metric.better,
                minimum=metric.minimum,
                maximum=metric.maximum,
                is_default=True,
            )
        )
    return len(missing)
