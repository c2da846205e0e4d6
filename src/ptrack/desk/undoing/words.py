"""What taking a change back does, in words: `appointment 12 of Anna Berg becomes scheduled`."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from ptrack.clients.queries import Practice, practice
from ptrack.database.journal import Image
from ptrack.database.reading import Reader
from ptrack.desk.undoing.queries import Touched
from ptrack.desk.undoing.rules import Plan, Step, package_balance


class _Noun(NamedTuple):
    """How rows of a table are spoken of; a detail only where nothing else is, and then as a count."""

    one: str
    many: str
    is_detail: bool = False


NOUNS = {
    "studio": _Noun("the practice", "the practice"),
    "client": _Noun("client", "clients"),
    "trainer": _Noun("trainer", "trainers"),
    "location": _Noun("location", "locations"),
    "package": _Noun("package", "packages"),
    "appointment_series": _Noun("series", "series", is_detail=True),
    "appointment_group": _Noun("group", "groups"),
    "appointment": _Noun("appointment", "appointments"),
    "session": _Noun("session", "sessions"),
    "workout": _Noun("workout", "workouts"),
    "program": _Noun("program", "programs"),
    "exercise": _Noun("exercise", "exercises"),
    "metric": _Noun("metric", "metrics"),
    "metric_entry": _Noun("metric entry", "metric entries"),
    "day_off": _Noun("day off", "days off"),
    "working_hours": _Noun("span of working hours", "spans of working hours", is_detail=True),
    "workout_set": _Noun("set", "sets", is_detail=True),
    "workout_exercise": _Noun("exercise of a workout", "exercises of a workout", is_detail=True),
    "program_day": _Noun("day of a program", "days of a program", is_detail=True),
    "prescription": _Noun("line of a program", "lines of a program", is_detail=True),
    "exercise_alias": _Noun("other name", "other names", is_detail=True),
    "exercise_muscle": _Noun("muscle", "muscles", is_detail=True),
    "client_tag": _Noun("tag", "tags", is_detail=True),
    "feedback": _Noun("feedback", "feedbacks", is_detail=True),
    "message": _Noun("message", "messages", is_detail=True),
    "token": _Noun("link", "links", is_detail=True),
    "credit_entry": _Noun("credit entry", "credit entries", is_detail=True),
}
"""The tables in the order in which they are told of."""

PROGRAM_OF = "SELECT program_id FROM program_day WHERE id = :day"

_NAMED_TABLES = ("client", "trainer", "location", "program", "exercise", "metric")
_TOLD_ONE_BY_ONE = 3
_TOLD_COLUMNS = 3
_LONGEST = 40
_SILENT = ("sequence", "edited_at", "name_key", "created_at", "end_date", "validated_at", "cancelled_by")
_POINTS_TO = {"client_id": "client", "trainer_id": "trainer", "location_id": "location"}


def _noun(table: str) -> _Noun:
    return NOUNS.get(table) or _Noun(table.replace("_", " "), f"{table.replace('_', ' ')} rows")


def counted(number: int, table: str) -> str:
    """`1 set`, `15 sets`."""
    noun = _noun(table)
    return f"{number:,} {noun.one if number == 1 else noun.many}"


def row_name(reader: Reader, table: str, image: Image) -> str:
    """`appointment 12 of Anna Berg`, `client Anna Berg (3)`."""
    noun = _noun(table)
    if table == "studio":
        return noun.one
    if table in _NAMED_TABLES:
        return f"{noun.one} {image['name']} ({image['id']})"
    name = f"{noun.one} {image['id']}" if "id" in image else noun.one
    if "client_id" in image:
        owner = reader.value("SELECT name FROM client WHERE id = :client", client=image["client_id"])
        return f"{name} of {owner}" if owner else name
    return name


def tell(reader: Reader, plan: Plan) -> list[str]:
    """What a plan does, each thing a clause without a full stop."""
    teller = _Teller(reader, plan)
    return list(teller.clauses())


class _Teller:
    def __init__(self, reader: Reader, plan: Plan) -> None:
        self._reader, self._plan = reader, plan
        self._house: Practice = practice(reader)
        self._names = {step.image["id"]: step.image["name"] for step in plan.steps if step.table == "client"}

    def clauses(self) -> Iterator[str]:
        order = list(NOUNS)
        steps = sorted(
            self._plan.steps, key=lambda step: order.index(step.table) if step.table in order else len(order)
        )
        told = [step for step in steps if not _noun(step.table).is_detail]
        details = [step for step in steps if _noun(step.table).is_detail]
        for table, group in groupby(told, key=lambda step: step.table):
            yield from self._of_table(table, list(group))
        yield from self._credits()
        yield from self._gone_over()
        if not told:
            for table, group in groupby(details, key=lambda step: step.table):
                yield self._detail(table, list(group))

    def _of_table(self, table: str, steps: Sequence[Step]) -> Iterator[str]:
        """What becomes of the rows of a table; of many that each get back their own, only what."""
        fates = [self._fate(step) for step in steps]
        if len(set(fates)) > _TOLD_ONE_BY_ONE:
            fates = [self._fate(step, in_full=False) for step in steps]
        for fate, group in groupby(zip(fates, steps, strict=True), key=lambda pair: pair[0]):
            alike = [step for _, step in group]
            if len(alike) > _TOLD_ONE_BY_ONE:
                yield f"{counted(len(alike), table)} {_plural(fate)}"
            else:
                yield from (f"{self._name(step)} {fate}" for step in alike)

    def _name(self, step: Step) -> str:
        name = row_name(self._reader, step.table, step.image)
        owner = self._names.get(step.image.get("client_id"))
        return name if owner is None or name.endswith(f" of {owner}") else f"{name} of {owner}"

    def _fate(self, step: Step, *, in_full: bool = True) -> str:
        """What becomes of a row; what it gets back `in_full`, or only the names of it."""
        have, want = step.have, step.want
        if want is None or _is_out_of_sight(want) > _is_out_of_sight(have):
            return "goes"
        if have is None or _is_out_of_sight(want) < _is_out_of_sight(have):
            return "comes back"
        if "status" in want and want["status"] != have["status"]:
            return f"becomes {str(want['status']).replace('_', ' ')}"
        return self._changes(have, want, in_full=in_full)

    def _changes(self, have: Image, want: Image, *, in_full: bool) -> str:
        changed = [column for column in want if want[column] != have.get(column) and column not in _SILENT]
        told = [
            f"{_column(column)} {self._value(column, want[column])}" if in_full else _column(column)
            for column in changed
        ]
        more = len(told) - _TOLD_COLUMNS
        text = ", ".join(told[:_TOLD_COLUMNS]) + (f" and {more} more" if more > 0 else "")
        return f"gets back: {text}" if text else "becomes what it was"

    def _value(self, column: str, value: Any) -> str:
        if value is None or value == "":
            return "none"
        if column in _POINTS_TO:
            name = self._reader.value(f"SELECT name FROM {_POINTS_TO[column]} WHERE id = :id", id=value)
            return str(name or value)
        if column.endswith("_at"):
            return _moment_text(self._house, datetime.fromisoformat(f"{value}+00:00"))
        text = str(value).replace("\n", " ")
        return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"

    def _credits(self) -> Iterator[str]:
        """What the packages get or lose, but for those that come or go with all they hold."""
        silent = {
            step.image["id"]
            for step in self._plan.steps
            if step.table == "package" and self._fate(step) in ("goes", "comes back")
        }
        for package, delta in package_balance(self._plan).items():
            if package not in silent:
                credits_text = f"{abs(delta)} credit{'' if abs(delta) == 1 else 's'}"
                yield f"{credits_text} {'back to' if delta > 0 else 'out of'} package {package}"

    def _gone_over(self) -> Iterator[str]:
        """What goes over from one exercise to another because one of them comes or goes."""
        if not any(step.table == "exercise" and not (step.have and step.want) for step in self._plan.steps):
            return
        moved = [
            step for step in self._plan.steps if step.have and step.want and step.differs(("exercise_id",))
        ]
        workouts = {step.image["workout_id"] for step in moved if step.table == "workout_exercise"}
        days = {step.image["day_id"] for step in moved if step.table == "prescription"}
        programs = {self._reader.value(PROGRAM_OF, day=day) for day in days}
        counts = ((len(workouts), "workout"), (len(programs), "program"))
        parts = [counted(number, table) for number, table in counts if number]
        if parts:
            targets = sorted({step.image["exercise_id"] for step in moved})
            is_one = len(workouts) + len(programs) == 1
            goes = "goes" if is_one else "go"
            yield f"{' and '.join(parts)} {goes} over to {' and '.join(map(self._exercise, targets))}"

    def _exercise(self, number: int) -> str:
        """The exercise as it is called once the plan is carried out."""
        for step in self._plan.steps:
            if step.table == "exercise" and step.want and step.want["id"] == number:
                return str(step.want["name"])
        return str(self._reader.value("SELECT name FROM exercise WHERE id = :id", id=number))

    def _detail(self, table: str, steps: Sequence[Step]) -> str:
        gone = sum(step.want is None for step in steps)
        new = sum(step.have is None for step in steps)
        parts = ((gone, "go"), (new, "come back"), (len(steps) - gone - new, "become what they were"))
        return ", ".join(
            f"{counted(number, table)} {_singular(what) if number == 1 else what}"
            for number, what in parts
            if number
        )


def _is_out_of_sight(image: Image | None) -> bool:
    return image is not None and bool(image.get("removed_at") or image.get("voided_at"))


def _column(column: str) -> str:
    return column.removesuffix("_id").removesuffix("_at").removesuffix("_min").replace("_", " ")


def _plural(fate: str) -> str:
    """What is said of several where `fate` is said of one."""
    for one, many in (("goes", "go"), ("comes", "come"), ("becomes", "become"), ("gets", "get")):
        if fate.startswith(one):
            return many + fate.removeprefix(one)
    return fate


def _singular(what: str) -> str:
    return {"go": "goes", "come back": "comes back"}.get(what, "becomes what it was")


def _moment_text(house: Practice, moment: datetime) -> str:
    local = house.local(moment)
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M}"


def touched_text(touched: Sequence[Touched]) -> str:
    """What a change was about, in a word or two: `appointment 12, session 7`."""
    order = list(NOUNS)
    rows = sorted(
        touched, key=lambda row: order.index(row.table_name) if row.table_name in order else len(order)
    )
    told = [row for row in rows if not _noun(row.table_name).is_detail] or rows
    return ", ".join(_touched_name(row) for row in told[:2])


def _touched_name(row: Touched) -> str:
    noun = _noun(row.table_name)
    number = row.key.strip("[]")
    if row.rows > 1 or noun.is_detail:
        return counted(row.rows, row.table_name)
    return noun.one if row.table_name == "studio" or not number.isdigit() else f"{noun.one} {number}"
