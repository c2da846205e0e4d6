"""Templates, programs and the next workout on a page."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from ptrack.notation.model import Day, ExerciseLine, Program
from ptrack.notation.printing import print_prescription, print_program
from ptrack.output.document import (
    Column,
    Document,
    Fields,
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
from ptrack.programs.queries import Followed, ProgramRow
from ptrack.vocabulary import ProgramKind, ProgramStatus, Section, Unit

_LONGEST_NAME = 26
_SECTIONS = {
    Section.WARM_UP: "warm-up",
    Section.MAIN: "main",
    Section.ACCESSORY: "accessory",
    Section.COOL_DOWN: "cool-down",
}


def day_text(day: date | None) -> str:
    """A day as people read it: `Fri 20 Nov 2026`."""
    return f"{day:%a} {day.day} {day:%b %Y}" if day else ""


def percent_text(value: float | None) -> str:
    """A percentage without decimals; nothing where there is none."""
    return "" if value is None else f"{value:.0f} %"


def _data_columns() -> list[Column]:
    """What programs read of a template or program, the days apart."""
    names = (
        "id", "name", "kind", "client", "client_id", "trainer", "trainer_id", "status", "start_date",
        "end_date", "weeks", "days_per_week", "goal", "description", "origin", "template", "template_id",
    )  # fmt: skip
    columns = [Column(name, value=_of_row(name), on_screen=False) for name in names]
    keys = ("progress", "adherence", "completed", "planned", "due")
    columns += [Column(key, value=_of_standing(key), on_screen=False) for key in keys]
    return [
        *columns,
        Column("next_day", value=_next_day, on_screen=False),
        Column("next_week", value=_next_week, on_screen=False),
    ]


def _of_row(key: str) -> Callable[[Followed], Any]:
    return lambda each: getattr(each.row, key)


def _of_standing(key: str) -> Callable[[Followed], Any]:
    return lambda each: getattr(each.standing, key) if each.standing else None


def _next_day(each: Followed) -> str | None:
    """The next day's name, of an active program that has one left."""
    if each.row.status is not ProgramStatus.ACTIVE or not each.standing or not each.standing.next:
        return None
    return each.standing.next.day.name


def _next_week(each: Followed) -> int | None:
    return each.standing.next.week if each.standing and each.standing.next and _next_day(each) else None


def program_data(
    each: Followed, plan: Program[int], unit: Unit, written: Program[int] | None = None
) -> dict[str, Any]:
    """A template's or program's keys for programs to read, its days in notation.

    `written` is what the plan's loads were raised from; without it they stand as they are written.
    """
    data = {column.key: column.raw(each) for column in _data_columns()}
    pairs = zip(plan.days, (written or plan).days, strict=True)
    return data | {"days": [_day_data(day, base, unit) for day, base in pairs]}


def _day_data(day: Day[int], written: Day[int], unit: Unit) -> dict[str, Any]:
    pairs = zip(day.lines, written.lines, strict=True)
    return {
        "name": day.name,
        "week": day.week,
        "exercises": [exercise_data(each, base, unit) for each, base in pairs],
    }


def exercise_data(each: ExerciseLine[int], written: ExerciseLine[int], unit: Unit) -> dict[str, Any]:
    """A prescribed exercise's keys for programs to read, `written` being what its loads were raised from."""
    return {
        "name": each.name,
        "exercise_id": each.exercise,
        "section": each.section,
        "superset": each.superset,
        "notation": print_prescription(each, unit),
        "written": print_prescription(written, unit),
        "notes": each.note,
    }


def templates_document(
    rows: Sequence[Followed], plans: Sequence[Program[int]] | None, unit: Unit
) -> Document:
    """The list of templates; `plans` go with the rows where JSON is asked for."""
    columns = [
        *_data_columns(),
        Column("no", "No", value=_of_row("id"), align="right", in_data=False),
        Column("called", "Template", value=_of_row("name"), flexible=True, in_data=False),
        Column(
            "length", "Weeks", value=lambda each: each.row.weeks, align="right", priority=1, in_data=False
        ),
        Column("days", "Days", value=_of_row("days_per_week"), align="right", in_data=False),
        Column("for", "For", value=_of_row("goal"), flexible=True, priority=2, in_data=False),
        Column("from", "From", value=_origin_text, priority=3, in_data=False),
    ]
    table = Table(columns, rows, empty="No templates. Write one: ptrack programs new FILE")
    after = [Hint(f"ptrack programs assign {rows[0].row.id} CLIENT", "assign")] if rows else []
    return _listing(table, rows, plans, unit, after)


def _origin_text(each: Followed) -> str:
    return each.row.origin.replace("_", " ") if each.row.origin else ""


