"""The rows of a training sheet: how high each one is in a column of the page, and how it is drawn there."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ptrack.output.document import Style
from ptrack.output.paper import INK, LINE_MM, RULE, SMALL_PT, Paper
from ptrack.output.sheet_column import (
    BOX_MM,
    BOX_STEP_MM,
    MOST_BOXES,
    NOTE_PT,
    Column,
    Row,
    Sizes,
    draw_box,
    draw_line,
)
from ptrack.output.sheet_running import running_row
from ptrack.output.sheets import SheetDay, SheetGroup, SheetLine

_DAY_PT = 11.0
_PAD_MM = 1.0
_CELLS = 4
_WARM_UP = "warm-up"


class _Cell(NamedTuple):
    """What stands in the place of a name: its lines, and those of its notes beside it or below."""

    names: Sequence[str] = ()
    notes: Sequence[str] = ()
    is_beside: bool = False

    def height(self, sizes: Sizes) -> float:
        below = 0 if self.is_beside else len(self.notes)
        return len(self.names) * sizes.text + below * sizes.note + (0.6 if sizes.is_tight else 1.4)


class _Part(NamedTuple):
    """One group of a line; `bracket` says whether its superset's comes from above and goes on below."""

    group: SheetGroup
    cell: _Cell
    superset: str
    rest: str
    bracket: tuple[bool, bool] | None
    is_small: bool
    is_ruled: bool


class _Grid(NamedTuple):
    """How many boxes, how many of them beside each other, and how far apart."""

    boxes: int
    across: int
    step: float
    pitch: float
    base: float
    has_lines: bool = False


def day_head(column: Column, name: str) -> Row:
    """A day's name with the titles of the columns, and room for the date."""
    paper, sizes = column.paper, column.sizes
    room = (column.boxes if sizes.is_name_above else column.amount) - column.left - _PAD_MM
    texts = paper.wrap(paper.clean(name), room, _DAY_PT, bold=True)
    above = []
    if len(texts) > 1:
        above = paper.wrap(paper.clean(name), column.right - column.left, _DAY_PT, bold=True)
    step = LINE_MM + 0.4
    titles = 3.4 if sizes.is_name_above else 0.0

    def draw(column: Column) -> None:
        for text in above:
            paper.write_at(column.left, text, size_pt=_DAY_PT, bold=True)
            paper.advance(step)
        if not above:
            paper.write_at(column.left, texts[0], size_pt=_DAY_PT, bold=True)
        _draw_date(column)
        paper.advance(titles)
        _draw_titles(column)
        paper.advance(LINE_MM + 0.6)
        draw_line(column, column.left, column.right, paper.y, INK, 0.25)

    return Row(len(above) * step + titles + LINE_MM + (0.8 if sizes.is_tight else 1.2), draw)


def _draw_date(column: Column) -> None:
    paper = column.paper
    width = paper.write_at(column.boxes, "Date", style=Style.MUTED, size_pt=SMALL_PT)
    draw_line(column, column.boxes + width + 1.5, column.right, paper.y + LINE_MM - 0.6)


def _draw_titles(column: Column) -> None:
    titles = [(column.amount, "Sets × reps"), (column.load, "Load"), (column.effort, "RPE")]  # noqa: RUF001
    if column.sizes.rest:
        titles.append((column.rest, "Rest"))
    for x, title in titles:
        column.paper.write_at(x, title, style=Style.MUTED, size_pt=SMALL_PT)


def day_rows(column: Column, day: SheetDay) -> Iterator[Row]:
    """The rows of a day below its head."""
    has_captions = len(day.sections) > 1
    for section in day.sections:
        caption = section.caption if has_captions else ""
        if column.sizes.is_tight and section.is_brief and has_captions:
            yield running_row(column, section)
            continue
        if caption:
            yield _caption_row(column, caption)
        for number, line in enumerate(section.lines):
            before = section.lines[number - 1] if number else None
            after = section.lines[number + 1] if number + 1 < len(section.lines) else None
            joined = (_goes_together(before, line), _goes_together(line, after))
            first, *more = _line_rows(column, line, joined, is_brief=section.is_brief)
            is_start = not joined[0] and not (caption and number == 0)
            yield from (first._replace(is_start=is_start), *more)


def _goes_together(line: SheetLine | None, other: SheetLine | None) -> bool:
    """Whether two neighbours are of one superset: A1 and A2."""
    if line is None or other is None or not line.superset or not other.superset:
        return False
    return line.superset[0] == other.superset[0]


