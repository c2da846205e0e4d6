"""Appointments and sessions on a page."""

from collections.abc import Callable, Container, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from ptrack.clients.queries import Practice
from ptrack.clients.views import day_and_time
from ptrack.credits.queries import SessionCredit
from ptrack.credits.rules import Effect
from ptrack.credits.views import effect_text, money_text, standing_text
from ptrack.output.document import Column, Document, Fields, Heading, Hint, Lines, Style, Table, line
from ptrack.output.document import list_document as listing
from ptrack.scheduling.company_queries import Company, Mate
from ptrack.scheduling.queries import AppointmentRow, Reminding, SessionRow
from ptrack.scheduling.rules import State, state_of
from ptrack.vocabulary import AppointmentStatus, SessionStatus, WorkoutStatus

SIGNS = {
    State.SCHEDULED: ("o", "booked", Style.PLAIN),
    State.IN_PROGRESS: (">", "in progress", Style.STRONG),
    State.COMPLETED: ("x", "done", Style.GOOD),
    State.NO_SHOW: ("!", "no-show", Style.BAD),
    State.CANCELLED: ("-", "cancelled", Style.MUTED),
}
"""How each state is drawn: its sign, its word, its style."""

ALONE = Company()
"""What an appointment of its own belongs to."""

_SESSION_STATES = {
    SessionStatus.IN_PROGRESS: State.IN_PROGRESS,
    SessionStatus.COMPLETED: State.COMPLETED,
    SessionStatus.NO_SHOW: State.NO_SHOW,
    SessionStatus.CANCELLED: State.CANCELLED,
}


def credits_of(row: AppointmentRow) -> str:
    """Where the appointment's client stands, in a word or two."""
    return standing_text(row.standing.usable, row.owed, is_unlimited=row.standing.is_unlimited)


def state_text(state: State) -> str:
    """`x done`."""
    sign, word, _ = SIGNS[state]
    return f"{sign} {word}"


def time_text(practice: Practice, starts_at: datetime, ends_at: datetime) -> str:
    """`Tue 24 Nov 2026 10:00 to 11:00`; where the clocks are changed within it, with which is which."""
    begins, ends = practice.local(starts_at), practice.local(ends_at)
    text = day_and_time(practice, starts_at)
    if begins.utcoffset() == ends.utcoffset():
        return f"{text} to {ends:%H:%M}"
    return f"{text} {begins:%Z} to {ends:%H:%M %Z}"


def _when(practice: Practice, today: date | None) -> Callable[[datetime], str]:
    """How a list shows an instant: without the year where it is today's."""

    def shown(instant: datetime) -> str:
        if today is None or instant.year != today.year:
            return day_and_time(practice, instant)
        return f"{instant:%a} {instant.day} {instant:%b %H:%M}"

    return shown


def appointment_columns(
    practice: Practice, today: date | None = None, belonging: Container[str] = ()
) -> list[Column]:
    """An appointment's columns, for every format; on screen the year is left out where it is `today`'s.

    `belonging` says which of "group" and "series" the screen shows.
    """
    return [
        Column("id", "No", align="right"),
        Column(
            "starts_at", "When", value=lambda row: practice.local(row.starts_at), show=_when(practice, today)
        ),
        Column("ends_at", value=lambda row: practice.local(row.ends_at), on_screen=False),
        Column("duration_min", "Min", align="right", priority=5),
        Column("client", "Client", flexible=True),
        Column("client_id", on_screen=False),
        Column("status", on_screen=False),
        Column("sign", in_data=False, value=lambda row: SIGNS[row.state][0], style=_style),
        Column("word", "Status", in_data=False, value=lambda row: SIGNS[row.state][1], priority=2),
        Column("trainer", "Trainer", flexible=True, priority=3),
        Column("trainer_id", on_screen=False),
        Column("location", "Place", flexible=True, priority=6),
        Column("location_id", on_screen=False),
        Column("package", on_screen=False),
        Column("credits_remaining", on_screen=False, value=lambda row: row.standing.remaining),
        Column("credits_available", on_screen=False, value=lambda row: row.standing.available),
        Column("credits", "Credits", in_data=False, value=credits_of, align="right", priority=1),
        Column("session", "Session", align="right", priority=7),
        Column("group", "Group", align="right", priority=4, show=_number, on_screen="group" in belonging),
        Column("series", "Series", align="right", priority=4, show=_number, on_screen="series" in belonging),
        Column(
            "reminders",
            on_screen=False,
            value=lambda row: [_reminding(each, practice) for each in row.reminders],
        ),
        Column("cancelled_by", on_screen=False),
        Column("reason", on_screen=False),
        Column("sequence", on_screen=False),
        Column("notes", on_screen=False),
    ]


