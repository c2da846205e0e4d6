"""A program written anew in place: its days and lines keep their numbers, so that workouts still count.

The database lets no two days or lines stand in one place, not for a moment. So those that change places leave
theirs first.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from ptrack.database.session import Writing
from ptrack.models.logbook import Workout
from ptrack.models.plans import Program, ProgramDay
from ptrack.models.prescriptions import Prescription
from ptrack.notation.model import Day, ExerciseLine
from ptrack.notation.model import Program as Plan
from ptrack.programs import queries
from ptrack.programs.matching import matched_days, matched_lines
from ptrack.programs.prescriptions import columns_of
from ptrack.programs.rules import PlanDay, days_of_week

Line = ExerciseLine[int]
Columns = dict[str, Any]

WORKOUTS_OF_DAYS = """
SELECT id, day_id, week FROM workout WHERE program_id = :program AND day_id IS NOT NULL ORDER BY id"""


class Revision(NamedTuple):
    """A plan as it is `written`, as it was `shown` with the loads of that day, and as it is `wanted`."""

    written: Plan[int]
    shown: Plan[int]
    wanted: Plan[int]


def revise(work: Writing, number: int, plans: Revision, since: datetime | None) -> Counter[str]:
    """Make a program prescribe what is wanted; how many workouts each day had that is gone, by its name.

    A line whose sets and progression are as they were shown keeps what is written, and with it what its logs
    have earned. Any other is written anew, and logs count for it `since` then; None for a template.
    """
    wanted = plans.wanted
    row = work.get(Program, number)
    row.name, row.weeks, row.days_per_week = wanted.name, wanted.weeks, wanted.days_per_week
    row.goal, row.edited_at = wanted.goal, work.now
    before = [work.get(ProgramDay, day) for day in work.reader.values(queries.DAY_NUMBERS, program=number)]
    found = matched_days(plans.shown.days, wanted.days)
    places = {old: new + 1 for new, old in found.items()}
    _step_aside(work, ((day, places.get(old)) for old, day in enumerate(before)))
    after = []
    for place, day in enumerate(wanted.days):
        old = found.get(place)
        after.append(_put_day(work, number, place + 1, day, None if old is None else before[old]))
        was = () if old is None else plans.written.days[old].lines
        seemed = () if old is None else plans.shown.days[old].lines
        _put_lines(work, _number(after[-1]), _Lines(was, seemed, day.lines), since)
    heirs = {_number(before[old]): after[new] for new, old in found.items()}
    bereft = _move_workouts(work, number, before, after, heirs)
    for day_row in before:
        if _number(day_row) not in heirs:
            _remove_day(work, day_row)
    return bereft


def carried(shown: Plan[int], now: Plan[int], wanted: Plan[int]) -> Plan[int]:
    """What is wanted, the lines that are as they were `shown` with the sets that they have `now`.

    The two have the same days and lines; logs may have raised loads in between.
    """
    found = matched_days(shown.days, wanted.days)
    days = [
        _carried(shown.days[found[place]].lines, now.days[found[place]].lines, day) if place in found else day
        for place, day in enumerate(wanted.days)
    ]
    return replace(wanted, days=tuple(days))


def _carried(shown: Sequence[Line], now: Sequence[Line], wanted: Day[int]) -> Day[int]:
    found = matched_lines(shown, wanted.lines)
    lines = [
        replace(line, groups=now[found[place]].groups)
        if place in found and _is_as_shown(shown[found[place]], line)
        else line
        for place, line in enumerate(wanted.lines)
    ]
    return replace(wanted, lines=tuple(lines))


def _number(row: ProgramDay) -> int:
    assert row.id is not None  # noqa: S101  read from the database, or flushed
    return row.id


def _step_aside(work: Writing, places: Iterable[tuple[ProgramDay | Prescription, int | None]]) -> None:
    """Free the places of rows that are to stand at another one, or to go."""
    for row, place in places:
        if row.position != place:
            row.position = -1 - row.position
    work.flush()


def _put_day(work: Writing, number: int, position: int, day: Day[int], row: ProgramDay | None) -> ProgramDay:
    """The row of a day, in its place."""
    if row is None:
        return work.add(ProgramDay(program_id=number, position=position, name=day.name, week=day.week))
    row.position, row.name, row.week = position, day.name, day.week
    work.flush()
    return row


class _Lines(NamedTuple):
    """The lines of a day as they are written, as they were shown, and as they are wanted."""

    written: Sequence[Line]
    shown: Sequence[Line]
    wanted: Sequence[Line]


def _put_lines(work: Writing, day: int, lines: _Lines, since: datetime | None) -> None:
    """Write what is different about the lines of a day, row by row."""
    if [_substance(line) for line in lines.shown] == [_substance(line) for line in lines.wanted]:
        return
    numbers = work.reader.values(queries.LINE_NUMBERS, day=day)
    rows = (work.get(Prescription, number) for number in numbers)
    kept = [list(same) for _, same in groupby(rows, key=lambda row: row.position)]
    found = matched_lines(lines.shown, lines.wanted)
    for old in set(range(len(kept))) - set(found.values()):
        _remove_rows(work, kept[old])
    _step_aside(work, ((row, new + 1) for new, old in found.items() for row in kept[old]))
    for place, line in enumerate(lines.wanted):
        mine = kept[found[place]] if place in found else []
        if place in found and _is_as_shown(lines.shown[found[place]], line):
            same = replace(line, groups=lines.written[found[place]].groups)
            _put_rows(work, day, mine, columns_of(same, place + 1))
        else:
            _put_rows(work, day, mine, columns_of(line, place + 1), since)
    work.flush()


def _substance(line: Line) -> Line:
    """A line but for how its exercise is called in the text."""
    return replace(line, name="")


def _is_as_shown(shown: Line, wanted: Line) -> bool:
    return (shown.groups, shown.progression) == (wanted.groups, wanted.progression)


def _put_rows(
    work: Writing, day: int, rows: list[Prescription], columns: list[Columns], *since: datetime | None
) -> None:
    """Write a line's groups into its rows; with `since` logs count from there on, without as before."""
    _remove_rows(work, rows[len(columns) :])
    for row, values in zip(rows, columns, strict=False):
        for name, value in values.items():
            setattr(row, name, value)
    added = [Prescription(day_id=day, **values) for values in columns[len(rows) :]]
    work.session.add_all(added)
    for row in (*rows[: len(columns)], *added) if since else ():
        row.load_since = since[0]


