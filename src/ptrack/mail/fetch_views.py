"""What became of the replies that were fetched, on a page."""

from typing import Any

from ptrack.clients.queries import Practice
from ptrack.clients.views import day_and_time
from ptrack.mail.fetching import Fate, Outcome, Report
from ptrack.output.document import Column, Document, Heading, Line, Lines, Part, Span, Style, Table, line
from ptrack.output.document import list_document as listing

_STYLES = {Fate.FILED: Style.GOOD, Fate.UNCHANGED: Style.MUTED, Fate.REFUSED: Style.WARN}
_WORDS = {Fate.FILED: "filed", Fate.UNCHANGED: "unchanged", Fate.REFUSED: "refused"}


def _columns(practice: Practice) -> list[Column]:
    def local(row: Outcome) -> Any:
        return practice.local(row.sent_at) if row.sent_at else None

    return [
        Column("answer", "Answer", value=lambda row: str(row.answer) if row.answer else None),
        Column("question", on_screen=False, value=lambda row: row.answer and row.answer.question),
        Column("value", on_screen=False, value=lambda row: row.answer and row.answer.value),
        Column("client", "Client", flexible=True),
        Column("client_id", on_screen=False),
        Column("session", "Session", align="right", priority=2),
        Column("from", "From", value=lambda row: row.sender, flexible=True, priority=1),
        Column("subject", on_screen=False),
        Column("sent_at", on_screen=False, value=local),
        Column("comment", "Comment", flexible=True, priority=3),
        Column("status", on_screen=False, value=lambda row: row.fate),
        Column("word", "Outcome", in_data=False, value=lambda row: _WORDS[row.fate], style=_style),
        Column("reason", on_screen=False),
    ]


def _note(row: Outcome, practice: Practice) -> Line:
    """A reply with what is to be said of it: why it was refused, or what is odd about it."""
    when = day_and_time(practice, row.sent_at) if row.sent_at else "at no time"
    whose = f"{row.answer or row.subject} from {row.client or row.sender or 'nobody'}, {when}"
    return line(Span(_WORDS[row.fate], _STYLES[row.fate]), f": {whose}: {row.reason}")


def _style(row: Outcome) -> Style:
    return _STYLES[row.fate]


def fetched_document(report: Report, practice: Practice) -> Document:
    """All replies that were new, under how many came to what."""
    counts = {fate: report.count(fate) for fate in Fate}
    table = Table(_columns(practice), report.outcomes, empty="No new replies.")
    told = ", ".join(f"{number} {fate}" for fate, number in counts.items() if number)
    heading = Heading("Replies that would be read" if report.is_dry else "Replies", told)
    before: list[Part] = [heading] if report.outcomes else []
    replies = [
        {column.key: column.raw(row) for column in table.columns if column.in_data} for row in report.outcomes
    ]
    data = {**{fate.value: number for fate, number in counts.items()}, "replies": replies}
    notes = [_note(row, practice) for row in report.outcomes if row.reason]
    after = [Lines(notes)] if notes else []
    return listing(table, *before, after=after)._replace(data=data | {"dry_run": report.is_dry})
