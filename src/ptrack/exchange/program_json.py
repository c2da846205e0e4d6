"""Plans as JSON: our own export, days with their exercises under any of the usual names, or bare lists."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ptrack.errors import UnreadableError
from ptrack.exchange.program_cells import LONGEST_CELL, Unread
from ptrack.exchange.program_commas import open_comma
from ptrack.exchange.program_drafts import Drafts, LineDraft, ProgramDraft, Rejected
from ptrack.exchange.program_heads import HEAD_COLUMNS, take_head
from ptrack.exchange.program_matrix import piece_read
from ptrack.exchange.program_rows import Failed, prescribed
from ptrack.exchange.program_sheets import Cell, Place, number_text
from ptrack.exchange.program_words import role_of, section_of, superset_of, week_of
from ptrack.exchange.text import look_over
from ptrack.naming import clean
from ptrack.vocabulary import Section

MOST_BYTES = 4 << 20

_PROGRAMS = ("programs", "templates", "plans")
_WEEKS = ("weeks", "wochen", "semaines", "semanas")
_DAYS = ("days", "workouts", "sessions", "tage", "jours", "dias", "einheiten", "routines", "schedule")
_EXERCISES = ("exercises", "ubungen", "übungen", "exercices", "ejercicios", "movements", "lifts", "items")
_NAMES = ("name", "title", "day", "program", "workout", "label")


def read_json(path: Path, drafts: Drafts, program: str) -> None:
    """Read a file of plans. Raises UnreadableError for what is no JSON, or no plan."""
    file = look_over(path)
    if file.size > MOST_BYTES:
        raise UnreadableError(f"{path} is over 4 MiB, more than a plan needs. Split it, a program a file.")
    with file.open() as stream:
        text = stream.read()
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"{path} is no JSON that can be read: {_why(error)}.") from error
    try:
        _JsonReader(text, drafts, program).read(data)
    except RecursionError as error:
        raise UnreadableError(f"{path} is nested too deeply for a plan.") from error
    if not drafts.account.rows:
        raise UnreadableError(f"{path} holds no plan: no days with exercises were found in it.")


def _why(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}, column {error.colno}: {error.msg}"
    return "it is nested too deeply, or has a number that is too long"


class _JsonReader:
    """Walks down to the exercises; each is found again in the text, to tell its line."""

    def __init__(self, text: str, drafts: Drafts, program: str) -> None:
        self._text, self._drafts, self._name = text, drafts, program
        self._at, self._line, self._line_at = 0, 1, 0

    def read(self, data: Any) -> None:
        """Read whatever the file holds: programs, a program, or its days."""
        if isinstance(data, Mapping) and (programs := _first(data, _PROGRAMS)) is not None:
            data = programs
        if isinstance(data, list) and any(_is_program(each) for each in data):
            for number, each in enumerate(data, 1):
                self._read_program(each, f"{self._name} {number}")
        else:
            self._read_program(data, self._name)

    def _read_program(self, data: Any, usual: str) -> None:
        named = isinstance(data, Mapping) and (_is_program(data) or _first(data, ("weeks",)) is not None)
        name = clean(str(_first(data, _NAMES) or "")) if named else ""
        mark = "\x1f".join(str(data.get(key) or "") for key in ("client", "start_date")) if named else ""
        program = self._drafts.program(name or usual, self._place(name), mark=mark)
        if isinstance(data, Mapping):
            self._read_heads(program, data)
            for week, weekly in _weeks_of(data):
                self._read_days(program, week, weekly)
        elif isinstance(data, list):
            self._read_days(program, None, data)

    def _read_heads(self, program: ProgramDraft, data: Mapping[str, Any]) -> None:
        for key, value in data.items():
            role = role_of(str(key).replace("_date", " date"))
            if role in HEAD_COLUMNS and isinstance(value, (str, int)) and value != "":
                wrong = take_head(program.heads, role, str(value))
                if wrong:
                    place = self._place(str(value))
                    self._drafts.reject(Rejected(place, str(key), str(value)[:LONGEST_CELL], *wrong))

    def _read_days(self, program: ProgramDraft, week: int | None, data: Any) -> None:
        days: list[tuple[Any, Any]] = (
            list(data.items()) if isinstance(data, Mapping) else [(None, each) for each in data]
        )
        if isinstance(data, list) and data and not any(map(_holds_exercises, data)):
            days = [("Day 1", data)]
        for number, (key, day) in enumerate(days, 1):
            if isinstance(data, Mapping) and not isinstance(day, list) and not _holds_exercises(day):
                continue
            self._read_day(program, week, key, number, day)

    def _read_day(self, program: ProgramDraft, week: int | None, key: Any, number: int, day: Any) -> None:
        name = _numbered(key)
        exercises = day
        if isinstance(day, Mapping):
            called = _first(day, _NAMES)
            name = clean(called) if isinstance(called, str) else _numbered(called) or name
            own = day.get("week")
            week = own if isinstance(own, int) and own > 0 else week
            exercises = _first(day, _EXERCISES)
        name = name or f"Day {number}"
        is_told = isinstance(day, Mapping) and (exercises or any(map(_holds_more, day.values())))
        if is_told and not isinstance(exercises, list):
            place = self._place(name)
            reason = "the exercises of a day are a list"
            self._drafts.reject(Rejected(place, "exercises", name, reason, '"exercises": ["Back Squat 3x5"]'))
        for each in exercises if isinstance(exercises, list) else []:
            self._read_exercise(program, name, week, each)

    def _read_exercise(self, program: ProgramDraft, day: str, week: int | None, each: Any) -> None:
        if isinstance(each, str):
            cell = Cell(each, self._place(each))
            found = piece_read(self._drafts, cell, "", clean(each), Section.MAIN)
        elif isinstance(each, Mapping):
            found = self._read_fields(each)
        else:
            shown = str(each)[:80]
            found = Rejected(self._place(shown), "", shown, "an exercise is a name, or an object with one")
        if isinstance(found, LineDraft):
            self._drafts.take(program, day, week, found)
        else:
            self._drafts.reject(found)

    def _read_fields(self, each: Mapping[str, Any]) -> LineDraft | Rejected:
        name = clean(str(_first(each, ("name", "exercise", "title", "movement", "lift")) or ""))
        place = self._place(name)
        if not name:
            return Rejected(place, "name", "", "the exercise is missing", '"name": "Back Squat"')
        label = superset_of(str(each["superset"])) if each.get("superset") else None
        section = section_of(str(each.get("section") or "")) or Section.MAIN
        settings = self._drafts.settings
        groups = [dict(each, **one) for one in _set_rows(each)] or [dict(each)]
        line: LineDraft | None = None
        for fields in groups:
            cells = {role: Cell(text, place) for role, text in _texts(fields)}
            if "notation" in fields:
                cells["line"] = Cell("1", place)  # our own language is taken as it stands
            found = open_comma(cells) or prescribed(cells, settings.unit, settings.sets)
            if isinstance(found, Failed):
                text = cells[found.role].text if found.role in cells else name
                return Rejected(place, found.role, text[:LONGEST_CELL], *_in_json(found.unread), name)
            if line is None:
                line = LineDraft(place, "", name, list(found.groups), section, label, found)
            else:
                line.groups += found.groups
        assert line is not None  # noqa: S101  there is a group at least
        return line

    def _place(self, text: str) -> Place:
        """Where a text stands in the file, looked for from the last one on."""
        found = self._text.find(json.dumps(text, ensure_ascii=False), self._at) if text else -1
        if found >= 0:
            self._at = found
            self._line += self._text.count("\n", self._line_at, found)
            self._line_at = found
        column = self._at - self._text.rfind("\n", 0, self._at)
        return Place(None, self._line, max(column, 1))


def _numbered(key: Any) -> str:
    """What a day is called by its key or number: `Day 1` for 1."""
    name = clean(str(key)) if isinstance(key, (str, int)) else ""
    return f"Day {name}" if name.isdigit() else name


def _in_json(unread: Unread) -> Unread:
    return unread._replace(instead=unread.instead or '"notation": "3x8-12"')


def _first(data: Any, names: tuple[str, ...]) -> Any:
    """The value under the first of the names that there is, letter case aside."""
    if not isinstance(data, Mapping):
        return None
    lowered = {str(key).strip().lower(): value for key, value in data.items()}
    return next((lowered[name] for name in names if lowered.get(name) is not None), None)


def _is_program(data: Any) -> bool:
    return isinstance(data, Mapping) and (
        isinstance(_first(data, _DAYS), (list, Mapping)) or isinstance(_first(data, _WEEKS), (list, Mapping))
    )


def _holds_more(value: Any) -> bool:
    """Whether what a day says is more than its name and the like."""
    return isinstance(value, (list, Mapping)) and bool(value)


def _holds_exercises(data: Any) -> bool:
    return isinstance(data, Mapping) and isinstance(_first(data, _EXERCISES), list)


def _weeks_of(data: Mapping[str, Any]) -> Iterator[tuple[int | None, Any]]:
    """The weeks of a program with what holds their days; one for all where days stand in it."""
    days, weeks = _first(data, _DAYS), _first(data, _WEEKS)
    if isinstance(days, (list, Mapping)):
        yield None, days
    elif isinstance(weeks, Mapping):
        for number, (key, each) in enumerate(weeks.items(), 1):
            yield week_of(str(key)) or number, _days_in(each)
    elif isinstance(weeks, list):
        for number, each in enumerate(weeks, 1):
            own = each.get("week") if isinstance(each, Mapping) else None
            yield own if isinstance(own, int) and own > 0 else number, _days_in(each)
    else:
        yield None, data


def _days_in(week: Any) -> Any:
    days = _first(week, _DAYS)
    return days if isinstance(days, (list, Mapping)) else week if isinstance(week, (list, Mapping)) else []


def _set_rows(each: Mapping[str, Any]) -> list[dict[str, Any]]:
    """`"sets": [{"reps": 5, "weight": 100}, ...]`: sets told one by one."""
    told = each.get("sets")
    if not (isinstance(told, list) and told and all(isinstance(one, Mapping) for one in told)):
        return []
    return [{"sets": one.get("sets", one.get("count", 1)), **one} for one in told]


def _texts(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The fields that tell how an exercise is done, by role, as text."""
    seen: set[str] = set()
    for key, value in fields.items():
        role = role_of(str(key).replace("_", " ")) or role_of(str(key))
        if role is None or role in ("exercise", "section", "superset", "day", "line") or role in seen:
            continue
        text = _text(value)
        if text:
            seen.add(role)
            yield role, text


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, (int, float)):
        return number_text(value)
    if isinstance(value, list) and all(isinstance(one, (int, float)) for one in value):
        return ",".join(number_text(one) for one in value)
    return value.strip() if isinstance(value, str) else ""
