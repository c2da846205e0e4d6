"""`ptrack export`: what leaves the practice comes back the same."""

import csv
import io
import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from exchange_samples import one, rows_of
from harness import Run
from ptrack.clients.queries import practice as practice_of
from ptrack.database.fresh import create_database
from ptrack.database.reading import instant_text
from ptrack.exchange.appointment_queries import LeavingRow, Selection, leaving, practice_uid
from ptrack.exchange.appointment_views import leaving_table
from ptrack.exchange.appointments import Wanted, import_appointments
from ptrack.exchange.bulk import Bulk, bulk_writing
from ptrack.exchange.calendars import calendar_file
from ptrack.exchange.occurrences import Horizon
from ptrack.naming import clean
from ptrack.output.data import to_csv

NOW = datetime(2026, 11, 20, 9, 20, tzinfo=UTC)
EVER = Horizon(datetime(1990, 1, 1, tzinfo=UTC), datetime(2037, 1, 1, tzinfo=UTC))


@pytest.fixture
def studio(run: Run) -> Run:
    run("init", "--name", "Studio, Mitte", "--timezone", "Europe/Berlin")
    run("locations", "add", "Mitte", "--address", "Hauptstr. 1")
    run("clients", "add", "Anna Berg", "--email", "anna@example.org")
    run("clients", "add", "=Ben Cole")
    run(
        "appointments", "add", "anna", "2026-11-24 10:00", "--location", "mitte", "--notes", "=1+1, and\nmore"
    )
    run("appointments", "add", "anna,=ben", "2026-11-25 18:00", "--duration", "90")
    run("appointments", "add", "=ben", "2026-11-26 09:00")
    run("appointments", "cancel", "4", "--by", "trainer", "--reason", "ill")
    return run


def events(text: str) -> list[Any]:
    return list(Calendar.from_ical(text).walk("VEVENT"))


def test_a_calendar_shows_each_appointment_and_a_group_once(studio: Run) -> None:
    found = {str(event["summary"]): event for event in events(studio("export", "calendar").out)}
    assert found.keys() == {"Anna Berg", "Group (2): Anna Berg, =Ben Cole", "=Ben Cole"}
    anna = found["Anna Berg"]
    assert str(anna["location"]) == "Mitte, Hauptstr. 1"
    assert str(anna["description"]) == "=1+1, and\nmore"
    assert anna["dtstart"].dt == datetime(2026, 11, 24, 9, tzinfo=UTC)
    group = found["Group (2): Anna Berg, =Ben Cole"]
    assert group["dtend"].dt - group["dtstart"].dt == timedelta(minutes=90)
    assert str(found["=Ben Cole"]["status"]) == "CANCELLED"


def test_a_calendar_is_the_same_as_long_as_nothing_happens(
    studio: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = studio("export", "calendar", "--from", "2026-11-01").out
    monkeypatch.setenv("PTRACK_NOW", "2026-11-21T10:20:00+01:00")
    assert studio("export", "calendar", "--from", "2026-11-01").out == before
    studio("appointments", "edit", "1", "--when", "2026-11-24 11:00")
    after = studio("export", "calendar", "--from", "2026-11-01").out
    (moved,) = [event for event in events(after) if str(event["summary"]) == "Anna Berg"]
    assert (moved["sequence"], moved["dtstamp"].dt) == (1, datetime(2026, 11, 21, 9, 20, tzinfo=UTC))


def test_a_calendar_may_keep_names_and_notes_to_itself(studio: Run) -> None:
    text = studio("export", "calendar", "--private").out
    assert {str(event["summary"]) for event in events(text)} == {"A. B.", "=. C.", "Group (2): A. B., =. C."}
    assert "Anna" not in text
    assert "DESCRIPTION" not in text


def test_a_calendar_begins_thirty_days_back_unless_told(studio: Run) -> None:
    studio("appointments", "add", "anna", "2026-10-01 10:00")
    studio("appointments", "add", "anna", "2026-11-01 10:00")
    assert len(events(studio("export", "calendar").out)) == 4
    assert len(events(studio("export", "calendar", "--from", "2026-01-01").out)) == 5
    assert len(events(studio("export", "calendar", "--to", "2026-11-02").out)) == 1
    assert len(events(studio("export", "calendar", "--client", "anna").out)) == 3
    assert len(events(studio("export", "calendar", "--location", "mitte").out)) == 1


def test_appointments_leave_as_a_table(studio: Run) -> None:
    text = studio("export", "appointments").out
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["client"] for row in rows] == ["Anna Berg", "Anna Berg", "'=Ben Cole", "'=Ben Cole"]
    assert rows[0]["notes"] == "'=1+1, and\nmore"
    assert rows[0]["starts_at"] == "2026-11-24T10:00:00+01:00"
    assert (rows[1]["group"], rows[1]["group"]) == (rows[2]["group"], "1")
    assert (rows[3]["status"], rows[3]["cancelled_by"], rows[3]["reason"]) == ("cancelled", "trainer", "ill")
    data = studio("export", "appointments", "--json", "--status", "cancelled").json
    assert [(row["id"], row["client"]) for row in data] == [(4, "=Ben Cole")]


