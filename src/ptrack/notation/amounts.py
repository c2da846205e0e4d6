"""Numbers with their units, checked.

Each function turns what was written at a place into a count, grams, seconds or metres, or raises `Wrong` at
that place, naming the limit that was passed.
"""

from ptrack.notation.measures import (
    METERS,
    MOST_GRAMS,
    MOST_METERS,
    MOST_PERCENT,
    MOST_REPS,
    MOST_SECONDS,
    MOST_SETS,
    SECONDS,
    decimals,
    grams,
    meters,
    number_of,
    whole_number_of,
)
from ptrack.notation.mistakes import Wrong, quoted

_MOST_RPE = 10
_SIXTY = 60


def set_count(text: str, at: int) -> int:
    """The number before x, 1 to 99."""
    return _counted(text, at, MOST_SETS, "set")


def rep_count(text: str, at: int) -> int:
    """A number of reps, 1 to 9,999."""
    return _counted(text, at, MOST_REPS, "rep")


def _counted(text: str, at: int, most: int, word: str) -> int:
    count = whole_number_of(text)
    if count > most:
        raise Wrong(at, f"{quoted(text)} {word}s; a group of sets has at most {most:,}")
    if count == 0:
        raise Wrong(at, f"0 {word}s; write at least 1, or skip for what was not done")
    return count


def weight(number: str, unit: str, at: int) -> int:
    """Whole grams from kilograms or pounds, up to 1,000 kg."""
    value = number_of(number)
    if value * 1000 > MOST_GRAMS and (value > MOST_GRAMS or grams(value, unit) > MOST_GRAMS):
        raise Wrong(at, f"{quoted(number)}{unit} is past the limit; a load is at most 1,000 kg (2,204 lb)")
    return grams(value, unit)


def percent(number: str, at: int) -> float:
    """A percentage of the e1RM, to a hundredth, above 0 and up to 200."""
    value = round(number_of(number), 2)
    if not 0 < value <= MOST_PERCENT:
        raise Wrong(at, f"{quoted(number)}% is no load; a percentage of the e1RM is above 0, at most 200%")
    return value


def length(number: str, unit: str, at: int) -> float:
    """Metres, above 0 and up to 1,000 km."""
    value = number_of(number)
    if value * METERS[unit] > MOST_METERS:
        raise Wrong(at, f"{quoted(number)}{unit} is past the limit; a distance is at most 1,000 km")
    found = meters(value, unit)
    if not found:
        raise Wrong(at, f"{quoted(number)}{unit} is no distance; write at least 1m")
    return found


def duration(number: str, unit: str, at: int) -> int:
    """Whole seconds from a number with a unit, above 0 and up to 24 hours."""
    value = number_of(number) * SECONDS[unit]
    if value > MOST_SECONDS:
        raise _too_long(f"{number}{unit}", at)
    if abs(value - round(value)) > 1e-6:  # noqa: PLR2004 - what binary fractions may be off
        raise Wrong(at, f"{quoted(number)}{unit} is a broken second; times are kept in whole seconds")
    return _some_time(round(value), f"{number}{unit}", at)


def clock_time(text: str, at: int) -> int:
    """Whole seconds from m:ss or h:mm:ss, above 0 and up to 24 hours."""
    *hours, minutes, seconds = (whole_number_of(part) for part in text.split(":"))
    if seconds >= _SIXTY or (hours and minutes >= _SIXTY):
        raise Wrong(at, f"{quoted(text)} is no time; write 8:15, or 1:02:03 with hours")
    total = sum(hours) * 3600 + minutes * 60 + seconds
    if total > MOST_SECONDS:
        raise _too_long(text, at)
    return _some_time(total, text, at)


def _too_long(text: str, at: int) -> Wrong:
    return Wrong(at, f"{quoted(text)} is past the limit; a time is at most 24 h")


def _some_time(seconds: int, text: str, at: int) -> int:
    if not seconds:
        raise Wrong(at, f"{quoted(text)} is no time; write at least 1s")
    return seconds


def effort(number: str, at: int) -> float:
    """An RPE from 1 to 10, in halves."""
    value = number_of(number)
    if not 1 <= value <= _MOST_RPE:
        raise Wrong(at, f"{quoted(number)} is no RPE; it goes from 1 to 10, e.g. @8 or @8.5")
    if value * 2 != round(value * 2):
        lower = int(value * 2) / 2
        nearest = f"@{decimals(lower, 1)} or @{decimals(lower + 0.5, 1)}"
        raise Wrong(at, f"{quoted(number)} is no RPE; it comes in halves: {nearest}")
    return value


def reps_in_reserve(number: str, at: int) -> float:
    """The RPE of so many reps in reserve: 10 less that, so 0 to 9, in halves."""
    value = number_of(number)
    if value > _MOST_RPE - 1 or value * 2 != round(value * 2):
        raise Wrong(at, f"rir{quoted(number)} is not understood; reps in reserve go from 0 to 9, e.g. rir2")
    return _MOST_RPE - value
