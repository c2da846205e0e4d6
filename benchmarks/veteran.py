"""Make a year's practice with one client in it who has logged 50,000 sets: ten years of four workouts a week.

    python benchmarks/veteran.py veteran.db

What is done is as mixed as a real log: barbell lifts, pull-ups with and without a belt, push-ups, planks,
runs and carries, warm-ups among them, with a body weight a week.
"""

import random
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from practice import SEED, SMALL, Spread, Statement, make_practice

from ptrack.database.reading import instant_text

VETERAN = 13
"""The client's number, the first after those of a year's practice."""

WORKOUTS, LINES, SETS = 2_084, 6, 4
LIFTS = (
    "Back Squat", "Bench Press", "Deadlift", "Overhead Press", "Barbell Row", "Romanian Deadlift",
    "Front Squat",
)  # fmt: skip
BODILY = ("Pull-Up", "Chin-Up", "Dip")
OTHERS = ("Push-Up", "Plank", "Run", "Row Machine")


def make_veteran(path: Path, now: datetime) -> None:
    """Write the practice to a new file."""
    make_practice(path, SMALL, now)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        numbers = dict(connection.execute("SELECT name, id FROM exercise"))
        weight = connection.execute("SELECT id FROM metric WHERE key = 'weight'").fetchone()[0]
        first = connection.execute("SELECT max(id) + 1 FROM workout").fetchone()[0]
        line = connection.execute("SELECT max(id) + 1 FROM workout_exercise").fetchone()[0]
        connection.execute("BEGIN")
        spread = Spread(now, 3650)
        for sql, rows in (*_person(spread, weight), *_log(spread, numbers, first, line)):
            connection.executemany(sql, rows)
        connection.execute("COMMIT")


def _person(spread: Spread, weight: int) -> Iterator[Statement]:
    began = instant_text(spread.now - timedelta(days=spread.days))
    yield (
        "INSERT INTO client (id, name, email, trainer_id, channel, leaderboard_opt_in, status, sex, "
        "created_at) VALUES (?, 'Vera Veteran', 'vera@example.org', 1, 'email', 0, 'active', 'female', ?)",
        [(VETERAN, began)],
    )
    yield (
        "INSERT INTO metric_entry (client_id, metric_id, value, recorded_at, source) "
        "VALUES (?, ?, ?, ?, 'manual')",
        [
            (VETERAN, weight, 60 + number % 7 / 2, instant_text(spread.at(number, 520)))
            for number in range(520)
        ],
    )


def _log(spread: Spread, numbers: dict[str, int], first: int, first_line: int) -> Iterator[Statement]:
    """The workouts in turn over all exercises; loads rise slowly, with noise."""
    chance = random.Random(SEED)  # noqa: S311  repeatable, not secret
    names = [*LIFTS, *BODILY, *OTHERS]
    workouts: list[tuple[object, ...]] = []
    lines: list[tuple[object, ...]] = []
    sets: list[tuple[object, ...]] = []
    for number in range(WORKOUTS):
        at = instant_text(spread.at(number, WORKOUTS))
        workouts.append((first + number, VETERAN, at, at))
        for position in range(LINES):
            name = names[(number * LINES + position) % len(names)]
            line = first_line + len(lines)
            lines.append((line, first + number, numbers[name], position))
            sets += (
                (line, place, *_set(name, number / WORKOUTS, chance), int(place == 0 and name in LIFTS), 0)
                for place in range(SETS)
            )
    yield (
        "INSERT INTO workout (id, client_id, kind, title, performed_at, duration_min, activity, status, "
        "source, created_at) VALUES (?, ?, 'solo', 'Workout', ?, 60, 'strength', 'completed', 'manual', ?)",
        workouts,
    )
    yield (
        "INSERT INTO workout_exercise (id, workout_id, exercise_id, position, section, is_skipped) "
        "VALUES (?, ?, ?, ?, 'main', 0)",
        lines,
    )
    yield (
        "INSERT INTO workout_set (workout_exercise_id, position, reps, weight_g, seconds, meters, is_warmup, "
        "is_amrap, per_side) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)",
        sets,
    )


def _set(name: str, share: float, chance: random.Random) -> tuple[object, ...]:
    """Reps, grams, seconds and metres of one set, `share` of the way through the ten years."""
    if name in LIFTS:
        load = (40_000 + 60_000 * share + chance.randrange(-6, 7) * 2_500) // 2_500 * 2_500
        return (chance.randrange(3, 11), int(load), None, None)
    if name in BODILY:
        return (chance.randrange(3, 13), chance.choice((None, 2_500, 5_000, 10_000)), None, None)
    if name == "Push-Up":
        return (chance.randrange(10, 40), None, None, None)
    if name == "Plank":
        return (None, None, chance.randrange(30, 180), None)
    meters = chance.choice((500, 1_000, 2_000, 5_000))
    return (None, None, round(meters * chance.uniform(0.22, 0.42)), meters)


def main() -> int:
    """Make the practice that the command line names."""
    (path,) = map(Path, sys.argv[1:2] or ["veteran.db"])
    if path.exists():
        print(f"{path} exists already.", file=sys.stderr)
        return 1
    make_veteran(path, datetime.now(UTC))
    return 0


if __name__ == "__main__":
    sys.exit(main())
