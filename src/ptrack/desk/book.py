"""Booking anew: what was agreed of an appointment is changed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from ptrack.clients.queries import Practice, practice
from ptrack.credits.queries import payers
from ptrack.credits.rules import linkable
from ptrack.database.session import Writing
from ptrack.desk.clearance import (
    Obstacle,
    in_the_way_numbers,
    obstacles,
    obstacles_text,
    outside_hours,
)
from ptrack.desk.correspondence import follow
from ptrack.errors import ConflictError, StateError, UsageError
from ptrack.models.agenda import Appointment
from ptrack.models.practice import Client
from ptrack.moments import Gap, clock_text, locate
from ptrack.scheduling.actions import group_members, rest_of_series, take_for
from ptrack.scheduling.recurrence import gaps_text, shifted
from ptrack.scheduling.rules import Move, Slot, among_themselves
from ptrack.vocabulary import AppointmentStatus


@dataclass(frozen=True, slots=True)
class Changes:
    """What is agreed anew; None leaves a thing as it is.

    With `following` the rest of the series changes likewise: as many days on, at the same hour. With
    `is_silent` the clients are told nothing of it.
    """

    starts_at: datetime | None = None
    duration_min: int | None = None
    trainer_id: int | None = None
    location_id: int | None = None
    package_id: int | None = None
    notes: str | None = None
    force: bool = False
    following: bool = False
    is_silent: bool = False

    @property
    def is_shared(self) -> bool:
        """Whether something changes that a group has in common: time, trainer or place."""
        shared = (self.starts_at, self.duration_min, self.trainer_id, self.location_id)
        return any(value is not None for value in shared)

    @property
    def is_own(self) -> bool:
        """Whether something changes that is the client's alone."""
        return self.package_id is not None or self.notes is not None


@dataclass(frozen=True, slots=True)
class Booked:
    """The appointment's number, the numbers of all that changed, and what is worth saying about it."""

    appointment_id: int
    notices: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()


class _Plan(NamedTuple):
    """An appointment, and the time it is to take."""

    row: Appointment
    then: Slot


def rebook(work: Writing, number: int, changes: Changes) -> Booked:
    """Change an appointment that is still scheduled, and with it its group or the rest of its series.

    A group moves as one; package and notes are each client's own. `sequence` counts changes of time and
    place. Raises UsageError where nothing is to change or a time does not exist, ConflictError naming all
    that is in the way; then nothing is changed.
    """
    anchor = take_for(work, number, Move.EDIT)
    if not changes.is_shared and not changes.is_own:
        raise UsageError(
            "There is nothing to change. Give one of "
            "--when, --duration, --trainer, --location, --package, --notes."
        )
    check_link(work, anchor.client_id, changes.package_id)
    house = practice(work.reader)
    plans = _plans(house, anchor, _affected(work, anchor, changes), changes)
    notices = _clear_all(work, house, plans, force=changes.force)
    if told := _group_text(work, anchor, plans):
        notices.insert(0, told)
    moved = [plan.row.id or 0 for plan in plans if plan.then != slot_of(plan.row)]
    for plan in plans:
        _apply(work, plan, changes, is_own=plan.row.client_id == anchor.client_id)
    work.flush()
    follow(work, moved, is_silent=changes.is_silent)
    return Booked(number, tuple(notices), tuple(plan.row.id or 0 for plan in plans))


def _affected(work: Writing, anchor: Appointment, changes: Changes) -> list[Appointment]:
    """What changes with it, itself among them, in order of time."""
    rows = rest_of_series(work, anchor) if changes.following else [anchor]
    if not changes.is_shared:
        return [row for row in rows if row.client_id == anchor.client_id]
    groups = dict.fromkeys(row.group_id for row in rows if row.group_id is not None)
    found = {row.id: row for row in rows}
    for group in groups:
        found |= {member.id: member for member in _movable(group_members(work, group))}
    return sorted(found.values(), key=lambda row: (row.starts_at, row.id))


def _movable(members: Sequence[Appointment]) -> list[Appointment]:
    """The members that move with their group; StateError once it has taken place for one of them."""
    for member in members:
        if member.status in (AppointmentStatus.COMPLETED, AppointmentStatus.NO_SHOW):
            raise StateError(
                f"group {member.group_id} has taken place: appointment {member.id} is {member.status.value}; "
                "it cannot be moved\n"
                "Cancel the one that did not come, and book another: ptrack appointments add"
            )
    return [member for member in members if member.status is AppointmentStatus.SCHEDULED]


