"""A thousand mails for a server on this machine, and the loops of bare smtplib that send the same."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from measure import PYTHON, Side, cost, ptrack

TESTS = Path(__file__).parents[1] / "tests"
sys.path.insert(0, str(TESTS))

from mail_server import PASSWORD, USER, make_certificate  # noqa: E402
from outbox_samples import fill  # noqa: E402

MAILS = 1_000
NOW = "2026-11-20T10:20:00+01:00"

LOOP = f"""
import smtplib, ssl, sys
from pathlib import Path
port, folder, anew = int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "anew"
def connected():
    server = smtplib.SMTP("127.0.0.1", port, "localhost", timeout=20)
    server.starttls(context=ssl.create_default_context())
    server.login({USER!r}, {PASSWORD!r})
    return server
server = None
for number, file in enumerate(sorted(folder.glob("*.eml")), 1):
    if server is None:
        server = connected()
    server.sendmail("timo@lang.example", f"client{{number}}@example.org", file.read_bytes())
    if anew:
        server.quit()
        server = None
if server is not None:
    server.quit()
"""


@contextmanager
def _server(folder: Path, certificate: Path) -> Iterator[int]:
    """A server with STARTTLS and a login in a process of its own; its port."""
    process = subprocess.Popen(
        [PYTHON, str(TESTS / "mail_server.py"), str(folder / "record"), str(certificate)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout
    try:
        yield int(process.stdout.readline())
    finally:
        process.communicate()


@contextmanager
def senders(folder: Path) -> Iterator[tuple[Side, Side, Side]]:
    """ptrack, a loop on one connection, and a loop with a connection a mail, each with the same mails."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    full, scratch = folder / "full.db", folder / "practice.db"
    cost(ptrack("config", "set", "sender", "Timo Lang <timo@lang.example>", db=full, PTRACK_NOW=NOW))
    fill(full, MAILS)
    shutil.copyfile(full, scratch)
    written = folder / "written"
    cost(ptrack("reminders", "send", db=scratch, PTRACK_NOW=NOW, PTRACK_MAIL_FOLDER=str(written)))
    certificate = make_certificate(folder)
    trusted = {"SSL_CERT_FILE": str(certificate)}

    def anew() -> None:
        shutil.copyfile(full, scratch)

    with _server(folder, certificate) as port:
        ours = ptrack(
            "reminders", "send", db=scratch, prepare=anew, PTRACK_NOW=NOW, PTRACK_MAIL_HOST="127.0.0.1",
            PTRACK_MAIL_PORT=str(port), PTRACK_MAIL_USER=USER, PTRACK_MAIL_PASSWORD=PASSWORD, **trusted,
        )  # fmt: skip
        bare, each = (
            Side((PYTHON, "-c", LOOP, str(port), str(written), how), trusted) for how in ("once", "anew")
        )
        yield ours, bare, each
