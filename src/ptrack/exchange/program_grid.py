"""Reading a plan's table row by row: headings of weeks, days, sections, and exercises under a header."""

import re
from collections.abc import Mapping

from ptrack.exchange.program_cells import LONGEST_CELL, Prescribed, Unread, plain
from ptrack.exchange.program_commas import has_comma_loads, open_comma, says_decimal_commas
from ptrack.exchange.program_drafts import Drafts, LineDraft, ProgramDraft, Rejected, SheetSetting
from ptrack.exchange.program_headers import Group, Header, header_at, is_content
from ptrack.exchange.program_heads import HEAD_COLUMNS, take_head
from ptrack.exchange.program_matrix import read_matrix, read_pieces
from ptrack.exchange.program_rows import Failed, prescribed
from ptrack.exchange.program_sheets import Cell, Place, Sheet, SheetRow, letters
from ptrack.exchange.program_single_sets import as_read
from ptrack.exchange.program_words import (
    day_name,
    is_day,
    is_resting,
    is_sure_day,
    length_of,
    role_of,
    section_of,
    superset_of,
    week_number,
    week_of,
)
from ptrack.exchange.text import TOLD_EVERY
from ptrack.naming import clean, fold
from ptrack.vocabulary import Section

_WORDY = re.compile(
    r"(?:\S+\s+){6,}|[.!?]$|^[*#(]|^(?:notes?|nb|hinweis|legend|key|tip|remarque|nota)\b", re.IGNORECASE
)
_HEADING = HEAD_COLUMNS | {"program", "week", "day", "focus", "section"}  # said for the rows below
_FULL = re.compile(r"\d\s*x\s*\d|\d\s*(?:kg|lb|%|s\b|min)|^\d+(?:[,/]\d+)+", re.IGNORECASE)


