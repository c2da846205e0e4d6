"""Runs killed at random moments: no mail goes out twice by itself, and what nobody knows of is listed."""

import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from faults.victim import environment
from harness import Run
from mail_server import Line, MailServer, mail_server
from outbox_samples import fill
from ptrack.outbox.states import may_move
from ptrack.vocabulary import MessageStatus

KILLS = 60
MANY_KILLS = 2_000
LONGEST_MS = 400
MESSAGES_A_KILL = 6
MOMENT_S = 0.004

WATCH = """
CREATE TABLE seen_move (before TEXT, after TEXT);
CREATE TRIGGER watch AFTER UPDATE OF status ON message WHEN OLD.status <> NEW.status
BEGIN INSERT INTO seen_move VALUES (OLD.status, NEW.status); END;
"""


def slowly(line: Line) -> bool:
    """Take a mail after a moment, and answer after another: both are moments to be killed in."""
    time.sleep(MOMENT_S)
    line.take()
    time.sleep(MOMENT_S)
    line.say("250 2.0.0 taken")
    return False


@contextmanager
def runner(practice: Path, home: Path, port: int) -> Iterator["subprocess.Popen[str]"]:
    """The process whose children send."""
    server = {"HOST": "127.0.0.1", "PORT": str(port), "SECURITY": "none", "FROM": "timo@lang.example"}
    process = subprocess.Popen(
        [sys.executable, "-m", "faults.mail_runner", str(practice)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(home) | {f"PTRACK_MAIL_{name}": value for name, value in server.items()},
    )
    try:
        yield process
    finally:
        process.communicate()


def one_run(process: "subprocess.Popen[str]", milliseconds: float = 0) -> str:
    """How a child ended."""
    assert process.stdin
    assert process.stdout
    process.stdin.write(f"{milliseconds}\n")
    process.stdin.flush()
    return process.stdout.readline().strip()


def statuses(practice: Path) -> dict[str, str]:
    """Each message's status by its recipient."""
    with closing(sqlite3.connect(practice)) as connection:
        return dict(connection.execute("SELECT recipient, status FROM message"))


def kill_runs(practice: Path, home: Path, server: MailServer, kills: int) -> Counter[str]:
    """Kill so many runs, and let one end in peace; how many children ended how."""
    chance = random.Random(20261120)  # noqa: S311  no secret
    fill(practice, kills * MESSAGES_A_KILL, expires_at=None)
    with closing(sqlite3.connect(practice)) as connection:
        connection.executescript(WATCH)
    with runner(practice, home, server.port) as process:
        ends = Counter(one_run(process, chance.uniform(2, LONGEST_MS)) for _ in range(kills))
        assert one_run(process) == "ended 0"
    return ends


def holds(practice: Path, server: MailServer) -> int:
    """Each mail arrived once, or is listed as uncertain and arrived once at most; how many are uncertain."""
    arrived = Counter(taken.recipient for taken in server.taken)
    assert max(arrived.values()) == 1
    found = statuses(practice)
    assert set(found.values()) <= {"sent", "uncertain"}
    assert {recipient for recipient, status in found.items() if status == "sent"} <= arrived.keys()
    with closing(sqlite3.connect(practice)) as connection:
        moves = connection.execute("SELECT DISTINCT before, after FROM seen_move").fetchall()
        connection.executescript("DROP TRIGGER watch; DROP TABLE seen_move;")
    assert [move for move in moves if not may_move(*map(MessageStatus, move))] == []
    assert list(practice.parent.glob("*.lock")) == []
    return sum(status == "uncertain" for status in found.values())


def kill_and_look(run: Run, tmp_path: Path, kills: int) -> None:
    run("clients", "list")
    practice = tmp_path / "practice.db"
    with mail_server() as server:
        server.faults = {"END": slowly}
        ends = kill_runs(practice, tmp_path / "home", server, kills)
        uncertain = holds(practice, server)
    assert ends["killed"] > kills / 2
    assert uncertain, "none was killed while a mail was on its way"
    assert len(run("mail", "list", "--status", "uncertain", "--json").json) == uncertain
    assert f"{uncertain} message" in run("reminders", "send").err
    assert run("db", "check").out == ""


def test_sixty_runs_killed(run: Run, tmp_path: Path) -> None:
    kill_and_look(run, tmp_path, KILLS)


@pytest.mark.full
def test_two_thousand_runs_killed(run: Run, tmp_path: Path) -> None:
    kill_and_look(run, tmp_path, MANY_KILLS)
