"""Documents as terminal pages.

The lines are laid out here and in the modules beside, and coloured with seven fixed styles. Rich's cell table
measures them; its Table and Console stay out: columns that give way by priority have to be fitted before Rich
sees them, and what is left for it, padding, costs 3.6 times the start of Python.
"""

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TextIO

from ptrack.output.cells import Surface, cell_width, wrap
from ptrack.output.document import (
    Bars,
    Chart,
    Document,
    Fields,
    Heading,
    Hint,
    Line,
    Lines,
    MonthGrid,
    Part,
    Span,
    Style,
    Table,
    TimeGrid,
)
from ptrack.output.parts import bar_lines, field_lines, free_lines, heading_lines, hint_lines
from ptrack.output.tables import table_lines

PIPE_WIDTH = 100
_PAGE_EDGE = 80
_NARROWEST = 20

_COLOURS: Mapping[Style, str] = {
    Style.STRONG: "1",
    Style.MUTED: "2",
    Style.GOOD: "32",
    Style.WARN: "33",
    Style.BAD: "31",
    Style.ACCENT: "1",
}


def has_colour(stream: TextIO, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the stream is a terminal that takes colours, and NO_COLOR doesn't forbid them."""
    plain = environment.get("NO_COLOR") or environment.get("TERM", "") in {"dumb", "unknown"}
    return not plain and stream.isatty()


def page_width(stream: TextIO, environment: Mapping[str, str] = os.environ) -> int:
    """The width in cells: what COLUMNS says, else the terminal's, else (a pipe, a file) 100."""
    said = environment.get("COLUMNS", "")
    if said.isascii() and said.isdigit() and 0 < int(said) < 10_000:  # noqa: PLR2004 - no screen is wider
        return max(int(said), _NARROWEST)
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError, AttributeError):
        columns = 0
    return max(columns, _NARROWEST) if columns else PIPE_WIDTH


class Terminal:
    """A page's way to standard output, and a notice's to standard error.

    `width` and `colour` are found out from the streams and the environment where they are not given.
    """

    def __init__(
        self,
        stream: TextIO | None = None,
        err_stream: TextIO | None = None,
        width: int | None = None,
        colour: bool | None = None,
    ) -> None:
        self.stream = stream or sys.stdout
        self.err_stream = err_stream or sys.stderr
        self.colour = has_colour(self.stream) if colour is None else colour
        self.err_colour = has_colour(self.err_stream) if colour is None else colour
        self.surface = Surface(width or page_width(self.stream), _encoding(self.stream))
        self.err_surface = Surface(width or page_width(self.err_stream), _encoding(self.err_stream))

    def show(self, document: Document) -> None:
        """Write the document's parts, a blank line between them."""
        lines = page_lines(document.parts, self.surface)
        self.stream.write(paint(lines, colour=self.colour))

    def aside(self, parts: Sequence[Part]) -> None:
        """Write parts of a dialogue beside the answer, on standard error."""
        self.err_stream.write(paint(page_lines(parts, self.err_surface), colour=self.err_colour))
        self.err_stream.flush()

    def notice(self, text: str) -> None:
        """Say something that is good to know on standard error."""
        self._say(text, Style.MUTED)

    def warn(self, text: str) -> None:
        """Say on standard error what may be wrong."""
        self._say(text, Style.WARN)

    def error(self, text: str) -> None:
        """Say on standard error what was refused and what to do."""
        self._say(text, Style.BAD)

    def _say(self, text: str, style: Style) -> None:
        # Wrapped for eyes only: a log or a script gets each sentence in one piece.
        surface = self.err_surface
        room = surface.width - 1 if self.err_stream.isatty() else sys.maxsize
        lines = (
            (Span(" "), Span(part, style))
            for line in text.splitlines()
            for part in wrap(surface.clean(line), room)
        )
        self.err_stream.write(paint(lines, colour=self.err_colour))
        self.err_stream.flush()


def _encoding(stream: TextIO) -> str:
    return getattr(stream, "encoding", None) or "utf-8"


def page_lines(parts: Sequence[Part], surface: Surface) -> list[Line]:
    """All parts as lines; the headings' asides end where the widest part does, or at 80."""
    groups = _grouped(parts)
    blocks = [[] if isinstance(group[0], Heading) else part_lines(group, surface) for group in groups]
    widest = max((line_width(line) for block in blocks for line in block), default=0)
    edge = min(surface.width, max(_PAGE_EDGE, widest + 1))
    lines: list[Line] = []
    close = True
    for group, block in zip(groups, blocks, strict=True):
        first = group[0]
        drawn = heading_lines(first, surface, edge) if isinstance(first, Heading) else block
        if drawn:
            lines += drawn if close else [(), *drawn]
            close = isinstance(first, Heading) and first.level > 1
    return lines


def _grouped(parts: Sequence[Part]) -> list[list[Part]]:
    """Hints that follow each other form one block; any other part stands alone."""
    groups: list[list[Part]] = []
    for part in parts:
        if groups and isinstance(part, Hint) and isinstance(groups[-1][0], Hint):
            groups[-1].append(part)
        else:
            groups.append([part])
    return groups


def part_lines(group: Sequence[Part], surface: Surface) -> list[Line]:
    """The lines of one part, or of several hints."""
    if isinstance(group[0], Hint):
        return hint_lines([hint for hint in group if isinstance(hint, Hint)], surface)
    return _DRAWN_BY[type(group[0])](group[0], surface)


def _chart_lines(chart: Chart, surface: Surface) -> list[Line]:
    from ptrack.output.charts import chart_lines

    return chart_lines(chart, surface)


def _week_lines(grid: TimeGrid, surface: Surface) -> list[Line]:
    from ptrack.output.weeks import week_lines

    return week_lines(grid, surface)


def _month_lines(month: MonthGrid, surface: Surface) -> list[Line]:
    from ptrack.output.months import month_lines

    return month_lines(month, surface)


_DRAWN_BY: Mapping[type, Callable[[Any, Surface], list[Line]]] = {
    Table: table_lines,
    Fields: field_lines,
    Lines: free_lines,
    Bars: bar_lines,
    Chart: _chart_lines,
    TimeGrid: _week_lines,
    MonthGrid: _month_lines,
}


def line_width(line: Line) -> int:
    """The cells a line takes."""
    return sum(cell_width(span.text) for span in line)


def paint(lines: Iterable[Line], *, colour: bool) -> str:
    """The lines as text, each with its line end, blanks at the end cut off; coloured if asked."""
    return "".join(_painted(line, colour=colour) + "\n" for line in lines)


def _painted(line: Line, *, colour: bool) -> str:
    if not colour:
        return "".join(span.text for span in line).rstrip(" ")
    return "".join(_coloured(span) for span in line).rstrip(" ")


def _coloured(span: Span) -> str:
    code = _COLOURS.get(span.style)
    return f"\x1b[{code}m{span.text}\x1b[0m" if code and span.text.strip() else span.text
