"""Which time zone a calendar means by a name: IANA's, Outlook's, or one that its file describes."""

from collections.abc import Mapping
from datetime import tzinfo
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

_PARTS_OF_NAME = (3, 2, 1)
_YEARLY_PARTS = frozenset(("FREQ", "INTERVAL", "BYDAY", "BYMONTH", "BYMONTHDAY", "UNTIL", "COUNT", "WKST"))

LIBRARY_FAULTS = (
    ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError, OSError,
)  # fmt: skip
"""What the calendar library raises for texts that are none; which of them is not documented."""


class Zones:
    """The zones that one file's names mean; `described` are the texts of its own VTIMEZONEs, by name."""

    def __init__(self, described: Mapping[str, str]) -> None:
        self._described = described
        self._found: dict[str, tzinfo | None] = {}

    def find(self, name: str) -> tzinfo | None:
        """The zone of that name; None where nobody knows it."""
        if name not in self._found:
            self._found[name] = self._looked_up(name)
        return self._found[name]

    def _looked_up(self, name: str) -> tzinfo | None:
        from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

        text = self._described.get(name, "")
        known = iana_zone(name) or iana_zone(WINDOWS_TO_OLSON.get(name, "")) or _within(name)
        return known or iana_zone(_value(text, "X-LIC-LOCATION")) or _described_zone(text)


@lru_cache(256)
def iana_zone(name: str) -> ZoneInfo | None:
    """The zone of an IANA name; None for any other text."""
    if not name or not name.isascii() or not name.isprintable():
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def _within(name: str) -> ZoneInfo | None:
    """The zone at the end of a vendor's path (`/vendor.org/1/Europe/Berlin`), or with `_` for its stroke."""
    parts = name.split("/")
    ends = ["/".join(parts[-count:]) for count in _PARTS_OF_NAME if len(parts) > count]
    return next(filter(None, map(iana_zone, [*ends, name.replace("_", "/", 1)])), None)


def _value(text: str, name: str) -> str:
    lines = (line.partition(":") for line in text.splitlines())
    return next((value.strip() for key, _, value in lines if key.upper() == name), "")


def _described_zone(text: str) -> tzinfo | None:
    """The zone that a VTIMEZONE describes; None where it is none, or one whose rules would take for ever."""
    if not text or not all(map(_is_yearly, _rules(text))):
        return None
    from icalendar import Timezone

    try:
        described: Any = Timezone.from_ical(text)
        zone = described.to_tz(lookup_tzid=False)
    except LIBRARY_FAULTS:
        return None
    return zone if isinstance(zone, tzinfo) else None


def _rules(text: str) -> list[str]:
    lines = (line.partition(":") for line in text.splitlines())
    return [value.strip().upper() for key, _, value in lines if key.upper().startswith(("RRULE", "EXRULE"))]


def _is_yearly(rule: str) -> bool:
    parts = dict(part.partition("=")[::2] for part in rule.split(";") if part)
    return (
        parts.get("FREQ") == "YEARLY" and parts.keys() <= _YEARLY_PARTS and parts.get("INTERVAL", "1") == "1"
    )
