"""A planned day on a page, with its loads as they stand and what they were made from."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ptrack.clients.queries import Practice
from ptrack.naming import Named
from ptrack.notation.printing import print_groups, print_prescription
from ptrack.output.document import (
    Column,
    Document,
    Heading,
    Hint,
    Line,
    Lines,
    Part,
    Span,
    Style,
    Table,
    line,
)
from ptrack.programs.queries import ProgramRow
from ptrack.programs.rules import as_planned
from ptrack.programs.views import exercise_data, labelled, name_width
from ptrack.progress.lately import LastTime
from ptrack.progress.planned import PlannedLine, PlannedWorkout
from ptrack.progress.planned_words import deload_command, deload_text, percent_text
from ptrack.vocabulary import Unit

if TYPE_CHECKING:
    from ptrack.programs.loads import Lowered


def next_document(planned: PlannedWorkout, client: Named, house: Practice) -> Document:
    """The next planned workout: what is to be done today, and below it what was done the last time."""
    day = planned.day
    logged = as_planned(day.lines, day.loaded)
    width = name_width(day.lines)
    lines = [text for each in planned.lines for text in _line_texts(each, width, house)]
    aside = f"{client.name}, {day.program}, {day.number} of {day.planned}"
    parts: Sequence[Part] = (
        Heading(f"{day.day_name}, week {day.week}", aside),
        Lines(lines, indent=3),
        Lines([line(Span(notice, Style.MUTED)) for notice in logged.notices]),
        *deload_hints(planned.lines, day.program_id, house.unit),
        Hint(f"ptrack log add {client.id}", "log it as planned"),
    )
    return Document(parts, data=next_data(planned, client, house))


def _line_texts(each: PlannedLine, width: int, house: Practice) -> list[Line]:
    """What is planned, the sets before what goes with them; below it the last time and the percentage."""
    sets, all_of_it = print_groups(each.line.groups, house.unit), print_prescription(each.line, house.unit)
    first = line(
        f"{labelled(each.line).ljust(width)}  {sets}", Span(all_of_it.removeprefix(sets), Style.MUTED)
    )
    last = _last_text(each.last, house) if each.last else None
    below = "; ".join(filter(None, (last, percent_text(each, house.unit), each.line.note)))
    return [first, line(Span(f"{' ' * width}  {below}", Style.MUTED))] if below else [first]


def _last_text(last: LastTime, house: Practice) -> str:
    day = house.local(last.performed_at)
    return f"last {day.day} {day:%b} {last.notation(house.unit)}"


def deload_hints(lines: Iterable[PlannedLine], program_id: int, unit: Unit) -> list[Hint]:
    """What had better be lighter, each line once, with the command that makes it so."""
    texts = {
        deload_command(program_id, each.line): deload_text(each, unit)
        for each in lines
        if each.deload is not None
    }
    return [Hint(command, text) for command, text in texts.items()]


def next_data(planned: PlannedWorkout, client: Named, house: Practice) -> dict[str, Any]:
    """The next planned workout's keys for programs to read; `log` is the log it would make as planned."""
    day = planned.day
    logged = as_planned(day.lines, day.loaded)
    pairs = zip(planned.lines, logged.lines, strict=True)
    return {
        "client": client.name,
        "client_id": client.id,
        "program": day.program,
        "program_id": day.program_id,
        "day": day.day_name,
        "day_id": day.day_id,
        "week": day.week,
        "number": day.number,
        "planned": day.planned,
        "workout": day.workout_id,
        "exercises": [
            line_data(each, house.unit)
            | {"log": print_groups(done.groups, house.unit), "last": _last_data(each.last, house)}
            for each, done in pairs
        ],
        "notices": list(logged.notices),
    }


def line_data(each: PlannedLine, unit: Unit) -> dict[str, Any]:
    """A line's keys: `notation` is as it stands today, `written` as it was written.

    `misses` are those in a row, `deload` the lighter line that is suggested.
    """
    return exercise_data(each.line, each.written, unit) | {
        "percent_of_kg": None if each.best_g is None else each.best_g / 1000,
        "misses": each.gain.misses,
        "deload": None if each.deload is None else print_prescription(each.deload, unit),
    }


def _last_data(last: LastTime | None, house: Practice) -> dict[str, Any] | None:
    if last is None:
        return None
    return {
        "workout": last.workout,
        "performed_at": house.local(last.performed_at),
        "notation": last.notation(house.unit),
    }


def deload_document(
    row: ProgramRow, exercise: Named, percent: int, lowered: "Sequence[Lowered]", unit: Unit
) -> Document:
    """The lines of an exercise that were made lighter, as they stood and as they stand."""
    data = {
        "program": row.name,
        "program_id": row.id,
        "client": row.client,
        "client_id": row.client_id,
        "exercise": exercise.name,
        "exercise_id": exercise.id,
        "percent": percent,
        "lines": [
            {
                "day": each.day,
                "week": each.week,
                "was": print_prescription(each.before, unit),
                "notation": print_prescription(each.after, unit),
            }
            for each in lowered
        ],
    }
    columns = (
        Column("day", "Day", value=_day_text, flexible=True),
        Column("was", "Was", value=lambda each: print_groups(each.before.groups, unit), flexible=True),
        Column("now", "From now on", value=lambda each: print_groups(each.after.groups, unit), flexible=True),
    )
    parts = (
        Heading(f"{exercise.name}, {percent} % lighter", f"{row.client}, {row.name}"),
        Table(columns, lowered),
        Hint("ptrack undo", "as it was"),
    )
    return Document(parts, data=data)


def _day_text(each: "Lowered") -> str:
    return each.day if each.week is None else f"{each.day}, week {each.week}"
