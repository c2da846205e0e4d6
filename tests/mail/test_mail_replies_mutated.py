"""Damaged and forged replies: no traceback, no hang, and never an answer about another client's session."""

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mutations import EDITS, Edit, damaged, put_in, swapped
from ptrack.database.fresh import create_database
from ptrack.database.reading import Reader
from ptrack.database.session import Writing, writing
from ptrack.feedback.rules import Answer, Question, answer_subject, answers_to
from ptrack.mail.fetching import Doors, Fate, Report, rehearse
from ptrack.mail.mailboxes import Item
from ptrack.models.agenda import TrainingSession
from ptrack.models.practice import Client
from ptrack.vocabulary import SessionStatus, TokenPurpose, Validation
from reply_samples import NOW, reply, token_for

CASES, MANY_CASES = 2_000, 100_000
ANSWERS = [answer for question in Question for answer in answers_to(question)]
LINES = (
    b"Auto-Submitted: auto-replied", b"Content-Type: multipart/mixed; boundary=x", b"Subject: ptrack no",
    b"Content-Transfer-Encoding: base64", b"Content-Type: text/html", b"Date: Mon, 99 Foo 9999 99:99", b"--x",
    b"Content-Type: message/rfc822", b"Content-Disposition: attachment", b"MIME-Version: \xff", b"Subject:",
    b"Content-Type: text/plain; charset*0=utf-8; charset*1*=''x", b"=?utf-8?q?=FF?=", b" folded", b"\x00",
    b"From: <>", b"Content-Type: multipart/report", b"<blockquote><style>", b"ptrack yes ptrack no",
)  # fmt: skip
PLACE = st.floats(0, 1, exclude_max=True)
REPLY_EDITS = st.one_of(
    EDITS,
    st.builds(lambda where, line: put_in(where, b"\r\n" + line + b"\r\n"), PLACE, st.sampled_from(LINES)),
    st.builds(
        swapped,
        st.sampled_from([b"ptrack ", b"Subject", b"yes", b" ", b"text/plain", b"utf-8", b"\r\n", b"stars"]),
        st.sampled_from([b"", b"no", b"ptrack", b"=?utf-8?b?", b"multipart/x", b"\r\n ", b"unsubscribe"]),
    ),
)


