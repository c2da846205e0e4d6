"""What a trainer asks first: the day, and what is left to do."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from ptrack.clients.queries import Practice
from ptrack.database.reading import Reader, named_list
from ptrack.moments import local_day_bounds
from ptrack.outbox.queries import OutboxCounts, outbox_counts
from ptrack.scheduling.group_queries import group_names
from ptrack.scheduling.queries import AppointmentRow, appointments
from ptrack.scheduling.rules import State
from ptrack.vocabulary import AppointmentStatus
from ptrack.workouts.live_queries import OpenWorkout, open_workouts

RENEW_AT = 2
EXPIRES_WITHIN_DAYS = 14
BIRTHDAYS_WITHIN_DAYS = 7
LOOKS_BACK_DAYS = 60
GOES_ON_WITHIN = timedelta(hours=12)

WORKOUTS = """
SELECT w.session_id, w.id, w.title, w.status,
       (SELECT count(*) FROM workout_exercise e JOIN workout_set s ON s.workout_exercise_id = e.id
        WHERE e.workout_id = w.id AND NOT s.is_warmup) AS sets
FROM workout w WHERE w.session_id IN ({ids})"""

LOW = """
SELECT c.id, c.name, c.balance, c.owed, c.reserved
FROM (
  SELECT k.id, k.name,
         EXISTS (SELECT 1 FROM package p
                 WHERE p.client_id = k.id AND p.kind IN ('sessions', 'hybrid')
                 AND p.voided_at IS NULL) AS counted,
         (SELECT coalesce(sum(e.delta), 0) FROM package p JOIN credit_entry e ON e.package_id = p.id
          WHERE p.client_id = k.id AND (p.expires_on IS NULL OR p.expires_on >= :today)) AS balance,
         (SELECT count(*) FROM session s
          WHERE s.client_id = k.id AND s.is_charged AND s.package_id IS NULL) AS owed,
         (SELECT count(*) FROM appointment a
          WHERE a.client_id = k.id AND a.status = 'scheduled' AND a.starts_at >= :now) AS reserved
  FROM client k
  WHERE k.status = 'active' AND k.removed_at IS NULL{whose}
    AND NOT EXISTS (SELECT 1 FROM package u WHERE u.client_id = k.id AND u.kind = 'unlimited'
                    AND u.closed_at IS NULL AND u.voided_at IS NULL
                    AND (u.expires_on IS NULL OR u.expires_on >= :today))
) c
WHERE c.owed > 0 OR (c.counted AND c.balance <= :low)
ORDER BY c.owed DESC, c.balance, c.name"""

EXPIRING = """
SELECT p.id, p.client_id, c.name AS client, p.name, p.expires_on,
       (SELECT coalesce(sum(e.delta), 0) FROM credit_entry e WHERE e.package_id = p.id) AS balance
FROM package p
JOIN client c ON c.id = p.client_id
WHERE p.expires_on >= :today AND p.expires_on <= :last AND p.closed_at IS NULL AND p.voided_at IS NULL
  AND c.removed_at IS NULL AND c.status <> 'paused'
ORDER BY p.expires_on, p.id"""

FOLLOWERS = """
SELECT DISTINCT client_id FROM program
WHERE kind = 'program' AND status = 'active' AND client_id IN ({ids})"""

CLIENTS_OF = "SELECT id FROM client WHERE trainer_id = :trainer"

BORN = """
SELECT id, name, birth_date FROM client
WHERE birth_date IS NOT NULL AND status <> 'churned' AND removed_at IS NULL"""


class Low(NamedTuple):
    """A client whose credits run out or have: balance, sessions owed, appointments ahead."""

    id: int
    name: str
    balance: int
    owed: int
    reserved: int


class Expiring(NamedTuple):
    """A package with credits left that ends soon."""

    id: int
    client_id: int
    client: str
    name: str
    expires_on: date
    balance: int


class Birthday(NamedTuple):
    """A client's birthday today or in the next days."""

    client_id: int
    client: str
    on: date
    age: int


class Entry(NamedTuple):
    """An appointment of the day, with what was or will be done in it."""

    row: AppointmentRow
    what: str


class Today(NamedTuple):
    """The day and what is left to do; `groups` are the groups' names, `mail` what of it needs a person.

    `going_on` are workouts that were begun live and not finished.
    """

    day: date
    now: datetime
    entries: tuple[Entry, ...]
    groups: Mapping[int, str]
    to_close: tuple[AppointmentRow, ...]
    low: tuple[Low, ...]
    expiring: tuple[Expiring, ...]
    birthdays: tuple[Birthday, ...]
    mail: OutboxCounts
    going_on: tuple[OpenWorkout, ...] = ()


