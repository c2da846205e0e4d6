"""Tables in cells: which columns a width has room for, how wide each is, and the lines that come of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from ptrack.output.cells import Surface, cell_width, pad, wrap
from ptrack.output.document import Column, Line, Span, Style, Table
from ptrack.output.parts import title_lines, wrap_line

GAP = 2
MARGIN = 1
_WIDEST_FIXED = 40


@dataclass(frozen=True, slots=True)
class Cell:
    """A text of a table as shown, and what it means."""

    text: str
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Drawn:
    """A column with its shown cells, the text of the sum row below them, and the cells all that takes."""

    column: Column
    title: str
    cells: Sequence[Cell]
    sum_text: str
    width: int
    title_width: int

    def least(self, floor: int) -> int:
        """The width below which it may not go."""
        return min(self.width, max(floor, self.title_width)) if self.column.flexible else self.width


@dataclass(frozen=True, slots=True)
class Room:
    """What a table is fitted into: its width, the gap between columns, and how narrow flexible ones may get.

    The unit is the caller's: cells on a screen, tenths of a millimetre on paper.
    """

    width: int
    gap: int = GAP
    roomy: int = 16
    tight: int = 8


def shown_text(column: Column, row: object) -> str:
    """What the screen shows of a column in a row."""
    raw = column.raw(row)
    if column.show:
        return column.show(raw)
    return "" if raw is None else str(raw)


def screen_columns(table: Table) -> list[tuple[Column, str]]:
    """The columns that people see, each with its text in the sum row."""
    columns = [column for column in table.columns if column.on_screen]
    sums = [*(table.sum_row or ()), *[""] * len(columns)]
    return list(zip(columns, sums, strict=False))


def draw_columns(table: Table, surface: Surface) -> list[Drawn]:
    """The table's columns on screen with their texts made drawable."""
    return [
        _draw(column, table.rows, surface, surface.clean(sum_text))
        for column, sum_text in screen_columns(table)
    ]


def _draw(column: Column, rows: Sequence[object], surface: Surface, sum_text: str) -> Drawn:
    title = surface.clean(column.title)
    cells = [_cell(column, row, surface) for row in rows]
    width = max(map(cell_width, (title, sum_text, *(cell.text for cell in cells))))
    if column.flexible:
        width = min(width, surface.width)
    elif column.align == "left":
        width = min(width, _WIDEST_FIXED)
    return Drawn(column, title, cells, sum_text, width, cell_width(title))


def _cell(column: Column, row: object, surface: Surface) -> Cell:
    text = surface.clean(shown_text(column, row))
    return Cell(text, column.style(row) if column.style else Style.PLAIN)


def fit(columns: Sequence[Drawn], room: Room) -> tuple[list[Drawn], list[int]] | None:
    """The columns that the room has space for, and their widths; None where not even the necessary ones fit.

    Flexible columns give way first, down to a readable width; then the columns of the highest priority number
    go, the last of them first; then the flexible ones give way further.
    """
    kept = list(columns)
    while not (widths := _squeeze(kept, room, room.roomy)):
        priority = max(column.column.priority for column in kept)
        if priority == 0:
            widths = _squeeze(kept, room, room.tight)
            return (kept, widths) if widths else None
        kept.remove(next(column for column in reversed(kept) if column.column.priority == priority))
    return kept, widths


def _squeeze(columns: Sequence[Drawn], room: Room, floor: int) -> list[int] | None:
    widths = [column.width for column in columns]
    least = [column.least(floor) for column in columns]
    excess = sum(widths) + room.gap * (len(columns) - 1) - room.width
    while excess > 0:
        spare = [have - need for have, need in zip(widths, least, strict=True)]
        if sum(spare) < excess:
            return None
        widest = max((index for index, cells in enumerate(spare) if cells), key=lambda index: widths[index])
        widths[widest] -= 1
        excess -= 1
    return widths


def table_lines(table: Table, surface: Surface) -> list[Line]:
    """The table as lines: a quiet header, then a line a row.

    Where the width has no room even for the necessary columns, a row becomes lines of its own, one a column.
    """
    title = title_lines(table.title, surface)
    if not table.rows:
        empty = wrap_line((Span(table.empty, Style.MUTED),), surface, MARGIN) if table.empty else []
        return [*title, *empty]
    columns = draw_columns(table, surface)
    fitted = fit(columns, Room(surface.width - MARGIN))
    if fitted is None:
        return [*title, *_stacked(columns, surface)]
    return [*title, *_ruled(*fitted, surface)]


def _ruled(columns: Sequence[Drawn], widths: Sequence[int], surface: Surface) -> list[Line]:
    lines: list[Line] = []
    if any(column.title for column in columns):
        titles = [Cell(column.title, Style.MUTED) for column in columns]
        lines.append(_row(columns, titles, widths, surface))
    lines += (_row(columns, row, widths, surface) for row in zip(*(c.cells for c in columns), strict=True))
    if any(column.sum_text for column in columns):
        sums = [Cell(column.sum_text, Style.STRONG) for column in columns]
        lines.append(_row(columns, sums, widths, surface))
    return lines


def _row(columns: Sequence[Drawn], cells: Sequence[Cell], widths: Sequence[int], surface: Surface) -> Line:
    spans: list[Span] = []
    blank = " " * MARGIN
    for column, cell, width in zip(columns, cells, widths, strict=True):
        text = surface.shorten(cell.text, width)
        free = " " * (width - cell_width(text))
        before, after = (free, "") if column.column.align == "right" else ("", free)
        if text:
            spans += (Span(blank + before), Span(text, cell.style))
            blank = after + " " * GAP
        else:
            blank += free + " " * GAP
    return tuple(spans)


def _stacked(columns: Sequence[Drawn], surface: Surface) -> list[Line]:
    label_width = min(max(cell_width(column.title) for column in columns), surface.width // 3)
    lines: list[Line] = []
    for index in range(len(columns[0].cells)):
        if index:
            lines.append(())
        for column in columns:
            lines += _labelled(column, column.cells[index], label_width, surface)
    sums = [column for column in columns if column.sum_text]
    if sums:
        lines.append(())
    for column in sums:
        lines += _labelled(column, Cell(column.sum_text, Style.STRONG), label_width, surface)
    return lines


def _labelled(column: Drawn, cell: Cell, label_width: int, surface: Surface) -> list[Line]:
    if not cell.text:
        return []
    label = pad(surface.shorten(column.title, label_width), label_width)
    indent = MARGIN + label_width + (GAP if label_width else 0)
    texts = wrap(cell.text, surface.width - indent)
    first = (Span(" " * MARGIN), Span(label + " " * (indent - MARGIN - label_width), Style.MUTED))
    rest = (Span(" " * indent),)
    return [(*(rest if number else first), Span(text, cell.style)) for number, text in enumerate(texts)]
