"""The part of a line after its colon: groups of sets, rest and progression.

The text is read from left to right by a few compiled patterns, none of which goes back over what it has
taken, so that reading time grows with the length of the text and with nothing else. A mistake in one group
leaves the others to be read: reading goes on after the next comma that is followed by a space.

`w` makes warm-ups of its own group only, a list such as `w 5,5,3 60kg` being one group.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ptrack.notation import advice, amounts
from ptrack.notation.measures import METERS, MOST_SETS, SECONDS
from ptrack.notation.mistakes import Wrong
from ptrack.notation.model import OPEN, Load, LoadKind, Progression, ProgressionKind, SetGroup
from ptrack.vocabulary import Unit

_FLAGS = re.ASCII | re.IGNORECASE | re.VERBOSE
_NUMBER = r"\d++(?:[.,]\d++)?+"
_CLOCK = r"\d++:\d\d(?::\d\d)?+"
_END = r"(?=[\s,@]|\Z)"
_MEASURE = rf"(?P<number> {_NUMBER}) \s*+ (?P<unit> %|kg|lbs?+|km|mi|min|m|yd|sec|s|h) (?![a-z\d])"

_SPACES = re.compile(r"\s*+", re.ASCII)
_COMMA = re.compile(r"\s*+,", re.ASCII)
_SEPARATOR = re.compile(r",(?=\s|\Z)", re.ASCII)
_BOUNDARY = re.compile(_END, re.ASCII)
_WARMUP = re.compile(r"w\s++", _FLAGS)
_SKIP = re.compile(rf"skip{_END}", _FLAGS)
_SETS = re.compile(r"(\d++)\s*+x\s*+", _FLAGS)
_SIDE = re.compile(rf"\s*+/\s*+side{_END}", _FLAGS)
_TAIL = re.compile(rf"(?P<word>rest|progress){_END}", _FLAGS)

_AMOUNT = re.compile(
    rf"""(?P<clock> {_CLOCK})
    | (?P<measure> {_MEASURE})
    | (?P<reps> (?P<low> \d++) (?: (?: - | \s++ - \s ) \s*+ (?P<high> \d++))?+ (?P<plus> \+)?+)""",
    _FLAGS,
)
_LIST = re.compile(r"\d++\+?+ (?:\s*+,\d++\+?+)++ (?![.:%a-z]|\s*+x)", _FLAGS)
_LISTED = re.compile(r"(\d++)(\+?)", re.ASCII)

_DETAIL = re.compile(
    rf"""(?: (?P<rpe> @ \s*+ (?P<rpe_value> {_NUMBER}))
    | (?P<rir> rir \s*+ (?P<rir_value> {_NUMBER}))
    | (?P<clock> {_CLOCK})
    | (?P<measure> {_MEASURE})
    | (?P<bare> {_NUMBER})
    | (?P<bodyweight> bw (?: \s*+ (?P<sign> [+-]) \s*+ (?P<added> {_NUMBER})
                             (?: \s*+ (?P<added_unit> kg|lbs?+) (?![a-z\d]) )?+ )?+ )
    | (?P<tempo> tempo \s++ (?P<tempo_value> [\dx]++ (?: -[\dx]++ )*+))
    | (?P<skip> skip)
    ) {_END}""",
    _FLAGS,
)
_REST = re.compile(
    rf"(?: (?P<clock> {_CLOCK}) | (?P<number> {_NUMBER}) \s*+ (?P<unit> min|sec|s|h) ) {_END}", _FLAGS
)
_DOUBLE = re.compile(rf"double{_END}", _FLAGS)
_STEP = re.compile(
    rf"\+ \s*+ (?P<number> {_NUMBER}) (?: \s*+ (?P<unit> kg|lbs?+) (?![a-z\d]) )?+ {_END}", _FLAGS
)
_LONGEST_TEMPO = 12


@dataclass(slots=True)
class Sets:
    """What stands after a colon, as far as it could be read, and what is wrong with it."""

    groups: list[SetGroup] = field(default_factory=list)
    rest_seconds: int | None = None
    progression: Progression | None = None
    wrongs: list[Wrong] = field(default_factory=list)

    @property
    def has_tail(self) -> bool:
        """Whether rest or progression have been read, after which no more sets may come."""
        return self.rest_seconds is not None or self.progression is not None


@dataclass(slots=True)
class _Count:
    """How many sets of how many reps, before anything else of the group is known."""

    sets: int
    reps_min: int | None = None
    reps_max: int | None = None
    amrap: bool = False


@dataclass(slots=True)
class _Details:
    """What the counts of one group share."""

    load: Load | None = None
    rpe: float | None = None
    seconds: int | None = None
    meters: float | None = None
    tempo: str | None = None
    is_skipped: bool = False


def read_sets(text: str, start: int, end: int, *, unit: Unit, planned: bool) -> Sets:
    """Read `text[start:end]`, in which typographic signs have been made plain.

    A load without a unit is in `unit`. With `planned` False it is a log, in which a range is a mistake; with
    True a plan, in which a skip is one.
    """
    reader = _Reader(text, start, end, unit, planned)
    reader.read_item()
    while reader.takes(_COMMA):
        reader.read_item()
    return reader.found


class _Reader:
    """A place in the text that moves on as pieces are taken."""

    def __init__(self, text: str, start: int, end: int, unit: Unit, planned: bool) -> None:
        self.text, self.at, self.end = text, start, end
        self.unit, self.planned = unit, planned
        self.found = Sets()

    def takes(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The match of `pattern` here, if there is one; the place moves behind it."""
        match = pattern.match(self.text, self.at, self.end)
        if match:
            self.at = match.end()
        return match

    def stands_at(self, pattern: re.Pattern[str]) -> bool:
        """Whether `pattern` matches here; the place stays."""
        return pattern.match(self.text, self.at, self.end) is not None

    def is_done(self) -> bool:
        """Whether the group ends here; white space before that is taken."""
        self.takes(_SPACES)
        return self.at >= self.end or self.text[self.at] == ","

    def read_item(self) -> None:
        """Read up to the next comma: a group, with rest and progression after the last one."""
        try:
            self.takes(_SPACES)
            if not (self.found.groups and self.stands_at(_TAIL)):
                self.read_group()
            self.read_tail()
            self.check_comma()
        except Wrong as wrong:
            self.found.wrongs.append(wrong.with_traceback(None))
            separator = _SEPARATOR.search(self.text, max(self.at, wrong.at), self.end)
            self.at = separator.start() if separator else self.end

    def check_comma(self) -> None:
        """A comma right between digits is neither a list nor a separator.

        Raises: Wrong at the comma.
        """
        if self.at < self.end and not self.stands_at(_SEPARATOR) and self.text[self.at - 1] in "0123456789+":
            raise Wrong(self.at, advice.COMMA)

    def read_group(self) -> None:
        """Read one group, such as `w 3x5 100kg @8`."""
        if self.found.has_tail:
            raise Wrong(self.at, advice.TAIL)
        is_warmup = self.takes(_WARMUP) is not None
        details = _Details()
        counts, per_side = [_Count(1)], False
        if not self.stands_at(_SKIP):
            counts = self.read_counts(details)
            per_side = self.takes(_SIDE) is not None
            self.check_boundary()
        self.read_details(details)
        for count in counts:
            self.found.groups.append(_group(count, details, per_side, is_warmup))

    def check_boundary(self) -> None:
        """Sets end at a space, a comma or the end of the line.

        Raises: Wrong here, where they don't.
        """
        if not self.stands_at(_BOUNDARY):
            raise advice.on_boundary(self.text, self.at, self.end)

    def read_counts(self, details: _Details) -> list[_Count]:
        """Read `3x5`, `5,5,4` or `1x20min`: what a time or length says goes into the details."""
        start = self.at
        sets = self.takes(_SETS)
        listed = None if sets else self.takes(_LIST)
        if listed:
            return _listed_counts(listed)
        amount = self.takes(_AMOUNT)
        if amount is None:
            raise advice.on_sets(self.text, start, self.end)
        count = _Count(amounts.set_count(sets[1], start) if sets else 1)
        if amount["reps"]:
            self.take_reps(count, amount)
        else:
            _take_measure(details, amount, self)
        return [count]

    def take_reps(self, count: _Count, amount: re.Match[str]) -> None:
        """Put reps, a range or `5+` into the count."""
        at = amount.start()
        low = amounts.rep_count(amount["low"], at)
        high = amounts.rep_count(amount["high"], amount.start("high")) if amount["high"] else low
        if amount["high"]:
            advice.check_range(amount, low, high, planned=self.planned)
        count.reps_min, count.reps_max, count.amrap = low, high, amount["plus"] is not None

    def read_details(self, details: _Details) -> None:
        """Read what follows the sets of a group: load, effort, time, length, tempo, skip."""
        while not self.is_done() and not self.stands_at(_TAIL):
            start = self.at
            detail = self.takes(_DETAIL)
            if detail is None:
                raise advice.on_detail(self.text, start, self.end)
            _TAKERS[detail.lastgroup or ""](details, detail, self)

    def read_tail(self) -> None:
        """Read `rest 90s` and `progress +2.5kg`, in either order, each once."""
        while not self.is_done():
            start = self.at
            word = self.takes(_TAIL)
            if word is None:
                raise Wrong(start, advice.TAIL)
            self.takes(_SPACES)
            if word["word"].lower() == "rest":
                self.read_rest(start)
            else:
                self.read_progression(start)

    def read_rest(self, start: int) -> None:
        """Read what follows `rest`, which stands at `start`."""
        if self.found.rest_seconds is not None:
            raise Wrong(start, "a second rest; a line has one")
        at = self.at
        rest = self.takes(_REST)
        if rest is None:
            raise Wrong(at, advice.REST)
        self.found.rest_seconds = _duration(rest)

    def read_progression(self, start: int) -> None:
        """Read what follows `progress`, which stands at `start`."""
        if self.found.progression is not None:
            raise Wrong(start, "a second progress; a line has one")
        is_double = self.takes(_DOUBLE) is not None
        self.takes(_SPACES)
        step = self.takes(_STEP)
        if step is None and not is_double:
            raise Wrong(self.at, advice.PROGRESS)
        kind = ProgressionKind.DOUBLE if is_double else ProgressionKind.ADD
        self.found.progression = Progression(kind, self.step_g(step) if step else None)

    def step_g(self, step: re.Match[str]) -> int:
        """The grams of a progression's step, which is more than nothing."""
        at = step.start()
        step_g = self.weight_g(step["number"], step["unit"], at)
        if not step_g:
            raise Wrong(at, advice.PROGRESS)
        return step_g

    def weight_g(self, number: str, unit: str | None, at: int) -> int:
        """Whole grams; without a unit the number is in the studio's."""
        if unit is None and "," in number:
            raise Wrong(at, advice.bare_comma(number, self.unit))
        return amounts.weight(number, (unit or self.unit.value).lower(), at)


