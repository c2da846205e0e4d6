"""DOTS, Wilks 2020 and IPF GL against the reference values, and where there are none."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptrack.progress.rules.scores import scores
from ptrack.vocabulary import Sex

Read = Callable[[str], list[dict[str, str]]]
SEXES = {"M": Sex.MALE, "F": Sex.FEMALE}


def test_the_reference_values(reference: Read) -> None:
    rows = reference("strength_score_values.csv")
    assert rows
    for row in rows:
        body_g, total_g = round(float(row["bodyweight_kg"]) * 1000), round(float(row["total_kg"]) * 1000)
        found = scores(SEXES[row["sex"]], total_g, body_g)
        assert found is not None
        assert found.dots == pytest.approx(float(row["dots"]), abs=1e-5)
        assert found.wilks == pytest.approx(float(row["wilks_2020"]), abs=1e-5)
        assert found.ipf_gl == pytest.approx(float(row["ipf_gl_classic"]), abs=1e-5)


@pytest.mark.parametrize(("score", "field", "last"), [("dots", "dots", "a4"), ("wilks_2020", "wilks", "a5")])
def test_the_reference_polynomials_between_their_bounds(
    reference: Read, score: str, field: str, last: str
) -> None:
    for row in reference("strength_score_polynomials.csv"):
        if row["score"] != score:
            continue
        factors = [float(row[f"a{number}"]) for number in range(int(last[1]) + 1)]
        for body_kg in (40, 61.5, 99.9, 150):
            below = sum(factor * body_kg**power for power, factor in enumerate(factors))
            found = scores(SEXES[row["sex"]], 400_000, round(body_kg * 1000))
            assert found is not None
            assert getattr(found, field) == pytest.approx(400 * float(row["numerator"]) / below)


def test_one_of_each_sex_by_hand() -> None:
    man, woman = scores(Sex.MALE, 600_000, 83_000), scores(Sex.FEMALE, 400_000, 63_000)
    assert man
    assert woman
    assert [round(value, 2) for value in man] == [405.05, 480.99, 83.06]
    assert [round(value, 2) for value in woman] == [430.21, 511.45, 87.51]


@pytest.mark.parametrize(
    ("sex", "field", "bound_g", "beyond_g"),
    [
        (Sex.MALE, "dots", 40_000, 30_000),
        (Sex.MALE, "dots", 210_000, 230_000),
        (Sex.FEMALE, "dots", 40_000, 30_000),
        (Sex.FEMALE, "dots", 150_000, 180_000),
        (Sex.MALE, "wilks", 40_000, 30_000),
        (Sex.MALE, "wilks", 200_950, 230_000),
        (Sex.FEMALE, "wilks", 40_000, 30_000),
        (Sex.FEMALE, "wilks", 150_950, 180_000),
    ],
)
def test_body_weight_is_held_within_its_bounds(sex: Sex, field: str, bound_g: int, beyond_g: int) -> None:
    within = bound_g + (1_000 if beyond_g < bound_g else -1_000)
    points = [getattr(scores(sex, 300_000, body_g), field) for body_g in (bound_g, beyond_g, within)]
    assert points[0] == points[1] != points[2]


@pytest.mark.parametrize(
    ("sex", "total_g", "body_g"),
    [(None, 400_000, 70_000), (Sex.OTHER, 400_000, 70_000), (Sex.MALE, 0, 70_000), (Sex.FEMALE, 1, 0)],
)
def test_there_are_no_points_without_sex_total_or_body_weight(
    sex: Sex | None, total_g: int, body_g: int
) -> None:
    assert scores(sex, total_g, body_g) is None
    assert scores(Sex.MALE, 1, 1) is not None


@given(st.sampled_from([Sex.MALE, Sex.FEMALE]), st.integers(40_000, 150_000), st.integers(1_000, 1_000_000))
def test_points_grow_with_the_total_alone(sex: Sex, body_g: int, total_g: int) -> None:
    one, double = scores(sex, total_g, body_g), scores(sex, 2 * total_g, body_g)
    assert one
    assert double
    assert all(value > 0 for value in one)
    assert list(double) == pytest.approx([2 * value for value in one])
