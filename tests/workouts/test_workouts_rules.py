"""Sets from notation and back, what a kind must name, what sort of training it was."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptrack.errors import RuleError
from ptrack.notation import parse_workout, print_workout
from ptrack.notation.model import ExerciseLine
from ptrack.vocabulary import Activity, ExerciseCategory, Tracked, Unit, WorkoutKind
from ptrack.workouts.rules import (
    DoneSet,
    check_kind,
    check_time,
    done_sets,
    groups_of,
    inferred_tracking,
    is_in_percent,
    usual_activity,
)


def _lines(text: str) -> tuple[ExerciseLine[str], ...]:
    return parse_workout(text, unit=Unit.KG, resolve=str)


def _sets(text: str) -> list[DoneSet]:
    return done_sets(_lines(f"X: {text}")[0].groups)


def test_warm_up_and_working_sets() -> None:
    assert _sets("w 1x5 60, 2x5 100 @8") == [
        DoneSet(reps=5, weight_g=60_000, is_warmup=True),
        DoneSet(reps=5, weight_g=100_000, rpe=8),
        DoneSet(reps=5, weight_g=100_000, rpe=8),
    ]


@pytest.mark.parametrize(
    ("text", "weight_g"),
    [("3x8 bw", 0), ("3x8", None), ("3x8 bw+10kg", 10_000), ("3x8 bw-20kg", -20_000), ("3x8 75%", None)],
)
def test_body_weight_is_nothing_added_and_silence_is_open(text: str, weight_g: int | None) -> None:
    assert [one.weight_g for one in _sets(text)] == [weight_g] * 3


def test_five_plus_counts_as_five_and_marks_the_last_set() -> None:
    assert [(one.reps, one.is_amrap) for one in _sets("3x5+ 100")] == [(5, False), (5, False), (5, True)]


def test_what_was_skipped_makes_no_set() -> None:
    assert _sets("skip") == []
    assert _sets("1x5 100, skip") == [DoneSet(reps=5, weight_g=100_000)]


def test_percentages_are_told_by_exercise() -> None:
    lines = _lines("A: 3x5 75%; B: 3x5 100; C: skip; D: 1x5 100, 1x3 90%")
    assert [is_in_percent(line) for line in lines] == [True, False, False, True]


@pytest.mark.parametrize(
    ("text", "tracked"),
    [
        ("3x5 100kg", Tracked.WEIGHT_REPS),
        ("3x5 75%", Tracked.WEIGHT_REPS),
        ("3x5", Tracked.REPS),
        ("3x5 bw", Tracked.BODYWEIGHT_PLUS),
        ("3x5 bw+10kg", Tracked.BODYWEIGHT_PLUS),
        ("3x45s", Tracked.TIME),
        ("1x2000m 8:15", Tracked.DISTANCE_TIME),
        ("3x40m 30kg", Tracked.DISTANCE_TIME),
        ("skip", Tracked.WEIGHT_REPS),
    ],
)
def test_what_is_measured_is_inferred_from_the_sets(text: str, tracked: Tracked) -> None:
    assert inferred_tracking(_lines(f"X: {text}")[0].groups) is tracked


_DONE = st.builds(
    DoneSet,
    reps=st.integers(1, 30),
    weight_g=st.one_of(st.none(), st.sampled_from([-20_000, 0, 2_500, 62_500, 102_058])),
    rpe=st.one_of(st.none(), st.sampled_from([7.0, 8.5])),
    seconds=st.one_of(st.none(), st.integers(1, 90)),
    is_warmup=st.booleans(),
    is_amrap=st.booleans(),
    per_side=st.booleans(),
    tempo=st.sampled_from([None, "3-1-1-0"]),
) | st.builds(
    DoneSet,
    seconds=st.one_of(st.none(), st.integers(1, 4000)),
    meters=st.sampled_from([40.0, 2000.0, 5000.0, 1609.344]),
    weight_g=st.sampled_from([None, 30_000]),
)


@given(st.lists(_DONE, min_size=1, max_size=8), st.sampled_from(list(Tracked)), st.sampled_from(list(Unit)))
@settings(deadline=None, max_examples=150)
def test_sets_printed_as_notation_read_back_as_the_same_sets(
    sets: list[DoneSet], tracked: Tracked, unit: Unit
) -> None:
    printed = print_workout([ExerciseLine("Some Lift", 1, groups_of(sets, tracked))], unit)
    (line,) = parse_workout(printed, unit=unit, resolve=str)
    assert done_sets(line.groups) == sets


_C = ExerciseCategory


@pytest.mark.parametrize(
    ("categories", "activity"),
    [
        ([_C.CARDIO], Activity.CARDIO),
        ([_C.MOBILITY], Activity.MOBILITY),
        ([_C.CARDIO, _C.MOBILITY], Activity.STRENGTH),
        ([_C.CARDIO, _C.COMPOUND], Activity.STRENGTH),
        ([_C.OTHER], Activity.STRENGTH),
        ([], Activity.STRENGTH),
    ],
)
def test_the_exercises_tell_the_activity(categories: list[ExerciseCategory], activity: Activity) -> None:
    assert usual_activity(categories) is activity


_ALLOWED = {
    WorkoutKind.SOLO: {(False, False, False), (False, False, True)},
    WorkoutKind.TRAINER_LED: {(True, True, False), (True, True, True)},
    WorkoutKind.TRAINER_ASSISTED: {(False, True, True)},
    WorkoutKind.GROUP: {(True, True, False), (True, True, True)},
}


@given(st.sampled_from(list(WorkoutKind)), st.tuples(st.booleans(), st.booleans(), st.booleans()))
@settings(deadline=None)
def test_a_kind_names_what_it_must_and_nothing_else(kind: WorkoutKind, has: tuple[bool, bool, bool]) -> None:
    session, trainer, program = (1 if there else None for there in has)
    if has in _ALLOWED[kind]:
        check_kind(kind, session, trainer, program)
        return
    with pytest.raises(RuleError):
        check_kind(kind, session, trainer, program)


def test_a_workout_may_lie_a_day_ahead_and_no_further() -> None:
    now = datetime(2026, 11, 20, 9, 20, tzinfo=UTC)
    check_time(now + timedelta(days=1), now)
    check_time(now - timedelta(days=4000), now)
    with pytest.raises(RuleError, match="more than a day ahead"):
        check_time(now + timedelta(days=1, seconds=1), now)
