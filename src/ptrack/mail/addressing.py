"""Addresses and headers as the wire takes them: one line each, one recipient, nothing hidden.

Headers are folded and encoded here (RFC 5322, RFC 2047) and written as they are: what the library makes of a
long name with a comma in it would be two recipients.
"""

import re
from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address, HeaderRegistry
from email.policy import EmailPolicy
from email.utils import formataddr
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from ptrack.clients.rules import valid_email
from ptrack.errors import UsageError
from ptrack.mail.facts import UntellableError, visible

LONGEST_HEADER = 200
_WIDTH = 76
_SHORT_NAME = 40
_FEW = ("content-type", "content-transfer-encoding", "content-disposition", "mime-version")
_PLAIN_FILE = re.compile(r"[\w.,+ ()@-]{1,60}", re.ASCII)


@lru_cache(256)
def _parsed(name: str, value: str) -> Any:
    """A header of a part as a reader asks for it; there are few of them, in every message the same."""
    return HeaderRegistry()(name, value)


class WirePolicy(EmailPolicy):
    """Headers that were set raw are written as they are; all others as the standard library has it."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        """A header as it is asked for, which writing a message does many times over."""
        is_known = name.lower() in _FEW and not hasattr(value, "name")
        return _parsed(name, value) if is_known else super().header_fetch_parse(name, value)

    def fold(self, name: str, value: Any) -> str:
        """A header on its lines."""
        is_parsed = hasattr(value, "name")
        return str(super().fold(name, value)) if is_parsed else f"{name}: {value}{self.linesep}"

    def fold_binary(self, name: str, value: Any) -> bytes:
        """A header on its lines, as bytes."""
        return self.fold(name, value).encode("utf-8" if self.utf8 else "ascii")


WIRE = WirePolicy(linesep="\r\n", cte_type="7bit")
"""ASCII throughout, whatever is written."""


@lru_cache(4096)
def wire_address(text: str) -> str:
    """An address as servers take it, its domain in ASCII; UntellableError for what is none, or several."""
    try:
        local, _, domain = valid_email(text).rpartition("@")
        address = f"{local}@{domain.encode('idna').decode()}"
        Address(addr_spec=address)
    except (UsageError, ValueError, IndexError, MessageError) as error:
        raise UntellableError(f'"{header_text(text)}" is no address to send mail to.') from error
    return address


@lru_cache(64)
def mailbox(header: str, name: str, address: str) -> str:
    """A name with its address as the value of a header; the address alone where the name is empty."""
    shown = header_text(name)
    if shown.isascii() and len(shown) <= _SHORT_NAME:
        return formataddr((shown, address)) if shown else address
    return f"{Header(shown, 'utf-8', _WIDTH, header).encode(linesep=WIRE.linesep)}{WIRE.linesep} <{address}>"


def sentence(header: str, text: str) -> str:
    """A text as the value of a header."""
    shown = header_text(text)
    charset = "us-ascii" if shown.isascii() else "utf-8"
    return Header(shown, charset, _WIDTH, header).encode(linesep=WIRE.linesep)


def header_text(text: str) -> str:
    """A text for a header: one line, shortened, and nothing that a reader would take for an encoded word."""
    shown = visible(text).replace("=?", "= ?")
    return shown if len(shown) <= LONGEST_HEADER else shown[: LONGEST_HEADER - 1] + "…"


def file_parameter(name: str) -> str:
    """A file's name as a parameter of a header (RFC 2231 where it is more than ASCII)."""
    shown = header_text(name).replace("/", "_") or "file"
    return (
        f'filename="{shown}"' if _PLAIN_FILE.fullmatch(shown) else f"filename*=utf-8''{quote(shown, safe='')}"
    )
