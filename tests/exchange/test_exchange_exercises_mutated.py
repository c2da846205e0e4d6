"""Damaged libraries of exercises: no traceback, no hang, and every entry accounted for."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchange_samples import EXAMPLES
from exercise_samples import free_entry, older_wger_entry, wger_entry
from mutations import EDITS, Edit, damaged
from ptrack.database.fresh import create_database
from ptrack.errors import PtrackError
from ptrack.exchange.bulk import Bulk, bulk_writing
from ptrack.exchange.exercises import Report, Wanted, import_exercises

NOW = datetime(2026, 11, 20, 9, 20, tzinfo=UTC)
CASES = 500
WANTED = Wanted(is_partial=True, is_dry=True)
FEW = ("DELETE FROM prescription", "DELETE FROM exercise WHERE name NOT IN ('Bench Press', 'Back Squat')")
SAMPLES = {
    "free": json.dumps([free_entry(), free_entry(name="Bench Press", id="b")], indent=1).encode(),
    "wger": json.dumps({"count": 2, "results": [wger_entry(), older_wger_entry()]}, indent=1).encode(),
    "table": (EXAMPLES / "exercises.csv").read_bytes() + b"Back Squat,,,,,,,,\n",
}


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("exercises_mutated") / "practice.db"
    create_database(path, "Europe/Berlin", NOW)
    with bulk_writing(path, NOW) as bulk:
        for statement in FEW:
            bulk.connection.execute(statement)
    return path


@pytest.fixture(scope="module")
def bulk(practice: Path) -> Iterator[Bulk]:
    with bulk_writing(practice, NOW) as open_bulk:
        yield open_bulk


def tried(bulk: Bulk, path: Path, raw: bytes) -> Report | None:
    """The report on a file of those bytes, its writing taken back; None where it is refused by name."""
    path.write_bytes(raw)
    bulk.connection.execute("SAVEPOINT tried")
    try:
        return import_exercises(bulk, [path], WANTED)[0]
    except PtrackError:
        return None
    finally:
        bulk.connection.execute("ROLLBACK TO tried")
        bulk.connection.execute("RELEASE tried")


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
    report = tried(bulk, practice.parent / "damaged", damaged(SAMPLES[name], edits))
    if report is not None:
        ledger = report.ledger
        assert ledger.rows == ledger.outcomes.total() + ledger.skipped.total() + len(ledger.rejected)
        assert report.written.exercises + report.written.updated == ledger.imported


@pytest.mark.parametrize("name", SAMPLES)
def test_an_undamaged_one_comes_in(bulk: Bulk, practice: Path, name: str) -> None:
    report = tried(bulk, practice.parent / "whole", SAMPLES[name])
    assert report is not None
    assert report.is_clean
    assert report.ledger.imported
