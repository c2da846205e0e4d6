"""Imports on a page."""

from collections.abc import Sequence
from typing import Any

from ptrack.clients.queries import Practice
from ptrack.exchange.batches import APPOINTMENTS, EXERCISES, PROGRAMS, BatchRow, Undone
from ptrack.exchange.names import Unresolved
from ptrack.exchange.workouts import Report
from ptrack.output.document import (
    Column,
    Document,
    Fields,
    Heading,
    Hint,
    Lines,
    Part,
    Span,
    Style,
    Table,
    line,
    list_document,
)

SHOWN_REJECTED = 20
SHOWN_NAMES = 20
SHOWN_NUMBERS = 10
_NAME_HINTS = (
    Hint("--create", "make custom exercises of them"),
    Hint("--map FILE", "say which is which: a CSV of theirs,ours"),
)

_REASONS = {
    "rest_timer": "rest timers",
    "note": "notes",
    "nothing_done": "nothing done",
    "empty": "empty",
}


def report_data(report: Report) -> dict[str, Any]:
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
        "rejected": [
            {"line": number, "column": column or None, "reason": reason}
            for number, column, reason in report.rejected
        ],
        "unresolved": [{"name": one.name, "candidates": list(one.candidates)} for one in report.unresolved],
        "rows_imported": 0 if refused else written.rows_imported,
        "rows_duplicate": written.rows_duplicate,
        "rows_refused": written.rows_imported if refused else 0,
        "kept_edited": written.kept,
        "unknown_columns": list(report.unknown_columns),
        "dry_run": report.is_dry,
    }


def reports_document(reports: Sequence[Report]) -> Document:
    """What became of the files: a report each."""
    parts = [part for report in reports for part in _report_parts(report)]
    data = [report_data(report) for report in reports]
    return Document(parts, data=data[0] if len(data) == 1 else data)


def _report_parts(report: Report) -> list[Part]:
    heading = Heading(report.file, f"{report.format.capitalize()}, {report.account.rows:,} rows")
    parts: list[Part] = [heading, Fields(_pairs(report))]
    parts += rejected_parts(report.account.rejected)
    parts += name_parts(report.unresolved, "Not in the library", _NAME_HINTS)
    if report.batch is not None:
        parts.append(Hint(f"ptrack import undo {report.batch}", "take it back"))
    return parts


def _pairs(report: Report) -> list[tuple[str, str]]:
    written = report.written
    made = f"{counted(written.workouts, 'workout')}, {counted(written.sets, 'set')}"
    if written.exercises:
        made += f", {counted(written.exercises, 'exercise')}"
    return [
        (_made_title(report), made),
        ("Updated", counted(written.updated, "workout") if written.updated else ""),
        ("There already", counted(written.rows_duplicate, "row") if written.rows_duplicate else ""),
        ("Left as you edited", counted(written.kept, "workout") if written.kept else ""),
        ("Skipped", _skipped(report)),
        ("Rejected", counted(len(report.account.rejected), "row") if report.account.rejected else ""),
        ("Columns passed over", ", ".join(report.unknown_columns)),
    ]


def _made_title(report: Report) -> str:
    if report.is_refused:
        return "Not imported"
    return "Would import" if report.is_dry else "Imported"


def _skipped(report: Report) -> str:
    skipped = report.account.skipped
    if not skipped:
        return ""
    reasons = ", ".join(f"{count:,} {_REASONS.get(reason, reason)}" for reason, count in skipped.items())
    return f"{counted(skipped.total(), 'row')}: {reasons}"


def rejected_parts(rejected: Sequence[tuple[int, str, str]]) -> list[Part]:
    """The rows that cannot be taken, by line, column and reason."""
    if not rejected:
        return []
    columns = (
        Column("line", "Line", value=lambda row: row[0], align="right"),
        Column("column", "Column", value=lambda row: row[1], flexible=True, priority=1),
        Column("reason", "Why", value=lambda row: row[2], flexible=True),
    )
    parts: list[Part] = [Table(columns, rejected[:SHOWN_REJECTED], title="Rejected rows")]
    if len(rejected) > SHOWN_REJECTED:
        more = f"and {len(rejected) - SHOWN_REJECTED:,} more; all of them with --json"
        parts.append(Lines((line(Span(more, Style.MUTED)),)))
    return parts


def name_parts(names: Sequence[Unresolved], heading: str, hints: Sequence[Hint]) -> list[Part]:
    """The names that mean nothing here with what comes nearest, and what to do about them."""
    if not names:
        return []
    columns = (
        Column("name", heading, flexible=True),
        Column("candidates", "Nearest", show=", ".join, flexible=True, priority=1),
    )
    title = f"Names that mean nothing here: {len(names):,}"
    parts: list[Part] = [Table(columns, names[:SHOWN_NAMES], title=title)]
    if len(names) > SHOWN_NAMES:
        more = f"and {len(names) - SHOWN_NAMES:,} more; all of them with --json"
        parts.append(Lines((line(Span(more, Style.MUTED)),)))
    return [*parts, *hints]


