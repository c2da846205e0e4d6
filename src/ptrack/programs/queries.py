"""Templates and programs, as frozen rows, and the plans they hold."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple, TypeVar

from ptrack.database.reading import Reader, named_list
from ptrack.errors import NotFoundError
from ptrack.naming import Named, resolve
from ptrack.notation.model import Day, ExerciseLine, Program
from ptrack.programs.prescriptions import GroupRow, lines_of
from ptrack.programs.rules import (
    PlanDay,
    Slot,
    Standing,
    Tally,
    days_of_week,
    due_workouts,
    planned_slots,
    standing,
)
from ptrack.vocabulary import Origin, ProgramKind, ProgramStatus

Row = TypeVar("Row")
Lines = tuple[ExerciseLine[int], ...]


class ProgramRow(NamedTuple):
    """A template, or a client's program."""

    id: int
    kind: ProgramKind
    name: str
    weeks: int
    days_per_week: int
    goal: str | None
    description: str | None
    origin: Origin | None
    template_id: int | None
    template: str | None
    client_id: int | None
    client: str | None
    trainer_id: int | None
    trainer: str | None
    start_date: date | None
    end_date: date | None
    status: ProgramStatus | None


class Followed(NamedTuple):
    """A template or program with how far its client is; a template has no standing."""

    row: ProgramRow
    standing: Standing | None


class PlannedDay(NamedTuple):
    """The next planned workout of a client.

    It is number `number` of the `planned` ones of the program. `loaded` are those of its exercises that are
    done with a weight. `workout_id` is the workout that was opened for it and waits to be filled.
    """

    program_id: int
    program: str
    day_id: int
    day_name: str
    week: int
    number: int
    planned: int
    lines: Lines
    loaded: frozenset[int] = frozenset()
    workout_id: int | None = None


class NextDay(NamedTuple):
    """What a client's next planned workout is called."""

    program: str
    day: str


PROGRAMS = """
SELECT p.id, p.kind, p.name, p.weeks, p.days_per_week, p.goal, p.description, p.origin, p.template_id,
       o.name AS template, p.client_id, c.name AS client, p.trainer_id, t.name AS trainer, p.start_date,
       p.end_date, p.status
FROM program p
LEFT JOIN program o ON o.id = p.template_id
LEFT JOIN client c ON c.id = p.client_id
LEFT JOIN trainer t ON t.id = p.trainer_id"""

NAMES = """
SELECT p.id, p.name, p.status, c.name AS client
FROM program p
LEFT JOIN client c ON c.id = p.client_id
WHERE c.removed_at IS NULL
ORDER BY p.id"""

DAYS = """
SELECT id, program_id, name, week FROM program_day WHERE program_id IN ({ids})
ORDER BY program_id, position"""

GROUPS = """
SELECT g.day_id, g.exercise_id, x.name AS exercise, g.position, g.part, g.section, g.superset, g.sets,
       g.reps_min, g.reps_max, g.amrap, g.weight_g, g.percent, g.is_bodyweight, g.rpe, g.seconds, g.meters,
       g.per_side, g.tempo, g.is_warmup, g.rest_seconds, g.progression, g.notes
FROM prescription g
JOIN exercise x ON x.id = g.exercise_id
WHERE g.day_id IN ({ids})
ORDER BY g.day_id, g.position, g.part"""

DAY_NUMBERS = "SELECT id FROM program_day WHERE program_id = :program ORDER BY position"
LINE_NUMBERS = "SELECT id FROM prescription WHERE day_id = :day ORDER BY position, part"
PLACED_LINES = "SELECT position, id FROM prescription WHERE day_id = :day ORDER BY position, part"
EXERCISES_OF = """
SELECT DISTINCT g.exercise_id
FROM program_day d
JOIN prescription g ON g.day_id = d.id
WHERE d.program_id = :program"""
COPIES = "SELECT id FROM program WHERE template_id = :program ORDER BY id"

TALLIES = """
SELECT program_id, day_id, week, status, count(*) AS times
FROM workout
WHERE program_id IN ({ids}) AND day_id IS NOT NULL AND status IN ('completed', 'skipped')
GROUP BY program_id, day_id, week, status"""

LOADED = """
SELECT DISTINCT x.id
FROM prescription g
JOIN exercise x ON x.id = g.exercise_id
WHERE g.day_id = :day AND x.tracked = 'weight_reps'"""

LAST_COUNTED = """
SELECT max(performed_at) FROM workout
WHERE program_id = :program AND day_id IS NOT NULL AND status = 'completed'"""

