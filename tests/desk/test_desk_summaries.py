"""Which records a summary names, and how it tells what was done."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from ptrack.desk.summaries import RECORDS_SHOWN, records_facts, totals_facts
from ptrack.progress.logged import LoggedRecord
from ptrack.progress.rules.records import Broken, SetFact
from ptrack.vocabulary import RecordKind, Unit

NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)


def a_record(number: int, value: float, previous: float | None, kind: RecordKind) -> LoggedRecord:
    return LoggedRecord(number, f"Lift {number}", Broken(kind, value, previous, NOON, 1, None), None)


def test_a_volume_is_told_in_the_practices_unit() -> None:
    assert totals_facts(3, 15, 1_500_000, Unit.KG)["volume"] == "1,500 kg"
    assert totals_facts(3, 15, 1_500_000, Unit.LB)["volume"] == "3,307 lb"
    assert totals_facts(3, 15, 0, Unit.LB)["volume"] == "0 lb"


def test_the_greatest_steps_are_named_in_their_order_before_first_ones_and_a_faster_pace_is_one() -> None:
    small = [a_record(number, 101_000, 100_000, RecordKind.WEIGHT) for number in range(RECORDS_SHOWN)]
    pace = a_record(100, 240, 300, RecordKind.PACE)
    slower = a_record(101, 299, 300, RecordKind.PACE)
    weighted = a_record(102, 5_000, 0, RecordKind.WEIGHT)
    first = a_record(103, 500_000, None, RecordKind.WEIGHT)
    told = records_facts([first, *small, slower, weighted, pace], Unit.KG)
    names = [record["exercise"] for record in told["records"]]
    assert names == [*(f"Lift {number}" for number in range(6)), "Lift 102", "Lift 100"]
    assert told["records_more"] == 4


@given(st.lists(st.tuples(st.integers(1, 500_000), st.none() | st.integers(0, 500_000)), max_size=30))
def test_none_is_lost_and_as_many_are_named_as_fit(broken: list[tuple[int, int | None]]) -> None:
    records = [a_record(number, *one, RecordKind.WEIGHT) for number, one in enumerate(broken)]
    told = records_facts(records, Unit.KG)
    assert len(told["records"]) == min(len(records), RECORDS_SHOWN)
    assert len(told["records"]) + told["records_more"] == len(records)
    numbers = [int(record["exercise"].split()[1]) for record in told["records"]]
    assert numbers == sorted(numbers)


def test_repetitions_are_told_with_what_was_lifted_and_bodyweight_without() -> None:
    fact = SetFact(1, NOON, 0, 0, reps=9, weight_g=35_000, effective_g=35_000, seconds=None, meters=None)
    loaded = a_record(1, 9, 7, RecordKind.REPS)._replace(broken=Broken(RecordKind.REPS, 9, 7, NOON, 1, fact))
    free = a_record(2, 12, None, RecordKind.REPS)
    told = records_facts([loaded, free], Unit.LB)["records"]
    assert told == [
        {"exercise": "Lift 1", "kind": "reps", "value": "9 reps at 77.16 lb", "previous": "7 reps"},
        {"exercise": "Lift 2", "kind": "reps", "value": "12 reps", "previous": None},
    ]
