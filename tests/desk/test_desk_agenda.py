"""Booking, completing, cancelling and selling: what each costs, and what stands afterwards."""

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from booking_samples import book, booked_number
from desk.conftest import NOW, Desk
from ptrack.credits.queries import SessionCredit, ledger, package, session_credit, settlements, standing
from ptrack.credits.rules import Effect, Shape
from ptrack.database.reading import Reader, connect
from ptrack.database.session import Writing
from ptrack.desk.book import Changes, rebook
from ptrack.desk.cancel import Cancellation, cancel, record_no_show, waive
from ptrack.desk.complete import Completion, complete, reopen, start
from ptrack.desk.sell import Sale, sell
from ptrack.errors import ConflictError, NotFoundError, PtrackError, RuleError, StateError, UsageError
from ptrack.models.agenda import Appointment, TrainingSession
from ptrack.models.studio import Studio
from ptrack.scheduling.rules import CancelledBy
from ptrack.vocabulary import AppointmentStatus, ChargePolicy, PackageKind, SessionStatus, Validation

ANNA, BEN = 1, 2
OWNER, MAYA, FIO = 1, 2, 3
TODAY = date(2026, 11, 20)
TEN = Shape(PackageKind.SESSIONS, 10)


def booked(
    work: Writing, hours: float, client: int = ANNA, trainer: int = OWNER, linked: int | None = None
) -> int:
    return booked_number(work, client, trainer, NOW + timedelta(hours=hours), package_id=linked)


def done(
    work: Writing, hours: float, client: int = ANNA, trainer: int = OWNER, linked: int | None = None
) -> int:
    """An appointment booked and completed; its session's number."""
    number = booked(work, hours, client, trainer, linked)
    complete(work, number, Completion())
    return int(work.reader.value("SELECT id FROM session WHERE appointment_id = :number", number=number))


def credits_left(work: Writing, client: int = ANNA) -> int:
    return standing(work.reader, client, TODAY).balance


def test_worked_example_1_the_credits(desk: Desk) -> None:
    with desk() as work:
        sell(work, Sale(ANNA, TEN))
        done(work, -48)
        done(work, -24)
        found = package(work.reader, 1)
    assert (found.used, found.remaining, found.total) == (2, 8, 10)


def test_worked_example_2_the_credits(desk: Desk) -> None:
    with desk() as work:
        sell(work, Sale(ANNA, Shape(PackageKind.SESSIONS, 20)))
        for number in range(15):
            done(work, -24 * (number + 1))
        found = package(work.reader, 1)
        assert (found.used, found.remaining, found.total) == (15, 5, 20)
        assert ledger(work.reader, ANNA)[-1].balance == 5


def test_completing_fills_the_session_and_draws_the_credit(desk: Desk) -> None:
    with desk() as work:
        sell(work, Sale(ANNA, TEN, price_cents=100_000))
        number = booked(work, -2, trainer=MAYA)
        outcome = complete(work, number, Completion(duration_min=45))
        session = work.get(TrainingSession, 1)
        assert outcome.effect is Effect.DRAWN
        assert (session.client_id, session.trainer_id, session.duration_min) == (ANNA, MAYA, 45)
        assert session.starts_at == NOW - timedelta(hours=2)
        assert (session.status, session.validation) == (SessionStatus.COMPLETED, Validation.PENDING)
        assert (session.value_cents, session.commission_cents) == (10_000, 4_000)
        assert session_credit(work.reader, 1) == SessionCredit(True, 1, 9, False, 2)
        assert work.get(Appointment, number).status is AppointmentStatus.COMPLETED


def test_completing_twice_is_refused_and_takes_one_credit(desk: Desk) -> None:
    with desk() as work:
        sell(work, Sale(ANNA, TEN))
        number = booked(work, -2)
        complete(work, number, Completion())
    with (
        desk() as work,
        pytest.raises(StateError, match="appointment 1 is completed; it cannot be completed again"),
    ):
        complete(work, number, Completion())
    with desk() as work:
        assert credits_left(work) == 9


