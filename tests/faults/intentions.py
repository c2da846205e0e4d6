"""What is done in a practice while it is killed or its disk is full, and the practice it is done in."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from faults.victim import Ended, Victim

SQUATS = "Back Squat: 3x5 100kg"
PREPARED = [
    ["clients", "add", "Anna Berg"],
    ["packages", "sell", "anna", "--sessions", "10"],
    ["appointments", "add", "anna", "2026-11-19 09:00"],
    ["appointments", "add", "anna", "2026-11-19 11:00"],
    ["clients", "add", "Ben Olsen"],
    ["appointments", "add", "ben", "2026-11-18 09:00"],
    ["appointments", "complete", "3"],
    ["db", "backup", "{folder}/earlier.db"],
    ["log", "add", "anna", SQUATS, "--when", "2026-11-17 09:00"],
]

INTENTIONS = {
    "log": [["log", "add", "anna", SQUATS], ["log", "add", "anna", "Deadlift: 5x3 120kg\nPlank: 2x60s"]],
    "complete": [["appointments", "complete", "1", "--log", SQUATS], ["appointments", "complete", "2"]],
    "close": [["appointments", "complete", "2"], ["close", "thu", "--all-completed"]],
    "sell": [["packages", "sell", "ben", "--sessions", "5"], ["packages", "sell", "anna", "--sessions", "5"]],
    "undo": [["undo", "--yes"], ["undo", "--yes", "--steps", "2"]],
    "redo": [["undo", "--yes", "--steps", "3"], ["redo", "--yes"], ["redo", "--yes", "--steps", "2"]],
    "remove": [["clients", "remove", "ben", "--yes"], ["clients", "remove", "anna", "--erase", "--yes"]],
    "backup": [["db", "backup"], ["db", "backup", "{folder}/later.db"]],
    "restore": [["db", "restore", "{folder}/earlier.db", "--yes"], ["log", "add", "anna", SQUATS]],
    "first": [["clients", "list"], ["clients", "add", "Ben Olsen"]],
}
"""Commands by what they are about; the first ones of all, where there is no practice yet, are `first`."""


Contents = dict[str, list[tuple[Any, ...]]]


def contents(path: Path) -> Contents | None:
    """Everything in a database, table by table; None where there is none. It must be whole."""
    if not path.exists():
        return None
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        schema = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()
        tables = [name for kind, name, _ in schema if kind == "table"]
        rows = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables}
    return {"sqlite_master": schema, **rows, "studio": [_without_uid(row) for row in rows["studio"]]}


def _without_uid(studio: tuple[Any, ...]) -> tuple[Any, ...]:
    """The studio's row without what tells a new practice from all others, which is drawn by lot."""
    return (studio[0], *studio[2:])


@dataclass(frozen=True)
class Rehearsal:
    """One intention, its commands, and the practice after none, one, … all; the points passed."""

    folder: Path
    kept: Path
    commands: list[list[str]]
    states: list[Contents | None]
    points: int

    @property
    def practice(self) -> Path:
        """The practice's file."""
        return self.folder / "practice.db"

    def set_back(self) -> None:
        """Make the folder what it was before the commands."""
        shutil.rmtree(self.folder)
        shutil.copytree(self.kept, self.folder)


def prepare(victim: Victim, folder: Path) -> None:
    """Make the practice in which all intentions but the first are tried."""
    succeeds(victim.run(in_folder(folder, PREPARED)))


def rehearse(victim: Victim, prepared: Path, folder: Path, intention: str) -> Rehearsal:
    """Run an intention without harm in a copy of the prepared practice, and note what it makes."""
    kept = folder.with_name("kept")
    if intention == "first":
        kept.mkdir()
    else:
        shutil.copytree(prepared, kept)
    shutil.copytree(kept, folder)
    commands = in_folder(folder, INTENTIONS[intention])
    states = [contents(folder / "practice.db")]
    points = 0
    for command in commands:
        points += succeeds(victim.run([command])).told[-1].points
        states.append(contents(folder / "practice.db"))
    return Rehearsal(folder, kept, commands, states, points)


def in_folder(folder: Path, commands: list[list[str]]) -> list[list[str]]:
    """The commands for the practice in that folder."""
    return [
        ["--db", f"{folder}/practice.db", *(word.replace("{folder}", str(folder)) for word in command)]
        for command in commands
    ]


def succeeds(ended: Ended) -> Ended:
    """What ended, if all of it ended well."""
    assert not ended.was_killed
    assert [told.status for told in ended.told] == [0] * len(ended.told), ended.told
    return ended


def is_hot(journal: Path) -> bool:
    """Whether SQLite would take something back by this journal; one never made ready begins with a zero."""
    return journal.exists() and journal.read_bytes()[:1] not in (b"", b"\0")
