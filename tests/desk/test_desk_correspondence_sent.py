"""What a run takes on of what the desk made: at night, and where news overtook news."""

from datetime import UTC, datetime, timedelta

import pytest

from desk.conftest import NOW, Desk
from desk.test_desk_correspondence import TUESDAY, booked, kinds, reachable, send
from ptrack.database.session import Writing
from ptrack.desk.book import Changes, rebook
from ptrack.desk.cancel import Cancellation, cancel
from ptrack.outbox.claims import Terms, claim
from ptrack.vocabulary import Channel

EVENING = 12.5  # hours after the tests' now: 22:50 in Berlin
EARLY = datetime(2026, 11, 21, 5, tzinfo=UTC)  # 6:00 the next morning


def claimed(work: Writing) -> list[str]:
    wakes = datetime(2026, 11, 21, 6, tzinfo=UTC) if work.now > NOW + timedelta(hours=11) else None
    terms = Terms("run", work.now, wakes, tuple(Channel), "example.org")
    return [row.kind.value for row in claim(work.reader, terms, work.now, 100).rows]


@pytest.mark.parametrize(("starts_at", "goes"), [(EARLY, ["cancellation"]), (TUESDAY, [])])
def test_who_would_stand_before_a_closed_door_is_told_at_night(
    desk: Desk, starts_at: datetime, goes: list[str]
) -> None:
    with desk() as work:
        reachable(work)
        number = booked(work, starts_at)
        send(work)
    with desk(EVENING) as work:
        cancel(work, number, Cancellation(charge=False))
        assert kinds(work) == ["cancellation"]
        assert claimed(work) == goes


def test_news_that_was_overtaken_while_it_was_on_its_way_is_not_sent_after_the_newer(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        number = booked(work)
        work.reader.tuples("UPDATE message SET status = 'in_flight' WHERE kind = 'confirmation'")
        rebook(work, number, Changes(starts_at=TUESDAY + timedelta(days=1)))
        work.reader.tuples("UPDATE message SET status = 'pending' WHERE kind = 'confirmation'")
        assert claimed(work) == ["change"]
        assert work.reader.values("SELECT status FROM message WHERE kind = 'confirmation'") == ["superseded"]
