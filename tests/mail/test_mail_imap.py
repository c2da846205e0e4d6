"""Fetching from a server: a real one, Debian's dovecot, and ones that fail."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness import Run
from imap_server import PASSWORD, USER, ImapServer, imap_server, is_installed
from ptrack.mail import imap
from reply_samples import ANNA, reply, token_for

needs_dovecot = pytest.mark.skipif(
    not is_installed(), reason="needs dovecot 2.3: apt-get install dovecot-imapd"
)


@pytest.fixture(scope="module")
def shared_server() -> Iterator[ImapServer]:
    with imap_server() as server:
        yield server


@pytest.fixture
def server(shared_server: ImapServer) -> ImapServer:
    """The server with an empty mailbox."""
    for folder in ("new", "cur"):
        for path in (shared_server.mail / folder).iterdir():
            path.unlink()
    return shared_server


@pytest.fixture
def practice(run: Run, tmp_path: Path) -> Path:
    """Anna's session 1 is completed."""
    run("clients", "add", "Anna Berg", "--email", ANNA)
    run("appointments", "add", "anna", "2026-11-10 10:00")
    run("appointments", "complete", "1")
    return tmp_path / "practice.db"


def _settings(monkeypatch: pytest.MonkeyPatch, **values: object) -> None:
    usual = {"host": "127.0.0.1", "user": USER, "password": PASSWORD}
    for key, value in {**usual, **values}.items():
        monkeypatch.setenv(f"PTRACK_MAIL_IMAP_{key.upper()}", str(value))


@needs_dovecot
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_replies_are_read_filed_and_marked_and_other_mail_is_left_alone(
    run: Run, practice: Path, server: ImapServer, monkeypatch: pytest.MonkeyPatch, security: str
) -> None:
    port = server.tls_port if security == "tls" else server.port
    _settings(monkeypatch, port=port, security=security)
    monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
    token = token_for(practice, 1, 1)
    mails = [
        reply("About ptrack", "a question"),
        reply("Hello"),
        reply(f"Re: =?utf-8?Q?ptrack_yes_{token.replace('_', '=5F')}?=", "Great", minute=1),
        reply(f"ptrack 5 stars {token}", "y" * 2_000_000, minute=2),
        reply(f"ptrack yes {'A' * 43}", minute=3),
        b"Subject: ptrack\xff\r\n\r\n\0\xff",
    ]
    for number, mail in enumerate(mails):
        server.put(number, mail)
    tried = run("mail", "fetch", "--dry-run", "--json").json
    assert (tried["filed"], tried["refused"]) == (2, 1)
    done = run("mail", "fetch", "--imap", "--json").json
    assert (done["filed"], done["unchanged"], done["refused"]) == (2, 0, 1)
    assert run("sessions", "show", "1", "--json").json["validation"] == "validated"
    assert run("feedback", "list", "--json").json[0]["session_rating"] == 5
    flags = server.flags()
    assert flags == {0: "", 1: "", 2: "a", 3: "a", 4: "a", 5: ""}  # the first keyword, and nothing is \Seen
    assert run("mail", "fetch").out == ""


@needs_dovecot
def test_marked_replies_are_not_asked_for_again(
    run: Run, practice: Path, server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    _settings(monkeypatch, port=server.tls_port)
    monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
    server.put(0, reply(f"ptrack yes {token_for(practice, 1, 1)}"))
    run("mail", "fetch")

    def fetched(*_: object) -> bytes:
        raise AssertionError

    monkeypatch.setattr(imap.Imap, "_fetched", fetched)
    assert run("mail", "fetch").out == ""


@needs_dovecot
def test_what_the_server_refuses_is_one_line_and_exit_3(
    run: Run, practice: Path, server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert practice.is_file()
    _settings(monkeypatch, port=server.tls_port)
    untrusted = run("mail", "fetch", status=3).err
    assert "its certificate is not trusted" in untrusted
    monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
    monkeypatch.setenv("PTRACK_MAIL_IMAP_PASSWORD", "wrong")
    refused = run("mail", "fetch", status=3).err
    assert f"refuses the login of {USER}" in refused
    monkeypatch.setenv("PTRACK_MAIL_IMAP_PASSWORD", PASSWORD)
    monkeypatch.setenv("PTRACK_MAIL_IMAP_FOLDER", "Größe & Co")
    nowhere = run("mail", "fetch", status=2).err
    assert "has no folder Größe & Co" in nowhere
    for told in (untrusted, refused):
        assert len(told.strip().splitlines()) == 1
        assert PASSWORD not in told


def test_a_server_that_is_not_there_is_one_line_and_exit_3(
    run: Run, practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert practice.is_file()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        _settings(monkeypatch, port=taken.getsockname()[1])
        told = run("mail", "fetch", "--json", status=3)
    assert len(told.err.strip().splitlines()) == 1
    assert "cannot be reached" in told.err
    assert told.json["error"]["code"] == "partial"


@pytest.mark.parametrize(
    "said",
    [
        b"", b"* OK ready\r\n", b"* BYE no\r\n", b"nonsense\r\n" * 3, b"\xff" * 100 + b"\r\n",
        b"* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n* BAD\r\n", b"* PREAUTH hello\r\n",
    ],
)  # fmt: skip
def test_a_server_that_fails_after_any_word_is_one_line(
    run: Run, practice: Path, monkeypatch: pytest.MonkeyPatch, said: bytes
) -> None:
    """It says that, and then nothing more; half of them hang up."""
    assert practice.is_file()
    monkeypatch.setattr(imap, "TIMEOUT_S", 0.3)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()

        def serve() -> None:
            line, _ = listening.accept()
            line.sendall(said)
            if len(said) % 2:
                line.close()
            else:
                line.settimeout(5)
                while line.recv(1_000):
                    pass

        threading.Thread(target=serve, daemon=True).start()
        _settings(monkeypatch, port=listening.getsockname()[1], security="none")
        told = run("mail", "fetch", status=3).err
    assert len(told.strip().splitlines()) == 1


def test_passwords_never_go_in_the_clear_over_a_network(
    run: Run, practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert practice.is_file()
    _settings(monkeypatch, host="mail.example.com", security="none")
    assert "mail.imap_security" in run("mail", "fetch", status=2).err
    _settings(monkeypatch, user="")
    assert "mail.imap_user" in run("mail", "fetch", status=2).err
    _settings(monkeypatch, password="")
    assert "mail.imap_password_command" in run("mail", "fetch", status=2).err


def test_the_password_for_sending_serves_the_same_user(monkeypatch: pytest.MonkeyPatch) -> None:
    from ptrack.config import Settings

    monkeypatch.setenv("PTRACK_MAIL_USER", "maya")
    monkeypatch.setenv("PTRACK_MAIL_PASSWORD", "for sending")
    monkeypatch.setenv("PTRACK_MAIL_IMAP_HOST", "mail.example.com")
    server = imap.imap_server(Settings())
    assert (server.user, server.port, imap.imap_password(Settings(), server)) == ("maya", 993, "for sending")


def test_folders_are_named_as_imap_writes_them() -> None:
    assert imap._utf7("INBOX/Größe & Co") == "INBOX/Gr&APYA3w-e &- Co"
    assert imap._utf7("台北") == "&U,BTFw-"
