"""An empty practice, to be filled by hand."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ptrack.database.fresh import create_database
from report_rows import Rows


@pytest.fixture(scope="session")
def empty_practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice in which nothing has happened."""
    path = tmp_path_factory.mktemp("reports") / "practice.db"
    create_database(path, "Europe/Berlin", datetime(2020, 1, 1, tzinfo=UTC))
    return path


@pytest.fixture
def rows(empty_practice: Path) -> Iterator[Rows]:
    """An empty practice in memory, to be filled."""
    with (
        closing(sqlite3.connect(empty_practice)) as source,
        closing(sqlite3.connect(":memory:", isolation_level=None)) as connection,
    ):
        source.backup(connection)
        yield Rows(connection)
