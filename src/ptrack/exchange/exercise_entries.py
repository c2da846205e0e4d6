"""Exercises in JSON: free-exercise-db, wger's public interface, and our own export."""

from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from typing import Any, NamedTuple

from ptrack.exchange.exercise_drafts import ExerciseDraft, text_in, texts_in, word_in
from ptrack.exchange.exercise_words import category_of, equipment_of, muscle_of, tracked_of
from ptrack.exchange.sets import Wrong
from ptrack.exercises.rules import is_web_address
from ptrack.naming import clean, fold
from ptrack.vocabulary import ExerciseCategory, Muscle, Tracked

LISTS = ("results", "exercises")
"""What the list is called in a file that is an object."""

LANGUAGES = {
    "de": 1, "en": 2, "bg": 3, "es": 4, "ru": 5, "nl": 6, "pt": 7, "el": 8, "cs": 9, "sv": 10, "no": 11,
    "fr": 12, "it": 13, "pl": 14, "uk": 15, "tr": 16,
}  # fmt: skip
"""wger's numbers of the languages in which it may be read."""

_ENGLISH = LANGUAGES["en"]
# wger's older lists give numbers only; these are the same at every instance.
_WGER_MUSCLES = {
    1: "biceps brachii", 2: "anterior deltoid", 3: "serratus anterior", 4: "pectoralis major",
    5: "triceps brachii", 6: "rectus abdominis", 7: "gastrocnemius", 8: "gluteus maximus", 9: "trapezius",
    10: "quadriceps femoris", 11: "biceps femoris", 12: "latissimus dorsi", 13: "brachialis",
    14: "obliquus externus abdominis", 15: "soleus", 16: "erector spinae",
}  # fmt: skip
_WGER_EQUIPMENT = {
    1: "barbell", 2: "sz-bar", 3: "dumbbell", 4: "gym mat", 5: "swiss ball", 6: "pull-up bar",
    7: "bodyweight", 8: "bench", 9: "incline bench", 10: "kettlebell", 11: "resistance band",
}  # fmt: skip
_WGER_CATEGORIES = {15: "cardio"}
_WGER_LICENCES = {1: "CC-BY-SA 3", 2: "CC-BY-SA 4", 3: "CC0", 4: "CC-BY 4"}
_OWN_TEXTS = ("equipment", "description", "video_url", "source", "licence")
_PROGRAMS = ("script", "style")
_BLOCKS = ("p", "br", "li", "div", "ul", "ol", "h1", "h2", "h3")


class Read(NamedTuple):
    """What became of an entry: a draft, or why it is none; `skipped` says why it was left out on purpose.

    `unmapped` are the words for which we have none.
    """

    draft: ExerciseDraft | Wrong | None
    unmapped: tuple[str, ...] = ()
    skipped: str = ""


def read_free(entry: Mapping[str, Any]) -> Read:
    """An entry of free-exercise-db, which is in the public domain. Its force decides whether it is held."""
    name = text_in(entry, "name")
    first, lost = _muscles(texts_in(entry.get("primaryMuscles")), name)
    second, lost_too = _muscles(texts_in(entry.get("secondaryMuscles")), name)
    equipment = equipment_of([text_in(entry, "equipment")])
    kind = text_in(entry, "category")
    category = category_of(kind, text_in(entry, "mechanic") or "other", first)
    draft = ExerciseDraft(
        name=name,
        key=f"free-exercise-db:{text_in(entry, 'id') or fold(name)}",
        category=category,
        tracked=tracked_of(
            name, category, equipment,
            is_held=fold(text_in(entry, "force")) == "static", is_jump=fold(kind) == "plyometrics",
        ),
        equipment=equipment,
        primary=first,
        secondary=second,
        description=" ".join(texts_in(entry.get("instructions"))) or None,
        source="free-exercise-db",
        licence=text_in(entry, "license") or "Unlicense",
    )  # fmt: skip
    return Read(draft, (*lost, *lost_too))


def _muscles(words: Sequence[str], exercise: str) -> tuple[tuple[Muscle, ...], list[str]]:
    """Our muscles for those words, and the words that have none."""
    found = [(word, muscle_of(word, exercise)) for word in words]
    known = tuple(dict.fromkeys(muscle for _, muscle in found if muscle))
    return known, [fold(clean(word)) for word, muscle in found if muscle is None]


