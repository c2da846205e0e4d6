"""The practice's settings as people type and read them: one table for `init` and `config`."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ptrack.clients.rules import offset_minutes, offsets_text
from ptrack.errors import NotFoundError, UsageError
from ptrack.moments import WEEKDAYS
from ptrack.naming import clean
from ptrack.vocabulary import ChargePolicy, E1rmFormula, StudioType, Unit

_CLOCKS = ("quiet_from_min", "quiet_to_min")
AS_TYPED = frozenset(("first_weekday", "reminder_offsets", "signature", *_CLOCKS))
"""The settings that are shown as they are typed, and kept otherwise: as numbers, as lines."""

_YES, _NO = ("on", "yes", "true", "1"), ("off", "no", "false", "0")


def _text(said: str) -> str:
    return clean(said)


def _optional_text(said: str) -> str | None:
    return clean(said) or None


def _lines(said: str) -> str | None:
    r"""Lines of text, also where `\n` is typed for their ends; empty ones at its ends are left out."""
    lines = [clean(line) for line in said.replace("\\n", "\n").splitlines()]
    return "\n".join(lines).strip("\n") or None


def _switch(said: str) -> bool:
    word = said.casefold().strip()
    if word not in (*_YES, *_NO):
        raise UsageError(f'"{said}" is neither on nor off.')
    return word in _YES


def _word_of(enumeration: type[StrEnum]) -> Callable[[str], StrEnum]:
    def read(said: str) -> StrEnum:
        try:
            return enumeration(said.casefold().strip())
        except ValueError:
            raise UsageError(f'"{said}" is none of {", ".join(enumeration)}.') from None

    return read


def _number(low: int, high: int) -> Callable[[str], int]:
    def read(said: str) -> int:
        if not said.strip().isascii() or not said.strip().isdigit() or not low <= int(said) <= high:
            raise UsageError(f'"{said}" is no whole number from {low} to {high}.')
        return int(said)

    return read


def read_zone(said: str) -> str:
    """An IANA time zone that this machine knows."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

    name = said.strip()
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        from difflib import get_close_matches

        near = get_close_matches(name, available_timezones(), n=3)
        hint = f" Nearest: {', '.join(near)}." if near else ""
        raise UsageError(f'"{clean(name)}" is no time zone like Europe/Berlin.{hint}', near) from None


def read_currency(said: str) -> str:
    """Three letters of ISO 4217."""
    code = said.strip().upper()
    if len(code) != 3 or not code.isascii() or not code.isalpha():  # noqa: PLR2004  ISO 4217
        raise UsageError(f'"{clean(said)}" is no currency like EUR or USD.')
    return code


def _weekday(said: str) -> int:
    word = said.casefold().strip()
    found = [number for number, name in enumerate(WEEKDAYS) if name.startswith(word)] if word else []
    if len(found) != 1:
        raise UsageError(f'"{said}" is no weekday like monday.')
    return found[0]


def _clock_minute(said: str) -> int:
    hour, colon, minute = said.strip().partition(":")
    if not (hour.isascii() and hour.isdigit() and (not colon or (minute.isascii() and minute.isdigit()))):
        raise UsageError(f'"{clean(said)}" is no time of day like 21:00.')
    if int(hour) > 23 or int(minute or 0) > 59:  # noqa: PLR2004  a clock
        raise UsageError(f'"{clean(said)}" is no time of day like 21:00.')
    return int(hour) * 60 + int(minute or 0)


def _practice_name(said: str) -> str:
    if not clean(said):
        raise UsageError("A practice needs a name.")
    return clean(said)


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of the practice: the studio row's column, how its text is read, what it means."""

    key: str
    read: Callable[[str], Any]
    meaning: str


SETTINGS = (
    Setting("name", _practice_name, "what the practice is called"),
    Setting("studio_type", _word_of(StudioType), "gym, yoga or hybrid: decides the default metrics"),
    Setting("timezone", read_zone, "the zone in which its days are counted"),
    Setting("unit", _word_of(Unit), "kg or lb: what people type and see"),
    Setting("currency", read_currency, "ISO 4217"),
    Setting("first_weekday", _weekday, "the day that weeks begin with"),
    Setting("logo_path", _optional_text, "a PNG or JPEG for papers"),
    Setting("sender", _optional_text, "who mail comes from"),
    Setting("calendar", _switch, "appointments and the calendar"),
    Setting("programs", _switch, "templates and programs"),
    Setting("progress_tracking", _switch, "records and metrics"),
    Setting("leaderboard", _switch, "ranking of those who opted in"),
    Setting("e1rm_formula", _word_of(E1rmFormula), "how a one-repetition maximum is estimated"),
    Setting("no_show_charges", _word_of(ChargePolicy), "whether a no-show costs a credit"),
    Setting("late_cancel_charges", _word_of(ChargePolicy), "whether a late cancellation costs a credit"),
    Setting("late_cancel_hours", _number(0, 720), "how many hours ahead a cancellation is late"),
    Setting("strict_booking", _switch, "refuse bookings beyond the credits available"),
    Setting("commission_requires_validation", _switch, "commission only for sessions the client confirmed"),
    Setting(
        "reminder_offsets", offset_minutes, "how long before a start clients are reminded: 24h, 1h; none"
    ),
    Setting("quiet_from_min", _clock_minute, "from this time of day on no mail goes out: 21:00"),
    Setting("quiet_to_min", _clock_minute, "until then; the same time twice is never quiet"),
    Setting("signature", _lines, r"how mail ends; \n between its lines"),
    Setting("feedback_every", _number(1, 20), "which session asks for the longer feedback"),
)


def find_setting(said: str) -> Setting:
    """The setting of that name, with or without `studio.` before it."""
    key = said.strip().casefold().removeprefix("studio.").replace("-", "_")
    for setting in SETTINGS:
        if setting.key == key:
            return setting
    from difflib import get_close_matches

    near = get_close_matches(key, [setting.key for setting in SETTINGS], n=3)
    hint = f" Nearest: {', '.join(near)}." if near else " See them all: ptrack config list"
    raise NotFoundError(f'There is no setting "{clean(said)}".{hint}', near)


def setting_text(key: str, value: Any) -> str:
    """A setting's value as `config set` would take it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "on" if value else "off"
    if key == "reminder_offsets":
        return offsets_text(value)
    if key == "signature":
        return str(value).replace("\n", "\\n")
    if key in _CLOCKS:
        return f"{value // 60:02}:{value % 60:02}"
    return WEEKDAYS[value] if key == "first_weekday" else str(value)
