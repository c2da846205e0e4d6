"""Texts that break programs: ten scripts, control and direction characters, markup, formulas, emoji."""

import random
import unicodedata

SCRIPTS = {
    "latin": (0x0041, 0x017F),
    "greek": (0x0391, 0x03C9),
    "cyrillic": (0x0410, 0x044F),
    "hebrew": (0x05D0, 0x05EA),
    "arabic": (0x0627, 0x064A),
    "devanagari": (0x0905, 0x0939),
    "thai": (0x0E01, 0x0E2E),
    "hangul": (0xAC00, 0xD7A3),
    "kana": (0x3041, 0x30FA),
    "han": (0x4E00, 0x9FA5),
}

SPECIAL = (
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07bell",
    "a\x00b\x08c\x7fd",
    "\u202egnp.exe\u202c",
    "\u2066isolated\u2069",
    "zero\u200bwidth\ufeffjoined",
    "[red]markup[/red] [/]",
    "[bold",
    '=HYPERLINK("http://example.invalid","x")',
    "@SUM(1+1)",
    "+1-2",
    "-2+3",
    "\tleading tab",
    "line\nbreak\r\nname",
    "👩‍🦰🏋️‍♀️ emoji 🇩🇪",
    "e\u0301\u0301\u0301\u0301 accents",
    "x" * 190,
    "%s %d {name} {0} $(id) `id`",
    "'; DROP TABLE client; --",
    '"quoted", and, commas',
    "A;B;C",
    "ﷺ﷽",
    "ß ẞ ı İ ŉ",  # noqa: RUF001  meant
    "\U0001f9d1\u200d\U0001f4bb",
    "..",
    "none",
    "-",
)

FORBIDDEN = [
    chr(code)
    for code in (
        *range(9),
        11,
        12,
        *range(14, 32),
        127,
        *range(0x80, 0xA0),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    )
]
"""Characters that must never reach a terminal as they are."""


def names(count: int) -> list[str]:
    """That many names over the ten scripts and the special texts, the same every time."""
    chance = random.Random(10)  # noqa: S311  repeatable, not secret
    made = list(SPECIAL)
    scripts = list(SCRIPTS.values())
    while len(made) < count:
        low, high = scripts[len(made) % len(scripts)]
        letters = [chr(chance.randint(low, high)) for _ in range(chance.randint(2, 24))]
        text = "".join(letter for letter in letters if unicodedata.category(letter)[0] in "LM") or "Ann"
        made.append(f"{text} {len(made)}" if chance.random() < 0.5 else f"{text[: len(text) // 2]} {text}")
    return made[:count]
