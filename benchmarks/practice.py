"""Make a practice of any size, seeded and repeatable, to measure on.

    python benchmarks/practice.py large.db                  300 clients, 12 trainers, 10 years
    python benchmarks/practice.py small.db --size small     12 clients, 1 trainer, 1 year

Both are dense up to today, so that a week, a day and a client's last workouts show about as many rows in
either.
"""

import argparse
import random
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ptrack.database.fresh import create_database
from ptrack.database.reading import instant_text

SEED = 20_261_120


@dataclass(frozen=True)
class Size:
    """How much of everything there is."""

    clients: int
    trainers: int
    days: int
    appointments: int
    workouts: int
    sets_each: int
    entries: int
    workouts_with_session: float = 0.6


LARGE = Size(300, 12, 3650, 150_000, 100_000, 10, 250_000)
SMALL = Size(12, 1, 365, 1_500, 1_200, 10, 2_500)

EXERCISES = ("Back Squat", "Bench Press", "Deadlift", "Overhead Press", "Barbell Row", "Romanian Deadlift")
SETS_PER_EXERCISE = 5


Statement = tuple[str, Sequence[tuple[object, ...]]]


@dataclass(frozen=True)
class Spread:
    """Moments spread evenly over the practice's life, the last of them a few days ahead of `now`."""

    now: datetime
    days: int

    def at(self, number: int, count: int, ahead_days: float = 0.0) -> datetime:
        """The moment of item `number` of `count`."""
        begin = self.now - timedelta(days=self.days)
        span = timedelta(days=self.days + ahead_days)
        return begin + span * ((number + 1) / count)


def _people(size: Size, spread: Spread) -> Iterator[Statement]:
    began = instant_text(spread.now - timedelta(days=size.days))
    yield (
        "INSERT INTO trainer (id, name, role, commission_kind, commission, buffer_min, is_active) "
        "VALUES (?, ?, 'trainer', 'percent', 4000, 0, 1)",
        [(number, f"Trainer {number}") for number in range(2, size.trainers + 1)],
    )
    yield (
        "INSERT INTO client (id, name, email, trainer_id, channel, leaderboard_opt_in, status, created_at) "
        "VALUES (?, ?, ?, ?, 'email', 0, 'active', ?)",
        [
            (
                number,
                f"Client {number:03} {_surname(number)}",
                f"c{number}@example.org",
                number % size.trainers + 1,
                began,
            )
            for number in range(1, size.clients + 1)
        ],
    )


def _surname(number: int) -> str:
    return "".join(chr(97 + (number * step) % 26) for step in (7, 11, 3, 17, 5)).title()


def _packages(size: Size, spread: Spread) -> Iterator[Statement]:
    """Per client as many packages of 20 as the past appointments use up, and one more."""
    each = size.appointments // size.clients // 20 + 1
    packages: list[tuple[object, ...]] = []
    entries: list[tuple[object, ...]] = []
    for client in range(1, size.clients + 1):
        for number in range(each):
            key = len(packages) + 1
            sold = spread.at(number * 20, each * 20)
            packages.append((key, client, sold.date().isoformat(), instant_text(sold)))
            entries.append((key, 20, "purchase", None, instant_text(sold)))
    yield (
        "INSERT INTO package (id, client_id, name, kind, sessions_total, price_cents, sold_on, created_at) "
        "VALUES (?, ?, '20 sessions', 'sessions', 20, 120000, ?, ?)",
        packages,
    )
    yield (
        "INSERT INTO credit_entry (package_id, delta, reason, session_id, created_at) VALUES (?, ?, ?, ?, ?)",
        entries,
    )


