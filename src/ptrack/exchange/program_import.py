"""Importing programs: from files to rows, each file a batch, all of them in one transaction or none."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from ptrack.clients import queries as people
from ptrack.clients.queries import practice
from ptrack.clients.rules import responsible_trainer
from ptrack.database.reading import Reader
from ptrack.errors import AmbiguousError, NotFoundError, UsageError
from ptrack.exchange.bulk import Bulk
from ptrack.exchange.names import CANDIDATES, Unresolved
from ptrack.exchange.program_cells import Prescribed, Unread, read_cell
from ptrack.exchange.program_drafts import (
    WHOLE_PROGRAM,
    Account,
    Drafts,
    LineDraft,
    ProgramDraft,
    Rejected,
    Settings,
)
from ptrack.exchange.program_files import FileRead, read_file, usual_name
from ptrack.exchange.program_words import COLUMNS
from ptrack.exchange.program_writer import Owner, ProgramWriter, Written
from ptrack.exercises.queries import exercise_names, taken_names
from ptrack.exercises.rules import NameIndex, find_exercise
from ptrack.exercises.search import candidates
from ptrack.naming import Named, clean, fold, resolve
from ptrack.notation.model import ExerciseLine, SetGroup
from ptrack.output.progress import HowFar
from ptrack.programs.rules import require_programs, valid_dates
from ptrack.vocabulary import ProgramStatus, Unit

NAMELESS = "--map FILE, or --create"
"""What is to be done about a name that means nothing here."""


@dataclass(frozen=True)
class Wanted:
    """How files are to be imported.

    `said` maps foreign names to ours, those of columns among them, as a person decided; `made` are the names
    that they want made into exercises. `sets` is what is prescribed where a line says nothing. With a
    `client` the programs become that client's, from `start` on; `also` beside one that they follow.
    """

    today: date
    client: str | None = None
    start: date | None = None
    trainer: str | None = None
    also: bool = False
    creates: bool = False
    unit: Unit | None = None
    weeks: int | None = None
    sets: str | None = None
    name: str | None = None
    is_partial: bool = False
    is_dry: bool = False
    said: Mapping[str, str] = field(default_factory=dict)
    made: frozenset[str] = frozenset()


class Report(NamedTuple):
    """What became of a file. Where the import is refused, `written` says what would have been."""

    file: str
    format: str
    batch: int | None
    written: Written
    account: Account
    rejected: tuple[Rejected, ...]
    unresolved: tuple[Unresolved, ...]
    unknown_columns: tuple[str, ...]
    is_refused: bool
    is_dry: bool

    @property
    def is_clean(self) -> bool:
        """Whether every row could be taken."""
        return not self.rejected


def read_files(
    reader: Reader, paths: Sequence[Path], wanted: Wanted, progress: HowFar | None = None
) -> list[FileRead]:
    """Read the files, which writes nothing.

    Raises UnreadableError for one that cannot be read, UsageError where an option doesn't fit them.
    """
    house = practice(reader)
    require_programs(is_on=house.programs)
    unit = wanted.unit or house.unit
    roles = {fold(theirs): fold(ours) for theirs, ours in wanted.said.items() if fold(ours) in COLUMNS}
    sets = _usual_sets(wanted.sets, unit)
    found = [
        read_file(path, Settings(unit, usual_name(path), sets, roles, wanted.name, progress))
        for path in paths
    ]
    for each in found:
        if wanted.name is not None and len(each.drafts.programs) > 1:
            raise UsageError(
                f"{each.path} holds several programs, and --name names one.\nImport it without --name."
            )
        for draft in each.drafts.programs.values():
            draft.name = wanted.name if wanted.name is not None else draft.name
            draft.heads.weeks = wanted.weeks or draft.heads.weeks
    return found


def _usual_sets(text: str | None, unit: Unit) -> Prescribed | None:
    if text is None:
        return None
    found = read_cell(text, unit)
    if isinstance(found, Unread):
        raise UsageError(
            f'--sets "{clean(text)}" cannot be read: {found.reason}.\nSay e.g. --sets {found.instead}'
        )
    return found


class Library:
    """Which exercise of ours a file's name means: as a person said, by name or alias, or loosely."""

    def __init__(self, reader: Reader, wanted: Wanted) -> None:
        self._entries = exercise_names(reader)
        self._index = NameIndex(self._entries)
        exercises = {theirs: ours for theirs, ours in wanted.said.items() if fold(ours) not in COLUMNS}
        self.said = {
            clean(theirs): find_exercise(ours, self._entries).id for theirs, ours in exercises.items()
        }
        self._found = {fold(theirs): number for theirs, number in self.said.items()}

    def match(self, name: str) -> int | None:
        """The number of the exercise that a name means."""
        key = fold(name)
        return self._found[key] if key in self._found else self._index.match(name)

    def made(self, name: str, number: int) -> None:
        """Note that an exercise was made for a name."""
        self._found[fold(name)] = number

    def unresolved(self, name: str) -> Unresolved:
        """A name with its nearest candidates."""
        return Unresolved(name, tuple(entry.name for entry in candidates(name, self._entries, CANDIDATES)))


