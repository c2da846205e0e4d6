"""A workout on paper: what was planned, what was done, which records fell."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import NamedTuple

from ptrack.clients.queries import Practice
from ptrack.clients.views import day_and_time
from ptrack.database.reading import Reader
from ptrack.naming import fold
from ptrack.notation.printing import print_groups
from ptrack.output.document import (
    Chart,
    Column,
    Document,
    Fields,
    Heading,
    Lines,
    Part,
    Series,
    Span,
    Style,
    Table,
    line,
)
from ptrack.progress.figures import FORMULA_NAMES, KIND_NAMES, estimate_text, in_unit, record_text
from ptrack.progress.lately import LastTime, last_times
from ptrack.progress.logged import Logged, LoggedExercise, LoggedRecord, best_estimate, logged
from ptrack.progress.views import logged_data
from ptrack.vocabulary import RecordKind, Section, Tracked
from ptrack.workouts.queries import WorkoutRow
from ptrack.workouts.views import log_lines

WIDE, NARROW, NARROWEST = 36, 22, 18
"""How many characters of sets stand on a line: alone, with one more column of sets beside, with two."""

CHART_DAYS = 365
"""So many days up to the workout the chart of its main lift goes back."""

_LEAST_POINTS = 3
_LONGEST_NAME = 40
_LONGEST_WHOLE = 30

LIFTS = """
SELECT w.performed_at, s.weight_g, s.reps
FROM workout w CROSS JOIN workout_exercise e CROSS JOIN workout_set s
WHERE w.client_id = :client AND w.performed_at > :since AND w.performed_at <= :until
  AND w.status = 'completed' AND e.workout_id = w.id AND e.exercise_id = :exercise
  AND s.workout_exercise_id = e.id AND NOT s.is_warmup AND s.weight_g > 0 AND s.reps > 0
ORDER BY w.performed_at, w.id"""

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
    last: str = ""
    e1rm: str = ""
    change: str = ""
    volume: str = ""


def _rows(workout: Logged, last: Mapping[int, LastTime], practice: Practice) -> Iterator[_Row]:
    done = log_lines(
        [one.row for one in workout.exercises], [each.row for one in workout.exercises for each in one.sets]
    )
    width = _width(workout, last)
    for exercise, written in zip(workout.exercises, done, strict=True):
        row, before = exercise.row, last.get(exercise.row.exercise_id)
        text = print_groups(written.groups, practice.unit) if exercise.sets else _not_done(exercise)
        earlier = before.notation(practice.unit) if before else ""
        texts = [_folded(each, width) for each in (_sets_of(row.planned or ""), text, earlier)]
        yield _Row(
            section=SECTION_NAMES[row.section],
            exercise=f"{row.superset} {row.name}" if row.superset else row.name,
            planned=texts[0][0],
            done=texts[1][0],
            last=texts[2][0],
            e1rm=estimate_text(exercise.estimate, practice.unit) if exercise.estimate else "",
            change=_change(exercise, before, practice),
            volume=f"{in_unit(exercise.volume_g, practice.unit):,.0f}" if exercise.volume_g else "",
        )
        for planned, more, earlier in zip_longest(*(each[1:] for each in texts), fillvalue=""):
            yield _Row(planned=planned, done=more, last=earlier)


def _width(workout: Logged, last: Mapping[int, LastTime]) -> int:
    """How wide a column of sets may be: the more of them, the narrower."""
    is_planned = any(exercise.row.planned for exercise in workout.exercises)
    return (WIDE, NARROW, NARROWEST)[is_planned + bool(last)]


def _change(exercise: LoggedExercise, last: LastTime | None, practice: Practice) -> str:
    """How much the best e1RM is above or below the last time's, where both can be relied on."""
    now = exercise.estimate
    if now is None or last is None or last.tracked is not Tracked.WEIGHT_REPS:
        return ""
    working = ((one.weight_g, one.reps) for one in last.sets if not one.is_warmup)
    before = best_estimate(working, practice.e1rm_formula)
    if before is None or not (now.is_reliable and before.is_reliable):
        return ""
    difference = f"{in_unit(now.weight_g - before.weight_g, practice.unit):+.1f}"
    return "=" if float(difference) == 0 else difference


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


