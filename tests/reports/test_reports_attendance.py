"""Attendance, worked by hand: who came, who did not, and who called off too late."""

from collections import Counter
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ptrack.output.data import document_data
from ptrack.output.document import Lines
from ptrack.progress.rules.periods import Period
from ptrack.reports.attendance import Attendance, Kept, attendance, attendance_document
from ptrack.reports.periods import month_of
from ptrack.reports.whose import Whose
from report_rows import Rows, put_back

NOVEMBER = month_of(date(2026, 11, 1))
ALWAYS = Period()


def _late(rows: Rows, client: int, at: str, **more: int) -> None:
    rows.appointment(client, at, "cancelled", cancelled_by="client", is_late=1, **more)


@pytest.fixture
def autumn(rows: Rows) -> Rows:
    """Anna comes twice of four times, Ben always; what was called off in time does not count."""
    anna, ben = rows.client("Anna Berg"), rows.client("Ben Olsen")
    olof = rows.trainer("Olof Berg")
    rows.appointment(anna, "2026-11-02 09:00", "completed")  # a Monday
    rows.appointment(anna, "2026-11-09 09:30", "completed")  # a Monday
    rows.appointment(anna, "2026-11-16 09:00", "no_show")  # a Monday
    _late(rows, anna, "2026-11-18 18:00")  # a Wednesday
    rows.appointment(anna, "2026-11-19 18:00", "cancelled", cancelled_by="client")
    rows.appointment(anna, "2026-11-19 19:00", "cancelled", cancelled_by="trainer")
    rows.appointment(anna, "2026-11-24 09:00", "scheduled")
    for at in ("2026-10-24 09:00", "2026-10-26 09:00", "2026-11-01 00:30"):
        rows.appointment(ben, at, "completed", trainer=olof)
    return rows


def _of(rows: Rows, period: Period = ALWAYS, whose: Whose | None = None) -> Attendance:
    return attendance(rows.reader, rows.house, period, whose or Whose())


def test_the_rate_is_what_was_kept_of_kept_missed_and_late(autumn: Rows) -> None:
    found = _of(autumn)
    assert found.total == Kept(5, 1, 1)
    assert (found.total.expected, found.total.rate, found.total.no_show_rate) == (7, 71.4, 14.3)
    anna, ben = found.clients
    assert (anna.client, anna.kept, anna.kept.rate) == ("Anna Berg", Kept(2, 1, 1), 50.0)
    assert (ben.client, ben.kept, ben.kept.rate) == ("Ben Olsen", Kept(3), 100.0)


def test_large_counts_are_told_with_their_thousands(autumn: Rows) -> None:
    found = _of(autumn)._replace(total=Kept(14_979, 1_021, 0))
    (told,) = [part for part in attendance_document(found, autumn.house).parts if isinstance(part, Lines)]
    assert "of 16,000 kept: 14,979 came, 1,021 no-shows, 0 late" in str(told)


def test_patterns_are_those_of_the_wall_clock(autumn: Rows) -> None:
    found = _of(autumn)
    assert found.weekdays == {
        0: Kept(3, 1, 0),  # Mondays, one of them after the clocks were put back
        2: Kept(0, 0, 1),
        5: Kept(1),
        6: Kept(1),  # half past midnight on Sunday 1 November is still Saturday in UTC
    }
    assert found.hours == {0: Kept(1), 9: Kept(4, 1, 0), 18: Kept(0, 0, 1)}
    assert found.months == {"2026-10": Kept(2), "2026-11": Kept(3, 1, 1)}


def test_a_month_begins_at_midnight(autumn: Rows) -> None:
    autumn.appointment(1, "2026-12-01 00:00", "completed")
    assert _of(autumn, NOVEMBER).total == Kept(3, 1, 1)
    assert _of(autumn, month_of(date(2026, 10, 1))).total == Kept(2)


def test_one_trainer_client_or_place(autumn: Rows) -> None:
    nord = autumn.place("Nord")
    autumn.appointment(1, "2026-11-20 09:00", "completed", location_id=nord)
    assert _of(autumn, whose=Whose(client_id=1)).total == Kept(3, 1, 1)
    assert _of(autumn, whose=Whose(trainer_id=2)).total == Kept(3)
    assert _of(autumn, whose=Whose(location_id=nord)).total == Kept(1)
    assert _of(autumn, whose=Whose(client_id=2, location_id=nord)).total == Kept()


def test_of_nothing_there_is_no_rate(rows: Rows) -> None:
    found = _of(rows)
    assert (found.total.rate, found.total.no_show_rate, found.clients) == (None, None, ())
    data = document_data(attendance_document(found, rows.house))
    assert (data["completed"], data["rate"], data["clients"], data["hours"]) == (0, None, [], [])
    assert [day["rate"] for day in data["weekdays"]] == [None] * 7


def test_a_charge_that_was_waived_leaves_the_absence(rows: Rows) -> None:
    """The late flag stays on the appointment whatever became of the credit."""
    anna = rows.client("Anna Berg")
    _late(rows, anna, "2026-11-18 18:00")
    assert _of(rows).total == Kept(0, 0, 1)


WALL_TIMES = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31, 23)).map(
    lambda moment: moment.replace(minute=0, second=0, microsecond=0)
)
STATUSES = st.sampled_from(["completed", "no_show", "late", "cancelled", "scheduled"])
BOOKINGS = st.lists(st.tuples(st.integers(1, 3), WALL_TIMES, STATUSES), max_size=25)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(bookings=BOOKINGS, data=st.data())
def test_every_breakdown_adds_up_whatever_the_order(
    rows: Rows, bookings: list[tuple[int, datetime, str]], data: st.DataObject
) -> None:
    told = []
    for order in (bookings, data.draw(st.permutations(bookings))):
        with put_back(rows):
            for name in ("Anna", "Ben", "Cleo"):
                rows.client(name)
            first = rows.reader.value("SELECT min(id) FROM client")
            for client, at, status in order:
                if status == "late":
                    _late(rows, client + first - 1, at.isoformat(" "))
                else:
                    rows.appointment(client + first - 1, at.isoformat(" "), status)
            told.append(_of(rows))
    found = told[0]
    by_name = {(row.client, row.kept) for row in found.clients}
    assert {(row.client, row.kept) for row in told[1].clients} == by_name
    assert found._replace(clients=()) == told[1]._replace(clients=())
    counts = Counter(status for _, _, status in bookings)
    assert found.total == Kept(counts["completed"], counts["no_show"], counts["late"])
    for parts in (
        found.weekdays.values(),
        found.hours.values(),
        found.months.values(),
        [row.kept for row in found.clients],
    ):
        assert Kept(*map(sum, zip(*parts, strict=True))) == found.total if parts else not found.total.expected
