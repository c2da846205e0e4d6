"""What is decided about taking a change back, from what the journal says of it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ptrack.database.journal import Image, RowChange

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


class Counter(NamedTuple):
    """An entry that the ledger is to get."""

    package_id: int
    delta: int
    session_id: int | None


class Plan(NamedTuple):
    """Everything that taking a change back does."""

    steps: tuple[Step, ...]
    counters: tuple[Counter, ...]


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


def counters(rows: Iterable[RowChange]) -> list[Counter]:
    """The entries that mend the ledger; those that give come first, for a session never costs two credits."""
    entries = [row.after for row in rows if row.table == LEDGER and row.after is not None]
    mended = [
        Counter(entry["package_id"], -entry["delta"], entry.get("session_id")) for entry in reversed(entries)
    ]
    return sorted(mended, key=lambda counter: counter.delta < 0)


def is_as_left(now: Image | None, left: Image | None) -> bool:
    """Whether a row still is what a change made of it; columns that came since are not compared."""
    if now is None or left is None:
        return now is left
    return all(now[column] == value for column, value in left.items() if column in now)


def package_balance(plan: Plan) -> dict[int, int]:
    """What each package gets (above zero) or loses."""
    found: dict[int, int] = {}
    for counter in plan.counters:
        found[counter.package_id] = found.get(counter.package_id, 0) + counter.delta
    return {package: delta for package, delta in found.items() if delta}


def of_table(steps: Sequence[Step], table: str) -> list[Step]:
    """The steps about a table's rows."""
    return [step for step in steps if step.table == table]
