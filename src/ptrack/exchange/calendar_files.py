"""Calendar files (RFC 5545) cut into the texts of their events, before anybody reads what an event says.

A file is read line by line. Events are kept in a file of SQLite's own meanwhile, for the parts of a recurring
one may stand anywhere; memory doesn't grow with the file.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import NamedTuple

from ptrack.errors import UnreadableError
from ptrack.exchange.text import MAX_FIELD, MAX_LINE, TextFile
from ptrack.naming import clean

WANTED = frozenset(
    (
        "UID", "DTSTART", "DTEND", "DURATION", "SUMMARY", "DESCRIPTION", "LOCATION", "STATUS", "TRANSP",
        "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "ATTENDEE",
        "X-MICROSOFT-CDO-BUSYSTATUS",
    )
)  # fmt: skip
"""The properties of an event that say something to us; the others are not even read."""

_BEGIN, _END = "BEGIN:", "END:"
_MARK = b"\xef\xbb\xbf"
_MOST_ZONE_LINES = 2_000
_MOST_JOINED = 4 * MAX_FIELD
_TOO_LONG = "\x00"
"""Stands for a line that is too long to be held."""


class EventText(NamedTuple):
    """The lines of one event, unfolded, with the number of its first; `fault` where it cannot be read.

    `method` and `zone` are what its calendar says of all its events.
    """

    line: int
    uid: str
    lines: tuple[str, ...]
    method: str = ""
    zone: str = ""
    fault: str = ""


class CalendarTexts:
    """A calendar file: the texts of its zones by name, and its events, those of one UID together."""

    def __init__(self, file: TextFile) -> None:
        self._file = file
        self.zones: dict[str, str] = {}

    def gathered(self) -> Iterator[list[EventText]]:
        """The events in order, each with the others of its UID. Raises UnreadableError for no calendar.

        The zones are all known when the first comes.
        """
        with closing(sqlite3.connect("")) as store:
            store.execute("CREATE TABLE event (number INTEGER, line INTEGER, packed TEXT)")
            store.executemany("INSERT INTO event VALUES (?, ?, ?)", self._numbered())
            together: list[EventText] = []
            last = 0
            for number, packed in store.execute("SELECT number, packed FROM event ORDER BY number, line"):
                if together and number != last:
                    yield together
                    together = []
                together.append(_unpacked(packed))
                last = number
            if together:
                yield together

    def _numbered(self) -> Iterator[tuple[int, int, str]]:
        """Each event with the number of its UID, in order of appearance; one without has its own."""
        numbers: dict[int, int] = {}
        scan = _Scan(self.zones)
        for count, event in enumerate(scan.events(self._file), 1):
            mark = hash(event.uid) if event.uid else -count
            number = numbers.setdefault(mark, count)
            yield number, event.line, json.dumps(event)
        if not scan.has_calendar:
            raise UnreadableError(
                f"{self._file.path} is no calendar file: it has no BEGIN:VCALENDAR.\n"
                "Export the calendar from its program anew, as iCalendar (.ics)."
            )


def _unpacked(packed: str) -> EventText:
    line, uid, lines, *others = json.loads(packed)
    return EventText(line, uid, tuple(lines), *others)


class _Scan:
    """The state while a file's lines go by."""

    def __init__(self, zones: dict[str, str]) -> None:
        self._zones = zones
        self.has_calendar = False
        self._method = self._zone = ""
        self._inside: list[str] = []
        self._event: list[str] = []
        self._begun, self._uid, self._fault = 0, "", ""
        self._zone_lines: list[str] = []

    def events(self, file: TextFile) -> Iterator[EventText]:
        """Each event when it ends, or when it turns out that it does not."""
        number = 0
        for number, line in _logical_lines(file):
            upper = line[:40].upper()
            if upper.startswith(_BEGIN):
                yield from self._begin(number, upper[len(_BEGIN) :].strip())
            elif upper.startswith(_END):
                yield from self._end(upper[len(_END) :].strip())
            elif self._inside:
                self._property(line)
            if "VTIMEZONE" in self._inside and len(self._zone_lines) < _MOST_ZONE_LINES:
                self._zone_lines.append(line)
        yield from self._unclosed()

    def _begin(self, number: int, name: str) -> Iterator[EventText]:
        if name in ("VCALENDAR", "VEVENT"):
            yield from self._unclosed()
        if name == "VCALENDAR":
            self.has_calendar = True
            self._inside, self._method, self._zone = [], "", ""
        if name == "VEVENT":
            self._begun, self._uid, self._fault, self._event = number, "", "", []
        if name == "VTIMEZONE":
            self._zone_lines = []
        self._inside.append(name)

    def _end(self, name: str) -> Iterator[EventText]:
        if name == "VEVENT" and name in self._inside:
            yield self._finished()
        elif name == "VCALENDAR":
            yield from self._unclosed()
        if name == "VTIMEZONE" and name in self._inside:
            self._keep_zone()
        if name in self._inside:
            del self._inside[self._inside.index(name) :]

    def _unclosed(self) -> Iterator[EventText]:
        """The event that was begun and not ended."""
        if "VEVENT" in self._inside:
            self._fault = self._fault or "the event is cut off: it has no END:VEVENT"
            yield self._finished()
            del self._inside[self._inside.index("VEVENT") :]

    def _finished(self) -> EventText:
        lines = () if self._fault else tuple(self._event)
        return EventText(self._begun, self._uid, lines, self._method, self._zone, self._fault)

    def _property(self, line: str) -> None:
        name = line.partition(":")[0].partition(";")[0].upper()
        innermost = self._inside[-1]
        if innermost == "VCALENDAR":
            value = line.partition(":")[2].strip()
            if name == "METHOD":
                self._method = value.upper()
            elif name == "X-WR-TIMEZONE":
                self._zone = value
        elif innermost == "VEVENT" and (name in WANTED or line == _TOO_LONG):
            self._take(name, line)

    def _take(self, name: str, line: str) -> None:
        if line == _TOO_LONG:
            self._fault = "a line is over 1 MiB"
        elif len(line) > MAX_FIELD:
            self._fault = f"{name} is over 64 KiB"
        elif name == "UID":
            self._uid = clean(line.partition(":")[2])
        else:
            self._event.append(line)

    def _keep_zone(self) -> None:
        lines = self._zone_lines
        name = next((line.partition(":")[2] for line in lines if line[:5].upper() in ("TZID:", "TZID;")), "")
        if name and len(lines) < _MOST_ZONE_LINES:
            self._zones[name.strip()] = "\r\n".join([*lines, "END:VTIMEZONE", ""])


