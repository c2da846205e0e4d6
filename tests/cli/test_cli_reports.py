"""`today`, `report` and `demo` as their users meet them."""

import hashlib
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from pypdf import PdfReader

from harness import Run


def _solo(run: Run, number: int) -> None:
    for day in range(number):
        run("log", "add", "1", "Push-Up: 3x10", "--when", f"2026-10-{day + 1:02} 10:00")


def _led(run: Run, number: int) -> None:
    for day in range(number):
        booked = run("appointments", "add", "1", f"2026-10-{day + 1:02} 18:00", "--json").json
        run("appointments", "complete", str(booked["id"]))


def test_worked_example_1(run: Run) -> None:
    run("clients", "add", "Anna Berg")
    run("packages", "sell", "1", "--sessions", "10")
    _solo(run, 4)
    _led(run, 2)
    usage = run("report", "usage", "anna", "--json").json
    assert usage["total"] == 6
    assert usage["solo"] == {"count": 4, "percentage": 66.7}
    assert usage["trainer_led"] == {"count": 2, "percentage": 33.3}
    assert usage["credits"] == {"used": 2, "remaining": 8, "total": 10}
    page = run("report", "usage", "anna").out
    assert "4 (66.7 %)" in page
    assert "2 (33.3 %)" in page


def test_worked_example_2(run: Run, tmp_path: Path) -> None:
    run("clients", "add", "Anna Berg")
    run("packages", "sell", "1", "--sessions", "20")
    _led(run, 15)
    with closing(sqlite3.connect(tmp_path / "practice.db")) as connection, connection:
        connection.executemany(
            "INSERT INTO workout (client_id, kind, performed_at, activity, status, source, created_at) "
            "VALUES (1, 'solo', ?, 'strength', 'completed', 'manual', '2026-10-01 00:00:00.000000')",
            [(f"2026-09-{day:02} 08:00:00.000000",) for day in range(1, 31)],
        )
    usage = run("report", "usage", "anna", "--json").json
    assert (usage["total"], usage["solo"]["count"], usage["trainer_led"]["count"]) == (45, 30, 15)
    assert (usage["solo"]["percentage"], usage["trainer_led"]["percentage"]) == (66.7, 33.3)
    assert usage["credits"] == {"used": 15, "remaining": 5, "total": 20}


def test_usage_of_nobodys_workouts_is_all_zero(run: Run) -> None:
    run("clients", "add", "Anna Berg")
    usage = run("report", "usage", "anna", "--json").json
    for kind in ("solo", "trainer_led", "trainer_assisted", "group"):
        assert usage[kind] == {"count": 0, "percentage": 0.0}
    assert (usage["client"], usage["client_id"], usage["total"]) == ("Anna Berg", 1, 0)
    assert "no completed workout" in run("report", "usage", "anna").out


def test_an_unlimited_package_has_no_total(run: Run) -> None:
    run("clients", "add", "Anna Berg")
    run("packages", "sell", "1", "--kind", "unlimited")
    _led(run, 1)
    credits_ = run("report", "usage", "anna", "--json").json["credits"]
    assert (credits_["remaining"], credits_["total"]) == (None, None)


def test_a_workout_on_paper_holds_plan_records_and_any_name(run: Run, tmp_path: Path) -> None:
    run("clients", "add", "Дмитрий Ελένη Żółć")
    run("log", "add", "1", "Back Squat: 3x5 95", "--when", "yesterday 10:00")
    run(
        "log",
        "add",
        "1",
        "Back Squat: w 1x5 60, 3x5 100 @8",
        "--title",
        "Heavy day",
        "--notes",
        "Slept well.",
    )
    pdf = tmp_path / "workout.pdf"
    ran = run("report", "workout", "2", "--pdf", str(pdf), "--json")
    assert ran.json == {"path": str(pdf), "bytes": pdf.stat().st_size}
    assert ran.err == ""
    assert stat.S_IMODE(pdf.stat().st_mode) == 0o600
    text = PdfReader(pdf).pages[0].extract_text()
    for piece in (
        "Дмитрий Ελένη Żółć",
        "Heavy day",
        "3x5 100kg @8",
        "116.7",
        "95 on 19 Nov 2026",
        "Slept well.",
    ):
        assert piece in text


def test_what_has_no_glyph_is_told(run: Run, tmp_path: Path) -> None:
    run("clients", "add", "花子")
    run("log", "add", "1", "Back Squat: 3x5 100")
    assert "花" in run("report", "workout", "1", "--pdf", str(tmp_path / "w.pdf")).err


def test_a_pdf_that_cannot_be_written_is_told(run: Run, tmp_path: Path) -> None:
    run("clients", "add", "Anna Berg")
    run("log", "add", "1", "Back Squat: 3x5 100")
    assert run("report", "workout", "1", "--pdf", str(tmp_path / "no" / "w.pdf"), status=2).err
    assert run("report", "workout", "1", "--pdf", str(tmp_path), status=2).err
    assert "There is no workout 7" in run("report", "workout", "7", status=1).err


def test_a_plan_stands_beside_what_was_done(run: Run) -> None:
    run("clients", "add", "Anna Berg")
    run("programs", "assign", "Full Body", "anna")
    run("log", "add", "anna")
    page = run("report", "workout", "1").out
    assert "Planned" in page
    assert "Full Body" in page


