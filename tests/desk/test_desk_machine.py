"""Bookings, moves, cancellations, credits, undo in any order: the practice and a model of it stay equal."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from desk.agenda_model import EARLY, LATE, ZONE, Agreed, Bought, Model, Took
from desk.conftest import NOW
from ptrack.credits.actions import adjust_package
from ptrack.credits.rules import Shape
from ptrack.database import session
from ptrack.database.fresh import create_database
from ptrack.database.reading import Reader, connect
from ptrack.database.session import Writing, writing
from ptrack.desk import cancel as calling_off
from ptrack.desk import complete as completing
from ptrack.desk.book import Changes, rebook
from ptrack.desk.groups import Joining, Reach, join, reached
from ptrack.desk.sell import Sale, sell
from ptrack.desk.series import Agreement, agree
from ptrack.desk.undoing.queries import stack
from ptrack.errors import ConflictError, PtrackError, RuleError, StateError
from ptrack.exchange.bulk import Bulk, bulk_writing
from ptrack.exchange.undoing import redo, undo
from ptrack.models.practice import Client, Trainer
from ptrack.scheduling.recurrence import Rhythm
from ptrack.scheduling.rules import CancelledBy, Move
from ptrack.vocabulary import PackageKind, Repeat

CLIENTS, TRAINERS = (1, 2, 3), (1, 2)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STEPS = {Repeat.DAILY: DAY, Repeat.WEEKLY: 7 * DAY, Repeat.FORTNIGHTLY: 14 * DAY}


MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  two thousand commits need no disk

some_clients = st.lists(st.sampled_from(CLIENTS), min_size=1, max_size=3, unique=True)
rhythms = st.one_of(
    st.none(), st.builds(Rhythm, st.sampled_from(sorted(STEPS)), st.integers(2, 4), st.none())
)
hours = st.integers(-10, 24)
which = st.integers(0, 1_000)
said = st.sampled_from((None, True, False))

NEWEST = "SELECT coalesce(max(id), 0) FROM change"
GIVEN = "SELECT id, group_id, series_id FROM appointment"
STATES = """
SELECT a.id, a.client_id, a.trainer_id, a.starts_at, a.duration_min, a.group_id, a.series_id, a.status,
       s.status, s.is_charged, s.package_id
