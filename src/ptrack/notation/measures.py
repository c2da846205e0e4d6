"""The units of loads, times and lengths, what they are in grams, seconds and metres, and the limits.

The pound is 0.45359237 kg, the yard 0.9144 m, the mile 1609.344 m: all exact, by the international agreement
of 1959.
"""

from ptrack.vocabulary import Unit

GRAMS: dict[str, float] = {"kg": 1000.0, "lb": 453.59237, "lbs": 453.59237}
SECONDS: dict[str, int] = {"s": 1, "sec": 1, "min": 60, "h": 3600}
METERS: dict[str, float] = {"m": 1.0, "km": 1000.0, "mi": 1609.344, "yd": 0.9144}

MOST_BYTES = 64 * 1024
MOST_LINES = 200
MOST_SETS = 99
MOST_REPS = 9_999
MOST_GRAMS = 1_000_000
MOST_SECONDS = 24 * 3600
MOST_METERS = 1_000_000
MOST_PERCENT = 200
MOST_WEEKS = 104
MOST_DAYS = 14


def number_of(text: str) -> float:
    """The value of digits with a decimal point or comma; too many digits make it infinite, never an error."""
    return float(text.replace(",", "."))


def whole_number_of(text: str) -> int:
    """The value of digits; from the tenth digit on it is a billion, which is past every limit."""
    digits = text.lstrip("0")
    return int(digits or "0") if len(digits) <= 9 else 10**9  # noqa: PLR2004 - the sentence above


def grams(value: float, unit: str) -> int:
    """A weight in whole grams; `unit` is kg, lb or lbs."""
    return round(value * GRAMS[unit])


def meters(value: float, unit: str) -> float:
    """A length in metres, to a tenth of a millimetre, so that equal lengths are equal numbers."""
    return round(value * METERS[unit], 4)


def decimals(value: float, places: int) -> str:
    """A number with at most so many decimals, without trailing zeros."""
    text = f"{value:.{places}f}"
    text = text.rstrip("0").rstrip(".") if places else text
    return "0" if text == "-0" else text


def exact_weight(weight_g: int, unit: Unit) -> str:
    """The shortest number in `unit` that comes to exactly so many grams (three decimals always do)."""
    value = weight_g / GRAMS[unit.value]
    for places in range(3):
        text = decimals(value, places)
        if grams(float(text), unit.value) == weight_g:
            return text
    return decimals(value, 3)
