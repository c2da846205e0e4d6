"""What the demo's clients train, and the sets that come of it."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ptrack.database.session import Writing
from ptrack.desk.demo.cast import DAYS, OTHER_SHARE, SHARE_OF_SQUAT, Person
from ptrack.notation import print_prescription
from ptrack.notation.model import ExerciseLine, LoadKind
from ptrack.programs import actions as programs
from ptrack.programs import queries as program_queries
from ptrack.programs.rules import planned_slots
from ptrack.progress.rules.progression import Gain, stands
from ptrack.vocabulary import Tracked, Unit

USUAL_REPS = 8
BEGIN_SHARE = 0.75
"""With how much of their strength somebody begins a program that adds to the load every time."""

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """What planning needs: the transaction, the zone, this week's Monday, the exercises by name."""

    work: Writing
    zone: ZoneInfo
    monday: date
    lifts: dict[str, tuple[int, Tracked]]

    def midnight(self, day: date) -> datetime:
        """The instant at which a day begins."""
        return datetime.combine(day, time(), self.zone)


class SetRow(NamedTuple):
    """One set, in the order of its table's columns."""

    workout_exercise: int
    position: int
    reps: int | None = None
    weight_g: int | None = None
    rpe: float | None = None
    seconds: int | None = None
    meters: int | None = None
    is_warmup: bool = False
    is_amrap: bool = False
    per_side: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One exercise of a day: its number, how it is tracked, the sets and reps, and the plan's notation.

    `weight_g` is the load where the plan names one; None where it is open.
    """

    exercise: int
    name: str
    tracked: Tracked
    sets: int
    reps: int
    planned: str | None = None
    weight_g: int | None = None


@dataclass(frozen=True, slots=True)
class Training:
    """What is done in one workout, and which day of which program it is."""

    title: str
    lines: tuple[Line, ...]
    program: int | None = None
    day: int | None = None
    week: int | None = None


class Plan:
    """What a client trains next: the days of the general plan in turn, then those of the assigned program."""

    def __init__(self, book: Book, client: int, person: Person) -> None:
        self.general = [
            Training(title, tuple(_usual_line(name, *book.lifts[name]) for name in names))
            for title, names in DAYS
        ]
        self.turn = count()
        self.begins: datetime | None = None
        self.program: Iterator[Training] = iter(())
        if person.program:
            begin = book.monday - timedelta(weeks=person.program_weeks)
            self.begins = book.midnight(begin)
            self.program = _program_days(book, client, person, begin)

    def next(self, start: datetime) -> Training:
        """What is done at that time."""
        if self.begins and start >= self.begins and (planned := next(self.program, None)):
            return planned
        return self.general[next(self.turn) % len(self.general)]


def _usual_line(name: str, number: int, tracked: Tracked) -> Line:
    return Line(number, name, tracked, 3, 5 if tracked is Tracked.WEIGHT_REPS else USUAL_REPS)


def _program_days(book: Book, client: int, person: Person, begin: date) -> Iterator[Training]:
    """Assign their template from that day on with loads that suit them, and give its workouts in order."""
    reader = book.work.reader
    found = program_queries.template(reader, person.program or "")
    row = program_queries.program(reader, found.id)
    (plan,) = program_queries.plans(reader, [row])
    fitted = replace(
        plan,
        days=tuple(
            replace(day, lines=tuple(_fitted(line, person.base_kg) for line in day.lines))
            for day in plan.days
        ),
    )
    trainer = reader.value("SELECT trainer_id FROM client WHERE id = :id", id=client)
    assignment = programs.Assignment(
        template_id=found.id, client_id=client, trainer_id=trainer, start_date=begin
    )
    return _walk(book, programs.add_program(book.work, fitted, assignment, row.description))


def _fitted(line: ExerciseLine[int], strength_kg: float) -> ExerciseLine[int]:
    """A planned line with loads from which somebody of that strength can go up for weeks."""
    begin_g = _plates_g(BEGIN_SHARE * strength_kg * SHARE_OF_SQUAT.get(line.name, OTHER_SHARE))
    groups = tuple(
        group._replace(load=group.load._replace(weight_g=begin_g))
        if group.load.kind is LoadKind.WEIGHT and not group.is_warmup
        else group
        for group in line.groups
    )
    return replace(line, groups=groups)


def _walk(book: Book, program: int) -> Iterator[Training]:
    """The planned workouts of a program, week by week, each day's lines as they would be logged."""
    tracked = {number: (name, kind) for name, (number, kind) in book.lifts.items()}
    reader = book.work.reader
    row = program_queries.program(reader, program)
    days = program_queries.days(reader, [program])[program]
    prescribed = program_queries.lines(reader, days)
    times: Counter[int] = Counter()
    for slot in planned_slots(days, row.weeks, row.days_per_week):
        lines = tuple(
            Line(
                line.exercise,
                *tracked[line.exercise],
                sets=sum(group.sets for group in line.groups if not group.is_warmup),
                reps=line.groups[-1].reps_min or USUAL_REPS,
                planned=print_prescription(now, Unit.KG),
                weight_g=now.groups[-1].load.weight_g or None,
            )
            for line in prescribed[slot.day.id]
            for now in [stands(line, Gain(steps=times[line.exercise]), Unit.KG)]
        )
        times.update(line.exercise for line in lines if line.weight_g)
        yield Training(slot.day.name, lines, program, slot.day.id, slot.week)


def sets_of(key: int, line: Line, strength_kg: float, chance: random.Random) -> Iterator[SetRow]:
    """The sets of one exercise for somebody of that strength, a warm-up before the heavy ones."""
    if line.tracked is Tracked.WEIGHT_REPS:
        yield from _lifts(key, line, strength_kg, chance)
        return
    for position in range(line.sets):
        if line.tracked is Tracked.TIME:
            yield SetRow(key, position, seconds=chance.randrange(30, 75, 5))
        elif line.tracked is Tracked.DISTANCE_TIME:
            meters = chance.choice((500, 1000))
            yield SetRow(key, position, seconds=int(meters * chance.uniform(0.22, 0.26)), meters=meters)
        else:
            load_g = 0 if line.tracked is Tracked.BODYWEIGHT_PLUS else None
            yield SetRow(key, position, max(line.reps + chance.randint(-3, 2), 1), load_g)


def _lifts(key: int, line: Line, strength_kg: float, chance: random.Random) -> Iterator[SetRow]:
    """A warm-up for the big lifts, then the working sets at the day's load; planned loads as planned."""
    if line.weight_g:
        yield SetRow(key, 0, 5, _plates_g(line.weight_g / 1000 * 0.6), is_warmup=True)
        rpe = chance.choice((7, 7.5, 8, 8.5))
        yield from (SetRow(key, 1 + number, line.reps, line.weight_g, rpe) for number in range(line.sets))
        return
    top_kg = strength_kg * SHARE_OF_SQUAT.get(line.name, OTHER_SHARE) * (1 - 0.02 * max(line.reps - 5, 0))
    position = count()
    if line.name in SHARE_OF_SQUAT:
        yield SetRow(key, next(position), 5, _plates_g(top_kg * 0.6), is_warmup=True)
    rpe = chance.choice((7.5, 8, 8, 8.5, 9))
    for _ in range(line.sets):
        reps = max(line.reps + chance.choice((0, 0, 0, 0, 1, -1)), 1)
        yield SetRow(key, next(position), reps, _plates_g(top_kg), rpe)


def _plates_g(load_kg: float) -> int:
    """The load in grams that plates can make, at least the smallest."""
    return max(int(load_kg / 2.5) * 2_500, 2_500)
