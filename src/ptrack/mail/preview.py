"""What a message of the outbox says, without sending it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ptrack.config import Settings
from ptrack.database.reading import Reader
from ptrack.errors import PtrackError
from ptrack.mail.senders import sender_of
from ptrack.mail.settings import mail_settings
from ptrack.outbox.queries import MessageRow, house
from ptrack.vocabulary import TokenPurpose

SAMPLE_TOKENS: Mapping[str, str] = dict.fromkeys(TokenPurpose, "TOKEN")
"""What stands for tokens where nothing is sent: a token is made only with the mail that carries it."""


class Told(NamedTuple):
    """A message's subject and plain text, or in `words` why there are none."""

    subject: str | None
    text: str | None
    words: Sequence[str] = ()


def told_of(reader: Reader, settings: Settings, row: MessageRow) -> Told:
    """What a message says by its facts and the templates as they are now."""
    from ptrack.mail.compose import compose

    try:
        sender = sender_of(settings, mail_settings(settings), house(reader))
        content = compose(row, sender, SAMPLE_TOKENS)
    except PtrackError as error:
        return Told(None, None, error.message.splitlines())
    body = content.get_body(("plain",))
    return Told(str(content["Subject"]), body.get_content() if body is not None else "")
