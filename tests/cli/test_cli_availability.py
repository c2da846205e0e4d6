"""Working hours, buffers, full places and free times, as those who book meet them."""

from typing import Any

import pytest

from harness import Run


@pytest.fixture
def studio(run: Run) -> Run:
    """Maya works from nine to five; Anna, Ben and Cleo train with her."""
    run("trainers", "add", "Maya Lind")
    run("trainers", "hours", "maya", "mon-fri 9-17")
    for name in ("Anna Berg", "Ben Olsen", "Cleo Marsh"):
        run("clients", "add", name, "--trainer", "maya")
        run("packages", "sell", name, "--sessions", "20")
    return run


def add(run: Run, *words: str) -> Any:
    return run("appointments", "add", *words, "--json").json


def free(run: Run, *words: str) -> list[str]:
    """The free times as `24 10:00`."""
    rows = run("appointments", "free", *words, "--json").json
    return [f"{row['starts_at'][8:10]} {row['starts_at'][11:16]}" for row in rows]


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("tue 19:30", "Tue 19:30 to 20:30 is outside Maya Lind's hours (Tue 9-17)."),
        ("tue 16:30", "Tue 16:30 to 17:30 is outside Maya Lind's hours (Tue 9-17)."),
        ("sun 10:00", "Sun 10:00 to 11:00 is outside Maya Lind's hours (Mon-Fri 9-17)."),
        ("2026-12-24 10:00", "Thu 24 Dec 2026 is a day off of My practice (Christmas)."),
        ("2026-12-28 10:00", "Mon 28 Dec 2026 is a day off of Maya Lind."),
        ("tue 16:00", ""),
    ],
)
def test_booking_outside_hours_warns_and_books(studio: Run, when: str, told: str) -> None:
    studio("trainers", "off", "add", "all", "24.12.", "--reason", "Christmas")
    studio("trainers", "off", "add", "maya", "28.12.")
    ran = studio("appointments", "add", "anna", when)
    assert ran.err.strip() == told
    assert studio("appointments", "list", "--json").json[0]["id"] == 1


def test_without_hours_nothing_is_outside_them(studio: Run) -> None:
    assert studio("appointments", "add", "anna", "tue 23:30", "--trainer", "owner").err == ""


def test_moving_outside_hours_warns_too(studio: Run) -> None:
    add(studio, "anna", "tue 10:00")
    assert "outside Maya Lind's hours" in studio("appointments", "edit", "1", "--when", "tue 20:00").err


def test_a_trainers_buffer_is_kept_free(studio: Run) -> None:
    studio("trainers", "edit", "maya", "--buffer", "10")
    add(studio, "anna", "tue 10:00")
    refused = studio("appointments", "add", "ben", "tue 11:05", "--json", status=1)
    assert refused.json["error"]["code"] == "conflict"
    assert refused.json["error"]["candidates"] == ["1"]
    assert "Appointment 1 with Anna Berg on Tue 24 Nov 2026, 10:00 to 11:00 is within" in refused.err
    assert "the 10 min buffer of Maya Lind" in refused.err
    assert "10 min buffer" in studio("appointments", "add", "ben", "tue 8:55", status=1).err
    assert add(studio, "ben", "tue 11:10")["id"] == 2
    assert add(studio, "cleo", "tue 11:00", "--trainer", "owner")["id"] == 3
    forced = studio("appointments", "add", "cleo", "tue 12:15", "--force")
    assert "Booked all the same: Appointment 2" in forced.err


def test_a_places_buffer_counts_where_it_holds_one_at_a_time(studio: Run) -> None:
    studio("locations", "add", "Massage room", "--buffer", "15", "--capacity", "1")
    studio("locations", "add", "Hall", "--buffer", "15")
    add(studio, "anna", "tue 10:00", "--location", "room")
    add(studio, "ben", "tue 13:00", "--location", "hall")
    other = ("cleo", "--trainer", "owner")
    refused = studio(
        "appointments", "add", "cleo", "tue 11:10", "--trainer", "owner", "--location", "room", status=1
    )
    assert "within the 15 min buffer of Massage room" in refused.err
    assert add(studio, *other, "tue 11:15", "--location", "room")["location"] == "Massage room"
    assert add(studio, *other, "tue 14:00", "--location", "hall")["location"] == "Hall"
    refused = studio("appointments", "add", "anna", "tue 14:05", "--location", "hall", status=1)
    assert "within the 15 min buffer of Hall" in refused.err


