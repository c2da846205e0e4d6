"""How the agenda is asked for: by index, however long the practice has been running."""

from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from ptrack.database.fresh import create_database
from ptrack.database.reading import Reader, connect, instant_text
from ptrack.scheduling import queries
from ptrack.scheduling.availability_queries import neighbours
from ptrack.scheduling.rules import Slot

NOW = datetime(2026, 11, 20, 9, 20, tzinfo=UTC)
TODAY = date(2026, 11, 20)


class Watching(Reader):
    """Keeps the plan of everything that is asked."""

    def __init__(self, path: Path) -> None:
        super().__init__(connect(path))
        self.plans: list[str] = []
        self.connection.set_trace_callback(self._note)

    def _note(self, sql: str) -> None:
        if not sql.startswith("EXPLAIN"):
            self.plans.append(sql)

    def steps(self) -> list[str]:
        """What SQLite did, step by step."""
        self.connection.set_trace_callback(None)
        return [row[3] for sql in self.plans for row in self.connection.execute(f"EXPLAIN QUERY PLAN {sql}")]


@pytest.fixture
def busy(tmp_path: Path) -> Path:
    path = tmp_path / "busy.db"
    create_database(path, "Europe/Berlin", NOW)
    with closing(connect(path, "rw")) as connection:
        connection.execute("BEGIN")
        made = instant_text(NOW)
        connection.executemany(
            "INSERT INTO client (name, channel, leaderboard_opt_in, status, created_at)"
            " VALUES (?, 'email', 0, 'active', ?)",
            [(f"Client {number}", made) for number in range(1, 31)],
        )
        connection.executemany(
            "INSERT INTO appointment (client_id, trainer_id, starts_at, duration_min, status, sequence,"
            " created_at) VALUES (?, 1, ?, 60, 'scheduled', 0, ?)",
            [(n % 30 + 1, instant_text(NOW + timedelta(hours=n - 1000)), made) for n in range(2000)],
        )
        connection.execute("COMMIT")
        connection.execute("ANALYZE")
    return path


def test_a_week_is_two_queries_and_scans_no_growing_table(busy: Path) -> None:
    reader = Watching(busy)
    with closing(reader.connection):
        rows = queries.appointments(reader, TODAY, NOW, NOW + timedelta(days=7))
        assert len(rows) == 168
        assert len(reader.plans) == 2  # the appointments, and their reminders
        steps = reader.steps()
    assert any(step.startswith("SEARCH a USING INDEX ix_appointment_starts_at") for step in steps)
    scanned = {step.split()[1] for step in steps if step.startswith("SCAN")}
    assert scanned <= {"v", "d", "c", "page", "t", "l"}  # the page itself, and tables that don't grow


def test_what_may_be_in_the_way_is_found_by_index(busy: Path) -> None:
    reader = Watching(busy)
    with closing(reader.connection):
        wanted = Slot(None, 1, 1, NOW, 60)
        assert len(neighbours(reader, wanted)) >= 24
        steps = reader.steps()
    assert any(step.startswith("SEARCH a USING INDEX ix_appointment_starts_at") for step in steps)
    assert not [step for step in steps if step.startswith("SCAN a")]


def test_every_row_carries_where_its_client_stands(busy: Path) -> None:
    with closing(connect(busy)) as connection:
        row = queries.appointment(Reader(connection), 1, TODAY)
    assert (row.standing.remaining, row.reserved, row.standing.available) == (0, 67, -67)
