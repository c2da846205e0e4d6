"""A real IMAP server, Debian's dovecot, started for a test on a port of this machine.

Everything it needs lies in a folder of its own, which goes with it: configuration, certificate, mail. Its one
user is anna@example.com, whose mail lies in the Maildir `mail`.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

DOVECOT = shutil.which("dovecot") or "/usr/sbin/dovecot"
USER, PASSWORD = "anna@example.com", 'pass "word" \\ äé'

CONFIGURATION = """
base_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
ssl = {ssl}
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = {ssl}
mail_location = maildir:{folder}/mail
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
"""


class ImapServer(NamedTuple):
    """A server that runs: its ports with STARTTLS and with TLS, its certificate, and the mail it serves."""

    port: int
    tls_port: int
    certificate: Path
    mail: Path

    def put(self, number: int, content: bytes) -> None:
        """Let a mail arrive, the one of that number."""
        path = self.mail / "new" / f"{1_700_000_000 + number}.{uuid4().hex}.host"
        path.write_bytes(content)
        _give(path, _owner())

    def flags(self) -> dict[int, str]:
        """The flags of each mail, as the Maildir holds them."""
        files = [path.name for folder in ("new", "cur") for path in (self.mail / folder).iterdir()]
        return {int(name.partition(".")[0]) - 1_700_000_000: name.partition(":2,")[2] for name in files}


def is_installed() -> bool:
    """Whether there is a dovecot that these tests can run."""
    if not Path(DOVECOT).is_file():
        return False
    told = subprocess.run([DOVECOT, "--version"], capture_output=True, text=True, check=False).stdout
    return told.startswith("2.3")


def _owner() -> pwd.struct_passwd:
    """Whose mail it is: dovecot opens no mail as root."""
    return pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())


def _give(path: Path, owner: pwd.struct_passwd) -> None:
    if os.getuid() == 0:
        os.chown(path, owner.pw_uid, owner.pw_gid)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _make_certificate(folder: Path) -> None:
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
            "-keyout", folder / "key.pem", "-out", folder / "certificate.pem",
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip


@contextmanager
def imap_server(*, tls: bool = True) -> Iterator[ImapServer]:
    """Run a server with an empty mailbox; without `tls` it takes passwords in the clear."""
    folder = Path(tempfile.mkdtemp(prefix="ptrack-imap-"))
    folder.chmod(0o755)
    owner = _owner()
    try:
        _make_certificate(folder)
        for name in ("mail", "mail/new", "mail/cur", "mail/tmp", "home"):
            (folder / name).mkdir()
            _give(folder / name, owner)
        (folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n", encoding="utf-8")
        server = ImapServer(_free_port(), _free_port(), folder / "certificate.pem", folder / "mail")
        (folder / "dovecot.conf").write_text(_configuration(folder, server, owner, tls=tls))
        yield from _running(folder, server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _configuration(folder: Path, server: ImapServer, owner: pwd.struct_passwd, *, tls: bool) -> str:
    inner = pwd.getpwnam("dovenull") if os.getuid() == 0 else owner
    return CONFIGURATION.format(
        folder=folder, port=server.port, tls_port=server.tls_port, ssl="yes" if tls else "no",
        user=inner.pw_name, group=subprocess.check_output(["id", "-gn", inner.pw_name], text=True).strip(),
        uid=owner.pw_uid, gid=owner.pw_gid,
    )  # fmt: skip


def _running(folder: Path, server: ImapServer) -> Iterator[ImapServer]:
    process = subprocess.Popen(
        [DOVECOT, "-F", "-c", folder / "dovecot.conf"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        _wait_for(server.port, folder)
        yield server
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int, folder: Path) -> None:
    end = time.monotonic() + 10
    while time.monotonic() < end:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as line:
            if line.recv(4) == b"* OK":
                return
        time.sleep(0.05)
    log = folder / "log"
    raise AssertionError(f"dovecot does not start: {log.read_text() if log.is_file() else ''}")
