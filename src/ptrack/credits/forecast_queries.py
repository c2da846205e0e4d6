"""When packages run out at the pace of the last weeks."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from ptrack.clients.queries import Practice
from ptrack.credits.queries import PackageRow
from ptrack.credits.rules import PACE_DAYS, Forecast, Pace, Payer, forecast, pace_of
from ptrack.database.reading import Reader
from ptrack.moments import local_day_bounds

DRAWS = """
SELECT c.id, s.starts_at FROM client c JOIN session s ON s.client_id = c.id
WHERE s.starts_at >= :since AND s.is_charged AND s.package_id IS NOT NULL"""

FIRST_DRAWS = """
SELECT c.id, s.starts_at FROM client c
JOIN session s ON s.id = (SELECT f.id FROM session f
                          WHERE f.client_id = c.id AND f.is_charged AND f.package_id IS NOT NULL
                          ORDER BY f.starts_at LIMIT 1)
WHERE c.paused_on IS NULL"""


class _Drawn(NamedTuple):
    id: int
    starts_at: datetime


def paces(reader: Reader, house: Practice, today: date, client_id: int | None = None) -> dict[int, Pace]:
    """How fast credits go at present, by client; those who are paused or had too few sessions have none."""
    since, _ = local_day_bounds(today - timedelta(PACE_DAYS - 1), house.zone)
    condition = "" if client_id is None else " AND c.id = :client"
    given = {} if client_id is None else {"client": client_id}
    recent: dict[int, list[date]] = {}
    for row in reader.rows(_Drawn, DRAWS + condition, since=since, **given):
        recent.setdefault(row.id, []).append(house.local(row.starts_at).date())
    firsts = reader.rows(_Drawn, FIRST_DRAWS + condition, **given)
    found = {
        row.id: pace_of(house.local(row.starts_at).date(), recent.get(row.id, ()), today) for row in firsts
    }
    return {client: pace for client, pace in found.items() if pace is not None}


def forecasts(rows: Sequence[PackageRow], paces_of: Mapping[int, Pace], today: date) -> dict[int, Forecast]:
    """When packages run out, by package; `rows` must hold all packages of the clients in it."""
    by_client: dict[int, list[Payer]] = {}
    for row in rows:
        by_client.setdefault(row.client_id, []).append(row.payer)
    found: dict[int, Forecast] = {}
    for client, payers_of in by_client.items():
        found |= forecast(payers_of, paces_of.get(client), today)
    return found
