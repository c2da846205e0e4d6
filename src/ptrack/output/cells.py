"""Text as a terminal takes it: made harmless, measured in cells, shortened, padded and wrapped."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import category, normalize

_DROPPED = frozenset("\u00ad\u200d" + "".join(map(chr, range(0xFE00, 0xFE10))))
_BLANKS = frozenset("\t\n\r\v\f\u0085\u2028\u2029")
_MOST_MARKS = 3
# What stands in quotes, so that a command is read as it is run, and what a figure is of: `116.7 (Epley)`.
_KEPT_WHOLE = re.compile(r"""(?<![^\s=])'[^']+'|(?<![^\s=])"[^"]+"|(?<=\d) \(\w+\)""")

# Latin letters and signs that are one cell wide everywhere; texts of these need no table.
_NARROW = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xAE, 0x250))))
_NARROW |= frozenset("\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u2022\u2192\u2500\u2502\u2588€")

_LATIN_PAIRS = ("ßss", "æae", "ÆAE", "œoe", "ŒOE", "þth", "ÞTh", "€EUR", "£GBP")
_SIGN_PAIRS = ("→->", "←<-", "≤<=", "≥>=", "…..", "\u00d7x", "•o", "\u2502|", "\u253c+", "\u2588#", "\ufffd#")
_LETTER_PAIRS = ("øo", "ØO", "łl", "ŁL", "đd", "ĐD", "ðd", "ÐD", "\u0131i")
_DASHES = "\u2010\u2011\u2013\u2014\u2212\u2500·"
_QUOTES = ("\u2018'", "\u2019'", '\u201c"', '\u201d"', '\u201e"')
_PLAIN_SIGNS: dict[str, str] = {
    pair[0]: pair[1:]
    for pair in (*_LATIN_PAIRS, *_SIGN_PAIRS, *_LETTER_PAIRS, *_QUOTES, *(f"{dash}-" for dash in _DASHES))
}


def printable(text: str) -> str:
    """The text on one line without anything a terminal would obey.

    Control characters, escape sequences, direction overrides and lone surrogates become U+FFFD; line ends and
    tabs become spaces. Joiners and variation selectors, whose width no two terminals agree on, are left out,
    and no letter carries more than three combining marks.
    """
    if text.isprintable() and _NARROW.issuperset(text):
        return text
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if category(character) in {"Mn", "Me"} else 0
        if marks <= _MOST_MARKS:
            kept.append(_printable_character(character))
    return "".join(kept)


def _printable_character(character: str) -> str:
    if character in _DROPPED:
        return ""
    if character.isprintable() or character == "\u200c":
        return character
    kind = category(character)
    if character in _BLANKS or kind == "Zs":
        return " "
    return character if kind in {"Co", "Cn"} else "\ufffd"


def cell_width(text: str) -> int:
    """How many cells the text takes on screen."""
    if text.isascii() or _NARROW.issuperset(text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def cut(text: str, width: int) -> str:
    """The longest beginning of the text that takes at most `width` cells."""
    if cell_width(text) <= width:
        return text
    if text.isascii():
        return text[: max(width, 0)]
    from rich.cells import set_cell_size

    beginning = set_cell_size(text, max(width, 0))
    # Where a wide character stands across the edge, it comes back as a blank.
    return beginning if text.startswith(beginning) else beginning[:-1]


def pad(text: str, width: int) -> str:
    """The text filled with spaces to `width` cells."""
    return text + " " * (width - cell_width(text))


def line_breaks(text: str, width: int, hanging: int = 0) -> list[tuple[int, int]]:
    """Where the lines of a wrapped text begin and end: between words where possible.

    No line takes more than `width` cells, those after the first not more than `width` less `hanging`.
    """
    breaks: list[tuple[int, int]] = []
    kept = [found.span() for found in _KEPT_WHOLE.finditer(text)]
    start, room = 0, width
    while start < len(text):
        end = start + max(len(cut(text[start : start + room * (_MOST_MARKS + 2)], room)), 1)
        if end < len(text):
            end = _between_words(text, start, end, kept)
        breaks.append((start, end))
        start = end + len(text[end:]) - len(text[end:].lstrip(" "))
        room = width - hanging
    return breaks or [(0, 0)]


def _between_words(text: str, start: int, end: int, kept: Sequence[tuple[int, int]]) -> int:
    """Where a line from `start` ends that has room up to `end`: at its last blank, if it has one.

    A blank in what is kept whole is taken only where there is no other.
    """
    first = end - len(text[start:end].lstrip(" "))
    last = text.rfind(" ", first, end + 1)
    blank = last
    while blank > first and (around := next((span for span in kept if span[0] <= blank < span[1]), None)):
        blank = text.rfind(" ", first, around[0])
    blank = blank if blank > first else last
    return blank if blank > first else end


def wrap(text: str, width: int, hanging: int = 0) -> list[str]:
    """The text in lines of at most `width` cells; lines after the first are set `hanging` columns in."""
    if cell_width(text) <= width:
        return [text]
    first, *rest = line_breaks(text, width, hanging)
    return [text[slice(*first)], *(" " * hanging + text[slice(*piece)] for piece in rest)]


@dataclass(frozen=True, slots=True)
class Surface:
    """What a page is drawn on: its width in cells, and the encoding that decides which signs it can draw."""

    width: int
    encoding: str = "utf-8"

    @property
    def is_unicode(self) -> bool:
        """Whether every sign can be drawn."""
        return self.encoding.lower().replace("_", "-").startswith(("utf", "gb18030"))

    @property
    def ellipsis(self) -> str:
        """What stands for the rest of a shortened text."""
        return "…" if self.is_unicode else ".."

    def clean(self, text: str) -> str:
        """The text made harmless, in characters that this surface can draw."""
        text = printable(text)
        if self.is_unicode or text.isascii():
            return text
        return "".join(map(self._drawable, text))

    def _drawable(self, character: str) -> str:
        if self._can_draw(character):
            return character
        plain = _PLAIN_SIGNS.get(character)
        if plain is None:
            plain = "".join(part for part in normalize("NFKD", character) if self._can_draw(part))
        return plain or "?" * cell_width(character)

    def _can_draw(self, character: str) -> bool:
        try:
            character.encode(self.encoding)
        except (UnicodeError, LookupError):
            return False
        return True

    def shorten(self, text: str, width: int) -> str:
        """The text, ending in an ellipsis where it takes more than `width` cells."""
        if cell_width(text) <= width:
            return text
        sign = cut(self.ellipsis, width)
        return cut(text, width - cell_width(sign)).rstrip() + sign
