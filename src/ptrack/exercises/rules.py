"""How exercises are named: which one a text means, and the loose form in which imports are matched."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

from ptrack.errors import UsageError
from ptrack.naming import Named, clean, fold, resolve

_KNOWN_NAMES = 8192
_WORD = re.compile(r"[^\W_]+")
IDLE = frozenset({"a", "an", "and", "of", "the", "with", "w"})
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


_WEB_ADDRESS = re.compile(r"https?://[^\s/.]+(\.[^\s/.]+)+(/\S*)?", re.IGNORECASE)


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


def find_exercise(text: str, entries: Sequence[Named]) -> Named:
    """The one exercise that a text names. Raises as `resolve`, with what the search finds for candidates."""
    return resolve(text, entries, "exercise", near=_candidates)


def _candidates(text: str, entries: Sequence[Named]) -> list[Named]:
    from ptrack.exercises.search import candidates

    return candidates(text, entries)


def is_web_address(text: str) -> bool:
    """Whether a browser can open it: http or https, with a host."""
    return _WEB_ADDRESS.fullmatch(text) is not None


def web_address(text: str) -> str:
    """The address of a video, which a browser can open. UsageError for what is none."""
    address = clean(text)
    if not is_web_address(address):
        raise UsageError(f'"{address[:60]}" is no web address; it begins with https:// or http://.')
    return address


def normalised(name: str) -> str:
    """The loose form of an exercise's name: plural, hyphens, word order and common short forms don't count.

    "Bench Press (Barbell)", "Barbell Bench Presses" and "BB bench-press" are one; "Bench Press (Dumbbell)",
    "Bench Press" and "Weighted Bench Press" are three others. Empty where the name has no word.
    """
    return " ".join(sorted(set(loose_words(name))))


def words_of(text: str) -> list[str]:
    """The words of a text as typed, folded."""
    return _WORD.findall(fold(clean(text)))


def loose_words(text: str) -> list[str]:
    """The words of a name as the loose form has them: joined, singular, written out."""
    joined: list[str] = []
    for word in map(_singular, words_of(text)):
        if joined and (word in _TAILS or joined[-1] + word in _PAIRS):
            joined[-1] += word
        elif word not in IDLE:
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
