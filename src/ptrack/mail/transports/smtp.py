"""Mail to a server, over one connection that is encrypted before anything is said that matters.

The verbs are spoken one by one, so that it is known of every failure whether the data had left.
"""

import contextlib
import re
import smtplib
import ssl
from collections.abc import Callable
from functools import cached_property

from ptrack.database.reading import one_line
from ptrack.errors import PtrackError
from ptrack.mail.outcomes import (
    Begin,
    DoubtError,
    Letter,
    PutOffError,
    RefusedError,
    UnreachableError,
)
from ptrack.mail.parts import written
from ptrack.mail.settings import Security, Server
from ptrack.naming import clean

TIMEOUT_S = 20.0
"""So long a server may take over any answer."""

LOSSES = 3
"""A connection lost so many times in a row, without a message between, is a server that cannot be reached."""

_CLOSING = 421
_GO_ON = 354
_LEAST_NO = 400
_LOST = (OSError, smtplib.SMTPServerDisconnected, smtplib.SMTPResponseException)
_OUR_NAME = "localhost"


class Smtp:
    """A mail server; `password` is asked for only where somebody logs in."""

    def __init__(self, server: Server, password: Callable[[], str | None]) -> None:
        self._server, self._password = server, password
        self._line: smtplib.SMTP | None = None
        self._has_unfinished = False
        self._losses = 0

    def open(self) -> str:
        """Connect and log in; the server's name."""
        self._connected()
        return f"{self._server.host}:{self._server.port}"

    def deliver(self, letter: Letter, begin: Begin) -> str:
        """Hand a message over: to one recipient, in one transaction."""
        data = _data_of(letter)
        self._address(letter)
        reply = self._handed(data, begin)
        self._losses = 0
        return reply

    def close(self) -> None:
        """Say goodbye, whatever the server makes of it."""
        line, self._line = self._line, None
        if line is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                line.quit()
            line.close()

    def _address(self, letter: Letter) -> None:
        """Name the sender and the recipient; over a new connection where the server dropped the old one."""
        is_new = self._line is None
        try:
            self._named(letter)
        except _LostError as lost:
            self._drop()
            if is_new:
                self._count_loss(lost)
                raise PutOffError(lost.message) from lost
            self._connected()
            self._address_anew(letter)

    def _address_anew(self, letter: Letter) -> None:
        try:
            self._named(letter)
        except _LostError as lost:
            self._drop()
            self._count_loss(lost)
            raise PutOffError(lost.message) from lost

    def _count_loss(self, lost: "_LostError") -> None:
        self._losses += 1
        if self._losses >= LOSSES:
            raise UnreachableError(f"{self._server.host} drops every connection: {lost.message}") from lost

    def _named(self, letter: Letter) -> None:
        line = self._connected()
        if self._has_unfinished:
            self._said(line.rset)
        self._has_unfinished = True
        wide = ["SMTPUTF8"] if not (letter.sender + letter.recipient).isascii() else []
        if wide and not line.has_extn("smtputf8"):
            raise RefusedError("The server takes no addresses with letters beyond ASCII.")
        code, text = self._said(lambda: line.mail(letter.sender, wide))
        if code // 100 == 5:  # noqa: PLR2004  RFC 5321, 4.2.1: refused for good
            raise UnreachableError(f"{self._server.host} refuses mail from {letter.sender}: {code} {text}")
        _require(code, text)
        _require(*self._said(lambda: line.rcpt(letter.recipient)))

    def _handed(self, data: bytes, begin: Begin) -> str:
        """Send the message itself; from `begin` on only the server's answer says what became of it."""
        line = self._connected()
        try:
            code, text = self._said(lambda: line.docmd("DATA"))
        except _LostError as lost:
            self._drop()
            self._count_loss(lost)
            raise PutOffError(lost.message) from lost
        if code != _GO_ON:
            _require(max(code, _LEAST_NO), text)
        try:
            begin()
            line.send(data)
            code, said = line.getreply()
        except _LOST as error:
            self._drop()
            raise DoubtError(f"No answer came to the message: {_loss(error)}") from error
        except BaseException:
            self._drop()  # in the midst of the data there is no other way back
            raise
        return self._judged(code, _words(said))

    def _judged(self, code: int, text: str) -> str:
        """What the answer to a message means."""
        self._has_unfinished = False
        if code == _CLOSING:
            self._drop()
        if code // 100 not in (2, 4, 5):
            self._drop()
            raise DoubtError(f"The answer to the message was {code} {text}")
        _require(code, text)
        return f"{code} {text}"

    def _said(self, verb: Callable[[], tuple[int, bytes]]) -> tuple[int, str]:
        """The server's answer to a verb; a _LostError where there is none, or it says goodbye."""
        try:
            code, text = verb()
        except _LOST as error:
            raise _LostError(_loss(error)) from error
        if code == _CLOSING:
            raise _LostError(f"{code} {_words(text)}")
        return code, _words(text)

    def _connected(self) -> smtplib.SMTP:
        """The open connection, made where there is none; raises UnreachableError."""
        if self._line is None:
            self._line = self._new_line()
            self._has_unfinished = False
        return self._line

    def _new_line(self) -> smtplib.SMTP:
        host = self._server.host
        line = None
        try:
            line = self._greeted()
            self._log_in(line)
        except smtplib.SMTPAuthenticationError as error:
            text = self._without_password(_words(error.smtp_error))
            told = f"{host} refused the login of {self._server.user}: {error.smtp_code} {text}"
            _abandon(line)
            raise UnreachableError(told) from None
        except (OSError, smtplib.SMTPException) as error:
            _abandon(line)
            raise UnreachableError(
                f"{host}:{self._server.port}: {self._without_password(_loss(error))}"
            ) from None
        except BaseException:
            _abandon(line)
            raise
        return line

    def _greeted(self) -> smtplib.SMTP:
        """A connection over which nobody else can read, and the server is who it says it is."""
        server, context = self._server, ssl.create_default_context()
        if server.security is Security.TLS:
            secured = smtplib.SMTP_SSL(
                server.host, server.port, _OUR_NAME, timeout=TIMEOUT_S, context=context
            )
            secured.ehlo_or_helo_if_needed()
            return secured
        line = smtplib.SMTP(server.host, server.port, _OUR_NAME, timeout=TIMEOUT_S)
        try:
            line.ehlo_or_helo_if_needed()
            if server.security is Security.STARTTLS:
                line.starttls(context=context)
                line.ehlo()
        except BaseException:
            line.close()
            raise
        return line

    def _log_in(self, line: smtplib.SMTP) -> None:
        if (user := self._server.user) is None:
            return
        if self._secret is None:
            raise UnreachableError(
                f"There is no password for {user}. Set mail.password_command to a command that prints it, "
                "or PTRACK_MAIL_PASSWORD."
            )
        if not (user + self._secret).isascii():
            raise UnreachableError(f"The name {user} or its password has letters beyond ASCII.")
        line.login(user, self._secret)

    @cached_property
    def _secret(self) -> str | None:
        return self._password()

    def _without_password(self, text: str) -> str:
        """What a server said, without the password that it may have said back."""
        from base64 import b64encode

        if self._server.user is None or not self._secret:
            return text
        said = (f"\0{self._server.user}\0{self._secret}", self._secret)
        for shown in (*(b64encode(each.encode()).decode() for each in said), self._secret):
            text = text.replace(shown, "…")
        return text

    def _drop(self) -> None:
        line, self._line = self._line, None
        _abandon(line)


