"""What is said of an absence and what it costs; groups in the way; what clashes among several."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptrack.errors import RuleError
from ptrack.scheduling.rules import (
    CancelledBy,
    Slot,
    among_themselves,
    cancellation_costs,
    clash,
    in_the_way,
    lead_text,
    require_begun,
    why_cancelled,
    why_no_show,
)
from ptrack.vocabulary import ChargePolicy

TEN = datetime(2026, 11, 24, 9, tzinfo=UTC)
CLIENT, TRAINER = CancelledBy.CLIENT, CancelledBy.TRAINER


def slot(number: int | None, minutes: int = 0, client: int = 1, group: int | None = None) -> Slot:
    return Slot(number, client, 1, TEN + timedelta(minutes=minutes), 60, group_id=group)


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (3 * 1440 + 1439, "3 days before"),
        (1440, "1 day before"),
        (1439, "23 hours before"),
        (120, "2 hours before"),
        (60, "1 hour before"),
        (59, "59 minutes before"),
        (1, "1 minute before"),
        (0, "as it begins"),
        (-1, "after it began"),
        (-5000, "after it began"),
    ],
)
def test_how_long_before_its_start_it_was_called_off(minutes: int, text: str) -> None:
    assert lead_text(TEN, TEN - timedelta(minutes=minutes)) == text
    assert lead_text(TEN, TEN - timedelta(minutes=minutes, seconds=30)) == text


@pytest.mark.parametrize(("minutes", "text"), [(16, "16 minutes"), (60, "1 hour"), (1439, "23 hours")])
def test_how_far_ahead_the_start_is(minutes: int, text: str) -> None:
    with pytest.raises(RuleError, match=f"begins in {text};"):
        require_begun(7, TEN, TEN - timedelta(minutes=minutes), force=False)


@pytest.mark.parametrize(
    ("by", "ahead_h", "charged", "said", "text"),
    [
        (TRAINER, 1, False, None, "Called off by the trainer: never charged."),
        (CLIENT, 24, False, None, "In time, 1 day before: the limit is 24 h before."),
        (CLIENT, 30, False, False, "In time, 1 day before: the limit is 24 h before."),
        (
            *(CLIENT, 48, False, True),
            "In time, 2 days before: the limit is 24 h before. That is never charged, whatever was said.",
        ),
        (
            *(CLIENT, 2, True, None),
            "Late, 2 hours before: the limit is 24 h before. The practice charges always.",
        ),
        (
            *(CLIENT, 2, False, None),
            "Late, 2 hours before: the limit is 24 h before. The practice never charges.",
        ),
        (CLIENT, 2, True, True, "Late, 2 hours before: the limit is 24 h before. Charged, as was said."),
        (
            CLIENT,
            2,
            False,
            False,
            "Late, 2 hours before: the limit is 24 h before. Not charged, as was said.",
        ),
    ],
)
def test_why_a_cancellation_costs_what_it_does(
    by: CancelledBy, ahead_h: int, charged: bool, said: bool | None, text: str
) -> None:
    now = TEN - timedelta(hours=ahead_h)
    assert why_cancelled(by, TEN, now, 24, charged=charged, said=said) == text


@pytest.mark.parametrize(
    ("charged", "said", "text"),
    [
        (True, None, "No-show. The practice charges always."),
        (False, None, "No-show. The practice never charges."),
        (True, True, "No-show. Charged, as was said."),
        (False, False, "No-show. Not charged, as was said."),
    ],
)
def test_why_a_no_show_costs_what_it_does(charged: bool, said: bool | None, text: str) -> None:
    assert why_no_show(charged=charged, said=said) == text


@pytest.mark.parametrize("policy", ChargePolicy)
def test_a_late_cancellation_goes_by_the_policy_and_the_trainers_own_never(policy: ChargePolicy) -> None:
    assert cancellation_costs(CLIENT, late=True, policy=policy, said=True) is True
    assert cancellation_costs(TRAINER, late=True, policy=policy, said=True) is False
    assert cancellation_costs(CLIENT, late=False, policy=policy, said=True) is False


def test_those_of_one_group_are_one_and_of_two_are_not() -> None:
    group, other = int("1000"), int("1000") + 1
    assert not clash(slot(1, group=group), slot(2, client=2, group=int("1000")))
    assert clash(slot(1, group=group), slot(2, client=2, group=other))
    assert clash(slot(1, group=other), slot(2, client=2, group=group))
    assert clash(slot(1), slot(2, client=2, group=group))
    assert clash(slot(1), slot(2, client=2))


def test_a_group_is_in_the_way_once_by_the_clients_own_place_in_it() -> None:
    booked = [slot(5, client=2, group=9), slot(6, client=1, group=9), slot(7, client=3, group=9)]
    assert [each.id for each in in_the_way(slot(None), booked)] == [6]
    assert [each.id for each in in_the_way(slot(None, client=4), booked)] == [5]
    assert [each.id for each in in_the_way(slot(None, client=2), booked[::-1])] == [5]
    assert [each.id for each in in_the_way(slot(None, client=0), booked[::-1])] == [5]


def test_those_in_the_way_are_named_by_time_and_then_by_number() -> None:
    booked = [slot(8, 30), slot(3, 30, client=2), slot(4, -30, client=3), slot(9, 10, client=2, group=1)]
    assert [each.id for each in in_the_way(slot(None), booked)] == [4, 9, 3, 8]


@given(st.lists(st.integers(0, 600), max_size=12))
def test_every_pair_that_clashes_is_found_once_among_several(starts: list[int]) -> None:
    slots = [slot(number, start) for number, start in enumerate(starts, 1)]
    found = {frozenset((one.id, other.id)) for one, other in among_themselves(slots)}
    pairs = [(one, other) for one in slots for other in slots if (one.id or 0) < (other.id or 0)]
    assert found == {frozenset((one.id, other.id)) for one, other in pairs if clash(one, other)}
    assert len(among_themselves(slots)) == len(found)
    assert all(one.starts_at <= other.starts_at for one, other in among_themselves(slots))
