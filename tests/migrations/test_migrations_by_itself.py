"""An older practice is upgraded by whatever opens it; what that says, keeps and leaves alone."""

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from faults.test_damaged import _as_nobody, _nobody_reaches_ptrack
from harness import Run
from migrations.first_schema import make_first_practice
from ptrack.database import reading
from ptrack.database.backup import verify
from ptrack.database.versions import HEAD

UPGRADING = (
    "clients list",
    "today --json",
    "clients add Carl",
    "db upgrade",
    "db vacuum",
    "undo --list",
    "undo --yes",
    "import list",
    "import workouts {file} --client Carl --create",
    "config list",
    "packages ledger 1",
    "report usage 1",
)
LOOKING = ("db info", "db check", "db backup", "db downgrade --dry-run")


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("first") / "practice.db"
    make_first_practice(path, 300)
    return path


@pytest.fixture
def practice(first: Path, tmp_path: Path) -> Path:
    """A practice of the first schema, where commands look for it."""
    path = tmp_path / "practice.db"
    path.write_bytes(first.read_bytes())
    path.chmod(0o600)
    return path


def version(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


@pytest.mark.parametrize("words", UPGRADING)
def test_a_command_upgrades_the_practice_first_and_says_so_once(
    run: Run, practice: Path, tmp_path: Path, words: str
) -> None:
    file = tmp_path / "strong.csv"
    file.write_text(
        "Date,Workout Name,Exercise Name,Set Order,Weight,Reps\n2026-03-02 07:00:00,Push,Bench Press,1,80,5\n"
    )
    said = run(*words.format(file=file).split(), status=None)
    assert version(practice) == HEAD, said.err
    (kept,) = practice.parent.glob("backups/*")
    assert kept.name == f"practice-before-{HEAD}-20261120-092000.db"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert version(kept) == "0001"
    verify(kept)
    if words != "db upgrade":
        assert f"upgraded from schema 0001 to {HEAD}" in said.err
        assert str(kept) in said.err.replace("\n", "").replace(" ", "")
        assert "ptrack db downgrade" in said.err
    assert "upgraded" not in run("clients", "list").err
    assert len(list(kept.parent.iterdir())) == 1


def test_for_programs_the_answer_stays_apart_from_the_notice(run: Run, practice: Path) -> None:
    said = run("clients", "list", "--json")
    assert len(said.json) == 13
    assert len(said.err.splitlines()) == 2
    assert version(practice) == HEAD


@pytest.mark.parametrize("words", LOOKING)
def test_some_work_with_an_older_practice_as_it_is(
    run: Run, practice: Path, tmp_path: Path, words: str
) -> None:
    before = practice.read_bytes()
    said = run(*words.split(), status=None)
    assert practice.read_bytes() == before
    assert "upgraded" not in said.err
    assert said.status == (1 if "downgrade" in words else 0)
    assert not list(tmp_path.glob("backups/*-before-*"))


def test_info_tells_both_schemas(run: Run, practice: Path) -> None:
    assert f"0001; the newest is {HEAD}" in run("db", "info").out
    told = run("db", "info", "--json").json
    assert (told["schema"], told["newest_schema"], told["path"]) == ("0001", HEAD, str(practice))


def test_check_holds_an_older_practice_to_its_own_schema(run: Run, practice: Path) -> None:
    with closing(sqlite3.connect(practice)) as connection, connection:
        connection.execute("DROP INDEX ix_appointment_location_id")
    assert "ix_appointment_location_id is missing" in run("db", "check", status=4).out


def test_completion_neither_upgrades_nor_speaks(practice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = practice.read_bytes()
    monkeypatch.setenv("_PTRACK_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "ptrack clients show An")
    monkeypatch.setenv("COMP_CWORD", "3")
    code = "from ptrack.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")
    assert practice.read_bytes() == before


def test_programs_that_come_at_once_upgrade_once(practice: Path) -> None:
    commands = (
        ["clients", "list", "--json"],
        ["clients", "add", "Carl"],
        ["today"],
        ["clients", "add", "Dora"],
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "ptrack", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for words in commands
    ]
    ended = [(*process.communicate(), process.returncode) for process in started]
    assert [status for _, _, status in ended] == [0] * 4, ended
    assert sum(b"upgraded" in err for _, err, _ in ended) == 1
    assert len(list(practice.parent.glob("backups/*"))) == 1
    assert len(json.loads(ended[0][0])) in (13, 14, 15)
    with closing(sqlite3.connect(practice)) as connection:
        assert connection.execute("SELECT count(*) FROM client").fetchone() == (15,)


def test_a_practice_in_use_is_not_upgraded(run: Run, practice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(practice, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        said = run("clients", "list", status=4).err
        assert run("db", "downgrade", "--yes", status=1)
        assert run("db", "vacuum", status=4)
    assert said.startswith(f"The practice must first be upgraded to schema {HEAD}. The database")
    assert "busy" in said
    assert len(said.splitlines()) == 2
    assert version(practice) == "0001"
    assert not list(practice.parent.glob("backups/*"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize("words", ["clients list", "clients add Carl"])
def test_a_practice_that_may_only_be_read_is_told_of(first: Path, tmp_path: Path, words: str) -> None:
    if shutil.which("setpriv") is None or not _nobody_reaches_ptrack():
        pytest.skip("somebody else cannot run ptrack here")
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        practice = Path(place, "practice.db")
        practice.write_bytes(first.read_bytes())
        practice.chmod(0o444)
        ended = _as_nobody(practice, words, tmp_path)
        assert ended.returncode == 4, ended.stderr
        assert "must first be upgraded" in ended.stderr
        assert "cannot be written" in ended.stderr
        assert len(ended.stderr.splitlines()) == 2
        assert _as_nobody(practice, "db check", tmp_path).returncode == 0
        assert practice.read_bytes() == first.read_bytes()


def test_no_place_for_the_backup_is_no_upgrade(run: Run, practice: Path) -> None:
    before = practice.read_bytes()
    (practice.parent / "backups").write_text("a file, where the folder should be")
    said = run("clients", "list", status=4).err
    assert "must first be upgraded" in said
    assert len(said.splitlines()) == 2
    assert practice.read_bytes() == before


def test_a_key_to_nothing_is_told_with_the_way_out(run: Run, practice: Path) -> None:
    with closing(sqlite3.connect(practice)) as connection, connection:
        connection.execute("UPDATE workout SET client_id = 99 WHERE id = 1")
    before = practice.read_bytes()
    said = run("clients", "list", status=4).err
    assert "points to a row of client that is not there" in said
    assert len(said.splitlines()) == 2
    assert practice.read_bytes() == before
    assert not list(practice.parent.glob("backups/*"))
    assert "points to a row of client" in run("db", "check", status=4).out


def test_an_older_backup_is_restored_and_upgraded(run: Run, practice: Path, tmp_path: Path) -> None:
    older = tmp_path / "older.db"
    practice.rename(older)
    run("clients", "add", "Zoe Later")
    said = run("db", "restore", str(older), "--yes")
    assert "upgraded from schema 0001" in said.err
    assert len(run("clients", "list", "--json").json) == 13
    assert version(older) == "0001"


def test_a_restore_asks_nothing_about_a_file_that_is_not_there(
    run: Run, practice: Path, tmp_path: Path
) -> None:
    del practice
    said = run("db", "restore", str(tmp_path / "none.db"), status=1).err
    assert said == f"There is no file {tmp_path}/none.db.\n"


def test_an_upgrade_that_is_asked_for(run: Run, practice: Path) -> None:
    told = run("db", "upgrade", "--json").json
    assert (told["from"], told["to"], version(practice)) == ("0001", HEAD, HEAD)
    assert version(Path(told["backup"])) == "0001"
    again = run("db", "upgrade", "--json")
    assert again.json["backup"] is None
    assert "nothing to do" in again.err
    assert "nothing to do" in run("db", "upgrade", "--to", str(int(HEAD))).err
    assert "db downgrade 0001" in run("db", "upgrade", "--to", "1", status=1).err
    assert "There is no schema 9" in run("db", "upgrade", "--to", "9", status=2).err


def test_a_downgrade_is_asked_for_twice_and_sticks_until_the_next_command(run: Run, practice: Path) -> None:
    run("trainers", "add", "Mia", status=None)
    with closing(sqlite3.connect(practice)) as connection, connection:
        connection.execute("UPDATE trainer SET buffer_min = 10 WHERE id <= 3")
    before = practice.read_bytes()
    assert "loses trainers' buffers (3)" in run("db", "downgrade", "1", status=2).err
    told = run("db", "downgrade", "1", "--dry-run", "--json")
    assert {"what": "trainers' buffers", "count": 3} in told.json["lost"]
    assert practice.read_bytes() == before
    told = run("db", "downgrade", "1", "--yes", "--json")
    assert (told.json["from"], told.json["to"], version(practice)) == (HEAD, "0001", "0001")
    assert "for an older ptrack now" in told.err
    assert version(Path(told.json["backup"])) == HEAD
    assert run("db", "check").out == ""
    assert "the first there was" in run("db", "downgrade", "--yes", status=1).err
    assert "upgraded" in run("clients", "list").err
    assert "no older one" in run("db", "downgrade", HEAD, "--yes", status=1).err


def test_a_vacuum_gives_room_back(run: Run, practice: Path) -> None:
    run("clients", "list")
    before = practice.stat().st_size
    told = run("db", "vacuum", "--json").json
    assert told["bytes_before"] == before > told["bytes_after"] == practice.stat().st_size
    assert practice.stat().st_mode & 0o777 == 0o600
    assert run("db", "check").out == ""


def test_a_practice_of_today_is_opened_without_alembic(run: Run) -> None:
    run("clients", "add", "Anna")
    code = (
        "import sys; sys.argv = ['ptrack', *sys.argv[1:]]\n"
        "from ptrack.cli import main\n"
        "try: main()\n"
        "finally: print('alembic' in sys.modules, file=sys.stderr)"
    )
    for words in (["clients", "list"], ["clients", "add", "Ben"], ["db", "check"], ["db", "info"]):
        done = subprocess.run(
            [sys.executable, "-c", code, *words], capture_output=True, text=True, check=False
        )
        assert done.stderr.endswith("False\n"), done.stderr


def test_a_journal_of_an_upgrade_that_was_cut_off_is_worked_in(run: Run, practice: Path) -> None:
    """As the tests of kills do it at every point; here with the journal that SQLite itself leaves."""
    with closing(sqlite3.connect(practice, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 5")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE client SET name = 'half'")
        with contextlib.suppress(sqlite3.Error):
            connection.execute("UPDATE workout SET title = 'half'")
        journal = practice.with_name("practice.db-journal").read_bytes()
        half = practice.read_bytes()
        connection.execute("ROLLBACK")
    practice.write_bytes(half)
    practice.with_name("practice.db-journal").write_bytes(journal)
    assert {row["name"] for row in run("clients", "list", "--json").json} != {"half"}
    assert version(practice) == HEAD
