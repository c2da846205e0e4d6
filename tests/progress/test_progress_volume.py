"""Sets and volume by muscle and week: shares, weeks, what is no hard set."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptrack.progress.rules.volume import (
    Muscles,
    Work,
    Worked,
    by_week_and_muscle,
    has_hard_sets,
    week_of,
    weeks_between,
)
from ptrack.vocabulary import ExerciseCategory, Muscle

MONDAY = date(2026, 11, 16)
BENCH = Muscles([Muscle.CHEST], [Muscle.TRICEPS, Muscle.FRONT_DELTS])
PUSHDOWN = Muscles([Muscle.TRICEPS], [])


def test_primary_muscles_count_in_full_and_secondary_ones_half() -> None:
    worked = [Worked(MONDAY, 3, 1_000_001, BENCH), Worked(MONDAY, 2, 200_000, PUSHDOWN)]
    assert by_week_and_muscle(worked) == {
        (MONDAY, Muscle.CHEST): Work(3, 1_000_001),
        (MONDAY, Muscle.FRONT_DELTS): Work(1.5, 500_000.5),
        (MONDAY, Muscle.TRICEPS): Work(3.5, 700_000.5),
    }


def test_a_muscle_named_twice_counts_as_primary_and_once() -> None:
    twice = Muscles([Muscle.ABS, Muscle.ABS], [Muscle.ABS])
    assert by_week_and_muscle([Worked(MONDAY, 1, 100, twice)]) == {(MONDAY, Muscle.ABS): Work(1, 100)}


def test_weeks_come_in_order_then_muscles_and_what_got_nothing_is_left_out() -> None:
    earlier = MONDAY - timedelta(weeks=1)
    worked = [
        Worked(MONDAY, 0, 0, Muscles([Muscle.NECK])),
        Worked(MONDAY, 1, 0, Muscles([Muscle.OBLIQUES, Muscle.LATS])),
        Worked(earlier, 0, 10, Muscles([Muscle.QUADS])),
    ]
    assert list(by_week_and_muscle(worked)) == [
        (earlier, Muscle.QUADS), (MONDAY, Muscle.LATS), (MONDAY, Muscle.OBLIQUES),
    ]  # fmt: skip
    assert by_week_and_muscle([]) == {}


@pytest.mark.parametrize(
    ("day", "first_weekday", "expected"),
    [
        (date(2026, 11, 20), 0, date(2026, 11, 16)),
        (date(2026, 11, 16), 0, date(2026, 11, 16)),
        (date(2026, 11, 22), 0, date(2026, 11, 16)),
        (date(2026, 11, 22), 6, date(2026, 11, 22)),
        (date(2026, 11, 20), 6, date(2026, 11, 15)),
        (date(2026, 11, 20), 5, date(2026, 11, 14)),
    ],
)
def test_a_week_begins_on_the_studios_first_day(day: date, first_weekday: int, expected: date) -> None:
    assert week_of(day, first_weekday) == expected


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 6))
def test_every_day_is_in_the_week_that_begins_before_it(day: date, first_weekday: int) -> None:
    week = week_of(day, first_weekday)
    assert week.weekday() == first_weekday
    assert timedelta(0) <= day - week < timedelta(weeks=1)


def test_no_week_is_left_out_between_two() -> None:
    weeks = weeks_between(MONDAY, MONDAY + timedelta(days=20))
    assert weeks == [MONDAY, MONDAY + timedelta(weeks=1), MONDAY + timedelta(weeks=2)]
    assert weeks_between(MONDAY, MONDAY) == [MONDAY]


def test_runs_stretches_and_warm_ups_are_no_hard_sets() -> None:
    counted = {category for category in ExerciseCategory if has_hard_sets(category)}
    assert counted == {ExerciseCategory.COMPOUND, ExerciseCategory.ISOLATION, ExerciseCategory.OTHER}


@given(
    st.lists(
        st.builds(
            Worked,
            st.sampled_from([MONDAY, MONDAY + timedelta(weeks=1)]),
            st.integers(0, 20),
            st.integers(0, 10**7),
            st.builds(
                Muscles,
                st.lists(st.sampled_from(Muscle), max_size=2),
                st.lists(st.sampled_from(Muscle), max_size=3),
            ),
        )
    )
)
def test_sets_are_split_as_the_definition_says(worked: list[Worked]) -> None:
    found = by_week_and_muscle(worked)
    for week in (MONDAY, MONDAY + timedelta(weeks=1)):
        for muscle in Muscle:
            shares = [
                (
                    1.0 if muscle in one.muscles.primary else 0.5 if muscle in one.muscles.secondary else 0.0,
                    one,
                )
                for one in worked
                if one.week == week
            ]
            sets = sum(share * one.sets for share, one in shares)
            volume_g = sum(share * one.volume_g for share, one in shares)
            assert found.get((week, muscle), Work()) == Work(sets, volume_g)


def test_weeks_between_are_all_of_them() -> None:
    weeks = [MONDAY + timedelta(weeks=number) for number in range(9)]
    assert weeks_between(MONDAY, weeks[-1]) == weeks
    assert weeks_between(MONDAY, weeks[-1] - timedelta(days=1)) == weeks[:-1]
    assert weeks_between(MONDAY, MONDAY) == [MONDAY]
