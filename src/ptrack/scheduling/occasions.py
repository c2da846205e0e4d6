"""What a calendar draws once: an appointment, or those of a group together."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from ptrack.output.document import Style
from ptrack.scheduling.queries import AppointmentRow
from ptrack.scheduling.rules import State
from ptrack.scheduling.views import SIGNS

_WHOLE = (State.SCHEDULED, State.IN_PROGRESS, State.COMPLETED, State.NO_SHOW)


class Occasion(NamedTuple):
    """Appointments that are one to look at; `name` is what their group is called."""

    rows: tuple[AppointmentRow, ...]
    name: str | None = None

    @property
    def first(self) -> AppointmentRow:
        """Any of them, for what they share: trainer, place, time."""
        return self.rows[0]

    @property
    def is_group(self) -> bool:
        """Whether it is a group, be there only one who comes."""
        return self.first.group is not None

    @property
    def starts_at(self) -> datetime:
        """The instant it begins."""
        return self.first.starts_at

    @property
    def members(self) -> tuple[AppointmentRow, ...]:
        """Those who count: who has cancelled does not, unless all have."""
        return tuple(row for row in self.rows if row.state is not State.CANCELLED) or self.rows

    @property
    def state(self) -> State:
        """How the whole stands: open as long as one is, done as soon as one came."""
        states = {row.state for row in self.rows}
        return next((state for state in _WHOLE if state in states), State.CANCELLED)

    @property
    def title(self) -> str:
        """What a group is called."""
        return self.name or "Group"

    @property
    def size(self) -> str:
        """A group's size as it stands behind its name, ` x4`; nothing for one client's appointment."""
        return f" x{len(self.members)}" if self.is_group else ""


def occasions(rows: Iterable[AppointmentRow], names: Mapping[int, str]) -> list[Occasion]:
    """Appointments in order, a group's at one time with one trainer as one; `names` are the groups'."""
    together: dict[tuple[object, ...], list[AppointmentRow]] = {}
    for row in rows:
        key = (row.id,) if row.group is None else (None, row.group, row.trainer_id, row.starts_at)
        together.setdefault(key, []).append(row)
    return [Occasion(tuple(each), names.get(each[0].group or 0)) for each in together.values()]


def counts_text(occasion: Occasion) -> str:
    """`3 done, 1 no-show` of those who count; nothing where they stand alike."""
    return ", ".join(f"{count} {word}" for count, (_, word, _) in _counts(occasion))


def counts_signs(occasion: Occasion) -> str:
    """The same in signs, `3x 1!`."""
    return " ".join(f"{count}{sign}" for count, (sign, _, _) in _counts(occasion))


def _counts(occasion: Occasion) -> list[tuple[int, tuple[str, str, Style]]]:
    counts = Counter(row.state for row in occasion.members)
    told = [(counts[state], shown) for state, shown in SIGNS.items() if counts[state]]
    return told if len(told) > 1 else []


def short_names(rows: Iterable[AppointmentRow]) -> dict[int, str]:
    """What each client is called where room is scarce: the first name, with what tells them apart."""
    return shortened({row.client_id: row.client for row in rows})


def shortened(full: Mapping[int, str]) -> dict[int, str]:
    """First names, with a letter of the last one where several have the same."""
    firsts = Counter(name.split()[0] for name in full.values())
    return {number: _short(name, is_unique=firsts[name.split()[0]] == 1) for number, name in full.items()}


def _short(name: str, *, is_unique: bool) -> str:
    first, *rest = name.split()
    return first if is_unique or not rest else f"{first} {rest[-1][0]}."


def marks(full: Mapping[int, str]) -> dict[int, str]:
    """A letter for each name, two where one does not tell them apart, else the number."""
    initials = {number: [word[0] for word in name.split()] for number, name in full.items()}
    for letters in (1, 2):
        found = {number: "".join(first[:letters]) for number, first in initials.items()}
        if len(set(found.values())) == len(found):
            return found
    return {number: str(number) for number in full}
