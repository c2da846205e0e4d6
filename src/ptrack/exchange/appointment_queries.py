"""Appointments as they leave the practice, and as an import finds them again."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from ptrack.database.reading import Reader
from ptrack.vocabulary import AppointmentStatus, Repeat


class LeavingRow(NamedTuple):
    """An appointment with everything that is told of it outside; `place` is its location's address."""

    id: int
    client_id: int
    client: str
    client_email: str | None
    trainer_id: int
    trainer: str
    location_id: int | None
    location: str | None
    place: str | None
    starts_at: datetime
    duration_min: int
    status: AppointmentStatus
    package: int | None
    group: int | None
    group_name: str | None
    series: int | None
    repeats: Repeat | None
    cancelled_by: str | None
    reason: str | None
    notes: str | None
    sequence: int
    uid: str | None
    import_key: str | None
    created_at: datetime
    edited_at: datetime | None

    @property
    def ends_at(self) -> datetime:
        """The instant it is over."""
        return self.starts_at + timedelta(minutes=self.duration_min)


class Selection(NamedTuple):
    """Which appointments are wanted; what is None is not asked."""

    client_id: int | None = None
    trainer_id: int | None = None
    location_id: int | None = None
    status: AppointmentStatus | None = None
    begins: datetime | None = None
    ends: datetime | None = None


LEAVING = """
SELECT a.id, a.client_id, c.name AS client, c.email AS client_email, a.trainer_id, t.name AS trainer,
       a.location_id, l.name AS location, l.address AS place, a.starts_at, a.duration_min, a.status,
       a.package_id AS package, a.group_id AS "group", g.name AS group_name, a.series_id AS series,
       r.repeats, a.cancelled_by, a.reason, a.notes, a.sequence, a.uid, a.import_key,
       a.created_at, a.edited_at
FROM appointment a
JOIN client c ON c.id = a.client_id
JOIN trainer t ON t.id = a.trainer_id
LEFT JOIN location l ON l.id = a.location_id
LEFT JOIN appointment_group g ON g.id = a.group_id
LEFT JOIN appointment_series r ON r.id = a.series_id"""
LEAVING_ORDER = " ORDER BY a.starts_at, a.id"

PRACTICE_UID = "SELECT uid FROM studio"


def leaving(reader: Reader, wanted: Selection) -> list[LeavingRow]:
    """The appointments that are wanted, in order of time."""
    given: dict[str, Any] = {key: value for key, value in wanted._asdict().items() if value is not None}
    signs = {"begins": "a.starts_at >= :begins", "ends": "a.starts_at < :ends"}
    conditions = [signs.get(key, f"a.{key} = :{key}") for key in given]
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return reader.rows(LeavingRow, f"{LEAVING}{where}{LEAVING_ORDER}", **given)


def practice_uid(reader: Reader) -> str:
    """What tells this practice's calendar entries from all others'."""
    return str(reader.value(PRACTICE_UID))
