"""The page a trainer opens first: the day, and what is left to do."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from ptrack.clients.queries import Practice
from ptrack.output.document import Column, Document, Heading, Hint, Lines, Style, Table, line
from ptrack.reports.today import Entry, Today
from ptrack.scheduling.occasions import Occasion, counts_text, occasions, shortened
from ptrack.scheduling.queries import AppointmentRow
from ptrack.scheduling.rules import State
from ptrack.scheduling.spans import day_word
from ptrack.scheduling.views import SIGNS, appointment_columns, credits_of

MOST_TASKS = 12
_SHARES = {"mail": 2, "go on": 2, "close": 3, "renew": 4, "expires": 3, "birthday": 2}


def _data(found: Today, practice: Practice) -> dict[str, Any]:
    columns = [column for column in appointment_columns(practice) if column.in_data]

    def flat(row: AppointmentRow) -> dict[str, Any]:
        return {column.key: column.raw(row) for column in columns}

    return {
        "date": found.day,
        "appointments": [flat(entry.row) | {"what": _what(found, entry) or None} for entry in found.entries],
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
        "going_on": [
            {
                "workout": row.id, "client": row.client, "client_id": row.client_id, "title": row.title,
                "started_at": practice.local(row.performed_at), "sets": row.sets,
            }
            for row in found.going_on
        ],
        "mail": {"failed": found.mail.failed, "uncertain": found.mail.uncertain},
    }  # fmt: skip


def _what(found: Today, entry: Entry) -> str:
    """How long until then, and what was or will be done."""
    return ", ".join(filter(None, (_countdown(found, entry.row), entry.what)))


def _countdown(found: Today, row: AppointmentRow) -> str:
    if row.state is not State.SCHEDULED or row.starts_at <= found.now:
        return ""
    return _ahead(int((row.starts_at - found.now).total_seconds() // 60))


def _ahead(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"in {hours} h {rest:02} min" if hours else f"in {rest} min"


class _Shown(NamedTuple):
    """One line of the day."""

    at: str
    who: str
    state: State
    what: str
    credits: str = ""
    trainer: str = ""


def _shown(found: Today, practice: Practice) -> Iterator[_Shown]:
    """A line for each appointment; for a group one for the whole and one for each who is in it."""
    entries = {entry.row.id: entry for entry in found.entries}
    rows = [entry.row for entry in found.entries]
    trainers = shortened({row.trainer_id: row.trainer for row in rows})
    for occasion in occasions(rows, found.groups):
        row = occasion.first
        at = f"{practice.local(row.starts_at):%H:%M}"
        trainer = trainers[row.trainer_id] if len(trainers) > 1 else ""
        if not occasion.is_group:
            yield _Shown(at, row.client, row.state, _what(found, entries[row.id]), credits_of(row), trainer)
            continue
        what = ", ".join(filter(None, (_countdown(found, row), counts_text(occasion))))
        yield _Shown(at, f"{occasion.title}{occasion.size}", occasion.state, what, "", trainer)
        for each in occasion.rows:
            yield _Shown("", f"  {each.client}", each.state, entries[each.id].what, credits_of(each))


def _day_table(found: Today, practice: Practice) -> Table:
    def style(shown: _Shown) -> Style:
        return SIGNS[shown.state][2]

    columns = (
        Column("at"),
        Column("who", flexible=True),
        Column("status", value=lambda shown: " ".join(SIGNS[shown.state][:2]), style=style),
        Column("what", flexible=True, priority=2),
        Column("trainer", flexible=True, priority=3),
        Column("credits", align="right", priority=1),
    )
    empty = "No appointments today. Book one: ptrack appointments add anna 'today 17:00'"
    return Table(columns, list(_shown(found, practice)), empty=empty)


class _Task(NamedTuple):
    what: str
    text: str
    command: str


def _tasks(found: Today, practice: Practice, option: str) -> Iterator[_Task]:
    """All that is left to do, in order of urgency; `option` is what closes the same trainers' days."""
    if found.mail.failed:
        yield _Task("mail", f"{found.mail.failed} failed", "ptrack mail list --status failed")
    if found.mail.uncertain:
        text = f"{found.mail.uncertain} uncertain: sent or not, nobody knows"
        yield _Task("mail", text, "ptrack mail list --status uncertain")
    for workout in found.going_on:
        sets = f"{workout.sets} set{'' if workout.sets == 1 else 's'} so far"
        text = f"{workout.client}, {workout.title or 'workout'}: {sets}"
        yield _Task("go on", text, f"ptrack log resume {workout.id}")
    for day, open_ones in _open_days(found, practice).items():
        text = f"{_day_text(day)} {_named(open_ones, practice)}"
        yield _Task("close", text, f"ptrack close{day_word(day, found.day)}{option}")
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


def _open_days(found: Today, practice: Practice) -> dict[date, list[Occasion]]:
    """What is to be closed by day, the latest day first."""
    days: dict[date, list[Occasion]] = {}
    for occasion in occasions(found.to_close, found.groups):
        days.setdefault(practice.local(occasion.starts_at).date(), []).append(occasion)
    return dict(reversed(days.items()))


def _named(open_ones: Sequence[Occasion], practice: Practice) -> str:
    """`11:00 Cleo Marsh and 2 more`."""
    first = open_ones[0]
    name = f"{first.title}{first.size}" if len(first.rows) > 1 else first.first.client
    more = f" and {len(open_ones) - 1} more" if len(open_ones) > 1 else ""
    return f"{practice.local(first.starts_at):%H:%M} {name}{more}"


def _fewer(tasks: Sequence[_Task], found: Today, practice: Practice, option: str) -> list[_Task]:
    """At most a dozen besides mail: of each kind its share, the rest counted, with what shows it."""
    if len(tasks) <= MOST_TASKS:
        return list(tasks)
    first = practice.local(min((row.starts_at for row in found.to_close), default=found.now))
    commands = {
        "go on": "ptrack log list",
        "close": f"ptrack close --from {first.date()}{option}",
        "renew": "ptrack clients list",
        "expires": "ptrack packages list",
        "birthday": "ptrack clients list",
    }
    fewer: list[_Task] = []
    for kind, share in _SHARES.items():
        own = [task for task in tasks if task.what == kind]
        if len(own) <= share:
            fewer += own
        else:
            fewer += own[: share - 1]
            more = len(own) - share + 1
            fewer.append(
                _Task(kind, f"and {more} {'earlier days' if kind == 'close' else 'more'}", commands[kind])
            )
    return fewer


def _day_text(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def _left(balance: int) -> str:
    if balance <= 0:
        return "no credit"
    return f"{balance} credit{'s' if balance > 1 else ''}"


def today_document(found: Today, practice: Practice, option: str = "") -> Document:
    """The page of the day; `option` is what a command adds to mean the same trainers."""
    number = len(occasions((entry.row for entry in found.entries), {}))
    aside = f"{number} appointment{'' if number == 1 else 's'}"
    parts: list[Any] = [
        Heading(f"{found.day:%A} {found.day.day} {found.day:%B %Y}", aside),
        _day_table(found, practice),
    ]
    tasks = _fewer(list(_tasks(found, practice, option)), found, practice, option)
    if tasks:
        parts.append(Heading("To do", level=2))
        parts += [Hint(task.command, f"{task.what:8}  {task.text}") for task in tasks]
    elif found.entries:
        parts.append(Lines([line("Nothing is left to do.")]))
    else:
        parts.append(Hint("ptrack appointments week", "the week"))
    return Document(parts, data=_data(found, practice), title="Today")