def test_two_programs_that_complete_at_once_take_one_credit(desk: Desk, desk_path: Path) -> None:
    with desk() as work:
        sell(work, Sale(ANNA, TEN))
        booked(work, -2)
    command = [sys.executable, "-m", "ptrack", "--db", str(desk_path), "appointments", "complete", "1"]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    told = [process.communicate() for process in running]
    assert sorted(process.returncode for process in running) == [0, 1]
    assert any(b"cannot be completed again" in error for _, error in told)
    reader = Reader(connect(desk_path))
    assert [row.delta for row in ledger(reader, ANNA)] == [10, -1]
    reader.connection.close()


def test_completing_ahead_of_time_is_forced(desk: Desk) -> None:
    with desk() as work:
        number = booked(work, 1)
        with pytest.raises(RuleError, match="--force"):
            complete(work, number, Completion())
        complete(work, number, Completion(force=True))
    with desk() as work:
        complete(work, booked(work, 0.25, BEN, MAYA), Completion())


def test_what_no_package_covers_is_owed_and_settled_by_the_sale_oldest_first(desk: Desk) -> None:
    with desk() as work:
        newer, older = done(work, -24, trainer=MAYA), done(work, -48, trainer=MAYA)
        assert session_credit(work.reader, older) == SessionCredit(False, None, None, True)
        assert standing(work.reader, ANNA, TODAY).owed == 2
        assert work.get(TrainingSession, older).commission_cents == 0
        sold = sell(work, Sale(ANNA, Shape(PackageKind.SESSIONS, 1), price_cents=9_000))
        assert sold.settled == (older,)
        assert session_credit(work.reader, older) == SessionCredit(True, sold.package_id, 0, False, 2)
        assert work.get(TrainingSession, older).commission_cents == 3_600
        assert session_credit(work.reader, newer).owed
        again = sell(work, Sale(ANNA, TEN))
        assert again.settled == (newer,)
        assert settlements(work.reader, ANNA) == {1: [older], 2: [newer]}
        assert settlements(work.reader) == {1: [older], 2: [newer]}
        assert credits_left(work) == 9
        assert standing(work.reader, ANNA, TODAY).owed == 0


def test_a_sale_settles_only_what_it_covers(desk: Desk) -> None:
    with desk() as work:
        done(work, -24)
        assert sell(work, Sale(ANNA, Shape(PackageKind.SOLO))).settled == ()
        expired = TODAY - timedelta(days=9)
        assert sell(work, Sale(ANNA, TEN, expires_on=expired)).settled == ()
        assert sell(work, Sale(BEN, TEN)).settled == ()
        assert sell(work, Sale(ANNA, Shape(PackageKind.UNLIMITED))).settled == (1,)
        assert session_credit(work.reader, 1) == SessionCredit(False, 4, None, False)
        assert standing(work.reader, ANNA, TODAY).owed == 0


def test_a_settled_no_show_keeps_its_reason_and_brings_no_commission(desk: Desk) -> None:
    with desk() as work:
        record_no_show(work, booked(work, -24, trainer=MAYA))
        sell(work, Sale(ANNA, TEN, price_cents=100_000))
        rows = ledger(work.reader, ANNA)
        assert [(row.reason, row.delta) for row in rows] == [("purchase", 10), ("no_show", -1)]
        assert work.get(TrainingSession, 1).commission_cents == 0


def test_the_linked_package_pays(desk: Desk) -> None:
    with desk() as work:
        sell(work, Sale(ANNA, TEN, expires_on=TODAY))
        sell(work, Sale(ANNA, TEN))
        assert session_credit(work.reader, done(work, -2, linked=2)).package == 2
        assert session_credit(work.reader, done(work, -4)).package == 1


