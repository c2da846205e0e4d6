"""Who a practice's mail comes from, and the ways that it takes."""

from email.utils import parseaddr
from functools import partial
from typing import TYPE_CHECKING

from ptrack.clients.rules import valid_email
from ptrack.config import NoHomeError, Settings
from ptrack.errors import UsageError
from ptrack.mail.outcomes import Transport
from ptrack.mail.settings import MailSettings, Way, password
from ptrack.outbox.queries import House
from ptrack.vocabulary import Channel

if TYPE_CHECKING:
    from ptrack.mail.compose import Sender

NOBODY = "ptrack@localhost.invalid"
"""Who mail in a folder comes from where nobody said."""


def address_of(mail: MailSettings, house: House) -> str:
    """The bare address that mail comes from."""
    return parseaddr(mail.sender or house.sender or NOBODY)[1] or NOBODY


def sender_of(settings: Settings, mail: MailSettings, house: House) -> "Sender":
    """Who mail comes from, with what stands in all of it; refused where nobody said and it would leave."""
    from ptrack.mail.compose import Sender

    said = mail.sender or house.sender
    if not said and mail.way is not Way.FILE:
        raise UsageError(
            "Nobody has said who mail comes from.\nSay it: ptrack config set sender 'Anna <anna@example.org>'"
        )
    name, address = parseaddr(said or NOBODY)
    try:
        folder = settings.config_path.parent / "mail"
    except NoHomeError:
        folder = None
    return Sender(
        name=name or house.name,
        address=valid_email(address),
        reply_to=valid_email(parseaddr(mail.reply_to)[1]) if mail.reply_to else None,
        studio=house.name,
        signature=house.signature,
        logo_path=house.logo_path,
        base_url=settings.value("web.base_url"),
        templates=folder,
    )


def way_out(channel: Channel, settings: Settings, mail: MailSettings) -> Transport:
    """The transport for the messages of a channel."""
    if channel is Channel.COMMAND:
        from ptrack.mail.transports.command import Command

        return Command(mail.command)
    if mail.server is not None:
        from ptrack.mail.transports.smtp import Smtp

        return Smtp(mail.server, partial(password, settings, mail.server))
    if mail.way is Way.SENDMAIL:
        from ptrack.mail.transports.sendmail import Sendmail

        return Sendmail(mail.sendmail)
    from ptrack.mail.transports.file import Folder

    return Folder(mail.folder)
