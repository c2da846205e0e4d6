"""`report attendance`, `commission`, `practice` and `usage`, from the bookings to the page."""

import csv
import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from harness import Run


def _held(run: Run, client: str, when: str, *more: str) -> int:
    """Book and complete; the appointment's number."""
    number = run("appointments", "add", client, when, "--json", *more).json["id"]
    run("appointments", "complete", str(number))
    return int(number)


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def club(run: Run) -> Run:
    """Maya at 40 % with Anna, 450 for ten sessions; Olof at 25.00 a session with Ben, 100 for three."""
    run("trainers", "add", "Maya Lind", "--commission", "40%")
    run("trainers", "add", "Olof Berg", "--commission", "25")
    run("clients", "add", "Anna Berg", "--trainer", "maya")
    run("clients", "add", "Ben Olsen", "--trainer", "olof")
    run("packages", "sell", "anna", "--sessions", "10", "--price", "450")
    run("packages", "sell", "ben", "--sessions", "3", "--price", "100")
    return run


def test_a_month_of_commission(club: Run) -> None:
    _held(club, "anna", "2026-11-02 09:00")
    _held(club, "anna", "2026-11-04 09:00")
    _held(club, "ben", "2026-11-05 09:00")
    taken_back = _held(club, "anna", "2026-11-06 09:00")
    club("appointments", "reopen", str(taken_back))
    club("appointments", "add", "anna", "2026-11-09 09:00")
    club("appointments", "no-show", "5")
    _held(club, "anna", "2026-10-31 09:00")
    club("sessions", "validate", "1")
    found = club("report", "commission", "--json").json
    assert (found["from"], found["to"], found["currency"]) == ("2026-11-01", "2026-11-30", "EUR")
    maya, olof = found["trainers"]
    assert (maya["trainer"], maya["sessions"], maya["value_cents"]) == ("Maya Lind", 2, 9000)
    assert (maya["commission_cents"], maya["payable_cents"]) == (3600, 3600)
    assert maya["validated"] == {"sessions": 1, "value_cents": 4500, "commission_cents": 1800}
    assert (olof["sessions"], olof["value_cents"], olof["commission_cents"]) == (1, 3333, 2500)
    assert found["totals"]["commission_cents"] == 6100
    page = club("report", "commission").out
    assert "61.00 EUR for 3 sessions: 18.00 EUR validated, 43.00 EUR not yet." in page
    assert club("report", "commission", "--month", "october", "--json").json["totals"]["sessions"] == 1


def test_a_new_rate_never_rewrites_the_past_and_each_session_is_rounded_half_up(club: Run) -> None:
    club("packages", "sell", "ben", "--sessions", "1", "--price", "12.50")
    club("trainers", "edit", "olof", "--commission", "33%")
    for when in ("2026-11-02 09:00", "2026-11-03 09:00", "2026-11-04 09:00", "2026-11-05 09:00"):
        _held(club, "ben", when)
    club("trainers", "edit", "olof", "--commission", "90%")
    (olof,) = club("report", "commission", "--trainer", "olof", "--json").json["trainers"]
    # 33 % of 100 ÷ 3 is 11.00; 33 % of 12.50 is 4.125, which goes up
    lines = [(line["session_value_cents"], line["commission_cents"]) for line in olof["packages"]]
    assert lines == [(3333, 3300), (1250, 413)]
    assert olof["commission_cents"] == 3713
    assert "90 %" in club("report", "commission", "--trainer", "olof").out


def test_an_unlimited_package_is_worth_what_it_says(club: Run) -> None:
    club("clients", "add", "Cleo Marsh", "--trainer", "maya")
    club("packages", "sell", "cleo", "--kind", "unlimited", "--price", "90")
    _held(club, "cleo", "2026-11-02 09:00")
    club("packages", "close", "3")
    club("packages", "sell", "cleo", "--kind", "unlimited", "--price", "90", "--session-value", "20")
    _held(club, "cleo", "2026-11-03 09:00")
    (maya,) = club("report", "commission", "--json").json["trainers"]
    assert [(line["session_value_cents"], line["commission_cents"]) for line in maya["packages"]] == [
        (2000, 800),
        (0, 0),
    ]


