"""What is handed to clients: the sheets of a program, the papers of workouts."""

import io
import stat
from pathlib import Path

import pytest
from pypdf import PdfReader

from harness import Run
from ptrack.reports.workout import paper_name

PROGRAM = """program: Winter
weeks: 3
days per week: 2
goal: strength
day: A
[warm-up]
Band Pull-Apart: 2x15
[main]
Back Squat: w 2x5 40kg, 3x5 100kg @8 rest 2min progress +2.5kg # knees out
A1 Bench Press: 4x6-8 75%
A2 Pull-Up: 3x8 bw-20kg
day: B
Deadlift: 1x5+ 140kg
Plank: 3x45s
day: B (week 3)
Deadlift: 1x3 150kg
"""


@pytest.fixture
def anna(run: Run, tmp_path: Path) -> str:
    """Anna, who follows the program from Monday 16 November on and has done its first day."""
    (tmp_path / "winter.txt").write_text(PROGRAM, encoding="utf-8")
    run("clients", "add", "Anna Berg")
    run("programs", "new", str(tmp_path / "winter.txt"))
    run("programs", "assign", "Winter", "anna", "--start", "2026-11-16")
    return "anna"


def pages(path: Path) -> list[str]:
    found = PdfReader(io.BytesIO(path.read_bytes())).pages
    return [page.extract_text() for page in found]


def program(run: Run) -> str:
    return str(run("programs", "list", "--json").json[0]["id"])


def test_a_programs_sheets_have_a_week_a_page(run: Run, anna: str, tmp_path: Path) -> None:
    pdf = tmp_path / "winter.pdf"
    made = run("programs", "show", program(run), "--pdf", str(pdf), "--json").json
    assert (made["path"], made["weeks"], made["bytes"]) == (str(pdf), 3, pdf.stat().st_size)
    assert stat.S_IMODE(pdf.stat().st_mode) == 0o600
    found = pages(pdf)
    assert len(found) == 3
    assert "Week 1 of 3 Mon 16 Nov \u2013 Sun 22 Nov 2026" in " ".join(found[0].split())
    for piece in (
        "Anna Berg",
        "Winter",
        "My practice",
        "100 kg",
        "40 kg",
        "warm-up",
        "75 %",
        "A1",
        "A2",
        "knees out",
    ):
        assert piece in found[0]
    assert "bw \u221220 kg" in found[0]
    assert "140 kg" in found[1]
    assert "150 kg" in found[2]
    assert anna


def test_the_loads_are_those_of_today(run: Run, anna: str, tmp_path: Path) -> None:
    run("log", "add", anna, "Back Squat: 3x5 100kg; Bench Press: 5x5 80kg", "--when", "2026-11-17 18:00")
    run("programs", "show", program(run), "--pdf", str(tmp_path / "now.pdf"), "--week", "2")
    (page,) = pages(tmp_path / "now.pdf")
    assert "102.5 kg" in page
    assert "75 % 70 kg" in " ".join(page.split())
    assert "loads as of 20 Nov 2026" in page


def test_a_template_has_no_dates(run: Run, anna: str, tmp_path: Path) -> None:
    run("programs", "show", "Full Body", "--pdf", str(tmp_path / "t.pdf"))
    first = pages(tmp_path / "t.pdf")[0]
    assert "Week 1 of 8" in first
    assert "loads as of" not in first
    assert anna


def test_a_week_that_is_none_is_refused(run: Run, anna: str, tmp_path: Path) -> None:
    pdf = tmp_path / "no.pdf"
    ran = run("programs", "show", program(run), "--pdf", str(pdf), "--week", "4", status=2)
    assert "Winter has the weeks 1 to 3; --week 4 is none of them." in ran.err
    assert not pdf.exists()
    assert anna


def test_the_papers_of_many_workouts_go_into_a_folder(run: Run, anna: str, tmp_path: Path) -> None:
    run("log", "add", anna, "Back Squat: 3x5 100kg", "--when", "2026-11-17 18:00")
    run("log", "add", anna, "Back Squat: 3x5 105kg", "--when", "2026-11-19 18:00")
    folder = tmp_path / "papers"
    made = run("report", "workouts", "--client", anna, "--pdf", str(folder), "--json").json
    names = ["2026-11-17-1-anna-berg.pdf", "2026-11-19-2-anna-berg.pdf"]
    assert made == {"folder": str(folder), "files": [str(folder / name) for name in names]}
    assert sorted(path.name for path in folder.iterdir()) == names
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    run("report", "workouts", "--client", anna, "--pdf", str(folder))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_days_choose_the_workouts(run: Run, anna: str, tmp_path: Path) -> None:
    run("log", "add", anna, "Back Squat: 3x5 100kg", "--when", "2026-11-17 18:00")
    run("log", "add", anna, "Back Squat: 3x5 105kg", "--when", "2026-11-19 18:00")
    out = run("report", "workouts", "--from", "2026-11-18", "--pdf", str(tmp_path / "p")).out
    assert "1 PDF into" in out
    assert [row["id"] for row in run("report", "workouts", "--to", "2026-11-18", "--json").json] == [1]


def test_where_no_folder_can_be_is_told(run: Run, anna: str, tmp_path: Path) -> None:
    run("log", "add", anna, "Back Squat: 3x5 100kg")
    file = tmp_path / "file"
    file.write_text("x", encoding="utf-8")
    assert "is a file. Name a folder." in run("report", "workouts", "--pdf", str(file), status=2).err
    missing = tmp_path / "a" / "b"
    assert "does not exist" in run("report", "workouts", "--pdf", str(missing), status=2).err


@pytest.mark.parametrize(
    ("client", "name"),
    [
        ("Anna Berg", "2026-11-18-152-anna-berg.pdf"),
        ("José Müller-Łukasz", "2026-11-18-152-jose-muller-lukasz.pdf"),
        ("../../etc/passwd", "2026-11-18-152-etc-passwd.pdf"),
        ("Ελένη", "2026-11-18-152.pdf"),
        ("x" * 90, f"2026-11-18-152-{'x' * 40}.pdf"),
    ],
)
def test_a_file_is_named_in_letters_that_any_system_takes(client: str, name: str) -> None:
    from datetime import date

    assert paper_name(152, client, date(2026, 11, 18)) == name


def test_a_workouts_paper_tells_of_the_last_time(run: Run, anna: str, tmp_path: Path) -> None:
    for day, load in (("10", "95"), ("12", "97.5"), ("14", "97.5"), ("17", "100")):
        run("log", "add", anna, f"Back Squat: 3x5 {load}kg", "--when", f"2026-11-{day} 18:00")
    run("report", "workout", "4", "--pdf", str(tmp_path / "w.pdf"))
    (page,) = pages(tmp_path / "w.pdf")
    for piece in ("Last time", "3x5 97.5kg", "3x5 100kg", "+2.9", "Back Squat, e1RM by Epley (kg)"):
        assert piece in page


def test_a_lift_that_has_seldom_been_done_has_no_chart(run: Run, anna: str, tmp_path: Path) -> None:
    run("log", "add", anna, "Back Squat: 3x5 100kg", "--when", "2026-11-17 18:00")
    run("report", "workout", "1", "--pdf", str(tmp_path / "w.pdf"))
    (page,) = pages(tmp_path / "w.pdf")
    assert "Last time" not in page
    assert "e1RM by Epley (kg)" not in page
