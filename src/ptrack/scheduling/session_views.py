"""What becomes of a session that is judged or deleted, in words."""

from ptrack.clients.queries import Practice
from ptrack.clients.views import day_and_time
from ptrack.credits.queries import SessionCredit
from ptrack.credits.views import money_text
from ptrack.output.document import Document
from ptrack.scheduling.queries import SessionRow
from ptrack.scheduling.views import session_document
from ptrack.vocabulary import Validation


def judged_text(before: Validation, now: Validation) -> str:
    """What was recorded, and what it takes the place of."""
    return f"Recorded as {now}." if before is Validation.PENDING else f"Recorded as {now}; it was {before}."


def deletion_text(row: SessionRow, practice: Practice, *, workout_stays: bool, reopens: bool) -> list[str]:
    """What becomes of the share, the workout and the appointment of a session that is deleted."""
    told = []
    if row.commission_cents:
        told.append(f"the commission of {money_text(row.commission_cents, practice.currency)} is taken back")
    if row.workout is not None:
        told.append(f"workout {row.workout} {'stays, as a solo one' if workout_stays else 'goes with it'}")
    if row.appointment is not None:
        becomes = "is scheduled again" if reopens else "becomes cancelled"
        told.append(f"appointment {row.appointment} {becomes}")
    return told


def credit_text(row: SessionRow) -> list[str]:
    """What becomes of the credit of a session that is to be deleted."""
    if row.drawn > 0:
        return [f"1 credit goes back to package {row.package}"]
    return ["it is owed no longer"] if row.is_owed else []


def planned_text(row: SessionRow, told: list[str]) -> str:
    """All that deleting a session would do, in a sentence."""
    clauses = credit_text(row) + told
    return f"Then {', '.join(clauses)}." if clauses else "Nothing else changes."


def deleted_text(row: SessionRow, told: list[str]) -> str:
    """What deleting a session did, but for the credit."""
    return f"Session {row.id} is deleted{': ' if told else ''}{', '.join(told)}."


def deletion_question(row: SessionRow, told: list[str], practice: Practice) -> str:
    """The question before a session is deleted."""
    when = day_and_time(practice, row.starts_at)
    return f"Delete session {row.id} of {row.client}, {when}? {planned_text(row, told)}"


def deleted_document(
    row: SessionRow, credit: SessionCredit, practice: Practice, words: list[str], *, is_done: bool
) -> Document:
    """The session as it was, and what its deletion did, or with a dry run would do."""
    page = session_document(row, credit, practice, words)
    return page._replace(data={**page.data, "deleted": is_done})
