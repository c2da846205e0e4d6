"""What the tests of damaged imports share: a practice with few exercises, and a file that is only tried."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from ptrack.database.fresh import create_database
from ptrack.errors import PtrackError
from ptrack.exchange.bulk import Bulk, bulk_writing

NOW = datetime(2026, 11, 20, 9, 20, tzinfo=UTC)
FEW_EXERCISES = (
    "DELETE FROM prescription",
    "DELETE FROM exercise WHERE name NOT IN ('Bench Press', 'Back Squat', 'Plank')",
)

_Report = TypeVar("_Report")


def small_practice(folder: Path, *statements: str) -> Path:
    """A practice whose names are soon searched; `statements` are run in it, too."""
    path = folder / "practice.db"
    create_database(path, "Europe/Berlin", NOW)
    with bulk_writing(path, NOW) as bulk:
        for statement in (*FEW_EXERCISES, *statements):
            bulk.connection.execute(statement)
    return path


def tried(
    bulk: Bulk, path: Path, raw: bytes, importing: Callable[[Bulk, Path], list[_Report]]
) -> _Report | None:
    """The report on a file of those bytes, its writing taken back; None where it is refused by name."""
    path.write_bytes(raw)
    bulk.connection.execute("SAVEPOINT tried")
    try:
        return importing(bulk, path)[0]
    except PtrackError:
        return None
    finally:
        bulk.connection.execute("ROLLBACK TO tried")
        bulk.connection.execute("RELEASE tried")