def _caption_row(column: Column, caption: str) -> Row:
    """A section's caption: in a row of its own, or at the right end of the rule above it."""
    paper, text = column.paper, column.paper.clean(caption)

    def draw(column: Column) -> None:
        paper.write_at(column.left, text, style=Style.MUTED, size_pt=SMALL_PT, bold=True)

    def draw_on_rule(column: Column) -> None:
        width = paper.measure(text, NOTE_PT, bold=True)
        top = paper.y
        paper.pdf.set_fill_color(255, 255, 255)
        paper.pdf.rect(column.right - width - 1.2, top - 0.8, width + 1.2, 1.6, "F")
        paper.go_to(top - LINE_MM / 2)
        paper.write_at(column.right - width, text, style=Style.MUTED, size_pt=NOTE_PT, bold=True)

    if column.sizes.is_tight:
        return Row(0.0, draw_on_rule, is_start=True)
    return Row(4.6, draw, is_start=True)


def _line_rows(
    column: Column, line: SheetLine, joined: tuple[bool, bool], *, is_brief: bool
) -> Iterator[Row]:
    """A row for each group of sets; the name and the rest stand with the first, or in a row above."""
    is_above = column.sizes.is_name_above
    working = next((number for number, group in enumerate(line.groups) if not group.is_warmup), 0)
    last = len(line.groups) - 1
    if is_above:
        yield _name_row(column, line, (joined[0], True) if any(joined) else None)
    for number, (group, cell) in enumerate(zip(line.groups, _cells(column, line, working), strict=True)):
        is_first = number == 0 and not is_above
        part = _Part(
            group,
            cell,
            superset=line.superset if is_first else "",
            rest=line.rest if number == working and not is_above else "",
            bracket=(joined[0] or not is_first, joined[1] or number != last) if any(joined) else None,
            is_small=is_brief or group.is_warmup,
            is_ruled=number == last or not column.sizes.is_tight,
        )
        yield _group_row(column, part)


def _cells(column: Column, line: SheetLine, working: int) -> list[_Cell]:
    """What stands in the place of the name in each row: tightly, the notes where there is no name."""
    cells = [_Cell() for _ in line.groups]
    if not column.sizes.is_name_above:
        room = column.sizes.name - _PAD_MM
        is_apart = column.sizes.is_tight and len(cells) > 1
        cells[0] = _cell(column, line.name, () if is_apart else line.notes, room)
        if is_apart:
            cells[max(working, 1)] = _cell(column, "", line.notes, room)
    return cells


def _cell(column: Column, name: str, notes: Sequence[str], room: float) -> _Cell:
    """A name with its notes on lines below; tightly as one text, beside the name where it fits."""
    paper = column.paper
    names = paper.wrap(paper.clean(name), room, bold=True) if name else []
    texts = [paper.clean(note) for note in notes]
    if column.sizes.is_tight and texts:
        texts = [" \u00b7 ".join(texts)]
        if len(names) == 1 and _beside(paper, names[0]) + paper.measure(texts[0], NOTE_PT) <= room:
            return _Cell(names, texts, is_beside=True)
    return _Cell(names, [piece for text in texts for piece in paper.wrap(text, room, NOTE_PT)])


def _beside(paper: Paper, name: str) -> float:
    """How far from where a name begins the note beside it does."""
    return paper.measure(name, bold=True) + 1.8


def _name_row(column: Column, line: SheetLine, bracket: tuple[bool, bool] | None) -> Row:
    """An exercise's name and notes above its sets, the rest at the end."""
    paper, sizes = column.paper, column.sizes
    rest = paper.clean(f"rest {line.rest}") if line.rest else ""
    width = paper.measure(rest, SMALL_PT)
    cell = _cell(column, line.name, line.notes, column.right - column.name - width - _PAD_MM)
    height = cell.height(sizes)

    def draw(column: Column) -> None:
        top = paper.y
        _draw_cell(column, cell, top)
        _draw_tag(column, line.superset, top)
        paper.go_to(top + 0.4)
        paper.write_at(column.right - width, rest, style=Style.MUTED, size_pt=SMALL_PT)
        if bracket:
            _draw_bracket(column, top, height, bracket)

    return Row(height, draw)


