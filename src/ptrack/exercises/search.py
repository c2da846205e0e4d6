"""The search of the library: words in any order, beginnings of words, short forms, typing errors forgiven."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

from ptrack.exercises.rules import IDLE, loose_words, words_of
from ptrack.naming import Named, fold, nearest
from ptrack.vocabulary import ExerciseCategory, Muscle

CANDIDATES = 5

_MOST_WORDS = 12
_LONGEST_WORD = 40
_SHORT_WORD = 3
_LIKE_ENOUGH = 0.66
_LIKE_WORDS = 3
_EXACT, _MISTYPED, _LESS_LIKE = 0, 100, 10
# What people type and no exercise is called, beside the short forms that names themselves have.
_SHORT_FORMS = {
    "dl": "deadlift", "bp": "bench press", "pd": "pulldown", "sl": "single leg", "sa": "single arm",
    "sm": "smith machine", "bss": "bulgarian split squat",
}  # fmt: skip
_SYNONYMS = {
    Muscle.CHEST: "pecs pectorals", Muscle.FRONT_DELTS: "shoulders deltoids",
    Muscle.SIDE_DELTS: "shoulders deltoids", Muscle.REAR_DELTS: "shoulders deltoids",
    Muscle.QUADS: "quadriceps thighs legs", Muscle.HAMSTRINGS: "legs", Muscle.CALVES: "legs",
    Muscle.GLUTES: "butt", Muscle.ABS: "core abdominals", Muscle.OBLIQUES: "core",
    Muscle.LATS: "back", Muscle.TRAPS: "back",
}  # fmt: skip

_MUSCLE_WORDS = frozenset(
    word
    for muscle in Muscle
    for word in (*_SYNONYMS.get(muscle, "").split(), *([] if "_" in muscle else [str(muscle)]))
)
"""What a text says of a muscle group by itself; a part of a longer name, as in `front delts`, doesn't."""
_AS_MUSCLE = {"calf": "calves", "quad": "quads", "hamstring": "hamstrings", "glute": "glutes"}
_UNTRAINED = frozenset({"mobility", "warm", "cardio"})
"""The words of the categories that train no muscle."""

Costs = Mapping[str, int]
"""What it costs that a wanted word stands for another: 0 as typed, 1 its beginning, 100 and more mistyped."""


def tag(category: ExerciseCategory, equipment: str | None, primary: Iterable[Muscle]) -> str:
    """The words that an exercise is found by beside its names: category, equipment, the muscles it is for."""
    muscles = [f"{muscle} {_SYNONYMS.get(muscle, '')}" for muscle in primary]
    return " ".join((category, equipment or "", *muscles)).replace("_", " ")


def search(text: str, entries: Sequence[Named], tags: Mapping[int, str] | None = None) -> list[Named]:
    """The entries that have every word of the text, in names, aliases or `tags` (by number), best first.

    Word order doesn't count, and a beginning of a word is enough. The best: so called, so beginning, all
    words in the name, all in one alias, in several, some of them only in the tag; shorter names before longer
    ones. Where the text names a muscle group, what is so called comes first, then what that group is trained
    by, compound exercises before others, then what only stretches it or warms it up, then all else. Where
    nothing has every word, words that are like them count, too. A text without a word finds nothing.
    """
    library = _Library(entries, tags or {})
    wanted = _wanted(text)
    return library.found(wanted, library.as_typed) or library.found(wanted, library.mistyped)


def candidates(text: str, entries: Sequence[Named], limit: int = CANDIDATES) -> list[Named]:
    """What may have been meant by a name that nothing is called, the likeliest first.

    What the search finds; else those with most of the words, half of them at least; else what looks alike.
    """
    library, wanted = _Library(entries, {}), _wanted(text)
    found = library.found(wanted, library.as_typed) or library.found(wanted, library.mistyped)
    return (found or library.nearly(wanted) or nearest(text, entries, limit))[:limit]


def _wanted(text: str) -> list[str]:
    """The words that are looked for: those that only join others are left out, unless there are no others."""
    words = list(dict.fromkeys(word[:_LONGEST_WORD] for word in words_of(text)))[:_MOST_WORDS]
    return [word for word in words if word not in IDLE] or words


class _Place(IntEnum):
    """Where the words that were looked for stand, the best first."""

    SO_CALLED = 0
    SAME_WORDS = 1
    BEGINS_SO = 2
    IN_NAME = 3
    IN_ALIAS = 4
    IN_NAMES = 5
    IN_TAG = 6


class _Word(NamedTuple):
    """A wanted word: what stands for it at which cost, and the words it is written out as."""

    text: str
    costs: Costs
    forms: frozenset[str]

    def cost(self, own: frozenset[str]) -> int | None:
        """The least cost at which one of these words is it; None where none is."""
        if self.forms and self.forms <= own:
            return _EXACT
        if own.isdisjoint(self.costs):
            return None
        return min(self.costs[word] for word in own if word in self.costs)


class _Entry(NamedTuple):
    """An exercise cut into words: those of each name, of all names, of its tag, and of all of these."""

    named: Named
    spellings: tuple[tuple[tuple[str, ...], frozenset[str]], ...]
    names: frozenset[str]
    tags: frozenset[str]
    all: frozenset[str]


