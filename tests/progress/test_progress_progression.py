"""How planned loads go up with what was logged, what a deload makes of them, and percentages as loads."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptrack.notation import ExerciseLine, parse_workout, print_line, print_prescription
from ptrack.notation.measures import grams
from ptrack.progress.rules.progression import (
    Done,
    Gain,
    deloaded,
    gains,
    has_idle_progress,
    on_plates_g,
    plate_step_g,
    raised_g,
    resolved,
    stands,
    suggested_deload,
)
from ptrack.vocabulary import Unit
from ptrack.workouts.rules import done_sets

Line = ExerciseLine[str]


def planned(text: str, unit: Unit = Unit.KG) -> Line:
    (line,) = parse_workout(f"Lift: {text}", unit=unit, source="-", resolve=str, planned=True)
    return line


def log(text: str, unit: Unit = Unit.KG) -> list[Done]:
    """The working sets of a log in notation."""
    (line,) = parse_workout(f"Lift: {text}", unit=unit, source="-", resolve=str)
    return [
        Done(one.reps, one.weight_g, one.seconds, one.meters)
        for one in done_sets(line.groups)
        if not one.is_warmup
    ]


def course(plan: str, *logs: str, unit: Unit = Unit.KG, has_load: bool = True) -> list[str]:
    """What a line is before its first log and after each, without its progression."""
    line = planned(plan, unit)
    after = gains(line, [log(text, unit) for text in logs], unit, has_load=has_load)
    return [
        print_prescription(replace(stands(line, gain, unit), progression=None), unit)
        for gain in (Gain(), *after)
    ]


def misses(plan: str, *logs: str) -> list[int]:
    return [gain.misses for gain in gains(planned(plan), [log(text) for text in logs], Unit.KG)]


@pytest.mark.parametrize(
    ("plan", "logged", "then"),
    [
        ("3x5 100kg progress +2.5kg", "3x5 100kg", "3x5 102.5kg"),
        ("3x5 100kg progress +2.5kg", "5,5,4 100kg", "3x5 100kg"),
        ("3x5 100kg progress +2.5kg", "2x5 100kg", "3x5 100kg"),
        ("3x5 100kg progress +2.5kg", "2x5 100kg, 1x5 97.5kg", "3x5 100kg"),
        ("3x5 100kg progress +2.5kg", "3x6 105kg", "3x5 102.5kg"),
        ("3x5 100kg progress +2.5kg", "1x5 60kg, 3x5 100kg, 1x10 70kg", "3x5 102.5kg"),
        ("3x5 100kg progress +2.5kg", "1x1 120kg, 3x5 100kg", "3x5 102.5kg"),
        ("3x5 100kg progress +2.5kg", "5,5,4,5 100kg", "3x5 100kg"),
        ("3x5 100kg progress +2.5kg", "3x5", "3x5 100kg"),
        ("3x5 100kg progress +2.5kg", "1x5, 2x5 100kg", "3x5 100kg"),
        ("1x5 100kg, 2x8 progress +2.5kg", "1x5 100kg, 2x8 60kg", "1x5 102.5kg, 2x8"),
        ("1x5 100kg, 2x8 75% progress +2.5kg", "1x5 100kg, 2x8 75kg", "1x5 100kg, 2x8 75%"),
        ("3x5 100kg progress +2.5kg", "1x5, 3x5 100kg", "3x5 102.5kg"),
        ("3x5+ 100kg progress +2.5kg", "5,5,5+ 100kg", "3x5+ 102.5kg"),
        ("3x5+ 100kg progress +2.5kg", "5,5,4+ 100kg", "3x5+ 100kg"),
        ("3x8-12 60kg progress +2.5kg", "12,12,11 60kg", "3x8-12 60kg"),
        ("3x8-12 60kg progress +2.5kg", "3x12 60kg", "3x8-12 62.5kg"),
        ("3x10/side 12kg progress +1kg", "3x10/side 12kg", "3x10/side 13kg"),
        ("w 5 60kg, 3x5 90kg, 8 60kg progress +5kg", "3x5 90kg, 1x8 60kg", "w 1x5 60kg, 3x5 95kg, 1x8 65kg"),
        ("w 5 60kg, 3x5 90kg, 8 60kg progress +5kg", "3x5 90kg, 1x7 60kg", "w 1x5 60kg, 3x5 90kg, 1x8 60kg"),
        ("3x8 bw progress +2.5kg", "3x8 bw", "3x8 bw+2.5kg"),
        ("3x8 bw progress +2.5kg", "3x8", "3x8 bw+2.5kg"),
        ("3x5 bw-20kg progress +2.5kg", "3x5 bw-20kg", "3x5 bw-17.5kg"),
        ("3x5 bw-20kg progress +2.5kg", "3x5 bw-25kg", "3x5 bw-20kg"),
        ("3x40m 30kg progress +5kg", "3x40m 30kg", "3x40m 35kg"),
        ("3x40m 30kg progress +5kg", "3x30m 30kg", "3x40m 30kg"),
        ("3x30s bw+10kg progress +5kg", "3x30s bw+10kg", "3x30s bw+15kg"),
        ("3x5 75% progress +2.5kg", "3x5 100kg", "3x5 75%"),
        ("3x5 progress +2.5kg", "3x5 100kg", "3x5"),
        ("3x5 100kg", "3x5 100kg", "3x5 100kg"),
    ],
)  # fmt: skip
def test_a_log_that_reached_the_plan_raises_it_by_its_step(plan: str, logged: str, then: str) -> None:
    assert course(plan, logged)[-1] == then


def test_double_adds_reps_first_and_then_the_load() -> None:
    logs = (
        "8,8,8 60kg",
        "11,10,10 60kg",
        "10,10,10 60kg",
        "12,12,12 60kg",
        "9,8,8 62.5kg",
        "12,12,12 62.5kg",
    )
    assert course("3x8-12 60kg progress double", *logs) == [
        "3x8-12 60kg", "3x9-12 60kg", "3x11-12 60kg", "3x11-12 60kg", "3x8-12 62.5kg", "3x9-12 62.5kg",
        "3x8-12 65kg",
    ]  # fmt: skip
    assert course("3x8 60kg progress double +5kg", "3x8 60kg")[-1] == "3x8 65kg"
    assert course("3x6-8 bw progress double", "3x8 bw")[-1] == "3x6-8 bw+2.5kg"
    assert course("2x6-8 80kg, 1x10-15 60kg progress double", "7,7 80kg, 1x11 60kg")[-1] == (
        "2x8 80kg, 1x12-15 60kg"
    )


def test_an_exercise_without_a_load_stays_at_the_top_of_its_reps() -> None:
    plan = "3x10-12 bw progress double"
    assert course(plan, "3x11 bw", "3x12 bw", "3x20 bw", has_load=False)[1:] == ["3x12 bw"] * 3
    assert course("3x10 bw progress +2.5kg", "3x10 bw", has_load=False)[-1] == "3x10 bw"


def test_pounds_stay_round() -> None:
    line = planned("5x5 225lb progress +5lb", Unit.LB)
    after = stands(line, Gain(steps=40), Unit.LB)
    assert print_prescription(after, Unit.LB) == "5x5 425lb progress +5lb"
    assert raised_g(102_058, 2_268, 10, Unit.KG) == 124_738  # 275 lb, to the gram
    assert course("3x5 135lb progress double", "3x5 135lb", unit=Unit.LB)[-1] == "3x5 140lb"
    assert plate_step_g(Unit.LB) == 2_268
    mixed = planned("3x5 100kg progress +5lb")
    assert stands(mixed, Gain(steps=2), Unit.KG).groups[0].load.weight_g == 104_536


def test_pounds_in_a_practice_of_kilograms_stay_round_too() -> None:
    assert raised_g(grams(45, "lb"), grams(5, "lb"), 50, Unit.KG) == grams(295, "lb")
    assert raised_g(61_234, 2_501, 2, Unit.KG) == 66_236


def test_a_load_ends_at_the_heaviest_that_can_be_written() -> None:
    assert course("3x5 999kg progress +2.5kg", "3x5 999kg", "3x5 1000kg")[1:] == ["3x5 1000kg"] * 2


def test_misses_are_counted_in_a_row_and_end_with_a_log_that_reached_the_plan() -> None:
    plan = "3x5 100kg progress +2.5kg"
    assert misses(plan, "5,5,4 100kg", "2x5 100kg", "3x5 100kg", "3x5 100kg") == [1, 2, 0, 1]
    assert misses(plan, "3x4 100kg", "3x5", "3x4 100kg") == [1, 1, 2]
    assert misses("3x8-12 60kg progress +2.5kg", "3x7 60kg", "3x9 60kg", "3x7 60kg") == [1, 0, 1]
    assert misses("3x5 100kg", "3x4 100kg", "3x4 100kg", "3x4 100kg") == [1, 2, 3]


def test_falling_short_at_a_heavier_load_is_neither_reached_nor_missed() -> None:
    plan = "3x5 100kg progress +2.5kg"
    assert misses(plan, "5,5,4 100kg", "5,5,4 105kg", "5,4,3 105kg") == [1, 1, 1]
    assert course(plan, "5,5,4 105kg")[-1] == "3x5 100kg"
    assert misses(plan, "2x5 105kg", "1x5 105kg, 5,4 100kg", "1x3 105kg, 2x5 100kg") == [1, 2, 2]
    assert misses("3x5 bw+10kg", "3x4 bw+15kg", "3x4 bw+10kg") == [0, 1]
    assert misses("3x30s bw+10kg", "3x20s bw+15kg", "3x20s bw+10kg") == [0, 1]
    assert misses("3x5 60kg, 1x8 50kg", "3x4 65kg, 1x8 50kg", "3x4 65kg, 1x7 50kg") == [0, 1]


@pytest.mark.parametrize(
    ("plan", "has_load", "is_idle"),
    [
        ("3x5 75% progress +2.5kg", True, True), ("3x5 75%", True, False),
        ("3x45s progress +5kg", True, True), ("3x500m progress double", True, True),
        ("3x5 progress +2.5kg", True, True), ("3x40m 30kg progress +5kg", True, False),
        ("3x30s bw+10kg progress +5kg", True, False), ("3x8-12 60kg progress double", True, False),
        ("3x8-12 progress double", False, False), ("3x10 bw progress +2.5kg", False, True),
    ],
)  # fmt: skip
def test_progress_that_can_raise_nothing_is_known(plan: str, has_load: bool, is_idle: bool) -> None:
    assert has_idle_progress(planned(plan), has_load=has_load) is is_idle


@pytest.mark.parametrize(
    ("plan", "unit", "lighter"),
    [
        ("3x5 100kg", Unit.KG, "3x5 90kg"),
        ("w 2x5 60kg, 3x5 102.5kg", Unit.KG, "w 2x5 60kg, 3x5 92.5kg"),
        ("3x5 10kg", Unit.KG, "3x5 7.5kg"),
        ("3x5 2kg", Unit.KG, "3x5 2kg"),
        ("5x5 225lb", Unit.LB, "5x5 205lb"),
        ("3x5 bw+20kg", Unit.KG, "3x5 bw+17.5kg"),
        ("3x5 bw", Unit.KG, "3x5 bw"),
        ("3x5 bw-20kg", Unit.KG, "3x5 bw-20kg"),
        ("3x5 80%", Unit.KG, "3x5 72%"),
        ("3x5", Unit.KG, "3x5"),
    ],
)
def test_a_deload_is_a_tenth_less_on_plates(plan: str, unit: Unit, lighter: str) -> None:
    assert print_prescription(deloaded(planned(plan, unit), unit), unit) == lighter


def test_a_load_that_is_open_stays_open() -> None:
    line = planned("1x5 100kg, 2x8 progress +2.5kg")
    weighed, unsaid = stands(line, Gain(steps=2), Unit.KG).groups
    assert (weighed.load.weight_g, unsaid.load) == (105_000, line.groups[1].load)


def test_a_percentage_is_of_a_hundred() -> None:
    heavy = resolved(planned("1x5 95%, 1x5 97.5%"), 400_000, Unit.KG)
    assert print_prescription(heavy, Unit.KG) == "1x5 380kg, 1x5 390kg"


def test_a_deload_is_by_as_many_percent_as_are_asked_for() -> None:
    lighter = deloaded(planned("3x5 1000kg, 3x5 90%"), Unit.KG, 33)
    assert print_prescription(lighter, Unit.KG) == "3x5 670kg, 3x5 60.3%"


def test_three_misses_in_a_row_suggest_a_deload_of_what_the_load_has_come_to() -> None:
    line = planned("3x6-8 95kg progress double")
    logs = [log(text) for text in ("3x8 95kg", "3x7 97.5kg", "3x7 97.5kg", "3x7 97.5kg", "3x7 97.5kg")]
    third, fourth = gains(line, logs, Unit.KG)[-2:]
    assert suggested_deload(line, third, Unit.KG) is None
    lighter = suggested_deload(line, fourth, Unit.KG)
    assert lighter is not None
    assert print_prescription(lighter, Unit.KG) == "3x6-8 87.5kg progress double"
    assert suggested_deload(planned("3x8 bw"), Gain(misses=5), Unit.KG) is None


@pytest.mark.parametrize(
    ("weight_g", "unit", "on_plates"),
    [
        (101_249, Unit.KG, 100_000), (101_250, Unit.KG, 102_500), (1_000, Unit.KG, 0),
        (-21_250, Unit.KG, -20_000), (102_058, Unit.LB, 102_058), (100_924, Unit.LB, 102_058),
    ],
)  # fmt: skip
def test_a_load_is_rounded_to_plates_halves_up(weight_g: int, unit: Unit, on_plates: int) -> None:
    assert on_plates_g(weight_g, unit) == on_plates


def test_percentages_become_loads_on_plates() -> None:
    line = planned("w 1x5 50%, 3x5 75%, 1x3 80kg progress +2.5kg")
    loaded = resolved(line, 116_667, Unit.KG)
    assert print_prescription(loaded, Unit.KG) == "w 1x5 57.5kg, 3x5 87.5kg, 1x3 80kg progress +2.5kg"
    assert resolved(line, None, Unit.KG) == line
    assert print_prescription(resolved(planned("3x5 5%"), 20_000, Unit.KG), Unit.KG) == "3x5 2.5kg"
    pull_up = planned("3x5 80%")
    assert print_prescription(resolved(pull_up, 116_667, Unit.KG, 80_000), Unit.KG) == "3x5 bw+12.5kg"
    assert print_prescription(resolved(pull_up, 90_000, Unit.KG, 80_000), Unit.KG) == "3x5 bw-7.5kg"
    assert print_prescription(resolved(planned("3x5 150%"), 900_000, Unit.KG), Unit.KG) == "3x5 1000kg"


progressions = st.sampled_from(["+2.5kg", "+5lb", "double", "double +1.25kg"])
ranges = st.tuples(st.integers(1, 12), st.integers(0, 6)).map(lambda pair: (pair[0], sum(pair)))
loads = st.sampled_from(["20kg", "62.5kg", "100kg", "225lb", "bw", "bw+10kg", "bw-20kg"])
sets_done = st.lists(
    st.builds(Done, st.integers(0, 20), st.integers(-30, 130).map(lambda halves: halves * 1_250)), max_size=6
)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    low, high = draw(ranges)
    reps = f"{low}-{high}" if high > low else str(low)
    return planned(f"{draw(st.integers(1, 5))}x{reps} {draw(loads)} progress {draw(progressions)}")


def standing(gain: Gain) -> tuple[int, int]:
    return gain.steps, gain.reps


@given(lines(), st.lists(sets_done, max_size=12), st.sampled_from(Unit))
def test_no_log_ever_lowers_a_line(line: Line, logs: Sequence[Sequence[Done]], unit: Unit) -> None:
    weight_g = [
        stands(line, gain, unit).groups[0].load.weight_g for gain in (Gain(), *gains(line, logs, unit))
    ]
    assert weight_g == sorted(weight_g)
    states = [standing(gain) for gain in gains(line, logs, unit)]
    assert states == sorted(states)


@given(lines(), st.lists(sets_done, max_size=4), sets_done, st.integers(1, 10))
def test_more_reps_never_earn_less(
    line: Line, logs: Sequence[Sequence[Done]], last: Sequence[Done], more: int
) -> None:
    better = [done._replace(reps=(done.reps or 0) + more) for done in last]
    one, other = (gains(line, [*logs, each], Unit.KG)[-1] for each in (last, better))
    assert standing(one) <= standing(other)
    assert other.misses <= one.misses


@given(lines(), st.lists(sets_done, max_size=12), st.sampled_from(Unit))
def test_what_a_line_has_come_to_reads_back(line: Line, logs: Sequence[Sequence[Done]], unit: Unit) -> None:
    for gain in gains(line, logs, unit):
        now = stands(line, gain, unit)
        (read,) = parse_workout(print_line(now, unit), unit=unit, source="-", resolve=str, planned=True)
        assert read == now
        lighter = deloaded(now, unit)
        assert lighter.groups[0].load.weight_g <= now.groups[0].load.weight_g


@given(lines(), st.integers(1, 30))
def test_a_client_who_does_as_planned_gains_a_step_for_each_log_or_range(line: Line, times: int) -> None:
    """Without a range every log is a step; with one, the load goes up once the reps are at the top."""
    gain = Gain()
    logs: list[list[Done]] = []
    for _ in range(times):
        now = stands(line, gain, Unit.KG)
        logs.append([Done(one.reps, one.weight_g) for one in done_sets(now.groups)])
        gain = gains(line, logs, Unit.KG)[-1]
    group = line.groups[0]
    room = (group.reps_max or 0) - (group.reps_min or 0)
    assert gain.misses == 0
    assert line.progression is not None
    if line.progression.kind == "double":
        assert gain.steps == times // (room + 1)
    else:
        assert gain.steps == (0 if room else times)
