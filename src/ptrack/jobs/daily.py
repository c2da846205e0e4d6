"""The day's jobs: credits past their last day, clients to be told of theirs, metrics, replies.

Each looks first and writes only where there is something to write, in a transaction of its own, so that it is
in nobody's way; what goes wrong in one is named, and the others go on.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from ptrack.app import App
from ptrack.clients.queries import practice
from ptrack.credits.expiry_queries import Expiring, expiring
from ptrack.desk.endings import Untold, untold_endings
from ptrack.desk.recollect import Behind, behind
from ptrack.errors import PtrackError

if TYPE_CHECKING:
    from ptrack.mail.fetching import Report as Replies

COLLECTED_DAYS = 3
"""So far back it is seen to that each workout has its metrics."""

Found = TypeVar("Found")


class Daily(NamedTuple):
    """What was done, or with `is_dry` would be: written off, told, collected, read; and what went wrong."""

    expired: Sequence[Expiring]
    told: Sequence[Untold]
    collected: Sequence[Behind]
    replies: "Replies | None"
    problems: Sequence[str]
    is_dry: bool = False

    def __bool__(self) -> bool:
        """Whether anything was done or went wrong."""
        replies = self.replies is not None and bool(self.replies.outcomes)
        return bool(self.expired or self.told or self.collected or replies or self.problems)


def daily(app: App, *, is_dry: bool = False) -> Daily:
    """Do what a day brings; to be done again at any time, and only what is left is done."""
    app.ensure_database()
    problems: list[str] = []

    def tried(what: str, job: Callable[[], Found], nothing: Found) -> Found:
        try:
            return job()
        except PtrackError as error:
            problems.append(f"{what}: {error.message}")
            return nothing

    return Daily(
        expired=tried("Expired credits", lambda: _expire(app, is_dry=is_dry), []),
        told=tried("Credits about to expire", lambda: _tell(app, is_dry=is_dry), []),
        collected=tried("Metrics", lambda: _collect(app, is_dry=is_dry), []),
        replies=tried("Replies", lambda: _fetch(app, is_dry=is_dry), None),
        problems=problems,
        is_dry=is_dry,
    )


def _expire(app: App, *, is_dry: bool) -> list[Expiring]:
    """Write off what is left on packages past their last day."""
    with app.reading() as reader:
        found = expiring(reader, practice(reader).local(app.now).date())
    if is_dry or not found:
        return found
    from ptrack.desk.expire import expire

    with app.writing() as work:
        done = list(expire(work))
        if done:
            work.is_background()
    return done


def _tell(app: App, *, is_dry: bool) -> list[Untold]:
    """Tell clients of credits that are about to expire."""
    with app.reading() as reader:
        found, today = untold_endings(reader, app.now), practice(reader).local(app.now).date()
    if not is_dry and found:
        from ptrack.desk import afterwards
        from ptrack.exchange.bulk import bulk_writing

        with bulk_writing(app.path, app.now) as work:
            found = untold_endings(work.reader, app.now)
            afterwards.expiring(work, today)
    return found


def _collect(app: App, *, is_dry: bool) -> list[Behind]:
    """See to it that the workouts of the last days have their metrics."""
    with app.reading() as reader:
        found = behind(reader, app.now - timedelta(days=COLLECTED_DAYS))
    if not is_dry and found:
        from ptrack.desk.recollect import recollect
        from ptrack.exchange.bulk import bulk_writing

        for row in found:
            with bulk_writing(app.path, app.now) as work:
                recollect(work, row)
    return found


def _fetch(app: App, *, is_dry: bool) -> "Replies | None":
    """Read what clients answered, where a server for that is named."""
    if not app.settings.value("mail.imap_host"):
        return None
    from ptrack.mail import fetching
    from ptrack.mail.imap import Imap, imap_password, imap_server

    server = imap_server(app.settings)
    folder = app.settings.value("mail.imap_folder") or "INBOX"
    doors = fetching.Doors(app.reading, app.writing)
    with Imap(server, imap_password(app.settings, server), folder) as box:
        return (fetching.rehearse if is_dry else fetching.fetch)(box, doors, app.now)