def test_the_expiry_is_asked_of_the_local_date(desk: Desk) -> None:
    with desk() as work:
        sell(work, Sale(ANNA, TEN, expires_on=date(2026, 11, 18)))
        last_minutes = booked(work, -35)  # 18 November 22:20 UTC, 23:20 in Berlin
        complete(work, last_minutes, Completion())
        after_midnight = booked(work, -34)  # 18 November 23:20 UTC, the 19th in Berlin
        complete(work, after_midnight, Completion())
        assert session_credit(work.reader, 1).package == 1
        assert session_credit(work.reader, 2).owed


def test_an_unlimited_package_holds_the_session_and_counts_nothing(desk: Desk) -> None:
    with desk() as work:
        sell(work, Sale(ANNA, Shape(PackageKind.UNLIMITED), session_value_cents=5_000))
        number = booked(work, -2, trainer=MAYA)
        assert complete(work, number, Completion()).effect is Effect.RECORDED
        assert session_credit(work.reader, 1) == SessionCredit(False, 1, None, False)
        assert work.get(TrainingSession, 1).commission_cents == 2_000
        assert reopen(work, number).effect is Effect.NONE
        assert ledger(work.reader, ANNA) == []


def test_a_fixed_commission_is_due_for_an_owed_session_too(desk: Desk) -> None:
    with desk() as work:
        done(work, -2, trainer=FIO)
        assert work.get(TrainingSession, 1).commission_cents == 2_500
        sell(work, Sale(ANNA, TEN, price_cents=100_000))
        session = work.get(TrainingSession, 1)
        assert (session.value_cents, session.commission_cents) == (10_000, 2_500)


def test_reopening_takes_everything_back_and_completing_again_costs_one(desk: Desk) -> None:
    with desk() as work:
        sell(work, Sale(ANNA, TEN, price_cents=100_000))
        number = booked(work, -2, trainer=MAYA)
        for _ in range(3):
            complete(work, number, Completion())
            assert credits_left(work) == 9
            assert reopen(work, number).effect is Effect.REFUNDED
            assert credits_left(work) == 10
        session = work.get(TrainingSession, 1)
        assert (session.status, session.commission_cents) == (SessionStatus.IN_PROGRESS, 0)
        assert session_credit(work.reader, 1) == SessionCredit(False, 1, 10, False, 7)
        with pytest.raises(StateError, match="in progress; it cannot be reopened"):
            reopen(work, number)
        complete(work, number, Completion())
        assert [row.delta for row in ledger(work.reader, ANNA)] == [10, -1, 1, -1, 1, -1, 1, -1]
        assert package(work.reader, 1).used == 1


def test_a_reopened_session_that_was_owed_is_owed_no_longer(desk: Desk) -> None:
    with desk() as work:
        number = booked(work, -2)
        assert complete(work, number, Completion()).effect is Effect.OWED
        assert reopen(work, number).effect is Effect.FORGIVEN
        assert standing(work.reader, ANNA, TODAY).owed == 0


def test_starting_opens_the_session_that_completing_closes(desk: Desk) -> None:
    with desk() as work:
        number = booked(work, 0)
        start(work, number)
        assert work.get(TrainingSession, 1).status is SessionStatus.IN_PROGRESS
        with pytest.raises(StateError, match="in progress; it cannot be started again"):
            start(work, number)
        complete(work, number, Completion())
        assert work.get(TrainingSession, 1).status is SessionStatus.COMPLETED


@pytest.mark.parametrize(
    ("policy", "said", "left"),
    [
        (ChargePolicy.ALWAYS, None, 9),
        (ChargePolicy.ALWAYS, False, 10),
        (ChargePolicy.NEVER, None, 10),
        (ChargePolicy.NEVER, True, 9),
        (ChargePolicy.ASK, True, 9),
        (ChargePolicy.ASK, False, 10),
    ],
)
def test_what_a_no_show_costs(desk: Desk, policy: ChargePolicy, said: bool | None, left: int) -> None:
    with desk() as work:
        work.get(Studio, 1).no_show_charges = policy
        sell(work, Sale(ANNA, TEN, price_cents=100_000))
        record_no_show(work, booked(work, -2, trainer=MAYA), said)
        session = work.get(TrainingSession, 1)
        assert (session.status, session.commission_cents) == (SessionStatus.NO_SHOW, 0)
        assert credits_left(work) == left