class Practice:
    """Four completed sessions of four clients, and the tokens for them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        create_database(path, "Europe/Berlin", NOW)
        with writing(path, "test", NOW) as work:
            for number in range(1, 5):
                work.add(Client(name=f"Client {number}", created_at=NOW))
                work.add(
                    TrainingSession(
                        client_id=number, trainer_id=1, starts_at=NOW, duration_min=60,
                        status=SessionStatus.COMPLETED,
                    )
                )  # fmt: skip
        self.work: Writing
        self.tokens = {number: token_for(path, number, number) for number in range(1, 5)}
        self.leaving = {
            number: token_for(path, number, None, TokenPurpose.UNSUBSCRIBE) for number in range(1, 5)
        }

    def token(self, number: int, answer: Answer) -> str:
        return (self.leaving if answer.question is Question.UNSUBSCRIBE else self.tokens)[number]

    def tried(self, *mails: bytes) -> Report:
        """What would become of those mails."""
        return rehearse(Post(mails), Doors(self._looking, self._trying), NOW)

    @contextmanager
    def _looking(self) -> Iterator[Reader]:
        yield self.work.reader

    @contextmanager
    def _trying(self) -> Iterator[Writing]:
        """One transaction for all of them, taken back to where it was after each."""
        self.work._journal.number = None
        self.work.reader.connection.execute("SAVEPOINT tried")
        try:
            yield self.work
        finally:
            self.work.session.expunge_all()
            self.work.reader.connection.execute("ROLLBACK TO tried")

    def standing(self) -> list[tuple[object, ...]]:
        found = self.work.reader.tuples("SELECT id, validation FROM session")
        return found + self.work.reader.tuples("SELECT * FROM feedback")


class _TriedError(Exception):
    """Takes back whatever was tried."""


class Post:
    """A mailbox that is made up."""

    def __init__(self, mails: Sequence[bytes]) -> None:
        self._mails = mails

    def items(self) -> Iterator[Item]:
        for number, mail in enumerate(self._mails):
            yield Item(str(number), mail, lambda mail=mail: mail or b"x")  # type: ignore[misc]

    def mark(self, keys: Sequence[str]) -> None:
        raise AssertionError(keys)


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Practice]:
    made = Practice(tmp_path_factory.mktemp("replies") / "practice.db")
    with suppress(_TriedError), writing(made.path, "mail fetch", NOW) as made.work:
        yield made
        raise _TriedError


def _timed(practice: Practice, raw: bytes) -> tuple[Report, float]:
    began = time.process_time()
    return practice.tried(raw), time.process_time() - began


def _hold(practice: Practice, number: int, answer: Answer, raw: bytes) -> None:
    """Whatever is left of a reply says nothing of others, and nothing without its whole token."""
    report, seconds = _timed(practice, raw)
    if seconds >= 1.0:  # the collector may have had all that the test has left behind in its hands
        report, seconds = _timed(practice, raw)
    assert seconds < 1.0
    assert len(report.outcomes) <= 1
    for outcome in report.outcomes:
        if outcome.fate is Fate.REFUSED:
            assert outcome.reason
            assert (outcome.client_id, outcome.session) == (None, None)
        else:
            assert outcome.client_id == number
            assert outcome.session in (number, None)
            token = practice.token(number, answer)
            assert token in re.sub(r"[^A-Za-z0-9_-]", "", raw.decode("ascii", "replace")) or b"=?" in raw


def _try(practice: Practice, cases: int) -> None:
    before = practice.standing()

    @settings(max_examples=cases, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(
        st.integers(1, 4), st.sampled_from(ANSWERS), st.lists(REPLY_EDITS, max_size=3),
        st.sampled_from(["", "Great\n\nOn Monday Maya wrote:\n> so", "<p>Good</p>"]),
    )  # fmt: skip
    def every_reply(number: int, answer: Answer, edits: list[Edit], body: str) -> None:
        raw = damaged(reply(answer_subject(answer, practice.token(number, answer)), body), edits)
        _hold(practice, number, answer, raw)

    every_reply()
    assert practice.standing() == before


def test_damaged_replies_answer_nothing_that_was_not_asked(practice: Practice) -> None:
    _try(practice, CASES)


@pytest.mark.full
def test_many_damaged_replies_answer_nothing_that_was_not_asked(practice: Practice) -> None:
    _try(practice, MANY_CASES)


@pytest.mark.parametrize("cases", [CASES // 10, pytest.param(MANY_CASES // 10, marks=pytest.mark.full)])
def test_forged_tokens_never_count(practice: Practice, cases: int) -> None:
    letters = st.sampled_from("ABCDEFabcdef0189_-")

    @settings(max_examples=cases, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(
        st.integers(1, 4), st.sampled_from(ANSWERS), st.dictionaries(st.integers(0, 42), letters, max_size=4)
    )
    def every_forgery(number: int, answer: Answer, changes: dict[int, str]) -> None:
        real = practice.token(number, answer)
        forged = "".join(changes.get(place, letter) for place, letter in enumerate(real))
        (outcome,) = practice.tried(reply(answer_subject(answer, forged))).outcomes
        assert (outcome.fate is Fate.REFUSED) == (forged != real)

    every_forgery()


def test_the_practice_can_be_answered_at_all(practice: Practice) -> None:
    for number in range(1, 5):
        for answer in ANSWERS:
            (outcome,) = practice.tried(
                reply(answer_subject(answer, practice.token(number, answer)))
            ).outcomes
            assert (outcome.fate, outcome.client_id) == (Fate.FILED, number)
    assert Validation.PENDING.value in str(practice.standing())
