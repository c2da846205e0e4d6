"""What a trainer writes into a cell, as the notation: `4x6-10`, `3 x 10 each side`, `70%x5`, `5/3/1`.

Only what can mean one thing is converted. What may mean two, such as `2-3x10` or `20-30 sec`, is refused with
what could be written.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from ptrack.naming import clean
from ptrack.notation.model import Progression, SetGroup
from ptrack.notation.sets import read_sets
from ptrack.notation.statements import plain_signs
from ptrack.vocabulary import Unit

MOST_SETS = 20
"""Sixty sets of five are most likely five reps at sixty kilograms, so they are asked about."""

LONGEST_CELL = 1_000
_REMEMBERED = 2_048


class Prescribed(NamedTuple):
    """What a cell prescribes."""

    groups: tuple[SetGroup, ...]
    rest_seconds: int | None = None
    progression: Progression | None = None
    note: str | None = None


class Unread(NamedTuple):
    """Why a cell cannot be read, and what could be written in its place."""

    reason: str
    instead: str


_NUM = r"\d+(?:[.,]\d+)?"
_SIDE = (
    r"(?:/|\bper\b|\beach\b|\bea\.?(?=\s|$)|\be/|\bpro\b|\bje\b|\bpar\b|\bpor\b|\bcada\b|\bchaque\b)\s*"
    r"(?:sides?|s|legs?|arms?|seite|bein|arm|cote|côté|lado|jambe|bras|pierna|brazo|way|direction)?"
)
_REPS_WORD = r"(?:reps?\.?|repetitions?|wdh\.?|wiederholungen|wh|répétitions|repeticiones)"
_SETS_WORD = r"(?:sets?|s[äa]e?tze?|séries?|series|serien?)"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


# In this order: each rewrites one loose way into the notation's own.
_REWRITES: tuple[tuple[re.Pattern[str], str], ...] = (
    (_pattern(r"\s*/\s*(?=\d+\s*(?:%|kg|lb)\s*x\s*\d)"), ", "),
    (_pattern(r"\s+[+&]\s+(?=\d+\s*x\s*\d)"), ", "),
    (_pattern(rf"\(\s*({_SIDE})\s*\)"), r" \1"),
    (_pattern(r"(?<=\d)\s*[*х✕]\s*(?=\d)"), "x"),  # noqa: RUF001  a Cyrillic x is what some keyboards give
    (_pattern(r"(?<=\d)\s*(?:''|\"|″|”)"), "s"),
    (_pattern(r"(?<=\d)\s*(?:'|′|’)(?!\d)"), "min"),  # noqa: RUF001
    (
        _pattern(
            r"(?<=\d)\s*(?:seconds?|secs\b|secondes?|segundos?|sek(?:unden?)?\b|secs?\.|sek\.|seg\b)\.?"
        ),
        "s",
    ),
    (_pattern(r"(?<=\d)\s*(?:minutes?|mins\b|minuten?|minutos?|mins?\.)"), "min"),
    (_pattern(r"(?<=\d)\s*(?:kgs|kilos?|kilograms?|kg\.)(?![a-z])"), "kg"),
    (_pattern(r"(?<=\d)\s*(?:pounds?|lbs?\.)(?![a-z])"), "lb"),
    (_pattern(r"(?<=\d)\s*(?:meters?|metres?|mètres?|metros?)\b"), "m"),
    (_pattern(rf"(\d+)\s*{_SETS_WORD}\s*(?:(?:of|x|à|a|de|von|je|@|mit|[*])\s*)?(?=\d|amrap|max)"), r"\1x"),
    (_pattern(r"(?:@\s*)?\brpe\s*[:=]?\s*(?=\d)"), "@"),
    (_pattern(rf"({_NUM})\s*rpe\b"), r"@\1"),
    (_pattern(rf"({_NUM})\s*rir\b"), r"rir\1"),
    (_pattern(r"@\s*rir"), "rir"),
    (_pattern(rf"\s*@\s*({_NUM}\s*(?:%|kg|lb))"), r" \1"),
    (_pattern(r"\s*@\s*(bw\b|bodyweight\b)"), r" \1"),
    (_pattern(r"%\s*(?:of\s+)?(?:e?1\s?rm|rm|tm|max)\b"), "%"),
    (_pattern(r"\b(?:body\s?-?weight|körpergewicht|kg/kg|poids du corps|peso corporal)\b"), "bw"),
    (_pattern(rf"(?:\brest\b|\bpause\b|\brepos\b|\bdescanso\b)\s*:?\s*({_NUM}\s*(?:s|min)\b)"), r" rest \1"),
    (_pattern(rf"({_NUM}\s*(?:s|sec|min))\s*(?:rest|pause|repos|descanso)\b"), r" rest \1"),
    (_pattern(rf"(?<=\d)\s*{_REPS_WORD}(?![a-z])"), ""),
    (_pattern(rf"(?<=[\da-z+])\s*{_SIDE}(?=[\s,;@(]|$)"), "/side"),
    (_pattern(r"\s*x\s*(?=\d)"), "x"),
    (_pattern(r"(?<=\d)\s*x\s*(?:amrap|max|failure|versagen)\b"), "xamrap"),
)

_COUNTED_LOAD = _pattern(rf"(?<![\dx.,])({_NUM}\s*(?:%|kg|lb))\s*x\s*(\d+(?:-\d+)?\+?)(?!\s*x)(?=[\s,]|$)")
_SLASHED = re.compile(r"(\d{1,3}\+?)(?:/\d{1,3}\+?){2,}(?=\s|$)")
_ALL_AMRAP = _pattern(r"(?:(\d{1,2})x|(?<![a-z]))(?:amrap|max reps|to failure|bis versagen)(?![a-z])")
_AFTER = _pattern(r"(?<=\S)\s+#?\s*(\([^()\d]*\)|(?:[^\W\d][^\d]*)?\bzone \d[^\d]*|[^\W\d][^\d]*)$")

_UNIT_WORD = _pattern(
    r"(?:s|sec\w*|sek\w*|min\w*|m|met\w+|km|kilo\w*|kg|lbs?|pounds?|h|hours?|yd|yards?|mi|miles?|trips|laps|"
    r"rounds|lengths|steps|bahnen|runden|k?cal\w*|rpe|rir|x|sets?|watts?)\b"
)
"""What behind a number says what is counted, and is no note."""

_SET_RANGE = re.compile(r"^(\d+)\s*-\s*(\d+)\s*x\s*(.*)$")
_TIME_RANGE = re.compile(r"^(?:(\d+)x)?(\d+)\s*-\s*(\d+)\s*(s|sec|min|m|km|h)\b(.*)$")
_TRIPS = _pattern(
    r"^(\d{1,2})\s*(?:-\s*(\d{1,2})\s*)?x?\s*(trips|laps|rounds|lengths|steps|bahnen|runden)(/side)?$"
)
_EFFORT_RANGE = re.compile(rf"^(.*?)(@|rir)\s*({_NUM})\s*-\s*({_NUM})(.*)$")
_LOAD_RANGE = re.compile(rf"^(.*?)({_NUM})(?:-\s*|\s+-\s+)({_NUM})\s*(%|kg|lb)(.*)$")
_BESIDE = re.compile(rf"(?:([+-])\s*|(@)\s*)?({_NUM})\s*(kg|lb|%)?")
_BARE = re.compile(r"^\d+(?:\s*-\s*\d+)?\+?$")
_THREE = re.compile(r"^(\d+)x(\d+)x(\d+)$")
_LOADED = re.compile(rf"^(?:(\d{{1,2}})x)?({_NUM})\s*(kg|lb)?\s*x\s*([1-9]\d?)$")
_DATE = _pattern(
    r"^(?:(\d{1,2})[-. /]{1,2}(jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-z]*\.?|"
    r"(jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-z]*\.?[-. /]{1,2}(\d{1,2}))$"
)
_MONTHS = ("jan", "feb", "m", "apr", "ma", "jun", "jul", "aug", "sep", "o", "nov", "de")


def plain(text: str) -> str:
    """A cell's text without typographic signs, hidden characters and needless space."""
    return " ".join(clean(plain_signs(" ".join(text.split("\t")))).split())


