"""The parts of a document on paper. Hints are left out: what is handed to a client holds no commands."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ptrack.output.cells import Surface
from ptrack.output.document import (
    Bars,
    Chart,
    Fields,
    Heading,
    Hint,
    Line,
    Lines,
    MonthGrid,
    Part,
    Style,
    Table,
    TimeGrid,
)
from ptrack.output.months import day_list as month_list
from ptrack.output.paper import COLOURS, INK, LINE_MM, MARGIN_MM, TEXT_PT, Paper
from ptrack.output.paper_charts import CHART_MM, draw_chart
from ptrack.output.parts import bar_length
from ptrack.output.tables import Cell, Drawn, Room, fit, screen_columns, shown_text
from ptrack.output.weeks import day_list as week_list

_TITLE_PT = 17.0
_SUBTITLE_PT = 11.0
_GAP_MM = 4.0
_PART_GAP_MM = 4.0
_ROW_MM = 5.6
_TABLE_SIZES_PT = (TEXT_PT, 8.0, 7.0, 6.0)
_LABEL_SHARE = 3
# So many bars are compared on one page; more may go on to the next.
_BARS_TOGETHER = 24
# About the width of a digit in the size of text: what a column of a screen becomes.
_COLUMN_MM = 2.05
_BLANKS = re.compile("( {2,})")
_LIST_SURFACE = Surface(200)


def draw_part(paper: Paper, part: Part) -> None:
    """Draw one part below what stands on the page, with the blank that sets it apart."""
    if not isinstance(part, Hint):
        _DRAWN_BY[type(part)](paper, part)


def _draw_heading(paper: Paper, heading: Heading) -> None:
    is_title = heading.level == 1
    size_pt = _TITLE_PT if is_title else _SUBTITLE_PT
    paper.keep(4 * LINE_MM)
    if not is_title:
        paper.advance(2)
    aside = paper.shorten(paper.clean(heading.aside), paper.breadth / 2)
    room = paper.breadth - paper.measure(aside) - 2 * _GAP_MM
    for number, text in enumerate(paper.wrap(paper.clean(heading.text), room, size_pt, bold=True)):
        if number == 0:
            paper.write_at(MARGIN_MM, aside, style=Style.MUTED, right_width=paper.breadth)
        style = Style.ACCENT if is_title else Style.PLAIN
        paper.write_at(MARGIN_MM, text, style=style, size_pt=size_pt, bold=True)
        paper.advance(8 if is_title else 6)
    if is_title:
        paper.rule(paper.y, width=0.4)
        paper.advance(_PART_GAP_MM)


def _draw_title(paper: Paper, title: str) -> None:
    if title:
        paper.keep(4 * LINE_MM)
        paper.write_at(MARGIN_MM, paper.shorten(paper.clean(title), paper.breadth, bold=True), bold=True)
        paper.advance(LINE_MM + 1)


def _draw_fields(paper: Paper, fields: Fields) -> None:
    pairs = [(paper.clean(label), paper.clean(value)) for label, value in fields.pairs if value]
    if not pairs:
        return
    _draw_title(paper, fields.title)
    _draw_pairs(paper, pairs)
    paper.advance(_PART_GAP_MM)


def _draw_pairs(paper: Paper, pairs: Sequence[tuple[str, str]]) -> None:
    widest = max(paper.measure(label) for label, _ in pairs)
    label_width = min(widest, paper.breadth / _LABEL_SHARE)
    x = MARGIN_MM + label_width + _GAP_MM
    for label, value in pairs:
        for number, text in enumerate(paper.wrap(value, paper.right - x)):
            paper.keep(LINE_MM)
            if number == 0:
                paper.write_at(MARGIN_MM, paper.shorten(label, label_width), style=Style.MUTED)
            paper.write_at(x, text)
            paper.advance()


def _draw_lines(paper: Paper, lines: Lines) -> None:
    for line in lines.lines:
        _draw_line(paper, line, indent=lines.indent - 1)
    paper.advance(_PART_GAP_MM)


def _draw_line(paper: Paper, line: Line, indent: int = 0) -> None:
    """A line of text; after two blanks or more it goes on at its column, so that lines stay aligned."""
    left = MARGIN_MM + min(max(indent, 0), 20) * _COLUMN_MM
    x, column = left, 0
    paper.keep(LINE_MM)
    for span in line:
        for piece in _BLANKS.split(paper.clean(span.text)):
            column += len(piece)
            if piece and not piece.strip():
                x = max(x + _COLUMN_MM, left + column * _COLUMN_MM)
            elif piece:
                x = _flow(paper, piece, span.style, x, left)
    paper.advance()


def _flow(paper: Paper, text: str, style: Style, x: float, left: float) -> float:
    """Write a text from `x` on, or below from `left` on where it doesn't fit; where it ends."""
    bold = style == Style.STRONG
    if x + paper.measure(text, bold=bold) <= paper.right:
        return x + paper.write_at(x, text, style=style)
    if x > left:
        paper.advance()
        paper.keep(LINE_MM)
        left += _GAP_MM
    for number, piece in enumerate(paper.wrap(text.lstrip(), paper.right - left - _GAP_MM, bold=bold)):
        if number:
            paper.advance()
            paper.keep(LINE_MM)
        x = left + (_GAP_MM if number else 0.0)
        x += paper.write_at(x, piece, style=style)
    return x


