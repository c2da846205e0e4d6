"""How a client's sessions were used: with a trainer or alone, and what is left of them."""

from typing import Any, NamedTuple

from ptrack.credits.queries import PackageRow, packages
from ptrack.database.reading import Reader
from ptrack.output.document import Bar, Bars, Document, Heading, Hint, Lines, Style, line
from ptrack.progress.rules.usage import Share, usage
from ptrack.vocabulary import PackageKind, WorkoutKind

SESSIONS_BY_KIND = """
SELECT coalesce(w.kind, CASE WHEN a.group_id IS NULL THEN 'trainer_led' ELSE 'group' END) AS kind,
       count(*) AS number
FROM session s
LEFT JOIN appointment a ON a.id = s.appointment_id
LEFT JOIN workout w ON w.session_id = s.id
WHERE s.client_id = :client AND s.status = 'completed'
GROUP BY coalesce(w.kind, CASE WHEN a.group_id IS NULL THEN 'trainer_led' ELSE 'group' END)"""

WORKOUTS_BY_KIND = """
SELECT w.kind, count(*) AS number
FROM workout w
WHERE w.client_id = :client AND w.status = 'completed' AND w.session_id IS NULL
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
    """What a client did, by kind, and the credits it took."""

    client: str
    client_id: int
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


def client_usage(reader: Reader, client_id: int, client: str) -> Usage:
    """Each completed session once, logged or not, and each completed workout that has no session."""
    counts = dict.fromkeys(WorkoutKind, 0)
    for text in (SESSIONS_BY_KIND, WORKOUTS_BY_KIND):
        for kind, number in reader.tuples(text, client=client_id):
            counts[WorkoutKind(kind)] += number
    return Usage(
        client, client_id, sum(counts.values()), usage(counts), _credits(packages(reader, client_id))
    )


def _data(found: Usage) -> dict[str, Any]:
    shares = {
        kind.value: {"count": share.count, "percentage": share.percentage}
        for kind, share in found.shares.items()
    }
    return {
        "client": found.client,
        "client_id": found.client_id,
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


def usage_document(found: Usage) -> Document:
    """The page with the two bar charts."""
    plural = "" if found.total == 1 else "s"
    heading = Heading(f"{found.client} ({found.client_id})", f"{found.total} workout{plural}")
    if not found.total and not found.credits.total and found.credits.remaining == 0:
        empty = Lines([line(f"{found.client} has no completed workout and no package yet.")])
        hint = Hint(f"ptrack packages sell {found.client_id} --sessions 10", "sell a package")
        return Document((heading, empty, hint), data=_data(found))
    return Document(
        (heading, _kind_bars(found), _credit_bars(found.credits)),
        data=_data(found),
        title=f"Usage, {found.client}",
    )
