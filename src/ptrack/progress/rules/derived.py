"""Metrics that follow from two others: a value for each entry of the first."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from ptrack.progress.rules.aggregates import Entry

Point = TypeVar("Point", bound=Entry)
Formula = Callable[[float | None, float | None], float | None]


def derive(firsts: Sequence[Point], others: Sequence[Entry], formula: Formula) -> list[Point]:
    """Reckon each entry of `firsts` with the entry of `others` last known at its moment.

    Both are in the order of time. Where the formula has nothing to say, there is no entry.
    """
    found, known, place = [], None, 0
    for first in firsts:
        while place < len(others) and others[place].recorded_at <= first.recorded_at:
            known = others[place].value
            place += 1
        value = formula(first.value, known)
        if value is not None:
            found.append(replace(first, value=value))
    return found
