"""What is decided about appointments: what is in the way, which move is allowed, what an absence costs."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from ptrack.errors import RuleError, StateError, UsageError
from ptrack.vocabulary import AppointmentStatus, ChargePolicy

EARLY_MIN = 15
"""Minutes before its start from which on an appointment may be completed."""

_SPANS = ((1440, "day"), (60, "hour"), (1, "minute"))


class CancelledBy(StrEnum):
    """Who called it off."""

    CLIENT = "client"
    TRAINER = "trainer"


class Move(StrEnum):
    """What can be done to an appointment; the value completes "it cannot be …"."""

    START = "started"
    COMPLETE = "completed"
    NO_SHOW = "recorded as a no-show"
    CANCEL = "cancelled"
    REOPEN = "reopened"
    EDIT = "edited"


class State(StrEnum):
    """How an appointment stands; the value completes "it is …"."""

    SCHEDULED = "scheduled"
    IN_PROGRESS = "in progress"
    COMPLETED = "completed"
    NO_SHOW = "a no-show"
    CANCELLED = "cancelled"


_ALLOWED = {
    State.SCHEDULED: {Move.START, Move.COMPLETE, Move.NO_SHOW, Move.CANCEL, Move.EDIT},
    State.IN_PROGRESS: {Move.COMPLETE, Move.NO_SHOW, Move.CANCEL, Move.EDIT},
    State.COMPLETED: {Move.REOPEN},
    State.NO_SHOW: set[Move](),
    State.CANCELLED: set[Move](),
}
_LEADS_TO = {
    Move.START: State.IN_PROGRESS,
    Move.COMPLETE: State.COMPLETED,
    Move.NO_SHOW: State.NO_SHOW,
    Move.CANCEL: State.CANCELLED,
}
_STATES = {
    AppointmentStatus.SCHEDULED: State.SCHEDULED,
    AppointmentStatus.COMPLETED: State.COMPLETED,
    AppointmentStatus.NO_SHOW: State.NO_SHOW,
    AppointmentStatus.CANCELLED: State.CANCELLED,
}


class Slot(NamedTuple):
    """Time that an appointment takes from a trainer and a client; `id` None is one still to be booked."""

    id: int | None
    client_id: int
    trainer_id: int
    starts_at: datetime
    duration_min: int
    status: AppointmentStatus = AppointmentStatus.SCHEDULED
    group_id: int | None = None
    location_id: int | None = None

    @property
    def ends_at(self) -> datetime:
        """The instant it is over."""
        return self.starts_at + timedelta(minutes=self.duration_min)


def clash(wanted: Slot, booked: Slot) -> bool:
    """Whether two appointments want the same trainer or client at once.

    Touching ends do not overlap, a cancelled one takes no time, none is in its own way, and those of one
    group are one.
    """
    if AppointmentStatus.CANCELLED in (wanted.status, booked.status):
        return False
    if wanted.id is not None and wanted.id == booked.id:
        return False
    if wanted.group_id is not None and wanted.group_id == booked.group_id:
        return False
    if wanted.trainer_id != booked.trainer_id and wanted.client_id != booked.client_id:
        return False
    return wanted.starts_at < booked.ends_at and booked.starts_at < wanted.ends_at


def in_the_way(wanted: Slot, booked: Sequence[Slot]) -> list[Slot]:
    """The appointments that clash with the one wanted, the earliest first.

    A group is in the way once: by the same client's appointment in it, else by its first.
    """
    found = [slot for slot in booked if clash(wanted, slot)]
    found.sort(key=lambda slot: (slot.client_id != wanted.client_id, slot.id or 0))
    alone = [slot for slot in found if slot.group_id is None]
    groups = {slot.group_id: slot for slot in reversed(found) if slot.group_id is not None}
    return sorted([*alone, *groups.values()], key=lambda slot: (slot.starts_at, slot.id or 0))


def among_themselves(slots: Sequence[Slot]) -> list[tuple[Slot, Slot]]:
    """The pairs among appointments to be booked or moved together that clash, in order of time."""
    found: list[tuple[Slot, Slot]] = []
    open_: list[Slot] = []
    for slot in sorted(slots, key=lambda slot: slot.starts_at):
        open_ = [earlier for earlier in open_ if earlier.ends_at > slot.starts_at]
        found += [(earlier, slot) for earlier in open_ if clash(earlier, slot)]
        open_.append(slot)
    return found


def is_beyond(available: int | None, wanted: int = 1) -> bool:
    """Whether a booking wants more credits than are left unreserved; None counts none."""
    return available is not None and available < wanted


def state_of(status: AppointmentStatus, *, in_progress: bool) -> State:
    """How an appointment stands; `in_progress` where its session has been opened."""
    if status is AppointmentStatus.SCHEDULED and in_progress:
        return State.IN_PROGRESS
    return _STATES[status]


def require_move(number: int, state: State, move: Move) -> None:
    """Refuse by name a move that the state does not allow."""
    if move in _ALLOWED[state]:
        return
    again = " again" if _LEADS_TO.get(move) is state else ""
    message = f"appointment {number} is {state}; it cannot be {move}{again}"
    if state is State.COMPLETED and move in (Move.NO_SHOW, Move.CANCEL, Move.EDIT):
        message += f"\nTake that back first: ptrack appointments reopen {number}"
    elif state in (State.CANCELLED, State.NO_SHOW) and not again:
        message += "\nIf that was a mistake just made: ptrack undo; else book anew: ptrack appointments add"
    raise StateError(message)


def require_begun(number: int, starts_at: datetime, now: datetime, *, force: bool) -> None:
    """Refuse to complete what lies more than a quarter of an hour ahead, unless forced."""
    minutes = (starts_at - now) // timedelta(minutes=1)
    if force or starts_at - now <= timedelta(minutes=EARLY_MIN):
        return
    raise RuleError(
        f"appointment {number} begins in {_span_text(minutes)}; "
        f"it can be completed from {EARLY_MIN} minutes before on.\n"
        "If it took place all the same: --force"
    )


def _span_text(minutes: int) -> str:
    size, unit = next((size, unit) for size, unit in _SPANS if minutes >= size)
    count = minutes // size
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def is_late(starts_at: datetime, now: datetime, late_hours: int) -> bool:
    """Whether it is too late to cancel for nothing; at the limit itself it is not."""
    return starts_at - now < timedelta(hours=late_hours)


def lead_text(starts_at: datetime, now: datetime) -> str:
    """How long before its start a cancellation comes: `2 days before`, `after it began`."""
    minutes = (starts_at - now) // timedelta(minutes=1)
    if minutes < 0:
        return "after it began"
    return f"{_span_text(minutes)} before" if minutes else "as it begins"


def why_cancelled(
    by: CancelledBy, starts_at: datetime, now: datetime, late_hours: int, *, charged: bool, said: bool | None
) -> str:
    """Why a cancellation costs what it does, in a sentence."""
    if by is CancelledBy.TRAINER:
        return "Called off by the trainer: never charged."
    limit = f"the limit is {late_hours} h before"
    if not is_late(starts_at, now, late_hours):
        idle = " That is never charged, whatever was said." if said else ""
        return f"In time, {lead_text(starts_at, now)}: {limit}.{idle}"
    return f"Late, {lead_text(starts_at, now)}: {limit}. {_decision_text(charged=charged, said=said)}"


def why_no_show(*, charged: bool, said: bool | None) -> str:
    """Why a no-show costs what it does, in a sentence or two."""
    return f"No-show. {_decision_text(charged=charged, said=said)}"


def _decision_text(*, charged: bool, said: bool | None) -> str:
    if said is not None:
        return "Charged, as was said." if charged else "Not charged, as was said."
    return "The practice charges always." if charged else "The practice never charges."


def cancellation_costs(
    by: CancelledBy, *, late: bool, policy: ChargePolicy, said: bool | None
) -> bool | None:
    """Whether a cancellation costs a credit; None where somebody must say.

    The trainer's never does, nor one in time; for a late one what was `said` goes before the policy.
    """
    if by is CancelledBy.TRAINER or not late:
        return False
    return policy_charges(policy, said)


def policy_charges(policy: ChargePolicy, said: bool | None) -> bool | None:
    """Whether an absence costs a credit: what was said, else the policy; None where somebody must say."""
    if said is not None:
        return said
    return {ChargePolicy.ALWAYS: True, ChargePolicy.NEVER: False}.get(policy)


def decided(charge: bool | None, what: str, options: str) -> bool:
    """The decision on a charge, or the error that names the options which decide it."""
    if charge is None:
        raise UsageError(f"{what}, and the practice asks each time whether it is charged.\nSay {options}.")
    return charge
