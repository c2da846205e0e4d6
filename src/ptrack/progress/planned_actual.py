"""What was planned and what was done, side by side: for a workout, for a week of a program, for all of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from ptrack.clients.queries import Practice
from ptrack.database.reading import Reader
from ptrack.notation.model import LoadKind, SetGroup
from ptrack.notation.printing import print_groups, print_prescription
from ptrack.programs import queries as programs
from ptrack.programs.queries import Followed
from ptrack.programs.rules import Slot, planned_slots
from ptrack.progress.planned import PlannedLine, planned_through
from ptrack.progress.planned_queries import (
    PlannedExercise,
    Trained,
    done_sets_of,
    planned_exercises,
    tracked_by,
    trained,
    trained_of,
)
from ptrack.progress.queries import body_weights
from ptrack.progress.rules.comparison import Difference, Outcome, Volume, compared
from ptrack.progress.rules.progression import Done
from ptrack.progress.rules.strength import effective_load_g, set_volume_g
from ptrack.vocabulary import Tracked, Unit, WorkoutStatus
from ptrack.workouts.live import targets_of
from ptrack.workouts.rules import DoneSet, groups_of


class Compared(NamedTuple):
    """One exercise, planned and done, as notation; None is what wasn't. Volumes are of working sets."""

    exercise_id: int
    name: str
    planned: str | None
    done: str | None
    outcome: Outcome
    difference: Difference
    plan: Volume
    actual: Volume


class ActualDay(NamedTuple):
    """One planned workout of a program, with the workout that it became, if there was one."""

    slot: Slot
    workout: Trained | None
    exercises: tuple[Compared, ...]


class _Measure(NamedTuple):
    """What one workout is measured by: what its exercises track, and the body weight known that day."""

    unit: Unit
    tracked: Mapping[int, Tracked]
    body_g: int | None


_Lines = Callable[[int, datetime], tuple[PlannedLine, ...]]


def workout_compared(reader: Reader, number: int, house: Practice) -> tuple[Compared, ...]:
    """The exercises of one workout, those of its planned day that were left out among them."""
    workout = trained(reader, number)
    lines_before: _Lines | None = None
    if workout.program_id is not None and workout.day_id is not None:
        row = programs.program(reader, workout.program_id)
        lines_before = planned_through(reader, row, workout.performed_at)
    return _workouts_compared(reader, [workout], lines_before, house)[number]


def program_compared(
    reader: Reader, each: Followed, now: datetime, house: Practice, week: int | None = None
) -> list[ActualDay]:
    """The planned workouts of a client's program, of one week or of all up to the one that is next.

    What is still to come stands with its plan alone, as it is now.
    """
    row = each.row
    workouts = trained_of(reader, row.id)
    until = max([now, *(workout.performed_at for workout in workouts)]) + timedelta(days=1)
    lines_before = planned_through(reader, row, until)
    days = programs.days(reader, [row.id])[row.id]
    last = each.standing.next.week if each.standing and each.standing.next else row.weeks
    shown = [
        (slot, workout)
        for slot, workout in _taken(planned_slots(days, row.weeks, row.days_per_week), workouts)
        if (slot.week == week if week else slot.week <= last)
    ]
    found = _workouts_compared(reader, [workout for _, workout in shown if workout], lines_before, house)
    ahead = {slot: lines_before(slot.day.id, until) for slot, workout in shown if workout is None}
    body_g = body_weights(reader, row.client_id or 0, house).grams_on(house.local(now).date())
    tracked = tracked_by(reader, {each.line.exercise for lines in ahead.values() for each in lines})
    measure = _Measure(house.unit, tracked, body_g)
    return [
        ActualDay(slot, workout, found[workout.id])
        if workout
        else ActualDay(slot, None, tuple(_not_done(each, Outcome.OPEN, measure) for each in ahead[slot]))
        for slot, workout in shown
    ]


def _taken(slots: Iterable[Slot], workouts: Sequence[Trained]) -> list[tuple[Slot, Trained | None]]:
    """Each slot with its workout: one of its day and week, else one of its day and of no week."""
    waiting: dict[tuple[int | None, int | None], list[Trained]] = {}
    for workout in workouts:
        if workout.status is not WorkoutStatus.CANCELLED:
            waiting.setdefault((workout.day_id, workout.week), []).append(workout)
    found: list[tuple[Slot, Trained | None]] = []
    for slot in slots:
        own = waiting.get((slot.day.id, slot.week)) or waiting.get((slot.day.id, None))
        found.append((slot, own.pop(0) if own else None))
    return found


