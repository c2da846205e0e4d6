"""What is done with the exercise library: planted, added to, corrected."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ptrack.clients.rules import required_name
from ptrack.database.fresh import shipped
from ptrack.database.session import Writing
from ptrack.errors import ConflictError, NotFoundError
from ptrack.exercises.queries import exercise_details, taken_names
from ptrack.exercises.rules import web_address
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
    video_url: str | None = None


@dataclass(frozen=True)
class ExerciseChanges:
    """What is to be different about an exercise; None stays as it is.

    An empty text takes equipment, description or video away. Muscles given replace those of their role; one
    that is named as both counts as primary.
    """

    name: str | None = None
    category: ExerciseCategory | None = None
    tracked: Tracked | None = None
    equipment: str | None = None
    primary: Sequence[Muscle] | None = None
    secondary: Sequence[Muscle] | None = None
    description: str | None = None
    video_url: str | None = None


def add_exercise(work: Writing, new: NewExercise) -> int:
    """Add an exercise of one's own; its number.

    ConflictError where a name of it is another's already, UsageError for a video that is no web address.
    """
    name = required_name(new.name, "exercise")
    aliases = _unlike(name, [clean(alias) for alias in new.aliases])
    taken = taken_names(work.reader)
    for spelling in (name, *aliases):
        _require_free(taken, spelling)
    exercise = work.add(
        Exercise(
            name=name,
            name_key=fold(name),
            category=new.category,
            tracked=new.tracked,
            equipment=_equipment(new.equipment),
            description=clean(new.description or "") or None,
            video_url=web_address(new.video_url) if new.video_url else None,
            is_custom=new.is_custom,
        )
    )
    assert exercise.id is not None  # noqa: S101  flushed
    _add_details(work, exercise.id, new, aliases)
    return exercise.id


def _require_free(taken: Mapping[str, tuple[int, str]], spelling: str, number: int | None = None) -> None:
    """See that no exercise is called so, but for that of the number; ConflictError names the one that is."""
    owner, called = taken.get(fold(spelling), (number, ""))
    if owner != number:
        raise ConflictError(f'"{spelling}" is {called} ({owner}) already.', (called,))


def _equipment(text: str | None) -> str | None:
    """Equipment as it is kept: `EZ Bar` is `ez_bar`."""
    return fold(text).replace(" ", "_") or None if text else None


def edit_exercise(work: Writing, number: int, changes: ExerciseChanges) -> None:
    """Correct an exercise. What it was called before stays one of its names.

    ConflictError where the new name is another's, UsageError for a video that is no web address.
    """
    exercise = work.get(Exercise, number)
    if changes.name is not None:
        _rename(work, number, required_name(changes.name, "exercise"))
    for key in ("category", "tracked"):
        if (value := getattr(changes, key)) is not None:
            setattr(exercise, key, value)
    if changes.equipment is not None:
        exercise.equipment = _equipment(changes.equipment)
    if changes.description is not None:
        exercise.description = clean(changes.description) or None
    if changes.video_url is not None:
        exercise.video_url = web_address(changes.video_url) if changes.video_url else None
    if changes.primary is not None or changes.secondary is not None:
        _change_muscles(work, number, changes)
    exercise.edited_at = work.now
    work.flush()


def _rename(work: Writing, number: int, name: str) -> None:
    _require_free(taken_names(work.reader), name, number)
    exercise = work.get(Exercise, number)
    old, exercise.name, exercise.name_key = exercise.name, name, fold(name)
    if own := work.session.get(ExerciseAlias, fold(name)):
        work.delete(own)
    if fold(old) != fold(name):
        work.add(ExerciseAlias(alias_key=fold(old), alias=old, exercise_id=number))


def _change_muscles(work: Writing, number: int, changes: ExerciseChanges) -> None:
    now = exercise_details(work.reader, number)
    second = now.secondary if changes.secondary is None else changes.secondary
    moved = changes.secondary or ()
    first = [one for one in now.primary if one not in moved] if changes.primary is None else changes.primary
    roles = dict.fromkeys(second, False) | dict.fromkeys(first, True)
    for muscle in {*now.primary, *now.secondary}:
        row = work.get(ExerciseMuscle, (number, muscle))
        if muscle in roles:
            row.is_primary = roles.pop(muscle)
        else:
            work.session.delete(row)
    work.session.add_all(
        ExerciseMuscle(exercise_id=number, muscle=muscle, is_primary=is_primary)
        for muscle, is_primary in roles.items()
    )


def add_alias(work: Writing, number: int, alias: str) -> None:
    """Give an exercise another name; one that it has already stays. ConflictError where it is another's."""
    name = required_name(alias, "exercise")
    taken = taken_names(work.reader)
    _require_free(taken, name, number)
    if fold(name) not in taken:
        work.add(ExerciseAlias(alias_key=fold(name), alias=name, exercise_id=number))
        work.get(Exercise, number).edited_at = work.now


def remove_alias(work: Writing, number: int, alias: str) -> None:
    """Take one of its other names from an exercise. NotFoundError where it is none of them."""
    exercise = work.get(Exercise, number)
    row = work.session.get(ExerciseAlias, fold(clean(alias)))
    if row is None or row.exercise_id != number:
        raise NotFoundError(
            f'"{clean(alias)}" is no other name of {exercise.name} ({number}).\n'
            f"See its names: ptrack exercises show {number}"
        )
    exercise.edited_at = work.now
    work.delete(row)


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