def _group_row(column: Column, part: _Part) -> Row:
    """One group of sets: what is planned, and boxes with room to write."""
    paper, sizes, group = column.paper, column.sizes, part.group
    drop = 0.0 if part.is_small else sizes.drop
    label = paper.clean(f"{group.sets} × {group.amount}" if group.amount else f"{group.sets} ×")  # noqa: RUF001
    is_wide = not group.load and (part.is_small or not group.is_load_open)
    amounts = paper.wrap(label, sizes.amount + (sizes.load if is_wide else 0.0) - _PAD_MM)
    loads = [piece for text in group.load for piece in paper.wrap(paper.clean(text), sizes.load - _PAD_MM)]
    grid = _grid(column, part)
    height = max(
        -(-grid.boxes // grid.across) * grid.pitch,
        part.cell.height(sizes),
        max(len(amounts), len(loads)) * sizes.text + (0.6 if sizes.is_tight else 1.2) + drop,
    )

    def draw(column: Column) -> None:
        top = paper.y
        is_single = len(part.cell.names) + len(part.cell.notes) == 1 or part.cell.is_beside
        _draw_cell(column, part.cell, top + (drop if is_single else 0.0))
        _draw_plan(column, top + drop, (amounts, loads), part)
        _draw_tag(column, part.superset, top + drop)
        if group.is_load_open and not part.is_small:
            draw_line(column, column.load, column.load + sizes.load - 4, top + sizes.row - sizes.base)
        _draw_boxes(column, top, group, grid)
        if part.bracket:
            _draw_bracket(column, top, height, part.bracket)
        if part.is_ruled:
            left = column.name if part.bracket else column.left
            draw_line(column, left, column.right, top + height, RULE, 0.1)

    return Row(height, draw)


def _draw_cell(column: Column, cell: _Cell, top: float) -> None:
    paper, sizes = column.paper, column.sizes
    for number, text in enumerate(cell.names):
        paper.go_to(top + 0.4 + number * sizes.text)
        paper.write_at(column.name, text, bold=True)
    x, y = column.name, top + 0.4 + len(cell.names) * sizes.text - 0.6
    if cell.is_beside:
        x, y = x + _beside(paper, cell.names[0]), top + 0.4
    for number, text in enumerate(cell.notes):
        paper.go_to(y + number * sizes.note)
        paper.write_at(x, text, style=Style.MUTED, size_pt=NOTE_PT)


def _draw_tag(column: Column, superset: str, top: float) -> None:
    """A superset's letter and number, left of its bracket."""
    column.paper.go_to(top)
    text = column.paper.clean(superset)
    column.paper.write_at(column.name - 5.1, text, style=Style.MUTED, size_pt=NOTE_PT)


def _draw_plan(column: Column, top: float, texts: tuple[list[str], list[str]], part: _Part) -> None:
    paper, group = column.paper, part.group
    style = Style.MUTED if group.is_warmup else Style.PLAIN
    for x, lines in ((column.amount, texts[0]), (column.load, texts[1])):
        for number, text in enumerate(lines):
            paper.go_to(top + 0.4 + number * column.sizes.text)
            paper.write_at(x, text, style=style)
    paper.go_to(top + 0.4)
    if group.is_warmup and not (group.effort or part.rest):
        x = column.right - paper.measure(_WARM_UP, SMALL_PT) if column.sizes.is_name_above else column.effort
        paper.write_at(x, _WARM_UP, style=style, size_pt=SMALL_PT)
    paper.write_at(column.effort, paper.clean(group.effort), style=style)
    paper.write_at(column.rest, paper.clean(part.rest), style=Style.MUTED, size_pt=SMALL_PT)


def _grid(column: Column, part: _Part) -> _Grid:
    """How boxes stand: those only to be ticked close by, others four in a row; five where there are five."""
    sizes, count = column.sizes, min(part.group.sets, MOST_BOXES)
    room = column.right - column.boxes
    if not part.is_small:
        across = _CELLS + 1 if part.group.sets == _CELLS + 1 else _CELLS
        return _Grid(count, across, room / across, sizes.row, sizes.base, has_lines=True)
    if sizes.is_name_above and part.group.is_warmup:
        room -= column.paper.measure(_WARM_UP, SMALL_PT)
    base = (sizes.small_row - BOX_MM) / 2
    return _Grid(count, min(int(room / BOX_STEP_MM), MOST_BOXES), BOX_STEP_MM, sizes.small_row, base)


def _draw_boxes(column: Column, top: float, group: SheetGroup, grid: _Grid) -> None:
    """A box to tick for each set; behind it a line to write on, unless there is nothing to be written."""
    paper = column.paper
    for number in range(grid.boxes):
        row, place = divmod(number, grid.across)
        x, base = column.boxes + place * grid.step, top + (row + 1) * grid.pitch - grid.base
        draw_box(column, x, base)
        if grid.has_lines:
            draw_line(column, x + BOX_MM + 0.8, x + grid.step - 1.2, base)
    if group.sets > grid.boxes:
        paper.go_to(top)
        room = column.right - column.boxes
        text = f"+ {group.sets - grid.boxes}"
        paper.write_at(column.boxes, text, style=Style.MUTED, size_pt=NOTE_PT, right_width=room)


def _draw_bracket(column: Column, top: float, height: float, bracket: tuple[bool, bool]) -> None:
    """The part of a superset's bracket beside one row: whether it comes from above, and goes on below."""
    pdf, x = column.paper.pdf, column.name - 1.2
    begin = top if bracket[0] else top + 1.2
    end = top + height if bracket[1] else top + height - 1.2
    pdf.set_draw_color(*INK)
    pdf.set_line_width(0.35)
    pdf.line(x, begin, x, end)
    for has_more, y in ((bracket[0], begin), (bracket[1], end)):
        if not has_more:
            pdf.line(x, y, x + 0.9, y)
