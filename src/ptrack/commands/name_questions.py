"""Asking on a terminal which exercise of ours a file's name means."""

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from ptrack.app import App
from ptrack.database.reading import Reader
from ptrack.errors import PtrackError
from ptrack.naming import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ptrack.exchange.names import Unresolved
    from ptrack.exchange.program_import import Wanted

MAKE, LEAVE = "c", "l"


def ask_names(app: App, reader: Reader, unknown: "Sequence[Unresolved]", wanted: "Wanted") -> "Wanted":
    """Ask about each unknown name, where somebody can be asked; what is wanted, with the answers.

    A number takes a candidate, a name that exercise, `c` makes it a custom one, Enter leaves it for the
    report. Nobody is asked any more once the input ends.
    """
    if not unknown or not app.is_interactive:
        return wanted
    from ptrack.exercises.queries import exercise_names
    from ptrack.exercises.rules import find_exercise

    library = exercise_names(reader)
    said, made = dict(wanted.said), set(wanted.made)
    for number, one in enumerate(unknown, 1):
        _ask(app, one, number, len(unknown))
        while (answer := _answer()) is not None:
            if answer.casefold() == MAKE:
                made.add(fold(one.name))
            elif answer and answer.casefold() != LEAVE:
                try:
                    said[one.name] = _meant(answer, one) or find_exercise(answer, library).name
                except PtrackError as error:
                    app.notice(error.message)
                    continue
            break
        if answer is None:
            break
    return replace(wanted, said=said, made=frozenset(made))


def _ask(app: App, one: "Unresolved", number: int, count: int) -> None:
    offered = "   ".join(f"{place} {name}" for place, name in enumerate(one.candidates, 1))
    app.notice(
        f'{number} of {count}: which exercise is "{one.name}"?' + (f"\n  {offered}" if offered else "")
    )
    sys.stderr.write("  number or name, c make it a custom one, Enter leave it: ")
    sys.stderr.flush()


def _answer() -> str | None:
    """What was typed; None where nobody is there any more."""
    text = sys.stdin.readline()
    return text.strip() if text else None


def _meant(answer: str, one: "Unresolved") -> str | None:
    """The candidate of that number."""
    place = int(answer) if answer.isascii() and answer.isdigit() and len(answer) < 3 else 0  # noqa: PLR2004
    return one.candidates[place - 1] if 0 < place <= len(one.candidates) else None
