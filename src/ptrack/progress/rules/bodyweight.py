"""What a client weighed on a day: the last entry at or before its end."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class Weighing(NamedTuple):
    """A body weight in grams, and the day it was taken."""

    day: date
    weight_g: int


class BodyWeights:
    """A client's weighings, in the order they were taken; days are those of the studio's zone."""

    def __init__(self, weighings: Iterable[Weighing]) -> None:
        self._weighings = list(weighings)
        self._days = [weighing.day for weighing in self._weighings]

    def __bool__(self) -> bool:
        return bool(self._days)

    def known_on(self, day: date) -> Weighing | None:
        """The last weighing of that day or before; None where there is none."""
        place = bisect_right(self._days, day)
        return self._weighings[place - 1] if place else None

    def grams_on(self, day: date) -> int | None:
        """The weight that is known on a day, in grams."""
        found = self.known_on(day)
        return found.weight_g if found else None
