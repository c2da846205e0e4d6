"""Make the fonts that ship in src/ptrack/data/fonts: DejaVu Sans and its bold, cut down for PDFs.

There are two cuts of each: one with Latin letters, loaded for every PDF and therefore small, and one with all
scripts, loaded where a text needs it.

Run it once after a new release of the fonts; the result is committed. Needs fonttools and Debian's
fonts-dejavu-core, whose licence text is laid beside the fonts.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

SOURCE = Path("/usr/share/fonts/truetype/dejavu")
LICENSE = Path("/usr/share/doc/fonts-dejavu-core/copyright")
TARGET = Path(__file__).parent.parent / "src" / "ptrack" / "data" / "fonts"
WINDOWS = 3
NAMES = {"DejaVuSans.ttf": "Latin.ttf", "DejaVuSans-Bold.ttf": "Latin-Bold.ttf"}

RANGES = (
    (0x20, 0x7E),  # Basic Latin
    (0xA0, 0x24F),  # Latin-1, Extended-A and -B
    (0x2B9, 0x2DD),  # modifier letters
    (0x300, 0x36F),  # combining marks
    (0x370, 0x4FF),  # Greek, Cyrillic
    (0x531, 0x58A),  # Armenian
    (0x10D0, 0x10FC),  # Georgian
    (0x1E00, 0x1EFF),  # Latin Extended Additional
    (0x2000, 0x205F),  # punctuation
    (0x2070, 0x209C),  # raised and lowered digits
    (0x20A0, 0x20BF),  # currencies
    (0x2190, 0x2199),  # arrows
    (0x2580, 0x259F),  # blocks
)
SIGNS = "\u2113\u2212\u2215№™Ω℃℉⅓⅔⅛⅜⅝⅞∂∆∏∑∙√∞∫≈≠≤≥─│┌┐└┘├┤┬┴┼■□▪▫▲△▶▼▽◀◆◇○●★☆♀♂✓✔✗✘ﬁﬂ\ufffd"

LATIN_RANGES = ((0x20, 0x7E), (0xA0, 0x17F))
LATIN_SIGNS = (
    "\u2018\u2019\u201a\u201c\u201d\u201e\u2010\u2011\u2012\u2013\u2014\u2212\u2026•†‰€→←↑↓≈≤≥√─□✓\ufffd"
)


def main() -> int:
    """Write the fonts and their licence."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, latin_name in NAMES.items():
        cut_down(SOURCE / name, TARGET / name, codes_of(RANGES, SIGNS))
        cut_down(SOURCE / name, TARGET / latin_name, codes_of(LATIN_RANGES, LATIN_SIGNS))
    (TARGET / "LICENSE.txt").write_text(LICENSE.read_text(encoding="utf-8"), encoding="utf-8")
    return 0


def codes_of(ranges: Iterable[tuple[int, int]], signs: str) -> list[int]:
    """The code points of ranges and single signs."""
    return [*(code for first, last in ranges for code in range(first, last + 1)), *map(ord, signs)]


def cut_down(source: Path, target: Path, codes: Iterable[int]) -> None:
    """Keep the glyphs of the code points, without hints and layout tables."""
    options = subset.Options(hinting=False, layout_features=[], notdef_outline=True, glyph_names=True)
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "MATH", "FFTM", "gasp"]
    font = TTFont(source, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    font["cmap"].tables = [table for table in font["cmap"].tables if table.platformID == WINDOWS]
    font.save(target)
    print(f"{target.name}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    sys.exit(main())
