"""`undo` and `redo`: what they say and ask, in which order, where they refuse."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from exchange_samples import strong_file, strong_row
from harness import Run
from ptrack.database.session import writing
from ptrack.errors import ConflictError
from ptrack.exchange.bulk import bulk_writing
from ptrack.exchange.undoing import redo, undo
from ptrack.models.practice import Client
from undo_samples import SQUATS, contents

NOW = datetime(2026, 11, 20, 9, 20, tzinfo=UTC)


@pytest.fixture
def practice(tmp_path: Path) -> Path:
    """Where the practice is."""
    return tmp_path / "practice.db"


@pytest.fixture
def completed(run: Run, practice: Path) -> Path:
    """A practice in which a session was completed last."""
    run("init", "--name", "Studio Nord")
    run("clients", "add", "Anna Berg")
    run("packages", "sell", "anna", "--sessions", "10")
    run("appointments", "add", "anna", "2026-11-20 09:00")
    run("appointments", "complete", "1", "--log", SQUATS)
    return practice


def changes(run: Run) -> dict[int, dict[str, Any]]:
    return {row["id"]: row for row in run("undo", "--list", "--json").json}


def query(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


@pytest.mark.usefixtures("completed")
def test_it_says_what_it_will_do_and_wants_a_yes(run: Run, practice: Path) -> None:
    before = contents(practice)
    ran = run("undo", status=2)
    assert ran.err.startswith(
        "Take back: appointments complete (just now): appointment 1 of Anna Berg becomes scheduled, "
        "session 1 of Anna Berg goes, workout 1 of Anna Berg goes, 1 credit back to package 1\n"
    )
    assert "--yes" in ran.err
    assert contents(practice) == before


@pytest.mark.usefixtures("completed")
def test_a_rehearsal_changes_nothing(run: Run, practice: Path) -> None:
    before = contents(practice)
    told = run("undo", "--steps", "4", "--dry-run", "--json").json
    assert [one["command"] for one in told] == [
        "appointments complete", "appointments add", "packages sell", "clients add",
    ]  # fmt: skip
    assert told[1]["does"] == ["appointment 1 of Anna Berg goes"]
    assert not any(one["undone"] for one in told)
    assert contents(practice) == before


@pytest.mark.usefixtures("completed")
def test_the_list_says_what_can_be_taken_back(run: Run) -> None:
    run("undo", "--yes")
    found = changes(run)
    assert list(found) == [5, 4, 3, 2, 1]
    assert found[5] == {
        "id": 5, "created_at": "2026-11-20T10:20:00+01:00", "command": "appointments complete",
        "what": "appointment 1, session 1", "rows": found[5]["rows"], "undone": True, "can_undo": False,
        "reason": "taken back already",
    }  # fmt: skip
    assert found[4]["can_undo"]
    assert found[4]["reason"] is None


@pytest.mark.usefixtures("completed")
def test_the_ledger_gets_counter_entries_and_numbers_stay(run: Run, practice: Path) -> None:
    run("undo", "--yes")
    run("redo", "--yes")
    entries = query(practice, "SELECT delta, reason, session_id FROM credit_entry ORDER BY id")
    assert entries == [(10, "purchase", None), (-1, "session", 1), (1, "undo", 1), (-1, "session", 1)]
    assert run("sessions", "show", "1", "--json").json["status"] == "completed"


@pytest.mark.usefixtures("completed")
def test_a_sale_taken_back_is_void_and_its_client_out_of_sight(run: Run, practice: Path) -> None:
    run("undo", "--yes", "--steps", "4")
    assert run("clients", "list", "--json").json == []
    assert run("packages", "list", "--json").json == []
    assert query(practice, "SELECT voided_at IS NOT NULL FROM package") == [(1,)]
    assert query(practice, "SELECT sum(delta) FROM credit_entry") == [(0,)]
    run("clients", "show", "anna", status=1)
    run("redo", "--yes", "--steps", "2")
    assert run("packages", "list", "--json").json[0]["remaining"] == 10


@pytest.mark.usefixtures("completed")
def test_what_comes_next_gets_a_new_number(run: Run) -> None:
    run("undo", "--yes", "--steps", "2")
    assert run("appointments", "add", "anna", "2026-11-20 09:00", "--json").json["id"] == 2


@pytest.mark.usefixtures("completed")
def test_a_new_change_ends_what_could_be_brought_back(run: Run) -> None:
    run("undo", "--yes")
    run("clients", "edit", "anna", "--phone", "1")
    assert "nothing to bring back" in run("redo", "--yes", status=1).err
    run("undo", "--yes", "--steps", "2")
    assert changes(run)[4]["undone"]


@pytest.mark.usefixtures("completed")
def test_undo_and_redo_may_take_turns(run: Run, practice: Path) -> None:
    states = [contents(practice)]
    for _ in range(3):
        run("undo", "--yes")
        states.append(contents(practice))
    for state in (states[2], states[1]):
        run("undo", "--redo", "--yes")
        assert contents(practice) == state
    run("undo", "--yes")
    assert contents(practice) == states[2]
    run("redo", "--yes", "--steps", "2")
    assert contents(practice) == states[0]


@pytest.mark.usefixtures("completed")
def test_more_than_there_is_is_refused_whole(run: Run, practice: Path) -> None:
    before = contents(practice)
    assert "Only 5 changes" in run("undo", "--yes", "--steps", "9", status=1).err
    assert contents(practice) == before
    run("undo", "--steps", "21", "--yes", status=2)
    run("undo", "--csv", "--yes", status=2)


def test_nothing_done_is_nothing_to_take_back(run: Run) -> None:
    assert "nothing to take back" in run("undo", "--yes", status=1).err
    assert "nothing to bring back" in run("redo", "--yes", status=1).err


def test_twenty_changes_are_in_reach_and_no_more(run: Run, practice: Path) -> None:
    for number in range(22):
        run("clients", "add", f"Client {number}")
    run("undo", "--yes", "--steps", "20")
    assert [row["name"] for row in run("clients", "list", "--json").json] == ["Client 0", "Client 1"]
    assert "nothing to take back" in run("undo", "--yes", status=1).err
    run("redo", "--yes", "--steps", "20")
    assert len(query(practice, "SELECT id FROM client")) == 22


@pytest.mark.usefixtures("completed")
def test_what_another_program_changed_since_is_left_alone(run: Run, practice: Path) -> None:
    with closing(sqlite3.connect(practice)) as connection, connection:
        connection.execute("UPDATE appointment SET notes = 'moved' WHERE id = 1")
    before = contents(practice)
    err = run("undo", "--yes", status=1).err
    assert err.startswith("appointment 1 of Anna Berg was changed since, by an import or another program.")
    assert contents(practice) == before


@pytest.mark.usefixtures("completed")
def test_what_is_needed_by_now_stays(run: Run, practice: Path) -> None:
    run("clients", "add", "Ben")
    with writing(practice, "jobs daily", NOW) as work:
        work.reader.tuples(
            "INSERT INTO program (kind, name, weeks, days_per_week, client_id, start_date, status, "
            "created_at) VALUES ('program', 'Plan', 1, 1, 2, '2026-11-20', 'active', :now)",
            now=NOW,
        )
        work.is_background()
    assert "client Ben (2) cannot go: program Plan (" in run("undo", "--yes", status=1).err


@pytest.mark.usefixtures("completed")
def test_what_the_practice_does_itself_is_passed_over(run: Run, practice: Path) -> None:
    with writing(practice, "jobs daily", NOW) as work:
        work.add(Client(name="Made by a job", created_at=NOW))
        work.is_background()
    assert "jobs daily" not in [row["command"] for row in changes(run).values()]
    run("undo", "--yes")
    assert run("appointments", "show", "1", "--json").json["status"] == "scheduled"
    run("redo", "--yes")
    assert run("appointments", "show", "1", "--json").json["status"] == "completed"


@pytest.mark.usefixtures("completed")
def test_what_a_job_changed_is_named(run: Run, practice: Path) -> None:
    with writing(practice, "jobs daily", NOW) as work:
        work.get(Client, 1).phone = "12"
        work.is_background()
    run("undo", "--yes", "--steps", "3")
    assert (
        'client Anna Berg (1) was changed since, by "jobs daily" on 20 Nov 2026, 10:20'
        in run("undo", "--yes", status=1).err
    )


@pytest.mark.usefixtures("completed")
def test_what_is_final_stops_it_with_the_reason(run: Run, practice: Path) -> None:
    with writing(practice, "mail send", NOW) as work:
        work.cannot_be_undone("mail was sent")
    err = run("undo", "--yes", status=1).err
    assert err.startswith('"mail send" cannot be taken back, nor what came before it: mail was sent.\n')
    found = changes(run)
    assert found[6]["reason"] == "mail was sent"
    assert found[5]["reason"] == '"mail send" came after it, which cannot be taken back'
    run("clients", "add", "Ben")
    run("undo", "--yes")
    run("undo", "--yes", status=1)


def test_an_import_is_taken_back_by_its_batch(run: Run, practice: Path, tmp_path: Path) -> None:
    run("clients", "add", "Anna Berg")
    before = contents(practice)
    file = strong_file(tmp_path, strong_row())
    run("import", "workouts", file, "--client", "anna", "--create")
    (newest, *_) = changes(run).values()
    assert newest["command"] == "import workouts"
    assert newest["can_undo"]
    told = run("undo", "--yes", "--json").json
    assert told["does"][0].startswith("import 1 (strong.csv) goes: 1 workout, 1 set")
    after = contents(practice)
    assert {name for name in after if after[name] != before[name]} == {"import_batch"}
    err = run("redo", "--yes", status=1).err
    assert '"import workouts" cannot be brought back: ' in err
    assert "importing the file again" in err
    run("undo", "--yes")
    assert run("clients", "list", "--json").json == []
    run("db", "check")


def test_import_undo_counts_as_taking_that_import_back(run: Run, tmp_path: Path) -> None:
    run("clients", "add", "Anna Berg")
    run("import", "workouts", strong_file(tmp_path, strong_row()), "--client", "anna", "--create")
    run("clients", "edit", "anna", "--phone", "12")
    run("import", "undo", "1", "--yes")
    assert [row["undone"] for row in changes(run).values()] == [False, False, True, False]
    assert [row["can_undo"] for row in changes(run).values()] == [False] * 4
    assert "importing the file again" in run("redo", "--yes", status=1).err


def test_undo_right_after_import_undo_refuses_and_says_how_it_comes_back(run: Run, tmp_path: Path) -> None:
    run("clients", "add", "Anna Berg")
    file = strong_file(tmp_path, strong_row())
    run("import", "workouts", file, "--client", "anna", "--create")
    run("import", "undo", "1", "--yes")
    refused = run("undo", "--yes", status=1).err
    assert refused.startswith('"import undo" cannot be taken back')
    assert "what was imported comes back by importing the file again" in refused
    assert [row["name"] for row in run("clients", "list", "--json").json] == ["Anna Berg"]
    run("import", "workouts", file, "--client", "anna", "--create")
    run("undo", "--yes")


def test_a_dry_import_undo_is_no_change(run: Run, tmp_path: Path) -> None:
    run("clients", "add", "Anna Berg")
    run("import", "workouts", strong_file(tmp_path, strong_row()), "--client", "anna", "--create")
    run("import", "undo", "1", "--dry-run")
    assert len(changes(run)) == 2


def test_a_refused_import_is_no_change(run: Run, tmp_path: Path) -> None:
    run("clients", "add", "Anna Berg")
    file = strong_file(tmp_path, strong_row(exercise="No such thing"))
    run("import", "workouts", file, "--client", "anna", status=1)
    run("import", "workouts", file, "--client", "anna", "--create", "--dry-run")
    assert len(changes(run)) == 1


@pytest.mark.usefixtures("completed")
def test_a_session_that_was_settled_twice_is_told_of_once(run: Run) -> None:
    run("clients", "add", "Ben")
    run("appointments", "add", "ben", "2026-11-19 12:00")
    run("appointments", "complete", "2")
    sold = run("packages", "sell", "ben", "--sessions", "3", "--json").json
    run("undo", "--yes")
    run("redo", "--yes")
    (row,) = run("packages", "list", "--client", "ben", "--json").json
    assert row["settled"] == sold["settled"] == [2]


@pytest.mark.usefixtures("completed")
def test_a_package_closed_anew_gives_its_credits_back_when_it_is_reopened(run: Run) -> None:
    run("packages", "close", "1")
    run("undo", "--yes")
    run("redo", "--yes")
    run("packages", "reopen", "1")
    assert run("packages", "list", "--json").json[0]["remaining"] == 9


def test_what_was_taken_back_for_good_takes_no_room(run: Run) -> None:
    for number in range(19):
        run("clients", "add", f"Client {number}")
    for _ in range(5):
        run("clients", "edit", "1", "--phone", "1")
        run("undo", "--yes")
    run("clients", "edit", "1", "--phone", "2")
    run("undo", "--yes", "--steps", "20")
    assert run("clients", "list", "--json").json == []


@pytest.mark.usefixtures("completed")
def test_what_was_agreed_to_is_what_is_done(practice: Path) -> None:
    with bulk_writing(practice, NOW, "undo") as bulk, pytest.raises(ConflictError, match="meanwhile"):
        undo(bulk, 1, expected=[4])
    with bulk_writing(practice, NOW, "undo") as bulk:
        undo(bulk, 1, expected=[5])
    with bulk_writing(practice, NOW, "redo") as bulk, pytest.raises(ConflictError, match="meanwhile"):
        redo(bulk, 1, expected=[4])
