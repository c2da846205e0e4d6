"""Plans as they are kept: a row for each group of sets, and back, without loss.

A line's rows share its `position` in the day and differ in `part`. What belongs to the line as a whole (its
section, label, rest, progression, note) stands in each of them.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, NamedTuple

from ptrack.notation.model import OPEN, ExerciseLine, Load, LoadKind, Progression, ProgressionKind, SetGroup
from ptrack.vocabulary import Section


class GroupRow(NamedTuple):
    """A prescription as it is kept, with the name of its exercise; loads in grams."""

    day_id: int
    exercise_id: int
    exercise: str
    position: int
    part: int
    section: Section
    superset: str | None
    sets: int
    reps_min: int | None
    reps_max: int | None
    amrap: bool
    weight_g: int | None
    percent: float | None
    is_bodyweight: bool
    rpe: float | None
    seconds: int | None
    meters: float | None
    per_side: bool
    tempo: str | None
    is_warmup: bool
    rest_seconds: int | None
    progression: str | None
    notes: str | None


def progression_text(progression: Progression | None) -> str | None:
    """A progression as it is kept: `add 2500`, `double`, `double 2500`, the step in grams."""
    if progression is None:
        return None
    step = f" {progression.step_g}" if progression.step_g is not None else ""
    return f"{progression.kind.value}{step}"


def read_progression(text: str | None) -> Progression | None:
    """A progression from the text it is kept as."""
    if text is None:
        return None
    kind, _, step = text.partition(" ")
    return Progression(ProgressionKind(kind), int(step) if step else None)


def columns_of(line: ExerciseLine[int], position: int) -> list[dict[str, Any]]:
    """A line's rows by column, one for each group; the day is the caller's to add."""
    shared = {
        "exercise_id": line.exercise,
        "position": position,
        "section": line.section,
        "superset": line.superset,
        "rest_seconds": line.rest_seconds,
        "progression": progression_text(line.progression),
        "notes": line.note,
    }
    return [{**shared, "part": part, **_group_columns(group)} for part, group in enumerate(line.groups, 1)]


def _group_columns(group: SetGroup) -> dict[str, Any]:
    load = group.load
    has_weight = load.kind in (LoadKind.WEIGHT, LoadKind.BODYWEIGHT)
    return {
        "sets": group.sets,
        "reps_min": group.reps_min,
        "reps_max": group.reps_max,
        "amrap": group.amrap,
        "weight_g": load.weight_g if has_weight else None,
        "percent": load.percent if load.kind is LoadKind.PERCENT else None,
        "is_bodyweight": load.kind is LoadKind.BODYWEIGHT,
        "rpe": group.rpe,
        "seconds": group.seconds,
        "meters": group.meters,
        "per_side": group.per_side,
        "tempo": group.tempo,
        "is_warmup": group.is_warmup,
    }


def lines_of(rows: Iterable[GroupRow]) -> tuple[ExerciseLine[int], ...]:
    """The lines that one day's rows make, which stand in order of position and part."""
    return tuple(_line_of(list(same)) for _, same in groupby(rows, key=lambda row: row.position))


def _line_of(rows: list[GroupRow]) -> ExerciseLine[int]:
    first = rows[0]
    return ExerciseLine(
        name=first.exercise,
        exercise=first.exercise_id,
        groups=tuple(_group_of(row) for row in rows),
        superset=first.superset,
        section=first.section,
        rest_seconds=first.rest_seconds,
        progression=read_progression(first.progression),
        note=first.notes,
    )


def _group_of(row: GroupRow) -> SetGroup:
    return SetGroup(
        sets=row.sets,
        reps_min=row.reps_min,
        reps_max=row.reps_max,
        amrap=row.amrap,
        load=_load_of(row),
        rpe=row.rpe,
        seconds=row.seconds,
        meters=row.meters,
        per_side=row.per_side,
        tempo=row.tempo,
        is_warmup=row.is_warmup,
    )


def _load_of(row: GroupRow) -> Load:
    if row.is_bodyweight:
        return Load(LoadKind.BODYWEIGHT, row.weight_g or 0)
    if row.percent is not None:
        return Load(LoadKind.PERCENT, percent=row.percent)
    return OPEN if row.weight_g is None else Load(LoadKind.WEIGHT, row.weight_g)
