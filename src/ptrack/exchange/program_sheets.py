"""Tables as they come, from CSV or a workbook: rows of cells, each of which knows where it stands.

A workbook is looked at before it is opened: one that would unfold to more than a plan ever needs is refused,
and so is a table of more rows or columns. Formulas are not run; what they came to is read.
"""

import csv
import warnings
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, suppress
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from ptrack.errors import UnreadableError
from ptrack.exchange.text import MAX_FIELD, SEPARATORS, Broken, TextFile, look_over, rows
from ptrack.output.data import without_guard

MOST_ROWS = 20_000
MOST_COLUMNS = 400
MOST_SHEETS = 60
MOST_UNFOLDED = 64 << 20
MOST_PACKED = 16 << 20
MOST_RATIO = 200

_SAMPLED_LINES = 60
_LARGEST = 1e15
_BROKEN_WORKBOOK = (
    zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, OSError,
    EOFError, NotImplementedError, RuntimeError, OverflowError, zlib.error, zipfile.LargeZipFile,
)  # fmt: skip


class Place(NamedTuple):
    """Where a cell stands: the sheet's name (None in a text file), line and column, both from 1."""

    sheet: str | None
    line: int
    column: int

    @property
    def shown(self) -> str:
        """`Sheet 'Week 1', C7`, or `7:3` in a text file."""
        if self.sheet is None:
            return f"{self.line}:{self.column}"
        return f"Sheet '{self.sheet}', {letters(self.column)}{self.line}"


class Cell(NamedTuple):
    """A cell that is not empty; `day_month` are those of the date that a spreadsheet made of it."""

    text: str
    place: Place
    day_month: tuple[int, int] | None = None


Cells = dict[int, Cell]
"""A row's cells that are not empty, by column from 1."""


class SheetRow(NamedTuple):
    """One row; `broken` says why it is none."""

    line: int
    cells: Cells
    broken: str = ""


class Sheet(NamedTuple):
    """One table: its name, None for a text file's, and the rows that are not empty.

    `has_decimal_commas` says that 1,125 is little more than one, for the cells are parted by semicolons.
    """

    name: str | None
    rows: list[SheetRow]
    has_decimal_commas: bool = False


def letters(column: int) -> str:
    """What a spreadsheet calls a column: 1 is A, 27 is AA."""
    found = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def is_workbook(path: Path) -> bool:
    """Whether a file is a workbook, by its first bytes. Raises UnreadableError for what cannot be opened."""
    from ptrack.exchange.text import unreadable

    try:
        with path.open("rb") as stream:
            return stream.read(4) == b"PK\x03\x04"
    except OSError as error:
        raise unreadable(path, error) from error


def csv_sheet(path: Path) -> Sheet:
    """The table in a text file, whatever parts its cells. Raises UnreadableError."""
    file = look_over(path)
    separator = _separator(file)
    found: list[SheetRow] = []
    with file.open() as stream:
        for line, cells in rows(stream, file, separator):
            if isinstance(cells, Broken):
                found.append(SheetRow(line, {}, cells.reason))
            elif any(cell.strip() for cell in cells):
                found.append(_text_row(line, cells))
            if len(found) > MOST_ROWS:
                raise _too_large(path)
    return Sheet(None, found, has_decimal_commas=separator == ";")


def _text_row(line: int, cells: Sequence[str]) -> SheetRow:
    if len(cells) > MOST_COLUMNS and any(cell.strip() for cell in cells[MOST_COLUMNS:]):
        return SheetRow(line, {}, f"the row has over {MOST_COLUMNS} columns")
    return SheetRow(
        line,
        {
            column: Cell(without_guard(text.strip()), Place(None, line, column))
            for column, text in enumerate(cells[:MOST_COLUMNS], 1)
            if text.strip()
        },
    )


def _separator(file: TextFile) -> str:
    """What parts the cells: the sign by which most rows have equally many."""
    with file.open() as stream:
        lines = list(islice(iter(lambda: stream.readline(MAX_FIELD), ""), _SAMPLED_LINES))
    return max(SEPARATORS, key=lambda sign: _agreement(lines, sign))


def _agreement(lines: Sequence[str], separator: str) -> tuple[int, int]:
    """How many rows have as many cells as most have, and how many cells that is."""
    csv.field_size_limit(MAX_FIELD)
    counts: Counter[int] = Counter()
    with suppress(csv.Error):
        for row in csv.reader(lines, delimiter=separator):
            counts[len(row)] += len(row) > 1
    (most, times), *_ = counts.most_common(1) or [(0, 0)]
    return times, most


