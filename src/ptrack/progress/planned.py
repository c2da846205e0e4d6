"""What is planned as it stands today: written loads with what logs earned, percentages, last time's sets.

A program keeps its lines as they were written. What its workouts have made of them is reckoned from the logs
each time (`rules.progression`), so that a log that is entered late, edited or removed re-decides it. Lines
that are written alike (the same exercise, sets and progression) share their progress wherever they stand in a
program: the squat of 5x5 goes up after day A and after day B. Lines of numbered weeks share theirs among
themselves only, for a wave is written as it is meant. Logs count from `prescription.load_since` on, which
whoever sets a load anew moves to now.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from ptrack.clients.queries import Practice, practice
from ptrack.database.reading import Reader, instant_text
from ptrack.moments import local_day_bounds
from ptrack.notation.model import ExerciseLine, Progression, SetGroup
from ptrack.programs import queries as programs
from ptrack.programs.queries import Lines, PlannedDay, ProgramRow
from ptrack.programs.rules import PlanDay
from ptrack.progress.lately import Best, LastTime, best_loads, last_times
from ptrack.progress.planned_queries import beginnings, program_sets
from ptrack.progress.rules.progression import (
    Done,
    Gain,
    gains,
    has_percent,
    resolved,
    stands,
    suggested_deload,
)
from ptrack.vocabulary import ProgramKind, Tracked, Unit

Line = ExerciseLine[int]


class PlannedLine(NamedTuple):
    """A line of a plan: as `written`, and as it stands now.

    `line` has what logs earned, and its percentages are loads. `best_g` is the load that 100 % of them is,
    added and body together where the body is moved; None where no percentage was resolved. `deload` is the
    lighter line that is worth suggesting, if one is. `last` is what was done of the exercise the last time.
    """

    written: Line
    line: Line
    gain: Gain = Gain()
    best_g: int | None = None
    deload: Line | None = None
    last: LastTime | None = None


class PlannedWorkout(NamedTuple):
    """A client's next planned workout today.

    `day` is what `next_planned` gives, with `day.lines` as they stand: what was earned is added, percentages
    are loads (without a record they stay percentages, and the load is left open). `lines` has, in the same
    order, each line with what it was made from.
    """

    day: PlannedDay
    lines: tuple[PlannedLine, ...]


class _Place(NamedTuple):
    """Where a line stands: its day, and which of the lines there that have its exercise."""

    day_id: int
    exercise_id: int
    nth: int


class _Family(NamedTuple):
    """What lines have in common that share their progress."""

    exercise_id: int
    groups: tuple[SetGroup, ...]
    progression: Progression | None
    is_for_a_week: bool
    since: str | None


class _Course(NamedTuple):
    """When a line was logged, as it is stored, and what it had gained after each time."""

    times: list[str]
    gains: list[Gain]

    def before(self, moment: str) -> Gain:
        """What it had gained before an instant."""
        logged = bisect_left(self.times, moment)
        return self.gains[logged - 1] if logged else Gain()


class _Written(NamedTuple):
    """A program's line with its family, and what is measured of its exercise."""

    line: Line
    family: _Family
    tracked: Tracked


def next_workout(
    reader: Reader,
    client_id: int,
    at: datetime,
    house: Practice,
    *,
    with_last: bool = True,
    day: PlannedDay | None = None,
) -> PlannedWorkout | None:
    """A client's next planned workout, or that of another `day`, with its loads as they stand then.

    Logs count up to the end of the day of that instant. None where nothing is planned. `with_last` tells of
    the last time.
    """
    today = house.local(at).date()
    day = day or programs.next_planned(reader, client_id, today)
    if day is None:
        return None
    before = local_day_bounds(today, house.zone)[1]
    exercises = sorted({line.exercise for line in day.lines})
    percents = sorted({line.exercise for line in day.lines if has_percent(line)})
    earned = _gains(reader, day.program_id, exercises, before, house.unit)
    bests = best_loads(reader, client_id, percents, today, house, day.workout_id) if percents else {}
    last = last_times(reader, client_id, exercises, before) if with_last else {}
    lines = tuple(
        _planned_line(
            line, earned.get(place, Gain()), house.unit, bests.get(line.exercise), last.get(line.exercise)
        )
        for place, line in _placed(day.day_id, day.lines)
    )
    return PlannedWorkout(day._replace(lines=tuple(each.line for each in lines)), lines)


def lines_after(
    reader: Reader, workout: PlannedWorkout, at: datetime, house: Practice
) -> tuple[PlannedLine, ...]:
    """The lines of a planned day as they stand after it was logged at an instant, percentages unresolved."""
    before = local_day_bounds(house.local(at).date(), house.zone)[1]
    exercises = sorted({each.line.exercise for each in workout.lines})
    earned = _gains(reader, workout.day.program_id, exercises, before, house.unit)
    written = [each.written for each in workout.lines]
    return tuple(
        _planned_line(line, earned.get(place, Gain()), house.unit)
        for place, line in _placed(workout.day.day_id, written)
    )


