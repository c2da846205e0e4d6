"""How far a long import is: told while files are read, and shown on a terminal."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from at_a_terminal import AtATerminal
from exchange_samples import strong_file, strong_row
from exercise_samples import free_entry
from harness import Run
from ptrack.exchange import exercises, program_import, workouts
from ptrack.exchange.bulk import bulk_writing

NOW = datetime(2026, 11, 20, 9, 20, tzinfo=UTC)
MANY = 1_200

Told = list[tuple[int, int, int]]


@pytest.fixture
def told() -> Told:
    return []


@pytest.fixture
def practice(run: Run, tmp_path: Path) -> Path:
    run("clients", "add", "Anna Berg")
    return tmp_path / "practice.db"


def library(folder: Path) -> Path:
    file = folder / "library.json"
    file.write_text(json.dumps([free_entry(name=f"Move {number}", id=str(number)) for number in range(MANY)]))
    return file


def table(folder: Path) -> Path:
    file = folder / "table.csv"
    file.write_text("name\n" + "".join(f"Move {number}\n" for number in range(MANY)))
    return file


def plans(folder: Path, rows: int = MANY) -> Path:
    file = folder / "plans.csv"
    text = "".join(f"Plan {number // 50},A,Back Squat,3,5\n" for number in range(rows))
    file.write_text("Program,Day,Exercise,Sets,Reps\n" + text)
    return file


def check(told: Told, total: int) -> None:
    """See that it was told twice, that it went on, and not past the end."""
    assert [rows for _, _, rows in told] == [500, 1_000]
    assert told == sorted(told)
    assert {all_there_is for _, all_there_is, _ in told} == {total}
    assert 0 < told[-1][0] <= total


@pytest.mark.parametrize("make", [library, table])
def test_the_reading_of_exercises_is_told(make: Callable[[Path], Path], practice: Path, told: Told) -> None:
    file = make(practice.parent)
    with bulk_writing(practice, NOW) as bulk:
        exercises.import_exercises(bulk, [file], exercises.Wanted(), lambda *far: told.append(far))
    check(told, file.stat().st_size)


def test_the_reading_of_workouts_is_told(practice: Path, told: Told) -> None:
    rows = (strong_row(order=str(number + 1)) for number in range(MANY))
    file = Path(strong_file(practice.parent, *rows))
    with bulk_writing(practice, NOW) as bulk:
        workouts.import_workouts(bulk, [file], workouts.Wanted("anna"), lambda *far: told.append(far))
    check(told, file.stat().st_size)


def test_the_reading_of_programs_is_told(practice: Path, told: Told) -> None:
    wanted, file = program_import.Wanted(today=NOW.date()), plans(practice.parent)
    with bulk_writing(practice, NOW) as bulk:
        program_import.read_files(bulk.reader, [file], wanted, lambda *far: told.append(far))
    check(told, MANY + 1)


def test_a_long_file_shows_a_bar_on_a_terminal(practice: Path) -> None:
    file = plans(practice.parent, 10_000)
    with AtATerminal("import", "programs", str(file)) as terminal:
        terminal.sees("rows/s")
        terminal.sees("Imported")
