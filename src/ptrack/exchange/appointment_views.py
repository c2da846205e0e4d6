"""Appointments that come in and go out, on a page."""

from collections.abc import Sequence

from ptrack.clients.queries import Practice
from ptrack.exchange.appointment_queries import LeavingRow
from ptrack.exchange.calendars import event_uid
from ptrack.output.document import Column, Table


def leaving_table(rows: Sequence[LeavingRow], practice: Practice, practice_uid: str) -> Table:
    """Appointments as CSV or JSON takes them out of the practice, one to a row."""
    columns = [
        Column("id"),
        Column("uid", value=lambda row: event_uid(row, practice_uid)),
        Column("starts_at", value=lambda row: practice.local(row.starts_at)),
        Column("ends_at", value=lambda row: practice.local(row.ends_at)),
        Column("duration_min"),
        Column("client"),
        Column("client_id"),
        Column("status"),
        Column("trainer"),
        Column("trainer_id"),
        Column("location"),
        Column("location_id"),
        Column("package"),
        Column("group"),
        Column("group_name"),
        Column("series"),
        Column("cancelled_by"),
        Column("reason"),
        Column("sequence"),
        Column("notes"),
    ]
    return Table(columns, rows)
