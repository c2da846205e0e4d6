"""Calendar files made for the tests, and what becomes of them."""

import csv
from pathlib import Path
from typing import Any

from harness import Run

REAL = Path(__file__).parents[2] / "shared/data"
CALENDARS = sorted(REAL.glob("calendars/*.ics"))
WEEKLY = "RRULE:FREQ=WEEKLY;COUNT=4"
LISTED = "SELECT starts_at, duration_min, status FROM appointment ORDER BY starts_at, id"
STARTS = "SELECT substr(starts_at, 6, 11), status FROM appointment ORDER BY starts_at, id"
HEADER = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN")


def event(*lines: str, uid: str = "one@test", summary: str = "Anna Berg", start: str = "") -> list[str]:
    """The lines of an event: an hour from ten o'clock on 1 December 2026 unless they say otherwise."""
    begins = start or "DTSTART;TZID=Europe/Berlin:20261201T100000"
    length = [] if any(line.startswith(("DTEND", "DURATION")) for line in lines) else ["DURATION:PT1H"]
    named = [f"UID:{uid}"] if uid else []
    return ["BEGIN:VEVENT", *named, begins, *length, f"SUMMARY:{summary}", *lines, "END:VEVENT"]


def calendar(*events: list[str], head: tuple[str, ...] = ()) -> str:
    """A calendar with those events."""
    lines = [*HEADER, *head, *(line for one in events for line in one), "END:VCALENDAR"]
    return "".join(f"{line}\r\n" for line in lines)


def calendar_file(folder: Path, *events: list[str], head: tuple[str, ...] = (), name: str = "a.ics") -> str:
    """A file with those events, by its path."""
    path = folder / name
    path.write_bytes(calendar(*events, head=head).encode())
    return str(path)


def take(run: Run, *arguments: str, status: int = 0) -> Any:
    """The report of an import."""
    return run("import", "appointments", *arguments, "--json", status=status).json


def balances(report: dict[str, Any]) -> bool:
    """Whether every row is accounted for."""
    taken = report["rows_imported"] + report["duplicates"] + report["rows_refused"]
    return bool(report["rows"] == taken + len(report["rejected"]) + report["skipped"])


def sixty_clients(run: Run) -> None:
    """The people whose sessions the shared files hold."""
    with (REAL / "clients/everfit-clients.csv").open(encoding="utf-8", newline="") as file:
        people = {(f"{row[0]} {row[1]}", row[2]) for row in list(csv.reader(file))[1:]}
    for name, email in sorted(people):
        run("clients", "add", name, "--email", email)
