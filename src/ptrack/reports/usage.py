"""How a client's sessions were used: with a trainer or alone, and what is left of them."""

from typing import Any, NamedTuple

from ptrack.clients.queries import Practice
from ptrack.credits.queries import PackageRow, packages
from ptrack.database.reading import Reader
from ptrack.naming import Named
from ptrack.output.document import (
    Bar,
    Bars,
    Column,
    Document,
    Heading,
    Hint,
    Lines,
    Style,
    Table,
    line,
)
from ptrack.progress.rules.periods import Period
from ptrack.progress.rules.usage import Share, usage
from ptrack.reports.periods import period_text
from ptrack.vocabulary import PackageKind, WorkoutKind

SESSIONS_BY_KIND = """
SELECT coalesce(w.kind, CASE WHEN a.group_id IS NULL THEN 'trainer_led' ELSE 'group' END) AS kind,
       count(*) AS number
FROM session s
LEFT JOIN appointment a ON a.id = s.appointment_id
LEFT JOIN workout w ON w.session_id = s.id
WHERE s.client_id = :client AND s.status = 'completed' AND s.starts_at >= :begins AND s.starts_at < :ends
GROUP BY coalesce(w.kind, CASE WHEN a.group_id IS NULL THEN 'trainer_led' ELSE 'group' END)"""

WORKOUTS_BY_KIND = """
SELECT w.kind, count(*) AS number
FROM workout w
WHERE w.client_id = :client AND w.status = 'completed' AND w.session_id IS NULL
  AND w.performed_at >= :begins AND w.performed_at < :ends
GROUP BY w.kind"""

LABELS = {
    WorkoutKind.SOLO: "Solo",
    WorkoutKind.TRAINER_LED: "Trainer-led",
    WorkoutKind.TRAINER_ASSISTED: "Trainer-assisted",
    WorkoutKind.GROUP: "Group",
}


class Credits(NamedTuple):
    """The credits of all packages together; remaining and total are None where nothing is counted."""

    used: int
    remaining: int | None
    total: int | None


class Usage(NamedTuple):
    """What a client did in a period, by kind, and the credits of all time."""

    client: str
    client_id: int
    period: Period
    total: int
    shares: dict[WorkoutKind, Share]
    credits: Credits


def _credits(rows: list[PackageRow]) -> Credits:
    """The sums over all packages; one without limit that is still open makes the total unlimited."""
    used = sum(row.used or 0 for row in rows)
    remaining = sum(row.remaining or 0 for row in rows)
    if any(row.kind is PackageKind.UNLIMITED and row.closed_at is None for row in rows):
        return Credits(used, None, None)
    return Credits(used, remaining, used + remaining)


def client_usage(reader: Reader, client: Named, period: Period, practice: Practice) -> Usage:
    """Each completed session once, logged or not, and each completed workout that has no session."""
    begins, ends = period.bounds(practice.zone)
    counts = dict.fromkeys(WorkoutKind, 0)
    for text in (SESSIONS_BY_KIND, WORKOUTS_BY_KIND):
        for kind, number in reader.tuples(text, client=client.id, begins=begins, ends=ends):
            counts[WorkoutKind(kind)] += number
    credits_ = _credits(packages(reader, client.id))
    return Usage(client.name, client.id, period, sum(counts.values()), usage(counts), credits_)


def _data(found: Usage) -> dict[str, Any]:
    shares = {
        kind.value: {"count": share.count, "percentage": share.percentage}
        for kind, share in found.shares.items()
    }
    return {
        "client": found.client,
        "client_id": found.client_id,
        "from": found.period.first,
        "to": found.period.last,
        "total": found.total,
        **shares,
        "credits": {
            "used": found.credits.used,
            "remaining": found.credits.remaining,
            "total": found.credits.total,
        },
    }


def _kind_bars(found: Usage) -> Bars:
    always = (WorkoutKind.SOLO, WorkoutKind.TRAINER_LED)
    shown = [(kind, share) for kind, share in found.shares.items() if share.count or kind in always]
    bars = [
        Bar(LABELS[kind], share.count, f"{share.count} ({share.percentage:.1f} %)") for kind, share in shown
    ]
    return Bars("Solo and trainer sessions", bars)


def _credit_bars(credits_: Credits) -> Bars:
    if credits_.remaining is None or credits_.total is None:
        return Bars("Session credits", [Bar("Used", credits_.used, f"{credits_.used} of unlimited")])
    left_style = Style.BAD if credits_.remaining <= 0 else Style.GOOD
    return Bars(
        "Session credits",
        [
            Bar("Used", credits_.used, f"{credits_.used}"),
            Bar("Remaining", credits_.remaining, f"{credits_.remaining}", left_style),
            Bar("Total", credits_.total, f"{credits_.total}", Style.MUTED),
        ],
    )


def _listing(found: Usage) -> Table:
    """A row a kind, for a spreadsheet."""
    columns = (
        Column("client", value=lambda _: found.client),
        Column("client_id", value=lambda _: found.client_id),
        Column("from", value=lambda _: found.period.first),
        Column("to", value=lambda _: found.period.last),
        Column("kind", value=lambda row: row[0]),
        Column("count", value=lambda row: row[1].count),
        Column("percentage", value=lambda row: row[1].percentage),
    )
    return Table(columns, list(found.shares.items()))


def usage_document(found: Usage) -> Document:
    """The page with the two bar charts."""
    plural = "" if found.total == 1 else "s"
    when = "" if found.period.is_open else f", {period_text(found.period)}"
    heading = Heading(f"{found.client} ({found.client_id})", f"{found.total} workout{plural}{when}")
    data, listing = _data(found), _listing(found)
    if not found.total and found.period.is_open and not found.credits.total and found.credits.remaining == 0:
        empty = Lines([line(f"{found.client} has no completed workout and no package yet.")])
        hint = Hint(f"ptrack packages sell {found.client_id} --sessions 10", "sell a package")
        return Document((heading, empty, hint), data=data, listing=listing)
    return Document(
        (heading, _kind_bars(found), _credit_bars(found.credits)),
        data=data,
        listing=listing,
        title=f"Usage, {found.client}",
    )
