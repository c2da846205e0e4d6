"""Mistakes in a text: collected with their places, told all in one go with a caret under each.

What is shown of the text is made safe first: a control or direction character becomes a replacement sign, so
that pasted text can neither move the caret nor drive the terminal.
"""

from collections.abc import Iterable, Sequence
from unicodedata import category, combining, east_asian_width

from ptrack.errors import NotationError
from ptrack.notation.model import Mistake

_INDENT = "  "
_WIDEST = 100
_MOST_LISTED = 500
_LONGEST_QUOTE = 30
_REPLACED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


class Wrong(Exception):  # noqa: N818 - it never leaves this package
    """Found while a line is read: the index of the place (from 0), what was expected there."""

    def __init__(self, at: int, message: str, candidates: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.at = at
        self.message = message
        self.candidates = tuple(candidates)


def shown(text: str) -> str:
    """The text with plain spaces, and control and direction characters replaced, one for one."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown_character(character) for character in text)


def _shown_character(character: str) -> str:
    if character in "\t\n\r" or category(character) == "Zs":
        return " "
    return "\N{REPLACEMENT CHARACTER}" if category(character) in _REPLACED else character


def quoted(text: str) -> str:
    """A piece of the text as a message names it: safe to show, and not too long."""
    piece = shown(text)
    return piece if len(piece) <= _LONGEST_QUOTE else piece[: _LONGEST_QUOTE - 1] + "…"


def notation_error(source: str, lines: Sequence[str], mistakes: Iterable[Mistake]) -> NotationError:
    """The one error for all mistakes of a text, in the order of their places.

    `lines` are the lines of the text. The message is the first mistake and how many more there are, `details`
    lists each with its line and a caret. Of a text that is no notation at all the first 500 are listed, and
    the others counted.
    """
    ordered = sorted(mistakes, key=lambda mistake: (mistake.line, mistake.column))
    first, more = _sentence(source, ordered[0]), len(ordered) - 1
    if more:
        first += f" (and {more} more mistake{'s' if more > 1 else ''})"
    listing = [_listed(source, lines, mistake) for mistake in ordered[:_MOST_LISTED]]
    if len(ordered) > _MOST_LISTED:
        listing.append(f"and {len(ordered) - _MOST_LISTED:,} more mistakes")
    candidates = dict.fromkeys(name for mistake in ordered for name in mistake.candidates)
    places = [(mistake.line, mistake.column, mistake.message) for mistake in ordered]
    return NotationError(first, "\n".join(listing), tuple(candidates), places)


def _sentence(source: str, mistake: Mistake) -> str:
    return f"{shown(source)}:{mistake.line}:{mistake.column}: {shown(mistake.message)}"


def _listed(source: str, lines: Sequence[str], mistake: Mistake) -> str:
    """The sentence, the line, and the caret under the place; of a long line only what is around the place."""
    line = lines[mistake.line - 1] if mistake.line <= len(lines) else ""
    index = mistake.column - 1
    start = max(0, index - _WIDEST // 2) if len(line) > _WIDEST else 0
    before, after = shown(line[start:index]), shown(line[index : start + _WIDEST])
    before = "…" + before if start else before
    after = after + "…" if len(line) > start + _WIDEST else after
    caret = " " * width(before) + "^"
    source_line = (_INDENT + before + after).rstrip()
    return f"{_sentence(source, mistake)}\n{source_line}\n{_INDENT}{caret}"


def width(text: str) -> int:
    """How many cells a terminal gives the text: two for wide characters, none for combining ones."""
    return len(text) if text.isascii() else sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if combining(character) or category(character) in {"Mn", "Me"}:
        return 0
    return 2 if east_asian_width(character) in "WF" else 1
