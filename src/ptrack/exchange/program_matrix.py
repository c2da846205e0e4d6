"""Plans of which a cell holds several exercises with their sets: `Hip thrust 4x6-10; RDL 3x8`."""

import re
from collections.abc import Sequence

from ptrack.exchange.program_cells import LONGEST_CELL, Unread, plain, read_cell
from ptrack.exchange.program_commas import open_comma_in
from ptrack.exchange.program_drafts import Drafts, LineDraft, ProgramDraft, Rejected, SheetSetting
from ptrack.exchange.program_rows import LOADS, PRESCRIBING
from ptrack.exchange.program_sheets import Cell, Cells, SheetRow
from ptrack.exchange.program_words import is_resting, is_sure_day, role_of, section_of, week_of
from ptrack.naming import clean, fold
from ptrack.vocabulary import Section

_BEGINS = re.compile(
    r"(?:^|[\s:(–-])(?=(?:w\s+)?\d+\s*(?:[-–]\s*\d+\s*)?(?:[x×*]\s*\d|sets?\b|s[äa]tze\b|séries\b|series\b|%\s*x|"  # noqa: RUF001
    r"(?:kg|lb)\s*x|sec\b|secs\b|seconds?\b|s\b|min\b|mins\b|minutes?\b|m\b|km\b|trips\b|reps?\b|rounds?\b)|"
    r"\d+[x×]?\s*amrap|amrap\b)",  # noqa: RUF001
    re.IGNORECASE,
)
_PARTS = re.compile(r"[;\n\r]+")
_OPTIONAL = re.compile(r"optional(?:ly)?\b:?\s*", re.IGNORECASE)
_SHARE = 4


def read_matrix(rows: Sequence[SheetRow], drafts: Drafts, setting: SheetSetting) -> int:
    """Read a table with a row for each day and its exercises in the cells; how many rows it took, if any."""
    head = rows[0].cells
    first = min(head)
    if not _is_day_column(head[first], drafts) or len(head) < 2 or len(rows) < 2:  # noqa: PLR2004  a head and a row
        return 0
    roles = {_role_of(cell, drafts) for cell in head.values()}
    if "exercise" in roles and roles & {*PRESCRIBING, *LOADS}:
        return 0  # each row is one exercise
    body = [row for row in rows[1:] if not row.broken and row.cells]
    full = [column for column in head if column != first and _has_sets(body, column)]
    if not full or not body:
        return 0
    titles = [column for column in head if column != first and column not in full]
    focus = next((column for column in titles if not _has_numbers(body, column)), None)
    for row in body:
        _read_day(row, head, first, focus, drafts, setting)
    for row in rows[1:]:
        if row.broken:
            drafts.reject(Rejected(head[first].place._replace(line=row.line, column=1), "", "", row.broken))
    return len(rows)


def _is_day_column(cell: Cell, drafts: Drafts) -> bool:
    return _role_of(cell, drafts) in ("day", "week")


def _role_of(cell: Cell, drafts: Drafts) -> str | None:
    return drafts.settings.roles.get(fold(clean(cell.text))) or role_of(cell.text)


def _has_sets(body: Sequence[SheetRow], column: int) -> bool:
    """Whether the cells of a column name exercises with their sets, as many do at least."""
    cells = [row.cells[column].text for row in body if column in row.cells]
    whole = sum(all(split_exercise(plain(_PARTS.split(text)[0]))) for text in cells)
    return whole * _SHARE > len(cells)


def _has_numbers(body: Sequence[SheetRow], column: int) -> bool:
    return any(_BEGINS.search(row.cells[column].text) for row in body if column in row.cells)


def _read_day(
    row: SheetRow, head: Cells, first: int, focus: int | None, drafts: Drafts, setting: SheetSetting
) -> None:
    """One day: its name from the first column and what it is about, its exercises from all others."""
    cell = row.cells.get(first) or next(iter(row.cells.values()))
    program = drafts.program(setting.program, cell.place)
    called = clean(cell.text)
    named = [f"Day {called}" if called.isdigit() else called]
    named += [clean(row.cells[focus].text)] if focus in row.cells and focus is not None else []
    week = week_of(called) if not is_sure_day(called) else None
    for column, own in row.cells.items():
        if column in (first, focus):
            continue
        title = clean(head[column].text) if column in head else ""
        section = section_of(title) or Section.MAIN
        read_pieces(drafts, program, ": ".join(named), week or setting.week, own, title, section)


def read_pieces(
    drafts: Drafts,
    program: ProgramDraft,
    day: str,
    week: int | None,
    cell: Cell,
    title: str,
    section: Section,
) -> int:
    """Draft each exercise of a cell; each counts as a row. How many there were."""
    pieces = [piece for piece in map(plain, _PARTS.split(cell.text)) if piece]
    for piece in pieces:
        if is_resting(piece):
            drafts.skip("rest")
            continue
        found = piece_read(drafts, cell, title, piece, section)
        if isinstance(found, LineDraft):
            drafts.take(program, day, week, found)
        else:
            drafts.reject(found)
    return len(pieces)


def piece_read(drafts: Drafts, cell: Cell, title: str, piece: str, section: Section) -> LineDraft | Rejected:
    """The exercise that a text names with its sets, or why it cannot be read."""
    name, told = split_exercise(piece)
    optional = _OPTIONAL.match(name)
    name = name[optional.end() :] if optional else name
    settings = drafts.settings
    found = read_cell(told, settings.unit) if told else settings.sets or Unread("sets are missing", "3x8-12")
    found = found if drafts.has_decimal_commas else open_comma_in(told) or found
    text = piece[:LONGEST_CELL]
    if isinstance(found, Unread):
        return _unread(cell, title, text, name, found)._replace(exercise=_labelled(name)[1] if told else "")
    if not name:
        return Rejected(cell.place, title, text, "no exercise is named", f"Walking {told}")
    note = ", ".join(one for one in ("optional" if optional else None, found.note) if one) or None
    label, name = _labelled(name)
    return LineDraft(
        cell.place, title, name, list(found.groups), section, label,
        found._replace(note=note),
    )  # fmt: skip


def _labelled(name: str) -> tuple[str | None, str]:
    """The label before a name, such as A1, and the name without it."""
    label = re.match(r"([A-Za-z]\d{1,2})[.):]?\s+(?=\S)", name)
    return (label[1].upper(), name[label.end() :]) if label else (None, name)


def _unread(cell: Cell, title: str, text: str, name: str, found: Unread) -> Rejected:
    """An exercise whose sets cannot be read, with what could be written; with some name, if it has none."""
    nameless = "" if name else "; no exercise is named"
    instead = f"{name or 'Walking'} {found.instead}"
    return Rejected(cell.place, title, text, found.reason + nameless, instead)


def split_exercise(text: str) -> tuple[str, str]:
    """A text's exercise and what is prescribed of it, parted by a colon or where the sets begin."""
    found = _BEGINS.search(text)
    if found is None:
        name, _, told = text.partition(":")
        is_parted = any(map(str.isdigit, told)) and any(map(str.isalpha, name))  # 2:00 is a time
        return (clean(name), told.strip()) if is_parted else (clean(text), "")
    name, told = text[: found.start()].strip(" :(-,"), text[found.end() :]
    return clean(name), (told.replace(")", "", 1) if found[0] == "(" else told).strip()
