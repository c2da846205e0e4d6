"""Removing a client: out of every list, while what they did stays in the figures."""

from datetime import datetime
from typing import NamedTuple

from ptrack.database.reading import Reader
from ptrack.database.session import Writing
from ptrack.desk.cancel import Cancellation, cancel_each
from ptrack.errors import StateError
from ptrack.models.practice import Client
from ptrack.scheduling.rules import CancelledBy

REASON = "no longer a client"

OPEN_APPOINTMENTS = """
SELECT id, starts_at FROM appointment
WHERE client_id = :client AND status = 'scheduled' ORDER BY starts_at, id"""

CREDITS = """
SELECT coalesce(sum(e.delta), 0) FROM package p JOIN credit_entry e ON e.package_id = p.id
WHERE p.client_id = :client"""

REMOVED_AT = "SELECT removed_at FROM client WHERE id = :client"


class OpenAppointment(NamedTuple):
    """An appointment that is called off when its client is removed."""

    id: int
    starts_at: datetime


class Removal(NamedTuple):
    """What removing a client comes to: the appointments called off, the credits that nobody will use."""

    client_id: int
    name: str
    appointments: tuple[OpenAppointment, ...]
    credits: int


def removal(reader: Reader, number: int, name: str) -> Removal:
    """What removing that client would come to."""
    appointments = reader.rows(OpenAppointment, OPEN_APPOINTMENTS, client=number)
    return Removal(number, name, tuple(appointments), reader.value(CREDITS, client=number))


def is_removed(reader: Reader, number: int) -> bool:
    """Whether the client was removed already."""
    return reader.value(REMOVED_AT, client=number) is not None


def remove_client(work: Writing, number: int) -> Removal:
    """Take a client out of every list, after calling off what is agreed with them, for nothing.

    StateError where they were removed already, or a session is open in which a workout was done.
    """
    client = work.get(Client, number)
    if client.removed_at is not None:
        raise StateError(f"{client.name} was removed already.")
    found = removal(work.reader, number, client.name)
    numbers = [appointment.id for appointment in found.appointments]
    cancel_each(work, numbers, Cancellation(by=CancelledBy.TRAINER, reason=REASON))
    client.removed_at = work.now
    work.flush()
    return found
