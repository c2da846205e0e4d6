"""Writing off the credits of packages past their last day; safe to run at any time, any number of times."""

from datetime import date

from ptrack.clients.queries import practice
from ptrack.credits.actions import expire_package
from ptrack.credits.expiry_queries import Expiring, expiring
from ptrack.database.session import Writing
from ptrack.errors import UsageError


def require_past(day: date, today: date) -> None:
    """Refuse to write off what is still good."""
    if day > today:
        raise UsageError(
            f"--date {day} has not come yet.\nTo see what will have expired by then, add --dry-run."
        )


def expire(work: Writing, day: date | None = None, client_id: int | None = None) -> tuple[Expiring, ...]:
    """Write off what is left on packages whose last day was before a day, today unless told.

    Packages of paused clients don't run. A session recorded later for a day on which the package was still
    good is not paid by it any more: its credits are gone, so the session is owed.
    """
    today = practice(work.reader).local(work.now).date()
    require_past(day or today, today)
    found = expiring(work.reader, day or today, client_id)
    return tuple(row._replace(entry=expire_package(work, row.package)) for row in found)
