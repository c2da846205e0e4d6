"""What is decided about people: who the trainer of a record is, whether an address can be one."""

import re
from collections.abc import Collection, Sequence
from datetime import date

from ptrack.errors import RuleError, UsageError
from ptrack.naming import Named, clean, resolve

MAXIMUM_NAME = 200
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")


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
