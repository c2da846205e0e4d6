"""The ledger in the database: what it refuses, whoever writes, and what it adds up to."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptrack.credits import actions, queries
from ptrack.credits.rules import Shape
from ptrack.database.fresh import create_database
from ptrack.database.reading import Reader, connect
from ptrack.database.session import writing
from ptrack.errors import PtrackError, RuleError, StateError, UsageError
from ptrack.models.practice import Client
from ptrack.vocabulary import PackageKind

NOW = datetime(2026, 11, 20, 9, 20, tzinfo=UTC)
TODAY = date(2026, 11, 20)
TEN = Shape(PackageKind.SESSIONS, 10)


@pytest.fixture
def practice_path(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.db"
    create_database(path, "Europe/Berlin", NOW)
    with writing(path, "test", NOW) as work:
        work.add(Client(name="Anna Berg", created_at=NOW))
        actions.add_package(work, 1, TEN, TODAY)
    return path


@pytest.fixture
def raw(practice_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect(practice_path, "rw")) as connection:
        connection.execute(
            "INSERT INTO session (id, client_id, trainer_id, package_id, starts_at, duration_min, status,"
            " is_charged, validation, value_cents, commission_cents)"
            " VALUES (1, 1, 1, 1, '2026-11-20 09:00:00.000000', 60, 'completed', 1, 'pending', 0, 0)"
        )
        yield connection


def enter(connection: sqlite3.Connection, delta: int, reason: str, session: int | None = 1) -> None:
    connection.execute(
        "INSERT INTO credit_entry (package_id, delta, reason, session_id, created_at)"
        " VALUES (1, ?, ?, ?, '2026-11-20 09:00:00.000000')",
        (delta, reason, session),
    )


def test_the_database_lets_a_session_cost_one_credit_only(raw: sqlite3.Connection) -> None:
    enter(raw, -1, "session")
    for delta in (-1, -2):
        with pytest.raises(sqlite3.IntegrityError, match="one credit at most"):
            enter(raw, delta, "session")
    enter(raw, 1, "refund")
    enter(raw, -1, "session")
    assert queries.session_credit(Reader(raw), 1) == queries.SessionCredit(
        deducted=True, package=1, remaining=9, owed=False, entry=4
    )


@pytest.mark.parametrize(
    "sql",
    ["UPDATE credit_entry SET delta = 99", "DELETE FROM credit_entry", "UPDATE credit_entry SET note = 1"],
)
def test_no_entry_is_ever_changed_or_removed(raw: sqlite3.Connection, sql: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute(sql)


@given(st.lists(st.sampled_from([-1, 1]), max_size=10))
@settings(deadline=None, max_examples=8)
def test_balance_used_and_total_are_sums_whatever_comes(moves: list[int]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sums.db"
        create_database(path, "UTC", NOW)
        with writing(path, "test", NOW) as work:
            work.add(Client(name="Anna Berg", created_at=NOW))
            actions.add_package(work, 1, TEN, TODAY)
            left = 10
            for delta in moves:
                actions.adjust_package(work, 1, delta)
                left += delta
                rows = queries.ledger(work.reader, 1)
                assert rows[-1].balance == left == sum(row.delta for row in rows)
            found = queries.package(work.reader, 1)
            assert (found.used, found.remaining, found.total) == (0, left, left)


def test_an_adjustment_that_makes_no_sense_is_refused(practice_path: Path) -> None:
    for delta, error in ((0, UsageError), (-11, RuleError)):
        with writing(practice_path, "test", NOW) as work, pytest.raises(error):
            actions.adjust_package(work, 1, delta)
    with writing(practice_path, "test", NOW) as work:
        number = actions.add_package(work, 1, Shape(PackageKind.UNLIMITED), TODAY)
        with pytest.raises(RuleError, match="counts no sessions"):
            actions.adjust_package(work, number, 1)
        with pytest.raises(PtrackError, match="No package has the number 99"):
            actions.adjust_package(work, 99, 1)


def test_closing_writes_off_what_is_left_and_happens_once(practice_path: Path) -> None:
    with writing(practice_path, "test", NOW) as work:
        assert actions.close_package(work, 1) == actions.Moved(10, 2)
        assert queries.standing(work.reader, 1, TODAY).balance == 0
        for move in (lambda: actions.close_package(work, 1), lambda: actions.adjust_package(work, 1, 1)):
            with pytest.raises(StateError, match="closed"):
                move()


def test_a_client_without_limit_has_no_count_of_credits(practice_path: Path) -> None:
    with writing(practice_path, "test", NOW) as work:
        actions.add_package(work, 1, Shape(PackageKind.UNLIMITED), TODAY)
        assert queries.standing(work.reader, 1, TODAY).remaining == 10
        actions.close_package(work, 1)
        standing = queries.standing(work.reader, 1, TODAY)
    assert (standing.remaining, standing.available, standing.is_unlimited) == (None, None, True)


def test_the_list_of_all_says_what_each_clients_own_says(
    practice_path: Path, raw: sqlite3.Connection
) -> None:
    with raw:
        for delta, reason in ((-1, "session"), (1, "refund"), (-1, "no_show")):
            enter(raw, delta, reason)
        enter(raw, -2, "adjustment", None)
    with writing(practice_path, "test", NOW) as work:
        work.add(Client(name="Ben Olsen", created_at=NOW))
        actions.add_package(work, 2, TEN, TODAY)
        actions.add_package(work, 2, Shape(PackageKind.UNLIMITED), TODAY)
    with closing(connect(practice_path, "ro")) as connection:
        reader = Reader(connection)
        everybodys = queries.packages(reader)
        assert everybodys == [*queries.packages(reader, 1), *queries.packages(reader, 2)]
    assert [(row.balance, row.drawn) for row in everybodys] == [(7, 1), (10, 0), (0, 0)]