def test_what_nobody_decided_is_asked(desk: Desk) -> None:
    with desk() as work:
        work.get(Studio, 1).no_show_charges = ChargePolicy.ASK
        work.flush()
        number = booked(work, -2)
        with pytest.raises(UsageError, match="--charge or --waive"):
            record_no_show(work, number)
        with pytest.raises(UsageError, match="--charge or --no-charge"):
            cancel(work, number, Cancellation())


@pytest.mark.parametrize(
    ("hours", "cancellation", "left", "has_session"),
    [
        (24, Cancellation(), 10, False),
        (24, Cancellation(charge=True), 10, False),
        (23.99, Cancellation(charge=True), 9, True),
        (23.99, Cancellation(charge=False), 10, False),
        (1, Cancellation(CancelledBy.TRAINER), 10, False),
        (1, Cancellation(CancelledBy.TRAINER, charge=True), 10, False),
        (-1, Cancellation(charge=True, reason=" flu "), 9, True),
    ],
)
def test_what_a_cancellation_costs(
    desk: Desk, hours: float, cancellation: Cancellation, left: int, has_session: bool
) -> None:
    with desk() as work:
        sell(work, Sale(ANNA, TEN))
        number = booked(work, hours)
        cancel(work, number, cancellation)
        assert credits_left(work) == left
        sessions = work.reader.values("SELECT status FROM session")
        assert sessions == (["cancelled"] if has_session else [])
        appointment = work.get(Appointment, number)
        assert appointment.status is AppointmentStatus.CANCELLED
        assert appointment.cancelled_by == cancellation.by
        assert appointment.reason == ("flu" if cancellation.reason else None)


def test_calling_off_what_was_started_closes_its_session(desk: Desk) -> None:
    with desk() as work:
        number = booked(work, 0)
        start(work, number)
        cancel(work, number, Cancellation(CancelledBy.TRAINER))
        session = work.get(TrainingSession, 1)
        assert (session.status, session.is_charged) == (SessionStatus.CANCELLED, False)


def test_waiving_gives_the_credit_back_once_and_the_status_stays(desk: Desk) -> None:
    with desk() as work:
        sell(work, Sale(ANNA, TEN))
        number = booked(work, -2)
        record_no_show(work, number)
        assert waive(work, number, "first time").effect is Effect.REFUNDED
        last = ledger(work.reader, ANNA)[-1]
        assert (last.delta, last.reason, last.note, last.package, last.balance) == (
            1,
            "refund",
            "first time",
            1,
            10,
        )
        assert work.get(Appointment, number).status is AppointmentStatus.NO_SHOW
        with pytest.raises(StateError, match="nothing to be waived"):
            waive(work, number)


def test_waiving_what_is_owed_keeps_the_reason_on_the_session(desk: Desk) -> None:
    with desk() as work:
        number = booked(work, -2)
        record_no_show(work, number)
        assert waive(work, number, "flu").effect is Effect.FORGIVEN
        assert work.get(TrainingSession, 1).notes == "flu"
        assert sell(work, Sale(ANNA, TEN)).settled == ()
        with pytest.raises(NotFoundError):
            waive(work, 99)