def test_today_tells_the_day_and_what_is_left_to_do(run: Run) -> None:
    run("clients", "add", "Anna Berg", "--born", "1990-11-23")
    run("clients", "add", "Ben Olsen")
    run("clients", "add", "Cleo Marsh")
    run("packages", "sell", "anna", "--sessions", "2", "--expires", "2026-11-30")
    run("packages", "sell", "cleo", "--sessions", "20")
    run("appointments", "add", "anna", "today 07:00")
    run("appointments", "add", "anna", "today 17:00")
    run("appointments", "add", "ben", "yesterday 17:00")
    run("appointments", "complete", "3")
    found = run("today", "--json").json
    assert found["date"] == "2026-11-20"
    assert [row["id"] for row in found["appointments"]] == [1, 2]
    assert [row["id"] for row in found["to_close"]] == [1]
    assert [(row["client"], row["owed"]) for row in found["renewals"]] == [("Ben Olsen", 1), ("Anna Berg", 0)]
    assert [(row["client"], row["expires_on"]) for row in found["expiring"]] == [("Anna Berg", "2026-11-30")]
    assert [(row["date"], row["age"]) for row in found["birthdays"]] == [("2026-11-23", 36)]
    page = run("today").out
    assert "Friday 20 November 2026" in page
    assert "in 6 h 40 min" in page
    assert "close     Fri 20 Nov 07:00 Anna Berg" in page
    assert "ptrack close\n" in page
    assert "Anna Berg is 36 on Mon 23 Nov" in page


def test_an_empty_day_teaches(run: Run) -> None:
    assert "Book one: ptrack appointments add" in run("today").out


def test_one_trainers_day_in_a_club(run: Run) -> None:
    run("trainers", "add", "Olof Berg")
    run("clients", "add", "Anna Berg")
    run("clients", "add", "Ben Olsen", "--trainer", "olof")
    run("appointments", "add", "anna", "today 17:00")
    run("appointments", "add", "ben", "today 18:00")
    assert [row["client"] for row in run("today", "--trainer", "olof", "--json").json["appointments"]] == [
        "Ben Olsen"
    ]
    assert len(run("today", "--json").json["appointments"]) == 2


@pytest.mark.parametrize(("born", "birthday"), [("2000-02-29", "2027-03-01"), ("1990-11-20", "2026-11-20")])
def test_birthdays_on_odd_days(born: str, birthday: str) -> None:
    from datetime import date

    from ptrack.reports.today import next_birthday

    today = date(2026, 11, 20)
    assert next_birthday(date.fromisoformat(born), today) == date.fromisoformat(birthday)


def _contents(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return hashlib.sha256("".join(connection.iterdump()).encode()).hexdigest()


def test_the_demo_is_a_year_of_twelve_clients_the_same_every_time(run: Run, tmp_path: Path) -> None:
    first = run("demo", "--json").json["path"]
    assert first == str(tmp_path / "demo.db")
    again = _contents(Path(first))
    assert run("demo", "--json").json["path"] == first
    assert _contents(Path(first)) == again
    clients = run("--db", first, "clients", "list", "--json").json
    assert len(clients) == 12
    assert any(row["owed"] for row in clients)
    weeks = run("--db", first, "appointments", "week", "--json").json
    assert {row["status"] for row in weeks} >= {"completed", "scheduled"}
    assert run("--db", first, "db", "check").out == ""
    assert not (tmp_path / "practice.db").exists()


def test_the_demo_has_a_group_a_series_and_hours(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTRACK_DB", run("demo", "--json").json["path"])
    monkeypatch.setenv("COLUMNS", "160")
    week = run("appointments", "week", "next", "week").out
    assert "o Legs x4" in week
    assert "of 43 h booked" in week
    assert " off" in week
    legs = [row for row in run("appointments", "week", "--json").json if row["group"]]
    assert len(legs) == 4
    assert len({(row["group"], row["series"]) for row in legs}) == 1
    run("db", "check")


def test_the_demo_has_mail_that_was_sent_answered_refused_and_is_to_go(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTRACK_DB", run("demo", "--json").json["path"])
    rows = run("mail", "list", "--json").json
    there = {(row["kind"], row["status"]) for row in rows}
    assert there >= {
        *((kind, "sent") for kind in ("confirmation", "validation", "workout_summary")),
        ("reminder", "pending"),
        ("workout_summary", "failed"),
    }
    assert run("today", "--json").json["mail"] == {"failed": 1, "uncertain": 0}
    assert all(row["answers"] for row in run("feedback", "summary", "--json").json)
    assert run("reminders", "send").out == "", "nothing is due the moment it is made"
    run("mail", "show", str(rows[0]["id"]))


def test_the_demo_touches_no_practice(run: Run, tmp_path: Path) -> None:
    run("clients", "add", "Anna Berg")
    before = (tmp_path / "practice.db").read_bytes()
    assert "exists already" in run("demo", "--db", str(tmp_path / "practice.db"), status=1).err
    run("demo", "--db", str(tmp_path / "new.db"), "--json")
    (tmp_path / "practice.db").rename(tmp_path / "demo.db")
    assert "exists already" in run("demo", "--json", status=1).err
    assert (tmp_path / "demo.db").read_bytes() == before
