"""From every released schema to the present one and back: nothing is lost that the other can hold."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrations.first_schema import HIGHEST, insert, make_first_practice
from ptrack.database.check import check_file, schema_of
from ptrack.database.fresh import create_database
from ptrack.database.migrations import losses, migrating, snapshot
from ptrack.database.reading import Reader, open_reading
from ptrack.database.versions import HEAD, REVISIONS
from ptrack.errors import UnusableError

VERSIONS = Path(__file__).parents[2] / "src/ptrack/database/migrations/versions"
RELEASED = {
    "0001_first.py": "76705be9ffdb6d73bc894e1ab100955ab2de815dda622bc8bbd5b57d1d6b6f87",
    "0001_first.sql": "b156cc94d12959196564316168ede92eacca488f615278ce385cf03f6f8e5802",
    "0002_agenda.py": "90a07a4e53a426d8601de0a3001082fd3c3c877cafd92c21cd85c6b56d0e684d",
    "0002_agenda.sql": "ff2db96b66251f442e3cc986a2f072c06588ecc32c24f7ac89bfa551c37a49ad",
    "0003_mail.py": "ed38e72c70b15f81c5c1f26448dd8946876e0b170507c4a11e6c9312cbcba46a",
    "0003_mail.sql": "7d63d87937912a1921e69733ba7cd25672481d796d630f8d8dc01858d9104c24",
}
"""What a released revision's files must be for ever, by their SHA-256: practices were made with them.

The newest revision's are added when it is released.
"""

SIZES = [2_000, pytest.param(100_000, marks=pytest.mark.full)]
Rows = list[tuple[Any, ...]]


@pytest.mark.parametrize("name", RELEASED)
def test_a_released_migration_never_changes(name: str) -> None:
    assert hashlib.sha256((VERSIONS / name).read_bytes()).hexdigest() == RELEASED[name]


def test_every_revision_before_the_newest_counts_as_released() -> None:
    pinned = {file.name for file in VERSIONS.iterdir() if file.name[:4] in REVISIONS[:-1]}
    assert pinned <= RELEASED.keys()


def go_to(path: Path, revision: str) -> None:
    with migrating(path) as migration:
        migration.go_to(revision)


def columns_of(revision: str) -> dict[str, list[str]]:
    """Every table of a schema with its columns in their order."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(snapshot(revision))
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: [row[1] for row in connection.execute(f"PRAGMA table_info('{table}')")] for table in tables
        }


