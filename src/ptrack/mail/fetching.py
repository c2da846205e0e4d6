"""Fetching replies: each is read once, filed or refused in a transaction of its own, and accounted for.

No transaction is open while a mailbox is read. What a reply said can be undone like any other change, and
stays undone: that it was read is remembered apart from that.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple

from ptrack.database.reading import Reader
from ptrack.database.session import Writing
from ptrack.desk.answers import Filed, Given, file_answer
from ptrack.feedback.actions import remember_reply
from ptrack.feedback.queries import Answerer, answerer, is_read
from ptrack.feedback.rules import LEAVE, Answer
from ptrack.feedback.tokens import Refusal
from ptrack.mail.mailboxes import Mailbox
from ptrack.mail.replies import Mail, read_comment, read_head
from ptrack.vocabulary import FeedbackSource

AUTOMATIC = "it was sent by a machine"
NO_ANSWER = "its subject gives no answer, or several"
NO_TOKEN = "its token is not whole"  # noqa: S105  a sentence

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Fate(StrEnum):
    """What became of a reply."""

    FILED = "filed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class Outcome(NamedTuple):
    """A reply and what became of it: why it was refused, or what is odd about it, as `reason`."""

    fate: Fate
    answer: Answer | None
    client_id: int | None
    client: str | None
    session: int | None
    comment: str | None
    sender: str
    subject: str
    sent_at: datetime | None
    reason: str | None


class Report(NamedTuple):
    """All replies that were new, in the order in which they were sent."""

    outcomes: Sequence[Outcome]
    is_dry: bool = False

    def count(self, fate: Fate) -> int:
        """How many came to that."""
        return sum(outcome.fate is fate for outcome in self.outcomes)


class Doors(NamedTuple):
    """How the practice is opened, for a look and for a change."""

    reading: Callable[[], AbstractContextManager[Reader]]
    writing: Callable[[], AbstractContextManager[Writing]]


class _RehearsedError(Exception):
    """Takes back what was only tried."""


def fetch(box: Mailbox, doors: Doors, now: datetime) -> Report:
    """Read what is new in a mailbox and file it; replies are marked there once they are."""
    keys, mails = _found(box, doors, now)
    outcomes: list[Outcome | None] = []
    for mail in mails:
        with doors.writing() as work:
            outcomes.append(_filed(work, mail))
    box.mark(keys)
    return _report(outcomes)


def rehearse(box: Mailbox, doors: Doors, now: datetime) -> Report:
    """What `fetch` would do now; nothing is kept."""
    _, mails = _found(box, doors, now)
    outcomes: list[Outcome | None] = []
    with suppress(_RehearsedError), doors.writing() as work:
        outcomes = [_filed(work, mail) for mail in mails]
        raise _RehearsedError
    return _report(outcomes, is_dry=True)


def _report(outcomes: Sequence[Outcome | None], *, is_dry: bool = False) -> Report:
    return Report([outcome for outcome in outcomes if outcome is not None], is_dry)


def _found(box: Mailbox, doors: Doors, now: datetime) -> tuple[list[str], list[Mail]]:
    """The keys of all replies in a mailbox, and those that are new in the order in which they were sent.

    A date to come is taken for now, none for the beginning of time.
    """
    keys: list[str] = []
    mails: dict[str, Mail] = {}
    for key, mail in _replies(box, doors):
        keys.append(key)
        if mail is not None:
            mails.setdefault(mail.digest, mail)
    return keys, sorted(mails.values(), key=lambda mail: min(mail.sent_at or _EPOCH, now))


def _replies(box: Mailbox, doors: Doors) -> Iterator[tuple[str, Mail | None]]:
    """Each reply with its key, None for one that was read before; what is gone meanwhile is left out."""
    for item in box.items():
        mail = read_head(item.head)
        if mail is None:
            continue
        with doors.reading() as reader:
            is_known = is_read(reader, mail.digest)
        if is_known:
            yield item.key, None
        elif raw := item.read():
            yield item.key, mail._replace(comment=read_comment(raw))


def _filed(work: Writing, mail: Mail) -> Outcome | None:
    """File one reply; None where another fetch was faster."""
    if is_read(work.reader, mail.digest):
        return None
    remember_reply(work, mail.digest)
    answer, token = mail.reply
    if answer is None:
        return _outcome(mail, Fate.REFUSED, NO_ANSWER)
    if token is None:
        return _outcome(mail, Fate.REFUSED, NO_TOKEN)
    if mail.is_automatic and answer != LEAVE:  # mail programs may send that one themselves
        return _outcome(mail, Fate.REFUSED, AUTOMATIC)
    sent_at = mail.sent_at or work.now
    given = Given(answer, token, mail.comment, sent_at, FeedbackSource.REPLY)
    return _told(work, mail, file_answer(work, given))


def _told(work: Writing, mail: Mail, filed: Filed | Refusal) -> Outcome:
    if isinstance(filed, Refusal):
        return _outcome(mail, Fate.REFUSED, filed.value)
    person = answerer(work.reader, filed.client_id)
    outcome = _outcome(mail, Fate.FILED if filed.is_new else Fate.UNCHANGED, _oddity(mail, person))
    return outcome._replace(client_id=filed.client_id, client=person.name, session=filed.session_id)


def _oddity(mail: Mail, person: Answerer) -> str | None:
    """That a reply came from another address than the client's or the guardian's."""
    addresses = {address.casefold() for address in (person.email, person.guardian_email) if address}
    return None if mail.sender.casefold() in addresses else f"sent from {mail.sender or 'nowhere'}"


def _outcome(mail: Mail, fate: Fate, reason: str | None) -> Outcome:
    """A reply's outcome, as long as nobody knows whose it is."""
    answer, sent_at = mail.reply.answer, mail.sent_at
    return Outcome(fate, answer, None, None, None, mail.comment, mail.sender, mail.subject, sent_at, reason)
