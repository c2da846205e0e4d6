"""Reading a program file: heads in any order, then days with their exercise lines.

A week that differs is written as a day heading of its own: `day: Upper A (week 4)`, or for several
`day: Upper A (weeks 4, 8)`, `day: Upper A (weeks 1-3)`, which makes one day for each. A day without weeks is
done in every week that has no day of the same name of its own. No week may have more days than `days per
week`; fewer may be written.

The value of a head may stand in double quotes, and must where it holds a `#` or `;`, or ends like weeks:
`program: "Block #2"`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from ptrack.notation.measures import MOST_DAYS, MOST_WEEKS, whole_number_of
from ptrack.notation.mistakes import Wrong, quoted
from ptrack.notation.model import Day, Mistake, Place, Program
from ptrack.notation.parse import WorkoutReader
from ptrack.notation.statements import Statement, lines_of, plain_signs, quoted_text, statements_of
from ptrack.vocabulary import Unit

T = TypeVar("T")

HEADS = ("program", "weeks", "days per week", "goal")
_HEAD = re.compile(r"(program|weeks|days\s++per\s++week|goal|day)\s*+:", re.ASCII | re.IGNORECASE)
_WEEKS = re.compile(r"\(\s*+weeks?+\b([^()]*+)\)\Z", re.ASCII | re.IGNORECASE)
_WEEK_RANGE = re.compile(r"(\d++)(?:\s*+-\s*+(\d++))?+\Z", re.ASCII)
_WEEKS_EXPECTED = "weeks are written (week 4), (weeks 1-3) or (weeks 4, 8)"


def parse_program(
    text: str, *, unit: Unit, source: str = "-", name: str | None = None, resolve: Callable[[str], T]
) -> Program[T]:
    """The program that a text describes.

    `unit`, `source` and `resolve` are as for `parse_workout`. `name` takes the place of the text's own, which
    then may be missing.

    Raises: NotationError with every mistake of the text.
    """
    lines = lines_of(text)
    reader = _ProgramReader(unit, resolve, name)
    if reader.workouts.fits(text):
        for statement in statements_of(lines):
            reader.read(statement)
        reader.finish()
    reader.workouts.raise_mistakes(source, lines)
    return reader.program()


@dataclass(slots=True)
class _Head:
    """A head's value and where it stands."""

    value: str
    place: Place


@dataclass(slots=True)
class _DayHead:
    """A day's heading; `weeks` holds None alone where it is done every week."""

    name: str
    weeks: list[int | None]
    place: Place


class _ProgramReader(Generic[T]):
    """Reads heads and days; mistakes are kept where those of the exercise lines are."""

    def __init__(self, unit: Unit, resolve: Callable[[str], T], name: str | None) -> None:
        self.workouts = WorkoutReader(unit, resolve, planned=True)
        self._name = name
        self._heads: dict[str, _Head] = {}
        self._day: _DayHead | None = None
        self._days: list[Day[T]] = []
        self._places: dict[tuple[str, int | None], Place] = {}

    def read(self, statement: Statement) -> None:
        """Read a head, a day's heading, a section or an exercise line."""
        head = _HEAD.match(statement.plain, statement.start, statement.end)
        try:
            if head:
                self._read_head(statement, " ".join(head[1].lower().split()), head.end())
            elif self._day:
                self.workouts.read(statement)
            else:
                raise _nothing_open(statement)
        except Wrong as wrong:
            self.workouts.note(statement.line, wrong)

    def _read_head(self, statement: Statement, key: str, start: int) -> None:
        at, _ = statement.stripped(start, statement.end)
        if key == "day":
            self._end_day()
            self._day = _DayHead("", [], Place(statement.line, statement.start + 1))
            self.workouts.begin_day()
            self._day = _day_head(statement, at)
            return
        if key in self._heads:
            raise Wrong(statement.start, f"a second {key}; a program has one")
        value, rest = _value(statement, at)
        self._heads[key] = _Head(value, Place(statement.line, at + 1))
        if rest:
            raise Wrong(at, f"{key} has more behind the quotes than it can take")
        if not value:
            raise Wrong(at, f"{key} has no value; it is written {_EXAMPLES[key]}")

    def _end_day(self) -> None:
        """Keep the day that was being read, once for each of its weeks."""
        day = self._day
        if day is None or not day.name:
            return
        if not self.workouts.line_count:
            self._mistake(day.place, f"day {quoted(day.name)} has no exercises")
        key, lines = day.name.casefold(), tuple(self.workouts.lines)
        twice = next((week for week in day.weeks if (key, week) in self._places), 0)
        if twice != 0:
            when = f" in week {twice}" if twice else ""
            first = self._places[key, twice].line
            self._mistake(day.place, f"day {quoted(day.name)} stands twice{when}, first in line {first}")
            return
        self._places.update({(key, week): day.place for week in day.weeks})
        self._days.extend(Day(day.name, lines, week) for week in day.weeks)

    def finish(self) -> None:
        """End the last day and check what only the whole text can show."""
        self._end_day()
        if self._name is None and "program" not in self._heads:
            self._mistake(Place(1, 1), f"a line such as {_EXAMPLES['program']} is missing")
        weeks = self._number("weeks", MOST_WEEKS)
        days = self._number("days per week", MOST_DAYS)
        if not self._days and self._day is None:
            self._mistake(Place(1, 1), "the program has no days; a day begins with day: Upper A")
        if weeks:
            self._check_weeks(weeks)
        if days:
            self._check_day_names(days)

    def _number(self, key: str, most: int) -> int:
        """The number of a head, from 1 to `most`; 0 after noting a mistake."""
        head = self._heads.get(key)
        if head is None:
            self._mistake(Place(1, 1), f"a line such as {_EXAMPLES[key]} is missing")
            return 0
        number = whole_number_of(head.value) if head.value.isascii() and head.value.isdigit() else 0
        if head.value and not 1 <= number <= most:
            message = f"{quoted(head.value)} is no number from 1 to {most}, as in {_EXAMPLES[key]}"
            self._mistake(head.place, message)
        return number if number <= most else 0

    def _check_weeks(self, weeks: int) -> None:
        """No day may be in a week that the program doesn't reach."""
        late: dict[Place, int] = {}
        for (_, week), place in self._places.items():
            if week and week > weeks:
                late.setdefault(place, week)
        for place, week in late.items():
            self._mistake(place, f"week {week} is past the program's {weeks}")

    def _check_day_names(self, days_per_week: int) -> None:
        """No week may have more days than the program has in a week."""
        every = {name for name, week in self._places if week is None}
        names: dict[int, set[str]] = {0: every}
        for name, week in self._places:
            if week is not None:
                names.setdefault(week, set(every)).add(name)
        week, most = max(names.items(), key=lambda item: len(item[1]))
        if len(most) > days_per_week:
            when = f"week {week} has" if week else "there are"
            place = self._heads["days per week"].place
            self._mistake(place, f"days per week is {days_per_week}, but {when} {len(most)} days")

    def _mistake(self, place: Place, message: str) -> None:
        self.workouts.mistakes.append(Mistake(place.line, place.column, message))

    def program(self) -> Program[T]:
        """What has been read, once no mistake has been raised."""
        goal = self._heads.get("goal")
        return Program(
            name=self._name if self._name is not None else self._heads["program"].value,
            weeks=int(self._heads["weeks"].value),
            days_per_week=int(self._heads["days per week"].value),
            days=tuple(self._days),
            goal=goal.value if goal else None,
        )


