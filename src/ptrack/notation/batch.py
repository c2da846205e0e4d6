"""Reading many workouts from one text, such as a phone's note: each stands under a line with its date.

```
Tue 17 Nov 18:30 Upper A
- Bench Press: 3x5 100kg @8
- Pull-Up: 3x8 bw

19.11. Lower A
Back Squat: 3x5 120
```

Bullets, numbers and boxes to tick before a line, decoration around it and typographic quotes don't count; the
lines themselves are the notation's.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from ptrack.errors import PtrackError
from ptrack.moments import NOON, Gap, locate
from ptrack.notation.advice import SETS
from ptrack.notation.date_lines import DateLine, read_date_line
from ptrack.notation.date_order import Dated
from ptrack.notation.mistakes import Wrong, quoted
from ptrack.notation.model import ExerciseLine, Mistake, Place
from ptrack.notation.parse import WorkoutReader
from ptrack.notation.sets import read_sets
from ptrack.notation.statements import Statement, lines_of, statements_of
from ptrack.vocabulary import Unit

T = TypeVar("T")

# What phones put in place of plain quotes, and what cannot be seen, one character for one.
_PLAIN = str.maketrans(
    dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"')
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0f\ufeff", " ")
)
_BOLD = re.compile(r"\*\*|__")
_DECORATION = re.compile(r'(?:[^\w"\[(#]|_|\((?=\d|[^\W\d_]{2,}+\W)|\[[ xX]?\]|\[(?=\d))*+')
_NUMBER = re.compile(r"\d{1,2}(?:\.|\))\s++(?=\S)")
_REMARK = re.compile(r"\s*+#++")
_SETS_BEGIN = re.compile(r"\s(?=(?:w\s+)?\d)|\Z", re.IGNORECASE)
_SECTION = re.compile(r"(warm[\s-]*up|main|accessor(?:y|ies)|cool[\s-]*down)\s*:?\Z", re.IGNORECASE)
_SETS_ALONE = re.compile(r"(?:w\s+)?\d[^:]*\Z", re.IGNORECASE)
_LINE_EXPECTED = "an exercise line is written Back Squat: 3x5 100kg"
_LEAST_HEADINGS = 2
_REMARK_WRITTEN = "to keep it as a remark, put a # before it"
_SECTIONS = {"w": "[warm-up]", "m": "[main]", "a": "[accessory]", "c": "[cool-down]"}


@dataclass(frozen=True, slots=True)
class DatedWorkout(Generic[T]):
    """One workout of a text: when it began (local time and UTC), its name and length, its lines.

    `has_hour` is False where only the day was written; it then stands at noon.
    """

    local: datetime
    instant: datetime
    has_hour: bool
    title: str | None
    duration_min: int | None
    lines: tuple[ExerciseLine[T], ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Batch(Generic[T]):
    """The workouts of a text in its own order, and what should be said of their times."""

    workouts: tuple[DatedWorkout[T], ...]
    notices: tuple[str, ...] = ()


def note_lines(text: str) -> list[str]:
    """The lines of a note as they are read: typographic quotes plain, bold type without its signs."""
    return [_BOLD.sub("  ", line.translate(_PLAIN)) for line in lines_of(text)]


def has_dates(text: str) -> bool:
    """Whether a text has a line with a date, and so is of dated workouts."""
    return any(_is_dated(statement) for statement in statements_of(_read_lines(text)))


def parse_batch(
    text: str, *, unit: Unit, zone: ZoneInfo, now: datetime, source: str = "-", resolve: Callable[[str], T]
) -> Batch[T]:
    """The workouts of a text that has dates.

    `unit`, `source` and `resolve` are as for `parse_workout`; `now` is the local time in the studio's `zone`.

    Raises: NotationError with every mistake of the text, those of its dates among them.
    """
    lines = _read_lines(text)
    reader = _BatchReader(unit, resolve)
    if reader.workouts.fits(text):
        for statement in statements_of(lines):
            reader.read(statement)
        batch = reader.finish(zone, now)
    reader.workouts.raise_mistakes(source, lines_of(text))
    return batch


def _read_lines(text: str) -> list[str]:
    """The lines of a note; where several dates stand, all behind hashes as headings do, without those.

    One date behind a hash is a remark, as any line with a hash is.
    """
    lines = note_lines(text)
    if any(_is_dated(statement) for statement in statements_of(lines)):
        return lines
    bare = [_REMARK.sub(lambda found: " " * len(found[0]), line) for line in lines]
    headings = {
        number
        for number, line in enumerate(bare)
        if line != lines[number] and any(_is_dated(each) for each in statements_of([line]))
    }
    if len(headings) < _LEAST_HEADINGS:
        return lines
    return [bare[number] if number in headings else line for number, line in enumerate(lines)]


def _is_dated(statement: Statement) -> bool:
    try:
        return _date_of(statement) is not None
    except Wrong:
        return True


def _date_of(statement: Statement) -> DateLine | None:
    """The date that a statement begins with, behind a bullet or a number."""
    start = _undecorated(statement)
    if start >= statement.end:
        return None
    found = read_date_line(statement, start)
    number = None if found else _NUMBER.match(statement.plain, start, statement.end)
    return read_date_line(statement, number.end()) if number else found


def _undecorated(statement: Statement) -> int:
    found = _DECORATION.match(statement.plain, statement.start, statement.end)
    return found.end() if found else statement.start


def _unlisted(statement: Statement) -> None:
    """Leave out a bullet, a number or a box to tick before an exercise."""
    start = _undecorated(statement)
    number = _NUMBER.match(statement.plain, start, statement.end)
    statement.start = min(number.end() if number else start, statement.end)


class _NameAlone:
    """An exercise's name on a line of its own, and the sets on the lines below it."""

    def __init__(self, statement: Statement, name: str) -> None:
        self.place = Place(statement.line, statement.end + 1)
        self.name, self.sets = name, list[str]()

    @property
    def message(self) -> str:
        """What to write instead."""
        sets = ", ".join(self.sets)
        return f"an exercise and its sets stand on one line, a colon between; write {self.name}: {sets}"


