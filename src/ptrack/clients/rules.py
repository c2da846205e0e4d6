"""What is decided about people: who the trainer of a record is, whether an address can be one."""

import re
from collections.abc import Collection, Sequence
from datetime import date

from ptrack.errors import RuleError, UsageError
from ptrack.naming import Named, clean, resolve

MAXIMUM_NAME = 200
MOST_OFFSETS = 6
"""More reminders of one appointment would be a nuisance."""

_LONGEST_OFFSET_MIN = 30 * 1440
_OFFSET = re.compile(r"(\d{1,5})\s*(min|minutes?|h|hours?|d|days?)")
_MINUTES = {"m": 1, "h": 60, "d": 1440}
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")


def offset_minutes(text: str) -> str:
    """Reminder offsets as they are kept, `1440,60`, from what people write: `24h, 1h`, `90min`, `2d`.

    Longest first, each once; `none` is none at all. UsageError for what is none, is over 30 days, or is one
    of more than six.
    """
    said = text.casefold().strip()
    if said in ("none", "off"):
        return ""
    parts = [_OFFSET.fullmatch(part.strip()) for part in said.split(",") if part.strip()]
    minutes = sorted({int(part[1]) * _MINUTES[part[2][0]] for part in parts if part}, reverse=True)
    if not parts or None in parts or not 1 <= minutes[-1] <= minutes[0] <= _LONGEST_OFFSET_MIN:
        raise UsageError(
            f'"{clean(text)}" are no times before a start. Write them like 24h, 1h or 2d, 90min; or none.'
        )
    if len(minutes) > MOST_OFFSETS:
        raise UsageError(f"{len(minutes)} reminders are too many; {MOST_OFFSETS} will do.")
    return ",".join(map(str, minutes))


def read_offsets(kept: str) -> list[int]:
    """Reminder offsets as they are kept, in minutes, longest first."""
    return sorted({int(part) for part in kept.split(",") if part.strip()}, reverse=True)


def offsets_text(kept: str) -> str:
    """Reminder offsets as people write them: `24h, 1h`; `none` where there are none."""
    return ", ".join(_offset_text(int(part)) for part in kept.split(",") if part) or "none"


def _offset_text(minutes: int) -> str:
    return f"{minutes // 60}h" if minutes % 60 == 0 else f"{minutes}min"


def required_name(text: str, noun: str) -> str:
    """A name as it is stored: visible characters only, no longer than 200."""
    name = clean(text)
    if not name:
        raise UsageError(f"{_one(noun)} needs a name.")
    if len(name) > MAXIMUM_NAME:
        raise UsageError(f"{_one(noun)}'s name may have {MAXIMUM_NAME} characters; this has {len(name)}.")
    return name


def _one(noun: str) -> str:
    return f"An {noun}" if noun[0] in "aeiou" else f"A {noun}"


def valid_email(text: str) -> str:
    """An address that could be one; line breaks would forge mail headers."""
    address = text.strip()
    if not _EMAIL.fullmatch(address) or not address.isprintable():
        raise UsageError(f'"{clean(text)}" is no e-mail address like anna@example.org.')
    return address


def valid_birth_date(day: date, today: date) -> date:
    """A day on which somebody alive can have been born."""
    if day > today:
        raise RuleError(f"Nobody is born on {day}: that day has not come yet.")
    if day.year < today.year - 130:
        raise RuleError(f"{day} is more than 130 years ago.")
    return day


def responsible_trainer(
    named: str | None,
    client_trainer: int | None,
    configured: str | None,
    trainers: Sequence[Named],
    inactive: Collection[int],
) -> int:
    """Whose record it is: the trainer named, else the client's, else the configured one, else the owner.

    Those who are `inactive` are passed over, unless they are named; the owner never is.
    """
    if named is not None:
        return resolve(named, trainers, "trainer").id
    if client_trainer is not None and client_trainer not in inactive:
        return client_trainer
    usual = resolve(configured, trainers, "trainer").id if configured else None
    if usual is not None and usual not in inactive:
        return usual
    return trainers[0].id


def require_active_trainer(name: str, number: int, *, active: bool) -> None:
    """Refuse to book with a trainer who has left."""
    if not active:
        raise RuleError(
            f"{name} takes no appointments any more.\n"
            f"Name another with --trainer, or bring them back: ptrack trainers activate {number}"
        )


def require_active_place(name: str, number: int, *, active: bool) -> None:
    """Refuse to book at a place that was given up."""
    if not active:
        raise RuleError(
            f"{name} is no longer in use.\n"
            f"Name another with --location, or bring it back: ptrack locations activate {number}"
        )
