"""How the entries of a metric become one figure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import fsum

from ptrack.vocabulary import Aggregation


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a metric."""

    id: int
    recorded_at: datetime
    value: float


def aggregate(entries: Iterable[Entry], aggregation: Aggregation) -> float | None:
    """Make one figure of the entries, in whatever order: of none, a sum is 0, and all else is None, never 0.

    `latest` is by the time of recording, then by number.
    """
    known = list(entries)
    values = [entry.value for entry in known]
    if aggregation is Aggregation.SUM:
        return fsum(values)
    if not known:
        return None
    if aggregation is Aggregation.MAX:
        return max(values)
    if aggregation is Aggregation.AVG:
        return fsum(values) / len(values)
    return max(known, key=lambda entry: (entry.recorded_at, entry.id)).value
