"""`ptrack import appointments` as its users meet it: calendars, whose they are, and when."""

import json
from pathlib import Path

import pytest

from calendar_samples import (
    CALENDARS,
    REAL,
    STARTS,
    WEEKLY,
    balances,
    calendar,
    calendar_file,
    event,
    sixty_clients,
    take,
)
from exchange_samples import EXAMPLES, one, rows_of
from harness import Ran, Run

# The example, and the files of others


def test_the_example_calendar(practice: Run, tmp_path: Path) -> None:
    report = take(practice, str(EXAMPLES / "calendar.ics"))
    made = {key: count for key, count in report["created"].items() if count}
    assert made == {"appointments": 8, "groups": 1, "series": 1}
    assert (report["rows"], report["rows_imported"]) == (6, 4)
    assert report["skipped_reasons"] == {"cancelled": 1, "all_day": 1}
    assert balances(report)
    assert rows_of(tmp_path, STARTS) == [
        ("11-23 06:30", "scheduled"),
        ("11-26 17:00", "scheduled"),
        ("11-27 16:00", "scheduled"),
        ("11-27 16:00", "scheduled"),
        ("11-30 06:30", "scheduled"),
        ("12-15 08:00", "scheduled"),
        ("12-21 06:30", "scheduled"),
        ("12-28 06:30", "scheduled"),
    ]
    notes = "PT Anna Berg\nStudio Mitte\nBring the heart-rate strap, and water"
    assert one(tmp_path, "SELECT notes FROM appointment WHERE uid = 'single@example.org'") == notes
    again = take(practice, str(EXAMPLES / "calendar.ics"))
    assert (again["duplicates"], again["updated"], again["batch"]) == (4, 0, None)
    assert not any(again["created"].values())


@pytest.mark.skipif(not CALENDARS, reason="the shared test data are not in a clone")
@pytest.mark.parametrize("file", CALENDARS, ids=lambda path: path.name)
def test_real_calendars_are_read_or_refused_with_a_reason(practice: Run, file: Path) -> None:
    truth = json.loads(Path(f"{file}.truth.json").read_text(encoding="utf-8"))
    arguments = (str(file), "--client", "anna", "--from", "2000-01-01", "--to", "2027-12-31")
    ran = practice("import", "appointments", *arguments, "--json", status=None)
    report = ran.json
    assert report["rows"] == truth["events"]
    assert report["skipped_reasons"].get("all_day", 0) == truth["all_day"]
    assert report["skipped_reasons"].get("cancelled", 0) == truth["cancelled"]
    assert balances(report)
    if file.name == "office365-invalid-timezone.ics":
        assert ran.status == 1
        assert '"Customized Time Zone" is not known' in report["rejected"][0]["reason"]
        return
    assert ran.status == 0
    assert report["created"]["appointments"] == {
        "apple-ical.ics": 1940,
        "google-dtstart-until-mismatch.ics": 13,
        "google-invalid-offset.ics": 8,
        "khal-lots-of-timezones.ics": 12,
        "khal-recuid-cancelled.ics": 5,
        "office365-extended-timezone.ics": 1,
        "recurring-with-single-change.ics": 3,
    }.get(file.name, 0)
    again = take(practice, *arguments)
    assert (again["updated"], again["cancelled"], again["batch"]) == (0, 0, None)


@pytest.mark.skipif(not CALENDARS, reason="the shared test data are not in a clone")
def test_the_sessions_of_a_google_calendar(run: Run, tmp_path: Path) -> None:
    sixty_clients(run)
    file = REAL / "clients/google-calendar-sessions.ics"
    truth = json.loads(Path(f"{file}.truth.json").read_text(encoding="utf-8"))
    report = take(run, str(file), "--from", "2025-01-01", "--to", "2025-12-31")
    singles = truth["single_timed"] - truth["cancelled"]
    assert report["created"]["appointments"] == singles + truth["series_occurrences_after_exdates"]
    assert (report["rows"], report["skipped"]) == (truth["records"], truth["cancelled"] + truth["all_day"])
    moved = (
        "SELECT count(*) FROM appointment WHERE starts_at LIKE '2025-03-27 17:00%' AND uid LIKE 'synth-w%'"
    )
    assert one(tmp_path, moved) == 1
    times = "SELECT DISTINCT substr(starts_at, 12, 5) FROM appointment WHERE uid LIKE 'synth-weekly%'"
    assert {time for (time,) in rows_of(tmp_path, times)} == {"06:30", "05:30", "17:00"}


