"""Plans made at random, of all that the notation can say, read back equal after they have been printed."""

from hypothesis import given, settings
from hypothesis import strategies as st

from plan_samples import exercise_lines, grams_of_load, lengths, programs, seconds
from ptrack.notation import (
    ExerciseLine,
    Load,
    LoadKind,
    Program,
    SetGroup,
    format_clock,
    format_distance,
    format_load,
    format_seconds,
    parse_program,
    parse_workout,
    print_groups,
    print_program,
    print_workout,
)
from ptrack.vocabulary import Unit

units = st.sampled_from(Unit)


@settings(max_examples=60, deadline=None)
@given(
    units,
    st.booleans().flatmap(
        lambda planned: st.tuples(st.just(planned), st.lists(exercise_lines(planned=planned), max_size=4))
    ),
)
def test_a_workout_reads_back_equal(unit: Unit, drawn: tuple[bool, list[ExerciseLine[str]]]) -> None:
    planned, lines = drawn
    printed = print_workout(lines, unit)
    read = parse_workout(printed, unit=unit, planned=planned, resolve=str)
    assert read == tuple(lines)
    assert print_workout(read, unit) == printed


@settings(max_examples=15, deadline=None)
@given(units, programs())
def test_a_program_reads_back_equal(unit: Unit, program: Program[str]) -> None:
    printed = print_program(program, unit)
    read = parse_program(printed, unit=unit, resolve=str)
    assert read == program
    assert print_program(read, unit) == printed


@settings(max_examples=60, deadline=None)
@given(units, grams_of_load, st.sampled_from(Unit))
def test_what_is_printed_for_one_unit_reads_back_in_the_other(unit: Unit, weight_g: int, other: Unit) -> None:
    groups = (SetGroup(3, 5, 5, load=Load(LoadKind.WEIGHT, weight_g)),)
    read = parse_workout(f"Squat: {print_groups(groups, unit)}", unit=other, resolve=str)
    assert read[0].groups == groups


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 8800))
def test_quarter_pounds_come_back_as_the_same_pounds(quarters: int) -> None:
    pounds = f"{quarters / 4:g}"
    read = parse_workout(f"Squat: 3x5 {pounds}lb", unit=Unit.LB, resolve=str)
    assert print_groups(read[0].groups, Unit.LB) == f"3x5 {pounds}lb"
    assert format_load(read[0].groups[0].load.weight_g, Unit.LB) == pounds


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 100_000))
def test_hundredths_of_a_kilogram_come_back_as_the_same_kilograms(hundredths: int) -> None:
    kilograms = f"{hundredths / 100:.7g}"
    read = parse_workout(f"Squat: 3x5 {kilograms}", unit=Unit.KG, resolve=str)
    assert print_groups(read[0].groups, Unit.KG) == f"3x5 {kilograms}kg"


@settings(max_examples=60, deadline=None)
@given(lengths, seconds)
def test_lengths_and_times_read_back_equal(length_m: float, time_s: int) -> None:
    text = f"Row: 1x{format_distance(length_m)} {format_clock(time_s)}; Plank: 1x{format_seconds(time_s)}"
    row, plank = parse_workout(text, unit=Unit.KG, resolve=str)
    assert (row.groups[0].meters, row.groups[0].seconds) == (length_m, time_s)
    assert plank.groups[0].seconds == time_s
