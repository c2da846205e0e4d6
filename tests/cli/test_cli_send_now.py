"""`--send-now`: the mail that a command makes goes at once, and no other mail with it."""

from collections.abc import Iterator

import pytest

from harness import Run
from mail_server import MailServer, answer, drop, mail_server

EARLIER, NOW, NIGHT = (f"2026-11-20T{clock}:00+01:00" for clock in ("09:00", "10:20", "22:30"))


@pytest.fixture
def house(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A practice with a client who can be written to, one who cannot, and mail of before that is due."""
    monkeypatch.setenv("PTRACK_NOW", EARLIER)
    run("init", "--name", "Lang", "--timezone", "Europe/Berlin")
    run("config", "set", "sender", "Timo Lang <timo@lang.example>")
    run("clients", "add", "Anna Berg", "--email", "anna@example.org")
    run("clients", "add", "Ben")
    run("packages", "sell", "Anna", "--sessions", "9")
    run("appointments", "add", "Anna", "2026-12-08 10:00")
    monkeypatch.setenv("PTRACK_NOW", NOW)
    return run


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    with mail_server() as found:
        for name, value in {"HOST": "127.0.0.1", "PORT": str(found.port), "SECURITY": "none"}.items():
            monkeypatch.setenv(f"PTRACK_MAIL_{name}", value)
        yield found


def outbox(house: Run) -> dict[int, tuple[str, str]]:
    return {row["id"]: (row["kind"], row["status"]) for row in house("mail", "list", "--json").json}


def test_only_what_the_command_made_goes_and_what_is_due_besides_stays(
    house: Run, server: MailServer
) -> None:
    before = outbox(house)
    assert ("confirmation", "pending") in before.values()
    ran = house("appointments", "add", "Anna", "2026-11-24 10:00", "--send-now", "--json")
    assert ran.json["starts_at"] == "2026-11-24T10:00:00+01:00"
    assert ran.err == "Mail: 1 sent; 2 reminders go out in their time.\n"
    assert [mail.recipient for mail in server.taken] == ["anna@example.org"]
    assert b"24 November" in server.taken[0].data
    after = outbox(house)
    assert {number: after[number] for number in before} == before
    new = [after[number] for number in after if number not in before]
    assert sorted(new) == [("confirmation", "sent"), ("reminder", "pending"), ("reminder", "pending")]


def test_each_command_that_clients_are_told_of_can_send_it(
    house: Run, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    house("appointments", "edit", "1", "--when", "2026-11-20 11:00", "--send-now")
    house("appointments", "add", "Anna,Ben", "2026-11-25 10:00", "--send-now")
    group = house("appointments", "show", "2", "--json").json["group"]
    house("appointments", "leave", str(group), "Anna", "--send-now")
    house("appointments", "join", str(group), "Anna", "--send-now")
    house("appointments", "cancel", "2", "--whole-group", "--send-now")
    monkeypatch.setenv("PTRACK_NOW", "2026-11-20T12:05:00+01:00")
    house("appointments", "complete", "1", "--send-now")
    house("log", "add", "Anna", "Back Squat: 3x5 100kg", "--session", "1", "--send-now")
    subjects = [
        next(line for line in mail.data.decode().splitlines() if line.startswith("Subject:"))
        for mail in server.taken
    ]
    firsts = [subject.removeprefix("Subject: ").split(maxsplit=1)[0] for subject in subjects]
    assert firsts == ["Booked:", "Booked:", "Cancelled:", "Booked:", "Cancelled:", "Did", "Your"]


def test_the_days_end_sends_what_it_made_even_where_one_was_refused(
    house: Run, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    house("appointments", "add", "Anna", "2026-11-20 11:00", "--no-mail")
    monkeypatch.setenv("PTRACK_NOW", "2026-11-20T13:00:00+01:00")
    ran = house("close", "--all-completed", "--send-now")
    assert "Mail: 1 sent." in ran.err
    assert "waits" not in ran.out
    assert len(server.taken) == 1


def test_quiet_hours_hold_and_what_waits_is_said(
    house: Run, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTRACK_NOW", NIGHT)
    said = house("appointments", "add", "Anna", "2026-11-24 10:00", "--send-now", "--json").err
    until = "Sat 21 Nov 2026, 07:00"
    assert (
        said == f"Mail: 1 waits for the end of the quiet hours, {until}; 2 reminders go out in their time.\n"
    )
    assert server.taken == []


def test_who_is_not_written_to_gets_none(house: Run, server: MailServer) -> None:
    ran = house("appointments", "add", "Ben", "2026-11-24 10:00", "--send-now", "--json")
    assert ran.err.splitlines()[-1] == "Mail: none comes of it."
    assert server.taken == []


@pytest.mark.parametrize(
    ("fault", "words", "status"),
    [
        ({"RCPT": answer("550 nobody")}, "failed: 550 nobody", "failed"),
        ({"RCPT": answer("450 later")}, "was put off: 450 later", "pending"),
        ({"END": drop}, "is uncertain", "uncertain"),
        ({"GREETING": answer("554 go away")}, "554 go away", "pending"),
    ],
)
def test_the_change_is_done_though_its_mail_did_not_go(
    house: Run, server: MailServer, fault: dict[str, object], words: str, status: str
) -> None:
    server.faults = fault  # type: ignore[assignment]
    ran = house("appointments", "add", "Anna", "2026-11-24 10:00", "--send-now", "--json", status=3)
    assert ran.json["status"] == "scheduled"
    assert words in ran.err
    assert ran.err.splitlines()[-1] == (
        "What was asked for is done; not all of its mail was sent: ptrack mail list"
    )
    assert house("appointments", "show", str(ran.json["id"]), "--json").json["status"] == "scheduled"
    kept = [told for told in outbox(house).values() if told[0] == "confirmation"]
    assert kept == [("confirmation", status), ("confirmation", "pending")]


def test_a_setting_that_no_mail_can_go_with_leaves_the_change_alone(
    house: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTRACK_MAIL_TRANSPORT", "pigeon")
    ran = house("appointments", "add", "Anna", "2026-11-24 10:00", "--send-now", "--json", status=3)
    assert ran.json["id"] == 2
    assert "pigeon" in ran.err
    assert "What was asked for is done" in ran.err


def test_telling_at_once_and_telling_nothing_exclude_each_other_before_anything_is_done(house: Run) -> None:
    house("appointments", "add", "Anna", "2026-11-24 10:00", "--send-now", "--no-mail", status=2)
    assert len(house("appointments", "list", "--json").json) == 1


def test_what_is_refused_sends_nothing(house: Run, server: MailServer) -> None:
    house("appointments", "add", "Anna", "2026-12-08 10:30", "--send-now", status=1)
    assert server.taken == []
