"""What programs read: JSON and CSV of a document's raw values. Standard library only: it starts fast."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from math import isfinite
from typing import Any, TextIO

from ptrack.output.document import Document, Table

_DECIMALS = 6
_CSV_LINE_END = "\r\n"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def plain(value: Any) -> Any:
    """The value in the types that JSON knows.

    Instants become RFC 3339 with their offset, dates YYYY-MM-DD, enumerations their value, dataclasses
    objects; floats are rounded to six decimals, and what is no number is null. An instant without a zone is
    a TypeError.
    """
    if value is None or type(value) in {str, int, bool}:
        return value
    if isinstance(value, Mapping):
        return {_key(key): plain(item) for key, item in value.items()}
    if hasattr(value, "_fields"):
        return {name: plain(getattr(value, name)) for name in value._fields}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: plain(getattr(value, item.name)) for item in fields(value)}
    return _plain_single(value)


def _plain_single(value: Any) -> Any:
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, (float, Decimal)):
        return _number(value)
    if isinstance(value, datetime):
        return _instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    raise TypeError(f"{type(value).__name__} has no JSON form")


def _key(key: Any) -> str:
    return str(key.value if isinstance(key, Enum) else key)


def _number(value: float | Decimal) -> float | None:
    if not isfinite(value):
        return None
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    return round(float(value), _DECIMALS) + 0.0


def _instant(value: datetime) -> str:
    if value.tzinfo is None:
        raise TypeError(f"{value} is an instant without a zone")
    return value.isoformat(timespec="seconds")


def _rows(table: Table) -> list[dict[str, Any]]:
    columns = [column for column in table.columns if column.in_data]
    return [{column.key: plain(column.raw(row)) for column in columns} for row in table.rows]


def document_data(document: Document) -> Any:
    """What `--json` prints of a document, in plain values: its data, or else the rows of its listing."""
    if document.data is None and document.listing is not None:
        return _rows(document.listing)
    return plain(document.data)


def to_json(document: Document) -> str:
    """The document's data as JSON text that UTF-8 can always hold, indented by two."""
    return _json_text(document_data(document))


def error_to_json(
    code: str, message: str, candidates: Iterable[str], places: Iterable[tuple[int, int, str]] = ()
) -> str:
    """An error as the object that stands on standard output with `--json`.

    `places` are the mistakes of a text: line and column from 1, and what was expected there.
    """
    error: dict[str, Any] = {"code": code, "message": message, "candidates": list(candidates)}
    if mistakes := [{"line": line, "column": column, "message": told} for line, column, told in places]:
        error["mistakes"] = mistakes
    return _json_text({"error": error})


def _json_text(data: Any, indent: int | None = 2) -> str:
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, indent=indent)
    # A lone surrogate (a badly encoded argument) is written as its JSON escape.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def to_csv(table: Table, stream: TextIO) -> None:
    """Write a table's raw values as CSV (RFC 4180, LF line ends) under a row of keys; null is empty.

    Text that a spreadsheet would run as a formula gets an apostrophe before it. So does what looks as if it
    had one, so that `without_guard` gives back every text. Numbers stay numbers.
    """
    columns = [column for column in table.columns if column.in_data]
    writer = csv.writer(_LineFeeds(stream), lineterminator=_CSV_LINE_END)
    writer.writerow([column.key for column in columns])
    writer.writerows(_cells(plain(column.raw(row)) for column in columns) for row in table.rows)


class _LineFeeds:
    """Ends rows with a line feed; told to itself, the csv module leaves carriage returns bare before 3.13."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, row: str) -> None:
        """Pass on one row."""
        self._stream.write(row.removesuffix(_CSV_LINE_END) + "\n")


def _cells(values: Iterable[Any]) -> list[Any]:
    return [_cell(value) for value in values]


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dict, list)):
        value = _json_text(value, indent=None)
    if isinstance(value, str):
        text = value.encode("utf-8", "backslashreplace").decode("utf-8")
        return f"'{text}" if _is_guarded(text) else text
    return "" if value is None else value


def _is_guarded(text: str) -> bool:
    """Whether a text gets an apostrophe before it: a formula, or what would else pass for a guarded one."""
    return text.lstrip("'").startswith(_FORMULA_STARTS)


def without_guard(text: str) -> str:
    """A cell of our own CSV as it was before an apostrophe was put before what a spreadsheet would run."""
    return text[1:] if text.startswith("'") and _is_guarded(text) else text


def write_text(text: str, stream: TextIO) -> None:
    """Write data to a stream as UTF-8, whatever encoding the stream was opened with."""
    buffer = getattr(stream, "buffer", None)
    if buffer is None:
        stream.write(text)
        return
    stream.flush()
    buffer.write(text.encode("utf-8"))
    buffer.flush()


def write_data(document: Document, stream: TextIO) -> None:
    """Write the document as JSON with a line end: what `--json` does."""
    write_text(to_json(document) + "\n", stream)


def write_csv(table: Table, stream: TextIO) -> None:
    """Write the table as CSV in UTF-8: what `--csv` does."""
    text = io.StringIO(newline="")
    to_csv(table, text)
    write_text(text.getvalue(), stream)
