"""A workout as it was logged, on a page and for programs."""

from collections.abc import Sequence
from typing import Any

from ptrack.clients.queries import Practice
from ptrack.clients.views import day_and_time
from ptrack.output.document import (
    Document,
    Heading,
    Hint,
    Line,
    Lines,
    Part,
    Span,
    Style,
)
from ptrack.progress.figures import (
    FORMULA_NAMES,
    KIND_NAMES,
    estimate_text,
    in_unit,
    kilograms,
    record_data,
    record_text,
    set_text,
)
from ptrack.progress.logged import Logged, LoggedExercise, LoggedRecord, LoggedSet
from ptrack.progress.rules.bodyweight import Weighing
from ptrack.progress.rules.records import primary
from ptrack.vocabulary import RecordKind, WorkoutStatus
from ptrack.workouts.queries import WorkoutRow

_GAP = "  "
_LONGEST_NAME = 24


def workout_data(row: WorkoutRow, practice: Practice) -> dict[str, Any]:
    """A workout's own keys for programs."""
    return {
        "id": row.id,
        "client": row.client,
        "client_id": row.client_id,
        "kind": row.kind,
        "title": row.title,
        "performed_at": practice.local(row.performed_at),
        "session": row.session,
        "trainer": row.trainer,
        "trainer_id": row.trainer_id,
        "program": row.program,
        "program_id": row.program_id,
        "day": row.day,
        "day_id": row.day_id,
        "week": row.week,
        "status": row.status,
        "activity": row.activity,
        "duration_min": row.duration_min,
        "intensity": row.intensity,
        "source": row.source,
        "notes": row.notes,
        "edited_at": practice.local(row.edited_at) if row.edited_at else None,
    }


def logged_data(logged: Logged, practice: Practice) -> dict[str, Any]:
    """A logged workout's keys for programs."""
    return workout_data(logged.workout, practice) | {
        "totals": {
            "sets": logged.sets,
            "reps": logged.reps,
            "volume_kg": kilograms(logged.volume_g),
        },
        "experience": logged.experience,
        "exercises": [_exercise_data(exercise) for exercise in logged.exercises],
        "records": [_record_data(record) for record in logged.records],
    }


def _exercise_data(exercise: LoggedExercise) -> dict[str, Any]:
    return {
        "name": exercise.row.name,
        "exercise_id": exercise.row.exercise_id,
        "section": exercise.row.section,
        "superset": exercise.row.superset,
        "skipped": exercise.row.is_skipped,
        "notes": exercise.row.notes,
        "sets": [_set_data(one) for one in exercise.sets],
        "planned": exercise.row.planned,
    }


def _set_data(one: LoggedSet) -> dict[str, Any]:
    row = one.row
    return {
        "position": row.position,
        "reps": row.reps,
        "weight_kg": kilograms(row.weight_g),
        "rpe": row.rpe,
        "seconds": row.seconds,
        "meters": row.meters,
        "warmup": row.is_warmup,
        "amrap": row.is_amrap,
        "per_side": row.per_side,
        "tempo": row.tempo,
        "records": list(one.records),
    }


def _record_data(record: LoggedRecord) -> dict[str, Any]:
    kind = record.broken.kind
    return {
        "exercise": record.exercise,
        "exercise_id": record.exercise_id,
        "kind": kind,
        "value": record_data(kind, record.broken.value),
        "previous": record_data(kind, record.broken.previous),
    }


def logged_document(logged: Logged, practice: Practice) -> Document:
    """The page of one workout."""
    row = logged.workout
    aside = f"{day_and_time(practice, row.performed_at)}   {row.kind.replace('_', '-')}"
    parts: list[Part] = [
        Heading(f"Workout {row.id}   {row.client}", aside),
        Lines([(Span(text, Style.MUTED),) for text in _circumstances(row) if text]),
        Lines(_exercise_lines(logged.exercises, practice), indent=3),
        Lines(_summary(logged, practice)),
        *_hints(logged),
    ]
    return Document(parts, data=logged_data(logged, practice))


def _circumstances(row: WorkoutRow) -> list[str]:
    """What is known beside the sets: title, program, status, length, notes."""
    day = f"{row.day}, week {row.week}" if row.day and row.week else row.day
    facts = [
        row.title if row.title != row.day else None,
        f"{row.program}: {day}" if row.program and day else row.program,
        row.status.replace("_", " ") if row.status is not WorkoutStatus.COMPLETED else None,
        row.activity if row.activity != "strength" else None,
        f"{row.duration_min} min" if row.duration_min else None,
        f"intensity {row.intensity}" if row.intensity else None,
        f"with {row.trainer}" if row.trainer else None,
    ]
    return [", ".join(fact for fact in facts if fact), row.notes or ""]


