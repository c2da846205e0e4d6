"""Templates and programs as files: notation, CSV, JSON, xlsx. Importing them gives the same plans again."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from io import BytesIO, StringIO
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from ptrack.database.reading import Reader
from ptrack.errors import UsageError
from ptrack.naming import fold
from ptrack.notation.measures import decimals
from ptrack.notation.model import ExerciseLine, LoadKind, Program, SetGroup
from ptrack.notation.printing import print_prescription, print_program
from ptrack.output.data import to_csv, to_json
from ptrack.output.document import Column, Document, Table
from ptrack.programs import queries
from ptrack.programs.prescriptions import progression_text
from ptrack.programs.queries import ProgramRow
from ptrack.vocabulary import Origin, Unit


class ProgramFormat(StrEnum):
    """What programs are written as."""

    NOTATION = "notation"
    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"


SUFFIXES = {
    ".txt": ProgramFormat.NOTATION,
    ".csv": ProgramFormat.CSV,
    ".json": ProgramFormat.JSON,
    ".xlsx": ProgramFormat.XLSX,
}

_HEADS = (
    "program", "kind", "client", "trainer", "start_date", "end_date", "status", "weeks", "days_per_week",
    "goal", "description",
)  # fmt: skip
_KEYS = (
    *_HEADS, "week", "day", "line", "section", "superset", "exercise", "warmup", "sets", "reps_min",
    "reps_max", "amrap", "load_kg", "percent", "bodyweight", "rpe", "seconds", "meters", "per_side", "tempo",
    "rest_seconds", "progression", "notes",
)  # fmt: skip
_LONGEST_SHEET_NAME = 31
_NO_SHEET_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))


class Leaving(NamedTuple):
    """A template or program with its plan, as it is to be written."""

    row: ProgramRow
    plan: Program[int]


def chosen(
    reader: Reader, named: Sequence[str], client_id: int | None = None, *, only_templates: bool = False
) -> list[Leaving]:
    """Those named; else the templates of one's own and the clients' programs, or one sort of them only.

    Raises as `resolve` does for a name that is none.
    """
    if named:
        rows = [queries.program(reader, queries.any_program(reader, text).id) for text in named]
    else:
        own = [row for row in queries.templates(reader) if row.origin is Origin.OWN]
        of_clients = sorted(queries.programs(reader, client_id), key=lambda row: row.id)
        rows = (own if client_id is None else []) + ([] if only_templates else of_clients)
    rows = list({row.id: row for row in rows}.values())
    return [Leaving(row, plan) for row, plan in zip(rows, queries.plans(reader, rows), strict=True)]


def format_of(said: ProgramFormat | None, target: Path | None) -> ProgramFormat:
    """What to write: what is said, else what the file's name ends in, else CSV; a folder gets notation."""
    if said is not None:
        return said
    if target is None:
        return ProgramFormat.CSV
    if target.is_dir():
        return ProgramFormat.NOTATION
    return SUFFIXES.get(target.suffix.lower(), ProgramFormat.CSV)


def content_of(programs: Sequence[Leaving], wanted: ProgramFormat, unit: Unit) -> bytes:
    """The programs as one file."""
    if wanted is ProgramFormat.XLSX:
        return _workbook(programs)
    if wanted is ProgramFormat.NOTATION:
        text = "\n".join(_notation(one, unit) for one in programs)
    elif wanted is ProgramFormat.JSON:
        text = to_json(Document((), data=[_data(one, unit) for one in programs])) + "\n"
    else:
        text = _csv(programs)
    return text.encode()


def files_of(programs: Sequence[Leaving], wanted: ProgramFormat, unit: Unit) -> dict[str, bytes]:
    """The programs as a file each, by the file's name."""
    suffix = next(end for end, each in SUFFIXES.items() if each is wanted)
    found: dict[str, bytes] = {}
    for one in programs:
        name = f"{one.row.name}, {one.row.client}" if one.row.client else one.row.name
        stem = "".join(sign if sign.isalnum() or sign in " -_,.()" else "-" for sign in name).strip(" .")[:80]
        taken = {fold(each) for each in found}
        called = f"{stem or 'program'}{suffix}"
        if fold(called) in taken:
            called = f"{stem} {one.row.id}{suffix}"
        found[called] = content_of([one], wanted, unit)
    return found


