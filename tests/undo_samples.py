"""What the tests of undo share: a practice with some of everything, and all that is in one to compare by."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

SQUATS = "Back Squat: 3x5 100kg"
PREPARED = (
    ("init", "--name", "Studio Nord", "--timezone", "Europe/Berlin"),
    ("locations", "add", "Park"),
    ("trainers", "add", "Maya Lind"),
    ("clients", "add", "Anna Berg", "--email", "anna@example.org", "--tag", "morning", "--location", "Park"),
    ("clients", "add", "Ben Olsen", "--trainer", "Maya Lind"),
    ("clients", "add", "Cara Diaz"),
    ("clients", "pause", "cara"),
    ("packages", "sell", "anna", "--sessions", "10", "--price", "650"),
    ("packages", "sell", "cara", "--sessions", "5"),
    ("metrics", "add", "anna", "weight=68", "--when", "2026-11-01 08:00"),
    ("log", "add", "anna", SQUATS, "--when", "2026-11-16 18:00"),
    ("log", "add", "anna", "Back Squat: 3x5 105kg\nPull-Up: 3x5", "--when", "2026-11-18 18:00"),
    ("programs", "assign", "5x5", "anna", "--start", "2026-11-16"),
    ("appointments", "add", "anna", "2026-11-19 09:00"),
    ("appointments", "add", "anna", "2026-11-19 11:00"),
    ("appointments", "add", "anna", "2026-11-23 09:00", "--location", "Park"),
    ("appointments", "add", "ben", "2026-11-17 09:00"),
    ("appointments", "add", "cara", "2026-11-18 09:00"),
    ("appointments", "add", "ben", "2026-11-19 15:00"),
    ("appointments", "add", "anna", "2026-11-20 10:00"),
    ("appointments", "complete", "1", "--log", "Bench Press: 3x5 60kg"),
    ("appointments", "complete", "4"),
    ("appointments", "no-show", "5", "--charge"),
    ("appointments", "start", "7"),
    ("metrics", "define", "sleep", "--name", "Sleep", "--unit", "h"),
)
"""Appointment 1 is completed, 2, 3, 6 are scheduled, 4 is completed and owed, 5 a no-show, 7 in progress."""

_JOURNAL = ("change", "change_row", "credit_entry", "sqlite_sequence", "alembic_version")
_DERIVED = ("message", "token")  # what is to be sent follows from how things stand; what was sent stays
_OUT_OF_SIGHT = {"package": "voided_at IS NULL", "client": "removed_at IS NULL"}

Contents = dict[str, list[tuple[Any, ...]]]


def contents(path: Path) -> Contents:
    """All that a person can see of a practice: rows, balances, what each session cost.

    Automatic metric entries are compared without their numbers, for they are collected anew.
    """
    with closing(sqlite3.connect(path)) as connection:
        tables = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if name not in (*_JOURNAL, *_DERIVED)
        ]
        found = {
            name: sorted(
                connection.execute(f"SELECT * FROM {name} WHERE {_OUT_OF_SIGHT.get(name, '1')}"), key=repr
            )
            for name in tables
        }
        found["metric_entry"] = sorted(
            (row[1:] if row[5] == "auto" else row for row in found["metric_entry"]), key=repr
        )
        for column in ("package_id", "session_id"):
            found[column] = connection.execute(
                f"SELECT {column}, sum(delta) FROM credit_entry GROUP BY {column} "
                f"HAVING sum(delta) <> 0 ORDER BY {column}"
            ).fetchall()
    return found


def differences(have: Contents, want: Contents) -> dict[str, tuple[Any, Any]]:
    """The rows that only one of two has, by table."""
    return {
        name: (
            [row for row in have[name] if row not in want[name]],
            [row for row in want[name] if row not in have[name]],
        )
        for name in want
        if have[name] != want[name]
    }
