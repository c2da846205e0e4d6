"""Series, groups and zones as their users meet them."""

import os
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from harness import Run


@pytest.fixture
def studio(run: Run) -> Run:
    for name in ("Anna Berg", "Ben Olsen", "Cleo Marsh"):
        run("clients", "add", name)
    run("packages", "sell", "anna", "--sessions", "10")
    return run


def booked(run: Run, *arguments: str) -> Any:
    return run("appointments", "add", *arguments, "--json").json


def changes() -> int:
    with closing(sqlite3.connect(os.environ["PTRACK_DB"])) as connection:
        return int(connection.execute("SELECT count(*) FROM change").fetchone()[0])


def test_a_series_is_an_array_and_one_change(studio: Run) -> None:
    before = changes()
    rows = booked(studio, "anna", "tue 10:00", "--repeat", "weekly", "--times", "3")
    assert changes() == before + 1
    assert [row["starts_at"][:16] for row in rows] == [
        "2026-11-24T10:00", "2026-12-01T10:00", "2026-12-08T10:00",
    ]  # fmt: skip
    assert {row["series"] for row in rows} == {1}
    assert {row["group"] for row in rows} == {None}
    assert rows[0]["credits_available"] == 7
    assert booked(studio, "ben", "fri 9:00", "--repeat", "daily", "--until", "2026-11-27")[0]["series"] == 2


def test_the_page_of_a_series_says_which_it_is(studio: Run) -> None:
    booked(studio, "anna", "tue 10:00", "--repeat", "fortnightly", "--times", "3")
    page = studio("appointments", "show", "2").out
    assert "Series   1: 2 of 3, fortnightly" in page
    ran = studio("appointments", "add", "anna", "wed 10:00", "--repeat", "weekly", "--times", "2")
    assert " 2 appointments" in ran.out
    assert "weekly" in ran.out
    assert "Series" in ran.out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--times", "3"), "--times needs --repeat"),
        (("--until", "2027-01-01"), "--until needs --repeat"),
        (("--repeat", "weekly"), "Say how long it goes on"),
        (("--repeat", "weekly", "--times", "3", "--until", "2027-01-01"), "not both"),
        (("--repeat", "weekly", "--until", "2026-11-01"), "before the first one"),
        (("--repeat", "daily", "--times", "367"), "at most 366"),
        (("--repeat", "monthly", "--times", "60"), "three years"),
        (("--repeat", "hourly", "--times", "3"), "hourly"),
        (("--repeat", "weekly", "--times", "0"), "0"),
    ],
)
def test_what_is_no_series_is_wrong_usage(studio: Run, options: tuple[str, ...], said: str) -> None:
    assert said in studio("appointments", "add", "anna", "tue 10:00", *options, status=2).err
    assert studio("appointments", "list", "--json").json == []


def test_conflicts_refuse_the_series_or_are_left_out(studio: Run) -> None:
    booked(studio, "ben", "2026-12-01 10:30")
    series = ("anna", "tue 10:00", "--repeat", "weekly", "--times", "3")
    refused = studio("appointments", "add", *series, "--json", status=1)
    assert refused.json["error"]["candidates"] == ["1"]
    assert "1 of 3 times are taken: Owner has appointment 1 with Ben Olsen on Tue 1 Dec 2026" in refused.err
    assert len(studio("appointments", "list", "--json").json) == 1
    ran = studio("appointments", "add", *series, "--skip-conflicts", "--json")
    assert [row["starts_at"][:10] for row in ran.json] == ["2026-11-24", "2026-12-08"]
    assert "Left out 1 of 3:" in ran.err
    studio("appointments", "add", *series, "--skip-conflicts", status=1)
    assert len(studio("appointments", "add", *series, "--force", "--json").json) == 3


def test_a_time_that_does_not_exist_refuses_the_series(studio: Run) -> None:
    series = ("anna", "2027-03-27 02:30", "--repeat", "daily", "--times", "3")
    refused = studio("appointments", "add", *series, status=2)
    assert "2027-03-28 02:30 (nearest 2027-03-28 01:59 and 2027-03-28 03:00)" in refused.err
    ran = studio("appointments", "add", *series, "--skip-conflicts", "--json")
    assert [row["starts_at"][:10] for row in ran.json] == ["2027-03-27", "2027-03-29"]
    assert "Left out: 2027-03-28 02:30" in ran.err


