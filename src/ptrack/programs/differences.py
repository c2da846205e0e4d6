"""What is different between two plans, day by day and line by line, in words and in notation."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from ptrack.notation.measures import decimals
from ptrack.notation.model import Day, ExerciseLine, LoadKind, Program, SetGroup
from ptrack.notation.printing import (
    format_distance,
    format_seconds,
    print_groups,
    print_line,
    print_load,
    print_progression,
    print_weight,
)
from ptrack.programs.matching import matched_days, matched_lines, moved
from ptrack.vocabulary import Section, Unit

SECTIONS = {
    Section.WARM_UP: "warm-up",
    Section.MAIN: "main",
    Section.ACCESSORY: "accessory",
    Section.COOL_DOWN: "cool-down",
}
_NONE = "none"


class Kind(StrEnum):
    """What became of a part of a plan."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class About(StrEnum):
    """Which part of a plan it is."""

    PROGRAM = "program"
    DAY = "day"
    EXERCISE = "exercise"


class Cause(StrEnum):
    """Who made the difference: a person who wrote it, or logs that raised a load."""

    EDIT = "edit"
    PROGRESSION = "progression"


class Difference(NamedTuple):
    """One difference: what was there `before` and is there `after`, in notation; None where there is nothing.

    `words` says what is other about it: `load +5kg, rest 2min to 3min`. The day and its week are those of the
    later plan, of what was removed those of the earlier one.
    """

    kind: Kind
    about: About
    day: str | None
    week: int | None
    exercise: str | None
    before: str | None
    after: str | None
    words: str = ""
    cause: Cause = Cause.EDIT


def differences(before: Program[Any], after: Program[Any], unit: Unit) -> list[Difference]:
    """Every difference between two plans, in the order of the later one; none where they are equal.

    Exercises are told apart by what their names resolved to, however these were written.
    """
    return [*_of_heads(before, after), *_of_days(before.days, after.days, unit)]


def _of_heads(before: Program[Any], after: Program[Any]) -> Iterator[Difference]:
    for head in ("name", "weeks", "days_per_week", "goal"):
        yield from head_difference(head.replace("_", " "), getattr(before, head), getattr(after, head))


def head_difference(name: str, before: object, after: object) -> Iterator[Difference]:
    """The difference in one head of a program, if there is one."""
    if before != after:
        one, other = (None if value is None else str(value) for value in (before, after))
        words = _from_to(name, one, other)
        yield Difference(Kind.CHANGED, About.PROGRAM, None, None, None, one, other, words)


def _of_days(before: Sequence[Day[Any]], after: Sequence[Day[Any]], unit: Unit) -> Iterator[Difference]:
    found = matched_days(before, after)
    out_of_order = moved(found)
    for place, day in enumerate(after):
        if place not in found:
            yield Difference(Kind.ADDED, About.DAY, day.name, day.week, None, None, day.name)
            yield from _of_lines(day, (), day.lines, unit)
            continue
        earlier = before[found[place]]
        yield from _of_heading(earlier, day, is_moved=place in out_of_order)
        yield from _of_lines(day, earlier.lines, day.lines, unit)
    for place, day in enumerate(before):
        if place not in found.values():
            yield Difference(Kind.REMOVED, About.DAY, day.name, day.week, None, day.name, None)
            yield from _of_lines(day, day.lines, (), unit)


def _of_heading(before: Day[Any], after: Day[Any], *, is_moved: bool) -> Iterator[Difference]:
    words = []
    if before.name != after.name:
        words.append(f"renamed from {before.name}")
    if before.week != after.week:
        words.append(f"{_when(before.week)} to {_when(after.week)}")
    if is_moved:
        words.append("moved")
    if words:
        yield Difference(
            Kind.CHANGED, About.DAY, after.name, after.week, None, before.name, after.name, ", ".join(words)
        )


def _when(week: int | None) -> str:
    return "every week" if week is None else f"week {week}"


def _of_lines(
    day: Day[Any], before: Sequence[ExerciseLine[Any]], after: Sequence[ExerciseLine[Any]], unit: Unit
) -> Iterator[Difference]:
    found = matched_lines(before, after)
    out_of_order = moved(found)
    for place, line in enumerate(after):
        if place not in found:
            yield _of_line(Kind.ADDED, day, line, None, print_line(line, unit))
            continue
        earlier = before[found[place]]
        words = [*_words(earlier, line, unit), *(["moved"] if place in out_of_order else [])]
        if words:
            one, other = print_line(earlier, unit), print_line(line, unit)
            yield _of_line(Kind.CHANGED, day, line, one, other, ", ".join(words))
    for place, line in enumerate(before):
        if place not in found.values():
            yield _of_line(Kind.REMOVED, day, line, print_line(line, unit), None)


