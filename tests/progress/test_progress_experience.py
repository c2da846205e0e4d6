from hypothesis import given, settings
from hypothesis import strategies as st

from ptrack.progress.rules.experience import experience, level


def test_points_of_a_completed_workout() -> None:
    assert experience(True, 0, 0) == 10
    assert experience(True, 12, 0) == 22
    assert experience(True, 12, 2) == 72
    assert experience(True, 12, 2, milestone_points=50) == 122


def test_a_workout_that_is_not_completed_earns_nothing_but_milestones() -> None:
    assert experience(False, 12, 2) == 0
    assert experience(False, 12, 2, milestone_points=50) == 50


def test_levels_start_where_they_should() -> None:
    assert [level(points) for points in (0, 99, 100, 299, 300, 599, 600, 999, 1000)] == [
        1,
        1,
        2,
        2,
        3,
        3,
        4,
        4,
        5,
    ]


def test_there_is_no_level_below_the_first() -> None:
    assert level(-1) == 1
    assert level(-10_000) == 1


@given(n=st.integers(2, 10**9))
@settings(deadline=None)
def test_a_level_begins_exactly_at_its_points(n: int) -> None:
    start = 100 * n * (n - 1) // 2
    assert level(start) == n
    assert level(start - 1) == n - 1
