"""Exercises as they are named in the live logger: searched while they are typed, made where there is none."""

from collections.abc import Sequence

from ptrack.database.session import Writing
from ptrack.errors import NotFoundError, UsageError
from ptrack.exercises.search import search
from ptrack.naming import Named, resolve
from ptrack.vocabulary import ExerciseCategory, Tracked
from ptrack.workouts.live import LiveLine

MOST_OFFERS = 8
_MOST_LIKE = 3


class ExerciseNames:
    """All exercises by name, those that were made meanwhile among them."""

    def __init__(self, entries: Sequence[Named]) -> None:
        self._entries = list(entries)

    def offers(self, text: str, lines: Sequence[LiveLine]) -> list[str]:
        """Lines that may be meant by one that is begun: exercises to add, or to jump to."""
        if text.startswith("+") and not text[1:].strip()[:1].isdigit():
            found = search(text[1:], self._entries) if text[1:].strip() else []
            return [f"+ {each.name}" for each in found[:MOST_OFFERS]]
        if text.startswith("go "):
            wanted = text[3:].strip().casefold()
            return [f"go {line.name}" for line in lines if wanted in line.name.casefold()]
        return []

    def find(self, text: str) -> Named:
        """The exercise that is meant, by name, else by search; number 0 for one that is to be made (`name!`).

        Raises UsageError where none is, and what `resolve` raises where several are.
        """
        try:
            return resolve(text, self._entries, "exercise")
        except NotFoundError:
            likely = search(text.rstrip("! "), self._entries)
        if text.endswith("!") and text.rstrip("! "):
            return Named(0, text.rstrip("! "))
        if len(likely) == 1:
            return likely[0]
        names = ", ".join(each.name for each in likely[:_MOST_LIKE])
        near = f" Like it: {names}." if names else ""
        raise UsageError(f"No exercise is called so.{near} + {text}! makes it one.")

    def make(self, work: Writing, name: str) -> int:
        """Make an exercise of the practice's own; its number."""
        from ptrack.exercises.actions import NewExercise, add_exercise

        number = add_exercise(work, NewExercise(name, ExerciseCategory.OTHER, Tracked.WEIGHT_REPS))
        self._entries.append(Named(number, name))
        return number