OPENED = """
SELECT id FROM workout
WHERE program_id = :program AND day_id = :day AND week = :week AND status = 'in_progress'
ORDER BY id LIMIT 1"""


def template_names(reader: Reader) -> list[Named]:
    """The templates' numbers and names."""
    return [Named(number, name) for number, name, status, _ in reader.tuples(NAMES) if status is None]


def program_names(reader: Reader, status: ProgramStatus | None = None) -> list[Named]:
    """The clients' programs, each called by its name and its client's, and by its name alone."""
    return [
        Named(number, f"{name}, {client}", (name,))
        for number, name, its_status, client in reader.tuples(NAMES)
        if its_status is not None and status in (None, its_status)
    ]


def any_program(reader: Reader, text: str) -> Named:
    """The template or program of that number; else the template, else the program, of that name.

    Of several programs of that name it is the active one.
    """
    templates, programs = template_names(reader), program_names(reader)
    if text.strip().isdigit():
        return resolve(text, [*templates, *programs], "program")
    for entries in (templates, program_names(reader, ProgramStatus.ACTIVE), programs):
        try:
            return resolve(text, entries, "program")
        except NotFoundError:
            continue
    return resolve(text, [*templates, *programs], "program")


def template(reader: Reader, text: str) -> Named:
    """The template of that number or name; a client's program is refused by name."""
    number = text.strip().lstrip("0")
    for program in program_names(reader):
        if str(program.id) == number:
            raise NotFoundError(
                f"{program.id} is no template but a client's: {program.name}.\n"
                "See the templates: ptrack programs templates"
            )
    return resolve(text, template_names(reader), "template")


def client_program(reader: Reader, text: str) -> Named:
    """A program or template by number, or a client's active program by name."""
    if text.strip().isdigit():
        return any_program(reader, text)
    return resolve(text, program_names(reader, ProgramStatus.ACTIVE), "active program")


def _programs(reader: Reader, conditions: Sequence[str], given: dict[str, Any]) -> list[ProgramRow]:
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return reader.rows(ProgramRow, f"{PROGRAMS}{where} ORDER BY p.id", **given)


def templates(reader: Reader) -> list[ProgramRow]:
    """Every template, the built-in ones first."""
    return _programs(reader, ["p.kind = 'template'"], {})


def program(reader: Reader, number: int) -> ProgramRow:
    """One template or program by number."""
    (row,) = _programs(reader, ["p.id = :program"], {"program": number})
    return row


def programs(
    reader: Reader, client_id: int | None = None, status: ProgramStatus | None = None
) -> list[ProgramRow]:
    """The clients' programs (of one client, of one status), active ones first, then by client and start."""
    wanted = {"client_id": client_id, "status": status}
    given = {key: value for key, value in wanted.items() if value is not None}
    conditions = ["p.kind = 'program'", "c.removed_at IS NULL", *(f"p.{key} = :{key}" for key in given)]
    order = list(ProgramStatus)
    return sorted(
        _programs(reader, conditions, given),
        key=lambda row: (order.index(row.status or order[0]), (row.client or "").casefold(), row.start_date),
    )


def days(reader: Reader, numbers: Sequence[int]) -> dict[int, list[PlanDay]]:
    """The days of each program, in order."""
    found: dict[int, list[PlanDay]] = {number: [] for number in numbers}
    for day in _rows_of(reader, PlanDay, DAYS, numbers):
        found[day.program_id].append(day)
    return found


def _rows_of(reader: Reader, row_type: type[Row], sql: str, numbers: Sequence[int]) -> list[Row]:
    """The rows that a query with `IN ({ids})` gives for those numbers; none for no number."""
    ids, values = named_list("id", numbers)
    return reader.rows(row_type, sql.format(ids=ids), **values) if numbers else []


def lines(reader: Reader, plan_days: Sequence[PlanDay]) -> dict[int, Lines]:
    """The exercise lines of each day, under the day's number."""
    groups: dict[int, list[GroupRow]] = {day.id: [] for day in plan_days}
    for row in _rows_of(reader, GroupRow, GROUPS, list(groups)):
        groups[row.day_id].append(row)
    return {day: lines_of(rows) for day, rows in groups.items()}


def exercises_of(reader: Reader, number: int) -> set[int]:
    """The numbers of the exercises that a program prescribes anywhere."""
    return set(reader.values(EXERCISES_OF, program=number))