def counted(number: int, noun: str) -> str:
    """`1 row`, `1,200 rows`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def batch_data(row: BatchRow, practice: Practice) -> dict[str, Any]:
    """One import for programs."""
    return {column.key: column.raw(row) for column in _batch_columns(practice) if column.in_data}


def _batch_columns(practice: Practice) -> list[Column]:
    def made(key: str) -> Any:
        return lambda row: row.counts.get(key, 0)

    def day(instant: Any) -> str:
        return f"{instant:%d %b %Y %H:%M}" if instant else ""

    return [
        Column("batch", "No", value=lambda row: row.id, align="right"),
        Column("kind", "Kind", priority=4),
        Column("format", "Format", priority=3),
        Column("file", "File", flexible=True),
        Column("rows", "Rows", value=lambda row: row.row_count, align="right", priority=5),
        Column("brought", "Brought", value=_brought, in_data=False, flexible=True),
        Column("workouts", value=made("workouts"), on_screen=False),
        Column("sets", value=made("sets"), on_screen=False),
        Column("appointments", value=made("appointments"), on_screen=False),
        Column("programs", value=made("programs"), on_screen=False),
        Column("exercises", value=made("exercises"), on_screen=False),
        Column("updated", "Updated", value=made("updated"), align="right", priority=7),
        Column(
            "created_at", "When", value=lambda row: practice.local(row.created_at), show=day, priority=2
        ),
        Column(
            "undone_at", "Taken back", priority=2, show=day,
            value=lambda row: practice.local(row.undone_at) if row.undone_at else None,
        ),
    ]  # fmt: skip


def _brought(row: BatchRow) -> str:
    """`3 workouts, 10 sets`."""
    nouns = ("appointment", "workout", "set", "program", "exercise")
    made = [(noun, row.counts.get(f"{noun}s", 0)) for noun in nouns]
    return ", ".join(counted(count, noun) for noun, count in made if count) or "nothing new"


def batches_document(rows: Sequence[BatchRow], practice: Practice) -> Document:
    """The list of imports."""
    empty = "No imports yet. Try one: ptrack import workouts FILE --client NAME --dry-run"
    return list_document(Table(_batch_columns(practice), rows, empty=empty))


def undone_document(undone: Undone, practice: Practice) -> Document:
    """What taking an import back did."""
    batch = undone.batch
    noun = {APPOINTMENTS: "appointment", EXERCISES: "exercise", PROGRAMS: "program"}.get(
        batch.kind, "workout"
    )
    removed = {
        "workouts": undone.workouts,
        "sets": undone.sets,
        "appointments": undone.appointments,
        "programs": undone.programs,
        "exercises": undone.exercises,
        "aliases": undone.aliases,
    }
    left = {
        "workouts_edited": list(undone.edited),
        "appointments_edited": list(undone.appointments_left),
        "programs_in_use": list(undone.programs_left),
        "workouts_updated": undone.updated if noun == "workout" else 0,
        "appointments_updated": undone.updated if noun == "appointment" else 0,
        "programs_updated": undone.updated if noun == "program" else 0,
        "exercises_in_use": list(undone.exercises_in_use),
        "exercises_edited": list(undone.exercises_edited),
        "exercises_updated": undone.updated if noun == "exercise" else 0,
    }
    data = batch_data(batch, practice) | {"removed": removed, "left": left, "dry_run": undone.is_dry}
    pairs = [
        ("Would remove" if undone.is_dry else "Removed", _removed_text(undone)),
        ("Left, edited since", ", ".join(f"workout {number}" for number in undone.edited)),
        ("Left, edited or held since", _numbered(undone.appointments_left)),
        ("Left, edited or followed since", ", ".join(undone.programs_left)),
        ("Left, only updated", counted(undone.updated, f"earlier {noun}") if undone.updated else ""),
        ("Left, in use", _listed(undone.exercises_in_use)),
        ("Left, corrected since", _listed(undone.exercises_edited)),
    ]
    return Document((Heading(f"Import {batch.id}", batch.file), Fields(pairs)), data=data)


def _numbered(appointments: Sequence[int]) -> str:
    """`appointment 3, 4, 5 and 12 more`; nothing where there are none."""
    shown = ", ".join(map(str, appointments[:SHOWN_NUMBERS]))
    more = len(appointments) - SHOWN_NUMBERS
    return (f"appointment {shown}" + (f" and {more:,} more" if more > 0 else "")) if shown else ""


def _listed(names: Sequence[str]) -> str:
    more = len(names) - SHOWN_NUMBERS
    return ", ".join(names[:SHOWN_NUMBERS]) + (f" and {more:,} more" if more > 0 else "")


def _removed_text(undone: Undone) -> str:
    if undone.batch.kind == APPOINTMENTS:
        return counted(undone.appointments, "appointment")
    if undone.batch.kind == EXERCISES:
        return counted(undone.exercises, "exercise")
    if undone.batch.kind == PROGRAMS:
        made = counted(undone.programs, "program")
        return made + (f", {counted(undone.exercises, 'exercise')}" if undone.exercises else "")
    made = f"{counted(undone.workouts, 'workout')}, {counted(undone.sets, 'set')}"
    if undone.exercises:
        made += f", {counted(undone.exercises, 'exercise')}"
    return made
