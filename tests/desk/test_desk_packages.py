"""Several packages at once: which pays, what goes to others, what expires and comes back."""

from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from booking_samples import book, booked_number
from desk.conftest import NOW, Desk
from ptrack.credits import actions
from ptrack.credits.actions import Moved, PackageChanges
from ptrack.credits.queries import (
    Standing,
    ledger,
    linked,
    owed_sessions,
    package,
    packages,
    payers,
    session_credit,
    standing,
)
from ptrack.credits.rules import Effect, Shape
from ptrack.database.session import Writing, writing
from ptrack.desk.cancel import record_no_show, waive
from ptrack.desk.complete import Completion, complete, reopen
from ptrack.desk.expire import expire
from ptrack.desk.extend import amend
from ptrack.desk.extend import reopen as reopen_package
from ptrack.desk.leave import churn, pause, resume
from ptrack.desk.sell import Sale, sell
from ptrack.desk.transfer import transfer
from ptrack.errors import NotFoundError, PtrackError, RuleError, StateError, UsageError
from ptrack.models.agenda import TrainingSession
from ptrack.models.packages import Package
from ptrack.models.practice import Client
from ptrack.vocabulary import CreditReason, PackageKind

ANNA, BEN = 1, 2
OWNER, MAYA = 1, 2
TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)
TEN = Shape(PackageKind.SESSIONS, 10)
UNLIMITED, SOLO = Shape(PackageKind.UNLIMITED), Shape(PackageKind.SOLO)
HYBRID = Shape(PackageKind.HYBRID, 4, 8)


def sold(work: Writing, client: int = ANNA, shape: Shape = TEN, **said: object) -> int:
    return sell(work, Sale(client, shape, **said)).package_id  # type: ignore[arg-type]


def booked(work: Writing, hours: float, client: int = ANNA, linked: int | None = None) -> int:
    trainer = OWNER if client == ANNA else MAYA
    starts_at = NOW + timedelta(hours=hours)
    return booked_number(work, client, trainer, starts_at, package_id=linked, force=True)


def done(work: Writing, hours: float, client: int = ANNA, linked: int | None = None) -> int:
    """An appointment booked and completed; its session's number."""
    number = booked(work, hours, client, linked)
    complete(work, number, Completion(force=True))
    return int(work.reader.value("SELECT id FROM session WHERE appointment_id = :number", number=number))


def paid(work: Writing, session: int) -> int | None:
    return session_credit(work.reader, session).package


def last_entry(work: Writing, client: int = ANNA) -> tuple[int, str, str | None]:
    row = ledger(work.reader, client)[-1]
    return row.delta, row.reason.value, row.note


def test_all_kinds_at_once_pay_in_order_of_their_last_day(desk: Desk) -> None:
    with desk() as work:
        sold(work, shape=SOLO, expires_on=TODAY)
        ten = sold(work, expires_on=TODAY + 60 * DAY)
        hybrid = sold(work, shape=Shape(PackageKind.HYBRID, 1, 8), expires_on=TODAY + 30 * DAY)
        flat = sold(work, shape=UNLIMITED, expires_on=TODAY + 45 * DAY)
        assert paid(work, done(work, -2)) == hybrid
        assert paid(work, done(work, -4)) == flat
        assert paid(work, done(work, -6, linked=ten)) == ten
        actions.close_package(work, flat)
        assert paid(work, done(work, -8)) == ten
        assert standing(work.reader, ANNA, TODAY).balance == 8


def test_a_linked_package_without_a_credit_lets_another_pay(desk: Desk) -> None:
    with desk() as work:
        first, second = sold(work, shape=Shape(PackageKind.SESSIONS, 1)), sold(work)
        assert paid(work, done(work, -2, linked=first)) == first
        assert paid(work, done(work, -4, linked=first)) == second


def test_a_package_is_good_on_its_last_day_and_then_the_next_pays(desk: Desk) -> None:
    with desk() as work:
        today, never = sold(work, expires_on=TODAY), sold(work)
        assert paid(work, done(work, 2)) == today
        assert paid(work, done(work, 24)) == never


