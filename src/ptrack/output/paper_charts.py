"""Charts on paper, in lines and dots; each series has a dash of its own, so that it prints in grey, too."""

from collections.abc import Sequence
from itertools import cycle

from ptrack.output.document import Chart, Series, Style
from ptrack.output.paper import ACCENT, INK, LINE_MM, MARGIN_MM, QUIET, RULE, SMALL_PT, Colour, Paper
from ptrack.output.scales import Plot, Point, plot

_HEIGHT_MM = 58.0
CHART_MM = _HEIGHT_MM + 4 * LINE_MM
"""How much of a page a chart takes with its title."""

_MOST_DATES = 7
_MOST_VALUES = 6
_COLUMNS = 300
_DOT_MM = 1.3
_SAMPLE_MM = 8.0
_LABEL_GAP_MM = 2.0
# Colour, dash and gap in millimetres.
Pen = tuple[Colour, float, float]
_POINT_PENS: Sequence[Pen] = ((ACCENT, 0.0, 0.0), (INK, 0.0, 0.0), (QUIET, 0.0, 0.0))
# Solid, dashed, dotted, dashed long.
_LINE_PENS: Sequence[Pen] = ((INK, 0.0, 0.0), (INK, 1.8, 1.4), (QUIET, 0.5, 1.0), (QUIET, 4.0, 1.6))


class Frame:
    """Where on the page a chart's values and moments lie."""

    def __init__(self, drawn: Plot, left: float, right: float, top: float) -> None:
        self.drawn = drawn
        self.left, self.right = left, right
        self.top, self.bottom = top, top + _HEIGHT_MM

    def x(self, moment: float) -> float:
        """The place of a moment from the left edge of the page."""
        first, last = self.drawn.x_limits
        return self.left + (moment - first) / (last - first) * (self.right - self.left)

    def y(self, value: float) -> float:
        """The place of a value from the top edge of the page."""
        low, high = self.drawn.y_limits
        return self.bottom - (value - low) / (high - low) * (self.bottom - self.top)


def draw_chart(paper: Paper, chart: Chart) -> bool:
    """Draw the chart with its axes and legend; False, and nothing drawn, where it has no point."""
    drawn = plot(chart, _COLUMNS, _MOST_DATES, _MOST_VALUES)
    if drawn is None:
        return False
    paper.keep(_HEIGHT_MM + 3 * LINE_MM)
    left = MARGIN_MM + _LABEL_GAP_MM + max(paper.measure(label, SMALL_PT) for _, label in drawn.y_ticks)
    frame = Frame(drawn, left, paper.right - 2, paper.y + 2)
    _draw_values(paper, frame)
    _draw_dates(paper, frame)
    pens = _pens([series for series, _ in drawn.series])
    for (series, points), pen in sorted(
        zip(drawn.series, pens, strict=True), key=lambda item: item[0][0].kind
    ):
        _pick(paper, pen)
        (_draw_path if series.kind == "line" else _draw_dots)(paper, frame, points)
    paper.pdf.set_dash_pattern()
    paper.go_to(frame.bottom + LINE_MM + 1)
    _draw_legend(paper, [series for series, _ in drawn.series], pens)
    return True


def _draw_values(paper: Paper, frame: Frame) -> None:
    for value, label in frame.drawn.y_ticks:
        y = frame.y(value)
        paper.pdf.set_draw_color(*RULE)
        paper.pdf.set_line_width(0.15)
        paper.pdf.line(frame.left, y, frame.right, y)
        paper.go_to(y - LINE_MM / 2)
        width = frame.left - MARGIN_MM - _LABEL_GAP_MM
        paper.write_at(MARGIN_MM, label, style=Style.MUTED, size_pt=SMALL_PT, right_width=width)


def _draw_dates(paper: Paper, frame: Frame) -> None:
    paper.pdf.set_draw_color(*QUIET)
    paper.pdf.set_line_width(0.2)
    paper.pdf.line(frame.left, frame.bottom, frame.right, frame.bottom)
    paper.go_to(frame.bottom + 0.8)
    for moment, label in frame.drawn.x_ticks:
        x, width = frame.x(moment), paper.measure(label, SMALL_PT)
        start = min(max(x - width / 2, MARGIN_MM), paper.right - width)
        paper.pdf.line(x, frame.bottom, x, frame.bottom + 1)
        paper.write_at(start, label, style=Style.MUTED, size_pt=SMALL_PT)


def _pens(series: Sequence[Series]) -> list[Pen]:
    """A pen for each series, points and lines counted apart."""
    dots, lines = cycle(_POINT_PENS), cycle(_LINE_PENS)
    return [next(dots if item.kind == "points" else lines) for item in series]


def _pick(paper: Paper, pen: Pen) -> None:
    colour, dash, gap = pen
    paper.pdf.set_draw_color(*colour)
    paper.pdf.set_fill_color(*colour)
    paper.pdf.set_line_width(0.45)
    paper.pdf.set_dash_pattern(dash=dash, gap=gap)


def _draw_path(paper: Paper, frame: Frame, points: Sequence[Point]) -> None:
    places = [(frame.x(moment), frame.y(value)) for moment, value in points]
    if len(places) > 1:
        paper.pdf.polyline(places)


def _draw_dots(paper: Paper, frame: Frame, points: Sequence[Point]) -> None:
    for moment, value in points:
        x, y = frame.x(moment), frame.y(value)
        paper.pdf.ellipse(x - _DOT_MM / 2, y - _DOT_MM / 2, _DOT_MM, _DOT_MM, style="F")


def _draw_legend(paper: Paper, series: Sequence[Series], pens: Sequence[Pen]) -> None:
    x = MARGIN_MM
    for item, pen in zip(series, pens, strict=True):
        name = paper.shorten(paper.clean(item.name), paper.breadth - _SAMPLE_MM - 2, SMALL_PT)
        needed = _SAMPLE_MM + 2 + paper.measure(name, SMALL_PT)
        if x > MARGIN_MM and x + needed > paper.right:
            paper.advance()
            x = MARGIN_MM
        _draw_sample(paper, item, pen, x)
        paper.write_at(x + _SAMPLE_MM + 2, name, style=Style.MUTED, size_pt=SMALL_PT)
        x += needed + 6
    paper.advance(LINE_MM + 1)


def _draw_sample(paper: Paper, series: Series, pen: Pen, x: float) -> None:
    y = paper.y + LINE_MM / 2
    _pick(paper, pen)
    if series.kind == "line":
        paper.pdf.line(x, y, x + _SAMPLE_MM, y)
    else:
        middle = x + _SAMPLE_MM / 2
        paper.pdf.ellipse(middle - _DOT_MM / 2, y - _DOT_MM / 2, _DOT_MM, _DOT_MM, style="F")
    paper.pdf.set_dash_pattern()
