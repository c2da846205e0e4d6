"""Make the fonts that ship in src/ptrack/data/fonts: DejaVu Sans and its bold, cut down for PDFs.

Run it once after a new release of the fonts; the result is committed. Needs fonttools and Debian's
fonts-dejavu-core, whose licence text is laid beside the fonts.
"""

import sys
from pathlib import Path

from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

SOURCE = Path("/usr/share/fonts/truetype/dejavu")
LICENSE = Path("/usr/share/doc/fonts-dejavu-core/copyright")
TARGET = Path(__file__).parent.parent / "src" / "ptrack" / "data" / "fonts"
WINDOWS = 3
NAMES = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")

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


def main() -> int:
    """Write the two fonts and their licence."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        size = cut_down(SOURCE / name, TARGET / name)
        print(f"{name}: {size:,} bytes")
    (TARGET / "LICENSE.txt").write_text(LICENSE.read_text(encoding="utf-8"), encoding="utf-8")
    return 0


def cut_down(source: Path, target: Path) -> int:
    """Keep the glyphs of the ranges, without hints and layout tables; returns the size in bytes."""
    options = subset.Options(hinting=False, layout_features=[], notdef_outline=True, glyph_names=True)
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "MATH", "FFTM", "gasp"]
    font = TTFont(source, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    codes = [code for first, last in RANGES for code in range(first, last + 1)]
    subsetter.populate(unicodes=[*codes, *map(ord, SIGNS)])
    subsetter.subset(font)
    font["cmap"].tables = [table for table in font["cmap"].tables if table.platformID == WINDOWS]
    font.save(target)
    return target.stat().st_size


if __name__ == "__main__":
    sys.exit(main())
