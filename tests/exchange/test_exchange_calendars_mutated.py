"""Damaged calendars and tables of appointments: no traceback, and every event accounted for."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchange_samples import EXAMPLES
from mutations import EDITS, Edit, damaged, put_in, swapped
from ptrack.database.fresh import create_database
from ptrack.errors import PtrackError
from ptrack.exchange.appointments import Report, Wanted, import_appointments
from ptrack.exchange.bulk import Bulk, bulk_writing
from ptrack.exchange.occurrences import usual_horizon

NOW = datetime(2026, 11, 20, 9, 20, tzinfo=UTC)
CALENDAR = (EXAMPLES / "calendar.ics").read_bytes()
TABLE = (EXAMPLES / "appointments.csv").read_bytes()
WANTED = Wanted(usual_horizon(NOW), is_partial=True)
CASES, MANY_CASES = 1_500, 100_000
ADD_CLIENT = """
INSERT INTO client (name, leaderboard_opt_in, channel, status, created_at)
VALUES (?, 0, 'none', 'active', '2026-01-01 00:00:00.000000')"""

LINES = (
    b"BEGIN:VEVENT", b"END:VEVENT", b"BEGIN:VALARM", b"END:VCALENDAR", b"BEGIN:VCALENDAR", b"METHOD:CANCEL",
    b"RRULE:FREQ=SECONDLY", b"RRULE:FREQ=DAILY;INTERVAL=0", b"RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    b"RRULE:FREQ=YEARLY;BYYEARDAY=366;INTERVAL=999", b"RRULE:FREQ=WEEKLY;UNTIL=99991231", b"RRULE:;;=",
    b"RRULE:FREQ=DAILY;UNTIL=99991231T235959Z", b"RRULE:FREQ=DAILY;UNTIL=00010101T000000Z",
    b"RRULE:FREQ=MONTHLY;BYDAY=99MO;BYSETPOS=-400", b"RRULE:FREQ=DAILY;COUNT=-1",
    b"RRULE:FREQ=DAILY;SKIP=OMIT",
    b"EXDATE;VALUE=DATE:20261207", b"EXDATE:,,", b"RDATE;VALUE=PERIOD:20261201T100000Z/PT1H", b"RDATE:2026",
    b"RECURRENCE-ID:20261130T063000Z", b"RECURRENCE-ID;RANGE=THISANDFUTURE:20261130T063000Z",
    b"RECURRENCE-ID;VALUE=DATE:20261130", b"DTSTART:99991231T235959Z", b"DTSTART;VALUE=DATE:00010101",
    b"DTSTART;TZID=:20261201T100000", b"DTSTART;TZID=Europe:20261201T100000", b"DURATION:P99999999W",
    b"DTEND:00010101T000000Z", b"DURATION:-P1D",
    b"SEQUENCE:99999999999999999999", b"SEQUENCE:-1", b"STATUS:CANCELLED", b"UID:weekly@example.org", b"UID:",
    b'SUMMARY;LANGUAGE="de:PT Anna Berg', b"ATTENDEE:mailto:", b" folded", b"\tfolded", b"NO COLON", b":",
    b"X-WR-TIMEZONE:Europe", b"TZID:Europe/Berlin", b"BEGIN:VTIMEZONE", b"\xff\xfe", b"\x00", b"",
)  # fmt: skip
PLACE = st.floats(0, 1, exclude_max=True)
CALENDAR_EDITS = st.one_of(
    EDITS,
    st.builds(lambda where, line: put_in(where, b"\r\n" + line + b"\r\n"), PLACE, st.sampled_from(LINES)),
    st.builds(
        swapped,
        st.sampled_from([b"Europe/Berlin", b"20261", b"T", b"RRULE", b"DTSTART", b"UID:", b"\r\n", b"DATE"]),
        st.sampled_from([b"", b"Nowhere", b"99999", b"RDATE", b"DURATION", b"\n\n", b"EXDATE", b";"]),
    ),
)


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mutated") / "practice.db"
    create_database(path, "Europe/Berlin", NOW)
    with bulk_writing(path, NOW) as bulk:
        for name in ("Anna Berg", "Ben Cole"):
            bulk.connection.execute(ADD_CLIENT, (name,))
    return path


@pytest.fixture(scope="module")
def bulk(practice: Path) -> Iterator[Bulk]:
    with bulk_writing(practice, NOW) as open_bulk:
        yield open_bulk


def tried(bulk: Bulk, path: Path, raw: bytes) -> tuple[Report, Report] | None:
    """The reports on a file of those bytes imported twice, then taken back; None where it is refused."""
    path.write_bytes(raw)
    bulk.connection.execute("SAVEPOINT tried")
    try:
        (first,) = import_appointments(bulk, [path], WANTED)
        (second,) = import_appointments(bulk, [path], WANTED)
    except PtrackError:
        return None
    finally:
        bulk.connection.execute("ROLLBACK TO tried")
        bulk.connection.execute("RELEASE tried")
    return first, second


def accounted(reports: tuple[Report, Report] | None) -> None:
    """Every row is imported, there already, skipped or rejected; a second time nothing is new."""
    for report in reports or ():
        ledger = report.ledger
        settled = ledger.imported + ledger.duplicates + ledger.skipped.total() + len(report.rejected)
        assert ledger.rows == settled
    if reports:
        again = reports[1].written
        assert (again.appointments, again.updated, again.cancelled) == (0, 0, 0)


def check(bulk: Bulk, practice: Path, raw: bytes, name: str) -> None:
    accounted(tried(bulk, practice.parent / name, raw))


quietly = settings(
    max_examples=CASES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    database=None,
)


@given(edits=st.lists(CALENDAR_EDITS, min_size=1, max_size=4))
@quietly
def test_damaged_calendars_are_accounted_for(bulk: Bulk, practice: Path, edits: list[Edit]) -> None:
    check(bulk, practice, damaged(CALENDAR, edits), "damaged.ics")


@given(edits=st.lists(EDITS, min_size=1, max_size=4))
@settings(quietly, max_examples=500)
def test_damaged_tables_are_accounted_for(bulk: Bulk, practice: Path, edits: list[Edit]) -> None:
    check(bulk, practice, damaged(TABLE, edits), "damaged.csv")


@pytest.mark.full
@given(edits=st.lists(CALENDAR_EDITS, min_size=1, max_size=6))
@settings(quietly, max_examples=MANY_CASES)
def test_many_damaged_calendars_are_accounted_for(bulk: Bulk, practice: Path, edits: list[Edit]) -> None:
    check(bulk, practice, damaged(CALENDAR, edits), "damaged.ics")