def test_an_overlap_is_refused_with_its_number_and_forced(desk: Desk) -> None:
    with desk() as work:
        first = booked(work, 24)
        assert booked(work, 25) == 2
        assert booked(work, 23, BEN) == 3
        with pytest.raises(ConflictError, match="Owner has appointment 1 with Anna Berg") as refused:
            booked(work, 24.5, BEN, OWNER)
        assert refused.value.candidates == ("1", "2")
        with pytest.raises(ConflictError, match="Anna Berg has appointment 1 with Owner"):
            booked(work, 24, ANNA, MAYA)
        told = book(work, BEN, OWNER, NOW + timedelta(hours=24), force=True)
        assert "Anna Berg" in told.notices[0]
        cancel(work, first, Cancellation(CancelledBy.TRAINER))
        assert booked(work, 24, ANNA, MAYA)


def test_the_overlap_reaches_back_to_the_longest_appointment(desk: Desk) -> None:
    with desk() as work:
        book(work, ANNA, OWNER, NOW, duration_min=1440)
        with pytest.raises(ConflictError):
            booked(work, 23.9, BEN)
        booked(work, 24, BEN)


def test_booking_beyond_the_credits_warns_or_refuses(desk: Desk) -> None:
    with desk() as work:
        sell(work, Sale(ANNA, Shape(PackageKind.SESSIONS, 1)))
        assert book(work, ANNA, OWNER, NOW + timedelta(hours=1)).notices == ()
        (notice,) = book(work, ANNA, OWNER, NOW + timedelta(hours=2)).notices
        assert notice == "Anna Berg has 1 left, and 1 reserved already. Booked all the same."
        with pytest.raises(RuleError, match="reserved already"):
            book(work, ANNA, OWNER, NOW + timedelta(hours=3), strict=True)
        work.get(Studio, 1).strict_booking = True
        work.flush()
        with pytest.raises(RuleError, match="Ben Olsen has no credit left"):
            booked(work, 4, BEN)
        sell(work, Sale(BEN, Shape(PackageKind.UNLIMITED)))
        booked(work, 4, BEN)


def test_a_link_is_checked_when_it_is_made(desk: Desk) -> None:
    with desk() as work:
        sell(work, Sale(BEN, TEN))
        sell(work, Sale(ANNA, Shape(PackageKind.SOLO)))
        for linked in (1, 2, 99):
            with pytest.raises(RuleError, match=f"Package {linked}"):
                booked(work, 24, linked=linked)


def test_moving_counts_in_the_sequence_and_other_changes_do_not(desk: Desk) -> None:
    with desk() as work:
        number = booked(work, 24)
        booked(work, 26, BEN)
        rebook(work, number, Changes(notes="bring shoes"))
        rebook(work, number, Changes(starts_at=NOW + timedelta(hours=24)))
        rebook(work, number, Changes(trainer_id=MAYA))
        assert work.get(Appointment, number).sequence == 0
        rebook(work, number, Changes(starts_at=NOW + timedelta(hours=24.5), duration_min=90))
        row = work.get(Appointment, number)
        assert (row.sequence, row.duration_min, row.notes) == (1, 90, "bring shoes")
        with pytest.raises(ConflictError):
            rebook(work, number, Changes(trainer_id=OWNER, duration_min=120))
        assert rebook(work, number, Changes(trainer_id=OWNER, duration_min=120, force=True)).notices
        rebook(work, number, Changes(notes=""))
        assert work.get(Appointment, number).notes is None


def test_only_what_is_scheduled_can_be_edited(desk: Desk) -> None:
    with desk() as work:
        number = booked(work, -2)
        complete(work, number, Completion())
        with pytest.raises(StateError, match="appointment 1 is completed; it cannot be edited"):
            rebook(work, number, Changes(notes="x"))


def test_nothing_is_left_behind_by_a_refusal(desk: Desk) -> None:
    with desk() as work:
        sell(work, Sale(ANNA, TEN))
        number = booked(work, -2)
    with pytest.raises(PtrackError, match="The database refused it"), desk() as work:
        complete(work, number, Completion(duration_min=5000))
    with desk() as work:
        assert credits_left(work) == 10
        assert work.get(Appointment, number).status is AppointmentStatus.SCHEDULED
        assert work.reader.values("SELECT id FROM session") == []
