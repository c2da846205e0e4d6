"""Replies as clients send them, and the tokens that they carry."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ptrack.feedback.tokens import issue
from ptrack.vocabulary import TokenPurpose

NOW = datetime(2026, 11, 20, 9, 20, tzinfo=UTC)
ANNA, BEN = "anna@example.com", "ben@example.com"


def token_for(
    path: Path,
    client: int,
    session: int | None,
    purpose: TokenPurpose = TokenPurpose.VALIDATE,
    *,
    issued_at: datetime = NOW - timedelta(hours=2),
    days: float = 14,
) -> str:
    """A new token in a practice's file."""
    with closing(sqlite3.connect(path)) as connection:
        token = issue(connection, purpose, client, issued_at, issued_at + timedelta(days=days), session)
        connection.commit()
        return token


def reply(subject: str, body: str = "", *, sender: str = ANNA, minute: int = 0, more: str = "") -> bytes:
    """A reply, sent so many minutes after nine; `more` are further lines of its head."""
    lines = [
        f"From: Somebody <{sender}>",
        "To: maya@example.com",
        f"Subject: {subject}",
        f"Date: Fri, 20 Nov 2026 09:{minute:02} +0100",
        f"Message-ID: <{minute}.{len(body)}@example.com>",
        "Content-Type: text/plain; charset=utf-8",
    ]
    return "\r\n".join([*lines, *more.splitlines(), "", body, ""]).encode()


def make_maildir(folder: Path, *mails: bytes) -> Path:
    """A Maildir with those mails, in the order in which they came."""
    for name in ("new", "cur", "tmp"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for mail in mails:
        number = len(list((folder / "new").iterdir()))
        (folder / "new" / f"17000000{number:02}.M{number}.host").write_bytes(mail)
    return folder
