"""Appointments that come in and go out, on a page."""

from collections.abc import Sequence
from typing import Any

from ptrack.clients.queries import Practice
from ptrack.exchange.appointment_queries import LeavingRow
from ptrack.exchange.appointments import Report
from ptrack.exchange.calendars import uid_of
from ptrack.exchange.report_views import (
    counted,
    made_title,
    name_parts,
    rejected_data,
    rejected_parts,
    reports_document,
    skipped_text,
    unresolved_data,
)
from ptrack.output.document import Column, Document, Fields, Heading, Hint, Part, Table

_REASONS = {
    "all_day": "all day",
    "cancelled": "cancelled",
    "empty": "empty",
    "free": "shown as free time",
    "no_duration": "without a length",
    "outside": "outside the days looked at",
    "over_a_day": "longer than a day",
    "removed_here": "removed here since",
    "replaced": "replaced in the same file",
}
_NAME_HINTS = (
    Hint("--client NAME", "if all of them are one client's"),
    Hint("--map FILE", "say who is who: a CSV of theirs,ours"),
)


def leaving_table(rows: Sequence[LeavingRow], practice: Practice, practice_uid: str) -> Table:
    """Appointments as CSV or JSON takes them out of the practice, one to a row."""
    columns = [
        Column("id"),
        Column("uid", value=lambda row: uid_of(row, practice_uid)),
        Column("starts_at", value=lambda row: practice.local(row.starts_at)),
        Column("ends_at", value=lambda row: practice.local(row.ends_at)),
        Column("duration_min"),
        Column("client"),
        Column("client_id"),
        Column("client_email"),
        Column("status"),
        Column("trainer"),
        Column("trainer_id"),
        Column("location"),
        Column("location_id"),
        Column("package"),
        Column("group"),
        Column("group_name"),
        Column("series"),
        Column("repeats"),
        Column("cancelled_by"),
        Column("reason"),
        Column("sequence"),
        Column("notes"),
    ]
    return Table(columns, rows)


def imported_data(report: Report) -> dict[str, Any]:
    """One file's report for programs.

    `rows` = `rows_imported` + `duplicates` + rejected + `skipped`, and `rows_refused` where nothing was kept
    because of the rows and names listed. A row of a calendar is an event, be it recurring.
    """
    written, ledger, refused = report.written, report.ledger, report.is_refused
    created = {
        "appointments": written.appointments,
        "groups": written.groups,
        "series": written.series,
        "workouts": 0,
        "sets": 0,
        "exercises": 0,
        "aliases": 0,
    }
    return {
        "batch": report.batch,
        "format": report.format,
        "file": report.file,
        "rows": ledger.rows,
        "created": dict.fromkeys(created, 0) if refused else created,
        "updated": 0 if refused else written.updated,
        "cancelled": 0 if refused else written.cancelled,
        "duplicates": ledger.duplicates,
        "skipped": ledger.skipped.total(),
        "skipped_reasons": dict(ledger.skipped),
        "rejected": rejected_data(report.rejected),
        "unresolved": unresolved_data(report.unresolved),
        "rows_imported": 0 if refused else ledger.imported,
        "rows_refused": ledger.imported if refused else 0,
        "kept_edited": written.kept,
        "past": 0 if refused else written.past,
        "overlapping": 0 if refused else written.overlapping,
        "unknown_columns": list(report.unknown_columns),
        "dry_run": report.is_dry,
    }


def imported_document(reports: Sequence[Report]) -> Document:
    """What became of the files: a report each."""
    return reports_document(reports, imported_data, _report_parts)


def _report_parts(report: Report) -> list[Part]:
    noun = "event" if report.format == "ics" else "row"
    parts: list[Part] = [
        Heading(report.file, counted(report.ledger.rows, noun)),
        Fields(_pairs(report)),
        *rejected_parts(report.rejected),
        *name_parts(report.unresolved, "No client of ours", _NAME_HINTS),
    ]
    return parts


def _pairs(report: Report) -> list[tuple[str, str]]:
    written, ledger = report.written, report.ledger
    made = [counted(written.appointments, "appointment")]
    made += [counted(written.groups, "group")] if written.groups else []
    made += [f"{written.series:,} series"] if written.series else []
    numbers = [
        (made_title(report), ", ".join(made)),
        ("Moved or changed", counted(written.updated, "appointment") if written.updated else ""),
        ("Called off", counted(written.cancelled, "appointment") if written.cancelled else ""),
        ("There already", counted(ledger.duplicates, "row") if ledger.duplicates else ""),
        ("Left as you have them", counted(written.kept, "appointment") if written.kept else ""),
        ("Skipped", skipped_text(report.ledger.skipped, _REASONS)),
        ("Rejected", counted(len(report.rejected), "row") if report.rejected else ""),
        ("Columns passed over", ", ".join(report.unknown_columns)),
    ]
    return [pair for pair in numbers if pair[1]]
