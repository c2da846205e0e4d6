"""The exercise library, as frozen rows."""

from datetime import datetime
from typing import NamedTuple

from ptrack.database.reading import Reader
from ptrack.naming import Named
from ptrack.vocabulary import ExerciseCategory, Muscle, ProgramKind, ProgramStatus, Tracked


class ExerciseRow(NamedTuple):
    """An exercise as it is stored, without its muscles and other names."""

    id: int
    name: str
    category: ExerciseCategory
    tracked: Tracked
    equipment: str | None
    description: str | None
    video_url: str | None
    is_custom: bool
    source: str | None
    licence: str | None


class ExerciseDetails(NamedTuple):
    """What hangs on an exercise: the muscles it trains, first and second, and its other names."""

    primary: tuple[Muscle, ...] = ()
    secondary: tuple[Muscle, ...] = ()
    aliases: tuple[str, ...] = ()


class UserRow(NamedTuple):
    """A client who has done an exercise: in how many completed workouts, and when for the last time."""

    client_id: int
    client: str
    workouts: int
    last_at: datetime


class PlanRow(NamedTuple):
    """A program or template that has an exercise."""

    program_id: int
    program: str
    kind: ProgramKind
    client: str | None
    status: ProgramStatus | None


class Usage(NamedTuple):
    """Who has done an exercise, those with most workouts first, and which programs have it."""

    clients: tuple[UserRow, ...] = ()
    programs: tuple[PlanRow, ...] = ()


class Merge(NamedTuple):
    """What making one exercise of two does. `names` are what the one that goes is called."""

    kept: ExerciseRow
    gone: ExerciseRow
    names: tuple[str, ...]
    workouts: int
    clients: int
    programs: int


class Filters(NamedTuple):
    """Which exercises are wanted; what is None is not asked."""

    category: ExerciseCategory | None = None
    muscle: Muscle | None = None
    equipment: str | None = None
    is_custom: bool | None = None
    used_by: int | None = None


NAMES = "SELECT id, name FROM exercise ORDER BY id"

ALIASES = "SELECT exercise_id, alias FROM exercise_alias ORDER BY exercise_id, alias_key"

TAKEN = """
SELECT name_key, id, name FROM exercise
UNION ALL
SELECT a.alias_key, x.id, x.name FROM exercise_alias a JOIN exercise x ON x.id = a.exercise_id"""

EXERCISES = """
SELECT x.id, x.name, x.category, x.tracked, x.equipment, x.description, x.video_url, x.is_custom, x.source,
       x.licence
FROM exercise x"""

MUSCLES = "SELECT exercise_id, muscle, is_primary FROM exercise_muscle ORDER BY exercise_id, muscle"

MUSCLES_OF = """
SELECT muscle, is_primary FROM exercise_muscle WHERE exercise_id = :exercise ORDER BY muscle"""

ALIASES_OF = "SELECT alias FROM exercise_alias WHERE exercise_id = :exercise ORDER BY alias_key"


USERS = """
SELECT w.client_id, c.name AS client, count(DISTINCT w.id) AS workouts, max(w.performed_at) AS last_at
FROM workout_exercise e JOIN workout w ON w.id = e.workout_id JOIN client c ON c.id = w.client_id
WHERE e.exercise_id = :exercise AND w.status = 'completed' AND c.removed_at IS NULL
GROUP BY w.client_id, c.name ORDER BY workouts DESC, c.name, w.client_id"""

PLANS = """
SELECT p.id AS program_id, p.name AS program, p.kind, c.name AS client, p.status
FROM program p LEFT JOIN client c ON c.id = p.client_id
WHERE p.id IN (SELECT d.program_id FROM prescription r JOIN program_day d ON d.id = r.day_id
               WHERE r.exercise_id = :exercise)
ORDER BY p.kind, p.id"""

_HAS_MUSCLE = "EXISTS (SELECT 1 FROM exercise_muscle m WHERE m.exercise_id = x.id AND m.muscle = :muscle)"
_USED_BY = """EXISTS (SELECT 1 FROM workout_exercise e JOIN workout w ON w.id = e.workout_id
                      WHERE e.exercise_id = x.id AND w.client_id = :used_by)"""
_CONDITIONS = {
    "muscle": _HAS_MUSCLE,
    "used_by": _USED_BY,
    "equipment": "replace(x.equipment, ' ', '_') = replace(:equipment, ' ', '_')",
}


def exercise_names(reader: Reader) -> list[Named]:
    """The exercises' numbers, names and aliases."""
    aliases: dict[int, list[str]] = {}
    for number, alias in reader.tuples(ALIASES):
        aliases.setdefault(number, []).append(alias)
    return [Named(number, name, tuple(aliases.get(number, ()))) for number, name in reader.tuples(NAMES)]


def taken_names(reader: Reader) -> dict[str, tuple[int, str]]:
    """Every folded name and alias, with the number and the name of the exercise it is of."""
    return {key: (number, name) for key, number, name in reader.tuples(TAKEN)}


def exercises(reader: Reader, wanted: Filters = Filters()) -> list[ExerciseRow]:  # noqa: B008  never changed
    """The exercises that are wanted, by name."""
    given = {key: value for key, value in wanted._asdict().items() if value is not None}
    conditions = [_CONDITIONS.get(key, f"x.{key} = :{key}") for key in given]
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return reader.rows(ExerciseRow, f"{EXERCISES}{where} ORDER BY x.name_key, x.id", **given)


def exercise(reader: Reader, number: int) -> ExerciseRow:
    """One exercise by number."""
    found = reader.row(ExerciseRow, f"{EXERCISES} WHERE x.id = :exercise", exercise=number)
    assert found is not None  # noqa: S101  numbers come from resolving names
    return found


def exercise_details(reader: Reader, number: int) -> ExerciseDetails:
    """The muscles and other names of one exercise."""
    muscles = reader.tuples(MUSCLES_OF, {"exercise": number})
    return ExerciseDetails(
        tuple(Muscle(muscle) for muscle, is_primary in muscles if is_primary),
        tuple(Muscle(muscle) for muscle, is_primary in muscles if not is_primary),
        tuple(reader.values(ALIASES_OF, exercise=number)),
    )


def exercise_usage(reader: Reader, number: int) -> Usage:
    """Who uses one exercise, and what for."""
    return Usage(
        tuple(reader.rows(UserRow, USERS, exercise=number)),
        tuple(reader.rows(PlanRow, PLANS, exercise=number)),
    )


def every_exercises_details(reader: Reader) -> dict[int, ExerciseDetails]:
    """The muscles and other names of all exercises that have any, by number."""
    found = exercise_muscles(reader)
    for entry in exercise_names(reader):
        if entry.aliases:
            found[entry.id] = found.get(entry.id, ExerciseDetails())._replace(aliases=entry.aliases)
    return found


def exercise_muscles(reader: Reader) -> dict[int, ExerciseDetails]:
    """The muscles that exercises train, by number; their aliases are left out."""
    roles: dict[int, tuple[list[Muscle], list[Muscle]]] = {}
    for number, muscle, is_primary in reader.tuples(MUSCLES):
        roles.setdefault(number, ([], []))[0 if is_primary else 1].append(Muscle(muscle))
    return {number: ExerciseDetails(tuple(first), tuple(second)) for number, (first, second) in roles.items()}
