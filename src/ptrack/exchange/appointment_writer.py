"""Appointments of a file as rows: new ones added, changed ones moved or called off, what is known left alone.

An appointment is known again by its event's name, and which one of a recurring event it is. A hash of its
content tells whether it was changed there; one that the trainer has edited here is never touched.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from typing import Any, NamedTuple

from ptrack.database.reading import instant_text
from ptrack.exchange.bulk import Buffer, Bulk
from ptrack.scheduling.queries import LONGEST
from ptrack.scheduling.rules import CancelledBy
from ptrack.vocabulary import AppointmentStatus, Repeat

_FULL = 2_000
CALLED_OFF = "cancelled"
"""The hash of an appointment that an import called off: it may be agreed again."""

INSTANCE_SIGN, MEMBER_SIGN = "  ", "  #"
"""What stands between an event's name and which one of it is meant: no cleaned text has two spaces."""
_AFTER_INSTANCES = " !"

KNOWN_APPOINTMENT = """
SELECT a.id, a.uid, a.import_key, a.client_id, a.starts_at, a.status, a.import_hash, a.edited_at, a.sequence,
       a.group_id, a.series_id,
       (SELECT count(*) FROM session s WHERE s.appointment_id = a.id) AS sessions
FROM appointment a WHERE a.import_key = :key"""
KNOWN_INSTANCES = """
SELECT a.id, a.uid, a.import_key, a.client_id, a.starts_at, a.status, a.import_hash, a.edited_at, a.sequence,
       a.group_id, a.series_id,
       (SELECT count(*) FROM session s WHERE s.appointment_id = a.id) AS sessions
FROM appointment a WHERE a.import_key = :uid OR (a.import_key >= :low AND a.import_key < :high)
ORDER BY a.starts_at"""
CHANGE_APPOINTMENT = """
UPDATE appointment SET import_key = :key, client_id = :client, group_id = :group, starts_at = :starts_at,
  duration_min = :minutes, location_id = :location, notes = :notes, sequence = :sequence,
  import_hash = :digest, status = 'scheduled', cancelled_by = NULL, reason = NULL
WHERE id = :appointment"""
CALL_OFF = """
UPDATE appointment SET status = 'cancelled', cancelled_by = :by, reason = :reason, sequence = :sequence,
  import_hash = :digest
WHERE id = :appointment"""
ADD_APPOINTMENT_BATCH = """
INSERT INTO import_batch (kind, format, file, row_count, created, created_at)
VALUES ('appointments', :app, :file, 0, '{}', :now)"""
ADD_GROUP = "INSERT INTO appointment_group (name, created_at) VALUES (:name, :now)"
ADD_SERIES = "INSERT INTO appointment_series (repeats, created_at) VALUES (:repeats, :now)"
HAS_KNOWN = "SELECT 1 FROM appointment WHERE import_key > '' LIMIT 1"
SPAN_OF_BATCH = "SELECT min(starts_at), max(starts_at) FROM appointment WHERE import_batch_id = :batch"
AGENDA = """
SELECT a.id, a.client_id, a.trainer_id, a.starts_at, a.duration_min, a.group_id, a.import_batch_id
FROM appointment a
WHERE a.starts_at >= :begin AND a.starts_at < :end AND a.status <> 'cancelled'
ORDER BY a.starts_at, a.id"""

REASON = "called off in the calendar that it came from"


class Draft(NamedTuple):
    """An appointment of a file. `group` and `series` are marks that it shares with others of them.

    `other_key` is what it would be known by if its event were with one client only, or with several.
    """

    key: str
    client_id: int
    trainer_id: int
    starts_at: datetime
    minutes: int
    uid: str | None = None
    other_key: str | None = None
    location_id: int | None = None
    notes: str | None = None
    sequence: int = 0
    is_cancelled: bool = False
    cancelled_by: str | None = None
    reason: str | None = None
    group: Hashable = None
    group_name: str | None = None
    series: Hashable = None
    repeats: Repeat | None = None

    @property
    def digest(self) -> str:
        """The hash of what the file says of it."""
        said = (self.client_id, instant_text(self.starts_at), self.minutes, self.location_id, self.notes)
        return blake2b("\x1f".join(map(str, said)).encode("utf-8", "replace"), digest_size=16).hexdigest()


class KnownRow(NamedTuple):
    """An appointment that an earlier import brought."""

    id: int
    uid: str | None
    import_key: str
    client_id: int
    starts_at: datetime
    status: AppointmentStatus
    import_hash: str | None
    edited_at: datetime | None
    sequence: int
    group_id: int | None
    series_id: int | None
    sessions: int

    @property
    def is_open(self) -> bool:
        """Whether an import may change it: nobody has done anything with it here."""
        is_ours = self.edited_at is None and not self.sessions
        return is_ours and (self.status is AppointmentStatus.SCHEDULED or self.import_hash == CALLED_OFF)