# Whose it is


@pytest.mark.parametrize(
    ("summary", "lines", "who"),
    [
        ("PT Anna Berg", (), [1]),
        ("berg, anna - assessment", (), [1]),
        ("Session with Anna", (), [1]),
        ("Training", ("ATTENDEE;CN=A:mailto:Anna@Example.org",), [1]),
        ("Partner: Anna Berg & Ben Cole", (), [1, 2]),
    ],
)
def test_clients_are_known_by_address_and_by_name(
    practice: Run, tmp_path: Path, summary: str, lines: tuple[str, ...], who: list[int]
) -> None:
    take(practice, calendar_file(tmp_path, event(*lines, summary=summary)))
    assert [client for (client,) in rows_of(tmp_path, "SELECT client_id FROM appointment")] == who


@pytest.mark.parametrize("summary", ["Dentist", "Lunch with Anna Schmidt", "", "Annabel"])
def test_who_is_not_known_refuses_the_file(practice: Run, tmp_path: Path, summary: str) -> None:
    file = calendar_file(tmp_path, event(summary=summary), event(uid="two@test"))
    report = take(practice, file, status=1)
    assert (report["created"]["appointments"], report["rows_refused"]) == (0, 1)
    assert [row["column"] for row in report["rejected"]] == ["SUMMARY"]
    assert [one["name"] for one in report["unresolved"]] == [summary]
    assert one(tmp_path, "SELECT count(*) FROM appointment") == 0
    partial = take(practice, file, "--partial", status=3)
    assert partial["created"]["appointments"] == 1
    assert balances(report)
    assert balances(partial)


def test_a_map_says_who_is_who(practice: Run, tmp_path: Path) -> None:
    file = calendar_file(tmp_path, event(summary="AB early"), event(uid="two@test", summary="bc@work.test"))
    (tmp_path / "map.csv").write_text("theirs,ours\nAB early,anna\nbc@work.test,Ben Cole\n")
    report = take(practice, file, "--map", str(tmp_path / "map.csv"))
    assert report["created"]["appointments"] == 2
    assert rows_of(tmp_path, "SELECT client_id FROM appointment ORDER BY id") == [(1,), (2,)]


def test_a_client_may_be_named_for_all(practice: Run, tmp_path: Path) -> None:
    practice("trainers", "add", "Tom Reed")
    practice("locations", "add", "Mitte")
    file = calendar_file(tmp_path, event(summary="Whatever"))
    take(practice, file, "--client", "ben", "--trainer", "tom", "--location", "mitte")
    row = "SELECT client_id, trainer_id, location_id FROM appointment"
    assert rows_of(tmp_path, row) == [(2, 2, 1)]


# What is left out, and what is refused


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("TRANSP:TRANSPARENT",), "free"),
        (("X-MICROSOFT-CDO-BUSYSTATUS:FREE",), "free"),
        (("DTEND;TZID=Europe/Berlin:20261201T100000",), "no_duration"),
        (("DURATION:P2D",), "over_a_day"),
        (("STATUS:CANCELLED",), "cancelled"),
    ],
)
def test_what_is_no_appointment_is_skipped_by_reason(
    practice: Run, tmp_path: Path, lines: tuple[str, ...], reason: str
) -> None:
    report = take(practice, calendar_file(tmp_path, event(*lines)))
    assert (report["skipped_reasons"], report["created"]["appointments"]) == ({reason: 1}, 0)


