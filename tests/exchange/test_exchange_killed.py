"""An import that is killed leaves the practice as it was, or has ended."""

import os
import random
import signal
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from exchange_samples import contents, strong_file, strong_row
from harness import Run
from ptrack.exchange.bulk import bulk_writing
from ptrack.exchange.workouts import Wanted, import_workouts

KILLS = 24
NOW = datetime(2026, 11, 20, 9, 20, tzinfo=UTC)


def import_in_a_child(db: Path, file: str) -> int:
    """Begin the import in a process of its own; its number."""
    child = os.fork()
    if child:
        return child
    try:
        with bulk_writing(db, NOW) as bulk:
            import_workouts(bulk, [Path(file)], Wanted(client="anna"))
    finally:
        os._exit(0)


def test_killed_at_any_point_the_practice_is_old_or_new(run: Run, tmp_path: Path) -> None:
    run("clients", "add", "Anna Berg")
    rows = [
        strong_row(date=f"2025-{month:02}-{day:02} 18:00:00", order=str(number))
        for month in range(1, 7)
        for day in range(1, 26)
        for number in range(20)
    ]
    file, db = strong_file(tmp_path, *rows), tmp_path / "practice.db"
    before, untouched = contents(tmp_path), db.read_bytes()
    run("import", "workouts", file, "--client", "anna", "--dry-run")
    started = time.monotonic()
    os.waitpid(import_in_a_child(db, file), 0)
    lasted, after = time.monotonic() - started, contents(tmp_path)
    assert len(after["workout"]) == 150
    chance = random.Random(20261120)  # noqa: S311  no secret
    for _ in range(KILLS):
        db.write_bytes(untouched)
        child = import_in_a_child(db, file)
        time.sleep(chance.uniform(0, 1.1) * lasted)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with closing(sqlite3.connect(db)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert contents(tmp_path) in (before, after)
