"""`ptrack sessions` as its users meet it."""

from harness import Run


def test_sessions_are_listed_with_what_they_cost(run: Run) -> None:
    run("clients", "add", "Anna Berg")
    run("clients", "add", "Ben Olsen")
    run("packages", "sell", "anna", "--sessions", "10", "--price", "1000")
    for client, when in (("anna", "2026-11-10 10:00"), ("ben", "2026-11-20 08:00")):
        run("appointments", "add", client, when)
    run("appointments", "complete", "1")
    run("appointments", "no-show", "2")
    first, second = run("sessions", "list", "--json").json
    assert (first["status"], first["deducted"], first["owed"], first["package"]) == (
        "completed", True, False, 1,
    )  # fmt: skip
    assert (second["status"], second["deducted"], second["owed"], second["package"]) == (
        "no_show", False, True, None,
    )  # fmt: skip
    assert [row["id"] for row in run("sessions", "list", "--client", "ben", "--json").json] == [2]
    assert [row["id"] for row in run("sessions", "list", "--status", "completed", "--json").json] == [1]
    assert [row["id"] for row in run("sessions", "list", "--range", "week", "--json").json] == [2]
    assert [row["id"] for row in run("sessions", "list", "--to", "2026-11-10", "--json").json] == [1]
    page = run("sessions", "list").out
    assert "package 1" in page
    assert "owed" in page


def test_a_session_is_shown(run: Run) -> None:
    run("clients", "add", "Anna Berg")
    run("packages", "sell", "anna", "--sessions", "10", "--price", "1000")
    run("appointments", "add", "anna", "2026-11-10 10:00")
    run("appointments", "complete", "1")
    shown = run("sessions", "show", "1", "--json").json
    assert shown["credit"] == {"deducted": True, "package": 1, "remaining": 9, "owed": False, "entry": 2}
    assert (shown["value_cents"], shown["commission_cents"], shown["validation"]) == (10_000, 0, "pending")
    assert "100.00 EUR" in run("sessions", "show", "1").out
    assert "No session has the number 9" in run("sessions", "show", "9", status=1).err


def test_no_sessions_yet(run: Run) -> None:
    assert "ptrack appointments complete" in run("sessions", "list").out


def test_sessions_are_confirmed_disputed_and_filtered(run: Run) -> None:
    run("clients", "add", "Anna Berg")
    for when in ("2026-11-10 10:00", "2026-11-11 10:00", "2026-11-12 10:00"):
        number = run("appointments", "add", "anna", when, "--json").json["id"]
        run("appointments", "complete", str(number))
    confirmed = run("sessions", "validate", "1", "--json").json
    assert (confirmed["validation"], confirmed["validated_at"]) == ("validated", "2026-11-20T10:20:00+01:00")
    assert run("sessions", "validate", "1", "--json", status=1).json["error"]["code"] == "state"
    assert "Recorded as disputed." in run("sessions", "dispute", "2", "--reason", "too short").out
    assert "disputed: too short" in run("sessions", "show", "2").out
    assert "Recorded as validated; it was disputed." in run("sessions", "validate", "2").out
    for word, numbers in (("validated", [1, 2]), ("pending", [3]), ("disputed", [])):
        rows = run("sessions", "list", "--validation", word, "--json").json
        assert [row["id"] for row in rows] == numbers


def test_deleting_a_session_is_asked_and_told(run: Run) -> None:
    run("clients", "add", "Anna Berg")
    run("packages", "sell", "anna", "--sessions", "10", "--price", "1000")
    run("trainers", "edit", "1", "--commission", "40%")
    run("appointments", "add", "anna", "2026-11-10 10:00")
    run("appointments", "complete", "1", "--log", "Back Squat: 3x5 100kg")
    asked = run("sessions", "delete", "1", status=2).err
    assert (
        "Delete session 1 of Anna Berg, Tue 10 Nov 2026 10:00? Then 1 credit goes back to package 1, "
        in asked
    )
    assert "the commission of 40.00 EUR is taken back, workout 1 stays, as a solo one, appointment 1" in asked
    tried = run("sessions", "delete", "1", "--dry-run", "--with-workout", "--json")
    assert (tried.json["deleted"], tried.json["credit"]["deducted"]) == (False, True)
    assert "workout 1 goes with it" in run("sessions", "delete", "1", "--dry-run", "--with-workout").out
    assert run("sessions", "show", "1", "--json").json["status"] == "completed"
    gone = run("sessions", "delete", "1", "--yes", "--json").json
    assert gone["deleted"] is True
    assert gone["credit"] == {"deducted": False, "package": 1, "remaining": 10, "owed": False, "entry": 3}
    assert run("sessions", "list", "--json").json == []
    assert run("appointments", "show", "1", "--json").json["status"] == "cancelled"
    assert "Session 1, deleted since" in run("packages", "ledger", "anna").out
    assert run("log", "show", "1", "--json").json["kind"] == "solo"
    run("db", "check")
    run("undo", "--yes")
    assert run("sessions", "show", "1", "--json").json["credit"]["deducted"] is True
    run("db", "check")


def test_a_session_only_begun_is_deleted_and_one_not_paid_is_owed_no_longer(run: Run) -> None:
    run("clients", "add", "Anna Berg")
    run("appointments", "add", "anna", "today 10:20")
    run("appointments", "start", "1")
    assert "appointment 1 is scheduled again" in run("sessions", "delete", "1", "--yes").out
    run("appointments", "complete", "1")
    assert "it is owed no longer" in run("sessions", "delete", "2", "--dry-run").out
    assert "It is owed no longer." in run("sessions", "delete", "2", "--yes").out
    assert "No session has the number 2" in run("sessions", "delete", "2", "--yes", status=1).err
