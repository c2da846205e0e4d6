"""Whatever is done in whichever order: taking back and bringing back lead through the same states."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from booking_samples import book
from ptrack.clients.actions import ClientChanges, add_client, edit_client, move_client
from ptrack.credits.actions import adjust_package, close_package
from ptrack.credits.rules import Shape
from ptrack.database.check import check_file
from ptrack.database.fresh import create_database
from ptrack.database.reading import Reader, open_reading
from ptrack.database.session import Writing, writing
from ptrack.desk.audit import check_collected
from ptrack.desk.cancel import Cancellation, cancel, record_no_show, waive
from ptrack.desk.complete import Completion, complete, reopen, start
from ptrack.desk.entry import Entry, enter
from ptrack.desk.log import LogChanges, edit_workout, read_notation, remove_workout
from ptrack.desk.practice import change_practice
from ptrack.desk.remove import remove_client
from ptrack.desk.sell import Sale, sell
from ptrack.errors import PtrackError
from ptrack.exchange.bulk import bulk_writing
from ptrack.exchange.undoing import redo, undo
from ptrack.models import all as _tables  # noqa: F401  all of them will be used
from ptrack.programs.actions import Assignment, assign, end_program
from ptrack.progress.metrics.actions import Measured, add_entries
from ptrack.progress.metrics.queries import metrics
from ptrack.scheduling.rules import CancelledBy
from ptrack.vocabulary import ClientStatus, E1rmFormula, PackageKind, ProgramStatus
from undo_samples import Contents, contents, differences

NOW = datetime(2026, 11, 20, 9, 20, tzinfo=UTC)
TODAY = NOW.date()
LIFTS = ("Back Squat: 3x5 {}kg", "Bench Press: 1x5 {}kg\nPull-Up: 3x5", "Run: 5km 25:00")
REACH = 20


def _weigh(work: Writing, which: int) -> None:
    weight = next(row for row in metrics(work.reader) if row.key == "weight")
    moment = NOW - timedelta(days=which % 9)
    add_entries(work, 1 + which % 2, [Measured(weight, 60.0 + which % 7)], moment, 1)


def _log(work: Writing, which: int) -> None:
    text = LIFTS[which % 3].format(60 + which % 11 * 5)
    enter(work, Entry(1 + which % 2, text, performed_at=NOW - timedelta(days=which % 13)))


def _edit_log(work: Writing, which: int) -> None:
    lines = read_notation(work, LIFTS[which % 2].format(70))
    moment = NOW - timedelta(days=which % 5) if which % 3 else None
    edit_workout(work, 1 + which % 5, LogChanges(lines=lines, performed_at=moment))


def _book(work: Writing, which: int) -> None:
    begins = NOW - timedelta(hours=which % 40) + timedelta(hours=30 * (which % 4 == 0))
    book(work, 1 + which % 3, 1, begins, force=which % 5 == 0)


def _cancel(work: Writing, which: int) -> None:
    by = CancelledBy.TRAINER if which % 3 == 0 else CancelledBy.CLIENT
    cancel(work, 1 + which % 5, Cancellation(by, charge=which % 2 == 0, reason="ill"))


def _complete(work: Writing, which: int) -> None:
    log = LIFTS[which % 2].format(80) if which % 3 else None
    complete(work, 1 + which % 5, Completion(log=log, force=True))


def _sell(work: Writing, which: int) -> None:
    shape = Shape(PackageKind.SESSIONS, 1 + which % 4) if which % 5 else Shape(PackageKind.UNLIMITED)
    sell(work, Sale(1 + which % 3, shape, price_cents=1000 * (which % 7)))


def _assign(work: Writing, which: int) -> None:
    assign(work, Assignment(1 + which % 6, 1 + which % 2, 1, TODAY, replaces=which % 2 == 0))


DEEDS: tuple[Callable[[Writing, int], object], ...] = (
    _book,
    _book,
    _complete,
    _complete,
    _cancel,
    _log,
    _edit_log,
    _sell,
    _weigh,
    _assign,
    lambda work, which: remove_workout(work, 1 + which % 5),
    lambda work, which: record_no_show(work, 1 + which % 5, said=which % 2 == 0),
    lambda work, which: waive(work, 1 + which % 5),
    lambda work, which: reopen(work, 1 + which % 5),
    lambda work, which: start(work, 1 + which % 5),
    lambda work, which: adjust_package(work, 1 + which % 4, (-1, 2)[which % 2]),
    lambda work, which: close_package(work, 1 + which % 4),
    lambda work, which: add_client(work, ClientChanges(name=f"Client {which}", tags=["new"]), TODAY),
    lambda work, which: edit_client(work, 1 + which % 3, ClientChanges(phone=str(which)), TODAY),
    lambda work, which: move_client(work, 1 + which % 3, list(ClientStatus)[which % 3], TODAY),
    lambda work, which: remove_client(work, 1 + which % 3),
    lambda work, which: end_program(work, 7 + which % 2, ProgramStatus.COMPLETED),
    lambda work, which: change_practice(work, {"e1rm_formula": list(E1rmFormula)[which % 4]}),
    lambda work, which: change_practice(work, {"timezone": ("Asia/Tokyo", "Europe/Berlin")[which % 2]}),
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["do"] * 5 + ["undo", "undo", "redo"]), st.integers(0, 23), st.integers(0, 999)
    ),
    min_size=4,
    max_size=22,
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice in which much can be done."""
    path = tmp_path_factory.mktemp("kept") / "practice.db"
    prepare(path)
    return path


