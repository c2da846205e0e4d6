"""What is done with the exercise library: planted, added to."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ptrack.clients.rules import required_name
from ptrack.database.fresh import shipped
from ptrack.database.session import Writing
from ptrack.errors import ConflictError
from ptrack.exercises.queries import taken_names
from ptrack.models.library import Exercise, ExerciseAlias, ExerciseMuscle
from ptrack.naming import clean, fold
from ptrack.vocabulary import ExerciseCategory, Muscle, Tracked

LIBRARY = "exercises.csv"


@dataclass(frozen=True)
class NewExercise:
    """An exercise to be added; a muscle named as both primary and secondary counts as primary."""

    name: str
    category: ExerciseCategory = ExerciseCategory.OTHER
    tracked: Tracked = Tracked.WEIGHT_REPS
    equipment: str | None = None
    primary: Sequence[Muscle] = ()
    secondary: Sequence[Muscle] = ()
    aliases: Sequence[str] = ()
    description: str | None = None
    is_custom: bool = True


def add_exercise(work: Writing, new: NewExercise) -> int:
    """Add an exercise of one's own; its number. ConflictError where a name of it is another's already."""
    name = required_name(new.name, "exercise")
    aliases = _unlike(name, [clean(alias) for alias in new.aliases])
    taken = taken_names(work.reader)
    for spelling in (name, *aliases):
        if owner := taken.get(fold(spelling)):
            number, called = owner
            raise ConflictError(f'"{spelling}" is {called} ({number}) already.', (called,))
    exercise = work.add(
        Exercise(
            name=name,
            name_key=fold(name),
            category=new.category,
            tracked=new.tracked,
            equipment=fold(new.equipment) or None if new.equipment else None,
            description=clean(new.description) or None if new.description else None,
            is_custom=new.is_custom,
        )
    )
    assert exercise.id is not None  # noqa: S101  flushed
    _add_details(work, exercise.id, new, aliases)
    return exercise.id


def _unlike(name: str, aliases: Iterable[str]) -> list[str]:
    """The aliases that say something else than the name, each once."""
    kept: dict[str, str] = {}
    for alias in aliases:
        if alias and fold(alias) != fold(name):
            kept.setdefault(fold(alias), alias)
    return list(kept.values())


def _add_details(work: Writing, number: int, new: NewExercise, aliases: Iterable[str]) -> None:
    roles = dict.fromkeys(new.secondary, False) | dict.fromkeys(new.primary, True)
    work.session.add_all(
        ExerciseAlias(alias_key=fold(alias), alias=alias, exercise_id=number) for alias in aliases
    )
    work.session.add_all(
        ExerciseMuscle(exercise_id=number, muscle=muscle, is_primary=is_primary)
        for muscle, is_primary in roles.items()
    )
    work.flush()


def plant_library(work: Writing) -> int:
    """Write the library that ships into a practice that has no exercises; how many."""
    rows = list(csv.DictReader(io.StringIO(shipped(LIBRARY))))
    for row in rows:
        add_exercise(
            work,
            NewExercise(
                name=row["name"],
                category=ExerciseCategory(row["category"]),
                tracked=Tracked(row["tracked"]),
                equipment=row["equipment"],
                primary=[Muscle(muscle) for muscle in _listed(row["primary"])],
                secondary=[Muscle(muscle) for muscle in _listed(row["secondary"])],
                aliases=_listed(row["aliases"]),
                description=row["description"],
                is_custom=False,
            ),
        )
    return len(rows)


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split("|") if part.strip()]
