"""What is worth saying of sets as they were logged or planned: all of it is kept as it was written."""

from collections.abc import Iterable, Iterator, Sequence

from ptrack.database.reading import Reader, named_list
from ptrack.notation.model import ExerciseLine, LoadKind, SetGroup
from ptrack.programs.queries import plans, program
from ptrack.progress.rules.progression import has_idle_progress, has_percent
from ptrack.vocabulary import Tracked, Unit

MANY_SETS = 20
"""More sets of one kind than these are more likely reps at a load, written the wrong way round."""

MOST_NAMED = 5

TRACKED = "SELECT id, name, tracked FROM exercise WHERE id IN ({ids}) ORDER BY id"


def remarks(reader: Reader, lines: Iterable[ExerciseLine[int]], unit: Unit) -> tuple[str, ...]:
    """What to look at in a log: reps and load that may have changed places, loads that count nowhere."""
    lines = tuple(lines)
    return (*_many_sets(lines, unit), *_uncounted(reader, lines))


def _many_sets(lines: Iterable[ExerciseLine[int]], unit: Unit) -> Iterator[str]:
    for line in lines:
        for group in line.groups:
            if group.sets > MANY_SETS and group.reps_min and not group.is_skipped:
                meant = f"{group.reps_min} {group.sets}{unit}"
                yield (
                    f"{line.name}: {group.sets} sets of {group.reps_min}? "
                    f"Reps at a load are written {meant}; ptrack log edit changes it."
                )


def _uncounted(reader: Reader, lines: Iterable[ExerciseLine[int]]) -> Iterator[str]:
    """That a load counts in no volume and no record, for its exercise is tracked by reps alone."""
    loaded = sorted({line.exercise for line in lines if any(map(_is_loaded, line.groups))})
    if not loaded:
        return
    ids, values = named_list("id", loaded)
    for _, name, tracked in reader.tuples(TRACKED.format(ids=ids), **values):
        if tracked == Tracked.REPS:
            yield (
                f"{name} is tracked by reps alone: its load counts in no volume. "
                f"To count it: ptrack exercises edit '{name}' --tracked bodyweight_plus"
            )


def idle_progress(reader: Reader, number: int) -> tuple[str, ...]:
    """Which lines of a template or program say `progress` where nothing can go up."""
    (plan,) = plans(reader, [program(reader, number)])
    tracked = _tracked(reader, {line.exercise for day in plan.days for line in day.lines})
    percent: list[str] = []
    without: list[str] = []
    for day in plan.days:
        for line in day.lines:
            if has_idle_progress(line, has_load=tracked[line.exercise] != Tracked.REPS):
                (percent if has_percent(line) else without).append(f"{line.name} ({day.name})")
    told = ((percent, "of a load in percent"), (without, "where no load is written"))
    return tuple(f"progress says nothing {why}: {_some(names)}" for names, why in told if names)


def _some(names: Sequence[str]) -> str:
    names = tuple(dict.fromkeys(names))
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _tracked(reader: Reader, exercises: Iterable[int]) -> dict[int, str]:
    """What is measured of each exercise."""
    ids, values = named_list("id", sorted(exercises))
    return {number: kind for number, _, kind in reader.tuples(TRACKED.format(ids=ids), **values)}


def _is_loaded(group: SetGroup) -> bool:
    is_some = group.load.kind in (LoadKind.WEIGHT, LoadKind.BODYWEIGHT) and group.load.weight_g != 0
    return is_some and not group.is_skipped
