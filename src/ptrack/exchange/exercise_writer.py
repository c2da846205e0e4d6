"""Exercises of a file as rows: what is new is added, what we have is left alone.

One from another library is known again by its key there; a hash of what the file says tells whether it was
changed there. Ours are known by their names. What the trainer has edited is never touched.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from ptrack.database.reading import instant_text
from ptrack.desk.library import DONE_SINCE
from ptrack.exchange.bulk import Buffer, Bulk
from ptrack.exchange.exercise_drafts import ExerciseDraft
from ptrack.exercises.queries import exercise_muscles, exercise_names, taken_names
from ptrack.exercises.rules import NameIndex
from ptrack.naming import fold
from ptrack.progress.actions import collect
from ptrack.vocabulary import ExerciseCategory, Tracked

KNOWN_EXERCISES = """
SELECT x.id, x.name, x.category, x.tracked, x.equipment, x.description, x.video_url, x.is_custom, x.source,
       x.licence, x.import_key, x.import_hash, x.edited_at
FROM exercise x ORDER BY x.id"""
CHANGE_EXERCISE = """
UPDATE exercise SET name = :name, name_key = :name_key, category = :category, tracked = :tracked,
  equipment = :equipment, description = :description, video_url = :video_url, is_custom = :is_custom,
  source = :source, licence = :licence, import_hash = :digest
