"""A program to hand to a client: what each day asks, with the loads as they stand today."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

from ptrack.clients.queries import Practice
from ptrack.database.reading import Reader
from ptrack.errors import UsageError
from ptrack.notation.model import ExerciseLine, Load, LoadKind, Progression, ProgressionKind, SetGroup
from ptrack.notation.printing import format_distance, format_load, format_seconds
from ptrack.output.sheets import SheetDay, SheetGroup, SheetLine, Sheets, SheetSection, SheetWeek
from ptrack.programs import queries
from ptrack.programs.queries import ProgramRow
from ptrack.programs.rules import DAYS_A_WEEK, PlanDay, planned_slots
from ptrack.progress.lately import best_loads
from ptrack.progress.planned import PlannedLine, current_lines
from ptrack.progress.rules.progression import has_idle_progress, has_percent, resolved
from ptrack.vocabulary import Section, Unit

_CAPTIONS = {
    Section.WARM_UP: "Warm-up",
    Section.MAIN: "Main",
    Section.ACCESSORY: "Accessory",
    Section.COOL_DOWN: "Cool-down",
}
_BRIEF = (Section.WARM_UP, Section.COOL_DOWN)
_DASH, _MINUS = "\u2013", "\u2212"
_EACH_SIDE = "each\u00a0side"

Line = ExerciseLine[int]
Lines = Mapping[int, Sequence[tuple[Line, Line]]]
"""The lines of each day, by its number: as they stand, and with percentages as loads."""


def program_sheets(
    reader: Reader, row: ProgramRow, today: date, practice: Practice, week: int | None = None
) -> Sheets:
    """The sheets of a template or a client's program, of all its weeks or of one.

    Raises: UsageError for a week that the program doesn't have.
    """
    if week is not None and not 1 <= week <= row.weeks:
        raise UsageError(f"{row.name} has the weeks 1 to {row.weeks}; --week {week} is none of them.")
    days = queries.days(reader, [row.id])[row.id]
    lines = _lines(reader, row, today, practice)
    slots = groupby(planned_slots(days, row.weeks, row.days_per_week), key=lambda slot: slot.week)
    weeks = [
        _week(row, number, [slot.day for slot in own], lines, practice.unit)
        for number, own in slots
        if week in (None, number)
    ]
    return Sheets(row.name, row.client or "", practice.name, _remark(row, today), weeks)


def _lines(reader: Reader, row: ProgramRow, today: date, practice: Practice) -> Lines:
    """Every day's lines as they stand today."""
    current = current_lines(reader, row, today)
    percents = sorted(
        {each.line.exercise for own in current.values() for each in own if has_percent(each.line)}
    )
    bests = {}
    if row.client_id is not None and percents:
        bests = best_loads(reader, row.client_id, percents, today, practice)

    def with_load(each: PlannedLine) -> tuple[Line, Line]:
        best = bests.get(each.line.exercise)
        if best is None:
            return each.line, each.line
        return each.line, resolved(each.line, best.weight_g, practice.unit, best.body_g)

    return {day: [with_load(each) for each in own] for day, own in current.items()}


def _remark(row: ProgramRow, today: date) -> str:
    loads = f"loads as of {today.day} {today:%b %Y}" if row.client_id is not None else ""
    return ", ".join(text for text in (row.goal or "", loads) if text)


def _week(row: ProgramRow, number: int, days: Sequence[PlanDay], lines: Lines, unit: Unit) -> SheetWeek:
    title = f"Week {number} of {row.weeks}"
    if row.start_date:
        first = row.start_date + timedelta(weeks=number - 1)
        last = first + timedelta(days=DAYS_A_WEEK - 1)
        title += f"   {_day_text(first)} {_DASH} {_day_text(last)} {last:%Y}"
    return SheetWeek(title, [SheetDay(day.name, list(_sections(lines[day.id], unit))) for day in days])


def _day_text(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def _sections(lines: Sequence[tuple[Line, Line]], unit: Unit) -> Iterator[SheetSection]:
    for section, own in groupby(lines, key=lambda pair: pair[0].section):
        yield SheetSection(
            _CAPTIONS[section], [_line(line, now, unit) for line, now in own], section in _BRIEF
        )


def _line(line: Line, now: Line, unit: Unit) -> SheetLine:
    tempos = dict.fromkeys(f"tempo {group.tempo}" for group in line.groups if group.tempo)
    is_fixed = has_percent(line) or any(group.seconds or group.meters for group in line.groups)
    progression = None if is_fixed and has_idle_progress(line) else line.progression
    notes = [*tempos, _progression(progression, unit), line.note or ""]
    return SheetLine(
        name=line.name,
        groups=[_group(group, its_now, unit) for group, its_now in zip(line.groups, now.groups, strict=True)],
        superset=line.superset or "",
        rest=format_seconds(line.rest_seconds) if line.rest_seconds else "",
        notes=[note for note in notes if note],
    )


def _group(group: SetGroup, now: SetGroup, unit: Unit) -> SheetGroup:
    return SheetGroup(
        sets=group.sets,
        amount=_amount(group),
        load=_load(group.load, now.load, unit),
        effort=f"{group.rpe:g}" if group.rpe is not None else "",
        is_warmup=group.is_warmup,
        is_load_open=group.load.kind is LoadKind.OPEN and group.seconds is None and group.meters is None,
    )


def _amount(group: SetGroup) -> str:
    """`8-12`, `5+`, `45s`, `2000m in 8:15`, `10 each side`."""
    parts = []
    if group.reps_min is not None:
        upper = f"{_DASH}{group.reps_max}" if group.reps_max not in (None, group.reps_min) else ""
        parts.append(f"{group.reps_min}{upper}{'+' if group.amrap else ''}")
    if group.meters is not None:
        parts.append(format_distance(group.meters))
    if group.seconds is not None:
        parts.append(("in " if group.meters is not None else "") + format_seconds(group.seconds))
    return " ".join([*parts, _EACH_SIDE] if group.per_side else parts)


def _load(load: Load, now: Load, unit: Unit) -> list[str]:
    """`70 kg`, `bodyweight`, `bw +10 kg`; a percentage, and below it the load that it is today."""
    if load.kind is not LoadKind.PERCENT:
        return [_weight(load, unit)] if load.kind is not LoadKind.OPEN else []
    percent = f"{load.percent:g} %"
    return [percent] if now.kind is LoadKind.PERCENT else [percent, _weight(now, unit)]


def _weight(load: Load, unit: Unit) -> str:
    weight = f"{format_load(abs(load.weight_g), unit)} {unit}"
    if load.kind is LoadKind.WEIGHT:
        return weight
    if not load.weight_g:
        return "bodyweight"
    return f"bw +{weight}" if load.weight_g > 0 else f"bw {_MINUS}{weight}"


def _progression(progression: Progression | None, unit: Unit) -> str:
    if progression is None:
        return ""
    step = f"+{format_load(progression.step_g, unit)} {unit}" if progression.step_g else "more load"
    if progression.kind is ProgressionKind.ADD:
        return f"{step} when all reps are done"
    return f"more reps first, then {step}"
