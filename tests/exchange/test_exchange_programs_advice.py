"""What is told of a cell that cannot be read: at that cell, with what could be written, load and all."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import Run
from program_samples import plan_file
from ptrack.exchange.program_cells import Prescribed, Unread, read_cell
from ptrack.vocabulary import Unit


@pytest.mark.parametrize(
    ("cell", "instead"),
    [
        ("3x8 @ 80", "3x8 80kg"),
        ("5x5 (80kg)", "5x5 80kg"),
        ("5x5 (80)", "5x5 80kg"),
        ("3x8 +10kg", "3x8 bw+10kg or 3x8 10kg"),
        ("3x6 -15kg", "3x6 bw-15kg"),
        ("3x8 @ 1.75", "3x8 @1.5 or 3x8 @2"),
        ("3x8 @ 12", "3x8"),
    ],
)
def test_what_could_be_written_keeps_the_load(cell: str, instead: str) -> None:
    found = read_cell(cell, Unit.KG)
    assert isinstance(found, Unread)
    assert found.instead == instead


@given(
    sets=st.integers(0, 99),
    reps=st.integers(0, 999),
    sign=st.sampled_from(["@ ", "+", "-", "(", "= ", "slow "]),
    load=st.integers(0, 9999).map(lambda quarters: f"{quarters / 4:g}"),
    unit=st.sampled_from(["", "kg", "lb", "%"]),
)
def test_the_load_that_is_offered_can_be_read(sets: int, reps: int, sign: str, load: str, unit: str) -> None:
    found = read_cell(f"{sets}x{reps} {sign}{load}{unit}", Unit.KG)
    if isinstance(found, Unread) and f"{load}{unit or 'kg'}" in found.instead:
        for option in found.instead.split(" or "):
            read = read_cell(option, Unit.KG)
            assert isinstance(read, Prescribed) or "sets may be" in read.reason


@pytest.mark.parametrize(
    ("row", "place", "text", "instead"),
    [
        ("3,6,-15kg,,", "2:4", "-15kg", "bw-15kg"),
        ("3,6,-15,,", "2:4", "-15", "bw-15kg"),
        ("3,6,+10kg,,", "2:4", "+10kg", "bw+10kg or 10kg"),
        ("3,8,80kgs!,,", "2:4", "80kgs!", "80kg"),
        ("3,8,60,1.75,", "2:5", "1.75", "1.5 or 2"),
        ("3,8,60,11,", "2:5", "11", "8"),
        ("3,8,60,8,2 moons", "2:6", "2 moons", "90s"),
    ],
)
def test_it_is_told_of_the_cell_that_is_wrong(
    run: Run, tmp_path: Path, row: str, place: str, text: str, instead: str
) -> None:
    path = plan_file(tmp_path, f"Exercise,Sets,Reps,Weight,RPE,Rest\nBack Squat,{row}\n")
    (one,) = run("import", "programs", path, "--json", status=1).json["rejected"]
    assert (one["place"], one["text"], one["instead"]) == (place, text, instead)