def test_a_place_holds_so_many_clients_at_once(studio: Run) -> None:
    studio("locations", "add", "Studio Nord", "--capacity", "2")
    at_nord = ("--location", "nord")
    add(studio, "anna", "tue 10:00", *at_nord)
    add(studio, "ben", "tue 10:30", "--trainer", "owner", *at_nord)
    studio("trainers", "add", "Fio Ray")
    words = ("appointments", "add", "cleo", "tue 10:45", "--trainer", "fio", *at_nord)
    refused = studio(*words, status=1).err
    assert (
        "Studio Nord holds 2 clients at once, and 3 would be there on Tue 24 Nov 2026, 10:45 to 11:45"
        in refused
    )
    assert add(studio, "cleo", "tue 11:00", "--trainer", "fio", *at_nord)["id"] == 3
    studio("appointments", "cancel", "2", "--by", "trainer")
    assert add(studio, "cleo", "tue 9:50", "--duration", "70", "--trainer", "fio", *at_nord)["id"] == 4
    assert (
        "Booked all the same: Studio Nord holds 2"
        in studio("appointments", "add", "ben", "tue 10:30", "--trainer", "owner", *at_nord, "--force").err
    )


def test_each_member_of_a_group_takes_room_and_none_needs_a_buffer(studio: Run) -> None:
    studio("trainers", "edit", "maya", "--buffer", "10")
    studio("locations", "add", "Studio Nord", "--capacity", "2", "--buffer", "15")
    words = ("tue 10:00", "--location", "nord")
    refused = studio("appointments", "add", "anna,ben,cleo", *words, status=1).err
    assert refused.count("Studio Nord holds 2 clients at once, and 3 would be there") == 1
    assert len(add(studio, "anna,ben", *words)) == 2
    group = studio("appointments", "show", "1", "--json").json["group"]
    assert "3 would be there" in studio("appointments", "join", str(group), "cleo", status=1).err
    late = studio("appointments", "add", "cleo", "tue 11:10", "--location", "nord", status=1).err
    assert late.count("15 min buffer of Studio Nord") == 1


def test_free_times_lie_inside_hours_with_nothing_in_the_way(studio: Run) -> None:
    studio("trainers", "off", "add", "maya", "wed")
    add(studio, "anna", "mon 10:00", "--duration", "45")
    week = free(studio, "--trainer", "maya")
    assert week[:3] == ["20 10:30", "20 11:00", "20 11:30"]
    assert [start for start in week if start.startswith("23")][:4] == [
        "23 09:00",
        "23 10:45",
        "23 11:00",
        "23 11:30",
    ]
    assert not [start for start in week if start[:2] in ("21", "22", "25")]
    assert week[-1] == "26 16:00"
    assert free(studio, "--trainer", "maya", "--limit", "2") == ["20 10:30", "20 11:00"]
    short = free(
        studio, "--trainer", "maya", "--from", "mon", "--to", "mon", "--duration", "90", "--step", "60"
    )
    assert short == ["23 10:45", "23 11:00", "23 12:00", "23 13:00", "23 14:00", "23 15:00"]


def test_a_free_time_is_flat_for_programs(studio: Run) -> None:
    words = ("appointments", "free", "--trainer", "maya", "--duration", "45", "--limit", "1")
    assert studio(*words, "--json").json == [
        {
            "starts_at": "2026-11-20T10:30:00+01:00",
            "ends_at": "2026-11-20T11:15:00+01:00",
            "duration_min": 45,
            "trainer": "Maya Lind",
            "trainer_id": 2,
        }
    ]
    assert studio(*words, "--csv").out.splitlines()[0] == "starts_at,ends_at,duration_min,trainer,trainer_id"


def test_whatever_is_free_can_be_booked(studio: Run) -> None:
    studio("trainers", "edit", "maya", "--buffer", "10")
    studio("locations", "add", "Nord", "--capacity", "1", "--buffer", "20")
    add(studio, "anna", "mon 10:05", "--location", "nord")
    add(studio, "ben", "mon 13:00", "--trainer", "owner", "--location", "nord")
    words = ("--trainer", "maya", "--from", "mon", "--to", "mon", "--location", "nord")
    found = free(studio, *words, "--client", "cleo")
    assert found == ["23 11:25", "23 11:30", "23 14:20", "23 14:30", "23 15:00", "23 15:30", "23 16:00"]
    for start in found:
        taken = studio("appointments", "add", "cleo", f"2026-11-{start}", "--location", "nord")
        assert taken.err == ""
        studio("undo", "--yes")


