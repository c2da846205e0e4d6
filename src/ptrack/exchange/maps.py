"""Files that say which exercise of ours a foreign name means: two columns, theirs and ours."""

from pathlib import Path

from ptrack.errors import UnreadableError
from ptrack.exchange.text import SEPARATORS, Broken, first_lines, header_cells, look_over, rows
from ptrack.naming import clean, fold

_TITLES = ("theirs", "ours")


def read_map(path: Path) -> dict[str, str]:
    """Our name by theirs. A first row of titles is passed over, and so are rows without one of the two.

    Raises UnreadableError for what is no such file.
    """
    file = look_over(path)
    first = next(iter(first_lines(file)), "")
    separator = next((one for one in SEPARATORS if len(header_cells(first, one)) > 1), None)
    if separator is None:
        raise UnreadableError(f"{path} has no two columns. Each line says theirs,ours.")
    said: dict[str, str] = {}
    with file.open() as stream:
        for line, cells in rows(stream, file, separator):
            if isinstance(cells, Broken) or len(cells) < len(_TITLES):
                raise UnreadableError(f"{path}, line {line}: each line says theirs,ours.")
            theirs, ours = clean(cells[0]), clean(cells[1])
            if theirs and ours and (fold(theirs), fold(ours)) != _TITLES:
                said[theirs] = ours
    return said