@lru_cache(_REMEMBERED)
def read_cell(text: str, unit: Unit, most_sets: int = MOST_SETS) -> Prescribed | Unread:
    """What a cell prescribes, in the notation or in one of the loose ways; a line break parts groups.

    A load without a unit is in `unit`. More than `most_sets` sets are taken for a load, and asked about.
    """
    if len(text) > LONGEST_CELL:
        return Unread("the cell has over 1,000 characters", "one exercise a cell, such as 3x8-12 60kg")
    pieces = [piece for line in text.splitlines() if (piece := plain(line).strip(" ;,"))]
    joined = ", ".join(pieces)
    if _BARE.match(joined) or not joined:
        return _bare(joined)
    if joined.startswith("="):
        return Unread("a formula is not worked out here", "what it comes to, such as 3x5 100kg")
    loose = rewritten(joined)
    for reads in (_own, _with_note):
        for each in dict.fromkeys((joined, loose) if reads is _own else (loose,)):
            found = reads(each, unit)
            if found and all(group.sets <= most_sets for group in found.groups):
                return found
    return _refused(loose, unit, most_sets)


def rewritten(text: str) -> str:
    """The loose ways of a text in the notation's own words, as far as they are sure."""
    for pattern, instead in _REWRITES:
        text = pattern.sub(instead, text)
    text = _COUNTED_LOAD.sub(lambda found: f"1x{found[2]} {found[1].replace(' ', '')}", text)
    text = _SLASHED.sub(lambda found: found[0].replace("/", ","), text)
    text = _ALL_AMRAP.sub(_all_amrap, text)
    return " ".join(text.split())