def slot_of(row: Appointment) -> Slot:
    """The time that an appointment takes."""
    return Slot(
        row.id,
        row.client_id,
        row.trainer_id,
        row.starts_at,
        row.duration_min,
        group_id=row.group_id,
        location_id=row.location_id,
    )


def _plans(
    house: Practice, anchor: Appointment, rows: Sequence[Appointment], changes: Changes
) -> list[_Plan]:
    """Each appointment with the time it is to take; UsageError names those that the clocks jump over."""
    starts = {anchor.starts_at: changes.starts_at or anchor.starts_at}
    gaps: list[Gap] = []
    if changes.starts_at is not None:
        was, becomes = (_wall(house, instant) for instant in (anchor.starts_at, changes.starts_at))
        for instant in dict.fromkeys(row.starts_at for row in rows if row.starts_at not in starts):
            found = locate(shifted(_wall(house, instant), was, becomes), house.zone)
            if isinstance(found, Gap):
                gaps.append(found)
            else:
                starts[instant] = found.instant
    if gaps:
        raise UsageError(f"{gaps_text(gaps)}.\nTake another hour; nothing was moved.")
    return [
        _Plan(
            row,
            slot_of(row)._replace(
                trainer_id=changes.trainer_id or row.trainer_id,
                starts_at=starts.get(row.starts_at, row.starts_at),
                duration_min=changes.duration_min or row.duration_min,
                location_id=changes.location_id or row.location_id,
            ),
        )
        for row in rows
    ]


def _wall(house: Practice, instant: datetime) -> datetime:
    return house.local(instant).replace(tzinfo=None)


def _clear_all(work: Writing, house: Practice, plans: Sequence[_Plan], *, force: bool) -> list[str]:
    """See that nothing is in the way of any; what is worth saying where it is, and they are forced."""
    slots = [plan.then for plan in plans if plan.then != slot_of(plan.row)]
    aside = {slot.id or 0 for slot in slots}
    parties = Counter(slot.group_id or -(slot.id or 0) for slot in slots)
    found = meeting(house, slots)
    for slot in slots:
        found += obstacles(work, house, slot, aside, party=parties[slot.group_id or -(slot.id or 0)])
    if found and not force:
        raise ConflictError(
            f"{obstacles_text(found)}\nTake another time, or book it all the same: --force",
            in_the_way_numbers(found),
        )
    told = [obstacles_text(found, "Booked all the same")] if found else []
    told += [notice for slot in slots for notice in outside_hours(work, house, slot)]
    return list(dict.fromkeys(told))


def meeting(house: Practice, slots: Sequence[Slot]) -> list[Obstacle]:
    """What appointments that are booked or moved together have in each other's way."""
    return [
        Obstacle(
            f"{clock_text(house.local(later.starts_at))} begins before "
            f"{clock_text(house.local(earlier.starts_at))} is over"
        )
        for earlier, later in among_themselves(slots)
    ]


def _group_text(work: Writing, anchor: Appointment, plans: Sequence[_Plan]) -> str | None:
    """That a group moves as one, and who is in it."""
    if anchor.group_id is None or all(plan.row.client_id == anchor.client_id for plan in plans):
        return None
    names = dict.fromkeys(
        work.get(Client, plan.row.client_id).name for plan in plans if plan.row.group_id == anchor.group_id
    )
    return f"The group changes as one: {', '.join(names)}."


def _apply(work: Writing, plan: _Plan, changes: Changes, *, is_own: bool) -> None:
    row, then = plan
    before = (row.starts_at, row.duration_min, row.location_id)
    row.trainer_id = then.trainer_id
    row.starts_at, row.duration_min, row.location_id = then.starts_at, then.duration_min, then.location_id
    if is_own:
        row.package_id = changes.package_id or row.package_id
        row.notes = changes.notes or None if changes.notes is not None else row.notes
    if before != (row.starts_at, row.duration_min, row.location_id):
        row.sequence += 1
    row.edited_at = work.now


def check_link(work: Writing, client_id: int, package_id: int | None) -> None:
    """See that a package that is named can pay for the client's appointment."""
    if package_id is None:
        return
    found = [payer for payer in payers(work.reader, client_id) if payer.id == package_id]
    linkable(found[0] if found else None, package_id, work.get(Client, client_id).name)
