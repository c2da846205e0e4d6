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
