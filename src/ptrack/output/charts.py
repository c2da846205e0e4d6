"""Charts in cells, drawn by plotext: each series has a mark of its own, so that they read without colour."""

import re
from collections.abc import Sequence
from itertools import groupby

from ptrack.output.cells import Surface, cell_width
from ptrack.output.document import Chart, Line, Series, Span, Style
from ptrack.output.parts import wrap_line
from ptrack.output.scales import Plot, plot

_POINT_MARKS = ("o", "x", "+", "*")
_LINE_MARKS = (".", "-", "~", "=")
_ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
_AXES = str.maketrans("┤│├└┬┘┴┼─┐┌", "|||+++++-++")
_WIDEST = 120
_COLUMNS_A_DATE = 14


def chart_lines(chart: Chart, surface: Surface) -> list[Line]:
    """The chart with its title above, a line that says what each mark is, and its summary below."""
    unit = f" ({chart.unit})" if chart.unit else ""
    titles = wrap_line((Span(chart.title, Style.STRONG), Span(unit, Style.MUTED)), surface, 1)
    width = min(surface.width - 2, _WIDEST)
    height = 18 if width >= 70 else 12  # noqa: PLR2004 - a chart is about four times as wide as high
    drawn = plot(chart, width, max(width // _COLUMNS_A_DATE, 2), height // 3)
    if drawn is None:
        return [*titles, *wrap_line((Span(chart.empty, Style.MUTED),), surface, 1)]
    marks = _marks([series for series, _ in drawn.series], surface)
    picture = _picture(drawn, marks, width, height)
    lines = [_styled(" " + row, surface) for row in picture.splitlines()]
    summary = wrap_line((Span(chart.summary),), surface, 1) if chart.summary else []
    return [*titles, *lines, *_legend(drawn, marks, surface), *summary]


def _marks(series: Sequence[Series], surface: Surface) -> list[str]:
    """A mark for each series; the first line is drawn fine where the terminal has the dots for it."""
    points, lines = iter(_POINT_MARKS * len(series)), iter(_LINE_MARKS * len(series))
    marks = [next(points if item.kind == "points" else lines) for item in series]
    return ["braille" if mark == "." and surface.is_unicode else mark for mark in marks]


def _picture(drawn: Plot, marks: Sequence[str], width: int, height: int) -> str:
    import plotext

    plotext.clear_figure()
    plotext.limit_size(width=False, height=False)
    plotext.plot_size(width, height)
    plotext.theme("clear")
    plotext.xaxes(lower=True, upper=False)
    plotext.yaxes(left=True, right=False)
    start = drawn.x_limits[0]
    plotext.xlim(0.0, drawn.x_limits[1] - start)
    plotext.ylim(*drawn.y_limits)
    plotext.xticks([moment - start for moment, _ in drawn.x_ticks], [label for _, label in drawn.x_ticks])
    plotext.yticks([value for value, _ in drawn.y_ticks], [label for _, label in drawn.y_ticks])
    # What is drawn later covers what was drawn before: the points come last.
    for (series, points), mark in sorted(
        zip(drawn.series, marks, strict=True), key=lambda item: item[0][0].kind
    ):
        draw = plotext.scatter if series.kind == "points" else plotext.plot
        draw([x - start for x, _ in points], [y for _, y in points], marker=mark)
    text = _ESCAPES.sub("", plotext.build())
    plotext.clear_figure()
    return text


def _styled(row: str, surface: Surface) -> Line:
    """A row of the picture: the axes and their labels quiet, the points strong."""
    axis = next((place for place, sign in enumerate(row) if sign in "┤│├"), len(row))
    spans = [Span(row[: axis + 1], Style.MUTED)]
    for is_point, signs in groupby(row[axis + 1 :], lambda sign: sign in _POINT_MARKS):
        spans.append(Span("".join(signs), Style.STRONG if is_point else Style.PLAIN))
    if surface.is_unicode:
        return tuple(spans)
    return tuple(Span(span.text.translate(_AXES), span.style) for span in spans)


def _legend(drawn: Plot, marks: Sequence[str], surface: Surface) -> list[Line]:
    """What each mark stands for, in one line where there is room."""
    signs = ["\u2824\u2824" if mark == "braille" else mark for mark in marks]
    parts = [f"{sign} {series.name}" for sign, (series, _) in zip(signs, drawn.series, strict=True)]
    together = "   ".join(parts)
    texts = [together] if cell_width(surface.clean(together)) < surface.width else parts
    return [line for text in texts for line in wrap_line((Span(text, Style.MUTED),), surface, 1)]
