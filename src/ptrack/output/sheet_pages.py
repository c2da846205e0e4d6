"""Training sheets on paper: a week a page, a block a day, a box to tick and room to write for every set.

Drawn in grey and black lines alone, so that they print anywhere. Words are wrapped, never a number cut.
A week is drawn as roomily as it fits on its page; only what fits in no way goes on over several.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ptrack.output.document import Style
from ptrack.output.paper import INK, LINE_MM, MARGIN_MM, SMALL_PT, Paper
from ptrack.output.sheet_column import Column, Row, Sizes, draw_row
from ptrack.output.sheet_rows import day_head, day_rows
from ptrack.output.sheets import SheetDay, Sheets, SheetWeek

_TITLE_PT = 16.0
_WEEK_PT = 11.0
_LOGO_MM = (40.0, 12.0)
_BETWEEN_MM = 7.0
_GOES_ON = " (goes on)"
_ROOMY = Sizes()
_TIGHT = Sizes(
    base=1.7, small_row=4.6, text=3.9, note=3.0, gap=2.4, gutter=0.0,
    name=68.0, amount=19.5, load=21.5, effort=7.0, rest=12.0, is_tight=True,
)  # fmt: skip
_NARROW = _TIGHT._replace(
    name=0.0, amount=17.7, load=21.3, effort=5.6, rest=0.0, columns=2, is_name_above=True
)
_TIGHT_ROWS = (8.2, 7.6, 7.0, 6.6, 6.2, 5.8, 5.4)
_NARROW_ROWS = (7.0, 6.6, 6.2, 5.8, 5.4, 5.0)


class _Block(NamedTuple):
    """A day: its rows, the head first."""

    day: SheetDay
    rows: Sequence[Row]

    @property
    def height(self) -> float:
        """All rows together."""
        return sum(row.height for row in self.rows)


_Parts = Sequence[Sequence[_Block]]
"""The days of each column."""
_Columns = Sequence[tuple[Column, Sequence[_Block]]]
_Splitting = Callable[[Column, Sequence[_Block]], _Parts]


def draw_sheets(paper: Paper, sheets: Sheets, logo: Path | None) -> None:
    """Draw every week, each beginning a page."""
    for week in sheets.weeks:
        paper.keep(paper.bottom)
        _draw_head(paper, sheets, week, logo)
        if not _draw_on_page(paper, week):
            _draw_on_pages(paper, sheets, week, logo)


def _draw_on_page(paper: Paper, week: SheetWeek) -> bool:
    """Draw the week's days on the rest of the page in the roomiest way that fits; whether one does."""
    top = paper.y
    arranged = _arranged(paper, week.days)
    for column, blocks in arranged or ():
        paper.go_to(top)
        for block in blocks:
            _draw_block(column, block)
    return arranged is not None


def _arranged(paper: Paper, days: Sequence[SheetDay]) -> _Columns | None:
    """The days in the first way that fits on the page, with the highest rows that do."""
    for split, layout in _LAYOUTS:
        *higher, lowest = layout
        fitting = _fitting(paper, days, lowest, split)
        if fitting:
            return next(filter(None, (_fitting(paper, days, sizes, split) for sizes in higher)), fitting)
    return None


def _fitting(paper: Paper, days: Sequence[SheetDay], sizes: Sizes, split: _Splitting) -> _Columns | None:
    """The days in columns, if they fit on the rest of the page."""
    columns = list(_columns(paper, sizes))
    parts = split(columns[0], [_block(columns[0], day) for day in days])
    if not parts or _length(parts, sizes) > paper.bottom - paper.y:
        return None
    return list(zip(columns, parts, strict=True))


def _columns(paper: Paper, sizes: Sizes) -> Iterator[Column]:
    """The columns of a page beside each other."""
    breadth = (paper.breadth + _BETWEEN_MM) / sizes.columns
    for number in range(sizes.columns):
        left = MARGIN_MM + number * breadth
        yield Column(paper, sizes, left, left + breadth - _BETWEEN_MM)


def _block(column: Column, day: SheetDay) -> _Block:
    return _Block(day, [day_head(column, day.name), *day_rows(column, day)])


def _undivided(_: Column, blocks: Sequence[_Block]) -> _Parts:
    """All days in one column."""
    return [blocks]


def _by_day(column: Column, blocks: Sequence[_Block]) -> _Parts:
    """The days in two columns, so that the longer one is as short as can be."""
    ways = [(blocks[:count], blocks[count:]) for count in range(1, len(blocks) + 1)]
    return min(ways, key=lambda way: _length(way, column.sizes))


