"""The outbox from the command line: what cron sees, what a person sees, what can be done."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from harness import Run
from mail_server import PASSWORD, USER, MailServer, answer, drop, mail_server
from outbox_samples import a_message, fill, put
from ptrack.vocabulary import MessageKind, MessageStatus


@pytest.fixture
def practice(run: Run, tmp_path: Path) -> Path:
    run("init", "--name", "Lang", "--timezone", "Europe/Berlin")
    run("config", "set", "sender", "Timo Lang <timo@lang.example>")
    return tmp_path / "practice.db"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    with mail_server(wants_login=True) as found:
        for name, value in {
            "HOST": "127.0.0.1", "PORT": str(found.port), "SECURITY": "none", "USER": USER,
            "PASSWORD": PASSWORD,
        }.items():  # fmt: skip
            monkeypatch.setenv(f"PTRACK_MAIL_{name}", value)
        yield found


def statuses(practice: Path) -> list[str]:
    with closing(sqlite3.connect(practice)) as connection:
        return [row[0] for row in connection.execute("SELECT status FROM message ORDER BY id")]


def test_cron_hears_nothing_where_nothing_is_due(run: Run, practice: Path) -> None:
    put(practice, a_message(1, status=MessageStatus.SUPERSEDED))
    ran = run("reminders", "send")
    assert (ran.out, ran.err) == ("", "")
    assert list(practice.parent.glob("*mail*")) == []


def test_cron_hears_nothing_where_all_went_well(run: Run, practice: Path, server: MailServer) -> None:
    fill(practice, 3)
    ran = run("reminders", "send")
    assert (ran.out, ran.err) == ("", "")
    assert (len(server.taken), statuses(practice)) == (3, ["sent"] * 3)


def test_cron_hears_a_line_for_each_problem_and_programs_get_all_of_it(
    run: Run, practice: Path, server: MailServer
) -> None:
    fill(practice, 4)
    server.faults = {"RCPT": [answer("550 nobody"), answer("450 later")], "END": [drop]}
    ran = run("reminders", "send", "--json", status=3)
    lines = ran.err.splitlines()
    assert [line.split(":")[0] for line in lines] == [
        "Message 1 (reminder to client1@example.org) failed",
        "Message 2 (reminder to client2@example.org) was put off",
        "Message 3 (reminder to client3@example.org) is uncertain",
        "1 message may or may not have been sent (3)",
    ]
    told = ran.json
    counts = {key: told[key] for key in ("sent", "failed", "skipped", "pending", "uncertain")}
    assert counts == {"sent": 1, "failed": 1, "skipped": 0, "pending": 1, "uncertain": [3]}
    assert [each["status"] for each in told["messages"]] == ["failed", "pending", "uncertain", "sent"]
    assert set(told["messages"][0]) >= {"id", "kind", "to", "subject", "status", "error"}
    assert told["messages"][0]["error"] == "550 nobody"


def test_what_is_uncertain_is_named_each_time_and_on_the_days_page(run: Run, practice: Path) -> None:
    put(practice, a_message(1, status=MessageStatus.UNCERTAIN), a_message(2, status=MessageStatus.FAILED))
    for _ in range(2):
        assert "1 message may or may not have been sent (1)" in run("reminders", "send").err
    page = run("today").out
    assert "ptrack mail list --status uncertain" in page
    assert "ptrack mail list --status failed" in page
    assert run("today", "--json").json["mail"] == {"failed": 1, "uncertain": 1}


def test_a_limit_is_kept_and_a_rehearsal_changes_nothing(
    run: Run, practice: Path, server: MailServer
) -> None:
    fill(practice, 5)
    rehearsed = run("mail", "send", "--dry-run", "--json").json
    assert (rehearsed["dry_run"], rehearsed["pending"], len(rehearsed["messages"])) == (True, 5, 5)
    assert rehearsed["messages"][0]["subject"].startswith("Reminder: Friday 20 November")
    assert (server.taken, statuses(practice)) == ([], ["pending"] * 5)
    assert run("mail", "send", "--limit", "2", "--json").json["pending"] == 3
    assert len(server.taken) == 2


@pytest.mark.usefixtures("server")
def test_a_wrong_password_is_one_line_and_the_password_is_nowhere(
    run: Run, practice: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fill(practice, 3)
    monkeypatch.setenv("PTRACK_MAIL_PASSWORD", "wr0ng-and-secret")
    ran = run("reminders", "send", status=3)
    assert ran.err == " 127.0.0.1 refused the login of anna: 535 5.7.8 wrong name or password\n"
    said = [ran.out, ran.err]
    for words in (
        ("mail", "send", "--json"),
        ("mail", "test", "a@example.org"),
        ("config", "list", "--json"),
    ):
        again = run(*words, status=None)
        said += [again.out, again.err]
    assert statuses(practice) == ["pending"] * 3
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert "wr0ng" not in "".join(said)
    assert b"wr0ng" not in kept


def test_what_failed_is_sent_again_when_a_person_says_so(
    run: Run, practice: Path, server: MailServer
) -> None:
    put(
        practice,
        a_message(1, status=MessageStatus.FAILED, attempts=1),
        a_message(2, status=MessageStatus.UNCERTAIN, attempts=1, message_id="<2@x>"),
        a_message(3, status=MessageStatus.SUPERSEDED),
    )
    assert len(run("mail", "retry", "1", "--all-uncertain", "--json").json) == 2
    run("mail", "send")
    assert statuses(practice) == ["sent", "sent", "superseded"]
    assert server.taken[1].message_id == "<2@x>"


@pytest.mark.parametrize(
    ("said", "status", "words"),
    [
        ({"status": MessageStatus.SUPERSEDED}, 1, "only what failed or is uncertain"),
        ({}, 1, "goes out by itself when it is due"),
        ({"status": MessageStatus.EXPIRED}, 1, "only what failed or is uncertain"),
    ],
)
def test_what_is_over_is_not_sent_again(
    run: Run, practice: Path, said: dict[str, Any], status: int, words: str
) -> None:
    put(practice, a_message(1, **said))
    assert words in run("mail", "retry", "1", status=status).err


def test_what_is_forgotten_never_goes_out(run: Run, practice: Path, server: MailServer) -> None:
    put(practice, a_message(1), a_message(2, status=MessageStatus.UNCERTAIN), a_message(3))
    assert "--yes" in run("mail", "forget", "1", status=2).err
    assert len(run("mail", "forget", "1", "--all-uncertain", "--dry-run", "--json").json) == 2
    assert statuses(practice) == ["pending", "uncertain", "pending"]
    run("mail", "forget", "1", "--all-uncertain", "--yes")
    run("mail", "send")
    assert statuses(practice) == ["superseded", "superseded", "sent"]
    assert len(server.taken) == 1
    assert "nothing to forget" in run("mail", "forget", "3", "--yes", status=1).err


@pytest.mark.parametrize("words", [("retry",), ("forget",)])
def test_nothing_named_is_a_mistake(run: Run, practice: Path, words: tuple[str, ...]) -> None:
    assert practice.exists()
    assert "--all-failed" in run("mail", *words, status=2).err
    assert "There is no message 77" in run("mail", *words, "77", status=1).err


def test_the_list_is_by_status_kind_and_client(run: Run, practice: Path) -> None:
    client = run("clients", "add", "Anna Berg", "--json").json["id"]
    put(
        practice,
        a_message(1, client_id=client),
        a_message(2, kind=MessageKind.CREDITS, status=MessageStatus.FAILED, last_error="550 no"),
    )
    assert [row["id"] for row in run("mail", "list", "--json").json] == [2, 1]
    assert [row["client"] for row in run("mail", "list", "--client", "anna", "--json").json] == ["Anna Berg"]
    (failed,) = run("mail", "list", "--status", "failed", "--kind", "credits", "--json").json
    assert (failed["id"], failed["error"]) == (2, "550 no")
    shown = run("mail", "show", "1").out
    assert "Anna Berg" in shown
    assert "Subject" in shown
    assert run("mail", "show", "1", "--json").json["facts"]["place"] == "Studio"
    assert "There is no message 9" in run("mail", "show", "9", status=1).err


def test_the_preview_tells_what_goes_out_when(run: Run, practice: Path) -> None:
    from datetime import timedelta

    from outbox_samples import NOW

    later = {"expires_at": NOW + timedelta(days=9)}
    put(
        practice,
        a_message(1, not_before=NOW + timedelta(hours=47), **later),
        a_message(2, not_before=NOW + timedelta(hours=49), **later),
        a_message(3, not_before=NOW + timedelta(hours=1), **later),
    )
    assert [row["id"] for row in run("reminders", "preview", "--json").json] == [3, 1]
    assert [row["id"] for row in run("reminders", "preview", "--hours", "50", "--json").json] == [3, 1, 2]


def test_a_test_mail_tells_what_the_server_said_and_is_not_in_the_outbox(
    run: Run, practice: Path, server: MailServer
) -> None:
    told = run("mail", "test", "me@example.org", "--json").json
    assert told["answer"] == "250 2.0.0 taken"
    assert server.taken[0].recipient == "me@example.org"
    assert statuses(practice) == []
    server.faults = {"RCPT": answer("550 5.1.1 nobody of that name")}
    assert "550 5.1.1 nobody of that name" in run("mail", "test", "me@example.org", status=1).err
    for address in ("me", "a@b.de\nBcc: c@d.de", "a@b.de,c@d.de"):
        run("mail", "test", address, status=2)


def test_at_night_only_what_cannot_wait_goes_out(
    run: Run, practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import UTC, datetime

    at = {"not_before": datetime(2026, 11, 20, 20, 30, tzinfo=UTC)}
    put(
        practice,
        a_message(1, expires_at=datetime(2026, 11, 21, 5, 30, tzinfo=UTC), **at),
        a_message(2, expires_at=datetime(2026, 11, 21, 9, tzinfo=UTC), **at),
        a_message(3, kind=MessageKind.CREDITS, expires_at=datetime(2026, 11, 21, 5, tzinfo=UTC), **at),
    )
    monkeypatch.setenv("PTRACK_NOW", "2026-11-20T22:00:00+01:00")
    assert run("reminders", "send").err == ""
    assert statuses(practice) == ["sent", "pending", "pending"]
    monkeypatch.setenv("PTRACK_NOW", "2026-11-21T07:00:00+01:00")
    skipped = run("reminders", "send", "--json").json
    assert (skipped["sent"], skipped["skipped"]) == (1, 1)
    assert statuses(practice) == ["sent", "sent", "expired"]


def test_of_two_reminders_that_fall_due_together_the_nearer_one_goes(run: Run, practice: Path) -> None:
    client = run("clients", "add", "Anna Berg", "--json").json["id"]
    run("appointments", "add", "anna", "2026-11-20 18:00")
    key = "reminder:1:{}:20261120T170000"
    with closing(sqlite3.connect(practice)) as connection, connection:
        connection.execute("DELETE FROM message")
    put(
        practice,
        *(
            a_message(
                number, client_id=client, appointment_id=1, recipient="a@b.de", dedupe_key=key.format(offset)
            )
            for number, offset in ((1, 1440), (2, 60))
        ),
    )
    assert run("reminders", "send", "--json").json["skipped"] == 1
    assert statuses(practice) == ["superseded", "sent"]


def test_a_reminder_whose_appointment_was_called_off_meanwhile_is_not_sent(run: Run, practice: Path) -> None:
    put(practice, a_message(1, appointment_id=77))
    assert run("reminders", "send", "--json").json["skipped"] == 1
    assert statuses(practice) == ["superseded"]
