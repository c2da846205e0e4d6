"""The mailbox on a server, over IMAP. Mail that is no reply is looked at and left as it is.

The folder is opened for reading alone, for opening it otherwise already makes mail lose that it is recent;
only where replies were read is it opened for writing, and they are given the keyword `$ptrack`.
"""

import base64
import contextlib
import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Self

from ptrack.config import Settings
from ptrack.database.reading import one_line
from ptrack.errors import PartialError, UsageError
from ptrack.mail.mailboxes import Item
from ptrack.mail.replies import FIELDS, LARGEST_HEAD, LARGEST_MAIL
from ptrack.mail.settings import Security, Server, password, read_choice, read_port, require_private
from ptrack.naming import clean

TIMEOUT_S = 20.0
"""So long a server may take over any answer."""

KEYWORD = "$ptrack"
PORTS = {Security.TLS: 993, Security.STARTTLS: 143, Security.NONE: 143}

_AT_ONCE = 200
_HEAD = f"(BODY.PEEK[HEADER.FIELDS ({' '.join(FIELDS).upper()})]<0.{LARGEST_HEAD}>)"
_MAIL = f"(BODY.PEEK[]<0.{LARGEST_MAIL}>)"
_FAILURES = (imaplib.IMAP4.error, OSError, EOFError)


def imap_server(settings: Settings) -> Server:
    """The server that replies are fetched from."""
    host = settings.value("mail.imap_host")
    if not host:
        raise UsageError(
            "There is no server to fetch replies from: mail.imap_host. Name it: ptrack config edit\n"
            "Or name a mailbox on this machine: --maildir DIR or --mbox FILE"
        )
    said = settings.value("mail.imap_security") or "tls"
    security = read_choice("mail.imap_security", said, Security)
    require_private(settings, host, security, "mail.imap_security")
    port = read_port("mail.imap_port", settings.value("mail.imap_port"), PORTS[security])
    user = settings.value("mail.imap_user") or settings.value("mail.user")
    if user is None:
        raise UsageError("Nobody is named to log in as: mail.imap_user. Name them: ptrack config edit")
    return Server(host, port, security, user)


def imap_password(settings: Settings, server: Server) -> str:
    """The password for it: its own, or that of the same user for sending."""
    found = password(settings, server, "mail.imap_")
    if found is None and server.user == settings.value("mail.user"):
        found = password(settings, server)
    if found is None:
        raise UsageError(
            f"There is no password for {server.user} on {server.host}.\n"
            "Name a command that prints it, mail.imap_password_command, or set PTRACK_MAIL_IMAP_PASSWORD."
        )
    return found


