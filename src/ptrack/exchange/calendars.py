"""The practice's appointments as a calendar file."""

from collections.abc import Iterable, Sequence

from ptrack.clients.queries import Practice
from ptrack.exchange.appointment_queries import LeavingRow
from ptrack.scheduling.invites import Invite, calendar_bytes, event_uid
from ptrack.vocabulary import AppointmentStatus

_GROUP = "Group"


def calendar_file(
    rows: Sequence[LeavingRow], practice: Practice, practice_uid: str, *, is_private: bool = False
) -> bytes:
    """An iCalendar file with an event for each appointment, and one for those of a group together.

    `is_private` leaves initials of the clients' names, and no notes.
    """
    invites = [_invite(together, practice_uid, is_private=is_private) for together in _occasions(rows)]
    return calendar_bytes(invites, practice.zone, practice.name)


def uid_of(row: LeavingRow, practice_uid: str) -> str:
    """What an appointment that leaves is called in all calendars."""
    return event_uid(row.id, practice_uid, row.uid, row.import_key, in_group=row.group is not None)


def _occasions(rows: Iterable[LeavingRow]) -> list[list[LeavingRow]]:
    """What a calendar shows once: an appointment, or those of a group at the same time."""
    together: dict[tuple[object, ...], list[LeavingRow]] = {}
    for row in rows:
        key = (row.id,) if row.group is None else (None, row.group, row.trainer_id, row.starts_at)
        together.setdefault(key, []).append(row)
    return list(together.values())


def _invite(rows: Sequence[LeavingRow], practice_uid: str, *, is_private: bool) -> Invite:
    """The event of an appointment or of a group's; those who cancelled are left out unless all have."""
    first = rows[0]
    coming = [row for row in rows if row.status is not AppointmentStatus.CANCELLED]
    return Invite(
        uid=uid_of(first, practice_uid),
        summary=_summary(coming or rows, is_private=is_private),
        starts_at=first.starts_at,
        duration_min=max(row.duration_min for row in rows),
        stamped=max(row.edited_at or row.created_at for row in rows),
        sequence=max(row.sequence for row in rows),
        is_cancelled=not coming,
        location=", ".join(filter(None, (first.location, first.place))),
        notes="" if is_private else "\n".join(dict.fromkeys(row.notes for row in rows if row.notes)),
    )


def _summary(rows: Sequence[LeavingRow], *, is_private: bool) -> str:
    names = ", ".join(_initials(row.client) if is_private else row.client for row in rows)
    first = rows[0]
    if first.group is None:
        return names
    return f"{first.group_name or _GROUP} ({len(rows)}): {names}"


def _initials(name: str) -> str:
    return " ".join(f"{word[0]}." for word in name.split())
