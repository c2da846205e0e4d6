"""`init`, `config`, `db` and what all commands have in common, as their users meet them."""

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from harness import Run


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "practice.db"


def test_init_sets_up_and_is_safe_to_run_again(run: Run) -> None:
    words = (
        "init",
        "--name",
        "Nord",
        "--type",
        "hybrid",
        "--timezone",
        "Asia/Tokyo",
        "--unit",
        "lb",
        "--trainer",
        "Maya",
        "--json",
    )
    first = run(*words).json
    assert (first["name"], first["studio_type"], first["timezone"], first["unit"]) == (
        "Nord",
        "hybrid",
        "Asia/Tokyo",
        "lb",
    )
    assert run(*words).json == first
    assert run("init", "--currency", "usd", "--json").json["name"] == "Nord"


def test_a_fresh_practice_is_a_gym_in_the_machines_zone(run: Run) -> None:
    ran = run("init", "--json").json
    assert (ran["studio_type"], ran["timezone"], ran["leaderboard"], ran["calendar"]) == (
        "gym",
        "Europe/Berlin",
        False,
        True,
    )


def test_wrong_settings_are_refused_with_what_would_do(run: Run) -> None:
    assert "Europe/Berlin" in run("init", "--timezone", "Europe/Berln", status=2).err
    assert "gym, yoga, hybrid" in run("init", "--type", "spa", status=2).err
    assert run("config", "set", "late_cancel_hours", "-1", status=2).err
    assert run("config", "set", "nothing", "1", status=1).err


def test_settings_are_read_and_set(run: Run) -> None:
    assert run("config", "set", "studio.e1rm_formula", "brzycki", "--json").json == {
        "e1rm_formula": "brzycki"
    }
    assert run("config", "get", "e1rm_formula", "--json").json == {"e1rm_formula": "brzycki"}
    listed = {row["key"]: row["value"] for row in run("config", "list", "--json").json}
    assert (listed["first_weekday"], listed["leaderboard"]) == ("monday", False)


def test_a_signature_has_lines_however_they_are_typed(run: Run) -> None:
    for typed in (r"Maya Lind\n Studio <Nord> ", "Maya Lind\nStudio <Nord>\n"):
        run("config", "set", "signature", typed)
        assert run("config", "get", "signature", "--json").json == {"signature": r"Maya Lind\nStudio <Nord>"}
        lines = [line.strip() for line in run("mail", "preview", "reminder").out.splitlines()]
        assert lines[lines.index("Maya Lind") + 1] == "Studio <Nord>"
    run("config", "set", "signature", r" \n ")
    assert run("config", "get", "signature", "--json").json == {"signature": ""}


def test_the_file_and_its_folder_are_private(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "data" / "deep" / "p.db"
    run("--db", str(target), "clients", "list")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert stat.S_IMODE(target.parent.stat().st_mode) == 0o700


def test_backup_and_restore_bring_back_what_was(run: Run, path: Path, tmp_path: Path) -> None:
    run("clients", "add", "Anna Berg")
    copy = tmp_path / "copy.db"
    run("db", "backup", str(copy))
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    run("clients", "add", "Ben Olsen")
    assert "exists already" in run("db", "backup", str(copy), status=1).err
    kept = Path(run("db", "restore", str(copy), "--yes", "--json").json["kept"])
    assert [row["name"] for row in run("clients", "list", "--json").json] == ["Anna Berg"]
    assert kept.parent == path.parent
    assert [row["name"] for row in run("--db", str(kept), "clients", "list", "--json").json] == [
        "Anna Berg",
        "Ben Olsen",
    ]
    assert run("db", "check").out == ""


def test_restoring_needs_a_yes_without_a_terminal(run: Run, tmp_path: Path) -> None:
    run("db", "backup", str(tmp_path / "copy.db"))
    assert "--yes" in run("db", "restore", str(tmp_path / "copy.db"), status=2).err


def test_a_damaged_practice_is_named_left_alone_and_mended_by_a_backup(
    run: Run, path: Path, tmp_path: Path
) -> None:
    run("clients", "add", "Anna Berg")
    run("db", "backup", str(tmp_path / "copy.db"))
    garbage = b"not a database at all" * 200
    path.write_bytes(garbage)
    ran = run("clients", "list", "--json", status=4)
    assert ran.json["error"]["code"] == "database"
    assert path.read_bytes() == garbage
    run("db", "restore", str(tmp_path / "copy.db"), "--yes")
    assert run("clients", "list", "--json").json[0]["name"] == "Anna Berg"


def test_flipped_bytes_are_found_by_the_check(run: Run, path: Path) -> None:
    run("clients", "add", "Anna Berg")
    content = bytearray(path.read_bytes())
    for place in range(4096 * 3, len(content), 997):
        content[place] ^= 0xFF
    path.write_bytes(content)
    assert run("db", "check", status=4).err
    assert path.read_bytes() == bytes(content)


def test_a_newer_practice_is_refused_by_name(run: Run, path: Path) -> None:
    run("clients", "list")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    for words in (("clients", "list"), ("clients", "add", "Anna")):
        error = run(*words, status=4).err
        assert "9999" in error
        assert "newer" in error


def test_another_programs_database_is_refused(run: Run, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE notes (text)")
    assert "not one of ptrack's" in run("clients", "list", status=4).err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_practice_that_may_not_be_read_is_told(run: Run, path: Path) -> None:
    run("clients", "list")
    path.chmod(0)
    assert run("clients", "list", status=4).err


def test_a_folder_is_no_practice(run: Run, tmp_path: Path) -> None:
    assert "folder" in run("--db", str(tmp_path), "clients", "list", status=2).err


def test_the_schema_holds_against_raw_sql(run: Run, path: Path) -> None:
    run("clients", "add", "Anna Berg")
    with closing(sqlite3.connect(path)) as connection:
        for text in (
            "UPDATE client SET status = 'gone'",
            "UPDATE client SET name = ' '",
            "UPDATE client SET height_cm = 5",
            "UPDATE client SET created_at = 'yesterday'",
            "UPDATE client SET leaderboard_opt_in = 7",
            "UPDATE studio SET id = 2",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(text)


def test_every_write_is_journalled(run: Run, path: Path) -> None:
    run("clients", "add", "Anna Berg")
    run("clients", "edit", "anna", "--phone", "123")
    with closing(sqlite3.connect(path)) as connection:
        commands = [row[0] for row in connection.execute("SELECT command FROM change ORDER BY id")]
        before, after = connection.execute(
            "SELECT before, after FROM change_row ORDER BY id DESC LIMIT 1"
        ).fetchone()
    assert commands == ["clients add", "clients edit"]
    assert '"phone": null' in before
    assert '"phone": "123"' in after


def test_wrong_usage_is_two_lines_and_exit_2(run: Run) -> None:
    ran = run("clients", "lst", "--json", status=2)
    assert ran.json["error"]["code"] == "usage"
    assert len(ran.err.splitlines()) <= 2
    assert run("clients", "list", "--nonsense", status=2).err
    assert run("nonsense", status=2).err


def test_negative_numbers_need_no_dashes(run: Run) -> None:
    assert "package has the number 3" in run("packages", "adjust", "3", "-1", "--note", "x", status=1).err


def test_nothing_is_written_to_the_home_folder_but_the_practice(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PTRACK_DB")
    run("clients", "list")
    files = [
        str(file.relative_to(tmp_path / "home")) for file in (tmp_path / "home").rglob("*") if file.is_file()
    ]
    assert files == [".local/share/ptrack/ptrack.db"]
