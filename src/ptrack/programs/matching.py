"""Which days and lines of one plan are those of another: what stayed, what moved, what was renamed."""

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from typing import Any, TypeVar

from ptrack.notation.model import Day, ExerciseLine

T = TypeVar("T")
Days = Sequence[Day[Any]]
Lines = Sequence[ExerciseLine[Any]]


def matched_days(before: Days, after: Days) -> dict[int, int]:
    """The days of `after` that are days of `before`, by their places in each.

    They are matched by name and week, then by name alone. A day that is left over and stands right behind the
    same day as one that is left over of the same week in `before` was renamed.
    """
    found: dict[int, int] = {}
    _match(
        found,
        [(day.name.casefold(), day.week) for day in before],
        [(day.name.casefold(), day.week) for day in after],
    )
    _match(found, [day.name.casefold() for day in before], [day.name.casefold() for day in after])
    _match_renamed(found, [day.week for day in before], [day.week for day in after])
    return found


def matched_lines(before: Lines, after: Lines) -> dict[int, int]:
    """The lines of a day in `after` that are lines of it in `before`, by their places in each.

    They are matched by exercise: of several of one exercise first those that are alike, then in order.
    """
    found: dict[int, int] = {}
    _match(found, [_substance(line) for line in before], [_substance(line) for line in after])
    _match(found, [line.exercise for line in before], [line.exercise for line in after])
    return found


def _substance(line: ExerciseLine[Any]) -> tuple[Hashable, ...]:
    return line.exercise, line.groups, line.progression


def _match(found: dict[int, int], before: Sequence[Hashable], after: Sequence[Hashable]) -> None:
    """Match what is not yet matched and has equal keys, in order."""
    taken = set(found.values())
    free: dict[Hashable, list[int]] = {}
    for place, key in enumerate(before):
        if place not in taken:
            free.setdefault(key, []).append(place)
    for place, key in enumerate(after):
        if place not in found and free.get(key):
            found[place] = free[key].pop(0)


def _match_renamed(found: dict[int, int], before: Sequence[object], after: Sequence[object]) -> None:
    """Match each that is left over with the one left over that stands behind the same neighbour."""
    taken = set(found.values())
    behind = -1
    for place, week in enumerate(after):
        following = behind + 1
        is_free = following < len(before) and following not in taken
        if place not in found and is_free and before[following] == week:
            found[place] = following
            taken.add(following)
        behind = found.get(place, behind)


def moved(found: dict[int, int]) -> set[int]:
    """Of matched places those out of order: the fewest that have to move for all to be in it."""
    places = sorted(found)
    ends: list[int] = []
    tails: list[int] = []
    behind: dict[int, int | None] = {}
    for place in places:
        length = bisect_left(ends, found[place])
        behind[place] = tails[length - 1] if length else None
        ends[length : length + 1] = [found[place]]
        tails[length : length + 1] = [place]
    kept: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        kept.add(last)
        last = behind[last]
    return set(places) - kept
