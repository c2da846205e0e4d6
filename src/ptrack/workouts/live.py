"""Which planned set comes next, from the plan and from what is stored so far, and what it is to be.

Everything follows from the rows of a workout, so that whoever goes on with it, later or in another window,
stands where it was left:

- An exercise is at the set after those done and passed over; a warm-up beyond the planned ones counts for
  none. One without a plan has as many sets as are entered, until it is left.
- After a set comes the same exercise; in a superset the next member that has a set left. Then comes the first
  exercise with a set left behind the superset, else the first at all.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from ptrack.notation.model import ExerciseLine, SetGroup
from ptrack.vocabulary import ExerciseCategory, Section, Tracked, Unit
from ptrack.workouts.rules import DoneSet, done_sets

REST_SECONDS = {ExerciseCategory.COMPOUND: 120, ExerciseCategory.ISOLATION: 90}
"""How long is rested where the plan doesn't say: not at all after cardio, mobility, and warming up."""
WARMUP_REST_SECONDS = 60
FILLED_LATER = timedelta(hours=2)


class Target(NamedTuple):
    """One planned set: what counts as done as planned, and the plan's notation of its group."""

    done: DoneSet
    group: SetGroup


class LiveSet(NamedTuple):
    """One set that was done."""

    position: int
    done: DoneSet
    completed_at: datetime | None


class LiveLine(NamedTuple):
    """One exercise of a workout that is going on.

    `passed` counts the planned sets that were passed over, and is None as long as the exercise was never left
    before its end; one without a plan is over once it is not None.
    """

    id: int
    exercise_id: int
    name: str
    category: ExerciseCategory
    tracked: Tracked
    position: int
    section: Section
    superset: str | None
    planned: str | None
    passed: int | None
    notes: str | None
    targets: tuple[Target, ...]
    rest_seconds: int | None
    sets: tuple[LiveSet, ...]

    @property
    def at(self) -> int:
        """How many of the planned sets lie behind: done or passed over."""
        return _place(self.targets, self.sets, self.passed or 0)

    @property
    def target(self) -> Target | None:
        """The planned set that comes next, if one is left."""
        return self.targets[self.at] if self.at < len(self.targets) else None

    @property
    def is_open(self) -> bool:
        """Whether a set is still to come."""
        return self.target is not None if self.targets else self.passed is None

    @property
    def left(self) -> int:
        """How many planned sets are still to come."""
        return max(len(self.targets) - self.at, 0)


def _place(targets: Sequence[Target], sets: Iterable[LiveSet], passed: int) -> int:
    """How far in the plan: a working set passes over the warm-ups before it, one warm-up more counts not."""
    at = 0
    for each in sets:
        if not each.done.is_warmup:
            while at < len(targets) and targets[at].done.is_warmup and passed:
                at, passed = at + 1, passed - 1
            at += 1
        elif at < len(targets) and targets[at].done.is_warmup:
            at += 1
    return min(at + passed, len(targets))


def targets_of(text: str | None, unit: Unit) -> tuple[tuple[Target, ...], int | None]:
    """The planned sets that the notation beside an exercise comes to, and the rest it asks for in seconds.

    A remark behind it, such as what a load is a percentage of, is passed over.
    """
    if not text:
        return (), None
    from ptrack.notation.sets import read_sets

    found = read_sets(text, 0, len(text.partition("#")[0]), unit=unit, planned=True)
    targets = [Target(done, group) for group in found.groups for done in done_sets([group])]
    return tuple(targets), found.rest_seconds


def blocks(lines: Sequence[LiveLine]) -> list[list[LiveLine]]:
    """The exercises, those of a superset together: neighbours in a section whose labels share a letter."""
    keyed = groupby(lines, key=lambda line: (line.section, line.superset[0]) if line.superset else line.id)
    return [list(block) for _, block in keyed]


def last_done(lines: Iterable[LiveLine]) -> tuple[LiveLine, LiveSet] | None:
    """The set that was entered last, with its exercise."""
    done = [(line, each) for line in lines for each in line.sets]
    return max(done, key=_moment_of, default=None)


def _moment_of(pair: tuple[LiveLine, LiveSet]) -> tuple[str, int, int]:
    line, each = pair
    moment = each.completed_at.isoformat() if each.completed_at else ""
    return moment, line.position, each.position


def in_turn(lines: Sequence[LiveLine]) -> LiveLine | None:
    """The exercise of which a set comes next; None where nothing is left."""
    return next(upcoming(lines), None)


