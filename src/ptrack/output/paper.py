"""A PDF page to draw on: text that fits, in a font that is embedded, with nothing missing in silence."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from unicodedata import normalize

from ptrack.output.cells import printable
from ptrack.output.document import Style

FONTS = Path(__file__).parent.parent / "data" / "fonts"
MISSING_GLYPH = "\u25a1"

MARGIN_MM = 18.0
LINE_MM = 5.0
TEXT_PT = 9.0
SMALL_PT = 7.5

Colour = tuple[int, int, int]
INK: Colour = (32, 33, 36)
QUIET: Colour = (110, 114, 120)
RULE: Colour = (214, 217, 221)
ACCENT: Colour = (28, 93, 118)
COLOURS: Mapping[Style, Colour] = {
    Style.MUTED: QUIET,
    Style.GOOD: (30, 111, 58),
    Style.WARN: (156, 92, 8),
    Style.BAD: (172, 32, 32),
    Style.ACCENT: ACCENT,
}
# Two cuts of one design: loading the small one takes a third of the time.
_LATIN = {"": "Latin.ttf", "B": "Latin-Bold.ttf"}
_ALL_SCRIPTS = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf"}
_MM_PER_PT = 25.4 / 72
_LOGO_HEIGHT_MM = 16.0
_LOGO_WIDTH_MM = 60.0


class Face:
    """A typeface loaded into a PDF, plain and bold: which characters it has and how wide they are."""

    def __init__(self, pdf: Any, family: str, files: Mapping[str, str]) -> None:
        self.family = family
        for style, file in files.items():
            pdf.add_font(family, style, FONTS / file)
            # The glyphs' boxes stand in the file already; reckoning them anew is half the time of a PDF.
            pdf.fonts[family + style].ttfont.recalcBBoxes = False
        self._widths: Mapping[str, Mapping[str, float]] = {
            style: {chr(code): font.cw[code] * _MM_PER_PT / 1000 for code in font.cmap}
            for style, font in ((style, pdf.fonts[family + style]) for style in files)
        }

    def has(self, text: str) -> bool:
        """Whether there is a glyph for every character."""
        return self._widths[""].keys() >= set(text)

    def width(self, text: str, size_pt: float, *, bold: bool) -> float:
        """The width of a text in millimetres."""
        widths = self._widths["B" if bold else ""]
        return size_pt * sum(widths[character] for character in text)

    def fitting(self, text: str, width: float, size_pt: float, *, bold: bool) -> int:
        """How many characters from the beginning of the text fit into a width in millimetres."""
        widths = self._widths["B" if bold else ""]
        # Widths that are added up may differ in the last place from the sum that `width` gives.
        room = width / size_pt + 1e-6
        for count, character in enumerate(text):
            room -= widths[character]
            if room < 0:
                return count
        return len(text)


class Paper:
    """A4 pages with a footer, in millimetres from the top left; `pdf` draws lines and shapes on them.

    `missing` collects the characters that the font has no glyph for; a box stands in their place.
    """

    def __init__(self, footer: str, created: datetime) -> None:
        from fpdf import FPDF

        self.pdf = FPDF(unit="mm", format="A4")
        self.missing: dict[str, None] = {}
        self.pdf.set_creation_date(created)
        self.pdf.set_margin(MARGIN_MM)
        self.pdf.set_auto_page_break(auto=False)
        self._latin = Face(self.pdf, "latin", _LATIN)
        self._all_scripts: Face | None = None
        self._footer = self.clean(footer)
        self.pdf.add_page()

    @property
    def y(self) -> float:
        """Where the current line begins, from the top of the page."""
        return float(self.pdf.get_y())

    @property
    def right(self) -> float:
        """Where the right margin begins."""
        return float(self.pdf.w) - MARGIN_MM

    @property
    def breadth(self) -> float:
        """The width between the margins."""
        return self.right - MARGIN_MM

    @property
    def bottom(self) -> float:
        """Where the page's content ends, above the footer."""
        return float(self.pdf.h) - MARGIN_MM - LINE_MM

    def finish(self) -> bytes:
        """Close the last page; the whole PDF. The paper is not to be written on any more."""
        self._write_footer()
        content = bytes(self.pdf.output())
        fonts: Any = self.pdf.fonts
        for font in fonts.values():  # each holds its file open
            font.ttfont.close()
        return content

    def _write_footer(self) -> None:
        y = float(self.pdf.h) - MARGIN_MM + 2
        number = f"page {self.pdf.page_no()} of"
        width = self.measure(f"{number} 1", SMALL_PT)
        self.go_to(y)
        self.write_at(
            MARGIN_MM,
            self.shorten(self._footer, self.breadth - 40, SMALL_PT),
            style=Style.MUTED,
            size_pt=SMALL_PT,
        )
        # fpdf puts the number of pages in the place of its alias when all are known, in cells only.
        self.pdf.set_xy(self.right - width, y)
        self.pdf.cell(width, LINE_MM, f"{number} {self.pdf.str_alias_nb_pages}")

    def clean(self, text: str) -> str:
        """The text on one line, with a box for every character that no font here can draw."""
        text = normalize("NFC", printable(text))
        face = self._face(text)
        if face.has(text):
            return text
        unknown = {character for character in text if not face.has(character)}
        self.missing.update(dict.fromkeys(character for character in text if character in unknown))
        return "".join(MISSING_GLYPH if character in unknown else character for character in text)

    def _face(self, text: str) -> Face:
        if self._latin.has(text):
            return self._latin
        if self._all_scripts is None:
            self._all_scripts = Face(self.pdf, "scripts", _ALL_SCRIPTS)
        return self._all_scripts

    def measure(self, text: str, size_pt: float = TEXT_PT, *, bold: bool = False) -> float:
        """The width of a clean text in millimetres."""
        return self._face(text).width(text, size_pt, bold=bold)

    def shorten(self, text: str, width: float, size_pt: float = TEXT_PT, *, bold: bool = False) -> str:
        """The text, ending in an ellipsis where it is wider than `width`."""
        if self._face(text).fitting(text, width, size_pt, bold=bold) == len(text):
            return text
        room = width - self.measure("…", size_pt, bold=bold)
        return text[: self._face(text).fitting(text, room, size_pt, bold=bold)].rstrip() + "…"

    def wrap(self, text: str, width: float, size_pt: float = TEXT_PT, *, bold: bool = False) -> list[str]:
        """A clean text in lines that fit, broken between words where possible."""
        face = self._face(text)
        lines: list[str] = []
        rest = text.rstrip()
        while (end := face.fitting(rest, width, size_pt, bold=bold)) < len(rest):
            words = rest[: end + 1].lstrip(" ")
            blank = words.rfind(" ")
            end = end + 1 - len(words) + blank if blank > 0 else max(end, 1)
            lines.append(rest[:end].rstrip())
            rest = rest[end:].lstrip(" ")
        return [*lines, rest]

    def write_at(
        self,
        x: float,
        text: str,
        *,
        style: Style = Style.PLAIN,
        size_pt: float = TEXT_PT,
        bold: bool = False,
        right_width: float | None = None,
    ) -> float:
        """Write a clean text at `x` in the current line; the width it took.

        With `right_width` it ends there, that far right of `x`.
        """
        bold = bold or style == Style.STRONG
        face = self._face(text)
        width = face.width(text, size_pt, bold=bold)
        self.pdf.set_font(face.family, "B" if bold else "", size_pt)
        self.pdf.set_text_color(*COLOURS.get(style, INK))
        start = x if right_width is None else x + right_width - width
        baseline = self.y + LINE_MM / 2 + 0.3 * size_pt * _MM_PER_PT
        self.pdf.text(start, baseline, text)
        return width

    def go_to(self, y: float) -> None:
        """Let the current line begin at `y`."""
        self.pdf.set_xy(MARGIN_MM, y)

    def advance(self, height: float = LINE_MM) -> None:
        """Go down by a height."""
        self.go_to(self.y + height)

    def keep(self, height: float) -> bool:
        """Begin a new page unless this one has room for the height; whether it did."""
        if self.y + height <= self.bottom or self.y <= MARGIN_MM:
            return False
        self._write_footer()
        self.pdf.add_page()
        self.go_to(MARGIN_MM)
        return True

    def draw_logo(self, path: Path) -> None:
        """Draw the picture at the top right, in its own proportions, and go on below it."""
        width, height = self._picture_size(path)
        scale = min(_LOGO_WIDTH_MM / width, _LOGO_HEIGHT_MM / height)
        left = self.right - width * scale
        self.pdf.image(path, x=left, y=MARGIN_MM - 6, w=width * scale, h=height * scale)
        self.go_to(MARGIN_MM + max(height * scale - 4, 0.0))

    def draw_picture(self, path: Path, most_width: float, most_height: float) -> float:
        """Draw a picture at the right margin of the current line, as large as fits; the width it took."""
        width, height = self._picture_size(path)
        scale = min(most_width / width, most_height / height)
        self.pdf.image(path, x=self.right - width * scale, y=self.y, w=width * scale, h=height * scale)
        return width * scale

    def _picture_size(self, path: Path) -> tuple[int, int]:
        from PIL import Image

        with Image.open(path) as picture:
            return picture.size

    def rule(self, y: float, colour: Colour = RULE, width: float = 0.2) -> None:
        """Draw a line from margin to margin."""
        self.pdf.set_draw_color(*colour)
        self.pdf.set_line_width(width)
        self.pdf.line(MARGIN_MM, y, self.right, y)
