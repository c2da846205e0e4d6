"""The page a trainer opens first: the day, and what is left to do."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from ptrack.clients.queries import Practice
from ptrack.database.reading import Reader, named_list
from ptrack.moments import local_day_bounds
from ptrack.output.document import Column, Document, Heading, Hint, Lines, Style, Table, line
from ptrack.programs.queries import next_planned
from ptrack.scheduling.queries import AppointmentRow, appointments
from ptrack.scheduling.rules import State
from ptrack.scheduling.views import SIGNS, appointment_columns, credits_of
from ptrack.vocabulary import AppointmentStatus

RENEW_AT = 2
EXPIRES_WITHIN_DAYS = 14
BIRTHDAYS_WITHIN_DAYS = 7
LOOKS_BACK_DAYS = 60

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
          WHERE p.client_id = k.id) AS balance,
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
  AND c.removed_at IS NULL
ORDER BY p.expires_on, p.id"""

ON_PROGRAM = "SELECT client_id FROM program WHERE status = 'active' AND client_id IN ({ids})"

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
    """The day and what is left to do."""

    day: date
    now: datetime
    entries: tuple[Entry, ...]
    to_close: tuple[AppointmentRow, ...]
    low: tuple[Low, ...]
    expiring: tuple[Expiring, ...]
    birthdays: tuple[Birthday, ...]


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
        else f"{title or 'workout'}, open"
        for session, _, title, status, sets in reader.tuples(WORKOUTS.format(ids=ids), values)
    }


def _on_program(reader: Reader, rows: Sequence[AppointmentRow]) -> set[int]:
    """The clients of the day who follow a program."""
    clients = sorted({row.client_id for row in rows})
    if not clients:
        return set()
    ids, values = named_list("id", clients)
    return set(reader.values(ON_PROGRAM.format(ids=ids), **values))


def _ahead(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"in {hours} h {rest:02} min" if hours else f"in {rest} min"


def _entries(reader: Reader, rows: Sequence[AppointmentRow], today: date, now: datetime) -> Iterator[Entry]:
    done = _done(reader, rows)
    on_program = _on_program(reader, rows)
    for row in rows:
        parts = []
        if row.state is State.SCHEDULED:
            if row.starts_at > now:
                parts.append(_ahead(int((row.starts_at - now).total_seconds() // 60)))
            planned = next_planned(reader, row.client_id, today) if row.client_id in on_program else None
            if planned:
                parts.append(f"{planned.program} {planned.day_name}")
        elif row.session is not None and row.session in done:
            parts.append(done[row.session])
        elif row.reason:
            parts.append(row.reason)
        yield Entry(row, ", ".join(parts))


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
    return Today(
        day=today,
        now=now,
        entries=tuple(_entries(reader, rows, today, now)),
        to_close=tuple(row for row in scheduled if row.ends_at <= now),
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
    )


def _data(found: Today, practice: Practice) -> dict[str, Any]:
    columns = [column for column in appointment_columns(practice) if column.in_data]

    def flat(row: AppointmentRow) -> dict[str, Any]:
        return {column.key: column.raw(row) for column in columns}

    return {
        "date": found.day,
        "appointments": [flat(entry.row) | {"what": entry.what or None} for entry in found.entries],
        "to_close": [flat(row) for row in found.to_close],
        "renewals": [
            {
                "client": row.name, "client_id": row.id, "credits": row.balance, "owed": row.owed,
                "booked": row.reserved,
            }
            for row in found.low
        ],
        "expiring": [
            {
                "package": row.id, "name": row.name, "client": row.client, "client_id": row.client_id,
                "remaining": row.balance, "expires_on": row.expires_on,
            }
            for row in found.expiring
        ],
        "birthdays": [
            {"client": each.client, "client_id": each.client_id, "date": each.on, "age": each.age}
            for each in found.birthdays
        ],
    }  # fmt: skip


def _day_table(found: Today, practice: Practice) -> Table:
    def style(entry: Entry) -> Style:
        return SIGNS[entry.row.state][2]

    columns = (
        Column("at", value=lambda entry: f"{practice.local(entry.row.starts_at):%H:%M}"),
        Column("client", value=lambda entry: entry.row.client, flexible=True),
        Column("status", value=lambda entry: " ".join(SIGNS[entry.row.state][:2]), style=style),
        Column("what", value=lambda entry: entry.what, flexible=True, priority=2),
        Column("credits", value=lambda entry: credits_of(entry.row), align="right", priority=1),
    )
    empty = "No appointments today. Book one: ptrack appointments add anna 'today 17:00'"
    return Table(columns, found.entries, empty=empty)


class _Task(NamedTuple):
    what: str
    text: str
    command: str


def _tasks(found: Today, practice: Practice) -> Iterator[_Task]:
    for row in found.to_close:
        at = practice.local(row.starts_at)
        text = f"{at:%a} {at.day} {at:%b %H:%M} {row.client}"
        yield _Task("close", text, f"ptrack appointments complete {row.id}")
    for low in found.low:
        booked = f", {low.reserved} booked" if low.reserved else ""
        text = f"{low.name} owes {low.owed}" if low.owed else f"{low.name}: {_left(low.balance)}{booked}"
        yield _Task("renew", text, f"ptrack packages sell {low.id} --sessions 10")
    for package in found.expiring:
        last = f"{package.expires_on.day} {package.expires_on:%b}"
        text = f"{package.client}: {_left(package.balance)} to {last}"
        yield _Task("expires", text, f"ptrack packages ledger {package.client_id}")
    for birthday in found.birthdays:
        when = "today" if birthday.on == found.day else f"on {_day_text(birthday.on)}"
        text = f"{birthday.client} is {birthday.age} {when}"
        yield _Task("birthday", text, f"ptrack clients show {birthday.client_id}")


def _day_text(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def _left(balance: int) -> str:
    if balance <= 0:
        return "no credit"
    return f"{balance} credit{'s' if balance > 1 else ''}"


def today_document(found: Today, practice: Practice) -> Document:
    """The page of the day."""
    number = len(found.entries)
    aside = f"{number} appointment{'' if number == 1 else 's'}"
    parts: list[Any] = [
        Heading(f"{found.day:%A} {found.day.day} {found.day:%B %Y}", aside),
        _day_table(found, practice),
    ]
    tasks = list(_tasks(found, practice))
    if tasks:
        parts.append(Heading("To do", level=2))
        parts += [Hint(task.command, f"{task.what:8}  {task.text}") for task in tasks]
    elif found.entries:
        parts.append(Lines([line("Nothing is left to do.")]))
    else:
        parts.append(Hint("ptrack appointments week", "the week"))
    return Document(parts, data=_data(found, practice), title="Today")