class _Library:
    """The exercises as the search sees them."""

    def __init__(self, entries: Iterable[Named], tags: Mapping[int, str]) -> None:
        self._entries = [_cut(entry, tags.get(entry.id, "")) for entry in entries]

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        """Every word of every exercise."""
        return frozenset().union(*(entry.all for entry in self._entries))

    def as_typed(self, word: str) -> _Word:
        """The word and what begins with it."""
        costs = {own: int(own != word) for own in self._vocabulary if own.startswith(word)}
        return _Word(word, costs, frozenset(loose_words(_SHORT_FORMS.get(word, word))))

    def mistyped(self, word: str) -> _Word:
        """The word, what begins with it, and what it was perhaps meant to be."""
        known = self.as_typed(word)
        costs = {own: _MISTYPED + rank * _LESS_LIKE for rank, own in enumerate(self._like(word))}
        return _Word(word, costs | dict(known.costs), known.forms)

    def _like(self, word: str) -> list[str]:
        """The words that are like one, the likest first; like a short one are only those of its letters."""
        from difflib import get_close_matches

        if len(word) <= _SHORT_WORD:
            return sorted(own for own in self._vocabulary if sorted(own) == sorted(word))
        return get_close_matches(word, sorted(self._vocabulary), _LIKE_WORDS, _LIKE_ENOUGH)

    def found(self, wanted: Sequence[str], read: Callable[[str], _Word]) -> list[Named]:
        """The entries that have all of the words, the best first."""
        words, muscles = [read(word) for word in wanted], _muscles_in(wanted)
        ranks = [(_rank(words, entry), entry) for entry in self._entries] if words else []
        found = [(_order(rank, entry, muscles), entry.named) for rank, entry in ranks if rank]
        return [named for _, named in sorted(found)]

    def nearly(self, wanted: Sequence[str]) -> list[Named]:
        """The entries that have at least half of the words in their names, those with most of them first."""
        words = [self.mistyped(word) for word in wanted]
        scored = []
        for entry in self._entries:
            had = [word for word in words if word.cost(entry.names) is not None]
            rank = _rank(had, entry) if 2 * len(had) >= len(words) else None
            if had and rank:
                scored.append((-len(had), rank, len(entry.named.name), entry.named))
        return [named for *_, named in sorted(scored)]


def _cut(entry: Named, tag_text: str) -> _Entry:
    spellings = []
    for spelling in (entry.name, *entry.aliases):
        words = tuple(words_of(spelling))
        spellings.append((words, frozenset((*words, *loose_words(spelling)))))
    names = frozenset().union(*(own for _, own in spellings))
    tags = frozenset((*words_of(tag_text), *loose_words(tag_text))) if tag_text else frozenset()
    return _Entry(entry, tuple(spellings), names, tags, names | tags)


def _muscles_in(wanted: Iterable[str]) -> frozenset[str]:
    """The words of a text that name muscle groups, as tags have them."""
    return frozenset(_AS_MUSCLE.get(word, word) for word in wanted) & _MUSCLE_WORDS


class _Turn(IntEnum):
    """Whose turn it is where a text names a muscle group."""

    SO_CALLED = 0
    TRAINS_IT = 1
    READIES_IT = 2
    OTHERS = 3


def _order(rank: tuple[int, int, int], entry: _Entry, muscles: frozenset[str]) -> tuple[int | str, ...]:
    """What a found entry is sorted by; of a muscle group's, the library has the usual ones first."""
    mistyped, place, cost = rank
    name = entry.named.name
    if not muscles:
        return mistyped, 0, place, cost, len(name), fold(name)
    turn = _Turn.SO_CALLED
    if place > _Place.SO_CALLED and (place, cost) != (_Place.SAME_WORDS, _EXACT):
        trains = _Turn.READIES_IT if entry.tags & _UNTRAINED else _Turn.TRAINS_IT
        turn = trains if muscles <= entry.tags else _Turn.OTHERS
    is_lesser = str(ExerciseCategory.COMPOUND) not in entry.tags
    is_named = place <= _Place.IN_NAME
    return mistyped, turn, not is_named, is_lesser, cost, len(name.split()), entry.named.id


def _rank(words: Sequence[_Word], entry: _Entry) -> tuple[int, int, int] | None:
    """How well an entry answers a search, the least is the best; None is not at all.

    First what was mistyped, then where the words stand, then how many are beginnings only.
    """
    total = _cost(words, entry.all)
    if total is None:
        return None
    typed = tuple(word.text for word in words)
    if any(spelled == typed for spelled, _ in entry.spellings):
        return _ranked(_Place.SO_CALLED, 0)
    costs = [(cost, spelled) for spelled, own in entry.spellings if (cost := _cost(words, own)) is not None]
    alike = [cost for cost, spelled in costs if len(spelled) == len(words)]
    if alike:
        return _ranked(_Place.SAME_WORDS, min(alike))
    in_name = _cost(words, entry.spellings[0][1])
    if in_name is not None:
        begins = " ".join(entry.spellings[0][0]).startswith(" ".join(typed))
        return _ranked(_Place.BEGINS_SO if begins else _Place.IN_NAME, in_name)
    if costs:
        return _ranked(_Place.IN_ALIAS, min(costs)[0])
    in_names = _cost(words, entry.names)
    return _ranked(_Place.IN_NAMES, in_names) if in_names is not None else _ranked(_Place.IN_TAG, total)


def _ranked(place: _Place, cost: int) -> tuple[int, int, int]:
    mistyped = cost if cost >= _MISTYPED else 0
    return mistyped, place, cost


def _cost(words: Sequence[_Word], own: frozenset[str]) -> int | None:
    """What it costs to find all of the words among those; None where one of them is missing."""
    total = 0
    for word in words:
        cost = word.cost(own)
        if cost is None:
            return None
        total += cost
    return total
