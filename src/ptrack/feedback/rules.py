"""What clients are asked after a session, when, and how an answer stands in the subject of a reply.

A subject is `ptrack ANSWER TOKEN`: `ptrack yes …`, `ptrack no …`, `ptrack 4 stars …`, `ptrack trainer 5 …`,
`ptrack energy 3 …`, `ptrack soreness 2 …`, and `ptrack unsubscribe …` besides. The token says whose session
is meant and that its holder may speak of it; whatever mail programs put before, after or between does not
count.
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from ptrack.errors import UsageError

TOKEN_CHARS = 43
"""The length of a token: 256 bits, six to a character."""
LOWEST, HIGHEST = 1, 5
ENOUGH = 5
"""Answers below which a mean says little, and ranks nobody."""
LONGEST_COMMENT = 2_000

_LONGEST_SUBJECT = 1_000
_SEEMING_TOKEN = 20
_TOKEN = re.compile(r"[A-Za-z0-9_-]+")
_ANSWER = re.compile(
    r"(?<![a-z0-9])ptrack[ +:,]+(?:(?P<word>yes|no|unsubscribe)|(?P<stars>\d{1,9})[ +]*stars?"
    r"|(?P<what>trainer|energy|soreness)[ +]+(?P<value>\d{1,9}))(?![a-z0-9_-])",
    re.IGNORECASE,
)
_AROUND = "<>()[]{}\"'.,;:+"


class Question(StrEnum):
    """What a client is asked: whether the session took place, and what it was like, from 1 to 5.

    Nobody is asked to unsubscribe, but it is answered in the same way.
    """

    TOOK_PLACE = "took_place"
    SESSION = "session"
    TRAINER = "trainer"
    ENERGY = "energy"
    SORENESS = "soreness"
    UNSUBSCRIBE = "unsubscribe"


class Answer(NamedTuple):
    """The answer to a question: 1 or 0 for yes or no where it asks that, else 1 to 5."""

    question: Question
    value: int

    def __str__(self) -> str:
        """As it stands in a subject: `yes`, `4 stars`, `energy 3`."""
        if self.question is Question.TOOK_PLACE:
            return "yes" if self.value else "no"
        if self.question is Question.UNSUBSCRIBE:
            return "unsubscribe"
        if self.question is Question.SESSION:
            return "1 star" if self.value == 1 else f"{self.value} stars"
        return f"{self.question} {self.value}"


YES = Answer(Question.TOOK_PLACE, 1)
NO = Answer(Question.TOOK_PLACE, 0)
LEAVE = Answer(Question.UNSUBSCRIBE, 1)
_WORDS = {"yes": YES, "no": NO, "unsubscribe": LEAVE}


class Reply(NamedTuple):
    """What a subject says: the answer and the token, each None where it is not whole."""

    answer: Answer | None
    token: str | None


class Ratings(NamedTuple):
    """What is said of a session, each from 1 to 5; None where nothing is."""

    session: int | None = None
    trainer: int | None = None
    energy: int | None = None
    soreness: int | None = None
    comment: str | None = None


def questions_due(nth_completed: int, feedback_every: int) -> tuple[Question, ...]:
    """What is asked after a client's nth completed session, counted from 1, beside whether it took place."""
    if nth_completed % feedback_every:
        return (Question.SESSION,)
    return (Question.SESSION, Question.TRAINER, Question.ENERGY, Question.SORENESS)


def answers_to(question: Question) -> tuple[Answer, ...]:
    """Every answer that a question has, in the order in which they are offered."""
    if question is Question.TOOK_PLACE:
        return YES, NO
    if question is Question.UNSUBSCRIBE:
        return (LEAVE,)
    return tuple(Answer(question, value) for value in range(LOWEST, HIGHEST + 1))


def answer_subject(answer: Answer, token: str) -> str:
    """The subject of the mail that gives an answer."""
    return f"ptrack {answer} {token}"


def read_subject(subject: str) -> Reply | None:
    """What the decoded subject of a mail answers, None for a mail that is about something else.

    Prefixes, letter case, spaces, hidden characters and a token broken by wrapping do not count. A subject
    with different answers has none.
    """
    said = _plain(subject[:_LONGEST_SUBJECT])
    found = set(_replies(said))
    if len(found) > 1:
        return Reply(None, None)
    return found.pop() if found else None


def _plain(subject: str) -> str:
    """A subject as its sender saw it: without hidden characters, spaces of every kind alike."""
    shown = "".join(
        " " if char.isspace() else char
        for char in unicodedata.normalize("NFKC", subject)
        if char.isspace() or unicodedata.category(char) not in ("Cf", "Cc", "Cs")
    )
    return " ".join(shown.replace("%20", " ").split())


def _replies(said: str) -> Iterator[Reply]:
    """Each place in a subject that gives an answer with a token, or seems to."""
    places = list(_ANSWER.finditer(said))
    for number, place in enumerate(places, start=1):
        end = places[number].start() if number < len(places) else len(said)
        rest = said[place.end() : end]
        token = _token(rest)
        if token is not None or _seems_meant(rest):
            yield Reply(_answer(place), token)


def _answer(place: re.Match[str]) -> Answer | None:
    word, stars, what, value = place["word"], place["stars"], place["what"], place["value"]
    if word:
        return _WORDS[word.lower()]
    question = Question(what.lower()) if what else Question.SESSION
    number = int(value or stars)
    return Answer(question, number) if LOWEST <= number <= HIGHEST else None


def _token(rest: str) -> str | None:
    """The token that a text begins with, its pieces put together again."""
    whole = ""
    for word in rest.replace("+", " ").split():
        piece = word.strip(_AROUND)
        whole += piece
        if not _TOKEN.fullmatch(piece) or len(whole) >= TOKEN_CHARS:
            break
    return whole if len(whole) == TOKEN_CHARS and _TOKEN.fullmatch(whole) else None


def _seems_meant(rest: str) -> bool:
    """Whether a text has something like a token, if no whole one."""
    return any(len(piece) >= _SEEMING_TOKEN for piece in _TOKEN.findall(rest))


def ratings_of(answer: Answer, comment: str | None) -> Ratings:
    """What an answer, and the words that came with it, say of a session."""
    said = {answer.question: answer.value}
    return Ratings(
        said.get(Question.SESSION),
        said.get(Question.TRAINER),
        said.get(Question.ENERGY),
        said.get(Question.SORENESS),
        comment,
    )


def require_ratings(ratings: Ratings) -> None:
    """Refuse ratings outside 1 to 5, and none at all."""
    for name, value in ratings._asdict().items():
        if isinstance(value, int) and not LOWEST <= value <= HIGHEST:
            raise UsageError(f"--{name} is from {LOWEST} to {HIGHEST}, not {value}.")
    if all(value is None for value in ratings):
        raise UsageError("Nothing is said. Give --session, --trainer, --energy, --soreness or --comment.")
