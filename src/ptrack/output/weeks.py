"""A time grid in cells: hours down, days across, blocks as long as they last; narrow, a list by day.

Several people's lanes stand side by side in each day where there is room for their names; else in one grid,
each block with its lane's mark, as long as no block hides another; else side by side, one day below the
other. Where not even the days fit beside each other there is the list.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ptrack.output.cells import Surface, cell_width, cut, pad, wrap
from ptrack.output.document import Block, Day, Line, Span, Style, TimeGrid

_GUTTER = 6
_NARROWEST_DAY = 9
_WIDEST_DAY = 30
_NARROWEST_LANE = 10
_ROW_MIN = 30
_ROWS_A_DAY = 48


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with the half-hour rows it covers, its lane in its day, and how many others hide behind it."""

    block: Block
    first_row: int
    end_row: int
    lane: int = 0
    lanes: int = 1
    hidden: int = 0


Placement = Sequence[Placed]


def week_lines(grid: TimeGrid, surface: Surface) -> list[Line]:
    """The grid as lines."""
    blocks = [block for block in grid.blocks if 0 <= block.day < len(grid.days)]
    if not blocks:
        texts = wrap(surface.clean(grid.empty), surface.width - 1) if grid.empty else []
        return [(Span(" "), Span(text, Style.MUTED)) for text in texts]
    layouts = (_side_by_side, _marked, _day_by_day) if len(grid.lanes) > 1 else (_across,)
    drawn = (layout(grid, blocks, surface) for layout in layouts)
    return next((lines for lines in drawn if lines), None) or day_list(grid, blocks, surface)


def _column_width(count: int, surface: Surface) -> int:
    """How wide each of so many columns is; 0 where that is too little to be read."""
    width = (surface.width - _GUTTER) // count
    if width < _NARROWEST_DAY:
        return 0
    return min(width, _WIDEST_DAY) if count > 1 else width


def _across(grid: TimeGrid, blocks: Sequence[Block], surface: Surface) -> list[Line]:
    """Days across, what overlaps side by side as far as there is room."""
    width = _column_width(len(grid.days), surface)
    if not width:
        return []
    columns = _columns(len(grid.days), [(block.day, block) for block in blocks], width)
    notes = [", ".join(filter(None, day.notes)) for day in grid.days]
    return [*_heads(grid.days, notes, width, surface), *_rows(columns, grid.now, width, surface)]


def _marked(grid: TimeGrid, blocks: Sequence[Block], surface: Surface) -> list[Line]:
    """All lanes in one grid, their marks behind the names; nothing where a block would hide another."""
    width = _column_width(len(grid.days), surface)
    if not width:
        return []
    marked = [block._replace(mark=f"/{grid.lanes[block.lane].mark}") for block in blocks]
    columns = _columns(len(grid.days), [(block.day, block) for block in marked], width)
    if any(placed.hidden for column in columns for placed in column):
        return []
    notes = [_marked_notes(grid, day) for day in grid.days]
    legend = "   ".join(f"/{lane.mark} {lane.name}" for lane in grid.lanes)
    texts = wrap(surface.clean(legend), surface.width - 1)
    return [
        *_heads(grid.days, notes, width, surface),
        *_rows(columns, grid.now, width, surface),
        (),
        *((Span(" "), Span(text, Style.MUTED)) for text in texts),
    ]


def _marked_notes(grid: TimeGrid, day: Day) -> str:
    return " ".join(f"{note}/{lane.mark}" for note, lane in zip(day.notes, grid.lanes, strict=False) if note)


def _side_by_side(grid: TimeGrid, blocks: Sequence[Block], surface: Surface) -> list[Line]:
    """The lanes beside each other under each day."""
    lanes = len(grid.lanes)
    width = _column_width(len(grid.days) * lanes, surface)
    if not width:
        return []
    numbered = [(block.day * lanes + block.lane, block) for block in blocks]
    columns = _columns(len(grid.days) * lanes, numbered, width)
    now = (grid.now[0] * lanes, grid.now[1]) if grid.now else None
    names = tuple(span for day in grid.days for span in _lane_heads(grid, day, width, surface))
    return [
        *_heads(grid.days, (), width * lanes, surface),
        (Span(" " * _GUTTER), *names),
        *_rows(columns, now, width, surface),
    ]