class GridReader:
    """Reads one sheet into the drafts."""

    def __init__(self, sheet: Sheet, drafts: Drafts, setting: SheetSetting) -> None:
        self._rows, self._drafts, self._setting = sheet.rows, drafts, setting
        drafts.has_decimal_commas = sheet.has_decimal_commas or says_decimal_commas(sheet.rows)
        self._header: Header | None = None
        self._day, self._week = setting.day or "", setting.week
        self._section = Section.MAIN
        self._program, self._title = setting.program, ""
        self._length: int | None = None
        self._line: dict[int, tuple[ProgramDraft, str, int | None, LineDraft, str]] = {}
        self._lost: dict[int, tuple[str, str]] = {}

    def read(self) -> None:
        """Read the whole sheet."""
        at, told, progress = 0, 0, self._drafts.settings.progress
        while at < len(self._rows):
            at += self._read(at)
            if progress and at >= told + TOLD_EVERY:
                progress(at, len(self._rows), at)
                told = at

    def _role_of(self, text: str) -> str | None:
        return self._drafts.settings.roles.get(fold(clean(text))) or role_of(text)

    def _read(self, at: int) -> int:
        """Read what begins at a row; how many rows that are."""
        row = self._rows[at]
        if row.broken:
            self._drafts.reject(Rejected(Place(self._sheet_name(), row.line, 1), "", "", row.broken))
            return 1
        if self._header is None and (taken := read_matrix(self._rows[at:], self._drafts, self._setting)):
            return taken
        if self._header is not None and "line" in self._header.shared:
            self._read_row(row)  # our own export, in which a day may be called anything
            return 1
        below = self._rows[at + 1] if at + 1 < len(self._rows) else None
        header = header_at(row, below, self._role_of)
        if header is not None and not (header.is_across and self._names_weeks()):
            self._begin(header)
            return header.rows
        if not self._is_heading(row, below):
            self._read_row(row)
        return 1

    def _names_weeks(self) -> bool:
        """Whether a column names the week of each row: then no row has weeks across."""
        return self._header is not None and "week" in self._header.shared

    def _sheet_name(self) -> str | None:
        return next((cell.place.sheet for row in self._rows for cell in row.cells.values()), None)

    def _begin(self, header: Header) -> None:
        self._header, self._line = header, {}
        if not self._drafts.has_decimal_commas:
            self._drafts.has_decimal_commas = has_comma_loads(self._rows, header)
        self._drafts.unknown_columns.update(dict.fromkeys(map(clean, header.unknown)))
        self._section = Section.MAIN
        if header.day is not None:
            self._day = clean(header.day)
        if header.week is not None:
            self._week = header.week

    # Headings: a row of one text that is no exercise

    def _is_heading(self, row: SheetRow, below: SheetRow | None) -> bool:
        """Take a week's, a day's or a section's heading, a title or a remark; False for any other row."""
        first, *others = row.cells.values()
        if self._header is not None and not self._is_alone(row):
            return False
        if any(_FULL.search(cell.text) for cell in others):
            return False
        if self._takes_heading(first.text) or all(
            self._takes_heading(cell.text) for cell in row.cells.values()
        ):
            for cell in others:
                self._takes_heading(cell.text)
            return True
        if self._header is None:
            if self._title or others:
                self._drafts.skip("outside")
            self._title = self._title or clean(first.text)
            self._length = self._length or length_of(first.text)
            return True
        if below is not None and header_at(below, None, self._role_of) is not None:
            self._day, self._section = clean(first.text), Section.MAIN
            return True
        is_remark = _WORDY.search(plain(first.text)) is not None
        if is_remark:
            self._drafts.skip("remark")
        return is_remark

    def _is_alone(self, row: SheetRow) -> bool:
        """Whether nothing is prescribed in the row: no cell of it stands in a column that says how."""
        assert self._header is not None  # noqa: S101  asked under a header only
        if any("whole" in group.columns for group in self._header.groups):
            return len(row.cells) == 1 and self._is_plain_heading(next(iter(row.cells.values())).text)
        telling = {
            column
            for columns in (self._header.shared, *(group.columns for group in self._header.groups))
            for role, column in columns.items()
            if is_content(role) or role in ("cell", "notes")
        }
        return not telling & row.cells.keys()

    @staticmethod
    def _is_plain_heading(text: str) -> bool:
        return week_of(text) is not None or is_sure_day(text) or section_of(text) is not None

    def _takes_heading(self, text: str) -> bool:
        """Take the week, day or section that a text names; whether it names one."""
        if (week := week_of(text)) is not None:
            self._week, self._section, self._line = week, Section.MAIN, {}
            return True
        if (section := section_of(text)) is not None:
            self._section, self._line = section, {}
            return True
        if is_day(text) and not (self._header is not None and self._header.has_days):
            self._day, self._section, self._line = clean(text), Section.MAIN, {}
            return True
        return False

    # Rows of exercises

    def _read_row(self, row: SheetRow) -> None:
        if self._header is None:
            return
        shared = {
            role: row.cells[column] for role, column in self._header.shared.items() if column in row.cells
        }
        program = self._program_of(shared, row)
        if program is None:
            return
        self._carry(shared)
        self._name_unread(self._header, row)
        if "exercise" in shared and "line" not in shared:
            self._line, self._lost = {}, {}  # what follows goes on this exercise, or on none
        found = 0
        for number, group in enumerate(self._header.groups):
            own = {role: row.cells[column] for role, column in group.columns.items() if column in row.cells}
            program.declare(*self._when(group))
            if own or not group.columns:
                found += self._read_group(number, group, program, shared, own)
        if not found:
            self._read_shared(self._header, program, shared, row)

    def _name_unread(self, header: Header, row: SheetRow) -> None:
        """Name the columns in which the row has something that nothing is read from."""
        read = {
            *header.shared.values(),
            *(each for group in header.groups for each in group.columns.values()),
        }
        for column in row.cells.keys() - read:
            title = clean(header.titles.get(column, "")) or f"column {letters(column)}"
            self._drafts.unknown_columns[title] = None

    def _read_shared(
        self, header: Header, program: ProgramDraft, shared: Mapping[str, Cell], row: SheetRow
    ) -> None:
        """A row of which no week says anything: what all weeks share is planned in every one of them."""
        if "exercise" not in shared and not any(map(is_content, shared)):
            if row.cells.keys() - {column for role, column in header.shared.items() if role in _HEADING}:
                self._drafts.skip("remark")
            return
        if header.groups[0].day is not None:
            unread = Unread("it stands on no day", "its sets under a day")
            self._reject(next(iter(shared.values())), "exercise", unread)
            return
        for number, group in enumerate(header.groups):
            if not self._take(number, program, *self._when(group), shared):
                return  # what is wrong with it is so in every week

    def _when(self, group: Group) -> tuple[str, int | None]:
        """The day and the week of a group of columns."""
        day = clean(group.day) if group.day is not None else self._day
        return day or "Day 1", group.week if group.week is not None else self._week

    def _program_of(self, shared: Mapping[str, Cell], row: SheetRow) -> ProgramDraft | None:
        """The program that a row is of; None where what it says of it cannot be read."""
        if "program" in shared:
            self._program = clean(shared["program"].text)
        mark = "\x1f".join(fold(shared[role].text) for role in ("client", "start") if role in shared)
        place = Place(self._sheet_name(), row.line, min(row.cells))
        joins = self._setting.joins or bool(self._header and any(group.week for group in self._header.groups))
        program = self._drafts.program(self._program or self._title_name(), place, joins=joins, mark=mark)
        program.heads.weeks = program.heads.weeks or self._length
        for role in HEAD_COLUMNS & shared.keys():
            wrong = take_head(program.heads, role, shared[role].text)
            if wrong:
                self._reject(shared[role], role, Unread(*wrong))
                return None
        return program

    def _title_name(self) -> str:
        """The title above the table, where it is one."""
        return self._title if self._title and not _WORDY.search(self._title) else ""

    def _carry(self, shared: Mapping[str, Cell]) -> None:
        """Keep the day, week and section that a row names for those below it that name none."""
        if "line" in shared:
            self._take_exactly(shared)
            return
        if "week" in shared:
            self._week = week_number(shared["week"].text) or self._week
        named = [clean(shared[role].text) for role in ("day", "focus") if role in shared]
        if named:
            day = day_name(named)
            if fold(day) != fold(self._day):
                self._day, self._section, self._line = day, Section.MAIN, {}
        if "section" in shared:
            self._section = section_of(shared["section"].text) or self._section

    def _take_exactly(self, shared: Mapping[str, Cell]) -> None:
        """A row of our own export says all of it, and what it leaves out is so."""
        day = clean(shared["day"].text) if "day" in shared else self._day
        week = week_number(shared["week"].text) if "week" in shared else self._setting.week
        if (day, week) != (self._day, self._week):
            self._day, self._week, self._line = day, week, {}
        said = section_of(shared["section"].text) if "section" in shared else None
        self._section = said or Section.MAIN

    def _read_group(
        self,
        number: int,
        group: Group,
        program: ProgramDraft,
        shared: Mapping[str, Cell],
        own: Mapping[str, Cell],
    ) -> int:
        """Read one week's, one day's or the only columns of a row; how many exercises they told of."""
        cells = {**shared, **own}
        day, week = self._when(group)
        if "whole" in own:
            return self._read_whole(program, day, week, own["whole"])
        if "cell" in own:
            cells |= _week_cell(own["cell"], shared)
        telling = any(map(is_content, cells))
        if "exercise" not in cells and not telling:
            if own:
                self._drafts.skip("remark")
            return len(own)
        if group.columns and not own.keys() - {"notes"}:
            self._drafts.skip("remark")
            return 0  # what all weeks share plans nothing for one that says nothing itself
        self._take(number, program, day, week, cells)
        return 1

    def _take(
        self,
        number: int,
        program: ProgramDraft,
        day: str,
        week: int | None,
        cells: Mapping[str, Cell],
    ) -> bool:
        """Draft the exercise of some cells, or more sets of the one above; whether that could be."""
        first = cells.get("exercise") or next(cells[role] for role in cells if is_content(role))
        name, label = self._name_of(cells)
        mark = cells["line"].text if "line" in cells else ""
        if self._belongs_to_lost(number, name, mark):
            return self._reject(
                first, "exercise", Unread(f'it belongs to "{self._lost[number][0]}", which is not taken', "")
            )
        if name and not mark:
            self._line.pop(number, None)
        if _is_rest(cells):
            self._lost[number] = (name, mark)
            self._drafts.skip("rest")
            return True
        found = self._prescribed(cells)
        if isinstance(found, Failed):
            if name:
                self._lost[number] = (name, mark)
            named = name if len(cells) > 1 else ""  # a text alone may be a heading
            return self._reject(cells.get(found.role, first), found.role, found.unread, named)
        return self._keep(number, program, day, week, cells, first, name, label, found)

    def _prescribed(self, cells: Mapping[str, Cell]) -> Prescribed | Failed:
        settings = self._drafts.settings
        if not self._drafts.has_decimal_commas and (failed := open_comma(cells)) is not None:
            return failed
        read = as_read(cells, settings.unit)
        return read if isinstance(read, Failed) else prescribed(read, settings.unit, settings.sets)

    def _belongs_to_lost(self, number: int, name: str, mark: str) -> bool:
        """Whether sets go on an exercise above them that was not taken; another one's name ends that."""
        if number not in self._lost:
            return False
        goes_on = mark == self._lost[number][1] if mark else not name
        if not goes_on:
            del self._lost[number]
        return goes_on

    def _keep(
        self,
        number: int,
        program: ProgramDraft,
        day: str,
        week: int | None,
        cells: Mapping[str, Cell],
        first: Cell,
        name: str,
        label: str | None,
        found: Prescribed,
    ) -> bool:
        above = self._line.get(number)
        mark = cells["line"].text if "line" in cells else ""
        goes_on = above is not None and above[:3] == (program, day, week)
        if goes_on and above is not None and (not name or (mark and mark == above[4])):
            above[3].groups += found.groups
            above[3].rows += 1
            self._drafts.account.rows += 1
            return True
        if not name:
            return self._reject(
                first, "exercise", Unread("the exercise is missing", "its name in the exercise's column")
            )
        line = LineDraft(
            first.place, self._title_of(first), name, list(found.groups), self._section, label, found
        )
        self._drafts.take(program, day, week, line)
        self._line[number] = (program, day, week, line, mark)
        return True

    def _name_of(self, cells: Mapping[str, Cell]) -> tuple[str, str | None]:
        """The exercise's name, and its label: from a column of its own or before the name (`A1. Squat`)."""
        name = clean(cells["exercise"].text) if "exercise" in cells else ""
        label = superset_of(cells["superset"].text) if "superset" in cells else None
        found = re.match(r"([A-Za-z]\d{1,2})\s*[.):-]?\s+(?=\S)", name)
        if found and label is None and "line" not in cells:
            return name[found.end() :], found[1].upper()
        return name, label

    def _read_whole(self, program: ProgramDraft, day: str, week: int | None, cell: Cell) -> int:
        """A day's cell that holds an exercise with its sets, or several."""
        return read_pieces(self._drafts, program, day, week, cell, self._title_of(cell), self._section)

    def _title_of(self, cell: Cell) -> str:
        return clean(self._header.titles.get(cell.place.column, "")) if self._header else ""

    def _reject(self, cell: Cell, role: str, unread: Unread, name: str = "") -> bool:
        """Reject a row for one of its cells; False, for it was not taken."""
        title = self._title_of(cell) or role
        self._drafts.reject(Rejected(cell.place, title, cell.text[:LONGEST_CELL], *unread, name))
        return False


def _is_rest(cells: Mapping[str, Cell]) -> bool:
    """Whether the cells say that nothing is planned."""
    if "prescription" in cells:
        return is_resting(cells["prescription"].text)
    return "exercise" in cells and not any(map(is_content, cells)) and is_resting(cells["exercise"].text)


def _week_cell(cell: Cell, shared: Mapping[str, Cell]) -> dict[str, Cell]:
    """A week's cell: a load, where sets and reps stand in columns that all weeks share; else all of it."""
    has_sets = "sets" in shared and "reps" in shared
    if has_sets and not re.search(r"\d\s*[x×]\s*\d", cell.text):  # noqa: RUF001
        return {"load": cell}
    return {"prescription": cell}
