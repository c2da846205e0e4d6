"""A command pays only for what it uses: which modules a start loads, not how long it takes."""

import subprocess
import sys
from pathlib import Path

import pytest

SLOW = (
    "sqlmodel",
    "sqlalchemy",
    "pydantic",
    "alembic",
    "dateutil",
    "plotext",
    "fpdf",
    "icalendar",
    "smtplib",
    "jinja2",
    "PIL",
    "tzlocal",
)
RICH_PARTS = ("rich.table", "rich.console", "rich.markdown", "rich.progress", "rich.traceback", "rich.syntax")

LOOKS = [
    ("--version",),
    ("--help",),
    ("appointments", "--help"),
    ("clients", "list"),
    ("clients", "list", "--json"),
    ("appointments", "week"),
    ("appointments", "week", "--json"),
    ("trainers", "show", "1"),
    ("today",),
    ("today", "--json"),
    ("close", "--dry-run"),
    ("log", "list"),
    ("log", "records", "1"),
    ("metrics", "list", "1"),
    ("packages", "list"),
    ("programs", "templates"),
    ("exercises", "search", "squat"),
    ("undo", "--list"),
    ("undo", "--yes"),
    ("report", "usage", "1"),
    ("report", "practice"),
    ("report", "practice", "--json"),
    ("report", "commission"),
    ("report", "attendance"),
    ("export", "appointments"),
    ("feedback", "list"),
    ("feedback", "summary", "--json"),
    ("reminders", "send"),
    ("reminders", "preview"),
    ("jobs", "daily"),
    ("jobs", "weekly"),
    ("mail", "list"),
    ("import", "list"),
    ("appointments", "month"),
    ("sessions", "list"),
    ("feedback", "list"),
]
TELL = """
import sys
sys.argv = ["ptrack", *sys.argv[1:]]
from ptrack.cli import main
try:
    main()
finally:
    sys.stderr.write("LOADED " + " ".join(sorted(sys.modules)) + "\\n")
"""


def _loaded(*arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", TELL, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    (line,) = (line for line in done.stderr.splitlines() if line.startswith("LOADED "))
    return set(line.split()[1:])


@pytest.fixture
def practice() -> None:
    """Make a practice with a client, in a process of its own."""
    subprocess.run(
        [sys.executable, "-m", "ptrack", "clients", "add", "Anna"], capture_output=True, check=True
    )


@pytest.mark.usefixtures("practice")
@pytest.mark.parametrize("words", LOOKS, ids=" ".join)
def test_looking_loads_nothing_slow(words: tuple[str, ...]) -> None:
    loaded = {name.split(".")[0] for name in _loaded(*words)}
    assert loaded.isdisjoint(SLOW)


@pytest.mark.usefixtures("practice")
@pytest.mark.parametrize("words", LOOKS, ids=" ".join)
def test_looking_loads_no_heavy_part_of_rich(words: tuple[str, ...]) -> None:
    assert _loaded(*words).isdisjoint(RICH_PARTS)


@pytest.mark.usefixtures("practice")
def test_json_needs_no_rich() -> None:
    assert not any(name.split(".")[0] == "rich" for name in _loaded("clients", "list", "--json"))


@pytest.mark.usefixtures("practice")
def test_an_import_loads_no_orm(tmp_path: Path) -> None:
    export = tmp_path / "strong.csv"
    export.write_text(
        "Date,Workout Name,Exercise Name,Set Order,Weight,Reps\n2026-03-02 07:00:00,Push,Bench Press,1,80,5\n"
    )
    for words in (("workouts", str(export), "--client", "Anna"), ("undo", "1", "--yes")):
        loaded = {name.split(".")[0] for name in _loaded("import", *words)}
        assert loaded.isdisjoint(SLOW), words


def test_help_imports_no_command() -> None:
    assert not any(name.startswith("ptrack.commands.cl") for name in _loaded("--help"))


def test_every_command_of_the_table_can_be_imported() -> None:
    from typer.main import get_command

    from ptrack.cli import COMMANDS, root

    group = get_command(root)
    for name in COMMANDS:
        assert group.get_command(None, name) is not None, name  # type: ignore[attr-defined]
