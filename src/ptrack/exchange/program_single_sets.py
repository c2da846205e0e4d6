"""Columns that hold one set each, `Set 1`, `Set 2`: what their cells prescribe together.

`5x100` under such a header is one set of five at a hundred, where under others it is five sets. What may be
either is refused with both.
"""

import re
from collections.abc import Mapping

from ptrack.exchange.program_cells import Prescribed, Unread, plain, read_cell, rewritten
from ptrack.exchange.program_rows import Failed
from ptrack.exchange.program_sheets import Cell
from ptrack.exchange.program_words import ONE_SET
from ptrack.vocabulary import Unit

_LOADED = re.compile(r"(\d{1,3})\s*x\s*(\d+(?:[.,]\d+)?)\s*(kg|lb)?", re.IGNORECASE)
_BARE = re.compile(r"\d+(?:\s*-\s*\d+)?\+?")
_MOST_REPS = 30
"""More than these are taken for a load."""


def as_read(cells: Mapping[str, Cell], unit: Unit) -> dict[str, Cell] | Failed:
    """The cells with the columns of single sets, or reps that hold a whole prescription, as one."""
    found = dict(cells)
    single = {role: found.pop(role) for role in _single_sets(cells)}
    told: list[str] = []
    for role, cell in single.items():
        one = _one_set(cell.text, unit)
        if isinstance(one, Unread):
            return Failed(role, one)
        told.append(one)
    if single:
        found["prescription"] = next(iter(single.values()))._replace(text="\n".join(told))
    reps = found.get("reps")
    if reps is not None and "sets" not in found and re.search(r"\d\s*[x×]\s*\d", reps.text):  # noqa: RUF001
        found["prescription"] = found.pop("reps")
    return found


def _single_sets(cells: Mapping[str, Cell]) -> list[str]:
    """The columns that hold one set each, in the order of their numbers."""
    return sorted(
        (role for role in cells if role.startswith(ONE_SET)), key=lambda role: int(role.removeprefix(ONE_SET))
    )


def _one_set(text: str, unit: Unit) -> str | Unread:
    """The one set that a cell tells of; anything else is refused."""
    loose = rewritten(plain(text))
    if _BARE.fullmatch(loose):
        return loose
    if found := _LOADED.fullmatch(loose):
        return _loaded(int(found[1]), found[2], found[3], unit)
    read = read_cell(text, unit)
    if isinstance(read, Prescribed) and sum(group.sets for group in read.groups) > 1:
        once = re.sub(r"^\d+x", "1x", loose)
        return Unread("the column holds one set", once if once.startswith("1x") else "1x5 100kg")
    return read if isinstance(read, Unread) else text


def _loaded(reps: int, load: str, named: str | None, unit: Unit) -> str | Unread:
    """`5x100`: reps and load, where one of them can be nothing else."""
    value = float(load.replace(",", "."))
    if reps <= _MOST_REPS and (named or value > _MOST_REPS or not value.is_integer()):
        return f"1x{reps} {load}{named or unit.value}"
    if reps == 1:
        return f"1x{load}"
    as_load = f"1x{reps} {load}{unit.value}"
    turned = f"1x{load} {reps}{unit.value}"
    if reps > _MOST_REPS:
        return Unread("the load stands before the reps", turned)
    return Unread(f"{reps}x{load} may be reps and load, or sets and reps", f"{as_load} or {turned}")
