"""Addresses and headers as the wire takes them: one line each, one recipient, nothing hidden."""

import re
from email.errors import MessageError
from email.headerregistry import Address, HeaderRegistry
from email.policy import EmailPolicy
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from ptrack.clients.rules import valid_email
from ptrack.errors import UsageError
from ptrack.mail.facts import UntellableError, visible

LONGEST_HEADER = 200
_KEPT_WHOLE = "list-"
_FEW = ("content-type", "content-transfer-encoding", "content-disposition", "mime-version")


@lru_cache(256)
def _parsed(name: str, value: str) -> Any:
    """A header of a part as a reader asks for it; there are few of them, in every message the same."""
    return HeaderRegistry()(name, value)


class WirePolicy(EmailPolicy):
    """Headers folded as the standard asks, but for lists of links, which no reader may find cut."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        """A header as it is asked for, which writing a message does many times over."""
        is_known = name.lower() in _FEW and not hasattr(value, "name")
        return _parsed(name, value) if is_known else super().header_fetch_parse(name, value)

    def fold(self, name: str, value: Any) -> str:
        """A header on its lines."""
        if name.lower().startswith(_KEPT_WHOLE):
            return f"{name}: {value}{self.linesep}".replace(">, <", f">,{self.linesep} <")
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: Any) -> bytes:
        """A header on its lines, as bytes."""
        if name.lower().startswith(_KEPT_WHOLE):
            return self.fold(name, value).encode("ascii")
        return super().fold_binary(name, value)


WIRE = WirePolicy(linesep="\r\n", raise_on_defect=False, cte_type="7bit")
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


def mailbox(name: str, address: str) -> Address:
    """A name with its address; the address alone where the name is empty."""
    local, _, domain = address.rpartition("@")
    return Address(header_text(name), local, domain)


@lru_cache(64)
def known_mailbox(header: str, name: str, address: str) -> Any:
    """A header with one mailbox that many messages have: who they come from."""
    return WIRE.header_factory(header, str(mailbox(name, address)))


def file_parameter(name: str) -> str:
    """A file's name as a parameter of a header (RFC 2231 where it is more than ASCII)."""
    shown = header_text(name).replace("/", "_")
    plain = re.fullmatch(r"[\w.,+ ()@-]+", shown, re.ASCII)
    return f'filename="{shown}"' if plain else f"filename*=utf-8''{quote(shown, safe='')}"


def header_text(text: str) -> str:
    """A text for a header: one line, shortened, and nothing that a reader would take for an encoded word."""
    shown = visible(text).replace("=?", "= ?")
    return shown if len(shown) <= LONGEST_HEADER else shown[: LONGEST_HEADER - 1] + "…"