class _Open(Generic[T]):
    """A workout that is being read."""

    def __init__(self, date_line: DateLine) -> None:
        self.date_line = date_line
        self.lines: list[ExerciseLine[T]] = []
        self.is_empty = True


class _BatchReader(Generic[T]):
    """Reads dates and exercise lines; mistakes are kept where those of the exercise lines are."""

    def __init__(self, unit: Unit, resolve: Callable[[str], T]) -> None:
        self.workouts = WorkoutReader(unit, resolve, planned=False)
        self._unit, self._resolve = unit, resolve
        self._open: list[_Open[T]] = []
        self._alone: _NameAlone | None = None
        self._is_dated = False

    def read(self, statement: Statement) -> None:
        """Read a date, a section or an exercise line."""
        try:
            found = _date_of(statement)
        except Wrong as wrong:
            self.workouts.note(statement.line, wrong)
            self._is_dated = True
            return
        if found is not None:
            self._begin(found)
            if found.rest is None:
                return
            statement.start = found.rest
        try:
            self._read_line(statement)
        except Wrong as wrong:
            self.workouts.note(statement.line, wrong)

    def _begin(self, found: DateLine) -> None:
        self._end_alone()
        self._is_dated = True
        self._open.append(_Open(found))
        self.workouts.begin_day()
        self._open[-1].lines = self.workouts.lines

    def _read_line(self, statement: Statement) -> None:
        _unlisted(statement)
        if statement.start >= statement.end:
            return
        if not self._is_dated:
            raise _before_dates(statement)
        if self._open and statement.plain[statement.start] != "[":
            self._open[-1].is_empty = False
        if self._alone and _SETS_ALONE.match(statement.plain, statement.start, statement.end):
            self._alone.sets.append(statement.written(statement.start, statement.end))
            return
        self._end_alone()
        if not self._lacks_colon(statement):
            self.workouts.read(statement)

    def _end_alone(self) -> None:
        """Tell of a name on a line of its own, now that its sets are known, or that it has none."""
        alone, self._alone = self._alone, None
        if alone:
            message = alone.message if alone.sets else f"sets are missing behind {quoted(alone.name)}; {SETS}"
            self._note(alone.place, message)

    def _lacks_colon(self, statement: Statement) -> bool:
        """Whether a line without a colon was kept, to be told with the sets below it.

        Raises: Wrong where a colon should stand, with the line as it should be; at the line's beginning where
        nothing can be made of it.
        """
        plain, start, end = statement.plain, statement.start, statement.end
        if plain[start] in '["':
            return False
        section = _SECTION.match(plain, start, end)
        if section:
            raise Wrong(start, f"a section is written {_SECTIONS[section[1][0].lower()]}")
        if ":" in plain[start : _note_start(plain, start, end)]:
            return False
        sets = _SETS_BEGIN.search(plain, start, end)
        self._offer(statement, sets.start() if sets else end)
        return True

    def _offer(self, statement: Statement, cut: int) -> None:
        """Tell of a line without a colon, with the whole line as it should be if it can be read then.

        `cut` is where its sets begin.
        """
        plain, start, end = statement.plain, statement.start, statement.end
        cut = start + len(plain[start:cut].rstrip(" \t-="))
        name, rest = statement.written(start, cut), statement.written(cut, end).lstrip("-\u2013\u2014= ")
        line = quoted(statement.written(start, end))
        if _SETS_ALONE.match(plain, start, end):
            raise Wrong(start, f"{line} has no exercise before it; {_LINE_EXPECTED}")
        try:
            self._resolve(name)
        except PtrackError as error:
            if not rest:
                raise Wrong(start, f"{line} is no exercise line; {_REMARK_WRITTEN}") from None
            raise Wrong(
                start, f"{line} has no colon behind an exercise. {error.message}", error.candidates
            ) from None
        if not rest:
            self._alone = _NameAlone(statement, name)
            return
        begin = end - len(plain[cut:end].lstrip(" \t-="))
        sets = read_sets(plain, begin, _note_start(plain, begin, end), unit=self._unit, planned=False)
        for wrong in sets.wrongs:
            self.workouts.note(statement.line, wrong)
        offered = f"; write {name}: {rest}" if not sets.wrongs else ""
        raise Wrong(cut, f"a colon is missing behind {quoted(name)}{offered}")

    def finish(self, zone: ZoneInfo, now: datetime) -> Batch[T]:
        """The workouts with their times, once all lines have been read; mistakes of the dates are noted."""
        self._end_alone()
        date_lines = [each.date_line for each in self._open]
        dated = Dated(date_lines, now.date())
        for index, message in dated.wrongs.items():
            self._note(date_lines[index].place, message)
        found: list[DatedWorkout[T]] = []
        notices: list[str] = []
        for index, (each, day) in enumerate(zip(self._open, dated.days, strict=True)):
            if each.is_empty:
                self._note(each.date_line.place, f"no exercise stands under {each.date_line.text}")
            elif index not in dated.wrongs:
                self._place(each, day, zone, now, found, notices)
        return Batch(tuple(found), tuple(notices))

    def _place(
        self,
        each: _Open[T],
        day: date,
        zone: ZoneInfo,
        now: datetime,
        found: list[DatedWorkout[T]],
        notices: list[str],
    ) -> None:
        """Give a workout its instant; a mistake is noted where there is no such time, or not yet."""
        line = each.date_line
        local = datetime.combine(day, line.clock or NOON)
        placed = locate(local, zone)
        if isinstance(placed, Gap):
            self._note(line.place, " ".join(placed.text.split("\n")))
            return
        if line.clock and local > now:
            self._note(line.place, f"{local:%Y-%m-%d %H:%M} lies ahead; a log is of what was done")
            return
        if placed.notice:
            notices.append(placed.notice)
        found.append(
            DatedWorkout(
                local,
                placed.instant,
                line.clock is not None,
                line.title,
                _minutes(line.clock, line.until),
                tuple(each.lines),
                line.place,
            )
        )

    def _note(self, place: Place, message: str) -> None:
        self.workouts.mistakes.append(Mistake(place.line, place.column, message))


def _before_dates(statement: Statement) -> Wrong:
    """What to say of a line before the first date."""
    line = quoted(statement.written(statement.start, statement.end))
    return Wrong(statement.start, f"{line} stands before the first date; {_REMARK_WRITTEN}")


def _minutes(begin: time | None, until: time | None) -> int | None:
    """How long it took from one hour to another, past midnight too."""
    if begin is None or until is None:
        return None
    length = datetime.combine(date.min, until) - datetime.combine(date.min, begin)
    return int(length % timedelta(days=1) / timedelta(minutes=1)) or None


def _note_start(plain: str, start: int, end: int) -> int:
    hash_sign = plain.find("#", start, end)
    return hash_sign if hash_sign >= 0 else end