def test_the_rest_of_a_series_is_edited_and_cancelled(studio: Run) -> None:
    booked(studio, "anna", "tue 10:00", "--repeat", "weekly", "--times", "4")
    moved = studio("appointments", "edit", "2", "--when", "2026-12-02 11:00", "--following", "--json").json
    assert [row["starts_at"][:16] for row in moved] == [
        "2026-12-02T11:00", "2026-12-09T11:00", "2026-12-16T11:00",
    ]  # fmt: skip
    assert [row["sequence"] for row in moved] == [1, 1, 1]
    one = studio("appointments", "edit", "3", "--duration", "45", "--json").json
    assert (one["id"], one["series"]) == (3, 1)
    gone = studio("appointments", "cancel", "3", "--following", "--json").json
    assert [(row["id"], row["status"], row["why"][:7]) for row in gone] == [
        (3, "cancelled", "In time"),
        (4, "cancelled", "In time"),
    ]
    studio("appointments", "cancel", "3", "--following", status=1)
    booked(studio, "ben", "thu 10:00")
    for words in (("cancel", "5"), ("edit", "5", "--notes", "x")):
        assert "is in no series" in studio("appointments", *words, "--following", status=2).err


def test_nothing_to_change_and_both_of_two_are_wrong_usage(studio: Run) -> None:
    booked(studio, "anna", "tue 10:00")
    assert "Give one of --when" in studio("appointments", "edit", "1", status=2).err
    assert "not both" in studio("appointments", "cancel", "1", "--charge", "--no-charge", status=2).err
    assert "not both" in studio("appointments", "no-show", "1", "--waive", "--charge", status=2).err
    assert studio("appointments", "show", "1", "--json").json["status"] == "scheduled"


def test_a_group_is_an_array_and_names_its_members(studio: Run) -> None:
    rows = booked(studio, "anna,ben", "tue 10:00", "--name", "Legs", "--capacity", "3")
    assert [(row["client"], row["group"]) for row in rows] == [("Anna Berg", 1), ("Ben Olsen", 1)]
    page = studio("appointments", "show", "1").out
    assert "Group    1, Legs: with Ben Olsen; 2 of 3 places" in page
    studio("appointments", "join", "1", "cleo")
    gone = studio("appointments", "leave", "1", "ben", "--json").json
    assert (gone["id"], gone["status"], gone["workout"]) == (2, "cancelled", None)
    assert "Legs: with Ben Olsen (cancelled), Cleo Marsh; 2 of 3" in studio("appointments", "show", "1").out
    listed = studio("appointments", "list").out
    assert "Group" in listed
    assert "Series" not in listed


def test_groups_and_members_that_there_are_not(studio: Run) -> None:
    assert "No group has the number 1" in studio("appointments", "leave", "1", "anna", status=1).err
    assert "No group has the number 1" in studio("appointments", "join", "1", "anna", status=1).err
    booked(studio, "anna", "tue 10:00", "--capacity", "2")
    assert "Client 3 is not in group 1" in studio("appointments", "leave", "1", "cleo", status=1).err
    assert "nobody else as yet; 1 of 2 places" in studio("appointments", "show", "1").out


def test_a_group_series_is_joined_and_left_from_one_on(studio: Run) -> None:
    booked(studio, "anna,ben", "tue 10:00", "--repeat", "weekly", "--times", "3")
    joined = studio("appointments", "join", "2", "cleo", "--following", "--json").json
    assert [(row["group"], row["series"]) for row in joined] == [(2, 1), (3, 1)]
    gone = studio("appointments", "leave", "2", "ben", "--following", "--json").json
    assert [row["group"] for row in gone] == [2, 3]
    assert "2 places" not in studio("appointments", "show", "1").out


