"""The practice and its people, as frozen rows."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from ptrack.database.reading import Reader
from ptrack.naming import Named
from ptrack.vocabulary import (
    Channel,
    ChargePolicy,
    ClientStatus,
    CommissionKind,
    E1rmFormula,
    Role,
    Sex,
    StudioType,
    Unit,
)


class Practice(NamedTuple):
    """The studio row: how the practice counts, shows and decides."""

    name: str
    studio_type: StudioType
    timezone: str
    unit: Unit
    currency: str
    first_weekday: int
    logo_path: str | None
    calendar: bool
    programs: bool
    progress_tracking: bool
    leaderboard: bool
    e1rm_formula: E1rmFormula
    no_show_charges: ChargePolicy
    late_cancel_charges: ChargePolicy
    late_cancel_hours: int
    strict_booking: bool
    created_at: datetime

    @property
    def zone(self) -> ZoneInfo:
        """The studio's time zone."""
        return ZoneInfo(self.timezone)

    def local(self, instant: datetime) -> datetime:
        """An instant in the studio's zone."""
        return instant.astimezone(self.zone)


class TrainerRow(NamedTuple):
    """A trainer as listed; commission in hundredths of a percent, or cents a session.

    `buffer_min` are the minutes kept free between two of the trainer's appointments.
    """

    id: int
    name: str
    email: str | None
    role: Role
    commission_kind: CommissionKind
    commission: int
    buffer_min: int
    is_active: bool


class LocationRow(NamedTuple):
    """A place as listed; `capacity` is how many clients it holds at once, None any number."""

    id: int
    name: str
    address: str | None
    url: str | None
    buffer_min: int
    capacity: int | None
    is_active: bool


class ClientRow(NamedTuple):
    """A client as listed, with what a trainer wants to know at once.

    `credits` is the balance of all packages, `owed` counts sessions that no package has paid for.
    """

    id: int
    name: str
    email: str | None
    phone: str | None
    status: ClientStatus
    trainer_id: int | None
    trainer: str | None
    location_id: int | None
    location: str | None
    goals: str | None
    credits: int
    owed: int
    next_appointment: datetime | None
    last_workout: datetime | None


class ClientDetails(NamedTuple):
    """What only the page of one client shows."""

    birth_date: date | None
    sex: Sex | None
    height_cm: float | None
    notes: str | None
    guardian_name: str | None
    guardian_email: str | None
    channel: Channel
    reminder_offsets: str | None
    unsubscribed_at: datetime | None
    leaderboard_opt_in: bool
    churned_on: date | None
    churn_reason: str | None
    paused_on: date | None
    created_at: datetime


SWITCHES = frozenset(
    (
        "calendar",
        "programs",
        "progress_tracking",
        "leaderboard",
        "strict_booking",
        "commission_requires_validation",
    )
)
"""The studio's columns that are on or off."""

PRACTICE = """
SELECT name, studio_type, timezone, unit, currency, first_weekday, logo_path, calendar, programs,
       progress_tracking, leaderboard, e1rm_formula, no_show_charges, late_cancel_charges,
       late_cancel_hours, strict_booking, created_at
FROM studio"""

TRAINERS = """
SELECT id, name, email, role, commission_kind, commission, buffer_min, is_active FROM trainer ORDER BY id"""

LOCATIONS = """
SELECT id, name, address, url, buffer_min, capacity, is_active FROM location ORDER BY name_key, id"""

CLIENTS_OF_TRAINER = """
SELECT count(*) FROM client
WHERE trainer_id = :number AND status <> 'churned' AND removed_at IS NULL"""

CLIENTS_AT_PLACE = """
SELECT count(*) FROM client
WHERE location_id = :number AND status <> 'churned' AND removed_at IS NULL"""

CLIENT_NAMES = "SELECT id, name FROM client WHERE removed_at IS NULL ORDER BY id"

EVERY_CLIENT = "SELECT id, name FROM client ORDER BY id"

CLIENTS = """
SELECT c.id, c.name, c.email, c.phone, c.status, c.trainer_id, t.name AS trainer, c.location_id,
       l.name AS location, c.goals,
       (SELECT coalesce(sum(e.delta), 0) FROM package p JOIN credit_entry e ON e.package_id = p.id
        WHERE p.client_id = c.id) AS credits,
       (SELECT count(*) FROM session s
        WHERE s.client_id = c.id AND s.is_charged AND s.package_id IS NULL) AS owed,
       (SELECT min(a.starts_at) FROM appointment a
        WHERE a.client_id = c.id AND a.starts_at >= :now AND a.status = 'scheduled') AS next_appointment,
       (SELECT w.performed_at FROM workout w
        WHERE w.client_id = c.id AND w.status = 'completed'
        ORDER BY w.performed_at DESC LIMIT 1) AS last_workout
FROM client c
LEFT JOIN trainer t ON t.id = c.trainer_id
LEFT JOIN location l ON l.id = c.location_id"""

