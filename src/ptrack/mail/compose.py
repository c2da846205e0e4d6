"""A message as it goes out: subject and headers, text and HTML, the invitation, what is attached.

The run that sends it adds `Date` and `Message-ID`. The same row makes the same message, but for the borders
between its parts.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from email.message import EmailMessage, MIMEPart
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from ptrack.mail.addressing import WIRE, header_text, mailbox, sentence, wire_address
from ptrack.mail.facts import UntellableError, values_of, visible
from ptrack.mail.invitations import PUBLISH, CalendarFile, Occasion, calendar_files
from ptrack.mail.links import Links
from ptrack.mail.logos import LOGO_ID, Logo, logo_of
from ptrack.mail.parts import attached_file, fill, inline_image, joined, text_part
from ptrack.mail.rendering import language, page, told
from ptrack.scheduling.invites import Mailbox
from ptrack.vocabulary import Channel, MessageKind, TokenPurpose

ALWAYS_SENT = frozenset((MessageKind.CONFIRMATION, MessageKind.CHANGE, MessageKind.CANCELLATION))
"""The kinds that go to those who have unsubscribed, too."""


class Sender(NamedTuple):
    """Who a practice's mail comes from, and what stands in all of it.

    `base_url` is where the practice's own pages are, if there are any; `templates` is the folder of the
    trainer's own templates.
    """

    name: str
    address: str
    reply_to: str | None
    studio: str
    signature: str | None = None
    logo_path: str | None = None
    base_url: str | None = None
    templates: Path | None = None

    @property
    def answers_to(self) -> str:
        """The address that answers go to."""
        return self.reply_to or self.address


class Attachment(NamedTuple):
    """A file that goes along; `kind` is its media type."""

    name: str
    content: bytes
    kind: str = "application/pdf"


class Composable(Protocol):
    """What is asked of a row of the outbox."""

    @property
    def kind(self) -> MessageKind:
        """What it is about."""

    @property
    def channel(self) -> Channel:
        """The way it goes."""

    @property
    def recipient(self) -> str:
        """The address it goes to; by a command of the trainer's, whatever that takes."""

    @property
    def is_copy(self) -> bool:
        """Whether it is a guardian's copy."""

    @property
    def facts(self) -> str:
        """What it tells, as JSON."""

    @property
    def created_at(self) -> datetime:
        """When it was made."""

    @property
    def not_before(self) -> datetime:
        """When it is due."""


def compose(
    row: Composable,
    sender: Sender,
    tokens: Mapping[str, str] | None = None,
    attachments: Sequence[Attachment] = (),
) -> EmailMessage:
    """The message that a row of the outbox stands for; `tokens` are by their purpose.

    Raises UntellableError where its facts, templates or addresses allow none; others may be as good as ever.
    """
    values = template_values(row, sender, tokens or {}, attachments)
    said = told(row.kind, values, sender.templates)
    if not said.subject:
        raise UntellableError(f"{row.kind}.txt.j2 gives no subject: its first line is empty.")
    html = page(row.kind, {**values, "subject": said.subject}, sender.templates)
    message = _addressed(row, sender, values)
    message.set_raw("Subject", sentence("Subject", said.subject))
    _mark(message, sender, (tokens or {}).get(TokenPurpose.UNSUBSCRIBE))
    files = _calendar_files(row, sender, values)
    alternatives = [text_part(said.text, "text/plain"), _page_part(html, logo_of(sender.logo_path))]
    if len(files) == 1 and files[0].method != PUBLISH:  # mail programs show one appointment, and answer it
        kind = f"text/calendar; method={files[0].method}"
        alternatives.append(text_part(files[0].content.decode(), kind))
    attached = [attached_file(file.content, "application/ics", file.name) for file in files]
    attached += [attached_file(each.content, each.kind, visible(each.name)) for each in attachments]
    fill(message, "mixed", [joined("alternative", alternatives), *attached])
    return message


