"""The page of the live logger: what is next in figures to be read from a rack away, what was, what comes.

A page is plain data; here it becomes lines for a width and a height. Where there is little of either the
large figures give way first, then what comes later.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from ptrack.output.cells import Surface, cell_width, pad, wrap
from ptrack.output.document import Line, Span, Style

_LEAST_WIDTH_FOR_TWO = 56
_LEAST_HEIGHT_FOR_FIGURES = 16
_MOST_AHEAD = 6
_BAR_WIDTH = 24
_LABEL = 9

# Five rows of three cells for each sign, the top one first; three bits a row, the left one highest.
_SIGNS = {
    "0": (7, 5, 5, 5, 7), "1": (2, 6, 2, 2, 7), "2": (7, 1, 7, 4, 7), "3": (7, 1, 3, 1, 7),
    "4": (5, 5, 7, 1, 1), "5": (7, 4, 7, 1, 7), "6": (7, 4, 7, 5, 7), "7": (7, 1, 1, 2, 2),
    "8": (7, 5, 7, 5, 7), "9": (7, 5, 7, 1, 7), "x": (0, 5, 2, 5, 0), "+": (0, 2, 7, 2, 0),
    "-": (0, 0, 7, 0, 0),
}  # fmt: skip
_SLIM = {".": (0, 0, 0, 0, 1), ":": (0, 1, 0, 1, 0)}
_HALVES = {(0, 0): " ", (1, 0): "\u2580", (0, 1): "\u2584", (1, 1): "\u2588"}


class Fact(NamedTuple):
    """A labelled line below the figures."""

    label: str
    text: str
    style: Style = Style.PLAIN


class RestShown(NamedTuple):
    """The pause: what is left of it as a clock shows it, how much of it is over (0 to 1)."""

    clock: str
    part: float
    is_over: bool = False


class LivePage(NamedTuple):
    """All that the page says.

    `figures` are drawn large: digits, `x`, `.`, `:`, `+` and `-`; `unit` stands beside them. `ahead` are the
    exercises that come, each with its plan; `listed` stand in their place at the end. `enter` is what Enter
    does, `keys` what else can be typed.
    """

    title: str
    aside: str
    clock: str
    done: int
    total: int
    exercise: str
    counter: str
    figures: str
    unit: str
    facts: Sequence[Fact] = ()
    ahead: Sequence[tuple[str, str]] = ()
    listed: Sequence[tuple[str, str]] = ()
    messages: Sequence[tuple[str, Style]] = ()
    rest: RestShown | None = None
    enter: str = ""
    keys: Sequence[str] = ()


class Talk(Protocol):
    """Who answers what is typed; `is_over` once the screen is to close, `rings` once for each pause."""

    is_over: bool

    @property
    def rings_in(self) -> float | None:
        """How many seconds until a bell is due; None where none is."""

    def page(self, width: int) -> LivePage:
        """The page as it is now, for so many columns."""

    def enter(self, text: str) -> str:
        """Do what a line says; what is to stand in the line afterwards."""

    def leave(self, *, is_interrupted: bool = False) -> None:
        """Somebody wants to go; Ctrl-C is told apart."""

    def rings(self) -> bool:
        """Whether a bell is due."""

    def offers(self, text: str) -> Sequence[str]:
        """Lines that begin as this one does and may be meant."""


def page_lines(page: LivePage, surface: Surface, height: int) -> list[Line]:
    """The page in exactly `height` lines, none wider than the surface; messages stand at its foot."""
    is_large = height >= _LEAST_HEIGHT_FOR_FIGURES and surface.is_unicode
    top = [*_head(page, surface), (), *_exercise(page, surface, is_large=is_large), ()]
    top += _facts(page, surface)
    foot = _messages(page, surface)
    foot = [(), *foot] if foot else []
    top += _ahead(page, surface, height - len(top) - len(foot))
    blank = max(height - len(top) - len(foot), 0)
    above = [*top, *([()] * blank)][: max(height - len(foot), 0)]
    return [*above, *foot][-height:]


def plain_lines(page: LivePage, surface: Surface) -> list[Line]:
    """The page as it is printed where no screen can be drawn: what is next, what was, and no more."""
    lines = [*_messages(page, surface), *_exercise(page, surface, is_large=False), *_facts(page, surface)]
    return [line for line in lines if line]


def _sides(left: Sequence[Span], right: str, surface: Surface, style: Style = Style.MUTED) -> Line:
    """Something at the left edge and something at the right one; what doesn't fit is cut on the left."""
    right = surface.clean(right)
    room = surface.width - 2 - (cell_width(right) + 1 if right else 0)
    spans, used = [Span(" ")], 0
    for span in left:
        text = surface.clean(span.text)
        shown = surface.shorten(text, room - used) if room > used else ""
        if shown:
            spans.append(Span(shown, span.style))
        used += cell_width(shown)
    return (*spans, Span(" " * max(room - used, 0) + (" " if right else "")), Span(right, style))


def _head(page: LivePage, surface: Surface) -> list[Line]:
    aside = f"   {page.aside}" if page.aside else ""
    title = _sides([Span(page.title, Style.STRONG), Span(aside)], page.clock, surface, Style.PLAIN)
    counted = f"{page.done} of {page.total} sets" if page.total else _sets(page.done)
    width = min(max(surface.width - cell_width(counted) - 5, 0), 2 * _BAR_WIDTH)
    bar = _bar(page.done / page.total, width, surface) if page.total and width else []
    return [title, (Span(" "), *bar, Span("  " if bar else ""), Span(counted, Style.MUTED))]


def _sets(count: int) -> str:
    return f"{count} set{'' if count == 1 else 's'}"


