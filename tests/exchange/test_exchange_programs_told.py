"""Told of an import of programs at once: names beside rejected rows, and what cannot be taken back."""

from pathlib import Path

import pytest

from harness import Run
from program_samples import plan_file


@pytest.mark.parametrize(
    "content",
    [
        "Exercise,Sets,Reps\nHover Hold,3,x\nFoo Lift,3,5\n",
        "Day,Work\nMon,A1 Hover Hold 2-3x10; Foo Lift 3x5\nTue,Foo Lift 3x5\n",
        '[{"name": "Hover Hold", "sets": 3, "reps": "x"}, {"name": "Foo Lift", "sets": 3, "reps": 5}]',
    ],
)
def test_names_are_told_in_the_run_that_rejects_their_rows(run: Run, tmp_path: Path, content: str) -> None:
    told = run("import", "programs", plan_file(tmp_path, content), "--json", status=1).json
    assert {one["name"] for one in told["unresolved"]} == {"Foo Lift", "Hover Hold"}


def test_a_text_alone_is_asked_for_its_sets_and_for_no_name(run: Run, tmp_path: Path) -> None:
    path = plan_file(tmp_path, "Exercise,Sets,Reps\nBack Squat,3,5\nConditioning,,\n")
    told = run("import", "programs", path, "--json", status=1).json
    assert (len(told["rejected"]), told["unresolved"]) == (1, [])


def test_an_import_of_which_all_is_in_use_stays_open(run: Run, tmp_path: Path) -> None:
    run("import", "programs", plan_file(tmp_path, "Exercise,Sets,Reps\nBack Squat,3,5\n"), "--name", "Waves")
    run("clients", "add", "Anna Berg")
    run("programs", "assign", "Waves", "Anna")
    told = run("import", "undo", "1", "--yes", "--json").json
    assert (told["stays_open"], told["left"]["programs_in_use"]) == (True, ["Waves"])
    assert "nothing could be taken back" in run("import", "undo", "1", "--yes").out
    assert run("import", "list", "--json").json[0]["undone_at"] is None
    run("undo", "--yes")
    assert run("import", "undo", "1", "--yes", "--json").json["removed"]["programs"] == 1
