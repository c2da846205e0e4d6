"""A text taken apart into statements: what stands on a line of its own or between semicolons.

A line that begins with `#` is a remark to its end, semicolons and all; elsewhere a semicolon parts
statements, in a note too, but not inside the double quotes around a name or a head's value.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ptrack.notation.mistakes import Wrong

# What phones and word processors put in place of the plain sign, one character for one.
_PLAIN = str.maketrans(
    dict.fromkeys("\u00d7\u2715", "x")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
    | dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f\u3000\u2028\u2029\x85\x0b\x0c", " ")
    | {"\uff03": "#", "\uff1a": ":", "\uff1b": ";"}
)
_QUOTE_OPENS = re.compile(r'\s*+(?:[^":;#]*+:)?+\s*+(?:[a-z]\d{1,2}\s++)?+(?=")', re.ASCII | re.IGNORECASE)
_QUOTED = re.compile(r'"((?:[^"]++|"")*+)"')


@dataclass(slots=True)
class Statement:
    """One statement: `text[start:end]` of line `line` (from 1).

    `plain` is the same line with typographic signs made plain, so that places in both are the same.
    """

    line: int
    text: str
    plain: str
    start: int
    end: int

    def stripped(self, start: int, end: int) -> tuple[int, int]:
        """The bounds of `text[start:end]` without white space around it."""
        piece = self.plain[start:end]
        left = len(piece) - len(piece.lstrip())
        return start + left, max(start + left, start + len(piece.rstrip()))

    def written(self, start: int, end: int) -> str:
        """The words of `text[start:end]` as written, with single spaces between them."""
        return " ".join(self.text[start:end].split())


def lines_of(text: str) -> list[str]:
    """The lines of a text, whatever system it comes from; a byte order mark is left out."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def plain_signs(text: str) -> str:
    """The text with typographic signs made plain, one character for one."""
    return text if text.isascii() else text.translate(_PLAIN)


def statements_of(lines: Sequence[str]) -> Iterator[Statement]:
    """The statements in order, without blank ones and remarks; no white space around any."""
    for number, text in enumerate(lines, 1):
        plain = plain_signs(text)
        if plain.lstrip().startswith("#"):
            continue
        for start, end in _bounds(plain):
            statement = Statement(number, text, plain, start, end)
            statement.start, statement.end = statement.stripped(start, end)
            if statement.start < statement.end and plain[statement.start] != "#":
                yield statement


def _bounds(plain: str) -> Iterator[tuple[int, int]]:
    """Where the statements of a line begin and end."""
    start = 0
    while (end := plain.find(";", start)) >= 0:
        opens = _QUOTE_OPENS.match(plain, start) if '"' in plain else None
        quoted = _QUOTED.match(plain, opens.end()) if opens else None
        if quoted and quoted.end() > end:
            end = plain.find(";", quoted.end())
        if end < 0:
            break
        yield start, end
        start = end + 1
    yield start, len(plain)


def quoted_text(statement: Statement, start: int) -> tuple[str, int]:
    """The text between the double quote at `start` and its partner, `""` being one; and where it ends.

    Raises: Wrong at the quote, where it isn't closed.
    """
    found = _QUOTED.match(statement.plain, start, statement.end)
    if found is None:
        raise Wrong(start, 'this quote is not closed; a quoted name is written "Row: wide grip": 3x8')
    return statement.written(start + 1, found.end() - 1).replace('""', '"'), found.end()
