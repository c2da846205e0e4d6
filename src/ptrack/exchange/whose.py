"""Which clients an appointment of another program is with: by address, by what was said, by name.

Nothing is guessed. A whole name must stand in the text; a first name alone will do where only one client has
it and no other surname follows.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple, TypeVar

from ptrack.exchange.names import CANDIDATES, Unresolved
from ptrack.naming import Named, fold, nearest, resolve

_WORD = re.compile(r"[^\W_]+")
_MOST_NEAREST = 100
"""Of how many names the nearest are looked for; a file of which nothing fits would take minutes."""

Words = tuple[str, ...]
Key = TypeVar("Key")


class ClientEntry(NamedTuple):
    """A client as others may name them."""

    id: int
    name: str
    email: str | None


class Whose:
    """The clients of one file: the one that was named, or those that each event names.

    `said` is what a person has decided, our name by theirs. What fits nobody is kept in `unresolved`.
    """

    def __init__(self, entries: Sequence[ClientEntry], client: str | None, said: Mapping[str, str]) -> None:
        self._named = [Named(entry.id, entry.name) for entry in entries]
        self._one = resolve(client, self._named, "client").id if client is not None else None
        self._said = {fold(theirs): self._number(ours) for theirs, ours in said.items()}
        self._emails = _unique((fold(entry.email), entry.id) for entry in entries if entry.email)
        self._exact = _unique((fold(entry.name), entry.id) for entry in entries)
        self._names = _unique((_words(entry.name), entry.id) for entry in entries)
        self._firsts = _unique((_words(entry.name)[:1], entry.id) for entry in entries)
        self._longest = max((len(words) for words in self._names), default=0)
        self._remembered: dict[str, tuple[int, ...]] = {}
        self.unresolved: dict[str, None] = {}

    def _number(self, ours: str) -> int:
        return resolve(ours, self._named, "client").id

    def find(self, text: str, emails: Iterable[str] = ()) -> tuple[int, ...]:
        """The numbers of the clients that an event is with; none where that cannot be told."""
        if self._one is not None:
            return (self._one,)
        by_email = [number for email in emails if (number := self._by_email(email))]
        found = tuple(dict.fromkeys(by_email)) or self._by_text(text)
        if not found:
            self.unresolved[text] = None
        return found

    def called(self, name: str, email: str = "") -> int | None:
        """The number of the client of exactly that address or name, the surname first or last."""
        if self._one is not None:
            return self._one
        surname, _, rest = name.partition(",")
        keys = (fold(name), fold(f"{rest} {surname}"))
        found = self._by_email(email) or self._said.get(keys[0])
        found = found or next(filter(None, map(self._exact.get, keys)), None)
        if not found:
            self.unresolved[name or email] = None
        return found

    def _by_email(self, email: str) -> int | None:
        key = fold(email)
        return self._said.get(key) or self._emails.get(key)

    def _by_text(self, text: str) -> tuple[int, ...]:
        if text not in self._remembered:
            said = self._said.get(fold(text))
            exact = said or self._exact.get(fold(text))
            self._remembered[text] = (exact,) if exact else self._by_names(text) or self._by_first_name(text)
        return self._remembered[text]

    def _by_names(self, text: str) -> tuple[int, ...]:
        """Everyone whose whole name stands in a text, the surname first or last."""
        words, found, place = _words(text), list[int](), 0
        while place < len(words):
            number, length = self._name_at(words, place)
            if number is not None:
                found.append(number)
            place += length
        return tuple(dict.fromkeys(found))

    def _name_at(self, words: Words, place: int) -> tuple[int | None, int]:
        """The client whose name begins at a place in the text, with its length: the longest name counts."""
        for length in range(min(self._longest, len(words) - place), 1, -1):
            part = words[place : place + length]
            number = self._names.get(part) or self._names.get((*part[1:], part[0]))
            if number is not None:
                return number, length
        return None, 1

    def _by_first_name(self, text: str) -> tuple[int, ...]:
        """The one client who is called so, where nothing like a surname follows."""
        spoken = _WORD.findall(text)
        found = set()
        for word, following in zip_longest(spoken, spoken[1:], fillvalue=""):
            key = (fold(word),)
            number = self._names.get(key) or (self._firsts.get(key) if not following.istitle() else None)
            if number is not None:
                found.add(number)
        return tuple(found) if len(found) == 1 else ()

    def unresolved_names(self) -> list[Unresolved]:
        """The texts that name nobody, with the nearest clients."""
        texts = list(self.unresolved)
        near = [Unresolved(text, self._nearest(text)) for text in texts[:_MOST_NEAREST]]
        return near + [Unresolved(text, ()) for text in texts[_MOST_NEAREST:]]

    def _nearest(self, text: str) -> tuple[str, ...]:
        """The clients who may be meant: by the text, and by each two words of it."""
        words = text.split()
        if not words:
            return ()
        pairs = [" ".join(words[place : place + 2]) for place in range(max(1, len(words) - 1))]
        found = [entry.name for part in [text, *pairs[:4]] for entry in nearest(part, self._named, 2)]
        return tuple(dict.fromkeys(found))[:CANDIDATES]


def _words(text: str) -> Words:
    return tuple(_WORD.findall(fold(text)))


def _unique(pairs: Iterable[tuple[Key, int]]) -> dict[Key, int]:
    """Who is meant by a key, where it is one only."""
    found: dict[Key, int] = {}
    several: set[Key] = set()
    for key, number in pairs:
        if key in found:
            several.add(key)
        found[key] = number
    return {key: number for key, number in found.items() if key not in several and key}
