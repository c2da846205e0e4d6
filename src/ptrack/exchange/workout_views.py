"""What became of files of workouts, on a page and for programs to read."""

from collections.abc import Sequence
from typing import Any

from ptrack.exchange.report_views import (
    EXERCISE_HINTS,
    counted,
    made_title,
    name_parts,
    rejected_data,
    rejected_parts,
    reports_document,
    skipped_text,
    unresolved_data,
)
from ptrack.exchange.workouts import Report
from ptrack.output.document import Document, Fields, Heading, Part

_REASONS = {
    "rest_timer": "rest timers",
    "note": "notes",
    "nothing_done": "nothing done",
    "empty": "empty",
}


def imported_data(report: Report) -> dict[str, Any]:
    """One file's report for programs.

    `rows` = `rows_imported` + `duplicates` + rejected + `skipped`, and `rows_refused` where nothing was kept
    because of the rows and names listed.
    """
    written, refused = report.written, report.is_refused
    counts = {
        "workouts": written.workouts,
        "sets": written.sets,
        "exercises": written.exercises,
        "aliases": written.aliases,
        "appointments": 0,
        "groups": 0,
        "series": 0,
    }
    return {
        "batch": report.batch,
        "format": report.format,
        "file": report.file,
        "rows": report.account.rows,
        "created": dict.fromkeys(counts, 0) if refused else counts,
        "updated": 0 if refused else written.updated,
        "duplicates": written.rows_duplicate,
        "skipped": report.account.skipped.total(),
        "skipped_reasons": dict(report.account.skipped),
        "rejected": rejected_data(report.rejected),
        "unresolved": unresolved_data(report.unresolved),
        "rows_imported": 0 if refused else written.rows_imported,
        "rows_duplicate": written.rows_duplicate,
        "rows_refused": written.rows_imported if refused else 0,
        "kept_edited": written.kept,
        "unknown_columns": list(report.unknown_columns),
        "dry_run": report.is_dry,
    }


def imported_document(reports: Sequence[Report]) -> Document:
    """What became of the files: a report each."""
    return reports_document(reports, imported_data, _report_parts)


def _report_parts(report: Report) -> list[Part]:
    heading = Heading(report.file, f"{report.format.capitalize()}, {counted(report.account.rows, 'row')}")
    parts: list[Part] = [heading, Fields(_pairs(report))]
    parts += rejected_parts(report.account.rejected)
    parts += name_parts(report.unresolved, "Not in the library", EXERCISE_HINTS)
    return parts


def _pairs(report: Report) -> list[tuple[str, str]]:
    written = report.written
    made = f"{counted(written.workouts, 'workout')}, {counted(written.sets, 'set')}"
    if written.exercises:
        made += f", {counted(written.exercises, 'exercise')}"
    return [
        (made_title(report), made),
        ("Updated", counted(written.updated, "workout") if written.updated else ""),
        ("There already", counted(written.rows_duplicate, "row") if written.rows_duplicate else ""),
        ("Left as you edited", counted(written.kept, "workout") if written.kept else ""),
        ("Skipped", skipped_text(report.account.skipped, _REASONS)),
        ("Rejected", counted(len(report.account.rejected), "row") if report.account.rejected else ""),
        ("Columns passed over", ", ".join(report.unknown_columns)),
    ]
