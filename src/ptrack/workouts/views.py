"""Workouts in a list, beside their plan, and as notation."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from ptrack.clients.queries import Practice
from ptrack.notation.model import ExerciseLine, SetGroup
from ptrack.notation.printing import format_load, print_workout
from ptrack.output.document import Column, Document, Table, list_document
from ptrack.vocabulary import Unit, WorkoutStatus
from ptrack.workouts.queries import ExerciseRow, ListedWorkout, SetRow, WorkoutRow
from ptrack.workouts.rules import groups_of

EMPTY = "No workouts here. Log one: ptrack log add CLIENT 'Back Squat: 3x5 100kg'"


def workouts_document(
    rows: Sequence[ListedWorkout], practice: Practice, today: date | None = None
) -> Document:
    """The list of workouts; of days in the year of `today` it goes without saying."""

    def volume(row: ListedWorkout) -> str:
        return (
            f"{float(format_load(round(row.volume_kg * 1000), practice.unit)):,.0f}" if row.volume_kg else ""
        )

    columns = (
        Column("id", "No", align="right"),
        *_moment_columns(practice, today),
        Column("client", "Client", flexible=True),
        Column("client_id", on_screen=False),
        Column("kind", "Kind", show=lambda kind: kind.replace("_", "-"), priority=3),
        Column("title", "Title", flexible=True, priority=4),
        Column("status", "Status", show=_status_text, priority=2),
        Column("activity", "Activity", priority=6),
        Column("duration_min", "Min", align="right", priority=7),
        Column("session", on_screen=False),
        Column("trainer", "Trainer", flexible=True, priority=8),
        Column("trainer_id", on_screen=False),
        Column("program", on_screen=False),
        Column("program_id", on_screen=False),
        Column("day", on_screen=False),
        Column("sets", "Sets", align="right", priority=5),
        Column("reps", on_screen=False),
        Column("volume", practice.unit, value=volume, align="right", priority=1, in_data=False),
        Column("volume_kg", on_screen=False),
        Column("records", "Records", align="right", show=lambda count: str(count or ""), priority=2),
    )
    return list_document(Table(columns, rows, empty=EMPTY))


def _moment_columns(practice: Practice, today: date | None) -> list[Column]:
    """When a workout was; for a narrow screen the hour has a column of its own, which may go."""

    def local(row: ListedWorkout) -> datetime:
        return practice.local(row.performed_at)

    def day(moment: datetime) -> str:
        year = "" if today and moment.year == today.year else f" {moment:%Y}"
        return f"{moment:%a} {moment.day} {moment:%b}{year}"

    return [
        Column("performed_at", "When", value=local, show=day),
        Column("hour", value=lambda row: f"{local(row):%H:%M}", priority=3, in_data=False),
    ]


def _status_text(status: WorkoutStatus) -> str:
    return "" if status is WorkoutStatus.COMPLETED else status.replace("_", " ")


def log_lines(exercises: Iterable[ExerciseRow], sets: Sequence[SetRow]) -> list[ExerciseLine[int]]:
    """A workout as lines of the notation, which read back as the same log."""
    return [_line(row, [one for one in sets if one.workout_exercise_id == row.id]) for row in exercises]


def _line(row: ExerciseRow, sets: Iterable[SetRow]) -> ExerciseLine[int]:
    done = [one.done for one in sets]
    groups = groups_of(done, row.tracked) if done else (SetGroup(is_skipped=True),)
    return ExerciseLine(row.name, row.exercise_id, groups, row.superset, row.section, note=row.notes)


def notation_text(exercises: Sequence[ExerciseRow], sets: Sequence[SetRow], unit: Unit) -> str:
    """A workout as text that logs the same again; one that waits to be filled, as it is planned."""
    lines = log_lines(exercises, sets)
    if sets or not any(row.planned for row in exercises):
        return print_workout(lines, unit)
    plans = iter([row.planned or "skip" for row in exercises])
    heads = print_workout([replace(line, groups=(), note=None) for line in lines], unit).splitlines()
    return "".join(
        f"{head}\n" if head.startswith("[") else f"{head.rstrip()} {next(plans)}\n" for head in heads
    )


def notation_document(row: WorkoutRow, text: str) -> Document:
    """The data of `log show --notation`; the screen gets the bare text."""
    return Document((), data={"id": row.id, "notation": text})
