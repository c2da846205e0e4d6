"""When an exercise has stalled: how many workouts, over how long, held against what."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptrack.progress.rules.records import SetFact, history
from ptrack.progress.rules.stalls import Stall, stall_of
from ptrack.vocabulary import E1rmFormula, RecordKind, Tracked

TODAY = date(2026, 11, 20)
FIRST = date(2026, 9, 1)

Did = tuple[int, int | None, float | None]
"""The day (from the first on), reps and kilograms of a workout of one set."""


def stalled(*did: Did, tracked: Tracked = Tracked.WEIGHT_REPS, today: date = TODAY) -> Stall | None:
    days = {number: FIRST + timedelta(days=day) for number, (day, *_) in enumerate(did, 1)}
    facts = [
        SetFact(
            number, datetime.combine(days[number], time(12), UTC), 0, 0, reps,
            None if kg is None else round(kg * 1000), None if kg is None else round(kg * 1000), None, None,
        )
        for number, (_, reps, kg) in enumerate(did, 1)
    ]  # fmt: skip
    return stall_of(days, history(facts, tracked, E1rmFormula.EPLEY), today)


def test_four_workouts_over_three_weeks_without_a_new_best_are_a_stall() -> None:
    found = stalled((0, 5, 90), (40, 5, 100), (50, 5, 100), (57, 5, 95), (64, 4, 100), (71, 3, 100))
    assert found == Stall(
        workouts=4,
        since=FIRST + timedelta(days=50),
        last=FIRST + timedelta(days=71),
        best_on=FIRST + timedelta(days=40),
        kind=RecordKind.WEIGHT,
        value=100_000,
        weight_g=100_000,
    )


def test_three_workouts_or_twenty_days_are_none() -> None:
    assert stalled((40, 5, 100), (50, 5, 100), (60, 5, 95), (72, 4, 100)) is None
    assert stalled((40, 5, 100), (50, 5, 100), (57, 5, 95), (64, 4, 100), (70, 3, 100)) is None
    assert stalled((40, 5, 100), (50, 5, 100), (57, 5, 95), (64, 4, 100), (71, 3, 100)) is not None


def test_a_pause_after_the_best_is_not_counted_as_training() -> None:
    assert stalled((0, 5, 100), (68, 5, 100), (69, 5, 100), (70, 5, 100), (71, 5, 100)) is None


@pytest.mark.parametrize(
    "better", [(78, 5, 102.5), (78, 6, 100), (78, 8, 90)], ids=["load", "reps", "reps at less"]
)
def test_a_new_best_ends_it(better: Did) -> None:
    before: tuple[Did, ...] = ((40, 5, 100), (50, 5, 100), (57, 5, 95), (64, 4, 100), (71, 3, 100))
    assert stalled(*before) is not None
    assert stalled(*before, better) is None


def test_more_volume_alone_is_no_new_best() -> None:
    days = {number: FIRST + timedelta(days=50 + 7 * number) for number in range(1, 6)}
    facts = [
        SetFact(
            number, datetime.combine(days[number], time(12), UTC), 0, place, 5, 100_000, 100_000, None, None
        )
        for number in days
        for place in range(number)
    ]
    records = history(facts, Tracked.WEIGHT_REPS, E1rmFormula.EPLEY)
    assert {record.kind for record in records.broken} == {RecordKind.VOLUME}
    found = stall_of(days, records, date(2026, 12, 1))
    assert found is not None
    assert (found.workouts, found.best_on) == (4, days[1])


def test_what_was_left_has_not_stalled() -> None:
    did: tuple[Did, ...] = ((0, 5, 100), (10, 5, 100), (17, 5, 95), (24, 4, 100), (31, 3, 100))
    last = FIRST + timedelta(days=31)
    assert stalled(*did, today=last + timedelta(days=28)) is not None
    assert stalled(*did, today=last + timedelta(days=29)) is None


def test_reps_are_named_with_their_load_and_nothing_added_is_not_named() -> None:
    later = [(50 + 7 * number, 5, 100.0) for number in range(4)]
    by_reps = stalled((30, 8, 100), (40, 10, 90), *later)
    assert by_reps is not None
    assert (by_reps.kind, by_reps.value, by_reps.weight_g) == (RecordKind.REPS, 10, 90_000)
    pull_ups = stalled(*((50 + 7 * number, 8, None) for number in range(5)), tracked=Tracked.BODYWEIGHT_PLUS)
    assert pull_ups is not None
    assert (pull_ups.kind, pull_ups.value) == (RecordKind.REPS, 8)


def test_nothing_done_has_not_stalled() -> None:
    assert stalled() is None
    assert stalled(*((50 + 7 * number, 0, 100) for number in range(5))) is None


@given(
    st.lists(st.tuples(st.integers(0, 79), st.integers(1, 12), st.sampled_from([60, 80, 100])), max_size=12)
)
def test_a_stall_counts_what_came_after_its_best(did: list[tuple[int, int, float]]) -> None:
    did.sort(key=lambda one: one[0])
    found = stalled(*did)
    if found:
        days = [FIRST + timedelta(days=day) for day, *_ in did]
        assert found.workouts >= 4
        assert days[-found.workouts :][0] == found.since
        assert found.last == days[-1]
        assert found.best_on == days[-found.workouts - 1]
        assert found.last - found.since >= timedelta(weeks=3)
        assert TODAY - found.last <= timedelta(weeks=4)
        assert stalled(*did, (79, 1, 500), today=FIRST + timedelta(days=79)) is None
