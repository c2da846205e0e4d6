"""What clients said of their sessions, as frozen rows."""

from datetime import datetime
from typing import Any, NamedTuple

from ptrack.database.reading import Reader
from ptrack.vocabulary import FeedbackSource

READ_REPLY = "SELECT 1 FROM reply WHERE digest = :digest"

ANSWERER = "SELECT name, email, guardian_email FROM client WHERE id = :client"

NTH_COMPLETED = """
SELECT count(*) FROM session s
WHERE s.client_id = :client AND s.status = 'completed'
  AND (s.starts_at < :starts_at OR (s.starts_at = :starts_at AND s.id <= :session))"""

FEEDBACK = """
SELECT f.id, f.session_id AS session, s.client_id, c.name AS client, s.trainer_id, t.name AS trainer,
       s.starts_at, f.session_rating, f.trainer_rating, f.energy, f.soreness, f.comment, f.source,
       f.answered_at
FROM feedback f
JOIN session s ON s.id = f.session_id
JOIN client c ON c.id = s.client_id
JOIN trainer t ON t.id = s.trainer_id"""

SUMMARY = """
SELECT t.id AS trainer_id, t.name AS trainer, count(*) AS completed, count(f.id) AS answers,
       avg(f.session_rating) AS session_mean, count(f.session_rating) AS session_count,
       avg(f.trainer_rating) AS trainer_mean, count(f.trainer_rating) AS trainer_count,
       avg(f.energy) AS energy_mean, count(f.energy) AS energy_count,
       avg(f.soreness) AS soreness_mean, count(f.soreness) AS soreness_count
FROM trainer t
JOIN session s ON s.trainer_id = t.id AND s.status = 'completed'
LEFT JOIN feedback f ON f.session_id = s.id"""


class Answerer(NamedTuple):
    """Whose answer it is, and the addresses that it is expected from."""

    name: str
    email: str | None
    guardian_email: str | None


class FeedbackRow(NamedTuple):
    """What was said of one session, with whose it was; ratings from 1 to 5."""

    id: int
    session: int
    client_id: int
    client: str
    trainer_id: int
    trainer: str
    starts_at: datetime
    session_rating: int | None
    trainer_rating: int | None
    energy: int | None
    soreness: int | None
    comment: str | None
    source: FeedbackSource
    answered_at: datetime


class SummaryRow(NamedTuple):
    """What was said of a trainer's completed sessions: means, None without an answer, and their counts."""

    trainer_id: int
    trainer: str
    completed: int
    answers: int
    session_mean: float | None
    session_count: int
    trainer_mean: float | None
    trainer_count: int
    energy_mean: float | None
    energy_count: int
    soreness_mean: float | None
    soreness_count: int


def feedback(
    reader: Reader,
    begins: datetime | None = None,
    ends: datetime | None = None,
    client_id: int | None = None,
    trainer_id: int | None = None,
) -> list[FeedbackRow]:
    """What was said of the sessions that began from `begins` on and before `ends`, in order of time."""
    where, given = _where(begins, ends, {"client_id": client_id, "trainer_id": trainer_id})
    return reader.rows(FeedbackRow, f"{FEEDBACK}{where} ORDER BY s.starts_at, f.id", **given)


def feedback_of(reader: Reader, session: int) -> FeedbackRow | None:
    """What was said of one session."""
    return reader.row(FeedbackRow, f"{FEEDBACK} WHERE f.session_id = :session", session=session)


def summary(
    reader: Reader,
    begins: datetime | None = None,
    ends: datetime | None = None,
    trainer_id: int | None = None,
) -> list[SummaryRow]:
    """What was said of each trainer's completed sessions within the instants, by name, never by rating."""
    where, given = _where(begins, ends, {"trainer_id": trainer_id})
    found = reader.rows(SummaryRow, f"{SUMMARY}{where} GROUP BY t.id, t.name", **given)
    return sorted(found, key=lambda row: (row.trainer.casefold(), row.trainer_id))


def _where(
    begins: datetime | None, ends: datetime | None, wanted: dict[str, int | None]
) -> tuple[str, dict[str, Any]]:
    """The conditions on sessions, and their parameters; what is None is not asked."""
    given: dict[str, Any] = {key: value for key, value in wanted.items() if value is not None}
    conditions = [f"s.{key} = :{key}" for key in given]
    if begins is not None:
        conditions.append("s.starts_at >= :begins")
        given["begins"] = begins
    if ends is not None:
        conditions.append("s.starts_at < :ends")
        given["ends"] = ends
    return (f" WHERE {' AND '.join(conditions)}" if conditions else ""), given


def nth_completed(reader: Reader, client_id: int, session: int, starts_at: datetime) -> int:
    """Which of the client's completed sessions one is, in order of time, counted from 1."""
    found = reader.value(NTH_COMPLETED, client=client_id, session=session, starts_at=starts_at)
    return int(found)


def is_read(reader: Reader, digest: str) -> bool:
    """Whether a reply was read before."""
    return reader.value(READ_REPLY, digest=digest) is not None


def answerer(reader: Reader, client_id: int) -> Answerer:
    """Whose answer it is that a client's token carries."""
    found = reader.row(Answerer, ANSWERER, client=client_id)
    assert found is not None  # noqa: S101  tokens of nobody do not count
    return found
