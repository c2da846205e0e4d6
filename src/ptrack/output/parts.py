"""The simple parts of a page as lines: headings, fields, free lines, hints and bars."""

from collections.abc import Sequence
from math import isfinite

from ptrack.output.cells import Surface, cell_width, line_breaks, pad, wrap
from ptrack.output.document import Bar, Bars, Fields, Heading, Hint, Line, Lines, Span, Style

MARGIN = " "
_EIGHTHS = " ▏▎▍▌▋▊▉"
_LONGEST_BAR = 40


def heading_lines(heading: Heading, surface: Surface, edge: int) -> list[Line]:
    """The title on the left, its aside ending one column before `edge`; below it where there is no room."""
    style = Style.STRONG if heading.level <= 2 else Style.MUTED  # noqa: PLR2004 - the third level is a quiet one
    text, aside = surface.clean(heading.text), surface.clean(heading.aside)
    free = edge - 2 - cell_width(text) - cell_width(aside)
    if aside and free >= 2:  # noqa: PLR2004 - two blanks keep them apart
        return [(Span(MARGIN), Span(text, style), Span(" " * free), Span(aside, Style.MUTED))]
    lines = [(Span(MARGIN), Span(part, style)) for part in wrap(text, surface.width - 1)]
    asides = wrap(aside, surface.width - 1) if aside else []
    return [*lines, *((Span(MARGIN), Span(part, Style.MUTED)) for part in asides)]


def title_lines(title: str, surface: Surface) -> list[Line]:
    """A part's own title, if it has one."""
    return wrap_line((Span(title, Style.STRONG),), surface, len(MARGIN)) if title else []


def field_lines(part: Fields, surface: Surface) -> list[Line]:
    """Labels in one column, values in the next, wrapped between words."""
    pairs = [(surface.clean(label), surface.clean(value)) for label, value in part.pairs if value]
    if not pairs:
        return []
    lines = title_lines(part.title, surface)
    label_width = min(max(cell_width(label) for label, _ in pairs), surface.width // 3)
    indent = len(MARGIN) + label_width + 2
    for label, value in pairs:
        head = pad(surface.shorten(label, label_width), label_width) + "  "
        for number, text in enumerate(wrap(value, surface.width - indent)):
            start = (Span(" " * indent),) if number else (Span(MARGIN), Span(head, Style.MUTED))
            lines.append((*start, Span(text)))
    return lines


def free_lines(part: Lines, surface: Surface) -> list[Line]:
    """Styled lines, those that are too long wrapped between words with the rest set two further in."""
    indent = min(part.indent, surface.width // 4)
    return [wrapped for line in part.lines for wrapped in wrap_line(line, surface, indent)]


def wrap_line(line: Line, surface: Surface, indent: int) -> list[Line]:
    """A styled line cut into lines that fit; styles stay with their words."""
    spans = [Span(surface.clean(span.text), span.style) for span in line]
    text = "".join(span.text for span in spans)
    room = surface.width - indent
    if cell_width(text) <= room:
        return [(Span(" " * indent), *spans)]
    hanging = min(len(text) - len(text.lstrip(" ")) + 2, room // 2)
    first, *rest = line_breaks(text, room, hanging)
    return [
        (Span(" " * indent), *_slice(spans, *first)),
        *((Span(" " * (indent + hanging)), *_slice(spans, *piece)) for piece in rest),
    ]


def _slice(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    """The characters from `start` to `end` of a line, each in its style."""
    kept: list[Span] = []
    offset = 0
    for span in spans:
        text = span.text[max(start - offset, 0) : max(end - offset, 0)]
        offset += len(span.text)
        if text:
            kept.append(Span(text, span.style))
    return kept


def hint_lines(hints: Sequence[Hint], surface: Surface) -> list[Line]:
    """Next commands one below the other, what they do before them; a command is never shortened.

    Where the two don't fit beside each other the command stands below.
    """
    pairs = [(surface.clean(hint.what), surface.clean(hint.command)) for hint in hints]
    label_width = _label_width(pairs, surface.width - len(MARGIN) - 2)
    gap = "  " if label_width else ""
    lines: list[Line] = []
    for what, command in pairs:
        if cell_width(what) <= label_width:
            label = Span(pad(what, label_width) + gap, Style.MUTED)
            lines.append((Span(MARGIN), label, Span(command, Style.ACCENT)))
        else:
            lines += _hint_below(what, command, surface)
    return lines


def _label_width(pairs: Sequence[tuple[str, str]], room: int) -> int:
    """The widest label that leaves room for the commands of all labels no wider; -1 where none does."""
    for width in sorted({cell_width(what) for what, _ in pairs}, reverse=True):
        commands = [cell_width(command) for what, command in pairs if cell_width(what) <= width]
        if width + max(commands) <= room:
            return width
    return -1


def _hint_below(what: str, command: str, surface: Surface) -> list[Line]:
    lines: list[Line] = [
        (Span(MARGIN), Span(text, Style.MUTED)) for text in wrap(what, surface.width - 1) if what
    ]
    indent = "   " if what else MARGIN
    texts = wrap(command, surface.width - len(indent), hanging=2)
    return [*lines, *((Span(indent), Span(text, Style.ACCENT)) for text in texts)]


def bar_lines(part: Bars, surface: Surface) -> list[Line]:
    """A bar a line on one scale from 0, each with its label before it and its note behind it."""
    lines = title_lines(part.title, surface)
    if not part.bars:
        return lines
    labels = [surface.clean(bar.label) for bar in part.bars]
    notes = [surface.clean(bar.note) for bar in part.bars]
    label_width = min(max(map(cell_width, labels)), surface.width // 3)
    note_width = min(max(map(cell_width, notes)), surface.width // 3)
    room = min(surface.width - len(MARGIN) - label_width - note_width - 4, _LONGEST_BAR)
    most = max(part.full, *map(bar_length, part.bars))
    for bar, label, note in zip(part.bars, labels, notes, strict=True):
        drawn = _bar(bar_length(bar) / most * room if most else 0.0, surface)
        lines.append(
            (
                Span(MARGIN + pad(surface.shorten(label, label_width), label_width) + "  "),
                Span(drawn, bar.style),
                Span(("  " if drawn else "") + surface.shorten(note, note_width)),
            )
        )
    return lines


def bar_length(bar: Bar) -> float:
    """A bar's value where it can be drawn; what is negative or no number is 0."""
    return bar.value if isfinite(bar.value) and bar.value > 0 else 0.0


def _bar(cells: float, surface: Surface) -> str:
    if not surface.is_unicode:
        return "#" * max(round(cells), 1 if cells else 0)
    eighths = max(round(cells * 8), 1 if cells else 0)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()