def test_a_package_taken_back_never_pays_and_is_not_listed(desk: Desk) -> None:
    with desk() as work:
        number = sold(work, shape=UNLIMITED)
        work.get(Package, number).voided_at = NOW
        work.flush()
        assert payers(work.reader, ANNA) == []
        assert packages(work.reader) == []
        (row,) = packages(work.reader, ANNA, with_taken_back=True)
        assert (row.id, row.is_open) == (number, False)
        assert standing(work.reader, ANNA, TODAY) == Standing(0, 0, 0, 0)
        assert session_credit(work.reader, done(work, -2)).owed
        for move in (actions.close_package, actions.reopen_package):
            with pytest.raises(StateError, match=f"Package {number} was taken back"):
                move(work, number)


def test_what_a_refund_does_to_a_closed_package_and_an_expired_one(desk: Desk) -> None:
    with desk() as work:
        number = sold(work)
        absent = booked(work, -2)
        record_no_show(work, absent)
        actions.close_package(work, number)
        assert waive(work, absent).effect is Effect.REFUNDED_CLOSED
        assert package(work.reader, number).balance == 1
        assert session_credit(work.reader, done(work, -4)).owed
        again = reopen_package(work, number)
        assert (again.back.credits, again.settled) == (9, (2,))
        assert package(work.reader, number).balance == 9
    with desk() as work:
        number = sold(work, BEN, expires_on=TODAY - DAY)
        session = done(work, -48, BEN)
        assert reopen(work, 3).effect is Effect.REFUNDED_EXPIRED
        assert package(work.reader, number).balance == 10
        assert paid(work, session) == number


def test_a_sale_on_a_day_gone_by(desk: Desk) -> None:
    with desk() as work:
        number = sold(work, sold_on=date(2026, 9, 1))
        assert package(work.reader, number).sold_on == date(2026, 9, 1)
        with pytest.raises(UsageError, match="has not come yet"):
            sold(work, sold_on=TODAY + DAY)
        work.get(Client, ANNA).removed_at = NOW
        with pytest.raises(StateError, match="was removed"):
            sold(work)


def test_credits_go_to_another_client_and_a_session_keeps_its_worth(desk: Desk) -> None:
    with desk() as work:
        number = sold(work, price_cents=100_000, expires_on=TODAY + 30 * DAY)
        done(work, -2)
        older, newer = done(work, -48, BEN), done(work, -24, BEN)
        moved = transfer(work, number, BEN, 3, "a gift")
        target = package(work.reader, moved.package_id)
        assert (moved.credits, moved.settled, moved.entries) == (3, (older, newer), (3, 4))
        assert (target.client_id, target.kind, target.sessions_total) == (BEN, PackageKind.SESSIONS, 3)
        assert (target.price_cents, target.expires_on) == (30_000, TODAY + 30 * DAY)
        assert (target.source, target.name, target.balance) == (number, "3 sessions, transferred", 1)
        assert (package(work.reader, number).balance, package(work.reader, number).used) == (6, 1)
        session = work.get(TrainingSession, older)
        assert (session.value_cents, session.commission_cents) == (10_000, 4_000)
        assert last_entry(work) == (-3, "transfer", "a gift")
        assert ledger(work.reader, BEN)[0].reason is CreditReason.TRANSFER
        rest = transfer(work, number, BEN)
        assert (rest.credits, package(work.reader, number).balance) == (6, 0)
        assert package(work.reader, rest.package_id).name == "6 sessions, transferred"
        assert package(work.reader, transfer(work, rest.package_id, ANNA, 1).package_id).price_cents == 10_000


def test_a_hybrid_package_gives_its_sessions_and_keeps_its_solo_side(desk: Desk) -> None:
    with desk() as work:
        number = sold(work, shape=HYBRID, price_cents=40_000)
        moved = transfer(work, number, BEN, 1)
        target, source = package(work.reader, moved.package_id), package(work.reader, number)
        assert (target.kind, target.solo_total, target.price_cents) == (PackageKind.SESSIONS, None, 10_000)
        assert target.name == "1 session, transferred"
        assert (source.solo_total, source.balance) == (8, 3)


