"""Reading a mail that may be an answer: who wrote it when, what its subject says, which words came with it.

Anybody may have written it, so nothing in it can make reading fail: what cannot be read is not there.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from html import unescape
from typing import NamedTuple

from ptrack.feedback.rules import LONGEST_COMMENT, Reply, read_subject
from ptrack.feedback.tokens import digest_of
from ptrack.naming import clean

FIELDS = (
    "Subject", "From", "Date", "Message-ID", "Auto-Submitted", "Precedence", "X-Autoreply",
    "X-Autorespond", "Return-Path", "Content-Type",
)  # fmt: skip
"""What of a mail's head is looked at."""

LARGEST_HEAD = 2**16
LARGEST_MAIL = 2**18
"""So many bytes of a mail are read: an answer is in its head, and words are short."""

_LONGEST_FIELD = 5_000
_MOST_PARTS = 50
_MOST_LINES = 500
_LONGEST_PAGE = 200_000
_PIECE = re.compile(r"(?P<tag></?(?P<name>[a-z]\w*)[^<>]*>|<!?[^<>]*>)|[^<]+|<", re.IGNORECASE)
_HIDDEN = ("head", "style", "script", "title", "blockquote")
_BREAKS = ("br", "p", "div", "tr", "li", "hr", "h1", "h2", "h3")
_SENT_BY_MACHINES = ("bulk", "junk", "list", "auto_reply")
_AUTOMATIC = re.compile(
    r"auto(matic|mated|matische|matique)?[ -]?(reply|response|antwort|réponse)|^\W*auto:|réponse automatique"
    r"|respuesta automática|risposta automatica|out of (the )?office|abwesen|undeliver|unzustellbar"
    r"|delivery status|mail delivery",
    re.IGNORECASE,
)
_MACHINES = re.compile(r"^(mailer-daemon|postmaster)@", re.IGNORECASE)
_SECRET = re.compile(r"[A-Za-z0-9_-]{8,}")
_QUOTED = re.compile(
    r">|--$|-{2,} ?\w.*|_{8,}$|\*?(from|von|de|da|van|od|från|fra)\*? ?:\*? .*"
    r"|(on|am|le|el|il|op|den|em)\b.{0,300}"
    r"\b(wrote|schrieb|écrit|escribió|ha scritto|schreef|skrev|escreveu)\b.{0,200}:$"
    r"|(sent from|get outlook|gesendet (von|mit)|von mein\w* .{1,40} gesendet|envoyé (de|depuis)"
    r"|enviado desde|inviato da|verzonden vanaf)\b.*",
    re.IGNORECASE,
)


class Mail(NamedTuple):
    """A mail that answers something, or seems to; `subject` is as it may be shown, the token left out.

    `digest` is what it is known by when it comes again.
    """

    digest: str
    sender: str
    subject: str
    sent_at: datetime | None
    reply: Reply
    is_automatic: bool
    comment: str | None = None


def read_head(raw: bytes) -> Mail | None:
    """What the head of a mail says, None where the mail is about something else."""
    head = message_from_bytes(_head_of(raw[:LARGEST_HEAD]))
    subject = _field(head, "Subject")
    reply = read_subject(subject)
    if reply is None:
        return None
    known_by = "\n".join(" ".join(_field(head, name).split()) for name in FIELDS[:4])
    return Mail(
        digest_of(known_by),
        clean(parseaddr(_field(head, "From"))[1]),
        shown_subject(subject),
        _sent_at(_field(head, "Date")),
        reply,
        _is_automatic(head, subject),
    )


def _head_of(raw: bytes) -> bytes:
    """The head alone, so that no body is parsed to find what is in it."""
    end = re.search(rb"\r?\n\r?\n", raw)
    return raw[: end.start()] + b"\r\n\r\n" if end else raw


def shown_subject(subject: str) -> str:
    """A subject in one short line, without whatever could be a token."""
    return _SECRET.sub(_shortened, clean(subject))[:200]


def _shortened(match: re.Match[str]) -> str:
    word = match[0]
    return word if word.isalpha() and len(word) < 20 else "…"  # noqa: PLR2004  words are shorter


def _field(head: Message, name: str) -> str:
    """A field of the head as text, empty where there is none; what cannot be decoded stays as it is."""
    found = next((value for key, value in head.raw_items() if key.casefold() == name.casefold()), "")
    text = str(found)[:_LONGEST_FIELD].encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        pieces = decode_header(text)
    except (HeaderParseError, ValueError):
        pieces = [(text, None)]
    return "".join(_decoded(*piece) for piece in pieces)


def _decoded(piece: bytes | str, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    try:
        return piece.decode(charset or "ascii", "replace")
    except (LookupError, ValueError):
        return piece.decode("ascii", "replace")


def _sent_at(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _is_automatic(head: Message, subject: str) -> bool:
    """Whether a machine sent it: an absence notice, a list, a report on delivery."""
    said = _field(head, "Auto-Submitted").strip().casefold()
    return (
        said not in ("", "no")
        or _field(head, "Precedence").strip().casefold() in _SENT_BY_MACHINES
        or any(_field(head, name) for name in ("X-Autoreply", "X-Autorespond"))
        or _field(head, "Return-Path").strip() == "<>"
        or _field(head, "Content-Type").casefold().startswith("multipart/report")
        or _MACHINES.match(parseaddr(_field(head, "From"))[1]) is not None
        or _AUTOMATIC.search(subject[:_LONGEST_FIELD]) is not None
    )


def read_comment(raw: bytes) -> str | None:
    """The words that a mail brings: what stands above quotation and signature, in one line."""
    try:
        text = _text(message_from_bytes(raw[:LARGEST_MAIL]))
    except Exception:  # noqa: BLE001  the parser has no end of ways to give up on what is no mail
        return None
    words = clean(" ".join(_own_lines(text)))[:LONGEST_COMMENT].strip()
    return words or None


def _text(message: Message) -> str:
    """The first plain text in a mail, or else the first web page as text."""
    pages = ""
    for number, part in enumerate(message.walk()):
        if number >= _MOST_PARTS:
            break
        if part.is_multipart() or part.get_content_disposition() == "attachment":
            continue
        if part.get_content_type() == "text/plain":
            return _content(part)
        if part.get_content_type() == "text/html" and not pages:
            pages = _page_text(_content(part))
    return pages


def _content(part: Message) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    charset = part.get_content_charset() or "utf-8"
    return _decoded(content, charset).encode("utf-8", "replace").decode()


def _own_lines(text: str) -> Iterator[str]:
    """The lines that the sender wrote, up to what is quoted; "On ... wrote:" may be broken in two."""
    lines = [line.strip() for line in text.split("\n", _MOST_LINES)[:_MOST_LINES]]
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        if _QUOTED.match(line) or _QUOTED.fullmatch(f"{line} {after}".strip()):
            return
        yield line


def _page_text(page: str) -> str:
    """The text of a web page, a line for each block, without what is quoted or hidden.

    The standard library's parser takes minutes over some damaged pages; here each character is read once.
    """
    texts: list[str] = []
    hidden = 0
    for piece in _PIECE.finditer(page[:_LONGEST_PAGE]):
        tag, name = piece["tag"], (piece["name"] or "").casefold()
        if tag is None:
            texts.append("" if hidden else " ".join(unescape(piece[0]).split("\n")))
        elif name in _HIDDEN:
            hidden = max(0, hidden + (-1 if tag.startswith("</") else 1))
        elif name in _BREAKS:
            texts.append("\n")
    return "".join(texts)
