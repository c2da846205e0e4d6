"""Packages past their last day."""

from datetime import date
from typing import NamedTuple

from ptrack.database.reading import Reader

EXPIRING = """
SELECT p.id AS package, p.name, c.name AS client, p.client_id, p.expires_on, sum(e.delta) AS credits
FROM package p JOIN client c ON c.id = p.client_id JOIN credit_entry e ON e.package_id = p.id
WHERE p.expires_on < :day AND p.closed_at IS NULL AND p.voided_at IS NULL
  AND c.status <> 'paused' AND c.removed_at IS NULL"""
EXPIRING_END = " GROUP BY p.id, c.id HAVING sum(e.delta) > 0 ORDER BY p.expires_on, p.id"


class Expiring(NamedTuple):
    """A package past its last day with credits on it; `entry` is what wrote them off, None before."""

    package: int
    name: str
    client: str
    client_id: int
    expires_on: date
    credits: int
    entry: int | None = None


def expiring(reader: Reader, day: date, client_id: int | None = None) -> list[Expiring]:
    """The packages whose last day was before a day, with what is left on them.

    Closed and taken back ones are at rest, and those of paused clients don't run.
    """
    if client_id is None:
        return reader.rows(Expiring, EXPIRING + EXPIRING_END, day=day)
    text = f"{EXPIRING} AND p.client_id = :client{EXPIRING_END}"
    return reader.rows(Expiring, text, day=day, client=client_id)
