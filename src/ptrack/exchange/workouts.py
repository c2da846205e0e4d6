"""Importing workouts: from files to rows, each file a batch, all of them in one transaction or none."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TextIO

from ptrack.clients.queries import Practice, client_names, practice
from ptrack.exchange.bulk import Bulk
from ptrack.exchange.dates import DateOrder, is_ambiguous, settle_order
from ptrack.exchange.drafts import Account, Draughtsman, Scattered, WorkoutDraft, gathered
from ptrack.exchange.hevy import HEVY
from ptrack.exchange.layouts import recognise
from ptrack.exchange.names import Names, Outbid, Unresolved
from ptrack.exchange.people import People
from ptrack.exchange.sets import SetReader
from ptrack.exchange.strong import STRONG
from ptrack.exchange.text import Row, TextFile, look_over, rows, telling
from ptrack.exchange.writer import Writer, Written
from ptrack.exercises.queries import exercise_names, taken_names
from ptrack.exercises.rules import find_exercise
from ptrack.naming import clean, fold
from ptrack.output.progress import HowFar
from ptrack.progress.actions import collect
from ptrack.vocabulary import Unit

FORMATS = (STRONG, HEVY)

_DISTANCE_UNITS = {Unit.KG: "km", Unit.LB: "mi"}

FINISH_BATCH = "UPDATE import_batch SET row_count = :rows, created = :created WHERE id = :batch"


@dataclass(frozen=True)
class Wanted:
    """How files are to be imported; `said` maps foreign exercise names to ours, as a person decided."""

    client: str | None = None
    creates: bool = False
    unit: Unit | None = None
    is_partial: bool = False
    is_dry: bool = False
    format: str | None = None
    order: DateOrder | None = None
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """What became of a file.

    `rejected` holds line, column and reason of each row that could not be taken, those with a name that
    means nothing among them. Where the import is refused, `written` says what would have been.
    """

    file: str
    format: str
    batch: int | None
    written: Written
    account: Account
    rejected: tuple[tuple[int, str, str], ...]
    unresolved: tuple[Unresolved, ...]
    unknown_columns: tuple[str, ...]
    is_refused: bool
    is_dry: bool

    @property
    def is_clean(self) -> bool:
        """Whether every row could be taken."""
        return not self.rejected


def import_workouts(
    bulk: Bulk, paths: Sequence[Path], wanted: Wanted, progress: HowFar | None = None
) -> list[Report]:
    """Bring in the workouts of files, in order; what was done with each.

    With a rejected row or an unresolved name in any file nothing of any is kept, unless `wanted.is_partial`.
    Raises UnreadableError for a file that cannot be read, UsageError where a question is left open, and as
    `resolve` does for names in `wanted`.
    """
    house = practice(bulk.reader)
    files = [look_over(path) for path in paths]
    runs = [_Run(bulk, file, wanted, house, progress) for file in files]
    for run in runs:
        run.carry_out()
    is_refused = not wanted.is_partial and any(run.is_faulty for run in runs)
    bulk.keep = not (is_refused or wanted.is_dry)
    if bulk.keep:
        for run in runs:
            _collect(bulk, run.writer.written)
    return [run.report(is_refused=is_refused) for run in runs]


def _collect(bulk: Bulk, written: Written) -> None:
    """Decide records and automatic metrics anew where workouts came in, as live logging does."""
    for client_id, since in written.since.items():
        collect(bulk, client_id, since)


class _Run:
    """The import of one file; begun anew where the file turns out to need sorting or a better match."""

    def __init__(
        self, bulk: Bulk, file: TextFile, wanted: Wanted, house: Practice, progress: HowFar | None
    ) -> None:
        self._bulk, self._file, self._wanted, self._house = bulk, file, wanted, house
        self._progress = progress
        self._layout = recognise(file, FORMATS, wanted.format)
        self._people = People(client_names(bulk.reader), wanted.client, self._layout, str(file.path))
        self._order = wanted.order or self._settled_order()
        self._entries = exercise_names(bulk.reader)
        self._said = {clean(theirs): self._exercise(ours) for theirs, ours in wanted.said.items()}
        self._settled: list[str] | None = None
        self._is_scattered = False

    def _exercise(self, ours: str) -> int:
        return find_exercise(ours, self._entries).id

    @property
    def is_faulty(self) -> bool:
        """Whether a row or a name could not be taken."""
        return bool(self._account.rejected or self.writer.unresolved)

    def carry_out(self) -> None:
        """Read and write the file."""
        connection = self._bulk.connection
        while True:
            connection.execute("SAVEPOINT file")
            try:
                self._read_and_write()
            except Scattered:
                self._is_scattered = True
            except Outbid:
                self._settled = list(dict.fromkeys(self._all_of("exercise")))
            else:
                connection.execute("RELEASE file")
                return
            connection.execute("ROLLBACK TO file")
            connection.execute("RELEASE file")

    def _read_and_write(self) -> None:
        names = Names(
            exercise_names(self._bulk.reader), {fold(key): value for key, value in self._said.items()}
        )
        if self._settled is not None:
            names.settle(self._settled)
        file = self._file.path.name
        self.writer = Writer(self._bulk, self._layout.format.name, file, names, creates=self._wanted.creates)
        self._keep_what_was_said()
        draughtsman = Draughtsman(
            self._layout, self._set_reader(), self._order, self._house.zone, self._bulk.now
        )
        self._account = draughtsman.account
        with self._file.open() as stream:
            records = self._records(stream)
            if self._is_scattered:
                records = gathered(records, self._layout)
            for draft in draughtsman.drafts(records):
                self._take(draft)
        self.writer.finish()
        self._finish_batch()

    def _records(self, stream: TextIO) -> Iterable[Row]:
        """The rows below the header, telling now and then how far the reading has come."""
        header = list(self._layout.header)
        found = rows(stream, self._file, self._layout.separator)
        for _, cells in found:
            if cells == header:
                break
        return telling(found, stream, self._file, self._progress)

    def _all_of(self, column: str) -> Iterator[str]:
        """Every row's text in one of our columns."""
        place = self._layout.places[column]
        with self._file.open() as stream:
            for _, cells in self._records(stream):
                if isinstance(cells, list) and len(cells) > place:
                    yield clean(cells[place])

    def _settled_order(self) -> DateOrder | None:
        """The order of day and month, decided over the whole file where the first date leaves it open."""
        first = next(self._all_of("start"), "")
        if not is_ambiguous(first):
            return None
        return settle_order(chain([first], self._all_of("start")), str(self._file.path))

    def _set_reader(self) -> SetReader:
        unit = self._wanted.unit or self._house.unit
        columns = self._layout.set_columns
        return SetReader(
            columns,
            self._layout.format.kind_of,
            unit.value,
            _DISTANCE_UNITS[unit],
            has_decimal_commas=self._layout.separator == ";",
        )

    def _keep_what_was_said(self) -> None:
        """Keep decided names as aliases, where no exercise has them yet."""
        if not self._said:
            return
        taken = taken_names(self._bulk.reader)
        for theirs, ours in self._said.items():
            if theirs and fold(theirs) not in taken:
                self.writer.add_alias(theirs, ours)
                taken[fold(theirs)] = (ours, theirs)

    def _take(self, draft: WorkoutDraft) -> None:
        client = self._people.number(draft.client)
        if isinstance(client, int):
            self.writer.add(draft, client)
            return
        column = self._layout.title_of("client")
        lines = [line for one in draft.exercises for line in one.lines]
        self._account.rejected += [(line, column, client) for line in lines]

    def _finish_batch(self) -> None:
        written, batch = self.writer.written, self.writer.batch
        if batch is None:
            return
        created = {
            "workouts": written.workouts,
            "sets": written.sets,
            "exercises": written.exercises,
            "aliases": written.aliases,
            "updated": written.updated,
            "alias_keys": written.alias_keys,
        }
        values = {"rows": self._account.rows, "created": json.dumps(created), "batch": batch}
        self._bulk.connection.execute(FINISH_BATCH, values)

    def report(self, *, is_refused: bool) -> Report:
        """What became of the file."""
        column = self._layout.title_of("exercise")
        nameless = [
            (line, column, f'no exercise is called "{name}"')
            for name, lines in self.writer.unresolved.items()
            for line in lines
        ]
        return Report(
            file=str(self._file.path),
            format=self._layout.format.name,
            batch=self.writer.batch if self._bulk.keep else None,
            written=self.writer.written,
            account=self._account,
            rejected=tuple(sorted([*self._account.rejected, *nameless])),
            unresolved=tuple(self.writer.unresolved_names()),
            unknown_columns=tuple(self._layout.unknown),
            is_refused=is_refused,
            is_dry=self._wanted.is_dry,
        )
