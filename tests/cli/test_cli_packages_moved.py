"""`ptrack packages` transfer, expire, edit, reopen, show and the statement, as their users meet them."""

import pytest

from harness import Run


@pytest.fixture
def studio(run: Run) -> Run:
    for name in ("Anna Berg", "Ben Olsen"):
        run("clients", "add", name)
    return run


def later(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    monkeypatch.setenv("PTRACK_NOW", f"{day}T08:00:00+01:00")


def session(run: Run, when: str, client: str = "anna") -> None:
    number = run("appointments", "add", client, when, "--json").json["id"]
    run("appointments", "complete", str(number))


def test_credits_go_to_another_client(studio: Run) -> None:
    studio("packages", "sell", "anna", "--sessions", "10", "--price", "1000", "--expires", "3 months")
    session(studio, "2026-11-10 10:00", "ben")
    source, target = studio("packages", "transfer", "1", "ben", "--sessions", "4", "--json").json
    assert (source["id"], source["remaining"], source["total"], source["source"]) == (1, 6, 6, None)
    for key, value in {
        "id": 2, "client": "Ben Olsen", "name": "4 sessions, transferred", "kind": "sessions",
        "sessions_total": 4, "remaining": 3, "used": 1, "price_cents": 40_000, "source": 1,
        "expires_on": "2027-02-20", "settled": [1],
    }.items():  # fmt: skip
        assert target[key] == value
    page = " ".join(studio("packages", "transfer", "1", "ben", "--note", "to a friend").out.split())
    assert "6 credits of Anna Berg's package 1 (entry 5) went to Ben Olsen, as package 3 (entry 6)." in page
    assert "Transferred out (to a friend)" in studio("packages", "ledger", "anna").out
    assert "Transferred in" in studio("packages", "ledger", "ben").out
    assert "Ben" not in studio("packages", "ledger", "anna").out
    refused = studio("packages", "transfer", "1", "ben", "--json", status=1).json["error"]
    assert (refused["code"], refused["message"]) == ("rule", "Package 1 has 0 left; none cannot go.")
    studio("packages", "transfer", "1", "ben", "--sessions", "0", status=2)
    assert studio("packages", "transfer", "9", "ben", "--json", status=1).json["error"]["code"] == "not_found"


def test_expiry_is_written_once_and_silent_where_there_is_nothing(
    studio: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio("packages", "sell", "anna", "--sessions", "3", "--expires", "2026-11-30")
    quiet = studio("packages", "expire")
    assert (quiet.out, quiet.err) == ("", "")
    ahead = studio("packages", "expire", "--date", "2026-12-01", "--dry-run", "--json")
    assert ahead.json == [
        {
            "entry": None, "package": 1, "name": "3 sessions", "client": "Anna Berg", "client_id": 1,
            "expires_on": "2026-11-30", "credits": 3,
        }
    ]  # fmt: skip
    assert "Nothing was written off" in ahead.err
    assert "--dry-run" in studio("packages", "expire", "--date", "2026-12-01", status=2).err
    later(monkeypatch, "2026-12-01")
    assert studio("packages", "list", "--json").json[0]["state"] == "expired"
    assert studio("packages", "expire", "--client", "ben", "--json").json == []
    assert studio("packages", "expire", "--date", "2026-11-30", "--json").json == []
    page = studio("packages", "expire").out
    assert "    2        1  3 sessions  Anna Berg  Mon 30 Nov 2026        3" in page
    assert studio("packages", "expire").out == ""
    assert studio("packages", "ledger", "anna", "--json").json[-1]["reason"] == "expiry"
    assert "Expired" in studio("packages", "ledger", "anna").out
    extended = studio("packages", "edit", "1", "--expires", "2 weeks")
    assert "3 credits back (entry 3)." in extended.out
    assert "Back, for the package was extended" in studio("packages", "ledger", "anna").out


def test_expired_credits_do_not_look_available(studio: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    studio("packages", "sell", "anna", "--sessions", "3", "--expires", "2026-11-30")
    studio("appointments", "add", "anna", "2026-12-02 10:00")
    later(monkeypatch, "2026-12-01")
    shown = studio("appointments", "show", "1", "--json").json
    assert (shown["credits_remaining"], shown["credits_available"]) == (3, -1)
    assert "0 left (1 reserved)" in studio("appointments", "show", "1").out


def test_booking_past_the_last_day_says_so(studio: Run) -> None:
    studio("packages", "sell", "anna", "--sessions", "3", "--expires", "2026-11-30")
    told = studio("appointments", "add", "anna", "2026-12-02 10:00").err
    assert "the 3 left expire on Mon 30 Nov 2026, before that day. Booked all the same." in told
    refused = studio("appointments", "add", "anna", "2026-12-03 10:00", "--strict", status=1)
    assert "ptrack packages sell 1" in refused.err
    every = studio("appointments", "add", "anna", "2026-11-24 18:00", "--repeat", "weekly", "--times", "2")
    assert "the 3 left expire on Mon 30 Nov 2026, before 1 of these 2" in every.err


def test_a_package_is_changed(studio: Run) -> None:
    studio("packages", "sell", "anna", "--sessions", "10", "--expires", "2026-12-31")
    edited = studio(
        "packages", "edit", "1", "--name", "Autumn", "--price", "900", "--expires", "never", "--json"
    ).json
    assert (edited["name"], edited["price_cents"], edited["expires_on"]) == ("Autumn", 90_000, None)
    assert studio("packages", "edit", "1", "--expires", "+90d", "--json").json["expires_on"] == "2027-02-18"
    assert "Nothing is to be changed" in studio("packages", "edit", "1", status=2).err
    studio("packages", "edit", "1", "--price", "much", status=2)
    assert (
        studio("packages", "edit", "7", "--name", "x", "--json", status=1).json["error"]["code"]
        == "not_found"
    )


def test_closing_names_the_appointments_and_reopening_gives_back(studio: Run) -> None:
    studio("packages", "sell", "anna", "--sessions", "10")
    studio("appointments", "add", "anna", "tue 10:00", "--package", "1")
    page = " ".join(studio("packages", "close", "1").out.split())
    assert "10 credits written off (entry 2)." in page
    assert "Appointment 1 (Tue 24 Nov 2026 10:00) named it to pay" in page
    refused = studio("packages", "edit", "1", "--name", "x", status=1).err
    assert "ptrack packages reopen 1" in refused
    assert "10 credits back (entry 3)." in studio("packages", "reopen", "1").out
    assert "not closed" in studio("packages", "reopen", "1", status=1).err
    studio("appointments", "add", "anna", "wed 10:00", "--package", "1")
    assert "Appointments 1 (" in studio("packages", "close", "1").out


def test_a_sale_of_a_day_gone_by(studio: Run) -> None:
    sold = studio(
        "packages",
        "sell",
        "anna",
        "--sessions",
        "5",
        "--sold",
        "2026-09-30",
        "--expires",
        "2 months",
        "--json",
    ).json
    assert (sold["sold_on"], sold["expires_on"]) == ("2026-09-30", "2026-11-30")
    assert "has not come yet" in studio("packages", "sell", "anna", "--sessions", "5", "--sold", "tomorrow",
                                        status=2).err  # fmt: skip


def test_when_a_package_runs_out_is_told_from_what(studio: Run) -> None:
    studio("packages", "sell", "anna", "--sessions", "10", "--sold", "2026-10-01")
    (fresh,) = studio("packages", "list", "--json").json
    assert (fresh["runs_out_on"], fresh["left_at_expiry"]) == (None, None)
    for day in ("2026-10-30", "2026-11-06", "2026-11-13", "2026-11-20"):
        session(studio, f"{day} 08:00")
    shown = studio("packages", "show", "1", "--json").json
    assert shown["runs_out_on"] == "2026-12-23"  # 6 left at 4 in 22 days: 33 days
    assert shown == studio("packages", "list", "--json").json[0]
    page = " ".join(studio("packages", "show", "1").out.split())
    assert "Runs out Wed 23 Dec 2026, at 1.3 a week, from 4 sessions since Fri 30 Oct 2026" in page
    studio("packages", "edit", "1", "--expires", "2026-12-01")
    assert studio("packages", "show", "1", "--json").json["left_at_expiry"] == 4
    page = " ".join(studio("packages", "show", "1").out.split())
    assert "not before it expires: 4 will be left, at 1.3 a week" in page
    assert "expires with 4" in studio("packages", "list").out
    studio("clients", "pause", "anna")
    assert studio("packages", "list", "--json").json[0]["left_at_expiry"] is None
    assert "stands still: paused since Fri 20 Nov 2026" in " ".join(
        studio("packages", "show", "1").out.split()
    )


def test_a_pace_that_reaches_no_end_is_told_without_a_day(studio: Run) -> None:
    studio("packages", "sell", "anna", "--sessions", "10000")
    for when in ("2026-09-28 08:00", "2026-11-20 08:00"):
        session(studio, when)
    assert "not for long, at 0.3 a week" in " ".join(studio("packages", "show", "1").out.split())


def test_the_statement_has_a_balance_brought_forward_sums_and_what_is_owed(
    studio: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio("packages", "sell", "anna", "--sessions", "2")
    session(studio, "2026-11-19 10:00")
    later(monkeypatch, "2026-12-04")
    session(studio, "2026-12-03 10:00")
    session(studio, "2026-12-04 07:30")
    studio("appointments", "add", "anna", "2026-12-02 10:00")
    studio("appointments", "no-show", "4")
    page = studio("packages", "ledger", "anna", "--from", "2026-12-01").out.splitlines()
    cells = [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in page]
    assert cells[2:] == [
        ["No", "Date", "What", "Package", "In", "Out", "Left"],
        ["Brought forward", "1"],
        ["3", "Fri 4 Dec", "Session 2, Thu 3 Dec 10:00", "1", "1", "0"],
        ["In, out and left", "0", "1", "0"],
        [],
        ["2 sessions owed, paid by no package:"],
        ["session 4, Wed 2 Dec 2026 10:00 (no-show)"],
        ["session 3, Fri 4 Dec 2026 07:30"],
        [],
        ["settles them, the oldest first", "ptrack packages sell 1 --sessions 10"],
    ]
    early = studio("packages", "ledger", "anna", "--to", "2026-11-30", "--json").json
    assert [(row["delta"], row["balance"]) for row in early] == [(2, 2), (-1, 1)]
    assert set(early[0]) == {
        "id", "created_at", "package", "package_name", "reason", "session", "note", "delta", "balance",
    }  # fmt: skip
    assert studio("packages", "ledger", "anna", "--from", "2027-01-01", "--json").json == []
    assert "Brought forward" in studio("packages", "ledger", "anna", "--from", "2027-01-01").out
    assert "Brought forward" in studio("packages", "ledger", "anna", "--from", "2026-01-01").out
    assert "Fri 20 Nov 2026" in _in_2027(studio, monkeypatch)


def _in_2027(studio: Run, monkeypatch: pytest.MonkeyPatch) -> str:
    later(monkeypatch, "2027-02-01")
    return str(studio("packages", "ledger", "anna").out)


def test_the_statement_of_one_package(studio: Run) -> None:
    studio("packages", "sell", "anna", "--sessions", "2")
    studio("packages", "sell", "anna", "--sessions", "5")
    studio("packages", "sell", "ben", "--sessions", "5")
    rows = studio("packages", "ledger", "anna", "--package", "2", "--json").json
    assert [(row["package"], row["balance"]) for row in rows] == [(2, 5)]
    assert "Credits of Anna Berg on package 2" in studio("packages", "ledger", "anna", "--package", "2").out
    refused = studio("packages", "ledger", "anna", "--package", "3", status=1).err
    assert "Package 3 is Ben Olsen's, none of Anna Berg's." in refused


def test_a_sale_that_was_undone_is_listed_only_with_all(studio: Run) -> None:
    studio("packages", "sell", "anna", "--sessions", "2")
    studio("undo", "--yes")
    assert studio("packages", "list", "--json").json == []
    (row,) = studio("packages", "list", "--all", "--json").json
    assert (row["state"], row["remaining"]) == ("taken back", 0)
    assert "Undone" in studio("packages", "ledger", "anna").out
    assert "was taken back" in studio("packages", "adjust", "1", "1", status=1).err


def test_undoing_an_expiry_leaves_nothing_to_be_brought_back_twice(
    studio: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio("packages", "sell", "anna", "--sessions", "3", "--expires", "2026-11-30")
    later(monkeypatch, "2026-12-01")
    studio("packages", "expire")
    studio("undo", "--yes")
    edited = studio("packages", "edit", "1", "--expires", "2026-12-31", "--json").json
    assert (edited["remaining"], edited["state"]) == (3, "open")


@pytest.mark.parametrize("columns", ["80", "40"])
def test_the_new_pages_fit_their_width(studio: Run, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    studio("packages", "sell", "anna", "--sessions", "10", "--price", "450", "--expires", "+90d")
    session(studio, "2026-11-19 10:00")
    session(studio, "2026-11-20 08:00")
    session(studio, "2026-11-20 07:00", "ben")
    pages = [
        studio("packages", "show", "1"),
        studio("packages", "list"),
        studio("packages", "ledger", "ben"),
        studio("packages", "transfer", "1", "ben", "--sessions", "2"),
        studio("packages", "expire", "--date", "2028-01-01", "--dry-run"),
        studio("packages", "close", "1"),
    ]
    for page in pages:
        assert page.out
        assert all(len(text) <= int(columns) for text in page.out.splitlines())
