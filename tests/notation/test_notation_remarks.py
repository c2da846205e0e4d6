"""Mistakes written into a text, and left out again when it is read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_samples import texts
from ptrack.errors import NotationError
from ptrack.notation import parse_program
from ptrack.notation.remarks import with_remarks, without_remarks
from ptrack.vocabulary import Unit


def test_what_is_wrong_stands_above_its_line_and_a_caret_below() -> None:
    text = "program: Bad\nweeks: 200\ndays per week: 1\nday: A\nDeadlift: 5 of 5\n"
    with pytest.raises(NotationError) as caught:
        parse_program(text, unit=Unit.KG, resolve=str)
    remarked = with_remarks(text, caught.value.places)
    assert remarked.splitlines() == [
        "program: Bad",
        "#! 3:8 200 is no number from 1 to 104, as in weeks: 8",
        "weeks: 200",
        "#!     ^",
        "days per week: 1",
        "day: A",
        "#! 8:13 of is no unit; a load is 100kg, 225lb, 75% or bw",
        "Deadlift: 5 of 5",
        "#!          ^",
    ]
    assert without_remarks(remarked) == text


def test_the_lines_that_are_named_are_those_of_the_file_with_its_remarks() -> None:
    remarked = with_remarks("one\ntwo\nthree", [(1, 1, "a"), (1, 3, "b"), (3, 2, "c")]).split("\n")
    for remark in remarked:
        if remark.startswith("#! "):
            place, what = remark.removeprefix("#! ").split(" ")
            line = int(place.split(":")[0])
            assert remarked[line - 1] == {"a": "one", "b": "one", "c": "three"}[what]


def test_carets_stand_under_wide_signs_tabs_and_the_first_column() -> None:
    assert with_remarks("日本: x", [(1, 5, "w")]).split("\n")[2] == "#!    ^"
    assert with_remarks("Row\tx", [(1, 5, "w")]).split("\n")[2] == "#! \t^"
    assert with_remarks("Rwo: 3", [(1, 1, "w")]).split("\n")[2] == "#!^"
    assert with_remarks("", [(1, 1, "w")]).split("\n")[2] == "#!^"


@settings(max_examples=50, deadline=None)
@given(
    st.lists(texts, max_size=5).map("\n".join),
    st.lists(st.tuples(st.integers(1, 6), st.integers(1, 30), texts), max_size=5),
)
def test_a_text_comes_back_as_it_was(text: str, places: list[tuple[int, int, str]]) -> None:
    plain = without_remarks(text)
    assert without_remarks(with_remarks(plain, places)) == plain
