"""The workout notation: one small language for what is planned and what was done, read and printed.

Pure: text in, frozen values out, and back. Names are resolved by a function the caller hands in, so nothing
here knows a database. What a name below stands in is imported when it is first asked for: a command that only
prints doesn't pay for the reader.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ptrack.notation.model import (
        OPEN,
        Day,
        ExerciseLine,
        Load,
        LoadKind,
        Mistake,
        Place,
        Program,
        Progression,
        ProgressionKind,
        SetGroup,
    )
    from ptrack.notation.parse import parse_workout
    from ptrack.notation.printing import (
        format_clock,
        format_distance,
        format_load,
        format_seconds,
        print_groups,
        print_line,
        print_prescription,
        print_program,
        print_workout,
    )
    from ptrack.notation.programs import parse_program

__all__ = [
    "OPEN",
    "Day",
    "ExerciseLine",
    "Load",
    "LoadKind",
    "Mistake",
    "Place",
    "Program",
    "Progression",
    "ProgressionKind",
    "SetGroup",
    "format_clock",
    "format_distance",
    "format_load",
    "format_seconds",
    "parse_program",
    "parse_workout",
    "print_groups",
    "print_line",
    "print_prescription",
    "print_program",
    "print_workout",
]


def __getattr__(name: str) -> object:
    """Import what is asked for from the file it stands in."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_home(name)}"), name)


def _home(name: str) -> str:
    """The file that a public name stands in."""
    if name.startswith(("print_", "format_")):
        return "printing"
    return {"parse_workout": "parse", "parse_program": "programs"}.get(name, "model")