def _draw_table(paper: Paper, table: Table) -> None:
    _draw_title(paper, table.title)
    if not table.rows:
        _draw_sentence(paper, table.empty)
    elif not any(_draw_rows(paper, table, size_pt) for size_pt in _TABLE_SIZES_PT):
        _draw_records(paper, table)
    paper.advance(_PART_GAP_MM)


def _draw_sentence(paper: Paper, text: str) -> None:
    for piece in paper.wrap(paper.clean(text), paper.breadth):
        paper.keep(LINE_MM)
        paper.write_at(MARGIN_MM, piece, style=Style.MUTED)
        paper.advance()


def _columns(paper: Paper, table: Table, size_pt: float) -> list[Drawn]:
    """The columns with their widths in tenths of a millimetre."""
    columns: list[Drawn] = []
    for column, sum_text in screen_columns(table):
        title, total = paper.clean(column.title), paper.clean(sum_text)
        cells = [
            Cell(paper.clean(shown_text(column, row)), column.style(row) if column.style else Style.PLAIN)
            for row in table.rows
        ]
        title_width = _tenths(paper.measure(title, size_pt, bold=True))
        widths = (
            _tenths(paper.measure(cell.text, size_pt, bold=cell.style == Style.STRONG)) for cell in cells
        )
        widest = max(title_width, _tenths(paper.measure(total, size_pt, bold=True)), *widths)
        if column.align == "left":
            widest = min(widest, _tenths(paper.breadth / (1 if column.flexible else 2)))
        columns.append(Drawn(column, title, cells, total, widest, title_width))
    return columns


def _tenths(width: float) -> int:
    return int(width * 10) + 1


def _draw_rows(paper: Paper, table: Table, size_pt: float) -> bool:
    """Draw the table in one size of type; False, and nothing drawn, where it doesn't fit."""
    room = Room(_tenths(paper.breadth), gap=int(_GAP_MM * 10), roomy=300, tight=180)
    fitted = fit(_columns(paper, table, size_pt), room)
    if fitted is None:
        return False
    columns, tenths = fitted
    widths = [width / 10 for width in tenths]
    titles = [Cell(column.title, Style.MUTED) for column in columns]
    has_titles = any(column.title for column in columns)
    if has_titles:
        paper.keep(3 * _ROW_MM)
        _draw_header(paper, columns, titles, widths, size_pt)
    for row in zip(*(column.cells for column in columns), strict=True):
        if paper.keep(_ROW_MM) and has_titles:
            _draw_header(paper, columns, titles, widths, size_pt)
        _draw_row(paper, columns, row, widths, size_pt)
    if any(column.sum_text for column in columns):
        paper.keep(_ROW_MM)
        paper.rule(paper.y, INK)
        sums = [Cell(column.sum_text, Style.STRONG) for column in columns]
        _draw_row(paper, columns, sums, widths, size_pt)
    return True


