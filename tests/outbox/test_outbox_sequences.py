"""Whatever is done to appointments in whichever order: what waits is what is owed, nothing goes out twice.

The outbox is compared with what is reckoned from how the appointments stand and from what was sent, by code
of the test's own.
"""

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from booking_samples import book
from ptrack.database.fresh import create_database
from ptrack.database.session import Writing, writing
from ptrack.desk.book import Changes, rebook
from ptrack.desk.cancel import Cancellation, cancel
from ptrack.desk.complete import Completion, complete, reopen
from ptrack.desk.correspondence import follow
from ptrack.errors import PtrackError
from ptrack.models.practice import Client

BEGIN = datetime(2026, 10, 23, 7, tzinfo=UTC)  # two days before the clocks of Berlin are put back
OFFSETS = (1440, 60)

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("book"), st.integers(-5, 90)),
        st.tuples(st.just("move"), st.integers(-5, 90)),
        st.tuples(st.just("trainer"), st.just(0)),
        st.tuples(st.just("cancel"), st.just(0)),
        st.tuples(st.just("complete"), st.just(0)),
        st.tuples(st.just("reopen"), st.just(0)),
        st.tuples(st.just("follow"), st.just(0)),
        st.tuples(st.just("pass"), st.integers(1, 40)),
        st.tuples(st.just("send"), st.just(0)),
    ),
    min_size=2,
    max_size=14,
)


class Practice:
    """A practice under a clock of its own, with a server that takes everything."""

    def __init__(self, folder: Path) -> None:
        self.path, self.now = folder / "practice.db", BEGIN
        self.sent: list[dict[str, Any]] = []
        create_database(self.path, "Europe/Berlin", BEGIN)
        with self.work() as work:
            work.add(Client(name="Anna Berg", email="anna@example.org", created_at=BEGIN))
            work.reader.tuples("UPDATE studio SET quiet_to_min = quiet_from_min")  # never quiet

    @contextmanager
    def work(self) -> Iterator[Writing]:
        with writing(self.path, "test", self.now) as work:
            yield work

    def rows(self, sql: str) -> list[dict[str, Any]]:
        with sqlite3.connect(self.path) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(sql)]

    def send(self) -> None:
        """A run: what is due goes out, what is past its time does not."""
        text = self.now.astimezone(UTC).isoformat(" ", "microseconds")[:26]
        with self.work() as work:
            sql = "UPDATE message SET status = 'expired' WHERE status = 'pending' AND expires_at <= :now"
            work.reader.tuples(sql, now=self.now)
        due = f"SELECT * FROM message WHERE status = 'pending' AND not_before <= '{text}'"
        self.sent += [row | {"at": text} for row in self.rows(due)]
        with self.work() as work:
            work.reader.tuples(
                "UPDATE message SET status = 'sent', sent_at = :now "
                "WHERE status = 'pending' AND not_before <= :now",
                now=self.now,
            )

    def step(self, what: str, hours: int) -> None:
        found = self.rows("SELECT max(id) AS id FROM appointment")[0]["id"]
        when = self.now + timedelta(hours=hours)
        try:
            with self.work() as work:
                self._do(work, what, found, when)
        except PtrackError:
            pass  # refused, and nothing was written

    def _do(self, work: Writing, what: str, number: int | None, when: datetime) -> None:
        if what == "book":
            book(work, 1, 1, when, force=True)
        elif number is None:
            return
        elif what == "move":
            rebook(work, number, Changes(starts_at=when, force=True))
        elif what == "trainer":
            rebook(work, number, Changes(duration_min=45, force=True))
        elif what == "cancel":
            cancel(work, number, Cancellation(charge=False))
        elif what == "complete":
            complete(work, number, Completion())
        elif what == "reopen":
            reopen(work, number)
        elif what == "follow":
            follow(work, [number], announces=False)


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _knows(practice: Practice, number: int) -> dict[str, Any] | None:
    """What the client was last told of an appointment; None where it was nothing or that it is off."""
    news = [row for row in practice.sent if row["kind"] in ("confirmation", "change", "cancellation")]
    about = [row for row in news if row["appointment_id"] == number]
    if not about or about[-1]["kind"] == "cancellation":
        return None
    facts: dict[str, Any] = json.loads(about[-1]["facts"])
    return facts


def _check(practice: Practice) -> None:
    waiting = practice.rows("SELECT * FROM message WHERE status = 'pending'")
    keys = [row["dedupe_key"] for row in practice.rows("SELECT dedupe_key FROM message")]
    assert len(set(keys)) == len(keys)
    sent = [row["dedupe_key"] for row in practice.sent]
    assert len(set(sent)) == len(sent)
    agenda = practice.rows(
        "SELECT a.*, s.id AS session FROM appointment a LEFT JOIN session s ON s.appointment_id = a.id"
    )
    for row in agenda:
        own = [each for each in waiting if each["appointment_id"] == row["id"]]
        news = [each for each in own if each["kind"] != "reminder"]
        live = [each for each in own if _instant(each["expires_at"]) > practice.now]
        starts = _instant(row["starts_at"])
        is_open = row["status"] == "scheduled" and row["session"] is None and starts > practice.now
        knows = _knows(practice, row["id"])
        assert len(news) <= 1
        if is_open:
            told = knows and (knows["starts_at"], knows["duration_min"])
            if told == (starts.strftime("%Y-%m-%dT%H:%M:%SZ"), row["duration_min"]):
                assert news == []
            else:
                assert [each["kind"] for each in news] == ["change" if knows else "confirmation"]
            for each in own:
                assert _instant(each["expires_at"]) == starts
            armed = {int(each["dedupe_key"].split(":")[2]) for each in own if each not in news}
            to_come = {one for one in OFFSETS if starts - timedelta(minutes=one) > practice.now}
            assert to_come <= armed
        else:
            assert [each for each in live if each["kind"] == "reminder"] == []
            is_off = row["status"] == "cancelled" and knows is not None
            is_ahead = knows is not None and datetime.fromisoformat(knows["starts_at"]) > practice.now
            assert len(live) == (is_off and is_ahead)
        for each in own:
            if each["kind"] == "reminder":
                offset = int(each["dedupe_key"].split(":")[2])
                assert offset in OFFSETS
                assert _instant(each["not_before"]) == _instant(each["expires_at"]) - timedelta(
                    minutes=offset
                )


def _check_sent(practice: Practice) -> None:
    """Nothing went out for what was past, and versions only rise."""
    versions: dict[int, int] = {}
    for row in practice.sent:
        if row["appointment_id"] is None:
            continue
        assert row["at"] < row["expires_at"]
        if row["kind"] != "reminder":
            sequence = json.loads(row["facts"])["sequence"]
            assert sequence > versions.get(row["appointment_id"], -1)
            versions[row["appointment_id"]] = sequence


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_what_waits_is_what_is_owed(steps: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        practice = Practice(Path(folder))
        for what, amount in steps:
            if what == "pass":
                practice.now += timedelta(hours=amount)
                practice.send()
            elif what == "send":
                practice.send()
            else:
                practice.step(what, amount)
            _check(practice)
        _check_sent(practice)
