"""The demo's mail: what clients were told of late, what they answered, and what did not arrive."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from ptrack.database.reading import Reader
from ptrack.database.session import Writing
from ptrack.desk.afterwards import follow_session
from ptrack.desk.correspondence import follow
from ptrack.models.studio import Studio

WEEKS = 4
"""So far back the outbox goes."""
TOLD_BEFORE = timedelta(days=3)
"""So long ago clients were told of what is to come."""
ANSWER_SHARE = 0.6
COMMENTS = ("", "", "", "Great session!", "The warm-up was a bit long.", "Knees are fine again.")

HELD_LATELY = """
SELECT id, starts_at, duration_min FROM session
WHERE status = 'completed' AND starts_at >= :since ORDER BY starts_at, id"""

TO_COME = "SELECT id FROM appointment WHERE status = 'scheduled' AND starts_at > :now ORDER BY starts_at, id"

SENT = """
UPDATE message
SET status = 'sent', attempts = 1, sent_at = not_before,
    message_id = '<' || id || '.demo@studio-nord.example>'
WHERE status = 'pending' AND not_before <= :now"""

REFUSED = """
UPDATE message SET status = 'failed', attempts = 1, sent_at = NULL, last_error = '550 5.1.1 no such mailbox'
WHERE id = (SELECT max(id) FROM message WHERE status = 'sent' AND kind = 'workout_summary')"""

CONFIRMED = "UPDATE session SET validation = 'validated' WHERE id = :session"

ANSWER = """
INSERT INTO feedback (session_id, session_rating, trainer_rating, energy, soreness, comment, source,
  answered_at)
VALUES (:session, :rating, :trainer, :energy, :soreness, :comment, 'reply', :at)"""


class _Held(NamedTuple):
    """A session that took place."""

    id: int
    starts_at: datetime
    duration_min: int

    @property
    def ends_at(self) -> datetime:
        """The instant it was over."""
        return self.starts_at + timedelta(minutes=self.duration_min)


@dataclass
class _Then:
    """The open transaction as it would have been at another time."""

    reader: Reader
    now: datetime

    def flush(self) -> None:
        """Nothing waits here."""


def write(work: Writing, chance: random.Random) -> None:
    """Fill the outbox of an otherwise complete practice, and file what clients answered."""
    work.get(Studio, 1).sender = "Maya Lindqvist <maya@studio-nord.example>"
    work.flush()
    reader = work.reader
    for held in reader.rows(_Held, HELD_LATELY, since=work.now - timedelta(weeks=WEEKS)):
        if held.ends_at < work.now:
            follow_session(_Then(reader, held.ends_at), held.id)
            _answer(work, held, chance)
    follow(_Then(reader, work.now - TOLD_BEFORE), reader.values(TO_COME, now=work.now))
    reader.tuples(SENT, now=work.now)
    reader.tuples(REFUSED)


def _answer(work: Writing, held: _Held, chance: random.Random) -> None:
    """What a client says of a session in the evening, if they do."""
    at = held.ends_at + timedelta(hours=chance.randint(1, 9))
    if chance.random() > ANSWER_SHARE or at > work.now:
        return
    work.reader.tuples(CONFIRMED, session=held.id)
    asks_more = not held.id % 5
    values = {
        "rating": chance.choice((3, 4, 4, 5, 5, 5)),
        "trainer": chance.choice((4, 5, 5)) if asks_more else None,
        "energy": chance.randint(2, 5) if asks_more else None,
        "soreness": chance.randint(1, 4) if asks_more else None,
        "comment": chance.choice(COMMENTS) or None,
    }
    work.reader.tuples(ANSWER, session=held.id, at=at, **values)