def _draw_header(
    paper: Paper, columns: Sequence[Drawn], titles: Sequence[Cell], widths: Sequence[float], size_pt: float
) -> None:
    _draw_row(paper, columns, titles, widths, size_pt)
    paper.rule(paper.y - 0.3, INK)


def _draw_row(
    paper: Paper, columns: Sequence[Drawn], cells: Sequence[Cell], widths: Sequence[float], size_pt: float
) -> None:
    x = MARGIN_MM
    for column, cell, width in zip(columns, cells, widths, strict=True):
        bold = cell.style == Style.STRONG
        text = paper.shorten(cell.text, width, size_pt, bold=bold)
        right_width = width if column.column.align == "right" else None
        paper.write_at(x, text, style=cell.style, size_pt=size_pt, right_width=right_width)
        x += width + _GAP_MM
    paper.advance(_ROW_MM)
    paper.rule(paper.y - 0.3, width=0.1)


def _draw_records(paper: Paper, table: Table) -> None:
    """A table with too many necessary columns for a page: each row as labels with values."""
    columns = screen_columns(table)
    for row in table.rows:
        pairs = [(paper.clean(column.title), paper.clean(shown_text(column, row))) for column, _ in columns]
        _draw_pairs(paper, pairs)
        paper.advance(2)


def _draw_bars(paper: Paper, bars: Bars) -> None:
    if len(bars.bars) <= _BARS_TOGETHER:
        paper.keep(LINE_MM + 1 + len(bars.bars) * _ROW_MM)
    _draw_title(paper, bars.title)
    if not bars.bars:
        return
    labels = [paper.clean(bar.label) for bar in bars.bars]
    notes = [paper.clean(bar.note) for bar in bars.bars]
    label_width = min(max(map(paper.measure, labels)), paper.breadth / _LABEL_SHARE)
    note_width = min(max(map(paper.measure, notes)), paper.breadth / _LABEL_SHARE)
    start = MARGIN_MM + label_width + _GAP_MM
    room = paper.right - start - note_width - _GAP_MM
    most = max(bars.full, *map(bar_length, bars.bars)) or 1.0
    for bar, label, note in zip(bars.bars, labels, notes, strict=True):
        paper.keep(_ROW_MM)
        paper.write_at(MARGIN_MM, paper.shorten(label, label_width))
        length = bar_length(bar) / most * room
        if length:
            paper.pdf.set_fill_color(*COLOURS.get(bar.style, INK))
            paper.pdf.rect(start, paper.y + 0.9, length, LINE_MM - 1.8, style="F")
        x = start + length + (2.0 if length else 0.0)
        paper.write_at(x, paper.shorten(note, note_width))
        paper.advance(_ROW_MM)
    paper.advance(_PART_GAP_MM)


def _draw_week(paper: Paper, grid: TimeGrid) -> None:
    blocks = [block for block in grid.blocks if 0 <= block.day < len(grid.days)]
    if not blocks:
        _draw_sentence(paper, grid.empty)
    for line in week_list(grid, blocks, _LIST_SURFACE):
        _draw_line(paper, line)
    paper.advance(_PART_GAP_MM)


def _draw_month(paper: Paper, month: MonthGrid) -> None:
    for line in month_list(month, _LIST_SURFACE):
        _draw_line(paper, line)
    paper.advance(_PART_GAP_MM)


def _draw_chart(paper: Paper, chart: Chart) -> None:
    unit = f" ({chart.unit})" if chart.unit else ""
    paper.keep(CHART_MM)
    _draw_title(paper, chart.title + unit)
    if not draw_chart(paper, chart):
        _draw_sentence(paper, chart.empty)
    elif chart.summary:
        _draw_sentence(paper, chart.summary)
    paper.advance(_PART_GAP_MM)


_DRAWN_BY: Mapping[type, Callable[[Paper, Any], None]] = {
    Heading: _draw_heading,
    Table: _draw_table,
    Fields: _draw_fields,
    Lines: _draw_lines,
    Bars: _draw_bars,
    Chart: _draw_chart,
    TimeGrid: _draw_week,
    MonthGrid: _draw_month,
}