def _logical_lines(file: TextFile) -> Iterator[tuple[int, str]]:
    """Lines that begin with a blank joined to the one before, each with its number.

    They are joined as bytes, for some programs fold in the middle of a letter; no more is joined than would
    be read.
    """
    begun, whole = 0, b""
    for number, part in _physical_lines(file):
        if part[:1] in (b" ", b"\t") and begun:
            if len(whole) <= _MOST_JOINED:
                whole += part[1:]
            continue
        if begun:
            yield begun, _decoded(whole)
        begun, whole = number, part
    if begun:
        yield begun, _decoded(whole)


def _decoded(line: bytes) -> str:
    if line == _TOO_LONG.encode():
        return _TOO_LONG
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        text = line.decode("cp1252", "replace")
    return text.replace("\x00", "")


def _physical_lines(file: TextFile) -> Iterator[tuple[int, bytes]]:
    """The lines as they stand, without their ends."""
    number = 0
    for raw in _utf16_lines(file) if file.encoding.startswith("utf-16") else _byte_lines(file):
        for part in raw.splitlines() or [b""]:
            number += 1
            yield number, part


def _utf16_lines(file: TextFile) -> Iterator[bytes]:
    with file.open() as stream:
        while line := stream.readline(MAX_LINE):
            yield line.encode("utf-8", "replace")


def _byte_lines(file: TextFile) -> Iterator[bytes]:
    """The file's lines as bytes; one that is too long as the sign for it."""
    with file.path.open("rb") as stream:
        stream.seek(len(_MARK) if file.encoding == "utf-8-sig" else 0)
        while raw := stream.readline(MAX_LINE + 1):
            if len(raw) <= MAX_LINE:
                yield raw
                continue
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(MAX_LINE)
            yield _TOO_LONG.encode()
