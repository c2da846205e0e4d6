"""A practice with an outbox, and a run of mail in this process."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from mail_server import MailServer, mail_server
from outbox_samples import NOW
from ptrack.config import Settings
from ptrack.database.fresh import create_database
from ptrack.mail.run import Report, Wishes, send_due

Rows = Callable[..., list[Any]]


@pytest.fixture
def practice(tmp_path: Path) -> Path:
    """A fresh practice that says who its mail comes from."""
    path = tmp_path / "practice.db"
    create_database(path, "Europe/Berlin", NOW)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE studio SET name = 'Lang', sender = 'Timo Lang <timo@lang.example>'")
    return path


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """A server on this machine that mail goes to, without TLS."""
    with mail_server() as found:
        monkeypatch.setenv("PTRACK_MAIL_HOST", "127.0.0.1")
        monkeypatch.setenv("PTRACK_MAIL_PORT", str(found.port))
        monkeypatch.setenv("PTRACK_MAIL_SECURITY", "none")
        yield found


@pytest.fixture
def send(practice: Path) -> Callable[..., Report]:
    """Send what is due, at that many minutes after the tests' instant."""
    from datetime import timedelta

    def run(minutes: float = 0, limit: int | None = None) -> Report:
        return send_due(Settings(str(practice)), NOW + timedelta(minutes=minutes), Wishes(limit))

    return run


@pytest.fixture
def rows(practice: Path) -> Rows:
    """What the outbox says of all its messages: the columns asked for."""

    def ask(columns: str) -> list[Any]:
        with closing(sqlite3.connect(practice)) as connection:
            found = connection.execute(f"SELECT {columns} FROM message ORDER BY id").fetchall()
        return [row[0] if len(row) == 1 else row for row in found]

    return ask
