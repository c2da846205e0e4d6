"""The practice's months, worked by hand, and as sums that hold for any rows."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ptrack.naming import Named
from ptrack.output.data import document_data
from ptrack.progress.rules.periods import Period
from ptrack.reports.attendance import Kept
from ptrack.reports.periods import last_months, month_of
from ptrack.reports.practice import Figures, PracticeFigures, practice_figures
from ptrack.reports.practice_page import practice_document
from report_rows import Rows, put_back

TODAY = date(2026, 11, 20)
QUARTER = last_months(TODAY, 3)


def _of(rows: Rows, period: Period = QUARTER, place: Named | None = None) -> PracticeFigures:
    return practice_figures(rows.reader, rows.house, period, TODAY, place)


def _months(found: PracticeFigures) -> dict[str, Figures]:
    return {row.month.key: row.figures for row in found.months}


def _data(found: PracticeFigures, rows: Rows) -> Any:
    return document_data(practice_document(found, rows.house))


@pytest.fixture
def autumn(rows: Rows) -> Rows:
    """Three clients from September to November; October, with its extra hour, is the busy month."""
    anna = rows.client("Anna Berg", "2026-09-30 23:59")
    ben = rows.client("Ben Olsen", "2026-10-01 00:00")
    cleo = rows.client("Cleo Marsh", "2026-01-01 12:00")
    rows.took_place(anna, "2026-10-01 00:00", duration_min=45, commission_cents=1000)
    rows.took_place(anna, "2026-10-24 09:00", commission_cents=1000)
    logged = rows.took_place(ben, "2026-10-25 02:30", commission_cents=500)
    rows.workout(ben, "2026-10-25 02:30", kind="trainer_led", session_id=logged, trainer_id=1)
    opened = rows.session(ben, "2026-10-31 23:59")  # nobody had booked it
    rows.workout(
        ben, "2026-10-31 23:59", kind="trainer_led", session_id=opened, trainer_id=1, status="in_progress"
    )
    rows.appointment(cleo, "2026-10-06 09:00", "no_show")
    rows.session(cleo, "2026-10-06 09:00", "no_show", commission_cents=999)
    rows.appointment(cleo, "2026-10-07 09:00", "cancelled", cancelled_by="client", is_late=1)
    rows.appointment(cleo, "2026-10-08 09:00", "cancelled", cancelled_by="client")
    rows.workout(cleo, "2026-11-01 00:00")
    rows.workout(cleo, "2026-11-02 10:00", status="skipped")
    rows.appointment(cleo, "2026-11-30 23:00", "scheduled")
    sold = rows.package(anna, "2026-10-31", 45000)
    rows.package(ben, "2026-10-31", 45000, source_package_id=sold)
    rows.package(ben, "2026-10-31", 90000, voided_at="2026-11-01 00:00:00.000000")
    rows.package(ben, "2026-11-01", 12050)
    rows.package(ben, "2026-11-30", None)
    return rows


def test_each_month_has_its_own_figures(autumn: Rows) -> None:
    months = _months(_of(autumn))
    assert months["2026-09"] == Figures(new_clients=1)
    assert months["2026-10"] == Figures(
        appointments=6,
        cancelled=2,
        completed=3,
        no_shows=1,
        late_cancellations=1,
        sessions=4,
        minutes=45 + 60 + 60 + 60,
        commission_cents=2500,
        booked=3,
        logged=1,
        packages_sold=1,
        income_cents=45000,
        new_clients=1,
        active_clients=2,
    )
    assert months["2026-11"] == Figures(
        appointments=1, packages_sold=2, income_cents=12050, packages_unpriced=1, active_clients=1
    )


def test_the_total_counts_who_was_active_once(autumn: Rows) -> None:
    autumn.workout(1, "2026-11-03 10:00")
    found = _of(autumn)
    assert [row.figures.active_clients for row in found.months] == [0, 2, 2]
    assert found.total.active_clients == 3
    assert (found.total.sessions, found.total.income_cents, found.total.new_clients) == (4, 57050, 2)


def test_rates_are_right_or_absent(autumn: Rows) -> None:
    months = _months(_of(autumn))
    october, november = months["2026-10"], months["2026-11"]
    assert october.kept == Kept(3, 1, 1)
    assert (october.kept.rate, october.kept.no_show_rate) == (60.0, 20.0)
    assert (october.adoption, october.logging_rate, october.hours) == (75.0, 25.0, 3.75)
    assert (november.kept.rate, november.kept.no_show_rate) == (None, None)
    assert (november.adoption, november.logging_rate, november.hours) == (None, None, 0.0)


def test_a_groups_hour_is_one_hour(rows: Rows) -> None:
    group = rows.insert("appointment_group", created_at="2026-01-01 00:00:00.000000")
    other = rows.insert("appointment_group", created_at="2026-01-01 00:00:00.000000")
    clients = [rows.client(name) for name in ("Anna", "Ben", "Cleo")]
    away = rows.appointment(clients[0], "2026-11-02 18:00", "no_show", group_id=group)
    rows.session(clients[0], "2026-11-02 18:00", "no_show", appointment_id=away)
    for client in clients:
        rows.took_place(client, "2026-11-02 18:00", group_id=group, duration_min=90)
        rows.took_place(client, "2026-11-03 18:00", group_id=other)
    november = _months(_of(rows))["2026-11"]
    assert (november.sessions, november.minutes) == (6, 90 + 60)


def test_one_place(autumn: Rows) -> None:
    nord = autumn.place("Nord")
    dana = autumn.client("Dana Vogt", "2026-11-05 12:00", location_id=nord)
    autumn.took_place(1, "2026-11-06 09:00", location_id=nord, commission_cents=700)
    autumn.package(dana, "2026-11-06", 9900)
    autumn.workout(dana, "2026-11-07 09:00")
    found = _of(autumn, place=Named(nord, "Nord"))
    assert _months(found)["2026-10"] == Figures()
    assert _months(found)["2026-11"] == Figures(
        appointments=1,
        completed=1,
        sessions=1,
        minutes=60,
        commission_cents=700,
        booked=1,
        packages_sold=1,
        income_cents=9900,
        new_clients=1,
        active_clients=1,
    )
    data = _data(found, autumn)
    assert (data["location"], data["location_id"]) == ("Nord", nord)


def test_programs_by_trainer(rows: Rows) -> None:
    maya = rows.trainer("Maya Lind")
    anna, ben = rows.client("Anna Berg", trainer_id=maya), rows.client("Ben Olsen")
    common = {"kind": "program", "weeks": 4, "days_per_week": 3, "created_at": "2026-01-01 00:00:00.000000"}
    for client, trainer, started, status in (
        (anna, None, "2026-09-01", "active"),  # hers, for she is Anna's trainer
        (anna, maya, "2026-08-31", "completed"),
        (ben, 1, "2026-11-30", "active"),
    ):
        rows.insert(
            "program", name="Full Body", client_id=client, trainer_id=trainer, start_date=started,
            status=status, **common,
        )  # fmt: skip
    assert [(row.trainer, row.started, row.active) for row in _of(rows).programs] == [
        ("Maya Lind", 1, 1),
        ("Owner", 1, 1),
    ]


def test_from_the_beginning_to_the_end_of_this_month(autumn: Rows) -> None:
    found = _of(autumn, Period())
    assert found.period == Period(date(2026, 1, 1), date(2026, 11, 30))
    assert len(found.months) == 11
    assert _of(autumn, Period(date(2026, 12, 24))).period == Period(date(2026, 12, 24), date(2026, 12, 24))
    before = _of(autumn, Period(None, date(2025, 5, 5)))
    assert (before.period.last, any(before.total)) == (date(2025, 5, 5), False)


def test_a_practice_in_which_nothing_has_happened(rows: Rows) -> None:
    found = _of(rows, Period())
    assert found.period == month_of(TODAY)
    assert not any(found.total)
    (month,) = _data(found, rows)["months"]
    assert (month["month"], month["sessions"], month["no_show_rate"]) == ("2026-11", 0, None)


def test_months_cut_off_count_only_their_days(autumn: Rows) -> None:
    found = _of(autumn, Period(date(2026, 10, 7), date(2026, 10, 25)))
    assert _months(found)["2026-10"] == Figures(
        appointments=4, cancelled=2, completed=2, late_cancellations=1, sessions=2, minutes=120,
        commission_cents=1500, booked=2, logged=1, active_clients=2,
    )  # fmt: skip


WALL_TIMES = st.datetimes(datetime(2026, 8, 25), datetime(2026, 12, 5)).map(
    lambda moment: moment.replace(hour=moment.hour or 12, minute=0, second=0, microsecond=0).isoformat(" ")
)
GIVEN = st.lists(st.tuples(WALL_TIMES, st.integers(1, 120), st.integers(0, 5000)), max_size=20)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(sessions=GIVEN, data=st.data())
def test_months_add_up_whatever_the_order(
    rows: Rows, sessions: list[tuple[str, int, int]], data: st.DataObject
) -> None:
    told = []
    for order in (sessions, data.draw(st.permutations(sessions))):
        with put_back(rows):
            anna = rows.client("Anna Berg")
            for at, minutes, share in order:
                rows.took_place(anna, at, duration_min=minutes, commission_cents=share)
                rows.package(anna, at[:10], share)
            told.append(_of(rows))
    assert told[0] == told[1]
    found = told[0]
    inside = [row for row in sessions if "2026-09-01" <= row[0][:10] <= "2026-11-30"]
    assert found.total.minutes == sum(row[1] for row in inside)
    assert found.total.commission_cents == found.total.income_cents == sum(row[2] for row in inside)
    summed = Figures(*map(sum, zip(*(row.figures for row in found.months), strict=True)))
    assert summed._replace(active_clients=0) == found.total._replace(active_clients=0)
    assert found.total.active_clients == bool(inside)
    for month in found.months:
        assert month.figures.sessions == sum(row[0].startswith(month.month.key) for row in inside)
