"""The week's summary: who gets one, what it tells, and that a week is told once."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import Run
from ptrack.desk.weekly import week_before, week_key

At = Callable[..., Any]


@pytest.fixture
def at(run: Run, monkeypatch: pytest.MonkeyPatch) -> At:
    """Run a command at an instant of 2026, as JSON."""

    def command(moment: str, *words: str) -> Any:
        monkeypatch.setenv("PTRACK_NOW", f"2026-{moment}:00+01:00")
        return run(*words, "--json").json

    return command


@pytest.fixture
def week(at: At) -> At:
    """The week of Monday 16 November: a session with a log, a workout alone, and what comes next."""
    at("11-15T09:00", "clients", "add", "Anna Berg", "--email", "anna@example.org")
    at("11-15T09:00", "clients", "add", "Ben Olsen", "--email", "ben@example.org")
    at("11-15T09:00", "packages", "sell", "Anna", "--sessions", "10")
    for day in ("16 10:00", "25 10:00", "27 18:00"):
        at("11-15T09:00", "appointments", "add", "Anna", f"2026-11-{day}")
    at("11-16T11:05", "appointments", "complete", "1", "--log", "Back Squat: 3x5 100kg")
    at("11-22T20:00", "log", "add", "Anna", "Back Squat: 2x5 110kg")
    return at


def facts(path: Path) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(
            "SELECT facts FROM message WHERE kind = 'weekly_summary' ORDER BY id"
        ).fetchall()
    return [json.loads(row[0]) for row in found]


@given(st.dates(date(1990, 1, 1), date(2200, 1, 1)))
def test_the_week_before_is_over_and_the_latest_that_is(today: date) -> None:
    monday = week_before(today)
    assert monday.weekday() == 0
    assert 7 <= (today - monday).days <= 13


def test_weeks_are_numbered_as_in_the_calendar() -> None:
    assert week_key(7, date(2026, 12, 28)) == "weekly_summary:7:2026-W53"
    assert week_key(7, date(2024, 12, 30)) == "weekly_summary:7:2025-W01"


def test_what_was_done_in_the_week_is_told(week: At, tmp_path: Path) -> None:
    made = week("11-23T07:30", "jobs", "weekly")
    assert (made["first_on"], made["last_on"]) == ("2026-11-16", "2026-11-22")
    assert [(row["client"], row["workouts"], row["sessions"]) for row in made["messages"]] == [
        ("Anna Berg", 2, 1)
    ]
    (told,) = facts(tmp_path / "practice.db")
    assert told["totals"] == {"sets": 5, "reps": 25, "volume_kg": 2600.0, "volume": "2,600 kg"}
    assert (told["credits"], told["owed"]) == (9, 0)
    assert [each["starts_at"] for each in told["next"]] == ["2026-11-25T09:00:00Z", "2026-11-27T17:00:00Z"]
    assert {record["exercise"] for record in told["records"]} == {"Back Squat"}
    assert len({record["kind"] for record in told["records"]}) == len(told["records"])


def test_a_week_is_told_once_on_whichever_day_of_the_next(week: At, tmp_path: Path) -> None:
    assert week("11-22T23:00", "jobs", "weekly")["messages"] == []
    assert len(week("11-26T12:00", "jobs", "weekly")["messages"]) == 1
    assert week("11-26T12:05", "jobs", "weekly")["messages"] == []
    assert week("11-27T12:05", "jobs", "weekly")["messages"] == []
    assert week("11-30T07:30", "jobs", "weekly")["messages"] == []
    assert len(facts(tmp_path / "practice.db")) == 1


def test_one_such_mail_a_day(week: At, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "practice.db")) as connection, connection:
        connection.execute(
            "INSERT INTO message (kind, client_id, channel, recipient, is_copy, facts, dedupe_key,"
            " not_before, status, attempts, created_at)"
            " VALUES ('achievement', 1, 'email', 'anna@example.org', 0, '{}', 'achievement:1',"
            " '2026-11-23 07:00:00.000000', 'pending', 0, '2026-11-23 07:00:00.000000')"
        )
    assert week("11-23T21:30", "jobs", "weekly")["messages"] != [], "it goes out on Tuesday"
    with closing(sqlite3.connect(tmp_path / "practice.db")) as connection, connection:
        connection.execute("DELETE FROM message WHERE kind = 'weekly_summary'")
    assert week("11-23T12:00", "jobs", "weekly")["messages"] == []
    assert len(week("11-24T12:00", "jobs", "weekly")["messages"]) == 1


def test_who_wants_none_or_is_paused_gets_none(week: At) -> None:
    for words in (("--channel", "none"), ("--channel", "email", "--unsubscribe")):
        week("11-23T07:00", "clients", "edit", "Anna", *words)
        assert week("11-23T07:30", "jobs", "weekly", "--dry-run")["messages"] == []
    week("11-23T07:00", "clients", "edit", "Anna", "--subscribe")
    week("11-23T07:00", "clients", "pause", "Anna")
    assert week("11-23T07:30", "jobs", "weekly", "--dry-run")["messages"] == []


def test_a_summary_can_be_read(week: At) -> None:
    week("11-23T07:30", "jobs", "weekly")
    (row,) = week("11-23T07:31", "mail", "list", "--kind", "weekly_summary")
    text = week("11-23T07:31", "mail", "show", str(row["id"]))["text"]
    assert "Workouts 2" in text
    assert "2,600 kg" in text
    assert "9 left" in text
    assert "Back Squat" in text


def test_a_practice_in_pounds_tells_pounds(week: At) -> None:
    week("11-23T07:29", "config", "set", "unit", "lb")
    week("11-23T07:30", "jobs", "weekly")
    (row,) = week("11-23T07:31", "mail", "list", "--kind", "weekly_summary")
    shown = week("11-23T07:31", "mail", "show", str(row["id"]))
    assert "5,732 lb" in shown["text"]
    assert "5,732 lb" in shown["subject"]
    assert " kg" not in shown["text"]


def test_of_many_records_the_greatest_steps_are_named_and_the_others_counted(
    week: At, tmp_path: Path
) -> None:
    lifts = ("Bench Press", "Deadlift", "Overhead Press", "Front Squat", "Barbell Row")
    for day, load in (("10", 50), ("18", 55)):
        text = "; ".join(f"{name}: 3x5 {load + step}kg" for step, name in enumerate(lifts))
        week(f"11-{day}T18:00", "log", "add", "Anna", text, "--create")
    week("11-23T07:30", "jobs", "weekly")
    (told,) = facts(tmp_path / "practice.db")
    assert (len(told["records"]), told["records_more"] > 3) == (8, True)
    assert "Back Squat" not in {each["exercise"] for each in told["records"] if not each["previous"]}
    (row,) = week("11-23T07:31", "mail", "list", "--kind", "weekly_summary")
    text = week("11-23T07:31", "mail", "show", str(row["id"]))["text"]
    assert f"  and {told['records_more']} more" in text.splitlines()
