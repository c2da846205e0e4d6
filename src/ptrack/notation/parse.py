"""Reading a workout: exercise lines and sections, with every mistake of the text told in one go.

An exercise name that begins with a quote, a hash or a bracket, that holds a colon or a semicolon, or that
looks like a superset label is written in double quotes: `"Row: wide grip": 3x8 40kg` (a quote inside is
doubled).
"""

import re
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from ptrack.errors import PtrackError
from ptrack.notation.measures import MOST_BYTES, MOST_LINES
from ptrack.notation.mistakes import Wrong, notation_error, quoted
from ptrack.notation.model import ExerciseLine, Mistake, Place
from ptrack.notation.sets import Sets, read_sets
from ptrack.notation.statements import Statement, lines_of, quoted_text, statements_of
from ptrack.vocabulary import Section, Unit

T = TypeVar("T")

_SUPERSET = re.compile(r"([a-z]\d{1,2})\s++(?=[^\s:])", re.ASCII | re.IGNORECASE)
_SETS_IN_NAME = re.compile(r"(?:.*\s|)()\d+\s*x\s*\d+$", re.ASCII | re.IGNORECASE)
_SECTIONS = {
    "warmup": Section.WARM_UP,
    "main": Section.MAIN,
    "accessory": Section.ACCESSORY,
    "cooldown": Section.COOL_DOWN,
}
_LINE_EXPECTED = "an exercise line is written Back Squat: 3x5 100kg"
_SECTION_NAMES = "[warm-up], [main], [accessory] or [cool-down]"


def parse_workout(
    text: str, *, unit: Unit, source: str = "-", planned: bool = False, resolve: Callable[[str], T]
) -> tuple[ExerciseLine[T], ...]:
    """The exercise lines of a log, or with `planned` of one planned day, in order.

    A load without a unit is in `unit`. `source` is what the mistakes name the text by. `resolve` is called
    once for each name and gives what the line's `exercise` will be, or raises a PtrackError, which is told as
    a mistake at the name. In a log a range of reps is a mistake; a percentage, `5+`, rest and progression are
    kept as they are. A text with nothing in it gives no lines.

    Raises: NotationError with every mistake of the text.
    """
    lines = lines_of(text)
    reader = WorkoutReader(unit, resolve, planned=planned)
    if reader.fits(text):
        for statement in statements_of(lines):
            reader.read(statement)
    reader.raise_mistakes(source, lines)
    return tuple(reader.lines)


