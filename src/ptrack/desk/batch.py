"""Logging a note of many workouts, all or none: what is there already is not logged again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from typing import Any, cast

from ptrack.clients.queries import Practice, practice
from ptrack.database.session import Writing
from ptrack.desk.entry import Entry, enter
from ptrack.desk.log import Lines, exercise_finder, with_created
from ptrack.errors import UsageError
from ptrack.moments import clock_text, local_day_bounds
from ptrack.notation.batch import DatedWorkout, has_dates, parse_batch
from ptrack.notation.mistakes import notation_error
from ptrack.notation.model import ExerciseLine, LoadKind, Mistake
from ptrack.notation.statements import lines_of
from ptrack.workouts.queries import ListedWorkout, exercise_rows, set_rows, workouts
from ptrack.workouts.rules import DoneSet, done_sets
from ptrack.workouts.views import log_lines

_MOST_TOLD = 3


@dataclass(frozen=True)
class EnteredBatch:
    """The numbers of the workouts that were logged, in the order they were done, and what to say of them."""

    numbers: tuple[int, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True)
class _Known:
    """A workout that is logged already, and what was done in it."""

    row: ListedWorkout
    lines: Lines

    @property
    def exercises(self) -> set[int]:
        """The exercises that were done in it."""
        return {line.exercise for line in self.lines}


def is_batch(text: str | None) -> bool:
    """Whether a text holds dated workouts rather than one."""
    return text is not None and has_dates(text)


def enter_batch(work: Writing, entry: Entry, *, again: bool = False) -> EnteredBatch:
    """Log every workout of `entry.text`, each as `enter` does; what else the entry says is said of each.

    A workout that is logged already, with the same sets on the same day (at the same time, where the text
    names it), is left alone unless `again`. Raises what `enter` raises; NotationError with every mistake of
    the text, among them a workout at the very time of another with the same exercises and other sets.
    """
    _refuse_options(entry)
    assert entry.text is not None  # noqa: S101  there is a batch
    house = practice(work.reader)
    now = house.local(work.now).replace(tzinfo=None)
    finder = exercise_finder(work, create=entry.create)
    batch = parse_batch(entry.text, unit=house.unit, zone=house.zone, now=now, resolve=finder)
    found = _numbered(work, batch.workouts)
    there: list[ListedWorkout] = []
    if not again:
        found, there = _new_ones(work, entry, found, house)
    entered = [
        (workout, enter(work, _entry_of(entry, workout)))
        for workout in sorted(found, key=lambda workout: workout.instant)
    ]
    told = [f"{clock_text(each.local)}: {text}" for each, done in entered for text in done.notices]
    numbers = tuple(done.number for _, done in entered)
    return EnteredBatch(numbers, (*batch.notices, *told, *_left_alone(there, house)))


def _refuse_options(entry: Entry) -> None:
    """What one workout has for itself cannot be said of several."""
    if entry.performed_at is not None:
        raise UsageError("The text names its own dates; leave --when out.")
    if entry.session_id is not None:
        raise UsageError("--session is for one workout; this text has dates and may hold several.")


def _numbered(work: Writing, found: Sequence[DatedWorkout[int | str]]) -> list[DatedWorkout[int]]:
    """The workouts with an exercise made, once, for each name that has none."""
    lines = iter(with_created(work, [line for workout in found for line in workout.lines]))
    return [
        cast("DatedWorkout[int]", replace(workout, lines=tuple(islice(lines, len(workout.lines)))))  # type: ignore[arg-type]
        for workout in found
    ]


def _entry_of(entry: Entry, workout: DatedWorkout[int]) -> Entry:
    return replace(
        entry,
        text=None,
        lines=workout.lines,
        performed_at=workout.instant,
        title=workout.title or entry.title,
        duration_min=workout.duration_min or entry.duration_min,
    )


def _new_ones(
    work: Writing, entry: Entry, found: Sequence[DatedWorkout[int]], house: Practice
) -> tuple[list[DatedWorkout[int]], list[ListedWorkout]]:
    """The workouts that are not logged yet, and those that are.

    Raises: NotationError where one stands at the time of another with other sets.
    """
    known = _known(work, entry.client_id, found, house)
    new: list[DatedWorkout[int]] = []
    there: list[ListedWorkout] = []
    for workout in found:
        same = next((each for each in known if _is_same(each, workout, house)), None)
        if same:
            known.remove(same)
            there.append(same.row)
        else:
            new.append(workout)
    mistakes = [mistake for workout in new for mistake in _in_the_way(known, workout)]
    if mistakes:
        raise notation_error("-", lines_of(entry.text or ""), mistakes)
    return new, there


def _known(
    work: Writing, client_id: int, found: Sequence[DatedWorkout[int]], house: Practice
) -> list[_Known]:
    """The client's workouts on the days that the text is of."""
    if not found:
        return []
    days = {workout.local.date() for workout in found}
    since, _ = local_day_bounds(min(days), house.zone)
    _, until = local_day_bounds(max(days) + timedelta(days=1), house.zone)
    rows = workouts(work.reader, client_id, since, until)
    return [_known_one(work, row) for row in rows if house.local(row.performed_at).date() in days]


