"""Each rule by example, then the whole by properties and against an oracle that knows no shortcut."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptrack.progress.rules.records import (
    Broken,
    History,
    SetFact,
    Standing,
    _Front,
    best,
    history,
    primary,
)
from ptrack.progress.rules.strength import e1rm_g
from ptrack.vocabulary import E1rmFormula, RecordKind, Tracked

EPLEY = E1rmFormula.EPLEY
WEIGHT, REPS, E1RM, VOLUME = RecordKind.WEIGHT, RecordKind.REPS, RecordKind.E1RM, RecordKind.VOLUME
TIME, DISTANCE, PACE = RecordKind.TIME, RecordKind.DISTANCE, RecordKind.PACE
START = datetime(2026, 1, 5, 12, tzinfo=UTC)


def lift(workout: int, position: int, reps: int, kg: float | None, body_kg: float | None = 0) -> SetFact:
    """A set of reps; `body_kg` is 0 for a bar, None for a body weight that is not known."""
    weight_g = None if kg is None else round(kg * 1000)
    known = body_kg is not None and (weight_g is not None or body_kg)
    effective_g = (weight_g or 0) + round((body_kg or 0) * 1000) if known else None
    return SetFact(
        workout, START + timedelta(days=workout), 1, position, reps, weight_g, effective_g, None, None
    )


def timed(workout: int, position: int, seconds: int | None, meters: float | None = None) -> SetFact:
    return SetFact(workout, START + timedelta(days=workout), 1, position, None, None, None, seconds, meters)


def decide(*facts: SetFact, tracked: Tracked = Tracked.WEIGHT_REPS) -> History:
    return history(facts, tracked, EPLEY)


def broken(
    *facts: SetFact, tracked: Tracked = Tracked.WEIGHT_REPS
) -> list[tuple[RecordKind, float, float | None]]:
    return [(record.kind, record.value, record.previous) for record in decide(*facts, tracked=tracked).broken]


def standing(
    *facts: SetFact, tracked: Tracked = Tracked.WEIGHT_REPS
) -> list[tuple[RecordKind, float, float | None]]:
    return [(row.kind, row.value, row.previous) for row in decide(*facts, tracked=tracked).standing]


def test_nothing_done_nothing_broken() -> None:
    assert decide() == History((), ())


def test_the_first_workout_is_the_baseline_and_stands_without_a_previous_value() -> None:
    facts = [lift(1, 1, 5, 100), lift(1, 2, 5, 110), lift(1, 3, 8, 90)]
    assert broken(*facts) == []
    assert standing(*facts) == [
        (WEIGHT, 110_000, None),
        (E1RM, 128_333, None),
        (REPS, 8, None),
        (REPS, 5, None),
        (REPS, 5, None),
        (VOLUME, 1_770_000, None),
    ]


def test_a_better_workout_breaks_each_kind_once_by_its_best_set() -> None:
    best = lift(2, 2, 5, 110)
    result = decide(lift(1, 1, 5, 100), lift(2, 1, 5, 105), best)
    at = START + timedelta(days=2)
    assert result.broken == (
        Broken(WEIGHT, 110_000, 100_000, at, 2, best),
        Broken(E1RM, 128_333, 116_667, at, 2, best),
        Broken(REPS, 5, None, at, 2, best),
        Broken(VOLUME, 1_075_000, 500_000, at, 2, None),
    )


def test_what_stands_names_the_set_that_did_it_and_what_it_replaced() -> None:
    at = START + timedelta(days=2)
    assert decide(lift(1, 1, 5, 100), lift(2, 1, 6, 100)).standing == (
        Standing(WEIGHT, 100_000, 5, 100_000, START + timedelta(days=1), 1, None),
        Standing(E1RM, 120_000, 6, 100_000, at, 2, 116_667),
        Standing(REPS, 6, 6, 100_000, at, 2, 5),
        Standing(VOLUME, 600_000, None, None, at, 2, 500_000),
    )


def test_equal_is_matched_and_the_earliest_keeps_it() -> None:
    facts = [lift(1, 1, 5, 100), lift(2, 1, 5, 100)]
    assert broken(*facts) == []
    assert {row.workout for row in decide(*facts).standing} == {1}


def test_of_equal_sets_in_one_workout_the_first_did_it() -> None:
    result = decide(lift(1, 1, 5, 90), lift(2, 1, 5, 100), lift(2, 2, 5, 100))
    assert {record.fact.position for record in result.broken if record.fact} == {1}


def test_a_second_place_for_the_exercise_in_a_workout_comes_after_the_first() -> None:
    later = lift(2, 1, 5, 100)._replace(exercise_position=4)
    earlier = lift(2, 2, 5, 100)._replace(exercise_position=2)
    result = decide(lift(1, 1, 5, 90), later, earlier)
    assert [record.fact for record in result.broken if record.kind is WEIGHT] == [earlier]


def test_workouts_of_the_same_moment_follow_their_numbers() -> None:
    first, second = lift(1, 1, 5, 100), lift(2, 1, 5, 110)._replace(performed_at=START + timedelta(days=1))
    assert {record.workout for record in decide(second, first).broken} == {2}


def test_time_goes_before_number() -> None:
    entered_late = lift(9, 1, 5, 120)._replace(performed_at=START)
    assert broken(lift(1, 1, 5, 100), entered_late) == []


def test_records_of_several_workouts_come_in_their_order() -> None:
    result = decide(lift(3, 1, 5, 120), lift(2, 1, 5, 110), lift(1, 1, 5, 100))
    assert [record.workout for record in result.broken] == [2, 2, 2, 2, 3, 3, 3, 3]


# Reps at a weight.


def test_more_reps_at_a_weight_are_a_record_and_fewer_at_less_are_not() -> None:
    base = lift(1, 1, 5, 100)
    assert (REPS, 6, 5) in broken(base, lift(2, 1, 6, 100))
    assert broken(base, lift(2, 1, 5, 90)) == []
    assert broken(base, lift(2, 1, 4, 100)) == []


def test_reps_at_a_lighter_weight_are_measured_against_the_same_or_more() -> None:
    facts = [lift(1, 1, 5, 100), lift(2, 1, 8, 80), lift(3, 1, 7, 90)]
    assert [record for record in broken(*facts) if record[0] is REPS] == [(REPS, 8, 5), (REPS, 7, 5)]


def test_a_set_heavier_than_ever_is_a_record_of_reps_with_none_before() -> None:
    assert (REPS, 1, None) in broken(lift(1, 1, 5, 100), lift(2, 1, 1, 120))


def test_of_a_workouts_reps_the_most_is_named_then_the_heavier() -> None:
    base = lift(1, 1, 5, 100)
    assert (REPS, 8, 5) in broken(base, lift(2, 1, 1, 120), lift(2, 2, 8, 80))
    result = decide(base, lift(2, 1, 6, 90), lift(2, 2, 6, 95))
    assert [record.fact.weight_g for record in result.broken if record.kind is REPS and record.fact] == [
        95_000
    ]


def test_previous_reps_are_those_before_the_workout_not_before_the_set() -> None:
    facts = [lift(1, 1, 5, 100), lift(2, 1, 6, 100), lift(2, 2, 7, 100)]
    assert (REPS, 7, 5) in broken(*facts)
    assert (REPS, 7, 5) in standing(*facts)


def test_reps_stand_once_for_each_weight_lightest_first() -> None:
    facts = [lift(1, 1, 5, 100), lift(1, 2, 10, 60), lift(2, 1, 12, 60), lift(2, 2, 6, 80), lift(3, 1, 4, 90)]
    rows = [row for row in decide(*facts).standing if row.kind is REPS]
    assert [(row.weight_g, row.value, row.previous, row.workout) for row in rows] == [
        (60_000, 12, 10, 2),
        (80_000, 6, 5, 2),
        (100_000, 5, None, 1),
    ]


def test_a_row_stays_when_a_heavier_set_outdoes_it() -> None:
    rows = standing(lift(1, 1, 5, 100), lift(2, 1, 5, 105), lift(3, 1, 6, 110))
    assert [row for row in rows if row[0] is REPS] == [(REPS, 5, None), (REPS, 5, None), (REPS, 6, None)]


def test_a_set_with_no_weight_written_counts_as_none() -> None:
    assert broken(lift(1, 1, 5, 100), lift(2, 1, 5, None)) == []
    assert broken(lift(1, 1, 5, 100), lift(2, 1, 6, None)) == [(REPS, 6, 5)]


# Weight, e1RM and volume.


@pytest.mark.parametrize("kg", [None, 0, -10])
def test_a_bar_that_holds_nothing_makes_no_record_of_weight(kg: float | None) -> None:
    assert standing(lift(1, 1, 5, kg)) == [(REPS, 5, None)]


def test_the_least_load_is_one() -> None:
    assert (WEIGHT, 1, None) in standing(lift(1, 1, 5, 0.001))


def test_sets_without_a_rep_do_not_count_for_strength() -> None:
    assert standing(lift(1, 1, 0, 100)) == []
    assert standing(lift(1, 1, 0, 100)._replace(reps=None)) == []


def test_from_eleven_reps_on_there_is_no_record_of_e1rm() -> None:
    assert E1RM not in {kind for kind, _, _ in standing(lift(1, 1, 11, 100))}
    assert (E1RM, 133_333, None) in standing(lift(1, 1, 10, 100))


def test_the_first_estimate_of_a_later_workout_is_its_baseline() -> None:
    facts = [lift(1, 1, 12, 50), lift(2, 1, 5, 100), lift(3, 1, 5, 110)]
    assert [record for record in broken(*facts) if record[0] is E1RM] == [(E1RM, 128_333, 116_667)]


def test_the_formula_is_the_studios() -> None:
    rows = history([lift(1, 1, 5, 100)], Tracked.WEIGHT_REPS, E1rmFormula.BRZYCKI).standing
    assert [row.value for row in rows if row.kind is E1RM] == [112_500]


def test_volume_counts_both_sides() -> None:
    assert (VOLUME, 240_000, None) in standing(lift(1, 1, 10, 12)._replace(per_side=True))


def test_volume_adds_up_a_workout_and_no_more() -> None:
    facts = [lift(1, 1, 5, 100), lift(1, 2, 5, 100), lift(2, 1, 9, 100), lift(3, 1, 11, 100)]
    assert [record for record in broken(*facts) if record[0] is VOLUME] == [(VOLUME, 1_100_000, 1_000_000)]


# Body weight and more.


def pull_up(workout: int, reps: int, kg: float | None, body_kg: float | None) -> SetFact:
    return lift(workout, 1, reps, kg, body_kg)


def test_gaining_weight_is_no_record_of_weight() -> None:
    facts = [pull_up(1, 5, 10, 80), pull_up(2, 5, 10, 85)]
    assert {kind for kind, _, _ in broken(*facts, tracked=Tracked.BODYWEIGHT_PLUS)} == {E1RM, VOLUME}


def test_less_assistance_is_a_record_of_weight() -> None:
    facts = [pull_up(1, 5, -20, 80), pull_up(2, 5, -10, 80), pull_up(3, 5, None, 80), pull_up(4, 5, 2.5, 80)]
    records = broken(*facts, tracked=Tracked.BODYWEIGHT_PLUS)
    assert [record for record in records if record[0] is WEIGHT] == [
        (WEIGHT, -10_000, -20_000),
        (WEIGHT, 0, -10_000),
        (WEIGHT, 2_500, 0),
    ]


def test_without_a_body_weight_there_are_records_of_weight_and_reps_alone() -> None:
    facts = [pull_up(1, 5, 10, None), pull_up(2, 6, 12, None)]
    records = broken(*facts, tracked=Tracked.BODYWEIGHT_PLUS)
    assert records == [(WEIGHT, 12_000, 10_000), (REPS, 6, None)]


def test_the_first_known_body_weight_is_a_baseline() -> None:
    facts = [pull_up(1, 5, None, None), pull_up(2, 5, None, 80), pull_up(3, 5, None, 81)]
    assert broken(*facts, tracked=Tracked.BODYWEIGHT_PLUS) == [
        (E1RM, 94_500, 93_333),
        (VOLUME, 405_000, 400_000),
    ]


def test_more_assistance_than_body_has_no_estimate_and_no_volume() -> None:
    rows = standing(pull_up(1, 5, -90, 80), tracked=Tracked.BODYWEIGHT_PLUS)
    assert rows == [(WEIGHT, -90_000, None), (REPS, 5, None)]


# Reps alone, time and distance.


def test_exercises_tracked_by_reps_have_records_of_reps_alone() -> None:
    everything = SetFact(2, START + timedelta(days=2), 1, 1, 25, 10_000, 10_000, 60, 100.0)
    facts = [lift(1, 1, 20, None), everything, lift(3, 1, 25, 20)]
    assert broken(*facts, tracked=Tracked.REPS) == [(REPS, 25, 20)]
    assert standing(*facts, tracked=Tracked.REPS) == [(REPS, 25, 20)]


@pytest.mark.parametrize("tracked", [Tracked.TIME, Tracked.DISTANCE_TIME])
def test_exercises_tracked_by_time_or_distance_have_no_records_of_strength(tracked: Tracked) -> None:
    assert standing(lift(1, 1, 5, 100), tracked=tracked) == []


@pytest.mark.parametrize("tracked", [Tracked.TIME, Tracked.DISTANCE_TIME, Tracked.WEIGHT_REPS])
def test_the_longest_hold_is_the_record_of_time(tracked: Tracked) -> None:
    facts = [timed(1, 1, 45), timed(2, 1, 60), timed(2, 2, 75), timed(3, 1, 75)]
    assert broken(*facts, tracked=tracked) == [(TIME, 75, 45)]
    assert standing(*facts, tracked=tracked) == [(TIME, 75, 45)]


def test_a_timed_set_with_reps_or_a_distance_is_no_record_of_time() -> None:
    with_reps = timed(1, 1, 45)._replace(reps=10)
    assert TIME not in {kind for kind, _, _ in standing(with_reps, timed(2, 1, 300, 1000))}
    assert (TIME, 45, None) in standing(timed(1, 1, 45, 0.0)._replace(reps=0))


def test_the_first_timed_set_is_a_baseline_however_late() -> None:
    assert broken(lift(1, 1, 5, 100), timed(2, 1, 60)) == []


def test_the_longest_way_is_the_record_of_distance() -> None:
    facts = [timed(1, 1, None, 1000), timed(2, 1, None, 1500.5), timed(3, 1, None, 800), timed(4, 1, None, 0)]
    assert broken(*facts, tracked=Tracked.DISTANCE_TIME) == [(DISTANCE, 1500.5, 1000)]
    assert standing(*facts, tracked=Tracked.DISTANCE_TIME) == [(DISTANCE, 1500.5, 1000)]


def paces(*facts: SetFact) -> list[tuple[RecordKind, float, float | None]]:
    return [record for record in broken(*facts, tracked=Tracked.DISTANCE_TIME) if record[0] is PACE]


def standing_pace(*facts: SetFact) -> list[tuple[float, float | None, int]]:
    rows = decide(*facts, tracked=Tracked.DISTANCE_TIME).standing
    return [(row.value, row.previous, row.workout) for row in rows if row.kind is PACE]


def test_a_faster_run_over_at_least_that_distance_is_a_record_of_pace() -> None:
    base = timed(1, 1, 1500, 5000)
    assert standing_pace(base) == [(300, None, 1)]
    assert paces(base) == []
    assert paces(base, timed(2, 1, 1450, 5000)) == [(PACE, 290, 300)]
    assert paces(base, timed(2, 1, 290, 1000)) == [(PACE, 290, 300)]
    assert paces(base, timed(2, 1, 1500, 5000)) == []
    assert paces(base, timed(2, 1, 300, 1000)) == []
    assert paces(base, timed(2, 1, 310, 1000)) == []


def test_the_longest_run_so_far_has_no_pace_before_it_and_stands_only_if_it_is_the_fastest() -> None:
    base = timed(1, 1, 1500, 5000)
    slower, faster = timed(2, 1, 3600, 10_000), timed(3, 1, 5800, 20_000)
    assert paces(base, slower, faster) == [(PACE, 360, None), (PACE, 290, None)]
    assert standing_pace(base, slower) == [(300, None, 1)]
    assert standing_pace(base, slower, faster) == [(290, 300, 3)]


def test_the_same_pace_over_more_is_a_record_and_the_earliest_stands() -> None:
    facts = [timed(1, 1, 300, 1000), timed(2, 1, 600, 2000)]
    assert paces(*facts) == [(PACE, 300, None)]
    assert standing_pace(*facts) == [(300, None, 1)]


def test_of_a_workouts_paces_the_fastest_is_named_then_the_longer() -> None:
    base = timed(1, 1, 1500, 5000)
    result = decide(
        base,
        timed(2, 1, 200, 800),
        timed(2, 2, 100, 400),
        timed(2, 3, 300, 1200),
        tracked=Tracked.DISTANCE_TIME,
    )
    assert [record.fact.meters for record in result.broken if record.fact] == [1200]


def test_a_distance_without_a_time_has_no_pace() -> None:
    assert standing_pace(timed(1, 1, None, 1000), timed(1, 2, 60)) == []


def test_the_one_kind_to_name() -> None:
    assert primary([REPS, E1RM, WEIGHT, VOLUME]) is WEIGHT
    assert primary([VOLUME, REPS, E1RM]) is E1RM
    assert primary([VOLUME, REPS]) is REPS
    assert primary({PACE, DISTANCE, TIME, VOLUME}) is VOLUME
    assert primary([PACE, DISTANCE, TIME]) is TIME
    assert primary([PACE, DISTANCE]) is DISTANCE
    assert primary(iter([PACE])) is PACE


def test_the_front_keeps_no_mark_that_another_equals_or_betters() -> None:
    front = _Front()
    assert front.admit(100, 5)
    assert front.admit(100, 6)
    assert front.admit(120, 2)
    assert not front.admit(110, 2)
    assert (front.extents, front.merits) == ([100, 120], [6, 2])
    assert front.admit(110, 6)
    assert (front.extents, front.merits) == ([110, 120], [6, 2])


# The oracle: the definitions, set by set and pair by pair.


def order(fact: SetFact) -> tuple[datetime, int, int, int]:
    return (fact.performed_at, fact.workout, fact.exercise_position, fact.position)


def figure(fact: SetFact, kind: RecordKind, tracked: Tracked) -> float | None:
    """What is compared of a set; None where the kind is not for it."""
    loaded = tracked in {Tracked.WEIGHT_REPS, Tracked.BODYWEIGHT_PLUS}
    if tracked is Tracked.REPS or (kind in {WEIGHT, E1RM, VOLUME} and not (loaded and fact.reps)):
        return None
    value: float | None = None
    if kind is WEIGHT and tracked is Tracked.BODYWEIGHT_PLUS:
        value = fact.weight_g or 0
    elif kind is WEIGHT and (fact.weight_g or 0) > 0:
        value = fact.weight_g
    elif kind is E1RM and fact.effective_g is not None and (fact.reps or 0) <= 10:
        value = e1rm_g(fact.effective_g, fact.reps or 0, EPLEY)
    elif kind is VOLUME and (fact.effective_g or 0) > 0:
        value = (fact.reps or 0) * (fact.effective_g or 0) * (1 + fact.per_side)
    elif kind is TIME and fact.seconds and not fact.reps and not fact.meters:
        value = fact.seconds
    elif kind is DISTANCE and fact.meters:
        value = fact.meters
    return value


def scales(fact: SetFact, kind: RecordKind, tracked: Tracked) -> tuple[float, float] | None:
    """The weight and reps, or the distance and speed, of a set; None where the kind is not for it."""
    if kind is REPS and fact.reps and tracked not in {Tracked.TIME, Tracked.DISTANCE_TIME}:
        return (0 if tracked is Tracked.REPS else fact.weight_g or 0, fact.reps)
    if kind is PACE and fact.meters and fact.seconds and tracked is not Tracked.REPS:
        return (fact.meters, -(fact.seconds * 1000 / fact.meters))
    return None


Row = tuple[RecordKind, int, float, float | None, SetFact | None]


def oracle_of_figures(
    facts: list[SetFact], kind: RecordKind, tracked: Tracked
) -> tuple[list[Row], list[Row]]:
    records: list[Row] = []
    rows: list[Row] = []
    best: float | None = None
    for workout in dict.fromkeys(fact.workout for fact in facts):
        inside = [fact for fact in facts if fact.workout == workout]
        valued = [(value, fact) for fact in inside if (value := figure(fact, kind, tracked)) is not None]
        if not valued:
            continue
        value = sum(v for v, _ in valued) if kind is VOLUME else max(v for v, _ in valued)
        fact = None if kind is VOLUME else next(f for v, f in valued if v == value)
        if best is None or value > best:
            rows = [(kind, workout, value, best, fact)]
            records += rows if best is not None else []
            best = value
    return records, rows


def oracle_of_scales(facts: list[SetFact], kind: RecordKind, tracked: Tracked) -> tuple[list[Row], list[Row]]:
    marks = [(fact, pair) for fact in facts if (pair := scales(fact, kind, tracked)) is not None]
    records: list[Row] = []
    rows: dict[float, Row] = {}
    sign = -1 if kind is PACE else 1
    for workout in dict.fromkeys(fact.workout for fact, _ in marks):
        start = next(place for place, (fact, _) in enumerate(marks) if fact.workout == workout)
        named: list[tuple[float, float, int, Row]] = []
        for place, (fact, (extent, merit)) in enumerate(marks):
            before = [m for _, (e, m) in marks[:place] if e >= extent]
            if fact.workout != workout or any(m >= merit for m in before):
                continue
            earlier = [m for _, (e, m) in marks[:start] if e >= extent]
            row = (kind, workout, sign * merit, sign * max(earlier) if earlier else None, fact)
            named.append((-merit, -extent, place, row))
            rows[extent] = row
        is_baseline = workout == (facts[0] if kind is REPS else marks[0][0]).workout
        if named and not is_baseline:
            records.append(min(named, key=lambda entry: entry[:3])[3])
    if kind is REPS:
        return records, [rows[extent] for extent in sorted(rows)]
    return records, oracle_of_standing_pace(marks)


def oracle_of_standing_pace(marks: list[tuple[SetFact, tuple[float, float]]]) -> list[Row]:
    if not marks:
        return []
    fastest = max(merit for _, (_, merit) in marks)
    workout = next(fact.workout for fact, (_, merit) in marks if merit == fastest)
    inside = [
        (extent, fact) for fact, (extent, merit) in marks if fact.workout == workout and merit == fastest
    ]
    longest = max(extent for extent, _ in inside)
    fact = next(fact for extent, fact in inside if extent == longest)
    before = [merit for other, (_, merit) in marks if order(other)[:2] < order(fact)[:2]]
    return [(PACE, workout, -fastest, -max(before) if before else None, fact)]


def oracle(facts: Iterable[SetFact], tracked: Tracked) -> tuple[list[Row], list[Row]]:
    """Records by workout and then kind, and what stands by kind and then weight."""
    ordered = sorted(facts, key=order)
    workouts = [fact.workout for fact in ordered]
    records: list[Row] = []
    rows: list[Row] = []
    for kind in RecordKind:
        decided = (oracle_of_scales if kind in {REPS, PACE} else oracle_of_figures)(ordered, kind, tracked)
        records += decided[0]
        rows += decided[1]
    return sorted(records, key=lambda row: workouts.index(row[1])), rows


def fact_of(
    drawn: tuple[int, int, int, int | None, int | None, int | None, int | None, float | None, bool],
) -> SetFact:
    workout, place, exercise_position, reps, weight_g, body_g, seconds, meters, per_side = drawn
    performed_at = START + timedelta(days=workout * 5 % 4)  # not in the order of the numbers, some at once
    effective_g = None if body_g is None else (weight_g or 0) + body_g
    return SetFact(
        workout,
        performed_at,
        exercise_position,
        place,
        reps,
        weight_g,
        effective_g,
        seconds,
        meters,
        per_side,
    )


# Few values, so that sets meet and match.
histories = st.lists(
    st.tuples(
        st.integers(1, 6),
        st.integers(1, 4),
        st.integers(1, 2),
        st.sampled_from([None, 0, 1, 2, 3, 10, 11]),
        st.sampled_from([None, -10_000, 0, 10_000, 12_500, 15_000]),
        st.sampled_from([None, 0, 80_000]),
        st.sampled_from([None, 0, 30, 60, 120]),
        st.sampled_from([None, 0.0, 100.0, 200.0, 400.0]),
        st.booleans(),
    ),
    max_size=20,
    unique_by=lambda drawn: drawn[:3],
).map(lambda drawn: [fact_of(each) for each in drawn])

tracked_as = st.sampled_from(Tracked)
relaxed = settings(deadline=None, max_examples=50)


@given(facts=histories, tracked=tracked_as)
@settings(deadline=None, max_examples=200)
def test_the_definitions_say_the_same(facts: list[SetFact], tracked: Tracked) -> None:
    decided = history(facts, tracked, EPLEY)
    records, rows = oracle(facts, tracked)
    assert [
        (record.kind, record.workout, record.value, record.previous, record.fact) for record in decided.broken
    ] == records
    assert [(row.kind, row.workout, row.value, row.previous) for row in decided.standing] == [
        row[:4] for row in rows
    ]
    for row, (_, _, _, _, fact) in zip(decided.standing, rows, strict=True):
        done = (None, None) if fact is None else (fact.reps, fact.weight_g)
        assert (row.reps, row.weight_g) == done


@given(facts=histories, tracked=tracked_as, data=st.data())
@relaxed
def test_the_order_of_entry_does_not_matter(
    facts: list[SetFact], tracked: Tracked, data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(facts))
    assert history(shuffled, tracked, EPLEY) == history(facts, tracked, EPLEY)


@given(facts=histories, tracked=tracked_as)
@relaxed
def test_a_later_workout_leaves_earlier_records_alone(facts: list[SetFact], tracked: Tracked) -> None:
    moments = sorted({(fact.performed_at, fact.workout) for fact in facts})
    whole = history(facts, tracked, EPLEY).broken
    for moment in moments:
        until = [fact for fact in facts if (fact.performed_at, fact.workout) <= moment]
        expected = tuple(record for record in whole if (record.performed_at, record.workout) <= moment)
        assert history(until, tracked, EPLEY).broken == expected


@given(facts=histories, tracked=tracked_as, data=st.data())
@relaxed
def test_deleting_a_set_and_entering_it_again_changes_nothing(
    facts: list[SetFact], tracked: Tracked, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, max(len(facts) - 1, 0)))
    again = [*facts[:place], *facts[place + 1 :], *facts[place : place + 1]]
    assert history(again, tracked, EPLEY) == history(facts, tracked, EPLEY)


@given(facts=histories, tracked=tracked_as)
@relaxed
def test_doing_the_same_again_breaks_nothing(facts: list[SetFact], tracked: Tracked) -> None:
    again = [
        fact._replace(workout=fact.workout + 100, performed_at=fact.performed_at + timedelta(days=30))
        for fact in facts
    ]
    assert history([*facts, *again], tracked, EPLEY) == history(facts, tracked, EPLEY)


@given(facts=histories, tracked=tracked_as)
@relaxed
def test_what_stands_never_falls(facts: list[SetFact], tracked: Tracked) -> None:
    reached: dict[tuple[RecordKind, float], float] = {}
    for moment in sorted({(fact.performed_at, fact.workout) for fact in facts}):
        until = [fact for fact in facts if (fact.performed_at, fact.workout) <= moment]
        for row in history(until, tracked, EPLEY).standing:
            place = (row.kind, (row.weight_g or 0) if row.kind is REPS and tracked is not Tracked.REPS else 0)
            value = -row.value if row.kind is PACE else row.value
            assert value >= reached.get(place, value)
            reached[place] = value


@given(facts=histories, tracked=tracked_as)
@relaxed
def test_a_record_is_better_than_what_it_replaced(facts: list[SetFact], tracked: Tracked) -> None:
    decided = history(facts, tracked, EPLEY)
    both: list[Broken | Standing] = [*decided.broken, *decided.standing]
    for found in both:
        if found.previous is not None:
            assert found.value < found.previous if found.kind is PACE else found.value > found.previous
    pairs = [(record.workout, record.kind) for record in decided.broken]
    assert len(pairs) == len(set(pairs))


# What a workout holds against records.


def bests(facts: Iterable[SetFact], tracked: Tracked) -> dict[RecordKind, float]:
    found = {kind: best(kind, list(facts), tracked, EPLEY) for kind in RecordKind}
    return {kind: value for kind, value in found.items() if value is not None}


def test_the_bests_of_a_workout_are_its_best_of_each_kind() -> None:
    sets = [lift(1, 1, 5, 100), lift(1, 2, 8, 80), lift(1, 3, 12, 60)]
    assert bests(sets, Tracked.WEIGHT_REPS) == {WEIGHT: 100_000, E1RM: 116_667, REPS: 12, VOLUME: 1_860_000}
    runs = [timed(1, 1, 1500, 5000), timed(1, 2, 240, 1000), timed(1, 3, 60)]
    assert bests(runs, Tracked.DISTANCE_TIME) == {TIME: 60, DISTANCE: 5000, PACE: 240}
    assert bests([lift(1, 1, 9, None, None)], Tracked.REPS) == {REPS: 9}
    assert bests([], Tracked.WEIGHT_REPS) == {}


@given(facts=histories, tracked=tracked_as)
@relaxed
def test_what_stands_is_the_best_of_the_bests(facts: list[SetFact], tracked: Tracked) -> None:
    numbers = {fact.workout for fact in facts}
    found = [bests([fact for fact in facts if fact.workout == one], tracked) for one in numbers]
    for row in history(facts, tracked, EPLEY).standing:
        values = [kinds[row.kind] for kinds in found if row.kind in kinds]
        if row.kind is PACE:
            assert row.value == min(values)
        elif row.kind is not REPS:
            assert row.value == max(values)
        else:
            assert row.value <= max(values)
