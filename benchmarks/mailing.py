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
import email, email.policy, smtplib, ssl, sys
from email.message import EmailMessage
from pathlib import Path
port, folder, connects, makes = int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4]
def connected():
    server = smtplib.SMTP("127.0.0.1", port, "localhost", timeout=20)
    server.starttls(context=ssl.create_default_context())
    server.login({USER!r}, {PASSWORD!r})
    return server
files = sorted(folder.glob("*.eml"))
model = email.message_from_bytes(files[0].read_bytes(), policy=email.policy.default)
text, page = (model.get_body((kind,)).get_content() for kind in ("plain", "html"))
def made(number):
    mail = EmailMessage()
    mail["From"], mail["To"] = "Timo Lang <timo@lang.example>", f"client{{number}}@example.org"
    mail["Subject"], mail["Date"] = model["Subject"], model["Date"]
    mail["Message-ID"] = f"<{{number}}@lang.example>"
    mail.set_content(text)
    mail.add_alternative(page, subtype="html")
    return mail
server = None
for number, file in enumerate(files, 1):
    if server is None:
        server = connected()
    if makes == "makes":
        server.send_message(made(number))
    else:
        server.sendmail("timo@lang.example", f"client{{number}}@example.org", file.read_bytes())
    if connects == "anew":
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
def senders(folder: Path) -> Iterator[tuple[Side, Side, Side, Side]]:
    """ptrack; loops of smtplib that make the same mails, over one connection and over one a mail; a loop that
    sends over one connection what was made before.
    """
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
        ways = (("once", "makes"), ("anew", "makes"), ("once", "has"))
        once, anew_each, ready = (
            Side((PYTHON, "-c", LOOP, str(port), str(written), *way), trusted) for way in ways
        )
        yield ours, once, anew_each, ready