WHERE id = :number"""
FORGET_ALIAS = "DELETE FROM exercise_alias WHERE alias_key = :key AND exercise_id = :number"
FORGET_MUSCLES = "DELETE FROM exercise_muscle WHERE exercise_id = :number AND is_primary = :is_primary"
SET_MUSCLE = """
INSERT INTO exercise_muscle (exercise_id, muscle, is_primary) VALUES (:number, :muscle, :is_primary)
ON CONFLICT (exercise_id, muscle) DO UPDATE SET is_primary = excluded.is_primary"""
ADD_EXERCISE_BATCH = """
INSERT INTO import_batch (kind, format, file, row_count, created, created_at)
VALUES ('exercises', :app, :file, 0, '{}', :now)"""

_COLUMNS = (
    "name", "category", "tracked", "equipment", "description", "video_url", "is_custom", "source", "licence",
)  # fmt: skip


class KnownExercise(NamedTuple):
    """An exercise that we have."""

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
    import_key: str | None
    import_hash: str | None
    edited_at: datetime | None


class Outcome(StrEnum):
    """What became of a draft."""

    IMPORTED = "imported"
    UPDATED = "updated"
    DUPLICATE = "duplicate"


@dataclass
class Written:
    """What a file brought. `kept` were edited here, `names_taken` are names that another exercise has."""

    exercises: int = 0
    aliases: int = 0
    updated: int = 0
    kept: int = 0
    names_taken: int = 0
    alias_keys: list[str] = field(default_factory=list)


class ExerciseWriter:
    """Writes the drafts of one file for one batch, which is made when the first row is written."""

    def __init__(self, bulk: Bulk, app: str, file: str) -> None:
        self._bulk, self._app, self._file = bulk, app, file
        self.batch: int | None = None
        self.written = Written()
        self._rows = {row.id: row for row in bulk.reader.rows(KnownExercise, KNOWN_EXERCISES)}
        self._muscles = exercise_muscles(bulk.reader)
        self._names = {fold(row.name): row.id for row in self._rows.values()}
        self._keys = {row.import_key: row.id for row in self._rows.values() if row.import_key}
        self._taken = {key: number for key, (number, _) in taken_names(bulk.reader).items()}
        self._index = NameIndex(exercise_names(bulk.reader))
        self._next, self._seen = bulk.next_number("exercise"), set[int]()
        self._new_numbers = set[int]()
        self._aliases: list[tuple[int, str]] = []
        self._remeasured: set[int] = set()
        self._exercises = Buffer(
            bulk.connection,
            "exercise",
            f"id, {', '.join(_COLUMNS)}, name_key, import_batch_id, import_key, import_hash",
            f"({', '.join('?' * (len(_COLUMNS) + 5))})",
        )
        self._muscle_rows = Buffer(
            bulk.connection, "exercise_muscle", "exercise_id, muscle, is_primary", "(?, ?, ?)"
        )

    def add(self, draft: ExerciseDraft) -> Outcome:
        """Write one exercise, or tell it from one that is there; of two alike the first counts."""
        number = self._known(draft)
        if number is None:
            return self._new(draft)
        if number in self._seen:
            return Outcome.DUPLICATE
        self._seen.add(number)
        row = self._rows[number]
        if not self._differs(row, draft):
            return Outcome.DUPLICATE
        if row.edited_at is not None:
            self.written.kept += 1
            return Outcome.DUPLICATE
        self._change(row, draft)
        return Outcome.UPDATED

    def _known(self, draft: ExerciseDraft) -> int | None:
        """The exercise that a draft is: by its key, by its names; loosely if it is from elsewhere.

        One of our own that is called otherwise here is the one whose name is now another name of it.
        """
        called = self._taken.get(fold(draft.name))
        if draft.key is not None:
            return self._keys.get(draft.key) or called or self._index.match(draft.name)
        renamed = (self._names[fold(alias)] for alias in draft.aliases if fold(alias) in self._names)
        return called or next(renamed, None)

    def _differs(self, row: KnownExercise, draft: ExerciseDraft) -> bool:
        """Whether the file says something else of an exercise than we, and has a say in it."""
        if draft.key is not None:
            return row.import_key == draft.key and row.import_hash != draft.digest
        if fold(row.name) not in {fold(name) for name in (draft.name, *draft.aliases)}:
            return False  # it is one of its other names only
        muscles = self._muscles.get(row.id)
        roles = (
            (draft.primary, muscles and muscles.primary),
            (draft.secondary, muscles and muscles.secondary),
        )
        return (
            any(_value(draft, column, row) != getattr(row, column) for column in _COLUMNS)
            or any(told is not None and {*told} != {*(have or ())} for told, have in roles)
            or any(fold(alias) not in self._taken for alias in draft.aliases)
        )

    def _new(self, draft: ExerciseDraft) -> Outcome:
        number, self._next = self._next, self._next + 1
        row = KnownExercise(
            number, draft.name, draft.category or ExerciseCategory.OTHER,
            draft.tracked or Tracked.WEIGHT_REPS, draft.equipment or None, draft.description or None,
            draft.video_url or None, draft.key is None if draft.is_custom is None else draft.is_custom,
            draft.source or None, draft.licence or None, draft.key, draft.digest if draft.key else None, None,
        )  # fmt: skip
        self._exercises.add(
            (number, *_stored(row), fold(row.name), self._batch_number(), draft.key, row.import_hash)
        )
        for muscle, is_primary in _roles(draft).items():
            self._muscle_rows.add((number, muscle, is_primary))
        self._remember(row, draft)
        self._new_numbers.add(number)
        self.written.exercises += 1
        return Outcome.IMPORTED

    def _remember(self, row: KnownExercise, draft: ExerciseDraft) -> None:
        self._rows[row.id] = row
        self._seen.add(row.id)
        self._taken[fold(row.name)] = self._names[fold(row.name)] = row.id
        if row.import_key:
            self._keys[row.import_key] = row.id
        self._aliases += [(row.id, alias) for alias in draft.aliases]

    def _change(self, row: KnownExercise, draft: ExerciseDraft) -> None:
        """Bring an exercise up to date."""
        self._batch_number()
        changed = row._replace(
            **{column: _value(draft, column, row) for column in _COLUMNS},
            import_hash=draft.digest if draft.key else row.import_hash,
        )
        values = dict(zip(_COLUMNS, _stored(changed), strict=True))
        name_key = fold(changed.name)
        keys = {"number": row.id, "name_key": name_key, "digest": changed.import_hash}
        self._bulk.connection.execute(FORGET_ALIAS, {"key": name_key, "number": row.id})
        self._bulk.connection.execute(CHANGE_EXERCISE, values | keys)
        self._change_muscles(row.id, draft)
        if fold(row.name) != name_key:
            del self._taken[fold(row.name)], self._names[fold(row.name)]
            self._aliases.append((row.id, row.name))
        if (row.category, row.tracked) != (changed.category, changed.tracked):
            self._remeasured.add(row.id)
        self._remember(changed, draft)
        self.written.updated += 1

    def _change_muscles(self, number: int, draft: ExerciseDraft) -> None:
        for told, is_primary in ((draft.primary, True), (draft.secondary, False)):
            if told is not None:
                values = {"number": number, "is_primary": is_primary}
                self._bulk.connection.execute(FORGET_MUSCLES, values)
        for muscle, is_primary in _roles(draft).items():
            values = {"number": number, "muscle": muscle.value, "is_primary": is_primary}
            self._bulk.connection.execute(SET_MUSCLE, values)

    def _batch_number(self) -> int:
        """The batch of this import, made when it is first needed."""
        if self.batch is None:
            values = {"app": self._app, "file": self._file, "now": instant_text(self._bulk.now)}
            self.batch = self._bulk.connection.execute(ADD_EXERCISE_BATCH, values).lastrowid
            assert self.batch is not None  # noqa: S101  just inserted
            self._bulk.note_batch(self.batch)
        return self.batch

    def finish(self) -> None:
        """Write the rest, and the other names last: a name goes before another exercise's other name."""
        self._exercises.write()
        self._muscle_rows.write()
        rows = Buffer(self._bulk.connection, "exercise_alias", "alias_key, alias, exercise_id", "(?, ?, ?)")
        for number, alias in self._aliases:
            key = fold(alias)
            owner = self._taken.get(key)
            if owner is not None:
                self.written.names_taken += owner != number
                continue
            self._taken[key] = number
            rows.add((key, alias, number))
            self.written.aliases += 1
            if number not in self._new_numbers:
                self.written.alias_keys.append(key)
        rows.write()

    def collect(self) -> None:
        """Decide records and metrics anew of those who have done what is measured otherwise now."""
        for number in sorted(self._remeasured):
            for client_id, since in self._bulk.reader.tuples(DONE_SINCE, exercise=number):
                collect(self._bulk, client_id, datetime.fromisoformat(since).replace(tzinfo=UTC))


def _value(draft: ExerciseDraft, column: str, row: KnownExercise) -> Any:
    """What a column is to hold: what the file tells, else what is there."""
    told = getattr(draft, column)
    if told is None:
        return getattr(row, column)
    return None if told == "" else told


def _stored(row: KnownExercise) -> list[Any]:
    values = (getattr(row, column) for column in _COLUMNS)
    return [value.value if isinstance(value, StrEnum) else value for value in values]


def _roles(draft: ExerciseDraft) -> dict[Any, bool]:
    """The muscles told, and whether each is trained first."""
    return dict.fromkeys(draft.secondary or (), False) | dict.fromkeys(draft.primary or (), True)
