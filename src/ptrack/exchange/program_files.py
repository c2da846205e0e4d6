"""Reading files of programs: which sort each is, and what its sheets or texts are parts of."""

import re
from pathlib import Path
from typing import NamedTuple

from ptrack.errors import NotationError, UnreadableError
from ptrack.exchange.program_cells import Prescribed
from ptrack.exchange.program_drafts import Drafts, Heads, LineDraft, Rejected, Settings, SheetSetting
from ptrack.exchange.program_grid import GridReader
from ptrack.exchange.program_sheets import Place, Sheet, csv_sheet, is_workbook, workbook_sheets
from ptrack.exchange.program_words import is_day, week_of
from ptrack.exchange.text import first_lines, look_over
from ptrack.naming import clean
from ptrack.notation.measures import MOST_BYTES
from ptrack.notation.programs import parse_program
from ptrack.programs.rules import description_of

_HEAD = re.compile(r"\s*(?:program|weeks|days per week|goal|day)\s*[::]\s*\S", re.IGNORECASE)
_BEGINS = re.compile(r"(?im)^[ \t]*program[ \t]*[::]")
_COPY = re.compile(r"(?:[ _-]*\(\d+\)|[ _-]+copy(?: \d+)?|[ _-]+kopie)+$", re.IGNORECASE)
_SHEET_TITLES = re.compile(r"(?:sheet|tabelle|feuille|hoja|blatt)\s*\d*", re.IGNORECASE)
_MOST_TEXT = 4 << 20


class FileRead(NamedTuple):
    """A file with what was found in it; `format` is notation, csv, xlsx or json."""

    path: Path
    format: str
    drafts: Drafts


def read_file(path: Path, settings: Settings) -> FileRead:
    """Read one file of programs. Raises UnreadableError."""
    drafts = Drafts(settings)
    if is_workbook(path):
        _read_sheets(workbook_sheets(path), drafts, settings.usual_name)
        return _read(path, "xlsx", drafts)
    lines = first_lines(look_over(path))
    if lines and lines[0].lstrip("\ufeff \t").startswith(("{", "[")) and path.suffix.lower() != ".txt":
        from ptrack.exchange.program_json import read_json

        read_json(path, drafts, settings.usual_name)
        return FileRead(path, "json", drafts)
    if any(_HEAD.match(line) for line in lines if not line.lstrip().startswith("#")) or _is_remarked(path):
        _read_notation(path, drafts)
        return FileRead(path, "notation", drafts)
    GridReader(csv_sheet(path), drafts, SheetSetting("")).read()
    return _read(path, "csv", drafts)


def usual_name(path: Path) -> str:
    """What a plan is called whose file gives it no name: the file, without what a second download adds."""
    stem = _COPY.sub("", path.stem)
    return clean(stem.replace("_", " ")) or "Program"


def _is_remarked(path: Path) -> bool:
    """Whether a text that begins with remarks is a program file."""
    if path.suffix.lower() not in (".txt", ".md", ".program", ".plan", ""):
        return False
    with look_over(path).open() as stream:
        return _BEGINS.search(stream.read(MOST_BYTES)) is not None


def _read(path: Path, name: str, drafts: Drafts) -> FileRead:
    account = drafts.account
    if account.rows == account.skipped["outside"]:
        raise UnreadableError(
            f"{path} holds no plan that ptrack knows: no header with exercises, weeks or days was found.\n"
            "Give it a first row such as Day,Exercise,Sets,Reps,Load, or say what columns are: --map FILE"
        )
    return FileRead(path, name, drafts)


def _read_sheets(sheets: list[Sheet], drafts: Drafts, usual: str) -> None:
    """Sheets called after weeks or days are parts of one plan, any others plans of their own."""
    for sheet in sheets:
        GridReader(sheet, drafts, _setting(sheet.name or "", len(sheets), usual)).read()


def _setting(name: str, count: int, usual: str) -> SheetSetting:
    week = week_of(name)
    if week is not None:
        return SheetSetting(usual, week=week, joins=True)
    if is_day(name):
        return SheetSetting(usual, day=clean(name))
    is_titled = count > 1 and not _SHEET_TITLES.fullmatch(name)
    return SheetSetting(clean(name) if is_titled else "")


def _read_notation(path: Path, drafts: Drafts) -> None:
    file = look_over(path)
    if file.size > _MOST_TEXT:
        raise UnreadableError(f"{path} is over 4 MiB, more than programs need. Split it.")
    with file.open() as stream:
        text = stream.read()
    for first, part in _parts(text):
        _read_part(part, first, drafts)


def _parts(text: str) -> list[tuple[int, str]]:
    """The text cut where programs begin, each with the number of its first line; remarks go with the next."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    starts = [_with_remarks(text, found.start()) for found in _BEGINS.finditer(text)] or [0]
    starts[0] = 0
    ends = [*starts[1:], len(text)]
    return [
        (1 + text.count("\n", 0, start), text[start:end]) for start, end in zip(starts, ends, strict=True)
    ]


def _with_remarks(text: str, start: int) -> int:
    """Where the remarks right above a program begin."""
    lines = text[:start].split("\n")[:-1]
    while lines and lines[-1].lstrip().startswith("#"):
        start -= len(lines.pop()) + 1
    return start


def _read_part(text: str, first: int, drafts: Drafts) -> None:
    """One program; with a mistake none of its lines are taken, and every mistake is a row."""
    settings = drafts.settings
    try:
        plan = parse_program(text, unit=settings.unit, name=settings.name, resolve=clean)
    except NotationError as error:
        lines = text.split("\n")
        for line, column, message in error.places:
            shown = lines[line - 1].strip()[:100] if line <= len(lines) else ""
            place = Place(None, first + line - 1, column)
            drafts.reject(
                Rejected(place, str(column), clean(shown.encode("utf-8", "replace").decode()), message)
            )
        return
    place = Place(None, first, 1)
    program = drafts.program(plan.name, place, mark=f"{first}")
    program.heads = Heads(plan.weeks, plan.days_per_week, plan.goal, description_of(text))
    for day in plan.days:
        for each in day.lines:
            spot = each.place or place
            told = Prescribed(each.groups, each.rest_seconds, each.progression, each.note)
            where = Place(None, first + spot.line - 1, spot.column)
            draft = LineDraft(where, "", each.name, list(each.groups), each.section, each.superset, told)
            drafts.take(program, day.name, day.week, draft)
