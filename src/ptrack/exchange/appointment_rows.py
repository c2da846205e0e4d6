"""Importing a table of appointments: our own export, and what booking systems write, by their headers."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain
from typing import NamedTuple

from ptrack.errors import UnreadableError, UsageError
from ptrack.exchange.amounts import duration_seconds, number
from ptrack.exchange.appointment_writer import AppointmentWriter, Draft, Outcome
from ptrack.exchange.appointments import Rejected, Scene, is_outside
from ptrack.exchange.dates import (
    DateOrder,
    instant_of,
    is_ambiguous,
    is_in_range,
    read_start,
    settle_order,
    wall_time,
)
from ptrack.exchange.drafts import DAY_MIN, visible
from ptrack.exchange.layouts import Format, recognise
from ptrack.exchange.sets import Wrong
from ptrack.exchange.text import Broken, Row, rows
from ptrack.naming import clean, fold
from ptrack.output.data import without_guard
from ptrack.scheduling.invites import own_number
from ptrack.scheduling.rules import CancelledBy
from ptrack.vocabulary import Repeat

USUAL_MIN = 60

_PLAIN = {
    "client": ("Client", "Name", "Client Name", "Customer", "Customer Name", "Full Name", "Attendee",
               "Patient", "Member", "Kunde", "Kundin", "Teilnehmer"),
    "first_name": ("First Name", "Vorname", "Client First Name"),
    "last_name": ("Last Name", "Surname", "Nachname", "Client Last Name"),
    "email": ("client_email", "Email", "E-Mail", "Client Email", "Customer Email", "Email Address",
              "E-Mail-Adresse"),
    "day": ("Date", "Day", "Start Date", "Appointment Date", "Datum", "Tag"),
    "end": ("ends_at", "End", "End Time", "Ends At", "Ende"),
    "duration": ("duration_min", "Duration", "Minutes", "Length", "Duration (minutes)", "Duration (min)",
                 "Dauer", "Dauer (min)"),
    "trainer": ("Trainer", "Staff", "Staff Member", "Provider", "Coach", "Instructor", "Trainerin"),
    "location": ("Location", "Place", "Ort", "Standort"),
    "type": ("Appointment Type", "Service", "Type", "Class", "Session Type", "Title", "Leistung"),
    "notes": ("Notes", "Note", "Comment", "Comments", "Notizen", "Bemerkung"),
    "status": ("Status", "State", "Appointment Status"),
    "uid": ("uid", "Appointment ID", "Booking ID", "Reservation ID", "Termin-ID"),
}  # fmt: skip
_START = ("starts_at", "Start", "Start Time", "Starts At", "Begin", "Time", "Appointment Time", "Beginn",
          "Uhrzeit", "Zeit", "Date/Time", "Datetime", "When")  # fmt: skip
_OURS = {"group": ("group",), "group_name": ("group_name",), "series": ("series",), "repeats": ("repeats",),
         "cancelled_by": ("cancelled_by",), "reason": ("reason",), "sequence": ("sequence",)}  # fmt: skip

PTRACK = Format("ptrack", {**_PLAIN, "start": _START, **_OURS}, ("uid", "start", "client", "sequence"))
BOOKINGS = Format("bookings", {**_PLAIN, "start": _START}, ())
FORMATS = (PTRACK, BOOKINGS)

_HAS_HOUR = re.compile(r"\d:\d|\d\s*[ap]\.?\s?m\b|\d\.\d\d\s*$|\dT\d", re.IGNORECASE)
_HOURS = re.compile(r"(\d{1,2}):(\d{2})(?::00)?", re.ASCII)
_CANCELLED = ("cancelled", "canceled", "cancelled by client", "canceled by client", "storniert", "abgesagt")
_HELD = ("completed", "no_show", "no show", "no-show", "noshow", "attended", "done", "arrived")


class RowImport:
    """The import of one table."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._layout = recognise(scene.file, FORMATS)
        self._require_columns()
        self._is_ours = self._layout.format is PTRACK
        self.unknown = () if self._is_ours else tuple(self._layout.unknown)
        self.writer = AppointmentWriter(
            scene.bulk, self._layout.format.name, scene.file.path.name, keeps_cancelled=self._is_ours
        )
        self._order = scene.wanted.order or self._settled_order()

    def carry_out(self) -> None:
        """Read and write the file."""
        for line, cells in self._records():
            self._scene.ledger.rows += 1
            taken = self._fitted(cells)
            outcome = self._taken(line, taken) if isinstance(taken, list) else taken
            if isinstance(outcome, Wrong):
                column = self._layout.title_of(outcome.column) if outcome.column else ""
                self._scene.ledger.reject(line, column, outcome.reason)

    def _records(self) -> Iterator[Row]:
        """The rows below the header."""
        header = list(self._layout.header)
        with self._scene.file.open() as stream:
            found = rows(stream, self._scene.file, self._layout.separator)
            for _, cells in found:
                if cells == header:
                    break
            yield from found

    def _fitted(self, cells: list[str] | Broken) -> list[str] | Wrong | None:
        """The row with as many cells as the header; None where it is empty."""
        if isinstance(cells, Broken):
            return Wrong("", cells.reason)
        if not any(cell.strip() for cell in cells):
            self._scene.ledger.skipped["empty"] += 1
            return None
        width = self._layout.width
        if len(cells) < width or any(cell.strip() for cell in cells[width:]):
            return Wrong("", f"the row has {len(cells)} cells, the header has {width}")
        return cells

    def _cell(self, row: list[str], column: str) -> str:
        place = self._layout.places.get(column)
        text = "" if place is None else row[place]
        return without_guard(text) if self._is_ours else text

    def _require_columns(self) -> None:
        """Refuse a table that cannot say when or with whom. Raises UnreadableError and UsageError."""
        places, path = self._layout.places, self._scene.file.path
        if not {"start", "day"} & places.keys():
            raise UnreadableError(
                f"{path} has no header that tells when appointments are: start, or date and time.\n"
                "Export it from its program anew, with a line of titles."
            )
        if self._scene.wanted.named.client is None and not {"client", "email", "last_name"} & places.keys():
            raise UsageError(
                f"Whose appointments {path} holds is not said, and it has no column for the client.\n"
                "Name the client: --client NAME"
            )

    def _settled_order(self) -> DateOrder | None:
        """The order of day and month, decided over the whole file where the first date leaves it open."""
        first = next(self._starts(), "")
        if not is_ambiguous(first):
            return None
        return settle_order(chain([first], self._starts()), str(self._scene.file.path))

    def _starts(self) -> Iterator[str]:
        for _, cells in self._records():
            if isinstance(cells, list) and len(cells) >= self._layout.width:
                yield self._said(cells, "start")

    def _said(self, row: list[str], column: str) -> str:
        """When a row's appointment begins or ends, as it says: a time with the day that stands beside it."""
        day, time = self._cell(row, "day").strip(), self._cell(row, column).strip()
        has_own_day = not day or read_start(time, DateOrder.DMY) is not None
        return time if has_own_day else f"{day} {time}".strip()

    def _taken(self, line: int, row: list[str]) -> Wrong | None:
        """Write one row's appointment; why not, where it cannot be."""
        start = self._instant(row, "start")
        if isinstance(start, Wrong):
            return start
        minutes = self._minutes(row, start)
        if isinstance(minutes, Wrong):
            return minutes
        if minutes > DAY_MIN or is_outside(self._scene, start):
            self._scene.ledger.skipped["over_a_day" if minutes > DAY_MIN else "outside"] += 1
            return None
        uid = clean(self._cell(row, "uid"))
        own = own_number(uid, self._scene.uid) if self._is_ours else None
        if own is not None:
            self._scene.ledger.own(self._scene.bulk.reader, own)
            return None
        return self._written(line, row, start, minutes)

    def _written(self, line: int, row: list[str], start: datetime, minutes: int) -> Wrong | None:
        client_id = self._client(line, row)
        if client_id is None:
            return None
        named = clean(self._cell(row, "trainer"))
        trainer_id = self._scene.directory.trainer(client_id, named)
        if trainer_id is None:
            return Wrong("trainer", f'no trainer is called "{named}"')
        draft = self._draft(row, Who(client_id, trainer_id), start, minutes)
        self.writer.belongs(draft)
        outcome = self.writer.add(draft)
        self._scene.ledger.settle([outcome], "outside")
        if outcome is Outcome.IMPORTED and fold(self._cell(row, "status")) in _HELD:
            self._scene.ledger.noticed["held"] += 1
        return None

    def _client(self, line: int, row: list[str]) -> int | None:
        """Whom a row is about; where that cannot be told, it is noted."""
        parts = (self._cell(row, "client"), self._cell(row, "first_name"), self._cell(row, "last_name"))
        name, email = clean(" ".join(filter(None, parts))), self._cell(row, "email").strip()
        found = self._scene.directory.whose.called(name, email)
        if found is None:
            column = self._layout.title_of("client")
            reason = f'no client is called "{name or email}"' if name or email else "the client is missing"
            self._scene.ledger.nameless.append(Rejected(line, column, reason))
        return found

    def _draft(self, row: list[str], who: "Who", start: datetime, minutes: int) -> Draft:
        said_place = clean(self._cell(row, "location"))
        place = self._scene.directory.place(said_place)
        notes = [
            clean(self._cell(row, "type")),
            "" if place else said_place,
            visible(self._cell(row, "notes")),
        ]
        status = fold(self._cell(row, "status"))
        draft = Draft(
            key=self._key(row, who.client_id, start),
            client_id=who.client_id,
            trainer_id=who.trainer_id,
            starts_at=start,
            minutes=minutes,
            location_id=place
            or (None if self._is_ours else self._scene.directory.usual_place(who.client_id)),
            notes="\n".join(filter(None, notes)) or None,
            is_cancelled=status in _CANCELLED,
        )
        return self._with_ours(draft, row) if self._is_ours else draft

    def _with_ours(self, draft: Draft, row: list[str]) -> Draft:
        """What only our own export tells."""
        group, series = self._cell(row, "group"), self._cell(row, "series")
        repeats, by = self._cell(row, "repeats"), self._cell(row, "cancelled_by")
        sequence = self._cell(row, "sequence")
        return draft._replace(
            uid=draft.key,
            sequence=int(sequence) if _is_count(sequence) else 0,
            cancelled_by=by if by in list(CancelledBy) else None,
            reason=clean(self._cell(row, "reason")) or None,
            group=group or None,
            group_name=clean(self._cell(row, "group_name")) or None,
            series=series or None,
            repeats=Repeat(repeats) if repeats in list(Repeat) else None,
        )

    def _key(self, row: list[str], client_id: int, start: datetime) -> str:
        """What a row is known by: its number there with its client, or else its client and time."""
        uid = clean(self._cell(row, "uid"))
        if self._is_ours and uid:
            return uid
        return f"bookings:{client_id}:{uid or f'{start:%Y%m%dT%H%M%SZ}'}"

    def _instant(self, row: list[str], column: str) -> datetime | Wrong:
        text = self._said(row, column)
        moment = read_start(text, self._order)
        if moment is None or not _HAS_HOUR.search(text):
            missing = "the time is missing" if not text.strip() else f'"{text[:40]}" is no day with an hour'
            return Wrong(column if column in self._layout.places else "day", missing)
        try:
            local = wall_time(moment, self._scene.house.zone)
        except OverflowError:
            local = moment.replace(tzinfo=None)
        if not is_in_range(local, self._scene.bulk.now):
            return Wrong(column, f"{text[:40]} is not between 1970 and ten years ahead")
        if moment.tzinfo is not None:
            return moment.astimezone(UTC).replace(microsecond=0)
        instant, is_jumped = instant_of(local.replace(microsecond=0), self._scene.house.zone)
        self._scene.ledger.noticed["jumped"] += is_jumped
        return instant

    def _minutes(self, row: list[str], start: datetime) -> int | Wrong:
        """How long a row's appointment takes: as it says, or up to its end; an hour where it says nothing."""
        if text := self._cell(row, "duration").strip():
            minutes = _minutes_in(text)
            return minutes or Wrong("duration", f'"{text[:40]}" is no duration')
        if not self._cell(row, "end").strip():
            return USUAL_MIN
        end = self._instant(row, "end")
        if isinstance(end, Wrong):
            return end
        minutes = round((end - start).total_seconds() / 60)
        return minutes if minutes > 0 else Wrong("end", "it ends before it begins")


class Who(NamedTuple):
    """Whom an appointment is with, on both sides."""

    client_id: int
    trainer_id: int


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < len("2147483647")


def _minutes_in(text: str) -> int | None:
    """The minutes of `60`, `1:30` (an hour and a half), `1h 30m`; None for what is none."""
    if clock := _HOURS.fullmatch(text):
        return int(clock[1]) * 60 + int(clock[2])
    plain = number(text)
    if plain is not None:
        return round(plain) if 0 < plain <= 10 * DAY_MIN else None
    seconds = duration_seconds(text)
    return None if seconds is None else round(seconds / 60)
