"""What the columns of a row prescribe together: sets, reps, load and the rest, put together as notation."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from ptrack.exchange.program_cells import (
    MOST_SETS,
    Prescribed,
    Unread,
    dated,
    plain,
    read_cell,
    rewritten,
)
from ptrack.exchange.program_sheets import Cell
from ptrack.exchange.program_words import is_resting
from ptrack.naming import clean, fold
from ptrack.notation.measures import MOST_SETS as LIMIT
from ptrack.vocabulary import Unit

PRESCRIBING = ("prescription", "reps", "reps_min", "sets", "time", "seconds", "distance", "meters")
"""The columns without one of which a row prescribes nothing, the most telling first."""

LOADS = ("load", "load_kg", "load_lb", "percent")

_WORKED_OUT = frozenset((*PRESCRIBING, *LOADS, "rpe", "rir", "tempo", "rest"))
"""The columns of which a spreadsheet may make dates, or work out formulas."""

_ANY_SETS = "1x5"
_EXAMPLES = {
    **dict.fromkeys(("load", "load_kg", "load_lb", "bodyweight"), "60 or bw+10kg"),
    "percent": "75%",
    "rpe": "8",
    "rir": "2",
    "tempo": "3-1-1-0",
    **dict.fromkeys(("rest", "rest_seconds", "rest_minutes"), "90s"),
    "progression": "+2.5kg",
}
"""What could be written into a column of which nothing nearer can be told."""

_YES = frozenset({"yes", "true", "1", "x", "y", "ja", "oui", "si", "w", "wahr", "vrai"})
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_SETS = re.compile(r"(\d{1,3})(?:\s*x|\s*s[eä]a?e?tze?|\s*sets?|\s*series|\s*séries)?", re.IGNORECASE)
_RANGE = re.compile(r"(\d+(?:[.,]\d+)?)\s*-\s*(\d+(?:[.,]\d+)?)")
_LIST = re.compile(r"\d{1,4}\+?(?:\s*[,/]\s*\d{1,4}\+?)+")
_BODYWEIGHT = re.compile(r"(?:bw|bodyweight|body weight|kg korpergewicht|korpergewicht|eigengewicht)")
_TEMPO = re.compile(r"[\dx]+(?:-[\dx]+)*", re.IGNORECASE)
_SHORTEST_REST, _LONGEST_MINUTES = 15, 10
_LARGEST_SHARE = 1.5


class Failed(NamedTuple):
    """Which column cannot be read, and why."""

    role: str
    unread: Unread


class _Wrong(Exception):  # noqa: N818  it never leaves this file
    def __init__(self, role: str, reason: str, instead: str) -> None:
        super().__init__(reason)
        self.failed = Failed(role, Unread(reason, instead))


def prescribed(cells: Mapping[str, Cell], unit: Unit, usual: Prescribed | None) -> Prescribed | Failed:
    """What the cells of a row prescribe, by role; `usual` where none of them tells of sets."""
    told = {role: cell for role, cell in cells.items() if cell.text}
    try:
        return _prescribed(told, _unit_of(told, unit), usual)
    except _Wrong as wrong:
        return wrong.failed


def _unit_of(cells: Mapping[str, Cell], unit: Unit) -> Unit:
    said = fold(cells["unit"].text).rstrip("s.") if "unit" in cells else ""
    if not said:
        return unit
    if said in ("kg", "kilo", "kilogram"):
        return Unit.KG
    if said in ("lb", "pound"):
        return Unit.LB
    raise _Wrong("unit", "the unit of a load is kg or lb", "kg or lb")


def _prescribed(cells: Mapping[str, Cell], unit: Unit, usual: Prescribed | None) -> Prescribed:
    _refuse_dates(cells)
    notes: list[str] = []
    details = [*_details(cells, unit, notes)]
    role, base = _base(cells)
    if base is None:
        if usual is None:
            raise _Wrong(
                "exercise", "sets are missing", "3x8-12 beside it, or for all of them: --sets 3x8-12"
            )
        return _noted(usual, notes)
    warmup = "w " if _says_yes(cells, "warmup") else ""
    text = " ".join([warmup + base, *(detail for _, detail in details)]).strip()
    is_loose = role == "prescription" and "line" not in cells
    found = read_cell(text, unit, MOST_SETS if is_loose else LIMIT)
    if isinstance(found, Unread):
        raise _blamed(base, details, unit) or _Wrong(role, *found)
    return _noted(found, notes)


def _blamed(base: str, details: list[tuple[str, str]], unit: Unit) -> _Wrong | None:
    """The column that cannot be read by itself; None where only what they say together cannot."""
    if isinstance(read_cell(base, unit, LIMIT), Unread):
        return None
    for beside, detail in details:
        found = read_cell(f"{_ANY_SETS} {detail}", unit)
        if isinstance(found, Unread):
            options = [one.removeprefix(_ANY_SETS).strip(" @") for one in found.instead.split(" or ")]
            return _Wrong(beside, found.reason, " or ".join(filter(None, options)) or _EXAMPLES[beside])
    return None


def _noted(found: Prescribed, notes: list[str]) -> Prescribed:
    """With what the other columns say beside it."""
    said = [one for one in (found.note, *notes) if one]
    return found._replace(note=", ".join(said) or None)


def _refuse_dates(cells: Mapping[str, Cell]) -> None:
    """Refuse what a spreadsheet made of a text, and formulas of which it kept no value."""
    for role, cell in cells.items():
        if cell.text.startswith("=") and role in _WORKED_OUT:
            raise _Wrong(role, "a formula is not worked out here", "what it comes to")
        if cell.day_month and role in _WORKED_OUT:
            raise _Wrong(role, *dated(*cell.day_month))


def _says_yes(cells: Mapping[str, Cell], role: str) -> bool:
    return role in cells and fold(cells[role].text) in _YES


def _base(cells: Mapping[str, Cell]) -> tuple[str, str | None]:
    """Sets and reps, or what there is in their place, with the column that tells it; None for nothing."""
    if "prescription" in cells:
        return "prescription", cells["prescription"].text
    side = "/side" if _says_yes(cells, "side") else ""
    sets, reps = _sets(cells), _reps(cells)
    amounts = [_time(cells, role) for role in ("meters", "distance", "seconds", "time") if role in cells]
    if reps is not None and re.search(r"\dx\d", reps):
        return "reps", reps + side
    if reps is None and not amounts:
        if sets is None:
            return "", None
        raise _Wrong("sets", "reps are missing", f"{sets}x8-12")
    first, *others = ([reps] if reps is not None else []) + amounts
    role = (
        "reps" if reps is not None else next(one for one in PRESCRIBING[2:] if one in cells and one != "sets")
    )
    if reps is not None and _LIST.fullmatch(reps):
        return role, " ".join([_listed(reps, sets) + side, *others])
    if sets is None:
        raise _Wrong(role, "the number of sets is missing", f"3x{first}")
    return role, " ".join([f"{sets}x{first}{side}", *others])


def _listed(reps: str, sets: int | None) -> str:
    """`12,10,8` for three sets; a list of another length than the sets leaves open which is right."""
    each = re.split(r"\s*[,/]\s*", reps)
    if sets is not None and len(each) != sets:
        raise _Wrong("reps", f"{len(each)} numbers of reps for {sets} sets", ",".join(each))
    return ",".join(each)


def _sets(cells: Mapping[str, Cell]) -> int | None:
    if "sets" not in cells:
        return None
    text = plain(cells["sets"].text)
    found = _SETS.fullmatch(text)
    if found:
        return int(found[1])
    spread = _RANGE.fullmatch(text)
    if spread:
        raise _Wrong("sets", f"{text} sets: a plan has one number of sets", f"{spread[1]} or {spread[2]}")
    raise _Wrong("sets", "the number of sets is expected", "3")


def _reps(cells: Mapping[str, Cell]) -> str | None:
    if "reps_min" in cells:
        low = cells["reps_min"].text
        high = cells["reps_max"].text if "reps_max" in cells else low
        plus = "+" if _says_yes(cells, "amrap") else ""
        return f"{low}-{high}{plus}" if high != low else f"{low}{plus}"
    if "reps" not in cells:
        return None
    text = plain(cells["reps"].text)
    if fold(text) in ("amrap", "max", "failure", "to failure", "max reps", "bis versagen"):
        return "amrap"
    return re.sub(r"\s*-\s*", "-", rewritten(text))


def _time(cells: Mapping[str, Cell], role: str) -> str:
    """A time or a distance; a number alone is in the unit that its column names."""
    text = rewritten(plain(cells[role].text))
    unit = {"seconds": "s", "meters": "m"}.get(role, "")
    if _NUMBER.fullmatch(text):
        if not unit:
            raise _Wrong(
                role, "the unit is missing", f"{text}s or {text}min" if role == "time" else f"{text}m"
            )
        return text + unit
    return text


def _details(cells: Mapping[str, Cell], unit: Unit, notes: list[str]) -> list[tuple[str, str]]:
    """Load, effort, tempo, rest and progression as notation, each with its column.

    What notation has no place for goes to the notes.
    """
    load = next((role for role in ("load_kg", "load_lb", "percent", "load") if role in cells), "bodyweight")
    rest = next((role for role in ("rest_seconds", "rest_minutes", "rest") if role in cells), "rest")
    found = [
        (load, _load(cells, unit, notes)),
        ("rpe" if "rpe" in cells else "rir", _effort(cells, notes)),
        ("tempo", _tempo(cells, notes)),
        (rest, _rest(cells, notes)),
        ("progression", _progression(cells, notes)),
    ]
    if "notes" in cells and (said := clean(cells["notes"].text)):
        notes.append(said)
    return [(role, one) for role, one in found if one]


def _load(cells: Mapping[str, Cell], unit: Unit, notes: list[str]) -> str:
    if "load_kg" in cells or "load_lb" in cells:
        role = "load_kg" if "load_kg" in cells else "load_lb"
        return _weight(cells, role, role[-2:], notes)
    if "percent" in cells:
        return _percent(cells)
    return _weight(cells, "load", unit.value, notes) if "load" in cells else _bodyweight(cells, "", "")


def _bodyweight(cells: Mapping[str, Cell], number: str, unit: str) -> str:
    """`bw`, with what is added to it or taken off, where the column for that says so."""
    if not _says_yes(cells, "bodyweight"):
        return f"{number}{unit}"
    if number in ("", "0"):
        return "bw"
    return f"bw{number}{unit}" if number.startswith("-") else f"bw+{number}{unit}"


def _weight(cells: Mapping[str, Cell], role: str, unit: str, notes: list[str]) -> str:
    text = plain(cells[role].text).strip("@ ")
    if re.fullmatch(r"-?\d+(?:[.,]\d+)?", text):
        return _bodyweight(cells, text, unit)
    if not any(map(str.isdigit, text)):
        if _BODYWEIGHT.fullmatch(fold(text)):
            return "bw"
        if not is_resting(text):
            notes.append(text)
        return ""
    loose = rewritten(text)
    if (spread := _RANGE.fullmatch(loose)) is not None:
        raise _Wrong(role, "a load has no range", f"{spread[1]}{unit} or {spread[2]}{unit}")
    return loose


def _percent(cells: Mapping[str, Cell]) -> str:
    text = rewritten(plain(cells["percent"].text)).rstrip("% ")
    if (spread := _RANGE.fullmatch(text.replace("%", ""))) is not None:
        raise _Wrong("percent", "a load has no range", f"{spread[1]}% or {spread[2]}%")
    if not _NUMBER.fullmatch(text):
        raise _Wrong("percent", "a percentage of the e1RM is expected", "75%")
    value = float(text.replace(",", "."))
    is_share = value <= _LARGEST_SHARE and "%" not in cells["percent"].text and "line" not in cells
    return f"{round(value * 100, 2):g}%" if is_share else f"{text}%"


def _effort(cells: Mapping[str, Cell], notes: list[str]) -> str:
    role = "rpe" if "rpe" in cells else "rir"
    if role not in cells:
        return ""
    text = plain(cells[role].text)
    number = re.sub(r"(?i)^(?:@|rpe|rir)\s*|\s*(?:rpe|rir)$", "", text).strip()
    word = "rir" if "rir" in text.lower() or role == "rir" else "@"
    if _NUMBER.fullmatch(number):
        return f"{word}{number}"
    if not is_resting(text):
        notes.append(text if "r" in text.lower() else f"{'RPE' if word == '@' else 'RIR'} {number}")
    return ""


def _tempo(cells: Mapping[str, Cell], notes: list[str]) -> str:
    if "tempo" not in cells:
        return ""
    text = re.sub(r"\s*[/:.,]\s*|\s+", "-", plain(cells["tempo"].text))
    if _TEMPO.fullmatch(text) and any(map(str.isdigit, text)) and len(text) <= 12:  # noqa: PLR2004  the notation's
        return f"tempo {text}"
    if not is_resting(text):
        notes.append(f"tempo {plain(cells['tempo'].text)}")
    return ""


def _rest(cells: Mapping[str, Cell], notes: list[str]) -> str:
    role = next((one for one in ("rest_seconds", "rest_minutes", "rest") if one in cells), None)
    if role is None:
        return ""
    text = rewritten(plain(cells[role].text))
    if is_resting(text):
        return ""
    if _NUMBER.fullmatch(text):
        return f"rest {text}{_rest_unit(role, float(text.replace(',', '.')))}" if text.strip("0.,") else ""
    if _RANGE.match(text) or not any(map(str.isdigit, text)):
        notes.append(text if text.lower().startswith("rest") else f"rest {text}")
        return ""
    return text if text.startswith("rest") else f"rest {text}"


def _rest_unit(role: str, value: float) -> str:
    """Seconds or minutes: nobody rests for three seconds, or for ninety minutes."""
    if role != "rest":
        return "s" if role == "rest_seconds" else "min"
    if _LONGEST_MINUTES < value < _SHORTEST_REST:
        raise _Wrong("rest", "the unit is missing", f"{value:g}s or {value:g}min")
    return "s" if value >= _SHORTEST_REST else "min"


def _progression(cells: Mapping[str, Cell], notes: list[str]) -> str:
    if "progression" not in cells:
        return ""
    text = plain(cells["progression"].text).removeprefix("progress").strip()
    if re.fullmatch(r"(?i)(?:double)?\s*(?:\+\s*\d+(?:[.,]\d+)?\s*(?:kg|lbs?)?)?", text) and text:
        return f"progress {text}"
    if not is_resting(text):
        notes.append(text)
    return ""
