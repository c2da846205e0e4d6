"""What is worth saying of sets as they were logged: all of it is kept as it was written."""

from collections.abc import Iterable, Iterator

from ptrack.database.reading import Reader, named_list
from ptrack.notation.model import ExerciseLine, LoadKind, SetGroup
from ptrack.vocabulary import Tracked, Unit

MANY_SETS = 20
"""More sets of one kind than these are more likely reps at a load, written the wrong way round."""

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


def _is_loaded(group: SetGroup) -> bool:
    is_some = group.load.kind in (LoadKind.WEIGHT, LoadKind.BODYWEIGHT) and group.load.weight_g != 0
    return is_some and not group.is_skipped
