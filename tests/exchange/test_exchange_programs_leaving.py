"""Programs out and in again: the same plans, whatever they are written as."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ptrack.database.fresh import create_database
from ptrack.exchange.bulk import Bulk, bulk_writing
from ptrack.exchange.program_export import Leaving, ProgramFormat, content_of
from ptrack.exchange.program_import import Wanted, import_programs, read_files
from ptrack.naming import clean
from ptrack.notation.model import (
    OPEN,
    Day,
    ExerciseLine,
    Load,
    LoadKind,
    Program,
    Progression,
    ProgressionKind,
    SetGroup,
)  # fmt: skip
from ptrack.programs.queries import plans, program
from ptrack.vocabulary import Section, Unit

NOW = datetime(2026, 11, 20, 9, 20, tzinfo=UTC)
TODAY = date(2026, 11, 20)
NAMES = {"Back Squat": 0, "Bench Press": 0, "Plank": 0, "Run": 0}


@pytest.fixture(scope="module")
def bulk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bulk]:
    path = tmp_path_factory.mktemp("leaving") / "practice.db"
    create_database(path, "Europe/Berlin", NOW)
    with bulk_writing(path, NOW) as found:
        for name in NAMES:
            NAMES[name] = found.reader.value("SELECT id FROM exercise WHERE name = :name", name=name)
        yield found


def is_told_apart(text: str) -> bool:
    """Whether a text is one, and begins with no apostrophe, which stands for a formula in a table."""
    return bool(text) and not text.startswith("'")


WORDS = st.text("abcdefg =+-@'\"#;,.:()/äß\u4e16", min_size=1, max_size=12).map(clean).filter(is_told_apart)
LOADS = st.one_of(
    st.just(OPEN),
    st.builds(lambda grams: Load(LoadKind.WEIGHT, grams), st.integers(0, 400_000)),
    st.builds(lambda grams: Load(LoadKind.BODYWEIGHT, grams), st.integers(-100_000, 100_000)),
    st.builds(lambda percent: Load(LoadKind.PERCENT, percent=percent / 100), st.integers(1, 15_000)),
)


@st.composite
def groups(draw: st.DrawFn) -> SetGroup:
    low = draw(st.none() | st.integers(1, 9_999))
    high = low if low is None else draw(st.just(low) | st.integers(low, 9_999))
    seconds = draw(st.integers(1, 86_400) if low is None else st.none() | st.integers(1, 86_400))
    meters = draw(st.none() | st.integers(1, 100_000).map(float))
    return SetGroup(
        sets=draw(st.integers(1, 99)),
        reps_min=low,
        reps_max=high,
        amrap=low is not None and low == high and draw(st.booleans()),
        load=draw(LOADS),
        rpe=draw(st.none() | st.integers(2, 20).map(lambda half: half / 2)),
        seconds=seconds,
        meters=meters,
        per_side=draw(st.booleans()),
        tempo=draw(st.none() | st.sampled_from(["3-1-1-0", "31x0"])),
        is_warmup=draw(st.booleans()),
    )


PROGRESSIONS = st.none() | st.builds(
    Progression, st.just(ProgressionKind.DOUBLE), st.none() | st.integers(1, 9_000)
) | st.builds(Progression, st.just(ProgressionKind.ADD), st.integers(1, 9_000))  # fmt: skip


@st.composite
def lines(draw: st.DrawFn) -> ExerciseLine[int]:
    name = draw(st.sampled_from(sorted(NAMES)))
    return ExerciseLine(
        name,
        NAMES[name],
        tuple(draw(st.lists(groups(), min_size=1, max_size=3))),
        draw(st.none() | st.sampled_from(["A1", "B2"])),
        draw(st.sampled_from(Section)),
        draw(st.none() | st.integers(1, 600)),
        draw(PROGRESSIONS),
        draw(st.none() | WORDS),
    )


@st.composite
def programs(draw: st.DrawFn) -> Program[int]:
    weeks = draw(st.integers(1, 6))
    names = draw(
        st.lists(
            st.sampled_from(["Upper A", "Lower", "Monday", "3", "Week 9", "Rest"]),
            min_size=1,
            max_size=3,
            unique=True,
        )
    )
    days = [
        Day(name, tuple(draw(st.lists(lines(), min_size=1, max_size=3))), week)
        for name in names
        for week in draw(st.lists(st.none() | st.integers(1, weeks), min_size=1, max_size=2, unique=True))
    ]
    return Program(
        draw(WORDS), weeks, draw(st.integers(len(names), 14)), tuple(days), draw(st.none() | WORDS)
    )


@pytest.mark.parametrize("wanted", [ProgramFormat.CSV, ProgramFormat.JSON, ProgramFormat.XLSX])
@given(plan=programs())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None)
def test_what_leaves_comes_in_the_same(
    bulk: Bulk, tmp_path_factory: pytest.TempPathFactory, wanted: ProgramFormat, plan: Program[int]
) -> None:
    row = program(bulk.reader, 1)._replace(
        name=plan.name, weeks=plan.weeks, days_per_week=plan.days_per_week, goal=plan.goal, description=None
    )
    path = tmp_path_factory.getbasetemp() / f"leaving.{wanted}"
    path.write_bytes(content_of([Leaving(row, plan)], wanted, Unit.KG))
    options = Wanted(today=TODAY)
    bulk.connection.execute("SAVEPOINT tried")
    try:
        (report,) = import_programs(bulk, read_files(bulk.reader, [path], options), options)
        assert report.rejected == ()
        (brought,) = report.written.programs
        (found,) = plans(bulk.reader, [program(bulk.reader, brought.id)])
        assert found == plan
    finally:
        bulk.connection.execute("ROLLBACK TO tried")
        bulk.connection.execute("RELEASE tried")
