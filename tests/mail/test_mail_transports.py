"""The other ways out: a folder, a sendmail program, a command."""

import email
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from outbox_samples import a_message, fill, put
from ptrack.mail.run import Report
from ptrack.mail.transports import command, sendmail
from ptrack.vocabulary import Channel

Send = Callable[..., Report]
Rows = Callable[[str], list[Any]]


def test_mail_in_a_folder_is_whole_and_private_and_once(practice: Path, send: Send, rows: Rows) -> None:
    fill(practice, 3)
    send()
    send(minutes=5)
    folder = practice.parent / "practice-mail"
    assert folder.stat().st_mode & 0o777 == 0o700
    files = sorted(folder.iterdir())
    assert [file.stat().st_mode & 0o777 for file in files] == [0o600] * 3
    read = [email.message_from_bytes(file.read_bytes()) for file in files]
    assert [message["To"] for message in read] == [f"Anna Berg <client{n}@example.org>" for n in (1, 2, 3)]
    assert [message["Message-ID"] for message in read] == rows("message_id")
    assert read[0]["From"] == "Timo Lang <timo@lang.example>"
    assert rows("status") == ["sent"] * 3


def test_a_folder_that_cannot_be_written_ends_the_run(
    practice: Path, send: Send, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    (practice.parent / "in the way").write_text("")
    monkeypatch.setenv("PTRACK_MAIL_FOLDER", str(practice.parent / "in the way" / "mail"))
    fill(practice, 2)
    assert len(send().problems) == 1
    assert rows("status, attempts") == [("pending", 0)] * 2


def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> Path:
    """A sendmail that keeps its words and its input."""
    path = tmp_path / "sendmail"
    path.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/words\ncat >> {tmp_path}/input\n{body}\n')
    path.chmod(0o755)
    monkeypatch.setenv("PTRACK_MAIL_TRANSPORT", "sendmail")
    monkeypatch.setenv("PTRACK_MAIL_SENDMAIL", str(path))
    return path


def test_sendmail_is_told_who_it_is_from_and_to(
    practice: Path, send: Send, rows: Rows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, monkeypatch, "exit 0")
    fill(practice, 1)
    assert not send().is_partial
    assert (tmp_path / "words").read_text() == "-i -f timo@lang.example -- client1@example.org\n"
    data = (tmp_path / "input").read_bytes()
    assert b"\r" not in data
    assert email.message_from_bytes(data)["Message-ID"] == rows("message_id")[0]


ENDS = [
    ("exit 0", ("sent", 1), 0),
    ("echo no such user >&2; exit 67", ("failed", 1), 0),
    ("exit 1", ("failed", 1), 0),
    ("exit 75", ("pending", 1), 0),
    ("exit 71", ("pending", 1), 0),
    ("exit 77", ("pending", 0), 1),
    ("exit 78", ("pending", 0), 1),
    ("kill -9 $$", ("uncertain", 1), 0),
    ("exec sleep 5", ("uncertain", 1), 0),
]


@pytest.mark.parametrize(("body", "stands", "problems"), ENDS, ids=str)
def test_how_sendmail_ends_says_what_became_of_the_message(
    practice: Path, send: Send, rows: Rows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    body: str, stands: tuple[str, int], problems: int,
) -> None:  # fmt: skip
    monkeypatch.setattr(sendmail, "TIMEOUT_S", 0.5)
    program(tmp_path, monkeypatch, body)
    fill(practice, 1)
    report = send()
    assert rows("status, attempts") == [stands]
    assert len(report.problems) == problems


def test_no_sendmail_ends_the_run(
    practice: Path, send: Send, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTRACK_MAIL_TRANSPORT", "sendmail")
    monkeypatch.setenv("PTRACK_MAIL_SENDMAIL", "/nowhere/sendmail")
    fill(practice, 2)
    assert send().problems == ["There is no program /nowhere/sendmail that could take mail."]
    assert rows("status, attempts") == [("pending", 0)] * 2


def test_the_command_is_told_everything_as_json(
    practice: Path, send: Send, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTRACK_MAIL_COMMAND", f"cat > '{tmp_path}/told'")
    put(practice, a_message(1, channel=Channel.COMMAND, recipient="+49 170 1234567"))
    assert not send().is_partial
    told = json.loads((tmp_path / "told").read_text())
    assert (told["id"], told["kind"], told["to"]) == (1, "reminder", "+49 170 1234567")
    assert told["subject"].startswith("Reminder: ")
    assert "Timo Lang" in told["text"]
    assert told["facts"]["place"] == "Studio"


@pytest.mark.parametrize(
    ("said", "stands", "problems"),
    [
        ("exit 0", ("sent", 1), 0),
        ("exit 75", ("pending", 1), 0),
        ("exit 3", ("failed", 1), 0),
        ("no-such-gateway", ("pending", 0), 1),
        ("exec sleep 5", ("uncertain", 1), 0),
    ],
)
def test_how_the_command_ends_says_what_became_of_the_message(
    practice: Path, send: Send, rows: Rows, monkeypatch: pytest.MonkeyPatch,
    said: str, stands: tuple[str, int], problems: int,
) -> None:  # fmt: skip
    monkeypatch.setattr(command, "TIMEOUT_S", 0.5)
    monkeypatch.setenv("PTRACK_MAIL_COMMAND", said)
    put(practice, a_message(1, channel=Channel.COMMAND, recipient="+49 170 1234567"))
    report = send()
    assert rows("status, attempts") == [stands]
    assert len(report.problems) == problems


def test_without_a_command_its_clients_wait_and_all_others_get_their_mail(
    practice: Path, send: Send, rows: Rows
) -> None:
    put(practice, a_message(1, channel=Channel.COMMAND, recipient="+49"), a_message(2), a_message(3))
    report = send()
    assert rows("status, attempts") == [("pending", 0), ("sent", 1), ("sent", 1)]
    assert "mail.command" in report.problems[0]
    assert report.pending == 1
