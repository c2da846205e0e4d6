"""What messages are made from: the practice, the person, how appointments stand, what is in the outbox."""

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from ptrack.database.reading import Reader, named_list
from ptrack.outbox.rules import REACHED, UNSENT, Agreed, Person, Quiet, Told
from ptrack.outbox.states import FORGOTTEN, FORGOTTEN_IN_DOUBT
from ptrack.vocabulary import (
    AppointmentStatus,
    Channel,
    ChargePolicy,
    MessageKind,
    MessageStatus,
    SessionStatus,
    Validation,
    WorkoutStatus,
)

_AT_ONCE = 500


class House(NamedTuple):
    """What the practice's settings say of mail."""

    name: str
    uid: str
    timezone: str
    reminder_offsets: str
    quiet_from_min: int
    quiet_to_min: int
    feedback_every: int
    late_cancel_hours: int
    late_cancel_charges: ChargePolicy

    @property
    def zone(self) -> ZoneInfo:
        """The studio's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def quiet(self) -> Quiet:
        """When nothing goes out."""
        return Quiet(self.quiet_from_min, self.quiet_to_min, self.zone)


class Scene(NamedTuple):
    """An appointment as it stands, with all that a message about it tells; `together` counts its group."""

    id: int
    client_id: int
    trainer: str
    place: str | None
    address: str | None
    url: str | None
    starts_at: datetime
    duration_min: int
    status: AppointmentStatus
    reason: str | None
    sequence: int
    uid: str | None
    import_key: str | None
    import_batch_id: int | None
    together: int | None
    session_status: SessionStatus | None

    @property
    def agreed(self) -> Agreed:
        """What a client has to know of it."""
        return Agreed(self.starts_at, self.duration_min, self.trainer, self.place)

    @property
    def is_off(self) -> bool:
        """Whether it was called off."""
        return self.status is AppointmentStatus.CANCELLED

    @property
    def is_scheduled(self) -> bool:
        """Whether it is still to be held: neither over nor called off, nor begun."""
        return self.status is AppointmentStatus.SCHEDULED and self.session_status is None


class Held(NamedTuple):
    """A session as it stands, with all that decides what is made of it afterwards.

    `nth` counts the client's completed sessions up to it. `package` is the one that paid for it, `entry` what
    it drew from that and has not got back, and `is_newest` says that nothing was written since.
    """

    id: int
    client_id: int
    trainer: str
    starts_at: datetime
    duration_min: int
    status: SessionStatus
    validation: Validation
    nth: int
    workout: int | None
    workout_status: WorkoutStatus | None
    package: int | None
    package_name: str | None
    expires_on: date | None
    entry: int | None
    is_newest: bool
    tokens: int

    @property
    def ends_at(self) -> datetime:
        """The instant it is over."""
        return self.starts_at + timedelta(minutes=self.duration_min)


class Ending(NamedTuple):
    """A package with credits on it that comes to its last day."""

    package: int
    client_id: int
    name: str
    expires_on: date
    credits: int


class Written(NamedTuple):
    """A message that is in the outbox."""

    id: int
    kind: MessageKind
    client_id: int
    appointment_id: int | None
    session_id: int | None
    channel: Channel
    recipient: str
    is_copy: bool
    facts: str
    dedupe_key: str
    not_before: datetime
    status: MessageStatus
    attempts: int
    sent_at: datetime | None
    last_error: str | None

    @property
    def has_reached(self) -> bool:
        """Whether its reader knows what it says, or may know."""
        return self.status in REACHED or self.last_error == FORGOTTEN_IN_DOUBT

    @property
    def is_forgotten(self) -> bool:
        """Whether a person said that it is never to be sent."""
        return self.status is MessageStatus.SUPERSEDED and self.last_error in (FORGOTTEN, FORGOTTEN_IN_DOUBT)

    @property
    def is_unsent(self) -> bool:
        """Whether it can still be taken out of the outbox."""
        return self.status in UNSENT

    def entries(self) -> list[dict[str, Any]]:
        """What it says of each appointment that it is about."""
        facts: dict[str, Any] = json.loads(self.facts)
        return facts.get("series") or [facts]

    def told(self) -> Iterator[tuple[int, Told]]:
        """What its reader learns of each appointment."""
        for entry in self.entries():
            agreed = Agreed(
                datetime.fromisoformat(entry["starts_at"]),
                entry["duration_min"],
                entry["trainer"],
                entry["place"],
            )
            told = Told(agreed, entry["sequence"], self.kind is MessageKind.CANCELLATION)
            yield entry["appointment"], told


HOUSE = """
SELECT name, uid, timezone, reminder_offsets, quiet_from_min, quiet_to_min, feedback_every,
       late_cancel_hours, late_cancel_charges
FROM studio"""

PEOPLE = """
SELECT id, name, email, phone, birth_date, guardian_email, channel, reminder_offsets, unsubscribed_at,
       status, removed_at
FROM client WHERE id IN ({ids})"""

SCENES = """
SELECT a.id, a.client_id, t.name AS trainer, l.name AS place, l.address, l.url, a.starts_at, a.duration_min,
       a.status, a.reason, a.sequence, a.uid, a.import_key, a.import_batch_id,
       CASE WHEN a.group_id IS NOT NULL THEN (
         SELECT count(*) FROM appointment g WHERE g.group_id = a.group_id AND g.status <> 'cancelled'
       ) END AS together, s.status AS session_status
FROM appointment a
JOIN trainer t ON t.id = a.trainer_id
LEFT JOIN location l ON l.id = a.location_id
LEFT JOIN session s ON s.appointment_id = a.id
WHERE a.id IN ({ids})
ORDER BY a.starts_at, a.id"""

_WRITTEN = """
SELECT id, kind, client_id, appointment_id, session_id, channel, recipient, is_copy, facts, dedupe_key,
       not_before, status, attempts, sent_at, last_error
