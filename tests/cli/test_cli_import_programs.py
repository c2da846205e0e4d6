"""`import programs` and `export programs` as they are typed."""

from pathlib import Path

import pytest

from harness import Run
from program_samples import EXAMPLES, programs_held

FOUR_DAYS = str(EXAMPLES / "four-days.csv")


@pytest.fixture
def practice(run: Run) -> Run:
    run("clients", "add", "Anna Berg")
    run("import", "programs", FOUR_DAYS)
    run("programs", "assign", "four-days", "anna", "--start", "2026-11-23")
    return run


def test_the_page_of_an_import(run: Run) -> None:
    lines = run("import", "programs", FOUR_DAYS, "--weeks", "8").out.splitlines()
    assert [line.strip() for line in lines[1:] if line.strip()] == [
        "Imported   1 program, 4 days, 19 prescriptions",
        "Program 7  four-days, 8 weeks, new",
        "assign        ptrack programs assign 7 CLIENT",
        "take it back  ptrack import undo 1",
    ]
    assert "1 program" in run("import", "list").out


@pytest.mark.parametrize("suffix", ["csv", "json", "xlsx", "txt"])
def test_what_was_written_is_known_again(practice: Run, tmp_path: Path, suffix: str) -> None:
    file = str(tmp_path / f"out.{suffix}")
    assert "2 programs written" in practice("export", "programs", "-o", file).err
    before = programs_held(tmp_path)
    found = practice("import", "programs", file, "--json").json
    assert (found["rows_imported"], found["batch"]) == (0, None)
    assert programs_held(tmp_path) == before
    practice("export", "programs", "-o", file, status=1)
    practice("export", "programs", "-o", file, "--force")


def test_a_folder_gets_a_file_for_each(practice: Run, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    practice("export", "programs", "-o", str(folder))
    assert sorted(path.name for path in folder.iterdir()) == ["four-days, Anna Berg.txt", "four-days.txt"]
    assert (folder / "four-days.txt").read_text().startswith("program: four-days\n")


def test_which_programs_are_written(practice: Run) -> None:
    def names(*words: str) -> list[tuple[str, str]]:
        told = practice("export", "programs", *words, "--json").json
        return [(one["name"], one["kind"]) for one in told]

    assert names() == [("four-days", "template"), ("four-days", "program")]
    assert names("--templates") == [("four-days", "template")]
    assert names("--client", "anna") == [("four-days", "program")]
    assert names("5x5") == [("5x5 Strength", "template")]
    practice("export", "programs", "nothing so called", status=1)


def test_nothing_to_write_says_what_could_be(run: Run) -> None:
    assert "Name a built-in one" in run("export", "programs", status=2).err


def test_a_spreadsheet_runs_nothing_of_it(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("Exercise,Sets,Reps,Notes\nBack Squat,3,5,=1+1\n", encoding="utf-8")
    run("import", "programs", str(path))
    assert "'=1+1" in run("export", "programs").out
    run("export", "programs", "-o", str(tmp_path / "plan.xlsx"))
    from openpyxl import load_workbook

    sheet = load_workbook(tmp_path / "plan.xlsx").worksheets[0]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