@pytest.mark.parametrize(
    ("start", "lines", "reason"),
    [
        ("DTSTART:garbage", (), "cannot be read"),
        ("DTSTART;TZID=Middle Earth:20261201T100000", (), 'the time zone "Middle Earth" is not known'),
        ("DTSTART:19691231T100000Z", (), "not between 1970 and ten years ahead"),
        ("DTSTART:20991231T100000Z", (), "not between 1970 and ten years ahead"),
        ("DTSTART:20261201T100000Z", ("DTEND:20261201T090000Z",), "ends before it begins"),
        ("DTSTART:20261201T100000Z", ("RRULE:FREQ=SECONDLY",), "it repeats secondly"),
        ("DTSTART:20261201T100000Z", ("RRULE:FREQ=DAILY;INTERVAL=0",), "its interval is none"),
        ("DTSTART:20261201T100000Z", ("RRULE:FREQ=DAILY;BYMINUTE=1,2",), "within the hour"),
        ("DTSTART:20200101T100000Z", (f"DESCRIPTION:{'x' * 70_000}",), "over 64 KiB"),
        ("DTSTART:20200101T100000Z", ("X-JUNK:" + "x" * 1_100_000,), "over 1 MiB"),
    ],
)
def test_what_cannot_be_taken_is_rejected_with_its_line(
    practice: Run, tmp_path: Path, start: str, lines: tuple[str, ...], reason: str
) -> None:
    report = take(practice, calendar_file(tmp_path, event(*lines, start=start)), status=1)
    assert [row["line"] for row in report["rejected"]] == [4]
    assert reason in report["rejected"][0]["reason"]
    assert balances(report)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"Dear all,\nsee you on Tuesday.\n", "no header that tells when"),
        (b"\x00\x01\x02\x03" * 100, "no text file"),
    ],
)
def test_what_is_no_calendar_is_refused(practice: Run, tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "x").write_bytes(content)
    assert said in practice("import", "appointments", str(tmp_path / "x"), status=2).err
    forced = practice("import", "appointments", str(tmp_path / "x"), "--format", "ics", status=2).err
    assert "no calendar file" in forced or said in forced


def test_a_cut_off_file_says_so(practice: Run, tmp_path: Path) -> None:
    whole = calendar(event(), event(uid="two@test"))
    (tmp_path / "cut.ics").write_text(whole[: whole.rindex("SUMMARY")], newline="")
    report = take(practice, str(tmp_path / "cut.ics"), status=1)
    assert report["rejected"][0]["reason"] == "the event is cut off: it has no END:VEVENT"
    assert report["rows"] == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_encoding_is_read(practice: Run, tmp_path: Path, encoding: str) -> None:
    practice("clients", "add", "Zoë Müller")
    (tmp_path / "e.ics").write_bytes(calendar(event(summary="PT Zoë Müller")).encode(encoding))
    assert take(practice, str(tmp_path / "e.ics"))["created"]["appointments"] == 1


def test_a_letter_may_be_folded_in_the_middle(practice: Run, tmp_path: Path) -> None:
    practice("clients", "add", "Zoë Müller")
    raw = calendar(event(summary="PT Zoë Müller")).encode().replace(b"\xc3\xab", b"\xc3\r\n \xab")
    (tmp_path / "f.ics").write_bytes(raw)
    take(practice, str(tmp_path / "f.ics"))
    assert one(tmp_path, "SELECT client_id FROM appointment") == 3


# Times


@pytest.mark.parametrize(
    ("start", "head", "expected"),
    [
        ("DTSTART:20261201T100000Z", (), "2026-12-01 10:00"),
        ("DTSTART:20261201T100000", (), "2026-12-01 09:00"),
        ("DTSTART:20261201T100000", ("X-WR-TIMEZONE:America/New_York",), "2026-12-01 15:00"),
        ("DTSTART;TZID=Asia/Kolkata:20261201T100000", (), "2026-12-01 04:30"),
        ("DTSTART;TZID=W. Europe Standard Time:20261201T100000", (), "2026-12-01 09:00"),
        ("DTSTART;TZID=/vendor.org/2020/Europe/Berlin:20261201T100000", (), "2026-12-01 09:00"),
        ("DTSTART;TZID=Europe/Berlin:20260329T023000", (), "2026-03-29 01:30"),
        ("DTSTART;TZID=Europe/Berlin:20261025T023000", (), "2026-10-25 00:30"),
    ],
)
def test_times_are_placed_in_their_zone(
    practice: Run, tmp_path: Path, start: str, head: tuple[str, ...], expected: str
) -> None:
    take(practice, calendar_file(tmp_path, event(start=start), head=head))
    assert one(tmp_path, "SELECT substr(starts_at, 1, 16) FROM appointment") == expected


