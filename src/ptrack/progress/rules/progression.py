"""How a planned load goes up with what was logged, and when it had better go down; loads in grams.

Nothing of it is stored: a line stands as it is written, and its logs, in order, say how far it has come. Only
working sets count. What is raised never falls by itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from ptrack.notation.measures import MOST_GRAMS, exact_weight, grams
from ptrack.notation.model import ExerciseLine, Load, LoadKind, ProgressionKind, SetGroup
from ptrack.vocabulary import Unit

T = TypeVar("T")

MISSES_TO_DELOAD = 3
DELOAD_PERCENT = 10
_PLATE_STEP = {Unit.KG: 2.5, Unit.LB: 5.0}
_OTHER = {Unit.KG: Unit.LB, Unit.LB: Unit.KG}
_PLATES_PLACES = 2


class Done(NamedTuple):
    """A working set as it was logged; None is what wasn't measured."""

    reps: int | None = None
    weight_g: int | None = None
    seconds: int | None = None
    meters: float | None = None


class Gain(NamedTuple):
    """What logs made of a line: how often its load went up, by how many its reps, the misses in a row."""

    steps: int = 0
    reps: int = 0
    misses: int = 0

    @property
    def is_stalled(self) -> bool:
        """Whether the line was missed so often in a row that a lighter load is worth suggesting."""
        return self.misses >= MISSES_TO_DELOAD


def plate_step_g(unit: Unit) -> int:
    """The smallest step of a practice's plates: 2.5 kg or 5 lb."""
    return grams(_PLATE_STEP[unit], unit.value)


def on_plates_g(weight_g: float, unit: Unit) -> int:
    """A load rounded to the practice's plates, halves up, exact in its unit: 225 lb is 225 lb."""
    step = _PLATE_STEP[unit]
    steps = (2 * float(exact_weight(round(weight_g), unit)) / step + 1) // 2
    return grams(steps * step, unit.value)


def raised_g(weight_g: int, step_g: int, steps: int, unit: Unit) -> int:
    """A load after so many steps, at most the heaviest that can be planned.

    It is reckoned in the unit in which both are round numbers, so that 225 lb and ten times 5 lb are 275 lb,
    to the gram.
    """
    for each in (unit, _OTHER[unit]):
        numbers = [exact_weight(value, each) for value in (weight_g, step_g)]
        if all(len(number.partition(".")[2]) <= _PLATES_PLACES for number in numbers):
            base, step = map(float, numbers)
            return min(grams(base + steps * step, each.value), MOST_GRAMS)
    return min(weight_g + steps * step_g, MOST_GRAMS)


def gains(
    line: ExerciseLine[T], logs: Iterable[Sequence[Done]], unit: Unit, *, has_load: bool = True
) -> list[Gain]:
    """What the logs of a line, in order, have made of it after each; one is the working sets done of it.

    `progress +2.5kg` raises the load after every log in which all planned working sets reached the top of
    their reps (5 of 5+) at the load planned by then, or more. `double` first sets the lower end of the reps
    to one more than the fewest reached; at the top the load goes up and the reps begin anew. A log that falls
    short of the load or of the lower end in any planned set is a miss, and so is one of fewer sets; sets at
    other loads may stand besides. A log that falls short in sets heavier than any planned one, and in these
    alone, says nothing; nor does one without any set, or without a word on its loads. Loads in percent follow
    the client's records, open ones are the trainer's to choose: both stay. Of exercises that have no load
    (`has_load` is False) reps alone go up.
    """
    gain = Gain()
    return [gain := _after(line, gain, log, unit, has_load=has_load) for log in logs]


def stands(line: ExerciseLine[T], gain: Gain, unit: Unit) -> ExerciseLine[T]:
    """A line as it stands after its gain: working sets raised, warm-ups as they were written."""
    if line.progression is None or not (gain.steps or gain.reps):
        return line
    step_g = line.progression.step_g or plate_step_g(unit)
    groups = tuple(group if group.is_warmup else _raised(group, gain, step_g, unit) for group in line.groups)
    return replace(line, groups=groups)


