"""Scores that compare totals of squat, bench press and deadlift across body weights.

All are points for a total and a body weight in kilograms, and differ by sex; for other than female and male
there are no constants, so there is no score. The constants are facts, the same in many public code files:

- DOTS (Kopayev 2019, as OpenPowerlifting reckons it): 500 x total / a polynomial of the body weight, which is
  held to 40-210 kg for men and 40-150 kg for women.
- Wilks 2020 (Wilks, "Wilks-2"): 600 x total / another one, held to 40-200.95 kg and 40-150.95 kg.
- IPF GL, classic three-lift, coefficients of May 2020: 100 x total / (A - B e^(-C x body weight)).

They are made for lifts on a platform. From estimated maxima they compare one person with herself.
"""

from math import exp
from typing import NamedTuple

from ptrack.vocabulary import Sex


class _Curve(NamedTuple):
    """A score by a polynomial, with its coefficients from the constant on, and the weights it is for."""

    numerator: float
    coefficients: tuple[float, ...]
    lightest_kg: float
    heaviest_kg: float

    def points(self, total_kg: float, body_kg: float) -> float:
        """The points of a total at a body weight."""
        held_kg = min(max(body_kg, self.lightest_kg), self.heaviest_kg)
        below = sum(factor * held_kg**power for power, factor in enumerate(self.coefficients))
        return total_kg * self.numerator / below


_DOTS = {
    Sex.MALE: _Curve(500, (-307.75076, 24.0900756, -0.1918759221, 0.0007391293, -1.093e-06), 40, 210),
    Sex.FEMALE: _Curve(500, (-57.96288, 13.6175032, -0.1126655495, 0.0005158568, -1.0706e-06), 40, 150),
}
_WILKS = {
    Sex.MALE: _Curve(
        600,
        (
            47.4617885411949, 8.47206137941125, 0.073694103462609, -0.00139583381094385,
            7.07665973070743e-06, -1.20804336482315e-08,
        ),
        40,
        200.95,
    ),
    Sex.FEMALE: _Curve(
        600,
        (
            -125.425539779509, 13.7121941940668, -0.0330725063103405, -0.0010504000506583,
            9.38773881462799e-06, -2.3334613884954e-08,
        ),
        40,
        150.95,
    ),
}  # fmt: skip
_IPF_GL = {
    Sex.MALE: (1199.72839, 1025.18162, 0.00921),
    Sex.FEMALE: (610.32796, 1045.59282, 0.03048),
}


class Scores(NamedTuple):
    """The points of one total."""

    dots: float
    wilks: float
    ipf_gl: float


def scores(sex: Sex | None, total_g: int, body_g: int) -> Scores | None:
    """The points of a total and a body weight in grams; None where there are no formulas for the sex."""
    if sex not in _DOTS or total_g <= 0 or body_g <= 0:
        return None
    total_kg, body_kg = total_g / 1000, body_g / 1000
    top, span, decay = _IPF_GL[sex]
    return Scores(
        dots=_DOTS[sex].points(total_kg, body_kg),
        wilks=_WILKS[sex].points(total_kg, body_kg),
        ipf_gl=100 * total_kg / (top - span * exp(-decay * body_kg)),
    )
