"""What is only to be ticked on a training sheet, in running text: names, amounts and boxes."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ptrack.output.document import Style
from ptrack.output.paper import RULE, SMALL_PT, TEXT_PT, Paper
from ptrack.output.sheet_column import (
    BOX_MM,
    BOX_STEP_MM,
    MOST_BOXES,
    NOTE_PT,
    Column,
    Row,
    draw_box,
    draw_line,
)
from ptrack.output.sheets import SheetGroup, SheetLine, SheetSection

_BLANK_MM = 1.1
_BETWEEN_MM = 4.0


class _Piece(NamedTuple):
    """A piece of text that is not to be broken, or boxes to tick."""

    width: float
    text: str = ""
    size_pt: float = TEXT_PT
    is_bold: bool = False
    is_quiet: bool = False
    boxes: int = 0


class _Place(NamedTuple):
    """Where a piece stands: how far from the left, and on which line."""

    x: float
    line: int
    piece: _Piece


def running_row(column: Column, section: SheetSection) -> Row:
    """A section's caption and its lines one after the other, each kept on one line of text where it fits."""
    paper, pitch = column.paper, column.sizes.small_row
    breadth = column.right - column.left
    caption = _text(paper, section.caption, SMALL_PT, is_bold=True, is_quiet=True)
    indent = caption.width + _BETWEEN_MM if caption.width < breadth / 3 else 0.0
    items = [list(_pieces(paper, line, breadth - indent)) for line in section.lines]
    places = list(_places([[caption], *items], breadth, indent))
    height = (places[-1].line + 1) * pitch + 0.8

    def draw(column: Column) -> None:
        top = paper.y
        for place in places:
            paper.go_to(top + place.line * pitch)
            _draw_piece(column, column.left + place.x, place.piece)
        draw_line(column, column.left, column.right, top + height, RULE, 0.1)

    return Row(height, draw, is_start=True)


def _pieces(paper: Paper, line: SheetLine, breadth: float) -> Iterator[_Piece]:
    """A line as pieces: its superset, its name, each group with its boxes, then its rest and notes."""
    if line.superset:
        yield _text(paper, line.superset, NOTE_PT, is_quiet=True)
    for word in paper.clean(line.name).split():
        for piece in paper.wrap(word, breadth, bold=True):
            yield _text(paper, piece, is_bold=True)
    for group in line.groups:
        yield from _group_pieces(paper, group, breadth)
    for text in (f"rest {line.rest}" if line.rest else "", *line.notes):
        for word in paper.clean(text).split():
            for piece in paper.wrap(word, breadth, NOTE_PT):
                yield _text(paper, piece, NOTE_PT, is_quiet=True)


def _group_pieces(paper: Paper, group: SheetGroup, breadth: float) -> Iterator[_Piece]:
    for text in _group_texts(group):
        for piece in paper.wrap(paper.clean(text), breadth):
            yield _text(paper, piece)
    count = min(group.sets, MOST_BOXES)
    yield _Piece(count * BOX_STEP_MM - (BOX_STEP_MM - BOX_MM), boxes=count)
    if group.sets > count:
        yield _text(paper, f"+ {group.sets - count}", NOTE_PT, is_quiet=True)


def _group_texts(group: SheetGroup) -> Iterator[str]:
    """What is planned, in texts that are not broken where they fit: `2 × 15`, `bodyweight`, `RPE 4`."""  # noqa: RUF002
    yield f"{group.sets} × {group.amount}" if group.amount else f"{group.sets} ×"  # noqa: RUF001
    yield from group.load
    if group.effort:
        yield f"RPE {group.effort}"
    if group.is_warmup:
        yield "warm-up"


def _text(
    paper: Paper, text: str, size_pt: float = TEXT_PT, *, is_bold: bool = False, is_quiet: bool = False
) -> _Piece:
    text = paper.clean(text)
    return _Piece(paper.measure(text, size_pt, bold=is_bold), text, size_pt, is_bold, is_quiet)


def _places(items: Sequence[Sequence[_Piece]], breadth: float, indent: float) -> Iterator[_Place]:
    """Every piece in its place: an item begins a line, indented, unless it fits on the one that was begun."""
    x, line = 0.0, 0
    for item in items:
        whole = sum(piece.width + _BLANK_MM for piece in item) - _BLANK_MM
        if x > indent and x + whole > breadth:
            x, line = indent, line + 1
        for piece in item:
            if x > indent and x + piece.width > breadth:
                x, line = indent, line + 1
            yield _Place(x, line, piece)
            x += piece.width + _BLANK_MM
        x += _BETWEEN_MM - _BLANK_MM


def _draw_piece(column: Column, x: float, piece: _Piece) -> None:
    paper = column.paper
    style = Style.MUTED if piece.is_quiet else Style.PLAIN
    base = paper.y + (column.sizes.small_row + BOX_MM) / 2
    for number in range(piece.boxes):
        draw_box(column, x + number * BOX_STEP_MM, base)
    paper.write_at(x, piece.text, style=style, size_pt=piece.size_pt, bold=piece.is_bold)
