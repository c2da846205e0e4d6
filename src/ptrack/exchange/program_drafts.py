"""Programs as files tell of them: exercise lines gathered into days, and an account of every row."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import NamedTuple

from ptrack.exchange.program_cells import Prescribed
from ptrack.exchange.program_sheets import Place
from ptrack.naming import clean, fold
from ptrack.notation.measures import MOST_DAYS, MOST_LINES, MOST_WEEKS
from ptrack.notation.model import Day, ExerciseLine, Program, SetGroup
from ptrack.output.progress import HowFar
from ptrack.vocabulary import ProgramStatus, Section, Unit

USUAL_WEEKS = 4
"""How long a plan is of which the file says nothing; the report tells so."""


WHOLE_PROGRAM = "program"
"""The column of rows that are refused for a reason that is the whole program's."""


class Rejected(NamedTuple):
    """A row or cell that cannot be taken: where it stands, what it says, why, and what could be written."""

    place: Place
    column: str
    text: str
    reason: str
    instead: str = ""
    exercise: str = ""
    """The file's name of the exercise that it tells of, where it is known."""


@dataclass(slots=True)
class LineDraft:
    """An exercise of a day under the file's name for it; `rows` of the file tell of it."""

    place: Place
    column: str
    name: str
    groups: list[SetGroup]
    section: Section
    superset: str | None
    sets: Prescribed
    rows: int = 1

    def line(self, exercise: int) -> ExerciseLine[int]:
        """The line with the exercise that its name means."""
        return ExerciseLine(
            self.name,
            exercise,
            tuple(self.groups),
            self.superset,
            self.section,
            self.sets.rest_seconds,
            self.sets.progression,
            self.sets.note,
        )


@dataclass
class Heads:
    """What a file says of a program as a whole, as far as it does."""

    weeks: int | None = None
    days_per_week: int | None = None
    goal: str | None = None
    description: str | None = None
    client: str | None = None
    trainer: str | None = None
    start: date | None = None
    end: date | None = None
    status: ProgramStatus | None = None


@dataclass
class ProgramDraft:
    """One program of a file.

    Days are by name and week. Where `joins`, a day that is alike in all weeks is written once for all.
    """

    name: str
    place: Place
    heads: Heads = field(default_factory=Heads)
    days: dict[tuple[str, int | None], list[LineDraft]] = field(default_factory=dict)
    joins: bool = False
    spellings: dict[tuple[str, int | None], tuple[str, int | None]] = field(default_factory=dict)
    """The days as they were first called, by folded name and week, in the order of the table's columns."""

    def declare(self, day: str, week: int | None) -> tuple[str, int | None]:
        """Give a day its place in the order, whether anything comes to stand in it or not; its spelling."""
        return self.spellings.setdefault((fold(day), week), (day, week))

    @property
    def lines(self) -> list[LineDraft]:
        """Every line, in order."""
        return [line for lines in self.days.values() for line in lines]

    @property
    def rows(self) -> int:
        """How many rows of the file tell of it."""
        return sum(line.rows for line in self.lines)

    def _ordered(self) -> list[tuple[tuple[str, int | None], list[LineDraft]]]:
        """The days with their lines: those that stand side by side in the order of their columns."""
        return [(key, self.days[key]) for key in self.spellings.values() if key in self.days]

    @property
    def weeks(self) -> int:
        """How many weeks it takes: what the file says, else the last week that it names, else the usual."""
        last = max((week for _, week in self.days if week), default=0)
        return self.heads.weeks or last or USUAL_WEEKS

    @property
    def is_long_unknown(self) -> bool:
        """Whether nothing tells how many weeks it takes."""
        return self.heads.weeks is None and not any(week for _, week in self.days)

    def unsuited(self) -> str | None:
        """Why it is no plan that can be kept, as a whole."""
        if not clean(self.name):
            return "the program has no name; give it one: --name NAME"
        return self._misfit_of_weeks() or self._misfit_of_days()

    def _misfit_of_weeks(self) -> str | None:
        if not 1 <= self.weeks <= MOST_WEEKS:
            return f"{self.weeks} weeks; a program has 1 to {MOST_WEEKS}"
        late = max((week for _, week in self.days if week), default=0)
        return f"week {late} is past the program's {self.weeks}" if late > self.weeks else None

    def _misfit_of_days(self) -> str | None:
        if any(len(lines) > MOST_LINES for lines in self.days.values()):
            return f"a day has more than {MOST_LINES} exercises"
        most = most_days(self.days)
        if not 1 <= (self.heads.days_per_week or most) <= MOST_DAYS:
            return f"{most} days a week; a program has 1 to {MOST_DAYS}"
        if self.heads.days_per_week and most > self.heads.days_per_week:
            return f"days per week is {self.heads.days_per_week}, but a week has {most} days"
        return None

    def plan(self, lines: "dict[int, ExerciseLine[int]]") -> Program[int]:
        """The program with its lines as they were resolved, by the drafts' identity, without empty days."""
        days = [
            Day(clean(name), found, week)
            for (name, week), drafts in self._ordered()
            if (found := tuple(lines[id(draft)] for draft in drafts if id(draft) in lines))
        ]
        days = joined(days, self.weeks) if self.joins else days
        most = most_days((fold(day.name), day.week) for day in days)
        per_week = self.heads.days_per_week or most
        return Program(clean(self.name), self.weeks, per_week, tuple(days), self.heads.goal)


