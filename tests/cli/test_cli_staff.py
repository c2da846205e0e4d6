"""`ptrack trainers` and `ptrack locations` as their users meet them."""

import pytest

from harness import Run


@pytest.fixture
def maya(run: Run) -> Run:
    run("trainers", "add", "Maya Lind", "--email", "maya@example.org", "--commission", "40%")
    return run


def test_a_trainer_is_added_shown_and_listed(maya: Run) -> None:
    shown = maya("trainers", "show", "maya", "--json").json
    assert (shown["id"], shown["name"], shown["email"], shown["role"]) == (
        2,
        "Maya Lind",
        "maya@example.org",
        "trainer",
    )
    assert (shown["commission_kind"], shown["commission"], shown["buffer_min"], shown["active"]) == (
        "percent",
        40.0,
        0,
        True,
    )
    assert (shown["clients"], shown["scheduled"], shown["hours"], shown["days_off"]) == (0, 0, [], [])
    listed = maya("trainers", "list", "--json").json
    assert [row["name"] for row in listed] == ["Owner", "Maya Lind"]
    assert listed[1].keys() >= {"id", "name", "email", "role", "commission_kind", "commission", "active"}
    assert "trainers hours 2" in maya("trainers", "show", "maya").out


def test_every_field_of_a_trainer_can_be_edited(maya: Run) -> None:
    edited = maya(
        "trainers", "edit", "maya", "--name", "Maya Berg", "--email", "m@example.org", "--role", "manager",
        "--commission", "25.50", "--buffer", "15", "--json",
    )  # fmt: skip
    assert "completed so far keep theirs" in edited.err
    keys = ("name", "email", "role", "commission_kind", "commission", "buffer_min")
    assert [edited.json[key] for key in keys] == ["Maya Berg", "m@example.org", "manager", "fixed", 25.5, 15]
    kept = maya("trainers", "edit", "maya", "--email", "", "--json")
    assert kept.err == ""
    assert (kept.json["name"], kept.json["email"], kept.json["commission"]) == ("Maya Berg", None, 25.5)


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("add", "MAYA  lind"), 1, "There is a trainer Maya Lind (2) already"),
        (("edit", "owner", "--name", "maya lind"), 1, "There is a trainer Maya Lind (2) already"),
        (("edit", "maya", "--buffer", "241"), 2, "240"),
        (("edit", "maya", "--buffer", "-1"), 2, "range"),
        (("edit", "maya", "--commission", "101%"), 2, "up to 100%"),
        (("edit", "maya", "--email", "maya"), 2, "e-mail"),
        (("edit", "maya", "--name", " "), 2, "needs a name"),
        (("edit", "nobody", "--name", "X"), 1, 'No trainer is called "nobody"'),
        (("hours", "maya", "mon 17-9"), 2, "ends before it begins"),
        (("off", "add", "maya", "24.12.", "23.12."), 2, "is before"),
        (("off", "add", "maya", "someday"), 2, "no time that ptrack can read"),
        (("off", "remove", "9"), 1, "No day off has the number 9"),
        (("deactivate", "owner"), 1, "is the owner"),
        (("activate", "maya"), 1, "is active already"),
    ],
)
def test_what_is_refused(maya: Run, words: tuple[str, ...], status: int, told: str) -> None:
    assert told in maya("trainers", *words, status=status).err


def test_a_name_may_change_its_letter_case(maya: Run) -> None:
    assert maya("trainers", "edit", "maya", "--name", "MAYA LIND", "--json").json["name"] == "MAYA LIND"


def test_a_new_rate_leaves_past_sessions_alone(maya: Run) -> None:
    maya("clients", "add", "Anna Berg", "--trainer", "maya")
    maya("packages", "sell", "anna", "--sessions", "10", "--price", "1000")
    maya("appointments", "add", "anna", "today 9:00")
    maya("appointments", "complete", "1")
    before = maya("sessions", "list", "--json").json[0]["commission_cents"]
    maya("trainers", "edit", "maya", "--commission", "10%")
    assert maya("sessions", "list", "--json").json[0]["commission_cents"] == before == 4000