def _reminding(reminder: Reminding, practice: Practice) -> dict[str, Any]:
    sent_at = practice.local(reminder.sent_at) if reminder.sent_at else None
    return {"offset_min": reminder.offset_min, "status": reminder.status, "sent_at": sent_at}


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _belonging(rows: Sequence[AppointmentRow]) -> list[str]:
    """Which of "group" and "series" there are among the rows."""
    return [key for key in ("group", "series") if any(getattr(row, key) is not None for row in rows)]


def _style(row: AppointmentRow) -> Style:
    return SIGNS[row.state][2]


def appointments_document(
    rows: Sequence[AppointmentRow], practice: Practice, today: date | None = None
) -> Document:
    """The list of appointments."""
    empty = "No appointments here. Book one: ptrack appointments add anna 'tue 10:00'"
    return listing(Table(appointment_columns(practice, today, _belonging(rows)), rows, empty=empty))


def several_document(
    rows: Sequence[AppointmentRow], practice: Practice, today: date, what: str = ""
) -> Document:
    """Appointments that were made or changed together, under how many they are."""
    heading = Heading("1 appointment" if len(rows) == 1 else f"{len(rows)} appointments", what)
    return listing(Table(appointment_columns(practice, today, _belonging(rows)), rows), heading)


def _cancelled_text(row: AppointmentRow) -> str:
    if row.cancelled_by is None:
        return ""
    return f"by the {row.cancelled_by}" + (f": {row.reason}" if row.reason else "")


def _credits_line(row: AppointmentRow) -> str:
    reserved = f" ({row.reserved} reserved)" if row.reserved and row.standing.remaining is not None else ""
    return credits_of(row) + reserved


def _group_text(row: AppointmentRow, company: Company) -> str:
    """`3, Yoga: with Ben Olsen and Cleo Marsh (cancelled); 2 of 8 places`."""
    if row.group is None:
        return ""
    mates = [_mate_text(mate) for mate in company.mates]
    text = ", ".join(filter(None, (str(row.group), company.name)))
    text += f": with {', '.join(mates)}" if mates else ": nobody else as yet"
    if company.capacity is None:
        return text
    states = [row.status, *(mate.status for mate in company.mates)]
    taken = sum(status is not AppointmentStatus.CANCELLED for status in states)
    return f"{text}; {taken} of {company.capacity} places"


def _mate_text(mate: Mate) -> str:
    if mate.status is AppointmentStatus.SCHEDULED:
        return mate.client
    _, word, _ = SIGNS[state_of(mate.status, in_progress=False)]
    return f"{mate.client} ({word})"


def _series_text(row: AppointmentRow, company: Company) -> str:
    """`5: 3 of 8, weekly`."""
    if company.place is None:
        return ""
    return f"{row.series}: {company.place.position} of {company.place.total}, {company.place.repeats}"


def _pairs(row: AppointmentRow, practice: Practice, company: Company) -> list[tuple[str, str]]:
    return [
        ("When", f"{time_text(practice, row.starts_at, row.ends_at)} ({row.duration_min} min)"),
        ("Trainer", row.trainer),
        ("Place", row.location or ""),
        ("Group", _group_text(row, company)),
        ("Series", _series_text(row, company)),
        ("Package", str(row.package or "")),
        ("Credits", _credits_line(row)),
        ("Cancelled", _cancelled_text(row)),
        ("Session", str(row.session or "")),
        ("Notes", row.notes or ""),
    ]


def _page(
    row: AppointmentRow, practice: Practice, words: Sequence[str], company: Company = ALONE
) -> list[Any]:
    heading = Heading(f"Appointment {row.id}   {row.client}", state_text(row.state))
    parts: list[Any] = [
        heading,
        Fields(_pairs(row, practice, company)),
        Lines([line(text) for text in words]),
    ]
    if row.state in (State.SCHEDULED, State.IN_PROGRESS):
        whole = " --whole-group" if row.group is not None else ""
        parts.append(Hint(f"ptrack appointments complete {row.id}{whole}", "when it is done"))
    return parts


def _data(row: AppointmentRow, practice: Practice) -> dict[str, Any]:
    return {column.key: column.raw(row) for column in appointment_columns(practice) if column.in_data}


