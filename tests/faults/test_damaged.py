"""Files that are no practice, or none any more: a named error with a way out, and not a byte changed."""

import hashlib
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from faults.intentions import in_folder, is_hot, rehearse
from faults.system_calls import How
from faults.victim import Told, Victim, environment
from harness import Run
from ptrack.database import reading

COMMANDS = (
    "clients list",
    "today",
    "log records anna --json",
    "appointments week",
    "packages ledger anna",
    "metrics list anna",
    "report usage anna",
    "db info",
    "db backup",
    "db check",
    "clients add Carl",
    "packages adjust 1 +1 --note gift",
    "appointments complete 1",
    "metrics add anna weight=80",
    "config set name Nord",
    "import list",
)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _garbage(path: Path) -> None:
    path.write_bytes(random.Random(7).randbytes(50_000))  # noqa: S311  no secret


def _text(path: Path) -> None:
    path.write_text("Dear diary, leg day again.\n", encoding="utf-8")


def _cut_in_the_first_page(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:1_000])


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def _another_programs(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE client (name)")


UNUSABLE: dict[Callable[[Path], None], str] = {
    _empty: "is empty",
    _garbage: "is not a database",
    _text: "is not a database",
    _cut_in_the_first_page: "",
    _newer: "newer than this ptrack",
    _another_programs: "not one of ptrack's",
}


SEEDS = [*range(6), *(pytest.param(seed, marks=pytest.mark.full) for seed in range(6, 200))]


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    """The prepared practice, for this test alone."""
    return Path(shutil.copytree(prepared, tmp_path / "practice"))


def _digest(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file()
    }


def is_refused(told: Told, words: str = "") -> None:
    """A command that could not go on: a line or two, the database's status, no traceback."""
    assert told.status == 4, told
    assert words in told.err
    assert 1 <= len(told.err.splitlines()) <= 2, told.err


@pytest.mark.parametrize("spoil", UNUSABLE, ids=lambda spoil: spoil.__name__[1:])
def test_what_is_no_practice_is_refused_by_every_command(
    victim: Victim, folder: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(folder / "practice.db")
    before = _digest(folder)
    commands = in_folder(folder, [words.split() for words in COMMANDS])
    for told in victim.run(commands).told:
        is_refused(told, UNUSABLE[spoil])
    assert _digest(folder) == before


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_file_cut_short_is_no_traceback(victim: Victim, folder: Path, share: float) -> None:
    """What the cut did not reach may be shown; nothing is written into such a file; `check` tells."""
    practice = folder / "practice.db"
    practice.write_bytes(practice.read_bytes()[: int(practice.stat().st_size * share)])
    before = practice.read_bytes()
    for told in victim.run(in_folder(folder, [words.split() for words in COMMANDS])).told:
        if told.status:
            is_refused(told)
    assert practice.read_bytes() == before
    is_refused(victim.run(in_folder(folder, [["db", "check"]])).told[0])


@pytest.mark.parametrize(
    "seed", [*range(6), *(pytest.param(seed, marks=pytest.mark.full) for seed in range(6, 200))]
)
def test_flipped_bytes_are_no_traceback(victim: Victim, folder: Path, seed: int) -> None:
    """A flipped byte may lie where nobody looks: a command ends well or with a named error."""
    practice = folder / "practice.db"
    content = bytearray(practice.read_bytes())
    chance = random.Random(seed)  # noqa: S311  no secret
    for _ in range(10 ** (1 + seed % 3)):
        content[chance.randrange(100, len(content))] ^= 1 << chance.randrange(8)
    practice.write_bytes(content)
    reads, writes = COMMANDS[:10], COMMANDS[10:]
    are_named(victim, folder, reads)
    assert practice.read_bytes() == content
    are_named(victim, folder, writes)


def are_named(victim: Victim, folder: Path, commands: Sequence[str]) -> None:
    """Every one of the commands ends well or with an error that has a name."""
    for told in victim.run(in_folder(folder, [words.split() for words in commands])).told:
        if told.status not in (0, 1):
            is_refused(told)
        assert "where it should not" not in told.err, (told.err, Path(told.err.split()[-1][:-1]).read_text())


@pytest.mark.parametrize("spoil", UNUSABLE, ids=lambda spoil: spoil.__name__[1:])
def test_a_backup_takes_its_place_and_what_was_there_is_kept(
    victim: Victim, folder: Path, spoil: Callable[[Path], None]
) -> None:
    practice = folder / "practice.db"
    spoil(practice)
    spoilt = practice.read_bytes()
    restore, check = ["db", "restore", "{folder}/earlier.db", "--yes"], ["db", "check"]
    assert [told.status for told in victim.run(in_folder(folder, [restore, check])).told] == [0, 0]
    (kept,) = folder.glob("practice-before-restore-*.db")
    assert kept.read_bytes() == spoilt


def test_a_damaged_practice_stays_while_there_is_no_room_for_the_backup(victim: Victim, folder: Path) -> None:
    practice = folder / "practice.db"
    _garbage(practice)
    spoilt = practice.read_bytes()
    restore = in_folder(folder, [["db", "restore", "{folder}/earlier.db", "--yes"]])
    points = 40
    for point in range(1, points, 6):
        is_refused(victim.run(restore, How.FULL, point).told[0])
        assert practice.read_bytes() == spoilt


def test_a_backup_of_a_damaged_practice_names_the_practice(victim: Victim, folder: Path) -> None:
    practice = folder / "practice.db"
    content = bytearray(practice.read_bytes())
    for place in range(4096 * 3, len(content), 997):
        content[place] ^= 0xFF
    practice.write_bytes(content)
    told = victim.run(in_folder(folder, [["db", "backup"]])).told[0]
    is_refused(told, f"{practice}")
    assert ".new" not in told.err


@pytest.mark.parametrize("words", ["db backup", "db restore {copy} --yes", "clients list", "clients add Ben"])
def test_a_practice_that_is_busy_stays_in_its_place(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    run("clients", "add", "Anna")
    run("db", "backup", str(tmp_path / "copy.db"))
    session = sys.modules.get("ptrack.database.session")
    for module in filter(None, (reading, session)):
        monkeypatch.setattr(module, "BUSY_SECONDS", 0.1)
    before = _digest(tmp_path)
    with closing(sqlite3.connect(tmp_path / "practice.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert "busy" in run(*words.format(copy=tmp_path / "copy.db").split(), status=4).err
    assert _digest(tmp_path) == before


def test_a_restore_waits_for_who_reads_and_then_gives_up(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("clients", "add", "Anna")
    run("db", "backup", str(tmp_path / "copy.db"))
    monkeypatch.setattr(reading, "BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(tmp_path / "practice.db", isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM client").fetchall()
        assert "busy" in run("db", "restore", str(tmp_path / "copy.db"), "--yes", status=4).err
    assert run("clients", "list", "--json").json[0]["name"] == "Anna"


def test_a_journal_without_its_practice_is_worked_into_no_other(
    victim: Victim, prepared: Path, tmp_path: Path
) -> None:
    rehearsal = rehearse(victim, prepared, tmp_path / "practice", "log")
    victim.run(rehearsal.commands, How.KILL, rehearsal.points // 2 - 3)
    journal = rehearsal.folder / "practice.db-journal"
    assert is_hot(journal)
    moved = rehearsal.practice.rename(tmp_path / "moved.db")
    for words in (["clients", "list"], ["db", "restore", "{folder}/earlier.db", "--yes"]):
        is_refused(victim.run(in_folder(rehearsal.folder, [words])).told[0], "journal")
        assert not rehearsal.practice.exists()
    moved.rename(rehearsal.practice)
    assert victim.run(in_folder(rehearsal.folder, [["db", "check"]])).told[0].status == 0
    assert not is_hot(journal)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize("words", ["clients add Carl", "packages adjust 1 +1", "clients list", "db backup"])
def test_a_practice_that_may_only_be_read(folder: Path, tmp_path: Path, words: str) -> None:
    if shutil.which("setpriv") is None:
        pytest.skip("there is no setpriv to become somebody else with")
    if not _nobody_reaches_ptrack():
        pytest.skip("the program lies in a folder that only its owner may enter")
    with tempfile.TemporaryDirectory() as place:
        practice = Path(shutil.copytree(folder, f"{place}/read_only")) / "practice.db"
        practice.chmod(0o444)
        before = practice.read_bytes()
        ended = _as_nobody(practice, words, tmp_path)
        assert ended.returncode == 4, ended.stderr
        assert "cannot be reached: Permission denied" in ended.stderr
        for folder_of_it in practice.parents[:2]:
            folder_of_it.chmod(0o755)
        ended = _as_nobody(practice, words, tmp_path)
        assert ended.returncode == (0 if words == "clients list" else 4), ended.stderr
        assert len(ended.stderr.splitlines()) <= 2
        assert practice.read_bytes() == before


NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")


def _nobody_reaches_ptrack() -> bool:
    """Whether somebody else may run this Python and its ptrack at all."""
    probe = [*NOBODY, sys.executable, "-c", "import ptrack.cli"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def _as_nobody(practice: Path, words: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as somebody to whom nothing belongs."""
    return subprocess.run(
        [*NOBODY, sys.executable, "-m", "ptrack", "--db", str(practice), *words.split()],
        capture_output=True,
        text=True,
        check=False,
        env=environment(home),
    )
