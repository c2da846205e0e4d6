"""What was done beside what was planned, set by set, and the difference in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptrack.notation import SetGroup, parse_workout
from ptrack.progress.planned_actual import Compared
from ptrack.progress.planned_actual_views import difference_text
from ptrack.progress.rules.comparison import Difference, Outcome, Volume, compared
from ptrack.progress.rules.progression import Done
from ptrack.vocabulary import Unit
from ptrack.workouts.rules import done_sets


def _plan(text: str, unit: Unit = Unit.KG) -> list[SetGroup]:
    (line,) = parse_workout(f"Lift: {text}", unit=unit, source="-", resolve=str, planned=True)
    return [group for group in line.groups if not group.is_warmup for _ in range(group.sets)]


def _done(text: str, unit: Unit = Unit.KG) -> list[Done]:
    (line,) = parse_workout(f"Lift: {text}", unit=unit, source="-", resolve=str)
    sets = [one for one in done_sets(line.groups) if not one.is_warmup]
    return [Done(one.reps, one.weight_g, one.seconds, one.meters) for one in sets]


def _words(found: Difference, unit: Unit) -> str:
    row = Compared(1, "Lift", "", "", found.outcome, found, Volume(), Volume())
    return difference_text(row, unit)


@pytest.mark.parametrize(
    ("plan", "done", "words"),
    [
        ("3x5 100kg", "3x5 100kg", "as planned"),
        ("w 1x5 60kg, 3x5 100kg", "3x5 100kg", "as planned"),
        ("3x8-12 60kg", "8,12,10 60kg", "as planned"),
        ("3x5", "3x5 100kg", "as planned"),
        ("3x5 75%", "3x5 100kg", "as planned"),
        ("3x5 100kg", "3x5", "as planned"),
        ("3x5 100kg", "5,5,4 100kg", "1 rep short"),
        ("3x5 100kg", "5,3,4 102.5kg", "3 reps short, +2.5 kg"),
        ("3x5 100kg", "2x5 100kg", "1 set short"),
        ("3x5 100kg", "1x5 60kg, 4x5 100kg", "2 sets more"),
        ("3x5 100kg", "3x5 95kg", "-5 kg"),
        ("3x5 100kg", "1x5 95kg, 1x5 100kg, 1x5 105kg", "-5 to +5 kg"),
        ("3x8-12 60kg", "8,13,7 60kg", "1 rep short, 1 rep more"),
        ("3x5+ 100kg", "5,5,8+ 100kg", "3 reps more"),
        ("3x8 bw", "3x8 bw+5kg", "+5 kg"),
        ("3x5 bw-20kg", "3x5 bw-25kg", "-5 kg"),
        ("3x45s", "2x45s, 1x30s", "15s short"),
        ("1x2000m 8:15", "1x1800m 8:00", "200m short"),
        ("1x2000m 8:15", "1x2000m 9:00", "as planned"),
        ("1x20min", "1x1500m 8:00", "12min short"),
    ],
)
def test_the_difference_is_told_in_words(plan: str, done: str, words: str) -> None:
    assert _words(compared(_plan(plan), _done(done)), Unit.KG) == words


def test_in_pounds_the_difference_is_in_pounds() -> None:
    found = compared(_plan("3x5 225lb", Unit.LB), _done("3x5 230lb", Unit.LB))
    assert _words(found, Unit.LB) == "+5 lb"


sets = st.lists(st.builds(Done, st.integers(1, 20), st.integers(0, 200_000)), min_size=1, max_size=8)


@given(sets)
def test_what_is_done_as_it_was_is_as_planned(done: list[Done]) -> None:
    plan = _plan(", ".join(f"1x{one.reps} {(one.weight_g or 0) / 1000}kg" for one in done))
    assert compared(plan, done) == Difference()
    assert compared(plan, done).outcome is Outcome.AS_PLANNED


@given(sets, st.integers(0, 7), st.integers(1, 5))
def test_a_rep_fewer_anywhere_is_short_by_it(done: list[Done], place: int, fewer: int) -> None:
    plan = _plan(", ".join(f"1x{(one.reps or 0) + fewer} 50kg" for one in done))
    whole = [Done((one.reps or 0) + fewer, 50_000) for one in done]
    place %= len(done)
    whole[place] = whole[place]._replace(reps=done[place].reps)
    found = compared(plan, whole)
    assert (found.reps_short, found.sets, found.outcome) == (fewer, 0, Outcome.SHORT)