def test_only_validated_sessions_are_payable_where_the_practice_says_so(club: Run) -> None:
    _held(club, "anna", "2026-11-02 09:00")
    _held(club, "anna", "2026-11-03 09:00")
    club("sessions", "validate", "2")
    club("config", "set", "commission_requires_validation", "on")
    (maya,) = club("report", "commission", "--json").json["trainers"]
    assert (maya["commission_cents"], maya["payable_cents"]) == (3600, 1800)
    assert "Payable" in club("report", "commission").out


def test_commission_for_a_spreadsheet(club: Run) -> None:
    _held(club, "anna", "2026-11-02 09:00")
    _held(club, "ben", "2026-11-02 11:00")
    rows = _rows(club("report", "commission", "--csv").out)
    assert [(row["trainer"], row["package_name"], row["commission_cents"]) for row in rows] == [
        ("Maya Lind", "10 sessions", "1800"),
        ("Olof Berg", "3 sessions", "2500"),
    ]
    assert {(row["currency"], row["from"], row["to"]) for row in rows} == {
        ("EUR", "2026-11-01", "2026-11-30")
    }


def test_attendance_counts_what_was_called_off_late(club: Run) -> None:
    _held(club, "anna", "2026-11-02 09:00")
    _held(club, "anna", "2026-11-09 09:00")
    for when in ("today 09:00", "today 18:00", "today 19:00", "tomorrow 18:00"):
        club("appointments", "add", "anna", when)
    club("appointments", "no-show", "3")
    club("appointments", "cancel", "4", "--charge")  # late, charged, and waived
    club("appointments", "waive", "4")
    club("appointments", "cancel", "5", "--by", "trainer")  # the trainer's is never the client's
    club("appointments", "cancel", "6")  # in time: more than a day ahead
    club("appointments", "add", "anna", "tomorrow 08:00")
    club("appointments", "cancel", "7", "--no-charge")  # late, and free of charge
    found = club("report", "attendance", "--month", "2026-11", "--json").json
    counts = (found["completed"], found["no_shows"], found["late_cancellations"], found["rate"])
    assert counts == (2, 1, 2, 40.0)
    (anna,) = found["clients"]
    assert (anna["client"], anna["client_id"], anna["rate"]) == ("Anna Berg", 1, 40.0)
    monday = found["weekdays"][0]
    assert (monday["weekday"], monday["completed"], monday["rate"]) == ("monday", 2, 100.0)
    assert [hour["hour"] for hour in found["hours"]] == [8, 9, 18]
    assert (
        "40.0 % of 5 kept: 2 came, 1 no-show, 2 late cancellations."
        in club("report", "attendance", "--client", "anna", "--month", "2026-11").out
    )
    assert _rows(club("report", "attendance", "--csv").out)[0]["late_cancellations"] == "1"  # to today


def test_the_practices_month(club: Run) -> None:
    _held(club, "anna", "2026-11-02 09:00")
    club("packages", "sell", "ben", "--sessions", "5", "--price", "200")
    found = club("report", "practice", "--json").json
    assert (found["from"], found["to"], len(found["months"])) == ("2025-12-01", "2026-11-30", 12)
    november = found["months"][-1]
    assert (november["month"], november["sessions"], november["hours"]) == ("2026-11", 1, 1.0)
    assert (november["income_cents"], november["commission_cents"]) == (75000, 1800)
    assert (november["new_clients"], november["active_clients"], november["adoption"]) == (2, 1, 100.0)
    assert found["totals"]["income_cents"] == 75000
    assert found["months"][0]["sessions"] == 0
    page = club("report", "practice").out
    assert "1 session in 1.0 hours, 750.00 EUR of packages sold." in page
    assert "Nov 2026" in page
    rows = _rows(club("report", "practice", "--range", "all", "--csv").out)
    assert [(row["month"], row["income_cents"]) for row in rows] == [("2026-11", "75000")]


