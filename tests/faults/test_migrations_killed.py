"""A practice that is upgraded, brought back or vacuumed, and killed or out of room meanwhile.

It is of the one schema or of the other, with every value, never between the two.
"""

import random
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from faults.intentions import Contents, contents, in_folder, is_hot, succeeds
from faults.system_calls import How
from faults.test_full_disk import is_named
from faults.victim import Ended, Victim
from migrations.first_schema import make_first_practice

KILLS, FAILURES = 10, 5
MOVES = {
    "upgrade": ["clients", "list"],
    "downgrade": ["db", "downgrade", "0001", "--yes"],
    "vacuum": ["db", "vacuum"],
}
"""Each move by the command that makes it; an upgrade comes by itself."""


@dataclass(frozen=True)
class Move:
    """A move, rehearsed: the practice before and after, and how many points its command passes."""

    folder: Path
    kept: Path
    command: list[list[str]]
    before: Contents
    after: Contents
    points: int

    @property
    def practice(self) -> Path:
        """The practice's file."""
        return self.folder / "practice.db"

    def set_back(self) -> None:
        """Make the folder what it was before the command."""
        shutil.rmtree(self.folder)
        shutil.copytree(self.kept, self.folder)

    def backups(self) -> list[Path]:
        """The backups that have their names."""
        return sorted(self.folder.glob("backups/[!.]*.db"))


def found(path: Path) -> Contents:
    """Everything in a practice but the random name that an upgrade gives it."""
    everything = contents(path)
    assert everything
    if everything["alembic_version"] == [("0001",)]:
        return everything
    ((number, _uid, *others),) = everything["studio"]
    return {**everything, "studio": [(number, *others)]}


def rehearse(victim: Victim, folder: Path, move: str, how: How, rows: int) -> Move:
    """Make a move without harm, and note what it makes."""
    kept = folder.with_name("kept")
    kept.mkdir()
    make_first_practice(kept / "practice.db", rows)
    if move != "upgrade":
        succeeds(victim.run(in_folder(kept, [["clients", "list"]])))
        shutil.rmtree(kept / "backups")
    shutil.copytree(kept, folder)
    command = in_folder(folder, [MOVES[move]])
    before = found(folder / "practice.db")
    count = how if how is How.STATEMENT else How.COUNT
    points = succeeds(victim.run(command, count)).told[0].points
    succeeds(victim.run(in_folder(folder, [["db", "check"]])))
    return Move(folder, kept, command, before, found(folder / "practice.db"), points)


def points_of(move: Move, count: int | None) -> list[int]:
    """That many points all over the command, the same every time, its last ones among them; all for None."""
    every = range(1, move.points + 1)
    if count is None or count >= len(every):
        return list(every)
    chance = random.Random(20261120)  # noqa: S311  no secret
    return sorted({*chance.sample(every, count - 3), *every[-3:]})


def is_one_or_the_other(victim: Victim, move: Move, ended: Ended) -> None:
    """The practice and every backup are whole, the move is made or not, and the next command goes on.

    What equals the rehearsed practice need not be checked again.
    """
    now = found(move.practice)
    assert now in (move.before, move.after)
    assert now == move.after or not ended.told
    assert all(found(backup) == move.before for backup in move.backups())
    if now != move.after:
        succeeds(victim.run(move.command))
        assert found(move.practice) == move.after
    succeeds(victim.run(in_folder(move.folder, [["db", "info"]])))
    assert not is_hot(move.folder / "practice.db-journal")


def is_killed_all_over(victim: Victim, move: Move, how: How, count: int | None) -> None:
    killed = 0
    for point in points_of(move, count):
        move.set_back()
        ended = victim.run(move.command, how, point)
        killed += ended.was_killed
        is_one_or_the_other(victim, move, ended)
    assert killed


@pytest.mark.parametrize("how", [How.STATEMENT, How.KILL, How.TORN])
@pytest.mark.parametrize("move", ["upgrade", "downgrade"])
def test_killed_in_a_migration(victim: Victim, tmp_path: Path, move: str, how: How) -> None:
    is_killed_all_over(victim, rehearse(victim, tmp_path / "at", move, how, 300), how, KILLS)


def test_killed_in_a_vacuum(victim: Victim, tmp_path: Path) -> None:
    move = rehearse(victim, tmp_path / "at", "vacuum", How.KILL, 300)
    is_killed_all_over(victim, move, How.KILL, KILLS)


@pytest.mark.full
@pytest.mark.parametrize("move", ["upgrade", "downgrade"])
def test_killed_at_every_statement_with_many_rows(victim: Victim, tmp_path: Path, move: str) -> None:
    rehearsed = rehearse(victim, tmp_path / "at", move, How.STATEMENT, 100_000)
    is_killed_all_over(victim, rehearsed, How.STATEMENT, None)


@pytest.mark.full
@pytest.mark.parametrize("how", [How.KILL, How.TORN])
@pytest.mark.parametrize("move", MOVES)
def test_killed_at_every_system_call(victim: Victim, tmp_path: Path, move: str, how: How) -> None:
    is_killed_all_over(victim, rehearse(victim, tmp_path / "at", move, how, 2_000), how, 500)


def fails_all_over(victim: Victim, move: Move, how: How, count: int | None) -> None:
    """A disk that is full or broken is named; nothing was moved, and no backup is left of what was not."""
    for point in points_of(move, count):
        move.set_back()
        (told,) = victim.run(move.command, how, point).told
        assert told.status == 0 or is_named(told)
        assert found(move.practice) == (move.before if told.status else move.after)
        assert not list(move.folder.rglob("*.new*"))
        assert told.status == 0 or not move.backups()
        succeeds(victim.run(in_folder(move.folder, [["clients", "list"], ["db", "check"]])))


@pytest.mark.parametrize("how", [How.FULL, How.BROKEN])
@pytest.mark.parametrize("move", MOVES)
def test_a_disk_that_fails_in_a_migration(victim: Victim, tmp_path: Path, move: str, how: How) -> None:
    fails_all_over(victim, rehearse(victim, tmp_path / "at", move, How.COUNT, 300), how, FAILURES)


@pytest.mark.full
@pytest.mark.parametrize("how", [How.FULL, How.BROKEN])
@pytest.mark.parametrize("move", MOVES)
def test_a_disk_that_fails_at_every_point(victim: Victim, tmp_path: Path, move: str, how: How) -> None:
    fails_all_over(victim, rehearse(victim, tmp_path / "at", move, How.COUNT, 2_000), how, 500)
