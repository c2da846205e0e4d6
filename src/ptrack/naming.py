"""How people name things: which client, exercise, place or template a typed text means.

A text is a number, an exact name, a beginning of a name, or a beginning of a word in it, tried in that
order; the first of these that fits anything decides. One match is the answer, several are an error, and
nothing is guessed. At each step aliases are asked after names, so that "overhead p" is Overhead Press
although another exercise has the alias "Overhead Press (Dumbbell)".
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from ptrack.errors import AmbiguousError, NotFoundError, UsageError

SHOWN_CANDIDATES = 5
_SHOWN_CHARS = 60
_NEAR_ENOUGH = 0.6
_WORD_BREAKS = frozenset(" -/([{.,'&+_:\"")
_COUNTS = ("", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")

_JOINERS = "\u200c\u200d"
_JOINED = "[^\\s\u0000-\u05ff\u2000-\u206f]"
# Joiners shape letters of the scripts above Arabic and hold emoji together; elsewhere they only hide.
_IDLE_JOINER = re.compile(f"(?<!{_JOINED})[{_JOINERS}]|[{_JOINERS}](?!{_JOINED})")
# What NFKD takes off Latin, Greek and Cyrillic letters; in other scripts a mark makes another letter.
_ACCENTS = re.compile("[\u0300-\u036f]")
_PLAIN = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "\u0131": "i", "ŋ": "n", "æ": "ae",
        "œ": "oe", "þ": "th", "\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u2010": "-", "\u2011": "-",
        "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-",
    }
)  # fmt: skip


class Named(NamedTuple):
    """Something that has a number and a name, and may go by other names as well."""

    id: int
    name: str
    aliases: tuple[str, ...] = ()


def fold(text: str) -> str:
    """Return the form in which names are compared: letter case, accents and extra spaces don't count."""
    if text.isascii():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = _ACCENTS.sub("", plain).translate(_PLAIN)
    return " ".join(unicodedata.normalize("NFC", plain).split())


