"""Free times on a page: a line per day, runs of starts drawn together."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from ptrack.clients.queries import Practice
from ptrack.output.document import (
    Column,
    Document,
    Fields,
    Heading,
    Hint,
    Lines,
    Part,
    Span,
    Style,
    Table,
    line,
)
from ptrack.scheduling.availability_queries import Opening, Search

_RUN = 3
"""So many starts, one step after the other, are told by the first and the last."""


def free_columns(practice: Practice) -> list[Column]:
    """A free time's columns, for programs and spreadsheets."""
    return [
        Column("starts_at", value=lambda row: practice.local(row.starts_at)),
        Column("ends_at", value=lambda row: practice.local(row.ends_at)),
        Column("duration_min"),
        Column("trainer"),
        Column("trainer_id"),
    ]


def starts_text(starts: Sequence[datetime], step: timedelta) -> str:
    """Local starts in few words: `09:00  10:00-12:30  15:10`."""
    runs: list[list[datetime]] = []
    for start in starts:
        if runs and start - runs[-1][-1] == step:
            runs[-1].append(start)
        else:
            runs.append([start])
    return "  ".join(
        f"{run[0]:%H:%M}-{run[-1]:%H:%M}"
        if len(run) >= _RUN
        else "  ".join(f"{start:%H:%M}" for start in run)
        for run in runs
    )


def free_document(rows: Sequence[Opening], search: Search, practice: Practice) -> Document:
    """When somebody is free."""
    listing = Table(free_columns(practice), rows)
    when = f"{search.first_day:%a} {search.first_day.day} {search.first_day:%b}"
    if search.last_day != search.first_day:
        when += f" to {search.last_day:%a} {search.last_day.day} {search.last_day:%b}"
    is_one = len(search.trainers) == 1
    whose = search.trainers[0].name if is_one else "all trainers"
    heading = Heading(f"Free for {search.duration_min} min   {when} {search.last_day:%Y}", whose)
    if not rows:
        told = "Nothing is free. Look further ahead with --to DATE, or for less with --duration MIN."
        return Document((heading, Lines([line(told)])), listing=listing)
    days = _days(rows, search, practice, is_one=is_one)
    parts: list[Part] = [heading, *days]
    if any("-" in text for part in days for _, text in part.pairs):
        parts.append(Lines([line(Span(_legend(search), Style.MUTED))]))
    return Document((*parts, _hint(rows[0], search, practice)), listing=listing)


def _days(rows: Sequence[Opening], search: Search, practice: Practice, *, is_one: bool) -> list[Fields]:
    """A line per day, or with several trainers a block per day and a line for each of them."""
    step = timedelta(minutes=search.step_min)
    by_day: dict[str, dict[str, list[datetime]]] = {}
    for row in rows:
        local = practice.local(row.starts_at)
        day = f"{local:%a} {local.day:>2} {local:%b}"
        by_day.setdefault(day, {}).setdefault(row.trainer, []).append(local.replace(tzinfo=None))
    if is_one:
        return [
            Fields([(day, starts_text(starts, step)) for day, of in by_day.items() for starts in of.values()])
        ]
    return [
        Fields([(trainer, starts_text(starts, step)) for trainer, starts in sorted(of.items())], day)
        for day, of in by_day.items()
    ]


def _legend(search: Search) -> str:
    return f"09:00-11:00 is any start from 09:00 to 11:00, every {search.step_min} min."


def _hint(row: Opening, search: Search, practice: Practice) -> Hint:
    who = search.client_id or "CLIENT"
    options = f" --trainer {row.trainer_id}"
    if search.duration_min != 60:  # noqa: PLR2004  what it is without being said
        options += f" --duration {search.duration_min}"
    when = f"{practice.local(row.starts_at):%Y-%m-%d %H:%M}"
    return Hint(f"ptrack appointments add {who} '{when}'{options}", "book")
