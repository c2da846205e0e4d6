"""Appointments and sessions, as frozen rows."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from ptrack.credits.queries import STANDING_COLUMNS, Standing
from ptrack.database.reading import Reader, named_list
from ptrack.errors import NotFoundError
from ptrack.scheduling.rules import CancelledBy, State, state_of
from ptrack.vocabulary import AppointmentStatus, MessageStatus, SessionStatus, Validation, WorkoutStatus

LONGEST = timedelta(days=1)
"""No appointment lasts longer, so whatever began earlier than that is over."""


class Reminding(NamedTuple):
    """A reminder of an appointment: so many minutes before its start, and what became of it."""

    offset_min: int
    status: MessageStatus
    sent_at: datetime | None


class AppointmentRow(NamedTuple):
    """An appointment as listed, with where its client stands."""

    id: int
    client_id: int
    client: str
    trainer_id: int
    trainer: str
    location_id: int | None
    location: str | None
    starts_at: datetime
    duration_min: int
    status: AppointmentStatus
    package: int | None
    group: int | None
    series: int | None
    cancelled_by: CancelledBy | None
    reason: str | None
    notes: str | None
    sequence: int
    session: int | None
    session_status: SessionStatus | None
    is_charged: bool | None
    balance: int
    owed: int
    reserved: int
    unlimited: int
    expired: int = 0
    reminders: tuple[Reminding, ...] = ()

    @property
    def ends_at(self) -> datetime:
        """The instant it is over."""
        return self.starts_at + timedelta(minutes=self.duration_min)

    @property
    def state(self) -> State:
        """How it stands."""
        return state_of(self.status, in_progress=self.session_status is SessionStatus.IN_PROGRESS)

    @property
    def standing(self) -> Standing:
        """Where its client stands."""
        return Standing(self.balance, self.owed, self.reserved, self.unlimited, self.expired)


class SessionRow(NamedTuple):
    """A session as listed; `drawn` is 1 where it took a credit and kept it."""

    id: int
    appointment: int | None
    client_id: int
    client: str
    trainer_id: int
    trainer: str
    location_id: int | None
    location: str | None
    starts_at: datetime
    duration_min: int
    status: SessionStatus
    validation: Validation
    validated_at: datetime | None
    package: int | None
    is_charged: bool
    drawn: int
    workout: int | None
    workout_title: str | None
    workout_status: WorkoutStatus | None
    value_cents: int
    commission_cents: int
    notes: str | None

    @property
    def ends_at(self) -> datetime:
        """The instant it is over."""
        return self.starts_at + timedelta(minutes=self.duration_min)

    @property
    def is_owed(self) -> bool:
        """Whether it costs a credit that no package has paid."""
        return self.is_charged and self.package is None


PAGE = "SELECT a.* FROM appointment a"

APPOINTMENTS = f"""
WITH page AS ({{page}}),
standing AS MATERIALIZED (
  SELECT c.client_id, {STANDING_COLUMNS.replace("c.id", "c.client_id")}
  FROM (SELECT DISTINCT client_id FROM page) c
)
SELECT v.id, v.client_id, k.name AS client, v.trainer_id, t.name AS trainer, v.location_id,
       l.name AS location, v.starts_at, v.duration_min, v.status, v.package_id AS package,
       v.group_id AS "group", v.series_id AS series, v.cancelled_by, v.reason, v.notes, v.sequence,
       s.id AS session, s.status AS session_status, s.is_charged,
       d.balance, d.owed, d.reserved, d.unlimited, d.expired
FROM page v
JOIN client k ON k.id = v.client_id
JOIN trainer t ON t.id = v.trainer_id
JOIN standing d ON d.client_id = v.client_id
LEFT JOIN location l ON l.id = v.location_id
LEFT JOIN session s ON s.appointment_id = v.id
ORDER BY v.starts_at, v.id"""

REMINDERS = """
SELECT m.appointment_id, m.dedupe_key, m.status, m.sent_at
FROM message m
WHERE m.appointment_id IN (SELECT v.id FROM ({page}) v) AND m.kind = 'reminder' AND NOT m.is_copy
  AND m.status <> 'superseded'