def _bar(part: float, width: int, surface: Surface) -> list[Span]:
    full = round(min(max(part, 0), 1) * width)
    done, left = ("\u2501", "\u2500") if surface.is_unicode else ("=", "-")
    return [Span(done * full, Style.GOOD), Span(left * (width - full), Style.MUTED)]


def _exercise(page: LivePage, surface: Surface, *, is_large: bool) -> list[Line]:
    """The exercise, the set to be done, and beside it the pause."""
    name = _sides([Span(page.exercise, Style.STRONG)], page.counter, surface, Style.PLAIN)
    drawn = large_figures(page.figures) if is_large else None
    if drawn is None or len(drawn[0]) + cell_width(page.unit) + 4 > surface.width:
        text = " ".join(filter(None, (page.figures.replace("x", " \u00d7 "), page.unit)))
        plain = [(Span("   "), Span(surface.clean(text), Style.STRONG))] if text else []
        return [name, *plain, *_rest_line(page, surface)]
    unit = surface.clean(page.unit)
    lines: list[Line] = [
        (Span("   "), Span(row, Style.STRONG), Span(f"  {unit}" if at == len(drawn) - 1 else ""))
        for at, row in enumerate(drawn)
    ]
    if page.rest is None or surface.width < _LEAST_WIDTH_FOR_TWO:
        return [name, (), *lines, *_rest_line(page, surface)]
    return [name, (), *_with_rest(lines, page.rest, surface)]


def _with_rest(lines: Sequence[Line], rest: RestShown, surface: Surface) -> list[Line]:
    """The large figures with the pause in figures as large at the right edge."""
    drawn = large_figures(rest.clock)
    if drawn is None:
        return list(lines)
    style = Style.WARN if rest.is_over else Style.MUTED
    edge = surface.width - 2 - len(drawn[0])
    found: list[Line] = []
    for at, (line, row) in enumerate(zip(lines, drawn, strict=True)):
        used = sum(cell_width(span.text) for span in line)
        label = ("over" if rest.is_over else "rest") if at == len(drawn) - 1 else ""
        gap = " " * max(edge - used - len(label) - 2, 1)
        found.append((*line, Span(gap), Span(f"{label}  ", Style.MUTED), Span(row, style)))
    return found


def _rest_line(page: LivePage, surface: Surface) -> list[Line]:
    """The pause on a line of its own."""
    if page.rest is None:
        return []
    label = "over" if page.rest.is_over else "rest"
    style = Style.WARN if page.rest.is_over else Style.PLAIN
    width = min(max(surface.width - 20, 4), _BAR_WIDTH)
    bar = _bar(page.rest.part, width, surface)
    return [(Span(f"   {label} ", Style.MUTED), Span(f"{page.rest.clock:>5}  ", style), *bar)]


def large_figures(text: str) -> list[str] | None:
    """Digits and a few signs as three rows of half blocks; None where a sign can't be drawn so."""
    if not text or any(sign not in _SIGNS and sign not in _SLIM for sign in text):
        return None
    rows = ["", "", ""]
    for sign in text:
        bits, width = (_SIGNS[sign], 3) if sign in _SIGNS else (_SLIM[sign], 1)
        for at, row in enumerate(_half_rows((*bits, 0), width)):
            rows[at] += row + " "
    return [row[:-1] for row in rows]


def _half_rows(bits: Sequence[int], width: int) -> list[str]:
    """Two rows of cells as one of half blocks, three times."""
    places = range(width - 1, -1, -1)
    return [
        "".join(_HALVES[bits[at] >> place & 1, bits[at + 1] >> place & 1] for place in places)
        for at in (0, 2, 4)
    ]


def _facts(page: LivePage, surface: Surface) -> list[Line]:
    """The labelled lines; what is long goes on below its beginning."""
    lines: list[Line] = []
    room = max(surface.width - _LABEL - 4, 8)
    for fact in page.facts:
        label = pad(fact.label, _LABEL)
        for text in wrap(surface.clean(fact.text), room)[:2]:
            lines.append((Span(f"   {label}", Style.MUTED), Span(text, fact.style)))
            label = " " * _LABEL
    return lines


def _ahead(page: LivePage, surface: Surface, room: int) -> list[Line]:
    """What comes next, as far as there is room; more is counted."""
    rows = list(page.listed or page.ahead)
    shown = min(len(rows), len(page.listed) or _MOST_AHEAD, max(room - 2, 0))
    if not shown:
        return []
    first = "done" if page.listed else "next"
    if shown < len(rows):
        shown -= shown > 1
    left = f"and {len(rows) - shown} more" if shown < len(rows) else ""
    width = min(max(cell_width(surface.clean(name)) for name, _ in rows[:shown]), surface.width // 2)
    lines: list[Line] = [()]
    for at, (name, plan) in enumerate(rows[:shown]):
        label = pad(first if not at else "", _LABEL)
        shown_name = pad(surface.shorten(surface.clean(name), width), width)
        text = surface.shorten(surface.clean(plan), max(surface.width - _LABEL - width - 6, 1))
        lines.append((Span(f"   {label}", Style.MUTED), Span(shown_name), Span(f"  {text}", Style.MUTED)))
    return [*lines, (Span(" " * (3 + _LABEL)), Span(left, Style.MUTED))] if left else lines


def _messages(page: LivePage, surface: Surface) -> list[Line]:
    return [
        (Span(" "), Span(piece, style))
        for text, style in page.messages
        for line in text.splitlines()
        for piece in wrap(surface.clean(line), surface.width - 2)
    ]


def keys_line(page: LivePage, surface: Surface) -> Line:
    """What can be typed, as much of it as fits."""
    text = ""
    for key in page.keys:
        more = f"{text}  {key}" if text else key
        if cell_width(more) > surface.width - 2:
            break
        text = more
    return (Span(" "), Span(surface.clean(text), Style.MUTED))