def upcoming(lines: Sequence[LiveLine]) -> Iterator[LiveLine]:
    """The exercises with a set left, in the order in which they come."""
    found = last_done(lines)
    turned: list[LiveLine] = list(lines)
    if found is not None:
        arranged = blocks(lines)
        place = next(at for at, block in enumerate(arranged) if found[0] in block)
        own = arranged[place]
        member = own.index(found[0])
        own = [*own[member + 1 :], *own[: member + 1]]
        behind = [line for block in arranged[place + 1 :] for line in block]
        before = [line for block in arranged[:place] for line in block]
        turned = [*own, *behind, *before]
    return (line for line in turned if line.is_open)


def goes_on(lines: Sequence[LiveLine], line: LiveLine) -> LiveLine | None:
    """The planned exercise to which Enter goes on from one without a plan; None where it enters a set.

    It does so once a set of it was entered: how many are to be done nobody said.
    """
    if line.targets or not line.sets:
        return None
    return next((each for each in upcoming(lines) if each.target is not None), None)


def offer(line: LiveLine, last_time: Sequence[DoneSet] = ()) -> DoneSet | None:
    """The set that counts as done when nothing is said; None where there is nothing to go by.

    It is the planned one; where its load is open, that of the set before, else that of the last time. Without
    a plan it is the last time's set in its place, as long as it went like the last time, else the set before
    once more.
    """
    before = [each.done for each in line.sets if not each.done.is_warmup]
    then = last_time[len(before)] if len(before) < len(last_time) else None
    if line.target is None:
        is_alike = all(_is_alike(*pair) for pair in zip(before, last_time, strict=False))
        return then if then and is_alike else before[-1] if before else None
    done = line.target.done
    is_loaded = line.tracked in (Tracked.WEIGHT_REPS, Tracked.BODYWEIGHT_PLUS)
    if done.weight_g is not None or done.is_warmup or not is_loaded:
        return done
    known = [one.weight_g for one in (*before[-1:], then, *last_time[:1]) if one and one.weight_g is not None]
    return replace(done, weight_g=known[0]) if known else done


def _is_alike(one: DoneSet, other: DoneSet) -> bool:
    return (one.reps, one.weight_g, one.seconds, one.meters) == (
        other.reps, other.weight_g, other.seconds, other.meters,
    )  # fmt: skip


def passed_with(line: LiveLine, done: DoneSet) -> int | None:
    """How many planned sets count as passed over once a set is done; a warm-up too many makes up for one."""
    target = line.target
    if not done.is_warmup or target is None or target.done.is_warmup or not line.passed:
        return line.passed
    after = _place(line.targets, [*line.sets, LiveSet(0, done, None)], line.passed)
    return line.passed - 1 if after > line.at else line.passed


def rest_of(lines: Sequence[LiveLine], line: LiveLine, done: DoneSet) -> int:
    """How many seconds are rested after a set: none inside a superset, nor before nothing.

    The plan's rest counts for working sets; warm-ups are followed by a minute at most.
    """
    own = next(block for block in blocks(lines) if line in block)
    following = in_turn(lines)
    if following is None:
        return 0
    if line.rest_seconds is None and len(own) > 1 and following in own and following.position > line.position:
        return 0
    planned = line.rest_seconds
    usual = planned if planned is not None else REST_SECONDS.get(line.category, 0)
    return min(usual, WARMUP_REST_SECONDS) if done.is_warmup else usual


class Rest(NamedTuple):
    """The pause that is running: since when, and how long it is to be."""

    since: datetime
    seconds: int

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.since + timedelta(seconds=self.seconds)


def planned_heads(lines: Iterable[ExerciseLine[int]]) -> tuple[ExerciseLine[int], ...]:
    """The exercises of a plan without their sets, as a workout begins."""
    return tuple(
        ExerciseLine(line.name, line.exercise, (), line.superset, line.section, note=line.note)
        for line in lines
    )


def begun_at(performed_at: datetime, lines: Iterable[LiveLine]) -> datetime:
    """When a workout was begun: at its time, or, where it was filled hours after that, with its first set."""
    first = min(
        (each.completed_at for line in lines for each in line.sets if each.completed_at), default=None
    )
    return first if first is not None and first - performed_at > FILLED_LATER else performed_at


def minutes_between(begun: datetime, ended: datetime) -> int:
    """How long it took, in whole minutes up to a day, one at least."""
    return min(max(round((ended - begun).total_seconds() / 60), 1), 24 * 60)