_EXAMPLES = {
    "program": "program: Upper/Lower",
    "weeks": "weeks: 8",
    "days per week": "days per week: 4",
    "goal": "goal: strength and size",
}


def _nothing_open(statement: Statement) -> Wrong:
    """What to say of a line before the first day that is no head."""
    first = statement.plain[statement.start : statement.end].partition(":")[0]
    heads = ", ".join(HEADS)
    return Wrong(
        statement.start,
        f"{quoted(first.strip())} is no head of a program ({heads}); exercises stand under a day: Upper A",
    )


def _value(statement: Statement, at: int) -> tuple[str, str]:
    """A head's value without its remark, and what follows it where it is in quotes."""
    if statement.plain[at : at + 1] == '"':
        value, after = quoted_text(statement, at)
        return value, _without_remark(statement, after)
    return _without_remark(statement, at), ""


def _without_remark(statement: Statement, start: int) -> str:
    hash_sign = statement.plain.find("#", start, statement.end)
    return statement.written(start, hash_sign if hash_sign >= 0 else statement.end)


def _day_head(statement: Statement, at: int) -> _DayHead:
    """The heading whose value begins at `at`.

    Raises: Wrong where it has no name, or its weeks are not understood.
    """
    value, rest = _value(statement, at)
    is_quoted = statement.plain[at : at + 1] == '"'
    found = _WEEKS.search(plain_signs(rest if is_quoted else value))
    if rest and (found is None or found.start()):
        raise Wrong(at, f"more stands behind the day's name than weeks; {_WEEKS_EXPECTED}")
    name = value if is_quoted or found is None else value[: found.start()].rstrip()
    if not name:
        raise Wrong(at, "the day's name is missing; it is written day: Upper A")
    weeks: list[int | None] = _weeks(found[1], at) if found else [None]
    return _DayHead(name, weeks, Place(statement.line, at + 1))


def _weeks(text: str, at: int) -> list[int | None]:
    """The weeks of `4`, `1-3` or `4, 8`, in the order written."""
    weeks: dict[int | None, None] = {}
    for piece in text.split(","):
        found = _WEEK_RANGE.match(piece.strip())
        if found is None:
            raise Wrong(at, _WEEKS_EXPECTED)
        first = whole_number_of(found[1])
        last = whole_number_of(found[2]) if found[2] else first
        if not 1 <= first <= last <= MOST_WEEKS:
            raise Wrong(at, f"week {quoted(piece.strip())} is not within 1-{MOST_WEEKS}; {_WEEKS_EXPECTED}")
        weeks.update(dict.fromkeys(range(first, last + 1)))
    return list(weeks)
