"""What commands put into the outbox, and what of it undo takes out again."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from harness import Run

Rows = list[dict[str, Any]]
Outbox = Callable[..., Rows]


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    """The messages of a status, in the order in which they go out."""

    def messages(status: str = "pending") -> Rows:
        with closing(sqlite3.connect(tmp_path / "practice.db")) as connection:
            connection.row_factory = sqlite3.Row
            sql = "SELECT * FROM message WHERE status = ? ORDER BY not_before, id"
            return [dict(row) for row in connection.execute(sql, [status])]

    return messages


@pytest.fixture
def send(tmp_path: Path) -> Callable[[], None]:
    """Let everything that is due go out."""

    def sent() -> None:
        with closing(sqlite3.connect(tmp_path / "practice.db")) as connection, connection:
            connection.execute(
                "UPDATE message SET status = 'sent', sent_at = '2026-11-20 09:20:00.000000' "
                "WHERE status = 'pending' AND kind <> 'reminder'"
            )

    return sent


@pytest.fixture(autouse=True)
def _anna(run: Run) -> None:
    run("clients", "add", "Anna Berg", "--email", "anna@example.org")


def kinds(rows: Rows) -> list[str]:
    return [row["kind"] for row in rows]


def test_a_series_is_confirmed_in_one_mail(run: Run, outbox: Outbox) -> None:
    run("appointments", "add", "anna", "tue 10:00", "--repeat", "weekly", "--times", "8")
    rows = outbox()
    assert kinds(rows).count("confirmation") == 1
    assert kinds(rows).count("reminder") == 16
    (confirmation,) = (row for row in rows if row["kind"] == "confirmation")
    assert len(json.loads(confirmation["facts"])["series"]) == 8


def test_each_client_of_a_group_is_written_to(run: Run, outbox: Outbox) -> None:
    run("clients", "add", "Ben Olsen", "--email", "ben@example.org")
    run("appointments", "add", "anna,ben", "tue 10:00")
    rows = [row for row in outbox() if row["kind"] == "confirmation"]
    assert [row["recipient"] for row in rows] == ["anna@example.org", "ben@example.org"]
    assert {json.loads(row["facts"])["group"] for row in rows} == {2}


def test_the_rest_of_a_series_is_called_off_in_one_mail(
    run: Run, outbox: Outbox, send: Callable[[], None]
) -> None:
    run("appointments", "add", "anna", "tue 10:00", "--repeat", "weekly", "--times", "4")
    send()
    run("appointments", "cancel", "2", "--following")
    rows = outbox()
    assert kinds(rows) == ["cancellation", "reminder", "reminder"]
    assert [each["appointment"] for each in json.loads(rows[0]["facts"])["series"]] == [2, 3, 4]


def test_no_mail_is_none(run: Run, outbox: Outbox, send: Callable[[], None]) -> None:
    run("appointments", "add", "anna", "tue 10:00", "--no-mail")
    assert outbox() == []
    run("appointments", "add", "anna", "wed 10:00")
    send()
    run("appointments", "edit", "2", "--when", "thu 10:00", "--no-mail")
    assert kinds(outbox()) == ["reminder", "reminder"]
    run("appointments", "cancel", "2", "--no-mail")
    assert outbox() == []


def test_undoing_a_booking_that_was_not_sent_sends_nothing(run: Run, outbox: Outbox) -> None:
    run("appointments", "add", "anna", "tue 10:00")
    run("undo", "--yes")
    assert outbox() == []
    run("redo", "--yes")
    assert kinds(outbox()) == ["confirmation", "reminder", "reminder"]


def test_undo_says_that_a_cancellation_will_be_sent(
    run: Run, outbox: Outbox, send: Callable[[], None]
) -> None:
    run("appointments", "add", "anna", "tue 10:00")
    send()
    told = "Anna Berg was told by mail on Fri 20 Nov 2026, 10:20 and will be sent a cancellation"
    assert told in " ".join(run("undo", "--dry-run").out.split())
    assert kinds(outbox()) == ["reminder", "reminder"]
    run("undo", "--yes")
    (row,) = outbox()
    assert (row["kind"], json.loads(row["facts"])["sequence"]) == ("cancellation", 1)
    send()
    run("redo", "--yes")
    assert kinds(outbox()) == ["confirmation", "reminder", "reminder"]
    assert json.loads(outbox()[0]["facts"])["sequence"] == 2


def test_undoing_a_completion_takes_its_mail_out(run: Run, outbox: Outbox) -> None:
    run("appointments", "add", "anna", "today 08:00")
    run("appointments", "complete", "1", "--log", "Back Squat: 3x5 100kg")
    assert sorted(kinds(outbox())) == ["validation", "workout_summary"]
    run("undo", "--yes")
    assert outbox() == []


def test_another_address_is_where_it_goes(run: Run, outbox: Outbox) -> None:
    run("appointments", "add", "anna", "tue 10:00")
    run("clients", "edit", "anna", "--email", "berg@example.org")
    assert {row["recipient"] for row in outbox()} == {"berg@example.org"}
    assert kinds(outbox()) == ["confirmation", "reminder", "reminder"]
    run("undo", "--yes")
    assert {row["recipient"] for row in outbox()} == {"anna@example.org"}
    run("clients", "edit", "anna", "--channel", "none")
    assert outbox() == []


def test_an_address_that_comes_later_is_reminded(run: Run, outbox: Outbox) -> None:
    run("clients", "add", "Ben Olsen")
    run("appointments", "add", "ben", "tue 10:00")
    assert outbox() == []
    run("clients", "edit", "ben", "--email", "ben@example.org")
    assert kinds(outbox()) == ["reminder", "reminder"]


@pytest.mark.parametrize(
    ("said", "kept", "armed"), [("2h", [120], 1), ("none", [], 0), ("3d, 90 min,2H", [4320, 120, 90], 3)]
)
def test_a_clients_own_reminders(run: Run, outbox: Outbox, said: str, kept: list[int], armed: int) -> None:
    run("appointments", "add", "anna", "thu 10:00")
    shown = run("clients", "edit", "anna", "--reminders", said, "--json").json
    assert shown["reminders"] == kept
    assert kinds(outbox()).count("reminder") == armed
    assert run("clients", "edit", "anna", "--reminders", "studio's", "--json").json["reminders"] is None
    assert kinds(outbox()).count("reminder") == 2


@pytest.mark.parametrize("said", ["", "soon", "0h", "-1h", "31d", "1h,2h,3h,4h,5h,6h,7h", "1h;2h"])
def test_reminders_that_are_none_are_refused(run: Run, said: str) -> None:
    ran = run("clients", "edit", "anna", "--reminders", said, status=2)
    assert "reminders are too many" in ran.err or "no times before a start" in ran.err


def test_unsubscribing_leaves_the_news(run: Run, outbox: Outbox) -> None:
    run("appointments", "add", "anna", "tue 10:00")
    assert run("clients", "edit", "anna", "--unsubscribe", "--json").json["subscribed"] is False
    assert kinds(outbox()) == ["confirmation"]
    assert "unsubscribed" in run("clients", "show", "anna").out
    assert run("clients", "edit", "anna", "--subscribe", "--json").json["subscribed"] is True
    assert kinds(outbox()) == ["confirmation", "reminder", "reminder"]


def test_the_studios_reminders_and_quiet_hours(run: Run, outbox: Outbox) -> None:
    run("appointments", "add", "anna", "tue 10:00")
    assert run("config", "get", "reminder_offsets").out.split()[-2:] == ["24h,", "1h"]
    assert run("config", "set", "reminder_offsets", "14h", "--json").json == {"reminder_offsets": "14h"}
    assert outbox()[1]["not_before"] == "2026-11-23 19:00:00.000000"
    run("config", "set", "quiet_from_min", "19:30")
    assert outbox()[1]["not_before"] == "2026-11-24 06:00:00.000000"
    run("config", "set", "quiet_to_min", "6")
    assert outbox()[1]["not_before"] == "2026-11-24 05:00:00.000000"
    assert run("config", "get", "quiet_to_min").out.split()[-1] == "06:00"
    run("undo", "--yes")
    assert outbox()[1]["not_before"] == "2026-11-24 06:00:00.000000"


@pytest.mark.parametrize("said", ["24:00", "7:60", "evening", "", "21:xx"])
def test_a_time_of_day_that_is_none_is_refused(run: Run, said: str) -> None:
    assert "no time of day" in run("config", "set", "quiet_from_min", said, status=2).err


def test_the_reminders_of_an_appointment_are_in_its_data(run: Run, tmp_path: Path) -> None:
    added = run("appointments", "add", "anna", "tue 10:00", "--json").json
    assert added["reminders"] == [
        {"offset_min": 1440, "status": "pending", "sent_at": None},
        {"offset_min": 60, "status": "pending", "sent_at": None},
    ]
    run("appointments", "edit", "1", "--when", "wed 10:00")
    with closing(sqlite3.connect(tmp_path / "practice.db")) as connection, connection:
        connection.execute(
            "UPDATE message SET status = 'sent', sent_at = '2026-11-24 09:00:00.000000' "
            "WHERE status = 'pending' AND dedupe_key LIKE 'reminder:1:1440:%'"
        )
    (row,) = run("appointments", "list", "--json").json
    assert row["reminders"][0] == {
        "offset_min": 1440,
        "status": "sent",
        "sent_at": "2026-11-24T10:00:00+01:00",
    }


def test_an_import_tells_nobody_unless_asked(run: Run, outbox: Outbox, tmp_path: Path) -> None:
    table = tmp_path / "agenda.csv"
    table.write_text("client,starts_at,duration_min\nAnna Berg,2026-11-24 10:00,60\n")
    run("import", "appointments", str(table))
    assert outbox() == []
    table.write_text(
        "client,starts_at,duration_min\nAnna Berg,2026-11-25 10:00,60\nAnna Berg,2026-11-26 10:00,60\n"
    )
    run("import", "appointments", str(table), "--notify")
    rows = outbox()
    assert kinds(rows) == ["confirmation", "reminder", "reminder", "reminder", "reminder"]
    assert len(json.loads(rows[0]["facts"])["series"]) == 2
    run("undo", "--yes")
    assert outbox() == []


def test_an_erased_client_leaves_no_message(run: Run, outbox: Outbox, send: Callable[[], None]) -> None:
    run("appointments", "add", "anna", "tue 10:00")
    send()
    run("clients", "remove", "anna", "--erase", "--yes")
    assert [outbox(status) for status in ("pending", "sent", "superseded")] == [[], [], []]


def test_a_removed_clients_appointments_are_called_off_in_one_mail(
    run: Run, outbox: Outbox, send: Callable[[], None]
) -> None:
    run("appointments", "add", "anna", "tue 10:00")
    run("appointments", "add", "anna", "wed 10:00")
    send()
    run("clients", "remove", "anna", "--yes")
    (row,) = outbox()
    assert (row["kind"], len(json.loads(row["facts"])["series"])) == ("cancellation", 2)


def test_an_import_that_moves_an_appointment_takes_its_reminders_along(
    run: Run, outbox: Outbox, tmp_path: Path
) -> None:
    calendar = tmp_path / "agenda.ics"
    run("appointments", "add", "anna", "tue 10:00", "--no-mail")
    text = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:one@x\r\n"
        "DTSTAMP:20261101T000000Z\r\nDTSTART:2026112{day}T140000Z\r\nDTEND:2026112{day}T150000Z\r\n"
        "SUMMARY:Anna Berg\r\nSEQUENCE:{day}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    calendar.write_text(text.format(day=5))
    run("import", "appointments", str(calendar), "--notify")
    assert kinds(outbox()) == ["confirmation", "reminder", "reminder"]
    calendar.write_text(text.format(day=6))
    run("import", "appointments", str(calendar))
    assert {row["expires_at"] for row in outbox()} == {"2026-11-26 14:00:00.000000"}
    assert kinds(outbox()) == ["confirmation", "reminder", "reminder"]


def test_another_zone_takes_the_reminders_along(run: Run, outbox: Outbox) -> None:
    run("appointments", "add", "anna", "tue 10:00")
    run("config", "set", "timezone", "America/New_York", "--keep-wall-times")
    rows = outbox()
    assert {row["expires_at"] for row in rows} == {"2026-11-24 15:00:00.000000"}
    assert kinds(rows).count("reminder") == 2
    run("undo", "--yes")
    assert {row["expires_at"] for row in outbox()} == {"2026-11-24 09:00:00.000000"}
