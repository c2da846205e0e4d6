"""A workout on paper: what was planned, what was done, which records fell."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import zip_longest
from typing import NamedTuple

from ptrack.clients.queries import Practice
from ptrack.clients.views import day_and_time
from ptrack.database.reading import Reader
from ptrack.naming import fold
from ptrack.notation.printing import print_groups
from ptrack.output.document import Column, Document, Fields, Heading, Lines, Part, Style, Table, line
from ptrack.progress.figures import FORMULA_NAMES, KIND_NAMES, estimate_text, in_unit, record_text
from ptrack.progress.logged import Logged, LoggedExercise, LoggedRecord, logged
from ptrack.progress.views import logged_data
from ptrack.vocabulary import RecordKind, Section
from ptrack.workouts.views import log_lines

WIDE, NARROW = 36, 22
"""How many characters of sets stand on one line, alone and with the plan beside them."""

_LONGEST_NAME = 40

SECTION_NAMES = {
    Section.WARM_UP: "Warm-up",
    Section.MAIN: "Main",
    Section.ACCESSORY: "Accessory",
    Section.COOL_DOWN: "Cool-down",
}


class _Row(NamedTuple):
    """One line of the table: an exercise, or the rest of its sets."""

    section: str = ""
    exercise: str = ""
    planned: str = ""
    done: str = ""
    e1rm: str = ""
    volume: str = ""


def _rows(workout: Logged, practice: Practice) -> Iterator[_Row]:
    done = log_lines(
        [one.row for one in workout.exercises], [each.row for one in workout.exercises for each in one.sets]
    )
    width = NARROW if any(exercise.row.planned for exercise in workout.exercises) else WIDE
    for exercise, written in zip(workout.exercises, done, strict=True):
        row = exercise.row
        text = print_groups(written.groups, practice.unit) if exercise.sets else _not_done(exercise)
        planned, sets = _folded(_sets_of(row.planned or ""), width), _folded(text, width)
        yield _Row(
            section=SECTION_NAMES[row.section],
            exercise=f"{row.superset} {row.name}" if row.superset else row.name,
            planned=planned[0],
            done=sets[0],
            e1rm=estimate_text(exercise.estimate, practice.unit) if exercise.estimate else "",
            volume=f"{in_unit(exercise.volume_g, practice.unit):,.0f}" if exercise.volume_g else "",
        )
        for more_planned, more_done in zip_longest(planned[1:], sets[1:], fillvalue=""):
            yield _Row(done=more_done, planned=more_planned)


def _sets_of(prescription: str) -> str:
    """A plan's sets without rest, progression and remark, which nobody did."""
    return prescription.partition(" # ")[0].partition(" rest ")[0].partition(" progress ")[0]


def _folded(notation: str, width: int) -> list[str]:
    """The notation's groups on lines that a column can hold, since no set may be cut off."""
    lines = [""]
    for group in notation.split(", "):
        if lines[-1] and len(lines[-1]) + len(group) + 2 > width:
            lines[-1] += ","
            lines.append(group)
        else:
            lines[-1] += f", {group}" if lines[-1] else group
    return lines


def _not_done(exercise: LoggedExercise) -> str:
    return "skipped" if exercise.row.is_skipped else ""


def _exercise_table(workout: Logged, practice: Practice) -> Table:
    rows = list(_rows(workout, practice))
    columns = [
        Column("section", "Part", priority=3, style=lambda _: Style.MUTED),
        Column("exercise", "Exercise", flexible=True),
        Column("planned", "Planned", flexible=True, priority=2),
        Column("done", "Done", flexible=True),
        Column("e1rm", f"e1RM {practice.unit}", align="right", priority=1),
        Column("volume", f"Volume {practice.unit}", align="right", priority=4),
    ]
    kept = [column for column in columns if any(column.raw(row) for row in rows)]
    if len({row.section for row in rows if row.exercise}) < 2:  # noqa: PLR2004  one part needs no column
        kept = [column for column in kept if column.key != "section"]
    return Table(kept or columns, rows, empty="It has no exercises yet.")


def _record_value(record: LoggedRecord, practice: Practice) -> str:
    broken = record.broken
    text = record_text(broken.kind, broken.value, practice.unit)
    if broken.kind is RecordKind.REPS and broken.fact and broken.fact.weight_g:
        return f"{text} at {record_text(RecordKind.WEIGHT, broken.fact.weight_g, practice.unit)}"
    return text


def _before(record: LoggedRecord, practice: Practice) -> str:
    if record.broken.previous is None:
        return ""
    text = record_text(record.broken.kind, record.broken.previous, practice.unit)
    return f"{text} on {practice.local(record.previous_at):%Y-%m-%d}" if record.previous_at else text


def _record_table(workout: Logged, practice: Practice) -> Table:
    columns = (
        Column("exercise", "Exercise", value=lambda record: record.exercise, flexible=True),
        Column(
            "kind", "Record", value=lambda record: KIND_NAMES[record.broken.kind], style=lambda _: Style.GOOD
        ),
        Column("value", "Now", value=lambda record: _record_value(record, practice), align="right"),
        Column("before", "Before", value=lambda record: _before(record, practice), align="right", priority=1),
    )
    return Table(columns, workout.records, title=f"Records ({practice.unit})")


def _facts(workout: Logged, practice: Practice) -> list[tuple[str, str]]:
    row = workout.workout
    day = f"{row.program}, {row.day}" + (f", week {row.week}" if row.week else "") if row.program else ""
    return [
        ("When", day_and_time(practice, row.performed_at)),
        ("Kind", row.kind.replace("_", "-")),
        ("Trainer", row.trainer or ""),
        ("Program", day),
        ("Duration", f"{row.duration_min} min" if row.duration_min else ""),
        ("Intensity", f"{row.intensity} of 10" if row.intensity else ""),
        ("Status", row.status.replace("_", " ") if row.status != "completed" else ""),
    ]


def _totals(workout: Logged, practice: Practice) -> str:
    figures = [f"{workout.sets} working set{'' if workout.sets == 1 else 's'}", f"{workout.reps} reps"]
    if workout.volume_g:
        figures.append(f"{in_unit(workout.volume_g, practice.unit):,.0f} {practice.unit} moved")
    if workout.weighing:
        figures.append(f"body weight {in_unit(workout.weighing.weight_g, practice.unit):.1f} {practice.unit}")
    return ", ".join(figures)


def paper_name(number: int, client: str, day: date) -> str:
    """What a workout's file is called: its day, its number, its client, in letters that any system takes."""
    name = re.sub(r"[^a-z0-9]+", "-", fold(client)).strip("-")[:_LONGEST_NAME].strip("-")
    return f"{day}-{number}{f'-{name}' if name else ''}.pdf"


def workout_report(reader: Reader, number: int, practice: Practice) -> Document:
    """The page of one workout, for the screen and for paper."""
    found = logged(reader, number, practice)
    row = found.workout
    parts: list[Part] = [
        Heading(row.client, f"Workout {row.id}"),
        Heading(row.title or row.day or "Workout", level=2),
        Fields(_facts(found, practice)),
        _exercise_table(found, practice),
        Lines([line(_totals(found, practice))]),
    ]
    if found.records:
        parts.append(_record_table(found, practice))
    if any(exercise.estimate for exercise in found.exercises):
        parts.append(Lines([line(f"e1RM by {FORMULA_NAMES[practice.e1rm_formula]}.")]))
    if row.notes:
        parts.append(Lines([line(row.notes)]))
    return Document(parts, data=logged_data(found, practice), title=f"Workout {row.id}, {row.client}")
