"""Training sheets on paper: a week a page, a block a day, a box to tick and room to write for every set.

Drawn in grey and black lines alone, so that they print anywhere. Words are wrapped, never a number cut.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ptrack.output.document import Style
from ptrack.output.paper import INK, LINE_MM, MARGIN_MM, QUIET, RULE, SMALL_PT, Paper

_TITLE_PT = 16.0
_WEEK_PT = 11.0
_NOTE_PT = 7.0
_TEXT_MM = 4.2
_NOTE_MM = 3.3
_ROW_MM = 8.2
_SMALL_ROW_MM = 5.4
_DAY_HEAD_MM = 8.0
_DAY_GAP_MM = 3.6
_CAPTION_MM = 4.6
_LOGO_MM = (40.0, 12.0)
_BOX_MM = 3.0
_DROP_MM = 1.7
_GUTTER_MM = 4.5
_NAME_MM, _AMOUNT_MM, _LOAD_MM, _EFFORT_MM, _REST_MM = 46.0, 22.5, 23.0, 9.0, 12.0
_PAD_MM = 1.5
_CELLS = 4
_MOST_CELLS = 12


class SheetGroup(NamedTuple):
    """Sets that are alike: how many, of how many reps (or how long, or how far), with what, how hard.

    `load` is said line by line; where `is_load_open` there is room to write it.
    """

    sets: int
    amount: str
    load: Sequence[str] = ()
    effort: str = ""
    is_warmup: bool = False
    is_load_open: bool = False


class SheetLine(NamedTuple):
    """One exercise; neighbours whose `superset` begins alike are bracketed. `notes` stand below it."""

    name: str
    groups: Sequence[SheetGroup]
    superset: str = ""
    rest: str = ""
    notes: Sequence[str] = ()


class SheetSection(NamedTuple):
    """Lines under a caption; where there is only to be ticked, not written, `is_brief`."""

    caption: str
    lines: Sequence[SheetLine]
    is_brief: bool = False


class SheetDay(NamedTuple):
    """One training day."""

    name: str
    sections: Sequence[SheetSection]


class SheetWeek(NamedTuple):
    """One week: its own pages."""

    title: str
    days: Sequence[SheetDay]


class Sheets(NamedTuple):
    """A program to hand out; `remark` stands below every heading."""

    title: str
    client: str
    studio: str
    remark: str
    weeks: Sequence[SheetWeek]


class _Row(NamedTuple):
    """What is drawn in one go: its height, and how it is drawn at the paper's current line."""

    height: float
    draw: Callable[[Paper], None]


def draw_sheets(paper: Paper, sheets: Sheets, logo: Path | None) -> None:
    """Draw every week, each beginning a page."""
    for week in sheets.weeks:
        paper.keep(paper.bottom)
        _draw_head(paper, sheets, week, logo)
        for day in week.days:
            _draw_day(paper, sheets, week, day, logo)


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
    paper.advance(_DAY_GAP_MM)


def _draw_day(paper: Paper, sheets: Sheets, week: SheetWeek, day: SheetDay, logo: Path | None) -> None:
    """A day's block, on one page where it fits on one."""
    rows = list(_rows(paper, day))
    page = paper.bottom - MARGIN_MM - 20
    whole = 2 * _DAY_HEAD_MM + sum(row.height for row in rows)
    if whole <= page and paper.keep(whole):
        _draw_head(paper, sheets, week, logo)
    _draw_day_head(paper, day.name)
    for number, row in enumerate(rows):
        more = rows[number + 1].height if row.height == _CAPTION_MM and number + 1 < len(rows) else 0.0
        if paper.keep(row.height + more):
            _draw_head(paper, sheets, week, logo)
            _draw_day_head(paper, f"{day.name} (goes on)")
        top = paper.y
        row.draw(paper)
        paper.go_to(top + row.height)
    paper.advance(_DAY_GAP_MM)


def _columns() -> tuple[float, float, float, float, float]:
    """Where the columns behind the name begin: sets and reps, load, effort, rest, boxes."""
    amount = MARGIN_MM + _GUTTER_MM + _NAME_MM
    load = amount + _AMOUNT_MM
    effort = load + _LOAD_MM
    rest = effort + _EFFORT_MM
    return amount, load, effort, rest, rest + _REST_MM