def test_a_file_is_private_and_never_overwritten_unasked(studio: Run, tmp_path: Path) -> None:
    target = tmp_path / "out.ics"
    said = studio("export", "calendar", "-o", str(target))
    assert (said.out, "4 appointments written to" in said.err) == ("", True)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    before = target.read_bytes()
    assert "--force" in studio("export", "calendar", "-o", str(target), "--private", status=1).err
    assert target.read_bytes() == before
    studio("export", "calendar", "-o", str(target), "--private", "--force")
    assert target.read_bytes() != before
    assert "directory" in studio("export", "appointments", "-o", str(tmp_path), status=2).err
    assert "does not exist" in studio("export", "appointments", "-o", str(tmp_path / "x/y"), status=2).err
    assert studio("export", "appointments", "-o", "-").out.startswith("id,uid,")


def test_our_own_files_are_known_again(studio: Run, tmp_path: Path) -> None:
    calendar, table = tmp_path / "out.ics", tmp_path / "out.csv"
    studio("export", "calendar", "-o", str(calendar))
    studio("export", "appointments", "-o", str(table))
    for file, rows in ((calendar, 3), (table, 4)):
        report = studio("import", "appointments", str(file), "--json").json
        assert (report["rows"], report["duplicates"], report["batch"]) == (rows, rows, None)
    assert one(tmp_path, "SELECT count(*) FROM appointment") == 4


def test_imported_appointments_keep_their_names_and_instances_have_their_own(
    run: Run, tmp_path: Path
) -> None:
    run("init", "--timezone", "Europe/Berlin")
    for name in ("Anna Berg", "Ben Cole"):
        run("clients", "add", name)
    run("import", "appointments", str(Path(__file__).parents[2] / "examples/calendar.ics"))
    found = [str(event["uid"]) for event in events(run("export", "calendar").out)]
    assert len(found) == len(set(found)) == 7
    assert "single@example.org" in found
    assert sum(uid.endswith("@ptrack") for uid in found) == 6
    (tmp_path / "out.ics").write_text(run("export", "calendar").out, newline="")
    report = run("import", "appointments", str(tmp_path / "out.ics"), "--json").json
    assert (report["duplicates"], report["batch"]) == (7, None)


def test_a_table_brings_back_groups_and_series(studio: Run, tmp_path: Path) -> None:
    studio("appointments", "add", "anna", "2026-12-01 08:00", "--repeat", "weekly", "--times", "3")
    studio("export", "appointments", "-o", str(tmp_path / "out.csv"))
    before = rows_of(tmp_path, SHAPE)
    (tmp_path / "practice.db").unlink()
    studio("init", "--timezone", "Europe/Berlin")
    studio("locations", "add", "Mitte")
    studio("clients", "add", "=Ben Cole")
    studio("clients", "add", "Anna Berg")
    studio("import", "appointments", str(tmp_path / "out.csv"))
    assert rows_of(tmp_path, SHAPE) == before


SHAPE = """
SELECT c.name, a.starts_at, a.duration_min, a.status, a.cancelled_by, a.reason, a.notes, l.name, a.group_id,
       r.repeats, a.sequence
FROM appointment a JOIN client c ON c.id = a.client_id LEFT JOIN location l ON l.id = a.location_id
LEFT JOIN appointment_series r ON r.id = a.series_id
ORDER BY a.starts_at, c.name"""

# Whatever was agreed

