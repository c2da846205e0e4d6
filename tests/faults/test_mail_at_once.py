"""Runs at once, their clocks an hour and a year apart: each mail goes out once."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from faults.test_mail_killed import statuses
from faults.victim import environment
from harness import Run
from mail_server import MailServer, mail_server
from outbox_samples import fill

CLOCKS = (
    "2026-11-20T10:20:00+01:00",
    "2026-11-20T11:20:00+01:00",
    "2027-11-20T10:20:00+01:00",
    "2026-11-20T12:20:00+01:00",
)


def send_at_once(home: Path, practice: Path, server: MailServer, runs: int) -> list[str]:
    """Let so many runs send what is due; what each complained of."""
    told = {"HOST": "127.0.0.1", "PORT": str(server.port), "SECURITY": "none", "FROM": "timo@lang.example"}
    settings = {f"PTRACK_MAIL_{name}": value for name, value in told.items()}
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "ptrack", "--db", str(practice), "reminders", "send"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(home) | settings | {"PTRACK_NOW": CLOCKS[number % len(CLOCKS)]},
        )
        for number in range(runs)
    ]
    said = ["".join(process.communicate()) for process in processes]
    assert [process.returncode for process in processes] == [0] * runs
    return said


def race(run: Run, tmp_path: Path, runs: int, mails: int) -> None:
    run("clients", "list")
    practice = tmp_path / "practice.db"
    fill(practice, runs * mails, expires_at=None)
    with mail_server() as server:
        assert send_at_once(tmp_path / "home", practice, server, runs) == [""] * runs
        arrived = Counter(taken.recipient for taken in server.taken)
        assert server.connections > 1, "one of them sent everything"
    assert set(arrived.values()) == {1}
    assert len(arrived) == runs * mails
    assert set(statuses(practice).values()) == {"sent"}
    assert list(tmp_path.glob("*.lock")) == []


def test_four_runs_at_once(run: Run, tmp_path: Path) -> None:
    race(run, tmp_path, runs=4, mails=50)


@pytest.mark.full
def test_sixteen_runs_at_once(run: Run, tmp_path: Path) -> None:
    race(run, tmp_path, runs=16, mails=1_000)
