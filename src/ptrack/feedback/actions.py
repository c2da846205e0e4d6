"""Keeping what clients say of their sessions."""

from datetime import datetime
from typing import Any

from sqlmodel import col, select

from ptrack.database.reading import instant_text
from ptrack.database.session import Writing
from ptrack.errors import StateError
from ptrack.feedback.rules import LONGEST_COMMENT, Ratings, require_ratings
from ptrack.models.mail import Feedback
from ptrack.naming import clean
from ptrack.scheduling.queries import session
from ptrack.vocabulary import FeedbackSource, SessionStatus

REMEMBER_REPLY = "INSERT INTO reply (digest, read_at) VALUES (:digest, :now)"


def file_feedback(
    work: Writing, number: int, ratings: Ratings, source: FeedbackSource, answered_at: datetime
) -> bool:
    """Keep what is said of a session; whether anything is new in it.

    What is said of each thing last stands, what is not spoken of stays. Raises NotFoundError, StateError
    where the session is none that took place, UsageError for ratings that are none.
    """
    require_ratings(ratings)
    _require_completed(work, number)
    said = {key: value for key, value in _columns(ratings).items() if value is not None}
    found = _find(work, number)
    if found is None:
        row = {"session_id": number, "source": source, "answered_at": answered_at, **said}
        work.add(Feedback(**row))
        return True
    if all(getattr(found, key) == value for key, value in said.items()):
        return False
    for key, value in said.items():
        setattr(found, key, value)
    found.source, found.answered_at = source, answered_at
    work.flush()
    return True


def remove_feedback(work: Writing, number: int) -> None:
    """Take away what was said of a session that goes."""
    found = _find(work, number)
    if found is not None:
        work.delete(found)


def _find(work: Writing, number: int) -> Feedback | None:
    return work.session.exec(select(Feedback).where(col(Feedback.session_id) == number)).one_or_none()


def _require_completed(work: Writing, number: int) -> None:
    status = session(work.reader, number).status
    if status is not SessionStatus.COMPLETED:
        words = "a no-show" if status is SessionStatus.NO_SHOW else status.replace("_", " ")
        raise StateError(f"Session {number} is {words}; only of a completed one something can be said.")


def _columns(ratings: Ratings) -> dict[str, Any]:
    """Ratings by the columns that hold them."""
    comment = clean(ratings.comment)[:LONGEST_COMMENT].strip() if ratings.comment is not None else None
    return {
        "session_rating": ratings.session,
        "trainer_rating": ratings.trainer,
        "energy": ratings.energy,
        "soreness": ratings.soreness,
        "comment": comment or None,
    }


def remember_reply(work: Writing, digest: str) -> None:
    """Note that a reply was read; it stays so where what it said is undone."""
    values = {"digest": digest, "now": instant_text(work.now)}
    work.reader.connection.execute(REMEMBER_REPLY, values)
