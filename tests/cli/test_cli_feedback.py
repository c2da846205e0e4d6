"""`ptrack feedback` as its users meet it."""

import pytest

from harness import Run


@pytest.fixture
def completed(run: Run) -> Run:
    """Anna's sessions 1 and 2 are completed, Ben's session 3 is a no-show."""
    run("clients", "add", "Anna Berg")
    run("clients", "add", "Ben Olsen")
    for client, when in (
        ("anna", "2026-11-10 10:00"),
        ("anna", "2026-11-11 10:00"),
        ("ben", "2026-11-12 9:00"),
    ):
        run("appointments", "add", client, when)
    run("appointments", "complete", "1")
    run("appointments", "complete", "2")
    run("appointments", "no-show", "3")
    return run


def test_what_is_said_of_each_thing_last_stands(completed: Run) -> None:
    run = completed
    first = run(
        "feedback", "add", "1", "--session", "4", "--energy", "3", "--comment", "Good  one", "--json"
    ).json
    assert (first["session_rating"], first["trainer_rating"], first["energy"]) == (4, None, 3)
    assert (first["comment"], first["source"]) == ("Good one", "manual")
    assert first["answered_at"] == "2026-11-20T10:20:00+01:00"
    then = run("feedback", "add", "1", "--session", "5", "--soreness", "2", "--json").json
    assert then["id"] == first["id"]
    assert (then["session_rating"], then["energy"], then["soreness"]) == (5, 3, 2)
    assert "So it was already." in run("feedback", "add", "1", "--session", "5").out
    run("undo", "--yes")
    assert run("feedback", "list", "--json").json[0]["session_rating"] == 4
    run("undo", "--yes")
    assert run("feedback", "list", "--json").json == []


def test_feedback_is_listed_by_client_trainer_and_day(completed: Run) -> None:
    run = completed
    run("feedback", "add", "1", "--session", "4")
    run("feedback", "add", "2", "--trainer", "5")
    assert [row["session"] for row in run("feedback", "list", "--json").json] == [1, 2]
    assert [row["session"] for row in run("feedback", "list", "--from", "2026-11-11", "--json").json] == [2]
    assert [row["session"] for row in run("feedback", "list", "--to", "2026-11-10", "--json").json] == [1]
    assert run("feedback", "list", "--client", "ben", "--json").json == []
    assert len(run("feedback", "list", "--client", "anna", "--trainer", "1", "--json").json) == 2
    assert "feedback add" in run("feedback", "list", "--client", "ben").out


def test_means_come_with_their_counts_and_few_are_marked(completed: Run) -> None:
    run = completed
    run("feedback", "add", "1", "--session", "4", "--trainer", "5")
    run("feedback", "add", "2", "--session", "5")
    (row,) = run("feedback", "summary", "--json").json
    assert row["session_rating"] == {"mean": 4.5, "count": 2}
    assert row["trainer_rating"] == {"mean": 5.0, "count": 1}
    assert row["energy"] == {"mean": None, "count": 0}
    assert (row["answers"], row["completed"]) == (2, 2)
    page = run("feedback", "summary").out
    assert "4.5 of 2?" in page
    assert "fewer than 5 answers" in page
    head, line = run("feedback", "summary", "--csv").out.splitlines()
    assert head.startswith("trainer,trainer_id,session_rating_mean,session_rating_count,")
    assert ",4.5,2," in line
    assert run("feedback", "summary", "--to", "2026-11-01", "--json").json == []


def test_five_answers_are_not_marked(run: Run) -> None:
    run("clients", "add", "Anna Berg")
    for number in range(1, 6):
        run("appointments", "add", "anna", f"2026-11-0{number} 10:00")
        run("appointments", "complete", str(number))
        run("feedback", "add", str(number), "--session", "4")
    page = run("feedback", "summary").out
    assert "4.0 of 5" in page
    assert "?" not in page


def test_feedback_that_cannot_be_is_refused(completed: Run) -> None:
    run = completed
    assert "No session has the number 9" in run("feedback", "add", "9", "--session", "4", status=1).err
    assert "is a no-show" in run("feedback", "add", "3", "--session", "4", status=1).err
    assert "Nothing is said" in run("feedback", "add", "1", status=2).err
    assert "--energy is from 1 to 5, not 6" in run("feedback", "add", "1", "--energy", "6", status=2).err


def test_a_deleted_session_takes_its_feedback_with_it_and_undo_brings_both_back(completed: Run) -> None:
    run = completed
    run("feedback", "add", "1", "--session", "4")
    run("sessions", "delete", "1", "--yes")
    assert run("feedback", "list", "--json").json == []
    run("undo", "--yes")
    assert run("feedback", "list", "--json").json[0]["session_rating"] == 4
