"""Plans made at random, of all that the notation can say."""

from functools import cache

from hypothesis import strategies as st

from ptrack.notation import (
    Day,
    ExerciseLine,
    Load,
    LoadKind,
    Program,
    Progression,
    ProgressionKind,
    SetGroup,
)
from ptrack.notation.measures import METERS, MOST_GRAMS, MOST_METERS, MOST_SECONDS, grams, meters
from ptrack.vocabulary import Section

halves = st.integers(2, 20).map(lambda twice: twice / 2)
seconds = st.one_of(st.integers(1, MOST_SECONDS), st.integers(1, 24 * 60).map(lambda minutes: minutes * 60))
grams_of_load = st.one_of(
    st.integers(0, MOST_GRAMS),
    st.integers(0, 4000).map(lambda quarters: quarters * 250),
    st.integers(0, 8000).map(lambda quarters: grams(quarters / 4, "lb")),
)
lengths = st.one_of(
    st.integers(1, MOST_METERS).map(float),
    st.builds(meters, st.integers(1, 6000).map(lambda tenths: tenths / 10), st.sampled_from(sorted(METERS))),
    st.integers(1, 10**10).map(lambda tenths_of_mm: tenths_of_mm / 10_000),
)
tempos = st.sampled_from(["3-1-1-0", "31X0", "2-0-x-0", "10-0-1"])
# At the beginning of a text this is the mark of its encoding.
_BYTE_ORDER_MARK = "\ufeff"
# What has zero bytes in it is refused as no text, in files and on standard input.
_characters = st.characters(codec="utf-8", exclude_characters=f"{_BYTE_ORDER_MARK}\0")
texts = st.text(_characters | st.sampled_from(' :;#"[]()x13'), max_size=12).map(
    lambda text: " ".join(text.split())
)
names = st.sampled_from(["Squat", "Pull-Up", "Row: wide", "A1 Row", "Day"]) | texts.filter(bool)
notes = texts.map(lambda text: text.replace(";", ",").replace("\uff1b", ",")).map(lambda text: text or None)


@cache
def loads() -> st.SearchStrategy[Load]:
    added = st.builds(lambda weight_g, sign: weight_g * sign, grams_of_load, st.sampled_from([1, -1]))
    return st.one_of(
        st.just(Load()),
        grams_of_load.map(lambda weight_g: Load(LoadKind.WEIGHT, weight_g)),
        st.integers(1, 20_000).map(lambda hundredths: Load(LoadKind.PERCENT, percent=hundredths / 100)),
        st.one_of(st.just(0), added).map(lambda weight_g: Load(LoadKind.BODYWEIGHT, weight_g)),
    )


@st.composite
def set_groups(draw: st.DrawFn, *, planned: bool) -> SetGroup:
    if not planned and draw(st.integers(0, 9)) == 0:
        return SetGroup(is_skipped=True, load=draw(loads()), rpe=draw(st.none() | halves))
    measures = draw(st.sets(st.sampled_from(["reps", "seconds", "meters"]), min_size=1))
    low = draw(st.integers(1, 12) | st.integers(1, 9999)) if "reps" in measures else None
    high = draw(st.just(low) | st.integers(low, 9999)) if low and planned else low
    return SetGroup(
        sets=draw(st.integers(1, 5) | st.integers(1, 99)),
        reps_min=low,
        reps_max=high,
        amrap=draw(st.booleans()) if low is not None and low == high else False,
        load=draw(loads()),
        rpe=draw(st.none() | halves),
        seconds=draw(seconds) if "seconds" in measures else None,
        meters=draw(lengths) if "meters" in measures else None,
        per_side=draw(st.booleans()),
        tempo=draw(st.none() | tempos),
        is_warmup=draw(st.booleans()),
        is_skipped=not planned and draw(st.booleans()),
    )


@st.composite
def rep_lists(draw: st.DrawFn) -> list[SetGroup]:
    """Neighbours that differ in their reps alone: what a list such as 5,5,4 may be printed from."""
    load, rpe = draw(loads()), draw(st.none() | halves)
    counts = draw(
        st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3), st.booleans()), min_size=1, max_size=8)
    )
    return [
        SetGroup(sets=sets, reps_min=reps, reps_max=reps, amrap=amrap, load=load, rpe=rpe)
        for sets, reps, amrap in counts
    ]


@cache
def progressions() -> st.SearchStrategy[Progression]:
    steps = st.one_of(
        st.integers(1, MOST_GRAMS), st.integers(1, 80).map(lambda quarters: grams(quarters / 4, "lb"))
    )
    return st.one_of(
        steps.map(lambda step_g: Progression(ProgressionKind.ADD, step_g)),
        (st.none() | steps).map(lambda step_g: Progression(ProgressionKind.DOUBLE, step_g)),
    )


@st.composite
def exercise_lines(draw: st.DrawFn, *, planned: bool) -> ExerciseLine[str]:
    name = draw(names)
    groups = draw(st.lists(set_groups(planned=planned), min_size=1, max_size=3) | rep_lists())
    return ExerciseLine(
        name=name,
        exercise=name,
        groups=tuple(groups),
        superset=draw(st.none() | st.sampled_from(["A1", "B2", "Z99"])),
        section=draw(st.sampled_from(Section)),
        rest_seconds=draw(st.none() | seconds),
        progression=draw(st.none() | progressions()),
        note=draw(notes),
    )


planned_lines = st.lists(exercise_lines(planned=True), min_size=1, max_size=2).map(tuple)


@st.composite
def programs(draw: st.DrawFn) -> Program[str]:
    weeks = draw(st.integers(1, 104))
    day_names = draw(st.lists(names, min_size=1, max_size=3, unique_by=str.casefold))
    days: list[Day[str]] = []
    for name in day_names:
        numbers = draw(
            st.lists(st.none() | st.integers(1, min(weeks, 6)), min_size=1, max_size=4, unique=True)
        )
        shared = draw(planned_lines)
        days.extend(
            Day(name, shared if draw(st.booleans()) else draw(planned_lines), week) for week in numbers
        )
    return Program(
        name=draw(names),
        weeks=weeks,
        days_per_week=draw(st.integers(len(day_names), 14)),
        days=tuple(days),
        goal=draw(st.none() | names),
    )