def _day_by_day(grid: TimeGrid, blocks: Sequence[Block], surface: Surface) -> list[Line]:
    """The days that hold something one below the other, the lanes across."""
    width = _column_width(len(grid.lanes), surface) if _column_width(len(grid.days), surface) else 0
    lines: list[Line] = []
    for index, day in enumerate(grid.days):
        todays = [(block.lane, block) for block in blocks if block.day == index]
        if not width or not todays:
            continue
        now = (0, grid.now[1]) if grid.now and grid.now[0] == index else None
        lines += [()] if lines else []
        lines.append(_day_label(day, surface))
        lines.append((Span(" " * _GUTTER), *_lane_heads(grid, day, width, surface)))
        lines += _rows(_columns(len(grid.lanes), todays, width), now, width, surface)
    return lines


def _columns(count: int, numbered: Iterable[tuple[int, Block]], width: int) -> list[list[Placed]]:
    """Each column's blocks, placed."""
    columns: list[list[Block]] = [[] for _ in range(count)]
    for number, block in numbered:
        columns[number].append(block)
    return [place(column, max(width // _NARROWEST_LANE, 1)) for column in columns]


def rows_of(block: Block) -> tuple[int, int]:
    """The half-hour rows a block covers, at least one; blocks that only touch share none."""
    first = min(max(block.start_min // _ROW_MIN, 0), _ROWS_A_DAY - 1)
    return first, min(max(block.end_min // _ROW_MIN, first + 1), _ROWS_A_DAY)


def place(blocks: Iterable[Block], most_lanes: int) -> list[Placed]:
    """One day's blocks, beside each other where they overlap; what finds no lane hides behind the first."""
    placed: list[Placed] = []
    together: list[tuple[Block, int, int]] = []
    for block in sorted(blocks, key=lambda block: (block.start_min, block.end_min)):
        first, end = rows_of(block)
        if together and first >= max(row for _, _, row in together):
            placed += _place_together(together, most_lanes)
            together = []
        together.append((block, first, end))
    return placed + _place_together(together, most_lanes)


def _place_together(together: Sequence[tuple[Block, int, int]], most_lanes: int) -> list[Placed]:
    free_from: list[int] = []
    kept: list[tuple[Block, int, int, int]] = []
    hidden = 0
    for block, first, end in together:
        lane = next((lane for lane, row in enumerate(free_from) if row <= first), len(free_from))
        if lane >= most_lanes:
            hidden += 1
            continue
        free_from[lane : lane + 1] = [end]
        kept.append((block, first, end, lane))
    return [
        Placed(block, first, end, lane, len(free_from), 0 if number else hidden)
        for number, (block, first, end, lane) in enumerate(kept)
    ]


def _rows(
    columns: Sequence[Placement], now: tuple[int, int] | None, width: int, surface: Surface
) -> list[Line]:
    """The hours in which something runs, two rows each, and the rule of the hour that it is now."""
    hours = {row // 2 for column in columns for item in column for row in range(item.first_row, item.end_row)}
    now_row = now[1] // _ROW_MIN if now else -1
    lines: list[Line] = []
    for row in range(_ROWS_A_DAY):
        if row // 2 in hours and not _is_idle(row, columns, hours):
            label = f" {row // 2:02d}" if row % 2 == 0 else ""
            lines.append((Span(label.ljust(_GUTTER), Style.MUTED), *_row(columns, row, width, surface)))
        if row == now_row and now:
            label = "" if row // 2 in hours else f" {row // 2:02d}"
            lines.append(_now_line(now, label, columns, width, surface))
    return lines


def _is_idle(row: int, columns: Sequence[Placement], hours: set[int]) -> bool:
    """Whether it is a second half of an hour in which nothing runs, with a fold or the end below it."""
    if row % 2 == 0 or (row + 1) // 2 in hours:
        return False
    return not any(placed.first_row <= row < placed.end_row for column in columns for placed in column)


def _heads(days: Sequence[Day], notes: Sequence[str], width: int, surface: Surface) -> list[Line]:
    """The days' names, today's in brackets, and under them what there is to note."""
    spans = [Span(" " * (_GUTTER - 1))]
    for day in days:
        label = surface.shorten(surface.clean(day.label), width - 2)
        text = f"[{label}]" if day.is_today else f" {label} "
        spans.append(Span(pad(text, width), Style.STRONG if day.is_today else Style.PLAIN))
    if not any(notes):
        return [tuple(spans)]
    texts = [pad(surface.shorten(surface.clean(note), width - 1), width) for note in notes]
    return [tuple(spans), (Span(" " * _GUTTER), *(Span(text, Style.MUTED) for text in texts))]


def _lane_heads(grid: TimeGrid, day: Day, width: int, surface: Surface) -> list[Span]:
    """The lanes' names over their columns, short ones unless all fit, each with its note of the day."""
    is_wide = all(cell_width(surface.clean(lane.name)) < width for lane in grid.lanes)
    spans = []
    for index, lane in enumerate(grid.lanes):
        said = day.notes[index] if index < len(day.notes) else ""
        note = surface.shorten(f" {surface.clean(said)}", width // 2) if said else ""
        name = surface.clean(lane.name if is_wide else lane.short)
        name = surface.shorten(name, width - 1 - cell_width(note))
        spans.append(Span(pad(name + note, width), Style.MUTED))
    return spans


def _row(columns: Sequence[Placement], row: int, width: int, surface: Surface) -> list[Span]:
    """What all columns show in one row; a text may go up to its neighbour where that has nothing there."""
    spans: list[Span] = []
    for index, column in enumerate(columns):
        beyond = columns[index + 1] if index + 1 < len(columns) else ()
        spans += _cell(column, beyond, row, width, surface)
    return spans


def _running(column: Placement, row: int) -> list[Placed]:
    """The blocks of a column that run in a row, by lane."""
    return sorted(
        (item for item in column if item.first_row <= row < item.end_row), key=lambda item: item.lane
    )


def _cell(column: Placement, beyond: Placement, row: int, width: int, surface: Surface) -> list[Span]:
    """What one column shows in one row: its running blocks, each in its lane."""
    spans: list[Span] = []
    at = 0
    for item in _running(column, row):
        start = item.lane * (width // item.lanes)
        first_room = _room(item, item.first_row, column, beyond, width)
        is_cramped = _is_cramped(item, surface, first_room - 2)
        room = _room(item, row, column, beyond, width)
        sign, text = _block_row(item, row, room, surface, is_cramped=is_cramped)
        style = item.block.style
        spans += (Span(" " * (start - at)), Span(sign, style))
        spans.append(Span(text, style if row == item.first_row else Style.PLAIN))
        at = start + len(sign) + cell_width(text)
    return [*spans, Span(" " * (width - at))]


def _room(item: Placed, row: int, column: Placement, beyond: Placement, width: int) -> int:
    """The cells a block has in a row: its lane's but one, all of it where nothing runs beyond."""
    is_edge = item is _running(column, row)[-1] and not _running(beyond, row)
    return width // item.lanes - (0 if is_edge else 1)


def _block_row(item: Placed, row: int, width: int, surface: Surface, *, is_cramped: bool) -> tuple[str, str]:
    """A block's sign and text in one of its rows, together at most `width` cells."""
    number = row - item.first_row
    texts = _fitted(item, surface, width - 2, is_cramped=is_cramped)
    if number:
        return "|", surface.shorten(f" {texts[number]}", width - 1) if number < len(texts) else ""
    more = f" +{item.hidden}" if item.hidden else ""
    sign = cut(surface.clean(item.block.sign), 1) or " "
    size = "" if is_cramped else surface.clean(item.block.tail)
    tail = cut(size + surface.clean(item.block.mark) + more, width - 2)
    return sign, surface.shorten(f" {texts[0]}", width - 1 - cell_width(tail)) + tail


def _is_cramped(item: Placed, surface: Surface, width: int) -> bool:
    """Whether a name would have to be cut for the tail behind it, and a row is left below for that."""
    block = item.block
    said = _name(block, surface) + surface.clean(block.tail + block.mark)
    return bool(block.tail) and item.end_row - item.first_row > 1 and cell_width(said) > width


def _name(block: Block, surface: Surface) -> str:
    """A block's name, after the minute it begins at where that is not a row's first."""
    name = surface.clean(block.lines[0]) if block.lines else ""
    return f":{block.start_min % 60:02d} {name}" if block.start_min % _ROW_MIN else name


def _fitted(item: Placed, surface: Surface, width: int, *, is_cramped: bool) -> list[str]:
    """A block's texts by row: joined where they are more than its rows, long ones wrapped where fewer."""
    block, rows = item.block, item.end_row - item.first_row
    rest = [surface.clean(text) for text in block.lines[1:]]
    if block.brief and rest and cell_width(rest[0]) > width:
        rest[0] = surface.clean(block.brief)
    if is_cramped:
        rest[:1] = [" ".join([surface.clean(block.tail).strip(), *rest[:1]])]
    texts = [_name(block, surface)]
    for number, text in enumerate(rest):
        spare = rows - len(texts) - (len(rest) - number)
        joined = f"{texts[-1]}, {text}"
        pieces = wrap(text, width) if spare > 0 else [text]
        if spare < 0 and cell_width(joined) <= width and (len(texts) > 1 or not block.tail):
            texts[-1] = joined
        else:
            texts += [*pieces[:spare], " ".join(pieces[spare:])] if len(pieces) > spare > 0 else pieces
    return texts


def _now_line(
    now: tuple[int, int], label: str, columns: Sequence[Placement], width: int, surface: Surface
) -> Line:
    """A rule across the columns with the time at its own; blocks that run on keep their bar."""
    column, minute = now
    row = minute // _ROW_MIN
    rule = list((surface.clean("─") * (width * len(columns)))[:-1])
    words = f" now {minute // 60:02d}:{minute % 60:02d} "
    at = min(max(column * width - 1, 0), max(len(rule) - len(words), 0))
    rule[at : at + len(words)] = words
    for index, placed in enumerate(columns):
        for item in placed:
            cell = index * width + item.lane * (width // item.lanes)
            if item.first_row <= row < item.end_row - 1 and not at <= cell < at + len(words):
                rule[cell] = "|"
    return (Span(label.ljust(_GUTTER), Style.MUTED), Span("".join(rule), Style.ACCENT))


def _day_label(day: Day, surface: Surface) -> Line:
    """A day's name over what it holds."""
    label = surface.shorten(surface.clean(day.label), surface.width - 3)
    return (Span(f"[{label}]" if day.is_today else f" {label}", Style.STRONG),)


def day_list(grid: TimeGrid, blocks: Sequence[Block], surface: Surface) -> list[Line]:
    """The days that hold something, each with its blocks in a line or two."""
    lines: list[Line] = []
    for index, day in enumerate(grid.days):
        todays = sorted((block for block in blocks if block.day == index), key=lambda block: block.start_min)
        now_min = grid.now[1] if grid.now and grid.now[0] == index else None
        if not todays and now_min is None:
            continue
        lines += [_day_label(day, surface), *_listed_notes(grid, day, surface)]
        for block in todays:
            if now_min is not None and block.start_min > now_min:
                lines.append(_now_entry(now_min, surface))
                now_min = None
            lines += _list_entry(block, grid.lanes[block.lane].short if grid.lanes else "", surface)
        if now_min is not None:
            lines.append(_now_entry(now_min, surface))
    return lines


def _listed_notes(grid: TimeGrid, day: Day, surface: Surface) -> list[Line]:
    """What is noted of a day, with the lanes' names."""
    names = [f"{lane.short} " for lane in grid.lanes] or [""] * len(day.notes)
    noted = ", ".join(f"{name}{note}" for name, note in zip(names, day.notes, strict=False) if note)
    texts = wrap(surface.clean(noted), surface.width - 3) if noted else []
    return [(Span("   "), Span(text, Style.MUTED)) for text in texts]


def _list_entry(block: Block, lane: str, surface: Surface) -> list[Line]:
    start = f"   {block.start_min // 60:02d}:{block.start_min % 60:02d} "
    sign = cut(surface.clean(block.sign), 1) or " "
    name, *rest = block.lines or [""]
    said = ", ".join(filter(None, (name + block.tail, *rest, lane)))
    texts = wrap(surface.clean(said), surface.width - len(start) - 2)
    first = (Span(start), Span(f"{sign} {texts[0]}", block.style))
    return [first, *((Span(" " * (len(start) + 2) + text),) for text in texts[1:])]


def _now_entry(minute: int, surface: Surface) -> Line:
    rule = surface.clean("──")
    return (Span(f"   {minute // 60:02d}:{minute % 60:02d} {rule} now {rule}", Style.ACCENT),)