def _appointments(size: Size, spread: Spread) -> Iterator[Statement]:
    """Appointments in turn over all clients; what is past is completed and has its session and credit."""
    each = size.appointments // size.clients // 20 + 1
    appointments, sessions, entries = [], [], []
    now = instant_text(spread.now)
    for number in range(size.appointments):
        client = number % size.clients + 1
        trainer = client % size.trainers + 1
        start = instant_text(
            spread.at(number, size.appointments, ahead_days=5).replace(minute=0, second=0, microsecond=0)
        )
        done = start < now
        appointments.append((number + 1, client, trainer, start, "completed" if done else "scheduled", start))
        if done:
            package = (client - 1) * each + min(number // size.clients // 20, each - 1) + 1
            sessions.append((number + 1, number + 1, client, trainer, package, start))
            entries.append((package, -1, "session", number + 1, start))
    yield (
        "INSERT INTO appointment (id, client_id, trainer_id, starts_at, duration_min, status, "
        "sequence, created_at) "
        "VALUES (?, ?, ?, ?, 60, ?, 0, ?)",
        appointments,
    )
    yield (
        "INSERT INTO session (id, appointment_id, client_id, trainer_id, package_id, "
        "starts_at, duration_min, status, "
        "is_charged, validation, value_cents, commission_cents) "
        "VALUES (?, ?, ?, ?, ?, ?, 60, 'completed', 1, 'validated', 6000, 2400)",
        sessions,
    )
    yield (
        "INSERT INTO credit_entry (package_id, delta, reason, session_id, created_at) VALUES (?, ?, ?, ?, ?)",
        entries,
    )


def _workouts(size: Size, spread: Spread, exercises: list[int]) -> Iterator[Statement]:
    """Workouts in turn over all clients; loads rise slowly, with noise, so that records fall now and then."""
    chance = random.Random(SEED)  # noqa: S311  repeatable, not secret
    workouts: list[tuple[object, ...]] = []
    lines: list[tuple[object, ...]] = []
    sets: list[tuple[object, ...]] = []
    per_workout = size.sets_each // SETS_PER_EXERCISE
    for number in range(size.workouts):
        client = number % size.clients + 1
        at = instant_text(spread.at(number, size.workouts))
        workouts.append((number + 1, client, "Workout", at, at))
        for position in range(per_workout):
            line = len(lines) + 1
            exercise = exercises[(number // size.clients * per_workout + position) % len(exercises)]
            lines.append((line, number + 1, exercise, position))
            base = 40_000 + 60_000 * number // size.workouts + 10_000 * (client % 5)
            for index in range(SETS_PER_EXERCISE):
                load = (base + chance.randrange(-6, 7) * 2_500) // 2_500 * 2_500
                sets.append((line, index, chance.randrange(3, 11), load, 1 if index == 0 else 0))
    yield (
        "INSERT INTO workout (id, client_id, kind, title, performed_at, duration_min, "
        "activity, status, source, created_at) "
        "VALUES (?, ?, 'solo', ?, ?, 60, 'strength', 'completed', 'manual', ?)",
        workouts,
    )
    yield (
        "INSERT INTO workout_exercise (id, workout_id, exercise_id, position, section, "
        "is_skipped) VALUES (?, ?, ?, ?, 'main', 0)",
        lines,
    )
    yield (
        "INSERT INTO workout_set (workout_exercise_id, position, reps, weight_g, is_warmup, "
        "is_amrap, per_side) "
        "VALUES (?, ?, ?, ?, ?, 0, 0)",
        sets,
    )


def _entries(size: Size, spread: Spread, metrics: list[int]) -> Iterator[Statement]:
    chance = random.Random(SEED + 1)  # noqa: S311
    rows = [
        (
            number % size.clients + 1,
            metrics[number // size.clients % len(metrics)],
            70 + chance.random() * 5,
            instant_text(spread.at(number, size.entries)),
        )
        for number in range(size.entries)
    ]
    yield (
        "INSERT INTO metric_entry (client_id, metric_id, value, recorded_at, source) VALUES "
        "(?, ?, ?, ?, 'manual')",
        rows,
    )


def make_practice(path: Path, size: Size, now: datetime) -> None:
    """Write a practice of that size to a new file."""
    create_database(path, "Europe/Berlin", now - timedelta(days=size.days))
    spread = Spread(now, size.days)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        names = ", ".join(f"'{name}'" for name in EXERCISES)
        exercises = [
            row[0]
            for row in connection.execute(f"SELECT id FROM exercise WHERE name IN ({names}) ORDER BY id")
        ]
        metrics = [
            row[0]
            for row in connection.execute(
                "SELECT id FROM metric WHERE key IN ('weight', 'body_fat', 'waist')"
            )
        ]
        for part in (
            _people(size, spread),
            _packages(size, spread),
            _appointments(size, spread),
            _workouts(size, spread, exercises),
            _entries(size, spread, metrics),
        ):
            for sql, rows in part:
                connection.executemany(sql, rows)
        connection.execute("COMMIT")


def main() -> int:
    """Make the practice that the command line names."""
    parser = argparse.ArgumentParser(description="Make a practice to measure on.")
    parser.add_argument("path", type=Path)
    parser.add_argument("--size", choices=("large", "small"), default="large")
    arguments = parser.parse_args()
    if arguments.path.exists():
        print(f"{arguments.path} exists already.", file=sys.stderr)
        return 1
    make_practice(arguments.path, LARGE if arguments.size == "large" else SMALL, datetime.now(UTC))
    return 0


if __name__ == "__main__":
    sys.exit(main())
