"""What is typed into the live logger means: a set, or what is to be done instead.

A set is said by what differs from what is planned: `8` are reps, `8x62.5` reps and load, `62.5` or `60kg` a
load, `+2.5` so much more than planned, `@9` an effort, `45s`, `1:30` a time, `500m 2:05` a distance with its
time, `w 5x40` a warm-up. A whole number alone is reps, of what is timed seconds; a load is told by its
decimals, its unit or the x before it.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any, NamedTuple

from ptrack.errors import UsageError
from ptrack.notation import amounts
from ptrack.notation.measures import GRAMS, METERS, MOST_GRAMS, SECONDS, exact_weight
from ptrack.notation.mistakes import Wrong, quoted
from ptrack.vocabulary import Tracked, Unit
from ptrack.workouts.rules import DoneSet

LONGEST = 2000
LONGEST_REST = 3600
_UNLIKELY_FROM = 30
_UNLIKELY_TIMES = 3
_MOST_REPS_MEANT = 20
_MOST_SETS_MEANT = 10
_FIRST_SETS, _FIRST_REPS = 5, 12
"""Where no load is known, so many sets of so many reps may be meant by an x; else it is reps and load."""


class Word(StrEnum):
    """What is to be done, besides entering a set."""

    SKIP = "skip"
    NEXT = "next"
    ADD = "add"
    UNDO = "undo"
    AGAIN = "again"
    FIX = "fix"
    GO = "go"
    BACK = "back"
    NOTE = "note"
    REST = "rest"
    HELP = "help"
    END = "end"
    LEAVE = "leave"


class Order(NamedTuple):
    """Something to be done, and with what."""

    word: Word
    text: str = ""


class LoadWord(StrEnum):
    """How a typed load is meant."""

    WEIGHT = "weight"
    MORE = "more"


class TypedLoad(NamedTuple):
    """A load, or by how much it differs from the planned one, in grams."""

    word: LoadWord
    weight_g: int


class TypedSet(NamedTuple):
    """What was said of a set; what is None is as planned."""

    reps: int | None = None
    load: TypedLoad | None = None
    rpe: float | None = None
    seconds: int | None = None
    meters: float | None = None
    per_side: bool = False
    is_warmup: bool = False


AS_PLANNED = TypedSet()

_WORDS: Mapping[str, Order] = {
    "skip": Order(Word.SKIP), "s": Order(Word.SKIP), "skip all": Order(Word.NEXT), "next": Order(Word.NEXT),
    "n": Order(Word.NEXT), "undo": Order(Word.UNDO), "u": Order(Word.UNDO), "=": Order(Word.AGAIN),
    "back": Order(Word.BACK), "b": Order(Word.BACK), "?": Order(Word.HELP), "help": Order(Word.HELP),
    "end": Order(Word.END), "finish": Order(Word.END), "quit": Order(Word.LEAVE), "q": Order(Word.LEAVE),
    "leave": Order(Word.LEAVE), "rest": Order(Word.REST),
}  # fmt: skip
_BEGINNINGS: Mapping[str, Word] = {
    "go": Word.GO, "note": Word.NOTE, "rest": Word.REST, "add": Word.ADD, "fix": Word.FIX,
}  # fmt: skip

_FLAGS = re.ASCII | re.IGNORECASE | re.VERBOSE
_NUMBER = r"\d++(?:[.,]\d++)?+"
_WEIGHT_UNIT = r"(?: kg|lbs?+ ) (?![a-z\d])"
_PIECE = re.compile(
    rf"""\s*+ (?:
      (?P<clock> \d++:\d\d(?::\d\d)?+ )
    | @ \s*+ (?P<rpe> {_NUMBER} )
    | rir \s*+ (?P<rir> {_NUMBER} )
    | bw (?: \s*+ (?P<body_sign> [+-] ) \s*+ (?P<body> {_NUMBER} ) \s*+ (?P<body_unit> {_WEIGHT_UNIT} )?+ )?+
    | (?P<more_sign> [+-] ) \s*+ (?P<more> {_NUMBER} ) \s*+ (?P<more_unit> {_WEIGHT_UNIT} )?+
    | (?P<cross> x )
    | (?P<number> {_NUMBER} ) (?: \s*+ (?P<unit> kg|lbs?+|km|mi|min|m|yd|sec|s|h|reps?+|r ) (?![a-z\d]) )?+
    | (?P<side> /\s*+side )
    ) (?: (?=[\s@x/]) | (?<=x) | \Z )""",
    _FLAGS,
)
_SETS = re.compile(r"(?P<first>\d{1,2})\s*+(?:(?P<cross>x)|,)\s*+(?P<second>\d{1,2})", _FLAGS)
_WARMUP = re.compile(r"w(?:\s++|\Z)", _FLAGS)
_EXERCISE = re.compile(r"\+\s*+(?=[^\d\s.,])", _FLAGS)
_HINT = "Write 8, 8x62.5, 62.5kg, @9, 45s, 500m 2:05, bw+10; ? tells all"


def read(
    text: str, unit: Unit, tracked: Tracked, planned_reps: int | None = None, usual_g: int | None = None
) -> TypedSet | Order:
    """What a line means for an exercise that is measured so; nothing typed is the set as planned.

    A whole number far above the reps that are planned is asked about, for it may be a load; `3x5` and `5,5`
    where that is far below the load that is planned or usual, for sets of reps may be meant. Raises
    UsageError, in one sentence.
    """
    line = " ".join(text.replace("\u00d7", "x").replace("\u2212", "-").split())
    if len(line) > LONGEST:
        raise UsageError(f"That is too long; a line has at most {LONGEST:,} characters.")
    return _order(line) or _set(line, _Reader(line, unit, tracked, planned_reps, usual_g))


def _order(line: str) -> Order | None:
    """The order that a line is, if it is one."""
    if line.lower() in _WORDS:
        return _WORDS[line.lower()]
    if line == "+":
        return Order(Word.ADD)
    if found := _EXERCISE.match(line):
        return Order(Word.ADD, line[found.end() :])
    word, _, rest = line.partition(" ")
    if word.lower() in _BEGINNINGS:
        return Order(_BEGINNINGS[word.lower()], rest)
    return None


def _set(line: str, reader: "_Reader") -> TypedSet:
    warmup = _WARMUP.match(line)
    try:
        found = reader.read(warmup.end() if warmup else 0)
    except Wrong as wrong:
        raise UsageError(f"{wrong.message[:1].upper()}{wrong.message[1:]}.") from None
    return found._replace(is_warmup=warmup is not None)


class _Reader:
    """Reads the pieces of one set from left to right."""

    def __init__(
        self, line: str, unit: Unit, tracked: Tracked, planned_reps: int | None, usual_g: int | None
    ) -> None:
        self.line, self.unit, self.tracked = line, unit, tracked
        self.planned_reps, self.usual_g = planned_reps, usual_g
        self.found = AS_PLANNED
        self.is_crossed = False

    def read(self, at: int) -> TypedSet:
        """The set that the pieces from that place on make."""
        while at < len(self.line):
            piece = _PIECE.match(self.line, at)
            if piece is None or piece.end() == at:
                raise Wrong(at, self.advice(self.line[at:].strip()))
            self.take(piece)
            at = piece.end()
        if self.is_crossed:
            raise Wrong(at, "after the x stands the load: 8x62.5")
        self.check_reps()
        self.check_sets()
        return self.found

    def advice(self, rest: str) -> str:
        """What to write instead of something that is no piece of a set; a word may be an exercise."""
        if rest == self.line and rest[:3].isalpha():
            return f'"{quoted(rest)}" is no set; for another exercise write + {quoted(rest)}'
        return f'"{quoted(rest)}" is no set. {_HINT}'

    def take(self, piece: re.Match[str]) -> None:
        """Take one piece."""
        if piece["cross"]:
            self.is_crossed = True
        elif piece["side"]:
            self.found = self.found._replace(per_side=True)
        elif piece["rpe"]:
            self.keep("rpe", amounts.effort(piece["rpe"], piece.start()))
        elif piece["rir"]:
            self.keep("rpe", amounts.reps_in_reserve(piece["rir"], piece.start()))
        elif piece["clock"]:
            self.keep("seconds", amounts.clock_time(piece["clock"], piece.start()))
        elif piece["number"]:
            self.take_number(piece)
        else:
            self.take_signed(piece)

    def take_signed(self, piece: re.Match[str]) -> None:
        """`bw+10`, and `+2.5` for so much more than planned."""
        name = "more" if piece["more"] else "body"
        if self.is_crossed and piece["more_sign"] == "-" and self.tracked is not Tracked.BODYWEIGHT_PLUS:
            less = f"-{quoted(piece['more'])}"
            raise Wrong(piece.start(), f'"x{less}" is no load; for so much less than planned write 8 {less}')
        weight_g = self.weight_g(piece[name], piece[f"{name}_unit"], piece.start()) if piece[name] else 0
        signed_g = -weight_g if piece[f"{name}_sign"] == "-" else weight_g
        self.keep_load(TypedLoad(LoadWord.MORE if piece["more"] else LoadWord.WEIGHT, signed_g))

    def take_number(self, piece: re.Match[str]) -> None:
        """A number with its unit, or one that its place tells."""
        number, unit, at = piece["number"], (piece["unit"] or "").lower(), piece.start()
        is_whole = number.isdigit()
        if unit in GRAMS or (not unit and (self.is_crossed or not is_whole or self.is_counted())):
            self.keep_load(TypedLoad(LoadWord.WEIGHT, self.weight_g(number, unit or None, at)))
        elif unit in SECONDS or (not unit and self.tracked is Tracked.TIME):
            self.keep("seconds", amounts.duration(number, unit or "s", at))
        elif unit in METERS:
            self.keep("meters", amounts.length(number, unit, at))
        elif not is_whole:
            raise Wrong(at, f"{quoted(number)} reps; reps are whole")
        elif not unit and (self.tracked is Tracked.DISTANCE_TIME or self.is_measured()):
            raise Wrong(at, f"{quoted(number)} of what? Write {quoted(number)}m, {quoted(number)}s or 2:05")
        else:
            self.keep("reps", amounts.rep_count(number, at))

    def is_measured(self) -> bool:
        """Whether a distance or a time is said already, so that a bare number may be reps or a load."""
        return self.found.meters is not None or self.found.seconds is not None

    def is_counted(self) -> bool:
        """Whether reps or a time are said already, so that what comes is a load."""
        return self.found.reps is not None or (
            self.tracked is Tracked.TIME and self.found.seconds is not None
        )

    def weight_g(self, number: str, unit: str | None, at: int) -> int:
        """Whole grams; without a unit the number is in the studio's."""
        return amounts.weight(number, (unit or self.unit.value).lower(), at)

    def keep_load(self, load: TypedLoad) -> None:
        """Keep a load, if there is none yet."""
        self.is_crossed = False
        if self.found.load is not None:
            raise Wrong(0, "a set has one load")
        self.found = self.found._replace(load=load)

    def keep(self, name: str, value: float) -> None:
        """Keep a figure, if there is none of its kind yet."""
        if getattr(self.found, name) is not None:
            raise Wrong(0, f'"{quoted(self.line)}" says its {name} twice')
        said: dict[str, Any] = {name: value}
        self.found = self.found._replace(**said)

    def check_reps(self) -> None:
        """Ask about a number of reps that is more likely a load."""
        reps, usual = self.found.reps, self.planned_reps
        alone = self.line.strip().isdigit()
        if alone and reps and usual and reps > max(_UNLIKELY_FROM, _UNLIKELY_TIMES * usual):
            raise Wrong(0, f"{reps} reps? Write {reps}{self.unit} for the load, or {reps} reps")

    def check_sets(self) -> None:
        """Ask about `3x5` and `5,5` where sets of reps are more likely than such a load."""
        found = _SETS.fullmatch(self.line)
        if found is None or self.found.load is None:
            return
        first, second = int(found["first"]), int(found["second"])
        told = f"{exact_weight(self.found.load.weight_g, self.unit)}{self.unit}"
        if found["cross"] and self.may_be_sets(first, second):
            asked = f"{first} sets of {second}, or {first} reps at {told}?"
            raise Wrong(0, f"{asked} Write {second} for each set, or {first}x{told}")
        if not found["cross"] and self.may_be_sets(1, first):
            raise Wrong(0, f"{first} and {second} reps, or {told}? Write {first} for a set, or {told}")

    def may_be_sets(self, sets: int, reps: int) -> bool:
        """Whether so many sets of so many reps are more likely meant than the load that was read."""
        assert self.found.load is not None  # noqa: S101  asked of loads only
        if self.usual_g:
            is_light = _UNLIKELY_TIMES * self.found.load.weight_g < self.usual_g
            return is_light and sets <= _MOST_SETS_MEANT and reps <= _MOST_REPS_MEANT
        return sets <= _FIRST_SETS and reps <= _FIRST_REPS


