"""What commands on progress share: the days they look at, and that the practice follows progress at all."""

from typing import Annotated

import typer

from ptrack.app import App
from ptrack.clients.queries import Practice, practice
from ptrack.database.reading import Reader
from ptrack.errors import RuleError
from ptrack.moments import read_day
from ptrack.progress.rules.periods import Period, Span, period_of

From = Annotated[str | None, typer.Option("--from", metavar="DAY", help="The first day.")]
To = Annotated[str | None, typer.Option("--to", metavar="DAY", help="The last day.")]
Range = Annotated[Span | None, typer.Option("--range", help="The last 7, 30, 91, 365 days, or all.")]


def followed_practice(reader: Reader) -> Practice:
    """The practice; RuleError where it does not follow progress."""
    house = practice(reader)
    if not house.progress_tracking:
        raise RuleError(
            "Progress tracking is switched off in this practice.\n"
            "Switch it on: ptrack config set progress_tracking on"
        )
    return house


def named_period(app: App, house: Practice, span: Span | None, first: str | None, last: str | None) -> Period:
    """The days that were named, by a range or by their first and last."""
    today = house.local(app.now).date()
    begin, end = (read_day(text, today) if text else None for text in (first, last))
    return period_of(span, begin, end, today)
