"""A full disk, a broken one: each command that writes ends with a named error, and nothing is harmed."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from faults.intentions import INTENTIONS, Rehearsal, contents, in_folder, is_hot, rehearse, succeeds
from faults.system_calls import How
from faults.victim import Told, Victim, environment

POINTS = 5
EVERY_POINT = 400
SMALL_DISK_KIB = 900


def is_named(told: Told) -> bool:
    """Whether a command that failed said so in two lines, with a status that means it."""
    lines = told.err.splitlines()
    assert told.status in (1, 4), told
    assert 1 <= len(lines) <= 2, told.err
    assert "where it should not" not in told.err
    return True


def points_of(rehearsal: Rehearsal, count: int) -> list[int]:
    step = max(1, rehearsal.points // count)
    return sorted({*range(1, rehearsal.points + 1, step), rehearsal.points - 1})


def is_unharmed(victim: Victim, rehearsal: Rehearsal, done: int) -> None:
    """What was done is there and nothing more; the next command works; nothing half-made lies about."""
    if rehearsal.practice.exists():
        succeeds(victim.run(in_folder(rehearsal.folder, [["clients", "list"], ["db", "check"]])))
    assert not is_hot(rehearsal.folder / "practice.db-journal")
    assert contents(rehearsal.practice) == rehearsal.states[done]
    strays = [file for file in rehearsal.folder.rglob("*") if file.name.endswith((".new", ".new-journal"))]
    assert not strays


def fails_all_over(victim: Victim, rehearsal: Rehearsal, how: How, count: int) -> None:
    """Let the intention's first command fail at that many points and see what is left each time."""
    for point in points_of(rehearsal, count):
        rehearsal.set_back()
        (told,) = victim.run(rehearsal.commands[:1], how, point).told
        assert told.status == 0 or is_named(told)
        is_unharmed(victim, rehearsal, int(told.status == 0))


@pytest.mark.parametrize("how", [How.FULL, How.BROKEN])
@pytest.mark.parametrize("intention", INTENTIONS)
def test_a_disk_that_fails_is_named_and_harms_nothing(
    victim: Victim, prepared: Path, tmp_path: Path, intention: str, how: How
) -> None:
    fails_all_over(victim, rehearse(victim, prepared, tmp_path / "practice", intention), how, POINTS)


@pytest.mark.full
@pytest.mark.parametrize("how", [How.FULL, How.BROKEN])
@pytest.mark.parametrize("intention", INTENTIONS)
def test_a_disk_that_fails_at_every_point(
    victim: Victim, prepared: Path, tmp_path: Path, intention: str, how: How
) -> None:
    fails_all_over(victim, rehearse(victim, prepared, tmp_path / "practice", intention), how, EVERY_POINT)


@pytest.mark.parametrize("intention", INTENTIONS)
def test_files_that_may_not_grow(victim: Victim, prepared: Path, tmp_path: Path, intention: str) -> None:
    rehearsal = rehearse(victim, prepared, tmp_path / "practice", intention)
    size = rehearsal.practice.stat().st_size if rehearsal.practice.exists() else 100_000
    for limit in (0, 5_000, size // 2, size):
        rehearsal.set_back()
        (told,) = victim.run(rehearsal.commands[:1], limit=limit).told
        assert told.status == 0 or is_named(told)
        is_unharmed(victim, rehearsal, int(told.status == 0))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk on which there is room for a practice and little else."""
    place = tmp_path / "disk"
    place.mkdir()
    options = f"size={SMALL_DISK_KIB}k"
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_runs_full_keeps_what_fitted(victim: Victim, prepared: Path, small_disk: Path) -> None:
    practice = small_disk / "practice.db"
    practice.write_bytes((prepared / "practice.db").read_bytes())
    note = "x" * 4_000
    added = 0
    for number in range(200):
        command = ["--db", str(practice), "clients", "add", f"Client {number}", "--notes", note]
        (told,) = victim.run([command]).told
        if told.status:
            break
        added += 1
    assert is_named(told)
    assert added
    assert "full" in told.err
    for words in (["db", "backup"], ["packages", "sell", "1", "--sessions", "5", "--name", note[:190]]):
        assert is_named(victim.run([["--db", str(practice), *words]]).told[0])
    succeeds(victim.run([["--db", str(practice), "db", "check"], ["--db", str(practice), "clients", "list"]]))
    found = contents(practice)
    assert found
    assert len(found["client"]) == 2 + added


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
@pytest.mark.parametrize(
    "words", [["clients", "list"], ["clients", "list", "--json"], ["clients", "add", "Ann"]]
)
def test_an_answer_that_does_not_fit(tmp_path: Path, words: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "ptrack", *words],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env=environment(tmp_path),
        )
    assert ended.returncode == 1
    assert "answer could not be written: No space left" in ended.stderr
    assert "Traceback" not in ended.stderr