def _group(count: _Count, details: _Details, per_side: bool, is_warmup: bool) -> SetGroup:
    return SetGroup(
        sets=count.sets,
        reps_min=count.reps_min,
        reps_max=count.reps_max,
        amrap=count.amrap,
        load=details.load or OPEN,
        rpe=details.rpe,
        seconds=details.seconds,
        meters=details.meters,
        per_side=per_side,
        tempo=details.tempo,
        is_warmup=is_warmup,
        is_skipped=details.is_skipped,
    )


def _listed_counts(listed: re.Match[str]) -> list[_Count]:
    """The counts of `5,5,4+`: equal neighbours become one, a last one with + making it `amrap`."""
    counts: list[_Count] = []
    pieces = list(_LISTED.finditer(listed.string, listed.start(), listed.end()))
    if len(pieces) > MOST_SETS:
        raise Wrong(listed.start(), f"{len(pieces)} sets; a group of sets has at most {MOST_SETS}")
    for piece in pieces:
        reps = amounts.rep_count(piece[1], piece.start())
        last = counts[-1] if counts else None
        if last and last.reps_min == reps and not last.amrap:
            last.sets, last.amrap = last.sets + 1, bool(piece[2])
        else:
            counts.append(_Count(1, reps, reps, bool(piece[2])))
    return counts


