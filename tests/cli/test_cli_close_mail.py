"""Closing the day prepares mail, and says how much of it waits."""

import pytest

from at_a_terminal import AtATerminal
from harness import Run


@pytest.fixture
def booked(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Two sessions of this morning, of clients who can be written to; it is noon."""
    monkeypatch.setenv("PTRACK_NOW", "2026-11-19T10:20:00+01:00")
    for name, hour in (("Anna", 9), ("Ben", 10)):
        run("clients", "add", name, "--email", f"{name.lower()}@example.org")
        run("packages", "sell", name, "--sessions", "3" if name == "Anna" else "9")
        run("appointments", "add", name, f"2026-11-20 {hour}:00")
    monkeypatch.setenv("PTRACK_NOW", "2026-11-20T12:00:00+01:00")
    run("reminders", "send")
    return run


def test_what_waits_is_said_at_the_end(booked: Run) -> None:
    page = " ".join(booked("close", "--all-completed").out.split())
    assert "3 messages wait ptrack reminders send" in page
    waiting = booked("mail", "list", "--status", "pending", "--json").json
    assert sorted(row["kind"] for row in waiting) == ["credits", "validation", "validation"]
    booked("reminders", "send")
    assert booked("mail", "list", "--status", "pending", "--json").json == []


@pytest.mark.usefixtures("booked")
def test_the_walk_says_it_too() -> None:
    with AtATerminal("close") as there:
        there.sees(" > ")
        there.ask("l", "2 of 2")
        there.press("g")
        there.sees("log> ")
        there.press("Back Squat: 3x5 100kg\n")
        assert there.ends() == 0
        assert "2 messages wait" in " ".join(there.screen.split())


def test_nothing_waits_where_nobody_is_written_to(booked: Run) -> None:
    booked("clients", "edit", "Anna", "--channel", "none")
    booked("clients", "edit", "Ben", "--channel", "none")
    assert "wait" not in booked("close", "--all-completed").out