def rows_of(path: Path, columns: dict[str, list[str]]) -> dict[str, Rows]:
    """What those columns hold, each value with its type, in the order of the rows."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: connection.execute(
                f"SELECT {', '.join(quoted(names))} FROM '{table}' ORDER BY {', '.join(quoted(names))}"
            ).fetchall()
            for table, names in columns.items()
        }


def quoted(names: list[str]) -> list[str]:
    return [f'"{name}"' for name in names]


def digests(rows: dict[str, Rows]) -> dict[str, tuple[int, str]]:
    """How many rows there are and a checksum of them, by table."""
    return {
        table: (len(found), hashlib.sha256(repr(found).encode()).hexdigest()) for table, found in rows.items()
    }


def schema(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as connection:
        return schema_of(connection)


@pytest.mark.parametrize("rows", SIZES)
def test_up_and_down_and_up_again_keeps_every_value(tmp_path: Path, rows: int) -> None:
    path, first = tmp_path / "practice.db", columns_of("0001")
    make_first_practice(path, rows)
    create_database(tmp_path / "fresh.db", "Europe/Berlin")
    before, schema_before = digests(rows_of(path, first)), schema(path)
    assert min(count for count, _ in before.values()) > 0
    for _ in range(2):
        go_to(path, HEAD)
        assert digests(rows_of(path, first)) == before
        assert schema(path) == schema(tmp_path / "fresh.db")
        with closing(open_reading(path)) as connection:
            assert check_file(Reader(connection)) == []
        go_to(path, "0001")
        assert digests(rows_of(path, first)) == before
        assert schema(path) == schema_before


def test_the_columns_stand_as_in_a_fresh_practice(tmp_path: Path) -> None:
    path = tmp_path / "practice.db"
    make_first_practice(path)
    go_to(path, HEAD)
    for table, names in columns_of(HEAD).items():
        with closing(sqlite3.connect(path)) as connection:
            assert [row[1] for row in connection.execute(f"PRAGMA table_info('{table}')")] == names


def test_what_is_new_is_empty_or_what_was_always_meant(tmp_path: Path) -> None:
    path = tmp_path / "practice.db"
    make_first_practice(path)
    go_to(path, HEAD)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT DISTINCT buffer_min FROM trainer").fetchall() == [(0,)]
        assert connection.execute("SELECT DISTINCT buffer_min, capacity FROM location").fetchall() == [
            (0, None)
        ]
        (uid,) = connection.execute("SELECT uid FROM studio").fetchone()
        late = connection.execute("""
            SELECT count(*), count(s.id), sum(a.cancelled_by = 'client') FROM appointment a
            LEFT JOIN session s ON s.appointment_id = a.id WHERE a.is_late""").fetchone()
    assert late[0] == late[1] == late[2] > 0
    assert len(uid) == 16
    assert int(uid, 16)


def test_no_two_practices_get_the_same_name_in_calendars(tmp_path: Path) -> None:
    found = set()
    for name in ("one.db", "two.db"):
        make_first_practice(tmp_path / name, 100)
        go_to(tmp_path / name, HEAD)
        with closing(sqlite3.connect(tmp_path / name)) as connection:
            found.add(connection.execute("SELECT uid FROM studio").fetchone()[0])
    assert len(found) == 2


def test_numbers_are_never_given_again(tmp_path: Path) -> None:
    """Neither those of rows that were removed before, nor those of tables that were gone meanwhile."""
    path = tmp_path / "practice.db"
    make_first_practice(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        (highest,) = connection.execute("SELECT max(id) FROM change").fetchone()
        connection.execute("DELETE FROM change_row WHERE change_id = ?", [highest])
        connection.execute("DELETE FROM change WHERE id = ?", [highest])
        (clients,) = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'client'").fetchone()
        assert clients > connection.execute("SELECT max(id) FROM client").fetchone()[0]
    go_to(path, HEAD)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO appointment_group (created_at) VALUES ('2026-01-01 00:00:00.000000')")
    go_to(path, "0001")
    go_to(path, HEAD)
    with closing(sqlite3.connect(path)) as connection:
        given = [
            connection.execute(
                "INSERT INTO change (command, created_at) SELECT 'init', created_at FROM studio"
            ).lastrowid,
            connection.execute(
                "INSERT INTO client (name, channel, leaderboard_opt_in, status, created_at) "
                "SELECT name, channel, leaderboard_opt_in, 'active', created_at FROM client LIMIT 1"
            ).lastrowid,
            connection.execute(
                "INSERT INTO appointment_group (created_at) SELECT created_at FROM studio"
            ).lastrowid,
        ]
    assert given == [highest + 1, clients + 1, 2]


def test_tables_of_somebody_else_stay_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "practice.db"
    make_first_practice(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE mine (a, b); ")
        connection.execute("INSERT INTO mine VALUES (1, 'x')")
    go_to(path, HEAD)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT * FROM mine").fetchall() == [(1, "x")]


def test_a_key_to_nothing_is_refused_and_the_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "practice.db"
    make_first_practice(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE workout_exercise SET exercise_id = 4711 WHERE id = 3")
    before = path.read_bytes()
    with pytest.raises(
        UnusableError, match="workout_exercise row 3 points to a row of exercise that is not there"
    ):
        go_to(path, HEAD)
    assert path.read_bytes() == before


SECOND = """
UPDATE trainer SET buffer_min = 15 WHERE id <= 2;
UPDATE location SET capacity = 8 WHERE id = 3;
UPDATE client SET removed_at = created_at WHERE id = 1;
UPDATE package SET voided_at = created_at WHERE id <= 3;
UPDATE package SET source_package_id = 1 WHERE id = 4;
UPDATE appointment SET is_late = 0;
UPDATE appointment SET is_late = 1, uid = 'a@b' WHERE id = 4;
INSERT INTO appointment_group (name, created_at) SELECT 'Yoga', created_at FROM studio;
INSERT INTO appointment_series (repeats, created_at) SELECT 'weekly', created_at FROM studio;
UPDATE appointment SET group_id = 1, series_id = 1 WHERE id IN (5, 6);
INSERT INTO working_hours VALUES (1, 0, 540, 720), (1, 2, 540, 720);
INSERT INTO day_off (trainer_id, first_day, last_day) VALUES (NULL, '2026-12-24', '2026-12-26');
UPDATE change SET undoes_id = 1, final_reason = 'a mail was sent' WHERE id = 2;
DELETE FROM session WHERE id = 7;
"""


def test_a_downgrade_tells_what_it_loses_and_keeps_the_ledger_whole(tmp_path: Path) -> None:
    path = tmp_path / "practice.db"
    make_first_practice(path)
    go_to(path, HEAD)
    with closing(sqlite3.connect(path)) as connection:
        entries = connection.execute("SELECT id, note FROM credit_entry WHERE session_id = 7").fetchall()
        ledger = connection.execute("SELECT id, package_id, delta, reason FROM credit_entry").fetchall()
        connection.executescript(SECOND)
    assert entries
    with closing(open_reading(path)) as connection:
        lost = losses(connection, "0001")
    assert lost == {
        "groups": 1,
        "series": 1,
        "working hours": 2,
        "days off": 1,
        "trainers' buffers": 2,
        "places' buffers and capacities": 1,
        "removals of clients": 1,
        "voidings of packages": 3,
        "packages' origins in others": 1,
        "cancellations' being late": 1,
        "ties to imported calendars": 1,
        "ledger's keys to gone sessions": len(entries),
        "marks of changes taken back": 1,
    }
    go_to(path, "0001")
    with closing(open_reading(path, may_be_older=True)) as connection:
        reader = Reader(connection)
        assert check_file(reader) == []
        assert reader.tuples("SELECT id, package_id, delta, reason FROM credit_entry") == ledger
        for number, note in entries:
            found = reader.tuples("SELECT session_id, note FROM credit_entry WHERE id = :id", {"id": number})
            assert found == [(None, f"{note}; session 7" if note else "session 7")]


def test_a_ledger_without_any_session_loses_no_key(tmp_path: Path) -> None:
    create_database(tmp_path / "practice.db", "Europe/Berlin")
    at = "2026-01-01 00:00:00.000000"
    client = {"name": "A", "channel": "none", "leaderboard_opt_in": 0, "status": "active", "created_at": at}
    package = {"client_id": 1, "name": "P", "kind": "solo", "sold_on": "2026-01-01", "created_at": at}
    insert(tmp_path / "practice.db", "client", [client])
    insert(tmp_path / "practice.db", "package", [package])
    insert(tmp_path / "practice.db", "credit_entry", [
        {"package_id": 1, "delta": 10, "reason": "purchase", "created_at": at},
        {"package_id": 1, "delta": -1, "reason": "session", "session_id": 4, "created_at": at},
    ])  # fmt: skip
    with closing(open_reading(tmp_path / "practice.db")) as connection:
        assert losses(connection, "0001") == {"ledger's keys to gone sessions": 1}


def test_nothing_is_lost_by_going_back_at_once(tmp_path: Path) -> None:
    path = tmp_path / "practice.db"
    make_first_practice(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE appointment SET cancelled_by = 'trainer' WHERE cancelled_by = 'client'")
    go_to(path, HEAD)
    with closing(open_reading(path)) as connection:
        assert losses(connection, "0001") == {}


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
NUMBERS = st.integers(-(2**63), HIGHEST)
COUNTS = st.integers(0, HIGHEST)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("first") / "practice.db"
    make_first_practice(path, 100)
    return path


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.one_of(st.none(), TEXTS), min_size=3, max_size=3),
    name=TEXTS.filter(lambda text: bool(text.strip(" "))).filter(lambda text: "\0" not in text),
    price=st.one_of(st.none(), COUNTS),
    sequence=COUNTS,
    number=st.integers(10**6, HIGHEST - 10),
    delta=st.integers(-100_000, 100_000).filter(bool),
)
def test_any_value_that_the_schema_takes_survives(
    empty: Path,
    tmp_path: Path,
    texts: list[str | None],
    name: str,
    price: int | None,
    sequence: int,
    number: int,
    delta: int,
) -> None:
    path, at = tmp_path / "practice.db", "2026-01-01 00:00:00.000000"
    path.write_bytes(empty.read_bytes())
    insert(path, "location", [{"id": number, "name": name, "name_key": "x", "url": texts[0], "is_active": 1}])
    insert(path, "package", [{
        "id": number, "client_id": 1, "name": name, "kind": "solo", "price_cents": price,
        "sold_on": "2026-01-01", "created_at": at,
    }])  # fmt: skip
    insert(path, "appointment", [{
        "id": number, "client_id": 1, "trainer_id": 1, "location_id": number, "starts_at": at,
        "duration_min": 60, "status": "scheduled", "cancelled_by": texts[0], "reason": texts[1],
        "notes": texts[2], "sequence": sequence, "created_at": at,
    }])  # fmt: skip
    insert(path, "credit_entry", [{
        "package_id": number, "delta": delta, "reason": "adjustment", "note": texts[1], "created_at": at,
    }])  # fmt: skip
    first = columns_of("0001")
    before = rows_of(path, first)
    go_to(path, HEAD)
    assert rows_of(path, first) == before
    go_to(path, REVISIONS[0])
    assert rows_of(path, first) == before