def read_rest(text: str) -> int:
    """A pause as it is typed, in seconds: `90`, `2min`, `1:30`; an hour at most. UsageError otherwise."""
    said = read(text, Unit.KG, Tracked.TIME)
    if isinstance(said, Order) or said.seconds is None or said._replace(seconds=None) != AS_PLANNED:
        raise UsageError("Write how long: rest 90, rest 2min, rest 1:30; rest alone ends the pause.")
    return min(said.seconds, LONGEST_REST)


def merged(said: TypedSet, planned: DoneSet | None, *, is_plan: bool = True) -> DoneSet:
    """The set that was done: what was said, and for the rest what is planned.

    The planned effort counts where nothing else differs. What is no plan (`is_plan` is False) but an earlier
    set doesn't make reps that are said those of a side. Raises UsageError where it comes to no set, or to a
    load past the limit.
    """
    base = planned or DoneSet()
    if not is_plan and said.reps is not None:
        base = replace(base, per_side=False)
    if said == AS_PLANNED and planned is None:
        raise UsageError("Nothing is planned here. Write what was done: 8, 8x62.5, 45s, 500m 2:05")
    done = _put_together(said, base)
    if not (done.reps or done.seconds or done.meters):
        raise UsageError("How many? Write the reps, too: 8x62.5")
    return done