def _planned_line(
    written: Line, gain: Gain, unit: Unit, best: Best | None = None, last: LastTime | None = None
) -> PlannedLine:
    now = stands(written, gain, unit)
    deload = suggested_deload(written, gain, unit)
    if best is None or not has_percent(now):
        return PlannedLine(written, now, gain, None, deload, last)
    return PlannedLine(
        written, resolved(now, best.weight_g, unit, best.body_g), gain, best.weight_g, deload, last
    )


def _placed(day_id: int, lines: Iterable[Line]) -> Iterator[tuple[_Place, Line]]:
    """Each line of a day with its place."""
    seen: dict[int, int] = {}
    for line in lines:
        nth = seen[line.exercise] = seen.get(line.exercise, -1) + 1
        yield _Place(day_id, line.exercise, nth), line


def _written(
    reader: Reader, number: int, days: Sequence[PlanDay], prescribed: Mapping[int, Lines]
) -> dict[_Place, _Written]:
    """Every line of a program with its family."""
    rows = groupby(beginnings(reader, number), key=lambda row: row[0])
    facts = {day: list(own) for day, own in rows}
    found: dict[_Place, _Written] = {}
    for day in days:
        for (place, line), (_, _, since, tracked) in zip(
            _placed(day.id, prescribed[day.id]), facts.get(day.id, ()), strict=True
        ):
            family = _Family(line.exercise, line.groups, line.progression, day.week is not None, since)
            found[place] = _Written(line, family, Tracked(tracked))
    return found


def _gains(
    reader: Reader, number: int, exercises: Sequence[int], before: datetime, unit: Unit
) -> dict[_Place, Gain]:
    """What the logs of a program made of its lines that have one of those exercises, by their place."""
    found = _courses(reader, number, exercises, before, unit)
    return {place: course.gains[-1] for place, course in found.items()}


def _courses(
    reader: Reader, number: int, exercises: Sequence[int], before: datetime, unit: Unit
) -> dict[_Place, _Course]:
    rows = program_sets(reader, number, exercises, before)
    if not rows:
        return {}
    days = programs.days(reader, [number])[number]
    written = _written(reader, number, days, programs.lines(reader, days))
    logs: dict[_Family, list[tuple[str, list[Done]]]] = {}
    for place, performed_at, done in _logs(rows, written):
        family = written[place].family
        if family.since is None or performed_at > family.since:
            logs.setdefault(family, []).append((performed_at, done))
    courses = {
        each.family: _course(each, logs[each.family], unit)
        for each in written.values()
        if each.family in logs
    }
    return {place: courses[each.family] for place, each in written.items() if each.family in courses}


def _course(each: _Written, logs: Sequence[tuple[str, list[Done]]], unit: Unit) -> _Course:
    has_load = each.tracked is not Tracked.REPS
    after = gains(each.line, (done for _, done in logs), unit, has_load=has_load)
    return _Course([performed_at for performed_at, _ in logs], after)


def _logs(
    rows: Iterable[Any],
    written: Collection[_Place],
) -> Iterator[tuple[_Place, str, list[Done]]]:
    """The working sets that were logged of each line, workout by workout, with the instant as it is stored.

    Where an exercise stands several times in a day, the first time it was logged is of the first line, and so
    on; what was logged more often is of the last.
    """
    for (_, performed_at, day_id), own in groupby(rows, key=lambda row: row[:3]):
        found: dict[_Place, list[Done]] = {}
        seen: dict[int, list[int]] = {}
        for _, _, _, exercise, position, *done in own:
            positions = seen.setdefault(exercise, [])
            if position not in positions:
                positions.append(position)
            nth = positions.index(position)
            while nth >= 0 and _Place(day_id, exercise, nth) not in written:
                nth -= 1
            if nth >= 0:
                found.setdefault(_Place(day_id, exercise, nth), []).append(Done(*done))
        for place, sets in found.items():
            yield place, performed_at, sets


def current_lines(reader: Reader, row: ProgramRow, today: date) -> dict[int, tuple[PlannedLine, ...]]:
    """The lines of all days of a program as they stand today, under the days' numbers.

    What logs earned is added. A percentage stays one: it becomes a load only when its workout is opened, for
    the client's best changes until then. A template's lines stand as they are written.
    """
    before = local_day_bounds(today, practice(reader).zone)[1]
    lines_before = planned_through(reader, row, before)
    days = programs.days(reader, [row.id])[row.id]
    return {day.id: lines_before(day.id, before) for day in days}


def planned_through(
    reader: Reader, row: ProgramRow, until: datetime
) -> Callable[[int, datetime], tuple[PlannedLine, ...]]:
    """What gives the lines of a day, by its number, as they stood before an instant up to that one.

    Before their loads were last set anew they are as they were set.
    """
    days = programs.days(reader, [row.id])[row.id]
    prescribed = programs.lines(reader, days)
    unit = practice(reader).unit
    courses: dict[_Place, _Course] = {}
    if row.kind is ProgramKind.PROGRAM:
        exercises = sorted({line.exercise for lines in prescribed.values() for line in lines})
        courses = _courses(reader, row.id, exercises, until, unit)

    def lines_before(day: int, moment: datetime) -> tuple[PlannedLine, ...]:
        at, none = instant_text(moment), _Course([], [])
        return tuple(
            _planned_line(line, courses.get(place, none).before(at), unit)
            for place, line in _placed(day, prescribed.get(day, ()))
        )

    return lines_before