def plans(reader: Reader, rows: Sequence[ProgramRow]) -> list[Program[int]]:
    """What the programs prescribe, as the notation has it."""
    found = days(reader, [row.id for row in rows])
    prescribed = lines(reader, [day for each in found.values() for day in each])
    return [
        Program(
            name=row.name,
            weeks=row.weeks,
            days_per_week=row.days_per_week,
            days=tuple(Day(day.name, prescribed[day.id], day.week) for day in found[row.id]),
            goal=row.goal,
        )
        for row in rows
    ]


def followed(reader: Reader, rows: Sequence[ProgramRow], today: date) -> list[Followed]:
    """Templates and programs with how far their clients are."""
    numbers = [row.id for row in rows if row.kind is ProgramKind.PROGRAM]
    plan_days, tallies = days(reader, numbers), _tallies(reader, numbers)
    return [
        Followed(row, _standing(row, plan_days[row.id], tallies[row.id], today) if row.start_date else None)
        for row in rows
    ]


def _tallies(reader: Reader, numbers: Sequence[int]) -> dict[int, list[Tally]]:
    found: dict[int, list[Tally]] = {number: [] for number in numbers}
    for tally in _rows_of(reader, Tally, TALLIES, numbers):
        found[tally.program_id].append(tally)
    return found


def _standing(
    row: ProgramRow, plan_days: Sequence[PlanDay], tallies: Sequence[Tally], today: date
) -> Standing:
    """How far along a program is; what was due stops growing where it ended."""
    assert row.start_date is not None  # noqa: S101  a program has one, the database sees to it
    last = min(today, row.end_date) if row.end_date else today
    due = due_workouts(row.start_date, last, row.days_per_week)
    return standing(planned_slots(plan_days, row.weeks, row.days_per_week), tallies, due)


def program_standing(reader: Reader, number: int, today: date) -> Standing:
    """How far along one client's program is."""
    (found,) = followed(reader, [program(reader, number)], today)
    assert found.standing is not None  # noqa: S101  asked of programs only
    return found.standing


def next_planned(reader: Reader, client_id: int, today: date) -> PlannedDay | None:
    """A client's next planned workout: the first day not yet logged, in order, week by week.

    Of several active programs it is the one that started first, as long as it has a day left. None where
    there is no active program, or nothing left of any.
    """
    rows = programs(reader, client_id, ProgramStatus.ACTIVE)
    for each in followed(reader, sorted(rows, key=lambda row: (row.start_date, row.id)), today):
        if each.standing and each.standing.next:
            return _planned_day(reader, each.row, each.standing.next, each.standing.planned)
    return None


def last_counted(reader: Reader, program_id: int) -> datetime | None:
    """When the last workout was done that counts for a program; None before the first."""
    found = reader.value(LAST_COUNTED, program=program_id)
    return datetime.fromisoformat(found).replace(tzinfo=UTC) if found else None


def planned_day_called(reader: Reader, client_id: int, today: date, name: str) -> PlannedDay:
    """A day of the week that a client's program is in, by its name; NotFoundError where none is called so."""
    plan = next_planned(reader, client_id, today)
    if plan is None:
        raise NotFoundError("The client has no active program with a day left.\nSee: ptrack programs list")
    week = days_of_week(days(reader, [plan.program_id])[plan.program_id], plan.week)
    found = resolve(name, [Named(day.id, day.name) for day in week], "day")
    day = next(day for day in week if day.id == found.id)
    row = program(reader, plan.program_id)
    return _planned_day(reader, row, Slot(plan.number, plan.week, day), plan.planned)


def _planned_day(reader: Reader, row: ProgramRow, slot: Slot, planned: int) -> PlannedDay:
    return PlannedDay(
        program_id=row.id,
        program=row.name,
        day_id=slot.day.id,
        day_name=slot.day.name,
        week=slot.week,
        number=slot.number,
        planned=planned,
        lines=lines(reader, [slot.day])[slot.day.id],
        loaded=frozenset(reader.values(LOADED, day=slot.day.id)),
        workout_id=reader.value(OPENED, program=row.id, day=slot.day.id, week=slot.week),
    )


def next_days(reader: Reader, clients: Sequence[int], today: date) -> dict[int, NextDay]:
    """The names of several clients' next planned workouts, by client, as `next_planned` finds them."""
    if not clients:
        return {}
    ids, values = named_list("id", clients)
    conditions = ["p.kind = 'program'", "p.status = 'active'", f"p.client_id IN ({ids})"]
    rows = sorted(_programs(reader, conditions, values), key=lambda row: (row.start_date, row.id))
    found: dict[int, NextDay] = {}
    for each in followed(reader, rows, today):
        if each.standing and each.standing.next and each.row.client_id is not None:
            found.setdefault(each.row.client_id, NextDay(each.row.name, each.standing.next.day.name))
    return found