def prepare(path: Path) -> None:
    """Two clients with a package, five appointments and two workouts each way."""
    create_database(path, "Europe/Berlin", now=NOW)
    with writing(path, "prepare", NOW) as work:
        for name in ("Anna", "Ben"):
            add_client(work, ClientChanges(name=name), TODAY)
        sell(work, Sale(1, Shape(PackageKind.SESSIONS, 2), price_cents=9_000))
        for number in range(5):
            book(work, 1 + number % 2, 1, NOW - timedelta(hours=3 * number))
        for number in range(4):
            _log(work, 7 * number)


class Walk:
    """One practice, the states it has been through, and where among them it is."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.states: list[Contents] = [contents(path)]
        self.place = 0

    def do(self, deed: Callable[[Writing, int], object], which: int) -> None:
        """Do something; what is refused, or comes to nothing, is no change."""
        before = self._newest_change()
        with suppress(PtrackError), writing(self.path, "deed", NOW) as work:
            deed(work, which)
        now = contents(self.path)
        if self._newest_change() == before:
            assert differences(now, self.states[self.place]) == {}
            return
        self.states[self.place + 1 :] = [now]
        self.place += 1

    def _newest_change(self) -> object:
        with closing(sqlite3.connect(self.path)) as connection:
            return connection.execute("SELECT max(id) FROM change").fetchone()

    def go(self, *, back: bool) -> None:
        """Take one change back, or bring one back, where there is one."""
        target = self.place - 1 if back else self.place + 1
        if not 0 <= target < len(self.states) or (back and not self.reach()):
            return
        with bulk_writing(self.path, NOW, "undo" if back else "redo") as bulk:
            (undo if back else redo)(bulk, 1)
        self.place = target
        assert differences(contents(self.path), self.states[target]) == {}

    def reach(self) -> int:
        """How many changes can be taken back; those that can be brought back count."""
        ahead = len(self.states) - 1 - self.place
        return min(self.place, REACH - ahead)

    def holds(self) -> None:
        """Nothing is wrong with the practice."""
        with closing(open_reading(self.path)) as connection:
            reader = Reader(connection)
            assert check_file(reader) == []
            assert list(check_collected(reader)) == []


def walk(path: Path, steps: list[tuple[str, int, int]]) -> None:
    """Take the steps, then all the way back and all the way forth."""
    here = Walk(path)
    for kind, deed, which in steps:
        if kind == "do":
            here.do(DEEDS[deed], which)
        else:
            here.go(back=kind == "undo")
    end = here.reach()
    for _ in range(end):
        here.go(back=True)
    here.holds()
    for _ in range(end):
        here.go(back=False)
    here.holds()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_all_is_taken_back_and_brought_back(
    kept: Path, tmp_path: Path, steps: list[tuple[str, int, int]]
) -> None:
    path = tmp_path / "practice.db"
    shutil.copy(kept, path)
    walk(path, steps)
