"""What messages about appointments tell, as plain values: instants in UTC, durations in minutes."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from ptrack.outbox.cause_queries import House, Scene
from ptrack.outbox.rules import Agreed, Person, Told
from ptrack.scheduling.invites import appointment_uid, event_uid
from ptrack.vocabulary import ChargePolicy, MessageKind


class Credits(NamedTuple):
    """Credits that a client has left, and those that no appointment reserved; None where none are counted."""

    left: int | None
    available: int | None
    owed: int


class Item(NamedTuple):
    """What is told of one appointment: what it is now, or was where it is called off; its version.

    `scene` is None where the appointment is gone, `was` what the client was told before.
    """

    appointment: int
    agreed: Agreed
    sequence: int
    scene: Scene | None
    was: Told | None = None


def instant_iso(moment: datetime) -> str:
    """An instant as facts keep it: `2026-11-24T09:00:00Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def first_name(name: str) -> str:
    """How a client is addressed: the first word of their name, of `Berg, Anna` what follows the comma."""
    last, comma, rest = name.partition(",")
    words = (rest if comma and rest.strip() else last).split()
    return words[0] if words else name


def uid_of(house: House, item: Item) -> str:
    """What an appointment that is told of is called in all calendars."""
    scene = item.scene
    if scene is None:
        return appointment_uid(item.appointment, house.uid)
    in_group = scene.together is not None
    return event_uid(item.appointment, house.uid, scene.uid, scene.import_key, in_group=in_group)


def appointment_facts(
    house: House, person: Person, items: Sequence[Item], kind: MessageKind, where: Credits, now: datetime
) -> dict[str, Any]:
    """The facts of a message about one appointment, or about several of which the first is told in full."""
    first = items[0]
    is_off = kind is MessageKind.CANCELLATION
    return {
        "client": person.name,
        "first_name": first_name(person.name),
        **_entry(house, first, kind),
        "address": first.scene.address if first.scene else None,
        "url": first.scene.url if first.scene else None,
        "zone": house.timezone,
        "credits": where.left,
        "available": where.available,
        "owed": where.owed,
        "cancel_until": None if is_off else _cancel_until(house, first.agreed.starts_at, now),
        "series": [_entry(house, item, kind) for item in items] if len(items) > 1 else None,
        "group": first.scene.together if first.scene else None,
        "plan": None,
        "studio": house.name,
        "reason": first.scene.reason if first.scene and is_off else None,
    }


def _entry(house: House, item: Item, kind: MessageKind) -> dict[str, Any]:
    """What is told of one appointment among several."""
    entry = {
        "appointment": item.appointment,
        "starts_at": instant_iso(item.agreed.starts_at),
        "duration_min": item.agreed.duration_min,
        "trainer": item.agreed.trainer,
        "place": item.agreed.place,
        "uid": uid_of(house, item),
        "sequence": item.sequence,
    }
    if kind is MessageKind.CHANGE and item.was is not None:
        was = item.was.agreed
        entry["was"] = {
            "starts_at": instant_iso(was.starts_at),
            "duration_min": was.duration_min,
            "trainer": was.trainer,
            "place": was.place,
        }
    return entry


def _cancel_until(house: House, starts_at: datetime, now: datetime) -> str | None:
    """Until when it can be called off for nothing; None where that time is past or there is no such limit."""
    if house.late_cancel_charges is ChargePolicy.NEVER or not house.late_cancel_hours:
        return None
    until = starts_at - timedelta(hours=house.late_cancel_hours)
    return instant_iso(until) if until > now else None