def most_days(days: Iterable[tuple[str, int | None]]) -> int:
    """How many days the fullest week has."""
    found = {(fold(name), week) for name, week in days}
    every = {name for name, week in found if week is None}
    weeks: dict[int | None, set[str]] = {None: every}
    for name, week in found:
        weeks.setdefault(week, set(every)).add(name)
    return max(map(len, weeks.values()), default=0)


def joined(days: Sequence[Day[int]], weeks: int) -> list[Day[int]]:
    """The days, those that are alike in every week of the program once and for all weeks."""
    alike: dict[str, list[Day[int]]] = {}
    for day in days:
        alike.setdefault(fold(day.name), []).append(day)
    found: list[Day[int]] = []
    for day in days:
        same = alike[fold(day.name)]
        is_whole = len(same) == weeks and all(each.lines == day.lines for each in same)
        if not is_whole:
            found.append(day)
        elif day is same[0]:
            found.append(Day(day.name, day.lines))
    return found


def digest(plan: Program[int]) -> str:
    """The hash of what a program says, whatever file it stood in."""
    parts = [plan.name, str(plan.weeks), str(plan.days_per_week), plan.goal or ""]
    for day in plan.days:
        parts += ["", day.name, str(day.week)]
        for line in day.lines:
            shown = (line.exercise, line.groups, line.superset, line.section.value, line.rest_seconds)
            parts.append(repr((*shown, line.progression, line.note)))
    return blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=16).hexdigest()


@dataclass
class Account:
    """What became of a file's rows: each tells of a line that is drafted, is skipped, or is rejected."""

    rows: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    rejected: list[Rejected] = field(default_factory=list)


@dataclass
class Settings:
    """How a file is read.

    `unit` is that of loads without one, `sets` what is prescribed where a line says nothing, `roles` our
    columns by folded foreign headers, `usual_name` what a program is called that the file gives no name.
    `progress` is told how many rows of a table have been read.
    """

    unit: Unit
    usual_name: str
    sets: Prescribed | None = None
    roles: dict[str, str] = field(default_factory=dict)
    name: str | None = None
    progress: HowFar | None = None


class SheetSetting(NamedTuple):
    """What a sheet's name says, and what its plan is called."""

    program: str
    week: int | None = None
    day: str | None = None
    joins: bool = False


class Drafts:
    """The programs of one file, as they are read."""

    def __init__(self, settings: Settings) -> None:
        self.settings, self.account = settings, Account()
        self.programs: dict[str, ProgramDraft] = {}
        self.unknown_columns: dict[str, None] = {}
        self.has_decimal_commas = False

    def program(self, name: str, place: Place, *, joins: bool = False, mark: str = "") -> ProgramDraft:
        """The program of that name, begun where it is not there; `mark` tells apart those of one name."""
        called = name or self.settings.usual_name
        key = f"{fold(called)}\x1f{mark}"
        if key not in self.programs:
            self.programs[key] = ProgramDraft(called, place, joins=joins)
        return self.programs[key]

    def take(self, program: ProgramDraft, day: str, week: int | None, line: LineDraft) -> None:
        """Keep a line; its row counts."""
        self.account.rows += line.rows
        program.days.setdefault(program.declare(day, week), []).append(line)

    def skip(self, reason: str, rows: int = 1) -> None:
        """Count rows that hold no exercise."""
        self.account.rows += rows
        self.account.skipped[reason] += rows

    def reject(self, rejected: Rejected) -> None:
        """Count a row that cannot be taken."""
        self.account.rows += 1
        self.account.rejected.append(rejected)