# Each takes one detail of a group, and refuses what the group already has.


def _take_measure(details: _Details, found: re.Match[str], reader: _Reader) -> None:
    """A clock time, or a number with its unit: a time, a length or a load."""
    unit = "s" if found["clock"] else found["unit"].lower()
    if unit in SECONDS:
        _refuse_second(found, "time", details.seconds)
        details.seconds = _duration(found)
    elif unit in METERS:
        _refuse_second(found, "distance", details.meters)
        details.meters = amounts.length(found["number"], unit, found.start())
    elif found.re is _AMOUNT:
        raise Wrong(found.start(), advice.load_first(found[0]))
    else:
        _take_load(details, found, _weight_or_percent(found, unit, reader))


def _weight_or_percent(found: re.Match[str], unit: str, reader: _Reader) -> Load:
    if unit == "%":
        return Load(LoadKind.PERCENT, percent=amounts.percent(found["number"], found.start()))
    return Load(LoadKind.WEIGHT, reader.weight_g(found["number"], unit, found.start()))


def _take_bare(details: _Details, found: re.Match[str], reader: _Reader) -> None:
    weight_g = reader.weight_g(found["bare"], None, found.start())
    _take_load(details, found, Load(LoadKind.WEIGHT, weight_g))


def _take_bodyweight(details: _Details, found: re.Match[str], reader: _Reader) -> None:
    added_g = (
        reader.weight_g(found["added"], found["added_unit"], found.start("added")) if found["sign"] else 0
    )
    _take_load(details, found, Load(LoadKind.BODYWEIGHT, -added_g if found["sign"] == "-" else added_g))


