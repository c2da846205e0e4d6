"""The day's page: groups, several trainers, and a list of things to do that stays short."""

import pytest

from harness import Run


@pytest.fixture
def studio(run: Run) -> Run:
    for name in ("Anna Berg", "Ben Olsen", "Cleo Marsh"):
        run("clients", "add", name)
    run("packages", "sell", "anna", "--sessions", "10")
    return run


def test_a_group_is_one_entry_with_its_members_below(studio: Run) -> None:
    studio("appointments", "add", "anna,ben,cleo", "today 9:00")
    studio("appointments", "complete", "1")
    studio("appointments", "no-show", "2")
    page = studio("today").out
    assert "1 appointment\n" in page
    assert [row.split() for row in page.splitlines()[2:6]] == [
        ["09:00", "Group", "x3", "o", "booked", "1", "booked,", "1", "done,", "1", "no-show"],
        ["Anna", "Berg", "x", "done", "9", "left"],
        ["Ben", "Olsen", "!", "no-show", "owes", "1"],
        ["Cleo", "Marsh", "o", "booked", "0", "left"],
    ]
    assert "close     Fri 20 Nov 09:00 Cleo Marsh" in page
    found = studio("today", "--json").json
    assert [(row["id"], row["group"]) for row in found["appointments"]] == [(1, 1), (2, 1), (3, 1)]
    assert [row["id"] for row in found["to_close"]] == [3]


def test_open_days_are_named_with_the_command_that_closes_them(studio: Run) -> None:
    studio("appointments", "add", "anna,ben", "2026-11-17 11:00")
    studio("appointments", "add", "cleo", "2026-11-17 12:00")
    studio("appointments", "add", "cleo", "2026-10-29 12:00")
    page = studio("today").out
    assert "close     Tue 17 Nov 11:00 Group x2 and 1 more" in page
    assert "ptrack close tue\n" in page
    assert "ptrack close 2026-10-29\n" in page


def test_the_day_of_several_trainers_names_them(studio: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    studio("trainers", "add", "Olof Berg")
    studio("appointments", "add", "anna", "today 8:00")
    studio("appointments", "add", "ben", "today 8:00", "--trainer", "olof")
    page = studio("today", "--trainer", "all").out
    assert "Owner" in page
    assert "Olof" in page
    mine = studio("today", "--trainer", "olof").out
    assert "Anna Berg" not in mine.split("To do")[0]
    assert "ptrack close --trainer olof\n" in mine
    monkeypatch.setenv("PTRACK_TRAINER", "olof")
    assert "ptrack close --trainer all\n" in studio("today").out


def test_the_list_of_things_to_do_stays_short(studio: Run) -> None:
    for day in range(2, 9):
        studio("appointments", "add", "anna", f"2026-11-{day:02} 9:00")
    for number in range(8):
        name = f"Client {chr(65 + number)}"
        studio("clients", "add", name, "--born", "1990-11-21")
        studio("packages", "sell", name, "--sessions", "1")
    tasks = studio("today").out.split("To do\n")[1]
    assert len([row for row in tasks.splitlines() if not row.startswith("   ")]) <= 12
    assert "and 5 earlier days" in tasks
    assert "ptrack close --from 2026-11-02\n" in tasks
    assert "renew     and 5 more" in tasks
    assert "birthday  and 7 more" in tasks
    assert len(studio("today", "--json").json["renewals"]) == 8