def _exercise_lines(exercises: Sequence[LoggedExercise], practice: Practice) -> list[Line]:
    """Each exercise with its sets across, those of all exercises in columns; its records below."""
    texts = [
        [set_text(one.row, exercise.row.tracked, practice.unit) for one in exercise.sets]
        for exercise in exercises
    ]
    width = min(max((len(_name(exercise)) for exercise in exercises), default=0), _LONGEST_NAME)
    columns = [max(len(text) for text in column) for column in _columns_of(texts)]
    lines: list[Line] = []
    for exercise, own in zip(exercises, texts, strict=True):
        padded = [text.ljust(columns[place]) for place, text in enumerate(own)]
        sets = _GAP.join(padded) if own else _without_sets(exercise)
        estimate = _estimate_text(exercise, practice)
        name = _name(exercise).ljust(width) + _GAP
        lines.append((Span(name), Span(sets), Span(_GAP + estimate if estimate else "", Style.MUTED)))
        below = [f"record: {_records_text(exercise.records, practice)}"] if exercise.records else []
        indent = " " * (width + len(_GAP))
        lines += [(Span(indent), Span(text, Style.GOOD)) for text in below]
        lines += [(Span(indent), Span(exercise.row.notes, Style.MUTED))] if exercise.row.notes else []
    return lines


def _name(exercise: LoggedExercise) -> str:
    return f"{exercise.row.superset} {exercise.row.name}" if exercise.row.superset else exercise.row.name


def _columns_of(texts: Sequence[Sequence[str]]) -> list[list[str]]:
    count = max((len(row) for row in texts), default=0)
    return [[row[place] for row in texts if place < len(row)] for place in range(count)]


def _without_sets(exercise: LoggedExercise) -> str:
    if exercise.row.is_skipped:
        return "skipped"
    return f"planned: {exercise.row.planned}" if exercise.row.planned else "nothing yet"


def _estimate_text(exercise: LoggedExercise, practice: Practice) -> str:
    """The best e1RM with its formula; none where the body alone was moved."""
    is_loaded = any(one.row.weight_g for one in exercise.sets if not one.row.is_warmup)
    if exercise.estimate is None or not is_loaded:
        return ""
    return f"e1RM {estimate_text(exercise.estimate, practice.unit)} ({FORMULA_NAMES[practice.e1rm_formula]})"


def _records_text(records: Sequence[LoggedRecord], practice: Practice) -> str:
    """The record that is named first in full, with what it replaced and when; the others in short."""
    by_kind = {record.broken.kind: record for record in records}
    first = by_kind.pop(primary(by_kind))
    text = _record_text(first, practice)
    others = [f"{KIND_NAMES[kind]} {_value_text(record, practice)}" for kind, record in by_kind.items()]
    return f"{text}; also {', '.join(others)}" if others else text


def _record_text(record: LoggedRecord, practice: Practice) -> str:
    broken, value = record.broken, _value_text(record, practice)
    if broken.previous is None:
        return f"{KIND_NAMES[broken.kind]}, {value}, none before it"
    before = record_text(broken.kind, broken.previous, practice.unit)
    day = f" on {_short_day(record, practice)}" if record.previous_at else ""
    return f"{KIND_NAMES[broken.kind]}, {before}{day} -> {value}"


def _value_text(record: LoggedRecord, practice: Practice) -> str:
    broken = record.broken
    text = record_text(broken.kind, broken.value, practice.unit)
    if broken.kind is RecordKind.REPS and broken.fact and broken.fact.weight_g:
        return f"{text} at {record_text(RecordKind.WEIGHT, broken.fact.weight_g, practice.unit)}"
    return text


def _short_day(record: LoggedRecord, practice: Practice) -> str:
    """`6 Nov`, with the year where it is another than the record's."""
    assert record.previous_at is not None  # noqa: S101  asked for where there is one
    day, now = practice.local(record.previous_at), practice.local(record.broken.performed_at)
    return f"{day.day} {day:%b}" if day.year == now.year else f"{day.day} {day:%b %Y}"


def _summary(logged: Logged, practice: Practice) -> list[Line]:
    sets = f"{logged.sets} working set{'s' if logged.sets != 1 else ''}"
    figures = [sets if logged.exercises else "", f"{logged.reps} reps" if logged.reps else ""]
    if logged.volume_g:
        weighed = _weighed(logged.weighing, practice) if logged.weighing else ""
        figures.append(f"{in_unit(logged.volume_g, practice.unit):,.0f} {practice.unit}{weighed}")
    figures.append(f"+{logged.experience} points" if logged.experience else "")
    return [(Span(", ".join(figure for figure in figures if figure)),)]


def _weighed(weighing: Weighing, practice: Practice) -> str:
    weight = f"{in_unit(weighing.weight_g, practice.unit):.1f} {practice.unit}"
    return f" (body weight {weight} of {weighing.day.day} {weighing.day:%b})"


def _hints(logged: Logged) -> list[Hint]:
    row = logged.workout
    if row.status is WorkoutStatus.IN_PROGRESS:
        resume = Hint(f"ptrack log resume {row.id}", "go on, set by set")
        fill = Hint(f"ptrack log edit {row.id} 'Back Squat: 3x5 100'", "fill it")
        return [resume] if any(exercise.sets for exercise in logged.exercises) else [resume, fill]
    return [Hint(f"ptrack log records {row.client_id}", "all records")] if logged.records else []
