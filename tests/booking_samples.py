"""Booking one appointment in tests, as the command line does it: an agreement of one client on one time."""

from datetime import datetime
from typing import Any

from ptrack.clients.queries import practice
from ptrack.database.session import Writing
from ptrack.desk.series import Agreed, Agreement, agree


def book(work: Writing, client: int, trainer: int, starts_at: datetime, **more: Any) -> Agreed:
    """Agree on an appointment at an instant; `more` is what else an Agreement takes."""
    first = practice(work.reader).local(starts_at).replace(tzinfo=None)
    return agree(work, Agreement((client,), trainer, first, **more))


def booked_number(work: Writing, client: int, trainer: int, starts_at: datetime, **more: Any) -> int:
    """The number of an appointment that is agreed as `book` does."""
    return book(work, client, trainer, starts_at, **more).numbers[0]