def test_what_cannot_go_to_another_client(desk: Desk) -> None:
    with desk() as work:
        ten = sold(work)
        flat, solo = sold(work, shape=UNLIMITED), sold(work, shape=SOLO)
        late, shut = sold(work, expires_on=TODAY - DAY), sold(work)
        actions.close_package(work, shut)
        refused: list[tuple[tuple[Any, ...], type[PtrackError], str]] = [
            ((ten, BEN, 11), RuleError, "has 10 left; 11 cannot go"),
            ((ten, ANNA, 1), RuleError, "is Anna Berg's already"),
            ((flat, BEN), RuleError, "is unlimited"),
            ((solo, BEN), RuleError, "is solo"),
            ((late, BEN), StateError, f"ptrack packages edit {late} --expires"),
            ((shut, BEN), StateError, f"ptrack packages reopen {shut}"),
            ((99, BEN), NotFoundError, "No package has the number 99"),
        ]
        for arguments, error, told in refused:
            with pytest.raises(error, match=told):
                transfer(work, *arguments)
        transfer(work, ten, BEN)
        with pytest.raises(RuleError, match="has 0 left; none cannot go"):
            transfer(work, ten, BEN)
        churn(work, BEN)
        ten = sold(work)
        with pytest.raises(StateError, match="Ben Olsen has left"):
            transfer(work, ten, BEN)
        work.get(Client, BEN).removed_at = NOW
        with pytest.raises(StateError, match="Ben Olsen was removed"):
            transfer(work, ten, BEN)
        assert packages(work.reader)[-1].id == ten


def test_what_a_paused_client_gives_away_has_the_days_that_it_had(desk: Desk) -> None:
    with desk() as work:
        number = sold(work, sold_on=date(2026, 9, 1), expires_on=date(2026, 11, 10))
        pause(work, ANNA, date(2026, 11, 1))
        moved = transfer(work, number, BEN, 2)
        assert package(work.reader, moved.package_id).expires_on == date(2026, 11, 29)


def test_expired_credits_are_written_off_once(desk: Desk) -> None:
    with desk() as work:
        number = sold(work, expires_on=TODAY - DAY)
        sold(work, expires_on=TODAY)
        sold(work, BEN)
        where = standing(work.reader, ANNA, TODAY)
        assert (where.balance, where.expired, where.usable, where.available) == (20, 10, 10, 10)
        (row,) = expire(work)
        assert (row.package, row.credits, row.entry) == (number, 10, 4)
        assert last_entry(work) == (-10, "expiry", None)
        assert expire(work) == ()
        assert standing(work.reader, ANNA, TODAY) == Standing(10, 0, 0, 0)
        with pytest.raises(UsageError, match="--dry-run"):
            expire(work, TODAY + DAY)
    with desk(24) as work:
        assert expire(work, TODAY) == ()
        assert expire(work, client_id=BEN) == ()
        assert [row.credits for row in expire(work)] == [10]


def test_only_open_packages_of_clients_who_train_expire(desk: Desk) -> None:
    with desk() as work:
        shut = sold(work, expires_on=TODAY - DAY)
        absent = booked(work, -48)
        record_no_show(work, absent)
        actions.close_package(work, shut)
        waive(work, absent)
        sold(work, expires_on=TODAY - DAY, shape=UNLIMITED)
        sold(work, BEN, expires_on=TODAY)
        pause(work, BEN)
    with desk(72) as work:
        assert expire(work) == ()
        assert standing(work.reader, BEN, TODAY + 3 * DAY).usable == 10


def test_a_session_recorded_after_the_expiry_for_a_day_before_it_is_owed(desk: Desk) -> None:
    with desk() as work:
        number = sold(work, expires_on=TODAY - DAY)
        assert paid(work, done(work, -48)) == number
        expire(work)
        assert session_credit(work.reader, done(work, -49)).owed


def test_extending_brings_back_what_expired_and_pays_what_was_owed(desk: Desk) -> None:
    with desk() as work:
        number = sold(work, expires_on=TODAY - 2 * DAY)
        expire(work)
        session = done(work, -24)
        still = amend(work, number, PackageChanges(expires_on=TODAY - DAY))
        assert (still.back, still.settled) == (Moved(), ())
        done_ = amend(work, number, PackageChanges(expires_on=TODAY + DAY))
        assert (done_.back, done_.settled) == (Moved(10, 3), (session,))
        assert [(row.delta, row.reason) for row in ledger(work.reader, ANNA)] == [
            (10, "purchase"), (-10, "expiry"), (10, "adjustment"), (-1, "session"),
        ]  # fmt: skip
        assert amend(work, number, PackageChanges(never=True)).back == Moved()
        assert package(work.reader, number).expires_on is None


