"""Puts rows into a practice by hand, so that every figure of a report can be added up beside it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ptrack.clients.queries import Practice, practice
from ptrack.database.reading import Reader, instant_text

BERLIN = ZoneInfo("Europe/Berlin")
MADE = "2020-01-01 00:00:00.000000"


class Rows:
    """Puts rows into an empty practice in Berlin; times are those on its wall."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.reader = Reader(connection)

    @property
    def house(self) -> Practice:
        """The studio."""
        return practice(self.reader)

    def insert(self, table: str, **values: Any) -> int:
        """A row; its number."""
        names, places = ", ".join(values), ", ".join("?" * len(values))
        cursor = self.connection.execute(
            f"INSERT INTO {table} ({names}) VALUES ({places})", list(values.values())
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def trainer(self, name: str) -> int:
        """A trainer at 40 %."""
        return self.insert(
            "trainer", name=name, role="trainer", commission_kind="percent", commission=4000, buffer_min=0,
            is_active=1,
        )  # fmt: skip

    def client(self, name: str, created: str = "2020-01-01 00:00", **more: Any) -> int:
        """A client taken on at a time."""
        return self.insert(
            "client", name=name, channel="email", leaderboard_opt_in=0, status="active",
            created_at=stored(created), **more,
        )  # fmt: skip

    def place(self, name: str) -> int:
        """A place."""
        return self.insert("location", name=name, name_key=name.casefold(), buffer_min=0, is_active=1)

    def package(self, client: int, sold_on: str, price_cents: int | None, **more: Any) -> int:
        """A package of ten."""
        row = {"name": "10 sessions", "kind": "sessions", "sessions_total": 10} | more
        return self.insert(
            "package", client_id=client, sold_on=sold_on, price_cents=price_cents, created_at=MADE, **row
        )

    def appointment(self, client: int, at: str, status: str, trainer: int = 1, **more: Any) -> int:
        """An appointment, without the session that it may have."""
        return self.insert(
            "appointment", client_id=client, trainer_id=trainer, starts_at=stored(at), duration_min=60,
            status=status, sequence=0, created_at=MADE, **more,
        )  # fmt: skip

    def session(self, client: int, at: str, status: str = "completed", trainer: int = 1, **more: Any) -> int:
        """A session of an hour, worth nothing unless it is said."""
        row = {"duration_min": 60, "value_cents": 0, "commission_cents": 0, "validation": "pending"} | more
        return self.insert(
            "session", client_id=client, trainer_id=trainer, starts_at=stored(at), status=status,
            is_charged=1, **row,
        )  # fmt: skip

    def took_place(self, client: int, at: str, trainer: int = 1, **more: Any) -> int:
        """An appointment that was completed, and its session."""
        group = {key: more.pop(key) for key in ("group_id",) if key in more}
        at_place = {key: more[key] for key in ("location_id",) if key in more}
        booked = self.appointment(client, at, "completed", trainer, **group, **at_place)
        return self.session(client, at, trainer=trainer, appointment_id=booked, **more)

    def workout(self, client: int, at: str, **more: Any) -> int:
        """A completed workout, alone unless it is said."""
        row = {"kind": "solo", "status": "completed"} | more
        return self.insert(
            "workout", client_id=client, performed_at=stored(at), activity="strength", source="manual",
            created_at=MADE, **row,
        )  # fmt: skip


def stored(wall: str) -> str:
    """A wall time in Berlin as it is stored."""
    return instant_text(datetime.fromisoformat(wall).replace(tzinfo=BERLIN).astimezone(UTC))


@contextmanager
def put_back(rows: Rows) -> Iterator[Rows]:
    """The practice for one example of a property: what the example puts in is taken out again."""
    rows.connection.execute("BEGIN")
    try:
        yield rows
    finally:
        rows.connection.execute("ROLLBACK")
