"""What is decided about taking a change back, from what the journal says of it."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from ptrack.database.journal import Image, RowChange
from ptrack.vocabulary import CreditReason

LEDGER = "credit_entry"
"""The one table of which no row is ever changed or removed: it is mended by counter-entries."""


class Step(NamedTuple):
    """One row as it is and as it is to be; None where there is none."""

    table: str
    have: Image | None
    want: Image | None

    @property
    def image(self) -> Image:
        """The row as it is to be, or, where it goes, as it is."""
        found = self.want or self.have
        assert found is not None  # noqa: S101  a step is about a row
        return found

    def differs(self, columns: Collection[str]) -> bool:
        """Whether one of those columns becomes another, or the row comes or goes with something in one."""
        have, want = self.have or {}, self.want or {}
        return any(have.get(column) != want.get(column) for column in columns)


class Entry(NamedTuple):
    """An entry that the ledger is to get."""

    package_id: int
    delta: int
    reason: str
    session_id: int | None
    note: str | None


class Plan(NamedTuple):
    """Everything that taking a change back does."""

    steps: tuple[Step, ...]
    entries: tuple[Entry, ...]


def net_changes(rows: Iterable[RowChange]) -> list[RowChange]:
    """What a change comes to for each row that it touched, the ledger's left out."""
    found: dict[tuple[str, str], RowChange] = {}
    for row in rows:
        if row.table == LEDGER:
            continue
        place = (row.table, row.key)
        first = found.get(place, row)
        found[place] = row._replace(before=first.before)
    return [row for row in found.values() if row.before != row.after]


def counter_entries(rows: Iterable[RowChange], command: str) -> list[Entry]:
    """What takes a command's entries back; those that give come first, for a session never costs two."""
    note = f"{command} taken back"
    mended = [
        entry._replace(delta=-entry.delta, reason=CreditReason.UNDO.value, note=note)
        for entry in reversed(repeated_entries(rows))
    ]
    return sorted(mended, key=lambda entry: entry.delta < 0)


def repeated_entries(rows: Iterable[RowChange]) -> list[Entry]:
    """A command's entries as it made them, for what comes back happens again."""
    made = [row.after for row in rows if row.table == LEDGER and row.after is not None]
    return [Entry(**{name: entry[name] for name in Entry._fields}) for entry in made]


def is_as_left(now: Image | None, left: Image | None) -> bool:
    """Whether a row still is what a change made of it; columns that came since are not compared."""
    if now is None or left is None:
        return now is left
    return all(now[column] == value for column, value in left.items() if column in now)


def package_balance(plan: Plan) -> dict[int, int]:
    """What each package gets (above zero) or loses."""
    found: dict[int, int] = {}
    for entry in plan.entries:
        found[entry.package_id] = found.get(entry.package_id, 0) + entry.delta
    return {package: delta for package, delta in found.items() if delta}


def of_table(steps: Sequence[Step], table: str) -> list[Step]:
    """The steps about a table's rows."""
    return [step for step in steps if step.table == table]