def _raised(group: SetGroup, gain: Gain, step_g: int, unit: Unit) -> SetGroup:
    if group.reps_min is not None and group.reps_max is not None:
        group = group._replace(reps_min=min(group.reps_max, group.reps_min + gain.reps))
    if _is_weighed(group):
        weight_g = raised_g(group.load.weight_g, step_g, gain.steps, unit)
        group = group._replace(load=group.load._replace(weight_g=weight_g))
    return group


def has_idle_progress(line: ExerciseLine[T], *, has_load: bool = True) -> bool:
    """Whether a line says `progress` where no log can ever raise anything: its load is in percent or open."""
    plan = _working(line)
    if line.progression is None or not plan:
        return False
    if has_percent(line):
        return any(group.load.kind is LoadKind.PERCENT for group in plan)
    if has_load:
        return not any(map(_is_weighed, plan))
    is_range = any((group.reps_max or 0) > (group.reps_min or 0) for group in plan)
    return not (line.progression.kind is ProgressionKind.DOUBLE and is_range)


def _is_weighed(group: SetGroup) -> bool:
    return group.load.kind in (LoadKind.WEIGHT, LoadKind.BODYWEIGHT)


def _working(line: ExerciseLine[T]) -> list[SetGroup]:
    """The planned working sets, a group for each."""
    return [
        group
        for group in line.groups
        if not group.is_warmup and not group.is_skipped
        for _ in range(group.sets)
    ]


def _after(line: ExerciseLine[T], gain: Gain, log: Sequence[Done], unit: Unit, *, has_load: bool) -> Gain:
    plan = _working(stands(line, gain, unit))
    is_weighed = any(_is_weighed(group) for group in plan)
    if not _is_telling(plan, log) or (has_load and not is_weighed):
        return gain
    if not _covers(log, plan):
        return gain if _covers(_heavier_done(log, plan), plan) else gain._replace(misses=gain.misses + 1)
    gain = gain._replace(misses=0)
    if line.progression is None:
        return gain
    if has_load and _covers(log, [group._replace(reps_min=group.reps_max) for group in plan]):
        return Gain(steps=gain.steps + 1)
    if line.progression.kind is ProgressionKind.DOUBLE:
        return gain._replace(reps=_reps_ahead(line, gain, log, plan))
    return gain


def _is_telling(plan: Sequence[SetGroup], log: Sequence[Done]) -> bool:
    """Whether a log says if the plan was reached."""
    if not plan or not log or any(group.load.kind is LoadKind.PERCENT for group in plan):
        return False
    needs_weight = any(group.load.kind is LoadKind.WEIGHT for group in plan)
    return not needs_weight or any(done.weight_g is not None for done in log)


def _covers(log: Sequence[Done], plan: Sequence[SetGroup]) -> bool:
    """Whether every planned set was done, in order, and none at a planned load fell short of its reps."""
    done = iter(log)
    if not all(any(_meets(one, group) for one in done) for group in plan):
        return False
    least: dict[int, int] = {}
    for group in plan:
        load_g, reps = group.load.weight_g, group.reps_min or 0
        least[load_g] = min(least.get(load_g, reps), reps)
    return all((one.reps or 0) >= least.get(one.weight_g or 0, 0) for one in log)


def _heavier_done(log: Sequence[Done], plan: Sequence[SetGroup]) -> list[Done]:
    """A log with every set that was heavier than the heaviest planned one as if it had been done in full."""
    heaviest_g = max(group.load.weight_g for group in plan)
    reps = max(group.reps_min or 0 for group in plan)
    seconds = max(group.seconds or 0 for group in plan)
    meters = max(group.meters or 0.0 for group in plan)
    return [
        Done(
            max(one.reps or 0, reps),
            one.weight_g,
            max(one.seconds or 0, seconds),
            max(one.meters or 0.0, meters),
        )
        if one.weight_g is not None and one.weight_g > heaviest_g
        else one
        for one in log
    ]


