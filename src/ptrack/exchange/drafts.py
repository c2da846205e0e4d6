"""Workouts as a file tells of them: rows gathered into exercises and sets, and an account of every row.

Rows of one workout are expected together. Where a file brings one back later, `Scattered` is raised, and the
file has to be sorted by workout first (see `gathered`).
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from zoneinfo import ZoneInfo

from ptrack.exchange.amounts import duration_seconds
from ptrack.exchange.dates import DateOrder, instant_of, is_in_range, read_start, wall_time
from ptrack.exchange.layouts import HEAD_COLUMNS, Layout
from ptrack.exchange.sets import Left, Outcome, SetReader, SetValues, Wrong
from ptrack.exchange.text import Broken, Row
from ptrack.naming import clean

DAY_MIN = 1440
_REMEMBERED = 4096
_LABELS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Scattered(Exception):  # noqa: N818  it asks to begin anew, and nobody is told
    """Rows of a workout came apart in the file."""


@dataclass(slots=True)
class ExerciseDraft:
    """An exercise of a workout under the file's name for it, with the line of each set."""

    name: str
    superset: str
    notes: list[str] = field(default_factory=list)
    sets: list[SetValues] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def note(self, text: str) -> None:
        """Keep a note, once however many sets repeat it."""
        shown = visible(text)
        if shown and shown not in self.notes:
            self.notes.append(shown)


@dataclass(slots=True)
class WorkoutDraft:
    """A workout of a file. `local` is when it began by the studio's clock, `start` the instant."""

    client: str
    title: str
    local: datetime
    start: datetime
    duration_min: int | None
    notes: str | None
    line: int
    exercises: list[ExerciseDraft] = field(default_factory=list)

    def digest(self, exercises: Iterable[ExerciseDraft]) -> str:
        """The hash of the workout with those of its exercises, in our units, whatever the file's layout."""
        parts = [self.title, str(self.duration_min), self.notes or ""]
        for one in exercises:
            parts += (one.name, one.superset, "\x1e".join(one.notes))
            parts += [values[1] for values in one.sets]
        return blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=16).hexdigest()


@dataclass
class Account:
    """What became of a file's rows."""

    rows: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    rejected: list[tuple[int, str, str]] = field(default_factory=list)
    noticed: Counter[str] = field(default_factory=Counter)