class WorkoutReader(Generic[T]):
    """Reads exercise lines and sections one by one, and collects the mistakes."""

    def __init__(self, unit: Unit, resolve: Callable[[str], T], *, planned: bool) -> None:
        self.unit, self.resolve, self.planned = unit, resolve, planned
        self.lines: list[ExerciseLine[T]] = []
        self.mistakes: list[Mistake] = []
        self._section = Section.MAIN
        self._resolved: dict[str, T | PtrackError] = {}
        self.line_count = 0

    def begin_day(self) -> None:
        """Forget the lines and the section: a new day begins."""
        self.lines, self._section, self.line_count = [], Section.MAIN, 0

    def fits(self, text: str) -> bool:
        """Whether the text is within the limit of 64 KiB; a mistake is noted if it isn't."""
        size = len(text.encode("utf-8", "surrogatepass"))
        if size > MOST_BYTES:
            self.mistakes.append(Mistake(1, 1, f"the text has {size:,} bytes; the limit is 64 KiB (65,536)"))
        return size <= MOST_BYTES

    def note(self, line: int, wrong: Wrong) -> None:
        """Keep a mistake of that line."""
        self.mistakes.append(Mistake(line, wrong.at + 1, wrong.message, wrong.candidates))

    def raise_mistakes(self, source: str, lines: Sequence[str]) -> None:
        """Raise what has been collected, if anything has."""
        if self.mistakes:
            raise notation_error(source, lines, self.mistakes)

    def read(self, statement: Statement) -> None:
        """Read a section heading or an exercise line."""
        try:
            if statement.plain[statement.start] == "[":
                self._section = _section_of(statement)
            else:
                self._read_exercise(statement)
        except Wrong as wrong:
            self.note(statement.line, wrong)

    def _read_exercise(self, statement: Statement) -> None:
        self._count_line(statement)
        superset, start = _superset_of(statement)
        name, colon = name_of(statement, start)
        plain, body = statement.plain, colon + 1
        hash_sign = plain.find("#", body, statement.end)
        end = hash_sign if hash_sign >= 0 else statement.end
        note = statement.written(end + 1, statement.end) or None
        sets = read_sets(plain, body, end, unit=self.unit, planned=self.planned)
        for wrong in sets.wrongs:
            self.note(statement.line, wrong)
        exercise = self._resolve(name, start)
        place = Place(statement.line, start + 1)
        self._keep(name, exercise, sets, superset, note, place)

    def _keep(
        self, name: str, exercise: T, sets: Sets, superset: str | None, note: str | None, place: Place
    ) -> None:
        self.lines.append(
            ExerciseLine(
                name,
                exercise,
                tuple(sets.groups),
                superset,
                self._section,
                sets.rest_seconds,
                sets.progression,
                note,
                place,
            )
        )

    def _count_line(self, statement: Statement) -> None:
        self.line_count += 1
        if self.line_count == MOST_LINES + 1:
            message = f"more than {MOST_LINES} lines; a day has at most {MOST_LINES}"
            self.note(statement.line, Wrong(statement.start, message))

    def _resolve(self, name: str, at: int) -> T:
        """What the resolver gives for the name; it is asked once for each.

        Raises: Wrong at the name, with what the resolver had to say.
        """
        if name not in self._resolved:
            try:
                self._resolved[name] = self.resolve(name)
            except PtrackError as error:
                self._resolved[name] = error
        found = self._resolved[name]
        if isinstance(found, PtrackError):
            raise Wrong(at, found.message, found.candidates)
        return found


def _superset_of(statement: Statement) -> tuple[str | None, int]:
    """The label before an exercise name, if there is one, and where the name begins."""
    label = _SUPERSET.match(statement.plain, statement.start, statement.end)
    return (label[1].upper(), label.end()) if label else (None, statement.start)


def name_of(statement: Statement, start: int) -> tuple[str, int]:
    """The name that begins at `start`, and the place of the colon that ends it.

    Raises: Wrong where there is no name, no colon, or a quote isn't closed.
    """
    plain = statement.plain
    if plain[start] == '"':
        name, at = quoted_text(statement, start)
        colon = statement.stripped(at, statement.end)[0]
        if plain[colon : colon + 1] != ":":
            raise Wrong(at, f"a colon is missing behind the name; {_LINE_EXPECTED}")
    else:
        colon = plain.find(":", start, statement.end)
        if colon < 0:
            raise _no_colon(statement, start)
        name = statement.written(start, colon)
    if not name:
        raise Wrong(start, "the exercise is missing before the colon: Back Squat: 3x5 100kg")
    sets = _SETS_IN_NAME.match(name) if name[-1].isdigit() else None
    if sets and statement.plain[colon + 1 : colon + 2].isdigit():
        raise _no_colon(statement, start)
    return name, colon


def _no_colon(statement: Statement, at: int) -> Wrong:
    line = quoted(statement.written(at, statement.end))
    return Wrong(at, f"{line} has no colon; {_LINE_EXPECTED}")


def _section_of(statement: Statement) -> Section:
    """The section a heading such as `[warm-up]` opens; a remark may follow.

    Raises: Wrong where it isn't one of the four, isn't closed, or anything else follows.
    """
    start = statement.start
    close = statement.plain.find("]", start, statement.end)
    if close < 0:
        raise Wrong(start, f"this bracket is not closed; a section is {_SECTION_NAMES}")
    name = re.sub(r"[\s_-]", "", statement.plain[start + 1 : close]).lower()
    if name not in _SECTIONS:
        written = quoted(statement.text[start : close + 1])
        raise Wrong(start, f"{written} is no section; a section is {_SECTION_NAMES}")
    after, _ = statement.stripped(close + 1, statement.end)
    if after < statement.end and statement.plain[after] != "#":
        raise Wrong(after, "a section stands on a line of its own")
    return _SECTIONS[name]
