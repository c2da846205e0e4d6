"""What is printed reads back as an equal plan, and the common things are printed as people write them."""

import pytest
from hypothesis import strategies as st

from ptrack.notation import (
    Day,
    ExerciseLine,
    Load,
    LoadKind,
    Program,
    SetGroup,
    format_distance,
    format_load,
    format_seconds,
    parse_program,
    parse_workout,
    print_groups,
    print_line,
    print_prescription,
    print_program,
    print_workout,
)
from ptrack.notation.measures import grams
from ptrack.vocabulary import Section, Unit

units = st.sampled_from(Unit)


def line(name: str = "Squat", **more: object) -> ExerciseLine[str]:
    five = SetGroup(3, 5, 5)
    return ExerciseLine(name=name, exercise=name, groups=(five,), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "3x5 100kg",
        "5,5,4 100kg",
        "3x8-12 60kg",
        "3x5+ 100kg",
        "5,5,4+ 100kg",
        "3x5 100kg @8",
        "3x5 75%",
        "3x5 72.5%",
        "3x8 bw, 3x5 bw+10kg, 3x5 bw-20kg",
        "w 2x5 60kg, 3x5 100kg",
        "3x45s, 1x20min, 1x2:15",
        "1x2000m 8:15, 1x5km 27:30 @7, 1x26.2mi 4:00:00, 1x100yd",
        "3x40m 30kg",
        "3x10/side 12kg tempo 3-1-1-0",
        "4x6-8 70kg @8.5 rest 2min progress +2.5kg",
        "3x6-10 bw rest 90s progress double",
        "3x6-10 20kg progress double +1.25kg",
    ],
)
def test_plans_are_printed_as_they_are_written(text: str) -> None:
    read = parse_workout(f"Squat: {text}", unit=Unit.KG, planned=True, resolve=str)
    assert print_prescription(read[0], Unit.KG) == text


@pytest.mark.parametrize(
    "text", ["skip", "skip 100kg", "3x5 100kg, 1x5 100kg skip", "w skip", "skip tempo 31x0"]
)
def test_skips_are_printed_as_they_are_written(text: str) -> None:
    read = parse_workout(f"Squat: {text}", unit=Unit.KG, resolve=str)
    assert print_prescription(read[0], Unit.KG) == text


def test_a_load_is_printed_in_the_unit_in_which_it_is_round() -> None:
    pounds, kilograms = Load(LoadKind.WEIGHT, grams(225, "lb")), Load(LoadKind.WEIGHT, 62_500)
    odd = Load(LoadKind.WEIGHT, 62_501)
    for unit in Unit:
        assert print_groups([SetGroup(3, 5, 5, load=pounds)], unit) == "3x5 225lb"
        assert print_groups([SetGroup(3, 5, 5, load=kilograms)], unit) == "3x5 62.5kg"
    assert print_groups([SetGroup(3, 5, 5, load=odd)], Unit.KG) == "3x5 62.501kg"
    assert print_groups([SetGroup(3, 5, 5, load=odd)], Unit.LB) == "3x5 137.791lb"


def test_a_long_list_of_reps_is_printed_as_groups() -> None:
    groups = [SetGroup(12, 5, 5), SetGroup(1, 4, 4)]
    assert print_groups(groups, Unit.KG) == "12x5, 1x4"
    assert print_groups([], Unit.KG) == ""


@pytest.mark.parametrize(
    ("weight_g", "kilograms", "pounds"),
    [
        (0, "0", "0"),
        (62_500, "62.5", "137.79"),
        (102_058, "102.06", "225"),
        (-20_000, "-20", "-44.09"),
        (100_000, "100", "220.46"),
    ],
)
def test_loads_for_the_eye(weight_g: int, kilograms: str, pounds: str) -> None:
    assert format_load(weight_g, Unit.KG) == kilograms
    assert format_load(weight_g, Unit.LB) == pounds


@pytest.mark.parametrize(
    ("time_s", "text"),
    [
        (0, "0s"),
        (45, "45s"),
        (60, "60s"),
        (90, "90s"),
        (120, "2min"),
        (135, "2:15"),
        (3600, "60min"),
        (3723, "1:02:03"),
    ],
)
def test_times_for_the_eye(time_s: int, text: str) -> None:
    assert format_seconds(time_s) == text


@pytest.mark.parametrize(
    ("length_m", "text"),
    [
        (40.0, "40m"),
        (2000.0, "2000m"),
        (5000.0, "5km"),
        (42195.0, "42.195km"),
        (1609.344, "1mi"),
        (91.44, "100yd"),
        (12.3456, "12.3456m"),
        (1985.9305, "1.234mi"),
    ],
)
def test_lengths_for_the_eye(length_m: float, text: str) -> None:
    assert format_distance(length_m) == text


@pytest.mark.parametrize(
    "name",
    [
        "Row: wide grip",
        '24" Box Jump',
        '"Quoted"',
        "#1 Squat",
        "A1 Steak Sauce",
        "[odd]",
        "a; b",
        "Goal",
        "day",
        "Days per Week",
        "Squat 3x5",
        'Box Jump 24"',
        "w",
        "skip",
    ],
)
def test_any_name_can_be_printed_and_read(name: str) -> None:
    program = Program("P", 1, 1, (Day("A", (line(name), line(name, superset="B2"))),))
    assert parse_program(print_program(program, Unit.KG), unit=Unit.KG, resolve=str) == program


@pytest.mark.parametrize(
    "value", ["Block #2", "a; b", "Deload (week 3)", '"so called"', "weeks: 3", 'half "quoted"']
)
def test_any_head_can_be_printed_and_read(value: str) -> None:
    program = Program(value, 8, 1, (Day(value, (line(),)), Day(value, (line(),), week=3)), goal=value)
    assert parse_program(print_program(program, Unit.KG), unit=Unit.KG, resolve=str) == program


def test_notes_keep_to_one_line() -> None:
    assert print_line(line(note="easy;\n next\ttime 105"), Unit.KG) == "Squat: 3x5 # easy, next time 105"
    assert print_line(line(note="  "), Unit.KG) == "Squat: 3x5"


def test_sections_are_headed_when_they_change() -> None:
    lines = [line("Row", section=Section.WARM_UP), line("Squat"), line("Curl", section=Section.COOL_DOWN)]
    assert (
        print_workout(lines, Unit.KG) == "[warm-up]\nRow: 3x5\n[main]\nSquat: 3x5\n[cool-down]\nCurl: 3x5\n"
    )
    assert print_workout(lines[1:2], Unit.KG) == "Squat: 3x5\n"
    assert print_workout([], Unit.KG) == ""


def test_weeks_that_are_alike_share_a_heading() -> None:
    days = [
        Day("A", (line("Squat"),)),
        *(Day("A", (line("Row"),), week) for week in (1, 2, 3, 8)),
        Day("A", (line("Dip"),), 9),
    ]
    printed = print_program(Program("P", 9, 1, tuple(days)), Unit.KG)
    headings = [text for text in printed.splitlines() if text.startswith("day:")]
    assert headings == ["day: A", "day: A (weeks 1-3, 8)", "day: A (week 9)"]
