"""What clients said of their sessions, on a page."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypedDict

from ptrack.clients.queries import Practice
from ptrack.clients.views import day_and_time
from ptrack.feedback.queries import FeedbackRow, SummaryRow
from ptrack.feedback.rules import ENOUGH
from ptrack.output.document import Column, Document, Fields, Heading, Lines, Part, Style, Table, line
from ptrack.output.document import list_document as listing

_RATINGS = (
    ("session_rating", "Session rated"),
    ("trainer_rating", "Trainer rated"),
    ("energy", "Energy"),
    ("soreness", "Soreness"),
)


class Mean(TypedDict):
    """A mean of ratings and of how many, to two places; None without any."""

    mean: float | None
    count: int


def _rating_text(value: int | None) -> str:
    return "" if value is None else str(value)


def _columns(practice: Practice, today: date | None = None) -> list[Column]:
    """The columns of what was said of a session; on screen the year is left out where it is `today`'s."""

    def when(moment: datetime) -> str:
        text = day_and_time(practice, moment)
        return text.replace(f" {today.year} ", " ") if today is not None else text

    return [
        Column("id", on_screen=False),
        Column("session", "No", align="right"),
        Column("starts_at", "When", value=lambda row: practice.local(row.starts_at), show=when, priority=2),
        Column("client", "Client", flexible=True),
        Column("client_id", on_screen=False),
        Column("trainer", "With", flexible=True, priority=5),
        Column("trainer_id", on_screen=False),
        Column("session_rating", "Session", align="right", show=_rating_text),
        Column("trainer_rating", "Trainer", align="right", show=_rating_text, priority=3),
        Column("energy", "Energy", align="right", show=_rating_text, priority=4),
        Column("soreness", "Soreness", align="right", show=_rating_text, priority=4),
        Column("comment", "Comment", flexible=True, priority=1),
        Column("source", on_screen=False),
        Column("answered_at", on_screen=False, value=lambda row: practice.local(row.answered_at)),
    ]


def feedback_list(rows: Sequence[FeedbackRow], practice: Practice, today: date) -> Document:
    """The list of what was said."""
    empty = "Nothing was said of sessions here. Note what a client says: ptrack feedback add SESSION"
    return listing(Table(_columns(practice, today), rows, empty=empty))


def feedback_page(row: FeedbackRow, practice: Practice, words: str) -> Document:
    """What was said of one session, and what became of what was just said."""
    pairs = [("When", day_and_time(practice, row.starts_at)), ("Trainer", row.trainer)]
    pairs += [(title, _rating_text(getattr(row, key))) for key, title in _RATINGS]
    pairs.append(("Comment", row.comment or ""))
    parts: list[Part] = [
        Heading(f"Session {row.session}   {row.client}", "feedback"),
        Fields(pairs),
        Lines([line(words)]),
    ]
    return Document(parts, data={column.key: column.raw(row) for column in _columns(practice)})


def _means(row: SummaryRow) -> dict[str, Mean]:
    pairs = {
        "session_rating": (row.session_mean, row.session_count),
        "trainer_rating": (row.trainer_mean, row.trainer_count),
        "energy": (row.energy_mean, row.energy_count),
        "soreness": (row.soreness_mean, row.soreness_count),
    }
    return {
        key: Mean(mean=round(mean, 2) if mean is not None else None, count=count)
        for key, (mean, count) in pairs.items()
    }


def mean_text(mean: Mean) -> str:
    """`4.3 of 12`; a mean of few answers is marked."""
    if mean["mean"] is None:
        return ""
    return f"{mean['mean']:.1f} of {mean['count']}{'?' if mean['count'] < ENOUGH else ''}"


def _mean_columns(key: str, title: str, priority: int) -> list[Column]:
    """The columns of one rating: mean and count in one on screen, in two in a CSV."""

    def style(row: SummaryRow) -> Style:
        return Style.MUTED if _means(row)[key]["count"] < ENOUGH else Style.PLAIN

    return [
        Column(
            key, title, value=lambda row: _means(row)[key], show=mean_text, align="right", style=style,
            priority=priority, in_data=False,
        ),
        Column(f"{key}_mean", value=lambda row: _means(row)[key]["mean"], on_screen=False),
        Column(f"{key}_count", value=lambda row: _means(row)[key]["count"], on_screen=False),
    ]  # fmt: skip


def feedback_summary(rows: Sequence[SummaryRow]) -> Document:
    """Ratings by trainer, each mean with its count, in order of name."""
    columns = [
        Column("trainer", "Trainer", flexible=True),
        Column("trainer_id", on_screen=False),
        *(
            column
            for priority, (key, title) in enumerate(_RATINGS)
            for column in _mean_columns(key, title, priority)
        ),
        Column("answers", "Answers", align="right", priority=1),
        Column("completed", "Sessions", align="right", priority=2),
    ]
    table = Table(columns, rows, empty="No session was completed here.")
    is_few = any(0 < mean["count"] < ENOUGH for row in rows for mean in _means(row).values())
    note = f"? is a mean of fewer than {ENOUGH} answers, which says little."
    after = [Lines([line(note)])] if is_few else []
    data = [
        {"trainer": row.trainer, "trainer_id": row.trainer_id, **_means(row)}
        | {"answers": row.answers, "completed": row.completed}
        for row in rows
    ]
    return listing(table, after=after)._replace(data=data)