ORDER BY m.not_before, m.id"""

STILL_A_CLIENT = """
NOT EXISTS (SELECT 1 FROM client g WHERE g.id = a.client_id AND g.removed_at <= a.starts_at)"""
"""What was called off because its client was removed stands in no calendar."""

SESSIONS = """
SELECT s.id, s.appointment_id AS appointment, s.client_id, c.name AS client, s.trainer_id, t.name AS trainer,
       s.location_id, l.name AS location, s.starts_at, s.duration_min, s.status, s.validation,
       s.validated_at, s.package_id AS package, s.is_charged,
       (SELECT coalesce(-sum(e.delta), 0) FROM credit_entry e WHERE e.session_id = s.id) AS drawn,
       w.id AS workout, w.title AS workout_title, w.status AS workout_status,
       s.value_cents, s.commission_cents, s.notes
FROM session s
JOIN client c ON c.id = s.client_id
JOIN trainer t ON t.id = s.trainer_id
LEFT JOIN location l ON l.id = s.location_id
LEFT JOIN workout w ON w.session_id = s.id"""
SESSIONS_END = " ORDER BY s.starts_at, s.id"


def _where(
    table: str, begins: datetime | None, ends: datetime | None, wanted: dict[str, Any]
) -> tuple[str, dict[str, Any]]:
    """The conditions on an agenda's rows, and their parameters; what is None is not asked."""
    given = {key: value for key, value in wanted.items() if value is not None}
    conditions = [f"{table}.{key} = :{key}" for key in given]
    if begins is not None:
        conditions.append(f"{table}.starts_at >= :begins")
        given["begins"] = begins
    if ends is not None:
        conditions.append(f"{table}.starts_at < :ends")
        given["ends"] = ends
    return (f" WHERE {' AND '.join(conditions)}" if conditions else ""), given


def appointments(
    reader: Reader,
    today: date,
    begins: datetime | None = None,
    ends: datetime | None = None,
    client_id: int | None = None,
    trainer_id: int | None = None,
    location_id: int | None = None,
    status: AppointmentStatus | None = None,
) -> list[AppointmentRow]:
    """Appointments in order of time, those that begin from `begins` on and before `ends`."""
    wanted = {
        "client_id": client_id,
        "trainer_id": trainer_id,
        "location_id": location_id,
        "status": status,
    }
    where, given = _where("a", begins, ends, wanted)
    page = f"{PAGE}{where}{' AND' if where else ' WHERE'} {STILL_A_CLIENT}"
    return _rows(reader, page, today, given)


def _rows(reader: Reader, page: str, today: date, given: dict[str, Any]) -> list[AppointmentRow]:
    """The appointments of a page, with their reminders."""
    rows = reader.rows(AppointmentRow, APPOINTMENTS.format(page=page), today=today, **given)
    reminders: dict[int, list[Reminding]] = {}
    for number, key, status, sent_at in reader.tuples(REMINDERS.format(page=page), given):
        when = None if sent_at is None else datetime.fromisoformat(f"{sent_at}+00:00")
        reminders.setdefault(number, []).append(
            Reminding(int(key.split(":")[2]), MessageStatus(status), when)
        )
    if not reminders:
        return rows
    return [row._replace(reminders=tuple(reminders.get(row.id, ()))) for row in rows]


def numbered(reader: Reader, numbers: Sequence[int], today: date) -> list[AppointmentRow]:
    """The appointments of those numbers, in order of time."""
    ids, given = named_list("id", numbers)
    return _rows(reader, f"{PAGE} WHERE a.id IN ({ids})", today, given)


def appointment(reader: Reader, number: int, today: date) -> AppointmentRow:
    """One appointment by number."""
    found = _rows(reader, f"{PAGE} WHERE a.id = :appointment", today, {"appointment": number})
    if not found:
        raise NotFoundError(f"No appointment has the number {number}. See: ptrack appointments list")
    return found[0]


def sessions(
    reader: Reader,
    begins: datetime | None = None,
    ends: datetime | None = None,
    client_id: int | None = None,
    trainer_id: int | None = None,
    status: SessionStatus | None = None,
    validation: Validation | None = None,
) -> list[SessionRow]:
    """Sessions in order of time, those that began from `begins` on and before `ends`."""
    wanted = {
        "client_id": client_id,
        "trainer_id": trainer_id,
        "status": status,
        "validation": validation,
    }
    where, given = _where("s", begins, ends, wanted)
    return reader.rows(SessionRow, f"{SESSIONS}{where}{SESSIONS_END}", **given)


def session(reader: Reader, number: int) -> SessionRow:
    """One session by number."""
    found = reader.row(SessionRow, f"{SESSIONS} WHERE s.id = :session", session=number)
    if found is None:
        raise NotFoundError(f"No session has the number {number}. See: ptrack sessions list")
    return found