FROM appointment a LEFT JOIN session s ON s.appointment_id = a.id ORDER BY a.id"""
BALANCES = """
SELECT p.id, coalesce(sum(e.delta), 0) FROM package p LEFT JOIN credit_entry e ON e.package_id = p.id
WHERE p.voided_at IS NULL GROUP BY p.id ORDER BY p.id"""
SUMS = """
SELECT s.appointment_id, sum(e.delta) FROM session s JOIN credit_entry e ON e.session_id = s.id
GROUP BY s.id"""


class AgendaMachine(RuleBasedStateMachine):
    """A trainer's desk on a busy day; every refusal must leave all as it was."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.path = self.template.with_name("practice.db")
        shutil.copy(self.template, self.path)
        self.model = Model()
        self.now = NOW
        with closing(connect(self.path)) as connection:
            self.changes = Reader(connection).value(NEWEST)
        self.past: list[Model] = []
        self.future: list[Model] = []

    def do(self, act: Callable[[Writing], Any], refused: type[PtrackError] | None = None) -> Any:
        """One command: what it gives, or None where it is refused as it must be."""
        if refused is not None:
            with pytest.raises(refused), writing(self.path, "test", self.now) as work:
                act(work)
            return None
        with writing(self.path, "test", self.now) as work:
            result = act(work)
        self.remember()
        return result

    def remember(self) -> None:
        """Keep the model as it was before a change: it is entered there after the command has ended."""
        with closing(connect(self.path)) as connection:
            newest = Reader(connection).value(NEWEST)
        if newest > self.changes:
            self.changes, self.future = newest, []
            self.past.append(deepcopy(self.model))

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        with closing(connect(self.path)) as connection:
            if all(one.is_undone for one in stack(Reader(connection))):
                return  # so far back it does not reach
        self.mend(undo)
        self.future.append(self.model)
        self.model = self.past.pop()

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        self.mend(redo)
        self.past.append(self.model)
        self.model = self.future.pop()

    def mend(self, how: Callable[[Bulk, int], Any]) -> None:
        """Take the last change back, or bring it back; that is a change of its own."""
        with bulk_writing(self.path, self.now, "test") as bulk:
            how(bulk, 1)
        with closing(connect(self.path)) as connection:
            self.changes = Reader(connection).value(NEWEST)

    def pick(self, number: int) -> Agreed:
        """One of the appointments; three times in four one that is open, if there is any."""
        found = list(self.model.appointments.values())
        still_open = [each for each in found if each.is_open]
        chosen = still_open if still_open and number % 4 else found
        return chosen[number // 4 % len(chosen)]

    def at(self, hour: int) -> datetime:
        """A full hour near the beginning: far enough apart to be free at times, close enough to clash."""
        return NOW.replace(minute=0) + hour * HOUR

    # What is done at the desk

    @rule(ahead=st.integers(1, 20))
    def time_goes_by(self, ahead: int) -> None:
        self.now += ahead * HOUR

    @rule(
        client=st.sampled_from(CLIENTS),
        sessions=st.one_of(st.none(), st.integers(1, 3)),
        expires=st.one_of(st.none(), st.integers(0, 6)),
    )
    def sell(self, client: int, sessions: int | None, expires: int | None) -> None:
        today = self.now.astimezone(ZONE).date()
        kind = PackageKind.UNLIMITED if sessions is None else PackageKind.SESSIONS
        last = today + expires * DAY if expires is not None else None
        sale = Sale(client, Shape(kind, sessions), expires_on=last)
        sold = self.do(lambda work: sell(work, sale))
        package = Bought(sold.package_id, client, sessions, last)
        self.model.packages[package.id] = package
        self.model.settle(package)

    @precondition(lambda self: self.model.packages)
    @rule(number=which, delta=st.sampled_from((-1, 1)))
    def adjust(self, number: int, delta: int) -> None:
        packages = list(self.model.packages.values())
        package = packages[number % len(packages)]
        is_refused = package.left is None or package.left + delta < 0
        self.do(lambda work: adjust_package(work, package.id, delta, "x"), RuleError if is_refused else None)
        if not is_refused and package.left is not None:
            package.left += delta

    @rule(
        clients=some_clients,
        trainer=st.sampled_from(TRAINERS),
        hour=hours,
        rhythm=rhythms,
        force=st.sampled_from((False, False, True)),
    )
    def book(self, clients: list[int], trainer: int, hour: int, rhythm: Rhythm | None, force: bool) -> None:
        times = rhythm.times or 1 if rhythm else 1
        step = STEPS[rhythm.repeats] if rhythm else DAY
        is_group = len(clients) > 1
        wanted = [
            Agreed(0, client, trainer, self.at(hour) + turn * step, 60, -turn - 1 if is_group else None)
            for turn in range(times)
            for client in clients
        ]
        is_taken = self.model.in_the_way(wanted) and not force
        first = self.at(hour).astimezone(ZONE).replace(tzinfo=None)
        agreement = Agreement(tuple(clients), trainer, first, rhythm, force=force)
        agreed = self.do(lambda work: agree(work, agreement), ConflictError if is_taken else None)
        if agreed is not None:
            assert len(agreed.numbers) == len(wanted)
            self.take_in(agreed.numbers, wanted, is_series=rhythm is not None)

    def take_in(self, numbers: tuple[int, ...], wanted: list[Agreed], *, is_series: bool) -> None:
        """Enter what was booked, with the numbers of group and series that it was given."""
        with closing(connect(self.path)) as connection:
            given = {number: rest for number, *rest in Reader(connection).tuples(GIVEN)}
        for number, each in zip(numbers, wanted, strict=True):
            group, series = given[number]
            assert (group is None) == (each.group is None)
            assert (series is None) != is_series
            each.id, each.group, each.series = number, group, series
            self.model.appointments[number] = each

    @precondition(lambda self: any(each.group for each in self.model.appointments.values()))
    @rule(number=which, client=st.sampled_from(CLIENTS), following=st.booleans(), force=st.booleans())
    def join(self, number: int, client: int, following: bool, force: bool) -> None:
        grouped = [each for each in self.model.appointments.values() if each.group]
        grouped = [each for each in grouped if each.is_open] or grouped
        group = grouped[number % len(grouped)].group or 0
        members = self.model.members(group)
        still_open = [each for each in members if each.is_open]
        anchor = next((each for each in still_open if each.series), next(iter(still_open), None))
        if anchor is None:
            self.do(lambda work: join(work, group, Joining(client)), StateError)
            return
        following = following and anchor.series is not None
        hosts = {each.group: each for each in (self.model.rest(anchor) if following else [anchor])}
        present = {
            host: {each.client for each in self.model.members(host or 0) if each.status != "cancelled"}
            for host in hosts
        }
        wanted = [
            Agreed(0, client, host.trainer, host.starts_at, host.minutes, host.group)
            for host in sorted(hosts.values(), key=lambda host: (host.starts_at, host.id))
            if client not in present[host.group]
        ]
        is_taken = not wanted or (self.model.in_the_way(wanted) and not force)
        joining = Joining(client, following=following, force=force)
        joined = self.do(lambda work: join(work, group, joining), ConflictError if is_taken else None)
        if joined is not None:
            self.take_in(joined.numbers, wanted, is_series=following)

    @precondition(lambda self: self.model.appointments)
    @rule(number=which, by=st.integers(-5, 30), following=st.booleans(), force=st.booleans())
    def move(self, number: int, by: int, following: bool, force: bool) -> None:
        anchor = self.pick(number)
        following = following and anchor.series is not None
        shift = (by // 6) * DAY if following else by * HOUR
        moved, refused = self.planned(anchor, shift, following=following, force=force)
        changes = Changes(starts_at=anchor.starts_at + shift, following=following, force=force)
        if self.do(lambda work: rebook(work, anchor.id, changes), refused) is not None:
            for each in moved:
                self.model.appointments[each.id].starts_at = each.starts_at

    def planned(
        self, anchor: Agreed, shift: timedelta, *, following: bool, force: bool
    ) -> tuple[list[Agreed], type[PtrackError] | None]:
        """What changes its time, at the new one, and what refuses that; all come to the anchor's hour."""
        if not anchor.is_open:
            return [], StateError
        moving = self.model.moved_with(anchor, following=following)
        groups = {each.group for each in moving if each.group}
        mates = [mate for group in groups for mate in self.model.members(group)]
        if any(mate.status in ("completed", "no_show") for mate in mates):
            return [], StateError
        hour = anchor.starts_at.astimezone(ZONE).time()
        days = {each.id: each.starts_at.astimezone(ZONE).date() for each in moving}
        at = {
            number: datetime.combine(day, hour, ZONE).astimezone(UTC) + shift for number, day in days.items()
        }
        moved = [replace(each, starts_at=at[each.id]) for each in moving if at[each.id] != each.starts_at]
        is_taken = not force and self.model.in_the_way(moved, [each.id for each in moved])
        return moved, ConflictError if is_taken else None

    @precondition(lambda self: self.model.appointments)
    @rule(number=which, whole=st.booleans())
    def start(self, number: int, whole: bool) -> None:
        self.each_of(number, whole, Move.START, self.start_one)

    def start_one(
        self, each: Agreed
    ) -> tuple[type[PtrackError] | None, Callable[[Writing], Any], Callable[[], None]]:
        def enter() -> None:
            each.session = Took("in_progress")

        refused = None if each.is_open and not each.in_progress else StateError
        return refused, lambda work: completing.start(work, each.id), enter

    @precondition(lambda self: self.model.appointments)
    @rule(number=which, whole=st.booleans(), force=st.booleans())
    def complete(self, number: int, whole: bool, force: bool) -> None:
        def one(
            each: Agreed,
        ) -> tuple[type[PtrackError] | None, Callable[[Writing], Any], Callable[[], None]]:
            def enter() -> None:
                each.status = "completed"
                each.session = each.session or Took("completed")
                each.session.status = "completed"
                self.model.charge(each)

            is_early = each.starts_at - self.now > EARLY and not force
            refused = StateError if not each.is_open else RuleError if is_early else None
            completion = completing.Completion(force=force)
            return refused, lambda work: completing.complete(work, each.id, completion), enter

        self.each_of(number, whole, Move.COMPLETE, one)

    @precondition(lambda self: self.model.appointments)
    @rule(number=which, whole=st.booleans(), by=st.sampled_from(CancelledBy), charge=st.booleans())
    def cancel(self, number: int, whole: bool, by: CancelledBy, charge: bool) -> None:
        def one(
            each: Agreed,
        ) -> tuple[type[PtrackError] | None, Callable[[Writing], Any], Callable[[], None]]:
            def enter() -> None:
                costs = charge and by is CancelledBy.CLIENT and each.starts_at - self.now < LATE
                self.call_off(each, "cancelled", costs=costs, leaves_session=costs)

            cancellation = calling_off.Cancellation(by, charge)
            refused = None if each.is_open else StateError
            return refused, lambda work: calling_off.cancel(work, each.id, cancellation), enter

        self.each_of(number, whole, Move.CANCEL, one)

    @precondition(lambda self: self.model.appointments)
    @rule(number=which, charge=said)
    def no_show(self, number: int, charge: bool | None) -> None:
        each = self.pick(number)
        refused = None if each.is_open else StateError
        if self.do(lambda work: calling_off.record_no_show(work, each.id, charge), refused) is not None:
            self.call_off(each, "no_show", costs=charge is not False, leaves_session=True)

    def call_off(self, each: Agreed, status: str, *, costs: bool, leaves_session: bool) -> None:
        each.status = status
        if leaves_session:
            each.session = each.session or Took(status)
        if each.session is not None:
            each.session.status = status
        if costs:
            self.model.charge(each)

    @precondition(lambda self: self.model.appointments)
    @rule(number=which)
    def waive(self, number: int) -> None:
        each = self.pick(number)
        is_charged = each.session is not None and each.session.charged
        if self.do(lambda work: calling_off.waive(work, each.id), None if is_charged else StateError):
            self.model.refund(each)

    @precondition(lambda self: self.model.appointments)
    @rule(number=which)
    def reopen(self, number: int) -> None:
        each = self.pick(number)
        refused = None if each.status == "completed" else StateError
        if self.do(lambda work: completing.reopen(work, each.id), refused):
            self.model.refund(each)
            assert each.session is not None
            each.status, each.session.status = "scheduled", "in_progress"

    def each_of(self, number: int, whole: bool, move: Move, one: Callable[[Agreed], Any]) -> None:
        """Do a thing to one appointment, or to all of its group that are open: all of them or none."""
        anchor = self.pick(number)
        whole = whole and anchor.group is not None
        members = (
            [each for each in self.model.members(anchor.group or 0) if each.is_open] if whole else [anchor]
        )
        steps = [one(each) for each in members]
        refused = next((refused for refused, _, _ in steps if refused is not None), None)
        if not members:
            refused = StateError

        def act(work: Writing) -> bool:
            numbers = reached(work, anchor.id, Reach(whole_group=whole), move)
            assert numbers == [each.id for each in members]
            for _, done, _ in steps:
                done(work)
            return True

        if self.do(act, refused):
            for _, _, enter in steps:
                enter()

    # What must hold after each

    @invariant()
    def the_practice_is_the_models(self) -> None:
        with closing(connect(self.path)) as connection:
            self.compare(Reader(connection))

    def compare(self, reader: Reader) -> None:
        rows = reader.tuples(STATES)
        assert [row[0] for row in rows] == list(self.model.appointments)
        for row in rows:
            each = self.model.appointments[row[0]]
            starts_at = f"{each.starts_at:%Y-%m-%d %H:%M:%S.%f}"
            assert tuple(row[1:8]) == (
                each.client, each.trainer, starts_at, each.minutes, each.group, each.series, each.status,
            )  # fmt: skip
            took = each.session
            assert row[8] == (took.status if took else None)
            if took is not None:
                assert bool(row[9]) == took.charged
                assert not took.charged or row[10] == took.package
        sums = dict(reader.tuples(SUMS))
        for each in self.model.appointments.values():
            pays = each.session is not None and each.session.charged and each.session.package is not None
            assert sums.get(each.id, 0) == (-1 if pays else 0)
        left = {package.id: package.left or 0 for package in self.model.packages.values()}
        assert dict(reader.tuples(BALANCES)) == left
        assert all(balance >= 0 for balance in left.values())
        self.groups_are_together()

    def groups_are_together(self) -> None:
        groups: dict[int, set[tuple[int, datetime, int]]] = {}
        for each in self.model.appointments.values():
            if each.group is not None and each.status != "cancelled":
                groups.setdefault(each.group, set()).add((each.trainer, each.starts_at, each.minutes))
        assert all(len(shared) == 1 for shared in groups.values())


@pytest.fixture(scope="module")
def template() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        yield make_template(Path(folder) / "template.db")


@pytest.fixture(autouse=True)
def _one_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Statements are compiled once an engine; a command has one of its own, thousands may share it."""
    monkeypatch.setattr(session, "make_engine", cache(session.make_engine))


def make_template(path: Path) -> Path:
    create_database(path, "Europe/Berlin", NOW)
    with writing(path, "test", NOW) as work:
        for name in ("Anna Berg", "Ben Olsen", "Cleo Marsh"):
            work.add(Client(name=name, created_at=NOW))
        work.add(Trainer(name="Maya Lind"))
    return path


def play(template: Path, examples: int) -> None:
    AgendaMachine.template = template
    run_state_machine_as_test(
        AgendaMachine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=50,
            deadline=None,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_two_thousand_steps_at_the_desk(template: Path) -> None:
    play(template, 40)


@pytest.mark.full
def test_a_million_steps_at_the_desk(template: Path) -> None:
    play(template, 20_000)


def test_the_models_days_are_the_practices() -> None:
    assert NOW.astimezone(ZONE).date() == date(2026, 11, 20)