def test_hours_are_set_shown_changed_and_cleared(maya: Run) -> None:
    shown = maya("trainers", "hours", "maya", "mon-fri", "9-17,", "sat", "9:00-12:30")
    assert "Mon-Fri 9-17, Sat 9-12:30" in shown.out
    rows = maya("trainers", "hours", "maya", "--json").json
    assert rows[0] == {"weekday": "monday", "from": "09:00", "to": "17:00"}
    assert (len(rows), rows[-1]["to"]) == (6, "12:30")
    maya("trainers", "hours", "maya", "mon 9-18 19-24")
    assert [(row["from"], row["to"]) for row in maya("trainers", "hours", "maya", "--json").json] == [
        ("09:00", "18:00"),
        ("19:00", "24:00"),
    ]
    assert "no working hours yet" in maya("trainers", "hours", "maya", "none").out
    assert maya("trainers", "hours", "maya", "--csv").out == "weekday,from,to\n"


def test_days_off_are_noted_listed_and_taken_back(maya: Run) -> None:
    all_ = maya("trainers", "off", "add", "all", "24.12.", "26.12.", "--reason", "Christmas", "--json").json
    assert all_ == {
        "id": 1, "trainer": None, "trainer_id": None, "first_day": "2026-12-24", "last_day": "2026-12-26",
        "reason": "Christmas",
    }  # fmt: skip
    maya("trainers", "off", "add", "maya", "tue")
    maya("trainers", "off", "add", "owner", "2026-11-01")
    assert [row["id"] for row in maya("trainers", "off", "list", "--json").json] == [2, 1]
    assert [row["id"] for row in maya("trainers", "off", "list", "--all", "--json").json] == [3, 2, 1]
    assert [row["id"] for row in maya("trainers", "off", "list", "owner", "--json").json] == [1]
    assert "everybody" in maya("trainers", "off", "list").out
    assert (
        "Tue 24 Nov 2026; Thu 24 Dec 2026 to Sat 26 Dec 2026 (Christmas)"
        in maya("trainers", "show", "maya").out
    )
    assert maya("trainers", "off", "remove", "2", "--json").json["first_day"] == "2026-11-24"
    assert [row["id"] for row in maya("trainers", "off", "list", "--json").json] == [1]


def test_days_off_name_what_is_booked_on_them(maya: Run) -> None:
    maya("clients", "add", "Anna Berg")
    maya("appointments", "add", "anna", "2026-11-24 10:00", "--trainer", "maya")
    maya("appointments", "add", "anna", "2026-11-24 12:00", "--trainer", "owner")
    told = maya("trainers", "off", "add", "maya", "tue").err
    assert "Booked on these days: 1 Anna Berg Tue 24 Nov 2026, 10:00." in told
    assert "list --trainer 2 --from 2026-11-24 --to 2026-11-24" in told
    assert "; 2 Anna Berg Tue 24 Nov 2026, 12:00." in maya("trainers", "off", "add", "all", "tue").err
    assert maya("trainers", "off", "add", "maya", "wed").err == ""


def test_who_leaves_takes_no_appointments_and_stays_in_the_past(maya: Run) -> None:
    maya("clients", "add", "Anna Berg", "--trainer", "maya")
    maya("appointments", "add", "anna", "2026-11-24 10:00")
    refused = maya("trainers", "deactivate", "maya", status=1).err
    assert "Maya Lind still has 1 appointment, the first on Tue 24 Nov 2026, 10:00" in refused
    assert "ptrack appointments list --trainer 2 --status scheduled" in refused
    left = maya("trainers", "deactivate", "maya", "--force", "--json")
    assert left.json["active"] is False
    assert "1 client of Maya Lind" in left.err
    assert "inactive already" in maya("trainers", "deactivate", "maya", status=1).err
    assert maya("appointments", "show", "1", "--json").json["trainer"] == "Maya Lind"
    assert (
        "takes no appointments any more"
        in maya("appointments", "add", "anna", "wed 10:00", "--trainer", "maya", "--force", status=1).err
    )
    assert "trainers activate 2" in maya("appointments", "edit", "1", "--when", "thu 10:00", status=1).err
    assert maya("appointments", "add", "anna", "wed 10:00", "--json").json["trainer"] == "Owner"
    moved = maya("appointments", "edit", "1", "--trainer", "owner", "--json").json
    assert (moved["trainer"], moved["starts_at"][:16]) == ("Owner", "2026-11-24T10:00")
    maya("trainers", "activate", "maya")
    assert maya("appointments", "add", "anna", "fri 10:00", "--json").json["trainer"] == "Maya Lind"