class Imap:
    """A folder on a server; PartialError tells in one line why it cannot be used."""

    def __init__(self, server: Server, secret: str, folder: str = "INBOX") -> None:
        self._server, self._secret, self._folder = server, secret, folder
        self._line: imaplib.IMAP4 | None = None

    def __enter__(self) -> Self:
        """Connect and log in."""
        where = f"{self._server.host}:{self._server.port}"
        try:
            self._line = self._connected()
        except _FAILURES as error:
            raise PartialError(f"The server {where} cannot be reached: {_complaint(error)}.") from error
        try:
            self._log_in(self._line)
        except _FAILURES as error:
            self._close()
            told = f"The server {where} refuses the login of {self._server.user}: {_complaint(error)}."
            raise PartialError(told) from error
        return self

    def __exit__(self, *_: object) -> None:
        """Say goodbye, whatever the server makes of it."""
        self._close()

    def _close(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            with contextlib.suppress(*_FAILURES):
                line.logout()

    def _connected(self) -> imaplib.IMAP4:
        host, port, security, _ = self._server
        trusted = ssl.create_default_context()
        if security is Security.TLS:
            return imaplib.IMAP4_SSL(host, port, ssl_context=trusted, timeout=TIMEOUT_S)
        line = imaplib.IMAP4(host, port, timeout=TIMEOUT_S)
        if security is Security.STARTTLS:
            try:
                line.starttls(trusted)
            except _FAILURES:
                line.shutdown()
                raise
        return line

    def _log_in(self, line: imaplib.IMAP4) -> None:
        """Log in so that any name and password may hold any letters, where the server can do that."""
        user = self._server.user or ""
        if "AUTH=PLAIN" in line.capabilities:
            line.authenticate("PLAIN", lambda _: f"\0{user}\0{self._secret}".encode())
            return
        if not (user + self._secret).isascii():
            raise imaplib.IMAP4.error("it takes no names and passwords with letters beyond ASCII")
        line.login(_quoted(user), self._secret)

    def items(self) -> Iterator[Item]:
        """The mails not read before of which the subject names ptrack, in the order in which they came."""
        self._open(is_readonly=True)
        (found,) = self._asked("SEARCH", "UNKEYWORD", KEYWORD, "SUBJECT", "ptrack")[:1]
        for uid in (found or b"").decode("ascii", "replace").split():
            yield Item(uid, self._fetched(uid, _HEAD), partial(self._fetched, uid, _MAIL))

    def mark(self, keys: Sequence[str]) -> None:
        """Give replies the keyword, where the server keeps any."""
        if not keys:
            return
        seen_before = self._valid()
        self._open(is_readonly=False)
        if self._valid() != seen_before or not self._keeps_keywords():
            return
        for first in range(0, len(keys), _AT_ONCE):
            self._asked("STORE", ",".join(keys[first : first + _AT_ONCE]), "+FLAGS.SILENT", f"({KEYWORD})")

    def _open(self, *, is_readonly: bool) -> None:
        try:
            kind, said = self._opened.select(_quoted(_utf7(self._folder)), readonly=is_readonly)
        except _FAILURES as error:
            raise self._lost(error) from error
        if kind != "OK":
            raise UsageError(
                f"{self._server.host} has no folder {self._folder} that can be opened: {_said(said)}.\n"
                "Name it in mail.imap_folder."
            )

    @property
    def _opened(self) -> imaplib.IMAP4:
        assert self._line is not None  # noqa: S101  used within its block
        return self._line

    def _valid(self) -> Any:
        """What the numbers of the folder's mails are valid under."""
        return self._opened.untagged_responses.get("UIDVALIDITY")

    def _keeps_keywords(self) -> bool:
        flags = str(self._opened.untagged_responses.get("PERMANENTFLAGS")).casefold()
        return "\\*" in flags or KEYWORD in flags

    def _fetched(self, uid: str, what: str) -> bytes:
        """A part of a mail, nothing where it is gone."""
        found = self._asked("FETCH", uid, what)
        return next((bytes(item[1]) for item in found if isinstance(item, tuple)), b"")

    def _asked(self, command: str, *arguments: str) -> list[Any]:
        try:
            kind, said = self._opened.uid(command, *arguments)
        except _FAILURES as error:
            raise self._lost(error) from error
        if kind != "OK":
            raise self._lost(imaplib.IMAP4.error(_said(said)))
        return said

    def _lost(self, error: Exception) -> PartialError:
        return PartialError(f"The server {self._server.host} failed: {_complaint(error)}.")


def _complaint(error: Exception) -> str:
    """What went wrong, in a line of plain words."""
    if isinstance(error, TimeoutError):
        return f"no answer within {TIMEOUT_S:g} seconds"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted ({error.verify_message})"
    told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    if told.startswith("b'"):
        told = told[2:].rstrip("'")
    return clean(one_line(told)).rstrip(".") or type(error).__name__


def _said(answer: Sequence[Any]) -> str:
    first = answer[0] if answer else b""
    return clean(one_line(first.decode("utf-8", "replace"))) if isinstance(first, bytes) else ""


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _utf7(folder: str) -> str:
    """A folder's name as IMAP writes it (RFC 3501, 5.1.3)."""

    def shifted(match: re.Match[str]) -> str:
        if match[0] == "&":
            return "&-"
        code = base64.b64encode(match[0].encode("utf-16-be", "replace")).rstrip(b"=").replace(b"/", b",")
        return f"&{code.decode()}-"

    return re.sub(r"&|[^\x20-\x7e]+", shifted, folder)
