"""Exercises that come in and go out, on a page."""

from collections.abc import Mapping, Sequence
from typing import Any

from ptrack.exchange.exercise_rows import COLUMNS, LIST_COLUMNS, joined
from ptrack.exchange.exercises import Report
from ptrack.exchange.report_views import (
    counted,
    made_title,
    rejected_data,
    rejected_parts,
    reports_document,
    skipped_text,
)
from ptrack.exercises.queries import ExerciseDetails, ExerciseRow
from ptrack.output.document import Column, Document, Fields, Heading, Part, Table

_REASONS = {"empty": "empty", "other_language": "in another language"}
_SHOWN_WORDS = 8


def leaving_table(
    rows: Sequence[ExerciseRow], details: Mapping[int, ExerciseDetails], *, as_text: bool
) -> Table:
    """Exercises as CSV or JSON takes them out of the practice; `as_text` puts lists into one cell."""

    def value(column: str) -> Any:
        if column not in LIST_COLUMNS:
            return None

        def found(row: ExerciseRow) -> list[str] | str:
            words = [str(word) for word in getattr(details.get(row.id, ExerciseDetails()), column)]
            return joined(words) if as_text else words

        return found

    return Table([Column("id"), *(Column(column, value=value(column)) for column in COLUMNS)], rows)


def imported_data(report: Report) -> dict[str, Any]:
    """One file's report for programs.

    `rows` = `rows_imported` + `duplicates` + rejected + `skipped`, and `rows_refused` where nothing was kept
    because of the entries listed.
    """
    written, ledger, refused = report.written, report.ledger, report.is_refused
    created = {
        "exercises": written.exercises,
        "aliases": written.aliases,
        "workouts": 0,
        "sets": 0,
        "appointments": 0,
        "groups": 0,
        "series": 0,
    }
    return {
        "batch": report.batch,
        "format": report.format,
        "file": report.file,
        "rows": ledger.rows,
        "created": dict.fromkeys(created, 0) if refused else created,
        "updated": 0 if refused else written.updated,
        "duplicates": ledger.rows - ledger.imported - ledger.skipped.total() - len(ledger.rejected),
        "skipped": ledger.skipped.total(),
        "skipped_reasons": dict(ledger.skipped),
        "rejected": rejected_data(report.ledger.rejected),
        "unresolved": [],
        "rows_imported": 0 if refused else ledger.imported,
        "rows_refused": ledger.imported if refused else 0,
        "kept_edited": written.kept,
        "names_taken": written.names_taken,
        "unmapped": dict(ledger.unmapped),
        "unknown_columns": list(report.unknown),
        "more": report.more,
        "dry_run": report.is_dry,
    }


def imported_document(reports: Sequence[Report]) -> Document:
    """What became of the files: a report each."""
    return reports_document(reports, imported_data, _report_parts)


def _report_parts(report: Report) -> list[Part]:
    heading = Heading(report.file, f"{report.format}, {counted(report.ledger.rows, 'exercise')}")
    parts: list[Part] = [heading, Fields(_pairs(report)), *rejected_parts(report.ledger.rejected)]
    return parts


def _pairs(report: Report) -> list[tuple[str, str]]:
    written, data = report.written, imported_data(report)
    numbers = (
        ("Updated", written.updated),
        ("There already", data["duplicates"]),
        ("Left as you edited", written.kept),
        ("Rejected", len(report.ledger.rejected)),
    )
    return [
        (made_title(report), counted(written.exercises, "exercise")),
        *((title, counted(number, "exercise") if number else "") for title, number in numbers),
        ("Skipped", skipped_text(report.ledger.skipped, _REASONS, "exercise")),
        ("Names left out", f"{written.names_taken:,}: another has them" if written.names_taken else ""),
        ("Without a word here", _shortened([f"{word} ({n})" for word, n in report.ledger.unmapped.items()])),
        ("Passed over", _shortened(report.unknown)),
        ("Not in this file", f"{counted(report.more, 'exercise')} of the library" if report.more else ""),
    ]


def _shortened(words: Sequence[str]) -> str:
    more = len(words) - _SHOWN_WORDS
    return ", ".join(words[:_SHOWN_WORDS]) + (f" and {more:,} more" if more > 0 else "")