def _refuse_undecoded(text: str) -> None:
    """Refuse bytes that are no text in the terminal's encoding, lest a part of a name be lost in silence."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        shown = text.encode("utf-8", "replace").decode()
        raise UsageError(
            f'"{shown}" is no text in this terminal\'s encoding.\nSet a UTF-8 locale, like LANG=C.UTF-8.'
        )


def clean(text: str) -> str:
    """Return a name as it is stored: no control, direction or hidden characters, single spaces, one line.

    Raises UsageError for what could not be decoded.
    """
    if not text.isprintable():
        _refuse_undecoded(text)
        text = unicodedata.normalize("NFC", "".join(_visible(text)))
        text = _IDLE_JOINER.sub("", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.split())


def resolve(
    text: str,
    entries: Sequence[Named],
    noun: str,
    plural: str | None = None,
    near: Callable[[str, Sequence[Named]], list[Named]] | None = None,
) -> Named:
    """Return the one entry that the text names.

    `noun` and `plural` are the word for such an entry in messages ("client", "clients"); `near` says what may
    have been meant where nothing is called so, else what looks alike.

    Raises UsageError for an empty text, AmbiguousError where several entries fit, NotFoundError where none
    does.
    """
    shown = clean(text)
    wanted = fold(shown)
    if not wanted:
        raise UsageError(f"No {noun} is named. Give a name or a number.")
    how, found = _matches(wanted, entries)
    if len(found) == 1:
        return found[0]
    if found:
        raise _ambiguous(shown, how, found, plural or _plural(noun))
    raise _not_found(shown, entries, noun, plural or _plural(noun), near or nearest)


def split_names(
    text: str, entries: Sequence[Named], noun: str, plural: str | None = None, *, distinct: bool = False
) -> list[Named]:
    """Return the entries that a text with commas names, each once, in the order given.

    The whole text is tried as one name first ("Berg, Anna"). Raises as `resolve` does, and with `distinct`
    UsageError for one that is named twice.
    """
    wanted = fold(clean(text))
    if "," not in wanted or _matches(wanted, entries)[1]:
        return [resolve(text, entries, noun, plural)]
    parts = [part for part in text.split(",") if fold(clean(part))]
    if not parts:
        raise UsageError(f"No {noun} is named. Give a name or a number.")
    named = [resolve(part, entries, noun, plural) for part in parts]
    found = {entry.id: entry for entry in named}
    if distinct and len(found) < len(named):
        twice = next(entry for entry in named if named.count(entry) > 1)
        raise UsageError(f"{twice.name} ({twice.id}) is named twice.")
    return list(found.values())


def beginning_with(text: str, entries: Sequence[Named]) -> list[str]:
    """Return the names that a shell may offer for the text: those it begins, then by word, then by alias."""
    wanted = fold(clean(text))
    fits: list[Callable[[Named], bool]] = [
        lambda entry: fold(entry.name).startswith(wanted),
        lambda entry: _has_word(fold(entry.name), wanted),
        lambda entry: any(fold(alias).startswith(wanted) for alias in entry.aliases),
    ]
    by_name = sorted(entries, key=lambda entry: (fold(entry.name), entry.id))
    return list(dict.fromkeys(entry.name for fit in fits for entry in by_name if fit(entry)))


def nearest(text: str, entries: Iterable[Named], limit: int = SHOWN_CANDIDATES) -> list[Named]:
    """Return the entries of which a name, alias or word is like the text, the likest first."""
    from difflib import SequenceMatcher

    wanted = fold(clean(text))[: 2 * _SHOWN_CHARS]
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    likeness: dict[str, float] = {}

    def score(spelling: str) -> float:
        if spelling not in likeness:
            matcher.set_seq1(spelling)
            near = matcher.real_quick_ratio() >= _NEAR_ENOUGH and matcher.quick_ratio() >= _NEAR_ENOUGH
            likeness[spelling] = matcher.ratio() if near else 0.0
        return likeness[spelling]

    scored = [(max(score(spelling) for spelling in _spellings(entry)), entry) for entry in entries]
    near = [(value, entry) for value, entry in scored if value >= _NEAR_ENOUGH]
    near.sort(key=lambda pair: (-pair[0], fold(pair[1].name), pair[1].id))
    return [entry for _, entry in near[:limit]]


def _visible(text: str) -> Iterator[str]:
    """Yield the characters that can be seen, spaces of every kind as plain ones, and the joiners."""
    for char in text:
        if char.isspace():
            yield " "
        elif char in _JOINERS or unicodedata.category(char) not in {"Cc", "Cf", "Cs"}:
            yield char


def _matches(wanted: str, entries: Sequence[Named]) -> tuple[str, list[Named]]:
    """Return the first way in which a folded text names anything, and what it names, in order of number."""
    for how, fits in _ways(wanted):
        found = [entry for entry in entries if fits(entry)]
        if found:
            return how, sorted(found, key=lambda entry: entry.id)
    return "", []


def _ways(wanted: str) -> Iterator[tuple[str, Callable[[Named], bool]]]:
    """Yield the ways in which a folded text may name an entry, the strictest first, each with its words."""
    is_number = wanted.isascii() and wanted.isdigit()
    if is_number:
        # As text: int() refuses thousands of digits.
        number = wanted.lstrip("0") or "0"
        yield "have the number", lambda entry: str(entry.id) == number
    yield "are called", lambda entry: fold(entry.name) == wanted
    yield "are called", lambda entry: any(fold(alias) == wanted for alias in entry.aliases)
    yield "begin with", lambda entry: fold(entry.name).startswith(wanted)
    yield "begin with", lambda entry: any(fold(alias).startswith(wanted) for alias in entry.aliases)
    if not is_number:
        word = "have a word that begins with"
        yield word, lambda entry: _has_word(fold(entry.name), wanted)
        yield word, lambda entry: any(_has_word(fold(alias), wanted) for alias in entry.aliases)


def _has_word(name: str, wanted: str) -> bool:
    """Tell whether a folded name goes on with the wanted text from some later word."""
    place = name.find(wanted, 1)
    while place > 0:
        if name[place - 1] in _WORD_BREAKS:
            return True
        place = name.find(wanted, place + 1)
    return False


def _spellings(entry: Named) -> Iterator[str]:
    """Yield what an entry is likely to be typed as: its name, its aliases, each word of its name."""
    yield fold(entry.name)
    yield from map(fold, entry.aliases)
    yield from fold(entry.name).split()


def _ambiguous(shown: str, how: str, found: Sequence[Named], plural: str) -> AmbiguousError:
    """Return the error for several matches; same names are told apart by number."""
    count = _COUNTS[len(found)] if len(found) < len(_COUNTS) else str(len(found))
    names = {fold(entry.name) for entry in found}
    way_out = "Name one in full, or by number." if len(names) > 1 else "Name one by number."
    candidates = [entry.name if len(names) == len(found) else str(entry.id) for entry in found]
    return AmbiguousError(f'{count} {plural} {how} "{_cut(shown)}": {_listing(found)}. {way_out}', candidates)


_LISTS = {
    "client": "clients list",
    "trainer": "trainers list",
    "location": "locations list",
    "exercise": "exercises list",
    "program": "programs list",
    "template": "programs templates",
}
"""The command that lists the entries of a kind."""


def _not_found(
    shown: str,
    entries: Sequence[Named],
    noun: str,
    plural: str,
    likely: Callable[[str, Sequence[Named]], list[Named]],
) -> NotFoundError:
    """Return the error for no match, with what comes nearest, or where to look."""
    see = f" See: ptrack {_LISTS[noun]}" if noun in _LISTS else ""
    if shown.isascii() and shown.isdigit():
        return NotFoundError(f"No {noun} has the number {_cut(shown)}.{see}")
    told = f'No {noun} is called "{_cut(shown)}".'
    if not entries:
        return NotFoundError(f"{told} There are no {plural} yet.")
    near = likely(shown, entries)
    if not near:
        return NotFoundError(f"{told}{see}")
    return NotFoundError(f"{told} Nearest: {_listing(near)}.", [entry.name for entry in near])


def _listing(entries: Sequence[Named]) -> str:
    """Return the first entries with their numbers, and how many more there are."""
    listed = ", ".join(f"{entry.name} ({entry.id})" for entry in entries[:SHOWN_CANDIDATES])
    more = len(entries) - SHOWN_CANDIDATES
    return f"{listed} and {more} more" if more > 0 else listed


def _cut(text: str) -> str:
    """Return a text short enough for one line of a message."""
    return text if len(text) <= _SHOWN_CHARS else text[: _SHOWN_CHARS - 1] + "…"


def _plural(noun: str) -> str:
    """Return the plural of a regular English noun."""
    return noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
