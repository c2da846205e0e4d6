"""The day's jobs: what they do, that they do it once, and that they are silent."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from harness import Run

At = Callable[..., Any]


@pytest.fixture
def at(run: Run, monkeypatch: pytest.MonkeyPatch) -> At:
    """Run a command on a day of November 2026, at ten past ten."""

    def command(day: int, *words: str, status: int = 0) -> Any:
        monkeypatch.setenv("PTRACK_NOW", f"2026-11-{day:02}T10:10:00+01:00")
        return run(*words, status=status)

    return command


def rows(path: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def kept(at: At, expires: str = "2026-11-20") -> None:
    at(1, "clients", "add", "Anna Berg", "--email", "anna@example.org")
    at(1, "packages", "sell", "Anna", "--sessions", "5", "--expires", expires)


@pytest.mark.parametrize("command", ["daily", "weekly"])
def test_nothing_to_do_is_nothing_to_say(at: At, command: str) -> None:
    kept(at)
    said = at(2, "jobs", command)
    assert (said.out, said.err) == ("", "")


def test_a_last_day_is_told_once_and_made_up_for_when_days_were_missed(at: At) -> None:
    kept(at)
    assert at(5, "jobs", "daily", "--json").json["told"] == []
    told = at(9, "jobs", "daily", "--json").json["told"]
    assert told == [
        {"client": "Anna Berg", "client_id": 1, "package": 1, "expires_on": "2026-11-20", "credits": 5}
    ]
    for day in (9, 10, 20):
        assert at(day, "jobs", "daily", "--json").json["told"] == []
    (message,) = at(20, "mail", "list", "--json").json
    assert (message["kind"], message["status"]) == ("credits", "pending")


def test_credits_past_their_last_day_are_written_off_and_undo_passes_over_that(at: At) -> None:
    kept(at)
    at(21, "clients", "edit", "Anna", "--notes", "knee")
    done = at(21, "jobs", "daily", "--json").json
    assert [(row["client"], row["credits"]) for row in done["expired"]] == [("Anna Berg", 5)]
    assert at(21, "jobs", "daily", "--json").json["expired"] == []
    assert at(21, "clients", "show", "Anna", "--json").json["credits"] == 0
    at(21, "undo", "--yes")
    shown = at(21, "clients", "show", "Anna", "--json").json
    assert (shown["notes"], shown["credits"]) == (None, 0)


def test_a_rehearsal_changes_nothing(at: At, tmp_path: Path) -> None:
    kept(at)
    before = rows(tmp_path / "practice.db", "SELECT * FROM credit_entry")
    assert "5 credits of package 1 expired on 2026-11-20" in at(21, "jobs", "daily", "--dry-run").out
    assert "Anna Berg is told: 5 credits" in at(10, "jobs", "daily", "--dry-run").out
    assert rows(tmp_path / "practice.db", "SELECT * FROM credit_entry") == before
    assert rows(tmp_path / "practice.db", "SELECT * FROM message") == []


def test_metrics_that_are_missing_are_collected(at: At, tmp_path: Path) -> None:
    kept(at)
    at(3, "log", "add", "Anna", "Back Squat: 3x5 100kg")
    before = rows(tmp_path / "practice.db", "SELECT metric_id, value FROM metric_entry ORDER BY metric_id")
    assert before
    with closing(sqlite3.connect(tmp_path / "practice.db")) as connection, connection:
        connection.execute("DELETE FROM metric_entry")
    assert at(4, "jobs", "daily", "--json").json["collected"] == [1]
    assert at(4, "jobs", "daily", "--json").json["collected"] == []
    after = rows(tmp_path / "practice.db", "SELECT metric_id, value FROM metric_entry ORDER BY metric_id")
    assert after == before


def test_a_mailbox_that_cannot_be_read_is_one_line_and_the_rest_is_done(
    at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(at)
    for name, value in (("HOST", "127.0.0.1"), ("PORT", "9"), ("SECURITY", "none"), ("USER", "anna")):
        monkeypatch.setenv(f"PTRACK_MAIL_IMAP_{name}", value)
    monkeypatch.setenv("PTRACK_MAIL_PASSWORD", "secret")
    said = at(21, "jobs", "daily", status=3)
    assert said.out == ""
    assert said.err.strip().startswith("Replies: ")
    assert "secret" not in said.err
    assert at(21, "clients", "show", "Anna", "--json").json["credits"] == 0


def test_jobs_at_once_do_everything_once(at: At, tmp_path: Path) -> None:
    for name in ("Anna", "Ben", "Cleo", "Dana"):
        at(1, "clients", "add", name, "--email", f"{name.lower()}@example.org")
        at(1, "packages", "sell", name, "--sessions", "5", "--expires", "2026-11-12")
        at(1, "packages", "sell", name, "--sessions", "3", "--expires", "2026-11-20")
        at(11, "log", "add", name, "Back Squat: 3x5 100kg")
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "ptrack", "jobs", words],
            env={**os.environ, "PTRACK_NOW": "2026-11-16T10:10:00+01:00"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for words in ("daily", "weekly", "daily", "weekly")
    ]
    assert [(run.communicate()[0], run.returncode) for run in runs] == [("", 0)] * 4
    path = tmp_path / "practice.db"
    made = rows(path, "SELECT kind, client_id, count(*) FROM message GROUP BY kind, client_id ORDER BY 1, 2")
    assert made == [
        *(("credits", client, 1) for client in range(1, 5)),
        *(("weekly_summary", client, 1) for client in range(1, 5)),
    ]
    assert rows(path, "SELECT sum(delta) FROM credit_entry") == [(4 * 3,)]
    assert at(16, "db", "check", "--json").json == []
