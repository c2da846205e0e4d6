"""A mail server on this machine that does what a test tells it, down to every verb it fails at.

It speaks just enough SMTP (RFC 5321), with STARTTLS and AUTH PLAIN. What it has taken is in `taken`;
in a process of its own (`python mail_server.py FILE`) it writes a line for each mail into the file before it
answers, and prints its port.
"""

import base64
import contextlib
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

USER, PASSWORD = "anna", "s3cret-Pa55word"


class Taken(NamedTuple):
    """A mail that the server has taken over."""

    sender: str
    recipient: str
    data: bytes

    @property
    def message_id(self) -> str:
        """Its Message-ID."""
        lines = self.data.decode("utf-8", "replace").splitlines()
        return next(line for line in lines if line.lower().startswith("message-id:")).split(": ", 1)[1]


Fault = Callable[["Line"], bool]
"""Done instead of a verb; True lets the verb be done after all."""


def drop(line: "Line") -> bool:
    """Hang up without a word."""
    line.hang_up()
    return False


def stall(line: "Line") -> bool:
    """Say nothing until the other side gives up."""
    line.server.is_stopped.wait(30)
    line.hang_up()
    return False


def answer(text: str) -> Fault:
    """Say that."""

    def say(line: "Line") -> bool:
        line.say(text)
        return False

    return say


def take_and_drop(line: "Line") -> bool:
    """Take the mail (at its end) and hang up before the answer."""
    line.take()
    line.hang_up()
    return False


class MailServer:
    """The server; `faults` are by verb, `GREETING` and `END` (of the data) among them, each for every time or
    (a list) one after the other.
    """

    def __init__(
        self, certificate: Path | None = None, record: Path | None = None, *, wants_login: bool = False
    ) -> None:
        self.taken: list[Taken] = []
        self.faults: dict[str, Fault | list[Fault]] = {}
        self.connections = 0
        self.said: list[str] = []
        self.wants_login = wants_login
        self.is_stopped = threading.Event()
        self.record = record
        self.context: ssl.SSLContext | None = None
        self.speaks_tls_at_once = False
        if certificate is not None:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(certificate)
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._socket.getsockname()[1]
        self.lock = threading.Lock()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while not self.is_stopped.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with contextlib.suppress(OSError, ValueError):
            Line(self, connection).talk()
        with contextlib.suppress(OSError):
            connection.close()

    def fault(self, verb: str) -> Fault | None:
        """What is to be done instead of a verb."""
        found = self.faults.get(verb)
        if isinstance(found, list):
            with self.lock:
                return found.pop(0) if found else None
        return found

    def stop(self) -> None:
        """Take no more."""
        self.is_stopped.set()
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


class Line:
    """One connection."""

    def __init__(self, server: MailServer, connection: socket.socket) -> None:
        self.server, self.connection = server, connection
        self.is_secured = False
        self.is_known = not server.wants_login
        self.sender = self.recipient = ""
        self.data = b""
        if server.speaks_tls_at_once:
            self._secure()
        self.input = self.connection.makefile("rb")

    def say(self, text: str) -> None:
        """Answer."""
        self.connection.sendall(text.encode() + b"\r\n")

    def hang_up(self) -> None:
        """End the connection."""
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)
        raise ConnectionAbortedError

    def _secure(self) -> None:
        assert self.server.context
        self.connection = self.server.context.wrap_socket(self.connection, server_side=True)
        self.is_secured = True

    def _does(self, verb: str) -> bool:
        fault = self.server.fault(verb)
        return fault is None or fault(self)

    def talk(self) -> None:
        """Until the other side has had enough."""
        if self._does("GREETING"):
            self.say("220 test.invalid ESMTP")
        while words := self.input.readline():
            text = words.decode("utf-8", "replace").strip()
            verb = text.partition(" ")[0].upper()
            self.server.said.append(text)
            if self._does(verb):
                getattr(self, f"_{verb.lower()}", self._unknown)(text)
            if verb == "QUIT":
                return

    def _unknown(self, _text: str) -> None:
        self.say("502 what?")

    def _ehlo(self, _text: str) -> None:
        extensions = ["test.invalid", "8BITMIME"]
        if self.server.context and not self.is_secured:
            extensions.append("STARTTLS")
        if self.server.wants_login and (self.is_secured or not self.server.context):
            extensions.append("AUTH PLAIN LOGIN")
        for extension in extensions[:-1]:
            self.say(f"250-{extension}")
        self.say(f"250 {extensions[-1]}")

    def _starttls(self, _text: str) -> None:
        self.say("220 go ahead")
        self._secure()
        self.input = self.connection.makefile("rb")

    def _auth(self, text: str) -> None:
        given = base64.b64decode(text.split()[2]).decode().split("\0")[1:]
        self.is_known = given == [USER, PASSWORD]
        self.say("235 welcome" if self.is_known else "535 5.7.8 wrong name or password")

    def _mail(self, text: str) -> None:
        if not self.is_known:
            self.say("530 5.7.0 log in first")
            return
        self.sender = text.partition("<")[2].partition(">")[0]
        self.say("250 ok")

    def _rcpt(self, text: str) -> None:
        self.recipient = text.partition("<")[2].partition(">")[0]
        self.say("250 ok")

    def _rset(self, _text: str) -> None:
        self.say("250 ok")

    def _quit(self, _text: str) -> None:
        self.say("221 bye")

    def _data(self, _text: str) -> None:
        self.say("354 go on")
        lines = []
        while (line := self.input.readline()) != b".\r\n":
            if not line:
                return
            lines.append(line.removeprefix(b"."))
        self.data = b"".join(lines)
        if self._does("END"):
            self.take()
            self.say("250 2.0.0 taken")

    def take(self) -> None:
        """Be responsible for the mail from here on."""
        found = Taken(self.sender, self.recipient, self.data)
        with self.server.lock:
            self.server.taken.append(found)
            if self.server.record is not None:
                with self.server.record.open("a", encoding="utf-8") as file:
                    file.write(f"{found.recipient}\t{found.message_id}\n")


@contextmanager
def mail_server(
    certificate: Path | None = None, record: Path | None = None, *, wants_login: bool = False
) -> Iterator[MailServer]:
    """A server that stops when the block ends."""
    server = MailServer(certificate, record, wants_login=wants_login)
    try:
        yield server
    finally:
        server.stop()


def make_certificate(folder: Path, name: str = "127.0.0.1") -> Path:
    """A self-made certificate and its key in one file, good for that address."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    kind = "IP" if name[0].isdigit() else "DNS"
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-keyout", str(key), "-out", str(certificate), "-days", "36500", "-subj", "/CN=test",
            "-addext", f"subjectAltName={kind}:{name}",
        ],
        check=True, capture_output=True,
    )  # fmt: skip
    both = folder / "both.pem"
    both.write_text(key.read_text() + certificate.read_text())
    return both


def main() -> None:
    """Serve until standard input ends; the arguments are a file for the record and perhaps a certificate."""
    certificate = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    with mail_server(certificate, Path(sys.argv[1]), wants_login=certificate is not None) as server:
        sys.stdout.write(f"{server.port}\n")
        sys.stdout.flush()
        while sys.stdin.readline():
            time.sleep(0)


if __name__ == "__main__":
    main()
