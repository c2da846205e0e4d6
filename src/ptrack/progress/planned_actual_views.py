"""Planned and done side by side on a page: of a workout, and of a program's weeks."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from ptrack.clients.queries import Practice
from ptrack.clients.views import day_and_time
from ptrack.notation.printing import format_distance, format_load, format_seconds
from ptrack.output.document import (
    Column,
    Document,
    Heading,
    Hint,
    Lines,
    Part,
    Style,
    Table,
    line,
    list_document,
)
from ptrack.programs.queries import Followed
from ptrack.programs.views import percent_text
from ptrack.progress.figures import in_unit, kilograms
from ptrack.progress.planned_actual import ActualDay, Compared
from ptrack.progress.rules.comparison import Difference, Outcome, Volume
from ptrack.vocabulary import Unit
from ptrack.workouts.queries import WorkoutRow

_MISSED = (Outcome.SHORT, Outcome.SKIPPED)
_WORDS = {
    Outcome.AS_PLANNED: "as planned",
    Outcome.SKIPPED: "skipped",
    Outcome.NOT_PLANNED: "not planned",
    Outcome.OPEN: "",
}
_STYLES = {Outcome.SHORT: Style.WARN, Outcome.SKIPPED: Style.WARN, Outcome.MORE: Style.GOOD}


def difference_text(each: Compared, unit: Unit) -> str:
    """How an exercise differs from its plan, in words: `1 rep short, +2.5 kg`, `skipped`, `not planned`."""
    if each.outcome in _WORDS:
        return _WORDS[each.outcome]
    return ", ".join(_differences(each.difference, unit))


def _differences(found: Difference, unit: Unit) -> Iterator[str]:
    if found.sets:
        yield _counted(found.sets, "set")
    if found.reps_short:
        yield _counted(-found.reps_short, "rep")
    if found.reps_over:
        yield _counted(found.reps_over, "rep")
    ends = [f"-{format_load(found.lighter_g, unit)}"] if found.lighter_g else []
    ends += [f"+{format_load(found.heavier_g, unit)}"] if found.heavier_g else []
    if ends:
        yield f"{' to '.join(ends)} {unit}"
    if found.seconds:
        yield f"{format_seconds(abs(found.seconds))} {_more_or_short(found.seconds)}"
    if found.meters:
        yield f"{format_distance(abs(found.meters))} {_more_or_short(found.meters)}"


def _counted(number: int, noun: str) -> str:
    return f"{abs(number)} {noun}{'' if abs(number) == 1 else 's'} {_more_or_short(number)}"


def _more_or_short(number: float) -> str:
    return "more" if number > 0 else "short"


def _exercise_columns(unit: Unit) -> tuple[Column, ...]:
    """The columns of exercises beside their plan, on screen and for programs."""

    def difference(each: Compared) -> str | None:
        return difference_text(each, unit) or None

    return (
        Column("exercise", "Exercise", value=lambda each: each.name, flexible=True),
        Column("exercise_id", on_screen=False),
        Column("planned", "Planned", show=_working_sets, flexible=True, priority=2),
        Column("done", "Done", show=_working_sets, flexible=True, priority=1),
        Column(
            "difference", "Difference", value=difference, show=lambda text: text or "",
            style=lambda each: _STYLES.get(each.outcome, Style.PLAIN),
        ),
        Column("outcome", on_screen=False),
    )  # fmt: skip


def _working_sets(notation: str | None) -> str:
    """Working sets alone, without what a plan says besides: rest, progression, a remark."""
    sets = (notation or "").partition(" # ")[0].partition(" rest ")[0].partition(" progress ")[0]
    return ", ".join(group for group in sets.split(", ") if not group.startswith("w "))


def planned_document(row: WorkoutRow, exercises: Sequence[Compared], house: Practice) -> Document:
    """What was planned of a workout, what was done, and the difference in words."""
    heading = Heading(f"Workout {row.id}   {row.client}", day_and_time(house, row.performed_at))
    table = Table(_exercise_columns(house.unit), exercises, empty="It has no exercises.")
    return list_document(table, heading, after=(Hint(f"ptrack log show {row.id}", "all of it"),))


class _Sum(NamedTuple):
    """What some planned workouts come to: planned and done, and how many exercises fell short."""

    plan: Volume
    actual: Volume
    missed: int


def _summed(exercises: Sequence[Compared]) -> _Sum:
    return _Sum(
        Volume(sum(each.plan.sets for each in exercises), sum(each.plan.volume_g for each in exercises)),
        Volume(sum(each.actual.sets for each in exercises), sum(each.actual.volume_g for each in exercises)),
        sum(each.outcome in _MISSED for each in exercises),
    )


def program_actual_document(
    each: Followed, days: Sequence[ActualDay], house: Practice, week: int | None = None
) -> Document:
    """A program's planned workouts and what they became; of one week with every exercise."""
    row = each.row
    aside = "planned and done" if week is None else f"week {week}, planned and done"
    parts: list[Part] = [
        Heading(f"{row.name} ({row.id})", f"{row.client}, {aside}"),
        _days_table(days, house),
        Lines([line(_standing_text(each))]),
    ]
    for day in days if week is not None else ():
        parts.append(Heading(day.slot.day.name, _done_on(day, house), level=2))
        parts.append(Table(_exercise_columns(house.unit), day.exercises, empty="It has no exercises."))
    first = days[0].slot.week if days else 1
    parts.append(Hint(f"ptrack programs show {row.id} --week {first}", "a week with its exercises"))
    return Document(parts[: None if week is None else -1], data=_program_data(each, days, house, week))


