"""Which workout is meant when a live one is begun or gone on with."""

from datetime import datetime, timedelta
from typing import NamedTuple

from ptrack.clients.queries import client_names, practice
from ptrack.database.reading import Reader
from ptrack.database.session import Writing
from ptrack.desk.live import Opening, open_workout, running_appointment
from ptrack.errors import AmbiguousError, NotFoundError, StateError
from ptrack.naming import Named, resolve
from ptrack.scheduling.queries import AppointmentRow, appointment
from ptrack.vocabulary import AppointmentStatus
from ptrack.workouts import live_queries
from ptrack.workouts.live_queries import OpenWorkout, open_workouts, open_workouts_of

LEFT_BEHIND = timedelta(hours=12)
"""A workout in which nothing was done for so long was left behind; a new one is not mixed up with it."""
_LOOKS_BACK = timedelta(days=60)


class Whose(NamedTuple):
    """Whose workout it is, and the appointment that it is for, if there is one."""

    client: Named
    appointment: int | None


def whose(reader: Reader, text: str, now: datetime) -> Whose:
    """The client of a name, or of an appointment's number; with the appointment that the client has now.

    `#12` is an appointment, `12` one of today, else a client; where it may be both, AmbiguousError asks.
    Raises NotFoundError, and StateError for an appointment of another day.
    """
    number = text.strip().removeprefix("#")
    names = client_names(reader)
    if not (number.isascii() and number.isdigit()) or len(number) > len(str(2**62)):
        return _with_running(reader, resolve(text, names, "client"), now)
    client = next((each for each in names if str(each.id) == number.lstrip("0")), None)
    if text.strip().startswith("#"):
        return _of(_todays(reader, int(number), now))
    try:
        row = _todays(reader, int(number), now)
    except (NotFoundError, StateError) as error:
        if client is None:
            raise error.__class__(error.message) from None
        return _with_running(reader, client, now)
    if client is None or client.id == row.client_id:
        return _of(row)
    raise AmbiguousError(
        f"{number} may be appointment {number} of {row.client}, or client {client.name}.\n"
        f"Say which: ptrack log start '#{number}', or ptrack log start '{client.name}'",
        (f"#{number}", client.name),
    )


def _of(row: AppointmentRow) -> Whose:
    return Whose(Named(row.client_id, row.client), row.id)


def _with_running(reader: Reader, client: Named, now: datetime) -> Whose:
    running = running_appointment(reader, client.id, now)
    return Whose(client, running.id if running else None)


def _todays(reader: Reader, number: int, now: datetime) -> AppointmentRow:
    """An appointment of today that is still to be done; NotFoundError or StateError otherwise."""
    house = practice(reader)
    row = appointment(reader, number, house.local(now).date())
    begins = house.local(row.starts_at)
    if begins.date() != house.local(now).date():
        raise StateError(
            f"Appointment {number} of {row.client} is on {begins:%a} {begins.day} {begins:%b}, not today.\n"
            f"Without it: ptrack log start {row.client_id}"
        )
    if row.status is not AppointmentStatus.SCHEDULED:
        raise StateError(
            f"Appointment {number} of {row.client} is {row.state}; no workout can be begun in it.\n"
            f"Without it: ptrack log start '{row.client}'"
        )
    return row


def going_on(reader: Reader, whose: Whose, now: datetime) -> OpenWorkout | None:
    """The workout that the client has open already; StateError for one with sets that was left behind."""
    house = practice(reader)
    for row in open_workouts_of(reader, whose.client.id):
        touched = row.last_at or row.performed_at
        is_recent = abs(now - touched) < LEFT_BEHIND
        is_others = whose.appointment is not None and row.appointment != whose.appointment
        if row.sets and not is_recent:
            day = house.local(row.performed_at)
            raise StateError(
                f"Workout {row.id} of {row.client} was left open on {day:%a} {day.day} {day:%b}, with sets.\n"
                f"Go on: ptrack log resume {row.id}; finish it: ptrack log edit {row.id} --status completed"
            )
        if is_recent and (row.sets or not is_others):
            return row
    return None


def begin(work: Writing, whose: Whose, day: str | None = None, *, follows_program: bool = True) -> int:
    """Open the client's workout; its number, or that of the one which another window has just opened.

    Raises as `open_workout` does.
    """
    found = going_on(work.reader, whose, work.now)
    if found is not None:
        return found.id
    return open_workout(work, Opening(whose.client.id, whose.appointment, day, follows_program))


def to_resume(reader: Reader, text: str | None, now: datetime) -> OpenWorkout:
    """The open workout of that number, else the client's last one; without a text anybody's last one.

    Raises NotFoundError where there is none.
    """
    if text is not None and text.isascii() and text.isdigit():
        found = live_queries.open_workout(reader, int(text))
        if found is not None:
            return found
    client = resolve(text, client_names(reader), "client") if text is not None else None
    rows = open_workouts_of(reader, client.id) if client else open_workouts(reader, now - _LOOKS_BACK)
    rows = sorted(rows, key=lambda row: (row.sets > 0, row.last_at or row.performed_at), reverse=True)
    if not rows:
        of_whom = f" of {client.name}" if client else ""
        raise NotFoundError(f"No workout{of_whom} is open. Begin one: ptrack log start CLIENT")
    return rows[0]
