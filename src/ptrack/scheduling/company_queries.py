"""What an appointment belongs to: who else is in its group, where it stands in its series."""

from collections.abc import Sequence
from typing import NamedTuple

from ptrack.database.reading import Reader
from ptrack.errors import NotFoundError
from ptrack.scheduling.queries import AppointmentRow
from ptrack.vocabulary import AppointmentStatus, Repeat


class Mate(NamedTuple):
    """A client's appointment in a group."""

    id: int
    client_id: int
    client: str
    status: AppointmentStatus


class _Group(NamedTuple):
    name: str | None
    capacity: int | None


class Place(NamedTuple):
    """Where an appointment stands among its client's in the series: the third of eight."""

    repeats: Repeat
    position: int
    total: int


class Company(NamedTuple):
    """What an appointment belongs to; `mates` are the group's other appointments."""

    name: str | None = None
    capacity: int | None = None
    mates: tuple[Mate, ...] = ()
    place: Place | None = None


GROUP = "SELECT g.name, g.capacity FROM appointment_group g WHERE g.id = :group"

MATES = """
SELECT a.id, a.client_id, c.name AS client, a.status
FROM appointment a JOIN client c ON c.id = a.client_id
WHERE a.group_id = :group AND a.id <> :appointment
ORDER BY a.id"""

PLACE = """
SELECT s.repeats,
       (SELECT count(*) FROM appointment b
        WHERE b.series_id = s.id AND b.client_id = :client
        AND (b.starts_at < :starts_at OR (b.starts_at = :starts_at AND b.id <= :appointment))) AS position,
       (SELECT count(*) FROM appointment n
        WHERE n.series_id = s.id AND n.client_id = :client) AS total
FROM appointment_series s WHERE s.id = :series"""

PLACE_IN = """
SELECT a.id FROM appointment a WHERE a.group_id = :group AND a.client_id = :client
ORDER BY a.id DESC LIMIT 1"""


def place_in(reader: Reader, group: int, client_id: int) -> int:
    """The number of a client's appointment in a group, the last where there were several."""
    number: int | None = reader.value(PLACE_IN, group=group, client=client_id)
    if number is not None:
        return number
    if reader.row(_Group, GROUP, group=group) is None:
        raise NotFoundError(f"No group has the number {group}. See: ptrack appointments list")
    raise NotFoundError(f"Client {client_id} is not in group {group}. See: ptrack appointments list")


def company(reader: Reader, row: AppointmentRow) -> Company:
    """What an appointment belongs to."""
    found = Company()
    if row.group is not None:
        group = reader.row(_Group, GROUP, group=row.group)
        mates = reader.rows(Mate, MATES, group=row.group, appointment=row.id)
        found = Company(
            group.name if group else None, group.capacity if group else None, _latest(mates, row.client_id)
        )
    if row.series is not None:
        place = reader.row(
            Place,
            PLACE,
            series=row.series,
            client=row.client_id,
            starts_at=row.starts_at,
            appointment=row.id,
        )
        found = found._replace(place=place)
    return found


def _latest(mates: Sequence[Mate], own: int) -> tuple[Mate, ...]:
    """Each of the others once: who cancelled and joined again counts as who joined."""
    last = {mate.client_id: mate for mate in mates if mate.client_id != own}
    return tuple(last.values())
