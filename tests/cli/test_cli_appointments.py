"""`ptrack appointments` as its users meet it."""

import os
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from harness import Run

KEYS = {
    "id", "client", "client_id", "trainer", "trainer_id", "location", "location_id", "starts_at", "ends_at",
    "duration_min", "status", "package", "credits_remaining", "credits_available", "session", "group",
    "series", "reminders", "notes",
}  # fmt: skip


@pytest.fixture
def studio(run: Run) -> Run:
    run("clients", "add", "Anna Berg")
    run("clients", "add", "Ben Olsen")
    run("packages", "sell", "anna", "--sessions", "10", "--price", "1000")
    return run


def add(run: Run, *arguments: str) -> Any:
    return run("appointments", "add", *arguments, "--json").json


def setting(column: str, value: object) -> None:
    with closing(sqlite3.connect(os.environ["PTRACK_DB"])) as connection:
        connection.execute(f"UPDATE studio SET {column} = ?", (value,))
        connection.commit()


def test_an_appointment_is_booked_shown_and_listed(studio: Run) -> None:
    booked = add(studio, "anna", "tue 10:00", "--duration", "45", "--notes", "knee")
    assert booked.keys() >= KEYS
    assert (booked["client"], booked["trainer"], booked["location"]) == ("Anna Berg", "Owner", None)
    assert (booked["starts_at"], booked["ends_at"]) == (
        "2026-11-24T10:00:00+01:00",
        "2026-11-24T10:45:00+01:00",
    )
    assert (booked["status"], booked["session"], booked["group"], booked["series"]) == (
        "scheduled",
        None,
        None,
        None,
    )
    assert (booked["credits_remaining"], booked["credits_available"]) == (10, 9)
    assert (booked["reminders"], booked["notes"]) == ([], "knee")
    assert studio("appointments", "show", "1", "--json").json == booked
    assert studio("appointments", "list", "--json").json == [booked]


def test_when_needs_no_quotes_and_an_hour(studio: Run) -> None:
    assert studio("appointments", "add", "anna", "tue", "10:00", "--json").json["id"] == 1
    refused = studio("appointments", "add", "anna", "tomorrow", status=2)
    assert 'Say at what time: "tomorrow 10:00"' in refused.err
    assert add(studio, "anna", "2020-01-01 10:00")["id"] == 2