def template_values(
    row: Composable, sender: Sender, tokens: Mapping[str, str], attachments: Sequence[Attachment] = ()
) -> dict[str, Any]:
    """All that the templates of the row's kind may name."""
    values = values_of(row.kind, row.facts, max(row.created_at, row.not_before))
    links = Links(sender.answers_to, sender.base_url)
    return {
        **values,
        "first_name": values["first_name"] or values["client"],
        "studio": values["studio"] or visible(sender.studio),
        "is_copy": row.is_copy,
        "signature": "\n".join(visible(line) for line in (sender.signature or "").splitlines()),
        "logo": LOGO_ID if logo_of(sender.logo_path).content else None,
        "attachments": [visible(attachment.name) for attachment in attachments],
        "by_mail": not sender.base_url,
        "unsubscribe": _unsubscribe(row.kind, links, tokens),
        **(_answers(values, links, tokens) if row.kind is MessageKind.VALIDATION else {}),
    }


def _unsubscribe(kind: MessageKind, links: Links, tokens: Mapping[str, str]) -> str | None:
    """The link that stops such messages, for those that can be stopped."""
    token = tokens.get(TokenPurpose.UNSUBSCRIBE)
    if token is None or kind in ALWAYS_SENT:
        return None
    return links.unsubscribe_page(token) or links.unsubscribe_mail(token)


def _answers(values: Mapping[str, Any], links: Links, tokens: Mapping[str, str]) -> dict[str, Any]:
    token = tokens.get(TokenPurpose.VALIDATE)
    if token is None:
        raise UntellableError("A question without a token could not be answered.")
    scales = links.scales(token, values["questions"] or ())
    return {"yes": links.yes(token), "no": links.no(token), "scales": scales}


def _addressed(row: Composable, sender: Sender, values: Mapping[str, Any]) -> EmailMessage:
    """A message with nothing yet but from whom and to whom it is."""
    name, recipient = _addressee(row, values)
    origin = wire_address(sender.address)
    is_ascii = recipient.isascii() and origin.isascii()
    message = EmailMessage(policy=WIRE if is_ascii else WIRE.clone(utf8=True))
    message.set_raw("From", mailbox("From", sender.name, origin))
    if sender.reply_to and sender.reply_to != sender.address:
        message.set_raw("Reply-To", wire_address(sender.reply_to))
    if recipient:
        message.set_raw("To", mailbox("To", name, recipient))
    return message


def _addressee(row: Composable, values: Mapping[str, Any]) -> Mailbox:
    """Whom it goes to by e-mail; nobody where it goes another way, to a number perhaps."""
    if row.channel is not Channel.EMAIL:
        return Mailbox("", "")
    return Mailbox("" if row.is_copy else values["client"] or "", wire_address(row.recipient))


def _mark(message: EmailMessage, sender: Sender, token: str | None) -> None:
    """Say what machines should know: that nobody typed it, in which language, how to stop it."""
    message.set_raw("Auto-Submitted", "auto-generated")
    message.set_raw("Content-Language", language(sender.templates))
    if token is None:
        return
    links = Links(sender.answers_to, sender.base_url)
    by_page, by_mail = links.unsubscribe_page(token), links.unsubscribe_mail(token)
    listed = [f"<{link}>" for link in (by_page, by_mail) if link]
    message.set_raw("List-Unsubscribe", f",{WIRE.linesep} ".join(listed))
    if by_page:
        message.set_raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")


def _page_part(html: str, logo: Logo) -> MIMEPart:
    """The page, with the logo that it shows."""
    parts = [text_part(html, "text/html")]
    if logo.content:
        parts.append(inline_image(logo.content, logo.subtype, LOGO_ID))
    return joined("related", parts)


def _calendar_files(row: Composable, sender: Sender, values: Mapping[str, Any]) -> list[CalendarFile]:
    organizer = Mailbox(header_text(sender.name), wire_address(sender.address))
    address = _addressee(row, values).address
    attendee = Mailbox(header_text(values["client"] or address), address) if address else None
    occasion = Occasion(row.kind, values, row.created_at, organizer, attendee)
    return calendar_files(occasion, sender.templates)
