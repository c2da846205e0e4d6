"""A time grid in cells: hours down, days across, blocks as long as they last; narrow, a list by day."""

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


def week_lines(grid: TimeGrid, surface: Surface) -> list[Line]:
    """The grid as lines."""
    blocks = [block for block in grid.blocks if 0 <= block.day < len(grid.days)]
    if not blocks:
        texts = wrap(surface.clean(grid.empty), surface.width - 1) if grid.empty else []
        return [(Span(" "), Span(text, Style.MUTED)) for text in texts]
    day_width = (surface.width - _GUTTER) // len(grid.days)
    if day_width < _NARROWEST_DAY:
        return day_list(grid, blocks, surface)
    if len(grid.days) > 1:
        day_width = min(day_width, _WIDEST_DAY)
    return _grid_lines(grid, blocks, day_width, surface)


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


def _grid_lines(grid: TimeGrid, blocks: Sequence[Block], day_width: int, surface: Surface) -> list[Line]:
    days = [
        place((block for block in blocks if block.day == index), max(day_width // _NARROWEST_LANE, 1))
        for index in range(len(grid.days))
    ]
    hours = {row // 2 for day in days for placed in day for row in range(placed.first_row, placed.end_row)}
    now_row = grid.now[1] // _ROW_MIN if grid.now else -1
    lines = [_header(grid.days, day_width, surface)]
    for row in range(_ROWS_A_DAY):
        if row // 2 in hours and not _is_idle(row, days, hours):
            label = f" {row // 2:02d}" if row % 2 == 0 else ""
            cells = (span for day in days for span in _day_cell(day, row, day_width, surface))
            lines.append((Span(label.ljust(_GUTTER), Style.MUTED), *cells))
        if row == now_row and grid.now:
            label = "" if row // 2 in hours else f" {row // 2:02d}"
            lines.append(_now_line(grid.now, label, days, day_width, surface))
    return lines


def _is_idle(row: int, days: Sequence[Sequence[Placed]], hours: set[int]) -> bool:
    """Whether it is a second half of an hour in which nothing runs, with a fold or the end below it."""
    if row % 2 == 0 or (row + 1) // 2 in hours:
        return False
    return not any(placed.first_row <= row < placed.end_row for day in days for placed in day)


def _header(days: Sequence[Day], day_width: int, surface: Surface) -> Line:
    spans = [Span(" " * (_GUTTER - 1))]
    for day in days:
        label = surface.shorten(surface.clean(day.label), day_width - 2)
        text = f"[{label}]" if day.is_today else f" {label} "
        spans.append(Span(pad(text, day_width), Style.STRONG if day.is_today else Style.PLAIN))
    return tuple(spans)


def _day_cell(day: Sequence[Placed], row: int, width: int, surface: Surface) -> list[Span]:
    """What one day shows in one row: its running blocks, each in its lane."""
    running = sorted(
        (item for item in day if item.first_row <= row < item.end_row), key=lambda item: item.lane
    )
    spans: list[Span] = []
    column = 0
    for item in running:
        lane_width = width // item.lanes
        start = item.lane * lane_width
        sign, text = _block_row(item, row, lane_width - 1, surface)
        style = item.block.style
        spans += (Span(" " * (start - column)), Span(sign, style))
        spans.append(Span(text, style if row == item.first_row else Style.PLAIN))
        column = start + len(sign) + cell_width(text)
    return [*spans, Span(" " * (width - column))]


def _block_row(item: Placed, row: int, width: int, surface: Surface) -> tuple[str, str]:
    """A block's sign and text in one of its rows, together at most `width` cells."""
    number = row - item.first_row
    text = surface.clean(item.block.lines[number]) if number < len(item.block.lines) else ""
    if number:
        return "|", surface.shorten(f" {text}", width - 1) if text else ""
    if item.block.start_min % _ROW_MIN:
        text = f":{item.block.start_min % 60:02d} {text}"
    more = f" +{item.hidden}" if item.hidden else ""
    sign = cut(surface.clean(item.block.sign), 1) or " "
    return sign, surface.shorten(f" {text}", width - 1 - len(more)) + more


def _now_line(
    now: tuple[int, int], label: str, days: Sequence[Sequence[Placed]], day_width: int, surface: Surface
) -> Line:
    """A rule across the days with the time at its day; blocks that run on keep their bar."""
    day, minute = now
    row = minute // _ROW_MIN
    rule = list((surface.clean("─") * (day_width * len(days)))[:-1])
    words = f" now {minute // 60:02d}:{minute % 60:02d} "
    at = min(max(day * day_width - 1, 0), max(len(rule) - len(words), 0))
    rule[at : at + len(words)] = words
    for index, placed in enumerate(days):
        for item in placed:
            column = index * day_width + item.lane * (day_width // item.lanes)
            if item.first_row <= row < item.end_row - 1 and not at <= column < at + len(words):
                rule[column] = "|"
    return (Span(label.ljust(_GUTTER), Style.MUTED), Span("".join(rule), Style.ACCENT))


def day_list(grid: TimeGrid, blocks: Sequence[Block], surface: Surface) -> list[Line]:
    """The days that hold something, each with its blocks in a line or two."""
    lines: list[Line] = []
    for index, day in enumerate(grid.days):
        todays = sorted((block for block in blocks if block.day == index), key=lambda block: block.start_min)
        now_min = grid.now[1] if grid.now and grid.now[0] == index else None
        if not todays and now_min is None:
            continue
        label = surface.shorten(surface.clean(day.label), surface.width - 3)
        text = f"[{label}]" if day.is_today else f" {label}"
        lines.append((Span(text, Style.STRONG),))
        for block in todays:
            if now_min is not None and block.start_min > now_min:
                lines.append(_now_entry(now_min, surface))
                now_min = None
            lines += _list_entry(block, surface)
        if now_min is not None:
            lines.append(_now_entry(now_min, surface))
    return lines


def _list_entry(block: Block, surface: Surface) -> list[Line]:
    start = f"   {block.start_min // 60:02d}:{block.start_min % 60:02d} "
    sign = cut(surface.clean(block.sign), 1) or " "
    texts = wrap(surface.clean(", ".join(block.lines)), surface.width - len(start) - 2)
    first = (Span(start), Span(f"{sign} {texts[0]}", block.style))
    return [first, *((Span(" " * (len(start) + 2) + text),) for text in texts[1:])]


def _now_entry(minute: int, surface: Surface) -> Line:
    rule = surface.clean("──")
    return (Span(f"   {minute // 60:02d}:{minute % 60:02d} {rule} now {rule}", Style.ACCENT),)
