"""What is asked when, and what a subject answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptrack.errors import UsageError
from ptrack.feedback.rules import (
    LEAVE,
    NO,
    YES,
    Answer,
    Question,
    Ratings,
    Reply,
    answer_subject,
    answers_to,
    questions_due,
    ratings_of,
    read_subject,
    require_ratings,
)

WHOLE = "Zm9vYmFyLWJhei1xdXV4XzAxMjM0NTY3ODlhYmNkZWY"
OTHER = "A" * 43
ANSWERS = [answer for question in Question for answer in answers_to(question)]
TOKENS = st.text("ABCXYZabcxyz0189_-", min_size=43, max_size=43)


def test_a_subject_is_what_the_mail_says_it_is() -> None:
    assert [answer_subject(answer, "T") for answer in (YES, NO, Answer(Question.SESSION, 1))] == [
        "ptrack yes T", "ptrack no T", "ptrack 1 star T",
    ]  # fmt: skip
    assert answer_subject(Answer(Question.SESSION, 4), "T") == "ptrack 4 stars T"
    assert answer_subject(Answer(Question.TRAINER, 5), "T") == "ptrack trainer 5 T"
    assert answer_subject(Answer(Question.SORENESS, 2), "T") == "ptrack soreness 2 T"
    assert answer_subject(LEAVE, "T") == "ptrack unsubscribe T"


@given(st.sampled_from(ANSWERS), TOKENS)
def test_every_answer_is_read_back(answer: Answer, token: str) -> None:
    assert read_subject(answer_subject(answer, token)) == Reply(answer, token)


@given(
    st.sampled_from(ANSWERS),
    TOKENS,
    st.sampled_from(["", "Re: ", "AW: ", "Fwd: Re: ", "[extern] ", "  ", "\u200b"]),
    st.sampled_from([str, str.title]),
    st.sampled_from([" ", "  ", "\u00a0", "\r\n ", "\t", " \u200b", "%20", "+"]),
    st.sets(st.integers(1, 42), max_size=2),
    st.sampled_from(["", " ", " (fwd)", "\u200b", " thanks", "."]),
)
def test_what_mail_programs_do_to_a_subject_does_not_count(
    answer: Answer, token: str, before: str, case: type[str], gap: str, breaks: set[int], after: str
) -> None:
    for place in sorted(breaks, reverse=True):
        token_broken = token[:place] + "\r\n " + token[place:]
        said = f"{before}{case(f'ptrack {answer}')} ".replace(" ", gap) + token_broken + after
        assert read_subject(said) == Reply(answer, token)
    said = f"{before}{case(f'ptrack {answer}')} {token}".replace(" ", gap) + after
    assert read_subject(said) == Reply(answer, token)


@pytest.mark.parametrize(
    "subject",
    [
        "", "Re: your session", "ptrack", "ptrack yes", "ptrack no longer starts", f"ptrack {WHOLE}",
        f"ptrack maybe {WHOLE}", f"aptrack yes {WHOLE}", f"ptrack yesterday {WHOLE}", f"yes {WHOLE}",
    ],
)  # fmt: skip
def test_other_mail_is_no_reply(subject: str) -> None:
    assert read_subject(subject) is None


@pytest.mark.parametrize(
    ("subject", "reply"),
    [
        (f"ptrack yes {WHOLE[:40]}", Reply(YES, None)),
        (f"ptrack yes {WHOLE}x", Reply(YES, None)),
        (f"ptrack yes {WHOLE[:30]} ?? {WHOLE[30:]}", Reply(YES, None)),
        (f"ptrack 0 stars {WHOLE}", Reply(None, WHOLE)),
        (f"ptrack 6 stars {WHOLE}", Reply(None, WHOLE)),
        (f"ptrack energy 99 {WHOLE}", Reply(None, WHOLE)),
        (f"ptrack yes {WHOLE} ptrack no {WHOLE}", Reply(None, None)),
        (f"ptrack yes {WHOLE} ptrack yes {OTHER}", Reply(None, None)),
        (f"ptrack yes {WHOLE} Re: ptrack yes {WHOLE}", Reply(YES, WHOLE)),
    ],
)
def test_what_is_not_whole_or_says_two_things_is_no_answer(subject: str, reply: Reply) -> None:
    assert read_subject(subject) == reply


def test_every_nth_session_all_is_asked() -> None:
    asked = [len(questions_due(nth, 5)) for nth in range(1, 12)]
    assert asked == [1, 1, 1, 1, 4, 1, 1, 1, 1, 4, 1]
    assert questions_due(1, 1) == (Question.SESSION, Question.TRAINER, Question.ENERGY, Question.SORENESS)
    assert questions_due(19, 20) == (Question.SESSION,)


def test_ratings_are_from_one_to_five_and_something_is_said() -> None:
    require_ratings(Ratings(session=1, soreness=5))
    require_ratings(Ratings(comment="good"))
    with pytest.raises(UsageError, match="--energy is from 1 to 5, not 6"):
        require_ratings(Ratings(energy=6))
    with pytest.raises(UsageError, match="--session is from 1 to 5, not 0"):
        require_ratings(Ratings(session=0))
    with pytest.raises(UsageError, match="Nothing is said"):
        require_ratings(Ratings())


@pytest.mark.parametrize(
    ("answer", "ratings"),
    [
        (Answer(Question.SESSION, 4), Ratings(session=4, comment="Good")),
        (Answer(Question.TRAINER, 5), Ratings(trainer=5, comment="Good")),
        (Answer(Question.ENERGY, 1), Ratings(energy=1, comment="Good")),
        (Answer(Question.SORENESS, 2), Ratings(soreness=2, comment="Good")),
        (YES, Ratings(comment="Good")),
    ],
)
def test_an_answer_rates_what_it_was_asked_of(answer: Answer, ratings: Ratings) -> None:
    assert ratings_of(answer, "Good") == ratings


def test_every_question_has_its_answers_in_order() -> None:
    assert answers_to(Question.TOOK_PLACE) == (YES, NO)
    assert answers_to(Question.UNSUBSCRIBE) == (LEAVE,)
    for question in (Question.SESSION, Question.TRAINER, Question.ENERGY, Question.SORENESS):
        assert answers_to(question) == tuple(Answer(question, value) for value in (1, 2, 3, 4, 5))
    assert [answer.value for answer in (YES, NO, LEAVE)] == [1, 0, 1]
    assert [str(Answer(Question.SESSION, value)) for value in (0, 1, 2)] == ["0 stars", "1 star", "2 stars"]


def test_a_token_ends_where_another_answer_begins() -> None:
    assert read_subject(f"ptrack yes {WHOLE[:35]} ptrack no") == Reply(YES, None)


@pytest.mark.parametrize(("length", "reply"), [(19, None), (20, Reply(YES, None)), (21, Reply(YES, None))])
def test_something_long_enough_was_meant_as_a_token(length: int, reply: Reply | None) -> None:
    assert read_subject(f"ptrack yes {'A' * length}") == reply
