"""How the practice does, month by month: appointments, sessions, hours, absences, money and clients.

Each question is asked once for all months: they are rows of their own that it joins, and a month in which
nothing happened is a row of zeros.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from ptrack.clients.queries import Practice
from ptrack.database.reading import Reader
from ptrack.naming import Named
from ptrack.progress.rules.periods import Period
from ptrack.progress.rules.usage import percentage
from ptrack.reports.attendance import KEPT_COLUMNS, Kept
from ptrack.reports.periods import Month, month_of, months_in

MONTHS = "WITH month (number, first, last, begins, ends) AS (VALUES {months})"

APPOINTMENTS = f"""
{MONTHS}
SELECT count(a.id) AS appointments,
       count(*) FILTER (WHERE a.status = 'cancelled') AS cancelled, {KEPT_COLUMNS}
FROM month m
LEFT JOIN appointment a ON a.starts_at >= m.begins AND a.starts_at < m.ends{{place}}
GROUP BY m.number
ORDER BY m.number"""

SESSIONS = f"""
{MONTHS}
SELECT count(s.id) AS sessions,
       coalesce(sum(s.duration_min) FILTER (WHERE a.group_id IS NULL OR NOT EXISTS (
         SELECT 1 FROM appointment b JOIN session o ON o.appointment_id = b.id
         WHERE b.group_id = a.group_id AND o.status = 'completed' AND o.id < s.id)), 0) AS minutes,
       coalesce(sum(s.commission_cents), 0) AS commission_cents,
       count(s.appointment_id) AS booked, count(w.id) AS logged
FROM month m
LEFT JOIN session s
  ON s.starts_at >= m.begins AND s.starts_at < m.ends AND s.status = 'completed'{{place}}
LEFT JOIN appointment a ON a.id = s.appointment_id
LEFT JOIN workout w ON w.session_id = s.id AND w.status = 'completed'
GROUP BY m.number
ORDER BY m.number"""

FEEDBACK = f"""
{MONTHS}
SELECT count(s.id) AS feedback_requests, count(f.id) AS feedback_answers
FROM month m
LEFT JOIN session s
  ON s.starts_at >= m.begins AND s.starts_at < m.ends AND s.status = 'completed'
  AND EXISTS (SELECT 1 FROM message v
              WHERE v.session_id = s.id AND v.kind = 'validation' AND v.status = 'sent'){{place}}
LEFT JOIN feedback f ON f.session_id = s.id
GROUP BY m.number
ORDER BY m.number"""

SALES = f"""
{MONTHS}
SELECT count(p.id) AS packages_sold, coalesce(sum(p.price_cents), 0) AS income_cents,
       count(p.id) - count(p.price_cents) AS packages_unpriced
FROM month m
LEFT JOIN package p ON p.sold_on >= m.first AND p.sold_on <= m.last
  AND p.voided_at IS NULL AND p.source_package_id IS NULL{{place}}
GROUP BY m.number
ORDER BY m.number"""

CLIENTS = f"""
{MONTHS}
SELECT count(*) FILTER (WHERE c.created_at >= m.begins AND c.created_at < m.ends) AS new_clients,
       count(*) FILTER (WHERE EXISTS (
           SELECT 1 FROM session s WHERE s.client_id = c.id AND s.status = 'completed'
             AND s.starts_at >= m.begins AND s.starts_at < m.ends)
         OR EXISTS (
           SELECT 1 FROM workout w WHERE w.client_id = c.id AND w.status = 'completed'
             AND w.performed_at >= m.begins AND w.performed_at < m.ends)) AS active_clients
FROM month m
LEFT JOIN client c ON 1 = 1{{place}}
GROUP BY m.number
ORDER BY m.number"""

PROGRAMS = """
SELECT t.id AS trainer_id, t.name AS trainer,
       count(*) FILTER (WHERE g.start_date >= :first AND g.start_date <= :last) AS started,
       count(*) FILTER (WHERE g.status = 'active') AS active
