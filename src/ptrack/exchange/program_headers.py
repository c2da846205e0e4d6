"""The header rows of a plan's table: which columns belong together, and for which week or day.

A table has a header of columns (`Exercise | Sets | Reps`), one of weeks or days across, or both, one below
the other; each group of columns between two weeks or days is a plan of its own beside those that all share.
"""

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import NamedTuple

from ptrack.exchange.program_rows import LOADS, PRESCRIBING
from ptrack.exchange.program_sheets import Cells, SheetRow
from ptrack.exchange.program_words import ONE_SET, is_sure_day, week_of

RoleOf = Callable[[str], str | None]

CONTENT = frozenset((*PRESCRIBING, *LOADS, "rpe", "rir", "rest", "rest_seconds", "rest_minutes", "tempo"))
"""The columns that say how an exercise is done."""

_TELLING = frozenset((*PRESCRIBING, *LOADS))
_SHARED_WITH_DAYS = 2


def is_content(role: str) -> bool:
    """Whether a column says how an exercise is done."""
    return role in CONTENT or role.startswith(ONE_SET)


class Group(NamedTuple):
    """Columns, by role, that belong to one week or day, or to no special one."""

    week: int | None
    day: str | None
    columns: Mapping[str, int]


class Header(NamedTuple):
    """How the rows below are to be read.

    `shared` are the columns of all groups. `titles` is what the file calls each column, `unknown` what is
    passed over. `day` and `week` are those that the header itself names, in place of the exercise's column.
    """

    groups: tuple[Group, ...]
    shared: Mapping[str, int]
    titles: Mapping[int, str]
    unknown: tuple[str, ...]
    day: str | None = None
    week: int | None = None
    rows: int = 1

    @property
    def is_across(self) -> bool:
        """Whether weeks or days stand side by side."""
        return any(group.week is not None or group.day is not None for group in self.groups)

    @property
    def has_days(self) -> bool:
        """Whether a column names the day of each row."""
        return "day" in self.shared or "focus" in self.shared


class _Spans(NamedTuple):
    """The weeks or days that stand across a row, by column."""

    weeks: dict[int, int]
    days: dict[int, str]

    @property
    def columns(self) -> list[int]:
        return sorted(self.weeks or self.days)


def header_at(row: SheetRow, below: SheetRow | None, role_of: RoleOf) -> Header | None:
    """The header that a row begins, with the row below it where both make one; None for other rows."""
    header = _header_at(row, below, role_of)
    return header if header is None else _with_labels(header)


def _with_labels(header: Header) -> Header:
    """A nameless column left of the exercises is that of their labels, such as A1 and A2."""
    left = header.shared.get("exercise", 0) - 1
    if left < 1 or left in header.titles or left in header.shared.values() or "superset" in header.shared:
        return header
    return header._replace(shared={**header.shared, "superset": left})


def _header_at(row: SheetRow, below: SheetRow | None, role_of: RoleOf) -> Header | None:
    spans = _spans(row.cells, role_of)
    if spans is None:
        return _columns_header(row, role_of)
    roles = _roles(below.cells, role_of) if below is not None else {}
    if below is not None and _is_header(roles) and not _has_spans(below.cells, role_of):
        return _two_rows(row, below, spans, roles)
    return _spans_header(row, spans, role_of)


def _has_spans(cells: Cells, role_of: RoleOf) -> bool:
    return _spans(cells, role_of) is not None


def _roles(cells: Cells, role_of: RoleOf) -> dict[int, str]:
    return {column: role for column, cell in cells.items() if (role := role_of(cell.text))}


def _is_header(roles: Mapping[int, str]) -> bool:
    """Whether the cells name an exercise and how it is done, or how in two ways at least."""
    found = set(roles.values())
    if sum(role.startswith(ONE_SET) for role in found) > 1:
        return True
    if "exercise" in found:
        return bool(found & CONTENT) or list(roles.values()).count("exercise") > 1 or len(found) > 1
    return len(found & CONTENT) > 1 and bool(found & _TELLING)


def _spans(cells: Cells, role_of: RoleOf) -> _Spans | None:
    """The weeks that a row names across, or else the days; None where it names neither."""
    weeks = {column: week for column, cell in cells.items() if (week := week_of(cell.text)) is not None}
    roles = _roles(cells, role_of)
    first = min(cells)
    if len(weeks) > 1 or (weeks and first not in weeks and not (set(roles.values()) & _TELLING)):
        return _Spans(weeks, {})
    days = {column: cell.text for column, cell in cells.items() if is_sure_day(cell.text)}
    if len(days) > 1 and len(days) + len(roles.keys() - days.keys()) == len(cells):
        return _Spans({}, days)
    return None


