"""What a message tells, from the facts frozen with it: harmless texts, times on the practice's clock.

Every fact that a kind may have is there, None where it was not given, so that a template may ask for it.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ptrack.errors import RuleError
from ptrack.naming import clean
from ptrack.vocabulary import MessageKind

INSTANTS = frozenset(("starts_at", "cancel_until"))
DAYS = frozenset(("expires_on", "date", "reached_on", "completed_on", "first_on", "last_on"))

_ANYONE = ("client", "first_name", "trainer", "studio", "zone")
_APPOINTMENT = (
    *_ANYONE, "place", "address", "url", "starts_at", "duration_min", "uid", "sequence", "credits", "owed",
    "cancel_until", "series", "was", "group", "plan", "offset_min", "reason",
    "channel",
)  # fmt: skip

FACTS: Mapping[MessageKind, tuple[str, ...]] = {
    MessageKind.CONFIRMATION: _APPOINTMENT,
    MessageKind.CHANGE: _APPOINTMENT,
    MessageKind.CANCELLATION: _APPOINTMENT,
    MessageKind.REMINDER: _APPOINTMENT,
    MessageKind.WORKOUT_SUMMARY: (
        *_ANYONE, "starts_at", "workout", "title", "totals", "records", "records_more",
    ),
    MessageKind.VALIDATION: (*_ANYONE, "session", "starts_at", "duration_min", "questions"),
    MessageKind.CREDITS: (
        *_ANYONE, "reason", "balance", "package", "package_name", "expires_on", "ledger",
    ),
    MessageKind.GOAL: (*_ANYONE, "goal", "progress", "reached", "reached_on"),
    MessageKind.ACHIEVEMENT: (*_ANYONE, "achievements", "near"),
    MessageKind.WEEKLY_SUMMARY: (
        *_ANYONE, "first_on", "last_on", "workouts", "sessions", "totals", "records", "records_more",
        "achievements", "goals", "next", "credits", "owed",
    ),
    MessageKind.CERTIFICATE: (*_ANYONE, "program", "completed_on", "weeks", "workouts"),
}  # fmt: skip
"""The names of the facts of each kind; each may be None, or missing in what was frozen."""

_TITLED = ("title", "text")
_WITHIN: Mapping[str, tuple[str, ...]] = {
    "series": ("starts_at", "duration_min", "place", "trainer", "uid", "sequence", "was"),
    "was": ("starts_at", "place", "trainer"),
    "totals": ("sets", "reps", "volume_kg", "volume"),
    "records": ("exercise", "kind", "value", "previous"),
    "ledger": ("date", "text", "delta", "balance"),
    "achievements": _TITLED,
    "near": _TITLED,
    "goals": _TITLED,
    "next": ("starts_at", "duration_min", "place"),
}

APPOINTED = frozenset(
    (MessageKind.CONFIRMATION, MessageKind.CHANGE, MessageKind.CANCELLATION, MessageKind.REMINDER)
)
"""The kinds that are about appointments to come."""


class UntellableError(RuleError):
    """A message cannot be made of its facts and templates; others can."""


def values_of(kind: MessageKind, facts: str, moment: datetime) -> dict[str, Any]:
    """The values for the templates of a kind; `moment` is when the message is due.

    Raises UntellableError for facts that are none.
    """
    try:
        given = json.loads(facts)
        zone = ZoneInfo(given.get("zone") or "UTC")
        values = {**dict.fromkeys(FACTS[kind]), **_told(given, zone)}
    except (ValueError, LookupError, AttributeError, TypeError, OverflowError, OSError) as error:
        raise UntellableError(f"The facts of this message cannot be read: {error}.") from error
    return {**values, **_concluded(values, moment)} if kind in APPOINTED else values


def _told(facts: Mapping[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    """Facts as a template takes them, with the end beside each beginning."""
    told = {name: _value(name, value, zone) for name, value in facts.items()}
    if isinstance(told.get("starts_at"), datetime):
        length = timedelta(minutes=told.get("duration_min") or 0)
        told["ends_at"] = (told["starts_at"].astimezone(UTC) + length).astimezone(zone)
    return told


def _value(name: str, value: Any, zone: ZoneInfo) -> Any:
    if isinstance(value, dict):
        told = {**dict.fromkeys(_WITHIN.get(name, ())), **_told(value, zone)}
        return _with_volume(told) if name == "totals" else told
    if isinstance(value, list):
        return [_value(name, each, zone) for each in value]
    if not isinstance(value, str):
        return value
    if name in INSTANTS:
        return datetime.fromisoformat(value).astimezone(zone)
    return date.fromisoformat(value) if name in DAYS else visible(value)


def _with_volume(totals: dict[str, Any]) -> dict[str, Any]:
    """Totals with their volume in words, which messages of before had in kilograms only."""
    return {**totals, "volume": totals["volume"] or f"{totals['volume_kg'] or 0:,.0f} kg"}


def visible(text: str) -> str:
    """A text on one line with nothing in it but what can be seen."""
    return clean(text.encode("utf-8", "replace").decode())


def _concluded(values: Mapping[str, Any], moment: datetime) -> dict[str, Any]:
    """What follows from an appointment's facts: whether it moved, how long before it can be called off."""
    starts_at, until, was = values["starts_at"], values["cancel_until"], values["was"] or {}
    return {
        "is_moved": was.get("starts_at") not in (None, starts_at),
        "is_late": until is not None and until <= moment,
        "cancel_hours": round((starts_at - until).total_seconds() / 3600) if until and starts_at else None,
    }
