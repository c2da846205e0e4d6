"""The demo's year as rows: appointments with their outcomes, sessions, credits, workouts and measurements.

The rows go in by the thousand, past the row-by-row write side, in the one transaction of the caller.
Programs are assigned and metrics collected by the actions that a trainer's commands use.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from ptrack.database.reading import instant_text
from ptrack.database.session import Writing
from ptrack.desk.demo import post
from ptrack.desk.demo.cast import (
    CAST,
    GROUP_CAPACITY,
    GROUP_PLACE,
    GROUP_TRAINER,
    HOURS,
    PLACES,
    TRAINERS,
    Person,
    Slot,
)
from ptrack.desk.demo.training import Book, Plan, Row, sets_of
from ptrack.models.hours import DayOff, WorkingHours
from ptrack.models.practice import Client, ClientTag, Location, Trainer
from ptrack.models.studio import Studio
from ptrack.naming import fold
from ptrack.progress.actions import collect
from ptrack.vocabulary import CommissionKind, Role, Sex, Tracked

WEEKS_AHEAD = 3
LAPSE_WEEKS = 1
COME_SHARE = 0.85
PRICE_CENTS = {10: 65_000, 20: 120_000}
SEED = 12


@dataclass
class _Pages:
    """The rows to be written, by table, and the next number of each."""

    groups: list[Row] = field(default_factory=list)
    series: list[Row] = field(default_factory=list)
    appointments: list[Row] = field(default_factory=list)
    sessions: list[Row] = field(default_factory=list)
    packages: list[Row] = field(default_factory=list)
    credits: list[Row] = field(default_factory=list)
    workouts: list[Row] = field(default_factory=list)
    exercises: list[Row] = field(default_factory=list)
    sets: list[Row] = field(default_factory=list)
    entries: list[Row] = field(default_factory=list)


COLUMNS = {
    "groups": ("appointment_group", "id, name, capacity, created_at"),
    "series": ("appointment_series", "id, repeats, created_at"),
    "packages": (
        "package",
        "id, client_id, name, kind, sessions_total, price_cents, sold_on, expires_on, created_at",
    ),
    "appointments": (
        "appointment",
        (
            "id, client_id, trainer_id, location_id, starts_at, duration_min, status, cancelled_by, reason, "
            "sequence, created_at, group_id, series_id"
        ),
    ),
    "sessions": (
        "session",
        (
            "id, appointment_id, client_id, trainer_id, location_id, package_id, starts_at, duration_min, "
            "status, is_charged, validation, value_cents, commission_cents"
        ),
    ),
    "credits": ("credit_entry", "package_id, delta, reason, session_id, created_at"),
    "workouts": (
        "workout",
        (
            "id, client_id, kind, session_id, trainer_id, program_id, day_id, week, title, performed_at, "
            "duration_min, intensity, activity, status, source, created_at"
        ),
    ),
    "exercises": ("workout_exercise", "id, workout_id, exercise_id, position, section, planned, is_skipped"),
    "sets": (
        "workout_set",
        "workout_exercise_id, position, reps, weight_g, rpe, seconds, meters, is_warmup, is_amrap, per_side",
    ),
    "entries": ("metric_entry", "client_id, metric_id, value, recorded_at, source"),
}
"""The tables that the story fills, in the order in which they point to each other, and their columns."""


class _Story:
    """Tells one practice's year. `today` and `zone` are the practice's; everything follows from them."""

    def __init__(self, work: Writing, zone: ZoneInfo) -> None:
        self.work = work
        self.zone = zone
        self.now = work.now.astimezone(zone)
        self.monday = self.now.date() - timedelta(days=self.now.weekday())
        self.pages = _Pages()
        self.numbers = {name: count(1) for name in COLUMNS}
        self.groups: dict[tuple[str, datetime], int] = {}
        self.series: dict[tuple[int, Slot] | str, int] = {}
        self.metrics = dict(work.reader.tuples("SELECT key, id FROM metric"))
        self.lifts = {
            name: (number, Tracked(tracked))
            for number, name, tracked in work.reader.tuples("SELECT id, name, tracked FROM exercise")
        }

    def moment(self, day: date, at: time) -> datetime:
        """The instant of a local time."""
        return datetime.combine(day, at, self.zone)

    def tell(self, client: int, person: Person, chance: random.Random) -> None:
        """Everything about one client."""
        book = Book(self.work, self.zone, self.monday, self.lifts)
        plan = Plan(book, client, person)
        wallet = _Wallet(self, client, person)
        company = random.Random(SEED * 2000 + client)  # noqa: S311  repeatable, not secret
        for day, slot in self.occasions(person):
            start = self.moment(day, time(slot.hour, slot.minute))
            if slot.group is not None:
                self.join(client, person, wallet, slot, start, company)
            else:
                self.meet(client, person, wallet, plan, slot, start, chance)
        self.measure(client, person, chance)

    def occasions(self, person: Person) -> Iterator[tuple[date, Slot]]:
        """The days and times at which the client is booked, in order."""
        for week in range(-person.joined_weeks, WEEKS_AHEAD):
            for slot in sorted(person.slots, key=lambda slot: slot.weekday):
                if week >= -slot.weeks:
                    yield self.monday + timedelta(weeks=week, days=slot.weekday), slot

    def meet(
        self,
        client: int,
        person: Person,
        wallet: "_Wallet",
        plan: Plan,
        slot: Slot,
        start: datetime,
        chance: random.Random,
    ) -> None:
        """One appointment, what became of it, and perhaps a solo workout two days later."""
        fate = chance.random()
        own = [each for each in person.slots if each.group is None]
        solo = chance.random() < person.solo_a_week / len(own)
        is_silent = start > self.now - timedelta(weeks=person.silent_weeks)
        if is_silent and person.silent_weeks:
            return
        series = self.series_of((client, slot), start) if slot.is_series else None
        status, session = self.agree(client, person, wallet, start, fate, (None, series))
        if status == "completed":
            self.train(client, person, start, chance, plan, session)
        later = start + timedelta(days=2, hours=1)
        if solo and later < self.now:
            self.train(client, person, later, chance, plan, None)

    def join(
        self,
        client: int,
        person: Person,
        wallet: "_Wallet",
        slot: Slot,
        start: datetime,
        chance: random.Random,
    ) -> None:
        """One place in a group; what is done there is not logged."""
        assert slot.group is not None  # noqa: S101  asked of groups only
        key = (slot.group, start)
        if key not in self.groups:
            self.groups[key] = next(self.numbers["groups"])
            made = instant_text(start - timedelta(days=9))
            self.pages.groups.append((self.groups[key], slot.group, GROUP_CAPACITY, made))
        company = (self.groups[key], self.series_of(slot.group, start) if slot.is_series else None)
        self.agree(client, person, wallet, start, chance.random(), company)

    def series_of(self, key: tuple[int, Slot] | str, start: datetime) -> int:
        """The number of a weekly series, which begins with the first of its appointments that is told."""
        if key not in self.series:
            self.series[key] = next(self.numbers["series"])
            self.pages.series.append((self.series[key], "weekly", instant_text(start - timedelta(days=9))))
        return self.series[key]

    def agree(
        self,
        client: int,
        person: Person,
        wallet: "_Wallet",
        start: datetime,
        fate: float,
        company: tuple[int | None, int | None],
    ) -> tuple[str, int | None]:
        """One appointment, of a group and a series where it has them; its status and its session."""
        number = next(self.numbers["appointments"])
        is_past = start + timedelta(minutes=60) <= self.now
        status = _outcome(fate, is_past=is_past, is_recent=start.date() >= self.monday)
        by = "client" if status == "cancelled" else None
        is_group = company[0] is not None
        trainer, place = (GROUP_TRAINER, GROUP_PLACE) if is_group else (person.trainer, person.place)
        self.pages.appointments.append((
            number, client, trainer + 1, place + 1, instant_text(start), 60, status, by,
            "ill" if by else None, 0, instant_text(start - timedelta(days=9)), *company,
        ))  # fmt: skip
        if status not in ("completed", "no_show"):
            return status, None
        return status, wallet.pay(number, start, status)

    def train(
        self,
        client: int,
        person: Person,
        start: datetime,
        chance: random.Random,
        plan: Plan,
        session: int | None,
    ) -> None:
        """One workout with its sets: loads rise over the year towards the client's best."""
        training = plan.next(start)
        number = next(self.numbers["workouts"])
        kind, trainer = ("trainer_led", person.trainer + 1) if session else ("solo", None)
        at = instant_text(start)
        self.pages.workouts.append((
            number, client, kind, session, trainer, training.program, training.day, training.week,
            training.title, at, 60 if session else 50, chance.randint(6, 9), "strength", "completed",
            "manual", at,
        ))  # fmt: skip
        weeks = (self.now - start).days / 7
        strength = person.base_kg * (1 - 0.2 * weeks / 52) * (1 + chance.uniform(-0.015, 0.015))
        for position, line in enumerate(training.lines):
            key = next(self.numbers["exercises"])
            self.pages.exercises.append((key, number, line.exercise, position, "main", line.planned, 0))
            self.pages.sets += sets_of(key, line, strength, chance)

    def measure(self, client: int, person: Person, chance: random.Random) -> None:
        """Body weight on most Mondays, girths and body fat every fourth."""
        for week in range(-person.joined_weeks, 1):
            share = 1 + week / 52
            start = self.moment(self.monday + timedelta(weeks=week), time(7, 30))
            if start > self.now or chance.random() < 0.15:
                continue
            weight = person.weight_kg - person.weight_change_kg * (1 - share) + chance.uniform(-0.4, 0.4)
            self.entry(client, "weight", weight, start)
            if week % 4 == 0:
                fat = (28 if person.sex == "female" else 20) + person.weight_change_kg * share / 3
                self.entry(client, "body_fat", fat + chance.uniform(-0.5, 0.5), start)
                self.entry(client, "waist", 60 + person.weight_kg / 4 + chance.uniform(-0.7, 0.7), start)
                self.entry(client, "hips", 75 + person.weight_kg / 3.2 + chance.uniform(-0.7, 0.7), start)

    def entry(self, client: int, key: str, value: float, start: datetime) -> None:
        """One measurement."""
        self.pages.entries.append((client, self.metrics[key], round(value, 1), instant_text(start), "manual"))

    def write(self) -> None:
        """Put the rows into their tables."""
        for name, (table, columns) in COLUMNS.items():
            marks = ", ".join("?" for _ in columns.split(","))
            statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"
            self.work.reader.connection.executemany(statement, getattr(self.pages, name))