def test_a_zone_may_be_described_in_the_file(practice: Run, tmp_path: Path) -> None:
    zone = (
        "BEGIN:VTIMEZONE", "TZID:Studio time", "BEGIN:STANDARD", "DTSTART:19700101T000000",
        "TZOFFSETFROM:+0530", "TZOFFSETTO:+0530", "END:STANDARD", "END:VTIMEZONE",
    )  # fmt: skip
    file = calendar_file(tmp_path, event(start="DTSTART;TZID=Studio time:20261201T100000"), head=zone)
    take(practice, file)
    assert one(tmp_path, "SELECT substr(starts_at, 1, 16) FROM appointment") == "2026-12-01 04:30"


def test_a_zone_whose_rules_never_end_is_not_believed(practice: Run, tmp_path: Path) -> None:
    zone = (
        "BEGIN:VTIMEZONE", "TZID:Trap", "BEGIN:STANDARD", "DTSTART:16010101T000000", "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0100", "RRULE:FREQ=SECONDLY", "END:STANDARD", "END:VTIMEZONE",
    )  # fmt: skip
    file = calendar_file(tmp_path, event(start="DTSTART;TZID=Trap:20261201T100000"), head=zone)
    assert 'time zone "Trap"' in take(practice, file, status=1)["rejected"][0]["reason"]


def test_recurring_events_are_expanded_inside_a_horizon(practice: Run, tmp_path: Path) -> None:
    file = calendar_file(
        tmp_path, event("RRULE:FREQ=DAILY", start="DTSTART;TZID=Europe/Berlin:20200101T100000")
    )
    assert take(practice, file, "--dry-run")["created"]["appointments"] == 365 + 183
    inside = take(practice, file, "--from", "2026-12-01", "--to", "2026-12-10")
    assert inside["created"]["appointments"] == 10
    single = calendar_file(tmp_path, event(uid="s@test"), name="b.ics")
    outside = take(practice, single, "--from", "2027-01-01", "--to", "2027-01-31")
    assert outside["skipped_reasons"] == {"outside": 1}


def test_rules_that_give_nothing_or_too_much_end_soon(practice: Run, tmp_path: Path) -> None:
    never = event("RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", uid="never@test")
    hours = ",".join(map(str, range(24)))
    much = event(f"RRULE:FREQ=DAILY;BYHOUR={hours}", uid="much@test", start="DTSTART:19700101T100000Z")
    report = take(practice, calendar_file(tmp_path, never, much), "--partial", status=3)
    assert report["created"]["appointments"] == 1
    assert report["rejected"][0]["reason"] == "it repeats more than 5,000 times"


def test_what_differs_from_a_day_on_differs_for_all_that_follow(practice: Run, tmp_path: Path) -> None:
    later = event(
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20261215T100000",
        start="DTSTART;TZID=Europe/Berlin:20261216T120000",
    )
    take(practice, calendar_file(tmp_path, event(WEEKLY), later))
    days = [start for start, _ in rows_of(tmp_path, STARTS)]
    assert days == ["12-01 09:00", "12-08 09:00", "12-16 11:00", "12-23 11:00"]


def test_times_that_are_put_in_and_days_that_are_left_out(practice: Run, tmp_path: Path) -> None:
    lines = (
        WEEKLY,
        "RDATE;VALUE=PERIOD:20261203T090000Z/PT1H,20261204T090000Z/PT2H",
        "EXDATE;VALUE=DATE:20261208",
    )
    take(practice, calendar_file(tmp_path, event(*lines)))
    days = [start for start, _ in rows_of(tmp_path, STARTS)]
    assert days == ["12-01 09:00", "12-03 09:00", "12-04 09:00", "12-15 09:00", "12-22 09:00"]


