"""A server that fails at each verb: what becomes of the messages, and how often each goes out."""

import base64
import email
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from mail_server import (
    PASSWORD,
    USER,
    Fault,
    MailServer,
    answer,
    drop,
    mail_server,
    make_certificate,
    stall,
    take_and_drop,
)
from outbox_samples import FACTS, NOW, a_message, fill, put
from ptrack.database.reading import instant_text
from ptrack.mail.run import Report
from ptrack.mail.transports import smtp
from ptrack.vocabulary import MessageStatus

Send = Callable[..., Report]
Rows = Callable[[str], list[Any]]

UNTOUCHED = ("pending", 0, None)
LATER = answer("451 4.3.0 not now")
NEVER = answer("550 5.1.1 nobody of that name")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "TIMEOUT_S", 0.3)


def test_what_is_due_goes_out_over_one_connection(
    practice: Path, server: MailServer, send: Send, rows: Rows
) -> None:
    fill(practice, 3)
    report = send()
    assert report.count(MessageStatus.SENT) == 3
    assert rows("status") == ["sent"] * 3
    assert server.connections == 1
    assert [taken.recipient for taken in server.taken] == [f"client{n}@example.org" for n in (1, 2, 3)]
    assert {taken.sender for taken in server.taken} == {"timo@lang.example"}
    assert [taken.message_id for taken in server.taken] == rows("message_id")
    assert server.said[-1].upper() == "QUIT"


@pytest.mark.parametrize("verb", ["GREETING", "EHLO"])
@pytest.mark.parametrize("fault", [drop, stall, answer("421 busy"), answer("554 go away")])
def test_a_server_that_cannot_be_reached_ends_the_run_and_touches_no_message(
    practice: Path, server: MailServer, send: Send, rows: Rows, verb: str, fault: Fault
) -> None:
    fill(practice, 3)
    server.faults = {verb: fault, "HELO": fault}
    report = send()
    assert rows("status, attempts, run") == [UNTOUCHED] * 3
    assert len(report.problems) == 1
    assert report.problems[0].startswith(f"127.0.0.1:{server.port}: ")
    assert (report.pending, report.is_partial, server.taken) == (3, True, [])


def test_nobody_listening_ends_the_run(practice: Path, server: MailServer, send: Send, rows: Rows) -> None:
    server.stop()
    fill(practice, 2)
    assert "refused" in send().problems[0]
    assert rows("status, attempts, run") == [UNTOUCHED] * 2


@pytest.mark.parametrize("fault", [drop, stall, LATER, answer("421 closing")])
@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA"])
def test_what_fails_before_the_data_is_tried_again_later(
    practice: Path, server: MailServer, send: Send, rows: Rows, verb: str, fault: Fault
) -> None:
    fill(practice, 1)
    server.faults = {verb: fault}
    report = send()
    assert rows("status, attempts, not_before") == [("pending", 1, instant_text(NOW + timedelta(minutes=1)))]
    assert report.pending == 1
    server.faults = {}
    assert send(minutes=0.9).count(MessageStatus.SENT) == 0
    assert send(minutes=1.1).count(MessageStatus.SENT) == 1
    assert [taken.message_id for taken in server.taken] == rows("message_id")


@pytest.mark.parametrize("verb", ["MAIL", "RCPT"])
def test_a_connection_dropped_between_messages_is_made_anew_without_a_try_lost(
    practice: Path, server: MailServer, send: Send, rows: Rows, verb: str
) -> None:
    fill(practice, 3)
    passes: Fault = lambda _line: True  # noqa: E731
    server.faults = {verb: [passes, drop]}
    send()
    assert rows("status, attempts") == [("sent", 1)] * 3
    assert server.connections == 2


@pytest.mark.parametrize("verb", ["RCPT", "DATA", "END"])
def test_a_refusal_for_good_fails_at_once_and_others_go_on(
    practice: Path, server: MailServer, send: Send, rows: Rows, verb: str
) -> None:
    fill(practice, 3)
    server.faults = {verb: [NEVER]}
    report = send()
    assert rows("status, attempts") == [("failed", 1), ("sent", 1), ("sent", 1)]
    assert rows("last_error")[0] == "550 5.1.1 nobody of that name"
    assert report.is_partial
    assert server.connections == 1
    assert send(minutes=600).outcomes == []


def test_a_refused_sender_ends_the_run_for_all_mail_comes_from_there(
    practice: Path, server: MailServer, send: Send, rows: Rows
) -> None:
    fill(practice, 3)
    server.faults = {"MAIL": NEVER}
    assert send().problems == ["127.0.0.1 refuses mail from timo@lang.example: 550 5.1.1 nobody of that name"]
    assert rows("status, attempts, run") == [UNTOUCHED] * 3