def _outcome(fate: float, *, is_past: bool, is_recent: bool) -> str:
    """What became of an appointment; one or two of this week are left for the trainer to close."""
    if not is_past:
        return "cancelled" if fate > 0.97 else "scheduled"
    if is_recent and 0.5 < fate < 0.6:
        return "scheduled"
    if fate < 0.91:
        return "completed"
    return "no_show" if fate < 0.945 else "cancelled"


class _Wallet:
    """A client's packages: a new one is bought when the last is used up, but for those who let it lapse."""

    def __init__(self, story: _Story, client: int, person: Person) -> None:
        self.story, self.client, self.person = story, client, person
        self.package: int | None = None
        self.left = 0

    def pay(self, appointment: int, start: datetime, status: str) -> int:
        """Record a session against the package that covers it; the session's number."""
        is_lapsed = self.person.lapsed and start > self.story.now - timedelta(weeks=LAPSE_WEEKS)
        if not self.left and not is_lapsed:
            self.buy(start)
        pages, person = self.story.pages, self.person
        session = next(self.story.numbers["sessions"])
        package = self.package if self.left else None
        value = PRICE_CENTS[person.package] // person.package if package and status == "completed" else 0
        pages.sessions.append((
            session, appointment, self.client, person.trainer + 1, person.place + 1, package,
            instant_text(start), 60, status, 1, "pending", value, value * 2 // 5 if person.trainer else 0,
        ))  # fmt: skip
        if package:
            self.left -= 1
            reason = "session" if status == "completed" else "no_show"
            pages.credits.append((package, -1, reason, session, instant_text(start)))
        return session

    def size(self, start: datetime) -> int:
        """How many sessions are bought: for those who let it lapse no more than they come to until then."""
        weeks = (self.story.now - timedelta(weeks=LAPSE_WEEKS) - start).days / 7
        come = int(weeks * len(self.person.slots) * COME_SHARE) if self.person.lapsed else self.person.package
        return max(1, min(come, self.person.package))

    def buy(self, start: datetime) -> None:
        """Sell the next package on the day before it is needed."""
        self.package = next(self.story.numbers["packages"])
        self.left = self.size(start)
        sold = start - timedelta(days=1)
        expires = (sold + timedelta(days=365)).date().isoformat()
        name = f"{self.left} sessions" if self.left > 1 else "1 session"
        price = PRICE_CENTS[self.person.package] * self.left // self.person.package
        self.story.pages.packages.append((
            self.package, self.client, name, "sessions", self.left, price, sold.date().isoformat(), expires,
            instant_text(sold),
        ))  # fmt: skip
        self.story.pages.credits.append((self.package, self.left, "purchase", None, instant_text(sold)))


