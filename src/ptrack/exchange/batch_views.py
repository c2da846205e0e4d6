"""The imports there were, and what taking one back did, on a page."""

from collections.abc import Sequence
from typing import Any

from ptrack.clients.queries import Practice
from ptrack.exchange.batches import APPOINTMENTS, EXERCISES, PROGRAMS, BatchRow, Undone
from ptrack.exchange.report_views import counted
from ptrack.output.document import Column, Document, Fields, Heading, Table, list_document

SHOWN_NUMBERS = 10


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
    data = batch_data(batch, practice) | {
        "removed": removed,
        "left": left,
        "stays_open": undone.stays_open,
        "dry_run": undone.is_dry,
    }
    open_still = "nothing could be taken back; try again when that changes" if undone.stays_open else ""
    pairs = [
        ("Would remove" if undone.is_dry else "Removed", _removed_text(undone)),
        ("Left, edited since", ", ".join(f"workout {number}" for number in undone.edited)),
        ("Left, edited or held since", _numbered(undone.appointments_left)),
        ("Left, edited or followed since", ", ".join(undone.programs_left)),
        ("Left, only updated", counted(undone.updated, f"earlier {noun}") if undone.updated else ""),
        ("Left, in use", _listed(undone.exercises_in_use)),
        ("Left, corrected since", _listed(undone.exercises_edited)),
        ("Stays open", open_still),
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
