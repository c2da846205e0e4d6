"""What is in the way, which move is allowed, what an absence costs."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptrack.errors import RuleError, StateError, UsageError
from ptrack.scheduling.rules import (
    CancelledBy,
    Move,
    Slot,
    State,
    cancellation_costs,
    clash,
    decided,
    in_the_way,
    is_beyond,
    is_late,
    policy_charges,
    require_begun,
    require_move,
    state_of,
)
from ptrack.vocabulary import AppointmentStatus, ChargePolicy

TEN = datetime(2026, 11, 24, 9, tzinfo=UTC)
CANCELLED = AppointmentStatus.CANCELLED


def slot(
    number: int | None,
    minutes: int = 0,
    duration: int = 60,
    client: int = 1,
    trainer: int = 1,
    status: AppointmentStatus = AppointmentStatus.SCHEDULED,
) -> Slot:
    return Slot(number, client, trainer, TEN + timedelta(minutes=minutes), duration, status)


SLOTS = st.builds(
    slot,
    st.integers(1, 9),
    st.integers(0, 600),
    st.integers(1, 180),
    st.integers(1, 3),
    st.integers(1, 3),
    st.sampled_from(AppointmentStatus),
)


@pytest.mark.parametrize(
    ("other", "clashes"),
    [
        (slot(2, 59), True),
        (slot(2, 60), False),
        (slot(2, -60), False),
        (slot(2, -59), True),
        (slot(2, 10, 20), True),
        (slot(2, -10, 90), True),
        (slot(2, client=2), True),
        (slot(2, trainer=2), True),
        (slot(2, client=2, trainer=2), False),
        (slot(2, status=CANCELLED), False),
        (slot(2, status=AppointmentStatus.NO_SHOW), True),
        (slot(1), False),
    ],
)
def test_what_is_in_the_way(other: Slot, clashes: bool) -> None:
    assert clash(slot(1), other) is clashes


def test_a_slot_still_to_be_booked_clashes_with_any() -> None:
    assert clash(slot(None), slot(1))
    assert clash(slot(1), slot(None))


@given(SLOTS, SLOTS)
@settings(deadline=None)
def test_who_is_asked_first_does_not_matter(one: Slot, other: Slot) -> None:
    assert clash(one, other) is clash(other, one)


@given(SLOTS, SLOTS)
@settings(deadline=None)
def test_clashing_appointments_share_a_minute_and_others_share_none(one: Slot, other: Slot) -> None:
    shared = min(one.ends_at, other.ends_at) - max(one.starts_at, other.starts_at)
    same = one.trainer_id == other.trainer_id or one.client_id == other.client_id
    counts = CANCELLED not in (one.status, other.status) and one.id != other.id
    assert clash(one, other) is (same and counts and shared >= timedelta(minutes=1))


@given(SLOTS, st.lists(SLOTS, max_size=8))
@settings(deadline=None)
def test_all_that_clashes_is_named_in_order_of_time(wanted: Slot, booked: list[Slot]) -> None:
    found = in_the_way(wanted, booked)
    assert [item.starts_at for item in found] == sorted(item.starts_at for item in found)
    assert all(clash(wanted, item) for item in found)
    assert len(found) == sum(clash(wanted, item) for item in booked)


def test_beyond_what_is_available() -> None:
    assert not is_beyond(1)
    assert is_beyond(0)
    assert is_beyond(-2)
    assert is_beyond(3, wanted=4)
    assert not is_beyond(None)


ALLOWED = {
    (State.SCHEDULED, Move.START), (State.SCHEDULED, Move.COMPLETE), (State.SCHEDULED, Move.NO_SHOW),
    (State.SCHEDULED, Move.CANCEL), (State.SCHEDULED, Move.EDIT), (State.IN_PROGRESS, Move.COMPLETE),
    (State.IN_PROGRESS, Move.NO_SHOW), (State.IN_PROGRESS, Move.CANCEL), (State.IN_PROGRESS, Move.EDIT),
    (State.COMPLETED, Move.REOPEN),
}  # fmt: skip


@pytest.mark.parametrize(("state", "move"), list(product(State, Move)))
def test_every_other_move_is_refused_by_name(state: State, move: Move) -> None:
    if (state, move) in ALLOWED:
        require_move(12, state, move)
        return
    with pytest.raises(StateError, match=f"appointment 12 is {state}; it cannot be {move}"):
        require_move(12, state, move)


def test_a_refusal_reads_as_a_sentence() -> None:
    for state, move, text in (
        (State.CANCELLED, Move.CANCEL, "appointment 12 is cancelled; it cannot be cancelled again"),
        (State.COMPLETED, Move.COMPLETE, "appointment 12 is completed; it cannot be completed again"),
        (
            State.NO_SHOW,
            Move.NO_SHOW,
            "appointment 12 is a no-show; it cannot be recorded as a no-show again",
        ),
        (State.IN_PROGRESS, Move.START, "appointment 12 is in progress; it cannot be started again"),
    ):
        with pytest.raises(StateError) as refused:
            require_move(12, state, move)
        assert refused.value.message == text
    with pytest.raises(StateError, match="ptrack appointments reopen 12"):
        require_move(12, State.COMPLETED, Move.CANCEL)
    for state in (State.CANCELLED, State.NO_SHOW):
        with pytest.raises(StateError, match="just made: ptrack undo; else book anew"):
            require_move(12, state, Move.REOPEN)


def test_a_scheduled_appointment_is_in_progress_once_its_session_is_open() -> None:
    assert state_of(AppointmentStatus.SCHEDULED, in_progress=True) is State.IN_PROGRESS
    assert state_of(AppointmentStatus.SCHEDULED, in_progress=False) is State.SCHEDULED
    assert state_of(AppointmentStatus.NO_SHOW, in_progress=False) is State.NO_SHOW


@pytest.mark.parametrize(("minutes", "allowed"), [(15, True), (16, False), (0, True), (-500, True)])
def test_completing_is_allowed_from_a_quarter_of_an_hour_before(minutes: int, allowed: bool) -> None:
    starts_at = TEN + timedelta(minutes=minutes)
    require_begun(12, starts_at, TEN, force=True)
    if allowed:
        require_begun(12, starts_at, TEN, force=False)
        return
    with pytest.raises(RuleError, match="begins in 16 minutes"):
        require_begun(12, starts_at, TEN, force=False)


@pytest.mark.parametrize(
    ("ahead", "text"),
    [
        (timedelta(days=1, hours=3), "1 day;"),
        (timedelta(days=3), "3 days;"),
        (timedelta(hours=1), "1 hour;"),
        (timedelta(minutes=15, seconds=1), "15 minutes;"),
    ],
)
def test_how_far_ahead_it_lies_is_told(ahead: timedelta, text: str) -> None:
    with pytest.raises(RuleError, match=text):
        require_begun(12, TEN + ahead, TEN, force=False)


def test_at_the_limit_itself_it_is_not_late() -> None:
    limit = TEN - timedelta(hours=24)
    assert not is_late(TEN, limit, 24)
    assert is_late(TEN, limit + timedelta(seconds=1), 24)
    assert not is_late(TEN, TEN, 0)
    assert is_late(TEN, TEN + timedelta(seconds=1), 0)


@pytest.mark.parametrize("said", [None, True, False])
@pytest.mark.parametrize("policy", ChargePolicy)
def test_what_a_cancellation_costs(policy: ChargePolicy, said: bool | None) -> None:
    for late in (True, False):
        assert cancellation_costs(CancelledBy.TRAINER, late=late, policy=policy, said=said) is False
    assert cancellation_costs(CancelledBy.CLIENT, late=False, policy=policy, said=said) is False
    answer = cancellation_costs(CancelledBy.CLIENT, late=True, policy=policy, said=said)
    by_policy = {ChargePolicy.ALWAYS: True, ChargePolicy.NEVER: False, ChargePolicy.ASK: None}[policy]
    assert answer is (by_policy if said is None else said)
    assert policy_charges(policy, said) is answer


def test_what_nobody_decided_names_the_options() -> None:
    assert decided(True, "This is a no-show", "--charge or --waive") is True
    assert decided(False, "This is a no-show", "--charge or --waive") is False
    with pytest.raises(UsageError, match="--charge or --waive"):
        decided(None, "This is a no-show", "--charge or --waive")
