"""What a link or a reply must carry to count: 256 random bits, of which the database keeps only the hash.

Tokens go past the change journal: an undo neither revives one nor takes one back, and whether its session is
still there to be spoken of is asked each time.
"""

import sqlite3
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from secrets import token_urlsafe
from typing import NamedTuple

from ptrack.database.reading import Reader, instant_text
from ptrack.vocabulary import SessionStatus, TokenPurpose

_BYTES = 32

ISSUE = """
INSERT INTO token (digest, purpose, client_id, session_id, expires_at, created_at)
VALUES (:digest, :purpose, :client, :session, :expires_at, :now)"""

REVOKE_OF_SESSION = """
UPDATE token SET revoked_at = :now WHERE session_id = :session AND revoked_at IS NULL"""

BY_DIGEST = """
SELECT t.id, t.purpose, t.client_id, t.session_id, t.created_at, t.expires_at, t.revoked_at,
       s.status AS session_status
FROM token t
JOIN client c ON c.id = t.client_id
LEFT JOIN session s ON s.id = t.session_id AND s.client_id = t.client_id
WHERE t.digest = :digest"""


class Refusal(StrEnum):
    """Why a token does not count, as it is told."""

    UNKNOWN = "its token is none of this practice's"
    OTHER_PURPOSE = "its token is for something else"
    REVOKED = "its token was revoked"
    EXPIRED = "its token has expired"
    CLOSED = "its session is not a completed one any more"


class TokenRow(NamedTuple):
    """A token as it was issued, and how its client's session stands, None where there is none."""

    id: int
    purpose: TokenPurpose
    client_id: int
    session_id: int | None
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    session_status: SessionStatus | None


def issue(
    connection: sqlite3.Connection,
    purpose: TokenPurpose,
    client_id: int,
    now: datetime,
    expires_at: datetime,
    session_id: int | None = None,
) -> str:
    """Make a token within the connection's open transaction; what is returned is kept nowhere else."""
    token = token_urlsafe(_BYTES)
    values = {
        "digest": digest_of(token),
        "purpose": purpose.value,
        "client": client_id,
        "session": session_id,
        "expires_at": instant_text(expires_at),
        "now": instant_text(now),
    }
    connection.execute(ISSUE, values)
    return token


def revoke_of_session(connection: sqlite3.Connection, session_id: int | None, now: datetime) -> None:
    """Let no token that there is speak of a session any more, within the connection's open transaction."""
    connection.execute(REVOKE_OF_SESSION, {"session": session_id, "now": instant_text(now)})


def check(reader: Reader, token: str, purpose: TokenPurpose, now: datetime) -> TokenRow | Refusal:
    """The token's row where it may do what it is shown for, else why it may not.

    One of a session needs that session, still the client's and completed.
    """
    found = reader.row(TokenRow, BY_DIGEST, digest=digest_of(token))
    if found is None:
        return Refusal.UNKNOWN
    if found.purpose is not purpose:
        return Refusal.OTHER_PURPOSE
    if found.revoked_at is not None:
        return Refusal.REVOKED
    if found.expires_at <= now:
        return Refusal.EXPIRED
    if found.session_id is not None and found.session_status is not SessionStatus.COMPLETED:
        return Refusal.CLOSED
    return found


def digest_of(text: str) -> str:
    """The hash by which a secret or a mail is known again: SHA-256 of its UTF-8, in hexadecimal digits."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()
