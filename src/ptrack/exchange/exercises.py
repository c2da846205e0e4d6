"""Importing exercises: from files to rows, each file a batch, all of them in one transaction or none."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from ptrack.errors import UnreadableError, UsageError
from ptrack.exchange.bulk import Bulk
from ptrack.exchange.exercise_drafts import BROKEN_TEXT, ExerciseDraft, checked
from ptrack.exchange.exercise_entries import LANGUAGES, LISTS, Read, read_free, read_own, read_wger
from ptrack.exchange.exercise_rows import COLUMNS, ExerciseTable
from ptrack.exchange.exercise_writer import ExerciseWriter, Outcome, Written
from ptrack.exchange.formats import ExerciseFormat
from ptrack.exchange.json_entries import JsonEntries
from ptrack.exchange.sets import Wrong
from ptrack.exchange.text import TextFile, first_lines, look_over, telling
from ptrack.output.progress import HowFar

FINISH_EXERCISES = "UPDATE import_batch SET row_count = :rows, created = :created WHERE id = :batch"


# What of a library's entries we have a place for; the rest is named as passed over.
_USED = {
    ExerciseFormat.FREE_EXERCISE_DB: (
        "name", "force", "mechanic", "equipment", "primaryMuscles", "secondaryMuscles", "instructions",
        "category", "id", "license",
    ),
    ExerciseFormat.WGER: (
        "id", "uuid", "name", "category", "muscles", "muscles_secondary", "equipment", "language", "license",
        "license_author", "translations", "exercises", "description", "videos", "aliases", "exercise_base",
    ),
    ExerciseFormat.PTRACK: ("id", *COLUMNS),
}  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """How files are to be imported; `language` is that of the names, where a library has several."""

    is_partial: bool = False
    is_dry: bool = False
    format: ExerciseFormat | None = None
    language: str = "en"


@dataclass
class Ledger:
    """What became of each entry of a file: it is imported, there already, skipped or rejected."""

    rows: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    unmapped: Counter[str] = field(default_factory=Counter)
    rejected: list[tuple[int, str, str]] = field(default_factory=list)

    @property
    def imported(self) -> int:
        """How many entries were written."""
        return self.outcomes[Outcome.IMPORTED] + self.outcomes[Outcome.UPDATED]


@dataclass(frozen=True)
class Report:
    """What became of a file. Where the import is refused, `written` says what would have been.

    `more` is how many exercises the library has beyond this file, which is one page of it.
    """

    file: str
    format: ExerciseFormat
    batch: int | None
    written: Written
    ledger: Ledger
    unknown: tuple[str, ...]
    more: int
    is_refused: bool
    is_dry: bool

    @property
    def is_clean(self) -> bool:
        """Whether every entry could be taken."""
        return not self.ledger.rejected


def import_exercises(
    bulk: Bulk, paths: Sequence[Path], wanted: Wanted, progress: HowFar | None = None
) -> list[Report]:
    """Bring in the exercises of files, in order; what was done with each.

    With a rejected entry in any file nothing of any is kept, unless `wanted.is_partial`. Raises
    UnreadableError for a file that cannot be read, UsageError for a language that nobody writes in.
    """
    if wanted.language not in LANGUAGES:
        raise UsageError(f"--language {wanted.language}: the languages are {', '.join(LANGUAGES)}.")
    runs = [_Run(bulk, look_over(path), wanted, progress) for path in paths]
    for run in runs:
        run.carry_out()
    is_refused = not wanted.is_partial and any(run.ledger.rejected for run in runs)
    bulk.keep = not (is_refused or wanted.is_dry)
    if bulk.keep:
        for run in runs:
            run.writer.collect()
    return [run.report(is_refused=is_refused) for run in runs]


class _Run:
    """The import of one file."""

    def __init__(self, bulk: Bulk, file: TextFile, wanted: Wanted, progress: HowFar | None) -> None:
        self._bulk, self._file, self._wanted, self._progress = bulk, file, wanted, progress
        self.ledger = Ledger()
        self._format = wanted.format or ExerciseFormat.PTRACK
        self._unknown: dict[str, None] = {}
        self._more = 0
        self._title: Callable[[str], str] = str

    def carry_out(self) -> None:
        """Read and write the file."""
        is_json = next(iter(first_lines(self._file)), "").lstrip(" \t\ufeff")[:1] in ("{", "[")
        read = self._entries() if is_json else self._rows()
        for line, found in read:
            if not self.ledger.rows:
                self.writer = ExerciseWriter(self._bulk, self._format.value, self._file.path.name)
            self.ledger.rows += 1
            self._take(line, found)
        if not self.ledger.rows:
            raise UnreadableError(f"{self._file.path} has no exercise in it.")
        self.writer.finish()
        self._finish_batch()

    def _rows(self) -> Iterator[tuple[int, Read]]:
        table = ExerciseTable(self._file, self._progress)
        self._unknown, self._title = dict.fromkeys(table.unknown), table.title_of
        yield from table

    def _entries(self) -> Iterator[tuple[int, Read]]:
        reader: Callable[[Mapping[str, Any]], Read] | None = None
        with self._file.open() as stream:
            entries = JsonEntries(stream, self._file.path, LISTS)
            for line, entry in telling(entries, stream, self._file, self._progress):
                if not isinstance(entry, dict):
                    yield line, Read(Wrong("", "this is no exercise: an object with a name"))
                    continue
                if reader is None:
                    self._format = self._wanted.format or _format_of(entry, self._file.path)
                    reader = self._reader()
                for name in entry:
                    if name not in _USED[self._format]:
                        self._unknown.setdefault(name)
                yield line, _read(reader, entry)
            self._note_pages(entries.beside)

    def _reader(self) -> Callable[[Mapping[str, Any]], Read]:
        if self._format is ExerciseFormat.WGER:
            return partial(read_wger, language=self._wanted.language)
        return read_free if self._format is ExerciseFormat.FREE_EXERCISE_DB else read_own

    def _note_pages(self, beside: Mapping[str, Any]) -> None:
        """Note that the file is one page of several, where it says so."""
        count = beside.get("count")
        if isinstance(count, int) and (beside.get("next") or beside.get("previous")):
            self._more = max(0, count - self.ledger.rows)

    def _take(self, line: int, found: Read) -> None:
        if found.draft is None:
            self.ledger.skipped[found.skipped] += 1
            return
        draft = checked(found.draft) if isinstance(found.draft, ExerciseDraft) else found.draft
        if isinstance(draft, Wrong):
            column = self._title(draft.column) if draft.column else ""
            self.ledger.rejected.append((line, column, draft.reason))
            return
        self.ledger.unmapped.update(found.unmapped)
        self.ledger.outcomes[self.writer.add(draft)] += 1

    def _finish_batch(self) -> None:
        written, batch = self.writer.written, self.writer.batch
        if batch is None:
            return
        created = {
            "exercises": written.exercises,
            "aliases": written.aliases,
            "updated": written.updated,
            "alias_keys": written.alias_keys,
        }
        values = {"rows": self.ledger.rows, "created": json.dumps(created), "batch": batch}
        self._bulk.connection.execute(FINISH_EXERCISES, values)

    def report(self, *, is_refused: bool) -> Report:
        """What became of the file."""
        return Report(
            file=str(self._file.path),
            format=self._format,
            batch=self.writer.batch if self._bulk.keep else None,
            written=self.writer.written,
            ledger=self.ledger,
            unknown=tuple(self._unknown),
            more=self._more,
            is_refused=is_refused,
            is_dry=self._wanted.is_dry,
        )


def _read(reader: Callable[[Mapping[str, Any]], Read], entry: Mapping[str, Any]) -> Read:
    """What an entry is; one with text that is none cannot be taken."""
    try:
        return reader(entry)
    except UsageError:
        return Read(Wrong("", BROKEN_TEXT))


def _format_of(entry: Mapping[str, Any], path: Path) -> ExerciseFormat:
    """Whose library an entry is from, by what it tells."""
    if "primaryMuscles" in entry:
        return ExerciseFormat.FREE_EXERCISE_DB
    if "tracked" in entry:
        return ExerciseFormat.PTRACK
    if "muscles" in entry or "translations" in entry:
        return ExerciseFormat.WGER
    raise UnreadableError(
        f"{path} is no list of exercises that ptrack knows: free-exercise-db, wger, and its own.\n"
        "Say which it is with --format."
    )
