"""The week's job: a summary to each client who did something in the week that is over."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ptrack.app import App
from ptrack.clients.queries import practice
from ptrack.desk.weekly import summaries, tell_week, week_before
from ptrack.outbox.actions import Draft


class Weekly(NamedTuple):
    """The week, by its Monday, and the messages that were made of it, or with `is_dry` would be."""

    monday: date
    made: Sequence[Draft]
    is_dry: bool = False


def weekly(app: App, *, is_dry: bool = False) -> Weekly:
    """Make the summaries that are not made yet; nothing is written while they are gathered."""
    with app.reading() as reader:
        monday = week_before(practice(reader).local(app.now).date())
        drafts = summaries(reader, app.now)
    if not is_dry and drafts:
        from ptrack.exchange.bulk import bulk_writing

        with bulk_writing(app.path, app.now) as work:
            drafts = tell_week(work, drafts)
    return Weekly(monday, drafts, is_dry)