FROM program g
JOIN client c ON c.id = g.client_id{place}
JOIN trainer t ON t.id = coalesce(g.trainer_id, c.trainer_id)
WHERE g.kind = 'program'
GROUP BY t.id, t.name
ORDER BY t.name, t.id"""

FIRST_INSTANTS = """
SELECT min(starts_at) FROM appointment
UNION ALL SELECT min(starts_at) FROM session
UNION ALL SELECT min(performed_at) FROM workout
UNION ALL SELECT min(created_at) FROM client"""

FIRST_SALE = "SELECT min(sold_on) FROM package"

# What has a place itself, and what is at its client's place.
_AT = " AND {0}.location_id = :place"
_OF_CLIENTS_AT = " AND {0}.client_id IN (SELECT l.id FROM client l WHERE l.location_id = :place)"
_PLACES = {
    APPOINTMENTS: _AT.format("a"),
    SESSIONS: _AT.format("s"),
    FEEDBACK: _AT.format("s"),
    SALES: _OF_CLIENTS_AT.format("p"),
    CLIENTS: _AT.format("c"),
    PROGRAMS: _AT.format("c"),
}

_QUESTIONS = (APPOINTMENTS, SESSIONS, FEEDBACK, SALES, CLIENTS)


class Figures(NamedTuple):
    """What happened in a month, or in all of them; times in minutes, money in cents.

    `booked` and `logged` count the sessions that had an appointment and those with a completed workout,
    `feedback_requests` those whose client was sent the questions, `feedback_answers` those of them that were
    rated. The hour of a group is one hour, however many came.
    """

    appointments: int = 0
    cancelled: int = 0
    completed: int = 0
    no_shows: int = 0
    late_cancellations: int = 0
    sessions: int = 0
    minutes: int = 0
    commission_cents: int = 0
    booked: int = 0
    logged: int = 0
    packages_sold: int = 0
    income_cents: int = 0
    packages_unpriced: int = 0
    new_clients: int = 0
    active_clients: int = 0
    feedback_requests: int = 0
    feedback_answers: int = 0

    @property
    def kept(self) -> Kept:
        """How the appointments were kept."""
        return Kept(self.completed, self.no_shows, self.late_cancellations)

    @property
    def hours(self) -> float:
        """The time that trainers gave."""
        return self.minutes / 60

    @property
    def adoption(self) -> float | None:
        """The sessions that had an appointment, in percent; None where there was none."""
        return percentage(self.booked, self.sessions) if self.sessions else None

    @property
    def logging_rate(self) -> float | None:
        """The sessions with a workout, in percent; None where there was none."""
        return percentage(self.logged, self.sessions) if self.sessions else None

    @property
    def feedback_rate(self) -> float | None:
        """The requests for feedback that were answered, in percent; None where none was sent."""
        return percentage(self.feedback_answers, self.feedback_requests) if self.feedback_requests else None


class ProgramsOf(NamedTuple):
    """How many programs a trainer's clients started in the period, and how many are active now."""

    trainer_id: int
    trainer: str
    started: int
    active: int


class MonthFigures(NamedTuple):
    """What happened in a month."""

    month: Month
    figures: Figures


class PracticeFigures(NamedTuple):
    """The practice's months, the oldest first, and all of them together; `place` where it is about one."""

    months: tuple[MonthFigures, ...]
    total: Figures
    programs: tuple[ProgramsOf, ...]
    place: Named | None = None

    @property
    def period(self) -> Period:
        """From the first day of the first month to the last of the last."""
        return Period(self.months[0].month.first, self.months[-1].month.last)


def practice_figures(
    reader: Reader, practice: Practice, period: Period, today: date, place: Named | None = None
) -> PracticeFigures:
    """The figures of a period; where it is open, from what happened first to the end of this month."""
    last = period.last or max(month_of(today).last or today, period.first or today)
    first = period.first or min(_first_day(reader, practice) or last.replace(day=1), last)
    months = months_in(first, last, practice.zone)
    asked = [_ask(reader, question, months, place) for question in _QUESTIONS]
    figures = [_sum_of(parts) for parts in zip(*asked, strict=True)]
    whole = Month(first, last, months[0].begins, months[-1].ends)
    (clients,) = _ask(reader, CLIENTS, [whole], place)
    programs = PROGRAMS.format(place=_PLACES[PROGRAMS] if place else "")
    return PracticeFigures(
        tuple(map(MonthFigures, months, figures)),
        _sum_of(figures)._replace(active_clients=clients.active_clients),
        tuple(reader.rows(ProgramsOf, programs, first=first, last=last, **_given(place))),
        place,
    )


def _sum_of(figures: Sequence[Figures]) -> Figures:
    """All of them together; who was active in two months counts twice."""
    return Figures(*map(sum, zip(*figures, strict=True)))


def _first_day(reader: Reader, practice: Practice) -> date | None:
    """The day on which anything happened first, None where nothing has."""
    instants = [text for text in reader.values(FIRST_INSTANTS) if text is not None]
    moments = [datetime.fromisoformat(text).replace(tzinfo=UTC) for text in instants]
    sold = reader.value(FIRST_SALE)
    days = [practice.local(moment).date() for moment in moments]
    return min([*days, *([date.fromisoformat(sold)] if sold else [])], default=None)


def _ask(reader: Reader, question: str, months: Sequence[Month], place: Named | None) -> list[Figures]:
    """What a question counts in each of the months."""
    rows: list[str] = []
    given: dict[str, object] = {}
    for number, month in enumerate(months):
        names = [f"{name}{number}" for name in ("number", *Month._fields)]
        rows.append(f"(:{', :'.join(names)})")
        given |= dict(zip(names, (number, *month), strict=True))
    text = question.format(months=", ".join(rows), place=_PLACES[question] if place else "")
    return reader.rows(Figures, text, **given, **_given(place))


def _given(place: Named | None) -> dict[str, int]:
    return {"place": place.id} if place else {}
