"""Packages of which a client is still to be told that their last day comes."""

from datetime import datetime, timedelta
from typing import NamedTuple

from ptrack.database.reading import Reader
from ptrack.outbox import cause_queries, rules
from ptrack.outbox.cause_queries import Ending
from ptrack.outbox.rules import Person
from ptrack.outbox.week_queries import keys_there
from ptrack.vocabulary import MessageKind


class Untold(NamedTuple):
    """A package that comes to its last day, and whose it is."""

    ending: Ending
    person: Person


def ending_key(ending: Ending) -> str:
    """What the message is known by that a package comes to that last day."""
    return f"{MessageKind.CREDITS}:{ending.package}:expiring:{ending.expires_on}"


def untold_endings(reader: Reader, now: datetime) -> list[Untold]:
    """The packages within 14 days of their last day whose clients, or guardians, were not told yet."""
    house = cause_queries.house(reader)
    today = now.astimezone(house.zone).date()
    found = cause_queries.ending(reader, today, today + timedelta(days=rules.EXPIRING_DAYS))
    people = cause_queries.people(reader, {row.client_id for row in found})
    keys = {
        rules.copy_key(ending_key(row), addressee): Untold(row, people[row.client_id])
        for row in found
        for addressee in rules.addressees(people[row.client_id], MessageKind.CREDITS, today)
    }
    there = keys_there(reader, list(keys))
    return list(dict.fromkeys(untold for key, untold in keys.items() if key not in there))