def _all_amrap(found: re.Match[str]) -> str:
    """Sets of as many reps as possible, each of them; one is the least."""
    sets = max(int(found[1] or 1), 1)
    return ",".join(["1+"] * sets) if sets > 1 else "1x1+"


def _own(text: str, unit: Unit) -> Prescribed | None:
    """The text as notation; None where it is not."""
    body, _, note = text.partition("#")
    if _BARE.match(body.strip()):
        return None
    body, effort = _without_effort_range(body)
    found = read_sets(body, 0, len(body), unit=unit, planned=True)
    if found.wrongs or not found.groups:
        return None
    kept = ", ".join(part for part in (effort, clean(note)) if part)
    return Prescribed(tuple(found.groups), found.rest_seconds, found.progression, kept or None)


def _without_effort_range(text: str) -> tuple[str, str]:
    """The text, and what it says of an effort between two: the notation has one, so it becomes a note."""
    found = _EFFORT_RANGE.match(text)
    if found is None:
        return text, ""
    before, sign, low, high, rest = found.groups()
    return before + rest, f"{'RPE' if sign == '@' else 'RIR'} {low}-{high}"


def _with_note(text: str, unit: Unit) -> Prescribed | None:
    """The text with words behind it that hold no number, which become its note."""
    found = _AFTER.search(text)
    while found:
        read = _own(text[: found.start()].rstrip(" ,;-"), unit)
        if read is not None and not _UNIT_WORD.match(found[1]):
            notes = [one for one in (read.note, found[1].strip(" ()-#")) if one]
            return read._replace(note=", ".join(notes) or None)
        found = _AFTER.search(text, found.start() + 1)
    return None


def _bare(text: str) -> Unread:
    """A cell that is empty, or a number alone."""
    if not text:
        return Unread("sets are missing", "3x8-12")
    return Unread("a number alone may be sets, reps or a load", f"3x{text}" if text else "3x8")


def _refused(text: str, unit: Unit, most_sets: int) -> Unread:
    """Why a text cannot be read, and what would be."""
    known = (_date, _set_range, _time_range, _load_range, _swapped, _counted)
    for reads in known if most_sets > MOST_SETS else (*known, _loaded):
        found = reads(text)
        if found is not None:
            options = dict.fromkeys(_readable(one, unit) for one in found.instead.split(" or "))
            return found._replace(instead=" or ".join(options))
    sets = read_sets(text, 0, len(text), unit=unit, planned=True)
    if sets.wrongs:
        reason = sets.wrongs[0].message
        return Unread(reason, _example(text, unit))
    count = next((group.sets for group in sets.groups if group.sets > MOST_SETS), 0)
    return Unread(f"{count} sets may be a load of {count}", f"1x5 {count}{unit.value}")


def _readable(option: str, unit: Unit) -> str:
    """What could be written, mended further where it still could not be read."""
    if option.endswith("text") or not isinstance(found := read_cell(option, unit), Unread):
        return option
    return found.instead.split(" or ")[0]


