"""What trainers write into a cell: read where it is sure, named with what could be written where it isn't."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptrack.exchange.program_cells import Prescribed, Unread, read_cell
from ptrack.notation.printing import print_groups
from ptrack.vocabulary import Unit


def read(text: str) -> str:
    found = read_cell(text, Unit.KG)
    assert isinstance(found, Prescribed), f"{text!r}: {found}"
    return print_groups(found.groups, Unit.KG)


@pytest.mark.parametrize(
    ("cell", "notation"),
    [
        ("4x6\u201310", "4x6-10"),
        ("4 \u00d7 6-8 @ RPE 8", "4x6-8 @8"),
        ("3 x 10/side", "3x10/side"),
        ("3x10 each leg", "3x10/side"),
        ("3x10-12 (per leg)", "3x10-12/side"),
        ("3 sets of 8", "3x8"),
        ("4 Sätze à 8 Wdh", "4x8"),
        ("3 séries de 10 répétitions", "3x10"),
        ("3 series x 10 repeticiones", "3x10"),
        ("5/3/1", "5,3,1"),
        ("5/3/1+", "5,3,1+"),
        ("12/10/8/6", "12,10,8,6"),
        ("70%x5", "1x5 70%"),
        ("75% x 5+", "1x5+ 75%"),
        ("65%x5 / 75%x5 / 85%x5+", "1x5 65%, 1x5 75%, 1x5+ 85%"),
        ("65%x5\n75%x5\n85%x5+", "1x5 65%, 1x5 75%, 1x5+ 85%"),
        ("AMRAP", "1x1+"),
        ("3xAMRAP", "1x1+, 1x1+, 1x1+"),
        ("3x5 @ 75% of 1RM", "3x5 75%"),
        ("3x8-10 @ 60 kg", "3x8-10 60kg"),
        ("3x5 62,5 kg", "3x5 62.5kg"),
        ("2x30 sec", "2x30s"),
        ('3x30"', "3x30s"),
        ("20 min", "1x20min"),
        ("3 x 10 RIR 2", "3x10 @8"),
        ("3x10 bodyweight", "3x10 bw"),
        ("w 2x5 60kg, 3x5 100kg", "w 2x5 60kg, 3x5 100kg"),
        ("5x5 + 1x10", "5,5,5,5,5,10"),
    ],
)
def test_what_is_sure_is_read(cell: str, notation: str) -> None:
    assert read(cell) == notation


@pytest.mark.parametrize(
    ("cell", "note"),
    [
        ("3x8 slow eccentric", "slow eccentric"),
        ("20 min Zone 2", "Zone 2"),
        ("3x5 @7-8", "RPE 7-8"),
        ("10x10 (German volume)", "German volume"),
        ("3x5 # elbows in", "elbows in"),
    ],
)
def test_words_beside_it_are_kept_as_a_note(cell: str, note: str) -> None:
    found = read_cell(cell, Unit.KG)
    assert isinstance(found, Prescribed)
    assert found.note == note


@pytest.mark.parametrize(
    ("cell", "reason", "instead"),
    [
        ("2\u20133x10", "2-3 sets: a plan has one number of sets", "2x10 or 3x10"),
        ("0\u20132x12\u201320", "0-2 sets: a plan has one number of sets", "2x12-20 # optional"),
        ("20\u201330 sec/side", "20-30sec: a time has no range", "1x20sec/side or 1x30sec/side"),
        ("10\u201315 min easy", "10-15min: a time has no range", "1x10min # easy or 1x15min # easy"),
        ("2-3x20-30 sec", "2-3 sets: a plan has one number of sets", "2x20sec or 3x20sec"),
        ("3x5 80-85%", "80-85%: a load has no range", "3x5 80% or 3x5 85%"),
        ("60x5", "the load stands before the reps", "1x5 60kg"),
        ("100x5", "the load stands before the reps", "1x5 100kg"),
        ("3x60kg x 5", "the load stands before the reps", "3x5 60kg"),
        ("3x5x60", "three numbers leave open which is the load", "3x5 60kg or 1x5 60kg"),
        ("2-3 trips/side", "trips have no length", "3x20m/side or 3x30s/side"),
        ("8-Dec", "the spreadsheet made a date of it", "8-12, in a cell formatted as text"),
        ("Aug-12", "the spreadsheet made a date of it", "8-12, in a cell formatted as text"),
        ("12", "a number alone may be sets, reps or a load", "3x12"),
        ("=A1*2", "a formula is not worked out here", "what it comes to, such as 3x5 100kg"),
        ("", "sets are missing", "3x8-12"),
    ],
)
def test_what_is_not_sure_is_named_with_what_could_be(cell: str, reason: str, instead: str) -> None:
    found = read_cell(cell, Unit.KG)
    assert isinstance(found, Unread)
    assert found.reason == reason
    assert found.instead == instead


SETS = st.integers(1, 5)
REPS = st.integers(1, 30)


@given(low=SETS, more=SETS, reps=REPS, unit=st.sampled_from(["", "s", " sec", " min", "/side", " kg"]))
def test_every_way_out_can_be_read(low: int, more: int, reps: int, unit: str) -> None:
    for text in (
        f"{low}-{low + more}x{reps}{unit}",
        f"{low}x{reps}-{reps + more}{unit}",
        f"{reps}-{reps + more}{unit}",
    ):
        found = read_cell(text, Unit.KG)
        if isinstance(found, Unread) and "text" not in found.instead:
            for option in found.instead.split(" or "):
                assert isinstance(read_cell(option, Unit.KG), Prescribed), (text, found)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = read_cell(text, Unit.LB)
    if isinstance(found, Prescribed):
        assert found.groups
    else:
        assert found.reason
        assert found.instead