FROM message"""

ABOUT_ONE = f"{_WRITTEN} WHERE appointment_id IN ({{ids}}) ORDER BY id"

ABOUT_SEVERAL = f"""{_WRITTEN}
WHERE client_id IN ({{ids}}) AND kind IN ('confirmation', 'change', 'cancellation')
  AND +appointment_id IS NULL ORDER BY id"""
"""The sign keeps the index of appointments out: all mail about none has that in common."""

ABOUT_SESSION = f"{_WRITTEN} WHERE session_id = :session ORDER BY id"

HELD = """
SELECT s.id, s.client_id, t.name AS trainer, s.starts_at, s.duration_min, s.status, s.validation,
       (SELECT count(*) FROM session n
        WHERE n.client_id = s.client_id AND n.status = 'completed' AND n.starts_at <= s.starts_at) AS nth,
       w.id AS workout, w.status AS workout_status, p.id AS package, p.name AS package_name, p.expires_on,
       CASE WHEN (SELECT sum(d.delta) FROM credit_entry d WHERE d.session_id = s.id) < 0
            THEN (SELECT max(d.id) FROM credit_entry d WHERE d.session_id = s.id AND d.delta < 0)
       END AS entry,
       (SELECT max(e.id) FROM credit_entry e WHERE e.session_id = s.id)
       = (SELECT max(e.id) FROM package o JOIN credit_entry e ON e.package_id = o.id
          WHERE o.client_id = s.client_id) AS is_newest,
       (SELECT count(*) FROM token k
        WHERE k.session_id = s.id AND k.purpose = 'validate' AND k.revoked_at IS NULL) AS tokens
FROM session s
JOIN trainer t ON t.id = s.trainer_id
LEFT JOIN workout w ON w.session_id = s.id
LEFT JOIN package p ON p.id = s.package_id
WHERE s.id = :session"""

ENDING = """
SELECT p.id AS package, p.client_id, p.name, p.expires_on, sum(e.delta) AS credits
FROM package p
JOIN client c ON c.id = p.client_id
JOIN credit_entry e ON e.package_id = p.id
WHERE p.expires_on BETWEEN :first AND :last AND p.sold_on < :first AND p.closed_at IS NULL
  AND p.voided_at IS NULL AND c.status = 'active' AND c.removed_at IS NULL
GROUP BY p.id, c.id HAVING sum(e.delta) > 0
ORDER BY p.expires_on, p.id"""

TO_COME = """
SELECT id FROM appointment
WHERE client_id = :client AND starts_at > :now AND status = 'scheduled' ORDER BY starts_at, id"""

EVERYBODYS_TO_COME = """
SELECT id FROM appointment WHERE starts_at > :now AND status = 'scheduled' ORDER BY starts_at, id"""

HAS_PROGRAM = """
SELECT DISTINCT client_id FROM program
WHERE kind = 'program' AND status = 'active' AND client_id IN ({ids})"""


def house(reader: Reader) -> House:
    """What the practice's settings say of mail."""
    found = reader.row(House, HOUSE)
    assert found is not None  # noqa: S101  the schema is never without it
    return found


def people(reader: Reader, clients: Collection[int]) -> dict[int, Person]:
    """Clients by number, those removed among them."""
    return {row.id: row for row in _in_parts(reader, Person, PEOPLE, clients)}


def scenes(reader: Reader, appointments: Collection[int]) -> list[Scene]:
    """Appointments as they stand, as far as there are any of those numbers."""
    return list(_in_parts(reader, Scene, SCENES, appointments))


def about_one(reader: Reader, appointments: Collection[int]) -> list[Written]:
    """The messages about each of those appointments alone, the earliest first."""
    return list(_in_parts(reader, Written, ABOUT_ONE, appointments))


def about_several(reader: Reader, clients: Collection[int]) -> list[Written]:
    """The news to those clients that was of several appointments at once."""
    return list(_in_parts(reader, Written, ABOUT_SEVERAL, clients))


def about_session(reader: Reader, session: int) -> list[Written]:
    """The messages about a session that took place, the earliest first."""
    return reader.rows(Written, ABOUT_SESSION, session=session)


def held(reader: Reader, session: int) -> Held | None:
    """A session as it stands; None where it is gone."""
    return reader.row(Held, HELD, session=session)


def ending(reader: Reader, first: date, last: date) -> list[Ending]:
    """The packages of active clients that have credits left and their last day between two days."""
    return reader.rows(Ending, ENDING, first=first, last=last)


def _in_parts(reader: Reader, row_type: Any, sql: str, numbers: Collection[int]) -> Iterator[Any]:
    """The rows for so many numbers that one statement may not take them all."""
    wanted = sorted(numbers)
    for start in range(0, len(wanted), _AT_ONCE):
        ids, values = named_list("id", wanted[start : start + _AT_ONCE])
        yield from reader.rows(row_type, sql.format(ids=ids), **values)


def to_come(reader: Reader, now: datetime, client: int | None = None) -> list[int]:
    """The appointments that are scheduled and have not begun: a client's, or everybody's."""
    if client is None:
        return reader.values(EVERYBODYS_TO_COME, now=now)
    return reader.values(TO_COME, client=client, now=now)


def on_a_program(reader: Reader, clients: Sequence[int]) -> list[int]:
    """Those of the clients who follow a program."""
    ids, values = named_list("id", clients)
    return reader.values(HAS_PROGRAM.format(ids=ids), **values)