def _example(text: str, unit: Unit) -> str:
    """Something near the text that can be read: its sets, with its load or effort where that can be told."""
    found = re.search(r"(?<![\d.,])(\d{1,2})\s*x\s*(\d{1,3}(?:-\d{1,3})?)(?!\d)", text)
    if found is None:
        return "3x8-12, 3x45s or 1x20min"
    sets = f"{found[1]}x{found[2]}"
    options = [f"{sets} {beside}" for beside in _beside(text[found.end() :], unit)]
    return " or ".join(one for one in options if _own(one, unit)) or sets


def _beside(text: str, unit: Unit) -> list[str]:
    """The loads or efforts that the first number behind the sets may stand for."""
    found = _BESIDE.search(text)
    if found is None:
        return []
    sign, at, number, named = found.groups()
    value = float(number.replace(",", "."))
    if sign:
        load = f"{number}{named or unit.value}"
        return [f"bw{sign}{load}", load] if sign == "+" else [f"bw-{load}"]
    if named or value > MOST_SETS:
        return [f"{number}{named or unit.value}"]
    return [f"@{int(value * 2) / 2:g}", f"@{int(value * 2 + 1) / 2:g}"] if at else []


def _set_range(text: str) -> Unread | None:
    found = _SET_RANGE.match(text)
    if found is None:
        return None
    low, high, rest = found.groups()
    one_of = f"{low}x{rest} or {high}x{rest}" if int(low) else f"{high}x{rest} # optional"
    return Unread(f"{low}-{high} sets: a plan has one number of sets", one_of)


def _time_range(text: str) -> Unread | None:
    found = _TIME_RANGE.match(text)
    if found is None:
        return None
    sets, low, high, unit, rest = found.groups()
    times, tail = (
        sets or "1",
        rest if rest.startswith("/side") else f" # {rest.strip()}" if rest.strip() else "",
    )
    one_of = f"{times}x{low}{unit}{tail} or {times}x{high}{unit}{tail}"
    what = "a distance" if unit in ("m", "km") else "a time"
    return Unread(f"{low}-{high}{unit}: {what} has no range", one_of)


def _counted(text: str) -> Unread | None:
    """`3 trips`, `2-3 laps/side`: what is no number of reps, and has no length either."""
    found = _TRIPS.match(text)
    if found is None:
        return None
    sets, high, word, side = found.groups()
    sets, side = high or sets, side or ""
    return Unread(f"{word} have no length", f"{sets}x20m{side} or {sets}x30s{side}")


def _load_range(text: str) -> Unread | None:
    found = _LOAD_RANGE.match(text)
    if found is None:
        return None
    before, low, high, unit, rest = found.groups()
    return Unread(
        f"{low}-{high}{unit}: a load has no range", f"{before}{low}{unit}{rest} or {before}{high}{unit}{rest}"
    )


def _swapped(text: str) -> Unread | None:
    found = _THREE.match(text)
    if found is None:
        return None
    first, second, third = found.groups()
    return Unread(
        "three numbers leave open which is the load",
        f"{first}x{second} {third}kg or {third}x{second} {first}kg",
    )


def _loaded(text: str) -> Unread | None:
    """`100x5` and `3x60kg x5`: the load stands before the reps."""
    found = _LOADED.match(text)
    if found is None:
        return None
    sets, load, unit, reps = found.groups()
    if not unit and float(load.replace(",", ".")) <= MOST_SETS:
        return None
    return Unread("the load stands before the reps", f"{sets or 1}x{reps} {load}{unit or 'kg'}")


def _date(text: str) -> Unread | None:
    """`8-Dec` and `Aug-12`: what a spreadsheet makes of 8-12."""
    found = _DATE.match(text)
    if found is None:
        return None
    day, word = int(found[1] or found[4]), (found[2] or found[3]).lower()
    month = (
        5
        if word in ("may", "mai")
        else 1 + next(number for number, name in enumerate(_MONTHS) if word.startswith(name))
    )
    return dated(day, month)


def dated(day: int, month: int) -> Unread:
    """What to say of a date where reps should be."""
    low, high = sorted((day, month))
    return Unread("the spreadsheet made a date of it", f"{low}-{high}, in a cell formatted as text")