def _draw_day_head(paper: Paper, name: str) -> None:
    """A day's name with the titles of the columns, and room for the date."""
    amount, load, effort, rest, boxes = _columns()
    first, *more = paper.wrap(paper.clean(name), amount - MARGIN_MM - _PAD_MM, _WEEK_PT, bold=True)
    if more:
        for text in paper.wrap(paper.clean(name), paper.breadth, _WEEK_PT, bold=True):
            paper.write_at(MARGIN_MM, text, size_pt=_WEEK_PT, bold=True)
            paper.advance(LINE_MM + 0.4)
    else:
        paper.write_at(MARGIN_MM, first, size_pt=_WEEK_PT, bold=True)
    for x, title in ((amount, "Sets × reps"), (load, "Load"), (effort, "RPE"), (rest, "Rest")):  # noqa: RUF001
        paper.write_at(x, title, style=Style.MUTED, size_pt=SMALL_PT)
    width = paper.write_at(boxes, "Date", style=Style.MUTED, size_pt=SMALL_PT)
    _line(paper, boxes + width + 1.5, paper.right, paper.y + LINE_MM - 0.6)
    paper.advance(_DAY_HEAD_MM - 2.4)
    paper.rule(paper.y, INK, 0.25)
    paper.advance(0.6)


def _rows(paper: Paper, day: SheetDay) -> Iterator[_Row]:
    has_captions = len(day.sections) > 1
    for section in day.sections:
        if has_captions and section.caption:
            yield _caption(section.caption)
        for number, line in enumerate(section.lines):
            before = section.lines[number - 1] if number else None
            after = section.lines[number + 1] if number + 1 < len(section.lines) else None
            joined = (_goes_together(before, line), _goes_together(line, after))
            yield from _line_rows(paper, line, joined, is_brief=section.is_brief)


def _goes_together(line: SheetLine | None, other: SheetLine | None) -> bool:
    """Whether two neighbours are of one superset: A1 and A2."""
    if line is None or other is None or not line.superset or not other.superset:
        return False
    return line.superset[0] == other.superset[0]


def _caption(text: str) -> _Row:
    def draw(paper: Paper) -> None:
        paper.write_at(MARGIN_MM, paper.clean(text), style=Style.MUTED, size_pt=SMALL_PT, bold=True)

    return _Row(_CAPTION_MM, draw)


def _line_rows(paper: Paper, line: SheetLine, joined: tuple[bool, bool], *, is_brief: bool) -> Iterator[_Row]:
    """A row for each group of sets; the name, its notes and the rest stand with the first."""
    working = next((number for number, group in enumerate(line.groups) if not group.is_warmup), 0)
    for number, group in enumerate(line.groups):
        is_first, is_last = number == 0, number == len(line.groups) - 1
        bracket = (joined[0] or not is_first, joined[1] or not is_last) if any(joined) else None
        rest = line.rest if number == working else ""
        yield _group_row(paper, line, group, bracket, rest, is_first=is_first, is_brief=is_brief)


