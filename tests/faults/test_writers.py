"""Several programs write into one practice at once: nothing is lost or done twice, nobody is locked out."""

import json
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from exchange_samples import strong_file, strong_row
from faults.victim import environment
from harness import Run
from ptrack.credits.actions import add_package
from ptrack.credits.rules import Shape
from ptrack.database.session import writing
from ptrack.models.agenda import Appointment
from ptrack.models.practice import Client
from ptrack.vocabulary import PackageKind

NOW = datetime(2026, 11, 20, 9, 20, tzinfo=UTC)
CREDITS = 5_000


def prepare(practice: Path, folder: Path, appointments: int, exports: int) -> dict[str, Any]:
    """What the workers will be after: one client's package, past appointments, exports to bring in."""
    with writing(practice, "test", NOW) as work:
        client = work.add(Client(name="Anna Berg", created_at=NOW)).id
        assert client is not None
        package = add_package(work, client, Shape(PackageKind.SESSIONS, CREDITS), NOW.date())
        numbers = [
            work.add(
                Appointment(
                    client_id=client,
                    trainer_id=1,
                    starts_at=NOW - timedelta(hours=hour + 2),
                    duration_min=60,
                    created_at=NOW,
                )
            ).id
            for hour in range(appointments)
        ]
    (folder / "exports").mkdir()
    for number in range(exports):
        began = datetime(2024, 1, 1, 18, tzinfo=UTC) + timedelta(days=number)
        strong_file(folder / "exports", strong_row(date=f"{began:%Y-%m-%d %H:%M:%S}"), name=f"{number}.csv")
    exported = str(folder / "exports")
    return {"client": client, "package": package, "appointments": numbers, "exports": exported}


def race(practice: Path, home: Path, there: dict[str, Any], workers: int, count: int) -> list[dict[str, Any]]:
    """Let the workers begin together; their reports."""
    worker = [sys.executable, "-m", "faults.writer_worker"]
    processes = [
        subprocess.Popen(
            [*worker, str(practice), str(number), str(count), json.dumps(there)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment(home),
        )
        for number in range(workers)
    ]
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate()[0] for process in processes]
    assert [process.returncode for process in processes] == [0] * workers
    return [json.loads(text) for text in said]


def holds(practice: Path, there: dict[str, Any], reports: list[dict[str, Any]]) -> None:
    """The practice is exactly the sum of what the workers were told had been done."""
    assert [fault for report in reports for fault in report["faults"]] == []
    done: Counter[str] = sum((Counter(report["done"]) for report in reports), Counter())
    adjusted = sum(report["done"].get("adjusted", 0) for report in reports)  # may be below 0
    completed = [number for report in reports for number in report["completed"]]
    assert len(completed) == len(set(completed))
    with closing(sqlite3.connect(practice)) as connection:

        def one(sql: str) -> int:
            return int(connection.execute(sql).fetchone()[0])

        by_status = "SELECT id FROM appointment WHERE status = 'completed'"
        assert sorted(completed) == sorted(row[0] for row in connection.execute(by_status))
        assert one("SELECT count(*) FROM session") == len(completed)
        assert one("SELECT count(*) FROM credit_entry WHERE reason = 'session'") == len(completed)
        assert one("SELECT count(*) FROM credit_entry WHERE reason = 'adjustment'") == done["adjustments"]
        assert one("SELECT sum(delta) FROM credit_entry") == CREDITS + adjusted - len(completed)
        assert one("SELECT count(*) FROM workout WHERE source = 'manual'") == done["logged"]
        assert one("SELECT count(*) FROM workout WHERE source = 'import'") == done["imported"]
        assert one("SELECT count(*) FROM metric_entry WHERE source = 'manual'") == done["measured"]
    assert there["appointments"]


def test_four_writers_at_once(run: Run, tmp_path: Path) -> None:
    run("clients", "list")
    practice = tmp_path / "practice.db"
    there = prepare(practice, tmp_path, appointments=30, exports=25)
    reports = race(practice, tmp_path, there, workers=4, count=50)
    holds(practice, there, reports)
    assert sum(report["done"].get("late", 0) for report in reports), "nobody raced for an appointment"
    assert reports[0]["done"]["imported"] == 25
    assert run("db", "check").out == ""


@pytest.mark.full
def test_sixteen_writers_at_once(run: Run, tmp_path: Path) -> None:
    run("clients", "list")
    practice = tmp_path / "practice.db"
    there = prepare(practice, tmp_path, appointments=300, exports=500)
    reports = race(practice, tmp_path, there, workers=16, count=1_000)
    holds(practice, there, reports)
    assert run("db", "check").out == ""
