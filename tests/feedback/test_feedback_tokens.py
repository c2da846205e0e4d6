"""Tokens count for what they were issued for, and for nothing else."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ptrack.database.fresh import create_database
from ptrack.database.reading import Reader
from ptrack.database.session import writing
from ptrack.feedback.tokens import Refusal, TokenRow, check, issue, revoke_of_session
from ptrack.models.agenda import TrainingSession
from ptrack.models.practice import Client
from ptrack.vocabulary import SessionStatus, TokenPurpose

NOW = datetime(2026, 11, 20, 9, 20, tzinfo=UTC)
LATER = NOW + timedelta(days=14)
VALIDATE = TokenPurpose.VALIDATE


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Anna's session 1 is completed, Ben's session 2 is in progress."""
    path = tmp_path / "tokens.db"
    create_database(path, "Europe/Berlin", NOW)
    with writing(path, "test", NOW) as work:
        states = (SessionStatus.COMPLETED, SessionStatus.IN_PROGRESS)
        for client, status in enumerate(states, start=1):
            work.add(Client(name=f"Client {client}", created_at=NOW))
            work.add(
                TrainingSession(client_id=client, trainer_id=1, starts_at=NOW, duration_min=60, status=status)
            )
    with closing(sqlite3.connect(path, isolation_level=None)) as opened:
        yield opened


def test_a_token_is_long_random_and_kept_as_a_hash_alone(connection: sqlite3.Connection) -> None:
    tokens = {issue(connection, VALIDATE, 1, NOW, LATER, 1) for _ in range(200)}
    assert len(tokens) == 200
    assert {len(token) for token in tokens} == {43}
    dump = "\n".join(connection.iterdump())
    assert not [token for token in tokens if token in dump]


def test_a_token_counts_until_it_expires(connection: sqlite3.Connection) -> None:
    token = issue(connection, VALIDATE, 1, NOW, LATER, 1)
    found = check(Reader(connection), token, VALIDATE, LATER - timedelta(microseconds=1))
    assert isinstance(found, TokenRow)
    assert (found.client_id, found.session_id, found.purpose) == (1, 1, VALIDATE)
    for late in (timedelta(), timedelta(microseconds=1), timedelta(days=400)):
        assert check(Reader(connection), token, VALIDATE, LATER + late) is Refusal.EXPIRED


def test_forged_tokens_are_unknown(connection: sqlite3.Connection) -> None:
    token = issue(connection, VALIDATE, 1, NOW, LATER, 1)
    (digest,) = connection.execute("SELECT digest FROM token").fetchone()
    swapped = token[:-2] + token[-1] + ("A" if token[-2] != "A" else "B")
    for forged in ("", "x", swapped, token.swapcase(), token + "A", token[:-1], digest, "'", "\0", "\udc80"):
        if forged != token:
            assert check(Reader(connection), forged, VALIDATE, NOW) is Refusal.UNKNOWN


def test_a_token_is_for_one_purpose(connection: sqlite3.Connection) -> None:
    for given in TokenPurpose:
        token = issue(connection, given, 1, NOW, LATER)
        for wanted in TokenPurpose:
            found = check(Reader(connection), token, wanted, NOW)
            assert isinstance(found, TokenRow) if given is wanted else found is Refusal.OTHER_PURPOSE


def test_a_token_without_a_session_needs_none(connection: sqlite3.Connection) -> None:
    token = issue(connection, TokenPurpose.UNSUBSCRIBE, 1, NOW, LATER)
    found = check(Reader(connection), token, TokenPurpose.UNSUBSCRIBE, NOW)
    assert isinstance(found, TokenRow)
    assert found.session_status is None


def test_a_revoked_token_stays_revoked(connection: sqlite3.Connection) -> None:
    token = issue(connection, VALIDATE, 1, NOW, LATER, 1)
    other = issue(connection, TokenPurpose.UNSUBSCRIBE, 1, NOW, LATER)
    revoke_of_session(connection, 1, NOW)
    revoke_of_session(connection, 1, LATER)
    revoke_of_session(connection, None, NOW)
    assert check(Reader(connection), token, VALIDATE, NOW) is Refusal.REVOKED
    assert isinstance(check(Reader(connection), other, TokenPurpose.UNSUBSCRIBE, NOW), TokenRow)
    fresh = issue(connection, VALIDATE, 1, NOW, LATER, 1)
    assert isinstance(check(Reader(connection), fresh, VALIDATE, NOW), TokenRow)
    revoked = connection.execute("SELECT revoked_at FROM token WHERE revoked_at IS NOT NULL").fetchall()
    assert revoked == [("2026-11-20 09:20:00.000000",)]


def test_only_a_completed_session_of_the_tokens_client_can_be_spoken_of(
    connection: sqlite3.Connection,
) -> None:
    ours = issue(connection, VALIDATE, 1, NOW, LATER, 1)
    begun = issue(connection, VALIDATE, 2, NOW, LATER, 2)
    of_another = issue(connection, VALIDATE, 2, NOW, LATER, 1)
    gone = issue(connection, VALIDATE, 1, NOW, LATER, 99)
    reader = Reader(connection)
    assert isinstance(check(reader, ours, VALIDATE, NOW), TokenRow)
    for token in (begun, of_another, gone):
        assert check(reader, token, VALIDATE, NOW) is Refusal.CLOSED
