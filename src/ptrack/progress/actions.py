"""What is collected by itself: the metric entries that completed workouts make, always as the log stands."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache, cached_property, partial
from typing import Any

from ptrack.clients.queries import practice
from ptrack.database.reading import Reader
from ptrack.database.transaction import Transaction
from ptrack.progress import queries
from ptrack.progress.rules.automatic import WorkoutFacts, automatic_entries
from ptrack.progress.rules.tally import Tally, TallyExercise, streaks_by_day
from ptrack.vocabulary import Activity, ExerciseCategory, Tracked, WorkoutKind

_MINDFUL = (Activity.YOGA, Activity.MOBILITY)

_Key = tuple[int, int]

INSERT = (
    "INSERT INTO metric_entry (client_id, metric_id, value, recorded_at, source, workout_id) "
    "VALUES (:client, :metric, :value, :moment, 'auto', :workout) ON CONFLICT DO NOTHING"
)
UPDATE = "UPDATE metric_entry SET value = :value, recorded_at = :moment WHERE id = :entry"
DELETE = "DELETE FROM metric_entry WHERE id = :entry"


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
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """What has to be written for the automatic entries to be as the log gives them: statements and rows.

    It comes year by year, so that a long history takes no more memory than a short one.
    """
    years = queries.years_since(reader, client_id, since)
    log = _Log(reader, client_id, since)
    for first, before in years:
        expected = dict(log.entries(first, before))
        existing = queries.automatic_entries(reader, client_id, first, before)
        yield DELETE, [{"entry": existing[key][0]} for key in existing.keys() - expected.keys()]
        yield (
            UPDATE,
            [
                {"entry": existing[key][0], "value": value, "moment": moment}
                for key, (value, moment) in expected.items()
                if key in existing and existing[key][1:] != (value, moment)
            ],
        )
        yield (
            INSERT,
            [
                {"client": client_id, "metric": key[1], "value": value, "moment": moment, "workout": key[0]}
                for key, (value, moment) in expected.items()
                if key not in existing
            ],
        )


class _Log:
    """What a client has done, as the automatic entries from `since` on are reckoned from it.

    What takes time is found out when it is asked for.
    """

    def __init__(self, reader: Reader, client: int, since: datetime) -> None:
        self._reader, self._client, self._since = reader, client, since
        self._studio = practice(reader)
        self._numbers = queries.metric_numbers(reader)
        self._weights = queries.body_weights(reader, client, self._studio)
        self._performed_at = cache(partial(queries.time_of_workout, reader))

    def entries(self, first: str, before: str) -> Iterator[tuple[_Key, tuple[float, str]]]:
        """The entries of the workouts of a time: value and instant, by workout and metric."""
        for workout in queries.completed_workouts(self._reader, self._client, first, before):
            number, moment = workout[:2]
            for key, value in automatic_entries(self._facts(*workout)).items():
                if key in self._numbers:
                    yield (number, self._numbers[key]), (value, moment)

    def _facts(
        self, number: int, moment: str, activity: str, kind: str, duration_min: int | None
    ) -> WorkoutFacts:
        is_mindful = activity in _MINDFUL
        day = self._day(datetime.fromisoformat(f"{moment}+00:00")) if is_mindful or self._weights else None
        return WorkoutFacts(
            activity=Activity(activity),
            kind=WorkoutKind(kind),
            duration_min=duration_min,
            volume_g=self._tally.volume_g[number],
            cardio_seconds=self._tally.cardio_seconds[number],
            exercises_with_record=self._records[number],
            streak_day=self._streaks.get(day, 0) if day and is_mindful else 0,
            body_weight_g=self._weights.grams_on(day) if day else None,
        )

    def _day(self, moment: datetime) -> date:
        """The day of an instant in the studio's zone."""
        return moment.astimezone(self._studio.zone).date()

    def _body_weight_g(self, workout: int) -> int | None:
        return self._weights.grams_on(self._day(self._performed_at(workout))) if self._weights else None

    @cached_property
    def _tally(self) -> Tally:
        """The sets of every exercise done from `since` on, from the first of them to the last."""
        exercises = {
            number: TallyExercise(Tracked(tracked), category == ExerciseCategory.CARDIO)
            for number, _, tracked, category in queries.exercises_since(
                self._reader, self._client, self._since
            )
        }
        tally = Tally(exercises, self._performed_at, cache(self._body_weight_g))
        if exercises:
            tally.take(queries.streamed_sets(self._reader, self._client, sorted(exercises)))
        return tally

    @cached_property
    def _records(self) -> Counter[int]:
        """How many exercises have a record in a workout."""
        return self._tally.exercises_with_record(self._studio.e1rm_formula)

    @cached_property
    def _streaks(self) -> dict[date, int]:
        """The streak of mindful days on each of them."""
        return streaks_by_day(set(map(self._day, queries.mindful_times(self._reader, self._client))))
