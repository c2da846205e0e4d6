"""What a format's columns are called, and which format a header is of."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import Any

from ptrack.errors import UnreadableError
from ptrack.exchange.sets import SetKind
from ptrack.exchange.text import SEPARATORS, TextFile, first_lines, header_cells
from ptrack.naming import clean, fold

SET_COLUMNS = (
    "kind", "reps", "weight", "weight_kg", "weight_lb", "weight_unit", "distance", "distance_km",
    "distance_mi", "distance_m", "distance_unit", "seconds", "rpe",
)  # fmt: skip
HEAD_COLUMNS = ("start", "title", "client")


@dataclass(frozen=True)
class Format:
    """One app's export: its columns under all the names they have been seen by, and how it tells of sets.

    `columns` maps our names to theirs, `needed` are those without which a file is not of this format,
    `kind_of` reads the word that tells warm-ups from working sets.
    """

    name: str
    columns: Mapping[str, Sequence[str]]
    needed: Sequence[str]
    kind_of: Callable[[str], SetKind] = field(repr=False, default=lambda _word: SetKind.WORKING)

    @cached_property
    def ours(self) -> dict[str, str]:
        """Our column by their folded name."""
        return {fold(theirs): ours for ours, names in self.columns.items() for theirs in names}

    def found_in(self, header: Sequence[str]) -> dict[str, int]:
        """Where our columns stand in a header; of two alike the first counts."""
        places: dict[str, int] = {}
        for place, cell in enumerate(header):
            ours = self.ours.get(fold(clean(cell)))
            if ours:
                places.setdefault(ours, place)
        return places

    def missing_in(self, places: Mapping[str, int]) -> list[str]:
        """Which needed columns are not there, by the first of their names."""
        return [self.columns[name][0] for name in self.needed if name not in places]


@dataclass(frozen=True)
class Layout:
    """A file's own order of columns: where ours stand, and what stands beside them unknown."""

    format: Format
    separator: str
    header: tuple[str, ...]
    places: Mapping[str, int]
    header_line: str

    @property
    def width(self) -> int:
        """How many cells a row has."""
        return len(self.header)

    @property
    def unknown(self) -> list[str]:
        """The columns that are passed over."""
        known = set(self.places.values())
        return [clean(cell) for place, cell in enumerate(self.header) if cell.strip() and place not in known]

    @property
    def set_columns(self) -> list[str]:
        """Our columns that tell of a set, that of its kind first, as far as the file has them."""
        return [name for name in SET_COLUMNS if name in self.places]

    def title_of(self, column: str) -> str:
        """What the file calls one of our columns."""
        return clean(self.header[self.places[column]]) if column in self.places else column

    def cell(self, name: str) -> Callable[[list[str]], str]:
        """A fast way to take one of our columns out of a row; empty where the file hasn't got it."""
        if name not in self.places:
            return lambda _row: ""
        taken: Any = itemgetter(self.places[name])
        return taken  # type: ignore[no-any-return]

    def mark(self, names: Sequence[str]) -> Callable[[list[str]], Hashable]:
        """A fast way to tell rows apart by those of our columns, of which the file has one at least."""
        taken: Any = itemgetter(*(self.places[name] for name in names if name in self.places))
        return taken  # type: ignore[no-any-return]

    def cells(self, names: Sequence[str]) -> Callable[[list[str]], tuple[str, ...]]:
        """A fast way to take those of our columns out of a row, as far as the file has them."""
        places = [self.places[name] for name in names if name in self.places]
        if len(places) == 1:
            (only,) = places
            return lambda row: (row[only],)
        taken: Any = itemgetter(*places)
        return taken  # type: ignore[no-any-return]


def recognise(file: TextFile, formats: Sequence[Format], forced: str | None = None) -> Layout:
    """Find out from its header which format a file is of, and where the columns stand.

    Raises UnreadableError where no format fits, or not the one that was said.
    """
    wanted = [one for one in formats if forced in (None, one.name)]
    found = [layout for line in first_lines(file) for layout in _layouts(line, wanted)]
    fitting = [layout for layout in found if not layout.format.missing_in(layout.places)]
    if fitting:
        return max(fitting, key=lambda layout: len(layout.places))
    raise _unknown(file, formats, max(found, key=lambda layout: len(layout.places), default=None), forced)


def _layouts(line: str, formats: Sequence[Format]) -> list[Layout]:
    """The line taken for a header, by every separator and format."""
    headers = [(separator, header_cells(line, separator)) for separator in SEPARATORS]
    return [
        Layout(one, separator, tuple(header), one.found_in(header), line)
        for separator, header in headers
        for one in formats
    ]


def _unknown(
    file: TextFile, formats: Sequence[Format], nearest: Layout | None, forced: str | None
) -> UnreadableError:
    names = ", ".join(one.name.capitalize() for one in formats)
    if nearest is None or (forced is None and len(nearest.places) < 3):  # noqa: PLR2004  chance hits
        return UnreadableError(
            f"{file.path} has no header that ptrack knows; it reads exports of {names}.\n"
            "Export it from the app anew, or say which it is with --format."
        )
    missing = ", ".join(nearest.format.missing_in(nearest.places))
    return UnreadableError(
        f"{file.path} looks like an export of {nearest.format.name.capitalize()}, "
        f"but has no column {missing}.\nExport it from the app anew."
    )