def test_whose_trainer_and_place_a_group_has(studio: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    studio("trainers", "add", "Maya Lind")
    studio("trainers", "add", "Fio Ray")
    studio("locations", "add", "Studio Nord")
    for name in ("anna", "ben"):
        studio("clients", "edit", name, "--trainer", "maya", "--location", "nord")
    rows = booked(studio, "anna,ben", "tue 10:00")
    assert {(row["trainer"], row["location"]) for row in rows} == {("Maya Lind", "Studio Nord")}
    rows = booked(studio, "anna,cleo", "wed 10:00")
    assert {(row["trainer"], row["location"]) for row in rows} == {("Owner", None)}
    monkeypatch.setenv("PTRACK_TRAINER", "fio")
    assert {row["trainer"] for row in booked(studio, "anna,cleo", "thu 10:00")} == {"Fio Ray"}


def test_a_name_with_a_comma_is_one_client(studio: Run) -> None:
    studio("clients", "add", "Berg, Otto")
    assert booked(studio, "Berg, Otto", "tue 10:00")["client"] == "Berg, Otto"
    twice = studio("appointments", "add", "anna,ben,Anna Berg", "wed 10:00", status=2)
    assert "Anna Berg (1) is named twice" in twice.err


def test_a_group_is_closed_in_one_go(studio: Run) -> None:
    booked(studio, "anna,ben", "today 9:00")
    started = studio("appointments", "start", "1", "--whole-group", "--json").json
    assert [row["session"]["status"] for row in started] == ["in_progress", "in_progress"]
    done = studio("appointments", "complete", "2", "--whole-group", "--log", "Plank: 60s", "--json").json
    assert [row["session"]["credit"]["deducted"] for row in done] == [True, False]
    assert [row["session"]["credit"]["owed"] for row in done] == [False, True]
    kinds = [studio("log", "show", str(row["workout"]["id"]), "--json").json["kind"] for row in done]
    assert kinds == ["group", "group"]
    assert studio("report", "usage", "anna", "--json").json["group"]["count"] == 1
    again = studio("appointments", "complete", "1", "--whole-group", status=1)
    assert "nobody in group 1 is still to come" in again.err
    booked(studio, "cleo", "today 15:00")
    assert "has no group" in studio("appointments", "cancel", "3", "--whole-group", status=2).err


def test_a_group_session_without_a_log_counts_as_one(studio: Run) -> None:
    booked(studio, "anna,ben", "today 9:00")
    studio("appointments", "complete", "1")
    usage = studio("report", "usage", "anna", "--json").json
    assert (usage["group"]["count"], usage["trainer_led"]["count"]) == (1, 0)
    studio("log", "add", "anna", "Plank: 60s", "--session", "1")
    assert studio("log", "show", "1", "--json").json["kind"] == "group"


def test_each_move_says_why(studio: Run) -> None:
    booked(studio, "anna", "today 9:00")
    done = studio("appointments", "no-show", "1", "--json").json
    assert done["why"] == "No-show. The practice charges always."
    assert done["session"]["credit"]["entry"] == 2
    assert studio("appointments", "waive", "1", "--note", "ill", "--json").json["why"] == "Waived: ill."
    booked(studio, "anna", "today 12:00")
    late = studio("appointments", "cancel", "2", "--charge")
    assert "Late, 1 hour before: the limit is 24 h before. Charged, as was said." in late.out
    assert "(entry 4)" in late.out
    booked(studio, "anna", "today 12:00")
    trainer = studio("appointments", "cancel", "3", "--by", "trainer")
    assert "Called off by the trainer: never charged." in trainer.out


def test_another_zone_keeps_instants_and_says_so(studio: Run) -> None:
    booked(studio, "anna", "tue 10:00")
    ran = studio("config", "set", "timezone", "America/New_York")
    assert "1 appointment to come shows another time on the clock now" in ran.err
    assert "ptrack config set timezone America/New_York --keep-wall-times" in ran.err
    assert studio("appointments", "show", "1", "--json").json["starts_at"] == "2026-11-24T04:00:00-05:00"
    assert studio("config", "set", "timezone", "America/New_York").err == ""


def test_another_zone_keeps_the_hour_where_that_is_asked(studio: Run) -> None:
    booked(studio, "anna", "2027-07-20 10:00")
    booked(studio, "ben", "yesterday 10:00")
    before = changes()
    ran = studio("config", "set", "timezone", "America/New_York", "--keep-wall-times")
    assert "1 appointment to come kept the time on the clock." in ran.err
    assert changes() == before + 1
    kept = studio("appointments", "show", "1", "--json").json
    assert (kept["starts_at"], kept["sequence"]) == ("2027-07-20T10:00:00-04:00", 1)
    past = studio("appointments", "show", "2", "--json").json
    assert (past["starts_at"], past["sequence"]) == ("2026-11-19T04:00:00-05:00", 0)


def test_an_hour_that_the_other_zone_lacks_keeps_the_zone(studio: Run) -> None:
    booked(studio, "anna", "2027-03-14 02:30")
    refused = studio("config", "set", "timezone", "America/New_York", "--keep-wall-times", status=1)
    assert "2027-03-14 02:30 (nearest 2027-03-14 01:59 and 2027-03-14 03:00)" in refused.err
    assert "(appointment 1)" in refused.err
    assert studio("config", "get", "timezone", "--json").json == {"timezone": "Europe/Berlin"}
    wrong = studio("config", "set", "unit", "lb", "--keep-wall-times", status=2)
    assert "--keep-wall-times goes with timezone" in wrong.err


def test_an_hour_that_comes_twice_in_the_other_zone_is_told(studio: Run) -> None:
    booked(studio, "anna", "2027-11-07 01:30")
    ran = studio("config", "set", "timezone", "America/New_York", "--keep-wall-times")
    assert "2027-11-07 01:30 comes twice in America/New_York" in ran.err
    assert studio("appointments", "show", "1", "--json").json["starts_at"] == "2027-11-07T01:30:00-04:00"


@pytest.mark.parametrize("columns", ["40", "80"])
def test_series_and_groups_fit_their_width(
    studio: Run, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    pages = [
        studio("appointments", "add", "anna,ben,cleo", "tue 10:00", "--repeat", "weekly", "--times", "2").out,
        studio("appointments", "show", "1").out,
        studio("appointments", "list").out,
        studio("appointments", "edit", "1", "--when", "thu 10:00", "--following").out,
        studio("appointments", "cancel", "1", "--whole-group", "--by", "trainer").out,
    ]
    for page in pages:
        assert max(len(line) for line in page.splitlines()) <= int(columns), page
