"""What jobs did, on a page, for programs, and in lines for somebody who is not there."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from ptrack.jobs.daily import Daily
from ptrack.jobs.weekly import Weekly
from ptrack.output.document import Document, Heading, Lines, Part, line


def daily_document(done: Daily) -> Document:
    """What a day's jobs came to, a line each."""
    texts = list(_daily_texts(done)) or ["There is nothing to do."]
    return Document([*_dry_heading(done), Lines([line(text) for text in texts])], data=_daily_data(done))


def _dry_heading(done: Daily | Weekly) -> list[Heading]:
    return [Heading("What would be done", "nothing was")] if done.is_dry else []


def _daily_texts(done: Daily) -> Iterator[str]:
    for row in done.expired:
        yield (
            f"{row.client}: {_counted(row.credits, 'credit')} of package {row.package} "
            f"expired on {row.expires_on}."
        )
    for untold in done.told:
        ending = untold.ending
        yield (
            f"{untold.person.name} is told: {_counted(ending.credits, 'credit')} of package "
            f"{ending.package} will expire after {ending.expires_on}."
        )
    for late in done.collected:
        yield f"The metrics of client {late.client_id} were collected anew from {late.since:%Y-%m-%d} on."
    if done.replies is not None and done.replies.outcomes:
        yield f"{_counted(len(done.replies.outcomes), 'reply', 'replies')} read."


def problem_lines(done: Daily) -> list[str]:
    """A line for each thing that somebody should know, even if nobody sits there."""
    refused = [row for row in done.replies.outcomes if row.fate == "refused"] if done.replies else []
    texts = [f"Reply from {row.sender or 'nobody'} refused: {row.reason}" for row in refused]
    return [*(" ".join(text.splitlines()) for text in done.problems), *texts]


def _daily_data(done: Daily) -> dict[str, Any]:
    replies = done.replies
    return {
        "expired": [row._asdict() for row in done.expired],
        "told": [
            {
                "client": untold.person.name,
                "client_id": untold.person.id,
                "package": untold.ending.package,
                "expires_on": untold.ending.expires_on,
                "credits": untold.ending.credits,
            }
            for untold in done.told
        ],
        "collected": [row.client_id for row in done.collected],
        "replies": None
        if replies is None
        else {fate: replies.count(fate) for fate in ("filed", "unchanged", "refused")},  # type: ignore[arg-type]
        "problems": list(done.problems),
        "dry_run": done.is_dry,
    }


def weekly_document(done: Weekly) -> Document:
    """Who is told of the week that is over."""
    sunday = done.monday + timedelta(days=6)
    own = [draft for draft in done.made if not draft.is_copy]
    texts = [f"{draft.facts['client']}: {_week_text(draft.facts)}" for draft in own]
    texts = texts or ["There is nothing to do: everybody who did something in that week was told."]
    parts: list[Part] = [
        *_dry_heading(done),
        Heading(f"{done.monday} to {sunday}", _counted(len(done.made), "message")),
        Lines([line(text) for text in texts]),
    ]
    data = {
        "first_on": done.monday,
        "last_on": sunday,
        "messages": [
            {"client": draft.facts["client"], "client_id": draft.client_id, "to": draft.recipient}
            | {key: draft.facts[key] for key in ("workouts", "sessions")}
            | {"is_copy": draft.is_copy}
            for draft in done.made
        ],
        "dry_run": done.is_dry,
    }
    return Document(parts, data=data)


def _week_text(facts: dict[str, Any]) -> str:
    """`3 workouts, 2 records`."""
    records = facts["records"]
    done = _counted(facts["workouts"], "workout")
    return f"{done}, {_counted(len(records), 'record')}" if records else done


def _counted(number: int, noun: str, plural: str | None = None) -> str:
    return f"{number} {noun if number == 1 else plural or f'{noun}s'}"