def _exercise_table(
    workout: Logged, last: Mapping[int, LastTime], practice: Practice, *, on_paper: bool
) -> Table:
    """Exercise by exercise; on paper the type gets smaller before the last time is left out."""
    rows = list(_rows(workout, last, practice))
    has_long_names = any(len(row.exercise) > _LONGEST_WHOLE for row in rows)
    columns = [
        Column("section", "Part", priority=3, style=lambda _: Style.MUTED),
        Column("exercise", "Exercise", flexible=not on_paper or has_long_names),
        Column("planned", "Planned", priority=0 if on_paper else 2),
        Column("done", "Done"),
        Column("last", "Last time", priority=0 if on_paper else 5, style=lambda _: Style.MUTED),
        Column("e1rm", f"e1RM {practice.unit}", align="right", priority=0 if on_paper else 1),
        Column("change", "Change", align="right", priority=6),
        Column("volume", f"Volume {practice.unit}", align="right", priority=7 if on_paper else 4),
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
    if record.previous_at is None:
        return text
    day = practice.local(record.previous_at)
    return f"{text} on {day.day} {day:%b %Y}"


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
    length = f"{row.duration_min} min" if row.duration_min else ""
    intensity = f"intensity {row.intensity} of 10" if row.intensity else ""
    return [
        ("When", day_and_time(practice, row.performed_at)),
        ("Kind", ", with ".join(text for text in (row.kind.replace("_", "-"), row.trainer) if text)),
        ("Program", day),
        ("Length", ", ".join(text for text in (length, intensity) if text)),
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


def _chart(reader: Reader, workout: Logged, practice: Practice) -> list[Part]:
    """The e1RM of the workout's heaviest lift over the year up to it.

    A lift that has seldom been done, or has stood still, gives way to the next one; nothing where all have.
    """
    lifts = [
        (exercise.estimate.weight_g, exercise.row.name, exercise.row.exercise_id)
        for exercise in workout.exercises
        if exercise.row.tracked is Tracked.WEIGHT_REPS and exercise.estimate and exercise.estimate.is_reliable
    ]
    for _, name, exercise in sorted(lifts, reverse=True):
        points = _points(reader, workout.workout, exercise, practice)
        if len(points) >= _LEAST_POINTS and len({value for _, value in points}) > 1:
            title = f"{name}, e1RM by {FORMULA_NAMES[practice.e1rm_formula]}"
            return [Chart(title, practice.unit, [Series("best of each workout", points, "line")])]
    return []


def _points(
    reader: Reader, workout: WorkoutRow, exercise: int, practice: Practice
) -> list[tuple[datetime, float]]:
    """The best e1RM of each workout up to this one that had the exercise, at its local time."""
    rows = reader.tuples(
        LIFTS,
        client=workout.client_id,
        exercise=exercise,
        since=workout.performed_at - timedelta(days=CHART_DAYS),
        until=workout.performed_at,
    )
    points: list[tuple[datetime, float]] = []
    for performed_at, sets in groupby(rows, key=itemgetter(0)):
        best = best_estimate(((weight_g, reps) for _, weight_g, reps in sets), practice.e1rm_formula)
        if best and best.is_reliable:
            moment = practice.local(datetime.fromisoformat(f"{performed_at}+00:00"))
            points.append((moment, in_unit(best.weight_g, practice.unit)))
    return points


def workout_report(reader: Reader, number: int, practice: Practice, *, on_paper: bool = True) -> Document:
    """The page of one workout: planned, done and the last time, records, and how its main lift has gone."""
    found = logged(reader, number, practice)
    row = found.workout
    exercises = sorted({exercise.row.exercise_id for exercise in found.exercises})
    last = last_times(reader, row.client_id, exercises, row.performed_at) if exercises else {}
    parts: list[Part] = [
        Heading(row.client, f"Workout {row.id}"),
        Heading(row.title or row.day or "Workout", level=2),
        Fields(_facts(found, practice)),
        _exercise_table(found, last, practice, on_paper=on_paper),
        Lines([line(_totals(found, practice))]),
    ]
    if found.records:
        parts.append(_record_table(found, practice))
    if any(exercise.estimate for exercise in found.exercises):
        parts.append(Lines([line(Span(_explained(found, practice), Style.MUTED))]))
    if row.notes:
        parts.append(Lines([line(row.notes)]))
    if on_paper:
        parts += _chart(reader, found, practice)
    return Document(parts, data=logged_data(found, practice), title=f"Workout {row.id}, {row.client}")


def _explained(workout: Logged, practice: Practice) -> str:
    """What e1RM is, and what the sign before one means."""
    text = f"e1RM is the most that could be lifted once, estimated by {FORMULA_NAMES[practice.e1rm_formula]}"
    has_sign = any(exercise.estimate and not exercise.estimate.is_reliable for exercise in workout.exercises)
    return f"{text}; ~ from too many reps to rely on." if has_sign else f"{text}."
