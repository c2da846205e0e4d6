"""`ptrack clients` pause, resume and churn: what they do to packages and say of appointments."""

import pytest

from harness import Run


@pytest.fixture
def anna(run: Run) -> Run:
    run("clients", "add", "Anna Berg")
    run("packages", "sell", "anna", "--sessions", "5", "--expires", "2026-11-30")
    return run


def test_pausing_names_what_is_booked_and_how_to_call_it_off(anna: Run) -> None:
    for when in ("tue 10:00", "wed 10:00"):
        anna("appointments", "add", "anna", when)
    page = anna("clients", "pause", "anna").out
    assert "2 appointments are still booked, the next on Tue 24 Nov 2026 10:00." in page
    assert "ptrack appointments cancel 1" in page
    assert "Anna Berg is paused since Fri 20 Nov 2026" in anna("appointments", "add", "anna", "thu 10:00").err


def test_resuming_tells_how_long_packages_are_good(anna: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "booked" not in anna("clients", "pause", "anna", "--from", "2026-11-10").out
    monkeypatch.setenv("PTRACK_NOW", "2026-12-10T08:00:00+01:00")
    assert anna("packages", "expire").out == ""
    assert anna("packages", "list", "--json").json[0]["state"] == "open"
    page = anna("clients", "resume", "anna").out
    # The package was sold on 20 November, within the pause.
    assert "Package 1 is good until Sun 20 Dec 2026 now, 20 days longer." in page
    assert "has not come yet" in anna("clients", "pause", "anna", "--from", "+3d", status=2).err


def test_churning_names_credits_debts_and_bookings(anna: Run) -> None:
    anna("appointments", "add", "anna", "tue 10:00")
    page = anna("clients", "churn", "anna", "--reason", "moved").out
    assert "5 credits are left: ptrack packages ledger 1" in page
    assert "1 appointment is still booked, the next on Tue 24 Nov 2026 10:00." in page
    anna("clients", "add", "Ben Olsen")
    anna("appointments", "add", "ben", "today 9:00")
    anna("appointments", "complete", "2")
    assert "1 session owed: ptrack packages ledger 2" in anna("clients", "churn", "ben").out
    anna("clients", "resume", "anna")
    anna("packages", "adjust", "1", "-4")
    assert "1 credit is left" in anna("clients", "churn", "anna").out


def test_the_day_a_pause_began_is_shown(anna: Run) -> None:
    paused = anna("clients", "pause", "anna", "--from", "2026-11-18", "--json").json
    assert (paused["status"], paused["paused_on"]) == ("paused", "2026-11-18")
    assert "Paused since   Wed 18 Nov 2026\n" in anna("clients", "show", "anna").out
    assert anna("clients", "resume", "anna", "--json").json["paused_on"] is None


def test_credits_past_their_last_day_are_a_renewal_today(anna: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert anna("today", "--json").json["expiring"][0]["package"] == 1
    anna("clients", "pause", "anna")
    assert anna("today", "--json").json["expiring"] == []
    anna("clients", "resume", "anna")
    monkeypatch.setenv("PTRACK_NOW", "2026-12-01T08:00:00+01:00")
    assert [row["credits"] for row in anna("today", "--json").json["renewals"]] == [0]
