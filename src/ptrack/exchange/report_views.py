"""What the reports on imported files have in common, on a page and for programs to read."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from ptrack.exchange.names import Unresolved
from ptrack.output.document import Column, Document, Hint, Lines, Part, Span, Style, Table, line

SHOWN_REJECTED = 20
SHOWN_NAMES = 20
EXERCISE_HINTS = (
    Hint("--create", "make custom exercises of them"),
    Hint("--map FILE", "say which is which: a CSV of theirs,ours"),
)


class FileReport(Protocol):
    """What every report on a file tells."""

    @property
    def batch(self) -> int | None:
        """The import's number; None where nothing was kept."""

    @property
    def is_refused(self) -> bool:
        """Whether nothing was kept because of what is rejected."""

    @property
    def is_dry(self) -> bool:
        """Whether it was only tried."""


_Report = TypeVar("_Report", bound=FileReport)


def reports_document(
    reports: Sequence[_Report],
    data_of: Callable[[_Report], dict[str, Any]],
    parts_of: Callable[[_Report], list[Part]],
) -> Document:
    """What became of the files: a report each, with how to take it back."""
    parts: list[Part] = []
    for report in reports:
        parts += parts_of(report)
        if report.batch is not None:
            parts.append(Hint(f"ptrack import undo {report.batch}", "take it back"))
    data = [data_of(report) for report in reports]
    return Document(parts, data=data[0] if len(data) == 1 else data)


def made_title(report: FileReport) -> str:
    """What is said of the rows that came in, would come in, or would have come in."""
    if report.is_refused:
        return "Not imported"
    return "Would import" if report.is_dry else "Imported"


def skipped_text(skipped: Mapping[str, int], reasons: Mapping[str, str], noun: str = "row") -> str:
    """`3 rows: 2 empty, 1 note`; nothing where none were."""
    told = ", ".join(_reason(count, reasons.get(reason, reason)) for reason, count in skipped.items())
    return f"{counted(sum(skipped.values()), noun)}: {told}" if skipped else ""


def _reason(count: int, text: str) -> str:
    """So many of what a plural names, as `1 note`, or of what is only described, as `2 empty`."""
    return counted(count, text.removesuffix("s")) if text.endswith("s") else f"{count:,} {text}"


def rejected_data(rejected: Sequence[tuple[int, str, str]]) -> list[dict[str, Any]]:
    """The rows that cannot be taken, for programs: line, column (null where it is the whole row), reason."""
    return [
        {"line": number, "column": column or None, "reason": reason} for number, column, reason in rejected
    ]


def unresolved_data(names: Sequence[Unresolved]) -> list[dict[str, Any]]:
    """The names that mean nothing here, for programs, with what comes nearest."""
    return [{"name": one.name, "candidates": list(one.candidates)} for one in names]


def rejected_parts(rejected: Sequence[tuple[int, str, str]]) -> list[Part]:
    """The rows that cannot be taken, by line, column and reason."""
    if not rejected:
        return []
    columns = (
        Column("line", "Line", value=lambda row: row[0], align="right"),
        Column("column", "Column", value=lambda row: row[1], flexible=True, priority=1),
        Column("reason", "Why", value=lambda row: row[2], flexible=True),
    )
    table = Table(columns, rejected[:SHOWN_REJECTED], title="Rejected rows")
    return [table, *more_parts(len(rejected) - SHOWN_REJECTED)]


def name_parts(names: Sequence[Unresolved], heading: str, hints: Sequence[Hint]) -> list[Part]:
    """The names that mean nothing here with what comes nearest, and what to do about them."""
    if not names:
        return []
    columns = (
        Column("name", heading, flexible=True),
        Column("candidates", "Nearest", show=", ".join, flexible=True, priority=1),
    )
    title = f"Names that mean nothing here: {len(names):,}"
    return [Table(columns, names[:SHOWN_NAMES], title=title), *more_parts(len(names) - SHOWN_NAMES), *hints]


def more_parts(count: int) -> list[Part]:
    """That so many more are not shown; nothing where there are none."""
    if count <= 0:
        return []
    return [Lines((line(Span(f"and {count:,} more; all of them with --json", Style.MUTED)),))]


def counted(number: int, noun: str) -> str:
    """`1 row`, `1,200 rows`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
