"""`clients remove` takes a client out of every list; with `--erase` the person is gone, the books stay."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from exchange_samples import strong_file, strong_row
from harness import Run
from undo_samples import contents

SECRETS = (
    "Quendolina", "quendo@example", "0171 555", "1987-06-05", "mended knee", "run a marathon", "guardianus",
    "Papa Quend", "discreet-tag", "talked about knees", "stayed with knees", "ill with the flu",
    "a gift for the knee", "said in a note", "left for Oslo", "Quendolina's ten", "secret title",
    "private-export", "handed on for Q",
)  # fmt: skip
"""Whatever of this is found in the file was not erased."""


@pytest.fixture
def practice(run: Run, tmp_path: Path) -> Path:
    """A practice with a client of whom everything is known, and another one."""
    run("init", "--name", "Studio Nord")
    run(
        "clients", "add", "Quendolina Berg", "--email", "quendo@example.org", "--phone", "0171 555",
        "--born", "1987-06-05", "--height", "171", "--sex", "female", "--notes", "mended knee",
        "--goal", "run a marathon", "--guardian-email", "guardianus@example.org",
        "--guardian-name", "Papa Quend", "--tag", "discreet-tag",
    )  # fmt: skip
    run("clients", "add", "Ben Olsen", "--email", "ben@example.org", "--notes", "Ben's own")
    run("packages", "sell", "quend", "--sessions", "10", "--name", "Quendolina's ten")
    run("packages", "adjust", "1", "2", "--note", "a gift for the knee")
    run("packages", "transfer", "1", "ben", "--sessions", "1", "--note", "handed on for Q")
    for when in ("2026-11-18 09:00", "2026-11-19 09:00", "2026-11-23 09:00", "2026-11-24 09:00"):
        run("appointments", "add", "quend", when, "--notes", "talked about knees")
    run("appointments", "add", "ben", "2026-11-24 12:00", "--notes", "Ben's hour")
    run("appointments", "complete", "1", "--log", "Back Squat: 3x5 100kg # stayed with knees")
    run("appointments", "cancel", "2", "--no-charge", "--reason", "ill with the flu")
    run("metrics", "add", "quend", "weight=61.5", "--note", "said in a note")
    run("programs", "assign", "5x5", "quend")
    run("log", "add", "quend", "Deadlift: 3x3 90kg", "--title", "secret title", "--no-program")
    run("log", "remove", "2", "--yes")
    run("import", "workouts", strong_file(tmp_path, strong_row(), name="private-export.csv"),
        "--client", "quend", "--create")  # fmt: skip
    run("clients", "churn", "quend", "--reason", "left for Oslo")
    run("clients", "resume", "quend")
    return tmp_path / "practice.db"


def query(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


@pytest.mark.usefixtures("practice")
def test_it_names_what_it_does_and_wants_a_yes(run: Run) -> None:
    ran = run("clients", "remove", "quend", status=2)
    assert "This removes Quendolina Berg from every list" in ran.err
    assert "2 appointments called off for nothing: Mon 23 Nov 2026 09:00; Tue 24 Nov 2026 09:00." in ran.err
    assert "10 credits will be left unused." in ran.err
    ran = run("clients", "remove", "quend", "--erase", status=2)
    assert "erases Quendolina Berg for good: 2 workouts, " in ran.err
    assert "In the books stays without a name: 4 appointments, 1 session, 1 package." in ran.err
    assert "It cannot be undone.\nBackups" in ran.err


def test_a_rehearsal_changes_nothing(run: Run, practice: Path) -> None:
    before = contents(practice)
    assert run("clients", "remove", "quend", "--dry-run", "--json").json["cancelled"] == [3, 4]
    told = run("clients", "remove", "quend", "--erase", "--dry-run", "--json").json
    assert told["gone"]["workouts"] == 2
    assert told["kept"] == {"appointments": 4, "sessions": 1, "packages": 1}
    assert contents(practice) == before


@pytest.mark.usefixtures("practice")
@pytest.mark.parametrize("how", [(), ("--erase",)])
def test_the_client_is_in_no_list_any_more(run: Run, how: tuple[str, ...]) -> None:
    run("clients", "remove", "quend", "--yes", *how)
    pages = [
        ("clients", "list"), ("packages", "list"), ("programs", "list"), ("appointments", "week", "+1w"),
        ("today",), ("appointments", "list", "--from", "2026-11-20", "--status", "scheduled"),
    ]  # fmt: skip
    for words in pages:
        assert not re.search("Quendolina|Erased", run(*words).out), words
    for words in (("clients", "show", "1"), ("appointments", "add", "quend", "2026-11-25 09:00")):
        assert "client" in run(*words, status=1).err


@pytest.mark.usefixtures("practice")
def test_what_was_done_stays_in_the_figures(run: Run) -> None:
    run("clients", "remove", "quend", "--yes")
    assert run("appointments", "show", "1", "--json").json["status"] == "completed"
    shown = run("appointments", "show", "3", "--json").json
    assert (shown["status"], shown["client"]) == ("cancelled", "Quendolina Berg")


@pytest.mark.usefixtures("practice")
def test_a_client_is_removed_once(run: Run) -> None:
    run("clients", "remove", "quend", "--yes")
    run("clients", "remove", "quend", "--yes", status=1)


def test_a_session_under_way_is_finished_first(run: Run, practice: Path) -> None:
    run("appointments", "add", "quend", "2026-11-20 10:00")
    run("appointments", "start", "6")
    run("log", "add", "quend", "Plank: 60s", "--session", "2")
    before = contents(practice)
    assert "holds workout" in run("clients", "remove", "quend", "--yes", status=1).err
    assert contents(practice) == before


def test_nothing_of_an_erased_person_is_in_the_file(run: Run, practice: Path) -> None:
    raw = practice.read_bytes()
    assert [text for text in SECRETS if text.encode() not in raw] == []
    run("clients", "remove", "quend", "--erase", "--yes")
    raw = practice.read_bytes()
    assert [text for text in SECRETS if text.encode() in raw] == []
    assert not practice.with_name("practice.db-journal").exists()
    assert run("db", "check").out == ""


def test_the_books_stay_and_so_do_the_others(run: Run, practice: Path) -> None:
    ledger = query(practice, "SELECT id, package_id, delta, reason, session_id FROM credit_entry")
    sessions = query(practice, "SELECT id, appointment_id, starts_at, status, value_cents FROM session")
    run("clients", "remove", "quend", "--erase", "--yes")
    assert query(practice, "SELECT id, package_id, delta, reason, session_id FROM credit_entry") == ledger
    assert (
        query(practice, "SELECT id, appointment_id, starts_at, status, value_cents FROM session") == sessions
    )
    assert query(practice, "SELECT name, email FROM client") == [
        ("Erased client 1", None), ("Ben Olsen", "ben@example.org"),
    ]  # fmt: skip
    assert query(practice, "SELECT notes FROM appointment WHERE client_id = 2") == [("Ben's hour",)]
    assert query(practice, "SELECT count(*) FROM workout") == [(0,)]
    assert run("clients", "show", "ben", "--json").json["notes"] == "Ben's own"


def test_the_ledger_is_guarded_as_before(run: Run, practice: Path) -> None:
    run("clients", "remove", "quend", "--erase", "--yes")
    with closing(sqlite3.connect(practice)) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute("UPDATE credit_entry SET delta = 1")


@pytest.mark.usefixtures("practice")
def test_erasing_cannot_be_undone_nor_what_came_before(run: Run) -> None:
    run("clients", "remove", "quend", "--erase", "--yes")
    assert "a client was erased for good" in run("undo", "--yes", status=1).err
    assert "nothing to bring back" in run("redo", "--yes", status=1).err
    run("clients", "edit", "ben", "--phone", "12")
    run("undo", "--yes")
    run("undo", "--yes", status=1)


def test_a_client_removed_before_is_erased_by_number(run: Run, practice: Path) -> None:
    run("clients", "remove", "quend", "--yes")
    run("clients", "remove", "1", "--erase", "--yes")
    raw = practice.read_bytes()
    assert [text for text in SECRETS if text.encode() in raw] == []


KEPT_TEXTS = {
    "appointment": {"cancelled_by"},
    "session": set(),
    "package": set(),
    "client": {"churned_on", "paused_on"},
}
"""Texts about a client that stay, for they tell nothing about a person: words of ours, days."""


def test_every_text_about_a_client_is_thought_of(practice: Path) -> None:
    """What comes to the schema later must be erased, or be named above as something that may stay."""
    from ptrack.desk.erase import FORGOTTEN

    statements = [" ".join(text.split()) for text in FORGOTTEN]
    tables = {name for (name,) in query(practice, "SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table in sorted(tables):
        columns = query(practice, f"SELECT name, type FROM pragma_table_info('{table}')")
        if table != "client" and "client_id" not in [name for name, _ in columns]:
            continue
        if any(text.startswith(f"DELETE FROM {table} ") for text in statements):
            continue
        updates = " ".join(text for text in statements if text.startswith(f"UPDATE {table} "))
        texts = {name for name, kind in columns if kind in ("VARCHAR", "DATE", "FLOAT")}
        missed = {name for name in texts if f" {name} =" not in updates}
        assert missed - KEPT_TEXTS[table] - {"sold_on", "expires_on"} == set(), table
