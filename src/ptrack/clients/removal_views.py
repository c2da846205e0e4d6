"""Removing and erasing a client: what it comes to, before and after, in words and as a document."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from ptrack.clients.queries import Practice
from ptrack.clients.views import day_and_time
from ptrack.output.document import Document, Fields, Heading, Hint, Lines, Part, line

_TOLD = 5
_NOUNS = {
    "workouts": ("workout", "workouts"),
    "metric_entries": ("metric entry", "metric entries"),
    "programs": ("program", "programs"),
    "appointments": ("appointment", "appointments"),
    "sessions": ("session", "sessions"),
    "packages": ("package", "packages"),
    "credits": ("credit", "credits"),
}
FOR_GOOD = "Backups, exports and mail from before still hold it; delete those yourself."


def _count(number: int, noun: str) -> str:
    return f"{number:,} {_NOUNS[noun][number != 1]}"


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(_count(number, noun) for noun, number in counts.items() if number) or "nothing else"


def times_text(times: Sequence[datetime], practice: Practice) -> str:
    """When the first appointments are, and how many more there are."""
    told = [day_and_time(practice, moment) for moment in times[:_TOLD]]
    more = len(times) - _TOLD
    return "; ".join(told) + (f"; and {more} more" if more > 0 else "")


def removal_question(name: str, times: Sequence[datetime], credits_left: int, practice: Practice) -> str:
    """What removing a client does, to be agreed to."""
    said = [f"This removes {name} from every list; what was done stays in the figures."]
    if times:
        called_off = f"{_count(len(times), 'appointments')} called off for nothing"
        said.append(f"{called_off}: {times_text(times, practice)}.")
    if credits_left:
        said.append(f"{_count(credits_left, 'credits')} will be left unused.")
    return " ".join(said)


def erasure_question(name: str, gone: Mapping[str, int], kept: Mapping[str, int], called_off: int) -> str:
    """What erasing a client does, to be agreed to."""
    said = [
        f"This erases {name} for good: {_counts(gone)}, and all that is known of the person.",
        f"In the books stays without a name: {_counts(kept)}.",
        f"{_count(called_off, 'appointments')} called off for nothing." if called_off else "",
        f"It cannot be undone.\n{FOR_GOOD}",
    ]
    return " ".join(filter(None, said))


def removed_document(
    number: int, name: str, appointments: Sequence[tuple[int, datetime]], practice: Practice, *, is_dry: bool
) -> Document:
    """A client who was removed."""
    times = [moment for _, moment in appointments]
    fields = Fields([("Called off", times_text(times, practice))])
    hint: tuple[Part, ...] = () if is_dry else (Hint("ptrack undo", "brings everything back"),)
    title = f"{'Would remove' if is_dry else 'Removed'} {name} ({number})"
    data = {
        "id": number, "name": name, "removed": not is_dry, "erased": False, "dry_run": is_dry,
        "cancelled": [each for each, _ in appointments],
    }  # fmt: skip
    return Document((Heading(title), fields, *hint), data=data)


def erased_document(
    number: int, name: str, gone: Mapping[str, int], kept: Mapping[str, int], *, is_dry: bool
) -> Document:
    """A client who was erased."""
    title = f"Would erase {name} ({number})" if is_dry else f"Erased client {number}"
    fields = Fields([("Gone", _counts(gone)), ("Kept, nameless", _counts(kept))])
    data = {
        "id": number, "name": name if is_dry else f"Erased client {number}", "removed": not is_dry,
        "erased": not is_dry, "dry_run": is_dry, "gone": dict(gone), "kept": dict(kept),
    }  # fmt: skip
    return Document((Heading(title), fields, Lines([line(FOR_GOOD)])), data=data)