def _within_day(column: Column, blocks: Sequence[_Block]) -> _Parts:
    """The days in two columns, one of them going on in the second."""
    ways = []
    for number, block in enumerate(blocks):
        head = day_head(column, f"{block.day.name}{_GOES_ON}")
        for row in range(2, len(block.rows)):
            if block.rows[row].is_start:
                begun = _Block(block.day, block.rows[:row])
                rest = _Block(block.day, [head, *block.rows[row:]])
                ways.append(([*blocks[:number], begun], [rest, *blocks[number + 1 :]]))
    return min(ways, key=lambda way: _length(way, column.sizes), default=())


def _length(parts: _Parts, sizes: Sizes) -> float:
    """The height of the longest column, without the gap behind its last day."""
    return max(sum(block.height + sizes.gap for block in part) - sizes.gap for part in parts)


# Ways to divide a week and how roomily, the best first: each from its highest rows to its lowest.
_LAYOUTS: Sequence[tuple[_Splitting, Sequence[Sizes]]] = (
    (_undivided, (_ROOMY,)),
    (_undivided, [_TIGHT._replace(row=row) for row in _TIGHT_ROWS]),
    (_by_day, [_NARROW._replace(row=row) for row in _NARROW_ROWS]),
    (_within_day, [_NARROW._replace(row=row) for row in _NARROW_ROWS]),
)


def _draw_block(column: Column, block: _Block) -> None:
    for row in block.rows:
        draw_row(column, row)
    column.paper.advance(column.sizes.gap)


def _draw_on_pages(paper: Paper, sheets: Sheets, week: SheetWeek, logo: Path | None) -> None:
    """Draw the week's days on the fewest pages they take in one column, a day on one page where it fits."""
    page = paper.bottom - paper.y
    column, blocks = min(_one_column(paper, week.days), key=lambda way: _page_count(way[0], way[1], page))
    for day, block in zip(week.days, blocks, strict=True):
        if block.height <= page:
            if paper.keep(block.height):
                _draw_head(paper, sheets, week, logo)
            _draw_block(column, block)
            continue
        for number, row in enumerate(block.rows):
            after = block.rows[number + 1 : number + 2]
            glued = sum(each.height for each in after if number == 0 or not each.is_start)
            if paper.keep(row.height + glued):
                _draw_head(paper, sheets, week, logo)
                if number:
                    draw_row(column, day_head(column, f"{day.name}{_GOES_ON}"))
            draw_row(column, row)
        paper.advance(column.sizes.gap)


def _one_column(paper: Paper, days: Sequence[SheetDay]) -> Iterator[tuple[Column, Sequence[_Block]]]:
    """The days in one column, from the roomiest way to the tightest."""
    for sizes in (_ROOMY, *(_TIGHT._replace(row=row) for row in _TIGHT_ROWS)):
        (column,) = _columns(paper, sizes)
        yield column, [_block(column, day) for day in days]


def _page_count(column: Column, blocks: Sequence[_Block], page: float) -> float:
    """How many pages of a height the days take, those longer than a page with their share of the last."""
    count, height = 1.0, 0.0
    for block in blocks:
        if height and height + block.height > page:
            count, height = count + 1, 0.0
        count += max(block.height - page, 0.0) / page
        height += block.height + column.sizes.gap
    return count


def _draw_head(paper: Paper, sheets: Sheets, week: SheetWeek, logo: Path | None) -> None:
    """The heading of a page: program, client, week; at the right the studio's logo, or its name."""
    paper.go_to(MARGIN_MM - 7)
    right = _LOGO_MM[0]
    if logo:
        right = paper.draw_picture(logo, *_LOGO_MM)
    else:
        studio = paper.shorten(paper.clean(sheets.studio), paper.breadth / 3)
        right = paper.write_at(MARGIN_MM, studio, style=Style.MUTED, right_width=paper.breadth)
    room = paper.breadth - right - 4
    if sheets.client:
        paper.write_at(MARGIN_MM, paper.shorten(paper.clean(sheets.client), room))
    paper.advance(LINE_MM + 0.5)
    for text in paper.wrap(paper.clean(sheets.title), room, _TITLE_PT, bold=True):
        paper.write_at(MARGIN_MM, text, style=Style.ACCENT, size_pt=_TITLE_PT, bold=True)
        paper.advance(7)
    paper.advance(0.5)
    width = paper.write_at(MARGIN_MM, paper.clean(week.title), size_pt=_WEEK_PT, bold=True)
    remark = paper.shorten(paper.clean(sheets.remark), paper.breadth - width - 4, SMALL_PT)
    paper.write_at(MARGIN_MM, remark, style=Style.MUTED, size_pt=SMALL_PT, right_width=paper.breadth)
    paper.advance(LINE_MM + 1.5)
    paper.rule(paper.y, INK, 0.4)
    paper.advance(_ROOMY.gap)
