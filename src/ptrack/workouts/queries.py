"""Workouts, as frozen rows."""

from datetime import datetime
from typing import Any, NamedTuple

from ptrack.database.reading import Reader, named_list
from ptrack.errors import NotFoundError
from ptrack.vocabulary import (
    Activity,
    ExerciseCategory,
    Section,
    SessionStatus,
    Source,
    Tracked,
    WorkoutKind,
    WorkoutStatus,
)
from ptrack.workouts.rules import DoneSet


class WorkoutRow(NamedTuple):
    """A workout with the names it goes by."""

    id: int
    client_id: int
    client: str
    kind: WorkoutKind
    session: int | None
    trainer_id: int | None
    trainer: str | None
    program_id: int | None
    program: str | None
    day_id: int | None
    day: str | None
    week: int | None
    title: str | None
    performed_at: datetime
    duration_min: int | None
    intensity: int | None
    activity: Activity
    status: WorkoutStatus
    source: Source
    notes: str | None
    edited_at: datetime | None


class ExerciseRow(NamedTuple):
    """One exercise of a workout; `planned` is the plan's notation.

    `passed` counts the planned sets that were passed over where it was done live; None where it was not left.
    """

    id: int
    exercise_id: int
    name: str
    category: ExerciseCategory
    tracked: Tracked
    position: int
    section: Section
    superset: str | None
    planned: str | None
    is_skipped: bool
    passed: int | None
    notes: str | None


class SetRow(NamedTuple):
    """One set of a workout, under the number of its exercise's row; `completed_at` where it was done live."""

    workout_exercise_id: int
    position: int
    reps: int | None
    weight_g: int | None
    rpe: float | None
    seconds: int | None
    meters: float | None
    is_warmup: bool
    is_amrap: bool
    per_side: bool
    tempo: str | None
    completed_at: datetime | None = None

    @property
    def done(self) -> DoneSet:
        """What was done in it."""
        return DoneSet(
            self.reps, self.weight_g, self.rpe, self.seconds, self.meters,
            self.is_warmup, self.is_amrap, self.per_side, self.tempo,
        )  # fmt: skip


class ListedWorkout(NamedTuple):
    """A workout as listed, with what it came to; volume and records are those of its metric entries."""

    id: int
    client_id: int
    client: str
    kind: WorkoutKind
    session: int | None
    trainer_id: int | None
    trainer: str | None
    program_id: int | None
    program: str | None
    day: str | None
    title: str | None
    performed_at: datetime
    duration_min: int | None
    activity: Activity
    status: WorkoutStatus
    sets: int
    reps: int
    volume_kg: float
    records: int


class SessionFacts(NamedTuple):
    """What a workout takes over from the session that it fills; `workout` is one that it has already."""

    client_id: int
    trainer_id: int
    starts_at: datetime
    duration_min: int
    status: SessionStatus
    workout: int | None
    workout_status: WorkoutStatus | None
    group: int | None

    @property
    def kind(self) -> WorkoutKind:
        """What a workout in it is: a group's where the appointment was one of a group."""
        return WorkoutKind.TRAINER_LED if self.group is None else WorkoutKind.GROUP


WORKOUT = """
SELECT w.id, w.client_id, c.name AS client, w.kind, w.session_id AS session, w.trainer_id, t.name AS trainer,
       w.program_id, p.name AS program, w.day_id, d.name AS day, w.week, w.title, w.performed_at,
       w.duration_min, w.intensity, w.activity, w.status, w.source, w.notes, w.edited_at
FROM workout w
JOIN client c ON c.id = w.client_id
LEFT JOIN trainer t ON t.id = w.trainer_id
LEFT JOIN program p ON p.id = w.program_id
LEFT JOIN program_day d ON d.id = w.day_id
WHERE w.id = :workout"""

