"""Hostile names and notes through every command and format: no crash, no raw escape, nothing lost."""

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from faults.hostile import FORBIDDEN, SPECIAL, names
from harness import Ran, Run
from ptrack.naming import clean
from ptrack.output.cells import cell_width

MANY = 500
PAGES = (
    ("clients", "list"),
    ("clients", "show", "{id}"),
    ("packages", "list"),
    ("packages", "ledger", "{id}"),
    ("appointments", "list"),
    ("appointments", "day"),
    ("appointments", "week"),
    ("appointments", "month"),
    ("appointments", "show", "1"),
    ("sessions", "list"),
    ("exercises", "search", "squat"),
    ("exercises", "show", "{exercise}"),
    ("programs", "list"),
    ("log", "list"),
    ("log", "show", "1"),
    ("log", "records", "{id}"),
    ("metrics", "list", "{id}"),
    ("metrics", "history", "{id}", "weight"),
    ("metrics", "chart", "{id}", "weight"),
    ("report", "usage", "{id}"),
    ("report", "workout", "1"),
    ("today",),
)
LISTS = {"clients list", "packages list", "appointments list", "sessions list", "log list", "programs list"}


def _is_clean(text: str) -> bool:
    return not any(character in text for character in FORBIDDEN)


def _add(run: Run, *words: str) -> int | None:
    """The number of what was added; None where the text was refused in a line or two."""
    ran: Ran = run(*words, "--json", status=None)
    assert ran.status in (0, 1, 2), ran.err
    assert _is_clean(ran.err)
    return int(ran.json["id"]) if ran.status == 0 else None


@pytest.mark.parametrize("text", SPECIAL)
def test_one_hostile_text_everywhere(run: Run, text: str, tmp_path: Path) -> None:
    client = _add(run, "clients", "add", f"Ann {text}", "--goal", text, "--notes", text)
    assert client is not None
    exercise = _add(run, "exercises", "add", f"Lift {text}")
    _add(run, "locations", "add", text)
    run("packages", "sell", "1", "--sessions", "3", "--name", f"P {text}", status=None)
    run("appointments", "add", "1", "today 09:00", "--notes", text)
    run("log", "add", "1", "Back Squat: 3x5 100kg", "--title", f"T {text}", "--notes", text)
    run("metrics", "add", "1", "weight=80", "--note", text)
    for words in PAGES:
        command = [word.format(id=client, exercise=exercise or 1) for word in words]
        page = run(*command)
        assert _is_clean(page.out), command
        assert all(cell_width(line) <= 80 for line in page.out.splitlines()), command
        json.loads(run(*command, "--json").out)
        if " ".join(command) in LISTS:
            assert list(csv.reader(io.StringIO(run(*command, "--csv").out)))
    pdf = tmp_path / "w.pdf"
    assert _is_clean(run("report", "workout", "1", "--pdf", str(pdf)).err)
    assert pdf.read_bytes().startswith(b"%PDF")


def test_a_spreadsheet_runs_no_cell(run: Run) -> None:
    for text in ("=1+1", "+1", "-1", "@SUM(1)"):
        run("clients", "add", "--", text)
    rows = list(csv.DictReader(io.StringIO(run("clients", "list", "--csv").out)))
    assert {row["name"] for row in rows} == {"'=1+1", "'+1", "'-1", "'@SUM(1)"}


@pytest.mark.parametrize("width", ["40", "80"])
def test_many_names_in_ten_scripts(
    run: Run, tmp_path: Path, width: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    run("clients", "list")
    stored = [clean(name) or "x" for name in names(MANY)]
    with closing(sqlite3.connect(tmp_path / "practice.db")) as connection, connection:
        connection.executemany(
            "INSERT INTO client (name, channel, leaderboard_opt_in, status, created_at) "
            "VALUES (?, 'email', 0, 'active', '2026-01-01 00:00:00.000000')",
            [(name,) for name in stored],
        )
    page = run("clients", "list")
    assert _is_clean(page.out)
    assert sorted(row["name"] for row in run("clients", "list", "--json").json) == sorted(stored)
    assert len(list(csv.reader(io.StringIO(run("clients", "list", "--csv").out)))) == MANY + 1
    for number in range(1, MANY, 37):
        assert run("clients", "show", str(number), "--json").json["name"] == stored[number - 1]


def test_ten_kilobytes_are_told_to_be_too_long(run: Run) -> None:
    assert "200 characters" in run("clients", "add", "x" * 10_240, status=2).err
    assert len(run("clients", "show", "y" * 10_240, status=1).err) < 500