@pytest.mark.parametrize("instance", ["RECURRENCE-ID;VALUE=DATE:20261208", "RECURRENCE-ID:20261208T090000Z"])
def test_an_instance_may_be_named_by_its_day(practice: Run, tmp_path: Path, instance: str) -> None:
    other = event(instance, start="DTSTART:20261209T150000Z")
    take(practice, calendar_file(tmp_path, event(WEEKLY), other))
    days = [start for start, _ in rows_of(tmp_path, STARTS)]
    assert days == ["12-01 09:00", "12-09 15:00", "12-15 09:00", "12-22 09:00"]


@pytest.mark.parametrize(
    "rule", ["FREQ=DAILY;UNTIL=99991231T235959Z;COUNT=3", "FREQ=DAILY;UNTIL=20261203", "FREQ=DAILY;COUNT=3"]
)
def test_rules_end_in_many_ways(practice: Run, tmp_path: Path, rule: str) -> None:
    assert take(practice, calendar_file(tmp_path, event(f"RRULE:{rule}")))["created"]["appointments"] == 3


# Undo, and what is said


def test_an_import_is_listed_and_taken_back(practice: Run, tmp_path: Path) -> None:
    both = event(uid="both@test", summary="Anna Berg, Ben Cole", start="DTSTART:20261203T100000Z")
    take(practice, calendar_file(tmp_path, event(WEEKLY), both))
    (batch,) = practice("import", "list", "--json").json
    assert (batch["kind"], batch["appointments"]) == ("appointments", 6)
    practice("appointments", "edit", "2", "--notes", "kept")
    practice("appointments", "cancel", "3", "--by", "trainer")
    undone = practice("import", "undo", "1", "--yes", "--json").json
    assert (undone["removed"]["appointments"], undone["left"]["appointments_edited"]) == (4, [2, 3])
    assert one(tmp_path, "SELECT count(*) FROM appointment_group") == 0
    assert one(tmp_path, "SELECT count(*) FROM appointment_series") == 1
    anew = take(practice, calendar_file(tmp_path, event(WEEKLY), both))
    assert anew["created"]["appointments"] == 4


def test_undo_takes_an_import_back_like_any_change(practice: Run, tmp_path: Path) -> None:
    take(practice, calendar_file(tmp_path, event(WEEKLY)))
    said = practice("undo", "--yes").out
    assert "4 appointments" in said
    assert one(tmp_path, "SELECT count(*) FROM appointment") == 0


def test_what_should_be_looked_at_is_said(practice: Run, tmp_path: Path) -> None:
    practice("appointments", "add", "ben", "2026-12-01 10:30")
    past = event(uid="past@test", start="DTSTART;TZID=Europe/Berlin:20261101T100000")
    ran = practice("import", "appointments", calendar_file(tmp_path, event(), past))
    assert "1 lies in the past and is open" in ran.err
    assert "1 is at the same time as something else of its trainer" in ran.err
    assert "2 appointments" in ran.out


def test_nothing_is_kept_of_a_rehearsal(practice: Run, tmp_path: Path) -> None:
    ran: Ran = practice("import", "appointments", calendar_file(tmp_path, event()), "--dry-run")
    assert "Would import" in ran.out
    assert one(tmp_path, "SELECT count(*) FROM appointment") == 0


def test_texts_are_kept_as_they_are(practice: Run, tmp_path: Path) -> None:
    line = "DESCRIPTION:=HYPERLINK(1)\\n[/red]\\, \x1b[31m\u202e<b>x</b>"
    take(practice, calendar_file(tmp_path, event(line)))
    notes = one(tmp_path, "SELECT notes FROM appointment")
    assert notes == "=HYPERLINK(1)\n[/red], [31m<b>x</b>"
    practice("appointments", "show", "1")