@pytest.mark.parametrize("fault", [drop, stall, take_and_drop, answer("354 what?")])
def test_no_answer_to_the_message_itself_leaves_it_uncertain_and_it_never_goes_out_by_itself(
    practice: Path, server: MailServer, send: Send, rows: Rows, fault: Fault
) -> None:
    fill(practice, 3)
    server.faults = {"END": [fault]}
    report = send()
    assert rows("status, attempts") == [("uncertain", 1), ("sent", 1), ("sent", 1)]
    assert report.uncertain == [1]
    taken = len(server.taken)
    again = send(minutes=400)
    assert (again.outcomes, again.uncertain, len(server.taken)) == ([], [1], taken)


def test_a_message_refused_for_now_at_its_end_is_tried_again(
    practice: Path, server: MailServer, send: Send, rows: Rows
) -> None:
    fill(practice, 1)
    server.faults = {"END": [LATER, answer("421 busy")]}
    send()
    send(minutes=2)
    assert rows("status, attempts") == [("pending", 2)]
    send(minutes=8)
    assert rows("status, attempts") == [("sent", 3)]


@pytest.mark.parametrize("fault", [drop, stall, NEVER])
def test_how_it_says_goodbye_does_not_matter(
    practice: Path, server: MailServer, send: Send, rows: Rows, fault: Fault
) -> None:
    fill(practice, 2)
    server.faults = {"QUIT": fault}
    assert not send().is_partial
    assert rows("status") == ["sent"] * 2


def test_a_server_that_drops_every_connection_ends_the_run(
    practice: Path, server: MailServer, send: Send, rows: Rows
) -> None:
    fill(practice, 6)
    server.faults = {"RCPT": drop}
    report = send()
    assert "drops every connection" in report.problems[0]
    assert rows("attempts") == [1, 1, 0, 0, 0, 0]
    assert set(rows("status")) == {"pending"}


def test_tried_until_its_time_is_over_and_then_never(
    practice: Path, server: MailServer, send: Send, rows: Rows
) -> None:
    fill(practice, 1)
    server.faults = {"RCPT": LATER}
    tries = []
    for minute in range(0, 9 * 60, 5):
        tries += [minute for outcome in send(minutes=minute).outcomes if outcome.error]
    assert tries == [0, 5, 10, 25, 85, 145, 205, 265, 325, 385, 445]
    assert rows("status") == ["expired"]
    assert server.taken == []


def test_lines_that_begin_with_dots_and_every_letter_arrive_as_they_are(
    practice: Path, server: MailServer, send: Send
) -> None:
    told = {"client": "Zoë 雪", "first_name": "Zoë", "place": ".\r\n.\r\nQUIT"}
    put(practice, a_message(1, facts=json.dumps(FACTS | told)))
    assert not send().is_partial
    (taken,) = server.taken
    assert b"\r\n.\r\n" not in taken.data
    assert "QUIT" not in server.said[:-1]


@pytest.mark.parametrize(
    "recipient",
    [
        "a@example.org\r\nBcc: b@example.org",
        "a@example.org\nRCPT TO:<b@example.org>",
        "a@example.org, b@example.org",
        "<a@example.org>",
        "a@example.org> SIZE=1",
        "",
        "a b@example.org",
        "@",
    ],
)
def test_an_address_that_is_none_or_more_than_one_fails_and_reaches_no_server(
    practice: Path, server: MailServer, send: Send, rows: Rows, recipient: str
) -> None:
    put(practice, a_message(1, recipient=recipient), a_message(2))
    send()
    assert rows("status") == ["failed", "sent"]
    assert [taken.recipient for taken in server.taken] == ["client2@example.org"]


@pytest.mark.parametrize(
    "text",
    ["X\r\nBcc: b@example.org", "X\nSubject: other", "X\r\n\r\nbody", "=?utf-8?q?a=0D=0ABcc:_b@c.de?="],
)
def test_no_fact_can_add_a_header_or_end_them(
    practice: Path, server: MailServer, send: Send, text: str
) -> None:
    facts = dict.fromkeys(("client", "first_name", "trainer", "place", "studio"), text)
    put(practice, a_message(1, facts=json.dumps(FACTS | facts)))
    send()
    (taken,) = server.taken
    headers = email.message_from_bytes(taken.data)
    assert "Bcc" not in headers
    assert len(headers.get_all("Subject") or []) == 1
    assert taken.recipient == "client1@example.org"
    assert sum(said.upper().startswith("RCPT") for said in server.said) == 1


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    if which("openssl") is None:
        pytest.skip("a certificate is made by openssl, which is not here")
    return make_certificate(tmp_path)


