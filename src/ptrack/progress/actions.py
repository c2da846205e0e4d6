"""What is collected by itself: the metric entries that completed workouts make, always as the log stands."""

from datetime import date, datetime
from functools import cache
from typing import Any, Protocol

from ptrack.clients.queries import Practice, practice
from ptrack.database.reading import Reader, instant_text
from ptrack.progress import queries
from ptrack.progress.rules.automatic import WorkoutFacts, automatic_entries
from ptrack.progress.rules.tally import Tally, TallyExercise, streaks_by_day
from ptrack.vocabulary import Activity, ExerciseCategory, Tracked, WorkoutKind, WorkoutStatus

_MINDFUL = (Activity.YOGA, Activity.MOBILITY)

_Key = tuple[int, int]

INSERT = (
    "INSERT INTO metric_entry (client_id, metric_id, value, recorded_at, source, workout_id) "
    "VALUES (:client, :metric, :value, :moment, 'auto', :workout) ON CONFLICT DO NOTHING"
)
UPDATE = "UPDATE metric_entry SET value = :value, recorded_at = :moment WHERE id = :entry"
DELETE = "DELETE FROM metric_entry WHERE id = :entry"


class Transaction(Protocol):
    """What is asked of an open write transaction, be it the ORM's or the bare one of an import."""

    @property
    def reader(self) -> Reader:
        """Asks questions of the transaction's connection."""

    def flush(self) -> None:
        """Write what waits, so that questions see it."""


def collect(work: Transaction, client_id: int, since: datetime) -> None:
    """Decide anew the automatic entries of the client's workouts performed at `since` or later.

    To be called after every change to the log, with the earliest time touched (for a moved workout, of the
    old and the new); after a body weight was entered, with the beginning of its day; after the e1RM formula
    was changed, with the first workout's time. Only what differs is written, past the journal: the entries
    follow from the log, and taking a change back collects anew.
    """
    work.flush()
    for statement, rows in _differences(work.reader, client_id, since):
        if rows:
            work.reader.connection.executemany(statement, rows)


def uncollected(reader: Reader, client_id: int, since: datetime) -> int:
    """How many automatic entries are missing, superfluous or not what the log gives: 0 where all is well."""
    return sum(len(rows) for _, rows in _differences(reader, client_id, since))


def _differences(
    reader: Reader, client_id: int, since: datetime
) -> tuple[tuple[str, list[dict[str, Any]]], ...]:
    """What has to be written for the automatic entries to be as the log gives them: statements and rows."""
    expected = _expected(reader, client_id, since)
    existing = queries.automatic_entries_since(reader, client_id, since)
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
    return ((DELETE, stale), (UPDATE, changed), (INSERT, new))


class _Timeline:
    """A client's workouts in which something was done, in order; what takes time is found out when asked."""

    def __init__(self, reader: Reader, client: int, studio: Practice) -> None:
        self.rows = queries.counted_workouts(reader, client)
        self._moments = {number: moment for number, moment, *_ in self.rows}
        self._weights = queries.body_weights(reader, client, studio)
        self._zone = studio.zone
        self.performed_at = cache(self._performed_at)
        self.day = cache(self._day)
        self.body_weight_g = cache(self._body_weight_g)

    def _performed_at(self, workout: int) -> datetime:
        return datetime.fromisoformat(f"{self._moments[workout]}+00:00")

    def _day(self, workout: int) -> date:
        """The day of a workout in the studio's zone."""
        return self.performed_at(workout).astimezone(self._zone).date()

    def _body_weight_g(self, workout: int) -> int | None:
        return self._weights.grams_on(self.day(workout)) if self._weights else None

    def streaks(self) -> dict[date, int]:
        """The streak of mindful days on each of them."""
        return streaks_by_day(
            {
                self.day(number)
                for number, _, status, activity, *_ in self.rows
                if status == WorkoutStatus.COMPLETED and activity in _MINDFUL
            }
        )


def _expected(reader: Reader, client: int, since: datetime) -> dict[_Key, tuple[float, str]]:
    """The entries as they should be, by workout and metric: value and instant."""
    studio = practice(reader)
    timeline = _Timeline(reader, client, studio)
    start = instant_text(since)
    due = [row for row in timeline.rows if row[1] >= start and row[2] == WorkoutStatus.COMPLETED]
    if not due:
        return {}
    tally = _tally(reader, client, since, timeline)
    records = tally.exercises_with_record(studio.e1rm_formula)
    streaks = timeline.streaks()
    numbers = queries.metric_numbers(reader)
    found: dict[_Key, tuple[float, str]] = {}
    for number, moment, _, activity, kind, duration_min in due:
        facts = WorkoutFacts(
            activity=Activity(activity),
            kind=WorkoutKind(kind),
            duration_min=duration_min,
            volume_g=tally.volume_g[number],
            cardio_seconds=tally.cardio_seconds[number],
            exercises_with_record=records[number],
            streak_day=streaks.get(timeline.day(number), 0) if activity in _MINDFUL else 0,
            body_weight_g=timeline.body_weight_g(number),
        )
        for key, value in automatic_entries(facts).items():
            if key in numbers:
                found[number, numbers[key]] = (value, moment)
    return found


def _tally(reader: Reader, client: int, since: datetime, timeline: _Timeline) -> Tally:
    """The sets of every exercise that the client did from `since` on, from the first of them to the last."""
    exercises = {
        number: TallyExercise(Tracked(tracked), category == ExerciseCategory.CARDIO)
        for number, _, tracked, category in queries.exercises_since(reader, client, since)
    }
    tally = Tally(exercises, timeline.performed_at, timeline.body_weight_g)
    if exercises:
        tally.take(queries.streamed_sets(reader, client, sorted(exercises)))
    return tally