def _notation(one: Leaving, unit: Unit) -> str:
    remark = f"# {one.row.description}\n" if one.row.description else ""
    return remark + print_program(one.plan, unit)


def _data(one: Leaving, unit: Unit) -> dict[str, Any]:
    heads = dict(zip(_HEADS, _heads(one), strict=True))
    return {
        "name": heads.pop("program"),
        **heads,
        "days": [
            {
                "name": day.name,
                "week": day.week,
                "exercises": [
                    {
                        "name": line.name,
                        "section": line.section,
                        "superset": line.superset,
                        "notation": print_prescription(line, unit),
                        "notes": line.note,
                    }
                    for line in day.lines
                ],
            }
            for day in one.plan.days
        ],
    }


def _heads(one: Leaving) -> tuple[Any, ...]:
    row = one.row
    return (
        row.name, row.kind, row.client, row.trainer, row.start_date, row.end_date, row.status, row.weeks,
        row.days_per_week, row.goal, row.description,
    )  # fmt: skip


def _rows(one: Leaving) -> Iterator[tuple[Any, ...]]:
    """A row for each group of sets; those of one exercise share its number in the day."""
    heads = _heads(one)
    for day in one.plan.days:
        for number, line in enumerate(day.lines, 1):
            for group in line.groups:
                yield (*heads, day.week, day.name, number, *_cells(line, group))


def _cells(line: ExerciseLine[int], group: SetGroup) -> tuple[Any, ...]:
    load = group.load
    has_weight = load.kind in (LoadKind.WEIGHT, LoadKind.BODYWEIGHT)
    return (
        line.section,
        line.superset,
        line.name,
        "yes" if group.is_warmup else None,
        group.sets,
        group.reps_min,
        group.reps_max,
        "yes" if group.amrap else None,
        load.weight_g / 1000 if has_weight else None,
        load.percent if load.kind is LoadKind.PERCENT else None,
        "yes" if load.kind is LoadKind.BODYWEIGHT else None,
        group.rpe,
        group.seconds,
        group.meters,
        "yes" if group.per_side else None,
        group.tempo,
        line.rest_seconds,
        _progression(line),
        line.note,
    )


def _progression(line: ExerciseLine[int]) -> str | None:
    """`+2.5kg`, `double`, `double +2.5kg`."""
    text = progression_text(line.progression)
    if text is None:
        return None
    kind, _, step = text.partition(" ")
    shown = f"+{decimals(int(step) / 1000, 3)}kg" if step else ""
    return " ".join(part for part in ("double" if kind == "double" else "", shown) if part)


def _csv(programs: Sequence[Leaving]) -> str:
    columns = [Column(key, value=itemgetter(place)) for place, key in enumerate(_KEYS)]
    stream = StringIO(newline="")
    to_csv(Table(columns, [row for one in programs for row in _rows(one)]), stream)
    return stream.getvalue()


def _workbook(programs: Sequence[Leaving]) -> bytes:
    """A sheet for each program; a text stays a text, whatever it begins with."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    del book[book.sheetnames[0]]
    taken: set[str] = set()
    for one in programs:
        sheet = book.create_sheet(_sheet_name(one, taken))
        sheet.append(list(_KEYS))
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        sheet.freeze_panes = "A2"
        for line, row in enumerate(_rows(one), 2):
            for column, value in enumerate(row, 1):
                _put(sheet.cell(line, column), value)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _put(cell: Any, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, (int, float)):
        cell.value = value
        return
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell.value = ILLEGAL_CHARACTERS_RE.sub("", str(value))
    cell.data_type = "s"


def _sheet_name(one: Leaving, taken: set[str]) -> str:
    """A name that a workbook allows, of which there is no other."""
    plain = one.row.name.translate(_NO_SHEET_NAME).strip("' ")[: _LONGEST_SHEET_NAME - 6] or "program"
    name = plain if fold(plain) not in taken else f"{plain} {one.row.id}"
    taken.add(fold(name))
    return name


def require_some(programs: Sequence[Leaving]) -> None:
    """Refuse to write nothing."""
    if not programs:
        raise UsageError(
            "There are no templates of your own and no clients' programs to export.\n"
            'Name a built-in one: ptrack export programs "Upper/Lower"'
        )
