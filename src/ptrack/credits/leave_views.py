"""What becomes of a client's credits and appointments while they are away, in words."""

from collections.abc import Sequence
from datetime import date

from ptrack.clients.queries import Practice
from ptrack.clients.views import day_and_time
from ptrack.credits.queries import Booked
from ptrack.credits.views import count_text, date_text
from ptrack.output.document import Document, Lines, line


def with_words(document: Document, words: Sequence[str]) -> Document:
    """A page with what was just done below it."""
    if not words:
        return document
    return document._replace(parts=(*document.parts, Lines([line(text) for text in words])))


def booked_text(booked: Sequence[Booked], practice: Practice) -> list[str]:
    """How many appointments still stand, and how one is called off."""
    if not booked:
        return []
    first = booked[0]
    stand = "appointment is" if len(booked) == 1 else "appointments are"
    when = day_and_time(practice, first.starts_at)
    return [
        f"{len(booked)} {stand} still booked, the next on {when}.",
        f"To call it off: ptrack appointments cancel {first.id}",
    ]


def left_text(client_id: int, credits_: int, owed: int) -> list[str]:
    """What is left of a client's credits, and what they owe."""
    told = []
    if credits_:
        stand = "is" if credits_ == 1 else "are"
        told.append(f"{count_text(credits_)} {stand} left: ptrack packages ledger {client_id}")
    if owed:
        told.append(f"{count_text(owed, 'session')} owed: ptrack packages ledger {client_id}")
    return told


def extended_text(package: int, days: int, expires_on: date) -> str:
    """Until when a package is good after a pause."""
    return f"Package {package} is good until {date_text(expires_on)} now, {count_text(days, 'day')} longer."
