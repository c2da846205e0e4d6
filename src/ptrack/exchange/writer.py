"""The bulk writer that all formats share: drafts in, rows out, each workout new, known, changed or kept.

A workout is known again by the app it came from and the time it began; where two of one file began together,
the second by its title as well. A hash of its content tells whether it was changed.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from ptrack.database.reading import instant_text
from ptrack.exchange.bulk import Buffer, Bulk
from ptrack.exchange.drafts import ExerciseDraft, WorkoutDraft, superset_labels
from ptrack.exchange.names import Names, Unresolved
from ptrack.exchange.sets import Figures, SetValues
from ptrack.naming import fold
from ptrack.vocabulary import ExerciseCategory, Tracked
from ptrack.workouts.rules import usual_activity

_FULL = 20_000

KNOWN = "SELECT id, import_hash, edited_at FROM workout WHERE client_id = :client AND import_key = :key"
HAS_IMPORTS = "SELECT 1 FROM workout WHERE client_id = :client AND import_key > '' LIMIT 1"
UPDATE = """
UPDATE workout SET title = :title, performed_at = :moment, duration_min = :minutes, activity = :activity,
  notes = :notes, import_hash = :digest
WHERE id = :workout"""
CLEAR = "DELETE FROM workout_exercise WHERE workout_id = :workout"
ADD_BATCH = """
INSERT INTO import_batch (kind, format, file, row_count, created, created_at)
VALUES ('workouts', :app, :file, 0, '{}', :now)"""
ADD_EXERCISE = """
INSERT INTO exercise (id, name, name_key, category, tracked, is_custom, source, import_batch_id)
VALUES (:number, :name, :key, 'other', 'weight_reps', 1, :app, :batch)"""
DESCRIBE = "UPDATE exercise SET category = :category, tracked = :tracked WHERE id = :number"
CATEGORIES = "SELECT id, category FROM exercise"
ASSISTED = "SELECT id FROM exercise WHERE tracked = 'bodyweight_plus' AND name_key LIKE 'assisted %'"
ADD_ALIAS = """
INSERT INTO exercise_alias (alias_key, alias, exercise_id) VALUES (:key, :alias, :exercise)"""


@dataclass
class Written:
    """What a file brought: counts of what is new, and of what was there."""

    workouts: int = 0
    sets: int = 0
    exercises: int = 0
    aliases: int = 0
    updated: int = 0
    kept: int = 0
    rows_imported: int = 0
    rows_duplicate: int = 0
    alias_keys: list[str] = field(default_factory=list)
    since: dict[int, datetime] = field(default_factory=dict)
    """The earliest workout touched, by client."""


@dataclass
class _Made:
    """What was seen of an exercise that the file brought."""

    name: str
    measures: Counter[Tracked] = field(default_factory=Counter)
    has_weight: bool = False
    has_help: bool = False


class Writer:
    """Writes the drafts of one file for one batch, which is made when the first row is written.

    Names that mean nothing are made into exercises where `creates` says so, and else kept in `unresolved`
    with the lines of their sets, which are left out.
    """

    def __init__(self, bulk: Bulk, app: str, file: str, names: Names, *, creates: bool) -> None:
        self._bulk, self._app, self._file = bulk, app, file
        self._names, self._creates = names, creates
        self.batch: int | None = None
        self.written = Written()
        self.unresolved: dict[str, list[int]] = {}
        self._categories = dict(bulk.connection.execute(CATEGORIES))
        self._assisted = frozenset(bulk.reader.values(ASSISTED))
        self._made: dict[int, _Made] = {}
        self._titles: dict[tuple[int, datetime], str] = {}
        self._repeated: set[tuple[int, str]] = set()
        self._has_imports: dict[int, bool] = {}
        self._next_workout = bulk.next_number("workout")
        self._next_exercise_row = bulk.next_number("workout_exercise")
        self._now = instant_text(bulk.now)
        self._open_buffers()

    def _open_buffers(self) -> None:
        connection = self._bulk.connection
        self._workouts = Buffer(
            connection,
            "workout",
            "id, client_id, title, performed_at, duration_min, activity, notes, import_batch_id, import_key, "
            "import_hash, created_at, kind, status, source",
            "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'solo', 'completed', 'import')",
        )
        self._exercises = Buffer(
            connection,
            "workout_exercise",
            "id, workout_id, exercise_id, position, superset, notes, section, is_skipped",
            "(?, ?, ?, ?, ?, ?, 'main', 0)",
        )
        self._sets = Buffer(
            connection,
            "workout_set",
            "workout_exercise_id, position, reps, weight_g, rpe, seconds, meters, is_warmup, "
            "is_amrap, per_side",
            "(?, ?, ?, ?, ?, ?, ?, ?, 0, 0)",
        )
        # Most sets are reps and a load. Half the values to hand over is half the time to write them.
        self._plain_sets = Buffer(
            connection,
            "workout_set",
            "workout_exercise_id, position, reps, weight_g, is_warmup, is_amrap, per_side",
            "(?, ?, ?, ?, 0, 0, 0)",
        )

    def add(self, draft: WorkoutDraft, client_id: int) -> None:
        """Write one workout, or tell it from one that is there. Raises Outbid."""
        resolved = self._resolved(draft)
        count = sum(len(one.sets) for one, _ in resolved)
        if not count:
            return
        key, digest = self._key(draft, client_id), draft.digest([one for one, _ in resolved])
        known = self._known(client_id, key)
        if known is None:
            self._new(draft, client_id, key, digest, resolved)
        elif known[1] == digest or known[2] is not None:
            self.written.kept += known[1] != digest
            self.written.rows_duplicate += count
            return
        else:
            self._changed(draft, known[0], digest, resolved)
        self.written.rows_imported += count
        since = self.written.since
        since[client_id] = min(since.get(client_id, draft.start), draft.start)
        if len(self._plain_sets.waiting) + len(self._sets.waiting) > _FULL:
            self.flush()

    def _key(self, draft: WorkoutDraft, client_id: int) -> str:
        """What the workout is known by: app and time, and the title where another began at that time."""
        began = f"{self._app}:{draft.local}"
        title = self._titles.get((client_id, draft.local))
        if title is None:
            self._titles[client_id, draft.local] = draft.title
            return began
        wanted = began if title == draft.title else f"{began}:{draft.title}"
        key, times = wanted, 1
        while key == began or (client_id, key) in self._repeated:
            times += 1
            key = f"{wanted}#{times}"
        self._repeated.add((client_id, key))
        return key

    def _known(self, client_id: int, key: str) -> tuple[int, str, str | None] | None:
        """Number, hash and time of editing of the workout known by a key.

        A client without any import is asked for once, not for each workout.
        """
        connection, values = self._bulk.connection, {"client": client_id, "key": key}
        if client_id not in self._has_imports:
            found = connection.execute(HAS_IMPORTS, {"client": client_id}).fetchone()
            self._has_imports[client_id] = found is not None
        if not self._has_imports[client_id]:
            return None
        known: tuple[int, str, str | None] | None = connection.execute(KNOWN, values).fetchone()
        return known

    def _resolved(self, draft: WorkoutDraft) -> list[tuple[ExerciseDraft, int]]:
        """The draft's exercises that have sets and a number here."""
        found = []
        for one in draft.exercises:
            if not one.sets:
                continue
            number = self._names.match(one.name)
            if number is None and self._creates:
                number = self._make(one.name)
            if number is None:
                self.unresolved.setdefault(one.name, []).extend(one.lines)
                continue
            if number in self._made:
                self._observe(self._made[number], one.sets)
            found.append((one, number))
        return found

    def _new(
        self,
        draft: WorkoutDraft,
        client_id: int,
        key: str,
        digest: str,
        resolved: list[tuple[ExerciseDraft, int]],
    ) -> None:
        number, self._next_workout = self._next_workout, self._next_workout + 1
        self._workouts.add(
            (
                number, client_id, draft.title or None, instant_text(draft.start), draft.duration_min,
                self._activity(resolved), draft.notes, self.batch_number(), key, digest, self._now,
            )
        )  # fmt: skip
        self.written.workouts += 1
        self.written.sets += self._write_exercises(number, resolved)

    def _changed(
        self, draft: WorkoutDraft, number: int, digest: str, resolved: list[tuple[ExerciseDraft, int]]
    ) -> None:
        """Put a workout's newer content in place of what an earlier import brought."""
        self.batch_number()
        connection = self._bulk.connection
        connection.execute(CLEAR, {"workout": number})
        values = {
            "workout": number,
            "title": draft.title or None,
            "moment": instant_text(draft.start),
            "minutes": draft.duration_min,
            "activity": self._activity(resolved),
            "notes": draft.notes,
            "digest": digest,
        }
        connection.execute(UPDATE, values)
        self.written.updated += 1
        self._write_exercises(number, resolved)

    def _write_exercises(self, workout: int, resolved: list[tuple[ExerciseDraft, int]]) -> int:
        """Let the exercises and sets of a workout wait to be written; how many sets."""
        labels = superset_labels([one for one, _ in resolved])
        plain, others, count = self._plain_sets.waiting, self._sets.waiting, 0
        for position, ((one, exercise), label) in enumerate(zip(resolved, labels, strict=True), 1):
            number, self._next_exercise_row = self._next_exercise_row, self._next_exercise_row + 1
            self._exercises.add((number, workout, exercise, position, label, "\n".join(one.notes) or None))
            is_assisted = exercise in self._assisted
            for place, (said, _, is_plain) in enumerate(one.sets, 1):
                figures = _as_assistance(said) if is_assisted and said[1] else said
                if is_plain:
                    plain += (number, place, figures[0], figures[1])
                else:
                    others += (number, place, *figures)
            count += len(one.sets)
        return count

    def _activity(self, resolved: list[tuple[ExerciseDraft, int]]) -> str:
        kinds = {
            self._category(exercise, one.sets) if exercise in self._made else self._categories[exercise]
            for one, exercise in resolved
        }
        return _activity_of(frozenset(kinds))

    def _category(self, exercise: int, sets: list[SetValues]) -> str:
        """What an exercise that nobody has described is for: one done for distance is cardio."""
        has_distance = any(values.meters for values in sets)
        return ExerciseCategory.CARDIO if has_distance else self._categories[exercise]

    def batch_number(self) -> int:
        """The batch of this import, made when it is first needed."""
        if self.batch is None:
            values = {"app": self._app, "file": self._file, "now": self._now}
            made = self._bulk.connection.execute(ADD_BATCH, values)
            self.batch = made.lastrowid
            assert self.batch is not None  # noqa: S101  just inserted
            self._bulk.note_batch(self.batch)
        return self.batch

    def add_alias(self, alias: str, exercise: int) -> None:
        """Keep a name that a person has decided on, so that the next import knows it."""
        self.batch_number()
        self._bulk.connection.execute(ADD_ALIAS, {"key": fold(alias), "alias": alias, "exercise": exercise})
        self.written.alias_keys.append(fold(alias))
        self.written.aliases += 1

    def _make(self, name: str) -> int:
        """A custom exercise for a name; what is measured of it is decided when all its sets are known."""
        number = self._bulk.next_number("exercise")
        values = {
            "number": number, "name": name, "key": fold(name), "app": self._app, "batch": self.batch_number(),
        }  # fmt: skip
        self._bulk.connection.execute(ADD_EXERCISE, values)
        self._names.made(name, number)
        self._made[number] = _Made(name)
        self._categories[number] = ExerciseCategory.OTHER.value
        self.written.exercises += 1
        return number

    def _observe(self, made: _Made, sets: list[SetValues]) -> None:
        for values in sets:
            if values.meters:
                made.measures[Tracked.DISTANCE_TIME] += 1
            elif values.reps is None:
                made.measures[Tracked.TIME] += 1
            else:
                made.measures[Tracked.WEIGHT_REPS] += 1
                made.has_weight = made.has_weight or bool(values.weight_g)
                made.has_help = made.has_help or (values.weight_g or 0) < 0

    def flush(self) -> None:
        """Write what waits, what is pointed at first."""
        self._workouts.write()
        self._exercises.write()
        self._plain_sets.write()
        self._sets.write()

    def finish(self) -> None:
        """Write the rest, and say of the exercises that were made what is measured of them."""
        self.flush()
        for number, made in self._made.items():
            tracked = _tracked(made)
            is_cardio = tracked is Tracked.DISTANCE_TIME
            category = ExerciseCategory.CARDIO if is_cardio else ExerciseCategory.OTHER
            values = {"category": category.value, "tracked": tracked.value, "number": number}
            self._bulk.connection.execute(DESCRIBE, values)

    def unresolved_names(self) -> list[Unresolved]:
        """The names that mean nothing here, with their nearest candidates."""
        return [self._names.unresolved(name) for name in self.unresolved]


@cache
def _activity_of(categories: frozenset[str]) -> str:
    """The activity that exercises of those categories usually make; there are few such sets of them."""
    return usual_activity({ExerciseCategory(category) for category in categories}).value


def _as_assistance(figures: Figures) -> Figures:
    """The figures of a set on an assisting machine: apps write its help without a sign, we below zero."""
    reps, weight_g, *rest = figures
    return (reps, -abs(weight_g or 0), *rest)  # type: ignore[return-value]


def _tracked(made: _Made) -> Tracked:
    """What is measured of an exercise, by most of its sets; help from a machine makes it a bodyweight one."""
    most = made.measures.most_common(1)[0][0] if made.measures else Tracked.WEIGHT_REPS
    if most is not Tracked.WEIGHT_REPS:
        return most
    if made.has_help:
        return Tracked.BODYWEIGHT_PLUS
    return Tracked.WEIGHT_REPS if made.has_weight else Tracked.REPS
