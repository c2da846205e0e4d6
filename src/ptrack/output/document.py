"""What a view hands to the output: a document of blocks, with the raw data beside it.

A document knows nothing of terminals or files. Texts in it are plain (never markup); a `Style` says what a
text means, and each format decides how that looks. The data part is what `--json` prints: plain values, dates
and enumerations, never formatted text. A table is defined once by its columns, which serve screen, JSON and
CSV.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any, Literal, NamedTuple


class Style(StrEnum):
    """What a text means. Signs carry the meaning, colour only repeats it."""

    PLAIN = "plain"
    STRONG = "strong"
    MUTED = "muted"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    ACCENT = "accent"


class Span(NamedTuple):
    """A run of text in one style."""

    text: str
    style: Style = Style.PLAIN


Line = tuple[Span, ...]


def line(*parts: str | Span) -> Line:
    """One line of text from strings and spans."""
    return tuple(Span(part) if isinstance(part, str) else part for part in parts)


class Column(NamedTuple):
    """One column of a table, for every format.

    `key` is the JSON and CSV name and, without `value`, the attribute of the row it is read from. `show`
    turns the raw value into the text on screen; `style` is asked with the row. Columns with a higher
    `priority` are the first left out where the screen is narrow; 0 always stays. `flexible` columns (names,
    notes) are shortened with an ellipsis.
    """

    key: str
    title: str = ""
    value: Callable[[Any], Any] | None = None
    show: Callable[[Any], str] | None = None
    align: Literal["left", "right"] = "left"
    flexible: bool = False
    priority: int = 0
    style: Callable[[Any], Style] | None = None
    on_screen: bool = True
    in_data: bool = True

    def raw(self, row: Any) -> Any:
        """The raw value of this column in a row."""
        return self.value(row) if self.value else attrgetter(self.key)(row)


class Heading(NamedTuple):
    """A page's or part's title, with an optional aside set to the right."""

    text: str
    aside: str = ""
    level: int = 1


class Table(NamedTuple):
    """Rows under columns. `empty` is the sentence shown where there are none: it says what to do.

    `sum_row` has one text for each column on screen.
    """

    columns: Sequence[Column]
    rows: Sequence[Any]
    title: str = ""
    empty: str = ""
    sum_row: Sequence[str] | None = None


class Fields(NamedTuple):
    """Labels with values, one a line; pairs with an empty value are left out."""

    pairs: Sequence[tuple[str, str]]
    title: str = ""


class Lines(NamedTuple):
    """Free lines of styled text; `indent` columns in."""

    lines: Sequence[Line]
    indent: int = 1


class Series(NamedTuple):
    """Points of a chart: moments and values, and how they are drawn."""

    name: str
    points: Sequence[tuple[datetime, float]]
    kind: Literal["points", "line"] = "points"


class Chart(NamedTuple):
    """Series over time, with one unit."""

    title: str
    unit: str
    series: Sequence[Series]
    summary: str = ""
    empty: str = ""


class Bar(NamedTuple):
    """One bar: its label, its length, and what is written behind it."""

    label: str
    value: float
    note: str = ""
    style: Style = Style.ACCENT


class Bars(NamedTuple):
    """Horizontal bars on one scale, which ends at the longest of them, or further on at `full`."""

    title: str
    bars: Sequence[Bar]
    full: float = 0.0


class Day(NamedTuple):
    """One day of a time grid; `notes` are a word on each lane, or one on the day where there are no lanes."""

    date: date
    label: str
    is_today: bool = False
    notes: Sequence[str] = ()


class Lane(NamedTuple):
    """One of those who stand beside each other in every day: the name, a shorter one, and a letter or two."""

    name: str
    short: str
    mark: str


class Block(NamedTuple):
    """Something that lasts from one minute of a day to another.

    `lines` are written into it from the top as far as they fit; the first is its name, and `tail` and `mark`
    stand behind that unshortened, the tail before the next line where the name would have to give way to it.
    `brief` is the second one in fewer letters, for where that does not fit. `sign` is one ASCII character
    that tells the status without colour.
    """

    day: int
    start_min: int
    end_min: int
    sign: str
    lines: Sequence[str]
    style: Style = Style.PLAIN
    tail: str = ""
    brief: str = ""
    lane: int = 0
    mark: str = ""


class TimeGrid(NamedTuple):
    """Hours down, days across, a block as long as it lasts. `now` is (day index, minute of the day).

    With `lanes` the blocks of each day belong to one of them.
    """

    days: Sequence[Day]
    blocks: Sequence[Block]
    now: tuple[int, int] | None = None
    empty: str = ""
    lanes: Sequence[Lane] = ()


class MonthText(NamedTuple):
    """A short text in a day of a month; what stands in `tail` is never shortened."""

    text: str
    style: Style = Style.PLAIN
    tail: str = ""


class MonthDay(NamedTuple):
    """One day of a month: a few short texts in the order of the day."""

    date: date
    texts: Sequence[MonthText]
    in_month: bool = True
    is_today: bool = False


class MonthGrid(NamedTuple):
    """Weeks down, weekdays across."""

    weekday_labels: Sequence[str]
    days: Sequence[MonthDay]


class Hint(NamedTuple):
    """The next command a person will want, ready to copy, with a word on what it does."""

    command: str
    what: str = ""


Part = Heading | Table | Fields | Lines | Chart | Bars | TimeGrid | MonthGrid | Hint


class Document(NamedTuple):
    """A page: its parts for people, its data for programs.

    `data` is printed by `--json`. `listing` is the table that `--csv` writes; where it is given and `data` is
    not, its rows are the JSON data, too.
    """

    parts: Sequence[Part]
    data: Any = None
    listing: Table | None = None
    title: str = "ptrack"


def list_document(table: Table, *before: Part, after: Sequence[Part] = ()) -> Document:
    """A page around one table, whose rows are its data."""
    return Document(parts=(*before, table, *after), listing=table)
