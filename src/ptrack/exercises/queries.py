"""The exercise library, as frozen rows."""

from typing import NamedTuple

from ptrack.database.reading import Reader, named_list
from ptrack.naming import Named
from ptrack.vocabulary import ExerciseCategory, Muscle, Tracked


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


def exercise_names(reader: Reader) -> list[Named]:
    """The exercises' numbers, names and aliases."""
    aliases: dict[int, list[str]] = {}
    for number, alias in reader.tuples(ALIASES):
        aliases.setdefault(number, []).append(alias)
    return [Named(number, name, tuple(aliases.get(number, ()))) for number, name in reader.tuples(NAMES)]


def taken_names(reader: Reader) -> dict[str, tuple[int, str]]:
    """Every folded name and alias, with the number and the name of the exercise it is of."""
    return {key: (number, name) for key, number, name in reader.tuples(TAKEN)}


def exercises(
    reader: Reader,
    category: ExerciseCategory | None = None,
    muscle: Muscle | None = None,
    equipment: str | None = None,
    numbers: list[int] | None = None,
) -> list[ExerciseRow]:
    """The exercises by name; only those of a category, for a muscle, with an equipment, of those numbers."""
    wanted = {"category": category, "equipment": equipment}
    given: dict[str, object] = {key: value for key, value in wanted.items() if value is not None}
    conditions = [f"x.{key} = :{key}" for key in given]
    if muscle is not None:
        conditions.append(
            "EXISTS (SELECT 1 FROM exercise_muscle m WHERE m.exercise_id = x.id AND m.muscle = :muscle)"
        )
        given["muscle"] = muscle
    if numbers is not None:
        ids, values = named_list("id", numbers)
        conditions.append(f"x.id IN ({ids})")
        given |= values
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


def primary_muscles(reader: Reader) -> dict[int, tuple[Muscle, ...]]:
    """The muscles that exercises train first, by number."""
    found: dict[int, list[Muscle]] = {}
    for number, muscle, is_primary in reader.tuples(MUSCLES):
        if is_primary:
            found.setdefault(number, []).append(Muscle(muscle))
    return {number: tuple(muscles) for number, muscles in found.items()}
