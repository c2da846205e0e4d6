"""Appointments and sessions on a page."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from ptrack.clients.queries import Practice
from ptrack.clients.views import day_and_time
from ptrack.credits.queries import SessionCredit
from ptrack.credits.rules import Effect
from ptrack.credits.views import effect_text, money_text, standing_text
from ptrack.output.document import Column, Document, Fields, Heading, Hint, Lines, Style, Table, line
from ptrack.output.document import list_document as listing
from ptrack.scheduling.queries import AppointmentRow, SessionRow
from ptrack.scheduling.rules import State
from ptrack.vocabulary import SessionStatus, WorkoutStatus

SIGNS = {
    State.SCHEDULED: ("o", "booked", Style.PLAIN),
    State.IN_PROGRESS: (">", "in progress", Style.STRONG),
    State.COMPLETED: ("x", "done", Style.GOOD),
    State.NO_SHOW: ("!", "no-show", Style.BAD),
    State.CANCELLED: ("-", "cancelled", Style.MUTED),
}
"""How each state is drawn: its sign, its word, its style."""

_SESSION_STATES = {
    SessionStatus.IN_PROGRESS: State.IN_PROGRESS,
    SessionStatus.COMPLETED: State.COMPLETED,
    SessionStatus.NO_SHOW: State.NO_SHOW,
    SessionStatus.CANCELLED: State.CANCELLED,
}


def credits_of(row: AppointmentRow) -> str:
    """Where the appointment's client stands, in a word or two."""
    return standing_text(row.balance, row.owed, is_unlimited=row.standing.is_unlimited)


def state_text(state: State) -> str:
    """`x done`."""
    sign, word, _ = SIGNS[state]
    return f"{sign} {word}"


def time_text(practice: Practice, starts_at: datetime, ends_at: datetime) -> str:
    """`Tue 24 Nov 2026 10:00 to 11:00`."""
    return f"{day_and_time(practice, starts_at)} to {practice.local(ends_at):%H:%M}"


def _when(practice: Practice, today: date | None) -> Callable[[datetime], str]:
    """How a list shows an instant: without the year where it is today's."""

    def shown(instant: datetime) -> str:
        if today is None or instant.year != today.year:
            return day_and_time(practice, instant)
        return f"{instant:%a} {instant.day} {instant:%b %H:%M}"

    return shown


def appointment_columns(practice: Practice, today: date | None = None) -> list[Column]:
    """An appointment's columns, for every format; on screen the year is left out where it is `today`'s."""
    return [
        Column("id", "No", align="right"),
        Column(
            "starts_at", "When", value=lambda row: practice.local(row.starts_at), show=_when(practice, today)
        ),
        Column("ends_at", value=lambda row: practice.local(row.ends_at), on_screen=False),
        Column("duration_min", "Min", align="right", priority=4),
        Column("client", "Client", flexible=True),
        Column("client_id", on_screen=False),
        Column("status", on_screen=False),
        Column("sign", in_data=False, value=lambda row: SIGNS[row.state][0], style=_style),
        Column("word", "Status", in_data=False, value=lambda row: SIGNS[row.state][1], priority=2),
        Column("trainer", "Trainer", flexible=True, priority=3),
        Column("trainer_id", on_screen=False),
        Column("location", "Place", flexible=True, priority=5),
        Column("location_id", on_screen=False),
        Column("package", on_screen=False),
        Column("credits_remaining", on_screen=False, value=lambda row: row.standing.remaining),
        Column("credits_available", on_screen=False, value=lambda row: row.standing.available),
        Column("credits", "Credits", in_data=False, value=credits_of, align="right", priority=1),
        Column("session", "Session", align="right", priority=6),
        Column("group", on_screen=False),
        Column("series", on_screen=False),
        Column("reminders", on_screen=False, value=lambda _: []),
        Column("cancelled_by", on_screen=False),
        Column("reason", on_screen=False),
        Column("sequence", on_screen=False),
        Column("notes", on_screen=False),
    ]


def _style(row: AppointmentRow) -> Style:
    return SIGNS[row.state][2]


def appointments_document(
    rows: Sequence[AppointmentRow], practice: Practice, today: date | None = None
) -> Document:
    """The list of appointments."""
    empty = "No appointments here. Book one: ptrack appointments add anna 'tue 10:00'"
    return listing(Table(appointment_columns(practice, today), rows, empty=empty))


def _cancelled_text(row: AppointmentRow) -> str:
    if row.cancelled_by is None:
        return ""
    return f"by the {row.cancelled_by}" + (f": {row.reason}" if row.reason else "")


def _credits_line(row: AppointmentRow) -> str:
    reserved = f" ({row.reserved} reserved)" if row.reserved and row.standing.remaining is not None else ""
    return credits_of(row) + reserved


def _pairs(row: AppointmentRow, practice: Practice) -> list[tuple[str, str]]:
    return [
        ("When", f"{time_text(practice, row.starts_at, row.ends_at)} ({row.duration_min} min)"),
        ("Trainer", row.trainer),
        ("Place", row.location or ""),
        ("Package", str(row.package or "")),
        ("Credits", _credits_line(row)),
        ("Cancelled", _cancelled_text(row)),
        ("Session", str(row.session or "")),
        ("Notes", row.notes or ""),
    ]


