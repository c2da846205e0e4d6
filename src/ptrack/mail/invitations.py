"""The calendar files of a message: an appointment that clients' calendars put in, move and take out.

An appointment has one name in all of them (UID) and a version that rises (SEQUENCE). REQUEST and CANCEL may
name one appointment only (RFC 5546, 3.2.2 and 3.2.5), so that several leave as one file to be taken over
(PUBLISH), and are called off by a file each.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from ptrack.mail.rendering import told
from ptrack.scheduling.invites import Invite, Mailbox, calendar_bytes
from ptrack.vocabulary import MessageKind

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"

METHODS: Mapping[MessageKind, str] = {
    MessageKind.CONFIRMATION: REQUEST,
    MessageKind.CHANGE: REQUEST,
    MessageKind.CANCELLATION: CANCEL,
}


class Occasion(NamedTuple):
    """What calendar files are made of: a message's kind and values, when it was made, between whom it is."""

    kind: MessageKind
    values: Mapping[str, Any]
    stamped: datetime
    organizer: Mailbox
    attendee: Mailbox | None


class CalendarFile(NamedTuple):
    """A file as it is attached; `method` is what a calendar should do with it."""

    name: str
    content: bytes
    method: str


def calendar_files(occasion: Occasion, templates: Path | None) -> list[CalendarFile]:
    """The files that belong to a message; none for those that change nothing in a calendar."""
    method = METHODS.get(occasion.kind)
    entries = occasion.values.get("series") or [occasion.values]
    if method is None or not all(entry.get("uid") for entry in entries):
        return []
    invites = [_invite(occasion, entry, method, templates) for entry in entries]
    if len(invites) == 1:
        return [_file("invite.ics", invites, method)]
    if method == CANCEL:
        return [_file(f"cancel-{number}.ics", [each], CANCEL) for number, each in enumerate(invites, 1)]
    return [_file("invite.ics", [each._replace(attendee=None) for each in invites], PUBLISH)]


def _file(name: str, invites: list[Invite], method: str) -> CalendarFile:
    zone: Any = invites[0].starts_at.tzinfo
    return CalendarFile(name, calendar_bytes(invites, zone, method=method), method)


def _invite(occasion: Occasion, entry: Mapping[str, Any], method: str, templates: Path | None) -> Invite:
    values = {**occasion.values, **entry}
    summary, notes = told("invite", values, templates)
    return Invite(
        uid=entry["uid"],
        summary=summary,
        starts_at=entry["starts_at"],
        duration_min=entry["duration_min"],
        stamped=occasion.stamped,
        sequence=entry["sequence"] or 0,
        is_cancelled=method == CANCEL,
        location=", ".join(filter(None, (values["place"], values["address"]))),
        notes=notes.rstrip(),
        url=values["url"] or "",
        organizer=occasion.organizer,
        attendee=occasion.attendee,
    )