def _of_line(
    kind: Kind, day: Day[Any], line: ExerciseLine[Any], before: str | None, after: str | None, words: str = ""
) -> Difference:
    return Difference(kind, About.EXERCISE, day.name, day.week, line.name, before, after, words)


def _words(before: ExerciseLine[Any], after: ExerciseLine[Any], unit: Unit) -> Iterator[str]:
    """What is other about a line, each thing in a few words."""
    if before.groups != after.groups:
        yield from _of_groups(before.groups, after.groups, unit)
    if before.rest_seconds != after.rest_seconds:
        yield _from_to("rest", *(_seconds(line.rest_seconds) for line in (before, after)))
    if before.progression != after.progression:
        yield _from_to("progress", *(_progression(line, unit) for line in (before, after)))
    if before.section is not after.section:
        yield f"{SECTIONS[before.section]} to {SECTIONS[after.section]}"
    if before.superset != after.superset:
        yield _from_to("superset", before.superset, after.superset)
    if before.note != after.note:
        yield "note"


def _from_to(what: str, before: str | None, after: str | None) -> str:
    return f"{what} {before or _NONE} to {after or _NONE}"


def _seconds(seconds: int | None) -> str | None:
    return None if seconds is None else format_seconds(seconds)


def _progression(line: ExerciseLine[Any], unit: Unit) -> str | None:
    progression = line.progression
    return print_progression(progression, unit).removeprefix("progress ") if progression else None


def _of_groups(before: Sequence[SetGroup], after: Sequence[SetGroup], unit: Unit) -> Iterable[str]:
    """What is other about the sets of a line; where there are more or fewer groups, all of them."""
    if len(before) != len(after):
        return [f"sets {print_groups(before, unit)} to {print_groups(after, unit)}"]
    pairs = zip(before, after, strict=True)
    return dict.fromkeys(words for one, other in pairs for words in _of_group(one, other, unit))


def _of_group(before: SetGroup, after: SetGroup, unit: Unit) -> Iterator[str]:
    if before.sets != after.sets:
        yield f"sets {before.sets} to {after.sets}"
    if before.load != after.load:
        yield _load(before, after, unit)
    for what, amount in _AMOUNTS:
        if amount(before) != amount(after):
            yield _from_to(what, amount(before), amount(after))
    for sign, yes, no in _SIGNS:
        if getattr(before, sign) != getattr(after, sign):
            yield yes if getattr(after, sign) else no


def _load(before: SetGroup, after: SetGroup, unit: Unit) -> str:
    """How the load changed: by how much where both are weights, else from what to what."""
    one, other = before.load, after.load
    if one.kind is other.kind and one.kind in (LoadKind.WEIGHT, LoadKind.BODYWEIGHT):
        change = other.weight_g - one.weight_g
        return f"load {'+' if change > 0 else '-'}{print_weight(abs(change), unit)}"
    texts = [None if load.kind is LoadKind.OPEN else print_load(load, unit) for load in (one, other)]
    return _from_to("load", *texts)


def _reps(group: SetGroup) -> str | None:
    if group.reps_min is None:
        return None
    upper = f"-{group.reps_max}" if group.reps_max not in (None, group.reps_min) else ""
    return f"{group.reps_min}{upper}{'+' if group.amrap else ''}"


def _distance(group: SetGroup) -> str | None:
    return None if group.meters is None else format_distance(group.meters)


_AMOUNTS: tuple[tuple[str, Callable[[SetGroup], str | None]], ...] = (
    ("effort", lambda group: None if group.rpe is None else f"@{decimals(group.rpe, 1)}"),
    ("reps", _reps),
    ("time", lambda group: _seconds(group.seconds)),
    ("distance", _distance),
    ("tempo", lambda group: group.tempo),
)
_SIGNS = (
    ("is_warmup", "now a warm-up", "no warm-up any more"),
    ("per_side", "now per side", "no longer per side"),
    ("is_skipped", "now skipped", "no longer skipped"),
)
