"""The search of the library: typing errors, tags, and what may have been meant."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptrack.exercises.search import candidates, search, tag
from ptrack.naming import Named
from ptrack.vocabulary import ExerciseCategory, Muscle

ENTRIES = (
    Named(1, "Bench Press", ("Flat Bench",)),
    Named(2, "Dumbbell Bench Press"),
    Named(3, "Romanian Deadlift"),
    Named(4, "Deadlift"),
    Named(5, "Lat Pulldown"),
    Named(6, "Seated Row"),
    Named(7, "Hammer Curl"),
)
TAGS = {
    1: tag(ExerciseCategory.COMPOUND, "barbell", [Muscle.CHEST]),
    2: tag(ExerciseCategory.COMPOUND, "dumbbell", [Muscle.CHEST]),
    7: tag(ExerciseCategory.ISOLATION, "dumbbell", [Muscle.BICEPS]),
}


def named(text: str) -> list[int]:
    return [entry.id for entry in search(text, ENTRIES, TAGS)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("chest", [1, 2]),
        ("pecs dumbbell", [2]),
        ("biceps", [7]),
        ("curl db", [7]),
        ("isolation", [7]),
        ("dl", [4, 3]),
        ("rdl", [3]),
        ("bp", [1, 2]),
        ("deadlfit", [4, 3]),
        ("rwo", [6]),
        ("the bench with a press", [1, 2]),
        ("the", []),
        ("bench bench bench", [1, 2]),
    ],
)
def test_what_a_word_stands_for(text: str, numbers: list[int]) -> None:
    assert named(text) == numbers


@settings(deadline=None)
@given(st.sampled_from([entry for entry in ENTRIES if len(entry.name) > 7]), st.data())
def test_two_letters_in_the_wrong_order_are_forgiven(entry: Named, data: st.DataObject) -> None:
    words = entry.name.split()
    which = data.draw(st.sampled_from([n for n, word in enumerate(words) if len(word) > 3]))
    place = data.draw(st.integers(0, len(words[which]) - 2))
    word = words[which]
    words[which] = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    assert entry.id in named(" ".join(words))


@pytest.mark.parametrize(
    ("text", "first"),
    [("Bench Pross", 1), ("Squat Bench", 1), ("Romanian Thing", 3), ("Hamer", 7), ("Deadliftt", 4)],
)
def test_what_may_have_been_meant(text: str, first: int) -> None:
    assert candidates(text, ENTRIES)[0].id == first


def test_nothing_was_meant_by_what_is_like_nothing() -> None:
    assert candidates("zzzz", ENTRIES) == []
    assert len(candidates("press", ENTRIES, 1)) == 1


@settings(deadline=None, max_examples=200)
@given(st.text())
def test_any_text_is_answered_with_entries_each_once(text: str) -> None:
    for found in (search(text, ENTRIES, TAGS), candidates(text, ENTRIES)):
        assert len({entry.id for entry in found}) == len(found)