def _known_one(work: Writing, row: ListedWorkout) -> _Known:
    lines = log_lines(exercise_rows(work.reader, row.id), set_rows(work.reader, row.id))
    return _Known(row, tuple(lines))


def _are_alike(done: Lines, typed: Lines) -> bool:
    """Whether lines have the same exercises, reps, loads, times and distances, in order.

    A load that is typed in percent may have come to any.
    """
    return len(done) == len(typed) and all(map(_is_line_alike, done, typed))


def _is_line_alike(done: ExerciseLine[int], typed: ExerciseLine[int]) -> bool:
    own, others = done_sets(done.groups), _typed_sets(typed)
    return (done.exercise, len(own)) == (typed.exercise, len(others)) and all(
        _tells(one, is_in_percent=other[1]) == _tells(other[0], is_in_percent=other[1])
        for one, other in zip(own, others, strict=True)
    )


def _typed_sets(line: ExerciseLine[int]) -> list[tuple[DoneSet, bool]]:
    """The sets of a line, and whether the load of each is in percent."""
    return [(one, group.load.kind is LoadKind.PERCENT) for group in line.groups for one in done_sets([group])]


def _tells(one: DoneSet, *, is_in_percent: bool) -> tuple[Any, ...]:
    """What tells one set from another."""
    weight_g = None if is_in_percent else one.weight_g
    return one.reps, weight_g, one.seconds, one.meters, one.is_warmup


def _is_same(known: _Known, workout: DatedWorkout[int], house: Practice) -> bool:
    if not _are_alike(known.lines, workout.lines):
        return False
    if workout.has_hour:
        return known.row.performed_at == workout.instant
    return house.local(known.row.performed_at).date() == workout.local.date()


def _in_the_way(known: Sequence[_Known], workout: DatedWorkout[int]) -> list[Mistake]:
    """What to say of a workout at the very time of another that has some of its exercises."""
    exercises = {line.exercise for line in workout.lines}
    return [
        Mistake(
            *workout.place,
            f"workout {each.row.id} stands at {clock_text(workout.local)} with other sets; change that one: "
            f"ptrack log edit {each.row.id}; or log this beside it: --again",
        )
        for each in known
        if each.row.performed_at == workout.instant and each.exercises & exercises
    ]


def _left_alone(there: Sequence[ListedWorkout], house: Practice) -> tuple[str, ...]:
    """That workouts are logged already."""
    if not there:
        return ()
    shown = [f"{row.id} ({clock_text(house.local(row.performed_at))})" for row in there[:_MOST_TOLD]]
    more = f" and {len(there) - _MOST_TOLD} more" if len(there) > _MOST_TOLD else ""
    count, them = ("1 workout is", "it") if len(there) == 1 else (f"{len(there)} workouts are", "them")
    told = f"{count} logged already and left alone: {', '.join(shown)}{more}."
    return (f"{told} To log {them} once more: --again",)
