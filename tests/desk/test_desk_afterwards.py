"""What clients are told after a session, and what of it is taken back with the session."""

import json
from datetime import timedelta
from typing import Any

import pytest

from booking_samples import booked_number
from desk.conftest import NOW, Desk
from desk.test_desk_correspondence import kinds, reachable, send, waiting
from ptrack.credits.actions import add_package
from ptrack.credits.rules import Shape
from ptrack.database.session import Writing
from ptrack.desk.afterwards import expiring
from ptrack.desk.cancel import record_no_show, waive
from ptrack.desk.complete import Completion, complete, reopen
from ptrack.desk.entry import Entry, enter
from ptrack.desk.log import remove_workout
from ptrack.desk.sessions import delete, validate
from ptrack.feedback.tokens import issue
from ptrack.vocabulary import PackageKind, TokenPurpose

LOG = "Back Squat: 3x5 100kg"


def held(work: Writing, hours: float = -2, log: str | None = None, client: int = 1) -> tuple[int, int]:
    """The numbers of an appointment that was held, and of its session."""
    number = booked_number(work, client, 1, NOW + timedelta(hours=hours), force=True)
    complete(work, number, Completion(log=log))
    return number, work.reader.value("SELECT id FROM session WHERE appointment_id = :a", a=number)


def sold(work: Writing, sessions: int, expires_in: int | None = None, client: int = 1) -> int:
    today = NOW.date()
    expires_on = today + timedelta(days=expires_in) if expires_in is not None else None
    sold_on = today - timedelta(days=30)
    return add_package(work, client, Shape(PackageKind.SESSIONS, sessions), sold_on, expires_on=expires_on)


def facts(work: Writing, kind: str) -> list[dict[str, Any]]:
    return [json.loads(row.facts) for row in waiting(work) if row.kind == kind]


def test_a_completed_session_asks_for_its_validation(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        _, session = held(work)
        (told,) = facts(work, "validation")
        (row,) = waiting(work)
    assert (told["session"], told["questions"]) == (session, ["session"])
    assert row.not_before == NOW


def test_every_fifth_session_asks_for_more(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        for day in range(5, 0, -1):
            held(work, hours=-24 * day)
        asked = [len(told["questions"]) for told in facts(work, "validation")]
    assert sorted(asked) == [1, 1, 1, 1, 4]


def test_a_logged_workout_is_summed_up_once(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        _, session = held(work)
        assert facts(work, "workout_summary") == []
        number = enter(work, Entry(1, LOG, session_id=session)).number
        (told,) = facts(work, "workout_summary")
        assert told["workout"] == number
        assert told["totals"] == {"sets": 3, "reps": 15, "volume_kg": 1500.0, "volume": "1,500 kg"}
        assert told["records"] == []
        send(work)
        enter(work, Entry(1, LOG))
        assert kinds(work) == []


def test_a_summary_tells_of_records(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        held(work, hours=-30, log="Back Squat: 3x5 90kg")
        held(work, log=LOG)
        told = facts(work, "workout_summary")[1]
    assert told["records"][0] == {
        "exercise": "Back Squat",
        "kind": "weight",
        "value": "100 kg",
        "previous": "90 kg",
    }


def test_a_workout_that_is_removed_is_not_summed_up(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        held(work, log=LOG)
        remove_workout(work, facts(work, "workout_summary")[0]["workout"])
        assert kinds(work) == ["validation"]


def test_reopening_takes_back_what_was_not_sent(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        number, _ = held(work, log=LOG)
        reopen(work, number)
        assert kinds(work) == []
        complete(work, number, Completion())
        assert sorted(kinds(work)) == ["validation", "workout_summary"]


def test_who_was_asked_is_not_asked_again_while_they_can_answer(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        number, session = held(work)
        send(work)
        connection = work.reader.connection
        issue(connection, TokenPurpose.VALIDATE, 1, NOW, NOW + timedelta(days=9), session)
        record = work.reader.value("SELECT count(*) FROM message")
        validate(work, session)
        assert work.reader.value("SELECT count(*) FROM message") == record
        reopen(work, number)  # which revokes what was sent
        complete(work, number, Completion())
        assert kinds(work) == ["validation"]


def test_the_trainers_own_word_needs_no_question(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        _, session = held(work)
        validate(work, session)
        assert kinds(work) == []


def test_a_deleted_session_leaves_nothing_to_send(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        sold(work, 3)
        _, session = held(work, log=LOG)
        assert sorted(kinds(work)) == ["credits", "validation", "workout_summary"]
        delete(work, session)
        assert kinds(work) == []


def test_history_that_somebody_catches_up_on_is_not_mailed(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        held(work, hours=-24 * 8, log=LOG)
        assert kinds(work) == []


def test_credits_are_told_at_two_and_at_none(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        package = sold(work, 4)
        reasons = []
        for day in range(4):
            held(work, hours=-24 * day - 2)
            reasons.append([told["reason"] for told in facts(work, "credits")])
        told = facts(work, "credits")[-1]
    assert reasons == [[], ["two_left"], ["two_left"], ["two_left", "none_left"]]
    assert (told["balance"], told["package"], len(told["ledger"])) == (0, package, 5)
    assert told["ledger"][-1]["balance"] == 0


def test_a_charged_absence_tells_of_credits_and_a_waived_one_takes_it_back(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        sold(work, 1)
        number = booked_number(work, 1, 1, NOW - timedelta(hours=2))
        record_no_show(work, number, said=True)
        assert kinds(work) == ["credits"]
        waive(work, number)
        assert kinds(work) == []


def test_logging_later_leaves_what_was_told_of_credits(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        sold(work, 2)
        held(work, hours=-2)
        _, session = held(work, hours=-30)
        before = facts(work, "credits")
        enter(work, Entry(1, LOG, session_id=session))
        assert facts(work, "credits") == before
        assert [told["reason"] for told in before] == ["none_left"]


@pytest.mark.parametrize(("days", "told"), [(14, 1), (15, 0), (0, 1), (-1, 0)])
def test_a_package_that_comes_to_its_last_day_is_told_once(desk: Desk, days: int, told: int) -> None:
    with desk() as work:
        reachable(work)
        sold(work, 5, expires_in=days)
        assert expiring(work, NOW.date()) == told
        assert expiring(work, NOW.date()) == 0
        assert [each["reason"] for each in facts(work, "credits")] == ["expiring"] * told


def test_whom_nothing_reaches_is_not_told_of_a_last_day(desk: Desk) -> None:
    with desk() as work:
        sold(work, 5, expires_in=7)
        assert expiring(work, NOW.date()) == 0
