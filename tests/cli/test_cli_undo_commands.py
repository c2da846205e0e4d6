"""Every command that writes: taken back, the practice is what it was; brought back, what the command made."""

import shutil
from pathlib import Path

import pytest

from exchange_samples import EXAMPLES
from harness import Run
from undo_samples import PREPARED, SQUATS, contents, differences

CASES: dict[str, tuple[tuple[str, ...], ...]] = {
    "init": (
        ("init", "--name", "Studio Sued", "--type", "yoga", "--trainer", "Ida", "--email", "i@example.org"),
    ),
    "init zone": (("init", "--timezone", "Pacific/Auckland"),),
    "config set": (("config", "set", "late_cancel_hours", "12"),),
    "config formula": (("config", "set", "e1rm_formula", "brzycki"),),
    "clients add": (
        ("clients", "add", "Dina Roth", "--email", "d@example.org", "--tag", "new", "--height", "170"),
    ),
    "clients edit": (
        ("clients", "edit", "anna", "--name", "Anna Lund", "--tag", "evening", "--born", "1990-02-03"),
    ),
    "clients pause": (("clients", "pause", "anna"),),
    "clients resume": (("clients", "resume", "cara"),),
    "clients churn": (("clients", "churn", "ben", "--reason", "moved"),),
    "clients remove": (("clients", "remove", "anna", "--yes"),),
    "trainers add": (("trainers", "add", "Ole Dahl", "--commission", "40%"),),
    "locations add": (("locations", "add", "Hall"),),
    "packages sell": (("packages", "sell", "anna", "--sessions", "5"),),
    "packages sell, settling": (("packages", "sell", "ben", "--sessions", "5", "--price", "300"),),
    "packages sell, uncounted": (("packages", "sell", "ben", "--kind", "unlimited"),),
    "packages adjust": (("packages", "adjust", "1", "-2", "--note", "a gift"),),
    "packages close": (("packages", "close", "2"),),
    "appointments add": (("appointments", "add", "ben", "2026-11-24 10:00", "--notes", "first"),),
    "appointments edit": (("appointments", "edit", "3", "--when", "2026-11-23 12:00", "--duration", "45"),),
    "appointments start": (("appointments", "start", "6"),),
    "appointments complete": (("appointments", "complete", "2"),),
    "appointments complete, owed": (("appointments", "complete", "6"),),
    "appointments complete, started": (("appointments", "complete", "7"),),
    "appointments complete --log": (("appointments", "complete", "2", "--log", SQUATS),),
    "appointments complete --create": (
        ("appointments", "complete", "2", "--log", "Zercher Carry: 3x40s", "--create"),
    ),
    "appointments no-show": (("appointments", "no-show", "2", "--charge"),),
    "appointments no-show, waived": (("appointments", "no-show", "2", "--waive"),),
    "appointments cancel": (("appointments", "cancel", "3", "--reason", "ill"),),
    "appointments cancel, charged": (("appointments", "cancel", "2", "--charge"),),
    "appointments waive": (("appointments", "waive", "5"),),
    "appointments reopen": (("appointments", "reopen", "1"),),
    "exercises add": (("exercises", "add", "Sled Crawl", "--primary", "quads", "--alias", "Crawl"),),
    "exercises edit": (
        ("exercises", "edit", "squat", "--name", "High-Bar Back Squat", "--tracked", "reps"),
        ("exercises", "edit", "squat", "--primary", "quads", "--primary", "abs", "--secondary", "glutes"),
        ("exercises", "edit", "squat", "--video-url", "https://example.org/squat", "--equipment", ""),
        ("exercises", "edit", "squat", "--name", "Squat"),
    ),
    "exercises alias": (
        ("exercises", "alias", "squat", "Kniebeuge"),
        ("exercises", "alias", "squat", "kniebeuge", "--remove"),
    ),
    "exercises merge": (("exercises", "merge", "Front Squat", "Back Squat", "--yes"),),
    "exercises merge, forced": (
        ("exercises", "add", "Squat Hold", "--tracked", "time", "--primary", "quads", "--alias", "Sit"),
        ("log", "add", "anna", "Squat Hold: 3x40s", "--when", "2026-11-17 18:00"),
        ("exercises", "merge", "squat", "Squat Hold", "--force", "--yes"),
    ),
    "programs new": (("programs", "new", "{folder}/plan.txt"),),
    "programs assign": (("programs", "assign", "full", "ben"),),
    "programs assign --replace": (("programs", "assign", "full", "anna", "--replace"),),
    "programs complete": (("programs", "complete", "7"),),
    "programs deload": (
        ("programs", "edit", "7", "{folder}/plan.txt"),
        ("programs", "deload", "7", "squat"),
    ),
    "programs drop": (("programs", "drop", "7"),),
    "programs new --client": (("programs", "new", "{folder}/plan.txt", "--client", "ben"),),
    "programs edit": (("log", "add", "anna"), ("programs", "edit", "7", "{folder}/turned.txt")),
    "programs edit, shorter": (
        ("log", "add", "anna"),
        ("log", "add", "anna"),
        ("programs", "edit", "7", "{folder}/plan.txt"),
        ("programs", "edit", "7", "{folder}/turned.txt"),
    ),
    "programs edit, completed by it": (
        ("log", "add", "anna"),
        ("programs", "edit", "7", "{folder}/once.txt"),
        ("programs", "edit", "7", "{folder}/plan.txt"),
    ),
    "programs from": (
        ("programs", "from", "7"),
        ("programs", "edit", "8", "{folder}/plan.txt", "--create"),
        ("programs", "remove", "8", "--yes"),
    ),
    "programs remove": (
        ("programs", "new", "{folder}/plan.txt"),
        ("programs", "assign", "8", "ben"),
        ("programs", "remove", "8", "--yes"),
    ),
    "log add": (("log", "add", "anna", "Back Squat: 3x5 90kg", "--when", "2026-11-17 18:00"),),
    "log add, as planned": (("log", "add", "anna"),),
    "log add, before all": (("log", "add", "anna", "Back Squat: 1x5 120kg", "--when", "2026-11-10 18:00"),),
    "log edit": (("log", "edit", "1", "Back Squat: 3x5 110kg\nDip: 2x8"),),
    "log edit, moved": (("log", "edit", "2", "--when", "2026-11-12 18:00", "--title", "Legs"),),
    "log remove": (("log", "remove", "1", "--yes"),),
    "log remove, of a session": (("log", "remove", "3", "--yes"),),
    "metrics add": (("metrics", "add", "anna", "weight=70", "waist=80", "--when", "2026-11-17 08:00"),),
    "metrics define": (("metrics", "define", "mood", "--name", "Mood", "--category", "skill"),),
    "metrics define, again": (("metrics", "define", "sleep", "--name", "Sleep at night"),),
    "config zone, at the same hour": (("config", "set", "timezone", "Asia/Tokyo", "--keep-wall-times"),),
    "trainers edit": (("trainers", "edit", "maya", "--commission", "25%", "--buffer", "10"),),
    "trainers hours": (
        ("trainers", "hours", "maya", "mon-fri 9-17"),
        ("trainers", "hours", "maya", "mon 8-12, tue 10-18"),
    ),
    "trainers off": (("trainers", "off", "add", "maya", "2026-12-01", "2026-12-05", "--reason", "away"),),
    "trainers deactivate": (("trainers", "deactivate", "maya", "--force"), ("trainers", "activate", "maya")),
    "locations edit": (("locations", "edit", "park", "--name", "Big Park", "--capacity", "4"),),
    "locations deactivate": (("locations", "deactivate", "park", "--force"),),
    "packages edit": (("packages", "edit", "1", "--expires", "2026-12-24", "--price", "700"),),
    "packages transfer": (("packages", "transfer", "1", "ben", "--sessions", "2", "--note", "a gift"),),
    "packages expire, back": (
        ("packages", "edit", "1", "--expires", "2026-11-19"),
        ("packages", "expire"),
        ("packages", "edit", "1", "--expires", "2027-12-24"),
    ),
    "packages reopen": (("packages", "close", "1"), ("packages", "reopen", "1")),
    "sessions validate": (("sessions", "validate", "1"),),
    "sessions dispute": (("sessions", "dispute", "1", "--reason", "was away"),),
    "sessions delete": (("sessions", "delete", "1", "--yes", "--with-workout"),),
    "sessions delete, its workout kept": (("sessions", "delete", "1", "--yes"),),
    "a series": (
        ("appointments", "add", "ben", "2026-11-24 10:00", "--repeat", "weekly", "--times", "6"),
        ("appointments", "edit", "10", "--when", "2026-12-08 12:00", "--following"),
        ("appointments", "cancel", "11", "--following", "--by", "trainer"),
    ),
    "a group": (
        ("appointments", "add", "ben,anna", "2026-11-20 09:00", "--name", "Circle"),
        ("appointments", "join", "1", "cara"),
        ("appointments", "complete", "8"),
        ("appointments", "leave", "1", "anna", "--by", "trainer"),
        ("appointments", "complete", "10", "--log", SQUATS),
    ),
    "the next free time": (
        ("trainers", "hours", "owner", "mon-fri 9-17"),
        ("appointments", "add", "anna", "--next-free"),
    ),
    "close": (("close", "2026-11-19", "--trainer", "maya", "--all-completed"),),
    "several": (
        ("appointments", "complete", "2", "--log", SQUATS),
        ("appointments", "reopen", "2"),
        ("log", "remove", "4", "--yes"),
        ("appointments", "cancel", "2", "--no-charge"),
    ),
    "a client from the first to the last": (
        ("clients", "add", "Dina Roth", "--trainer", "Maya Lind"),
        ("packages", "sell", "dina", "--sessions", "2"),
        ("appointments", "add", "dina", "2026-11-19 18:00"),
        ("appointments", "complete", "8", "--log", SQUATS),
        ("packages", "adjust", "3", "1"),
        ("packages", "close", "3"),
        ("clients", "churn", "dina"),
    ),
}
"""What is run, by a name; all of it is taken back. More commands: more lines."""