@pytest.fixture
def secured(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """A server with STARTTLS and a login, whose certificate is trusted."""
    with mail_server(certificate, wants_login=True) as found:
        for name, value in {
            "HOST": "127.0.0.1", "PORT": str(found.port), "USER": USER, "PASSWORD": PASSWORD
        }.items():  # fmt: skip
            monkeypatch.setenv(f"PTRACK_MAIL_{name}", value)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        yield found


def test_starttls_and_the_login_come_before_any_mail(practice: Path, secured: MailServer, send: Send) -> None:
    fill(practice, 2)
    assert not send().is_partial
    verbs = [said.partition(" ")[0].upper() for said in secured.said]
    assert verbs[:5] == ["EHLO", "STARTTLS", "EHLO", "AUTH", "MAIL"]
    assert len(secured.taken) == 2


def test_tls_from_the_first_byte(
    practice: Path, secured: MailServer, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    secured.speaks_tls_at_once = True
    monkeypatch.setenv("PTRACK_MAIL_SECURITY", "tls")
    fill(practice, 2)
    assert not send().is_partial
    assert len(secured.taken) == 2


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_is_refused(
    practice: Path,
    secured: MailServer,
    send: Send,
    rows: Rows,
    monkeypatch: pytest.MonkeyPatch,
    security: str,
) -> None:
    secured.speaks_tls_at_once = security == "tls"
    monkeypatch.setenv("PTRACK_MAIL_SECURITY", security)
    monkeypatch.delenv("SSL_CERT_FILE")
    fill(practice, 1)
    assert "certificate is not to be trusted: self-signed" in send().problems[0]
    assert rows("status, attempts, run") == [UNTOUCHED]
    assert not any("AUTH" in said for said in secured.said)


def test_a_certificate_of_another_host_is_refused(
    practice: Path, tmp_path: Path, secured: MailServer, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_certificate(tmp_path, "mail.example.org")
    with mail_server(other, wants_login=True) as server:
        monkeypatch.setenv("PTRACK_MAIL_PORT", str(server.port))
        monkeypatch.setenv("SSL_CERT_FILE", str(other))
        fill(practice, 1)
        assert "not valid for '127.0.0.1'" in send().problems[0]
    assert secured.taken == []


def test_a_server_without_starttls_gets_neither_mail_nor_password(
    practice: Path, server: MailServer, send: Send, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTRACK_MAIL_SECURITY", "starttls")
    monkeypatch.setenv("PTRACK_MAIL_USER", USER)
    monkeypatch.setenv("PTRACK_MAIL_PASSWORD", PASSWORD)
    fill(practice, 1)
    assert "STARTTLS" in send().problems[0]
    assert rows("status, attempts, run") == [UNTOUCHED]
    assert {said.partition(" ")[0].upper() for said in server.said} <= {"EHLO", "QUIT"}


@pytest.mark.parametrize("verb", ["STARTTLS", "AUTH"])
@pytest.mark.parametrize(
    "fault", [drop, stall, answer("454 later"), answer("535 5.7.8 no"), answer("421 bye")]
)
def test_what_fails_on_the_way_in_ends_the_run_and_touches_no_message(
    practice: Path, secured: MailServer, send: Send, rows: Rows, verb: str, fault: Fault
) -> None:
    fill(practice, 2)
    secured.faults = {verb: fault}
    assert len(send().problems) == 1
    assert rows("status, attempts, run") == [UNTOUCHED] * 2
    assert secured.taken == []


def test_a_server_that_says_the_password_back_does_not_get_it_shown(
    practice: Path, secured: MailServer, send: Send
) -> None:
    plain = base64.b64encode(f"\0{USER}\0{PASSWORD}".encode()).decode()
    secured.faults = {"AUTH": answer(f"535 no such thing as {plain} or {PASSWORD}")}
    fill(practice, 1)
    (problem,) = send().problems
    assert problem == "127.0.0.1 refused the login of anna: 535 no such thing as … or …"


def test_a_login_without_a_password_says_where_to_put_it(
    practice: Path, secured: MailServer, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PTRACK_MAIL_PASSWORD")
    fill(practice, 1)
    assert send().problems[0].startswith("There is no password for anna. Set mail.password_command")
    assert secured.taken == []
