"""How a client's workouts divide by kind."""

from collections.abc import Mapping
from dataclasses import dataclass

from ptrack.vocabulary import WorkoutKind


@dataclass(frozen=True, slots=True)
class Share:
    """A count, and what part it is of the total in percent, to one decimal."""

    count: int
    percentage: float


def usage(counts: Mapping[WorkoutKind, int]) -> dict[WorkoutKind, Share]:
    """Give every kind its count and percentage; a kind that isn't named has none.

    Each percentage is rounded by itself, so that they may miss 100 by a little.
    """
    total = sum(counts.values())
    return {kind: Share(counts.get(kind, 0), percentage(counts.get(kind, 0), total)) for kind in WorkoutKind}


def percentage(part: int, total: int) -> float:
    """Reckon a part in percent, rounded half up to one decimal; 0.0 of nothing."""
    return (2000 * part + total) // (2 * total) / 10 if total else 0.0
