"""What the notation says, as values: loads, groups of sets, exercise lines, days and programs.

Loads are whole grams, times whole seconds, lengths metres, as they are stored. Equal plans are equal values;
where a line stood in its text (`Place`) doesn't count.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

from ptrack.vocabulary import Section

T = TypeVar("T")


class LoadKind(StrEnum):
    """How a load is given."""

    OPEN = "open"
    WEIGHT = "weight"
    PERCENT = "percent"
    BODYWEIGHT = "bodyweight"


class Load(NamedTuple):
    """What is on the bar, the belt or the machine.

    `weight_g` is the weight of a `weight` load and what is added on a `bodyweight` load (0 for none, negative
    for assistance). `percent` is of the client's e1RM and belongs to `percent` loads alone. An `open` load
    has neither: the trainer decides on the day.
    """

    kind: LoadKind = LoadKind.OPEN
    weight_g: int = 0
    percent: float = 0.0


OPEN = Load()


class SetGroup(NamedTuple):
    """Sets that are alike: `sets` times reps, seconds or metres (one of them at least, but for a skip).

    `reps_min` and `reps_max` are equal where there is no range. `amrap` makes the last of the sets one of as
    many reps as possible, `reps_min` or more; it never goes with a range. `per_side` reps are done once on
    each side. `rpe` is 1 to 10 in halves. `tempo` is kept as it was written.
    """

    sets: int = 1
    reps_min: int | None = None
    reps_max: int | None = None
    amrap: bool = False
    load: Load = OPEN
    rpe: float | None = None
    seconds: int | None = None
    meters: float | None = None
    per_side: bool = False
    tempo: str | None = None
    is_warmup: bool = False
    is_skipped: bool = False


class ProgressionKind(StrEnum):
    """How a planned load goes up."""

    ADD = "add"
    DOUBLE = "double"


class Progression(NamedTuple):
    """What is raised after a log that reached the plan.

    `add` raises the load by `step_g` grams; `double` first the reps up to the top of the range, then the
    load, by `step_g` where it is given and by the practice's usual step where it is None.
    """

    kind: ProgressionKind
    step_g: int | None = None


class Place(NamedTuple):
    """Where something stands in a text: line and column, both from 1, the column in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class ExerciseLine(Generic[T]):
    """One exercise with its sets, in order.

    `name` is the name as written, `exercise` whatever the caller's resolver made of it, `superset` a label
    such as `A1`. `rest_seconds` is the pause between sets. The place is the name's, and doesn't count in
    comparisons.
    """

    name: str
    exercise: T
    groups: tuple[SetGroup, ...]
    superset: str | None = None
    section: Section = Section.MAIN
    rest_seconds: int | None = None
    progression: Progression | None = None
    note: str | None = None
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Day(Generic[T]):
    """One training day of a program.

    With `week` None it is done in every week that has no day of the same name of its own; with a number, in
    that week only (waves, deloads).
    """

    name: str
    lines: tuple[ExerciseLine[T], ...]
    week: int | None = None


@dataclass(frozen=True, slots=True)
class Program(Generic[T]):
    """A program: its heads and its days, in order."""

    name: str
    weeks: int
    days_per_week: int
    days: tuple[Day[T], ...]
    goal: str | None = None


class Mistake(NamedTuple):
    """What is wrong at one place of a text, and what was expected; the column counts characters from 1."""

    line: int
    column: int
    message: str
    candidates: tuple[str, ...] = ()
