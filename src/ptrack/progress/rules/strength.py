"""Strength: the estimated one-repetition maximum (e1RM), the load a set moved, and volume, all in grams."""

from collections.abc import Callable
from math import exp

from ptrack.vocabulary import E1rmFormula, Tracked

_RELIABLE_REPS = 10

# Each formula is a fraction, e1RM = weight * numerator / denominator, in whole numbers where it can be, so
# that rounding to the gram is exact. Where the denominator falls to 0 the formula ends.


def _epley(reps: int) -> tuple[float, float]:
    return 30 + reps, 30


def _brzycki(reps: int) -> tuple[float, float]:
    return 36, 37 - reps


def _brzycki_alt(reps: int) -> tuple[float, float]:
    return 10_000, 10_278 - 278 * reps


def _lombardi(reps: int) -> tuple[float, float]:
    return float(reps) ** 0.10, 1


def _oconner(reps: int) -> tuple[float, float]:
    return 40 + reps, 40


def _wathan(reps: int) -> tuple[float, float]:
    return 100, 48.8 + 53.8 * exp(-0.075 * reps)


def _mayhew(reps: int) -> tuple[float, float]:
    return 100, 52.2 + 41.9 * exp(-0.055 * reps)


def _lander(reps: int) -> tuple[float, float]:
    return 10_000_000, 10_130_000 - 267_123 * reps


_RATIOS: dict[E1rmFormula, Callable[[int], tuple[float, float]]] = {
    E1rmFormula.EPLEY: _epley,
    E1rmFormula.BRZYCKI: _brzycki,
    E1rmFormula.BRZYCKI_ALT: _brzycki_alt,
    E1rmFormula.LOMBARDI: _lombardi,
    E1rmFormula.OCONNER: _oconner,
    E1rmFormula.WATHAN: _wathan,
    E1rmFormula.MAYHEW: _mayhew,
    E1rmFormula.LANDER: _lander,
}


def e1rm_g(weight_g: int, reps: int, formula: E1rmFormula) -> int | None:
    """Estimate the one-repetition maximum in grams, rounded half up to the gram.

    One rep is the weight itself, whatever the formula would make of it. None without a rep, without a load
    above zero, and from the reps on where the formula ends (Brzycki: 37).

    The formulas, as lists and calculators give them under their authors' names (Starting Strength, thread
    33294; easycalculation.com):

    - epley: w * (1 + r / 30), Epley 1985
    - brzycki: w * 36 / (37 - r), Brzycki 1993
    - brzycki_alt: w / (1.0278 - 0.0278 r), the same in decimals
    - lombardi: w * r^0.10, Lombardi 1989
    - oconner: w * (1 + 0.025 r), O'Conner et al. 1989
    - wathan: 100 w / (48.8 + 53.8 e^(-0.075 r)), Wathan (Wathen) 1994
    - mayhew: 100 w / (52.2 + 41.9 e^(-0.055 r)), Mayhew et al. 1992
    - lander: 100 w / (101.3 - 2.67123 r), Lander 1985
    """
    if reps < 1 or weight_g <= 0:
        return None
    if reps == 1:
        return weight_g
    numerator, denominator = _RATIOS[formula](reps)
    if denominator <= 0:
        return None
    return int((2 * weight_g * numerator + denominator) // (2 * denominator))


def is_estimate_reliable(reps: int) -> bool:
    """Whether an e1RM from so many reps may be a record; from 11 on it is shown with `~` and never is."""
    return reps <= _RELIABLE_REPS


def effective_load_g(weight_g: int | None, tracked: Tracked, body_weight_g: int | None) -> int | None:
    """Reckon the load that was moved, in grams; None where it is unknown or the exercise has none.

    On `bodyweight_plus` it is body weight plus what was added: nothing where no weight is written, less
    than nothing with assistance. On `weight_reps` it is what the bar held. Exercises tracked by reps, time
    or distance have none.
    """
    if tracked is Tracked.WEIGHT_REPS:
        return weight_g
    if tracked is Tracked.BODYWEIGHT_PLUS and body_weight_g is not None:
        return body_weight_g + (weight_g or 0)
    return None


def set_volume_g(reps: int | None, effective_g: int | None, per_side: bool = False) -> int:
    """Multiply reps by effective load, in grams, both sides counted where the reps are per side.

    0 without a rep or a known load, and 0 where assistance outweighs the body: no set takes volume away.
    """
    if reps is None or effective_g is None or reps < 1 or effective_g <= 0:
        return 0
    return reps * effective_g * (2 if per_side else 1)
