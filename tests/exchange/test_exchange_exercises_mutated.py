"""Damaged libraries of exercises: no traceback, no hang, and every entry accounted for."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from damaged_imports import NOW, small_practice, tried
from exchange_samples import EXAMPLES
from exercise_samples import free_entry, older_wger_entry, wger_entry
from mutations import EDITS, Edit, damaged
from ptrack.exchange.bulk import Bulk, bulk_writing
from ptrack.exchange.exercises import Report, Wanted, import_exercises

CASES = 500
WANTED = Wanted(is_partial=True, is_dry=True)
SAMPLES = {
    "free": json.dumps([free_entry(), free_entry(name="Bench Press", id="b")], indent=1).encode(),
    "wger": json.dumps({"count": 2, "results": [wger_entry(), older_wger_entry()]}, indent=1).encode(),
    "table": (EXAMPLES / "exercises.csv").read_bytes() + b"Back Squat,,,,,,,,\n",
}


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_practice(tmp_path_factory.mktemp("exercises_mutated"))


@pytest.fixture(scope="module")
def bulk(practice: Path) -> Iterator[Bulk]:
    with bulk_writing(practice, NOW) as open_bulk:
        yield open_bulk


def importing(bulk: Bulk, path: Path) -> list[Report]:
    return import_exercises(bulk, [path], WANTED)


@pytest.mark.parametrize("name", SAMPLES)
@given(edits=st.lists(EDITS, min_size=1, max_size=4))
@settings(
    max_examples=CASES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    database=None,
)
def test_damaged_libraries_are_accounted_for(
    bulk: Bulk, practice: Path, name: str, edits: list[Edit]
) -> None:
    report = tried(bulk, practice.parent / "damaged", damaged(SAMPLES[name], edits), importing)
    if report is not None:
        ledger = report.ledger
        assert ledger.rows == ledger.outcomes.total() + ledger.skipped.total() + len(ledger.rejected)
        assert report.written.exercises + report.written.updated == ledger.imported


@pytest.mark.parametrize("name", SAMPLES)
def test_an_undamaged_one_comes_in(bulk: Bulk, practice: Path, name: str) -> None:
    report = tried(bulk, practice.parent / "whole", SAMPLES[name], importing)
    assert report is not None
    assert report.is_clean
    assert report.ledger.imported
