"""What is decided about workouts: what a kind must name, when one may have been, what its text comes to."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from ptrack.errors import RuleError
from ptrack.notation.model import OPEN, ExerciseLine, Load, LoadKind, SetGroup
from ptrack.vocabulary import Activity, ExerciseCategory, Tracked, WorkoutKind

AHEAD = timedelta(days=1)
_SUPERVISED = (WorkoutKind.TRAINER_LED, WorkoutKind.GROUP)
_ALL_OF = {
    ExerciseCategory.CARDIO: Activity.CARDIO,
    ExerciseCategory.MOBILITY: Activity.MOBILITY,
}


@dataclass(frozen=True, slots=True)
class DoneSet:
    """One set as it is kept; loads in grams, None where nothing was said of one."""

    reps: int | None = None
    weight_g: int | None = None
    rpe: float | None = None
    seconds: int | None = None
    meters: float | None = None
    is_warmup: bool = False
    is_amrap: bool = False
    per_side: bool = False
    tempo: str | None = None


def check_kind(
    kind: WorkoutKind, session_id: int | None, trainer_id: int | None, program_id: int | None
) -> None:
    """Hold a workout to what its kind must and must not name; the database holds the same.

    Raises RuleError, which says what is missing or too much.
    """
    if kind in _SUPERVISED:
        if session_id is None or trainer_id is None:
            raise RuleError(f"A {_words(kind)} workout belongs to a session: name it with --session.")
        return
    if session_id is not None:
        raise RuleError(f"A {_words(kind)} workout has no session; one in a session is trainer-led or group.")
    if kind is WorkoutKind.SOLO and trainer_id is not None:
        raise RuleError(
            "A solo workout has no trainer; the trainer's plan done alone is --kind trainer_assisted."
        )
    if kind is WorkoutKind.TRAINER_ASSISTED and (trainer_id is None or program_id is None):
        raise RuleError("A trainer-assisted workout needs a trainer and a program that the client follows.")


def _words(kind: WorkoutKind) -> str:
    return kind.replace("_", "-")


def check_time(performed_at: datetime, now: datetime) -> None:
    """Refuse a workout that lies more than a day ahead; clocks and zones may be that far apart, plans not."""
    if performed_at > now + AHEAD:
        raise RuleError("A workout is logged when it has been done; this time is more than a day ahead.")


def usual_activity(categories: Collection[ExerciseCategory]) -> Activity:
    """What sort of training such exercises make: all cardio, all mobility, or else strength."""
    kinds = set(categories)
    return _ALL_OF.get(kinds.pop(), Activity.STRENGTH) if len(kinds) == 1 else Activity.STRENGTH


def done_sets(groups: Iterable[SetGroup]) -> list[DoneSet]:
    """The sets that groups of the notation come to.

    A range counts as its lower end and `5+` as 5, the last set being marked; a percentage and no load at all
    leave the load open; what was skipped makes no set.
    """
    return [one for group in groups if not group.is_skipped for one in _sets_of(group)]


def _sets_of(group: SetGroup) -> Iterator[DoneSet]:
    for number in range(1, group.sets + 1):
        yield DoneSet(
            reps=group.reps_min,
            weight_g=load_g(group.load),
            rpe=group.rpe,
            seconds=group.seconds,
            meters=group.meters,
            is_warmup=group.is_warmup,
            is_amrap=group.amrap and number == group.sets,
            per_side=group.per_side,
            tempo=group.tempo,
        )


def load_g(load: Load) -> int | None:
    """A load in grams: what was added or taken off where it is of the body; None where it is open."""
    return load.weight_g if load.kind in (LoadKind.WEIGHT, LoadKind.BODYWEIGHT) else None


def is_skipped(groups: Sequence[SetGroup]) -> bool:
    """Whether the exercise was left out; one that has no sets yet is not."""
    return bool(groups) and all(group.is_skipped for group in groups)


def is_in_percent(line: ExerciseLine[Any]) -> bool:
    """Whether a line says a load of its sets in percent."""
    return any(group.load.kind is LoadKind.PERCENT and not group.is_skipped for group in line.groups)


def inferred_tracking(groups: Iterable[SetGroup]) -> Tracked:
    """What is measured of an exercise that nobody has described, from the first sets logged of it.

    Any distance: distance and time. Else a time without reps: time. Else a load on top of body weight:
    bodyweight plus. Else a weight, or a percentage: weight and reps. Else reps alone.
    """
    done = [group for group in groups if not group.is_skipped]
    loads = {group.load.kind for group in done}
    if any(group.meters for group in done):
        return Tracked.DISTANCE_TIME
    if any(group.seconds and not group.reps_min for group in done):
        return Tracked.TIME
    if LoadKind.BODYWEIGHT in loads:
        return Tracked.BODYWEIGHT_PLUS
    if loads & {LoadKind.WEIGHT, LoadKind.PERCENT}:
        return Tracked.WEIGHT_REPS
    return Tracked.REPS if done else Tracked.WEIGHT_REPS


def groups_of(sets: Iterable[DoneSet], tracked: Tracked) -> tuple[SetGroup, ...]:
    """The sets as groups of the notation that read back as the same sets; equal neighbours are one group."""
    return tuple(
        _group_of(list(alike), tracked) for _, alike in groupby(_with_runs(sets), key=lambda pair: pair[0])
    )


def _with_runs(sets: Iterable[DoneSet]) -> Iterator[tuple[tuple[Any, ...], DoneSet]]:
    """Each set with what it shares with its group; a set of as many as possible ends one."""
    run = 0
    for one in sets:
        shared = (one.reps, one.weight_g, one.rpe, one.seconds, one.meters, one.is_warmup)
        yield (*shared, one.per_side, one.tempo, run), one
        run += one.is_amrap


def _group_of(pairs: Sequence[tuple[Any, DoneSet]], tracked: Tracked) -> SetGroup:
    first, last = pairs[0][1], pairs[-1][1]
    reps = first.reps or None
    return SetGroup(
        sets=len(pairs),
        reps_min=reps,
        reps_max=reps,
        amrap=last.is_amrap,
        load=_load_of(first.weight_g, tracked),
        rpe=first.rpe,
        seconds=first.seconds or None,
        meters=first.meters or None,
        per_side=first.per_side,
        tempo=first.tempo,
        is_warmup=first.is_warmup,
    )


def _load_of(weight_g: int | None, tracked: Tracked) -> Load:
    if weight_g is None:
        return OPEN
    is_body = weight_g <= 0 or tracked is Tracked.BODYWEIGHT_PLUS
    return Load(LoadKind.BODYWEIGHT if is_body else LoadKind.WEIGHT, weight_g)
