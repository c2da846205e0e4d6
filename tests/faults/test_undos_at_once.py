"""Two people take something back at the same moment: two changes go, or one person is told no."""

import subprocess
import sys
from pathlib import Path

from faults.victim import environment
from harness import Run

ROUNDS = 3


def begin(practice: Path, home: Path) -> subprocess.Popen[str]:
    """An `undo` that has begun."""
    return subprocess.Popen(
        [sys.executable, "-m", "ptrack", "--db", str(practice), "undo", "--yes", "--json"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=environment(home),
    )  # fmt: skip


def test_two_undos_at_once_take_back_two_changes(run: Run, tmp_path: Path) -> None:
    practice = tmp_path / "practice.db"
    for number in range(2 * ROUNDS):
        run("clients", "add", f"Client {number}")
    for done in range(1, ROUNDS + 1):
        pair = [begin(practice, tmp_path / "home") for _ in range(2)]
        told = [process.communicate() for process in pair]
        assert [process.returncode for process in pair] == [0, 0], told
        standing = [row["id"] for row in run("undo", "--list", "--json").json if not row["undone"]]
        assert standing == list(range(2 * (ROUNDS - done), 0, -1))
        assert len(run("clients", "list", "--json").json) == len(standing)
    run("redo", "--yes", "--steps", str(2 * ROUNDS))
    assert len(run("clients", "list", "--json").json) == 2 * ROUNDS