class Outcome(StrEnum):
    """What became of a draft; the last says that it was called off before it was known."""

    IMPORTED = "imported"
    DUPLICATE = "duplicate"
    CANCELLED = "cancelled"


@dataclass
class Written:
    """What a file brought: counts of what is new, and of what was there."""

    appointments: int = 0
    groups: int = 0
    series: int = 0
    updated: int = 0
    cancelled: int = 0
    kept: int = 0
    past: int = 0
    overlapping: int = 0


class AppointmentWriter:
    """Writes the drafts of one file for one batch, which is made when the first row is written.

    `keeps_cancelled` says whether what was called off before it was known is kept as such. `altered` are the
    numbers of those that were there and have become others.
    """

    def __init__(self, bulk: Bulk, app: str, file: str, *, keeps_cancelled: bool = False) -> None:
        self._bulk, self._app, self._file = bulk, app, file
        self._keeps_cancelled = keeps_cancelled
        self.batch: int | None = None
        self.written = Written()
        self._has_known = bulk.reader.value(HAS_KNOWN) is not None
        self._next = bulk.next_number("appointment")
        self._now = instant_text(bulk.now)
        self._groups: dict[Hashable, int] = {}
        self._series: dict[Hashable, int] = {}
        self._seen: set[int] = set()
        self.altered: set[int] = set()
        self._buffer = Buffer(
            bulk.connection,
            "appointment",
            "id, client_id, trainer_id, location_id, group_id, series_id, starts_at, duration_min, status, "
            "cancelled_by, reason, notes, sequence, uid, import_batch_id, import_key, import_hash, "
            "created_at",
            "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )

    def add(self, draft: Draft) -> Outcome:
        """Write one appointment, or tell it from one that is there; of two alike the first counts."""
        mark = hash(draft.key)
        if mark in self._seen:
            return Outcome.DUPLICATE
        self._seen.add(mark)
        known = self.known(draft.key) or self._alone_or_together(draft)
        if known is None:
            return self._new(draft)
        return self.change(known, draft)

    def known(self, key: str) -> KnownRow | None:
        """The appointment of that key, brought by an earlier import."""
        if not self._has_known:
            return None
        return self._bulk.reader.row(KnownRow, KNOWN_APPOINTMENT, key=key)

    def _alone_or_together(self, draft: Draft) -> KnownRow | None:
        """The client's appointment of an event that had fewer clients then, or more."""
        if draft.other_key is None:
            return None
        found = self.known(draft.other_key)
        return found if found is not None and found.client_id == draft.client_id else None

    def instances(self, uid: str) -> list[KnownRow]:
        """All that earlier imports brought of an event, be it recurring or not, in order of time."""
        if not self._has_known:
            return []
        low, high = f"{uid}{INSTANCE_SIGN}", f"{uid}{_AFTER_INSTANCES}"
        found = self._bulk.reader.rows(KnownRow, KNOWN_INSTANCES, uid=uid, low=low, high=high)
        return [row for row in found if row.uid == uid]

    def change(self, known: KnownRow, draft: Draft) -> Outcome:
        """Bring an appointment up to date, unless an older file says so or the trainer has had a hand in."""
        digest = CALLED_OFF if draft.is_cancelled else draft.digest
        if known.import_hash == digest and known.import_key == draft.key:
            return Outcome.DUPLICATE
        if not known.is_open or draft.sequence < known.sequence:
            self.written.kept += not known.is_open
            return Outcome.DUPLICATE
        if draft.is_cancelled:
            return self.call_off(known, draft.sequence)
        self._batch_number()
        values = {
            "appointment": known.id,
            "key": draft.key,
            "client": draft.client_id,
            "group": self._group(draft),
            "starts_at": instant_text(draft.starts_at),
            "minutes": draft.minutes,
            "location": draft.location_id,
            "notes": draft.notes,
            "sequence": draft.sequence,
            "digest": digest,
        }
        self._bulk.connection.execute(CHANGE_APPOINTMENT, values)
        self.altered.add(known.id)
        self.written.updated += 1
        return Outcome.IMPORTED

    def call_off(self, known: KnownRow, sequence: int = 0) -> Outcome:
        """Cancel an appointment that is called off in its calendar; that costs no credit."""
        if not known.is_open or known.status is AppointmentStatus.CANCELLED:
            return Outcome.DUPLICATE
        self._batch_number()
        values = {
            "appointment": known.id,
            "by": CancelledBy.TRAINER.value,
            "reason": REASON,
            "sequence": max(sequence, known.sequence),
            "digest": CALLED_OFF,
        }
        self._bulk.connection.execute(CALL_OFF, values)
        self.altered.add(known.id)
        self.written.cancelled += 1
        return Outcome.IMPORTED

    def _new(self, draft: Draft) -> Outcome:
        if draft.is_cancelled and not self._keeps_cancelled:
            return Outcome.CANCELLED
        number, self._next = self._next, self._next + 1
        status = AppointmentStatus.CANCELLED if draft.is_cancelled else AppointmentStatus.SCHEDULED
        self._buffer.add(
            (
                number, draft.client_id, draft.trainer_id, draft.location_id, self._group(draft),
                self._series_of(draft), instant_text(draft.starts_at), draft.minutes, status.value,
                draft.cancelled_by if draft.is_cancelled else None, draft.reason, draft.notes, draft.sequence,
                draft.uid, self._batch_number(), draft.key,
                CALLED_OFF if draft.is_cancelled else draft.digest, self._now,
            )
        )  # fmt: skip
        self.written.appointments += 1
        self.written.past += draft.starts_at < self._bulk.now and not draft.is_cancelled
        if self.written.appointments % _FULL == 0:
            self.flush()
        return Outcome.IMPORTED

    def _group(self, draft: Draft) -> int | None:
        """The number of the draft's group, made for its first member."""
        if draft.group is None:
            return None
        if draft.group not in self._groups:
            self._groups[draft.group] = self._made(ADD_GROUP, name=draft.group_name)
            self.written.groups += 1
        return self._groups[draft.group]

    def _series_of(self, draft: Draft) -> int | None:
        """The number of the draft's series, made for its first one."""
        if draft.series is None or draft.repeats is None:
            return None
        if draft.series not in self._series:
            self._series[draft.series] = self._made(ADD_SERIES, repeats=draft.repeats.value)
            self.written.series += 1
        return self._series[draft.series]

    def belongs(self, draft: Draft, known: KnownRow | None = None) -> None:
        """Let what is still to come of a group or series go to the one that is there, if there is one."""
        if draft.group is None and draft.series is None:
            return
        known = known or self.known(draft.key)
        if known is None:
            return
        if draft.group is not None and known.group_id is not None:
            self._groups.setdefault(draft.group, known.group_id)
        if draft.series is not None and known.series_id is not None:
            self._series.setdefault(draft.series, known.series_id)

    def _made(self, sql: str, **values: Any) -> int:
        number = self._bulk.connection.execute(sql, {**values, "now": self._now}).lastrowid
        assert number is not None  # noqa: S101  just inserted
        return number

    def _batch_number(self) -> int:
        """The batch of this import, made when it is first needed."""
        if self.batch is None:
            self.batch = self._made(ADD_APPOINTMENT_BATCH, app=self._app, file=self._file)
            self._bulk.note_batch(self.batch)
        return self.batch

    def flush(self) -> None:
        """Write what waits."""
        self._buffer.write()

    def finish(self) -> None:
        """Write the rest, and count what is at the same time as something else."""
        self.flush()
        if self.batch is None:
            return
        self.written.overlapping = len(self._clashing())

    def _clashing(self) -> set[int]:
        """Those of the batch that are at the same time as something else of their trainer or client."""
        reader, batch = self._bulk.reader, self.batch
        (span,) = reader.tuples(SPAN_OF_BATCH, batch=batch)
        if span[0] is None:
            return set()
        first, last = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in span)
        bounds = {"begin": instant_text(first - LONGEST), "end": instant_text(last + LONGEST)}
        going: list[_Going] = []
        found: set[int] = set()
        for number, client, trainer, start, minutes, group, of in self._bulk.connection.execute(
            AGENDA, bounds
        ):
            begin = datetime.fromisoformat(start)
            one = _Going(number, client, trainer, begin + timedelta(minutes=minutes), group, of == batch)
            going = [other for other in going if other.end > begin]
            for other in going:
                if one.clashes(other):
                    found |= {each.id for each in (one, other) if each.is_new}
            going.append(one)
        return found


class _Going(NamedTuple):
    """An appointment that is not over yet, while those of a time are gone through in order."""

    id: int
    client_id: int
    trainer_id: int
    end: datetime
    group_id: int | None
    is_new: bool

    def clashes(self, other: "_Going") -> bool:
        """Whether both want somebody at once; those of one group are one."""
        if self.group_id is not None and self.group_id == other.group_id:
            return False
        return self.trainer_id == other.trainer_id or self.client_id == other.client_id