def unresolved_names(reader: Reader, files: Sequence[FileRead], wanted: Wanted) -> list[Unresolved]:
    """The names of the files that mean nothing here, each once, in order."""
    library = Library(reader, wanted)
    found = (name for each in files for name in _names(each.drafts))
    names = {fold(name): name for name in found if library.match(name) is None}
    return [library.unresolved(name) for key, name in names.items() if key not in wanted.made]


def _names(drafts: Drafts) -> Iterator[str]:
    """The names of exercises in a file, those of rejected rows among them."""
    for draft in drafts.programs.values():
        yield from (line.name for line in draft.lines)
    yield from (one.exercise for one in drafts.account.rejected if one.exercise)


def import_programs(bulk: Bulk, files: Sequence[FileRead], wanted: Wanted) -> list[Report]:
    """Bring in the programs of files that were read, in order; what was done with each.

    With a rejected row or an unresolved name in any file nothing of any is kept, unless `wanted.is_partial`.
    Raises as `resolve` does for names in `wanted`, UsageError for days that don't fit.
    """
    runs = [_Run(bulk, each, wanted) for each in files]
    for run in runs:
        run.carry_out()
    is_refused = not wanted.is_partial and any(run.rejected for run in runs)
    bulk.keep = not (is_refused or wanted.is_dry)
    return [run.report(is_refused=is_refused) for run in runs]


