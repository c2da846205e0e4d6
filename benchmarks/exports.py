"""Exports of other programs, of any length, to measure imports on."""

import csv
import random
from datetime import datetime, timedelta
from pathlib import Path

EXERCISES = (
    "Squat (Barbell)", "Bench Press (Barbell)", "Deadlift (Barbell)", "Overhead Press (Barbell)", "Pull Up",
    "Bent Over Row (Barbell)", "Bicep Curl (Dumbbell)", "Lat Pulldown (Cable)",
)  # fmt: skip
HEADER = (
    "Date", "Workout Name", "Duration", "Exercise Name", "Set Order", "Weight", "Reps", "Distance", "Seconds",
    "Notes", "Workout Notes", "RPE",
)  # fmt: skip
SETS_A_WORKOUT = 15


def strong_export(path: Path, sets: int) -> Path:
    """A file as Strong writes it, with that many sets in workouts of 15; made once."""
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    chance = random.Random(sets)  # noqa: S311  repeatable, not secret
    began = datetime(1990, 1, 1, 7)  # noqa: DTZ001  an export states no zone
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(sets):
            workout, place = divmod(number, SETS_A_WORKOUT)
            at = began + timedelta(hours=4 * workout)
            exercise = EXERCISES[(workout + place // 5) % len(EXERCISES)]
            load = 40 + chance.randrange(0, 40) * 2.5
            writer.writerow(
                (
                    at,
                    "Morning",
                    "1h 5m",
                    exercise,
                    place % 5 + 1,
                    load,
                    chance.randrange(3, 12),
                    0,
                    0,
                    "",
                    "",
                    "",
                )
            )
    return path
