"""The live logger killed at any moment: what it acknowledged is kept once, and goes on where it stood."""

import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from harness import Run
from live_terminal import LiveTerminal

TOTAL = 6
PLAN = """program: Quick
weeks: 2
days per week: 1

day: A
A1 Back Squat: 2x5 100kg rest 2min
A2 Pull-Up: 2x5 bw
Plank: 2x45s
"""
IN_ORDER = ["Back Squat", "Pull-Up", "Back Squat", "Pull-Up", "Plank", "Plank"]
INSTANTS = (0.0, 0.004, 0.012, 0.025, 0.045, 0.08)
"""Seconds after Enter at which it is killed: before, during and after the set is written."""

Sets = Callable[[], list[str]]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("killed") / "practice.db"


@pytest.fixture
def practice(run: Run, kept: Path, tmp_path: Path) -> Path:
    """Anna, and a program of one day."""
    path = tmp_path / "practice.db"
    if not kept.exists():
        (tmp_path / "plan.txt").write_text(PLAN)
        run("clients", "add", "Anna Berg")
        run("programs", "new", str(tmp_path / "plan.txt"))
        run("programs", "assign", "Quick", "anna")
        shutil.copy(path, kept)
    shutil.copy(kept, path)
    return path


@pytest.fixture
def done(practice: Path) -> Sets:
    """The exercises of the sets that are kept, in the order in which they were done."""

    def read() -> list[str]:
        with closing(sqlite3.connect(practice)) as connection:
            rows = connection.execute(
                "SELECT x.name FROM workout_set s JOIN workout_exercise e ON e.id = s.workout_exercise_id "
                "JOIN exercise x ON x.id = e.exercise_id ORDER BY s.completed_at, e.position, s.position"
            )
            return [name for (name,) in rows]

    return read


def _finish(run: Run, done: Sets, first: int) -> None:
    """Go on with what is left, and finish it: every planned set is there once."""
    with LiveTerminal("log", "resume", "anna") as terminal:
        terminal.shows(f"{first} of {TOTAL} sets")
        for place in range(first, TOTAL):
            terminal.says("", f"{place + 1} of {TOTAL} sets")
        terminal.says("", "How hard")
        terminal.press("\r")
        assert terminal.ends() == 0
    assert done() == IN_ORDER
    run("db", "check")
    assert [row["status"] for row in run("log", "list", "--json").json] == ["completed"]


def _killed_after_each(done: Sets) -> None:
    for place in range(TOTAL):
        words = ("log", "resume") if place else ("log", "start", "anna")
        with LiveTerminal(*words) as terminal:
            terminal.shows(f"{place} of {TOTAL} sets")
            terminal.says("", f"{place + 1} of {TOTAL} sets")
            terminal.press("8x6")
            terminal.kill()
        assert done() == IN_ORDER[: place + 1]


def test_killed_after_each_set_nothing_is_lost_and_nothing_comes_twice(run: Run, done: Sets) -> None:
    _killed_after_each(done)
    _finish(run, done, TOTAL)


def _killed_within(run: Run, done: Sets, begins: int, seconds: float) -> None:
    with LiveTerminal("log", "start", "anna") as terminal:
        terminal.shows(f"0 of {TOTAL} sets")
        for place in range(begins):
            terminal.says("", f"{place + 1} of {TOTAL} sets")
        terminal.press("\r")
        time.sleep(seconds)
        terminal.kill()
    kept = done()
    assert kept in (IN_ORDER[:begins], IN_ORDER[: begins + 1])
    _finish(run, done, len(kept))


def test_killed_while_a_set_is_written_it_is_there_or_not(run: Run, done: Sets) -> None:
    _killed_within(run, done, 1, 0.02)


@pytest.mark.full
@pytest.mark.parametrize("seconds", INSTANTS)
@pytest.mark.parametrize("begins", range(TOTAL))
def test_killed_at_any_moment(begins: int, seconds: float, run: Run, done: Sets) -> None:
    _killed_within(run, done, begins, seconds)


@pytest.mark.full
@pytest.mark.usefixtures("practice")
def test_killed_while_it_opens_there_is_one_workout_or_none(run: Run) -> None:
    for seconds in (0.3, 0.5, 0.7, 0.9, 1.1, 1.3, 1.6):
        with LiveTerminal("log", "start", "anna") as terminal:
            time.sleep(seconds)
            terminal.kill()
        assert len(run("log", "list", "--json").json) <= 1
        run("db", "check")