class _Run:
    """The import of one file."""

    def __init__(self, bulk: Bulk, read: FileRead, wanted: Wanted) -> None:
        self._bulk, self._read, self._wanted = bulk, read, wanted
        self._library = Library(bulk.reader, wanted)
        self._clients = people.client_names(bulk.reader)
        self._one = resolve(wanted.client, self._clients, "client") if wanted.client else None
        self._writer = ProgramWriter(bulk, read.format, read.path.name)
        self._unresolved: dict[str, str] = {}
        self.rejected: list[Rejected] = list(read.drafts.account.rejected)

    @property
    def _drafts(self) -> Drafts:
        return self._read.drafts

    @cached_property
    def _groups(self) -> dict[str, list[SetGroup]]:
        """All that the file prescribes of each name, by which it is told how an exercise is measured."""
        found: dict[str, list[SetGroup]] = {}
        for draft in self._drafts.programs.values():
            for line in draft.lines:
                found.setdefault(fold(clean(line.name)), []).extend(line.groups)
        return found

    def carry_out(self) -> None:
        """Write every program of the file."""
        self._keep_what_was_said()
        for draft in self._drafts.programs.values():
            if draft.lines:
                self._take(draft)
        self._note_unresolved()
        self._writer.finish(self._drafts.account.rows)

    def _note_unresolved(self) -> None:
        """Tell of the names that mean nothing in rows that are rejected for something else as well."""
        if self._wanted.creates:
            return
        for name in map(clean, _names(self._drafts)):
            if self._library.match(name) is None and fold(name) not in self._wanted.made:
                self._unresolved.setdefault(fold(name), name)

    def _keep_what_was_said(self) -> None:
        """Keep decided names as aliases, where no exercise has them yet and the file uses them."""
        used = {fold(line.name) for draft in self._drafts.programs.values() for line in draft.lines}
        taken = taken_names(self._bulk.reader) if self._library.said else {}
        for theirs, ours in self._library.said.items():
            if theirs and fold(theirs) in used and fold(theirs) not in taken:
                self._writer.add_alias(theirs, ours)
                taken[fold(theirs)] = (ours, theirs)

    def _take(self, draft: ProgramDraft) -> None:
        """Write a program, or reject all of its rows."""
        owner = self._owner(draft)
        reason = owner if isinstance(owner, str) else draft.unsuited()
        if reason is None:
            lines = self._lines(draft)
            plan = draft.plan(lines)
            if not plan.days:
                return
            assert not isinstance(owner, str)  # noqa: S101  its reason was asked first
            reason = self._writer.conflict(draft, plan, owner)
            if reason is None:
                self._writer.add(
                    draft, plan, owner, sum(line.rows for line in draft.lines if id(line) in lines)
                )
                return
            self._refuse(draft, reason, [line for line in draft.lines if id(line) in lines])
            return
        self._refuse(draft, reason, draft.lines)

    def _refuse(self, draft: ProgramDraft, reason: str, lines: Sequence[LineDraft]) -> None:
        """Reject the rows of some lines of a program; the reason stands with each."""
        for line in lines:
            for _ in range(line.rows):
                self.rejected.append(Rejected(line.place, WHOLE_PROGRAM, clean(draft.name), reason))

    def _owner(self, draft: ProgramDraft) -> Owner | str | None:
        """Whose the program is to be; None for a template, a text for why nobody can be found."""
        heads, wanted = draft.heads, self._wanted
        client: Named | None = self._one
        if client is None and heads.client:
            try:
                client = resolve(heads.client, self._clients, "client")
            except (NotFoundError, AmbiguousError) as error:
                return error.message
        if client is None:
            return None
        start = wanted.start or heads.start or wanted.today
        valid_dates(start, heads.end)
        status = ProgramStatus.ACTIVE if self._one else heads.status or ProgramStatus.ACTIVE
        return Owner(
            client.id,
            client.name,
            self._trainer(client.id, heads.trainer),
            start,
            heads.end,
            status,
            wanted.also,
        )

    def _trainer(self, client_id: int, named: str | None) -> int:
        """The trainer that the file names, where there is one so called; else as everywhere."""
        reader = self._bulk.reader
        names, inactive = people.trainer_names(reader), people.inactive_trainers(reader)
        known = [one for one in names if named and fold(one.name) == fold(named)]
        if known:
            return known[0].id
        theirs = people.client(reader, client_id, self._bulk.now).trainer_id
        return responsible_trainer(None, theirs, self._wanted.trainer, names, inactive)

    def _lines(self, draft: ProgramDraft) -> dict[int, ExerciseLine[int]]:
        """The program's lines whose exercises are known or made, by the drafts' identity."""
        found: dict[int, ExerciseLine[int]] = {}
        for line in draft.lines:
            number = self._exercise(line)
            if number is not None:
                found[id(line)] = line.line(number)
        return found

    def _exercise(self, line: LineDraft) -> int | None:
        name = clean(line.name)
        number = self._library.match(name)
        if number is not None:
            return number
        if self._wanted.creates or fold(name) in self._wanted.made:
            number = self._writer.make_exercise(name, self._groups[fold(name)])
            self._library.made(name, number)
            return number
        self._unresolved.setdefault(fold(name), name)
        for _ in range(line.rows):
            self.rejected.append(
                Rejected(
                    line.place,
                    line.column,
                    name,
                    f'no exercise is called "{name}"',
                    NAMELESS,
                )
            )
        return None

    def report(self, *, is_refused: bool) -> Report:
        """What became of the file."""
        return Report(
            file=str(self._read.path),
            format=self._read.format,
            batch=self._writer.batch if self._bulk.keep else None,
            written=self._writer.written,
            account=self._drafts.account,
            rejected=tuple(sorted(self.rejected, key=lambda one: (one.place.sheet or "", *one.place[1:]))),
            unresolved=tuple(self._library.unresolved(name) for name in self._unresolved.values()),
            unknown_columns=tuple(self._drafts.unknown_columns),
            is_refused=is_refused,
            is_dry=self._wanted.is_dry,
        )
