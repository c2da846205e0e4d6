"""The database refuses a workout that breaks the table of kinds, whoever writes it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import product
from pathlib import Path

import pytest

from ptrack.database.fresh import create_database

_TIME = "2026-11-20 09:20:00.000000"


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    path = tmp_path / "kinds.db"
    create_database(path)
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("PRAGMA foreign_keys = ON")
        opened.execute(
            "INSERT INTO client (id, name, channel, status, leaderboard_opt_in, created_at) "
            "VALUES (1, 'Anna', 'email', 'active', 0, ?)",
            (_TIME,),
        )
        opened.execute(
            "INSERT INTO session (id, client_id, trainer_id, starts_at, duration_min, status, is_charged, "
            "validation, value_cents, commission_cents) "
            "VALUES (1, 1, 1, ?, 60, 'completed', 0, 'pending', 0, 0)",
            (_TIME,),
        )
        opened.execute(
            "INSERT INTO program (id, kind, name, weeks, days_per_week, client_id, start_date, status, "
            "created_at) VALUES (9001, 'program', 'Own', 4, 2, 1, '2026-11-01', 'active', ?)",
            (_TIME,),
        )
        yield opened


def _insert(connection: sqlite3.Connection, kind: str, has: tuple[bool, bool, bool]) -> None:
    session, trainer = (1 if there else None for there in has[:2])
    connection.execute(
        "INSERT INTO workout (client_id, kind, session_id, trainer_id, program_id, performed_at, activity, "
        "status, source, created_at) VALUES (1, ?, ?, ?, ?, ?, 'strength', 'completed', 'manual', ?)",
        (kind, session, trainer, 9001 if has[2] else None, _TIME, _TIME),
    )


_ALLOWED = {
    "solo": {(False, False, False), (False, False, True)},
    "trainer_led": {(True, True, False), (True, True, True)},
    "trainer_assisted": {(False, True, True)},
    "group": {(True, True, False), (True, True, True)},
}
_CASES = [(kind, has) for kind in _ALLOWED for has in product((False, True), repeat=3)]


@pytest.mark.parametrize(("kind", "has"), _CASES)
def test_session_trainer_and_program_follow_the_kind(
    connection: sqlite3.Connection, kind: str, has: tuple[bool, bool, bool]
) -> None:
    if has in _ALLOWED[kind]:
        _insert(connection, kind, has)
        return
    with pytest.raises(sqlite3.IntegrityError, match="ck_workout_by_kind"):
        _insert(connection, kind, has)


def test_an_update_cannot_break_the_table_either(connection: sqlite3.Connection) -> None:
    _insert(connection, "solo", (False, False, False))
    with pytest.raises(sqlite3.IntegrityError, match="ck_workout_by_kind"):
        connection.execute("UPDATE workout SET trainer_id = 1")


def test_a_session_has_one_workout_at_most(connection: sqlite3.Connection) -> None:
    _insert(connection, "trainer_led", (True, True, False))
    with pytest.raises(sqlite3.IntegrityError, match="session_id"):
        _insert(connection, "group", (True, True, False))


def test_an_unknown_kind_is_refused(connection: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        _insert(connection, "alone", (False, False, False))
