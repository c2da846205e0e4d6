"""What a program prescribed earlier, put together again from the change journal."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from ptrack.clients.queries import practice
from ptrack.database.journal import Image, image_of
from ptrack.database.reading import Reader
from ptrack.desk.undoing.tables import Tables
from ptrack.errors import NotFoundError, StateError
from ptrack.moments import local_day_bounds, read_day
from ptrack.notation.model import Day, Program
from ptrack.programs.prescriptions import GroupRow, lines_of
from ptrack.vocabulary import Section

ROWS_SINCE = """
SELECT table_name, row_key, before FROM change_row
WHERE change_id >= :change AND table_name IN ('program', 'program_day', 'prescription')
ORDER BY id DESC"""
FIRST_CHANGE = "SELECT min(id) FROM change WHERE created_at >= :moment"
LAST_CHANGE = "SELECT max(id) FROM change"
MADE_BY = """
SELECT min(change_id) FROM change_row
WHERE table_name = 'program' AND row_key = :key AND before IS NULL"""
EXERCISE_NAMES = "SELECT id, name FROM exercise"

State = dict[tuple[str, int], Image]


def change_at(reader: Reader, since: str, today: date) -> int:
    """The first change from a day on, or the one of that number; NotFoundError where there is none."""
    last = reader.value(LAST_CHANGE) or 0
    if since.strip().isdigit():
        number = int(since)
        if not 1 <= number <= last:
            raise NotFoundError(f"There is no change {number}.\nSee what was done: ptrack undo --list")
        return number
    begin = local_day_bounds(read_day(since, today), practice(reader).zone)[0]
    return reader.value(FIRST_CHANGE, moment=begin) or last + 1


def made_by(reader: Reader, number: int) -> int | None:
    """The change that made a program; None where the journal does not go back so far."""
    found: int | None = reader.value(MADE_BY, key=json.dumps([number]))
    return found


def plan_before(reader: Reader, number: int, change: int) -> Program[int]:
    """What a program prescribed before that change, as written; StateError where there was none yet."""
    state = _state_now(reader, number)
    for table, key, before in reader.tuples(ROWS_SINCE, change=change):
        place = table, int(json.loads(key)[0])
        image = image_of(before)
        if image is None:
            state.pop(place, None)
        else:
            state[place] = image
    head = state.get(("program", number))
    if head is None:
        raise StateError(
            f"Program {number} was not there yet: it was made by change {made_by(reader, number)}."
        )
    return _plan(head, _own(state, "program_day", "program_id", {number}), state, reader)


def _state_now(reader: Reader, number: int) -> State:
    """The rows of a program as they are."""
    tables = Tables(reader)
    found: State = {("program", row["id"]): row for row in tables.having("program", {"id": number})}
    for day in tables.having("program_day", {"program_id": number}):
        found["program_day", day["id"]] = day
        for line in tables.having("prescription", {"day_id": day["id"]}):
            found["prescription", line["id"]] = line
    return found


def _own(state: State, table: str, pointer: str, owners: Iterable[int]) -> list[Image]:
    wanted = set(owners)
    return [image for (name, _), image in state.items() if name == table and image[pointer] in wanted]


def _plan(head: Image, days: list[Image], state: State, reader: Reader) -> Program[int]:
    names = dict(reader.tuples(EXERCISE_NAMES))
    lines: dict[int, list[GroupRow]] = {day["id"]: [] for day in days}
    for image in _own(state, "prescription", "day_id", lines):
        lines[image["day_id"]].append(_group(image, names))
    return Program(
        name=head["name"],
        weeks=head["weeks"],
        days_per_week=head["days_per_week"],
        days=tuple(
            Day(day["name"], lines_of(sorted(lines[day["id"]], key=_place)), day["week"])
            for day in sorted(days, key=lambda day: day["position"])
        ),
        goal=head["goal"],
    )


def _place(row: GroupRow) -> tuple[int, int]:
    return row.position, row.part


def _group(image: Image, names: dict[int, str]) -> GroupRow:
    """A row as the journal keeps it; what a column that came later would say is that there is nothing."""
    values: dict[str, Any] = {name: image.get(name) for name in GroupRow._fields}
    values |= {name: bool(values[name]) for name in ("amrap", "is_bodyweight", "per_side", "is_warmup")}
    exercise = names.get(image["exercise_id"], f"exercise {image['exercise_id']}")
    return GroupRow(**values | {"exercise": exercise, "section": Section(image["section"])})
