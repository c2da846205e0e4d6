"""A practice of the first schema as it was released, with rows in every table, seeded and repeatable."""

import random
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ptrack.database.migrations import snapshot
from ptrack.database.reading import instant_text

SEED = 20_261_120
BEGAN = datetime(2019, 3, 31, 1, 30, tzinfo=UTC)
HIGHEST = 2**63 - 1
NAMES = (
    "Anna Berg", "Дмитрий Волков", "李小龍", "Zoë  Ångström", "O'Brien; DROP TABLE client --", "\u202etfel",
    "👩🏽‍🦽",
    "%s ? :name {x}", '"quoted"', "two\nlines", "x" * 5_000, "NULL", "0",
)  # fmt: skip

Row = dict[str, Any]


@dataclass(frozen=True)
class Counts:
    """How many rows there are of what."""

    clients: int
    appointments: int
    workouts: int

    @classmethod
    def of(cls, rows: int) -> "Counts":
        """So many that all tables together have about that number of rows."""
        return cls(max(13, rows // 500), max(40, rows // 8), max(40, rows // 20))


class Chance:
    """Values as they may be: among them none, the highest, and texts that hurt."""

    def __init__(self) -> None:
        self._random = random.Random(SEED)  # noqa: S311  repeatable, not secret

    def of(self, *values: Any) -> Any:
        return self._random.choice(values)

    def text(self) -> str:
        return str(self._random.choice(NAMES))

    def maybe(self, value: Any) -> Any:
        return value if self._random.random() < 0.5 else None

    def up_to(self, highest: int) -> int:
        return self._random.randint(1, highest)

    def at(self) -> str:
        return instant_text(BEGAN + timedelta(seconds=self._random.randrange(8 * 365 * 86_400)))

    def day(self) -> str:
        return self.at()[:10]


def make_first_practice(path: Path, rows: int = 2_000) -> None:
    """Write a practice of the first schema with about that many rows to a new file."""
    path.touch(0o600)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(f"PRAGMA synchronous = OFF; BEGIN;{snapshot('0001')}")
        connection.execute(
            "CREATE TABLE alembic_version ( version_num VARCHAR(32) NOT NULL, "
            "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num) )"
        )
        connection.execute("INSERT INTO alembic_version VALUES ('0001')")
        connection.execute("COMMIT")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN")
        for table, given in _tables(Counts.of(rows), Chance()):
            _insert(connection, table, given)
        connection.execute("UPDATE sqlite_sequence SET seq = seq + 7 WHERE name IN ('client', 'location')")
        connection.execute("COMMIT")


def insert(path: Path, table: str, rows: Iterable[Row]) -> None:
    """Add rows, with every constraint of the schema in force."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        _insert(connection, table, rows)
        connection.execute("COMMIT")


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    for row in rows:
        columns = ", ".join(f'"{column}"' for column in row)
        places = ", ".join("?" * len(row))
        connection.execute(f'INSERT INTO "{table}" ({columns}) VALUES ({places})', list(row.values()))


def _tables(counts: Counts, chance: Chance) -> Iterator[tuple[str, Iterable[Row]]]:
    """Each table's rows; those that keys point to come first."""
    yield "studio", [_studio(chance)]
    yield "import_batch", (_batch(number, chance) for number in range(1, 5))
    yield "location", (_location(number, chance) for number in range(1, 9))
    yield "trainer", (_trainer(number, chance) for number in range(1, 13))
    yield "metric", (_metric(number, chance) for number in range(1, 10))
    yield "exercise", (_exercise(number, chance) for number in range(1, 40))
    yield (
        "exercise_alias",
        (
            {"alias_key": f"alias {number}", "alias": chance.text(), "exercise_id": number}
            for number in range(1, 40)
        ),
    )
    yield (
        "exercise_muscle",
        (
            {"exercise_id": number, "muscle": chance.of("quads", "abs"), "is_primary": number % 2}
            for number in range(1, 40)
        ),
    )
    yield "client", (_client(number, chance) for number in range(1, counts.clients + 1))
    yield (
        "client_tag",
        ({"client_id": number, "tag": chance.text()} for number in range(1, counts.clients + 1)),
    )
    yield "package", (_package(number, chance, counts) for number in range(1, counts.clients * 3 + 1))
    yield "program", (_program(number, chance, counts) for number in range(1, counts.clients + 1))
    yield (
        "program_day",
        (
            {
                "id": number,
                "program_id": number,
                "position": 0,
                "name": chance.text(),
                "week": chance.maybe(1),
            }
            for number in range(1, counts.clients + 1)
        ),
    )
    yield "prescription", (_prescription(number, chance) for number in range(1, counts.clients + 1))
    yield from _agenda(counts, chance)
    yield from _log(counts, chance)
    yield (
        "change",
        (
            {"id": number, "command": chance.of("init", "log add"), "created_at": chance.at()}
            for number in range(1, counts.workouts + 1)
        ),
    )
    yield "change_row", (_change_row(number, chance) for number in range(1, counts.workouts + 1))


def _studio(chance: Chance) -> Row:
    return {
        "id": 1, "name": "Studio Nørd", "studio_type": "gym", "timezone": "Pacific/Apia", "unit": "lb",
        "currency": "EUR", "first_weekday": 6, "logo_path": None, "sender": chance.text(), "calendar": 1,
        "programs": 0, "progress_tracking": 1, "leaderboard": 0, "e1rm_formula": "wathan",
        "no_show_charges": "ask", "late_cancel_charges": "never", "late_cancel_hours": 720,
        "strict_booking": 1, "commission_requires_validation": 0, "feedback_every": 3,
        "created_at": chance.at(),
    }  # fmt: skip


def _batch(number: int, chance: Chance) -> Row:
    return {
        "id": number, "kind": "workouts", "format": "strong", "file": chance.text(), "row_count": HIGHEST,
        "created": '{"workouts": 3}', "created_at": chance.at(), "undone_at": chance.maybe(chance.at()),
    }  # fmt: skip


def _location(number: int, chance: Chance) -> Row:
    return {
        "id": number, "name": chance.text(), "name_key": f"place {number}",
        "address": chance.maybe(chance.text()),
        "url": chance.maybe(""), "is_active": number % 2,
    }  # fmt: skip


def _trainer(number: int, chance: Chance) -> Row:
    return {
        "id": number, "name": chance.text(), "email": chance.maybe("t@example.org"),
        "role": chance.of("trainer", "manager"), "commission_kind": "fixed",
        "commission": chance.of(0, HIGHEST),
        "is_active": number % 3 > 0,
    }  # fmt: skip


def _metric(number: int, chance: Chance) -> Row:
    return {
        "id": number, "key": f"metric {number}", "name": chance.text(), "unit": chance.maybe("kg"),
        "category": "body", "aggregation": "latest", "better": "neither", "visible_to_client": 1,
        "minimum": chance.of(None, -1e308), "maximum": chance.of(None, 1e308, 0.1 + 0.2), "is_default": 0,
    }  # fmt: skip


def _exercise(number: int, chance: Chance) -> Row:
    return {
        "id": number, "name": chance.text(), "name_key": f"exercise {number}", "category": "compound",
        "equipment": chance.maybe("barbell"), "tracked": "weight_reps", "description": chance.maybe(""),
        "video_url": None, "is_custom": 1, "source": None, "licence": None,
        "import_batch_id": chance.maybe(chance.up_to(4)),
    }  # fmt: skip


def _client(number: int, chance: Chance) -> Row:
    status = chance.of("active", "paused", "churned")
    return {
        "id": number, "name": NAMES[number % len(NAMES)], "email": chance.maybe(chance.text()),
        "phone": None,
        "birth_date": chance.maybe(chance.day()), "sex": chance.of(None, "female", "other"),
        "height_cm": chance.of(None, 30, 300, 171.5), "trainer_id": chance.maybe(chance.up_to(12)),
        "location_id": chance.maybe(chance.up_to(8)), "goals": chance.maybe(chance.text()),
        "notes": chance.text(),
        "guardian_name": None, "guardian_email": None, "channel": chance.of("email", "none"),
        "leaderboard_opt_in": number % 2, "status": status, "created_at": chance.at(),
        "churned_on": chance.day() if status == "churned" else None, "churn_reason": chance.maybe(""),
    }  # fmt: skip


def _package(number: int, chance: Chance, counts: Counts) -> Row:
    kind, sessions, solo = chance.of(
        ("sessions", HIGHEST, None), ("hybrid", 10, 10), ("solo", None, None), ("unlimited", None, None)
    )
    return {
        "id": number, "client_id": (number - 1) % counts.clients + 1, "name": chance.text(), "kind": kind,
        "sessions_total": sessions, "solo_total": solo, "price_cents": chance.of(None, 0, HIGHEST),
        "session_value_cents": chance.of(None, -5), "sold_on": chance.day(),
        "expires_on": chance.maybe(chance.day()), "closed_at": chance.maybe(chance.at()),
        "created_at": chance.at(),
    }  # fmt: skip


def _program(number: int, chance: Chance, counts: Counts) -> Row:
    is_template = number <= counts.clients // 3
    return {
        "id": number, "kind": "template" if is_template else "program", "name": chance.text(), "weeks": 104,
        "days_per_week": 14, "goal": chance.maybe(""), "description": None,
        "origin": "own" if is_template else None, "template_id": None if is_template else 1,
        "client_id": None if is_template else number, "trainer_id": chance.maybe(chance.up_to(12)),
        "start_date": chance.day(), "end_date": None, "status": None if is_template else "active",
        "created_at": chance.at(),
    }  # fmt: skip


def _prescription(number: int, chance: Chance) -> Row:
    return {
        "id": number, "day_id": number, "exercise_id": chance.up_to(39), "position": 0, "part": 0,
        "section": "main", "superset": None, "sets": 99, "reps_min": 1, "reps_max": chance.of(None, 9_999),
        "amrap": 0, "weight_g": chance.of(None, -1_000_000), "percent": chance.of(None, 82.5),
        "is_bodyweight": 0, "rpe": chance.of(None, 8.25), "seconds": None, "meters": None, "per_side": 1,
        "tempo": chance.maybe("3-1-X-0"), "is_warmup": 0, "rest_seconds": None,
        "progression": chance.maybe("+2.5"),
        "notes": chance.maybe(chance.text()),
    }  # fmt: skip


STATUSES = ("scheduled", "completed", "no_show", "cancelled")


def _agenda(counts: Counts, chance: Chance) -> Iterator[tuple[str, Iterable[Row]]]:
    """Appointments, the sessions of those that were held or charged, and the ledger."""
    appointments = [_appointment(number, chance, counts) for number in range(1, counts.appointments + 1)]
    yield "appointment", appointments
    held = [
        row
        for row in appointments
        if row["status"] in ("completed", "no_show") or (row["status"] == "cancelled" and row["reason"])
    ]
    sessions = [_session(number, row, chance) for number, row in enumerate(held, 1)]
    yield "session", sessions
    yield "credit_entry", _ledger(counts, sessions, chance)


def _appointment(number: int, chance: Chance, counts: Counts) -> Row:
    status = STATUSES[number % 4]
    return {
        "id": number, "client_id": chance.up_to(counts.clients), "trainer_id": chance.up_to(12),
        "location_id": chance.maybe(chance.up_to(8)),
        "package_id": chance.maybe(chance.up_to(counts.clients)),
        "starts_at": chance.at(), "duration_min": chance.of(1, 60, 1440), "status": status,
        "cancelled_by": chance.of("client", "trainer") if status == "cancelled" else None,
        "reason": chance.maybe(chance.text()), "notes": chance.maybe(chance.text()),
        "sequence": chance.of(0, 3, HIGHEST), "created_at": chance.at(),
    }  # fmt: skip


def _session(number: int, appointment: Row, chance: Chance) -> Row:
    return {
        "id": number, "appointment_id": appointment["id"], "client_id": appointment["client_id"],
        "trainer_id": appointment["trainer_id"], "location_id": appointment["location_id"],
        "package_id": appointment["package_id"], "starts_at": appointment["starts_at"], "duration_min": 60,
        "status": appointment["status"], "is_charged": 1, "validation": chance.of("pending", "disputed"),
        "validated_at": chance.maybe(chance.at()), "value_cents": chance.of(0, HIGHEST),
        "commission_cents": chance.of(0, HIGHEST), "notes": chance.maybe(chance.text()),
    }  # fmt: skip


def _ledger(counts: Counts, sessions: list[Row], chance: Chance) -> Iterator[Row]:
    for package in range(1, counts.clients + 1):
        yield {"package_id": package, "delta": 100_000, "reason": "purchase", "created_at": chance.at()}
    for session in sessions:
        if session["package_id"] is None:
            continue
        entry = {"package_id": session["package_id"], "session_id": session["id"], "created_at": chance.at()}
        yield {**entry, "delta": -1, "reason": "session", "note": chance.maybe(chance.text())}
        if session["id"] % 7 == 0:
            yield {**entry, "delta": 1, "reason": "refund", "note": "waived"}


def _log(counts: Counts, chance: Chance) -> Iterator[tuple[str, Iterable[Row]]]:
    """Workouts with three exercises of three sets each, and two metric entries beside each."""
    workouts = [_workout(number, chance, counts) for number in range(1, counts.workouts + 1)]
    yield "workout", workouts
    yield "workout_exercise", (
        {
            "id": (row["id"] - 1) * 3 + position + 1, "workout_id": row["id"],
            "exercise_id": chance.up_to(39),
            "position": position, "section": "main", "superset": chance.maybe("A"), "planned": None,
            "is_skipped": 0, "notes": chance.maybe(chance.text()),
        }
        for row in workouts for position in range(3)
    )  # fmt: skip
    yield "workout_set", (
        {
            "workout_exercise_id": line, "position": position, "reps": chance.of(1, 9_999),
            "weight_g": chance.of(None, 0, 1_000_000), "rpe": chance.of(None, 8.5),
            "seconds": chance.maybe(60),
            "meters": chance.of(None, 0.1), "is_warmup": 0, "is_amrap": 1, "per_side": 0,
            "tempo": None, "completed_at": chance.maybe(chance.at()),
        }
        for line in range(1, counts.workouts * 3 + 1) for position in range(3)
    )  # fmt: skip
    yield "metric_entry", (
        {
            "client_id": row["client_id"], "metric_id": metric, "value": chance.of(1e14, -0.1, 80.25),
            "recorded_at": chance.at(), "source": "import", "recorded_by": chance.maybe(1),
            "workout_id": row["id"], "note": chance.maybe(chance.text()),
        }
        for row in workouts for metric in (1, 2)
    )  # fmt: skip


def _workout(number: int, chance: Chance, counts: Counts) -> Row:
    return {
        "id": number, "client_id": chance.up_to(counts.clients), "kind": "solo", "session_id": None,
        "trainer_id": None, "program_id": None, "day_id": chance.maybe(chance.up_to(counts.clients)),
        "week": None,
        "title": chance.maybe(chance.text()), "performed_at": chance.at(),
        "duration_min": chance.of(None, 0, 1440),
        "intensity": chance.of(None, 10), "activity": "strength", "status": "completed", "source": "import",
        "notes": chance.maybe(chance.text()), "import_batch_id": chance.maybe(1),
        "import_key": f"key {number}",
        "import_hash": None, "created_at": chance.at(), "edited_at": chance.maybe(chance.at()),
    }  # fmt: skip


def _change_row(number: int, chance: Chance) -> Row:
    return {
        "id": number, "change_id": number, "table_name": "client", "row_key": "[1]",
        "before": chance.maybe('{"name": "ü"}'),
        "after": '{"name": "a"}',
    }  # fmt: skip
