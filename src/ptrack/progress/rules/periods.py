"""Stretches of calendar days in the studio's zone: the last week, from one day to another, or all time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from ptrack.errors import UsageError
from ptrack.moments import RANGE_DAYS, local_day_bounds

BEGINNING = datetime(1800, 1, 1, tzinfo=UTC)
END = datetime(2300, 1, 1, tzinfo=UTC)


class Span(StrEnum):
    """How far back from today."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both days included; None is open."""

    first: date | None = None
    last: date | None = None

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """The instants at which it begins and before which it ends."""
        since = local_day_bounds(self.first, zone)[0] if self.first else BEGINNING
        return since, local_day_bounds(self.last, zone)[1] if self.last else END

    @property
    def is_open(self) -> bool:
        """Whether it is all time."""
        return self.first is None and self.last is None


def period_of(span: str | None, first: date | None, last: date | None, today: date) -> Period:
    """The period that was asked for: a span back from today, which is its last day, or the days named.

    A week is 7 days, a month 30, a quarter 91, a year 365; `all`, or nothing, is all time.
    """
    if span is not None and (first or last):
        raise UsageError("Say either --range or --from and --to.")
    if first and last and first > last:
        raise UsageError(f"The period ends on {last}, before it begins on {first}.")
    if span in RANGE_DAYS:
        return Period(today - timedelta(days=RANGE_DAYS[span] - 1), today)
    return Period(first, last)