class _LostError(PtrackError):
    """The connection is gone, or about to go."""


def _abandon(line: smtplib.SMTP | None) -> None:
    if line is not None:
        with contextlib.suppress(OSError):
            line.close()


def _require(code: int, text: str) -> None:
    """Raise what an answer other than yes means (RFC 5321, 4.2.1: 4 for now, 5 for good)."""
    if code // 100 == 2:  # noqa: PLR2004
        return
    kind = PutOffError if code // 100 == 4 else RefusedError  # noqa: PLR2004
    raise kind(f"{code} {text}")


def _words(text: bytes | str) -> str:
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return clean(one_line(said))


def _loss(error: Exception) -> str:
    """What happened to a connection, in a few words."""
    if isinstance(error, TimeoutError):
        return f"no answer within {TIMEOUT_S:.0f} seconds"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not to be trusted: {error.verify_message}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_words(error.smtp_error)}"
    if isinstance(error, OSError) and error.strerror:
        return str(error.strerror)
    return clean(one_line(error)) or type(error).__name__


def _data_of(letter: Letter) -> bytes:
    """The message as it is sent: lines end with CR LF, a dot that begins one is doubled, one ends it."""
    text = re.sub(rb"\r\n|\r|\n", b"\r\n", written(letter.content))
    stuffed = re.sub(rb"(?m)^\.", b"..", text)
    return stuffed + (b"" if stuffed.endswith(b"\r\n") else b"\r\n") + b".\r\n"