def _people(work: Writing, zone: ZoneInfo) -> list[int]:
    """Set up the practice and take on the cast; the clients' numbers."""
    studio = work.get(Studio, 1)
    studio.name = "Studio Nord"
    owner = work.get(Trainer, 1)
    owner.name, owner.email = TRAINERS[0], "maya@studio-nord.example"
    work.add(
        Trainer(
            name=TRAINERS[1], email="olof@studio-nord.example", role=Role.TRAINER,
            commission_kind=CommissionKind.PERCENT, commission=4_000,
        )
    )  # fmt: skip
    for name, address in PLACES:
        work.add(Location(name=name, name_key=fold(name), address=address))
    _keep_hours(work, zone)
    return [_take_on(work, zone, person) for person in CAST]


def _keep_hours(work: Writing, zone: ZoneInfo) -> None:
    """When the trainers work, and a day off next week."""
    for trainer, weekdays, starts, ends in HOURS:
        for day in weekdays:
            work.add(
                WorkingHours(
                    trainer_id=trainer + 1, weekday=day, starts_min=60 * starts, ends_min=60 * ends
                )
            )  # fmt: skip
    today = work.now.astimezone(zone).date()
    friday = today + timedelta(days=11 - today.weekday())
    work.add(DayOff(trainer_id=2, first_day=friday, last_day=friday, reason="a course"))