def test_a_package_is_renamed_and_repriced_for_sessions_to_come(desk: Desk) -> None:
    with desk() as work:
        number = sold(work, BEN, price_cents=100_000)
        before = done(work, -2, BEN)
        owed = done(work, -4)
        sold(work, shape=UNLIMITED)
        assert paid(work, owed) == 2
        assert amend(work, number, PackageChanges("Autumn", 200_000)).settled == ()
        after = done(work, -5, BEN)
        row = package(work.reader, number)
        assert (row.name, row.price_cents) == ("Autumn", 200_000)
        assert work.get(TrainingSession, before).value_cents == 10_000
        assert work.get(TrainingSession, after).value_cents == 20_000
        amend(work, 2, PackageChanges(session_value_cents=5_000))
        assert package(work.reader, 2).worth.value_cents == 5_000
        with pytest.raises(UsageError, match="--session-value"):
            amend(work, number, PackageChanges(session_value_cents=5_000))
        with pytest.raises(PtrackError, match="needs a name"):
            amend(work, number, PackageChanges(" "))


def test_reopening_a_package_gives_back_what_was_written_off(desk: Desk) -> None:
    with desk() as work:
        number = sold(work)
        with pytest.raises(StateError, match="is not closed"):
            reopen_package(work, number)
        actions.adjust_package(work, number, -10)
        actions.close_package(work, number)
        assert reopen_package(work, number).back == Moved()
        actions.adjust_package(work, number, 2)
        assert actions.close_package(work, number) == Moved(2, 4)
        assert reopen_package(work, number).back == Moved(2, 5)
        assert package(work.reader, number).balance == 2


def test_the_appointments_that_name_a_package_are_known(desk: Desk) -> None:
    with desk() as work:
        number = sold(work)
        later, sooner = booked(work, 48, linked=number), booked(work, 24, linked=number)
        booked(work, 72)
        done(work, -24, linked=number)
        assert [row.id for row in linked(work.reader, number)] == [sooner, later]


def test_a_pause_stops_the_packages_and_resuming_moves_their_last_days(desk: Desk) -> None:
    with desk() as work:
        ten = sold(work, expires_on=TODAY + 5 * DAY)
        flat = sold(work, shape=UNLIMITED, expires_on=TODAY)
        never, gone = sold(work), sold(work, expires_on=TODAY - DAY)
        shut = sold(work, expires_on=TODAY + DAY)
        actions.close_package(work, shut)
        booked(work, 24)
        remains = pause(work, ANNA)
        assert (remains.credits, remains.owed, len(remains.booked)) == (20, 0, 1)
        assert work.get(Client, ANNA).paused_on == TODAY
        with pytest.raises(StateError, match="Anna Berg is paused"):
            pause(work, ANNA)
    with desk(24 * 10) as work:
        later = sold(work, expires_on=TODAY + 20 * DAY)
        assert standing(work.reader, ANNA, TODAY + 10 * DAY).expired == 10
        assert paid(work, done(work, 24 * 8, linked=ten)) == ten
        assert paid(work, done(work, 24 * 9)) == flat
    with desk(24 * 12) as work:
        extended = resume(work, ANNA)
        assert [(one.package, one.days) for one in extended] == [(ten, 12), (flat, 12), (later, 2)]
        assert package(work.reader, ten).expires_on == TODAY + 17 * DAY
        assert package(work.reader, gone).expires_on == TODAY - DAY
        assert package(work.reader, never).expires_on is None
        assert work.get(Client, ANNA).paused_on is None
    with desk(24 * 12) as work:
        pause(work, ANNA)
        assert resume(work, ANNA) == ()


def test_a_pause_may_have_begun_but_not_be_to_come(desk: Desk) -> None:
    with desk() as work:
        sold(work, sold_on=date(2026, 9, 1), expires_on=date(2026, 12, 1))
        with pytest.raises(UsageError, match="has not come yet"):
            pause(work, ANNA, TODAY + DAY)
        pause(work, ANNA, TODAY - 10 * DAY)
        (extended,) = resume(work, ANNA)
        assert (extended.days, extended.expires_on) == (10, date(2026, 12, 11))


def test_leaving_out_of_a_pause_ends_it_and_moves_nothing(desk: Desk) -> None:
    with desk() as work:
        number = sold(work, expires_on=TODAY + DAY)
        done(work, -24)
        pause(work, ANNA, TODAY - 10 * DAY)
        remains = churn(work, ANNA, "moved away")
        assert (remains.credits, remains.booked) == (9, ())
        assert work.get(Client, ANNA).paused_on is None
        assert resume(work, ANNA) == ()
        assert package(work.reader, number).expires_on == TODAY + DAY


