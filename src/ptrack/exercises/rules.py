"""How exercises are named: the loose form in which imports are matched, and the search of the library."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

from ptrack.naming import Named, clean, fold

_KNOWN_NAMES = 8192
_WORD = re.compile(r"[^\W_]+")
_IDLE = frozenset({"a", "an", "and", "of", "the", "with", "w"})
# "pull up", "pull-up" and "pullup" are one word, and so are "push down" and "bent over".
_TAILS = frozenset({"up", "down", "over", "out", "apart", "through"})
_PAIRS = frozenset(
    {"ezbar", "tbar", "vbar", "bodyweight", "goodmorning", "skullcrusher", "deadlift", "kettlebell"}
)
_PLAIN_WORDS = {
    "db": "dumbbell", "dumbell": "dumbbell", "bb": "barbell", "kb": "kettlebell", "bw": "bodyweight",
    "ezbar": "ez", "flye": "fly", "calve": "calf", "1": "single", "one": "single", "legged": "leg",
    "armed": "arm", "delt": "deltoid", "ohp": "overhead press", "rdl": "romanian deadlift",
}  # fmt: skip


class NameIndex:
    """The exercises by all that they are called, for a file in which the same names come again and again.

    Built once; it does not see what is added to the library afterwards.
    """

    def __init__(self, entries: Iterable[Named]) -> None:
        self._entries = tuple(entries)
        self._names = {fold(entry.name): entry.id for entry in self._entries}
        self._aliases = {fold(alias): entry.id for entry in self._entries for alias in entry.aliases}
        # Bounded: a file may bring another name in every row.
        self._remembered = lru_cache(maxsize=_KNOWN_NAMES)(self._found)

    def match(self, name: str) -> int | None:
        """The number of the exercise meant: by name, by alias, by the loose form where only one has it."""
        return self._remembered(name)

    def _found(self, name: str) -> int | None:
        wanted = fold(clean(name))
        for spellings in (self._names, self._aliases):
            if wanted in spellings:
                return spellings[wanted]
        return self._loose.get(normalised(name))

    @cached_property
    def _loose(self) -> dict[str, int]:
        """The loose forms that only one exercise has."""
        owners: dict[str, set[int]] = {}
        for entry in self._entries:
            for spelling in (entry.name, *entry.aliases):
                owners.setdefault(normalised(spelling), set()).add(entry.id)
        return {form: ids.pop() for form, ids in owners.items() if form and len(ids) == 1}


def normalised(name: str) -> str:
    """The loose form of an exercise's name: plural, hyphens, word order and common short forms don't count.

    "Bench Press (Barbell)", "Barbell Bench Presses" and "BB bench-press" are one; "Bench Press (Dumbbell)",
    "Bench Press" and "Weighted Bench Press" are three others. Empty where the name has no word.
    """
    return " ".join(sorted(set(_loose_words(name))))


def search(text: str, entries: Sequence[Named]) -> list[Named]:
    """The entries that have every word of the text, or a word that begins with it, in name or aliases.

    Word order doesn't count. The best come first: so called, so beginning, all words in the name, all in
    one alias, the rest; shorter names before longer ones. A text without a word finds nothing.
    """
    wanted = _words(text)
    if not wanted:
        return []
    ranks = [(_rank(wanted, entry), entry) for entry in entries]
    found = [(rank, len(entry.name), fold(entry.name), entry) for rank, entry in ranks if rank is not None]
    return [entry for *_, entry in sorted(found)]


def _words(text: str) -> list[str]:
    """The words of a text as typed, folded."""
    return _WORD.findall(fold(clean(text)))


def _loose_words(text: str) -> list[str]:
    """The words of a name as the loose form has them: joined, singular, written out."""
    joined: list[str] = []
    for word in map(_singular, _words(text)):
        if joined and (word in _TAILS or joined[-1] + word in _PAIRS):
            joined[-1] += word
        elif word not in _IDLE:
            joined.append(word)
    return [part for word in joined for part in _PLAIN_WORDS.get(word, word).split()]


def _singular(word: str) -> str:
    """An English word without the ending of its plural."""
    if len(word) < 3 or not word.endswith("s") or word.endswith("ss"):  # noqa: PLR2004
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    return word[:-1]


def _rank(wanted: Sequence[str], entry: Named) -> int | None:
    """How well an entry answers a search: 0 is best, None is not at all."""
    if not _Spelling(" ".join((entry.name, *entry.aliases))).has_all(wanted):
        return None
    name, *aliases = (_Spelling(spelling) for spelling in (entry.name, *entry.aliases))
    if any(spelling.words == wanted for spelling in (name, *aliases)):
        return 0
    if " ".join(name.words).startswith(" ".join(wanted)):
        return 1
    if name.has_all(wanted):
        return 2
    return 3 if any(alias.has_all(wanted) for alias in aliases) else 4


class _Spelling:
    """A name or an alias, cut into words for the search."""

    def __init__(self, text: str) -> None:
        self.words = _words(text)
        self._all = {*self.words, *_loose_words(text)}

    def has_all(self, wanted: Iterable[str]) -> bool:
        """Whether each wanted word begins a word of this, or is another form of one."""
        return all(self._has(word) for word in wanted)

    def _has(self, word: str) -> bool:
        if any(own.startswith(word) for own in self._all):
            return True
        forms = _loose_words(word)
        return bool(forms) and self._all.issuperset(forms)