def _take_on(work: Writing, zone: ZoneInfo, person: Person) -> int:
    today = work.now.astimezone(zone).date()
    born = date(*person.born)
    if person.birthday_in_days is not None:
        birthday = today + timedelta(days=person.birthday_in_days)
        born = birthday.replace(year=born.year, day=min(birthday.day, 28))
    mailbox = "".join(letter for letter in fold(person.name.split()[0]) if letter.isascii()) or "client"
    row = work.add(
        Client(
            name=person.name, email=f"{mailbox}@example.org", birth_date=born, sex=Sex(person.sex),
            height_cm=person.height_cm, trainer_id=person.trainer + 1, location_id=person.place + 1,
            goals=person.goal, created_at=work.now - timedelta(weeks=person.joined_weeks, days=3),
        )
    )  # fmt: skip
    assert row.id is not None  # noqa: S101  flushed
    if person.tag:
        work.add(ClientTag(client_id=row.id, tag=person.tag))
    return row.id


def tell(work: Writing, zone: ZoneInfo, progress: Callable[[str], None]) -> None:
    """Fill an empty practice with the demo's year; `progress` is told each client's name when done."""
    clients = _people(work, zone)
    story = _Story(work, zone)
    for number, person in zip(clients, CAST, strict=True):
        story.tell(number, person, random.Random(SEED * 1000 + number))  # noqa: S311  repeatable, not secret
    story.write()
    for number, person in zip(clients, CAST, strict=True):
        collect(work, number, work.now - timedelta(weeks=person.joined_weeks + 1))
        progress(person.name)
    post.write(work, random.Random(SEED * 3000))  # noqa: S311  repeatable, not secret
