"""Where the links of a message lead: to a page of the practice's own, or into a mail that says it all.

A mail's subject is `ptrack WHAT ANSWER TOKEN` (`ptrack validate yes Zk3...`, `ptrack trainer 5 Zk3...`) or
`ptrack unsubscribe TOKEN`; whoever reads the replies looks for that and nothing else.
"""

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote

WORD = "ptrack"
RATINGS = (1, 2, 3, 4, 5)
QUESTIONS = ("session", "trainer", "energy", "soreness")


class Links(NamedTuple):
    """Makes links: `address` is where answers go by mail, `base_url` the practice's own pages, if any."""

    address: str
    base_url: str | None

    def answer(self, token: str, what: str, answer: str) -> str:
        """The link that says one thing of a session: `validate` yes or no, a question's rating."""
        if self.base_url:
            return f"{self._page('validate', token)}?{quote(what)}={quote(answer)}"
        return self._mail(f"{WORD} {what} {answer} {token}")

    def scales(self, token: str, questions: Iterable[str]) -> dict[str, list[str]]:
        """Five links for each question that there is."""
        return {
            question: [self.answer(token, question, str(rating)) for rating in RATINGS]
            for question in questions
            if question in QUESTIONS
        }

    def unsubscribe_page(self, token: str) -> str | None:
        """The page that stops what can be stopped, where there are pages."""
        return self._page("unsubscribe", token) if self.base_url else None

    def unsubscribe_mail(self, token: str) -> str:
        """The mail that stops what can be stopped."""
        return self._mail(f"{WORD} unsubscribe {token}")

    def _page(self, name: str, token: str) -> str:
        return f"{(self.base_url or '').rstrip('/')}/{name}/{quote(token, safe='')}"

    def _mail(self, subject: str) -> str:
        return f"mailto:{quote(self.address, safe='@+')}?subject={quote(subject, safe='')}"
