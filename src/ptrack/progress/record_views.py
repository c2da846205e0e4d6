"""Records as they stand, on a page."""

from collections.abc import Sequence
from typing import Any

from ptrack.clients.queries import Practice
from ptrack.clients.views import day_only
from ptrack.output.document import Column, Document, Heading, Hint, Table
from ptrack.progress.figures import (
    DATA_UNITS,
    FORMULA_NAMES,
    KIND_NAMES,
    kilograms,
    record_data,
    record_text,
    standing_text,
)
from ptrack.progress.logged import StandingRecord
from ptrack.vocabulary import RecordKind, Unit


def records_document(rows: Sequence[StandingRecord], client: str, practice: Practice) -> Document:
    """What a client's records are."""
    empty = f"{client} has no records yet. Log a workout: ptrack log add '{client}' 'Back Squat: 3x5 100'"
    heading = Heading(f"Records of {client}", f"e1RM by {FORMULA_NAMES[practice.e1rm_formula]}")
    table = Table(_record_columns(practice), rows, empty=empty)
    exercises = {row.exercise_id: row.exercise for row in rows}
    if len(exercises) < 2:  # noqa: PLR2004  one exercise is told in full
        return Document((heading, table._replace(rows=_undominated(rows))), listing=table)
    overview = Table(_overview_columns(practice), [_Bests(rows, number) for number in exercises])
    hint = Hint(f"ptrack log records '{client}' '{rows[0].exercise}'", "all of one exercise")
    return Document((heading, overview, hint), listing=table)


def _undominated(rows: Sequence[StandingRecord]) -> list[StandingRecord]:
    """The records without those of reps that a heavier set has matched: on a page they say nothing more."""
    reps = [row.standing for row in rows if row.standing.kind is RecordKind.REPS]
    return [
        row
        for row in rows
        if row.standing.kind is not RecordKind.REPS
        or not any(
            (other.weight_g or 0) > (row.standing.weight_g or 0) and other.value >= row.standing.value
            for other in reps
        )
    ]


class _Bests:
    """The standing records of one exercise, for one line."""

    def __init__(self, rows: Sequence[StandingRecord], exercise_id: int) -> None:
        own = [row for row in rows if row.exercise_id == exercise_id]
        self.exercise = own[0].exercise
        self._standing = [row.standing for row in own]
        self.latest = max(standing.performed_at for standing in self._standing)

    def text(self, kind: RecordKind, unit: Unit) -> str:
        """The best of a kind, the most reps at whatever weight; empty where there is none."""
        values = [standing.value for standing in self._standing if standing.kind is kind]
        return record_text(kind, max(values), unit) if values else ""

    def first(self, unit: Unit) -> str:
        """What an exercise is first known by: its load, else its distance, its time, its reps."""
        if weight := self.text(RecordKind.WEIGHT, unit):
            return weight if weight == "bw" else f"{weight} {unit}"
        for kind in (RecordKind.DISTANCE, RecordKind.TIME):
            if text := self.text(kind, unit):
                return text
        reps = self.text(RecordKind.REPS, unit)
        return f"{reps} reps" if reps else self.text(RecordKind.PACE, unit)


def _overview_columns(practice: Practice) -> list[Column]:
    def best(kind: RecordKind, priority: int, title: str = "") -> Column:
        def value(row: _Bests) -> str:
            return row.text(kind, practice.unit)

        return Column(kind, title or KIND_NAMES[kind].capitalize(), value, align="right", priority=priority)

    def first(row: _Bests) -> str:
        return row.first(practice.unit)

    def other(row: _Bests) -> str:
        kinds = (RecordKind.TIME, RecordKind.DISTANCE, RecordKind.PACE)
        return " ".join(filter(None, (row.text(kind, practice.unit) for kind in kinds)))

    return [
        Column("exercise", "Exercise", flexible=True),
        Column("best", "Best", value=first, align="right"),
        best(RecordKind.E1RM, 1, "e1RM"),
        best(RecordKind.REPS, 2),
        best(RecordKind.VOLUME, 4),
        Column("other", "Time, distance", value=other, align="right", priority=3),
        Column("latest", "Latest", show=lambda moment: day_only(practice, moment), priority=5),
    ]


def day_column(practice: Practice, value: Any, priority: int) -> Column:
    """The day of a workout, on screen without its hour."""
    return Column(
        "performed_at",
        "Day",
        value=lambda row: practice.local(value(row)),
        show=lambda moment: day_only(practice, moment),
        priority=priority,
    )


def _record_columns(practice: Practice) -> list[Column]:
    def hidden(key: str, value: Any) -> Column:
        return Column(key, value=lambda row: value(row.standing), on_screen=False)

    def best(row: StandingRecord) -> str:
        return standing_text(row.standing, practice.unit)

    def before(row: StandingRecord) -> str:
        previous = row.standing.previous
        return "" if previous is None else record_text(row.standing.kind, previous, practice.unit)

    return [
        Column("exercise", "Exercise", flexible=True),
        Column("exercise_id", on_screen=False),
        Column("kind", "Record", value=lambda row: row.standing.kind, show=KIND_NAMES.__getitem__),
        Column("best", "Best", value=best, align="right", in_data=False),
        hidden("value", lambda standing: record_data(standing.kind, standing.value)),
        hidden("unit", lambda standing: DATA_UNITS[standing.kind]),
        hidden("reps", lambda standing: standing.reps),
        hidden("weight_kg", lambda standing: kilograms(standing.weight_g)),
        day_column(practice, lambda row: row.standing.performed_at, 1),
        Column("workout", "Workout", value=lambda row: row.standing.workout, align="right", priority=3),
        Column("before", "Before", value=before, align="right", priority=2, in_data=False),
        hidden("previous", lambda standing: record_data(standing.kind, standing.previous)),
    ]