def test_those_who_left_are_listed_last(maya: Run) -> None:
    maya("trainers", "add", "Zoe Ash")
    maya("trainers", "deactivate", "maya")
    assert [row["name"] for row in maya("trainers", "list", "--json").json] == [
        "Owner",
        "Zoe Ash",
        "Maya Lind",
    ]


def test_the_configured_trainer_is_passed_over_once_gone(maya: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    maya("clients", "add", "Anna Berg")
    monkeypatch.setenv("PTRACK_TRAINER", "maya")
    assert maya("appointments", "add", "anna", "tue 10:00", "--json").json["trainer"] == "Maya Lind"
    maya("trainers", "deactivate", "maya", "--force")
    assert maya("appointments", "add", "anna", "wed 10:00", "--json").json["trainer"] == "Owner"


def test_how_full_the_weeks_are(maya: Run) -> None:
    maya("trainers", "hours", "maya", "mon-fri 9-13")
    maya("trainers", "off", "add", "all", "2026-12-01")
    for name in ("Anna Berg", "Ben Olsen"):
        maya("clients", "add", name, "--trainer", "maya")
    maya("appointments", "add", "anna", "2026-11-24 10:00", "--duration", "90")
    maya("appointments", "add", "anna,ben", "2026-11-25 10:00")
    maya("appointments", "add", "ben", "2026-11-26 10:00")
    maya("appointments", "cancel", "4", "--by", "trainer")
    weeks = maya("trainers", "show", "maya", "--json").json["capacity"]
    assert [week["from"] for week in weeks] == [
        "2026-11-16", "2026-11-23", "2026-11-30", "2026-12-07", "2026-12-14",
    ]  # fmt: skip
    assert weeks[1] == {
        "from": "2026-11-23", "to": "2026-11-29", "booked_min": 150, "working_min": 1200, "share": 0.125,
    }  # fmt: skip
    assert (weeks[2]["working_min"], weeks[2]["share"]) == (960, 0)
    page = maya("trainers", "show", "maya").out
    assert "2.5       20.0  12 %" in page


def test_a_place_is_added_edited_shown_and_listed(run: Run) -> None:
    added = run(
        "locations", "add", "Studio Nord", "--address", "Kai 4", "--capacity", "4", "--buffer", "10", "--json"
    )
    assert added.json == {
        "id": 1, "name": "Studio Nord", "address": "Kai 4", "url": None, "capacity": 4, "buffer_min": 10,
        "active": True, "clients": 0, "scheduled": 0,
    }  # fmt: skip
    edited = run(
        "locations", "edit", "nord", "--name", "Studio Süd", "--address", "", "--url", "https://meet.example",
        "--capacity", "0", "--buffer", "0", "--json",
    ).json  # fmt: skip
    keys = ("name", "address", "url", "capacity", "buffer_min")
    assert [edited[key] for key in keys] == ["Studio Süd", None, "https://meet.example", None, 0]
    run("locations", "add", "Park")
    assert (
        "There is a location Park (2) already"
        in run("locations", "edit", "1", "--name", "PARK", status=1).err
    )
    run("locations", "deactivate", "sud")
    assert [row["name"] for row in run("locations", "list", "--json").json] == ["Park", "Studio Süd"]
    assert "any number of clients" in run("locations", "show", "park").out


def test_a_place_that_is_given_up_is_never_chosen(run: Run) -> None:
    run("locations", "add", "Studio Nord")
    run("clients", "add", "Anna Berg", "--location", "nord")
    run("appointments", "add", "anna", "tue 10:00")
    assert "Studio Nord still has 1 appointment" in run("locations", "deactivate", "nord", status=1).err
    left = run("locations", "deactivate", "nord", "--force").err
    assert "1 client at Studio Nord: ptrack clients list --location 1" in left
    assert run("appointments", "add", "anna", "wed 10:00", "--json").json["location"] is None
    refused = run("appointments", "add", "anna", "thu 10:00", "--location", "nord", status=1).err
    assert "Studio Nord is no longer in use" in refused
    assert "locations activate 1" in refused
    run("locations", "activate", "nord")
    assert run("appointments", "add", "anna", "thu 10:00", "--json").json["location"] == "Studio Nord"
