"""Importing appointments: from files to rows, each file a batch, all of them in one transaction or none."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from ptrack.clients.queries import Practice, practice
from ptrack.database.reading import Reader
from ptrack.exchange.appointment_queries import practice_uid
from ptrack.exchange.appointment_writer import AppointmentWriter, Outcome, Written
from ptrack.exchange.bulk import Bulk
from ptrack.exchange.dates import DateOrder
from ptrack.exchange.directory import Directory, Named
from ptrack.exchange.formats import FileFormat
from ptrack.exchange.names import Unresolved
from ptrack.exchange.notifying import notify
from ptrack.exchange.occurrences import Horizon
from ptrack.exchange.text import TextFile, first_lines, look_over

FINISH_APPOINTMENTS = "UPDATE import_batch SET row_count = :rows, created = :created WHERE id = :batch"

OWN_APPOINTMENT = "SELECT 1 FROM appointment WHERE id = :appointment"


@dataclass(frozen=True)
class Wanted:
    """How files are to be imported; `said` maps foreign names to clients, as a person decided.

    `horizon` is between when recurring events are expanded; where `is_bounded`, nothing outside it is taken.
    """

    horizon: Horizon
    is_bounded: bool = False
    named: Named = field(default_factory=Named)
    is_partial: bool = False
    is_dry: bool = False
    format: FileFormat | None = None
    order: DateOrder | None = None
    said: Mapping[str, str] = field(default_factory=dict)
    notifies: bool = False


class Rejected(NamedTuple):
    """A row that cannot be taken."""

    line: int
    column: str
    reason: str


@dataclass
class Ledger:
    """What became of each row of a file: it is imported, there already, skipped or rejected."""

    rows: int = 0
    imported: int = 0
    duplicates: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    rejected: list[Rejected] = field(default_factory=list)
    nameless: list[Rejected] = field(default_factory=list)
    noticed: Counter[str] = field(default_factory=Counter)

    def settle(self, outcomes: Iterable[Outcome], otherwise: str) -> None:
        """Count one row by what became of its appointments; `otherwise` is why there was none."""
        found = set(outcomes)
        if Outcome.IMPORTED in found:
            self.imported += 1
        elif Outcome.DUPLICATE in found:
            self.duplicates += 1
        else:
            self.skipped["cancelled" if Outcome.CANCELLED in found else otherwise] += 1

    def own(self, reader: Reader, number: int, rows: int = 1) -> None:
        """Count rows that this practice wrote: they are here already, unless they were removed since."""
        if reader.value(OWN_APPOINTMENT, appointment=number):
            self.duplicates += rows
        else:
            self.skipped["removed_here"] += rows

    def reject(self, line: int, column: str, reason: str) -> None:
        """Count one row as impossible."""
        self.rejected.append(Rejected(line, column, reason))


@dataclass(frozen=True)
class Report:
    """What became of a file. Where the import is refused, `written` says what would have been."""

    file: str
    format: FileFormat
    batch: int | None
    written: Written
    ledger: Ledger
    unresolved: tuple[Unresolved, ...]
    unknown_columns: tuple[str, ...]
    is_refused: bool
    is_dry: bool

    @property
    def rejected(self) -> list[Rejected]:
        """The rows that could not be taken, those that name nobody among them, in order."""
        return sorted([*self.ledger.rejected, *self.ledger.nameless])

    @property
    def is_clean(self) -> bool:
        """Whether every row could be taken."""
        return not self.rejected


class Scene(NamedTuple):
    """What the import of one file works with."""

    bulk: Bulk
    file: TextFile
    wanted: Wanted
    house: Practice
    uid: str
    directory: Directory
    ledger: Ledger


def import_appointments(bulk: Bulk, paths: Sequence[Path], wanted: Wanted) -> list[Report]:
    """Bring in the appointments of files, in order; what was done with each.

    With a rejected row or somebody unknown in any file nothing of any is kept, unless `wanted.is_partial`.
    Raises UnreadableError for a file that cannot be read, UsageError where a question is left open, and as
    `resolve` does for names in `wanted`.
    """
    house, uid = practice(bulk.reader), practice_uid(bulk.reader)
    files = [look_over(path) for path in paths]
    runs = [_Run(bulk, file, wanted, house, uid) for file in files]
    for run in runs:
        run.carry_out()
    is_refused = not wanted.is_partial and any(run.is_faulty for run in runs)
    bulk.keep = not (is_refused or wanted.is_dry)
    return [run.report(is_refused=is_refused) for run in runs]


def format_of(file: TextFile) -> FileFormat:
    """Whether a file is a calendar or a table, by its first line, else by its name."""
    first = next(iter(first_lines(file)), "").strip().upper()
    is_calendar = first.startswith("BEGIN:") or file.path.suffix.lower() in (".ics", ".ical", ".ifb")
    return FileFormat.ICS if is_calendar else FileFormat.CSV


class _Run:
    """The import of one file."""

    def __init__(self, bulk: Bulk, file: TextFile, wanted: Wanted, house: Practice, uid: str) -> None:
        directory = Directory(bulk.reader, wanted.named, wanted.said)
        self._scene = Scene(bulk, file, wanted, house, uid, directory, Ledger())
        self._format = wanted.format or format_of(file)
        self._unknown: tuple[str, ...] = ()

    @property
    def is_faulty(self) -> bool:
        """Whether a row could not be taken."""
        return bool(self._scene.ledger.rejected or self._scene.ledger.nameless)

    def carry_out(self) -> None:
        """Read and write the file."""
        if self._format is FileFormat.ICS:
            from ptrack.exchange.calendar_import import CalendarImport

            calendar = CalendarImport(self._scene)
            self._writer: AppointmentWriter = calendar.writer
            calendar.carry_out()
        else:
            from ptrack.exchange.appointment_rows import RowImport

            table = RowImport(self._scene)
            self._writer, self._unknown = table.writer, table.unknown
            table.carry_out()
        self._writer.finish()
        self._finish_batch()

    def _finish_batch(self) -> None:
        written, batch = self._writer.written, self._writer.batch
        if batch is None:
            return
        created = {
            "appointments": written.appointments,
            "groups": written.groups,
            "series": written.series,
            "updated": written.updated + written.cancelled,
        }
        values = {"rows": self._scene.ledger.rows, "created": json.dumps(created), "batch": batch}
        self._scene.bulk.connection.execute(FINISH_APPOINTMENTS, values)
        notify(self._scene.bulk, batch, self._writer.altered, announces=self._scene.wanted.notifies)

    def report(self, *, is_refused: bool) -> Report:
        """What became of the file."""
        return Report(
            file=str(self._scene.file.path),
            format=self._format,
            batch=self._writer.batch if self._scene.bulk.keep else None,
            written=self._writer.written,
            ledger=self._scene.ledger,
            unresolved=tuple(self._scene.directory.whose.unresolved_names()),
            unknown_columns=self._unknown,
            is_refused=is_refused,
            is_dry=self._scene.wanted.is_dry,
        )


def is_outside(scene: Scene, starts_at: datetime) -> bool:
    """Whether an appointment lies outside the days that were asked for."""
    return scene.wanted.is_bounded and not scene.wanted.horizon.has(starts_at)