def next_birthday(born: date, today: date) -> date:
    """The next birthday from today on; who was born on 29 February has it on 1 March in other years."""
    for year in (today.year, today.year + 1):
        try:
            birthday = born.replace(year=year)
        except ValueError:
            birthday = date(year, 3, 1)
        if birthday >= today:
            return birthday
    raise AssertionError  # the second year's birthday always lies ahead


def _birthdays(reader: Reader, today: date) -> Iterator[Birthday]:
    for number, name, text in reader.tuples(BORN):
        born = date.fromisoformat(text)
        birthday = next_birthday(born, today)
        if birthday <= today + timedelta(days=BIRTHDAYS_WITHIN_DAYS):
            yield Birthday(number, name, birthday, birthday.year - born.year)


def _done(reader: Reader, rows: Sequence[AppointmentRow]) -> dict[int, str]:
    """What was done in the day's sessions, by session."""
    sessions = [row.session for row in rows if row.session is not None]
    if not sessions:
        return {}
    ids, values = named_list("id", sessions)
    return {
        session: f"{title or 'workout'}, {sets} sets"
        if status == "completed"
        else f"{title or 'workout'}, {f'{sets} sets so far' if sets else 'open'}"
        for session, _, title, status, sets in reader.tuples(WORKOUTS.format(ids=ids), values)
    }


def _planned(reader: Reader, rows: Sequence[AppointmentRow], today: date) -> dict[int, str]:
    """What those who are still to come and follow a program will train, by client."""
    ids, values = named_list("id", sorted({row.client_id for row in rows if row.state is State.SCHEDULED}))
    followers = reader.values(FOLLOWERS.format(ids=ids), **values) if values else []
    if not followers:
        return {}
    from ptrack.programs.queries import next_days

    found = next_days(reader, followers, today)
    return {client: f"{each.program} {each.day}" for client, each in found.items()}


def _entries(reader: Reader, rows: Sequence[AppointmentRow], today: date) -> Iterator[Entry]:
    done = _done(reader, rows)
    planned = _planned(reader, rows, today)
    for row in rows:
        what = row.reason or ""
        if row.state is State.SCHEDULED:
            what = planned.get(row.client_id, "")
        elif row.session is not None and row.session in done:
            what = done[row.session]
        yield Entry(row, what)


def _low(reader: Reader, today: date, now: datetime, trainer_id: int | None) -> list[Low]:
    """Whose credits run out, of one trainer's clients or of all."""
    given: dict[str, Any] = {"now": now, "today": today, "low": RENEW_AT}
    if trainer_id is None:
        return reader.rows(Low, LOW.format(whose=""), **given)
    return reader.rows(Low, LOW.format(whose=" AND k.trainer_id = :trainer"), **given, trainer=trainer_id)


def _own_clients(reader: Reader, trainer_id: int | None) -> Callable[[int], bool]:
    """Whether a client is the trainer's; everybody is where no trainer is given."""
    if trainer_id is None:
        return lambda _: True
    return set(reader.values(CLIENTS_OF, trainer=trainer_id)).__contains__


def _going_on(reader: Reader, now: datetime) -> list[OpenWorkout]:
    """The workouts in which sets were entered of late, and those of the client's own that were begun."""
    rows = open_workouts(reader, now - GOES_ON_WITHIN)
    return [row for row in rows if row.sets or row.session is None]


def today_of(reader: Reader, practice: Practice, now: datetime, trainer_id: int | None = None) -> Today:
    """Everything the page shows; of one trainer's appointments and clients where one is given."""
    today = practice.local(now).date()
    begins, ends = local_day_bounds(today, practice.zone)
    rows = appointments(reader, today, begins, ends, trainer_id=trainer_id)
    earlier = begins - timedelta(days=LOOKS_BACK_DAYS)
    scheduled = appointments(
        reader, today, earlier, now, trainer_id=trainer_id, status=AppointmentStatus.SCHEDULED
    )
    last = today + timedelta(days=EXPIRES_WITHIN_DAYS)
    clients = _own_clients(reader, trainer_id)
    to_close = tuple(row for row in scheduled if row.ends_at <= now)
    return Today(
        day=today,
        now=now,
        entries=tuple(_entries(reader, rows, today)),
        groups=group_names(reader, (*rows, *to_close)),
        to_close=to_close,
        low=tuple(_low(reader, today, now, trainer_id)),
        expiring=tuple(
            row
            for row in reader.rows(Expiring, EXPIRING, today=today, last=last)
            if row.balance > 0 and clients(row.client_id)
        ),
        birthdays=tuple(
            sorted(
                (each for each in _birthdays(reader, today) if clients(each.client_id)),
                key=lambda each: (each.on, each.client_id),
            )
        ),
        mail=outbox_counts(reader),
        going_on=tuple(row for row in _going_on(reader, now) if clients(row.client_id)),
    )
