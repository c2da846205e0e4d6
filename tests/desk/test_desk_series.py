"""Booking a series or a group, moving and cancelling the rest of it: all of it or nothing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from booking_samples import book
from desk.conftest import NOW, Desk
from ptrack.credits.rules import Shape
from ptrack.database.session import Writing
from ptrack.desk.book import Changes, rebook
from ptrack.desk.cancel import Cancellation, cancel
from ptrack.desk.complete import Completion, complete
from ptrack.desk.groups import Joining, Reach, join, reached
from ptrack.desk.sell import Sale, sell
from ptrack.desk.series import Agreed, Agreement, agree
from ptrack.errors import ConflictError, NotFoundError, RuleError, StateError, UsageError
from ptrack.models.agenda import Appointment, AppointmentGroup, AppointmentSeries
from ptrack.models.practice import Client
from ptrack.scheduling.recurrence import Rhythm
from ptrack.scheduling.rules import Move
from ptrack.vocabulary import AppointmentStatus, PackageKind, Repeat

ANNA, BEN, CLEO = 1, 2, 3
OWNER, MAYA = 1, 2
TUESDAY = datetime(2026, 11, 24, 10)
AT_TEN = datetime(2026, 11, 24, 9, tzinfo=UTC)
WEEK = timedelta(weeks=1)


def weekly(work: Writing, times: int = 4, clients: tuple[int, ...] = (ANNA,), **more: Any) -> Agreed:
    rhythm = Rhythm(Repeat.WEEKLY, times)
    return agree(work, Agreement(clients, more.pop("trainer", OWNER), TUESDAY, rhythm, **more))


def together(work: Writing, *clients: int, **more: Any) -> Agreed:
    return agree(work, Agreement(clients, more.pop("trainer", OWNER), TUESDAY, **more))


def rows(work: Writing, numbers: tuple[int, ...]) -> list[Appointment]:
    return [work.get(Appointment, number) for number in numbers]


def starts(work: Writing, numbers: tuple[int, ...]) -> list[str]:
    return [f"{row.starts_at:%m-%d %H:%M}" for row in rows(work, numbers)]


def count(work: Writing) -> int:
    return int(work.reader.value("SELECT count(*) FROM appointment"))


@pytest.fixture
def cleo(desk: Desk) -> None:
    with desk() as work:
        work.add(Client(name="Cleo Marsh", created_at=NOW))


def test_a_series_shares_its_number_and_is_one_change(desk: Desk) -> None:
    with desk() as work:
        agreed = weekly(work)
        assert starts(work, agreed.numbers) == ["11-24 09:00", "12-01 09:00", "12-08 09:00", "12-15 09:00"]
        (series,) = {row.series_id for row in rows(work, agreed.numbers)}
        assert work.get(AppointmentSeries, series).repeats is Repeat.WEEKLY
        assert {row.group_id for row in rows(work, agreed.numbers)} == {None}
    with desk() as work:
        changes = work.reader.values(
            "SELECT DISTINCT change_id FROM change_row WHERE table_name = 'appointment'"
        )
        assert len(changes) == 1


def test_ten_stays_ten_over_the_spring(desk: Desk) -> None:
    with desk() as work:
        agreed = agree(work, Agreement((ANNA,), OWNER, datetime(2027, 3, 23, 10), Rhythm(Repeat.WEEKLY, 2)))
        assert starts(work, agreed.numbers) == ["03-23 09:00", "03-30 08:00"]


def test_a_jump_refuses_the_whole_series_and_may_be_left_out(desk: Desk) -> None:
    night = Agreement((ANNA,), OWNER, datetime(2027, 3, 27, 2, 30), Rhythm(Repeat.DAILY, 3))
    with desk() as work, pytest.raises(UsageError, match=r"2027-03-28 02:30 \(nearest 2027-03-28 01:59 and"):
        agree(work, night)
    with desk() as work:
        assert count(work) == 0
        skipped = Agreement((ANNA,), OWNER, datetime(2027, 3, 27, 2, 30), night.rhythm, skip=True)
        agreed = agree(work, skipped)
        assert starts(work, agreed.numbers) == ["03-27 01:30", "03-29 00:30"]
        assert agreed.notices[0].startswith("Left out: 2027-03-28 02:30")


def test_an_hour_that_comes_twice_is_the_first_and_told(desk: Desk) -> None:
    with desk() as work:
        night = Agreement((ANNA,), OWNER, datetime(2027, 10, 30, 2, 30), Rhythm(Repeat.DAILY, 2))
        agreed = agree(work, night)
        assert starts(work, agreed.numbers) == ["10-30 00:30", "10-31 00:30"]
        assert "2027-10-31 02:30 comes twice" in agreed.notices[0]


def test_only_times_that_do_not_exist_make_no_series(desk: Desk) -> None:
    gap = Agreement((ANNA,), OWNER, datetime(2027, 3, 28, 2, 30), Rhythm(Repeat.DAILY, 1), skip=True)
    with desk() as work, pytest.raises(UsageError, match="None of these times exists"):
        agree(work, gap)
    lone = Agreement((ANNA,), OWNER, datetime(2027, 3, 28, 2, 30))
    with desk() as work, pytest.raises(UsageError, match="The nearest times are"):
        agree(work, lone)


def test_every_conflict_is_named_and_nothing_is_booked(desk: Desk) -> None:
    with desk() as work:
        for week in range(8):
            book(work, BEN, OWNER, AT_TEN + week * WEEK + timedelta(minutes=30))
    with desk() as work, pytest.raises(ConflictError) as refused:
        weekly(work, 10)
    assert refused.value.candidates == tuple("12345678")
    first, second, *rest, more, way_out = refused.value.message.splitlines()
    assert first == "8 of 10 times are taken:"
    assert second.startswith("  Owner has appointment 1 with Ben Olsen")
    assert (len(rest), more) == (4, "  and 3 more")
    assert way_out.endswith("--skip-conflicts; or all of them all the same: --force")
    with desk() as work:
        assert count(work) == 8


def test_conflicts_are_skipped_or_forced(desk: Desk) -> None:
    with desk() as work:
        book(work, BEN, OWNER, AT_TEN + WEEK)
        agreed = weekly(work, 3, skip=True)
        assert starts(work, agreed.numbers) == ["11-24 09:00", "12-08 09:00"]
        assert agreed.notices[0].startswith("Left out 1 of 3:\n  Tue 1 Dec 2026, 10:00: Owner has appoint")
    with desk() as work, pytest.raises(ConflictError, match="3 of 3 times are taken"):
        weekly(work, 3, clients=(BEN,), skip=True)
    with desk() as work:
        forced = weekly(work, 3, clients=(BEN,), force=True)
        assert len(forced.numbers) == 3
        assert forced.notices[0].startswith("Booked all the same:\n  Owner has appointment")


def test_a_day_long_one_meets_itself_when_a_day_has_23_hours(desk: Desk) -> None:
    long = Agreement((ANNA,), OWNER, datetime(2027, 3, 27, 10), Rhythm(Repeat.DAILY, 2), duration_min=1440)
    with desk() as work, pytest.raises(ConflictError, match="1 of 2 times are taken: Sun 28 Mar 2027, 10:00"):
        agree(work, long)


def test_credits_are_told_once_for_the_whole_series(desk: Desk) -> None:
    with desk() as work:
        sell(work, Sale(ANNA, Shape(PackageKind.SESSIONS, 6)))
        weekly(work, 2)
        agreed = agree(work, Agreement((ANNA,), OWNER, datetime(2026, 11, 25, 10), Rhythm(Repeat.WEEKLY, 8)))
        assert agreed.notices == (
            "4 of 8 are beyond the credits of Anna Berg: 6 left, 2 reserved. Booked all the same.",
        )
    strict = Agreement((BEN,), OWNER, datetime(2026, 11, 26, 10), Rhythm(Repeat.WEEKLY, 2), strict=True)
    with desk() as work, pytest.raises(RuleError, match="2 of 2 are beyond the credits of Ben Olsen: 0 left"):
        agree(work, strict)


def test_short_months_are_told(desk: Desk) -> None:
    with desk() as work:
        monthly = Agreement((ANNA,), OWNER, datetime(2026, 12, 31, 10), Rhythm(Repeat.MONTHLY, 3))
        agreed = agree(work, monthly)
        assert starts(work, agreed.numbers) == ["12-31 09:00", "01-31 09:00", "03-31 08:00"]
        assert agreed.notices[0] == "Left out, for it has no day 31: Feb 2027."


def test_the_following_move_by_days_to_the_new_hour(desk: Desk) -> None:
    with desk() as work:
        numbers = agree(
            work, Agreement((ANNA,), OWNER, datetime(2027, 3, 16, 10), Rhythm(Repeat.WEEKLY, 3))
        ).numbers
        second = rows(work, numbers)[1]
        booked = rebook(
            work, numbers[1], Changes(starts_at=second.starts_at + timedelta(days=1, hours=2), following=True)
        )
        assert booked.numbers == numbers[1:]
        assert starts(work, numbers) == ["03-16 09:00", "03-24 11:00", "03-31 10:00"]
        assert [row.sequence for row in rows(work, numbers)] == [0, 1, 1]
        rebook(work, numbers[0], Changes(notes="knee", duration_min=45, following=True))
        assert {(row.notes, row.duration_min) for row in rows(work, numbers)} == {("knee", 45)}


def test_moving_onto_the_next_one_is_no_clash_with_what_moves_along(desk: Desk) -> None:
    with desk() as work:
        numbers = weekly(work).numbers
        rebook(work, numbers[0], Changes(starts_at=AT_TEN + WEEK, following=True))
        assert starts(work, numbers)[0] == "12-01 09:00"
        assert starts(work, numbers)[3] == "12-22 09:00"


def test_the_following_move_all_or_none(desk: Desk) -> None:
    with desk() as work:
        numbers = weekly(work).numbers
        book(work, BEN, OWNER, AT_TEN + 2 * WEEK + timedelta(hours=3))
    with desk() as work, pytest.raises(ConflictError, match="appointment 5 with Ben Olsen"):
        rebook(work, numbers[0], Changes(starts_at=AT_TEN + timedelta(hours=3), following=True))
    with desk() as work:
        assert starts(work, numbers)[0] == "11-24 09:00"
        forced = Changes(starts_at=AT_TEN + timedelta(hours=3), following=True, force=True)
        assert rebook(work, numbers[0], forced).notices[0].startswith("Booked all the same: Owner has")


def test_a_series_is_not_moved_into_a_jump(desk: Desk) -> None:
    with desk() as work:
        numbers = agree(
            work, Agreement((ANNA,), OWNER, datetime(2027, 3, 21, 10), Rhythm(Repeat.WEEKLY, 2))
        ).numbers
    night = datetime(2027, 3, 21, 1, 30, tzinfo=UTC)
    with desk() as work, pytest.raises(UsageError, match=r"2027-03-28 02:30 \(nearest"):
        rebook(work, numbers[0], Changes(starts_at=night, following=True))


def test_two_of_a_series_may_not_be_moved_into_one_another(desk: Desk) -> None:
    with desk() as work:
        numbers = weekly(work, 2).numbers
        rebook(work, numbers[1], Changes(starts_at=AT_TEN + timedelta(hours=4)))
    with desk() as work, pytest.raises(ConflictError, match="begins before"):
        rebook(work, numbers[0], Changes(starts_at=AT_TEN + timedelta(hours=1), following=True))


def test_nothing_to_change_and_no_series_are_said(desk: Desk) -> None:
    with desk() as work:
        book(work, ANNA, OWNER, AT_TEN)
    with desk() as work, pytest.raises(UsageError, match="nothing to change"):
        rebook(work, 1, Changes())
    with desk() as work, pytest.raises(UsageError, match="Appointment 1 is in no series"):
        rebook(work, 1, Changes(notes="x", following=True))
    with desk() as work, pytest.raises(UsageError, match="has no group"):
        reached(work, 1, Reach(whole_group=True), Move.CANCEL)


def test_the_rest_of_a_series_is_cancelled(desk: Desk) -> None:
    with desk() as work:
        numbers = weekly(work).numbers
        cancel(work, numbers[2], Cancellation())
        found = reached(work, numbers[1], Reach(following=True), Move.CANCEL)
        assert found == [numbers[1], numbers[3]]
        for number in found:
            cancel(work, number, Cancellation())
    with desk() as work, pytest.raises(StateError, match="cancelled again"):
        reached(work, numbers[1], Reach(following=True), Move.CANCEL)


@pytest.mark.usefixtures("cleo")
def test_a_group_is_one_appointment_a_client(desk: Desk) -> None:
    with desk() as work:
        agreed = together(work, ANNA, BEN, CLEO, name="Yoga", capacity=4)
        found = rows(work, agreed.numbers)
        assert [row.client_id for row in found] == [ANNA, BEN, CLEO]
        (group,) = {row.group_id for row in found}
        assert (work.get(AppointmentGroup, group).name, work.get(AppointmentGroup, group).capacity) == (
            "Yoga",
            4,
        )
        assert {row.series_id for row in found} == {None}


def test_a_group_clashes_once_with_another_of_the_trainer(desk: Desk) -> None:
    with desk() as work:
        together(work, ANNA, BEN)
        cleo = work.add(Client(name="Cleo Marsh", created_at=NOW)).id or 0
        dora = work.add(Client(name="Dora Falk", created_at=NOW)).id or 0
    with desk() as work, pytest.raises(ConflictError) as refused:
        together(work, cleo, dora)
    assert refused.value.candidates == ("1",)
    assert refused.value.message.count("appointment") == 1
    with desk() as work:
        assert together(work, cleo, dora, trainer=MAYA).numbers == (3, 4)


def test_capacity_and_package_of_a_group(desk: Desk) -> None:
    with desk() as work, pytest.raises(UsageError, match=r"--capacity 1\. Raise it"):
        together(work, ANNA, BEN, capacity=1)
    with desk() as work, pytest.raises(UsageError, match="--package names one client's package"):
        together(work, ANNA, BEN, package_id=1)


@pytest.mark.usefixtures("cleo")
def test_a_group_in_a_series_is_a_group_each_time(desk: Desk) -> None:
    with desk() as work:
        agreed = weekly(work, 3, clients=(ANNA, BEN))
        found = rows(work, agreed.numbers)
        assert [row.group_id for row in found] == [1, 1, 2, 2, 3, 3]
        assert {row.series_id for row in found} == {1}
        joined = join(work, 2, Joining(CLEO, following=True))
        assert [(row.group_id, row.series_id) for row in rows(work, joined.numbers)] == [(2, 1), (3, 1)]
        moved = rebook(
            work, found[2].id or 0, Changes(starts_at=AT_TEN + WEEK + timedelta(hours=2), following=True)
        )
        assert len(moved.numbers) == 6
        assert moved.notices == ("The group changes as one: Anna Berg, Ben Olsen, Cleo Marsh.",)
        assert reached(work, found[2].id or 0, Reach(following=True), Move.CANCEL) == [3, 5]
        both = Reach(following=True, whole_group=True)
        assert sorted(reached(work, found[2].id or 0, both, Move.CANCEL)) == [3, 4, 5, 6, 7, 8]


@pytest.mark.usefixtures("cleo")
def test_who_joined_once_can_join_the_rest_of_the_series(desk: Desk) -> None:
    with desk() as work:
        weekly(work, 3, clients=(ANNA, BEN))
        join(work, 1, Joining(CLEO))
        joined = join(work, 1, Joining(CLEO, following=True))
        assert [row.group_id for row in rows(work, joined.numbers)] == [2, 3]
    with desk() as work, pytest.raises(ConflictError, match="is in group 1 already"):
        join(work, 1, Joining(CLEO, following=True))


@pytest.mark.usefixtures("cleo")
def test_joining_and_what_refuses_it(desk: Desk) -> None:
    with desk() as work:
        together(work, ANNA, BEN, capacity=2)
    with desk() as work, pytest.raises(RuleError, match="Group 1 is full: 2 of 2"):
        join(work, 1, Joining(CLEO))
    with desk() as work, pytest.raises(ConflictError, match="Anna Berg is in group 1 already: appointment 1"):
        join(work, 1, Joining(ANNA))
    with desk() as work, pytest.raises(NotFoundError, match="No group has the number 9"):
        join(work, 9, Joining(CLEO))
    with desk() as work:
        assert (
            join(work, 1, Joining(CLEO, force=True)).notices[0].startswith("Group 1 is full: 2 of 2. Booked")
        )
        cancel(work, 1, Cancellation())
        assert join(work, 1, Joining(ANNA, force=True)).numbers == (4,)
        together(work, BEN, capacity=9, trainer=MAYA, force=True)
    with desk() as work, pytest.raises(ConflictError, match="Anna Berg has appointment"):
        join(work, 2, Joining(ANNA))


@pytest.mark.usefixtures("cleo")
def test_a_group_that_is_over_or_cancelled_takes_nobody(desk: Desk) -> None:
    with desk() as work:
        together(work, ANNA, BEN)
        for number in (1, 2):
            cancel(work, number, Cancellation())
    with desk() as work, pytest.raises(StateError, match="group 1 is cancelled; it cannot be joined"):
        join(work, 1, Joining(CLEO))
    with desk() as work:
        together(work, ANNA, BEN)
        for number in reached(work, 3, Reach(whole_group=True), Move.COMPLETE):
            complete(work, number, Completion(force=True))
    with desk() as work, pytest.raises(StateError, match="group 2 is over; it cannot be joined"):
        join(work, 2, Joining(CLEO))
    with desk() as work, pytest.raises(StateError, match="nobody in group 2 is still to come"):
        reached(work, 3, Reach(whole_group=True), Move.COMPLETE)


def test_a_group_moves_as_one_until_it_took_place(desk: Desk) -> None:
    with desk() as work:
        together(work, ANNA, BEN)
        assert rebook(work, 1, Changes(notes="mat")).numbers == (1,)
        assert [row.notes for row in rows(work, (1, 2))] == ["mat", None]
        moved = rebook(work, 1, Changes(trainer_id=MAYA, duration_min=90))
        assert moved.numbers == (1, 2)
        assert {(row.trainer_id, row.duration_min) for row in rows(work, (1, 2))} == {(MAYA, 90)}
        complete(work, 1, Completion(force=True))
    with (
        desk() as work,
        pytest.raises(StateError, match="group 1 has taken place: appointment 1 is completed"),
    ):
        rebook(work, 2, Changes(starts_at=AT_TEN + WEEK))
    with desk() as work:
        assert rebook(work, 2, Changes(notes="mat")).numbers == (2,)


def test_a_cancelled_member_stays_behind(desk: Desk) -> None:
    with desk() as work:
        together(work, ANNA, BEN)
        cancel(work, 2, Cancellation())
        assert rebook(work, 1, Changes(starts_at=AT_TEN + WEEK)).notices == ()
        assert starts(work, (1, 2)) == ["12-01 09:00", "11-24 09:00"]
        assert work.get(Appointment, 2).status is AppointmentStatus.CANCELLED


def test_a_group_session_costs_each_their_own_credit(desk: Desk) -> None:
    with desk(96) as work:
        sell(work, Sale(ANNA, Shape(PackageKind.SESSIONS, 2)))
        together(work, ANNA, BEN)
        outcomes = [
            complete(work, number, Completion(log="Plank: 60s", force=True))
            for number in reached(work, 1, Reach(whole_group=True), Move.COMPLETE)
        ]
        assert [outcome.effect.value for outcome in outcomes] == ["drawn", "owed"]
        kinds = work.reader.values("SELECT kind FROM workout ORDER BY id")
        assert kinds == ["group", "group"]