def _columns_header(row: SheetRow, role_of: RoleOf) -> Header | None:
    """A header of columns alone; the column left of the first is the exercise's, where none is called so."""
    roles = _roles(row.cells, role_of)
    if not _is_header(roles):
        return None
    titles = {column: cell.text for column, cell in row.cells.items()}
    day, week = None, None
    if "exercise" not in roles.values():
        first = min(column for column, role in roles.items() if is_content(role))
        left = [column for column in row.cells if column < first and column not in roles]
        if left:
            roles[left[-1]] = "exercise"
            week = week_of(titles[left[-1]])
            day = titles[left[-1]] if is_sure_day(titles[left[-1]]) else None
        elif first > 1 and first - 1 not in roles:
            roles[first - 1] = "exercise"
        else:
            return None
    unknown = tuple(titles[column] for column in titles if column not in roles)
    shared, groups = _parted(roles)
    return Header(groups, shared, titles, unknown, day, week)


def _parted(roles: Mapping[int, str]) -> tuple[dict[str, int], tuple[Group, ...]]:
    """The columns as one group, or as several beside each other where each has an exercise of its own."""
    starts = [column for column, role in sorted(roles.items()) if role == "exercise"]
    if len(starts) < _SHARED_WITH_DAYS:
        columns: dict[str, int] = {}
        for column, role in sorted(roles.items()):
            columns.setdefault(role, column)
        return columns, (Group(None, None, {}),)
    return {}, tuple(
        Group(None, f"Day {number}", columns) for number, columns in enumerate(_between(roles, starts), 1)
    )


def _between(roles: Mapping[int, str], starts: list[int]) -> list[dict[str, int]]:
    """The columns from each start to the next; of two alike the first counts."""
    found: list[dict[str, int]] = []
    for start, end in zip(starts, [*starts[1:], 1 << 30], strict=True):
        columns: dict[str, int] = {}
        for column, role in sorted(roles.items()):
            if start <= column < end:
                columns.setdefault(role, column)
        found.append(columns)
    return found


def _two_rows(row: SheetRow, below: SheetRow, spans: _Spans, roles: dict[int, str]) -> Header:
    """Weeks or days, and below each its columns."""
    starts = _aligned(spans.columns, roles)
    shared: dict[str, int] = {}
    for column, role in sorted(roles.items()):
        if column < starts[0]:
            shared.setdefault(role, column)
    titles = {column: cell.text for column, cell in below.cells.items()}
    groups = [
        Group(spans.weeks.get(named), spans.days.get(named), columns)
        for named, columns in zip(spans.columns, _between(roles, starts), strict=True)
    ]
    if not any(group.columns for group in groups):
        titles = {**{column: cell.text for column, cell in row.cells.items()}, **titles}
        groups = [
            group._replace(columns=_of_day(named, spans.columns, shared))
            for named, group in zip(spans.columns, groups, strict=True)
        ]
    elif "exercise" not in shared:
        groups, shared = _with_exercises(groups, starts, shared, set(roles))
    unknown = tuple(cell.text for column, cell in below.cells.items() if column not in roles)
    day = next(
        (cell.text for column, cell in row.cells.items() if spans.weeks and is_sure_day(cell.text)), None
    )
    return Header(tuple(groups), shared, titles, unknown, day, rows=2)


def _aligned(columns: list[int], roles: Mapping[int, str]) -> list[int]:
    """Where each group begins: at its name, or at its exercise one column to the left of it."""
    return [
        column - 1
        if column not in roles and roles.get(column - 1) == "exercise" and column - 1 not in columns
        else column
        for column in columns
    ]


def _with_exercises(
    groups: list[Group], starts: list[int], shared: dict[str, int], known: set[int]
) -> tuple[list[Group], dict[str, int]]:
    """An exercise's column for each group that has none: a nameless one at its start, or left of all."""
    if all("exercise" in group.columns for group in groups):
        return groups, shared
    if groups[0].week is not None and starts[0] > 1:
        return groups, {**shared, "exercise": min(set(range(1, starts[0])) - known, default=1)}
    return [
        group if "exercise" in group.columns else group._replace(columns={**group.columns, "exercise": start})
        for group, start in zip(groups, starts, strict=True)
    ], shared


def _spans_header(row: SheetRow, spans: _Spans, role_of: RoleOf) -> Header:
    """Weeks or days with a column each, or for days two: the exercise and what is prescribed of it."""
    columns, roles = spans.columns, _roles(row.cells, role_of)
    titles = {column: cell.text for column, cell in row.cells.items()}
    left = {role: column for column, role in sorted(roles.items(), reverse=True) if column not in columns}
    day = None
    if spans.weeks and "exercise" not in left:
        named = [column for column in row.cells if column < columns[0] and column not in left.values()]
        left["exercise"] = named[-1] if named else max(columns[0] - 1, 1)
        day = next((titles[column] for column in named if is_sure_day(titles[column])), None)
    groups = tuple(
        Group(spans.weeks.get(column), spans.days.get(column), _of_day(column, columns, left))
        for column in columns
    )
    known = {*columns, *left.values()}
    unknown = tuple(text for column, text in titles.items() if column not in known)
    return Header(groups, left, titles, unknown, day)


def _of_day(column: int, columns: list[int], left: Mapping[str, int]) -> dict[str, int]:
    """The columns of one week or day that has no header of its own."""
    if "exercise" in left:
        return {"cell": column}
    gaps = [after - before for before, after in pairwise(columns)]
    if gaps and min(gaps) > 1:
        return {"exercise": column, "prescription": column + 1}
    return {"whole": column}
