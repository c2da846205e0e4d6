"""Exercises in a table: what `export exercises` writes, and what a trainer makes of it."""

import re
from collections.abc import Iterator
from typing import Any

from ptrack.errors import UnreadableError
from ptrack.exchange.exercise_entries import Read, read_own
from ptrack.exchange.layouts import Format, Layout, recognise
from ptrack.exchange.sets import Wrong
from ptrack.exchange.text import Broken, TextFile, rows, telling
from ptrack.naming import fold
from ptrack.output.data import without_guard
from ptrack.output.progress import HowFar

COLUMNS = (
    "name", "category", "tracked", "equipment", "primary", "secondary", "aliases", "description",
    "video_url", "is_custom", "source", "licence",
)  # fmt: skip
LIST_COLUMNS = ("primary", "secondary", "aliases")
_OTHER_TITLES = {
    "name": ("Exercise", "Exercise Name", "Übung"), "primary": ("Muscles", "Primary Muscles"),
    "secondary": ("Secondary Muscles",), "aliases": ("Alias", "Other names"),
    "description": ("How", "Instructions"), "video_url": ("Video", "URL"), "licence": ("License",),
}  # fmt: skip
_WORDED = ("category", "tracked")

PTRACK = Format("ptrack", {name: (name, *_OTHER_TITLES.get(name, ())) for name in COLUMNS}, ("name",))

_CUT = re.compile(r"(?:[^|\\]|\\.)+")


def joined(words: list[str]) -> str:
    """Several texts in one cell: `chest|triceps`."""
    return "|".join(re.sub(r"([|\\])", r"\\\1", word) for word in words)


def separated(cell: str) -> list[str]:
    """The texts in a cell, as `joined` has put them together."""
    return [re.sub(r"\\(.)", r"\1", part).strip() for part in _CUT.findall(cell) if part.strip()]


class ExerciseTable:
    """The rows of one table."""

    def __init__(self, file: TextFile, progress: HowFar | None = None) -> None:
        self._file, self._progress = file, progress
        try:
            self._layout: Layout = recognise(file, (PTRACK,))
        except UnreadableError as error:
            raise UnreadableError(
                f"{file.path} has no line of titles with a column name.\n"
                "To see what such a table looks like: ptrack export exercises --custom"
            ) from error
        self.unknown = tuple(title for title in self._layout.unknown if fold(title) != "id")

    def __iter__(self) -> Iterator[tuple[int, Read]]:
        """Yield each row with its line."""
        header = list(self._layout.header)
        with self._file.open() as stream:
            found = rows(stream, self._file, self._layout.separator)
            for _, cells in found:
                if cells == header:
                    break
            for line, cells in telling(found, stream, self._file, self._progress):
                yield line, self._read(cells)

    def title_of(self, column: str) -> str:
        """What the table calls one of our columns."""
        return self._layout.title_of(column)

    def _read(self, cells: list[str] | Broken) -> Read:
        if isinstance(cells, Broken):
            return Read(Wrong("", cells.reason))
        if not any(cell.strip() for cell in cells):
            return Read(None, skipped="empty")
        if len(cells) < self._layout.width or any(cell.strip() for cell in cells[self._layout.width :]):
            return Read(Wrong("", f"the row has {len(cells)} cells, the header has {self._layout.width}"))
        return read_own(self._entry(cells))

    def _entry(self, cells: list[str]) -> dict[str, Any]:
        """The row as an entry of our JSON; a word that is left out is not told."""
        entry: dict[str, Any] = {}
        for column, place in self._layout.places.items():
            text = without_guard(cells[place])
            if column in LIST_COLUMNS:
                entry[column] = separated(text)
            elif column == "is_custom":
                entry[column] = {"true": True, "false": False}.get(fold(text))
            elif text.strip() or column not in _WORDED:
                entry[column] = text
        return entry
