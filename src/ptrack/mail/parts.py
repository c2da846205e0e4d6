"""The parts of a message, put together by hand: a thousand mails should not wait for a parser of headers.

Every body is quoted-printable or base64, in which `=_` cannot stand, so that borders beginning with it need
not be looked for in what they divide.
"""

from base64 import encodebytes
from binascii import b2a_qp
from collections.abc import Iterator, Sequence
from email.message import EmailMessage, Message, MIMEPart
from typing import cast

from ptrack.mail.addressing import WIRE, file_parameter


def text_part(text: str, kind: str) -> MIMEPart:
    """A text of a media type with its parameters, in UTF-8."""
    encoded = b2a_qp("\r\n".join(text.splitlines()).encode() + b"\r\n").replace(b"\r\n", b"\n")
    return _part(f'{kind}; charset="utf-8"', "quoted-printable", encoded.decode())


def inline_image(content: bytes, subtype: str, content_id: str) -> MIMEPart:
    """A picture that the page shows by its id."""
    part = _part(f"image/{subtype}", "base64", encodebytes(content).decode())
    part.set_raw("Content-Disposition", "inline")
    part.set_raw("Content-ID", f"<{content_id}>")
    return part


def attached_file(content: bytes, kind: str, name: str) -> MIMEPart:
    """A file of a media type."""
    part = _part(kind, "base64", encodebytes(content).decode())
    part.set_raw("Content-Disposition", f"attachment; {file_parameter(name)}")
    return part


def joined(subtype: str, parts: Sequence[MIMEPart]) -> MIMEPart:
    """Parts that belong together as `subtype` says; the one part itself where there is but one."""
    return parts[0] if len(parts) == 1 else _divide(MIMEPart(policy=WIRE), subtype, parts)


def fill(message: EmailMessage, subtype: str, parts: Sequence[MIMEPart]) -> None:
    """Make parts the content of a message that has none yet."""
    message.set_raw("MIME-Version", "1.0")
    if len(parts) > 1:
        _divide(message, subtype, parts)
        return
    for name, value in parts[0].raw_items():
        message.set_raw(name, value)
    message.set_payload(parts[0].get_payload())


def written(message: EmailMessage) -> bytes:
    """A message of such parts as bytes, as `as_bytes` would have it: the library folds every header anew."""
    return "".join(_pieces(message)).encode()


def _pieces(part: Message) -> Iterator[str]:
    """The headers of a part, an empty line, and what it holds."""
    for name, value in part.raw_items():
        yield part.policy.fold(name, value)
    yield WIRE.linesep
    held = part.get_payload()
    if isinstance(held, str):
        yield held.replace("\n", WIRE.linesep)
        return
    border = f"--{part.get_boundary()}"
    for each in held:
        yield f"{border}{WIRE.linesep}"
        yield from _pieces(cast("Message", each))
        yield WIRE.linesep
    yield f"{border}--{WIRE.linesep}"


def _part(kind: str, encoding: str, content: str) -> MIMEPart:
    part = MIMEPart(policy=WIRE)
    part.set_raw("Content-Type", kind)
    part.set_raw("Content-Transfer-Encoding", encoding)
    part.set_payload(content)
    return part


def _divide(whole: MIMEPart, subtype: str, parts: Sequence[MIMEPart]) -> MIMEPart:
    whole.set_raw("Content-Type", f'multipart/{subtype}; boundary="=_{subtype}"')
    whole.set_payload(list(parts))
    return whole
