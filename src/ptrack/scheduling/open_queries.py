"""What is still open: appointments that have begun and of which nobody has said what became."""

from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

from ptrack.clients.queries import Practice
from ptrack.database.reading import Reader
from ptrack.moments import local_day_bounds
from ptrack.scheduling.queries import AppointmentRow, appointments
from ptrack.vocabulary import AppointmentStatus

OPEN_STARTS = """
SELECT a.starts_at FROM appointment a
WHERE a.status = 'scheduled' AND a.starts_at < :now{whose}
ORDER BY a.starts_at"""


def open_appointments(
    reader: Reader, house: Practice, now: datetime, first: date, last: date, trainer_id: int | None = None
) -> list[AppointmentRow]:
    """The appointments of days that have begun and are neither done nor called off, in order of time."""
    begins = local_day_bounds(first, house.zone)[0]
    ends = min(local_day_bounds(last, house.zone)[1], now)
    rows = appointments(
        reader,
        house.local(now).date(),
        begins,
        ends,
        trainer_id=trainer_id,
        status=AppointmentStatus.SCHEDULED,
    )
    return sorted(rows, key=lambda row: (row.starts_at, row.trainer_id, row.group or 0, row.id))


def open_days(
    reader: Reader, house: Practice, now: datetime, trainer_id: int | None = None
) -> dict[date, int]:
    """How many appointments of each day are open, the earliest day first."""
    given: dict[str, Any] = {"now": now}
    whose = ""
    if trainer_id is not None:
        whose, given["trainer"] = " AND a.trainer_id = :trainer", trainer_id
    starts = reader.values(OPEN_STARTS.format(whose=whose), **given)
    return dict(
        Counter(house.local(datetime.fromisoformat(text).replace(tzinfo=UTC)).date() for text in starts)
    )
