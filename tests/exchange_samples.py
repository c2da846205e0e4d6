"""Exports made for the tests, and ways to look at what became of them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
REAL = ROOT.parent / "shared" / "data" / "workouts"

STRONG_HEADER = (
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE"
)
HEVY_HEADER = (
    "title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,set_index,set_type,"
    "weight_kg,reps,distance_km,duration_seconds,rpe"
)


def strong_row(**said: str) -> str:
    """A row of Strong's with five reps of a bench press in it, but for what is said."""
    usual = {
        "date": "2026-09-07 18:02:11", "title": "Push", "duration": "1h 5m",
        "exercise": "Bench Press (Barbell)", "order": "1", "weight": "80.0", "reps": "5",
        "distance": "0", "seconds": "0", "notes": "", "workout_notes": "", "rpe": "",
    }  # fmt: skip
    return ",".join((usual | said).values())


def strong_file(folder: Path, *rows: str, name: str = "strong.csv", header: str = STRONG_HEADER) -> str:
    """A file of Strong's with those rows; its path."""
    path = folder / name
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return str(path)


@contextmanager
def opened(folder: Path) -> Iterator[sqlite3.Connection]:
    """The test's practice, opened by hand."""
    with closing(sqlite3.connect(folder / "practice.db")) as connection:
        yield connection


def one(folder: Path, sql: str) -> object:
    """The first value of a question to the test's practice."""
    with opened(folder) as connection:
        return connection.execute(sql).fetchone()[0]


def rows_of(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    """Every row of a question to the test's practice."""
    with opened(folder) as connection:
        return connection.execute(sql).fetchall()


def contents(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All that an import may touch, row by row."""
    tables = (
        "workout",
        "workout_exercise",
        "workout_set",
        "exercise",
        "exercise_alias",
        "metric_entry",
        "import_batch",
    )
    return {table: rows_of(folder, f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables}