def _take_load(details: _Details, found: re.Match[str], load: Load) -> None:
    _refuse_second(found, "load", details.load)
    details.load = load


def _take_rpe(details: _Details, found: re.Match[str], _reader: _Reader) -> None:
    _refuse_second(found, "RPE", details.rpe)
    details.rpe = amounts.effort(found["rpe_value"], found.start())


def _take_rir(details: _Details, found: re.Match[str], _reader: _Reader) -> None:
    _refuse_second(found, "RPE", details.rpe)
    details.rpe = amounts.reps_in_reserve(found["rir_value"], found.start())


def _take_tempo(details: _Details, found: re.Match[str], _reader: _Reader) -> None:
    _refuse_second(found, "tempo", details.tempo)
    if len(found["tempo_value"]) > _LONGEST_TEMPO:
        raise Wrong(found.start("tempo_value"), advice.TEMPO)
    details.tempo = found["tempo_value"]


def _take_skip(details: _Details, found: re.Match[str], reader: _Reader) -> None:
    if reader.planned:
        raise Wrong(found.start(), "skip stands in a log, for what was planned and not done")
    details.is_skipped = True


_TAKERS: dict[str, Callable[[_Details, re.Match[str], _Reader], None]] = {
    "rpe": _take_rpe,
    "rir": _take_rir,
    "clock": _take_measure,
    "measure": _take_measure,
    "bare": _take_bare,
    "bodyweight": _take_bodyweight,
    "tempo": _take_tempo,
    "skip": _take_skip,
}


def _refuse_second(found: re.Match[str], what: str, first: object) -> None:
    if first is not None:
        raise Wrong(found.start(), advice.second(found[0], what))


def _duration(found: re.Match[str]) -> int:
    if found["clock"]:
        return amounts.clock_time(found["clock"], found.start())
    return amounts.duration(found["number"], found["unit"].lower(), found.start())
