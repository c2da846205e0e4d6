"""What happens in a calendar happens to its appointments here, but for what the trainer has touched."""

from pathlib import Path

import pytest

from calendar_samples import STARTS, WEEKLY, calendar_file, event, take
from exchange_samples import one, rows_of
from harness import Run


def test_a_moved_event_moves_its_appointment(practice: Run, tmp_path: Path) -> None:
    take(practice, calendar_file(tmp_path, event()))
    moved = calendar_file(tmp_path, event("SEQUENCE:1", start="DTSTART:20261202T130000Z"))
    report = take(practice, moved)
    assert (report["updated"], report["created"]["appointments"]) == (1, 0)
    assert rows_of(tmp_path, STARTS) == [("12-02 13:00", "scheduled")]
    assert take(practice, moved)["duplicates"] == 1
    older = take(practice, calendar_file(tmp_path, event()))
    assert (older["updated"], older["duplicates"]) == (0, 1)


@pytest.mark.parametrize(("head", "lines"), [((), ("STATUS:CANCELLED",)), (("METHOD:CANCEL",), ())])
def test_a_cancelled_event_cancels_its_appointment_for_nothing(
    practice: Run, tmp_path: Path, head: tuple[str, ...], lines: tuple[str, ...]
) -> None:
    take(practice, calendar_file(tmp_path, event()))
    report = take(practice, calendar_file(tmp_path, event(*lines), head=head))
    assert report["cancelled"] == 1
    row = "SELECT status, cancelled_by FROM appointment"
    assert rows_of(tmp_path, row) == [("cancelled", "trainer")]
    assert one(tmp_path, "SELECT count(*) FROM session") == 0
    back = take(practice, calendar_file(tmp_path, event()))
    assert (back["updated"], rows_of(tmp_path, row)) == (1, [("scheduled", None)])


def test_what_is_missing_from_a_later_file_stays(practice: Run, tmp_path: Path) -> None:
    take(practice, calendar_file(tmp_path, event(), event(uid="two@test", start="DTSTART:20261203T100000Z")))
    take(practice, calendar_file(tmp_path, event()))
    assert one(tmp_path, "SELECT count(*) FROM appointment WHERE status = 'scheduled'") == 2


def test_what_the_trainer_edited_is_never_touched(practice: Run, tmp_path: Path) -> None:
    take(practice, calendar_file(tmp_path, event()))
    practice("appointments", "edit", "1", "--notes", "bring the strap")
    report = take(practice, calendar_file(tmp_path, event(start="DTSTART:20261202T130000Z")))
    assert (report["updated"], report["kept_edited"], report["duplicates"]) == (0, 1, 1)
    assert rows_of(tmp_path, STARTS) == [("12-01 09:00", "scheduled")]
    take(practice, calendar_file(tmp_path, event("STATUS:CANCELLED")))
    assert rows_of(tmp_path, STARTS) == [("12-01 09:00", "scheduled")]


def test_a_time_taken_out_of_a_series_is_cancelled_and_put_back(practice: Run, tmp_path: Path) -> None:
    take(practice, calendar_file(tmp_path, event(WEEKLY)))
    without = calendar_file(tmp_path, event(WEEKLY, "EXDATE;TZID=Europe/Berlin:20261208T100000"))
    assert take(practice, without)["cancelled"] == 1
    statuses = [status for _, status in rows_of(tmp_path, STARTS)]
    assert statuses == ["scheduled", "cancelled", "scheduled", "scheduled"]
    assert take(practice, without)["cancelled"] == 0
    assert take(practice, calendar_file(tmp_path, event(WEEKLY)))["updated"] == 1


def test_a_series_that_is_moved_as_a_whole_is_not_doubled(practice: Run, tmp_path: Path) -> None:
    take(practice, calendar_file(tmp_path, event(WEEKLY)))
    moved = calendar_file(tmp_path, event(WEEKLY, start="DTSTART;TZID=Europe/Berlin:20261201T170000"))
    report = take(practice, moved)
    assert (report["updated"], report["cancelled"], report["created"]["appointments"]) == (4, 0, 0)
    assert {start[6:] for start, _ in rows_of(tmp_path, STARTS)} == {"16:00"}
    assert take(practice, moved)["updated"] == 0
    assert one(tmp_path, "SELECT count(DISTINCT series_id) FROM appointment") == 1


def test_a_single_event_that_begins_to_repeat_is_not_doubled(practice: Run, tmp_path: Path) -> None:
    take(practice, calendar_file(tmp_path, event()))
    take(practice, calendar_file(tmp_path, event(WEEKLY)))
    assert one(tmp_path, "SELECT count(*) FROM appointment") == 4
    assert take(practice, calendar_file(tmp_path, event(WEEKLY)))["duplicates"] == 1
    back = take(practice, calendar_file(tmp_path, event()))
    assert (back["cancelled"], one(tmp_path, "SELECT count(*) FROM appointment")) == (3, 4)


def test_somebody_may_join_an_event(practice: Run, tmp_path: Path) -> None:
    take(practice, calendar_file(tmp_path, event()))
    take(practice, calendar_file(tmp_path, event(summary="Anna Berg and Ben Cole")))
    row = "SELECT client_id, group_id FROM appointment ORDER BY client_id"
    assert rows_of(tmp_path, row) == [(1, 1), (2, 1)]


def test_of_two_versions_in_a_file_the_newer_counts(practice: Run, tmp_path: Path) -> None:
    newer = event("SEQUENCE:2", start="DTSTART:20261202T130000Z")
    for events in ((newer, event("SEQUENCE:1")), (event("SEQUENCE:1"), newer)):
        report = take(practice, calendar_file(tmp_path, *events), "--dry-run")
        assert (report["created"]["appointments"], report["skipped_reasons"]) == (1, {"replaced": 1})
    take(practice, calendar_file(tmp_path, newer, event("SEQUENCE:1")))
    assert rows_of(tmp_path, STARTS) == [("12-02 13:00", "scheduled")]


def test_the_names_of_events_are_not_mixed_up(practice: Run, tmp_path: Path) -> None:
    slash = event(uid="one@test  20261208T090000Z", start="DTSTART:20261208T150000Z")
    take(practice, calendar_file(tmp_path, event(WEEKLY), slash))
    again = take(practice, calendar_file(tmp_path, event(WEEKLY), slash))
    assert (again["updated"], again["cancelled"]) == (0, 0)


def test_what_was_removed_here_does_not_come_back(practice: Run, tmp_path: Path) -> None:
    practice("appointments", "add", "anna", "2026-11-24 10:00")
    practice("export", "calendar", "-o", str(tmp_path / "out.ics"))
    practice("undo", "--yes")
    report = take(practice, str(tmp_path / "out.ics"))
    assert (report["skipped_reasons"], report["created"]["appointments"]) == ({"removed_here": 1}, 0)


def test_what_cannot_be_seen_in_a_name_tells_no_events_apart(practice: Run, tmp_path: Path) -> None:
    moved = event("RECURRENCE-ID:20261208T090000Z", uid="one\u202e@test", start="DTSTART:20261209T150000Z")
    take(practice, calendar_file(tmp_path, event(WEEKLY), moved))
    again = take(practice, calendar_file(tmp_path, event(WEEKLY), moved))
    assert (again["updated"], again["cancelled"], again["duplicates"]) == (0, 0, 2)