def _group_row(
    paper: Paper,
    line: SheetLine,
    group: SheetGroup,
    bracket: tuple[bool, bool] | None,
    rest: str,
    *,
    is_first: bool,
    is_brief: bool,
) -> _Row:
    """One group; `bracket` says whether a superset's bracket comes from above and goes on below."""
    is_small = is_brief or group.is_warmup
    names = _name_lines(paper, line) if is_first else ([], [])
    label = f"{group.sets} × {group.amount}" if group.amount else f"{group.sets} ×"  # noqa: RUF001
    amounts = paper.wrap(paper.clean(label), _AMOUNT_MM - _PAD_MM)
    loads = [piece for text in group.load for piece in paper.wrap(paper.clean(text), _LOAD_MM - _PAD_MM)]
    cells = 1 if is_small else -(-min(group.sets, _MOST_CELLS) // _cells_across(group))
    height = max(
        _SMALL_ROW_MM if is_small else cells * _ROW_MM,
        len(names[0]) * _TEXT_MM + len(names[1]) * _NOTE_MM + 1.4,
        max(len(amounts), len(loads)) * _TEXT_MM + (1.2 if is_small else 1.2 + _DROP_MM),
    )

    def draw(paper: Paper) -> None:
        top = paper.y
        drop = 0.0 if is_small else _DROP_MM
        _draw_names(paper, top + (drop if len(names[0]) == 1 and not names[1] else 0.0), names)
        _draw_plan(paper, top + drop, (amounts, loads), group, rest)
        if line.superset and is_first:
            paper.go_to(top + drop)
            paper.write_at(MARGIN_MM - 0.6, paper.clean(line.superset), style=Style.MUTED, size_pt=_NOTE_PT)
        if group.is_load_open and not is_small:
            _, load_at, effort_at, _, _ = _columns()
            _line(paper, load_at, effort_at - 4, top + _ROW_MM - 1.4)
        _draw_boxes(paper, top, group, is_small=is_small)
        if bracket:
            _draw_bracket(paper, top, height, bracket)
        _line(paper, MARGIN_MM + (_GUTTER_MM if bracket else 0), paper.right, top + height, light=True)

    return _Row(height, draw)


def _name_lines(paper: Paper, line: SheetLine) -> tuple[list[str], list[str]]:
    room = _NAME_MM - _PAD_MM
    notes = [text for note in line.notes for text in paper.wrap(paper.clean(note), room, _NOTE_PT)]
    return paper.wrap(paper.clean(line.name), room, bold=True), notes


def _draw_names(paper: Paper, top: float, names: tuple[list[str], list[str]]) -> None:
    x, y = MARGIN_MM + _GUTTER_MM, top + 0.4
    for text in names[0]:
        paper.go_to(y)
        paper.write_at(x, text, bold=True)
        y += _TEXT_MM
    for text in names[1]:
        paper.go_to(y - 0.6)
        paper.write_at(x, text, style=Style.MUTED, size_pt=_NOTE_PT)
        y += _NOTE_MM


def _draw_plan(
    paper: Paper, top: float, columns: tuple[list[str], list[str]], group: SheetGroup, rest: str
) -> None:
    amount, load, effort, rest_at, _ = _columns()
    style = Style.MUTED if group.is_warmup else Style.PLAIN
    for x, texts in ((amount, columns[0]), (load, columns[1])):
        for number, text in enumerate(texts):
            paper.go_to(top + 0.4 + number * _TEXT_MM)
            paper.write_at(x, text, style=style)
    paper.go_to(top + 0.4)
    if group.is_warmup and not (group.effort or rest):
        paper.write_at(effort, "warm-up", style=style, size_pt=SMALL_PT)
    paper.write_at(effort, paper.clean(group.effort), style=style)
    paper.write_at(rest_at, paper.clean(rest), style=Style.MUTED, size_pt=SMALL_PT)


def _draw_boxes(paper: Paper, top: float, group: SheetGroup, *, is_small: bool) -> None:
    """A box to tick for each set; behind it a line to write on, unless there is nothing to be written."""
    _, _, _, _, left = _columns()
    across = _MOST_CELLS if is_small else _cells_across(group)
    width = _BOX_MM + 1.6 if is_small else (paper.right - left) / across
    count = min(group.sets, _MOST_CELLS)
    for number in range(count):
        row, column = divmod(number, across)
        x, y = left + column * width, top + row * _ROW_MM
        base = y + (_SMALL_ROW_MM if is_small else _ROW_MM) - 1.4
        paper.pdf.set_draw_color(*QUIET)
        paper.pdf.set_line_width(0.25)
        paper.pdf.rect(x, base - _BOX_MM, _BOX_MM, _BOX_MM)
        if not is_small:
            _line(paper, x + _BOX_MM + 1.0, x + width - 1.6, base)
    if group.sets > count:
        paper.go_to(top)
        text = f"+ {group.sets - count}"
        paper.write_at(left, text, style=Style.MUTED, size_pt=_NOTE_PT, right_width=paper.right - left)


def _cells_across(group: SheetGroup) -> int:
    """How many sets stand beside each other: five of them in one row, more in rows of four."""
    return _CELLS + 1 if group.sets == _CELLS + 1 else _CELLS


def _draw_bracket(paper: Paper, top: float, height: float, bracket: tuple[bool, bool]) -> None:
    """The part of a superset's bracket beside one row."""
    x = MARGIN_MM + _GUTTER_MM - 1.2
    begin = top if bracket[0] else top + 1.2
    end = top + height if bracket[1] else top + height - 1.2
    paper.pdf.set_draw_color(*INK)
    paper.pdf.set_line_width(0.35)
    paper.pdf.line(x, begin, x, end)
    for has_more, y in ((bracket[0], begin), (bracket[1], end)):
        if not has_more:
            paper.pdf.line(x, y, x + 0.9, y)


def _line(paper: Paper, left: float, right: float, y: float, *, light: bool = False) -> None:
    paper.pdf.set_draw_color(*(RULE if light else QUIET))
    paper.pdf.set_line_width(0.1 if light else 0.2)
    paper.pdf.line(left, y, right, y)