WORKOUTS = """
SELECT w.id, w.client_id, c.name AS client, w.kind, w.session_id AS session, w.trainer_id, t.name AS trainer,
       w.program_id, p.name AS program, d.name AS day, w.title, w.performed_at, w.duration_min, w.activity,
       w.status,
       (SELECT count(*) FROM workout_exercise e JOIN workout_set s ON s.workout_exercise_id = e.id
        WHERE e.workout_id = w.id AND NOT s.is_warmup) AS sets,
       (SELECT coalesce(sum(s.reps), 0) FROM workout_exercise e
        JOIN workout_set s ON s.workout_exercise_id = e.id
        WHERE e.workout_id = w.id AND NOT s.is_warmup) AS reps,
       coalesce((SELECT v.value FROM metric_entry v WHERE v.workout_id = w.id AND v.metric_id =
        (SELECT id FROM metric WHERE key = 'weight_lifted')), 0) AS volume_kg,
       coalesce((SELECT CAST(v.value AS INTEGER) FROM metric_entry v WHERE v.workout_id = w.id
        AND v.metric_id = (SELECT id FROM metric WHERE key = 'personal_records')), 0) AS records
FROM workout w
JOIN client c ON c.id = w.client_id
LEFT JOIN trainer t ON t.id = w.trainer_id
LEFT JOIN program p ON p.id = w.program_id
LEFT JOIN program_day d ON d.id = w.day_id"""

EXERCISES = """
SELECT e.id, e.exercise_id, x.name, x.category, x.tracked, e.position, e.section, e.superset, e.planned,
       e.is_skipped, e.skipped_sets AS passed, e.notes
FROM workout_exercise e
JOIN exercise x ON x.id = e.exercise_id
WHERE e.workout_id = :workout
ORDER BY e.position"""

SETS = """
SELECT s.workout_exercise_id, s.position, s.reps, s.weight_g, s.rpe, s.seconds, s.meters, s.is_warmup,
       s.is_amrap, s.per_side, s.tempo, s.completed_at
FROM workout_exercise e
JOIN workout_set s ON s.workout_exercise_id = e.id
WHERE e.workout_id = :workout
ORDER BY e.position, s.position"""

SESSION = """
SELECT s.client_id, s.trainer_id, s.starts_at, s.duration_min, s.status, w.id AS workout,
       w.status AS workout_status, a.group_id AS "group"
FROM session s
LEFT JOIN appointment a ON a.id = s.appointment_id
LEFT JOIN workout w ON w.session_id = s.id
WHERE s.id = :session"""

CATEGORIES = "SELECT DISTINCT category FROM exercise WHERE id IN ({ids})"


def workout(reader: Reader, number: int) -> WorkoutRow:
    """One workout; NotFoundError where there is none of that number."""
    found = reader.row(WorkoutRow, WORKOUT, workout=number)
    if found is None:
        raise NotFoundError(f"There is no workout {number}. See them: ptrack log list")
    return found


def workouts(
    reader: Reader, client: int | None = None, since: datetime | None = None, until: datetime | None = None
) -> list[ListedWorkout]:
    """Workouts, the newest first: of a client, from one instant on, up to and without another."""
    wanted = {
        "w.client_id = :client": ("client", client),
        "w.performed_at >= :since": ("since", since),
        "w.performed_at < :until": ("until", until),
    }
    given = {text: pair for text, pair in wanted.items() if pair[1] is not None}
    where = f" WHERE {' AND '.join(given)}" if given else ""
    order = " ORDER BY w.performed_at DESC, w.id DESC"
    return reader.rows(ListedWorkout, f"{WORKOUTS}{where}{order}", **dict(given.values()))


def exercise_rows(reader: Reader, number: int) -> list[ExerciseRow]:
    """The exercises of a workout, in order."""
    return reader.rows(ExerciseRow, EXERCISES, workout=number)


def set_rows(reader: Reader, number: int) -> list[SetRow]:
    """The sets of a workout, in order."""
    return reader.rows(SetRow, SETS, workout=number)


def set_keys(reader: Reader, number: int) -> list[tuple[int, int]]:
    """The keys of a workout's sets."""
    return [(row.workout_exercise_id, row.position) for row in set_rows(reader, number)]


def has_sets(reader: Reader, number: int | None) -> bool:
    """Whether anything was done in a workout so far; no in none."""
    return number is not None and bool(set_keys(reader, number))


def session_facts(reader: Reader, number: int) -> SessionFacts:
    """What a workout takes over from a session; NotFoundError where there is none of that number."""
    found = reader.row(SessionFacts, SESSION, session=number)
    if found is None:
        raise NotFoundError(f"There is no session {number}. See them: ptrack sessions list")
    return found


def exercise_categories(reader: Reader, exercises: list[int]) -> list[ExerciseCategory]:
    """The categories that exercises of those numbers are of, each once."""
    ids, values = named_list("id", exercises)
    found: list[Any] = reader.values(CATEGORIES.format(ids=ids), **values)
    return [ExerciseCategory(value) for value in found]
