"""Commas in numbers: whether `1,125` is over a thousand or hardly over one, as the file as a whole tells."""

import re
from collections.abc import Mapping, Sequence

from ptrack.exchange.amounts import either_way
from ptrack.exchange.program_cells import Unread
from ptrack.exchange.program_headers import Header
from ptrack.exchange.program_rows import LOADS, Failed
from ptrack.exchange.program_sheets import Cell, SheetRow
from ptrack.exchange.program_words import ONE_SET

_MEASURED = frozenset(("prescription", "cell", *LOADS, "distance", "meters", "time", "seconds"))
"""The columns in which a number may be as large as a thousand."""

_LOAD = re.compile(r"(?<![\d.,])\d+,\d{1,2}\s*(?:kg|lb|%)", re.IGNORECASE)
_DECIMALS = re.compile(r"[-+]?\d+,\d{1,2}")


def open_comma(cells: Mapping[str, Cell]) -> Failed | None:
    """The cell of which nobody can tell whether its comma parts thousands or decimals, if there is one."""
    if "line" in cells:
        return None  # our own language, in which a comma parts decimals
    for role, cell in cells.items():
        if role in _MEASURED or role.startswith(ONE_SET):
            unread = open_comma_in(cell.text)
            if unread is not None:
                return Failed(role, unread)
    return None


def open_comma_in(text: str) -> Unread | None:
    """Why a text with such a number cannot be read; None where it has none."""
    ways = either_way(text)
    if ways is None:
        return None
    written = re.sub(r"\s+", " ", text.strip())
    number = re.search(r"[1-9]\d{0,2},\d{3}", written)
    options = [written.replace(number[0], way, 1) for way in ways] if number else ways
    return Unread("the comma may part thousands or decimals", " or ".join(options))


def says_decimal_commas(rows: Sequence[SheetRow]) -> bool:
    """Whether some load with its unit has a comma that can part nothing but decimals: `72,5 kg`."""
    return any(_LOAD.search(cell.text) for row in rows for cell in row.cells.values())


def has_comma_loads(rows: Sequence[SheetRow], header: Header) -> bool:
    """Whether a number in a column of loads has such a comma."""
    loads = {*LOADS, "cell"} if {"sets", "reps"} <= header.shared.keys() else LOADS
    columns = {
        column
        for known in (header.shared, *(group.columns for group in header.groups))
        for role, column in known.items()
        if role in loads
    }
    cells = (row.cells[column] for row in rows for column in columns & row.cells.keys())
    return any(_DECIMALS.fullmatch(cell.text) for cell in cells)
