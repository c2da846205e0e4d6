"""Clashes of groups and of what is booked together, and why a cancellation costs what it does."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptrack.scheduling.rules import (
    CancelledBy,
    Slot,
    among_themselves,
    clash,
    in_the_way,
    lead_text,
    why_cancelled,
    why_no_show,
)

TEN = datetime(2026, 11, 24, 9, tzinfo=UTC)


def slot(
    number: int | None, minutes: int = 0, client: int = 1, trainer: int = 1, group: int | None = None
) -> Slot:
    return Slot(number, client, trainer, TEN + timedelta(minutes=minutes), 60, group_id=group)


def test_those_of_one_group_never_clash() -> None:
    assert not clash(slot(1, group=7), slot(2, client=2, group=7))
    assert not clash(slot(None, group=-1), slot(None, client=2, group=-1))
    assert clash(slot(1, group=7), slot(2, client=2, group=8))


def test_a_group_is_in_the_way_once_by_the_clients_own_place_in_it() -> None:
    group = [slot(5, client=5, group=7), slot(6, client=1, group=7), slot(7, client=6, group=7)]
    assert [each.id for each in in_the_way(slot(None), group)] == [6]
    assert [each.id for each in in_the_way(slot(None, client=9), group)] == [5]
    alone = slot(4, 30, client=4)
    assert [each.id for each in in_the_way(slot(None, client=9), [*group, alone])] == [5, 4]


def test_what_is_booked_together_may_meet_itself() -> None:
    assert among_themselves([slot(None), slot(None, 60), slot(None, 120)]) == []
    first, second = slot(None), slot(None, 59)
    assert among_themselves([second, first]) == [(first, second)]


SLOTS = st.builds(
    slot,
    st.none(),
    st.integers(0, 400),
    st.integers(1, 3),
    st.integers(1, 3),
    st.one_of(st.none(), st.integers(-3, -1)),
)


@given(st.lists(SLOTS, max_size=12))
@settings(max_examples=300, deadline=None)
def test_the_sweep_finds_every_pair(slots: list[Slot]) -> None:
    pairs = [(a, b) for number, a in enumerate(slots) for b in slots[number + 1 :] if clash(a, b)]
    found = among_themselves(slots)
    assert len(found) == len(pairs)
    assert all(clash(a, b) for a, b in found)


@pytest.mark.parametrize(
    ("hours", "text"),
    [(49, "2 days before"), (3.5, "3 hours before"), (0.5, "30 minutes before"), (0, "as it begins"),
     (-1, "after it began")],
)  # fmt: skip
def test_how_long_before(hours: float, text: str) -> None:
    assert lead_text(TEN, TEN - timedelta(hours=hours)) == text


def test_why_a_cancellation_costs_what_it_does() -> None:
    def why(by: CancelledBy, hours: float, charged: bool, said: bool | None = None) -> str:
        return why_cancelled(by, TEN, TEN - timedelta(hours=hours), 24, charged=charged, said=said)

    client = CancelledBy.CLIENT
    assert why(CancelledBy.TRAINER, 1, charged=False) == "Called off by the trainer: never charged."
    assert why(client, 48, charged=False) == "In time, 2 days before: the limit is 24 h before."
    assert why(client, 24, charged=False) == "In time, 1 day before: the limit is 24 h before."
    assert why(client, 48, charged=False, said=True).endswith(" That is never charged, whatever was said.")
    late = "Late, 3 hours before: the limit is 24 h before. "
    assert why(client, 3, charged=True) == late + "The practice charges always."
    assert why(client, 3, charged=False) == late + "The practice never charges."
    assert why(client, 3, charged=True, said=True) == late + "Charged, as was said."
    assert why(client, 3, charged=False, said=False) == late + "Not charged, as was said."
    assert why_no_show(charged=True, said=None) == "No-show. The practice charges always."