def test_the_clients_own_appointments_count_with_client(studio: Run) -> None:
    add(studio, "anna", "mon 9:00", "--duration", "420", "--trainer", "owner")
    words = ("--from", "mon", "--to", "mon")
    assert len(free(studio, "--trainer", "maya", *words)) == 15
    assert free(studio, "--client", "anna", *words) == ["23 16:00"]


def test_the_page_draws_runs_together_and_names_the_next_step(studio: Run) -> None:
    add(studio, "anna", "mon 10:00", "--duration", "45")
    page = studio("appointments", "free", "--trainer", "maya", "--from", "mon", "--to", "tue").out
    assert "Free for 60 min   Mon 23 Nov to Tue 24 Nov 2026" in page
    assert " Mon 23 Nov  09:00  10:45  11:00-16:00\n" in page
    assert " Tue 24 Nov  09:00-16:00\n" in page
    assert "ptrack appointments add CLIENT '2026-11-23 09:00' --trainer 2" in page


def test_everybodys_free_times_name_each_trainer(studio: Run) -> None:
    studio("trainers", "add", "Fio Ray")
    studio("trainers", "hours", "fio", "mon 12-14")
    ran = studio("appointments", "free", "--trainer", "all", "--from", "mon", "--to", "mon")
    assert " Fio Ray    12:00-13:00\n Maya Lind  09:00-16:00\n" in ran.out
    assert "Left out, for no hours are set: Owner" in ran.err


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("--trainer", "owner"), 1, "Set them: ptrack trainers hours 1"),
        (("--trainer", "fio"), 1, "takes no appointments any more"),
        (("--trainer", "maya", "--location", "old"), 1, "Old hall is no longer in use"),
        (("--from", "wed", "--to", "tue"), 2, "is before --from"),
        (("--to", "2029-01-01"), 2, "more than a year"),
        (("--duration", "0"), 2, "range"),
        (("--step", "1"), 2, "range"),
        (("--client", "nobody"), 1, "No client is called"),
    ],
)
def test_what_cannot_be_looked_for(studio: Run, words: tuple[str, ...], status: int, told: str) -> None:
    studio("trainers", "add", "Fio Ray")
    studio("trainers", "deactivate", "fio")
    studio("locations", "add", "Old hall")
    studio("locations", "deactivate", "old")
    assert told in studio("appointments", "free", *words, status=status).err


def test_nothing_free_says_what_to_try(studio: Run) -> None:
    ran = studio("appointments", "free", "--trainer", "maya", "--from", "sun", "--to", "sun")
    assert "Nothing is free." in ran.out
    assert (
        studio(
            "appointments", "free", "--trainer", "maya", "--to", "today", "--duration", "600", "--json"
        ).json
        == []
    )


def test_clocks_put_forward_leave_no_time_that_does_not_exist(studio: Run) -> None:
    studio("trainers", "hours", "maya", "sun 1-5")
    words = ("--trainer", "maya", "--from", "2027-03-28", "--to", "2027-03-28")
    assert free(studio, *words) == ["28 01:00", "28 01:30", "28 03:00", "28 03:30", "28 04:00"]


def history(run: Run, name: str, *days: str) -> None:
    for day in days:
        add(run, name, day)


def test_the_next_free_time_is_in_the_clients_rhythm(studio: Run) -> None:
    history(studio, "anna", *(f"2026-{day} 10:00" for day in ("10-27", "11-03", "11-10", "11-17")))
    history(studio, "anna", "2026-11-12 15:00")
    ran = studio("appointments", "add", "anna", "--next-free", "--json")
    assert ran.json["starts_at"] == "2026-11-24T10:00:00+01:00"
    assert "Tue 24 Nov 2026, 10:00: Tue 10:00, as in 4 of the last 5." in ran.err
    after = studio("appointments", "add", "anna", "--next-free", "--json").json
    assert after["starts_at"] == "2026-12-01T10:00:00+01:00"