def _standing_text(each: Followed) -> str:
    standing = each.standing
    assert standing is not None  # noqa: S101  a client's program has one
    done = f"{standing.completed} of {standing.planned} workouts done, {standing.due} due by today"
    return f"{done}, adherence {percent_text(standing.adherence)}" if standing.due else done


def _days_table(days: Sequence[ActualDay], house: Practice) -> Table:
    unit = house.unit
    done = [day for day in days if day.workout]
    total = _summed([each for day in done for each in day.exercises])

    def of_sum(text: Callable[[_Sum, bool], str]) -> Callable[[ActualDay], str]:
        return lambda day: text(_summed(day.exercises), day.workout is not None)

    def volume(found: _Sum, is_done: bool) -> str:
        return _volume_text(found, unit, is_done)

    columns = (
        Column("week", "Week", value=lambda day: day.slot.week, align="right"),
        Column("day", "Day", value=lambda day: day.slot.day.name, flexible=True),
        Column("on", "Done", value=lambda day: _done_on(day, house), priority=1),
        Column("sets", "Sets", value=of_sum(_sets_text), align="right"),
        Column("volume", f"Volume {unit}", value=of_sum(volume), align="right", priority=2),
        Column("missed", "Missed", value=of_sum(_missed_text), align="right", style=_missed_style),
    )  # fmt: skip
    sums = ("", "done so far", f"{len(done)} of {len(days)}", _sets_text(total, True))
    sum_row = (*sums, volume(total, True), _missed_text(total, True))
    return Table(columns, days, empty="Nothing is planned here.", sum_row=sum_row)


def _done_on(day: ActualDay, house: Practice) -> str:
    if day.workout is None:
        return ""
    if day.workout.status != "completed":
        return day.workout.status.replace("_", " ")
    local = house.local(day.workout.performed_at)
    return f"{local:%a} {local.day} {local:%b}"


def _sets_text(found: _Sum, is_done: bool) -> str:
    """Sets done of those planned; of what is still to come those planned."""
    return f"{found.actual.sets} of {found.plan.sets}" if is_done else str(found.plan.sets)


def _volume_text(found: _Sum, unit: Unit, is_done: bool) -> str:
    planned = f"{in_unit(found.plan.volume_g, unit):,.0f}" if found.plan.volume_g else ""
    if not is_done:
        return planned
    done = f"{in_unit(found.actual.volume_g, unit):,.0f}"
    return f"{done} of {planned}" if planned else done


def _missed_text(found: _Sum, is_done: bool) -> str:
    return str(found.missed) if is_done and found.missed else ""


def _missed_style(day: ActualDay) -> Style:
    return Style.WARN if _summed(day.exercises).missed else Style.PLAIN


def _program_data(
    each: Followed, days: Sequence[ActualDay], house: Practice, week: int | None
) -> dict[str, Any]:
    row, standing = each.row, each.standing
    assert standing is not None  # noqa: S101  a client's program has one
    weeks = groupby(days, key=lambda day: day.slot.week)
    return {
        "program": row.name,
        "program_id": row.id,
        "client": row.client,
        "client_id": row.client_id,
        "status": row.status,
        "progress": standing.progress,
        "adherence": standing.adherence,
        "completed": standing.completed,
        "planned": standing.planned,
        "due": standing.due,
        "week": week,
        "weeks": [_week_data(number, list(own), house) for number, own in weeks],
    }


def _week_data(number: int, days: Sequence[ActualDay], house: Practice) -> dict[str, Any]:
    exercises = [each for day in days for each in day.exercises]
    return {
        "week": number,
        **_sum_data(_summed(exercises)),
        "days": [_day_data(day, house) for day in days],
    }


def _sum_data(found: _Sum) -> dict[str, Any]:
    return {
        "planned": {"sets": found.plan.sets, "volume_kg": kilograms(found.plan.volume_g)},
        "done": {"sets": found.actual.sets, "volume_kg": kilograms(found.actual.volume_g)},
        "missed": found.missed,
    }


def _day_data(day: ActualDay, house: Practice) -> dict[str, Any]:
    workout = day.workout
    return {
        "day": day.slot.day.name,
        "number": day.slot.number,
        "workout": workout.id if workout else None,
        "performed_at": house.local(workout.performed_at) if workout else None,
        "status": workout.status if workout else "planned",
        **_sum_data(_summed(day.exercises)),
        "exercises": [
            {column.key: column.raw(each) for column in _exercise_columns(house.unit)}
            for each in day.exercises
        ],
    }