def test_the_trainer_is_the_one_named_or_the_clients_or_the_configured_one(
    studio: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio("trainers", "add", "Maya Lind")
    studio("trainers", "add", "Fio Ray")
    studio("clients", "add", "Cleo Marsh", "--trainer", "maya")
    assert add(studio, "anna", "tue 10:00")["trainer"] == "Owner"
    assert add(studio, "cleo", "tue 10:00")["trainer"] == "Maya Lind"
    monkeypatch.setenv("PTRACK_TRAINER", "fio")
    assert add(studio, "anna", "wed 10:00")["trainer"] == "Fio Ray"
    assert add(studio, "cleo", "wed 10:00")["trainer"] == "Maya Lind"
    assert add(studio, "cleo", "thu 10:00", "--trainer", "owner")["trainer"] == "Owner"


def test_an_overlap_names_what_is_in_the_way(studio: Run) -> None:
    add(studio, "anna", "tue 10:00")
    refused = studio("appointments", "add", "ben", "tue 10:30", "--json", status=1)
    assert refused.json["error"]["code"] == "conflict"
    assert refused.json["error"]["candidates"] == ["1"]
    assert "appointment 1 with Anna Berg" in refused.err
    assert add(studio, "ben", "tue 11:00")["id"] == 2
    forced = studio("appointments", "add", "ben", "tue 10:30", "--force", "--json")
    assert forced.json["id"] == 3
    assert "Booked all the same" in forced.err


def test_booking_without_credit_warns_or_refuses(studio: Run) -> None:
    assert "Ben Olsen has no credit left" in studio("appointments", "add", "ben", "tue 10:00").err
    refused = studio("appointments", "add", "ben", "wed 10:00", "--strict", "--json", status=1)
    assert refused.json["error"]["code"] == "rule"
    setting("strict_booking", 1)
    studio("appointments", "add", "ben", "wed 10:00", status=1)
    assert len(studio("appointments", "list", "--json").json) == 1


def test_a_time_that_the_clocks_jump_over_is_refused_with_the_nearest(studio: Run) -> None:
    refused = studio("appointments", "add", "anna", "2027-03-28 02:30", status=2)
    assert "2027-03-28 01:59" in refused.err
    assert "2027-03-28 03:00" in refused.err
    add(studio, "anna", "2027-03-29 10:00")
    studio("appointments", "edit", "1", "--when", "2027-03-28 02:30", status=2)


def test_a_time_that_comes_twice_is_the_first_and_said_so(studio: Run) -> None:
    ran = studio("appointments", "add", "anna", "2026-10-25 02:30", "--json")
    assert ran.json["starts_at"] == "2026-10-25T02:30:00+02:00"
    assert "comes twice" in ran.err
    assert (
        "25 Oct 2026 02:30 CEST to 02:30 CET (60 min)"
        in studio("appointments", "show", str(ran.json["id"])).out
    )


def test_the_studios_zone_counts_not_the_machines(studio: Run) -> None:
    setting("timezone", "America/New_York")
    booked = add(studio, "anna", "tomorrow 21:00")
    assert booked["starts_at"] == "2026-11-21T21:00:00-05:00"
    assert [row["id"] for row in studio("appointments", "day", "2026-11-21", "--json").json] == [1]
    assert studio("appointments", "day", "2026-11-22", "--json").json == []
    assert studio("appointments", "list", "--from", "2026-11-22", "--json").json == []
    setting("timezone", "Pacific/Auckland")
    assert studio("appointments", "show", "1", "--json").json["starts_at"] == "2026-11-22T15:00:00+13:00"


def test_lists_are_filtered(studio: Run) -> None:
    studio("locations", "add", "Studio Nord")
    studio("trainers", "add", "Maya Lind")
    add(studio, "anna", "2026-11-10 10:00")
    add(studio, "ben", "2026-11-20 08:00", "--location", "nord")
    add(studio, "anna", "2026-11-27 10:00", "--trainer", "maya")
    studio("appointments", "complete", "1")

    def listed(*options: str) -> list[int]:
        return [row["id"] for row in studio("appointments", "list", *options, "--json").json]

    assert listed() == [1, 2, 3]
    assert listed("--client", "anna") == [1, 3]
    assert listed("--trainer", "maya") == [3]
    assert listed("--trainer", "all") == [1, 2, 3]
    assert listed("--location", "nord") == [2]
    assert listed("--status", "completed") == [1]
    assert listed("--from", "2026-11-20", "--to", "2026-11-27") == [2, 3]
    assert listed("--to", "today") == [1, 2]
    assert listed("--range", "week") == [2]
    assert listed("--range", "month") == [1, 2]
    assert listed("--range", "all") == [1, 2, 3]
    studio("appointments", "list", "--from", "+3d", "--to", "today", status=2)
    studio("appointments", "list", "--range", "week", "--to", "today", status=2)
    assert studio("appointments", "list", "--csv").out.splitlines()[0].startswith("id,starts_at,ends_at")


def test_an_appointment_is_moved(studio: Run) -> None:
    studio("locations", "add", "Studio Nord")
    add(studio, "anna", "tue 10:00")
    moved = studio("appointments", "edit", "1", "--when", "tue 10:30", "--location", "nord", "--json").json
    assert (moved["starts_at"], moved["location"], moved["sequence"]) == (
        "2026-11-24T10:30:00+01:00",
        "Studio Nord",
        1,
    )
    assert (
        studio("appointments", "edit", "1", "--package", "9", "--json", status=1).json["error"]["code"]
        == "rule"
    )
    linked = studio("appointments", "edit", "1", "--package", "1", "--notes", "knee", "--json").json
    assert (linked["package"], linked["notes"], linked["sequence"]) == (1, "knee", 1)
    assert studio("appointments", "edit", "9", "--json", status=1).json["error"]["code"] == "not_found"


def test_completing_answers_with_session_credit_and_workout(studio: Run) -> None:
    add(studio, "anna", "today 9:00")
    done = studio("appointments", "complete", "1", "--duration", "50", "--json").json
    assert done.keys() >= KEYS
    assert done["status"] == "completed"
    assert done["session"] == {
        "id": 1,
        "status": "completed",
        "validation": "pending",
        "credit": {"deducted": True, "package": 1, "remaining": 9, "owed": False, "entry": 2},
    }
    assert done["workout"] is None
    again = studio("appointments", "complete", "1", "--json", status=1)
    assert "appointment 1 is completed; it cannot be completed again" in again.err
    assert again.json["error"]["code"] == "state"
    assert studio("appointments", "show", "1", "--json").json["session"] == 1
    (session,) = studio("sessions", "list", "--json").json
    assert (session["appointment"], session["duration_min"], session["deducted"]) == (1, 50, True)
    assert studio("packages", "ledger", "anna", "--json").json[-1]["session"] == 1


def test_what_was_done_is_logged_with_it(studio: Run) -> None:
    add(studio, "anna", "today 9:00")
    refused = studio("appointments", "complete", "1", "--log", "Zorp Lift: 3x5 100kg", "--json", status=2)
    assert refused.json["error"]["code"] == "notation"
    assert studio("packages", "list", "--json").json[0]["used"] == 0
    done = studio("appointments", "complete", "1", "--log", "Zorp Lift: 3x5 100kg", "--create", "--json").json
    workout = studio("log", "show", str(done["workout"]["id"]), "--json").json
    assert (workout["kind"], workout["session"], workout["trainer"]) == ("trainer_led", 1, "Owner")
    assert workout["totals"]["sets"] == 3
    studio("appointments", "reopen", "1")
    again = studio("appointments", "complete", "1", "--log", "Zorp Lift: 3x5 100kg", "--json", status=1)
    assert "has workout 1 already" in again.err
    assert studio("appointments", "complete", "1", "--json").json["workout"] == done["workout"]


def test_the_planned_workout_is_opened_and_given_up_again(studio: Run) -> None:
    studio(
        "programs", "new", "-", "--name", "Two days",
stdin="weeks: 2\ndays per week: 2\nday: Day A\nBack Squat: 3x5 @8\nday: Day B\nDeadlift: 3x5 @8\n",
    )  # fmt: skip
    studio("programs", "assign", "Two days", "anna")
    add(studio, "anna", "today 9:00")
    done = studio("appointments", "complete", "1", "--json").json
    assert done["workout"]["title"] == "Day A"
    assert studio("log", "list", "--json").json[0]["status"] == "in_progress"
    page = studio("appointments", "reopen", "1").out
    assert "ptrack log add 1 --session 1" in page
    assert studio("appointments", "no-show", "1", "--json").json["workout"] is None
    assert studio("log", "list", "--json").json == []


def test_what_was_done_in_a_session_keeps_it_from_being_a_no_show(studio: Run) -> None:
    add(studio, "anna", "today 9:00")
    studio("appointments", "complete", "1", "--log", "Back Squat: 3x5 100kg")
    studio("appointments", "reopen", "1")
    assert "ptrack log remove 1" in studio("appointments", "no-show", "1", status=1).err
    assert "ptrack log remove 1" in studio("appointments", "cancel", "1", "--charge", status=1).err


def test_no_show_waive_and_what_is_said_of_the_credit(studio: Run) -> None:
    add(studio, "anna", "today 9:00")
    add(studio, "anna", "tue 9:00")
    page = studio("appointments", "no-show", "1").out
    assert "1 credit drawn from package 1 (entry 2), 9 left." in page
    waived = studio("appointments", "waive", "1").out
    assert "1 credit back to package 1 (entry 3), 10 left." in waived
    shown = studio("appointments", "show", "1", "--json").json
    assert (shown["status"], shown["credits_remaining"]) == ("no_show", 10)
    assert "nothing to be waived" in studio("appointments", "waive", "1", status=1).err
    add(studio, "ben", "today 7:00")
    free = studio("appointments", "no-show", "3", "--waive", "--json").json
    assert free["session"]["credit"] == {
        "deducted": False, "package": None, "remaining": None, "owed": False, "entry": None,
    }  # fmt: skip


def test_a_late_cancellation_must_be_decided_without_a_terminal(studio: Run) -> None:
    add(studio, "anna", "today 18:00")
    refused = studio("appointments", "cancel", "1", "--json", status=2)
    assert "--charge or --no-charge" in refused.json["error"]["message"]
    charged = studio("appointments", "cancel", "1", "--charge", "--reason", "flu", "--json").json
    assert (charged["status"], charged["reason"], charged["cancelled_by"]) == ("cancelled", "flu", "client")
    assert (charged["session"]["status"], charged["session"]["credit"]["deducted"]) == ("cancelled", True)
    add(studio, "anna", "2026-11-21 10:20")
    assert studio("appointments", "cancel", "2", "--json").json["session"] is None
    add(studio, "anna", "today 18:00")
    assert studio("appointments", "cancel", "3", "--by", "trainer", "--json").json["session"] is None
    assert (
        "appointment 3 is cancelled; it cannot be completed"
        in studio("appointments", "complete", "3", status=1).err
    )


def test_at_a_terminal_a_late_cancellation_is_asked(studio: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from io import StringIO

    class Keyboard(StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("ptrack.app.App.is_interactive", True)
    for number, (answer, status) in enumerate((("y\n", "cancelled"), ("n\n", None)), start=1):
        add(studio, "anna", "today 18:00")
        monkeypatch.setattr("sys.stdin", Keyboard(answer))
        ran = studio("appointments", "cancel", str(number), "--json")
        assert "Does it cost a credit?" in ran.err
        assert (ran.json["session"] or {}).get("status") == status
    add(studio, "anna", "today 18:00")
    monkeypatch.setattr("sys.stdin", Keyboard("perhaps\n"))
    studio("appointments", "cancel", "3", status=2)
    add(studio, "ben", "tue 10:00")
    assert "cost a credit" not in studio("appointments", "cancel", "4").err


def test_a_started_session_is_in_progress(studio: Run) -> None:
    add(studio, "anna", "today 10:15")
    started = studio("appointments", "start", "1", "--json").json
    assert (started["status"], started["session"]["status"]) == ("scheduled", "in_progress")
    assert "> in progress" in studio("appointments", "show", "1").out
    assert ">  in progress" in studio("appointments", "list").out
    assert studio("appointments", "complete", "1", "--json").json["session"]["id"] == 1


def test_a_calendar_that_is_off_says_how_to_switch_it_on(studio: Run) -> None:
    setting("calendar", 0)
    for command in (("add", "anna", "tue 10:00"), ("list",), ("show", "1"), ("week",), ("complete", "1")):
        refused = studio("appointments", *command, "--json", status=1)
        assert refused.json["error"]["code"] == "rule"
        assert "ptrack config set calendar on" in refused.err


def test_the_week_is_a_grid_with_signs_and_credits(studio: Run) -> None:
    add(studio, "anna", "2026-11-16 09:00")
    add(studio, "ben", "2026-11-17 11:00")
    add(studio, "anna", "2026-11-20 17:00")
    studio("appointments", "complete", "1")
    week = studio("appointments", "week").out
    assert week.startswith(" Week 47   16 – 22 November 2026")  # noqa: RUF001
    assert "[Fri 20]" in week
    for text in ("x Anna", "| 9 left", "o Ben", "| 0 left", "now 10:20", "o booked 2   x done 1"):
        assert text in week
    assert "To close: Tue 17 11:00 Ben  ptrack close tue" in week
    rows = studio("appointments", "week", "--json").json
    assert [row["id"] for row in rows] == [1, 2, 3]
    assert rows[0].keys() >= KEYS
    assert [row["id"] for row in studio("appo", "w", "--json").json] == [1, 2, 3]
    assert studio("appointments", "week", "next", "week", "--json").json == []
    assert "Book one: ptrack appointments add" in studio("appointments", "week", "+1w").out


def test_the_week_begins_on_the_studios_weekday(studio: Run) -> None:
    add(studio, "anna", "2026-11-15 09:00")
    assert studio("appointments", "week", "--json").json == []
    setting("first_weekday", 6)
    assert len(studio("appointments", "week", "--json").json) == 1
    assert "Week 47   15 – 21 November 2026" in studio("appointments", "week").out  # noqa: RUF001


def test_a_calendar_of_one_trainer_or_place(studio: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    studio("trainers", "add", "Maya Lind")
    studio("locations", "add", "Studio Nord")
    add(studio, "anna", "today 9:00")
    add(studio, "ben", "today 9:00", "--trainer", "maya", "--location", "nord")
    both = studio("appointments", "day").out
    assert "all trainers" in both
    assert "Owner" in both
    assert "Maya Lind" in both
    assert [row["id"] for row in studio("appointments", "day", "--trainer", "maya", "--json").json] == [2]
    assert [row["id"] for row in studio("appointments", "day", "--location", "nord", "--json").json] == [2]
    monkeypatch.setenv("PTRACK_TRAINER", "maya")
    assert [row["id"] for row in studio("appointments", "month", "--json").json] == [2]
    everybody = studio("appointments", "month", "--trainer", "all", "--json").json
    assert [row["id"] for row in everybody] == [1, 2]


def test_a_month_shows_hours_signs_and_names(studio: Run) -> None:
    add(studio, "anna", "2026-11-16 09:00")
    add(studio, "ben", "2026-11-17 11:30")
    month = studio("appointments", "month").out
    assert "November 2026" in month
    assert "09 o Anna" in month
    assert "11:30 o B" in month
    assert studio("appointments", "month", "2026-12", "--json").json == []


@pytest.mark.parametrize("columns", [40, 80, 160])
def test_pages_fit_their_width(studio: Run, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    studio("clients", "add", "Bartholomew Featherstonehaugh-Cholmondeley")
    for number in range(6):
        add(studio, "barth", f"2026-11-{16 + number} 09:00")
    for page in ("day", "week", "month", "list"):
        assert all(len(text) <= columns for text in studio("appointments", page).out.splitlines())


def test_a_number_beyond_all_numbers_is_refused(studio: Run) -> None:
    for command in (("appointments", "show"), ("sessions", "show"), ("packages", "close")):
        studio(*command, "9" * 30, status=2)
    studio("packages", "adjust", "1", "9" * 30, status=2)