ADD_CLIENT = """
INSERT INTO client (name, leaderboard_opt_in, channel, status, created_at)
VALUES (?, 0, 'none', 'active', '2026-01-01 00:00:00.000000')"""
ADD_PLACE = "INSERT INTO location (name, name_key, is_active, buffer_min) VALUES (?, ?, 1, 0)"
ADD = """
INSERT INTO appointment (client_id, trainer_id, location_id, group_id, starts_at, duration_min, status, notes,
  sequence, is_late, created_at)
VALUES (?, 1, ?, ?, ?, ?, 'scheduled', ?, ?, 0, '2026-01-01 00:00:00.000000')"""
NAMES = ("Anna Berg", "Ben O'Brien", "Zoë de la Cruz", "王小明 李", "Anna-Lena Berg")

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.just(" "), max_size=80)
NOTES = st.lists(TEXTS.map(clean).filter(bool), max_size=3).map("\n".join)
AGREED = st.fixed_dictionaries(
    {
        "clients": st.lists(st.integers(0, len(NAMES) - 1), min_size=1, max_size=3, unique=True),
        "minute": st.integers(0, 12 * 366 * 24 * 60),
        "duration": st.integers(1, 1440),
        "place": st.booleans(),
        "notes": NOTES,
        "sequence": st.integers(0, 9),
    }
)


def fresh(folder: Path, name: str) -> Path:
    path = folder / name
    create_database(path, "Europe/Berlin", NOW)
    with bulk_writing(path, NOW) as bulk:
        for client in NAMES:
            bulk.connection.execute(ADD_CLIENT, (client,))
        bulk.connection.execute(ADD_PLACE, ("Mitte", "mitte"))
    return path


@pytest.fixture(scope="module")
def practices(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("leaving")
    return fresh(folder, "old.db"), fresh(folder, "new.db")


def agree(bulk: Bulk, agreed: list[dict[str, Any]]) -> None:
    for number, one_agreed in enumerate(agreed, 1):
        is_group = len(one_agreed["clients"]) > 1
        if is_group:
            bulk.connection.execute(
                "INSERT INTO appointment_group (id, created_at) VALUES (?, '2026-01-01 00:00:00.000000')",
                (number,),
            )
        start = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=one_agreed["minute"])
        for client in one_agreed["clients"]:
            values = (
                client + 1, 1 if one_agreed["place"] else None, number if is_group else None,
                instant_text(start), one_agreed["duration"], one_agreed["notes"] or None,
                one_agreed["sequence"],
            )  # fmt: skip
            bulk.connection.execute(ADD, values)


def content(rows: list[LeavingRow]) -> list[tuple[Any, ...]]:
    """What is agreed, without the numbers of this practice."""
    sizes = [row.group for row in rows]
    return sorted(
        (row.client, row.starts_at, row.duration_min, row.status, row.location or "", row.notes or "",
         row.sequence, sizes.count(row.group) if row.group else 1)
        for row in rows
    )  # fmt: skip


@given(agreed=st.lists(AGREED, min_size=1, max_size=5))
@settings(
    max_examples=150,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_what_leaves_one_practice_enters_another_as_it_was(
    practices: tuple[Path, Path], tmp_path: Path, agreed: list[dict[str, Any]]
) -> None:
    old, new = practices
    with bulk_writing(old, NOW) as bulk:
        agree(bulk, agreed)
        house, uid = practice_of(bulk.reader), practice_uid(bulk.reader)
        rows = leaving(bulk.reader, Selection())
        bulk.keep = False
    (tmp_path / "a.ics").write_bytes(calendar_file(rows, house, uid))
    stream = io.StringIO(newline="")
    to_csv(leaving_table(rows, house, uid), stream)
    (tmp_path / "a.csv").write_bytes(stream.getvalue().encode())
    for name in ("a.csv", "a.ics"):
        with bulk_writing(new, NOW) as bulk:
            (report,) = import_appointments(bulk, [tmp_path / name], Wanted(EVER))
            assert not report.rejected, json.dumps(report.rejected)
            entered = content(leaving(bulk.reader, Selection()))
            (again,) = import_appointments(bulk, [tmp_path / name], Wanted(EVER))
            assert again.ledger.duplicates == again.ledger.rows
            bulk.keep = False
        if name == "a.csv":
            assert entered == content(rows)
        else:
            assert without_titles(entered) == content(rows)


def without_titles(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """An event's title stands in the notes where it says more than a name, as a group's does."""
    kept = []
    for row in rows:
        first, _, rest = row[5].partition("\n")
        kept.append((*row[:5], rest if first.startswith("Group (") else row[5], *row[6:]))
    return sorted(kept)