def _put_together(said: TypedSet, base: DoneSet) -> DoneSet:
    """What was said over what is planned; a time or distance takes the place of reps, unless both belong."""
    is_measured = said.seconds is not None or said.meters is not None
    keeps_reps = said.reps is not None or not is_measured or bool(base.reps and (base.seconds or base.meters))
    differs = said._replace(rpe=None, is_warmup=False) != AS_PLANNED
    weight_g = _weight_g(said.load, base.weight_g)
    return DoneSet(
        reps=(said.reps if said.reps is not None else base.reps) if keeps_reps else None,
        weight_g=weight_g,
        rpe=said.rpe if said.rpe is not None else None if differs else base.rpe,
        seconds=said.seconds if is_measured or said.reps is not None else base.seconds,
        meters=said.meters if said.meters is not None else None if said.reps is not None else base.meters,
        is_warmup=said.is_warmup or base.is_warmup,
        is_amrap=base.is_amrap and not said.is_warmup,
        per_side=said.per_side or base.per_side,
        tempo=base.tempo,
    )


def _weight_g(load: TypedLoad | None, planned_g: int | None) -> int | None:
    """The load that was meant, in grams; UsageError past the limit."""
    if load is None:
        return planned_g
    if load.word is LoadWord.WEIGHT:
        return load.weight_g
    weight_g = (planned_g or 0) + load.weight_g
    if abs(weight_g) > MOST_GRAMS:
        raise UsageError("A load is at most 1,000 kg (2,204 lb).")
    return weight_g