def _workouts_compared(
    reader: Reader, workouts: Sequence[Trained], lines_before: _Lines | None, house: Practice
) -> dict[int, tuple[Compared, ...]]:
    """The exercises of each of a client's workouts, by its number."""
    if not workouts:
        return {}
    exercises, sets = planned_exercises(reader, workouts), done_sets_of(reader, workouts)
    plans: dict[int, Sequence[PlannedLine]] = {
        workout.id: lines_before(workout.day_id, workout.performed_at)
        for workout in workouts
        if lines_before is not None and workout.day_id is not None
    }
    tracked = tracked_by(reader, {each.line.exercise for lines in plans.values() for each in lines})
    tracked |= {row.exercise_id: row.tracked for own in exercises.values() for row in own}
    weights = body_weights(reader, workouts[0].client_id, house)
    found: dict[int, tuple[Compared, ...]] = {}
    for workout in workouts:
        own = exercises[workout.id]
        body_g = weights.grams_on(house.local(workout.performed_at).date())
        measure = _Measure(house.unit, tracked, body_g)
        missing = Outcome.OPEN if workout.status is WorkoutStatus.IN_PROGRESS else Outcome.SKIPPED
        done = [_exercise_compared(row, sets.get(row.id, ()), measure, missing) for row in own]
        left_out = _left_out(plans.get(workout.id, ()), [row.exercise_id for row in own])
        found[workout.id] = (*done, *(_not_done(each, missing, measure) for each in left_out))
    return found


def _exercise_compared(
    row: PlannedExercise, sets: Sequence[DoneSet], measure: _Measure, missing: Outcome
) -> Compared:
    """An exercise that stands in a workout."""
    targets, _ = targets_of(row.planned, measure.unit)
    plan = [target.group for target in targets if not target.done.is_warmup]
    working = [one for one in sets if not one.is_warmup]
    done = [Done(one.reps, one.weight_g, one.seconds, one.meters) for one in working]
    difference = compared(plan, done) if plan and done else Difference()
    if not done:
        outcome = Outcome.SKIPPED if row.is_skipped else missing
    else:
        outcome = difference.outcome if plan else Outcome.NOT_PLANNED
    return Compared(
        row.exercise_id,
        row.name,
        row.planned,
        print_groups(groups_of(sets, row.tracked), measure.unit) if sets else None,
        outcome,
        difference,
        _planned_volume(plan, row.tracked, measure.body_g),
        _volume(((one.reps, one.weight_g, one.per_side) for one in working), row.tracked, measure.body_g),
    )


def _left_out(lines: Iterable[PlannedLine], done: list[int]) -> Iterator[PlannedLine]:
    """The planned lines whose exercise was not done, or not so often."""
    for each in lines:
        if each.line.exercise in done:
            done.remove(each.line.exercise)
        else:
            yield each


def _not_done(each: PlannedLine, outcome: Outcome, measure: _Measure) -> Compared:
    """A planned line without anything done of it."""
    line = each.line
    plan = [group for group in line.groups if not group.is_warmup for _ in range(group.sets)]
    volume = _planned_volume(plan, measure.tracked[line.exercise], measure.body_g)
    text = print_prescription(line, measure.unit)
    return Compared(line.exercise, line.name, text, None, outcome, Difference(), volume, Volume())


def _planned_volume(plan: Sequence[SetGroup], tracked: Tracked, body_g: int | None) -> Volume:
    """What planned working sets come to at the lower end of their reps, as far as their load is known."""
    loads = [
        (group.reps_min if group.load.kind in _LOADS else None, group.load.weight_g, group.per_side)
        for group in plan
    ]
    return _volume(loads, tracked, body_g)


_LOADS = (LoadKind.WEIGHT, LoadKind.BODYWEIGHT)


def _volume(
    sets: Iterable[tuple[int | None, int | None, bool]], tracked: Tracked, body_g: int | None
) -> Volume:
    volumes = [
        set_volume_g(reps, effective_load_g(weight_g, tracked, body_g), per_side)
        for reps, weight_g, per_side in sets
    ]
    return Volume(len(volumes), sum(volumes))
