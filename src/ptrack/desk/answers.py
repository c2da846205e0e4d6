"""Filing what a client answers: on the session's validation, as feedback, or to be written to no more.

The token is the proof of who answers; whoever was handed it, by forwarding, answers in the client's stead.
"""

from datetime import datetime
from typing import NamedTuple

from ptrack.database.session import Writing
from ptrack.desk import sessions
from ptrack.desk.correspondence import follow_reminders
from ptrack.feedback.actions import file_feedback
from ptrack.feedback.rules import NO, YES, Answer, Question, ratings_of
from ptrack.feedback.tokens import Refusal, TokenRow, check
from ptrack.models.agenda import TrainingSession
from ptrack.models.practice import Client
from ptrack.vocabulary import FeedbackSource, TokenPurpose, Validation


class Given(NamedTuple):
    """An answer as it was given, with the words that came with it, and when and how."""

    answer: Answer
    token: str
    comment: str | None
    answered_at: datetime
    source: FeedbackSource


class Filed(NamedTuple):
    """Whose answer was filed, about which session, and whether it says anything new."""

    client_id: int
    session_id: int | None
    is_new: bool


def purpose_of(answer: Answer) -> TokenPurpose:
    """What a token must be for, to carry that answer."""
    is_leaving = answer.question is Question.UNSUBSCRIBE
    return TokenPurpose.UNSUBSCRIBE if is_leaving else TokenPurpose.VALIDATE


def file_answer(work: Writing, given: Given) -> Filed | Refusal:
    """File an answer, or say why it does not count; the last one on a question stands.

    An answer that is what stands already changes nothing.
    """
    token = check(work.reader, given.token, purpose_of(given.answer), work.now)
    if isinstance(token, Refusal):
        return token
    if given.answer.question is Question.UNSUBSCRIBE:
        return Filed(token.client_id, None, _leave(work, token.client_id))
    if token.session_id is None:
        return Refusal.CLOSED
    return Filed(token.client_id, token.session_id, _file(work, token, token.session_id, given))


def _file(work: Writing, token: TokenRow, session: int, given: Given) -> bool:
    """File what is said of a session; words that came with a denial are its reason."""
    answer = given.answer
    if answer == NO:
        return _judge(work, session, Validation.DISPUTED, given.comment)
    is_new = answer == YES and _judge(work, session, Validation.VALIDATED)
    ratings = ratings_of(answer, given.comment)
    if any(value is not None for value in ratings):
        moment = max(token.created_at, min(given.answered_at, work.now))
        is_new |= file_feedback(work, session, ratings, given.source, moment)
    return is_new


def _judge(work: Writing, session: int, verdict: Validation, reason: str | None = None) -> bool:
    """Confirm or dispute a session, unless it is so already."""
    if work.get(TrainingSession, session).validation is verdict:
        return False
    if verdict is Validation.VALIDATED:
        sessions.validate(work, session)
    else:
        sessions.dispute(work, session, reason)
    return True


def _leave(work: Writing, client: int) -> bool:
    """Let a client be written to no more, but for news of appointments."""
    found = work.get(Client, client)
    if found.unsubscribed_at is not None:
        return False
    found.unsubscribed_at = work.now
    work.flush()
    follow_reminders(work, client)
    return True
