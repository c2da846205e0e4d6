"""Values of metrics as people type and read them: a number with its unit, within what is plausible."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from math import inf

from ptrack.errors import RuleError, UsageError
from ptrack.vocabulary import Unit

POUND_KG = 0.45359237
_INCH_CM = 2.54

# What one of a unit that may be typed is in the unit that a metric is kept in.
_SIZES: dict[str, dict[str, float]] = {
    "kg": {"kg": 1, "kgs": 1, "g": 0.001, "lb": POUND_KG, "lbs": POUND_KG},
    "cm": {"cm": 1, "mm": 0.1, "m": 100, "in": _INCH_CM},
    "min": {"min": 1, "mins": 1, "h": 60},
}
_POUNDS = ("lb", "lbs")
_NUMBER = re.compile(r"([+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+))\s*(.*)", re.ASCII | re.DOTALL)
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LARGEST = 1e15
_SHOWN_CHARS = 40
_FURTHEST_AHEAD = timedelta(days=1)
MOST_DECIMALS = 2


def read_assignment(text: str) -> tuple[str, str]:
    """`weight=82.5kg` as key and value; the value is still text."""
    key, sign, value = text.partition("=")
    if not sign or not key.strip() or not value.strip():
        raise UsageError(f'"{_cut(text)}" is no KEY=VALUE like weight=82.5.')
    return key.strip(), value.strip()


def read_key(text: str) -> str:
    """A key that a metric can have: small letters, digits and underscores, a letter first."""
    if not _KEY.fullmatch(text):
        raise UsageError(
            f'"{_cut(text)}" is no key: it has small letters, digits and _, begins with a letter, '
            "and is no longer than 40.\nWrite it like grip_strength, and say how it is read with --name."
        )
    return text


def read_value(text: str, metric_unit: str | None, studio_unit: Unit) -> float:
    """A typed value in the metric's unit, with a decimal point or comma.

    Without a unit of its own it is in the unit that the practice sees the metric in.
    """
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        raise UsageError(f'"{_cut(text)}" is no number like 82.5.')
    value = float(match[1].replace(",", ".")) * _size(match[2], metric_unit, studio_unit)
    if not abs(value) < _LARGEST:
        raise UsageError(f'"{_cut(text)}" is larger than anything that is measured.')
    return value + 0.0


def kept_unit(unit: str | None, studio_unit: Unit) -> tuple[str | None, Unit]:
    """The unit that a metric defined in `unit` is kept in, and the unit of load its bounds are typed in.

    Pounds are kept as kilograms: a practice that works in pounds sees pounds all the same.
    """
    return ("kg", Unit.LB) if (unit or "").casefold() in _POUNDS else (unit, studio_unit)


def _size(typed: str, metric_unit: str | None, studio_unit: Unit) -> float:
    """What one of the typed unit is in the metric's."""
    unit = typed.strip().casefold() or (shown_unit(metric_unit, studio_unit) or "").casefold()
    own = (metric_unit or "").casefold()
    if unit == own:
        return 1
    sizes = _SIZES.get(own, {})
    if unit in sizes:
        return sizes[unit]
    known = ", ".join(name for name in sizes if name.rstrip("s") == name) or metric_unit
    way_out = f"Write {known}, or the number alone." if known else "This metric has no unit."
    raise UsageError(f'"{_cut(typed)}" is no unit that can be used here. {way_out}')


def check_plausible(
    value: float,
    name: str,
    unit: str | None,
    minimum: float | None,
    maximum: float | None,
    studio_unit: Unit,
) -> None:
    """Refuse a value outside the plausible range, naming the range."""
    low, high = (-inf if minimum is None else minimum), (inf if maximum is None else maximum)
    if low <= value <= high:
        return
    said = with_unit(value, unit, studio_unit)
    raise RuleError(
        f"{name} {said} is not plausible: the range is {range_text(minimum, maximum, unit, studio_unit)}.\n"
        "If it is right all the same, add --force."
    )


def range_text(minimum: float | None, maximum: float | None, unit: str | None, studio_unit: Unit) -> str:
    """`20 to 400 kg`, `from 20 kg`, `up to 400 kg`; empty where there is no bound."""
    if minimum is not None and maximum is not None:
        low = number_text(shown_value(minimum, unit, studio_unit))
        return f"{low} to {with_unit(maximum, unit, studio_unit)}"
    if minimum is not None:
        return f"from {with_unit(minimum, unit, studio_unit)}"
    return f"up to {with_unit(maximum, unit, studio_unit)}" if maximum is not None else ""


def check_moment(recorded_at: datetime, now: datetime) -> None:
    """Refuse a time that lies more than a day ahead: nobody can have measured then."""
    if recorded_at > now + _FURTHEST_AHEAD:
        raise RuleError("That time has not come yet; a metric is entered when it has been measured.")


def shown_unit(unit: str | None, studio_unit: Unit) -> str | None:
    """The unit that people of the practice see: pounds for kilograms where it works in pounds."""
    return "lb" if unit == "kg" and studio_unit is Unit.LB else unit


def shown_value(value: float, unit: str | None, studio_unit: Unit) -> float:
    """A value of a metric in the unit that people see."""
    return value / POUND_KG if shown_unit(unit, studio_unit) != unit else value


def with_unit(value: float, unit: str | None, studio_unit: Unit) -> str:
    """`82.5 kg` or `181 lb`, as the practice sees it."""
    number, seen = number_text(shown_value(value, unit, studio_unit)), shown_unit(unit, studio_unit)
    return f"{number} {seen}" if seen else number


def number_text(value: float, decimals: int | None = None) -> str:
    """A number for people: that many decimals, or as many as it needs and no more than two."""
    places = decimals_needed([value]) if decimals is None else decimals
    return f"{round(value, places) + 0.0:,.{places}f}"


def decimals_needed(values: Sequence[float]) -> int:
    """How many decimals, two at most, show all the values, so that a column of them has the same."""
    texts = [f"{value:.{MOST_DECIMALS}f}".rstrip("0") for value in values]
    return max((len(text.partition(".")[2]) for text in texts), default=0)


def _cut(text: str) -> str:
    """A text short enough for a message, on one line."""
    shown = " ".join(text.split())
    return shown if len(shown) <= _SHOWN_CHARS else shown[: _SHOWN_CHARS - 1] + "…"
