"""A column of a training sheet, how roomily it is drawn, and the rows that are drawn in it."""

from collections.abc import Callable
from typing import NamedTuple

from ptrack.output.paper import LINE_MM, QUIET, Colour, Paper

NOTE_PT = 7.0
BOX_MM = 3.0
BOX_STEP_MM = BOX_MM + 1.6
MOST_BOXES = 12
_BASELINE_MM = 3.85


class Sizes(NamedTuple):
    """How roomily sheets are drawn, in millimetres.

    `row` is a working row's height, `base` how far above its end its boxes and writing lines stand,
    `small_row` the height of a row with nothing to be written; `text` and `note` are the steps between lines.
    `name` to `rest` are the columns from left to right; behind them come the boxes. Without a `gutter` the
    brackets of supersets hang in the margin. `is_tight` puts captions on the rules, notes beside the name or
    where there is none, and brief lines in running text; `is_name_above` gives a name a row of its own.
    """

    row: float = 8.2
    base: float = 1.4
    small_row: float = 5.4
    text: float = 4.2
    note: float = 3.3
    gap: float = 3.6
    gutter: float = 4.5
    name: float = 46.0
    amount: float = 22.0
    load: float = 23.5
    effort: float = 9.0
    rest: float = 12.0
    columns: int = 1
    is_tight: bool = False
    is_name_above: bool = False

    @property
    def drop(self) -> float:
        """How far the text of a working row stands below its top."""
        return min((self.row - LINE_MM) / 2, self.row - self.base - _BASELINE_MM)


class Column(NamedTuple):
    """A part of the page from left to right to draw rows in."""

    paper: Paper
    sizes: Sizes
    left: float
    right: float

    @property
    def name(self) -> float:
        """Where names begin."""
        return self.left + self.sizes.gutter

    @property
    def amount(self) -> float:
        """Where sets and reps begin."""
        return self.name + self.sizes.name

    @property
    def load(self) -> float:
        """Where loads begin."""
        return self.amount + self.sizes.amount

    @property
    def effort(self) -> float:
        """Where the effort begins."""
        return self.load + self.sizes.load

    @property
    def rest(self) -> float:
        """Where the rest begins."""
        return self.effort + self.sizes.effort

    @property
    def boxes(self) -> float:
        """Where the boxes begin."""
        return self.rest + self.sizes.rest


class Row(NamedTuple):
    """What is drawn in one go: its height, and how it is drawn in a column at the paper's current line.

    Where it `is_start` the day may be broken before it.
    """

    height: float
    draw: Callable[[Column], None]
    is_start: bool = False


def draw_row(column: Column, row: Row) -> None:
    """Draw a row and go on below it."""
    top = column.paper.y
    row.draw(column)
    column.paper.go_to(top + row.height)


def draw_line(
    column: Column, left: float, right: float, y: float, colour: Colour = QUIET, width: float = 0.2
) -> None:
    """Draw a level line."""
    column.paper.pdf.set_draw_color(*colour)
    column.paper.pdf.set_line_width(width)
    column.paper.pdf.line(left, y, right, y)


def draw_box(column: Column, x: float, base: float) -> None:
    """Draw a box to tick that stands on `base`."""
    pdf = column.paper.pdf
    pdf.set_draw_color(*QUIET)
    pdf.set_line_width(0.25)
    pdf.rect(x, base - BOX_MM, BOX_MM, BOX_MM)