def _remove_rows(work: Writing, rows: Iterable[Prescription]) -> None:
    for row in rows:
        work.delete(row)


def _move_workouts(
    work: Writing,
    number: int,
    before: Sequence[ProgramDay],
    after: Sequence[ProgramDay],
    heirs: dict[int, ProgramDay],
) -> Counter[str]:
    """Let each workout point at what is now the day that it was of, in its week; how many have none.

    It is the day of the same name (or of the name that it got) that its week now has, so that a week may get
    a day of its own, or lose it, after it was trained.
    """
    names = {_number(day): heirs.get(_number(day), day).name.casefold() for day in before}
    called = {_number(day): day.name for day in before}
    days = [PlanDay(_number(day), number, day.name, day.week) for day in after]
    bereft: Counter[str] = Counter()
    for workout, day_id, week in work.reader.tuples(WORKOUTS_OF_DAYS, program=number):
        if day_id not in names:
            continue
        own = days if week is None else days_of_week(days, week)
        same = [day.id for day in own if day.name.casefold() == names[day_id]]
        heir = heirs.get(day_id)
        target = day_id if heir is not None and (week is None or not same) else next(iter(same), None)
        if target is None:
            bereft[called[day_id]] += 1
        if target != day_id:
            work.get(Workout, workout).day_id = target
    work.flush()
    return bereft


def _remove_day(work: Writing, row: ProgramDay) -> None:
    """Remove a day with its lines, one by one, so that the journal has them."""
    _remove_rows(
        work, [work.get(Prescription, key) for key in work.reader.values(queries.LINE_NUMBERS, day=row.id)]
    )
    work.delete(row)
