"""Percentages that are typed into a log, as the loads that they come to."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from ptrack.clients.queries import Practice
from ptrack.database.reading import Reader
from ptrack.notation.model import LoadKind
from ptrack.notation.printing import format_load, print_groups
from ptrack.progress.lately import RECORD_DAYS, Best, best_loads
from ptrack.progress.planned import Line
from ptrack.progress.rules.progression import resolved
from ptrack.vocabulary import Unit
from ptrack.workouts.rules import is_in_percent


class Weighed(NamedTuple):
    """Lines of a log with their percentages as loads, as far as there is a record; and what to say of it."""

    lines: tuple[Line, ...]
    notices: tuple[str, ...]


def weighed(
    reader: Reader,
    client_id: int,
    lines: Sequence[Line],
    at: datetime,
    house: Practice,
    but_workout: int | None = None,
) -> Weighed:
    """What a client's log of an instant comes to where it says percentages.

    They are of the best e1RM of the 90 days before, as those of a plan, on plates; the workout `but_workout`
    itself doesn't count. Without a record the load stays open.
    """
    exercises = sorted({line.exercise for line in lines if is_in_percent(line)})
    if not exercises:
        return Weighed(tuple(lines), ())
    day = house.local(at).date()
    bests = best_loads(reader, client_id, exercises, day, house, but_workout, before=at)
    return Weighed(
        tuple(_weighed(line, bests.get(line.exercise), house.unit) for line in lines),
        tuple(_notices(lines, bests, house.unit)),
    )


def _weighed(line: Line, best: Best | None, unit: Unit) -> Line:
    return resolved(line, best.weight_g, unit, best.body_g) if best else line


def _notices(lines: Iterable[Line], bests: dict[int, Best], unit: Unit) -> Iterable[str]:
    """What each percentage came to; and for what there is no record to take it of."""
    meant = [line for line in lines if is_in_percent(line)]
    for line in meant:
        if best := bests.get(line.exercise):
            yield f"{line.name} {_loads_text(line, best, unit)}, the best e1RM of {RECORD_DAYS} days."
    if names := dict.fromkeys(line.name for line in meant if line.exercise not in bests):
        yield (
            f"No e1RM of the last {RECORD_DAYS} days to take a percentage of, so the load is left open: "
            f"{', '.join(names)}."
        )


def _loads_text(line: Line, best: Best, unit: Unit) -> str:
    """The sets in percent with their loads, and what these are a part of: `3x5 90kg: 75 % of 120 kg`."""
    pairs = zip(line.groups, _weighed(line, best, unit).groups, strict=True)
    parts = [
        (f"{group.load.percent:g}", now)
        for group, now in pairs
        if group.load.kind is LoadKind.PERCENT and not group.is_skipped
    ]
    percents = ", ".join(dict.fromkeys(percent for percent, _ in parts))
    loads = print_groups([now for _, now in parts], unit)
    return f"{loads}: {percents} % of {format_load(best.weight_g, unit)} {unit}"