def programs_document(
    rows: Sequence[Followed],
    plans: Sequence[Program[int]] | None,
    unit: Unit,
    written: Sequence[Program[int]] | None = None,
) -> Document:
    """The list of clients' programs; their plans, today's and as `written`, where JSON is asked for."""
    columns = [
        *_data_columns(),
        Column("no", "No", value=_of_row("id"), align="right", in_data=False, style=_status_style),
        Column("who", "Client", value=_of_row("client"), flexible=True, in_data=False, style=_status_style),
        Column("called", "Program", value=_of_row("name"), flexible=True, in_data=False, style=_status_style),
        Column("is", "Status", value=_of_row("status"), priority=4, in_data=False),
        Column("since", "Since", value=_of_row("start_date"), show=day_text, priority=5, in_data=False),
        Column("done", "Done", value=_done_text, align="right", priority=1, in_data=False),
        Column(
            "kept", "Adherence", value=lambda each: percent_text(each.standing.adherence), align="right",
            priority=3, in_data=False,
        ),
        Column("then", "Next", value=_next_text, flexible=True, priority=2, in_data=False),
    ]  # fmt: skip
    table = Table(columns, rows, empty="No programs. Assign one: ptrack programs assign TEMPLATE CLIENT")
    return _listing(table, rows, plans, unit, written=written)


def _status_style(each: Followed) -> Style:
    return Style.PLAIN if each.row.status is ProgramStatus.ACTIVE else Style.MUTED


def _done_text(each: Followed) -> str:
    return f"{each.standing.completed} of {each.standing.planned}" if each.standing else ""


def _next_text(each: Followed) -> str:
    day = _next_day(each)
    return f"{day}, week {_next_week(each)}" if day else ""


def _listing(
    table: Table,
    rows: Sequence[Followed],
    plans: Sequence[Program[int]] | None,
    unit: Unit,
    after: Sequence[Part] = (),
    written: Sequence[Program[int]] | None = None,
) -> Document:
    data = None
    if plans is not None:
        found = zip(rows, plans, written or plans, strict=True)
        data = [program_data(each, plan, unit, base) for each, plan, base in found]
    return Document((table, *after), data=data, listing=table)


def program_document(
    each: Followed,
    plan: Program[int],
    unit: Unit,
    *,
    with_days: bool = True,
    written: Program[int] | None = None,
    advice: Sequence[Hint] = (),
) -> Document:
    """The page of one template or program: its heads, then its days where they are asked for.

    `written` is what today's loads were raised from, where they were; `advice` stands before the last hint.
    """
    row = each.row
    is_template = row.kind is ProgramKind.TEMPLATE
    parts: list[Part] = [
        Heading(f"{row.name} ({row.id})", "template" if is_template else row.status or ""),
        Fields(_program_pairs(each)),
    ]
    width = name_width([prescribed for day in plan.days for prescribed in day.lines])
    for day in plan.days if with_days else ():
        parts += [Heading(_day_title(day), level=2), Lines(_day_lines(day.lines, width, unit), indent=3)]
    data = program_data(each, plan, unit, written)
    return Document((*parts, *advice, _program_hint(each)), data=data)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _program_pairs(each: Followed) -> list[tuple[str, str]]:
    row, standing = each.row, each.standing
    pairs = [
        ("Client", row.client or ""),
        ("Trainer", row.trainer or ""),
        ("Planned", f"{_counted(row.weeks, 'week')}, {_counted(row.days_per_week, 'day')} a week"),
        ("For", row.goal or ""),
        ("About", row.description or ""),
        ("From", f"{row.template} ({row.template_id})" if row.template else ""),
        ("Since", day_text(row.start_date)),
        ("Until", day_text(row.end_date)),
    ]
    if standing:
        due = f", {standing.due} due by today" if standing.due else ""
        pairs += [
            ("Done", f"{_done_text(each)} ({percent_text(standing.progress)}){due}"),
            ("Adherence", percent_text(standing.adherence)),
            ("Next", _next_text(each)),
        ]
    return pairs


def _program_hint(each: Followed) -> Hint:
    if each.row.kind is ProgramKind.TEMPLATE:
        return Hint(f"ptrack programs assign {each.row.id} CLIENT", "assign")
    if each.row.status is ProgramStatus.ACTIVE:
        return Hint(f"ptrack programs next {each.row.client_id}", "next workout")
    if each.row.template_id is None:
        return Hint(f"ptrack programs from {each.row.id}", "make it a template")
    return Hint(f"ptrack programs assign {each.row.template_id} {each.row.client_id}", "once more")


def _day_title(day: Day[int]) -> str:
    return day.name if day.week is None else f"{day.name}, week {day.week}"


def name_width(lines: Sequence[ExerciseLine[int]]) -> int:
    """How wide the names' column is: the longest that is not very long."""
    return max((len(labelled(each)) for each in lines if len(labelled(each)) <= _LONGEST_NAME), default=0)


def labelled(each: ExerciseLine[int]) -> str:
    """An exercise's name, with its label where it is in a superset."""
    return f"{each.superset} {each.name}" if each.superset else each.name


def _day_lines(lines: Sequence[ExerciseLine[int]], width: int, unit: Unit) -> list[Line]:
    """A day's exercises with what is prescribed, the sections named where there is more than the main one."""
    found: list[Line] = []
    section = Section.MAIN
    for each in lines:
        if each.section is not section:
            section = each.section
            found.append(line(Span(_SECTIONS[section], Style.MUTED)))
        note = f"  {each.note}" if each.note else ""
        text = f"{labelled(each).ljust(width)}  {print_prescription(each, unit)}"
        found.append(line(text, Span(note, Style.MUTED)))
    return found


def notation_text(row: ProgramRow, plan: Program[int], unit: Unit) -> str:
    """The program as a file: its description as a remark, then the notation."""
    remark = f"# {row.description}\n" if row.description else ""
    return remark + print_program(plan, unit)
