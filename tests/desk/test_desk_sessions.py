"""What is said of sessions afterwards: confirmed, disputed, deleted."""

from datetime import timedelta

import pytest

from booking_samples import booked_number
from desk.conftest import NOW, Desk
from ptrack.credits.queries import ledger, session_credit, standing
from ptrack.credits.rules import Effect, Shape
from ptrack.database.check import check_file
from ptrack.database.session import Writing
from ptrack.desk.cancel import record_no_show
from ptrack.desk.complete import Completion, complete, start
from ptrack.desk.sell import Sale, sell
from ptrack.desk.sessions import delete, deletion_of, dispute, validate
from ptrack.errors import NotFoundError, StateError
from ptrack.models.agenda import Appointment, TrainingSession
from ptrack.models.logbook import Workout
from ptrack.scheduling.queries import session, sessions
from ptrack.vocabulary import (
    AppointmentStatus,
    PackageKind,
    SessionStatus,
    Validation,
    WorkoutKind,
    WorkoutStatus,
)
from ptrack.workouts.actions import remove_exercises

ANNA, MAYA = 1, 2
TODAY = NOW.date()
TEN = Shape(PackageKind.SESSIONS, 10)
SQUATS = "Back Squat: 3x5 100kg"


def booked(work: Writing, hours: float) -> int:
    return booked_number(work, ANNA, MAYA, NOW + timedelta(hours=hours))


def done(work: Writing, hours: float, log: str | None = None) -> int:
    """An appointment booked and completed; its session's number."""
    number = booked(work, hours)
    complete(work, number, Completion(log=log))
    return int(work.reader.value("SELECT id FROM session WHERE appointment_id = :number", number=number))


def test_a_session_is_confirmed_once_and_may_be_disputed_and_confirmed_again(desk: Desk) -> None:
    with desk() as work:
        number = done(work, -2)
        assert validate(work, number).before is Validation.PENDING
        row = work.get(TrainingSession, number)
        assert (row.validation, row.validated_at) == (Validation.VALIDATED, NOW)
        with pytest.raises(StateError, match="session 1 is validated already"):
            validate(work, number)
        judged = dispute(work, number, " he was not there ")
        assert (judged.before, judged.validated_at) == (Validation.VALIDATED, NOW)
        assert (row.validation, row.validated_at) == (Validation.DISPUTED, None)
        assert row.notes == "disputed: he was not there"
        with pytest.raises(StateError, match="session 1 is disputed already"):
            dispute(work, number)
        assert validate(work, number).before is Validation.DISPUTED
        dispute(work, number, "  ")
        assert row.notes == "disputed: he was not there"
        assert [one.id for one in sessions(work.reader, validation=Validation.DISPUTED)] == [number]
        assert sessions(work.reader, validation=Validation.PENDING) == []


def test_only_a_completed_session_can_be_judged(desk: Desk) -> None:
    with desk() as work:
        record_no_show(work, booked(work, -2))
        start(work, booked(work, 0))
        with pytest.raises(StateError, match="session 1 is a no-show; only a completed one can be validated"):
            validate(work, 1)
        with pytest.raises(
            StateError, match="session 2 is in progress; only a completed one can be disputed"
        ):
            dispute(work, 2)
        with pytest.raises(NotFoundError, match="No session has the number 9"):
            validate(work, 9)


def test_a_deleted_session_gives_its_credit_back_and_leaves_the_workout(desk: Desk) -> None:
    with desk() as work:
        sell(work, Sale(ANNA, TEN, price_cents=100_000))
        number = done(work, -2, SQUATS)
        validate(work, number)
        gone = delete(work, number)
        assert gone.effect is Effect.REFUNDED
        assert (gone.credit.deducted, gone.credit.remaining, gone.credit.entry) == (False, 10, 3)
        assert [(row.delta, row.reason, row.session) for row in ledger(work.reader, ANNA)] == [
            (10, "purchase", None), (-1, "session", number), (1, "refund", number),
        ]  # fmt: skip
        appointment = work.get(Appointment, 1)
        assert appointment.status is AppointmentStatus.CANCELLED
        assert (appointment.cancelled_by, appointment.reason) == ("trainer", "session deleted")
        workout = work.get(Workout, 1)
        assert (workout.kind, workout.session_id, workout.trainer_id) == (WorkoutKind.SOLO, None, None)
        assert workout.status is WorkoutStatus.COMPLETED
        with pytest.raises(NotFoundError, match="No session has the number 1"):
            delete(work, number)
        assert check_file(work.reader) == []


def test_its_workout_may_go_with_a_session(desk: Desk) -> None:
    with desk() as work:
        number = done(work, -2, SQUATS)
        assert delete(work, number, with_workout=True).effect is Effect.FORGIVEN
        assert work.reader.values("SELECT id FROM workout") == []
        assert standing(work.reader, ANNA, TODAY).owed == 0
        assert check_file(work.reader) == []


def test_a_session_only_begun_leaves_its_appointment_scheduled(desk: Desk) -> None:
    with desk() as work:
        start(work, booked(work, 0))
        assert delete(work, 1).effect is Effect.NONE
        assert work.get(Appointment, 1).status is AppointmentStatus.SCHEDULED
        complete(work, 1, Completion())
        row = session(work.reader, 2)
        assert (row.appointment, row.status) == (1, SessionStatus.COMPLETED)


def test_a_workout_that_was_only_opened_goes_in_any_case(desk: Desk) -> None:
    with desk() as work:
        number = done(work, -2, SQUATS)
        work.get(Workout, 1).status = WorkoutStatus.IN_PROGRESS
        remove_exercises(work, 1)
        assert not deletion_of(session(work.reader, number)).workout_stays
        delete(work, number)
        assert work.reader.values("SELECT id FROM workout") == []


def test_a_workout_that_was_begun_live_stays_with_what_was_done(desk: Desk) -> None:
    with desk() as work:
        number = done(work, -2, SQUATS)
        work.get(Workout, 1).status = WorkoutStatus.IN_PROGRESS
        work.flush()
        assert deletion_of(session(work.reader, number), is_begun=True).workout_stays
        delete(work, number)
        workout = work.get(Workout, 1)
        assert (workout.kind, workout.session_id, workout.status) == ("solo", None, "in_progress")


def test_what_holds_the_cost_of_an_absence_stays(desk: Desk) -> None:
    with desk() as work:
        sell(work, Sale(ANNA, TEN))
        record_no_show(work, booked(work, -2))
        record_no_show(work, booked(work, -4), said=False)
        with pytest.raises(StateError, match="ptrack appointments waive 1"):
            delete(work, 1)
        with pytest.raises(StateError, match=r"session 2 is a no-show: it holds what that cost, and stays$"):
            delete(work, 2)
        assert session_credit(work.reader, 1).deducted


def test_a_session_without_an_appointment_is_deleted_too(desk: Desk) -> None:
    with desk() as work:
        number = done(work, -2)
        work.get(TrainingSession, number).appointment_id = None
        work.flush()
        assert delete(work, number).effect is Effect.FORGIVEN
        assert work.get(Appointment, 1).status is AppointmentStatus.COMPLETED
