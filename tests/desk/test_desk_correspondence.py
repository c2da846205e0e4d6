"""Every event of an appointment makes its messages: booked, moved, called off, held, taken back."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import pytest

from booking_samples import booked_number
from desk.conftest import NOW, Desk
from ptrack.credits.actions import add_package
from ptrack.credits.rules import Shape
from ptrack.database.reading import Reader
from ptrack.database.session import Writing
from ptrack.desk.book import Changes, rebook
from ptrack.desk.cancel import Cancellation, cancel, cancel_each, record_no_show
from ptrack.desk.complete import Completion, complete, start
from ptrack.desk.correspondence import follow, freshen
from ptrack.desk.series import Agreement, agree
from ptrack.models.practice import Client
from ptrack.outbox.actions import supersede
from ptrack.outbox.cause_queries import about_one
from ptrack.programs.actions import Assignment, assign
from ptrack.programs.queries import template
from ptrack.scheduling.recurrence import Rhythm
from ptrack.vocabulary import Channel, MessageKind, PackageKind, Repeat

TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)


class Row(NamedTuple):
    kind: str
    appointment_id: int | None
    recipient: str
    dedupe_key: str
    not_before: datetime
    expires_at: datetime
    facts: str
    is_copy: bool

    @property
    def told(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.facts)
        return found


def waiting(work: Writing) -> list[Row]:
    sql = """
SELECT kind, appointment_id, recipient, dedupe_key, not_before, expires_at, facts, is_copy FROM message
WHERE status = 'pending' ORDER BY not_before, id"""
    return Reader(work.reader.connection).rows(Row, sql)


def kinds(work: Writing) -> list[str]:
    return [row.kind for row in waiting(work)]


def send(work: Writing) -> None:
    """All that waits and is no reminder is sent."""
    sql = """