def read_wger(entry: Mapping[str, Any], language: str = "en") -> Read:
    """An entry of wger's `exerciseinfo`, `exercisebaseinfo` or its older `exercise`.

    The name is that of the language, else the English one, else any; the English name and what else it is
    called in the language are other names of it. `language` is one of `LANGUAGES`.
    """
    wanted = LANGUAGES[language]
    texts = _translations(entry)
    if not texts:
        return Read(Wrong("name", "it has no name; take wger's list with the names: /api/v2/exerciseinfo/"))
    if "language" in entry and _number(entry["language"]) not in (wanted, None):
        return Read(None, skipped="other_language")
    by_language = {_number(text.get("language")): text for text in reversed(texts)}
    best = by_language.get(wanted) or by_language.get(_ENGLISH) or texts[0]
    name = text_in(best, "name")
    english = text_in(by_language.get(_ENGLISH, {}), "name")
    first, lost = _muscles(_names(entry.get("muscles"), _WGER_MUSCLES), english or name)
    second, lost_too = _muscles(_names(entry.get("muscles_secondary"), _WGER_MUSCLES), english or name)
    equipment = equipment_of(_names(entry.get("equipment"), _WGER_EQUIPMENT))
    kind = next(iter(_names([entry.get("category")], _WGER_CATEGORIES)), "")
    category = category_of("cardio" if fold(kind) == "cardio" else "", "", (*first, *second))
    videos = (text_in(video, "video") for video in _objects(entry.get("videos")))
    draft = ExerciseDraft(
        name=name,
        key=f"wger:{text_in(entry, 'uuid') or entry.get('id')}",
        category=category,
        tracked=tracked_of(english or name, category, equipment),
        equipment=equipment,
        primary=first,
        secondary=second,
        aliases=(english, *(text_in(alias, "alias") for alias in _objects(best.get("aliases")))),
        description=plain_text(text_in(best, "description")) or None,
        video_url=next(filter(is_web_address, videos), None),
        source="wger",
        licence=_licence(best) or _licence(entry) or None,
    )
    return Read(draft, (*lost, *lost_too))


def _translations(entry: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The entry's texts in all languages, as far as they have a name."""
    texts = _objects(entry.get("translations")) or _objects(entry.get("exercises")) or [entry]
    return [text for text in texts if clean(text_in(text, "name"))]


def _objects(values: Any) -> list[Mapping[str, Any]]:
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []


def _number(value: Any) -> int | None:
    """A number as it stands, or of the object that stands for it."""
    found = value.get("id") if isinstance(value, dict) else value
    return found if isinstance(found, int) else None


def _names(values: Any, numbered: Mapping[int, str]) -> list[str]:
    """What things are called that are told as objects with a name, or as numbers only."""
    found = values if isinstance(values, list) else []
    return [name for name in (_name(value, numbered) for value in found) if name]


def _name(value: Any, numbered: Mapping[int, str]) -> str:
    told = text_in(value, "name") if isinstance(value, dict) else ""
    number = _number(value)
    return told or (numbered.get(number, "") if number is not None else "")


def _licence(entry: Mapping[str, Any]) -> str:
    """`CC-BY-SA 4, by wger.de`: the licence as it is told, and whom it asks to name."""
    told = entry.get("license")
    name = text_in(told, "short_name") or text_in(told, "full_name") if isinstance(told, dict) else ""
    number = _number(told)
    name = name or (_WGER_LICENCES.get(number, f"wger's licence {number}") if number is not None else "")
    author = clean(text_in(entry, "license_author"))
    return f"{name}, by {author}" if name and author else name


class _Text(HTMLParser):
    """Takes the text out of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._is_program = False

    def handle_starttag(self, tag: str, attrs: Any) -> None:  # noqa: ARG002  the parser's own signature
        """Let a new block be a new word."""
        self._is_program = tag in _PROGRAMS
        self.parts += [" "] * (tag in _BLOCKS)

    def handle_endtag(self, tag: str) -> None:
        """Let what follows a block be a new word."""
        self._is_program = False
        self.parts += [" "] * (tag in _BLOCKS)

    def handle_data(self, data: str) -> None:
        """Keep the text, but for what only a browser is meant to read."""
        if not self._is_program:
            self.parts.append(data)


def plain_text(html: str) -> str:
    """The text of a description without its markup."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    return " ".join("".join(parser.parts).split())


def read_own(entry: Mapping[str, Any]) -> Read:
    """An entry of our own export."""
    category = _word(entry, "category", list(ExerciseCategory))
    tracked = _word(entry, "tracked", list(Tracked))
    first, second = _own_muscles(entry, "primary"), _own_muscles(entry, "secondary")
    for told in (category, tracked, first, second):
        if isinstance(told, Wrong):
            return Read(told)
    custom = entry.get("is_custom")
    texts = {name: text_in(entry, name) if name in entry else None for name in _OWN_TEXTS}
    draft = ExerciseDraft(
        name=text_in(entry, "name"),
        category=ExerciseCategory(str(category)) if category else None,
        tracked=Tracked(str(tracked)) if tracked else None,
        primary=None if isinstance(first, Wrong) else first,
        secondary=None if isinstance(second, Wrong) else second,
        aliases=tuple(texts_in(entry.get("aliases"))),
        is_custom=custom if isinstance(custom, bool) else None,
        **texts,
    )
    return Read(draft)


def _word(entry: Mapping[str, Any], name: str, words: Sequence[str]) -> str | Wrong | None:
    """One of our words, None where it is not told."""
    if entry.get(name) is None:
        return None
    told = str(entry[name])
    return word_in(told, words) or Wrong(name, f'"{told[:40]}" is none of {", ".join(words)}')


def _own_muscles(entry: Mapping[str, Any], name: str) -> tuple[Muscle, ...] | Wrong | None:
    """Muscles in our words, None where they are not told."""
    if name not in entry:
        return None
    found: list[Muscle] = []
    for told in texts_in(entry[name]):
        muscle = word_in(told, list(Muscle))
        if muscle is None:
            return Wrong(name, f'"{told[:40]}" is no muscle; they are {", ".join(Muscle)}')
        found.append(Muscle(muscle))
    return tuple(found)