def workbook_sheets(path: Path) -> list[Sheet]:
    """The visible tables of a workbook that hold anything. Raises UnreadableError."""
    check_workbook(path)
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of fonts and validations that it doesn't know; we need neither
        try:
            with ExitStack() as stack:
                stream = stack.enter_context(path.open("rb"))  # by its name it would be refused, if odd
                values, formulas = (
                    stack.enter_context(
                        closing(load_workbook(stream, read_only=True, data_only=is_value, keep_links=False))
                    )
                    for is_value in (True, False)
                )
                found = _sheets(path, values, formulas)
        except UnreadableError:
            raise
        except (*_BROKEN_WORKBOOK, InvalidFileException) as error:
            raise UnreadableError(
                f"{path} is no workbook that can be read ({type(error).__name__}).\n"
                "Open and save it as .xlsx in your spreadsheet program, or export it as CSV."
            ) from error
    return [sheet for sheet in found if sheet.rows]


def _sheets(path: Path, values: Any, formulas: Any) -> list[Sheet]:
    """The visible sheets; where a formula's value was not kept, its text stands in its place."""
    shown = [sheet for sheet in values.worksheets if sheet.sheet_state == "visible"]
    _check_sheets(path, len(shown))
    return [Sheet(sheet.title, list(_sheet_rows(path, sheet, formulas))) for sheet in shown]


def _check_sheets(path: Path, count: int) -> None:
    if count > MOST_SHEETS:
        raise UnreadableError(f"{path} has over {MOST_SHEETS} sheets. Keep those of the plan.")


def check_workbook(path: Path) -> None:
    """Refuse a workbook that would unfold to more than a plan ever needs. Raises UnreadableError."""
    try:
        packed = path.stat().st_size
        with zipfile.ZipFile(path) as archive:
            unfolded = sum(entry.file_size for entry in archive.infolist())
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise UnreadableError(f"{path} is no workbook that can be read: it is damaged.") from error
    if packed > MOST_PACKED or unfolded > MOST_UNFOLDED or unfolded > (packed + 4096) * MOST_RATIO:
        raise UnreadableError(
            f"{path} would unfold to {unfolded:,} bytes, too much for a plan.\n"
            "Keep the plan's sheets only, or export them as CSV."
        )
    if "xl/workbook.xml" not in names and not any(name.endswith("workbook.xml") for name in names):
        raise UnreadableError(f"{path} is no .xlsx workbook. Save it as .xlsx, or export it as CSV.")


def _sheet_rows(path: Path, sheet: Any, formulas: Any) -> Iterator[SheetRow]:
    both = zip(_read(sheet), _read(formulas[sheet.title]), strict=False)
    for line, (row, written) in enumerate(both, 1):
        if line > MOST_ROWS:
            raise _too_large(path)
        cells: Cells = {}
        for column, (cell, formula) in enumerate(zip(row, written, strict=False), 1):
            kept = formula if cell.value is None else cell
            found = _cell(kept, Place(sheet.title, line, column)) if kept.value is not None else None
            if found is not None:
                cells[column] = found
        if cells:
            yield SheetRow(line, cells)


def _read(sheet: Any) -> Any:
    sheet.reset_dimensions()
    return sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS)


def _cell(cell: Any, place: Place) -> Cell | None:
    """A workbook's cell as text; a number as it is shown, where that is a percentage."""
    value = cell.value
    if isinstance(value, (date, datetime)):
        return Cell(f"{value.day}.{value.month}.", place, (value.day, value.month))
    if isinstance(value, time):
        return Cell(f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}", place)
    if isinstance(value, bool):
        return Cell("yes", place) if value else None
    if isinstance(value, (int, float)):
        is_percent = "%" in str(cell.number_format or "")
        return Cell(number_text(value * 100) + "%" if is_percent else number_text(value), place)
    text = str(value).strip()
    return Cell(text, place) if text else None


def number_text(value: float) -> str:
    """A number without needless decimals; spreadsheets keep 72.5 as 72.49999."""
    return f"{round(value, 4):.4f}".rstrip("0").rstrip(".") if abs(value) < _LARGEST else str(value)


def _too_large(path: Path) -> UnreadableError:
    return UnreadableError(
        f"{path} has rows past {MOST_ROWS:,}, more than a plan needs.\n"
        "Take out those that are empty, or split it, a program a file."
    )
