"""What is different between two plans, on a page: a sign before each line says what became of it."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from ptrack.notation.printing import week_ranges
from ptrack.output.document import Column, Document, Heading, Line, Lines, Part, Span, Style, Table, line
from ptrack.programs.differences import About, Cause, Difference, Kind
from ptrack.programs.queries import ProgramRow

_SIGNS = {Kind.ADDED: ("+", Style.GOOD), Kind.REMOVED: ("-", Style.BAD), Kind.CHANGED: ("~", Style.WARN)}
COLUMNS = [Column(name) for name in Difference._fields]


class _Days(NamedTuple):
    """Days of one name, of several weeks if they have the same differences."""

    name: str
    weeks: list[int]
    found: list[Difference]


def difference_data(found: Sequence[Difference]) -> list[dict[str, Any]]:
    """Differences for programs to read."""
    return [{column.key: column.raw(each) for column in COLUMNS} for each in found]


def differences_document(row: ProgramRow, against: str, found: Sequence[Difference]) -> Document:
    """The differences of a program: what was edited, then what logs have raised."""
    return Document(
        (Heading(f"{row.name} ({row.id})", against), *difference_parts(found)), listing=_table(found)
    )


def _table(found: Sequence[Difference]) -> Table:
    return Table(COLUMNS, found)


def difference_parts(found: Sequence[Difference]) -> list[Part]:
    """The differences, day by day; a sentence where there are none."""
    edits = [each for each in found if each.cause is Cause.EDIT]
    raised = [each for each in found if each.cause is Cause.PROGRESSION]
    parts: list[Part] = list(_parts(edits))
    if raised:
        parts += [Heading("Raised by what was logged"), *_parts(raised)]
    return parts or [Lines([line("No difference.")])]


def _parts(found: Sequence[Difference]) -> Iterator[Part]:
    heads = [each for each in found if each.about is About.PROGRAM]
    if heads:
        yield Lines([line(Span("~ ", Style.WARN), each.words) for each in heads], indent=3)
    for days in _days([each for each in found if each.about is not About.PROGRAM]):
        yield Heading(_title(days), level=2)
        yield Lines([text for each in days.found for text in _lines(each)], indent=3)


def _days(found: Sequence[Difference]) -> list[_Days]:
    """The differences by day, weeks that follow each other and have the same ones together."""
    days: list[_Days] = []
    for (name, week), group in groupby(found, key=lambda each: (each.day, each.week)):
        own = [each._replace(week=None) for each in group]
        if days and week is not None and days[-1].weeks and (days[-1].name, days[-1].found) == (name, own):
            days[-1].weeks.append(week)
        else:
            days.append(_Days(name or "", [] if week is None else [week], own))
    return days


def _title(days: _Days) -> str:
    if not days.weeks:
        return days.name
    return f"{days.name}, week{'s' if len(days.weeks) > 1 else ''} {', '.join(week_ranges(days.weeks))}"


def _lines(each: Difference) -> Iterator[Line]:
    sign, style = _SIGNS[each.kind]
    if each.about is About.DAY:
        text = each.words or f"the day is {each.kind}"
        yield line(Span(f"{sign} ", style), Span(text, Style.MUTED))
    elif each.kind is Kind.CHANGED:
        yield line(Span("~ ", style), Span(f"{each.exercise}: ", Style.STRONG), each.words)
        if each.before != each.after:
            yield line(Span("  - ", Style.BAD), _without_name(each, each.before))
            yield line(Span("  + ", Style.GOOD), _without_name(each, each.after))
    else:
        yield line(Span(f"{sign} ", style), each.after or each.before or "")


def _without_name(each: Difference, text: str | None) -> str:
    """A line without the exercise's name, which stands above it."""
    return (text or "").removeprefix(f"{each.exercise}: ")