def _meets(done: Done, group: SetGroup) -> bool:
    """Whether a set reached the lower end of its plan at the load or more; how fast is not asked."""
    if group.load.kind is LoadKind.WEIGHT and (done.weight_g is None or done.weight_g < group.load.weight_g):
        return False
    if group.load.kind is LoadKind.BODYWEIGHT and (done.weight_g or 0) < group.load.weight_g:
        return False
    is_long_enough = group.meters is not None or (done.seconds or 0) >= (group.seconds or 0)
    is_far_enough = (done.meters or 0) >= (group.meters or 0)
    return is_long_enough and is_far_enough and (done.reps or 0) >= (group.reps_min or 0)


def _reps_ahead(line: ExerciseLine[T], gain: Gain, log: Sequence[Done], plan: Sequence[SetGroup]) -> int:
    """By how many reps the lower end is ahead now: one more than the fewest reached, up to the top."""
    room = max(((group.reps_max or 0) - (group.reps_min or 0) for group in _working(line)), default=0)
    reached = gain.reps
    while reached < room and _covers(log, [_further(group, reached + 1 - gain.reps) for group in plan]):
        reached += 1
    return min(room, reached + 1)


def _further(group: SetGroup, reps: int) -> SetGroup:
    if group.reps_min is None or group.reps_max is None:
        return group
    return group._replace(reps_min=min(group.reps_max, group.reps_min + reps))


def deloaded(line: ExerciseLine[T], unit: Unit, percent: float = DELOAD_PERCENT) -> ExerciseLine[T]:
    """A line with its working loads lower by so many percent.

    Weights are rounded to plates, and lower by one step of them at least; where that would leave nothing, and
    where the body alone is moved or is helped, the load stays. Loads in percent fall by the same part.
    """
    groups = tuple(
        group if group.is_warmup else group._replace(load=_lowered(group.load, unit, percent))
        for group in line.groups
    )
    return replace(line, groups=groups)


def _lowered(load: Load, unit: Unit, percent: float) -> Load:
    if load.kind is LoadKind.PERCENT:
        return load._replace(percent=round(load.percent * (1 - percent / 100), 2))
    lower_g = on_plates_g(load.weight_g * (1 - percent / 100), unit)
    if lower_g >= load.weight_g:
        lower_g = raised_g(load.weight_g, -plate_step_g(unit), 1, unit)
    return load._replace(weight_g=lower_g) if load.weight_g > 0 and lower_g > 0 else load


def suggested_deload(written: ExerciseLine[T], gain: Gain, unit: Unit) -> ExerciseLine[T] | None:
    """What a deload would make of a line that has come so far; its reps begin anew.

    None where it wasn't missed often enough, and where there is no load to be lowered.
    """
    if not gain.is_stalled:
        return None
    now = stands(written, gain._replace(reps=0), unit)
    lower = deloaded(now, unit)
    return lower if lower != now else None


def resolved(
    line: ExerciseLine[T], best_g: int | None, unit: Unit, body_g: int | None = None
) -> ExerciseLine[T]:
    """A line with its percentages as loads, on plates; as it was where no best e1RM is known.

    With `body_g` the best is of the body and what was added together, and the load is what is to be added or
    taken off. A weight is one step of the plates at least.
    """
    if best_g is None or not has_percent(line):
        return line
    return replace(line, groups=tuple(_resolved(group, best_g, unit, body_g) for group in line.groups))


def _resolved(group: SetGroup, best_g: int, unit: Unit, body_g: int | None) -> SetGroup:
    if group.load.kind is not LoadKind.PERCENT:
        return group
    weight_g = best_g * group.load.percent / 100
    if body_g is not None:
        added_g = min(on_plates_g(weight_g - body_g, unit), MOST_GRAMS)
        return group._replace(load=Load(LoadKind.BODYWEIGHT, added_g))
    least_g = max(on_plates_g(weight_g, unit), plate_step_g(unit))
    return group._replace(load=Load(LoadKind.WEIGHT, min(least_g, MOST_GRAMS)))


def has_percent(line: ExerciseLine[T]) -> bool:
    """Whether any of its loads is in percent."""
    return any(group.load.kind is LoadKind.PERCENT for group in line.groups)
