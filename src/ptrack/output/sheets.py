"""Training sheets to hand out: a week's days, and for every set what is planned."""

from collections.abc import Sequence
from typing import NamedTuple


class SheetGroup(NamedTuple):
    """Sets that are alike: how many, of how many reps (or how long, or how far), with what, how hard.

    `load` is said line by line; where `is_load_open` there is room to write it.
    """

    sets: int
    amount: str
    load: Sequence[str] = ()
    effort: str = ""
    is_warmup: bool = False
    is_load_open: bool = False


class SheetLine(NamedTuple):
    """One exercise; neighbours whose `superset` begins alike are bracketed. `notes` stand below it."""

    name: str
    groups: Sequence[SheetGroup]
    superset: str = ""
    rest: str = ""
    notes: Sequence[str] = ()


class SheetSection(NamedTuple):
    """Lines under a caption; where there is only to be ticked, not written, `is_brief`."""

    caption: str
    lines: Sequence[SheetLine]
    is_brief: bool = False


class SheetDay(NamedTuple):
    """One training day."""

    name: str
    sections: Sequence[SheetSection]


class SheetWeek(NamedTuple):
    """One week: its own pages."""

    title: str
    days: Sequence[SheetDay]


class Sheets(NamedTuple):
    """A program to hand out; `remark` stands below every heading."""

    title: str
    client: str
    studio: str
    remark: str
    weeks: Sequence[SheetWeek]
