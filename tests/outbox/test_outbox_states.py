"""The life of a message: its moves, and when it is tried again."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbox_samples import NOW
from ptrack.errors import StateError
from ptrack.outbox.states import (
    FORGOTTEN,
    FORGOTTEN_IN_DOUBT,
    MOVES,
    RETRY_AFTER_MIN,
    forgotten_note,
    may_move,
    require_forgettable,
    require_retryable,
    retry_at,
)
from ptrack.vocabulary import MessageStatus

STATUSES = st.sampled_from(MessageStatus)
FINAL = {MessageStatus.SENT, MessageStatus.EXPIRED}


def test_every_status_has_its_moves_and_what_is_sent_or_past_its_time_has_none() -> None:
    assert set(MOVES) == set(MessageStatus)
    assert {status for status, moves in MOVES.items() if not moves} == FINAL


@given(STATUSES)
def test_only_what_is_on_its_way_or_in_doubt_can_turn_out_as_sent(status: MessageStatus) -> None:
    assert may_move(status, MessageStatus.SENT) == (
        status in (MessageStatus.IN_FLIGHT, MessageStatus.UNCERTAIN)
    )


@given(STATUSES)
def test_only_what_was_claimed_gets_on_its_way(status: MessageStatus) -> None:
    assert may_move(status, MessageStatus.IN_FLIGHT) == (status is MessageStatus.CLAIMED)


def test_a_message_refused_for_now_is_tried_after_1_5_15_60_minutes_and_then_hourly() -> None:
    waits = [(retry_at(NOW, attempts) - NOW) / timedelta(minutes=1) for attempts in range(1, 8)]
    assert waits == [1, 5, 15, 60, 60, 60, 60]


@given(st.integers(min_value=1, max_value=100_000))
def test_no_wait_is_shorter_than_the_one_before(attempts: int) -> None:
    first, then = retry_at(NOW, attempts), retry_at(NOW, attempts + 1)
    assert NOW < first <= then <= NOW + timedelta(hours=1)
    assert all(shorter < longer for shorter, longer in pairwise(RETRY_AFTER_MIN))


@given(STATUSES, st.integers(0, 3), st.none() | st.integers(-60, 60))
def test_only_what_failed_was_put_off_or_is_uncertain_is_tried_again_before_its_time_is_over(
    status: MessageStatus, attempts: int, minutes: int | None
) -> None:
    expires = None if minutes is None else NOW + timedelta(minutes=minutes)
    is_open = status in (MessageStatus.FAILED, MessageStatus.UNCERTAIN) or (
        status is MessageStatus.PENDING and attempts > 0
    )
    if is_open and (expires is None or expires > NOW):
        require_retryable(7, status, attempts, expires, NOW)
        assert may_move(status, MessageStatus.PENDING) or status is MessageStatus.PENDING
    else:
        with pytest.raises(StateError, match="Message 7 "):
            require_retryable(7, status, attempts, expires, NOW)


@given(STATUSES)
def test_only_what_has_not_gone_can_be_forgotten(status: MessageStatus) -> None:
    if status in (MessageStatus.PENDING, MessageStatus.FAILED, MessageStatus.UNCERTAIN):
        require_forgettable(7, status)
        assert may_move(status, MessageStatus.SUPERSEDED)
    else:
        with pytest.raises(StateError, match="nothing to forget"):
            require_forgettable(7, status)


@given(STATUSES)
def test_what_is_forgotten_keeps_whether_it_may_have_been_sent(status: MessageStatus) -> None:
    is_in_doubt = status is MessageStatus.UNCERTAIN
    assert forgotten_note(status) == (FORGOTTEN_IN_DOUBT if is_in_doubt else FORGOTTEN)