UPDATE message SET status = 'sent', sent_at = :now WHERE status = 'pending' AND kind <> 'reminder'"""
    work.reader.tuples(sql, now=work.now)


def reachable(work: Writing, number: int = 1, **changes: Any) -> Client:
    client = work.get(Client, number)
    for key, value in ({"email": f"client{number}@example.org"} | changes).items():
        setattr(client, key, value)
    work.flush()
    return client


def booked(work: Writing, starts_at: datetime = TUESDAY, client: int = 1, **more: Any) -> int:
    return booked_number(work, client, 1, starts_at, **more)


def test_a_booking_makes_its_confirmation_and_two_reminders(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        number = booked(work)
        rows = waiting(work)
    assert [row.kind for row in rows] == ["confirmation", "reminder", "reminder"]
    assert [row.not_before for row in rows] == [
        NOW,
        TUESDAY - timedelta(hours=24),
        TUESDAY - timedelta(hours=1),
    ]
    assert {row.expires_at for row in rows} == {TUESDAY}
    assert [row.dedupe_key for row in rows] == [
        f"confirmation:{number}:0",
        f"reminder:{number}:1440:20261124T090000",
        f"reminder:{number}:60:20261124T090000",
    ]
    facts = rows[0].told
    assert facts["client"] == "Anna Berg"
    assert facts["starts_at"] == "2026-11-24T09:00:00Z"
    assert facts["cancel_until"] == "2026-11-23T09:00:00Z"
    assert facts["uid"].startswith(f"appointment-{number}.")
    assert (facts["sequence"], facts["series"], facts["zone"]) == (0, None, "Europe/Berlin")
    assert rows[2].told["offset_min"] == 60


def test_following_again_changes_nothing(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        number = booked(work)
        before = waiting(work)
        assert follow(work, [number]).made == ()
        assert waiting(work) == before


def test_a_move_before_anything_was_sent_confirms_the_new_time_only(desk: Desk) -> None:
    later = TUESDAY + timedelta(days=1)
    with desk() as work:
        reachable(work)
        number = booked(work)
        rebook(work, number, Changes(starts_at=later))
        rows = waiting(work)
    assert [row.kind for row in rows] == ["confirmation", "reminder", "reminder"]
    assert {row.expires_at for row in rows} == {later}


def test_a_move_after_the_confirmation_tells_both_times(desk: Desk) -> None:
    later = TUESDAY + timedelta(days=1)
    with desk() as work:
        reachable(work)
        number = booked(work)
        send(work)
        rebook(work, number, Changes(starts_at=later))
        rows = waiting(work)
    assert [row.kind for row in rows] == ["change", "reminder", "reminder"]
    facts = rows[0].told
    assert facts["starts_at"] == "2026-11-25T09:00:00Z"
    assert facts["was"] == {
        "starts_at": "2026-11-24T09:00:00Z",
        "duration_min": 60,
        "trainer": facts["trainer"],
        "place": None,
    }
    assert facts["sequence"] == 1


def test_a_move_there_and_back_tells_nothing(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        number = booked(work)
        send(work)
        rebook(work, number, Changes(starts_at=TUESDAY + timedelta(days=1)))
        rebook(work, number, Changes(starts_at=TUESDAY))
        rows = waiting(work)
    assert [row.kind for row in rows] == ["reminder", "reminder"]
    assert {row.expires_at for row in rows} == {TUESDAY}


def test_another_trainer_is_a_change(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        number = booked(work)
        send(work)
        rebook(work, number, Changes(trainer_id=2))
        (change, *_) = waiting(work)
    assert (change.told["trainer"], change.told["was"]["trainer"]) == ("Maya Lind", "Owner")
    assert change.told["sequence"] == 1


def test_notes_are_no_news(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        number = booked(work)
        send(work)
        rebook(work, number, Changes(notes="bring a towel"))
        assert kinds(work) == ["reminder", "reminder"]


def test_a_booking_cancelled_before_its_confirmation_was_sent_sends_nothing(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        cancel(work, booked(work), Cancellation())
        assert waiting(work) == []


def test_a_cancellation_follows_a_confirmation_and_takes_the_reminders_away(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        number = booked(work)
        send(work)
        cancel(work, number, Cancellation(reason="ill"))
        (row,) = waiting(work)
    assert (row.kind, row.expires_at, row.told["reason"]) == ("cancellation", TUESDAY, "ill")
    assert row.told["sequence"] == 1


def test_several_called_off_together_are_one_message(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        numbers = [booked(work, TUESDAY + timedelta(days=day)) for day in range(3)]
        send(work)
        cancel_each(work, numbers, Cancellation())
        (row,) = waiting(work)
        assert row.appointment_id is None
        assert [each["appointment"] for each in row.told["series"]] == numbers
        send(work)
        assert follow(work, numbers).made == ()


def test_one_of_several_goes_its_own_way(desk: Desk) -> None:
    later = TUESDAY + timedelta(hours=3)
    rhythm = Rhythm(Repeat.WEEKLY, times=3)
    with desk() as work:
        reachable(work)
        numbers = agree(work, Agreement((1,), 1, datetime(2026, 11, 24, 10), rhythm=rhythm)).numbers
        send(work)
        rebook(work, numbers[0], Changes(starts_at=later))
        (change, *_) = waiting(work)
        assert (change.kind, change.appointment_id, change.told["sequence"]) == ("change", numbers[0], 1)
        send(work)
        assert follow(work, numbers).made == ()
        cancel_each(work, numbers, Cancellation())
        (row,) = waiting(work)
    assert [each["sequence"] for each in row.told["series"]] == [2, 1, 1]
    assert row.told["series"][0]["starts_at"] == "2026-11-24T12:00:00Z"


def test_one_of_a_series_that_was_not_sent_yet_leaves_it(desk: Desk) -> None:
    rhythm = Rhythm(Repeat.WEEKLY, times=3)
    with desk() as work:
        reachable(work)
        numbers = agree(work, Agreement((1,), 1, datetime(2026, 11, 24, 10), rhythm=rhythm)).numbers
        cancel(work, numbers[0], Cancellation())
        (row,) = (row for row in waiting(work) if row.kind == "confirmation")
        assert [each["appointment"] for each in row.told["series"]] == list(numbers[1:])


def test_what_was_called_off_tells_the_time_that_the_client_knows(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        number = booked(work)
        send(work)
        rebook(work, number, Changes(starts_at=TUESDAY + timedelta(days=1)))
        cancel(work, number, Cancellation())
        (row,) = waiting(work)
    assert row.told["starts_at"] == "2026-11-24T09:00:00Z"


def test_a_reminder_that_is_due_already_is_skipped(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        booked(work, NOW + timedelta(hours=5))
        assert kinds(work) == ["confirmation", "reminder"]


def test_nothing_is_made_for_the_past(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        number = booked(work, NOW - timedelta(hours=5))
        complete(work, number, Completion())
        cancel(work, booked(work, NOW - timedelta(hours=8)), Cancellation(charge=False))
        assert [kind for kind in kinds(work) if kind not in ("validation", "workout_summary")] == []


@pytest.mark.parametrize("over", ["start", "complete", "no-show"])
def test_what_has_begun_needs_no_reminder(desk: Desk, over: str) -> None:
    with desk() as work:
        reachable(work)
        number = booked(work, NOW + timedelta(hours=2))
    with desk(2) as work:
        if over == "start":
            start(work, number)
        elif over == "complete":
            complete(work, number, Completion())
        else:
            record_no_show(work, number, said=False)
        assert not {"confirmation", "reminder"} & set(kinds(work))


def test_quiet_hours_hold_a_confirmation_but_not_what_would_pass(desk: Desk) -> None:
    with desk(13) as work:  # 23:20 in Berlin
        reachable(work)
        booked(work, NOW + timedelta(hours=96))
        booked(work, datetime(2026, 11, 21, 5, tzinfo=UTC), force=True)
        rows = [row for row in waiting(work) if row.kind == "confirmation"]
    assert [(row.not_before, row.expires_at) for row in rows] == [
        (NOW + timedelta(hours=13), datetime(2026, 11, 21, 5, tzinfo=UTC)),
        (datetime(2026, 11, 21, 6, tzinfo=UTC), NOW + timedelta(hours=96)),
    ]


def test_a_minor_and_the_guardian_both_get_it(desk: Desk) -> None:
    born = (NOW - timedelta(days=365 * 15)).date()
    with desk() as work:
        reachable(work, birth_date=born, guardian_email="mother@example.org")
        booked(work)
        rows = [row for row in waiting(work) if row.kind == "confirmation"]
    assert [(row.recipient, row.is_copy) for row in rows] == [
        ("client1@example.org", False),
        ("mother@example.org", True),
    ]
    assert rows[1].dedupe_key == rows[0].dedupe_key + ":guardian"


def test_the_copy_waits_on_where_only_the_other_one_went_out(desk: Desk) -> None:
    born = (NOW - timedelta(days=365 * 15)).date()
    with desk() as work:
        reachable(work, birth_date=born, guardian_email="mother@example.org")
        number = booked(work)
        work.reader.tuples(
            "UPDATE message SET status = 'sent', sent_at = created_at WHERE kind = 'confirmation' AND is_copy"
        )
        follow(work, [number])
        rows = [row for row in waiting(work) if row.kind == "confirmation"]
    assert [row.recipient for row in rows] == ["client1@example.org"]


@pytest.mark.parametrize("changes", [{"channel": Channel.NONE}, {"email": None}])
def test_whom_nothing_reaches_gets_no_message(desk: Desk, changes: dict[str, Any]) -> None:
    with desk() as work:
        reachable(work, **changes)
        booked(work)
        assert waiting(work) == []


def test_who_unsubscribed_gets_no_reminders(desk: Desk) -> None:
    with desk() as work:
        reachable(work, unsubscribed_at=NOW)
        booked(work)
        assert kinds(work) == ["confirmation"]


def test_own_offsets_go_before_the_studios(desk: Desk) -> None:
    with desk() as work:
        reachable(work, reminder_offsets="120")
        booked(work)
        assert [row.not_before for row in waiting(work)[1:]] == [TUESDAY - timedelta(hours=2)]


def test_a_silent_move_takes_the_reminders_along(desk: Desk) -> None:
    later = TUESDAY + timedelta(days=1)
    with desk() as work:
        reachable(work)
        number = booked(work)
        send(work)
        rebook(work, number, Changes(starts_at=later, is_silent=True))
        rows = waiting(work)
    assert [(row.kind, row.expires_at) for row in rows] == [("reminder", later)] * 2


def test_a_silent_cancellation_says_nothing(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        number = booked(work)
        send(work)
        cancel(work, number, Cancellation(is_silent=True))
        assert waiting(work) == []


def test_what_was_superseded_is_armed_again_once(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        number = booked(work)
        before = waiting(work)
        ids = work.reader.values("SELECT id FROM message")
        supersede(work, ids)
        follow(work, [number])
        assert [row.dedupe_key for row in waiting(work)] == [row.dedupe_key for row in before]
        assert work.reader.values("SELECT id FROM message") == ids


def test_a_reminder_tells_credits_and_plan_as_they_are_when_it_goes_out(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        booked(work)
        later = waiting(work)[-1]
        assert (later.told["credits"], later.told["plan"]) == (None, None)
        shape = Shape(PackageKind.SESSIONS, 10)
        add_package(work, 1, shape, NOW.date())
        five = template(work.reader, "5x5").id
        assign(work, Assignment(five, 1, 1, NOW.date()))
        rows = about_one(work.reader, [later.appointment_id or 0])
        told = freshen(work, rows)
        fresh = waiting(work)[-1].told
    assert sorted(told) == [row.id for row in rows if row.kind is MessageKind.REMINDER]
    assert (fresh["credits"], fresh["plan"]) == (10, "Workout A")
    assert fresh["offset_min"] == 60
    assert freshen(work, rows[:1]) == {}


def test_a_series_of_a_year_is_followed_at_once(desk: Desk) -> None:
    rhythm = Rhythm(Repeat.DAILY, times=366)
    with desk() as work:
        reachable(work)
        agreed = agree(work, Agreement((1,), 1, datetime(2026, 11, 24, 10), rhythm=rhythm))
        assert kinds(work).count("reminder") == 2 * 366
        send(work)
        cancel_each(work, agreed.numbers, Cancellation())
        (row,) = waiting(work)
    assert len(row.told["series"]) == 366