def test_usage_in_a_month_and_for_a_spreadsheet(club: Run) -> None:
    _held(club, "anna", "2026-10-31 09:00")
    _held(club, "anna", "2026-11-01 00:00")
    club("log", "add", "anna", "Push-Up: 3x10", "--when", "2026-11-01 00:00")
    assert club("report", "usage", "anna", "--month", "october", "--json").json["total"] == 1
    found = club("report", "usage", "anna", "--month", "november", "--json").json
    assert (found["total"], found["trainer_led"]["count"], found["solo"]["count"]) == (2, 1, 1)
    assert found["credits"] == {"used": 2, "remaining": 8, "total": 10}
    assert (found["from"], found["to"]) == ("2026-11-01", "2026-11-30")
    rows = _rows(club("report", "usage", "anna", "--from", "2026-10-01", "--csv").out)
    counts = {row["kind"]: row["count"] for row in rows}
    assert counts == {"solo": "1", "trainer_led": "2", "trainer_assisted": "0", "group": "0"}
    assert "November 2026" in club("report", "usage", "anna", "--month", "2026-11").out


@pytest.mark.parametrize("name", ["attendance", "commission", "practice"])
def test_where_nothing_happened_a_page_says_what_to_do(run: Run, name: str) -> None:
    page = run("report", name).out
    assert "ptrack " in page
    assert run("report", name, "--csv").out.count("\n") == (13 if name == "practice" else 1)


@pytest.mark.parametrize("name", ["attendance", "commission", "practice"])
def test_reports_on_paper(club: Run, name: str, tmp_path: Path) -> None:
    _held(club, "anna", "2026-11-02 09:00")
    pdf = tmp_path / f"{name}.pdf"
    ran = club("report", name, "--pdf", str(pdf), "--json")
    assert ran.json == {"path": str(pdf), "bytes": pdf.stat().st_size}
    text = PdfReader(pdf).pages[0].extract_text()
    assert "page 1 of" in text
    assert "100.0 %" in text if name != "commission" else "18.00" in text
    assert "Say either --csv or --pdf" in club("report", name, "--pdf", str(pdf), "--csv", status=2).err


@pytest.mark.parametrize(
    "words",
    [
        ("--month", "2026-13"),
        ("--month", "smarch"),
        ("--month", "2026-11", "--range", "year"),
        ("--range", "year", "--from", "2026-01-01"),
        ("--from", "2026-11-02", "--to", "2026-11-01"),
        ("--from", "someday"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("name", ["attendance", "commission", "practice"])
def test_a_time_that_cannot_be_meant_is_told(run: Run, name: str, words: tuple[str, ...]) -> None:
    told = run("report", name, *words, status=2).err.strip().splitlines()
    assert 1 <= len([line for line in told if "new practice" not in line]) <= 2


def test_nobody_of_that_name_is_told(run: Run) -> None:
    assert "trainer" in run("report", "commission", "--trainer", "zoe", status=1).err
    assert "location" in run("report", "practice", "--location", "moon", status=1).err
    assert "client" in run("report", "attendance", "--client", "zoe", status=1).err


def test_no_attendance_without_a_calendar(run: Run) -> None:
    run("config", "set", "calendar", "off")
    assert "ptrack config set calendar on" in run("report", "attendance", status=1).err
    run("report", "commission")
    run("report", "practice")


@pytest.mark.parametrize("columns", [40, 80, 100])
def test_no_line_is_wider_than_the_screen(club: Run, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    club("packages", "sell", "anna", "--sessions", "10", "--price", "12345.67")
    _held(club, "anna", "2026-11-02 09:00")
    _held(club, "ben", "2026-11-02 11:00")
    monkeypatch.setenv("COLUMNS", str(columns))
    for words in (("attendance",), ("commission",), ("practice",), ("practice", "--range", "all")):
        assert max(len(text) for text in club("report", *words).out.splitlines()) <= columns
