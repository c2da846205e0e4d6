"""The pages that are looked at all day find their rows by an index; none scans a growing table."""

import re
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from practice import Size, make_practice

from harness import Run

GROWING = frozenset(
    (
        "appointment", "session", "credit_entry", "workout", "workout_exercise", "workout_set",
        "metric_entry", "change", "change_row", "message", "token",
    )
)  # fmt: skip
TINY = Size(clients=4, trainers=2, days=60, appointments=60, workouts=40, sets_each=10, entries=80)
HOT = (
    ("today",),
    ("close", "--dry-run"),
    ("clients", "list"),
    ("clients", "show", "1"),
    ("appointments", "week", "--trainer", "1"),
    ("appointments", "day", "--trainer", "1"),
    ("appointments", "show", "10"),
    ("trainers", "show", "1"),
    ("packages", "ledger", "1"),
    ("log", "list", "--client", "1"),
    ("log", "show", "5"),
    ("log", "records", "1", "Back Squat"),
    ("log", "history", "1", "Back Squat"),
    ("metrics", "list", "1"),
    ("metrics", "history", "1", "weight"),
    ("report", "usage", "1"),
    ("report", "usage", "1", "--month", "2026-11"),
    ("report", "practice"),
    ("report", "practice", "--range", "all"),
    ("report", "commission"),
    ("report", "commission", "--trainer", "1"),
    ("report", "attendance"),
    ("report", "attendance", "--month", "2026-11"),
    ("report", "attendance", "--client", "1"),
    ("report", "workout", "5"),
    ("reminders", "send"),
    ("reminders", "preview"),
)
FOLLOWED = (
    ("programs", "next", "1"),
    ("programs", "show", "8"),
    ("programs", "show", "8", "--actual"),
    ("programs", "show", "8", "--week", "1"),
    ("log", "show", "42", "--planned"),
)
PROGRAM = """program: Loads
weeks: 4
days per week: 1
day: A
Back Squat: 3x5 100kg progress +2.5kg
Bench Press: 3x5 75%
Pull-Up: 3x5 80%
"""
NAMED = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)(?:\s+(?:AS\s+)?(\w+))?", re.IGNORECASE)


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that the commands send to a practice with some of everything in it."""
    path = tmp_path / "practice.db"
    make_practice(path, TINY, datetime.fromisoformat("2026-11-20T10:20:00+01:00"))
    statements: list[str] = []
    from ptrack.database import reading

    connect = reading.connect

    def traced(path: Path, mode: str = "ro") -> sqlite3.Connection:
        connection = connect(path, mode)
        connection.set_trace_callback(statements.append)
        return connection

    monkeypatch.setattr(reading, "connect", traced)
    return statements


def _scans(connection: sqlite3.Connection, statement: str) -> list[str]:
    """The growing tables that a statement reads from end to end."""
    tables = {alias or table: table for table, alias in NAMED.findall(statement)}
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
    scanned = [step.split()[1] for step in plan if step.startswith("SCAN ")]
    return [name for name in scanned if tables.get(name, name) in GROWING]


@pytest.mark.parametrize("words", HOT, ids=" ".join)
def test_no_hot_page_scans_what_grows(
    words: tuple[str, ...], run: Run, asked: list[str], tmp_path: Path
) -> None:
    run(*words)
    _require_no_scans(asked, tmp_path)


def _require_no_scans(asked: list[str], tmp_path: Path) -> None:
    questions = [text for text in asked if re.match(r"\s*(SELECT|WITH)\b", text, re.IGNORECASE)]
    assert questions
    with closing(sqlite3.connect(tmp_path / "practice.db")) as connection:
        found = {text: scans for text in questions if (scans := _scans(connection, text))}
    assert not found


@pytest.mark.parametrize("words", FOLLOWED, ids=" ".join)
def test_nothing_scans_what_grows_to_tell_planned_loads(
    words: tuple[str, ...], run: Run, asked: list[str], tmp_path: Path
) -> None:
    (tmp_path / "loads.txt").write_text(PROGRAM)
    run("programs", "new", str(tmp_path / "loads.txt"))
    run("programs", "assign", "loads", "1")
    run("log", "add", "1", "Bench Press: 1x5 80kg; Pull-Up: 1x5 bw", "--no-program")
    run("log", "add", "1")
    asked.clear()
    run(*words)
    _require_no_scans(asked, tmp_path)
