"""What is different between two plans: which days and lines are the same ones, and how it is put in words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_samples import programs
from ptrack.notation import Program, parse_program
from ptrack.programs.differences import About, Kind, differences
from ptrack.programs.matching import matched_days, matched_lines, moved
from ptrack.vocabulary import Unit


def plan(*days: str, weeks: int = 8, name: str = "P") -> Program[str]:
    text = "\n".join([f"program: {name}", f"weeks: {weeks}", "days per week: 4", *days])
    return parse_program(text, unit=Unit.KG, resolve=str.casefold)


def words(before: str, after: str) -> list[str]:
    found = differences(plan(f"day: A\n{before}"), plan(f"day: A\n{after}"), Unit.KG)
    return [each.words for each in found]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("Dip: 3x5 70kg", "Dip: 3x5 75kg", "load +5kg"),
        ("Dip: 3x5 70kg", "Dip: 3x5 67.5kg", "load -2.5kg"),
        ("Dip: 3x5 bw+10kg", "Dip: 3x5 bw-5kg", "load -15kg"),
        ("Dip: 3x5 70kg", "Dip: 3x5 75%", "load 70kg to 75%"),
        ("Dip: 3x5", "Dip: 3x5 bw", "load none to bw"),
        ("Dip: 3x5 70kg", "Dip: 4x6-8 70kg", "sets 3 to 4, reps 5 to 6-8"),
        ("Dip: 3x5", "Dip: 3x5+", "reps 5 to 5+"),
        ("Dip: 3x5 @8", "Dip: 3x5 @8.5", "effort @8 to @8.5"),
        ("Dip: 3x5", "Dip: 3x5 rest 90s", "rest none to 90s"),
        ("Dip: 3x5 progress +2.5kg", "Dip: 3x5 progress double", "progress +2.5kg to double"),
        ("Dip: 3x5", "Dip: w 1x5, 3x5", "sets 3x5 to w 1x5, 3x5"),
        ("Dip: 3x5", "[accessory]\nA1 Dip: 3x5/side", "now per side, main to accessory, superset none to A1"),
        ("Dip: 3x45s tempo 3-1-1-0", "Dip: 3x60s", "time 45s to 60s, tempo 3-1-1-0 to none"),
        ("Dip: 1x2000m", "Dip: 1x5km # slow", "distance 2000m to 5km, note"),
        ("Dip: w 1x5", "Dip: 1x5", "no warm-up any more"),
    ],
)
def test_what_changed_is_put_in_words(before: str, after: str, said: str) -> None:
    assert words(before, after) == [said]


def test_lines_come_and_go_and_change_places() -> None:
    before = plan("day: A\nDip: 3x5\nRow: 3x5\nPlank: 3x45s")
    after = plan("day: A\nPlank: 3x45s\nDip: 3x5\nCurl: 3x12")
    found = [(each.kind, each.exercise, each.words) for each in differences(before, after, Unit.KG)]
    assert found == [
        (Kind.CHANGED, "Plank", "moved"),
        (Kind.ADDED, "Curl", ""),
        (Kind.REMOVED, "Row", ""),
    ]


def test_heads_and_days_are_told_of() -> None:
    before = plan("day: A\nDip: 3x5", "day: B\nRow: 3x5", weeks=8)
    after = plan("day: Push\nDip: 3x5", "day: B\nRow: 3x5", "day: C\nRow: 3x5", weeks=10, name="Q")
    found = [(each.about, each.kind, each.words) for each in differences(before, after, Unit.KG)]
    assert found == [
        (About.PROGRAM, Kind.CHANGED, "name P to Q"),
        (About.PROGRAM, Kind.CHANGED, "weeks 8 to 10"),
        (About.DAY, Kind.CHANGED, "renamed from A"),
        (About.DAY, Kind.ADDED, ""),
        (About.EXERCISE, Kind.ADDED, ""),
    ]


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("A B C", "A B C", {0: 0, 1: 1, 2: 2}),
        ("A B C", "C A B", {0: 2, 1: 0, 2: 1}),
        ("A B C", "Push B C", {0: 0, 1: 1, 2: 2}),
        ("A B C", "B C X", {0: 1, 1: 2}),
        ("A B", "X A B", {1: 0, 2: 1}),
        ("A B", "X Y", {0: 0, 1: 1}),
        ("A B C", "A C", {0: 0, 1: 2}),
        ("A", "a", {0: 0}),
    ],
)
def test_days_are_known_by_name_and_then_by_what_stands_before_them(
    before: str, after: str, found: dict[int, int]
) -> None:
    one, other = (plan(*(f"day: {name}\nDip: 3x5" for name in text.split())) for text in (before, after))
    assert matched_days(one.days, other.days) == found


def test_a_week_of_its_own_takes_nothing_from_the_general_day() -> None:
    one = plan("day: A\nDip: 3x5", "day: A (week 4)\nDip: 2x5")
    other = plan("day: A (weeks 4, 8)\nDip: 2x5", "day: A\nDip: 3x5")
    assert matched_days(one.days, other.days) == {0: 1, 2: 0}


def test_of_several_lines_of_one_exercise_those_that_are_alike_belong_together() -> None:
    one = plan("day: A\nDip: 3x5 100kg\nDip: 1x10 80kg").days[0].lines
    other = plan("day: A\nDip: 1x10 80kg\nDip: 5x1 110kg").days[0].lines
    assert matched_lines(one, other) == {0: 1, 1: 0}


@given(st.lists(st.integers(0, 12), unique=True))
def test_the_fewest_move(order: list[int]) -> None:
    found = dict(enumerate(order))
    out = moved(found)
    kept = [value for place, value in found.items() if place not in out]
    assert kept == sorted(kept)
    assert bool(out) == (order != sorted(order))


@settings(max_examples=25, deadline=None)
@given(programs(), programs(), st.sampled_from(Unit))
def test_there_is_no_difference_exactly_between_equal_plans(
    one: Program[str], other: Program[str], unit: Unit
) -> None:
    assert differences(one, one, unit) == []
    assert bool(differences(one, other, unit)) == (one != other)
    assert all(each.words or each.kind is not Kind.CHANGED for each in differences(one, other, unit))
