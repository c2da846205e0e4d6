"""Where the links of a message lead: to a page of the practice's own, or into a mail that says it all."""

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote

from ptrack.feedback.rules import LEAVE, NO, YES, Answer, Question, answer_subject, answers_to

SCALES = (Question.SESSION, Question.TRAINER, Question.ENERGY, Question.SORENESS)
"""The questions that are answered by a number from 1 to 5."""


class Links(NamedTuple):
    """Makes links: `address` is where answers go by mail, `base_url` the practice's own pages, if any."""

    address: str
    base_url: str | None

    def yes(self, token: str) -> str:
        """The link that says a session took place."""
        return self._answer(YES, token)

    def no(self, token: str) -> str:
        """The link that says it did not."""
        return self._answer(NO, token)

    def scales(self, token: str, questions: Iterable[str]) -> dict[str, list[str]]:
        """Five links for each question."""
        return {
            question: [self._answer(answer, token) for answer in answers_to(Question(question))]
            for question in questions
            if question in SCALES
        }

    def unsubscribe_page(self, token: str) -> str | None:
        """The page that stops what can be stopped, where there are pages."""
        return self._page("unsubscribe", token) if self.base_url else None

    def unsubscribe_mail(self, token: str) -> str:
        """The mail that stops what can be stopped."""
        return self._mail(answer_subject(LEAVE, token))

    def _answer(self, answer: Answer, token: str) -> str:
        """The mail that is the answer, or the page with it filled in: nothing is answered by looking."""
        if self.base_url:
            return f"{self._page('validate', token)}?{answer.question}={answer.value}"
        return self._mail(answer_subject(answer, token))

    def _page(self, name: str, token: str) -> str:
        return f"{(self.base_url or '').rstrip('/')}/{name}/{quote(token, safe='')}"

    def _mail(self, subject: str) -> str:
        return f"mailto:{quote(self.address, safe='@+')}?subject={quote(subject, safe='')}"
