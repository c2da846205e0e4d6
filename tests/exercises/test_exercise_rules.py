"""The loose form of names, matching by it, and the search."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptrack.exercises.rules import NameIndex, normalised
from ptrack.exercises.search import search
from ptrack.naming import Named

ENTRIES = [
    Named(1, "Bench Press", ("BB Bench", "Flat Bench", "Bench Press (Barbell)")),
    Named(2, "Dumbbell Bench Press"),
    Named(3, "Incline Bench Press", ("Incline Bench",)),
    Named(4, "Pull-Up", ("Pull Up", "Pullup")),
    Named(5, "Overhead Press", ("OHP", "Military Press")),
    Named(6, "Row Machine", ("Rower",)),
    Named(7, "Seated Row", ("Machine Row",)),
    Named(8, "Lateral Raise", ("Side Raises",)),
    Named(9, "Leg Press"),
]
WORDS = st.lists(st.sampled_from(["bench", "press", "barbell", "row", "incline", "curl", "fly"]), min_size=1)


def names(text: str) -> list[str]:
    return [entry.name for entry in search(text, ENTRIES)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bench Press (Barbell)", "Barbell Bench Press"),
        ("Bench Press (Barbell)", "BB bench-presses"),
        ("Pull-Ups", "pull up"),
        ("pullup", "PULL UPS"),
        ("Push Down (Cable)", "Cable Pushdowns"),
        ("Bent Over Row", "bent-over rows"),
        ("Cable Flyes", "Cable Fly"),
        ("Cable Flies", "Flys (Cable)"),
        ("DB Row", "Dumbbell Rows"),
        ("KB Swings", "Kettle Bell Swing"),
        ("E-Z Bar", "E-Z bars"),
        ("EZ-Bar Curl", "Curl (EZ Bar)"),
        ("EZ Curl", "EZ-Bar Curls"),
        ("T Bar Row", "T-Bar Row"),
        ("1-Arm Row", "Single Arm Row"),
        ("One-Legged Squat", "Single Leg Squats"),
        ("Tricep Extension", "Triceps Extensions"),
        ("Crunches", "Crunch"),
        ("Calves", "Calf"),
        ("Good Mornings", "Goodmorning"),
        ("Clean & Jerk", "Clean and Jerk"),
        ("Rückenstrecker", "rückenstrecker"),
    ],
)
def test_two_spellings_of_one_exercise_have_one_loose_form(one: str, other: str) -> None:
    assert normalised(one) == normalised(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bench Press", "Bench Press (Barbell)"),
        ("Bench Press (Barbell)", "Bench Press (Dumbbell)"),
        ("Pull Up", "Weighted Pull Up"),
        ("Pull Up", "Pull Up (Assisted)"),
        ("Triceps Pushdown", "Triceps Pressdown"),
        ("Leg Curl", "Lying Leg Curl"),
        ("Incline Press", "Decline Press"),
        ("Single Arm Row", "Row"),
        ("Hammer Curl", "Reverse Curl"),
        ("Squat", "Squat Press"),
    ],
)
def test_different_exercises_have_different_loose_forms(one: str, other: str) -> None:
    assert normalised(one) != normalised(other)


@pytest.mark.parametrize("text", ["", "   ", "()", "🏋️", "- -", "the"])
def test_a_name_without_a_word_has_no_loose_form_and_matches_nothing(text: str) -> None:
    assert normalised(text) == ""
    assert NameIndex([Named(1, "🏋️‍♀️"), Named(2, "…")]).match("?") is None
    assert NameIndex(ENTRIES).match(text) is None


@settings(deadline=None, max_examples=100)
@given(st.data(), WORDS)
def test_word_order_and_case_never_count(data: st.DataObject, words: list[str]) -> None:
    shuffled = data.draw(st.permutations(words))
    assert normalised(" ".join(words)) == normalised("-".join(shuffled).upper())


@settings(deadline=None, max_examples=200)
@given(st.text())
def test_any_text_has_a_loose_form_and_an_answer(text: str) -> None:
    form = normalised(text)
    assert form == " ".join(form.split())
    match = NameIndex(ENTRIES).match(text)
    assert match is None or match in range(1, 10)
    assert set(search(text, ENTRIES)) <= set(ENTRIES)


@pytest.mark.parametrize(
    ("theirs", "number"),
    [
        ("bench press", 1),
        ("flat  BENCH", 1),
        ("Barbell Bench-Press", 1),
        ("Bench Press (Dumbbell)", 2),
        ("Bench Press (DB)", 2),
        ("pull ups", 4),
        ("Raise, side", 8),
        ("Row Machine", 6),
        ("machine row", 7),
    ],
)
def test_a_name_is_matched_by_name_then_alias_then_loose_form(theirs: str, number: int) -> None:
    assert NameIndex(ENTRIES).match(theirs) == number


@pytest.mark.parametrize("theirs", ["Weighted Pull Up", "Bench", "Cable Bench Press", "Leg", "Press"])
def test_nothing_is_guessed(theirs: str) -> None:
    assert NameIndex(ENTRIES).match(theirs) is None


def test_a_loose_form_that_two_exercises_have_matches_neither() -> None:
    assert NameIndex(ENTRIES).match("Row Machines") is None


def test_a_name_goes_before_the_same_alias_of_another_exercise() -> None:
    assert NameIndex([Named(1, "Squat", ("Dip",)), Named(2, "Dip")]).match("dip") == 2


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("bench press", ["Bench Press", "Incline Bench Press", "Dumbbell Bench Press"]),
        ("press bench inc", ["Incline Bench Press"]),
        ("ohp", ["Overhead Press"]),
        ("milit", ["Overhead Press"]),
        ("pullups", ["Pull-Up"]),
        ("pull-up", ["Pull-Up"]),
        ("db", ["Dumbbell Bench Press"]),
        ("rows", ["Seated Row", "Row Machine"]),
        ("machine", ["Row Machine", "Seated Row"]),
        ("flat barbell", ["Bench Press"]),
        ("bench curl", []),
        ("ench", ["Bench Press", "Incline Bench Press", "Dumbbell Bench Press"]),
        ("benhc pres", ["Bench Press", "Incline Bench Press", "Dumbbell Bench Press"]),
        ("zzzz", []),
        ("", []),
        ("!", []),
    ],
)
def test_the_search_finds_words_in_any_order_the_best_first(text: str, found: list[str]) -> None:
    assert names(text) == found


@settings(deadline=None, max_examples=100)
@given(st.data(), st.sampled_from(ENTRIES))
def test_any_beginnings_of_a_names_words_find_it(data: st.DataObject, entry: Named) -> None:
    words = data.draw(st.permutations(entry.name.replace("-", " ").split()))
    typed = " ".join(word[: data.draw(st.integers(1, len(word)))] for word in words)
    assert entry in search(typed, ENTRIES)


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_full_name_is_found_first(entry: Named) -> None:
    assert search(entry.name, ENTRIES)[0] == entry