class Draughtsman:
    """Turns the rows of one file into drafts, and keeps the account."""

    def __init__(
        self, layout: Layout, reader: SetReader, order: DateOrder | None, zone: ZoneInfo, now: datetime
    ) -> None:
        self.layout, self.account = layout, Account()
        self._reader, self._order, self._zone, self._now = reader, order, zone, now
        self._clean = lru_cache(_REMEMBERED)(clean)
        self._refused: dict[Hashable, Wrong] = {}
        self._durations: dict[str, int | None] = {}
        self._seen: set[int] = set()

    def drafts(self, rows: Iterable[Row]) -> Iterator[WorkoutDraft]:
        """Each workout when its last row has been read. Raises Scattered."""
        layout, read, known = self.layout, self._reader.read, self._reader.known
        head_of, exercise_of = layout.mark(HEAD_COLUMNS), layout.mark(("exercise", "superset"))
        set_of, note_of = layout.cells(self._reader.columns), layout.cell("notes")
        head, named, draft, exercise = None, None, None, ExerciseDraft("", "")
        exercises: list[ExerciseDraft] = []
        for line, row in self._fitting(rows):
            here = head_of(row)
            if here != head:
                begun = self._begun(line, here, row)
                if begun is None:
                    continue
                if draft is not None:
                    yield draft
                draft, head, named, exercises = begun, here, None, begun.exercises
            cells = set_of(row)
            values = known.get(cells) or read(cells)
            if type(values) is not SetValues:
                self._leave(line, values)
                continue
            name = exercise_of(row)
            if name != named:
                begun_exercise = self._exercise(line, row)
                if begun_exercise is None:
                    continue
                exercise, named = begun_exercise, name
                exercises.append(exercise)
            exercise.sets.append(values)
            exercise.lines.append(line)
            if note := note_of(row):
                exercise.note(note)
        if draft is not None:
            yield draft

    def _fitting(self, rows: Iterable[Row]) -> Iterator[tuple[int, list[str]]]:
        """The rows that have as many cells as the header."""
        account, width = self.account, self.layout.width
        for line, cells in rows:
            account.rows += 1
            if type(cells) is list and len(cells) == width:
                yield line, cells
            elif (row := self._fitted(line, cells)) is not None:
                yield line, row

    def _fitted(self, line: int, cells: list[str] | Broken) -> list[str] | None:
        """The row with as many cells as the header; None where it is refused or empty."""
        if isinstance(cells, Broken):
            self._reject(line, "", cells.reason)
            return None
        width = self.layout.width
        if not any(cell.strip() for cell in cells):
            self.account.skipped["empty"] += 1
            return None
        if len(cells) < width or any(cell.strip() for cell in cells[width:]):
            self._reject(line, "", f"the row has {len(cells)} cells, the header has {width}")
            return None
        return cells[:width]

    def _leave(self, line: int, values: Outcome) -> None:
        if isinstance(values, Left):
            self.account.skipped[values.reason] += 1
        elif isinstance(values, Wrong):
            self._reject(line, values.column, values.reason)

    def _reject(self, line: int, column: str, reason: str) -> None:
        self.account.rejected.append((line, self.layout.title_of(column) if column else "", reason))

    def _begun(self, line: int, head: Hashable, row: list[str]) -> WorkoutDraft | None:
        """A new workout, or None where the row belongs to none that can be read."""
        if not any(cell.strip() for cell in row):
            self.account.skipped["empty"] += 1
            return None
        made = self._refused.get(head) or self._started(line, row)
        if isinstance(made, Wrong):
            self._refused[head] = made
            self._reject(line, made.column, made.reason)
            return None
        mark = hash(head)
        if mark in self._seen:
            raise Scattered
        self._seen.add(mark)
        return made

    def _started(self, line: int, row: list[str]) -> WorkoutDraft | Wrong:
        local = self._local(self._cell(row, "start"))
        if isinstance(local, Wrong):
            return local
        start, is_jumped = instant_of(local, self._zone)
        if is_jumped:
            self.account.noticed["jumped"] += 1
        return WorkoutDraft(
            client=self._text(row, "client"),
            title=self._text(row, "title"),
            local=local,
            start=start,
            duration_min=self._duration_min(row, local),
            notes=visible(self._cell(row, "workout_notes")) or None,
            line=line,
        )

    def _local(self, text: str) -> datetime | Wrong:
        moment = read_start(text, self._order)
        if moment is None:
            return Wrong(
                "start", f'"{text.strip()[:40]}" is no date' if text.strip() else "the date is missing"
            )
        try:
            local = wall_time(moment, self._zone).replace(microsecond=0)
        except OverflowError:
            local = moment.replace(tzinfo=None)
        if not is_in_range(local, self._now):
            return Wrong("start", f"{text.strip()[:40]} is not between 1970 and ten years ahead")
        return local

    def _duration_min(self, row: list[str], local: datetime) -> int | None:
        """The minutes a workout took; None where they are not told, or are more than a day's."""
        if text := self._cell(row, "duration"):
            seconds = self._seconds(text)
        elif ended := read_start(self._cell(row, "end"), self._order):
            seconds = round((wall_time(ended, self._zone) - local).total_seconds())
        else:
            return None
        if seconds is None or not 0 <= seconds <= DAY_MIN * 60:
            self.account.noticed["duration"] += 1
            return None
        return round(seconds / 60)

    def _seconds(self, text: str) -> int | None:
        """The seconds of a duration; the same few come again and again."""
        if text not in self._durations:
            if len(self._durations) > DAY_MIN:
                self._durations.clear()
            self._durations[text] = duration_seconds(text)
        return self._durations[text]

    def _exercise(self, line: int, row: list[str]) -> ExerciseDraft | None:
        cleaned = self._text(row, "exercise")
        if not cleaned:
            self._reject(line, "exercise", "the exercise is missing")
            return None
        return ExerciseDraft(cleaned, self._cell(row, "superset").strip())

    def _cell(self, row: list[str], column: str) -> str:
        place = self.layout.places.get(column)
        return "" if place is None else row[place]

    def _text(self, row: list[str], column: str) -> str:
        return self._clean(self._cell(row, column))


def visible(text: str) -> str:
    """A note as it is stored: its lines kept, control characters taken out."""
    if text.isprintable():
        return text.strip()
    lines = (clean(line) for line in text.splitlines())
    return "\n".join(lines).strip()


def superset_labels(exercises: list[ExerciseDraft]) -> list[str | None]:
    """The labels `A1`, `A2`, … for exercises that share a superset's number."""
    numbers = [one.superset for one in exercises if one.superset]
    if not numbers:
        return [None] * len(exercises)
    groups = Counter(numbers)
    letters = dict(zip((key for key, count in groups.items() if count > 1), _LABELS, strict=False))
    places: Counter[str] = Counter()
    labels: list[str | None] = []
    for one in exercises:
        places[one.superset] += 1
        letter = letters.get(one.superset)
        labels.append(f"{letter}{places[one.superset]}" if letter else None)
    return labels


def gathered(rows: Iterable[Row], layout: Layout) -> Iterator[Row]:
    """The rows with those of a workout side by side, otherwise in their order.

    They are kept in a file of SQLite's own meanwhile, so that memory doesn't grow.
    """
    head_of, numbers = layout.mark(HEAD_COLUMNS), dict[int, int]()
    with closing(sqlite3.connect("")) as store:
        store.execute("CREATE TABLE row (workout INTEGER, line INTEGER, cells TEXT)")
        store.executemany(
            "INSERT INTO row VALUES (?, ?, ?)",
            ((_workout_number(cells, head_of, numbers), line, _packed(cells)) for line, cells in rows),
        )
        for line, packed in store.execute("SELECT line, cells FROM row ORDER BY workout, line"):
            kept = json.loads(packed)
            yield line, kept if isinstance(kept, list) else Broken(kept)


def _workout_number(cells: list[str] | Broken, head_of: object, numbers: dict[int, int]) -> int:
    """The number of a row's workout in order of appearance; 0 for a row that has none."""
    try:
        head = hash(head_of(cells))  # type: ignore[operator]
    except (IndexError, TypeError):
        return 0
    return numbers.setdefault(head, len(numbers) + 1)


def _packed(cells: list[str] | Broken) -> str:
    return json.dumps(cells.reason if isinstance(cells, Broken) else cells)
