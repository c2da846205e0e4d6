"""What has to be written to take a change back, and whether that can be."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ptrack.clients.queries import practice
from ptrack.database.journal import Image, RowChange
from ptrack.database.reading import Reader, instant_text
from ptrack.desk.undoing.queries import Past, Undoing, changed_since, rows_of
from ptrack.desk.undoing.rules import (
    LEDGER,
    Plan,
    Step,
    counter_entries,
    is_as_left,
    net_changes,
    repeated_entries,
)
from ptrack.desk.undoing.tables import Tables
from ptrack.desk.undoing.words import row_name
from ptrack.errors import StateError

_SEE = "See what was done: ptrack undo --list"


def plan_back(reader: Reader, now: datetime, past: Past) -> Plan:
    """How a change is taken back; StateError where what it wrote was changed since, or is needed by now."""
    rows = rows_of(reader, past.id)
    return Plan(_steps(reader, now, past.id, rows), tuple(counter_entries(rows, past.command)))


def plan_forward(reader: Reader, now: datetime, undoing: Undoing) -> Plan:
    """How what was taken back comes back; the ledger gets the entries that it got the first time."""
    steps = _steps(reader, now, undoing.id, rows_of(reader, undoing.id))
    return Plan(steps, tuple(repeated_entries(rows_of(reader, undoing.of))))


def _steps(reader: Reader, now: datetime, number: int, rows: list[RowChange]) -> tuple[Step, ...]:
    planner = _Planner(reader, now, number)
    return tuple(planner.settled([planner.step(row) for row in net_changes(rows)]))


class _Planner:
    """Plans against the database as it is."""

    def __init__(self, reader: Reader, now: datetime, number: int) -> None:
        self._reader, self._now, self._number = reader, instant_text(now), number
        self._tables = Tables(reader)
        self._wanted: dict[tuple[str, Any], Image | None] = {}

    def step(self, row: RowChange) -> Step:
        """How one row becomes what it was, if it still is what the change made of it."""
        image = row.after or row.before
        assert image is not None  # noqa: S101  the journal's own constraint
        if not set(self._tables.key(row.table)) & image.keys():
            raise StateError(
                f"An earlier version of ptrack made this change; it cannot be taken back.\n{_SEE}"
            )
        now = self._tables.find(row.table, image)
        if not is_as_left(now, row.after):
            raise self._changed(row, image)
        return Step(row.table, now, {**(now or {}), **row.before} if row.before is not None else None)

    def _changed(self, row: RowChange, image: Image) -> StateError:
        since = changed_since(self._reader, self._number, row.table, row.key)
        by = "by an import or another program"
        if since:
            moment = practice(self._reader).local(since[1])
            by = f'by "{since[0]}" on {moment.day} {moment:%b %Y, %H:%M}'
        return StateError(f"{row_name(self._reader, row.table, image)} was changed since, {by}.\n{_SEE}")

    def settled(self, steps: list[Step]) -> list[Step]:
        """The steps, with what is pointed to kept out of sight instead of removed.

        A package of which the ledger speaks is voided, a client who has such packages counts as removed.
        """
        for step in steps:
            self._want(step)
        kept = [self._voided(step) for step in steps]
        kept = [self._without_pointers(step) for step in kept]
        for step in kept:
            self._require_parents(step)
        return kept

    def _want(self, step: Step) -> Step:
        """Remember what becomes of a row, whichever key it has meanwhile."""
        for image in (step.have, step.want):
            if image is not None:
                self._wanted[step.table, self._key(step.table, image)] = step.want
        return step

    def _key(self, table: str, image: Image) -> tuple[Any, ...]:
        return tuple(image[name] for name in self._tables.key(table))

    def _voided(self, step: Step) -> Step:
        if step.table != "package" or step.want is not None or step.have is None:
            return step
        if not any(self._tables.having(LEDGER, {"package_id": step.have["id"]})):
            return step
        return self._want(step._replace(want={**step.have, "voided_at": self._now}))

    def _without_pointers(self, step: Step) -> Step:
        """A step that leaves nothing pointing nowhere; StateError where something would."""
        if step.want is not None or step.have is None or "id" not in step.have:
            return step
        left = list(self._left_pointing(step.table, step.have["id"]))
        if not left:
            return step
        if step.table == "client" and all(table == "package" and row["voided_at"] for table, row in left):
            gone = {"removed_at": self._now, "trainer_id": None, "location_id": None}
            return self._want(step._replace(want={**step.have, **gone}))
        name, needed = row_name(self._reader, step.table, step.have), row_name(self._reader, *left[0])
        raise StateError(f"{name} cannot go: {needed} needs it by now.\n{_SEE}")

    def _left_pointing(self, table: str, number: int) -> Iterator[tuple[str, Image]]:
        """The rows that would still point to a row after all steps, what is derived left out."""
        for pointer in self._tables.pointers_to(table):
            for row in self._tables.having(pointer.child, {pointer.column_name: number}):
                then = self._wanted.get((pointer.child, self._key(pointer.child, row)), row)
                if then is None or then[pointer.column_name] != number:
                    continue
                if pointer.child != "metric_entry" or row["source"] != "auto":
                    yield pointer.child, then

    def _require_parents(self, step: Step) -> None:
        """See that what comes back finds what it points to."""
        for pointer in self._tables.pointers_from(step.table):
            number = step.want[pointer.column_name] if step.want is not None else None
            if number is None:
                continue
            key = (pointer.parent, (number,))
            if key not in self._wanted:
                self._wanted[key] = self._tables.find(pointer.parent, {"id": number})
            if self._wanted[key] is None:
                name = row_name(self._reader, step.table, step.image)
                raise StateError(f"{name} cannot come back: its {pointer.parent} {number} is gone.\n{_SEE}")
