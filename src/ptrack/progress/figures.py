"""Loads, sets and records as text in the studio's unit, and as the kilograms that programs read."""

from ptrack.notation.measures import decimals
from ptrack.progress.logged import Estimate
from ptrack.progress.rules.records import Standing
from ptrack.vocabulary import E1rmFormula, RecordKind, Tracked, Unit
from ptrack.workouts.queries import SetRow

FORMULA_NAMES = {
    E1rmFormula.EPLEY: "Epley",
    E1rmFormula.BRZYCKI: "Brzycki",
    E1rmFormula.BRZYCKI_ALT: "Brzycki, decimal",
    E1rmFormula.LOMBARDI: "Lombardi",
    E1rmFormula.OCONNER: "O'Conner",
    E1rmFormula.WATHAN: "Wathan",
    E1rmFormula.MAYHEW: "Mayhew",
    E1rmFormula.LANDER: "Lander",
}
KIND_NAMES = {kind: "e1RM" if kind is RecordKind.E1RM else kind.value for kind in RecordKind}
DATA_UNITS = {
    RecordKind.WEIGHT: "kg",
    RecordKind.E1RM: "kg",
    RecordKind.VOLUME: "kg",
    RecordKind.REPS: "reps",
    RecordKind.TIME: "s",
    RecordKind.DISTANCE: "m",
    RecordKind.PACE: "s/km",
}
EXAMPLE_WEIGHT = {Unit.KG: 70, Unit.LB: 154}
"""A body weight to show how one is entered, in the studio's unit."""

_POUND_G = 453.59237


def load_text(weight_g: float, unit: Unit) -> str:
    """A load in the studio's unit, to two decimals at most: `62.5`, `225`."""
    return decimals(in_unit(weight_g, unit), 2)


def kilograms(weight_g: float | None) -> float | None:
    """Grams as the kilograms that programs read."""
    return None if weight_g is None else weight_g / 1000


def record_data(kind: RecordKind, value: float | None) -> float | None:
    """A record's value as programs read it: kilograms, reps, seconds, metres, seconds per kilometre."""
    if value is None:
        return None
    if kind is RecordKind.WEIGHT:
        return value / 1000  # as exact as the set it was lifted in
    return round(value / 1000, 2) if DATA_UNITS[kind] == "kg" else round(value, 2)


def in_unit(weight_g: float, unit: Unit) -> float:
    """Grams in the studio's unit."""
    return weight_g / (1000 if unit is Unit.KG else _POUND_G)


def record_text(kind: RecordKind, value: float, unit: Unit) -> str:
    """A record's value as people read it, loads without their unit, none on top of the body as bw."""
    if kind is RecordKind.WEIGHT:
        return load_text(value, unit) if value else "bw"
    if kind is RecordKind.E1RM:
        return f"{in_unit(value, unit):,.1f}"
    if kind is RecordKind.VOLUME:
        return f"{in_unit(value, unit):,.0f}"
    if kind is RecordKind.REPS:
        return f"{value:.0f}"
    from ptrack.notation.printing import format_clock, format_distance

    if kind is RecordKind.DISTANCE:
        return format_distance(value)
    return format_clock(round(value)) + ("/km" if kind is RecordKind.PACE else "")


def standing_text(row: Standing, unit: Unit) -> str:
    """What stands, with its unit: `100 kg`, `8 at 100 kg`, `4:55/km`."""
    text = record_text(row.kind, row.value, unit)
    if row.kind is RecordKind.REPS:
        return f"{text} at {load_text(row.weight_g, unit)} {unit}" if row.weight_g else f"{text} reps"
    return f"{text} {unit}" if DATA_UNITS[row.kind] == "kg" and row.value else text


def estimate_text(estimate: Estimate | None, unit: Unit) -> str:
    """An e1RM, with `~` where it is from too many reps to rely on."""
    if estimate is None:
        return ""
    return f"{'' if estimate.is_reliable else '~'}{in_unit(estimate.weight_g, unit):.1f}"


def set_text(row: SetRow, tracked: Tracked, unit: Unit) -> str:
    """One set in as few signs as tell it: load, reps, effort, w. Without a blank, it is never broken up.

    Added weight has its sign, and none where the body alone was moved.
    """
    parts = [_load_text(row.weight_g, tracked, unit), str(row.reps) if row.reps else ""]
    if row.meters or row.seconds:
        parts.append(_measure_text(row.meters, row.seconds))
    text = "\u00d7".join(part for part in parts if part)
    side = "/side" if row.per_side else ""
    effort = f"@{row.rpe:g}" if row.rpe is not None else ""
    return f"{text}{side}{effort}{'w' if row.is_warmup else ''}"


def _measure_text(meters: float | None, seconds: int | None) -> str:
    """How far and how long: `5km/27:30`, `40m`, `45s`."""
    from ptrack.notation.printing import format_clock, format_distance, format_seconds

    if not meters:
        return format_seconds(seconds or 0)
    return format_distance(meters) + (f"/{format_clock(seconds)}" if seconds else "")


def _load_text(weight_g: int | None, tracked: Tracked, unit: Unit) -> str:
    if not weight_g:
        return ""
    sign = "+" if tracked is Tracked.BODYWEIGHT_PLUS and weight_g > 0 else ""
    return sign + load_text(weight_g, unit)