def test_the_other_usual_day_may_come_first(studio: Run) -> None:
    history(studio, "anna", *(f"2026-11-{day} 10:00" for day in ("03", "05", "10", "12", "17", "19")))
    starts = [add(studio, "anna", "--next-free")["starts_at"][:16] for _ in range(3)]
    assert starts == ["2026-11-24T10:00", "2026-11-26T10:00", "2026-12-01T10:00"]


def test_where_it_is_taken_another_near_it_will_do(studio: Run) -> None:
    history(studio, "anna", "2026-11-10 10:00", "2026-11-17 10:00")
    add(studio, "ben", "2026-11-24 9:30")
    ran = studio("appointments", "add", "anna", "--next-free", "--json")
    assert ran.json["starts_at"] == "2026-11-24T10:30:00+01:00"
    assert "nearest to Tue 10:00, as in 2 of the last 2, which is not free" in ran.err


def test_where_the_day_is_full_or_off_it_is_the_next_date(studio: Run) -> None:
    history(studio, "anna", "2026-11-10 10:00", "2026-11-17 10:00")
    studio("trainers", "off", "add", "maya", "2026-11-24")
    add(studio, "ben", "2026-12-01 9:00", "--duration", "400")
    assert add(studio, "anna", "--next-free")["starts_at"] == "2026-12-08T10:00:00+01:00"


def test_without_a_history_it_is_the_first_free_time_from_tomorrow_on(studio: Run) -> None:
    add(studio, "ben", "2026-11-23 9:00")
    ran = studio("appointments", "add", "anna", "--next-free", "--duration", "45", "--json")
    assert (ran.json["starts_at"], ran.json["duration_min"]) == ("2026-11-23T10:00:00+01:00", 45)
    assert "Anna Berg has no usual time yet, Maya Lind is free then" in ran.err


def test_without_hours_the_usual_time_is_enough(studio: Run) -> None:
    studio("trainers", "hours", "maya", "none")
    history(studio, "anna", "2026-11-10 19:30", "2026-11-17 19:30")
    add(studio, "ben", "2026-11-24 19:00")
    assert add(studio, "anna", "--next-free")["starts_at"] == "2026-12-01T19:30:00+01:00"
    refused = studio("appointments", "add", "cleo", "--next-free", status=1).err
    assert "Cleo Marsh has no usual time yet, and Maya Lind no working hours" in refused


def test_what_is_never_free_is_refused(studio: Run) -> None:
    history(studio, "anna", "2026-11-10 10:00", "2026-11-17 10:00")
    studio("trainers", "off", "add", "all", "2026-11-20", "2027-12-31")
    refused = studio("appointments", "add", "anna", "--next-free", status=1).err
    assert "Neither Tue 10:00, as in 2 of the last 2, nor a time near it is free for Anna Berg" in refused
    assert "nothing free within 12 weeks" in studio("appointments", "add", "ben", "--next-free", status=1).err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("anna",), "--next-free"),
        (("anna", "tue 10:00", "--next-free"), "not both"),
        (("anna,ben", "--next-free"), "one client's rhythm"),
    ],
)
def test_a_time_or_the_next_free_one(studio: Run, words: tuple[str, ...], told: str) -> None:
    assert told in studio("appointments", "add", *words, status=2).err


def test_a_series_may_begin_at_the_next_free_time(studio: Run) -> None:
    history(studio, "anna", "2026-11-10 10:00", "2026-11-17 10:00")
    booked = studio(
        "appointments", "add", "anna", "--next-free", "--repeat", "weekly", "--times", "3", "--json"
    ).json
    assert [row["starts_at"][:10] for row in booked] == ["2026-11-24", "2026-12-01", "2026-12-08"]


def test_a_place_that_is_full_of_what_clashes_is_not_named_again(studio: Run) -> None:
    studio("locations", "add", "Studio Nord", "--capacity", "1")
    add(studio, "anna", "tue 10:00", "--location", "nord")
    refused = studio("appointments", "add", "ben", "tue 10:30", "--location", "nord", status=1).err
    assert "Maya Lind has appointment 1 with Anna Berg" in refused
    assert "holds 1 client" not in refused


def test_a_usual_time_that_does_not_exist_is_left_out(studio: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTRACK_NOW", "2027-03-22T10:00:00+01:00")
    studio("trainers", "hours", "maya", "none")
    history(studio, "anna", "2027-03-14 2:30", "2027-03-21 2:30")
    assert add(studio, "anna", "--next-free")["starts_at"] == "2027-04-04T02:30:00+02:00"
