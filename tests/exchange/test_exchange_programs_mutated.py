"""Damaged files of programs: no traceback, no hang, and every row accounted for."""

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from damaged_imports import NOW, small_practice, tried
from mutations import EDITS, Edit, damaged
from program_samples import EXAMPLES, GRID, JSON_PLAN, workbook
from ptrack.exchange.bulk import Bulk, bulk_writing
from ptrack.exchange.program_import import Report, Wanted, import_programs, read_files

WANTED = Wanted(today=date(2026, 11, 20), creates=True, is_partial=True, is_dry=True)
SAMPLES = {
    "long": (EXAMPLES / "four-days.csv").read_bytes(),
    "weeks": (EXAMPLES / "weeks-across.csv").read_bytes(),
    "notation": (EXAMPLES / "squat-waves.txt").read_bytes(),
    "grid": GRID.encode(),
    "json": JSON_PLAN.encode(),
    "workbook": workbook(Plan=[["Exercise", "Sets", "Reps"], ["Back Squat", 3, 5], ["Plank", 3, "45 s"]]),
}
IN_ALL = 2_000
LONGEST_SECONDS = 1.0


@pytest.fixture(scope="module")
def bulk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bulk]:
    path = small_practice(tmp_path_factory.mktemp("mutated"))
    with bulk_writing(path, NOW) as open_bulk:
        yield open_bulk


def importing(bulk: Bulk, path: Path) -> list[Report]:
    return import_programs(bulk, read_files(bulk.reader, [path], WANTED), WANTED)


def check(bulk: Bulk, path: Path, raw: bytes) -> None:
    for _ in range(2):  # for a collection of all the test run's garbage may fall into one
        began = time.process_time()
        report = tried(bulk, path, raw, importing)
        took = time.process_time() - began
        if took < LONGEST_SECONDS:
            break
    assert took < LONGEST_SECONDS
    if report is not None:
        taken = report.written.rows_imported + report.written.rows_duplicate
        assert report.account.rows == taken + len(report.rejected) + report.account.skipped.total()


@pytest.mark.parametrize("kind", SAMPLES)
@given(edits=st.lists(EDITS, min_size=1, max_size=4))
@settings(
    max_examples=IN_ALL // len(SAMPLES) + 1,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    database=None,
)
def test_damaged_plans_are_accounted_for(
    bulk: Bulk, tmp_path_factory: pytest.TempPathFactory, kind: str, edits: list[Edit]
) -> None:
    path = tmp_path_factory.getbasetemp() / f"damaged-{kind}.csv"
    check(bulk, path, damaged(SAMPLES[kind], edits))


@pytest.mark.full
@pytest.mark.parametrize("kind", SAMPLES)
@given(edits=st.lists(EDITS, min_size=1, max_size=6))
@settings(
    max_examples=100_000 // len(SAMPLES) + 1,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
)
def test_many_damaged_plans_are_accounted_for(
    bulk: Bulk, tmp_path_factory: pytest.TempPathFactory, kind: str, edits: list[Edit]
) -> None:
    path = tmp_path_factory.getbasetemp() / f"damaged-much-{kind}.csv"
    check(bulk, path, damaged(SAMPLES[kind], edits))
