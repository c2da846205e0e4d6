"""Closing: what became of the appointments that are still open, each answer a change of its own."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from ptrack.clients.queries import Practice
from ptrack.database.session import Writing
from ptrack.desk.cancel import Cancellation, cancel, cost_of_cancelling, record_no_show
from ptrack.desk.complete import Completion, Outcome, complete
from ptrack.desk.undo import Mending, take_back
from ptrack.desk.undoing.queries import change
from ptrack.scheduling.queries import AppointmentRow
from ptrack.scheduling.rules import CancelledBy, policy_charges

CHANGE = "SELECT max(id) FROM change"


class Answer(StrEnum):
    """What became of an appointment."""

    DONE = "done"
    NO_SHOW = "no-show"
    CANCELLED = "cancelled"


class Reply(NamedTuple):
    """An answer with what belongs to it: whether it is charged, who called it off, what was done."""

    answer: Answer
    charge: bool | None = None
    by: CancelledBy = CancelledBy.CLIENT
    log: str | None = None


class Answered(NamedTuple):
    """What an answer did, and the number of its change, by which it can be taken back."""

    outcome: Outcome
    change: int


def charge_is_open(house: Practice, row: AppointmentRow, reply: Reply, now: datetime) -> bool:
    """Whether somebody has to say if the answer costs a credit, for the practice asks each time."""
    if reply.answer is Answer.NO_SHOW:
        return policy_charges(house.no_show_charges, reply.charge) is None
    if reply.answer is Answer.CANCELLED:
        return cost_of_cancelling(house, row.starts_at, now, Cancellation(reply.by, reply.charge)) is None
    return False


def answer(work: Writing, number: int, reply: Reply) -> Answered:
    """Write what became of an appointment; raises what completing and cancelling raise."""
    if reply.answer is Answer.DONE:
        outcome = complete(work, number, Completion(log=reply.log))
    elif reply.answer is Answer.NO_SHOW:
        outcome = record_no_show(work, number, reply.charge)
    else:
        outcome = cancel(work, number, Cancellation(reply.by, reply.charge))
    work.flush()
    return Answered(outcome, work.reader.value(CHANGE))


def take_answer_back(work: Mending, number: int) -> None:
    """Take the change of that number back; StateError where something has changed since."""
    take_back(work, change(work.reader, number))
