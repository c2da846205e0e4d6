"""When a client usually comes, and from how many appointments that is read."""

from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from ptrack.scheduling.habits import REACH, Habit, habits, nearest, usual_times

TUESDAY = datetime(2026, 11, 24, 10)
WEEK = timedelta(weeks=1)


def weeks_of(start: datetime, count: int) -> list[datetime]:
    return [start - number * WEEK for number in range(count)]


def test_the_usual_time_is_the_most_frequent_and_says_from_how_many() -> None:
    starts = [*weeks_of(TUESDAY, 6), TUESDAY + timedelta(hours=3), TUESDAY + timedelta(days=1)]
    (habit,) = habits(starts)
    assert habit == Habit(1, time(10), 6, 8)
    assert habit.text == "Tue 10:00, as in 6 of the last 8"


def test_what_comes_half_as_often_is_usual_too() -> None:
    thursday = TUESDAY + timedelta(days=2, minutes=30)
    usual = habits([*weeks_of(TUESDAY, 6), *weeks_of(thursday, 3)])
    assert [(habit.weekday, habit.came) for habit in usual] == [(1, 6), (3, 3)]
    assert len(habits([*weeks_of(TUESDAY, 7), *weeks_of(thursday, 3)])) == 1


def test_without_a_repeated_time_the_latest_is_usual() -> None:
    starts = [TUESDAY, TUESDAY - timedelta(days=1, hours=2), TUESDAY - timedelta(days=5)]
    assert habits(starts) == [Habit(1, time(10), 1, 3)]
    assert habits([]) == []


def test_nothing_is_usual_where_none_of_many_came_twice() -> None:
    assert habits([TUESDAY - number * timedelta(days=1) for number in range(4)]) == []


@given(
    st.lists(
        st.integers(0, 60).map(lambda step: TUESDAY - step * timedelta(hours=23)), min_size=1, max_size=12
    )
)
@settings(deadline=None)
def test_habits_are_counted_and_the_most_frequent_come_first(starts: list[datetime]) -> None:
    usual = habits(starts)
    if not usual:
        assert len({(start.weekday(), start.time()) for start in starts}) == len(starts) > 3
        return
    for habit in usual:
        came = sum((start.weekday(), start.time()) == (habit.weekday, habit.time) for start in starts)
        assert (habit.came, habit.of) == (came, len(starts))
    counts = [habit.came for habit in usual]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] * 2 >= counts[0]


def test_usual_times_come_in_order_after_the_last_one() -> None:
    usual = [Habit(1, time(10), 6, 9), Habit(3, time(9), 3, 9)]
    found = usual_times(usual, TUESDAY, date(2026, 12, 3))
    assert [local for local, _ in found] == [
        datetime(2026, 11, 26, 9),
        datetime(2026, 12, 1, 10),
        datetime(2026, 12, 3, 9),
    ]
    assert [local for local, _ in usual_times(usual, TUESDAY - timedelta(minutes=1), TUESDAY.date())] == [
        TUESDAY
    ]


def test_the_nearest_free_time_is_in_reach_and_the_earlier_of_two() -> None:
    hour = timedelta(hours=1)
    assert nearest(TUESDAY, [TUESDAY - 2 * hour, TUESDAY + hour, TUESDAY + 3 * hour]) == TUESDAY + hour
    assert nearest(TUESDAY, [TUESDAY + hour, TUESDAY - hour]) == TUESDAY - hour
    assert nearest(TUESDAY, [TUESDAY + REACH]) == TUESDAY + REACH
    assert nearest(TUESDAY, [TUESDAY + REACH + timedelta(minutes=1)]) is None
    assert nearest(TUESDAY, []) is None


def test_what_came_once_is_told_as_the_last_time() -> None:
    assert Habit(1, time(10), 1, 1).text == "Tue 10:00, as the last time"
