"""Which exercise of ours a file's name means.

Two names of one file stay two exercises: where both would fit one of ours, the closer name has it, and the
other is made anew or told as unresolved.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ptrack.exercises.rules import NameIndex
from ptrack.exercises.search import candidates
from ptrack.naming import Named, fold

CANDIDATES = 3

_REMEMBERED = 10_000


class Outbid(Exception):  # noqa: N818  it asks to begin anew, and nobody is told
    """A later name fits an exercise better than the one it was given to."""


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name that means nothing here, with what comes nearest."""

    name: str
    candidates: tuple[str, ...]


class Names:
    """The names of one file.

    `said` are those that a person has decided on (`--map`), by folded name. They may share an exercise.
    """

    def __init__(self, entries: Sequence[Named], said: Mapping[str, int]) -> None:
        self._entries, self._said = entries, said
        self._index = NameIndex(entries)
        self._closeness = {fold(alias): 1 for entry in entries for alias in entry.aliases}
        self._closeness |= {fold(entry.name): 0 for entry in entries}
        self._owners: dict[int, str] = {}
        self._made: dict[str, int] = {}
        self._remembered: dict[str, int] = {}

    def match(self, name: str) -> int | None:
        """The number of the exercise that a name means, None where there is none for it. Raises Outbid."""
        number = self._remembered.get(name)
        if number is None:
            number = self._match(name)
            if number is not None and len(self._remembered) < _REMEMBERED:
                self._remembered[name] = number
        return number

    def _match(self, name: str) -> int | None:
        key = fold(name)
        if key in self._said:
            return self._said[key]
        if key in self._made:
            return self._made[key]
        number = self._index.match(name)
        if number is None:
            return None
        owner = self._owners.setdefault(number, key)
        if owner == key:
            return number
        if self._rank(key) < self._rank(owner):
            raise Outbid
        return None

    def settle(self, names: Iterable[str]) -> None:
        """Give every exercise to the closest of all the file's names, before the first is asked for."""
        for name in sorted(names, key=lambda name: self._rank(fold(name))):
            self.match(name)

    def made(self, name: str, number: int) -> None:
        """Note that an exercise was made for a name."""
        self._made[fold(name)] = number

    def unresolved(self, name: str) -> Unresolved:
        """A name with its nearest candidates."""
        number = self._index.match(name)
        taken = [entry.name for entry in self._entries if entry.id == number]
        near = [entry.name for entry in candidates(name, self._entries, CANDIDATES)]
        return Unresolved(name, tuple(dict.fromkeys([*taken, *near]))[:CANDIDATES])

    def _rank(self, key: str) -> int:
        """How close a name is: 0 is the exercise's own, 1 an alias, 2 alike."""
        return self._closeness.get(key, 2)
