"""How full a trainer's days are: booked ÷ working minutes, added up by hand beside the query."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ptrack.clients.queries import practice
from ptrack.database.fresh import create_database
from ptrack.database.reading import Reader, connect, instant_text
from ptrack.scheduling.hours_queries import Capacity, capacities, weeks_of
from ptrack.vocabulary import AppointmentStatus

MONDAY = date(2026, 10, 19)  # the clocks are put back on the Sunday of this week
FIRST = datetime(2026, 10, 18, 22, tzinfo=UTC)

BOOKINGS = st.lists(
    st.tuples(
        st.integers(1, 3),
        st.integers(-1500, 9 * 1440).map(lambda minute: minute // 15 * 15),
        st.integers(1, 240),
        st.sampled_from(AppointmentStatus),
        st.sampled_from((None, None, 1, 2)),
    ),
    max_size=12,
)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """Three trainers, the last of whom has left; the first works by day, the second at night."""
    path: Path = tmp_path_factory.mktemp("capacity") / "practice.db"
    create_database(path, "Europe/Berlin", FIRST)
    with closing(connect(path, "rw")) as connection:
        connection.executescript("""
            INSERT INTO trainer (id, name, role, commission_kind, commission, buffer_min, is_active) VALUES
              (2, 'Maya', 'trainer', 'percent', 0, 0, 1), (3, 'Fio', 'trainer', 'percent', 0, 0, 0);
            INSERT INTO client (id, name, channel, leaderboard_opt_in, status, created_at)
              VALUES (1, 'Anna', 'email', 0, 'active', '2026-01-01 00:00:00.000000');
            INSERT INTO appointment_group (id, created_at)
              VALUES (1, '2026-01-01 00:00:00.000000'), (2, '2026-01-01 00:00:00.000000');
            INSERT INTO working_hours VALUES (1, 0, 540, 1020), (1, 6, 540, 750), (2, 6, 0, 240);
            INSERT INTO day_off (trainer_id, first_day, last_day) VALUES (1, '2026-10-26', '2026-10-26');
        """)
        yield connection


@given(BOOKINGS, st.integers(0, 6), st.integers(0, 9))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_group_counts_once_and_cancelled_ones_not(
    books: sqlite3.Connection,
    bookings: list[tuple[int, int, int, AppointmentStatus, int | None]],
    skip: int,
    length: int,
) -> None:
    begin = MONDAY + timedelta(days=skip)
    end = begin + timedelta(days=length)
    reader = Reader(books)
    house = practice(reader)
    books.execute("BEGIN")
    blocks: dict[tuple[int, datetime, int], int] = {}
    for number, (trainer, minute, length_min, status, group) in enumerate(bookings, start=1):
        start = FIRST + timedelta(minutes=minute)
        books.execute(
            "INSERT INTO appointment (client_id, trainer_id, starts_at, duration_min, status, group_id,"
            " sequence, created_at) VALUES (1, ?, ?, ?, ?, ?, 0, ?)",
            (trainer, instant_text(start), length_min, status.value, group, instant_text(FIRST)),
        )
        if status is not AppointmentStatus.CANCELLED and begin <= house.local(start).date() <= end:
            key = (trainer, start, group or -number)
            blocks[key] = max(blocks.get(key, 0), length_min)
    found = capacities(reader, house, begin, end)
    books.execute("ROLLBACK")
    booked = dict.fromkeys((1, 2), 0)
    for (trainer, _, _), minutes in blocks.items():
        booked[trainer] = booked.get(trainer, 0) + minutes
    assert {capacity.trainer_id: capacity.booked_min for capacity in found} == booked
    days = [begin + timedelta(days=number) for number in range(length + 1)]
    first = sum({0: 480, 6: 210}.get(day.weekday(), 0) for day in days if day != date(2026, 10, 26))
    second = sum(300 if day == date(2026, 10, 25) else 240 for day in days if day.weekday() == 6)
    worked = {capacity.trainer_id: capacity.working_min for capacity in found}
    assert worked == {trainer: {1: first, 2: second}.get(trainer, 0) for trainer in booked}


def test_the_share_is_booked_by_working_time() -> None:
    assert Capacity(1, "Maya", 150, 1200).share == 0.125
    assert Capacity(1, "Maya", 90, 60).share == 1.5
    assert Capacity(1, "Maya", 90, 0).share is None


def test_weeks_begin_on_the_practices_first_weekday(books: sqlite3.Connection) -> None:
    reader = Reader(books)
    house = practice(reader)
    (this, after) = weeks_of(reader, house, date(2026, 10, 25), 2, 1)
    assert (this.first, this.last, this.capacity.working_min) == (MONDAY, date(2026, 10, 25), 690)
    assert (after.first, after.capacity.working_min) == (date(2026, 10, 26), 210)
    (sunday,) = weeks_of(reader, house._replace(first_weekday=6), date(2026, 10, 25), 1, 1)
    assert (sunday.first, sunday.last) == (date(2026, 10, 25), date(2026, 10, 31))
