"""Numbers, loads and durations as other programs write them."""

import re
from decimal import ROUND_HALF_UP, Decimal

GRAMS = {"kg": 1000.0, "lb": 453.59237}
METERS = {"km": 1000.0, "mi": 1609.344, "m": 1.0, "yd": 0.9144, "ft": 0.3048}

_UNITS = {
    "kg": "kg", "kgs": "kg", "kilogram": "kg", "kilograms": "kg", "lb": "lb", "lbs": "lb", "pound": "lb",
    "pounds": "lb", "km": "km", "kms": "km", "mi": "mi", "mile": "mi", "miles": "mi", "m": "m", "meter": "m",
    "meters": "m", "metres": "m", "yd": "yd", "yds": "yd", "yards": "yd", "ft": "ft",
}  # fmt: skip
_NUMBER = re.compile(r"[+-]?(?:\d{1,15}(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,2})?", re.ASCII)
_THOUSANDS = re.compile(r"(?<![\d.,])([1-9]\d{0,2}),(\d{3})(?![\d.,])", re.ASCII)
_PART = re.compile(r"(\d{1,9})\s*([^\W\d]*)")
_HOURS, _MINUTES, _SECONDS = "hs小時时ч", "m分м", "s秒с"  # noqa: RUF001  Russian
_CLOCK = re.compile(r"(\d{1,4}):(\d{2})(?::(\d{2}))?", re.ASCII)


def number(text: str) -> float | None:
    """A number with a decimal point or comma; None where the text is none (NaN and infinity are none)."""
    text = text.strip()
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def either_way(text: str) -> tuple[str, str] | None:
    """Both ways of writing a number in the text whose comma may part thousands or decimals; None for none.

    `1,125` is either 1125 or 1.125. Only the file as a whole can tell: where cells are parted by semicolons,
    it is because the comma parts decimals.
    """
    found = _THOUSANDS.search(text)
    return (f"{found[1]}{found[2]}", f"{found[1]}.{found[2]}") if found else None


def unit(text: str) -> str | None:
    """The unit that a word stands for: kg, lb, km, mi, m, yd, ft."""
    return _UNITS.get(text.strip().rstrip(".").casefold())


def rounded(value: float) -> int:
    """The nearest whole number, halves up: 102058.28 grams are 102058."""
    return int(Decimal(value).quantize(Decimal(1), ROUND_HALF_UP))


def duration_seconds(text: str) -> int | None:
    """A duration in seconds; None where it cannot be read.

    It may be written `1h 5m`, `38min`, `264h 1m`, `1小时13分钟`, `1:05:00`, `1:30` (a minute and a half) or
    `3900`.
    """
    text = text.strip().casefold()
    if not text:
        return None
    if clock := _CLOCK.fullmatch(text):
        first, second, third = (int(part or 0) for part in clock.groups())
        return first * 3600 + second * 60 + third if clock[3] else first * 60 + second
    plain = number(text)
    if plain is not None:
        return rounded(plain) if plain >= 0 else None
    parts = [(int(count), _step(word)) for count, word in _PART.findall(text)]
    if not parts or any(step is None for _, step in parts):
        return None
    return sum(count * (step or 0) for count, step in parts)


def _step(word: str) -> int | None:
    """The seconds in one of a word's unit, by its first letter: `h`, `std.`, `min`, `sec`, `小时`."""
    if word.startswith(("std", "ст")):
        return 3600
    if word.startswith(tuple(_SECONDS)):
        return 1
    if word.startswith(tuple(_MINUTES)):
        return 60
    return 3600 if word.startswith(tuple(_HOURS)) else None