IMPORTS: dict[str, tuple[str, ...]] = {
    "workouts": (str(EXAMPLES / "strong-sample.csv"), "--client", "anna", "--create"),
    "appointments": (str(EXAMPLES / "calendar.ics"), "--client", "ben", "--trainer", "Maya Lind"),
    "exercises": (str(EXAMPLES / "exercises.csv"),),
    "programs": (str(EXAMPLES / "programs" / "four-days.csv"), "--client", "ben", "--create"),
}
"""What each kind of import is given; it is taken back, and then comes in anew."""

PLAN = """program: Quick Start
weeks: 2
days per week: 2

day: A
Back Squat: 3x5 60kg

day: B
Deadlift: 1x5 80kg
"""

TURNED = """program: 5x5 the other way
weeks: 12
days per week: 3

day: Workout B
Deadlift: 1x5 50kg rest 3min progress +5kg
Back Squat: w 2x5 20kg, 3x5 60kg
Overhead Press: w 2x5 20kg, 5x5 20kg rest 3min progress +2.5kg

day: Workout A (weeks 1-6)
Barbell Row: 5x5 30kg rest 3min progress +2.5kg
Bench Press: w 2x5 20kg, 5x5 25kg rest 3min progress +2.5kg
Back Squat: w 2x5 20kg, 5x5 30kg rest 3min progress +2.5kg

day: Workout A
Plank: 3x45s
"""
ONCE = """program: Once
weeks: 1
days per week: 1

day: Workout A
Back Squat: 3x5 60kg
"""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the practice waits that is prepared once."""
    return tmp_path_factory.mktemp("kept") / "practice.db"


@pytest.fixture
def practice(run: Run, kept: Path, tmp_path: Path) -> Path:
    """A copy of the prepared practice."""
    path = tmp_path / "practice.db"
    if not kept.exists():
        for words in PREPARED:
            run(*words)
        shutil.copy(path, kept)
    shutil.copy(kept, path)
    for name, text in {"plan": PLAN, "turned": TURNED, "once": ONCE}.items():
        (tmp_path / f"{name}.txt").write_text(text)
    return path


@pytest.mark.parametrize("name", CASES)
def test_what_a_command_did_is_taken_back_and_brought_back(name: str, run: Run, practice: Path) -> None:
    states = [contents(practice)]
    for words in CASES[name]:
        run(*(word.replace("{folder}", str(practice.parent)) for word in words))
        states.append(contents(practice))
    for before in reversed(states[:-1]):
        run("undo", "--yes")
        assert differences(contents(practice), before) == {}
        run("db", "check")
    for after in states[1:]:
        run("redo", "--yes")
        assert differences(contents(practice), after) == {}
        run("db", "check")
    steps = str(len(CASES[name]))
    run("undo", "--yes", "--steps", steps)
    assert differences(contents(practice), states[0]) == {}
    run("redo", "--yes", "--steps", steps)
    assert differences(contents(practice), states[-1]) == {}
    run("db", "check")


@pytest.mark.parametrize("kind", IMPORTS)
def test_what_an_import_did_is_taken_back_and_comes_in_anew(kind: str, run: Run, practice: Path) -> None:
    before = contents(practice)
    made = run("import", kind, *IMPORTS[kind], "--json").json["created"]
    assert made[kind]
    run("undo", "--yes")
    assert set(differences(contents(practice), before)) == {"import_batch"}
    run("db", "check")
    assert run("import", kind, *IMPORTS[kind], "--json").json["created"] == made
    run("db", "check")


def test_every_kind_of_import_is_taken_back_here() -> None:
    from ptrack.commands.imports import group

    named = {one.name for one in group.registered_commands}
    assert named == {*IMPORTS, "list", "undo"}
