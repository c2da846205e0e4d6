"""Damaged files: no traceback, no hang, and every row accounted for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from damaged_imports import NOW, small_practice, tried
from exchange_samples import EXAMPLES
from mutations import EDITS, Edit, damaged
from ptrack.exchange.bulk import Bulk, bulk_writing
from ptrack.exchange.workouts import Report, Wanted, import_workouts

SAMPLES = [(EXAMPLES / name).read_bytes() for name in ("strong-sample.csv", "hevy-sample.csv")]
WANTED = Wanted(client="anna", creates=True, is_partial=True, is_dry=True)
CASES = 1000
ADD_CLIENT = """
INSERT INTO client (name, leaderboard_opt_in, channel, status, created_at)
VALUES ('Anna', 0, 'none', 'active', '2026-01-01 00:00:00.000000')"""


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_practice(tmp_path_factory.mktemp("mutated"), ADD_CLIENT)


@pytest.fixture(scope="module")
def bulk(practice: Path) -> Iterator[Bulk]:
    with bulk_writing(practice, NOW) as open_bulk:
        yield open_bulk


def importing(bulk: Bulk, path: Path) -> list[Report]:
    return import_workouts(bulk, [path], WANTED)


@pytest.mark.parametrize("sample", SAMPLES, ids=("strong", "hevy"))
@given(edits=st.lists(EDITS, min_size=1, max_size=4))
@settings(
    max_examples=CASES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    database=None,
)
def test_damaged_files_are_accounted_for(
    bulk: Bulk, practice: Path, sample: bytes, edits: list[Edit]
) -> None:
    report = tried(bulk, practice.parent / "damaged.csv", damaged(sample, edits), importing)
    if report is not None:
        written, account = report.written, report.account
        taken = written.rows_imported + written.rows_duplicate
        assert account.rows == taken + len(report.rejected) + account.skipped.total()
        assert written.sets == taken