CLIENT_DETAILS = """
SELECT birth_date, sex, height_cm, notes, guardian_name, guardian_email, channel, reminder_offsets,
       unsubscribed_at, leaderboard_opt_in, churned_on, churn_reason, paused_on, created_at
FROM client WHERE id = :client"""

CLIENT_TAGS = "SELECT tag FROM client_tag WHERE client_id = :client ORDER BY tag"


def practice(reader: Reader) -> Practice:
    """The one studio row."""
    found = reader.row(Practice, PRACTICE)
    assert found is not None  # noqa: S101  the schema is never without it
    return found


def practice_settings(reader: Reader, keys: Sequence[str]) -> dict[str, Any]:
    """The studio row's columns of those names, booleans as such."""
    (row,) = reader.tuples(f"SELECT {', '.join(keys)} FROM studio")
    return {key: bool(value) if key in SWITCHES else value for key, value in zip(keys, row, strict=True)}


def trainers(reader: Reader) -> list[TrainerRow]:
    """Every trainer, the owner first."""
    return reader.rows(TrainerRow, TRAINERS)


def trainer_names(reader: Reader) -> list[Named]:
    """The trainers' numbers and names."""
    return [Named(row.id, row.name) for row in trainers(reader)]


def trainer_row(reader: Reader, number: int) -> TrainerRow:
    """One trainer by number."""
    return next(row for row in trainers(reader) if row.id == number)


def clients_of_trainer(reader: Reader, number: int) -> int:
    """How many clients have that trainer."""
    return int(reader.value(CLIENTS_OF_TRAINER, number=number))


def inactive_trainers(reader: Reader) -> frozenset[int]:
    """The numbers of the trainers who take no appointments any more."""
    return frozenset(row.id for row in trainers(reader) if not row.is_active)


def locations(reader: Reader) -> list[LocationRow]:
    """Every place by name."""
    return reader.rows(LocationRow, LOCATIONS)


def location_row(reader: Reader, number: int) -> LocationRow:
    """One place by number."""
    return next(row for row in locations(reader) if row.id == number)


def clients_at_place(reader: Reader, number: int) -> int:
    """How many clients have that place."""
    return int(reader.value(CLIENTS_AT_PLACE, number=number))


def usual_place(reader: Reader, number: int | None) -> int | None:
    """A client's place, where it is still in use."""
    return next((row.id for row in locations(reader) if row.id == number and row.is_active), None)


def location_names(reader: Reader) -> list[Named]:
    """The places' numbers and names."""
    return [Named(row.id, row.name) for row in locations(reader)]


def client_names(reader: Reader) -> list[Named]:
    """The clients' numbers and names, but for those removed."""
    return [Named(number, name) for number, name in reader.tuples(CLIENT_NAMES)]


def every_client(reader: Reader) -> list[Named]:
    """The numbers and names of all clients there ever were, those removed among them."""
    return [Named(number, name) for number, name in reader.tuples(EVERY_CLIENT)]


def clients(
    reader: Reader,
    now: datetime,
    status: ClientStatus | None = None,
    trainer_id: int | None = None,
    location_id: int | None = None,
    tag: str | None = None,
) -> list[ClientRow]:
    """Clients by name, without those removed; of a status, trainer, place or tag where one is given."""
    wanted = {"status": status, "trainer_id": trainer_id, "location_id": location_id}
    given: dict[str, Any] = {key: value for key, value in wanted.items() if value is not None}
    conditions = ["c.removed_at IS NULL", *(f"c.{key} = :{key}" for key in given)]
    if tag is not None:
        conditions.append("EXISTS (SELECT 1 FROM client_tag g WHERE g.client_id = c.id AND g.tag = :tag)")
        given["tag"] = tag
    found = reader.rows(ClientRow, f"{CLIENTS} WHERE {' AND '.join(conditions)}", now=now, **given)
    return sorted(found, key=lambda row: (row.name.casefold(), row.id))


def client(reader: Reader, number: int, now: datetime) -> ClientRow:
    """One client by number."""
    found = reader.row(ClientRow, f"{CLIENTS} WHERE c.id = :client", client=number, now=now)
    assert found is not None  # noqa: S101  numbers come from resolving names
    return found


def client_details(reader: Reader, number: int) -> ClientDetails:
    """The rest of what is known of a client."""
    found = reader.row(ClientDetails, CLIENT_DETAILS, client=number)
    assert found is not None  # noqa: S101  numbers come from resolving names
    return found


def client_tags(reader: Reader, number: int) -> list[str]:
    """The words a client is grouped by."""
    return [str(tag) for tag in reader.values(CLIENT_TAGS, client=number)]