def appointment_document(row: AppointmentRow, practice: Practice, company: Company = ALONE) -> Document:
    """The page of one appointment, with who and what it belongs to."""
    return Document(_page(row, practice, (), company), data=_data(row, practice))


class Moved(NamedTuple):
    """An appointment after a change of state: why it cost what it did, its session, the ledger's answer."""

    row: AppointmentRow
    effect: Effect
    why: str | None
    session: SessionRow | None
    credit: SessionCredit | None

    @property
    def words(self) -> list[str]:
        """What was done and why, in sentences."""
        told = [self.why] if self.why else []
        if self.effect is not Effect.NONE or self.row.state not in (State.SCHEDULED, State.IN_PROGRESS):
            told.append(effect_text(self.effect, self.credit, self.row.client_id))
        return told


def moved_document(moved: Moved, practice: Practice, company: Company = ALONE) -> Document:
    """An appointment after a change of state: its session in full, its workout, why and what it cost."""
    parts = _page(moved.row, practice, moved.words, company)
    if moved.session and moved.session.workout:
        parts.append(_workout_hint(moved.session))
    return Document(parts, data=_moved_data(moved, practice))


def several_moved_document(moves: Sequence[Moved], practice: Practice, today: date) -> Document:
    """Appointments after a change of state that was made to all of them, a line each."""
    columns = [
        Column("id", "No", align="right", value=lambda moved: moved.row.id),
        Column(
            "starts_at", "When", value=lambda moved: practice.local(moved.row.starts_at),
            show=_when(practice, today), priority=2,
        ),
        Column("client", "Client", value=lambda moved: moved.row.client, flexible=True),
        Column("sign", value=lambda moved: SIGNS[moved.row.state][0], style=lambda moved: _style(moved.row)),
        Column("word", "Status", value=lambda moved: SIGNS[moved.row.state][1], priority=1),
    ]  # fmt: skip
    heading = Heading("1 appointment" if len(moves) == 1 else f"{len(moves)} appointments")
    told = Lines([line(f"{numbers}: {words}") for words, numbers in _by_words(moves).items()])
    data = [_moved_data(moved, practice) for moved in moves]
    return Document((heading, Table(columns, moves), told), data=data)


def _by_words(moves: Sequence[Moved]) -> dict[str, str]:
    """The numbers of the appointments that the same is said of, by what is said."""
    found: dict[str, list[str]] = {}
    for moved in moves:
        if moved.words:
            found.setdefault(" ".join(moved.words), []).append(str(moved.row.id))
    return {words: ", ".join(numbers) for words, numbers in found.items()}


def _moved_data(moved: Moved, practice: Practice) -> dict[str, Any]:
    workout = None
    if moved.session and moved.session.workout:
        workout = {"id": moved.session.workout, "title": moved.session.workout_title}
    session = _session_data(moved.session, moved.credit)
    return _data(moved.row, practice) | {"session": session, "workout": workout, "why": moved.why}


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
        Column(
            "validated_at",
            on_screen=False,
            value=lambda row: practice.local(row.validated_at) if row.validated_at else None,
        ),
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


def session_document(
    row: SessionRow, credit: SessionCredit, practice: Practice, words: Sequence[str] = ()
) -> Document:
    """The page of one session, with what was just done to it in words."""
    state = state_text(_SESSION_STATES[row.status])
    entry = f" (entry {credit.entry})" if credit.entry is not None else ""
    left = f", {credit.remaining} left" if credit.remaining is not None else ""
    pairs = [
        ("When", f"{time_text(practice, row.starts_at, row.ends_at)} ({row.duration_min} min)"),
        ("Trainer", row.trainer),
        ("Place", row.location or ""),
        ("Appointment", str(row.appointment or "")),
        ("Credit", session_credit_text(row) + entry + left),
        ("Worth", money_text(row.value_cents, practice.currency) if row.value_cents else ""),
        ("Commission", money_text(row.commission_cents, practice.currency) if row.commission_cents else ""),
        ("Validation", " ".join(filter(None, (row.validation, day_and_time(practice, row.validated_at))))),
        ("Workout", " ".join(filter(None, (str(row.workout or ""), row.workout_title)))),
        ("Notes", row.notes or ""),
    ]
    columns = session_columns(practice)
    data = {column.key: column.raw(row) for column in columns if column.in_data} | {"credit": credit}
    parts: list[Any] = [Heading(f"Session {row.id}   {row.client}", state), Fields(pairs)]
    if words:
        parts.append(Lines([line(text) for text in words]))
    return Document(parts, data=data)