def _page(row: AppointmentRow, practice: Practice, words: Sequence[str]) -> list[Any]:
    heading = Heading(f"Appointment {row.id}   {row.client}", state_text(row.state))
    parts: list[Any] = [heading, Fields(_pairs(row, practice)), Lines([line(text) for text in words])]
    if row.state in (State.SCHEDULED, State.IN_PROGRESS):
        parts.append(Hint(f"ptrack appointments complete {row.id}", "when it is done"))
    return parts


def _data(row: AppointmentRow, practice: Practice) -> dict[str, Any]:
    return {column.key: column.raw(row) for column in appointment_columns(practice) if column.in_data}


def appointment_document(row: AppointmentRow, practice: Practice) -> Document:
    """The page of one appointment."""
    return Document(_page(row, practice, ()), data=_data(row, practice))


def moved_document(
    row: AppointmentRow,
    effect: Effect,
    session: SessionRow | None,
    credit: SessionCredit | None,
    practice: Practice,
) -> Document:
    """An appointment after a change of state: its session in full, its workout, the credit in words."""
    words: list[str] = []
    if effect is not Effect.NONE or row.state not in (State.SCHEDULED, State.IN_PROGRESS):
        words.append(effect_text(effect, credit, row.reserved, row.client_id))
    parts = _page(row, practice, words)
    workout = None
    if session and session.workout:
        workout = {"id": session.workout, "title": session.workout_title}
        parts.append(_workout_hint(session))
    data = _data(row, practice) | {"session": _session_data(session, credit), "workout": workout}
    return Document(parts, data=data)


def _workout_hint(session: SessionRow) -> Hint:
    """What comes next for the session's workout: fill it, or look at it."""
    named = " ".join(filter(None, (f"workout {session.workout}", session.workout_title)))
    if session.workout_status is WorkoutStatus.IN_PROGRESS:
        return Hint(f"ptrack log add {session.client_id} --session {session.id}", f"fill {named}")
    return Hint(f"ptrack log show {session.workout}", named)


def _session_data(session: SessionRow | None, credit: SessionCredit | None) -> dict[str, Any] | None:
    if session is None:
        return None
    return {"id": session.id, "status": session.status, "validation": session.validation, "credit": credit}


def session_columns(practice: Practice, today: date | None = None) -> list[Column]:
    """A session's columns, for every format; on screen the year is left out where it is `today`'s."""

    def state(row: SessionRow) -> State:
        return _SESSION_STATES[row.status]

    return [
        Column("id", "No", align="right"),
        Column("appointment", on_screen=False),
        Column(
            "starts_at", "When", value=lambda row: practice.local(row.starts_at), show=_when(practice, today)
        ),
        Column("ends_at", value=lambda row: practice.local(row.ends_at), on_screen=False),
        Column("duration_min", "Min", align="right", priority=5),
        Column("client", "Client", flexible=True),
        Column("client_id", on_screen=False),
        Column("trainer", "Trainer", flexible=True, priority=4),
        Column("trainer_id", on_screen=False),
        Column("location", "Place", flexible=True, priority=7),
        Column("location_id", on_screen=False),
        Column("status", on_screen=False),
        Column("sign", in_data=False, value=lambda row: SIGNS[state(row)][0]),
        Column("word", "Status", in_data=False, value=lambda row: SIGNS[state(row)][1], priority=2),
        Column("validation", "Validation", priority=6),
        Column("credit", "Credit", in_data=False, value=session_credit_text, priority=1),
        Column("deducted", on_screen=False, value=lambda row: row.drawn > 0),
        Column("package", on_screen=False),
        Column("owed", on_screen=False, value=lambda row: row.is_owed),
        Column("workout", "Workout", align="right", priority=3),
        Column("value_cents", on_screen=False),
        Column("commission_cents", on_screen=False),
        Column("notes", on_screen=False),
    ]


def session_credit_text(row: SessionRow) -> str:
    """What a session cost, in a word or two."""
    if row.is_owed:
        return "owed"
    if row.drawn > 0:
        return f"package {row.package}"
    return "none"


def sessions_document(rows: Sequence[SessionRow], practice: Practice, today: date | None = None) -> Document:
    """The list of sessions."""
    empty = "No sessions here. They come of appointments: ptrack appointments complete NUMBER"
    return listing(Table(session_columns(practice, today), rows, empty=empty))


def session_document(row: SessionRow, credit: SessionCredit, practice: Practice) -> Document:
    """The page of one session."""
    state = state_text(_SESSION_STATES[row.status])
    left = f", {credit.remaining} left" if credit.remaining is not None else ""
    pairs = [
        ("When", f"{time_text(practice, row.starts_at, row.ends_at)} ({row.duration_min} min)"),
        ("Trainer", row.trainer),
        ("Place", row.location or ""),
        ("Appointment", str(row.appointment or "")),
        ("Credit", session_credit_text(row) + left),
        ("Worth", money_text(row.value_cents, practice.currency) if row.value_cents else ""),
        ("Commission", money_text(row.commission_cents, practice.currency) if row.commission_cents else ""),
        ("Validation", row.validation),
        ("Workout", " ".join(filter(None, (str(row.workout or ""), row.workout_title)))),
        ("Notes", row.notes or ""),
    ]
    columns = session_columns(practice)
    data = {column.key: column.raw(row) for column in columns if column.in_data} | {"credit": credit}
    return Document((Heading(f"Session {row.id}   {row.client}", state), Fields(pairs)), data=data)
