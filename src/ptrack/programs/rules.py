"""What is decided about programs: which day comes when, what is next, how far along a client is.

A program has weeks x days per week planned workouts. Where fewer days are written than a week has, they take
turns: two days three times a week are A B A, B A B, as in 5x5.
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import takewhile
from typing import Generic, NamedTuple, TypeVar

from ptrack.errors import RuleError, StateError, UsageError
from ptrack.naming import clean
from ptrack.notation.model import OPEN, ExerciseLine, LoadKind, SetGroup
from ptrack.notation.remarks import without_remarks
from ptrack.vocabulary import Origin, ProgramStatus, Section, WorkoutStatus

T = TypeVar("T")

DAYS_A_WEEK = 7


class PlanDay(NamedTuple):
    """One day of a program; with `week` None it is for every week that has no day of its name of its own."""

    id: int
    program_id: int
    name: str
    week: int | None


class Slot(NamedTuple):
    """One planned workout: a day in a week of the program; `number` counts from 1 through all weeks."""

    number: int
    week: int
    day: PlanDay


class Tally(NamedTuple):
    """How many workouts of one status were logged as that day of that week, or of no week in particular."""

    program_id: int
    day_id: int
    week: int | None
    status: WorkoutStatus
    times: int


class Standing(NamedTuple):
    """How far along a program is: workouts planned in all, completed, due by today, and the next one."""

    planned: int
    completed: int
    due: int
    next: Slot | None

    @property
    def progress(self) -> float:
        """Completed of all planned workouts, in percent."""
        return 100 * self.completed / self.planned if self.planned else 0.0

    @property
    def adherence(self) -> float | None:
        """Completed of those due by today, in percent, at most 100; None while nothing is due."""
        return min(100.0, 100 * self.completed / self.due) if self.due else None


def days_of_week(days: Sequence[PlanDay], week: int) -> list[PlanDay]:
    """The days of one week, in the order in which their names first stand in the program.

    A day written for that week takes the place of the general one of its name.
    """
    named: dict[str, list[PlanDay]] = {}
    for day in days:
        named.setdefault(day.name.casefold(), []).append(day)
    found = ([day for day in same if day.week == week] or _general(same) for same in named.values())
    return [chosen[0] for chosen in found if chosen]


def _general(days: Iterable[PlanDay]) -> list[PlanDay]:
    """The days that are for every week."""
    return [day for day in days if day.week is None]


def planned_slots(days: Sequence[PlanDay], weeks: int, days_per_week: int) -> Iterator[Slot]:
    """Every planned workout of a program, in order. A week without any day has none."""
    number = 0
    for week in range(1, weeks + 1):
        chosen = days_of_week(days, week)
        for place in range(days_per_week if chosen else 0):
            number += 1
            turn = (week - 1) * days_per_week + place
            yield Slot(number, week, chosen[turn % len(chosen)])


def due_workouts(start: date, today: date, days_per_week: int) -> int:
    """How many planned workouts were due by today.

    Each whole week since the start counts its days per week; the week that has begun counts as many as its
    full days come to, rounded down. Today is not over, and is no full day.
    """
    weeks, days = divmod(max((today - start).days, 0), DAYS_A_WEEK)
    return weeks * days_per_week + days * days_per_week // DAYS_A_WEEK


def standing(slots: Iterable[Slot], tallies: Iterable[Tally], due: int) -> Standing:
    """How far along a program is, from what was logged of it.

    Completed and skipped workouts are behind the client, in whatever order they were logged; one that is in
    progress is still to be filled. A workout that names its day but no week stands for the first week in
    which that day is open; one more for the same day and week counts for nothing.
    """
    done: Counter[tuple[int, int | None]] = Counter()
    completed: Counter[tuple[int, int | None]] = Counter()
    for tally in tallies:
        if tally.status in (WorkoutStatus.COMPLETED, WorkoutStatus.SKIPPED):
            done[tally.day_id, tally.week] += tally.times
        if tally.status is WorkoutStatus.COMPLETED:
            completed[tally.day_id, tally.week] += tally.times
    planned = completed_slots = 0
    following: Slot | None = None
    for slot in slots:
        planned += 1
        completed_slots += _took(completed, slot)
        if not _took(done, slot) and following is None:
            following = slot
    return Standing(planned, completed_slots, min(due, planned), following)


def _took(counts: Counter[tuple[int, int | None]], slot: Slot) -> bool:
    """Whether there was a workout for the slot; it is used up."""
    for key in ((slot.day.id, slot.week), (slot.day.id, None)):
        if counts[key]:
            counts[key] -= 1
            return True
    return False


class AsPlanned(NamedTuple, Generic[T]):
    """A planned day as the log it makes when all went to plan, and what a trainer should know about it."""

    lines: tuple[ExerciseLine[T], ...]
    notices: tuple[str, ...]


def as_planned(lines: Iterable[ExerciseLine[T]], loaded: Container[T] | None = None) -> AsPlanned[T]:
    """The lines as the log of a day on which all went to plan.

    A range counts as its lower end, `5+` as 5 (it stays marked), a percentage as an open load. Rest and
    progression are the plan's and are left out. Loads that stay open are told of where one is to be expected:
    with reps that are no warm-up, of the exercises that are `loaded` (of all, where that isn't given).
    """
    plan = tuple(lines)
    return AsPlanned(tuple(_logged(line) for line in plan), tuple(_open_loads(plan, loaded)))


def _logged(line: ExerciseLine[T]) -> ExerciseLine[T]:
    groups = tuple(_logged_group(group) for group in line.groups)
    return replace(line, groups=groups, rest_seconds=None, progression=None)


def _logged_group(group: SetGroup) -> SetGroup:
    load = OPEN if group.load.kind is LoadKind.PERCENT else group.load
    return group._replace(reps_max=group.reps_min, load=load)


def _open_loads(lines: Sequence[ExerciseLine[T]], loaded: Container[T] | None) -> Iterator[str]:
    percents = [
        line.name for line in lines if any(_has_load(group, LoadKind.PERCENT) for group in line.groups)
    ]
    if percents:
        yield f"Planned in percent, so the load is left open: {', '.join(dict.fromkeys(percents))}."
    unsaid = [
        line.name
        for line in lines
        if (loaded is None or line.exercise in loaded)
        and line.section is not Section.WARM_UP
        and any(_has_load(group, LoadKind.OPEN) for group in line.groups)
    ]
    if unsaid:
        yield f"No load was planned for {', '.join(dict.fromkeys(unsaid))}."


def _has_load(group: SetGroup, kind: LoadKind) -> bool:
    """Whether working sets of reps are planned with a load of that kind."""
    return group.load.kind is kind and group.reps_min is not None and not group.is_warmup


_ENDINGS = {ProgramStatus.COMPLETED: "completed", ProgramStatus.DROPPED: "dropped"}


def check_ending(name: str, number: int, status: ProgramStatus | None, ending: ProgramStatus) -> None:
    """Only a client's active program can be completed or dropped.

    Raises StateError, which names what it is instead.
    """
    if status is None:
        raise StateError(f"{name} ({number}) is a template; it cannot be {_ENDINGS[ending]}.")
    if status is not ProgramStatus.ACTIVE:
        raise StateError(f"{name} ({number}) is {status}; it cannot be {_ENDINGS[ending]}.")


def check_removal(name: str, number: int, status: ProgramStatus | None, origin: Origin | None) -> None:
    """Only a template of one's own can be removed: a client's program is dropped, what ships stays."""
    if status is not None:
        drop = f"\nDrop it: ptrack programs drop {number}" if status is ProgramStatus.ACTIVE else ""
        raise StateError(f"{name} ({number}) is a client's program; it belongs to what was trained.{drop}")
    if origin is Origin.BUILT_IN:
        raise RuleError(f"{name} ({number}) comes with ptrack; only templates of your own can be removed.")


def require_editable(name: str, number: int, origin: Origin | None) -> None:
    """A built-in template stays as it is; RuleError with the way to a copy."""
    if origin is Origin.BUILT_IN:
        raise RuleError(
            f"{name} ({number}) comes with ptrack and stays as it is.\n"
            f"Make a template of your own from it, and edit that: ptrack programs from {number}"
        )


def require_followed(
    name: str, number: int, status: ProgramStatus | None, weeks: int, week: int | None
) -> None:
    """Only what a client follows was done, and only the weeks that it has."""
    if status is None:
        raise StateError(f"{name} ({number}) is a template; what was done is a client's program's to tell.")
    if week is not None and week > weeks:
        raise UsageError(f"{name} ({number}) has {weeks} weeks; there is no week {week}.")


def require_programs(*, is_on: bool) -> None:
    """Refuse what belongs to programs in a practice that has switched them off."""
    if not is_on:
        raise RuleError(
            "Programs are switched off in this practice.\nSwitch them on: ptrack config set programs on"
        )


def valid_dates(start: date, end: date | None) -> None:
    """A program cannot end before it starts."""
    if end is not None and end < start:
        raise UsageError(f"The program would end on {end}, before it starts on {start}.")


def description_of(text: str) -> str | None:
    """What a program file says of itself: its first remarks, up to an empty one, as one line."""
    lines = map(str.strip, without_remarks(text).split("\n"))
    remarks = takewhile(lambda line: line.startswith("#") and line.strip("# "), lines)
    return clean(" ".join(line.lstrip("#") for line in remarks)) or None
