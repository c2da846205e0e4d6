"""Calendar files made for the tests."""

from pathlib import Path

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
