"""Killed at a system call: the practice is old or new, keeps what was acknowledged, can be used at once."""

import random
from pathlib import Path

import pytest

from faults.intentions import INTENTIONS, Rehearsal, contents, in_folder, is_hot, rehearse, succeeds
from faults.system_calls import How
from faults.victim import Victim

KILLS = 22
MANY_KILLS = 340


def points_of(rehearsal: Rehearsal, count: int) -> list[int]:
    """That many points all over the commands, the same every time; the last ones are always among them."""
    chance = random.Random(20261120)  # noqa: S311  no secret
    every = range(1, rehearsal.points + 1)
    if count >= len(every):
        return list(every)
    return sorted({*chance.sample(every, count - 3), *every[-3:]})


def holds(victim: Victim, rehearsal: Rehearsal, acknowledged: int) -> None:
    """The practice can be read at once, is whole, and is what was acknowledged or the next thing."""
    if rehearsal.practice.exists():
        succeeds(victim.run(in_folder(rehearsal.folder, [["clients", "list", "--json"], ["db", "check"]])))
        assert not is_hot(rehearsal.practice.with_name("practice.db-journal"))
    found = contents(rehearsal.practice)
    assert found in rehearsal.states[acknowledged : acknowledged + 2]
    has_no_strays(rehearsal.folder)


def has_no_strays(folder: Path) -> None:
    """Nothing lies about but whole databases and temporary files, which say that they are."""
    for file in folder.rglob("*"):
        if file.is_dir() or file.name.endswith((".new", ".new-journal")):
            continue
        if file.name.endswith(".db-journal"):
            assert not is_hot(file)
            continue
        assert file.suffix == ".db", file
        assert contents(file)


def is_killed_all_over(victim: Victim, rehearsal: Rehearsal, how: How, count: int) -> None:
    """Kill the commands at that many points and see what is left each time."""
    for point in points_of(rehearsal, count):
        rehearsal.set_back()
        ended = victim.run(rehearsal.commands, how, point)
        assert all(told.status == 0 for told in ended.told)
        assert ended.was_killed or len(ended.told) == len(rehearsal.commands)
        holds(victim, rehearsal, len(ended.told))


@pytest.mark.parametrize("intention", INTENTIONS)
def test_killed_at_any_point_the_practice_is_old_or_new(
    victim: Victim, prepared: Path, tmp_path: Path, intention: str
) -> None:
    rehearsal = rehearse(victim, prepared, tmp_path / "practice", intention)
    is_killed_all_over(victim, rehearsal, How.KILL, KILLS)


def test_a_write_that_was_cut_in_half_is_taken_back(victim: Victim, prepared: Path, tmp_path: Path) -> None:
    rehearsal = rehearse(victim, prepared, tmp_path / "practice", "complete")
    is_killed_all_over(victim, rehearsal, How.TORN, KILLS)


@pytest.mark.full
@pytest.mark.parametrize("how", [How.KILL, How.TORN])
@pytest.mark.parametrize("intention", INTENTIONS)
def test_killed_at_every_point(
    victim: Victim, prepared: Path, tmp_path: Path, intention: str, how: How
) -> None:
    is_killed_all_over(victim, rehearse(victim, prepared, tmp_path / "practice", intention), how, MANY_KILLS)


def test_the_next_command_meets_what_the_killed_one_left(
    victim: Victim, prepared: Path, tmp_path: Path
) -> None:
    """Some of the points leave a half-written practice behind: without that the others would prove little."""
    rehearsal = rehearse(victim, prepared, tmp_path / "practice", "log")
    journal = rehearsal.folder / "practice.db-journal"
    half_written = 0
    for point in range(rehearsal.points // 2 - 6, rehearsal.points // 2 + 1):
        rehearsal.set_back()
        before = rehearsal.practice.read_bytes()
        victim.run(rehearsal.commands, How.KILL, point)
        half_written += is_hot(journal) and rehearsal.practice.read_bytes() != before
        succeeds(victim.run(in_folder(rehearsal.folder, [["log", "list", "--json"]])))
        assert not is_hot(journal)
    assert half_written
