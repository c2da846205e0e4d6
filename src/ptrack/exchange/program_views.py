"""What became of files of programs, on a page and for programs to read."""

from collections.abc import Hashable, Sequence
from typing import Any

from ptrack.exchange.program_drafts import WHOLE_PROGRAM, Rejected
from ptrack.exchange.program_import import NAMELESS, Report
from ptrack.exchange.program_writer import Brought
from ptrack.exchange.report_views import (
    EXERCISE_HINTS,
    SHOWN_REJECTED,
    counted,
    made_title,
    more_parts,
    name_parts,
    reports_document,
    unresolved_data,
)
from ptrack.output.document import (
    Document,
    Fields,
    Heading,
    Hint,
    Line,
    Lines,
    Part,
    Span,
    Style,
    line,
)

SHOWN_PROGRAMS = 20
_SKIPPED = {"rest": "of rest", "remark": "of remarks", "outside": "outside the tables"}
_OUTCOMES = {
    "created": "new",
    "updated": "brought up to date",
    "duplicate": "there already",
    "kept": "left as it is: edited or trained by since",
}


def imported_data(report: Report) -> dict[str, Any]:
    """One file's report for programs.

    `rows` = `rows_imported` + `duplicates` + rejected + `skipped`, and `rows_refused` where nothing was kept
    because of the rows and names listed.
    """
    written, refused = report.written, report.is_refused
    counts = {
        "programs": written.count("created"),
        "days": written.days,
        "prescriptions": written.prescriptions,
        "exercises": written.exercises,
        "aliases": written.aliases,
    }
    return {
        "batch": report.batch,
        "format": report.format,
        "file": report.file,
        "rows": report.account.rows,
        "created": dict.fromkeys(counts, 0) if refused else counts,
        "updated": 0 if refused else written.count("updated"),
        "duplicates": written.rows_duplicate,
        "skipped": report.account.skipped.total(),
        "skipped_reasons": dict(report.account.skipped),
        "rejected": [_rejected_data(one) for one in report.rejected],
        "unresolved": unresolved_data(report.unresolved),
        "rows_imported": 0 if refused else written.rows_imported,
        "rows_duplicate": written.rows_duplicate,
        "rows_refused": written.rows_imported if refused else 0,
        "kept_edited": written.count("kept"),
        "programs": [] if refused else [_brought_data(one, is_dry=report.is_dry) for one in written.programs],
        "unknown_columns": list(report.unknown_columns),
        "dry_run": report.is_dry,
    }


def _rejected_data(one: Rejected) -> dict[str, Any]:
    return {
        "line": one.place.line,
        "column": one.column or None,
        "reason": one.reason,
        "sheet": one.place.sheet,
        "place": one.place.shown,
        "text": one.text,
        "instead": one.instead or None,
    }


def _brought_data(one: Brought, *, is_dry: bool) -> dict[str, Any]:
    is_made_up = is_dry and one.outcome == "created"
    return {
        "id": None if is_made_up else one.id,
        "name": one.name,
        "client": one.client,
        "weeks": one.weeks,
        "outcome": one.outcome,
    }


def imported_document(reports: Sequence[Report]) -> Document:
    """What became of the files: a report each."""
    return reports_document(reports, imported_data, _report_parts)


def _report_parts(report: Report) -> list[Part]:
    kind = {"csv": "CSV", "json": "JSON"}.get(report.format, report.format)
    parts: list[Part] = [Heading(report.file, f"{kind}, {counted(report.account.rows, 'row')}")]
    parts.append(Fields(_pairs(report)))
    parts += _rejected_parts(report.rejected)
    parts += name_parts(report.unresolved, "Not in the library", EXERCISE_HINTS)
    if not report.is_refused and not report.is_dry:
        parts += [hint for one in report.written.programs if (hint := _next_step(one)) is not None][:1]
    return parts


def _next_step(one: Brought) -> Hint | None:
    if one.outcome != "created":
        return None
    if one.client is None:
        return Hint(f"ptrack programs assign {one.id} CLIENT", "assign")
    return Hint(f"ptrack programs show {one.id}", "look at it")


def _pairs(report: Report) -> list[tuple[str, str]]:
    written = report.written
    made = f"{counted(written.count('created'), 'program')}, {counted(written.days, 'day')}, "
    made += counted(written.prescriptions, "prescription")
    made += f", {counted(written.exercises, 'exercise')}" if written.exercises else ""
    skipped = ", ".join(
        f"{counted(count, 'row')} {_SKIPPED.get(reason, reason)}"
        for reason, count in report.account.skipped.items()
    )
    more = len(written.programs) - SHOWN_PROGRAMS
    return [
        (made_title(report), made),
        *((_brought_title(one, report), _brought_text(one)) for one in written.programs[:SHOWN_PROGRAMS]),
        ("More programs", f"{more:,}; all of them with --json" if more > 0 else ""),
        ("There already", counted(written.rows_duplicate, "row") if written.rows_duplicate else ""),
        ("Skipped", skipped),
        ("Rejected", counted(len(report.rejected), "row") if report.rejected else ""),
        ("Columns passed over", ", ".join(report.unknown_columns)),
    ]


def _brought_title(one: Brought, report: Report) -> str:
    if report.is_refused or report.is_dry:
        return "Program"
    return f"Program {one.id}"


def _brought_text(one: Brought) -> str:
    owner = f" for {one.client}" if one.client else ""
    length = f"{one.weeks} weeks" if one.weeks != 1 else "1 week"
    told = f"{length} (the file says nothing; --weeks N)" if one.is_long_unknown else length
    return f"{one.name}{owner}, {told}, {_OUTCOMES[one.outcome]}"


def _rejected_parts(rejected: Sequence[Rejected]) -> list[Part]:
    """The cells that cannot be taken: where they stand, what they say, why, and what could be written.

    Names that mean nothing here are told once each, below; why a program cannot be kept, once and not with
    every row of it.
    """
    told = list({_told_once(one): one for one in reversed(rejected) if one.instead != NAMELESS}.values())[
        ::-1
    ]
    if not told:
        return []
    parts: list[Part] = [Lines((line(Span("Rejected", Style.STRONG)),))]
    parts += [Lines(_rejected_lines(one)) for one in told[:SHOWN_REJECTED]]
    return [*parts, *more_parts(len(told) - SHOWN_REJECTED)]


def _told_once(one: Rejected) -> Hashable:
    """What is the same of those that one line is enough for."""
    return one[1:] if one.column == WHOLE_PROGRAM else one


def _rejected_lines(one: Rejected) -> list[Line]:
    where = f"{one.place.shown}  " if one.text else one.place.shown
    found = [line(Span(where, Style.MUTED), Span(one.text))]
    found.append(line(f"    {one.reason}"))
    if one.instead:
        found.append(line(Span("    write ", Style.MUTED), one.instead))
    return found
