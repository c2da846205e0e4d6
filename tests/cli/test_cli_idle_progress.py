"""Programs that say `progress` where nothing can go up: taken as they are, and told."""

from contextlib import closing
from datetime import date
from pathlib import Path

from harness import Run
from ptrack.clients.queries import practice
from ptrack.database.reading import Reader, connect
from ptrack.programs.queries import program
from ptrack.reports.program_sheets import program_sheets

PROGRAM = """program: Idle
weeks: 2
days per week: 1

day: Lower A
Deadlift: 3x5 75% progress +2.5kg
Back Squat: 3x5 100kg progress +2.5kg
Plank: 3x45s progress +5kg
"""
PERCENT = "progress says nothing of a load in percent: Deadlift (Lower A)"


def test_a_new_an_edited_and_an_imported_program_tell(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "idle.txt"
    file.write_text(PROGRAM, encoding="utf-8")
    made = run("programs", "new", str(file))
    assert PERCENT in made.err
    assert "progress says nothing where no load is written: Plank (Lower A)" in made.err
    assert "Back Squat" not in made.err
    file.write_text(PROGRAM.replace("75%", "80%"), encoding="utf-8")
    assert PERCENT in run("programs", "edit", "Idle", str(file)).err
    file.write_text(PROGRAM.replace("Idle", "Brought"), encoding="utf-8")
    assert PERCENT in run("import", "programs", str(file)).err


def test_the_sheet_promises_no_step_where_none_comes(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "idle.txt"
    file.write_text(PROGRAM, encoding="utf-8")
    number = run("programs", "new", str(file), "--json").json["id"]
    with closing(connect(tmp_path / "practice.db")) as connection:
        reader = Reader(connection)
        sheets = program_sheets(reader, program(reader, number), date(2026, 11, 20), practice(reader))
    lines = [line for section in sheets.weeks[0].days[0].sections for line in section.lines]
    assert {line.name: line.notes for line in lines} == {
        "Deadlift": [], "Back Squat": ["+2.5 kg when all reps are done"], "Plank": [],
    }  # fmt: skip
