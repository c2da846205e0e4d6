"""A message as it would arrive: on the screen, as JSON, or as a page that a browser opens by itself."""

from base64 import b64encode
from email.message import EmailMessage

from ptrack.mail.logos import LOGO_ID, logo_of
from ptrack.mail.samples import Shown
from ptrack.output.document import Document, Fields, Lines, line

HEADERS = ("From", "Reply-To", "To", "Subject", "List-Unsubscribe")


def message_document(shown: Shown) -> Document:
    """A message's headers and text, and what it was made of."""
    message = shown.message
    heads = [(name, str(message[name])) for name in HEADERS if message[name]]
    attached = [part.get_filename() or part.get_content_type() for part in message.iter_attachments()]
    about = [("Attached", ", ".join(attached))] if attached else []
    lines = [line(text) for text in text_of(message).splitlines()]
    data = {
        "headers": dict(heads), "text": text_of(message), "html": html_of(message), "attachments": attached,
        "templates": list(shown.templates), "facts": shown.facts,
    }  # fmt: skip
    made = [("Made from" if not number else "", name) for number, name in enumerate(shown.templates)]
    return Document((Fields([*heads, *about]), Lines(lines), Fields(made)), data=data)


def text_of(message: EmailMessage) -> str:
    """The text of a message."""
    return _content(message, "plain")


def html_of(message: EmailMessage) -> str:
    """The page of a message, as it is in it."""
    return _content(message, "html")


def page_of(message: EmailMessage, logo_path: str | None) -> str:
    """The page of a message, with its logo in it."""
    logo = logo_of(logo_path)
    image = f"data:image/{logo.subtype};base64,{b64encode(logo.content).decode()}"
    return html_of(message).replace(f"cid:{LOGO_ID}", image)


def _content(message: EmailMessage, subtype: str) -> str:
    body = message.get_body((subtype,))
    return str(body.get_content()).replace("\r\n", "\n") if body is not None else ""
