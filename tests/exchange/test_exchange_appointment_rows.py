"""Tables of appointments, as booking systems write them."""

import json
from pathlib import Path

import pytest

from calendar_samples import CALENDARS, LISTED, REAL, balances, sixty_clients, take
from exchange_samples import EXAMPLES, one, rows_of
from harness import Run


def test_the_example_table(practice: Run, tmp_path: Path) -> None:
    report = take(practice, str(EXAMPLES / "appointments.csv"))
    assert (report["format"], report["created"]["appointments"], report["rows"]) == ("csv", 3, 3)
    assert rows_of(tmp_path, LISTED) == [
        ("2026-11-24 16:30:00.000000", 60, "scheduled"),
        ("2026-11-25 06:00:00.000000", 45, "scheduled"),
        ("2026-12-01 16:30:00.000000", 60, "scheduled"),
    ]
    assert take(practice, str(EXAMPLES / "appointments.csv"))["duplicates"] == 3


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ("Client;Beginn;Ende", "Anna Berg;24.11.2026 10:00;24.11.2026 11:30", ("2026-11-24 09:00", 90)),
        ("Vorname\tNachname\tDatum\tUhrzeit", "Anna\tBerg\t24.11.2026\t10:00", ("2026-11-24 09:00", 60)),
        (
            "Email,Date,Start Time,End Time",
            "anna@example.org,2026-11-24,10:00,10:45",
            ("2026-11-24 09:00", 45),
        ),
        (
            "Customer,Start Time,Duration",
            'Anna Berg,"November 24, 2026 1:00 pm",1:30',
            ("2026-11-24 12:00", 90),
        ),
        ("Name,When,Minutes", "Anna Berg,2026-11-24T10:00:00+01:00,30 min", ("2026-11-24 09:00", 30)),
    ],
)
def test_tables_of_many_systems(
    practice: Run, tmp_path: Path, header: str, row: str, expected: tuple[str, int]
) -> None:
    (tmp_path / "t.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    take(practice, str(tmp_path / "t.csv"))
    assert rows_of(tmp_path, "SELECT substr(starts_at, 1, 16), duration_min FROM appointment") == [expected]


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("Anna Berg,2026-11-24,60,", "Start", "no day with an hour"),
        ("Anna Berg,,60,", "Start", "the time is missing"),
        ("Anna Berg,2026-11-24 10:00,soon,", "Duration", "no duration"),
        ("Anna Berg,2026-11-24 10:00,60,Nobody", "Trainer", 'no trainer is called "Nobody"'),
        ("Zorro,2026-11-24 10:00,60,", "Name", 'no client is called "Zorro"'),
        ("Anna Berg,2126-11-24 10:00,60,", "Start", "ten years ahead"),
        ("Anna Berg,2026-11-24 10:00", None, "the row has 2 cells"),
    ],
)
def test_rows_that_cannot_be_taken(
    practice: Run, tmp_path: Path, row: str, column: str | None, reason: str
) -> None:
    (tmp_path / "t.csv").write_text(f"Name,Start,Duration,Trainer\n{row}\n")
    report = take(practice, str(tmp_path / "t.csv"), status=1)
    (rejected,) = report["rejected"]
    assert (rejected["line"], rejected["column"]) == (2, column)
    assert reason in rejected["reason"]
    assert balances(report)


def test_a_table_must_say_when_and_whom(practice: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("Start,Duration\n2026-11-24 10:00,60\n")
    assert "--client NAME" in practice("import", "appointments", str(tmp_path / "t.csv"), status=2).err
    assert take(practice, str(tmp_path / "t.csv"), "--client", "anna")["created"]["appointments"] == 1
    (tmp_path / "t.csv").write_text("Name,Start\nAnna Berg,03/04/2026 10:00\n")
    assert "--date-format" in practice("import", "appointments", str(tmp_path / "t.csv"), status=2).err


def test_the_calendar_may_be_switched_off(practice: Run) -> None:
    practice("config", "set", "calendar", "off")
    said = practice("import", "appointments", str(EXAMPLES / "calendar.ics"), status=1).err
    assert "calendar on" in said


def test_of_two_rows_alike_the_first_counts(practice: Run, tmp_path: Path) -> None:
    rows = "Name,Start,Duration,Status\nAnna Berg,2026-11-24 10:00,60,\n,,,\nAnna Berg,2026-11-24 10:00,45,\n"
    (tmp_path / "t.csv").write_text(
        rows + "Ben Cole,2026-11-10 10:00,2000,\nBen Cole,2026-11-10 9:00,30,Attended\n"
    )
    ran = practice("import", "appointments", str(tmp_path / "t.csv"), "--json")
    report = ran.json
    assert (report["created"]["appointments"], report["duplicates"]) == (2, 1)
    assert report["skipped_reasons"] == {"empty": 1, "over_a_day": 1}
    assert "1 was held or missed where it comes from" in ran.err
    assert balances(report)
    again = take(practice, str(tmp_path / "t.csv"))
    assert (again["duplicates"], again["updated"]) == (3, 0)


@pytest.mark.skipif(not CALENDARS, reason="the shared test data are not in a clone")
def test_what_acuity_wants_imported_can_be_imported(run: Run, tmp_path: Path) -> None:
    sixty_clients(run)
    file = REAL / "clients/acuity-appointments-import.csv"
    truth = json.loads(Path(f"{file}.truth.json").read_text(encoding="utf-8"))
    report = take(run, str(file))
    assert (report["rows"], report["created"]["appointments"]) == (truth["records"], truth["appointments"])
    assert report["unknown_columns"] == ["Phone", "Calendar"]
    assert one(tmp_path, "SELECT sum(duration_min) FROM appointment") == truth["minutes"]
    assert one(tmp_path, "SELECT substr(min(starts_at), 1, 16) FROM appointment") == "2025-01-06 12:00"
    assert one(tmp_path, "SELECT count(DISTINCT client_id) FROM appointment") <= truth["clients"]
    assert take(run, str(file))["duplicates"] == truth["records"]