def test_booking_past_the_last_day_of_the_credits_is_told(desk: Desk) -> None:
    with desk() as work:
        sold(work, shape=Shape(PackageKind.SESSIONS, 3), expires_on=TODAY + 10 * DAY)

        def told(days: int, *, strict: bool = False, client: int = ANNA) -> tuple[str, ...]:
            return book(work, client, OWNER, NOW + days * DAY, strict=strict).notices

        assert told(10) == ()
        assert told(11) == (
            "Anna Berg: the 3 left expire on Mon 30 Nov 2026, before that day. Booked all the same.",
        )
        with pytest.raises(RuleError, match="before that day"):
            told(12, strict=True)
        sold(work, shape=UNLIMITED)
        assert told(13) == ()
        sold(work, BEN, shape=Shape(PackageKind.SESSIONS, 1), expires_on=TODAY)
        assert told(14, client=BEN)[0].startswith("Ben Olsen: the 1 left expires on Fri 20 Nov 2026")


def test_booking_a_paused_client_is_told(desk: Desk) -> None:
    with desk() as work:
        sold(work, expires_on=TODAY)
        pause(work, ANNA)
        notices = book(work, ANNA, OWNER, NOW + 5 * DAY).notices
        assert notices == (
            "Anna Berg is paused since Fri 20 Nov 2026. To take them up again: ptrack clients resume 1",
        )
        work.get(Client, ANNA).paused_on = None
        work.flush()
        assert "Anna Berg is paused. " in book(work, ANNA, OWNER, NOW + 6 * DAY, force=True).notices[0]


MOVES = st.lists(
    st.tuples(
        st.sampled_from(
            ("sell", "done", "waive", "transfer", "expire", "adjust", "close", "extend", "reopen")
        ),
        st.integers(0, 5),
        st.booleans(),
    ),
    min_size=1,
    max_size=14,
)


class _OverError(Exception):
    """A story is over; the next begins with the same practice."""


def attempt(work: Writing, move: str, size: int, ben: bool) -> None:
    """One move of a random story; `size` and `ben` choose among what there is."""
    client, other = (BEN, ANNA) if ben else (ANNA, BEN)
    there = [row.id for row in packages(work.reader)]
    chosen = there[size % len(there)] if there else 1
    if move == "sell":
        expires_on = TODAY + (size - 3) * DAY if size else None
        sold(work, client, Shape(PackageKind.SESSIONS, size + 1), expires_on=expires_on)
    elif move == "done":
        done(work, -24 * size - 1, client)
    elif move == "waive":
        absent = booked(work, -24 * size - 2, client)
        record_no_show(work, absent)
        waive(work, absent)
    elif move == "transfer":
        transfer(work, chosen, other, size or None)
    elif move == "expire":
        expire(work)
    elif move == "adjust":
        actions.adjust_package(work, chosen, size - 2)
    elif move == "close":
        actions.close_package(work, chosen)
    elif move == "extend":
        amend(work, chosen, PackageChanges(expires_on=TODAY + (size - 2) * DAY))
    else:
        reopen_package(work, chosen)


def total(work: Writing) -> int:
    return sum(standing(work.reader, client, TODAY).balance for client in (ANNA, BEN))


@given(MOVES)
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_the_ledger_adds_up(desk_path: Path, moves: list[tuple[str, int, bool]]) -> None:
    with suppress(_OverError), writing(desk_path, "test", NOW) as work:
        for move, size, ben in moves:
            before = total(work)
            try:
                attempt(work, move, size, ben)
            except PtrackError:
                assert total(work) == before
            if move == "transfer":
                settled = total(work) - before
                assert -len(moves) <= settled <= 0
            check_ledger(work)
        expire(work)
        assert expire(work) == ()
        raise _OverError


def check_ledger(work: Writing) -> None:
    for client in (ANNA, BEN):
        rows = ledger(work.reader, client)
        where = standing(work.reader, client, TODAY)
        assert where.balance == sum(row.delta for row in rows)
        assert where.balance == sum(row.balance for row in packages(work.reader, client))
        assert where.owed == len(owed_sessions(work.reader, client))
    assert all(row.balance >= 0 for row in packages(work.reader))
    drawn = work.reader.values("SELECT sum(delta) FROM credit_entry WHERE session_id > 0 GROUP BY session_id")
    assert all(-1 <= delta <= 0 for delta in drawn)
    moved = work.reader.value("SELECT coalesce(sum(delta), 0) FROM credit_entry WHERE reason = 'transfer'")
    assert moved == 0
