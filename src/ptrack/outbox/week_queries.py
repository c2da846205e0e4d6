"""What the summary of a week is made from: who did what in it, what comes next, what was told already."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from ptrack.database.reading import Reader, named_list
from ptrack.outbox.states import FORGOTTEN, FORGOTTEN_IN_DOUBT
from ptrack.vocabulary import MessageKind

_AT_ONCE = 500


class Coming(NamedTuple):
    """An appointment that is ahead of a client."""

    client_id: int
    starts_at: datetime
    duration_min: int
    place: str | None


class _Capped(NamedTuple):
    client_id: int
    kind: MessageKind


WORKOUTS_BETWEEN = """
SELECT w.client_id, w.id, w.session_id IS NULL
FROM workout w
WHERE w.status = 'completed' AND w.performed_at >= :begins AND w.performed_at < :ends
ORDER BY w.performed_at, w.id"""

SESSIONS_BETWEEN = """
SELECT s.client_id, count(*)
FROM session s
WHERE s.status = 'completed' AND s.starts_at >= :begins AND s.starts_at < :ends
GROUP BY s.client_id"""

COMING = """
SELECT a.client_id, a.starts_at, a.duration_min, l.name AS place
FROM appointment a LEFT JOIN location l ON l.id = a.location_id
WHERE a.status = 'scheduled' AND a.starts_at > :now AND a.starts_at < :until
ORDER BY a.starts_at, a.id"""

CAPPED_BETWEEN = """
SELECT DISTINCT client_id, kind
FROM message
WHERE client_id IN ({ids}) AND kind IN ('goal', 'achievement', 'weekly_summary')
  AND status <> 'superseded' AND not_before >= :begins AND not_before < :ends"""

KEYS_THERE = f"""
SELECT dedupe_key FROM message
WHERE dedupe_key IN ({{ids}})
  AND (status <> 'superseded' OR last_error IN ('{FORGOTTEN}', '{FORGOTTEN_IN_DOUBT}'))"""


def workouts_between(reader: Reader, begins: datetime, ends: datetime) -> dict[int, list[tuple[int, bool]]]:
    """The completed workouts of a time by client, in order: number, and whether it belongs to no session."""
    found: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    for client, number, is_alone in reader.tuples(WORKOUTS_BETWEEN, begins=begins, ends=ends):
        found[client].append((number, bool(is_alone)))
    return found


def sessions_between(reader: Reader, begins: datetime, ends: datetime) -> dict[int, int]:
    """How many sessions each client completed in a time."""
    return dict(reader.tuples(SESSIONS_BETWEEN, begins=begins, ends=ends))


def coming(reader: Reader, now: datetime, until: datetime) -> dict[int, list[Coming]]:
    """The appointments ahead by client, the next one first."""
    found: dict[int, list[Coming]] = defaultdict(list)
    for row in reader.rows(Coming, COMING, now=now, until=until):
        found[row.client_id].append(row)
    return found


def capped_between(
    reader: Reader, clients: Sequence[int], begins: datetime, ends: datetime
) -> dict[int, set[MessageKind]]:
    """The kinds of which a client gets one a day that are there for those clients and that time."""
    found: dict[int, set[MessageKind]] = defaultdict(set)
    for start in range(0, len(clients), _AT_ONCE):
        ids, values = named_list("id", clients[start : start + _AT_ONCE])
        rows = reader.rows(_Capped, CAPPED_BETWEEN.format(ids=ids), begins=begins, ends=ends, **values)
        for row in rows:
            found[row.client_id].add(row.kind)
    return found


def keys_there(reader: Reader, keys: Sequence[str]) -> set[str]:
    """Those of the keys by which a message is known already, be it that it was forgotten."""
    found: set[str] = set()
    for start in range(0, len(keys), _AT_ONCE):
        ids, values = named_list("key", keys[start : start + _AT_ONCE])
        found.update(reader.values(KEYS_THERE.format(ids=ids), **values))
    return found
