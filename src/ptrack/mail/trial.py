"""A mail that only shows whether mail arrives; it never was in the outbox."""

import os
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import NamedTuple

from ptrack.clients.rules import valid_email
from ptrack.config import Settings
from ptrack.database.reading import Reader
from ptrack.mail.outcomes import Letter
from ptrack.mail.senders import sender_of, way_out
from ptrack.mail.settings import mail_settings
from ptrack.outbox.queries import house
from ptrack.vocabulary import Channel

SUBJECT = "ptrack: this is a test"
TEXT = """This mail was sent to see whether mail from ptrack arrives. It did.

Nobody else got it, and there is nothing to do.
"""


class Tried(NamedTuple):
    """What a test came to: who mail came from, where it was handed in, and what was said to it."""

    sender: str
    way: str
    reply: str


def try_out(reader: Reader, settings: Settings, address: str, now: datetime) -> Tried:
    """Send a mail at once; raises what the outcomes are called where it is not taken."""
    from ptrack.mail.addressing import WIRE, header_text, wire_address

    mail = mail_settings(settings)
    sender = sender_of(settings, mail, house(reader))
    origin, recipient = wire_address(sender.address), wire_address(valid_email(address))
    content = EmailMessage(policy=WIRE)
    content["From"] = Address(header_text(sender.name), addr_spec=origin)
    content["To"] = recipient
    content["Subject"] = SUBJECT
    content["Date"] = format_datetime(now)
    content["Message-ID"] = f"<{os.urandom(8).hex()}.test@{origin.rpartition('@')[2]}>"
    content["Auto-Submitted"] = "auto-generated"
    content.set_content(TEXT)
    way = way_out(Channel.EMAIL, settings, mail)
    try:
        reached = way.open()
        reply = way.deliver(Letter(origin, recipient, content), lambda: None)
    finally:
        way.close()
    return Tried(str(content["From"]), reached, reply)
