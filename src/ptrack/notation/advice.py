"""What to say of a piece that no rule of the notation takes: what it seems to be, and how that is written.

Reached only once something is wrong, so the patterns here are compiled when they are first needed.
"""

import re
from functools import cache

from ptrack.notation.mistakes import Wrong, quoted
from ptrack.vocabulary import Unit

LOADS = "a load is 100kg, 225lb, 75% or bw"
SETS = "sets are written 3x5, 3x8-12, 5,5,4, 3x45s or 1x2000m"
COMMA = "a comma between groups is followed by a space: 3x5, 1x10; a list is of reps alone: 5,5,4"
TAIL = "rest and progress stand at the end of the line, after all sets and what belongs to them"
REST = "a time to rest is expected: rest 90s, rest 2min or rest 1:30"
PROGRESS = "how the load goes up is expected: progress +2.5kg or progress double"
TEMPO = "a tempo is expected: tempo 3-1-1-0"
_DETAILS = f"{LOADS}; @8, tempo 3-1-1-0, rest 90s and progress +2.5kg may follow, and a # note"

_WORD = r"[^\s,]++"

# What may stand where sets should: pattern, the group the caret goes under, the sentence.
_ON_SETS = (
    (r"()(?:,|\Z)", f"sets are missing; {SETS}"),
    (r"\d+\s*([*])", "sets and reps are joined by x: 3x5"),
    (r"(x)\s*\d", "the number of sets is missing before x: 3x5"),
    (r"\d+\s*x\s*()(?:amrap|max)", "as many reps as possible are written with a +: 3x5+, or 3x1+"),
    (r"\d+\s*x\s*()(?:[,\s]|\Z|@|bw)", "reps are missing after x: 3x5"),
    (r"\d+\s*x\s*()-", "reps are whole numbers from 1 on: 3x5"),
    (r"()(?:@|bw|rir|tempo|rest\b|progress\b|[+-]\s*\d)", f"sets come first; {SETS}"),
    (r"\d+\s*x\s*(\S)", f"reps, a time or a distance are expected after x; {SETS}"),
)

# The same for what may follow sets.
_ON_DETAIL = (
    (r"(@)\s*[\d.,]+\s*(?:kg|lbs?|%)", "@ is RPE; a load stands without it: 3x5 100kg"),
    (r"@\s*\d+(),\d+\s*x", COMMA),
    (r"(@)", "after @ comes an RPE from 1 to 10: @8 or @8.5"),
    (r"(rpe)", "RPE is written @8"),
    (r"(rir)", "reps in reserve are written rir2"),
    (r"()\d+(?:[.,]\d+)?\s*x\s*\d", "a new group of sets follows a comma and a space: 3x5 100kg, 1x10 80kg"),
    (r"\d+\s*([*])", "a new group of sets follows a comma and a space, joined by x: 3x5, 1x10"),
    (r"([*])", "sets and reps are joined by x: 3x5"),
    (r"()[+-]\s*\d", "added weight is written bw+10kg, assistance bw-20kg"),
    (r"(tempo)", TEMPO),
    (r"(/)", "reps on each side are written 3x10/side"),
    (r"()w(?:[\s,]|\Z)", "w stands before its sets: w 2x5 60kg, 3x5 100kg"),
    (r"()\d+\s*-\s*\d", f"a range of reps is written 3x8-12; {LOADS}"),
)


def on_sets(text: str, at: int, end: int) -> Wrong:
    """What is wrong where a group of sets should begin."""
    return _recognised(_ON_SETS, text, at, end) or Wrong(at, f"{_piece(text, at, end)} is no set; {SETS}")


def on_boundary(text: str, at: int, end: int) -> Wrong:
    """What is wrong right behind sets, where a space, a comma or the end should be."""
    piece = _piece(text, at, end)
    if text[at - 1] == "+":
        return Wrong(at, "behind the + of 3x5+ comes a space; added weight is written bw+10kg")
    if re.match(r"[*x]", piece, re.IGNORECASE):
        return Wrong(at, "sets and reps are joined by one x: 3x5")
    if piece.startswith("/"):
        return Wrong(at, "reps on each side are written 3x10/side")
    if piece.startswith((".", ":")):
        return Wrong(at, "reps are whole numbers, and a time is written 1:30 or 45s")
    if re.match(r"\W", piece):
        return Wrong(at, f"{piece} is not understood; {SETS}")
    return Wrong(at, f"{piece} is no unit; {SETS}")


def on_detail(text: str, at: int, end: int) -> Wrong:
    """What is wrong where a load, an effort or what else follows sets should be."""
    found = _recognised(_ON_DETAIL, text, at, end)
    if found:
        return found
    unit = _compiled(r"[\d.,]*\s*()[^\W\d_]").match(text, at, end)
    after_number = re.search(r"\s[\d.,]++\s++\Z", text[max(0, at - 20) : at])
    if unit and (unit.start(1) > at or after_number):
        return Wrong(unit.start(1), f"{_piece(text, unit.start(1), end)} is no unit; {LOADS}")
    return Wrong(at, f"{_piece(text, at, end)} is not understood; {_DETAILS}")


def check_range(amount: re.Match[str], low: int, high: int, *, planned: bool) -> None:
    """A range goes up, has no + behind it, and stands in a plan only.

    Raises: Wrong at the range.
    """
    at, written = amount.start(), quoted(amount["reps"])
    if not planned and low != high:
        raise Wrong(at, f"{written} is a range; a log writes the reps that were reached, such as 3x{high}")
    if low > high:
        raise Wrong(at, f"{written} goes down; a range is written 8-12")
    if amount["plus"]:
        raise Wrong(at, f"{written} is a range and a +; write 3x8-12 or 3x8+")


def load_first(text: str) -> str:
    """What to say of a load where sets should be."""
    return f"{quoted(text)} is a load; sets come before it: 3x5 {quoted(text)}"


def second(text: str, what: str) -> str:
    """What to say of a second load, time, RPE of one group."""
    return (
        f"{quoted(text)} is a second {what}; groups are parted by a comma and a space: 3x5 100kg, 1x10 80kg"
    )


def bare_comma(number: str, unit: Unit) -> str:
    """What to say of `62,5` without a unit."""
    point = quoted(number.replace(",", "."))
    return f"{quoted(number)} has a comma and no unit; write {point} or {quoted(number)}{unit.value}"


def _recognised(known: tuple[tuple[str, str], ...], text: str, at: int, end: int) -> Wrong | None:
    for pattern, sentence in known:
        found = _compiled(pattern).match(text, at, end)
        if found:
            return Wrong(found.start(1), sentence)
    return None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII | re.IGNORECASE)


def _piece(text: str, at: int, end: int) -> str:
    found = _compiled(_WORD).match(text, at, end)
    return quoted(found[0]) if found else quoted(text[at : at + 1])
