"""Whatever is typed, the reader answers with a plan or with mistakes, and it answers soon."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptrack.errors import NotationError
from ptrack.notation import parse_program, parse_workout, print_program, print_workout
from ptrack.vocabulary import Unit

PROGRAM = """\
program: "Block #2"
weeks: 8; days per week: 2
day: Upper A (weeks 1-3, 8)
[warm-up]
Band Pull-Apart: 2x15/side tempo 3-1-1-0
[main]
A1 Bench Press: w 2x5 40kg, 4x6-8 70kg @8 rest 2min progress +2.5kg # elbows
A2 "Row: wide": 5,5,4+ 62,5kg rir2, 3x8 bw
Pull-Up: 3x6-10 bw+10kg, 1x5 bw-20lb progress double
Run: 1x5km 27:30, 1x1.5mi, 3x40m 30kg, 3x45s 75%
"""
PIECES = [
    *["3x5", "5,5,4", "8-12", "5+", "x", "*", ",", ", ", ":", ";", "#", "\n", " ", '"', "[", "]", "(", ")"],
    *["-", "+", "100kg", "62,5", "225lb", "75%", "bw", "bw+10kg", "@8", "@", "rir2", "/side", "skip", "w "],
    *["tempo 3-1-1-0", "rest 90s", "rest", "progress +2.5kg", "progress double", "1:30", "45s", "5km", "0"],
    *["[main]", "day: A", "day: A (weeks 1-3)", "weeks: 4", "days per week: 3", "program: P", "Squat", "A1 "],
    *[
        "9" * 400,
        "\u00d7",
        "\u2013",
        "\u202e",
        "\ud800",
        "\x00",
        "日本",
        "\u0663",
        "\u212ag",
        "\u017f",
        "\ufeff",
    ],
    *["\uff1a", "\u00a0", "\x85", "\u2028", "\r", "\t"],
]


def answer(read: Callable[[], object]) -> object:
    """What is read, or nothing where mistakes are told; any other error fails the test."""
    try:
        return read()
    except NotationError as error:
        return (
            None if error.details.startswith(error.message.split(" (and ")[0]) else pytest.fail(error.message)
        )


def check_all_readings(text: str) -> None:
    """Read a text as a log, a plan and a program; what can be read, prints and reads back equal."""
    for planned in (False, True):
        lines = answer(lambda: parse_workout(text, unit=Unit.KG, planned=planned, resolve=str))  # noqa: B023
        if isinstance(lines, tuple):
            printed = print_workout(lines, Unit.KG)
            assert parse_workout(printed, unit=Unit.LB, planned=planned, resolve=str) == lines
    program = answer(lambda: parse_program(text, unit=Unit.LB, name="P", resolve=str))
    if program is not None:
        printed = print_program(program, Unit.LB)  # type: ignore[arg-type]
        assert parse_program(printed, unit=Unit.KG, resolve=str) == program


@settings(max_examples=900, deadline=None)
@given(st.text(max_size=40))
def test_random_text(text: str) -> None:
    check_all_readings(text)


@settings(max_examples=800, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_random_pieces_behind_a_name(text: str) -> None:
    check_all_readings(f"Squat: {text}")


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(PROGRAM)), st.integers(0, 8), st.sampled_from(PIECES))
def test_a_program_with_a_piece_cut_or_put_in(at: int, cut: int, piece: str) -> None:
    check_all_readings(PROGRAM[:at] + piece + PROGRAM[at + cut :])


@pytest.mark.parametrize("piece", ["a;", '";', "x9", "9,", " ", "日;", "(week "])
@pytest.mark.parametrize("before", ["", "a: 3x5 "])
def test_reading_time_grows_with_the_length_alone(before: str, piece: str) -> None:
    text = before + piece * ((65_000 - len(before)) // len(piece.encode()))
    began = time.process_time()
    answer(lambda: parse_workout(text, unit=Unit.KG, resolve=str))
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    "text", ["day: a (weeks " + "1-104," * 10_000 + "1)", "day:a(weeks 1-104)\nx:1\n" * 2500]
)
def test_weeks_without_end_are_answered_soon(text: str) -> None:
    began = time.process_time()
    answer(lambda: parse_program(text, unit=Unit.KG, resolve=str))
    assert time.process_time() - began < 3
