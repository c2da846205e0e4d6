"""An exercise as a file tells of it, before it is one of ours."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

from ptrack.clients.rules import MAXIMUM_NAME
from ptrack.errors import UsageError
from ptrack.exchange.sets import Wrong
from ptrack.exchange.text import MAX_FIELD
from ptrack.exercises.rules import is_web_address
from ptrack.naming import clean, fold
from ptrack.vocabulary import ExerciseCategory, Muscle, Tracked

BROKEN_TEXT = "its text holds what is no character"
_TEXTS = ("name", "equipment", "description", "video_url", "source", "licence")


class ExerciseDraft(NamedTuple):
    """An exercise of a file; what is None is not told, and an empty text tells that there is none.

    `key` is what it is known again by, None in our own files, which name exercises as we do.
    """

    name: str
    key: str | None = None
    category: ExerciseCategory | None = None
    tracked: Tracked | None = None
    equipment: str | None = None
    primary: tuple[Muscle, ...] | None = None
    secondary: tuple[Muscle, ...] | None = None
    aliases: tuple[str, ...] = ()
    description: str | None = None
    video_url: str | None = None
    is_custom: bool | None = None
    source: str | None = None
    licence: str | None = None

    @property
    def digest(self) -> str:
        """The hash of what the file says of it."""
        return blake2b(repr(self).encode("utf-8", "replace"), digest_size=16).hexdigest()


def checked(draft: ExerciseDraft) -> ExerciseDraft | Wrong:
    """The draft as it may be kept, or why it cannot be."""
    try:
        texts: dict[str, Any] = {column: clean(getattr(draft, column) or "") for column in _TEXTS}
        cleaned = draft._replace(**texts)
        aliases = {fold(alias): alias for alias in map(clean, draft.aliases) if fold(alias)}
    except UsageError:
        return Wrong("", BROKEN_TEXT)
    if not fold(cleaned.name):
        return Wrong("name", "the name is missing")
    if len(cleaned.name) > MAXIMUM_NAME:
        return Wrong("name", f"a name may have {MAXIMUM_NAME} characters; this has {len(cleaned.name)}")
    if cleaned.video_url and not is_web_address(cleaned.video_url):
        return Wrong("video_url", f'"{cleaned.video_url[:40]}" is no web address')
    for column in _TEXTS:
        if len(getattr(cleaned, column)) > MAX_FIELD:
            return Wrong(column, "the text is over 64 KiB")
    aliases.pop(fold(cleaned.name), None)
    first, second = _distinct(draft.primary), _distinct(draft.secondary)
    told: dict[str, Any] = {
        column: getattr(cleaned, column) for column in _TEXTS if getattr(draft, column) is not None
    }
    return draft._replace(
        **told,
        primary=first,
        secondary=None if second is None else tuple(one for one in second if one not in (first or ())),
        aliases=tuple(alias for alias in aliases.values() if len(alias) <= MAXIMUM_NAME),
    )


def _distinct(muscles: Sequence[Muscle] | None) -> tuple[Muscle, ...] | None:
    return None if muscles is None else tuple(dict.fromkeys(muscles))


def text_in(entry: Mapping[str, Any], name: str) -> str:
    """What an object says under a name, as text; empty where it says nothing, or no text."""
    value = entry.get(name)
    return value if isinstance(value, str) else ""


def texts_in(values: Any) -> list[str]:
    """The texts in a list; nothing where it is none."""
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []


def word_in(word: str, words: Iterable[str]) -> str | None:
    """The one of our words that is meant, letter case and spaces aside; None where there is none."""
    key = fold(word).replace(" ", "_").replace("-", "_")
    return next((one for one in words if one == key), None)
